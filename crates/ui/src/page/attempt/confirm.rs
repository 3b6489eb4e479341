//! The last look before submitting: what is unanswered, and the button.

use askama::Template;

use crate::{Frame, Language, Page, Role};

/// Asks whether to submit. The button posts to `{attempt_path}/submit`.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/confirm.html")]
pub struct Confirm {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title.
    pub title: String,
    /// "/s/…/attempts/…": the attempt page.
    pub attempt_path: String,
    /// How many questions have an answer.
    pub answered: usize,
    /// How many questions there are.
    pub total: usize,
    /// Questions without an answer, and those that the student flagged.
    pub open: Vec<ConfirmQuestion>,
    /// What the rules will settle: drops that are left, a choice not made.
    pub notes: Vec<String>,
    /// When the attempt ends: "11:27"; empty without a limit.
    pub ends_at: String,
    /// Whether it is submitted by itself then.
    pub submits_itself: bool,
    /// Time is over: until when it can still be submitted, "11:32"; empty while it runs.
    pub late_until: String,
}

/// A question to look at again.
#[derive(Debug, Clone)]
pub struct ConfirmQuestion {
    /// As shown on the attempt page.
    pub number: usize,
    /// Whether it lacks an answer.
    pub unanswered: bool,
    /// Whether the student flagged it.
    pub flagged: bool,
}

impl Page for Confirm {
    const NAME: &'static str = "attempt/confirm";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let mut frame = Frame::sample(language, Role::Learner);
        frame.clear_ways_out();
        let question = |number, unanswered, flagged| ConfirmQuestion {
            number,
            unanswered,
            flagged,
        };
        let open = Self {
            attempt_path: format!("{}/attempts/0192f0c4-8a11-7d20-a1b5-0f2e4c6d8e90", frame.prefix()),
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            answered: 17,
            total: 20,
            open: vec![
                question(3, true, true),
                question(7, true, false),
                question(11, false, true),
                question(20, true, false),
            ],
            notes: vec!["Phần A: bạn còn được bỏ 2 câu.".to_owned()],
            ends_at: "11:27".to_owned(),
            submits_itself: true,
            late_until: String::new(),
            frame,
        };
        let complete = Self {
            answered: 20,
            open: Vec::new(),
            ..open.clone()
        };
        let late = Self {
            late_until: "11:32".to_owned(),
            ..open.clone()
        };
        vec![("open", open), ("complete", complete), ("late", late)]
    }
}
