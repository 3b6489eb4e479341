//! How a quiz behaves while it is answered: whether a question can be checked
//! before the end, and what further tries cost. What one question's checks come
//! to is `progress`'s.

use serde::{Deserialize, Serialize};
use text::Text;

use crate::item::Item;
use crate::scoring::is_unwritten;

/// What a further try costs where the author says nothing else.
const USUAL_PENALTY: f64 = 1.0 / 3.0;

macro_rules! behaviours {
    ($($(#[$doc:meta])* $name:ident => $text:literal,)*) => {
        /// When answers are judged. The names are stored and never change.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Behaviour {
            #[default]
            $($(#[$doc])* $name,)*
        }

        impl Behaviour {
            /// Every behaviour, the usual one first.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

behaviours! {
    /// All at once, when the attempt is submitted.
    Deferred => "deferred",
    /// Each question once, as soon as the student asks; then it is finished.
    Immediate => "immediate",
    /// Each question until it is right or all hints are used up; each wrong try
    /// costs the penalty.
    Interactive => "interactive",
    /// Each question as often as the student likes; the best try counts, less the
    /// penalty for each one before it.
    Adaptive => "adaptive",
    /// The same without a penalty.
    AdaptiveNoPenalty => "adaptive_no_penalty",
    /// By a marker, every question.
    Manual => "manual",
}

impl Behaviour {
    /// The behaviour with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.as_str() == name)
    }

    /// Whether students have questions checked before the end.
    pub fn checks(self) -> bool {
        matches!(
            self,
            Self::Immediate | Self::Interactive | Self::Adaptive | Self::AdaptiveNoPenalty
        )
    }

    /// Whether a question can be tried again after a check.
    pub fn repeats(self) -> bool {
        self.checks() && self != Self::Immediate
    }

    /// Whether a further try costs something.
    pub fn has_penalty(self) -> bool {
        matches!(self, Self::Interactive | Self::Adaptive)
    }

    /// Whether certainty can be asked for along with it.
    pub fn takes_certainty(self) -> bool {
        matches!(self, Self::Deferred | Self::Immediate)
    }

    /// Whether it is the one that quizzes have without saying so.
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// What is said after a wrong try.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hint {
    /// The words; may be empty when the rest says enough.
    #[serde(skip_serializing_if = "is_unwritten")]
    pub text: Text,
    /// Whether the next try begins without the parts that are wrong.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub clears_wrong: bool,
    /// Whether it is said how many parts are right.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub counts_right: bool,
}

impl Item {
    /// What each further try costs, from 0 to 1.
    pub fn cost_of_try(&self) -> f64 {
        self.try_penalty.unwrap_or(USUAL_PENALTY)
    }

    /// Whether an answer can be judged at once: neither unmarked nor for a marker.
    pub fn is_checkable(&self) -> bool {
        self.is_question() && self.is_marked() && !self.interaction.needs_marker()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behaviours_are_stored_by_the_name_that_json_has() {
        for behaviour in Behaviour::ALL {
            assert_eq!(Behaviour::from_name(behaviour.as_str()), Some(*behaviour));
            assert_eq!(serde_json::to_value(behaviour).unwrap(), behaviour.as_str());
        }
        assert_eq!(Behaviour::from_name("oracle"), None);
        assert_eq!(Behaviour::default(), Behaviour::Deferred);
    }

    #[test]
    fn a_hint_says_only_what_it_has() {
        let hint: Hint = serde_json::from_str("{}").unwrap();
        assert_eq!(hint, Hint::default());
        assert_eq!(serde_json::to_string(&hint).unwrap(), "{}");
    }
}
