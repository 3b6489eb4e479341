//! What a student sees of an attempt, and when: one table of what × when.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::{Error, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::content::Rules;
use crate::in_force::{Changed, RuleOverride};

/// How long "right after" lasts from the submission on.
pub const RIGHT_AFTER: TimeDelta = TimeDelta::minutes(2);

/// What a student sees of an attempt, each at its moments. The own answers are
/// always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// The score, the points of each question and whether it is right.
    pub marks: Shown,
    /// What is right. Of a question that can still be tried, never.
    pub right_answers: Shown,
    /// Feedback of the chosen options and of the questions.
    pub feedback: Shown,
    /// What was answered and checked, one after the other.
    #[serde(skip_serializing_if = "Shown::is_always")]
    pub history: Shown,
}

impl Default for Review {
    fn default() -> Self {
        Self::of(Shown::ALWAYS)
    }
}

impl Review {
    /// Everything at the same moments.
    pub fn of(shown: Shown) -> Self {
        Self {
            marks: shown,
            right_answers: shown,
            feedback: shown,
            history: shown,
        }
    }

    /// Whether anything is shown after the close that is hidden while it is open.
    pub fn waits_for_close(&self) -> bool {
        let waits = |shown: Shown| shown.is_at(Moment::AfterClose) && !shown.is_at(Moment::WhileOpen);
        self.rows().into_iter().any(waits)
    }

    /// The four things, in the order of their fields.
    pub fn rows(&self) -> [Shown; 4] {
        [self.marks, self.right_answers, self.feedback, self.history]
    }
}

/// At which moments something is shown. In JSON a list of moments, or one word
/// for the usual ones: `"always"`, `"after_close"`, `"never"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shown([bool; 4]);

/// A moment in the life of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// While it runs, of questions that were checked.
    During,
    /// Up to [`RIGHT_AFTER`] from its submission.
    RightAfter,
    /// Later, while the assessment is open.
    WhileOpen,
    /// Once the assessment has closed; without a closing time, never.
    AfterClose,
}

impl Moment {
    /// Every moment, in the order of time.
    pub const ALL: [Self; 4] = [Self::During, Self::RightAfter, Self::WhileOpen, Self::AfterClose];

    /// The name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::During => "during",
            Self::RightAfter => "right_after",
            Self::WhileOpen => "while_open",
            Self::AfterClose => "after_close",
        }
    }

    fn place(self) -> usize {
        match self {
            Self::During => 0,
            Self::RightAfter => 1,
            Self::WhileOpen => 2,
            Self::AfterClose => 3,
        }
    }
}

impl Shown {
    /// At every moment.
    pub const ALWAYS: Self = Self([true; 4]);
    /// From the submission on.
    pub const AFTER_SUBMIT: Self = Self([false, true, true, true]);
    /// Once the assessment has closed.
    pub const AFTER_CLOSE: Self = Self([false, false, false, true]);
    /// At no moment.
    pub const NEVER: Self = Self([false; 4]);

    /// At these moments.
    pub fn at(moments: impl IntoIterator<Item = Moment>) -> Self {
        let mut shown = Self::NEVER;
        for moment in moments {
            if let Some(at) = shown.0.get_mut(moment.place()) {
                *at = true;
            }
        }
        shown
    }

    /// Whether it is shown at a moment.
    pub fn is_at(self, moment: Moment) -> bool {
        self.0.get(moment.place()).copied().unwrap_or_default()
    }

    /// The moments, in the order of time.
    pub fn moments(self) -> impl Iterator<Item = Moment> {
        Moment::ALL.into_iter().filter(move |moment| self.is_at(*moment))
    }

    /// Whether it is hidden once the attempt is submitted, until a close.
    pub(crate) fn waits_for_close(self) -> bool {
        self.is_at(Moment::AfterClose) && !self.is_at(Moment::RightAfter) && !self.is_at(Moment::WhileOpen)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde wants")]
    fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    fn word(self) -> Option<&'static str> {
        let words = [
            (Self::ALWAYS, "always"),
            (Self::AFTER_CLOSE, "after_close"),
            (Self::NEVER, "never"),
        ];
        words
            .into_iter()
            .find(|(shown, _)| *shown == self)
            .map(|(_, word)| word)
    }
}

impl Default for Shown {
    fn default() -> Self {
        Self::ALWAYS
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(word) = self.word() {
            return serializer.serialize_str(word);
        }
        let mut list = serializer.serialize_seq(None)?;
        for moment in self.moments() {
            list.serialize_element(&moment)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Shown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ShownVisitor)
    }
}

struct ShownVisitor;

impl<'de> Visitor<'de> for ShownVisitor {
    type Value = Shown;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"always\", \"after_close\", \"never\" or a list of moments")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Shown, E> {
        let known = [Shown::ALWAYS, Shown::AFTER_CLOSE, Shown::NEVER];
        let found = known.into_iter().find(|shown| shown.word() == Some(word));
        found.ok_or_else(|| E::unknown_variant(word, &["always", "after_close", "never"]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shown, A::Error> {
        let mut moments = Vec::new();
        while let Some(moment) = list.next_element::<Moment>()? {
            moments.push(moment);
        }
        Ok(Shown::at(moments))
    }
}

/// What is shown of an attempt at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visible {
    /// See [`Review::marks`].
    pub marks: bool,
    /// See [`Review::right_answers`].
    pub right_answers: bool,
    /// See [`Review::feedback`].
    pub feedback: bool,
    /// See [`Review::history`].
    pub history: bool,
}

impl Visible {
    /// What an instructor sees.
    pub const ALL: Self = Self {
        marks: true,
        right_answers: true,
        feedback: true,
        history: true,
    };
}

/// The rules as the review of somebody's attempt reads them: what waits for the
/// close waits until the last who has a closing time has closed, too, and the
/// last attempt under way that has an end is over (`running_until`). So right
/// answers never show while somebody with other dates or extra time still works.
/// `own` is in force for the person, `of_all` for everybody else. Whoever has no
/// closing time holds nobody up: it would be for ever.
pub fn rules_for_review(
    own: &Rules,
    of_all: &Rules,
    overrides: &[RuleOverride],
    running_until: Option<DateTime<Utc>>,
) -> Rules {
    let others = overrides.iter().filter_map(|change| match change.closes_at {
        Changed::To(closes_at) => Some(closes_at),
        Changed::Kept | Changed::Lifted => None,
    });
    let last = others.chain(of_all.closes_at).chain(running_until).max();
    Rules {
        closes_at: own
            .closes_at
            .map(|closes_at| last.map_or(closes_at, |last| last.max(closes_at))),
        ..own.clone()
    }
}

/// Which moment `now` is for an attempt submitted then; `None` while it runs.
pub fn moment(rules: &Rules, submitted_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Moment {
    let Some(submitted_at) = submitted_at else {
        return Moment::During;
    };
    if rules.closes_at.is_some_and(|closes_at| closes_at <= now) {
        return Moment::AfterClose;
    }
    match now.signed_duration_since(submitted_at) < RIGHT_AFTER {
        true => Moment::RightAfter,
        false => Moment::WhileOpen,
    }
}

/// What the student sees at a moment.
pub fn visible(rules: &Rules, moment: Moment) -> Visible {
    let Review {
        marks,
        right_answers,
        feedback,
        history,
    } = rules.review;
    Visible {
        marks: marks.is_at(moment),
        right_answers: right_answers.is_at(moment),
        feedback: feedback.is_at(moment),
        history: history.is_at(moment),
    }
}

/// From when on more is shown than at `moment`: the close, if it is still to come.
pub fn more_from(rules: &Rules, moment: Moment, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let later = |shown: Shown| shown.is_at(Moment::AfterClose) && !shown.is_at(moment);
    let waits = rules.review.rows().into_iter().any(later);
    rules.closes_at.filter(|closes_at| waits && *closes_at > now)
}

/// Until when something is shown that then is hidden: the end of "right after".
pub fn less_from(
    rules: &Rules,
    submitted_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let vanishes = |shown: Shown| shown.is_at(Moment::RightAfter) && !shown.is_at(Moment::WhileOpen);
    let is_right_after = moment(rules, submitted_at, now) == Moment::RightAfter;
    let rows = rules.review.rows();
    let submitted_at = submitted_at.filter(|_| is_right_after && rows.into_iter().any(vanishes))?;
    submitted_at.checked_add_signed(RIGHT_AFTER)
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
