//! Items: what is asked and what is right. An item knows nothing of points,
//! places or attempts. Only choice items so far; another interaction is another
//! variant with its own `type` in JSON.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::id::OptionId;

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
}

/// The ways of answering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Interaction {
    /// Exactly one option is right and at most one is chosen.
    SingleChoice(Choice),
    /// Any number of options is right.
    MultipleChoice(MultipleChoice),
    /// A statement: two options with the ids `true` and `false`, in that order,
    /// never shuffled. Their texts may be empty; pages then show their own words.
    TrueFalse(Choice),
}

/// Options of which one is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each attempt sees an order of its own.
    #[serde(default)]
    pub shuffle_options: bool,
}

/// Options of which any number is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MultipleChoice {
    /// In the author's order.
    pub options: Vec<ChoiceOption>,
    /// Whether each attempt sees an order of its own.
    #[serde(default)]
    pub shuffle_options: bool,
    /// How a partly right answer is marked.
    #[serde(default)]
    pub scoring: MultipleChoiceScoring,
}

/// How a multiple-choice answer is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MultipleChoiceScoring {
    /// 1 for exactly the right options, else 0.
    #[default]
    AllOrNothing,
    /// Right picks minus wrong picks, over the number of right options, never
    /// below 0.
    Partial,
}

/// One option of a choice item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// Unique in its item; this is what a response names.
    pub id: OptionId,
    /// What the student reads.
    #[serde(default)]
    pub text: Text,
    /// Whether it is right.
    #[serde(default)]
    pub correct: bool,
    /// Shown after marking to whoever chose it.
    #[serde(default)]
    pub feedback: Text,
}

impl Item {
    /// The options in the author's order; none for an interaction without any.
    pub fn options(&self) -> &[ChoiceOption] {
        match &self.interaction {
            Interaction::SingleChoice(choice) | Interaction::TrueFalse(choice) => &choice.options,
            Interaction::MultipleChoice(choice) => &choice.options,
        }
    }

    /// Every text of the item, written or not.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        let of_options = self.options().iter();
        [&self.stem, &self.feedback]
            .into_iter()
            .chain(of_options.flat_map(|option| [&option.text, &option.feedback]))
    }

    /// Every text of the item, to be changed.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let options = match &mut self.interaction {
            Interaction::SingleChoice(choice) | Interaction::TrueFalse(choice) => &mut choice.options,
            Interaction::MultipleChoice(choice) => &mut choice.options,
        };
        let of_options = options.iter_mut();
        [&mut self.stem, &mut self.feedback]
            .into_iter()
            .chain(of_options.flat_map(|option| [&mut option.text, &mut option.feedback]))
    }

    /// The option with this id.
    pub fn option(&self, id: &OptionId) -> Option<&ChoiceOption> {
        self.options().iter().find(|option| option.id == *id)
    }

    /// Whether more than one option may be chosen.
    pub fn allows_several(&self) -> bool {
        matches!(self.interaction, Interaction::MultipleChoice(_))
    }

    /// Whether each attempt sees the options in an order of its own.
    pub fn shuffles_options(&self) -> bool {
        match &self.interaction {
            Interaction::SingleChoice(choice) => choice.shuffle_options,
            Interaction::MultipleChoice(choice) => choice.shuffle_options,
            Interaction::TrueFalse(_) => false,
        }
    }
}

impl Choice {
    /// The two options of a true/false item, without texts and feedback.
    pub fn true_false(statement_is_true: bool) -> Self {
        let option = |id: &str, correct| ChoiceOption {
            id: OptionId::from(id),
            text: Text::default(),
            correct,
            feedback: Text::default(),
        };
        Self {
            options: vec![
                option("true", statement_is_true),
                option("false", !statement_is_true),
            ],
            shuffle_options: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_stands_beside_the_stem() {
        let item = Item {
            stem: Text::markdown("vi", "Đúng hay sai?"),
            interaction: Interaction::TrueFalse(Choice::true_false(true)),
            feedback: Text::default(),
        };
        let json = serde_json::to_value(&item).unwrap();
        assert_eq!(json["type"], "true_false");
        assert_eq!(json["options"][0]["id"], "true");
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

    #[test]
    fn an_unknown_type_is_an_error() {
        let json = r#"{"type": "oracle", "stem": {"default_language": "vi", "versions": {}}}"#;
        assert!(serde_json::from_str::<Item>(json).is_err());
    }
}
