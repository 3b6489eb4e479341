//! The questions of a quiz with their right answers, what was answered, and the
//! ways to mark one of them otherwise.

use askama::Template;

use super::{Past, Refused, sample_past};
use assessment::{AuthoringField, Control};

use crate::{Frame, Html, Language, Page, Role, Texts, format};

/// Choosing what is marked wrong. Each form posts to `path`: `question` (the
/// slot) and one of: `what` ("full", "answered", "drop", "authored"); `points`; `key/{field}` with `what` = "typed";
/// `right/{option}` ("on"), `share/{option}` (per cent, may be empty) and `scoring` with `what` = "key";
/// `only` (an option's id).
#[derive(Debug, Clone, Template)]
#[template(path = "regrade/choose.html")]
pub struct Choose {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz.
    pub title: String,
    /// "/s/…/regrade".
    pub path: String,
    /// Where the page was opened from.
    pub gradebook_path: String,
    /// What was asked for does not fit the question.
    pub refused: Option<Refused>,
    /// Whether any attempt was submitted.
    pub has_attempts: bool,
    /// From how many attempts, the latest ones, the figures are made; `None` for all.
    pub counted: Option<usize>,
    /// In the author's order.
    pub questions: Vec<Question>,
    /// What was corrected before, the newest first.
    pub past: Vec<Past>,
}

impl Choose {
    fn has_places(&self) -> bool {
        let pictures = self
            .questions
            .iter()
            .filter_map(|question| question.picture.as_ref());
        pictures.into_iter().any(|picture| picture.takes_places)
    }
}

/// A question and how it is marked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Goes back.
    pub slot: String,
    /// From 1.
    pub number: usize,
    /// What is asked.
    pub stem: Html,
    /// Its beginning, without markup.
    pub line: String,
    /// What it is worth, as typed in a field.
    pub points: String,
    /// Whether it is unfolded.
    pub is_open: bool,
    /// How it is marked now instead of by its answers.
    pub how: Option<How>,
    /// Whether something was corrected.
    pub is_corrected: bool,
    /// Whether students had it in several wordings.
    pub has_versions: bool,
    /// How many submitted attempts had it.
    pub attempts: usize,
    /// How many left it out.
    pub left_out: usize,
    /// The mean share of its points: "62 %"; empty without attempts.
    pub mean: String,
    /// Whether several options can be chosen.
    pub several: bool,
    /// In the author's order; empty for a question without options.
    pub options: Vec<OptionRow>,
    /// Whether each option can give a share of its own.
    pub has_shares: bool,
    /// How several options are marked together: "all_or_nothing", "partial", "weighted"; `None` where one is chosen.
    pub scoring: Option<&'static str>,
    /// In which picture the places of the key lie.
    pub picture: Option<KeyPicture>,
    /// What is right in a question that is not answered by options; empty for others.
    pub fields: Vec<KeyField>,
}

impl Question {
    /// Whether an option gives another share than its being right says.
    fn gives_shares(&self) -> bool {
        self.options.iter().any(|option| !option.share.is_empty())
    }
}

/// A picture in which places are right.
#[derive(Debug, Clone)]
pub struct KeyPicture {
    /// Where it is served.
    pub path: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Whether a click writes its place into the lines.
    pub takes_places: bool,
}

/// How a question is marked instead of by its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It counts for nothing.
    Drop,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
}

/// A field of a question that is written in lines.
#[derive(Debug, Clone)]
pub struct KeyField {
    /// What it posts: "key/answers".
    pub name: String,
    /// Unique on the page.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// How it is written; empty where that is plain.
    pub hint: String,
    /// How it is filled in.
    pub control: Control,
    /// As it is now; "on" for a ticked box.
    pub value: String,
    /// What a list offers: value and words.
    pub choices: Vec<(String, String)>,
}

impl KeyField {
    /// A field of the question of that number and type.
    pub fn new(t: Texts, number: usize, type_name: &str, field: &AuthoringField) -> Self {
        let key = kebab(field.key);
        let hint = match field.control {
            Control::Lines | Control::Program => t
                .get(&format!("authoring-hint-{}-{key}", kebab(type_name)))
                .into_owned(),
            _ => String::new(),
        };
        let choices: &[&str] = match field.control {
            Control::Select(choices) => choices,
            _ => &[],
        };
        let choice = |choice: &&str| {
            let words = t.get(&format!("authoring-choice-{key}-{}", kebab(choice)));
            ((*choice).to_owned(), words.into_owned())
        };
        Self {
            name: format!("key/{}", field.key),
            id: format!("key-{number}-{key}"),
            label: t.get(&format!("authoring-field-{key}")).into_owned(),
            hint,
            control: field.control,
            value: field.value.clone(),
            choices: choices.iter().map(choice).collect(),
        }
    }

    fn rows(&self) -> usize {
        (self.value.lines().count() + 1).clamp(2, 12)
    }

    fn is_on(&self) -> bool {
        self.value == "on"
    }
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// An option.
#[derive(Debug, Clone)]
pub struct OptionRow {
    /// Goes back.
    pub id: String,
    /// What students read.
    pub text: Html,
    /// Whether it is right now.
    pub is_right: bool,
    /// What choosing it gives, in per cent; empty where that is what its being right says.
    pub share: String,
    /// How many chose it: "12 (40 %)".
    pub chosen: String,
}

impl Page for Choose {
    const NAME: &'static str = "regrade/choose";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let refused = Self {
            refused: Some(Refused {
                code: "WEB-CORRECTION",
                trace_id: "0192f0c48a117d20a1b50f2e4c6d8e90".to_owned(),
            }),
            past: Vec::new(),
            ..full.clone()
        };
        let nobody = Self {
            has_attempts: false,
            counted: None,
            past: Vec::new(),
            questions: full
                .questions
                .iter()
                .map(|question| Question {
                    attempts: 0,
                    left_out: 0,
                    mean: String::new(),
                    how: None,
                    is_corrected: false,
                    ..question.clone()
                })
                .collect(),
            ..full.clone()
        };
        vec![("full", full), ("refused", refused), ("nobody", nobody)]
    }
}

fn sample(language: Language) -> Choose {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let percent = |count: usize| format!("{count} ({}\u{a0}%)", count * 100 / 30);
    let rows = [
        (
            "a",
            "Tắt máy, rút phích hoặc khóa nguồn và chờ trục chính dừng hẳn",
            6,
        ),
        ("b", "Hạ tốc độ quay rồi dùng tay giữ mâm cặp", 21),
        ("c", "Kính bảo hộ và giày mũi thép", 2),
        ("d", "Nhờ bạn bên cạnh bấm nút dừng khẩn cấp khi cần", 1),
    ];
    let option = |(id, text, count): (&str, &str, usize)| OptionRow {
        id: id.to_owned(),
        text: Html::trusted(text),
        is_right: id == "a",
        share: if id == "b" {
            format::number(t, 50.0)
        } else {
            String::new()
        },
        chosen: percent(count),
    };
    let stem = "Trước khi thay dao tiện, việc nào phải làm đầu tiên?";
    let question = |number: usize| Question {
        slot: format!("slot-{number}"),
        number,
        line: stem.to_owned(),
        stem: Html::trusted(format!("<p>{stem}</p>")),
        points: format::number(t, 1.0),
        is_open: number == 1,
        how: (number == 3).then_some(How::Drop),
        is_corrected: number == 3 || number == 4,
        has_versions: number == 1,
        attempts: 30,
        left_out: 1,
        mean: "20\u{a0}%".to_owned(),
        several: number == 4,
        has_shares: number < 5,
        scoring: (number == 4).then_some("weighted"),
        picture: (number == 5).then(|| KeyPicture {
            path: crate::asset("mark.svg"),
            width: 64,
            height: 64,
            takes_places: true,
        }),
        fields: match number {
            5 => vec![KeyField::new(
                t,
                number,
                "short_text",
                &AuthoringField {
                    key: "answers",
                    control: Control::Lines,
                    value: "thước cặp\nthước kẹp | 50 %".to_owned(),
                },
            )],
            _ => Vec::new(),
        },
        options: if number >= 5 {
            Vec::new()
        } else {
            rows.map(option).to_vec()
        },
    };
    Choose {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        path: format!("{prefix}/regrade"),
        gradebook_path: format!("{prefix}/gradebook"),
        refused: None,
        has_attempts: true,
        counted: Some(200),
        questions: (1..=6).map(question).collect(),
        past: sample_past(t),
        frame,
    }
}
