//! Questions that readers try for themselves. Everything that a form says is read
//! anew each time: the answers, which question is judged now (`then`), and which were
//! judged before (`checked`), so that one page can show what was found of all.

use ::course::{CHECK_SEED, Check};
use assessment::{Context, Interaction, Item, Response, SlotId, Visible, payload_from_form};
use ui::{
    Html, Language, Texts,
    component::{self, Found, Gate, QuestionBody, ReviewedBody},
};

use crate::{
    answering::{self, Asked},
    pairs::Pairs,
    refused_answer,
    rendered::render_item,
    reviewing::{self, Submitted},
};

/// What the questions of a lesson share.
pub(super) struct Exercises<'a> {
    /// The lesson's address, to which its form goes.
    pub(super) path: String,
    /// Where pictures are served.
    pub(super) pictures: String,
    /// The language in which they are asked and answered.
    pub(super) language: Language,
    /// Whether right answers are never shown: the lesson is to be passed by them.
    pub(super) keeps_answers_back: bool,
    /// What the form brought; nothing where the page was only opened.
    pub(super) sent: &'a Pairs,
}

impl Exercises<'_> {
    /// A question with its answer so far and what was found of it.
    pub(super) fn question(&self, check: &Check, number: usize) -> component::Question {
        let slot = SlotId::from(check.key.as_str());
        let words = render_item(&check.item, self.language)
            .0
            .with_media_at(&self.pictures);
        let context = Context {
            language: self.language.tag(),
            seed: CHECK_SEED,
            slot: &slot,
        };
        let fields = fields(self.sent, slot.as_str());
        let read = read(&check.item, &fields, &context);
        let response = read.as_ref().cloned().unwrap_or_default();
        let t = Texts::for_language(self.language);
        let asked = || Asked {
            item: &check.item,
            words: &words,
            response: &response,
            context,
            t,
            pictures: &self.pictures,
        };
        let mut body = body(&asked());
        let refused = match &read {
            Ok(_) => String::new(),
            Err(problem) => {
                body.retype(&fields);
                refused_answer::why(t, &check.item.interaction, problem)
            }
        };
        component::Question {
            t,
            number,
            slot: slot.to_string(),
            stimulus: None,
            stem: answering::stem(&asked()),
            points: String::new(),
            body,
            was: String::new(),
            certainty: None,
            check: is_tried(&check.item).then(|| component::Check {
                t,
                number,
                slot: slot.to_string(),
                action: format!("{}#checked-{slot}", self.path),
                finished: false,
                rule: String::new(),
                blank: self.is_asked(slot.as_str()) && refused.is_empty() && !response.is_answered(),
                found: self.found(asked(), &slot),
                is_exercise: true,
                keeps_answer_back: self.keeps_answers_back,
            }),
            gate: Gate::Open,
            flagged: false,
            refused,
            saved_at: String::new(),
            is_exercise: true,
        }
    }

    /// The right answer with what is said about it; `None` where nobody can name one.
    pub(super) fn answer(&self, check: &Check, number: usize) -> Option<component::Answer> {
        let item = &check.item;
        let slot = SlotId::from(check.key.as_str());
        let context = Context {
            language: self.language.tag(),
            seed: CHECK_SEED,
            slot: &slot,
        };
        let right = item.right_response(&context);
        if !is_tried(item) || !right.is_answered() {
            return None;
        }
        let words = render_item(item, self.language).0.with_media_at(&self.pictures);
        let t = Texts::for_language(self.language);
        let asked = Asked {
            item,
            words: &words,
            response: &right,
            context,
            t,
            pictures: &self.pictures,
        };
        let submitted = Submitted::new(asked, Visible::ALL);
        let mut body = reviewing::body(&submitted);
        if let ReviewedBody::Options { options, .. } = &mut body {
            // nobody chose: each option is explained
            let order = assessment::option_order(CHECK_SEED, &slot, item);
            for (shown, option) in options.iter_mut().zip(order) {
                shown.chosen = false;
                shown.feedback = words.option(&option.id).feedback;
            }
        }
        Some(component::Answer {
            t,
            number,
            body,
            feedback: reviewing::feedback(&submitted),
        })
    }

    fn is_asked(&self, slot: &str) -> bool {
        self.wish() == Some(("check", slot))
    }

    fn is_revealed(&self, slot: &str) -> bool {
        !self.keeps_answers_back && self.asks_for_answer(slot)
    }

    fn asks_for_answer(&self, slot: &str) -> bool {
        self.wish() == Some(("answer", slot)) || self.sent.all("revealed").any(|revealed| revealed == slot)
    }

    fn wish(&self) -> Option<(&str, &str)> {
        self.sent.get("then").split_once('/')
    }

    fn found(&self, asked: Asked<'_>, slot: &SlotId) -> Option<Found> {
        let slot = slot.as_str();
        let reveals = self.is_revealed(slot);
        let was_checked = self.sent.all("checked").any(|checked| checked == slot);
        let is_checked = (self.is_asked(slot) || was_checked) && asked.response.is_answered();
        if !is_checked && !reveals {
            return None;
        }
        let visible = Visible {
            right_answers: reveals,
            ..Visible::ALL
        };
        let submitted = Submitted::new(asked, visible);
        let verdict = submitted.verdict();
        let is_right = verdict == Some(component::Verdict::Right);
        Some(Found {
            verdict,
            is_revealed: reveals,
            body: (reveals || has_parts(submitted.asked.item)).then(|| reviewing::body(&submitted)),
            feedback: feedback(&submitted, reveals, is_right),
            ..Found::default()
        })
    }
}

/// What a form says of a question: what stands behind `answer/{slot}/`, and empty for `answer/{slot}` itself.
pub(super) fn fields(sent: &Pairs, slot: &str) -> Vec<(String, String)> {
    let of_slot = |(name, value): &(String, String)| {
        let rest = name.strip_prefix("answer/")?.strip_prefix(slot)?;
        let field = if rest.is_empty() {
            ""
        } else {
            rest.strip_prefix('/')?
        };
        Some((field.to_owned(), value.replace("\r\n", "\n")))
    };
    sent.0.iter().filter_map(of_slot).collect()
}

fn read(
    item: &Item,
    fields: &[(String, String)],
    context: &Context<'_>,
) -> Result<Response, assessment::ResponseProblem> {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    Response::parse(item, &payload_from_form(item, &fields), context)
}

// What belongs to the whole question tells the answer. The answer as it is shown carries its own.
fn feedback(submitted: &Submitted<'_>, is_revealed: bool, is_right: bool) -> Vec<Html> {
    let mut feedback = Vec::new();
    if !is_revealed {
        feedback.extend(reviewing::feedback_of_answer(submitted));
    }
    if is_revealed || is_right {
        feedback.extend(reviewing::feedback(submitted));
    }
    feedback
}

// A file has nobody who would look at it: its task is told, and stays the reader's own.
fn is_tried(item: &Item) -> bool {
    item.is_question() && !matches!(item.interaction, Interaction::Upload(_))
}

fn body(asked: &Asked<'_>) -> QuestionBody {
    match is_tried(asked.item) {
        true => answering::body(asked),
        false => QuestionBody::Information,
    }
}

// An essay stands in its field, and nobody marks it.
fn has_parts(item: &Item) -> bool {
    reviewing::has_parts(item) && !matches!(item.interaction, Interaction::Essay(_))
}
