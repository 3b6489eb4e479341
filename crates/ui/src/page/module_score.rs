//! The instructor's page of a module's score: activities with weights, scale
//! and rounding; what everybody would get, and the words of its CSV file.

use askama::Template;

use crate::component::{Delivery, DeliveryState};
use crate::page::gradebook::ColumnFailed;
use crate::{Frame, Language, Page, Role, Texts, format};

/// The weighted score of several activities. The form posts to `path`: `seen`,
/// `label`, `maximum`, `rounding`, `unfinished`, for each activity `choose.{id}`
/// ("on") and `weight.{id}`, and `do`: "preview" or "save".
#[derive(Debug, Clone, Template)]
#[template(path = "gradebook/module_score.html")]
pub struct ModuleScore {
    /// The surroundings.
    pub frame: Frame,
    /// What the platform is called.
    pub platform: String,
    /// "/s/…/module-score"; other forms post to `{path}/send-again` and `{path}/overwrite` (`person`).
    pub path: String,
    /// The gradebook of the activity that was opened.
    pub gradebook_path: String,
    /// What was just done.
    pub done: Option<Done>,
    /// Why the platform's column is not as chosen.
    pub column_failed: Option<ColumnFailed>,
    /// Whether it was saved before.
    pub is_saved: bool,
    /// Whether the platform's column is gone.
    pub is_missing: bool,
    /// Whether it was saved, as in a copied course, and the platform's column is not known yet.
    pub is_unconnected: bool,
    /// Whether the platform lets us make a column.
    pub can_be_made: bool,
    /// Saving was asked for, but what it changes had not been shown.
    pub must_look: bool,
    /// How many grades saving would change.
    pub moving: usize,
    /// How many grades did not arrive.
    pub failed: usize,
    /// The name of the column.
    pub label: String,
    /// Its scale, as typed.
    pub maximum: String,
    /// To what it can be rounded.
    pub roundings: Vec<Choice>,
    /// What an activity can count that somebody has not done.
    pub unfinished: Vec<Choice>,
    /// All activities of the course.
    pub activities: Vec<Activity>,
    /// What is wrong with the name, the scale, the selection.
    pub wrong: Wrong,
    /// Names of the activities that take part, in the order of [`Student::parts`].
    pub parts: Vec<String>,
    /// In the order shown.
    pub students: Vec<Student>,
    /// Goes back with the form.
    pub fingerprint: String,
}

/// What a form of this page did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Saved; grades are sent.
    Saved,
    /// Grades are sent again.
    SentAgain,
    /// Ours is sent in a teacher's place.
    Overwrites,
}

/// One of several things to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Goes back.
    pub value: &'static str,
    /// In words.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// Which fields have to be mended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The name.
    pub label: bool,
    /// The scale.
    pub maximum: bool,
    /// No activity was chosen.
    pub nothing: bool,
}

/// An activity of the course.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Goes back in field names.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whether it takes part.
    pub is_chosen: bool,
    /// Its weight, as typed.
    pub weight: String,
    /// "33,3 %"; empty when it takes no part.
    pub share: String,
    /// When it closes, formatted; empty for never.
    pub closes: String,
    /// The platform no longer has its column.
    pub is_gone: bool,
    /// Whether the weight is no weight.
    pub is_wrong: bool,
}

/// A student in the table.
#[derive(Debug, Clone)]
pub struct Student {
    /// Goes back in forms.
    pub person_id: String,
    /// The name; empty when it is not shared.
    pub name: String,
    /// What each activity gives.
    pub parts: Vec<Part>,
    /// The weighted sum before rounding; empty for nobody's.
    pub before_rounding: String,
    /// The grade with its scale; empty when nothing is sent.
    pub grade: String,
    /// The grade until now, when saving changes it.
    pub former: String,
    /// Where the grade is.
    pub delivery: Option<Delivery>,
    /// Whether "send again" is of use.
    pub can_send: bool,
    /// Whether a teacher's grade stands there.
    pub is_teachers: bool,
}

/// What an activity gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// This.
    Done(String),
    /// 0, though it was not done.
    CountsZero,
    /// Nothing.
    LeftOut,
    /// Nothing until a marker has marked it.
    Waits,
}

/// What rounding of that name (`assessment::Rounding`) is called.
pub fn rounding_label(t: Texts, name: &str) -> String {
    let key = match name {
        "hundredths" => "score-rounding-hundredths",
        "tenths" => "score-rounding-tenths",
        "halves" => "score-rounding-halves",
        _ => "score-rounding-whole",
    };
    t.get(key).into_owned()
}

/// What counting of that name (`assessment::Unfinished`) is called.
pub fn unfinished_label(t: Texts, name: &str) -> String {
    let key = match name {
        "left-out" => "score-unfinished-left-out",
        _ => "score-unfinished-zero",
    };
    t.get(key).into_owned()
}

/// The first line of the CSV file; `parts` are the activities' names.
pub fn csv_header(t: Texts, parts: &[String]) -> Vec<String> {
    let word = |key: &str| t.get(key).into_owned();
    let ends = [
        "score-before",
        "score-grade",
        "gradebook-csv-maximum",
        "gradebook-csv-delivery",
    ];
    std::iter::once(word("gradebook-csv-name"))
        .chain(parts.iter().cloned())
        .chain(ends.map(word))
        .collect()
}

impl Page for ModuleScore {
    const NAME: &'static str = "gradebook/module_score";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let empty = Self {
            is_saved: false,
            moving: 0,
            failed: 0,
            label: String::new(),
            activities: full
                .activities
                .iter()
                .map(|activity| Activity {
                    is_chosen: false,
                    weight: String::new(),
                    share: String::new(),
                    is_gone: false,
                    ..activity.clone()
                })
                .collect(),
            parts: Vec::new(),
            students: Vec::new(),
            ..full.clone()
        };
        let wrong = Self {
            label: String::new(),
            maximum: "mười".to_owned(),
            wrong: Wrong {
                label: true,
                maximum: true,
                nothing: true,
            },
            activities: full
                .activities
                .iter()
                .map(|activity| Activity {
                    weight: "x".to_owned(),
                    is_wrong: activity.is_chosen,
                    ..activity.clone()
                })
                .collect(),
            parts: Vec::new(),
            students: Vec::new(),
            ..empty.clone()
        };
        let must_look = Self {
            must_look: true,
            ..full.clone()
        };
        let column_failed = Self {
            column_failed: Some(ColumnFailed {
                advice: "unreachable",
                code: "LTI-SVC-UNREACHABLE",
                trace_id: "0192f0c48a117d20a1b50f2e4c6d8e90".to_owned(),
            }),
            can_be_made: false,
            ..full.clone()
        };
        let saved = |done| Self {
            done: Some(done),
            is_missing: done == Done::Overwrites,
            moving: 0,
            ..full.clone()
        };
        let copied = Self {
            is_unconnected: true,
            ..full.clone()
        };
        let no_activity = Self {
            activities: Vec::new(),
            ..empty.clone()
        };
        vec![
            ("full", full.clone()),
            ("empty", empty),
            ("wrong", wrong),
            ("must-look", must_look),
            ("column-failed", column_failed),
            ("saved", saved(Done::Saved)),
            ("sent-again", saved(Done::SentAgain)),
            ("missing", saved(Done::Overwrites)),
            ("copied", copied),
            ("no-activity", no_activity),
        ]
    }
}

fn sample(language: Language) -> ModuleScore {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let activity = |id: &str, title: &str, weight: f64, share: &str, is_gone| Activity {
        id: id.to_owned(),
        title: title.to_owned(),
        is_chosen: true,
        weight: format::number(t, weight),
        share: share.to_owned(),
        closes: "17:00, 20/11/2026".to_owned(),
        is_gone,
        is_wrong: false,
    };
    let choices = |names: &[&'static str], label: fn(Texts, &str) -> String, chosen: &str| {
        let choice = |name: &&'static str| Choice {
            value: name,
            label: label(t, name),
            is_chosen: *name == chosen,
        };
        names.iter().map(choice).collect::<Vec<_>>()
    };
    ModuleScore {
        platform: "Moodle".to_owned(),
        path: format!("{prefix}/module-score"),
        gradebook_path: format!("{prefix}/gradebook"),
        done: None,
        column_failed: None,
        is_saved: true,
        is_missing: false,
        is_unconnected: false,
        can_be_made: true,
        must_look: false,
        moving: 1,
        failed: 1,
        label: "Điểm tổng kết mô đun Tiện cơ bản".to_owned(),
        maximum: "10".to_owned(),
        roundings: choices(
            &["hundredths", "tenths", "halves", "whole"],
            rounding_label,
            "tenths",
        ),
        unfinished: choices(&["left-out", "zero-after-close"], unfinished_label, "left-out"),
        activities: vec![
            activity(
                "p1",
                "Kiểm tra thường xuyên: An toàn lao động trong xưởng cơ khí",
                1.0,
                "33,3 %",
                false,
            ),
            activity(
                "p2",
                "Kiểm tra định kỳ: Dung sai và lắp ghép",
                2.0,
                "66,7 %",
                false,
            ),
            activity("p3", "Ôn tập chương 1", 1.0, "", true),
        ],
        wrong: Wrong::default(),
        parts: [
            "Kiểm tra thường xuyên: An toàn lao động trong xưởng cơ khí",
            "Kiểm tra định kỳ: Dung sai và lắp ghép",
            "Ôn tập chương 1",
        ]
        .map(str::to_owned)
        .to_vec(),
        students: sample_students(t),
        fingerprint: "f".to_owned(),
        frame,
    }
}

fn sample_students(t: Texts) -> Vec<Student> {
    let number = |value| Part::Done(format::number(t, value));
    let delivery = |mark: f64, state| {
        Some(Delivery {
            t,
            mark: format::number(t, mark),
            platform: "Moodle".to_owned(),
            state,
            send_again: None,
        })
    };
    let student = |index: usize,
                   name: &str,
                   parts: [Part; 2],
                   (before, grade, former): (&str, &str, &str),
                   delivery| {
        let [one, two] = parts;
        Student {
            person_id: format!("person-{index}"),
            name: name.to_owned(),
            parts: vec![one, two, Part::Waits],
            before_rounding: before.to_owned(),
            grade: grade.to_owned(),
            former: former.to_owned(),
            delivery,
            can_send: index == 1,
            is_teachers: index == 2,
        }
    };
    vec![
        student(
            0,
            "Trần Quốc An",
            [number(8.5), number(7.25)],
            ("7,6666", "7,7/10", "7,9/10"),
            delivery(7.9, DeliveryState::Delivered("10:42".to_owned())),
        ),
        student(
            1,
            "Lê Thị Ngọc Ánh",
            [number(8.25), Part::LeftOut],
            ("8,25", "8,3/10", ""),
            delivery(8.3, DeliveryState::Refused("not-enrolled")),
        ),
        student(
            2,
            "Nguyễn Hoàng Gia Huy",
            [Part::CountsZero, number(9.0)],
            ("6", "6/10", ""),
            delivery(6.0, DeliveryState::KeptTeachers(format::number(t, 7.0))),
        ),
        student(3, "", [Part::LeftOut, Part::LeftOut], ("", "", ""), None),
    ]
}
