//! The attempt page: all questions in one plain form. The scripts add saving
//! while typing, the countdown and work without a line; without them the
//! buttons save.

use askama::Template;
use chrono::TimeDelta;

use crate::component::{Choice, Gate, Question, QuestionBody, SectionHead};
use crate::{Frame, Language, Page, Role, Texts, format};

/// An open attempt. The form posts to `{attempt_path}/answers` with the fields
/// of [`Question`] and the pressed button's `then`: "stay" (back to this page),
/// "confirm" (the confirmation page), "check/{slot}" (check one question), a move (see [`Gate`], [`SectionHead`], [`Sequence`]), "break" (stop the clock) or "submit" (time is up: submit now). The
/// script sends entries by PUT to `{attempt_path}/entries`; see `static/attempt.js`.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/take.html")]
pub struct Take {
    /// The surroundings, in the attempt's language and without a language switch.
    pub frame: Frame,
    /// The quiz's title.
    pub title: String,
    /// The attempt's id, which entries' hashes cover.
    pub attempt_id: String,
    /// The time zone of all times on the page: "Asia/Ho_Chi_Minh".
    pub zone: String,
    /// "/s/…/attempts/…", without a slash at the end.
    pub attempt_path: String,
    /// Seconds left by the server's clock; `None` without a limit.
    pub remaining_seconds: Option<i64>,
    /// When the attempt ends: "11:27"; empty without a limit.
    pub ends_at: String,
    /// What the page does when time is up: "submit", "late" (hands in afterwards) or "abandon".
    pub at_end: &'static str,
    /// "10 phút": the breaks that are left; empty for none.
    pub breaks_left: String,
    /// When this page was last saved by its button: "10:42"; empty otherwise.
    pub saved_at: String,
    /// In the order shown.
    pub questions: Vec<Question>,
    /// The sections on the page.
    pub sections: Vec<SectionHead>,
    /// Where the student is, when one goes through the questions one after another.
    pub sequence: Option<Sequence>,
}

/// Where the student is in a sequence. The button's `then` is "advance/{slot}".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The question to go on from; empty while a section has to be chosen.
    pub slot: String,
    /// The number of the first question on the page.
    pub number: usize,
    /// How many questions there are.
    pub total: usize,
    /// Whether all questions are behind.
    pub is_over: bool,
}

impl Take {
    /// Whether another question follows, so that submitting is not the next thing.
    fn goes_on(&self) -> bool {
        self.sequence.as_ref().is_some_and(|sequence| !sequence.is_over)
    }

    /// What stands above the buttons: where a sequence stands, else that questions are listed.
    fn list_title(&self) -> String {
        let t = self.frame.t;
        let here = self
            .sequence
            .as_ref()
            .filter(|sequence| !sequence.slot.is_empty());
        match (here, &self.sequence) {
            (Some(here), _) => t
                .with("structure-at", "number", here.number)
                .and("total", here.total)
                .to_string(),
            (None, Some(sequence)) if sequence.is_over => t.get("attempt-to-submit").into_owned(),
            (None, Some(_)) => t.get("structure-choose-first").into_owned(),
            (None, None) => t.get("attempt-question-list").into_owned(),
        }
    }

    fn heads_before(&self, index: &usize) -> impl Iterator<Item = &SectionHead> {
        self.sections.iter().filter(move |head| head.first == *index)
    }

    fn heads_at_end(&self) -> impl Iterator<Item = &SectionHead> {
        let end = self.questions.len();
        self.sections.iter().filter(move |head| head.first >= end)
    }

    fn answered(&self) -> usize {
        self.questions
            .iter()
            .filter(|question| question.is_answered() && !question.is_shut())
            .count()
    }

    fn total(&self) -> usize {
        self.questions
            .iter()
            .filter(|question| question.is_question() && question.gate != Gate::Dropped)
            .count()
    }

    /// Whether it needs the styles and the script of fields other than options.
    fn has_fields(&self) -> bool {
        let only_options = |question: &Question| {
            matches!(
                question.body,
                QuestionBody::Options(_) | QuestionBody::Information
            )
        };
        !self.questions.iter().all(only_options)
    }

    /// Whether an answer could not be saved.
    fn has_refused(&self) -> bool {
        self.questions.iter().any(|question| !question.refused.is_empty())
    }

    /// Whether questions can be checked, or certainty is asked.
    fn has_checks(&self) -> bool {
        let has = |question: &Question| question.check.is_some() || question.certainty.is_some();
        self.questions.iter().any(has)
    }

    /// Whether files can be sent.
    fn has_uploads(&self) -> bool {
        let takes_files = |question: &Question| matches!(question.body, QuestionBody::Upload(_));
        self.questions.iter().any(takes_files)
    }

    fn clock(&self) -> String {
        format::countdown(self.remaining_seconds.unwrap_or_default())
    }

    fn nav_label(&self, question: &Question) -> String {
        nav_label(
            self.frame.t,
            question.number,
            question.is_answered(),
            question.flagged,
        )
    }
}

fn nav_label(t: Texts, number: usize, answered: bool, flagged: bool) -> String {
    let key = match (answered, flagged) {
        (true, false) => "attempt-nav-answered",
        (true, true) => "attempt-nav-answered-flagged",
        (false, false) => "attempt-nav-unanswered",
        (false, true) => "attempt-nav-unanswered-flagged",
    };
    t.with(key, "number", number).to_string()
}

impl Page for Take {
    const NAME: &'static str = "attempt/take";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let timed = sample(language);
        let mut with_breaks = timed.clone();
        with_breaks.at_end = "abandon";
        with_breaks.breaks_left = format::duration(timed.frame.t, TimeDelta::minutes(10));
        with_breaks.frame.font_percent = 200;
        let mut untimed = timed.clone();
        untimed.remaining_seconds = None;
        untimed.ends_at.clear();
        untimed.saved_at = "10:43".to_owned();
        let types = Self {
            questions: Question::samples(timed.frame.t),
            ..untimed.clone()
        };
        let checked = Self {
            questions: Question::checked_samples(timed.frame.t),
            ..untimed.clone()
        };
        let mut refused = types.clone();
        for question in refused.questions.iter_mut().take(2) {
            question.refused = timed.frame.t.get("attempt-invalid-unreadable").into_owned();
        }
        let divided = divided(&untimed);
        let sequential = Self {
            questions: vec![Question::sample(timed.frame.t, 4)],
            sections: Vec::new(),
            sequence: Some(Sequence {
                slot: "q4".to_owned(),
                number: 4,
                total: 20,
                is_over: false,
            }),
            ..untimed.clone()
        };
        let over = Self {
            questions: Vec::new(),
            sections: Vec::new(),
            sequence: Some(Sequence {
                slot: String::new(),
                number: 20,
                total: 20,
                is_over: true,
            }),
            ..untimed.clone()
        };
        vec![
            ("divided", divided),
            ("sequential", sequential),
            ("sequence-over", over),
            ("timed", timed),
            ("breaks", with_breaks),
            ("untimed", untimed),
            ("types", types),
            ("refused", refused),
            ("checked", checked),
        ]
    }
}

fn divided(page: &Take) -> Take {
    let t = page.frame.t;
    let gates = [
        Gate::Protected,
        Gate::Dropped,
        Gate::Droppable,
        Gate::Locked(1),
        Gate::Open,
    ];
    let questions = gates.into_iter().zip(1..).map(|(gate, number)| Question {
        gate,
        ..Question::sample(t, number)
    });
    let head = |id: &str, title: &str, choice, choose_from, first| SectionHead {
        id: id.to_owned(),
        title: title.to_owned(),
        choice,
        choose_from,
        drops: 0,
        ..SectionHead::sample(t, first)
    };
    Take {
        questions: questions.collect(),
        sections: vec![
            SectionHead::sample(t, 0),
            head("b", "Phần B: Tiện", Choice::Chosen, 2, 4),
            head("c", "Phần B: Phay", Choice::Instead, 0, 5),
            head("d", "Phần C: Gia công", Choice::Possible, 2, 5),
            head("e", "Phần C: Lắp ráp", Choice::Possible, 0, 5),
        ],
        ..page.clone()
    }
}

fn sample(language: Language) -> Take {
    let mut frame = Frame::sample(language, Role::Learner);
    frame.clear_ways_out();
    let attempt_id = "0192f0c4-8a11-7d20-a1b5-0f2e4c6d8e90";
    Take {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        attempt_id: attempt_id.to_owned(),
        zone: crate::format::DEFAULT_ZONE.name().to_owned(),
        attempt_path: format!("{}/attempts/{attempt_id}", frame.prefix()),
        remaining_seconds: Some(2_699),
        ends_at: "11:27".to_owned(),
        at_end: "submit",
        breaks_left: String::new(),
        saved_at: String::new(),
        questions: (1..=20).map(|number| Question::sample(frame.t, number)).collect(),
        sections: Vec::new(),
        sequence: None,
        frame,
    }
}
