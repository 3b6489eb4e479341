//! Items: what is asked and what is right. An item knows nothing of points,
//! places or attempts. How it is answered is its interaction, which has its own
//! `type` in JSON.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::behaviour::Hint;
use crate::id::OptionId;
use crate::interaction::{ChoiceOption, Context, Interaction};
use crate::response::Response;
use crate::scoring::is_unwritten;

/// One question.
///
/// In JSON the interaction's fields stand beside the stem:
/// `{"stem": …, "type": "single_choice", "options": […], "feedback": …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What is asked.
    pub stem: Text,
    /// How it is answered and what is right.
    #[serde(flatten)]
    pub interaction: Interaction,
    /// Shown after marking, whatever was answered.
    #[serde(default)]
    pub feedback: Text,
    /// Shown after marking, by how right the answer was.
    #[serde(default, skip_serializing_if = "is_unwritten_result")]
    pub result_feedback: ResultFeedback,
    /// What is said after wrong tries, the first one first, where a quiz lets
    /// students try again: one try more than hints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
    /// What each further try costs, as a share of the mark; see [`Item::cost_of_try`].
    /// Types have a `penalty` of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub try_penalty: Option<f64>,
}

fn is_unwritten_result(feedback: &ResultFeedback) -> bool {
    *feedback == ResultFeedback::default()
}

/// What is said after marking, by how right the answer was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResultFeedback {
    /// To a fully right answer.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub right: Text,
    /// To one that is partly right.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub partly: Text,
    /// To one that is worth nothing, or none.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub wrong: Text,
}

impl Item {
    /// A question without feedback.
    pub fn new(stem: Text, interaction: Interaction) -> Self {
        Self {
            stem,
            interaction,
            feedback: Text::default(),
            result_feedback: ResultFeedback::default(),
            hints: Vec::new(),
            try_penalty: None,
        }
    }

    /// The options of a choice item in the author's order; none of another type.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.interaction {
            Interaction::SingleChoice(choice) => &choice.options,
            Interaction::MultipleChoice(choice) => &choice.options,
            Interaction::TrueFalse(choice) => &choice.options,
            _ => &[],
        }
    }

    /// The options that an editor adds and drops: those of a choice item but
    /// true/false.
    pub(crate) fn free_options_mut(&mut self) -> Option<&mut Vec<ChoiceOption>> {
        match &mut self.interaction {
            Interaction::SingleChoice(choice) => Some(&mut choice.options),
            Interaction::MultipleChoice(choice) => Some(&mut choice.options),
            _ => None,
        }
    }

    /// Every text of the item, written or not.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let results = &self.result_feedback;
        [
            &self.stem,
            &self.feedback,
            &results.right,
            &results.partly,
            &results.wrong,
        ]
        .into_iter()
        .chain(self.hints.iter().map(|hint| &hint.text))
        .chain(self.interaction.kind().texts())
    }

    /// Every text of the item, to be changed.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let results = &mut self.result_feedback;
        [
            &mut self.stem,
            &mut self.feedback,
            &mut results.right,
            &mut results.partly,
            &mut results.wrong,
        ]
        .into_iter()
        .chain(self.hints.iter_mut().map(|hint| &mut hint.text))
        .chain(self.interaction.kind_mut().texts_mut())
    }

    /// The option with this id.
    pub fn option(&self, id: &OptionId) -> Option<&ChoiceOption> {
        self.options().iter().find(|option| option.id == *id)
    }

    /// Whether it is a choice item of which more than one option may be chosen.
    pub fn allows_several(&self) -> bool {
        matches!(self.interaction, Interaction::MultipleChoice(_))
    }

    /// Whether each attempt sees the options of this choice item in an order of
    /// its own.
    pub fn shuffles_options(&self) -> bool {
        match &self.interaction {
            Interaction::SingleChoice(choice) => choice.shuffle_options,
            Interaction::MultipleChoice(choice) => choice.shuffle_options,
            _ => false,
        }
    }

    /// Whether it is answered and counts among the questions: all but an
    /// information block.
    pub fn is_question(&self) -> bool {
        self.interaction.kind().is_question()
    }

    /// Whether its answers are marked by people.
    pub fn is_marked_by_hand(&self) -> bool {
        matches!(self.interaction, Interaction::Essay(_) | Interaction::Upload(_))
    }

    /// What its author wrote to whoever marks it; empty where nothing was written.
    pub fn notes_for_markers(&self) -> Option<&Text> {
        let notes = match &self.interaction {
            Interaction::Essay(essay) => &essay.notes_for_markers,
            Interaction::Upload(upload) => &upload.notes_for_markers,
            _ => return None,
        };
        (!notes.is_empty()).then_some(notes)
    }

    /// Whether an answer can be right or wrong. Otherwise it is worth nothing.
    pub fn is_marked(&self) -> bool {
        self.interaction.kind().is_marked()
    }

    /// A response worth 1; [`Response::Unanswered`] where none can be named.
    pub fn right_response(&self, context: &Context<'_>) -> Response {
        self.interaction.kind().right_response(context)
    }

    /// The expected fraction of a blind guess, from 0 to 1; `None` where it is
    /// not defined. A right pick counts as its share of the mark.
    pub fn chance(&self) -> Option<f64> {
        self.interaction.kind().chance()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interaction::{MultipleChoiceScoring, TrueFalse};

    #[test]
    fn the_type_stands_beside_the_stem() {
        let stem = Text::markdown("vi", "Đúng hay sai?");
        let item = Item::new(stem, Interaction::TrueFalse(TrueFalse::new(true)));
        let json = serde_json::to_value(&item).unwrap();
        assert_eq!(json["type"], "true_false");
        assert_eq!(json["options"][0]["id"], "true");
        assert_eq!(json.get("result_feedback"), None);
        assert_eq!(serde_json::from_value::<Item>(json).unwrap(), item);
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let json = r#"{"type": "multiple_choice", "stem": {"default_language": "vi", "versions": {}},
            "options": [{"id": "a"}]}"#;
        let item: Item = serde_json::from_str(json).unwrap();
        let Interaction::MultipleChoice(choice) = &item.interaction else {
            panic!("{item:?}");
        };
        assert_eq!(choice.scoring, MultipleChoiceScoring::AllOrNothing);
        assert!(!choice.shuffle_options && !item.options()[0].correct && item.allows_several());
    }

    /// As they were published before other types came.
    #[test]
    fn published_items_are_read_for_ever() {
        let option = r#"{"id": "true", "text": {"default_language": "", "versions": {}}, "correct": true,
            "feedback": {"default_language": "", "versions": {}}}"#;
        let json = format!(
            r#"{{"stem": {{"default_language": "vi", "versions": {{"vi": "Thép?"}}}}, "type": "true_false",
            "options": [{option}], "shuffle_options": false,
            "feedback": {{"default_language": "", "versions": {{}}}}}}"#
        );
        let item: Item = serde_json::from_str(&json).unwrap();
        assert!(item.options()[0].correct && !item.shuffles_options());
        assert_eq!(item.options()[0].weight, None);
        assert!(item.hints.is_empty() && item.try_penalty.is_none());
    }

    #[test]
    fn an_unknown_type_is_an_error() {
        let json = r#"{"type": "oracle", "stem": {"default_language": "vi", "versions": {}}}"#;
        assert!(serde_json::from_str::<Item>(json).is_err());
    }
}
