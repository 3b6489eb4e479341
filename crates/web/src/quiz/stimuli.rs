//! What several questions refer to: from a draft to the editor's fields, from fields
//! to a draft, and its buttons.

use app::Code;
use assessment::{Draft, DraftProblem, DraftProblemKind, Stimulus, StimulusId};
use text::Text;
use ui::{
    Texts,
    page::quiz::{FieldProblem, Question, TypedStimulus, Wording},
};

use super::{list_change::ListChange, sections::Take};
use crate::problem::Problem;

/// Far more than anybody writes; what comes above is no page of ours.
const MOST_POSTED: usize = 200;

/// The fields of a draft, its words through `text`.
pub(super) fn of_draft(draft: &Draft, text: &impl Fn(&Text) -> Wording) -> Vec<TypedStimulus> {
    let typed = |(stimulus, number): (&Stimulus, usize)| TypedStimulus {
        number,
        id: stimulus.id.to_string(),
        title: text(&stimulus.title),
        text: text(&stimulus.text),
        used_by: String::new(),
    };
    draft.stimuli.iter().zip(1..).map(typed).collect()
}

/// The posted fields.
///
/// # Errors
/// When there are far too many.
pub(super) fn posted(take: Take<'_>) -> Result<Vec<TypedStimulus>, Problem> {
    let stimulus = |number: usize| {
        let field = |name: &str| take(&format!("t{number}_{name}"));
        let id = field("id");
        (!id.is_empty()).then(|| TypedStimulus {
            number,
            id,
            title: Wording::new(field("title")),
            text: Wording::new(field("text")),
            used_by: String::new(),
        })
    };
    let stimuli: Vec<TypedStimulus> = (1..).map_while(stimulus).take(MOST_POSTED).collect();
    if stimuli.len() == MOST_POSTED {
        return Err(Problem::new(Code::Form, "too many stimuli"));
    }
    Ok(stimuli)
}

/// The saved one that a typed one continues.
pub(super) fn saved<'a>(draft: &'a Draft, typed: &TypedStimulus) -> Option<&'a Stimulus> {
    draft.stimuli.iter().find(|saved| saved.id.as_str() == typed.id)
}

/// Those of a draft, their words through `write`.
pub(super) fn stimuli(
    typed: &[TypedStimulus],
    draft: &Draft,
    write: &impl Fn(Option<&Text>, &str) -> Text,
) -> Vec<Stimulus> {
    let stimulus = |typed: &TypedStimulus| {
        let kept = saved(draft, typed);
        Stimulus {
            id: StimulusId::from(typed.id.as_str()),
            title: write(kept.map(|kept| &kept.title), &typed.title.value),
            text: write(kept.map(|kept| &kept.text), &typed.text.value),
        }
    };
    typed.iter().map(stimulus).collect()
}

/// What a question refers to, from its field.
pub(super) fn of_question(question: &Question) -> Option<StimulusId> {
    let id = question.stimulus.trim();
    (!id.is_empty()).then(|| StimulusId::from(id))
}

/// Counts them by their order and notes which questions refer to each.
pub(super) fn renumber(stimuli: &mut [TypedStimulus], questions: &[Question]) {
    for (stimulus, number) in stimuli.iter_mut().zip(1..) {
        stimulus.number = number;
        let own = questions
            .iter()
            .filter(|question| question.stimulus == stimulus.id);
        let numbers: Vec<String> = own.map(|question| question.number.to_string()).collect();
        stimulus.used_by = numbers.join(", ");
    }
}

/// The id of the field at which a problem is shown; `None` for others.
pub(super) fn field_of(problem: &DraftProblem) -> Option<String> {
    if problem.kind == DraftProblemKind::UnknownStimulus {
        return problem.slot.map(|index| format!("q{}_stimulus", index + 1));
    }
    let place = problem.place.filter(|place| place.list == "stimuli")?;
    let number = place.index + 1;
    Some(match problem.kind {
        DraftProblemKind::BadId | DraftProblemKind::DuplicateId => format!("t{number}"),
        _ => format!("t{number}_text"),
    })
}

/// Does what a button says.
pub(super) fn change(stimuli: &mut Vec<TypedStimulus>, change: ListChange, new_id: String) {
    let new = TypedStimulus {
        id: new_id,
        ..TypedStimulus::default()
    };
    change.apply(stimuli, new);
}

/// Why a stimulus is not removed: questions refer to it. `None` when it can go.
pub(super) fn kept(t: Texts, stimuli: &[TypedStimulus], change: ListChange) -> Option<FieldProblem> {
    let ListChange::Remove(number) = change else {
        return None;
    };
    let stimulus = stimuli.get(number.checked_sub(1)?)?;
    (!stimulus.used_by.is_empty()).then(|| FieldProblem {
        field: format!("t{number}"),
        question: None,
        text: t
            .with("stimulus-in-use", "number", number)
            .and("questions", stimulus.used_by.as_str())
            .to_string(),
    })
}
