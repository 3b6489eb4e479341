//! The codes by which people without any account sign in to learn: made, listed, withdrawn, and shown once to be printed.

use askama::Template;

use crate::{Frame, Language, Page};

/// The codes of an organisation.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/learners.html")]
pub struct Learners {
    /// The surroundings of the session.
    pub frame: Frame,
    /// What the form for new codes holds.
    pub form: CodesForm,
    /// What is wrong with it; empty for nothing.
    pub error: String,
    /// By label.
    pub groups: Vec<CodeGroup>,
}

/// What the form for new codes holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesForm {
    /// For whom.
    pub label: String,
    /// How many, as typed.
    pub count: String,
    /// How many days they last: one of [`CodesForm::DAYS`].
    pub days: String,
}

/// The codes of one label.
#[derive(Debug, Clone)]
pub struct CodeGroup {
    /// The label.
    pub label: String,
    /// How many can still be used.
    pub open: usize,
    /// How many were used.
    pub used: usize,
    /// The newest first.
    pub codes: Vec<CodeRow>,
}

/// A code in the list.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// Its id.
    pub id: String,
    /// Its number in the list.
    pub number: usize,
    /// Whether it is for somebody who lost theirs.
    pub is_again: bool,
    /// Whose account it opens or made; empty for nobody yet.
    pub learner: String,
    /// Whether it still opens anything, and the moment that goes with it.
    pub state: CodeState,
}

/// Whether a code still opens anything.
#[derive(Debug, Clone)]
pub enum CodeState {
    /// Until then.
    Open(String),
    /// It was used then.
    Used(String),
    /// Since then it does not.
    Expired(String),
}

/// Codes that were made just now, to be cut out and handed over.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/code_sheet.html")]
pub struct CodeSheet {
    /// The surroundings of the session, without ways to other languages: the codes are shown this once.
    pub frame: Frame,
    /// For whom.
    pub label: String,
    /// Who invites.
    pub organisation: String,
    /// The address at which they are typed.
    pub address: String,
    /// Until when they can be used.
    pub until: String,
    /// `K7PM-3XQT`.
    pub codes: Vec<String>,
}

impl CodesForm {
    /// How long codes may last, in days.
    pub const DAYS: [&'static str; 4] = ["7", "30", "90", "180"];

    /// The form before anybody typed.
    pub fn fresh() -> Self {
        Self {
            label: String::new(),
            count: "30".to_owned(),
            days: "30".to_owned(),
        }
    }
}

impl Learners {
    fn base(&self) -> String {
        format!("{}/administration/learners", self.frame.prefix())
    }
}

impl CodeSheet {
    fn back(&self) -> String {
        format!("{}/administration/learners", self.frame.prefix())
    }
}

impl Page for Learners {
    const NAME: &'static str = "administration/learners";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample_administrator(language);
        let time = |utc: &str| crate::page::sample_time(frame.t, utc);
        let row = |number, learner: &str, is_again, state| CodeRow {
            id: format!("c-{number}"),
            number,
            is_again,
            learner: learner.to_owned(),
            state,
        };
        let group = CodeGroup {
            label: "Cắt gọt kim loại K18".to_owned(),
            open: 2,
            used: 2,
            codes: vec![
                row(
                    4,
                    "Nguyễn Thị Hồng Nhung",
                    true,
                    CodeState::Open(time("2026-11-30T08:10:00Z")),
                ),
                row(3, "", false, CodeState::Open(time("2026-12-24T08:10:00Z"))),
                row(
                    2,
                    "Nguyễn Thị Hồng Nhung",
                    false,
                    CodeState::Used(time("2026-11-20T08:10:00Z")),
                ),
                row(
                    1,
                    "Trần Văn Bảo",
                    false,
                    CodeState::Used(time("2026-11-20T08:12:00Z")),
                ),
            ],
        };
        let old = CodeGroup {
            label: "Ngày hội việc làm 2025".to_owned(),
            open: 0,
            used: 0,
            codes: vec![row(
                1,
                "",
                false,
                CodeState::Expired(time("2026-11-01T08:12:00Z")),
            )],
        };
        let full = Self {
            form: CodesForm::fresh(),
            error: String::new(),
            groups: vec![group, old],
            frame,
        };
        let wrong = Self {
            form: CodesForm {
                label: "Lớp hàn K20".to_owned(),
                count: "5000".to_owned(),
                days: "90".to_owned(),
            },
            error: full.frame.t.get("learner-codes-error").into_owned(),
            groups: Vec::new(),
            ..full.clone()
        };
        vec![("full", full), ("wrong", wrong)]
    }
}

impl Page for CodeSheet {
    const NAME: &'static str = "administration/code_sheet";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let mut frame = Frame::sample_administrator(language);
        frame.clear_ways_out();
        let page = Self {
            label: "Cắt gọt kim loại K18".to_owned(),
            organisation: "Trường Cao đẳng Công nghệ Thủ Đức".to_owned(),
            address: "https://taynghe.college.edu.vn/sign-in".to_owned(),
            until: crate::page::sample_time(frame.t, "2026-12-24T08:10:00Z"),
            codes: ["K7PM-3XQT", "9HVR-CC44", "TZN2-8GBX", "FJ5M-Q3KV"]
                .map(str::to_owned)
                .to_vec(),
            frame,
        };
        vec![("first", page)]
    }
}
