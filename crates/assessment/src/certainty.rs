//! Certainty-based marking: how sure a student is of an answer changes what it
//! is worth. The scheme is A. R. Gardner-Medwin's, which Moodle uses as well:
//! right 1, 2, 3; wrong 0, −2, −6. Here it is a share of the full mark (a third
//! of these figures), so that whoever is right and fully sure of everything has
//! exactly the full mark, where Moodle gives three times as much.

use serde::{Deserialize, Serialize};

use crate::outcome::Outcome;

/// What a fully sure right answer counts in the scheme.
const FULL: f64 = 3.0;
/// How much of the difference to what was to be expected is the bonus.
const BONUS_SHARE: f64 = 0.1;

/// How sure a student is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Certainty {
    /// Not very; also when nothing was said.
    #[default]
    Low,
    /// Fairly.
    Medium,
    /// Fully.
    High,
}

impl Certainty {
    /// Every level, the lowest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The level in the payload of an entry: `1`, `2` or `3`.
    pub fn from_payload(payload: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.payload() == payload)
    }

    /// The payload that says it.
    pub fn payload(self) -> &'static str {
        match self {
            Self::Low => "1",
            Self::Medium => "2",
            Self::High => "3",
        }
    }

    /// What a right answer counts, as a share of the mark.
    pub fn right(self) -> f64 {
        match self {
            Self::Low => 1.0 / FULL,
            Self::Medium => 2.0 / FULL,
            Self::High => 1.0,
        }
    }

    /// What a wrong one counts, 0 or less.
    pub fn wrong(self) -> f64 {
        match self {
            Self::Low => 0.0,
            Self::Medium => -2.0 / FULL,
            Self::High => -2.0,
        }
    }

    /// What an answer counts that is this right: from -2 to 1.
    pub fn applied(self, fraction: f64) -> f64 {
        if fraction > 1e-7 {
            fraction * self.right()
        } else {
            self.wrong()
        }
    }
}

impl From<Certainty> for u8 {
    fn from(certainty: Certainty) -> Self {
        match certainty {
            Certainty::Low => 1,
            Certainty::Medium => 2,
            Certainty::High => 3,
        }
    }
}

impl TryFrom<u8> for Certainty {
    type Error = &'static str;

    fn try_from(level: u8) -> Result<Self, Self::Error> {
        let found = Self::ALL.into_iter().find(|one| u8::from(*one) == level);
        found.ok_or("certainty is 1, 2 or 3")
    }
}

/// How well an attempt's certainty fits what was right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CertaintyFigures {
    /// The share of the mark that is right, whatever the certainty: from 0 to 1.
    pub accuracy: f64,
    /// What the certainty adds to it, over 0 for somebody who knows what they know.
    pub bonus: f64,
    /// How often each level was chosen, and how often that was fully right; the lowest first.
    pub levels: [LevelCount; 3],
}

/// One level of certainty in an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelCount {
    /// How many answers.
    pub chosen: usize,
    /// How many of them are fully right.
    pub right: usize,
}

/// The figures of an attempt over its answered questions; `None` where none was
/// marked by certainty. The bonus is a tenth of the difference between the mean
/// in the scheme's own figures and what the best single level would have brought
/// with the same accuracy.
pub fn certainty_figures(outcome: &Outcome) -> Option<CertaintyFigures> {
    let mut levels = [LevelCount::default(); 3];
    let (mut weight, mut right, mut counted) = (0.0, 0.0, 0.0);
    for slot in &outcome.slots {
        let Some(sure) = slot.sure.filter(|_| slot.answered && slot.maximum > 0.0) else {
            continue;
        };
        weight += slot.maximum;
        right += slot.maximum * sure.raw;
        counted += slot.maximum * sure.certainty.applied(sure.raw) * FULL;
        if let Some(level) = levels.get_mut(usize::from(u8::from(sure.certainty)) - 1) {
            level.chosen += 1;
            level.right += usize::from(sure.raw >= 1.0);
        }
    }
    if weight <= 0.0 {
        return None;
    }
    let accuracy = right / weight;
    let of_level = |level: Certainty| accuracy * level.right() + (1.0 - accuracy) * level.wrong();
    let expected = Certainty::ALL.into_iter().map(of_level).fold(f64::MIN, f64::max);
    Some(CertaintyFigures {
        accuracy,
        bonus: BONUS_SHARE * (counted / weight - expected * FULL),
        levels,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_count_as_in_the_scheme() {
        #[track_caller]
        fn check(certainty: Certainty, fraction: f64, of_three: f64) {
            let applied = certainty.applied(fraction) * 3.0;
            assert!(
                (applied - of_three).abs() < 1e-12,
                "{certainty:?} {fraction}: {applied}"
            );
        }
        check(Certainty::Low, 1.0, 1.0);
        check(Certainty::Medium, 1.0, 2.0);
        check(Certainty::High, 1.0, 3.0);
        check(Certainty::Low, 0.0, 0.0);
        check(Certainty::Medium, 0.0, -2.0);
        check(Certainty::High, 0.0, -6.0);
        check(Certainty::Medium, 0.5, 1.0);
        check(Certainty::High, 0.000_000_05, -6.0);
    }

    #[test]
    fn levels_read_as_their_number() {
        for level in Certainty::ALL {
            assert_eq!(Certainty::from_payload(level.payload()), Some(level));
            assert_eq!(serde_json::to_string(&level).unwrap(), level.payload());
        }
        for payload in ["", "0", "4", "1.0", " 1"] {
            assert_eq!(Certainty::from_payload(payload), None);
        }
        assert!(serde_json::from_str::<Certainty>("4").is_err());
    }
}
