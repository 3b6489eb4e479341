//! What options are worth and what is said by how right an answer was: from the
//! editor's fields to a draft. A share that was not touched stays to the last digit.

use assessment::{DraftSlot, Interaction, MultipleChoiceScoring, ResultFeedback};
use ui::page::quiz::{Question, QuestionKind, QuestionOption};

use super::{
    draft::{Unreadable, Writer, number},
    form::saved_option,
};

/// How far a share and its shown percentage may be apart.
const HAIR: f64 = 1e-7;

/// The options' weights in their order; `unreadable` hears of those that are none.
pub(super) fn weights(
    question: &Question,
    saved: Option<&DraftSlot>,
    unreadable: &mut Vec<Unreadable>,
) -> Vec<Option<f64>> {
    let weight = |option: &QuestionOption| {
        let kept = saved.and_then(|saved| saved_option(saved, option));
        let kept = kept.and_then(|kept| kept.weight);
        // a statement's options have no field for it
        if question.kind == QuestionKind::TrueFalse {
            return kept;
        }
        let field = format!("o{}_weight", option.number);
        read_share(question, &field, &option.weight, kept, unreadable)
    };
    question.options.iter().map(weight).collect()
}

/// What a wrong option without a weight costs.
pub(super) fn penalty(
    question: &Question,
    kept: Option<&Interaction>,
    unreadable: &mut Vec<Unreadable>,
) -> f64 {
    let kept = match kept {
        Some(Interaction::MultipleChoice(kept)) => Some(kept.penalty),
        _ => None,
    };
    read_share(question, "wrong", &question.wrong, kept, unreadable).unwrap_or_default()
}

// A percentage as a share; `None` for an empty field.
fn read_share(
    question: &Question,
    field: &str,
    typed: &str,
    kept: Option<f64>,
    unreadable: &mut Vec<Unreadable>,
) -> Option<f64> {
    let typed = typed.trim().trim_end_matches('%').trim();
    if typed.is_empty() {
        return None;
    }
    let Some(percent) = number(typed) else {
        unreadable.push(Unreadable {
            field: format!("q{}_{field}", question.number),
            question: Some(question.number),
            line: None,
            key: "not-a-number",
        });
        return kept;
    };
    let share = percent / 100.0;
    let untouched = kept.filter(|kept| (kept - share).abs() < HAIR);
    Some(untouched.unwrap_or(share))
}

/// How a partly right answer is marked.
pub(super) fn scoring(question: &Question) -> MultipleChoiceScoring {
    match question.scoring.as_str() {
        "partial" => MultipleChoiceScoring::Partial,
        "weighted" => MultipleChoiceScoring::Weighted,
        _ => MultipleChoiceScoring::AllOrNothing,
    }
}

/// What is said by how right an answer was.
pub(super) fn result_feedback(
    question: &Question,
    saved: Option<&DraftSlot>,
    writer: &Writer<'_>,
) -> ResultFeedback {
    let kept = saved.map(|saved| &saved.item.result_feedback);
    let typed = &question.result;
    ResultFeedback {
        right: writer.write(kept.map(|kept| &kept.right), &typed.right.value),
        partly: writer.write(kept.map(|kept| &kept.partly), &typed.partly.value),
        wrong: writer.write(kept.map(|kept| &kept.wrong), &typed.wrong.value),
    }
}
