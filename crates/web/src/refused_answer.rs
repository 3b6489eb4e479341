//! Answers of a plain form that could not be saved: shown again as they were typed,
//! each with what is wrong with it.

use app::attempt::{RefusedAnswer, View};
use assessment::{Interaction, ResponseProblem, format_number};
use ui::{Texts, page::attempt::Take};

/// Writes what was typed, and why it was refused, into the attempt's page.
pub(crate) fn write(page: &mut Take, view: &View, refused: &[RefusedAnswer]) {
    let t = page.frame.t;
    for question in &mut page.questions {
        let own = refused
            .iter()
            .find(|refused| refused.slot.as_str() == question.slot);
        let Some(own) = own else { continue };
        let asked = view.questions.iter().find(|asked| asked.slot == own.slot);
        let item = asked.and_then(|asked| view.published.items.get(&asked.item_version_id));
        question.body.retype(&own.fields);
        question.refused = item.map_or_else(String::new, |item| why(t, &item.interaction, &own.problem));
    }
}

/// What is wrong with an answer, as a sentence that says what helps.
pub(crate) fn why(t: Texts, interaction: &Interaction, problem: &ResponseProblem) -> String {
    let number = |value: f64| format_number(value, t.language().tag());
    match (interaction, problem) {
        (_, ResponseProblem::TooLarge(_)) => t.get("attempt-invalid-too-long").into_owned(),
        (Interaction::MarkSpot(kind), ResponseProblem::OutOfRange(_)) => t
            .with(
                "attempt-invalid-outside",
                "width",
                kind.picture.width.saturating_sub(1),
            )
            .and("height", kind.picture.height.saturating_sub(1))
            .to_string(),
        (Interaction::MarkSpot(_), ResponseProblem::RepeatedOption(_)) => {
            t.get("attempt-invalid-same-spot").into_owned()
        }
        (Interaction::MarkSpot(_), ResponseProblem::Malformed) => t.get("attempt-invalid-spot").into_owned(),
        (Interaction::Slider(kind), _) => t
            .with("attempt-invalid-value", "min", number(kind.minimum))
            .and("max", number(kind.maximum))
            .and("step", number(kind.step))
            .to_string(),
        (Interaction::Upload(_), _) => t.get("attempt-invalid-file").into_owned(),
        (Interaction::Matrix(kind), ResponseProblem::TooManyChosen(_)) => t
            .with("attempt-invalid-row", "count", kind.most_per_row())
            .to_string(),
        (_, ResponseProblem::TooManyChosen(_)) => t.get("attempt-invalid-too-many").into_owned(),
        (_, ResponseProblem::RepeatedOption(_) | ResponseProblem::RepeatedField(_)) => {
            t.get("attempt-invalid-twice").into_owned()
        }
        _ => t.get("attempt-invalid-unreadable").into_owned(),
    }
}
