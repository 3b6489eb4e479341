//! The instructor's page of an activity: who has not started, marks, where the
//! grades are on their way to the platform, and the words of its CSV file.

mod class_list;
mod timing;

use askama::Template;

pub use class_list::{Asked, ClassList, RosterDone, RosterState};
pub use timing::{Granted, Running, Timing, TimingDone};

use crate::component::{Delivery, DeliveryState};
use crate::{Frame, Language, Page, Role, Texts, format};

/// The gradebook of one activity. Its forms post `csrf`, and `person` where
/// they are about one student.
#[derive(Debug, Clone, Template)]
#[template(path = "gradebook/gradebook.html")]
pub struct Gradebook {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title as plain text; empty for one without.
    pub title: String,
    /// What the platform is called: "Moodle", or its name.
    pub platform: String,
    /// How many students there are.
    pub counts: Counts,
    /// What was just done.
    pub done: Option<Done>,
    /// Why the column could not be made just now.
    pub column_failed: Option<ColumnFailed>,
    /// The column in the platform's gradebook.
    pub column: ColumnState,
    /// What became of the column that there was.
    pub finding: Option<ColumnFinding>,
    /// The member list.
    pub roster: ClassList,
    /// Running attempts and the pass mark.
    pub timing: Timing,
    /// Whether the platform's own grades could not be read.
    pub live_failed: bool,
    /// Students who have begun, in the order shown.
    pub students: Vec<Student>,
    /// The others.
    pub not_started: Vec<NotStarted>,
    /// "/s/…/gradebook": the forms post to `{path}/column`, `{path}/send-again`
    /// (`person`, or all that failed without), `{path}/overwrite`, `{path}/time`
    /// (`seconds`, and `attempt` or all that run without), `{path}/time/undo` and
    /// `{path}/attempt` (`person`).
    pub path: String,
    /// The module's score.
    pub module_path: String,
    /// Where marks are corrected.
    pub regrade_path: String,
    /// Where answers are marked by hand.
    pub marking_path: String,
    /// The statistics of test and questions.
    pub statistics_path: String,
    /// Where taking the activity over from the course before can be undone; empty when it cannot.
    pub copy_path: String,
    /// The quiz's editor.
    pub edit_path: String,
    /// The quiz as students see it.
    pub preview_path: String,
}

/// How many students are how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub students: usize,
    /// Have submitted an attempt.
    pub submitted: usize,
    /// Are at their first one.
    pub open: usize,
    /// Have not begun.
    pub not_started: usize,
    /// Have a grade that was refused or given up.
    pub failed: usize,
    /// Had a grade that arrived and is not there any more.
    pub emptied: usize,
    /// Have a grade that is locked there.
    pub locked: usize,
    /// How many answers wait for a marker.
    pub waiting: usize,
}

/// What a form of this page did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Grades are sent again.
    SentAgain,
    /// Ours is sent in a teacher's place.
    Overwrites,
    /// The column was made.
    ColumnMade,
}

/// The platform did not make the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnFailed {
    /// Part of `gradebook-column-failed-…`: what helps.
    pub advice: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// What log and record know it by.
    pub trace_id: String,
}

/// The column in the platform's gradebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnState {
    /// There is one.
    Exists,
    /// There is none, and we can make one.
    CanBeMade,
    /// There is none, and only the platform's people can make one.
    Missing,
}

/// What became of a column; marks are formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnFinding {
    /// The activity's own one is gone.
    MissingLink,
    /// The one that we made is gone.
    MissingTool,
    /// Its scale was changed, and we follow it: from, to.
    Followed(String, String),
    /// Its scale is not ours: ours, theirs.
    Differs(String, String),
}

/// A student who has not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStarted {
    /// The name in the reader's order; empty when it is not shared.
    pub name: String,
    /// Whether the platform's gradebook asked for them.
    pub is_asked: bool,
}

/// A student who has begun.
#[derive(Debug, Clone)]
pub struct Student {
    /// Goes back in forms.
    pub person_id: String,
    /// The name in the reader's order; empty when it is not shared.
    pub name: String,
    /// Whether the first attempt is still open.
    pub is_open: bool,
    /// Whether the platform's list no longer names them.
    pub has_left: bool,
    /// Whether their grade stays here because the platform takes none of somebody who has left.
    pub is_kept_here: bool,
    /// Whether the platform's gradebook asked for them.
    pub is_asked: bool,
    /// The attempt that runs.
    pub running: Option<Running>,
    /// Whether the grade reaches the pass mark; `None` without one or the other.
    pub passed: Option<bool>,
    /// Attempts that are over, the first one first.
    pub attempts: Vec<Attempt>,
    /// "8,5/10"; empty before there is one.
    pub mark: String,
    /// How many answers wait for a marker: until then the mark is provisional.
    pub waiting: usize,
    /// "3/10", what is reached so far; empty where nothing waits.
    pub provisional: String,
    /// Where the grade is; its own "send again" stays unused.
    pub delivery: Option<Delivery>,
    /// What the platform shows when that is not ours.
    pub shown: Shown,
    /// Whether "send again" is of use.
    pub can_send: bool,
}

/// An attempt that is over.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Counted from 1.
    pub number: i64,
    /// Where it can be read.
    pub path: String,
    /// Whether it was not submitted in time and counts for nothing.
    pub is_abandoned: bool,
}

/// What the platform shows of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Ours, or nothing where nothing is due.
    AsExpected,
    /// A teacher's mark in place of ours, which [`Student::delivery`] tells.
    Teachers,
    /// The same, and it stayed when ours was sent in its place.
    TeachersStays,
    /// A teacher's mark though there is none of ours: "9,0".
    OnlyTeachers(String),
    /// Nothing, though ours arrived.
    Nothing,
}

/// The first line of the CSV file, in the order of its columns; whether it is passed and the module's score come last,
/// where there are such things.
pub fn csv_header(t: Texts, platform: &str, has_pass_mark: bool, has_module: bool) -> Vec<String> {
    let keys = [
        "gradebook-csv-name",
        "gradebook-csv-state",
        "gradebook-csv-attempts",
        "gradebook-csv-submitted-at",
        "gradebook-csv-mark",
        "gradebook-csv-maximum",
        "gradebook-csv-delivery",
    ];
    let shown = t.with("gradebook-csv-shown", "platform", platform);
    keys.iter()
        .map(|key| t.get(key).into_owned())
        .chain([shown.to_string()])
        .chain(has_pass_mark.then(|| t.get("time-passed").into_owned()))
        .chain(has_module.then(|| t.get("score-csv").into_owned()))
        .collect()
}

/// How far a student is, for the CSV file.
pub fn csv_state(t: Texts, submitted: bool, open: bool, abandoned: bool, waiting: usize) -> String {
    let key = match (submitted, open, abandoned) {
        (true, _, _) => "gradebook-submitted",
        (false, true, _) => "gradebook-open",
        (false, false, true) => "time-abandoned",
        (false, false, false) => "gradebook-not-started",
    };
    if waiting > 0 {
        let waits = t.with("marking-waits-badge", "count", waiting);
        return format!("{}; {waits}", t.get(key));
    }
    t.get(key).into_owned()
}

/// Whether a grade reaches the pass mark, for the CSV file.
pub fn csv_passed(t: Texts, passed: Option<bool>) -> String {
    let key = match passed {
        Some(true) => "time-yes",
        Some(false) => "time-no",
        None => return String::new(),
    };
    t.get(key).into_owned()
}

/// Where a grade is in two or three words, for the CSV file.
pub fn csv_delivery(t: Texts, state: &DeliveryState) -> String {
    let key = match state {
        DeliveryState::Waiting => "delivery-waiting-badge",
        DeliveryState::NoColumn => "delivery-no-column-badge",
        DeliveryState::Delivered(_) => "delivery-delivered-badge",
        DeliveryState::Retrying(..) => "delivery-retrying-badge",
        DeliveryState::Refused(_) => "delivery-refused-badge",
        DeliveryState::Parked => "delivery-parked-badge",
        DeliveryState::KeptTeachers(_) => "delivery-kept-badge",
        DeliveryState::Emptied => "delivery-emptied-badge",
    };
    t.get(key).into_owned()
}

impl Page for Gradebook {
    const NAME: &'static str = "gradebook/gradebook";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let no_column = Self {
            column: ColumnState::CanBeMade,
            done: None,
            ..all_in(&full, &DeliveryState::NoColumn)
        };
        let column_failed = Self {
            column_failed: Some(ColumnFailed {
                advice: "refused",
                code: "LTI-SVC-REFUSED",
                trace_id: "0192f0c48a117d20a1b50f2e4c6d8e90".to_owned(),
            }),
            ..no_column.clone()
        };
        let missing = Self {
            column: ColumnState::Missing,
            roster: ClassList::sample(RosterState::NotShared),
            ..no_column.clone()
        };
        let live_failed = Self {
            live_failed: true,
            roster: ClassList::sample(RosterState::Failed("unreachable".to_owned())),
            done: Some(Done::SentAgain),
            ..full.clone()
        };
        let nobody = Self {
            students: Vec::new(),
            not_started: Vec::new(),
            counts: Counts {
                students: 0,
                submitted: 0,
                open: 0,
                not_started: 0,
                failed: 0,
                emptied: 0,
                locked: 0,
                waiting: 0,
            },
            roster: ClassList::sample(RosterState::Failed("unreachable".to_owned())),
            done: None,
            ..full.clone()
        };
        let found = |finding, column| Self {
            finding: Some(finding),
            column,
            ..full.clone()
        };
        let missing_link = found(ColumnFinding::MissingLink, ColumnState::CanBeMade);
        let missing_tool = found(ColumnFinding::MissingTool, ColumnState::CanBeMade);
        let followed = ColumnFinding::Followed("10".to_owned(), "20".to_owned());
        let differs = ColumnFinding::Differs("10".to_owned(), "20".to_owned());
        let stale = Self {
            roster: ClassList {
                done: Some(RosterDone::UnderWay),
                ..ClassList::sample(RosterState::sample_stale(full.frame.t))
            },
            ..full.clone()
        };
        let mut left = Self {
            roster: ClassList {
                done: Some(RosterDone::Read),
                asked: Some(Asked::Unknown),
                ..full.roster.clone()
            },
            ..full.clone()
        };
        for student in left.students.iter_mut().filter(|student| student.has_left) {
            student.is_kept_here = true;
            student.delivery = None;
            student.shown = Shown::AsExpected;
        }
        let mut asked = Self {
            roster: ClassList {
                done: Some(RosterDone::JustNow),
                asked: Some(Asked::NotStarted("Bùi Đức Mạnh".to_owned())),
                ..full.roster.clone()
            },
            ..full.clone()
        };
        for one in asked.not_started.iter_mut().take(1) {
            one.is_asked = true;
        }
        let done = |done| Self {
            done: Some(done),
            ..full.clone()
        };
        vec![
            ("full", full.clone()),
            ("stale-list", stale),
            ("left", left),
            ("asked-for", asked),
            ("no-column", no_column),
            ("column-failed", column_failed),
            ("missing", missing),
            ("live-failed", live_failed),
            ("nobody", nobody),
            ("missing-link", missing_link),
            ("missing-tool", missing_tool),
            ("followed", found(followed, ColumnState::Exists)),
            ("differs", found(differs, ColumnState::Exists)),
            ("overwrites", done(Done::Overwrites)),
            ("column-made", done(Done::ColumnMade)),
        ]
    }
}

fn all_in(page: &Gradebook, state: &DeliveryState) -> Gradebook {
    let mut page = page.clone();
    for student in &mut page.students {
        student.shown = Shown::AsExpected;
        student.can_send = false;
        if let Some(delivery) = &mut student.delivery {
            delivery.state = state.clone();
        }
    }
    page.counts.failed = 0;
    page.counts.emptied = 0;
    page.counts.locked = 0;
    page
}

fn sample(language: Language) -> Gradebook {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let kept = DeliveryState::KeptTeachers(format::number(t, 9.0));
    let delivered = DeliveryState::Delivered("10:42".to_owned());
    let rows = [
        ("Trần Quốc An", 8.5, delivered.clone(), Shown::AsExpected, false),
        ("Lê Thị Ngọc Ánh", 8.5, kept.clone(), Shown::Teachers, false),
        (
            "Đỗ Văn Bình",
            10.0,
            DeliveryState::Retrying("10:50".to_owned(), "unreachable"),
            Shown::AsExpected,
            true,
        ),
        (
            "Phạm Minh Châu",
            6.25,
            DeliveryState::Refused("not-enrolled"),
            Shown::AsExpected,
            true,
        ),
        ("Nguyễn Hoàng Gia Huy", 7.0, kept, Shown::TeachersStays, false),
        ("Vũ Thị Lan", 4.0, DeliveryState::Emptied, Shown::Nothing, true),
    ];
    let mut students: Vec<Student> = rows
        .into_iter()
        .enumerate()
        .map(|(index, (name, score, state, shown, can_send))| Student {
            person_id: format!("person-{index}"),
            name: name.to_owned(),
            is_open: false,
            has_left: index == 5,
            is_kept_here: false,
            is_asked: false,
            running: (index == 1).then(|| Running::sample(&prefix)),
            passed: Some(score >= 5.0),
            attempts: (1..=index as i64 % 3 + 1)
                .map(|number| Attempt {
                    number,
                    path: format!("{prefix}/attempts/{number}"),
                    is_abandoned: number == 2,
                })
                .collect(),
            mark: format::mark(t, score, 10.0),
            waiting: usize::from(index == 1),
            provisional: String::new(),
            delivery: Some(Delivery {
                t,
                mark: format::number(t, score),
                platform: "Moodle".to_owned(),
                state,
                send_again: None,
            }),
            shown,
            can_send,
        })
        .collect();
    students.push(Student {
        person_id: "person-6".to_owned(),
        name: String::new(),
        is_open: true,
        has_left: false,
        is_kept_here: false,
        is_asked: false,
        running: Some(Running::sample(&prefix)),
        passed: None,
        attempts: Vec::new(),
        mark: String::new(),
        waiting: 1,
        provisional: format::mark(t, 3.0, 10.0),
        delivery: None,
        shown: Shown::OnlyTeachers(format::number(t, 5.0)),
        can_send: false,
    });
    Gradebook {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        platform: "Moodle".to_owned(),
        counts: Counts {
            students: 10,
            submitted: 6,
            open: 1,
            not_started: 3,
            failed: 1,
            emptied: 1,
            locked: 1,
            waiting: 2,
        },
        done: None,
        column_failed: None,
        column: ColumnState::Exists,
        finding: None,
        roster: ClassList {
            cannot_open: 3,
            teachers: "Hoàng Thị Mai, Bùi Quang Vinh".to_owned(),
            ..ClassList::sample(RosterState::sample_read(t))
        },
        timing: Timing::sample(format!("{prefix}/overrides")),
        live_failed: false,
        students,
        not_started: ["Bùi Đức Mạnh", "Hoàng Thu Trang", ""]
            .map(|name| NotStarted {
                name: name.to_owned(),
                is_asked: false,
            })
            .to_vec(),
        path: format!("{prefix}/gradebook"),
        module_path: format!("{prefix}/module-score"),
        regrade_path: format!("{prefix}/regrade"),
        marking_path: format!("{prefix}/marking"),
        statistics_path: format!("{prefix}/gradebook/statistics"),
        copy_path: String::new(),
        edit_path: format!("{prefix}/quizzes/1/edit"),
        preview_path: format!("{prefix}/quizzes/1/preview"),
        frame,
    }
}
