//! A question that can be checked, on the page of a running attempt: what its
//! last check found as far as the rules show it, the hint, and how many tries
//! are left. What is shown after the end is `reviewing`'s.

use app::attempt::{Question, View};
use assessment::{Behaviour, Certainty, Hint, Item, Progress, Response, Try, Visible, without_wrong};
use ui::{
    Html, Texts,
    component::{CertaintyField, CertaintyLevel, Check, Found},
    format,
};

use crate::{
    answering::Asked,
    reviewing::{self, Submitted},
};

/// What all questions of a page share.
pub(crate) struct Checks<'a> {
    /// The attempt.
    pub(crate) view: &'a View,
    /// What may be shown while it runs.
    pub(crate) visible: Visible,
    /// The slot that was to be checked without an answer; empty for none.
    pub(crate) blank: String,
}

/// What the next try begins with, where the hint that is due takes the wrong
/// parts away and nothing was answered since: response and payload.
pub(crate) fn begun(item: &Item, question: &Question) -> Option<(Response, String)> {
    let progress = question.progress.as_ref()?;
    let hint = due(item, progress)?;
    let last = progress
        .last()
        .filter(|last| last.response == question.response)?;
    match hint.clears_wrong {
        true => without_wrong(item, &last.response, &last.mark),
        false => None,
    }
}

fn due<'a>(item: &'a Item, progress: &Progress) -> Option<&'a Hint> {
    item.hints.get(progress.hint?)
}

impl Checks<'_> {
    /// The checks of a question; `None` where it has none.
    pub(crate) fn check(&self, question: &Question, number: usize, asked: Asked<'_>) -> Option<Check> {
        let progress = question.progress.as_ref()?;
        let t = asked.t;
        Some(Check {
            t,
            number,
            slot: question.slot.to_string(),
            action: String::new(),
            finished: progress.finished,
            rule: self.rule(asked.item, progress, t),
            blank: self.blank == question.slot.as_str() && !question.response.is_answered(),
            found: progress
                .last()
                .map(|last| self.found(question, progress, last, asked)),
            is_exercise: false,
            keeps_answer_back: false,
        })
    }

    fn found(&self, question: &Question, progress: &Progress, last: &Try, asked: Asked<'_>) -> Found {
        let t = asked.t;
        let hint = due(asked.item, progress).filter(|_| self.visible.feedback);
        let hint_words = hint.map(|hint| asked.words.block(&hint.text)).unwrap_or_default();
        let counts_right = hint.is_some_and(|hint| hint.counts_right);
        let submitted = Submitted::new(
            Asked {
                response: &last.response,
                ..asked
            },
            Visible {
                // what is right would give the next try away
                right_answers: self.visible.right_answers && progress.finished,
                ..self.visible
            },
        );
        Found {
            verdict: self.visible.marks.then(|| reviewing::verdict(last.mark.fraction)),
            mark: match self.visible.marks && question.points > 0.0 && shows_mark(self.view, progress) {
                true => format::mark(t, progress.fraction * question.points, question.points),
                false => String::new(),
            },
            parts_right: match counts_right {
                true => parts_right(last, t),
                false => String::new(),
            },
            body: says_more(&submitted, progress).then(|| reviewing::body(&submitted)),
            feedback: feedback(&submitted, progress),
            hint: hint_words,
            is_revealed: false,
        }
    }

    fn rule(&self, item: &Item, progress: &Progress, t: Texts) -> String {
        let behaviour = self.view.published.content.rules.behaviour;
        let percent = format::number_with_decimals(t, item.cost_of_try() * 100.0, 0);
        let costs = behaviour.has_penalty() && item.cost_of_try() > 0.0;
        match (behaviour, progress.tries_left) {
            (Behaviour::Immediate, _) => t.get("behaviour-check-once").into_owned(),
            (_, Some(tries)) if costs && tries > 1 => t
                .with("behaviour-tries-left-penalty", "tries", tries)
                .and("percent", percent)
                .to_string(),
            (_, Some(tries)) => t.with("behaviour-tries-left", "tries", tries).to_string(),
            (_, None) if costs => t.with("behaviour-penalty", "percent", percent).to_string(),
            (_, None) => String::new(),
        }
    }

    /// How sure the student is of an answer; `None` where that is not asked.
    pub(crate) fn certainty(&self, question: &Question, number: usize, t: Texts) -> Option<CertaintyField> {
        let chosen = question.certainty?;
        let finished = question
            .progress
            .as_ref()
            .is_some_and(|progress| progress.finished);
        let level = |level: Certainty| CertaintyLevel {
            value: level.payload(),
            right: format::number(t, level.right() * question.points),
            wrong: format::number(t, level.wrong() * question.points),
        };
        Some(CertaintyField {
            t,
            number,
            slot: question.slot.to_string(),
            chosen: chosen.map(Certainty::payload).unwrap_or_default().to_owned(),
            levels: Certainty::ALL.map(level).into(),
            finished,
        })
    }
}

// Of an interactive question that goes on there is no mark yet: a later try takes its place.
fn shows_mark(view: &View, progress: &Progress) -> bool {
    progress.finished || view.published.content.rules.behaviour != Behaviour::Interactive
}

fn parts_right(last: &Try, t: Texts) -> String {
    let parts = &last.mark.parts;
    if parts.is_empty() {
        return String::new();
    }
    let right = parts.iter().filter(|part| part.fraction >= 1.0).count();
    t.with("behaviour-parts-right", "right", right)
        .and("total", parts.len())
        .to_string()
}

// Ticked options of a question that goes on stand in its fields; so does a single typed answer.
fn says_more(submitted: &Submitted<'_>, progress: &Progress) -> bool {
    progress.finished || (reviewing::has_parts(submitted.asked.item) && submitted.visible.marks)
}

// Feedback of the whole question tells the answer; while it goes on, only what belongs to this answer is said.
fn feedback(submitted: &Submitted<'_>, progress: &Progress) -> Vec<Html> {
    match progress.finished {
        true => reviewing::feedback(submitted),
        false => reviewing::feedback_of_answer(submitted),
    }
}
