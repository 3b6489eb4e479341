//! Overrides of an activity's rules: the list, and the form of one.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// Who has other rules, and which.
#[derive(Debug, Clone, Template)]
#[template(path = "timing/overrides.html")]
pub struct Overrides {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title as plain text.
    pub title: String,
    /// "/s/…/overrides": `{path}/new` adds one, `{path}/{id}` changes it.
    pub path: String,
    /// The gradebook of the activity.
    pub gradebook_path: String,
    /// The course's groups.
    pub groups_path: String,
    /// What students need in every quiz.
    pub accommodations_path: String,
    /// Whether something was just saved or taken away.
    pub is_saved: bool,
    /// The rules for everybody else.
    pub usual: Vec<Fact>,
    /// Groups first, then persons.
    pub overrides: Vec<Override>,
}

/// A rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Which rule.
    pub label: String,
    /// "90 phút".
    pub value: String,
}

/// One override.
#[derive(Debug, Clone)]
pub struct Override {
    /// Goes into its address.
    pub id: String,
    /// The person or group; empty when no name is known.
    pub name: String,
    /// Whether it is for a group.
    pub is_group: bool,
    /// What then holds, where it differs.
    pub facts: Vec<Fact>,
}

/// The form of an override. Posts to `path`: `whom` for a new one, the fields of
/// [`RuleField`], `more_attempts`, and `do`: "save" or "remove".
#[derive(Debug, Clone, Template)]
#[template(path = "timing/override.html")]
pub struct OverrideForm {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title as plain text.
    pub title: String,
    /// Where it posts to.
    pub path: String,
    /// Back to the list.
    pub list_path: String,
    /// Whom one can be added for; empty for one that is there.
    pub whom: Vec<Whom>,
    /// What is wrong with whom it is for; empty for nothing.
    pub whom_error: String,
    /// For whom it is, when it is there.
    pub name: String,
    /// Whether it is there already.
    pub is_there: bool,
    /// The rules.
    pub fields: Vec<RuleField>,
    /// Attempts on top, as typed.
    pub more_attempts: String,
    /// What is wrong with them; empty for nothing.
    pub more_attempts_error: String,
    /// Whether something has to be mended.
    pub is_wrong: bool,
}

/// Somebody for whom an override can be added.
#[derive(Debug, Clone)]
pub struct Whom {
    /// "person:…" or "group:…".
    pub value: String,
    /// The name.
    pub name: String,
    /// Whether it is a group.
    pub is_group: bool,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// One rule in the form: a value `{name}`, and `no_{name}` ("on") to lift it.
#[derive(Debug, Clone)]
pub struct RuleField {
    /// The field.
    pub name: &'static str,
    /// The input's type.
    pub kind: &'static str,
    /// The input's mode; empty for none.
    pub mode: &'static str,
    /// Its label.
    pub label: String,
    /// What holds for everybody else.
    pub usual: String,
    /// As typed; empty keeps what holds for everybody.
    pub value: String,
    /// What lifting it means.
    pub lift: String,
    /// Whether it is lifted.
    pub is_lifted: bool,
    /// What is wrong with it; empty for nothing.
    pub error: String,
}

impl Page for Overrides {
    const NAME: &'static str = "timing/overrides";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let fact = |label: &str, value: &str| Fact {
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let prefix = frame.prefix().to_owned();
        let full = Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            path: format!("{prefix}/overrides"),
            gradebook_path: format!("{prefix}/gradebook"),
            groups_path: format!("{prefix}/groups"),
            accommodations_path: format!("{prefix}/accommodations"),
            is_saved: true,
            usual: vec![
                fact("Đóng lúc", "17:00, 27/11/2026"),
                fact("Thời gian làm bài", "45 phút"),
            ],
            overrides: vec![
                Override {
                    id: "1".to_owned(),
                    name: "Lớp buổi tối".to_owned(),
                    is_group: true,
                    facts: vec![fact("Đóng lúc", "21:00, 27/11/2026")],
                },
                Override {
                    id: "2".to_owned(),
                    name: "Nguyễn Thị Hồng Nhung".to_owned(),
                    is_group: false,
                    facts: vec![fact("Thời gian làm bài", "68 phút"), fact("Số lượt làm bài", "3")],
                },
            ],
            frame,
        };
        let none = Self {
            is_saved: false,
            overrides: Vec::new(),
            ..full.clone()
        };
        vec![("some", full), ("none", none)]
    }
}

impl Page for OverrideForm {
    const NAME: &'static str = "timing/override";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let field = |name, kind, mode, label: &str, usual: &str, value: &str, lift: &str| RuleField {
            name,
            kind,
            mode,
            label: t.get(label).into_owned(),
            usual: usual.to_owned(),
            value: value.to_owned(),
            lift: t.get(lift).into_owned(),
            is_lifted: false,
            error: String::new(),
        };
        let fields = vec![
            field(
                "opens_at",
                "datetime-local",
                "",
                "attempt-opens-at",
                "",
                "",
                "time-lift-opens",
            ),
            field(
                "closes_at",
                "datetime-local",
                "",
                "attempt-closes-at",
                "17:00, 27/11/2026",
                "2026-11-28T17:00",
                "time-lift-closes",
            ),
            field(
                "time_limit",
                "text",
                "decimal",
                "quiz-time-limit",
                "45",
                "60",
                "time-lift-limit",
            ),
            field(
                "attempts",
                "text",
                "numeric",
                "quiz-attempts",
                "2",
                "",
                "time-lift-attempts",
            ),
            field(
                "password",
                "text",
                "",
                "time-password",
                "",
                "",
                "time-lift-password",
            ),
        ];
        let prefix = frame.prefix().to_owned();
        let person = Whom {
            value: "person:1".to_owned(),
            name: "Nguyễn Thị Hồng Nhung".to_owned(),
            is_group: false,
            is_chosen: true,
        };
        let group = Whom {
            value: "group:1".to_owned(),
            name: "Lớp buổi tối".to_owned(),
            is_group: true,
            is_chosen: false,
        };
        let new = Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            path: format!("{prefix}/overrides"),
            list_path: format!("{prefix}/overrides"),
            whom: vec![group, person],
            whom_error: String::new(),
            name: String::new(),
            is_there: false,
            fields,
            more_attempts: String::new(),
            more_attempts_error: String::new(),
            is_wrong: false,
            frame,
        };
        let mut wrong = Self {
            path: format!("{prefix}/overrides/1"),
            whom: Vec::new(),
            name: "Nguyễn Thị Hồng Nhung".to_owned(),
            is_there: true,
            more_attempts: "x".to_owned(),
            more_attempts_error: t.get("time-more-attempts-wrong").into_owned(),
            is_wrong: true,
            ..new.clone()
        };
        for field in wrong.fields.iter_mut().filter(|field| field.name == "time_limit") {
            field.value = "0".to_owned();
            field.error = t.get("quiz-problem-time-limit-out-of-range").into_owned();
        }
        vec![("new", new), ("wrong", wrong)]
    }
}
