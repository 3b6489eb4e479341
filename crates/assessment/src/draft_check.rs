//! What keeps a draft from being published, each problem by name and place. The
//! wording is `ui`'s, under the problem's key.

use std::collections::BTreeSet;

use text::Text;

use crate::content::Shown;
use crate::draft::{Draft, DraftSlot, written_options};
use crate::item::{ChoiceOption, Interaction, Item};
use crate::limits;

/// One thing that keeps a draft from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftProblem {
    /// What is wrong.
    pub kind: DraftProblemKind,
    /// The index of the slot, from 0, when it concerns one.
    pub slot: Option<usize>,
    /// The index of the option in that slot's item, from 0, when it concerns one.
    pub option: Option<usize>,
}

impl DraftProblem {
    /// The stable key, such as `no-right-option`, for translations.
    pub fn key(&self) -> &'static str {
        self.kind.key()
    }
}

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $name:ident => $key:literal,)*) => {
        /// The problems that a draft can have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DraftProblemKind {
            $($(#[$doc])* $name,)*
        }

        impl DraftProblemKind {
            /// Every kind, for a test that each has its words.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable key, in kebab case.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

problem_kinds! {
    /// The assessment has no title.
    NoTitle => "no-title",
    /// The title is over [`limits::TITLE_LETTERS`].
    TitleTooLong => "title-too-long",
    /// There is no question.
    NoQuestion => "no-question",
    /// More than [`limits::QUESTIONS`].
    TooManyQuestions => "too-many-questions",
    /// A question asks nothing.
    QuestionWithoutText => "question-without-text",
    /// A text is over [`text::MAX_SOURCE_BYTES`].
    TextTooLong => "text-too-long",
    /// A text has a picture that pages do not show, see [`text::has_hidden_picture`].
    HiddenPicture => "hidden-picture",
    /// Fewer than two options, not counting empty ones at the end.
    TooFewOptions => "too-few-options",
    /// More than [`limits::OPTIONS`].
    TooManyOptions => "too-many-options",
    /// An option says nothing, and another one behind it does, or it is marked as right.
    OptionWithoutText => "option-without-text",
    /// No option is right.
    NoRightOption => "no-right-option",
    /// More than one option is right where only one can be chosen.
    SeveralRightOptions => "several-right-options",
    /// A true/false question has other options than `true` and `false`.
    TrueFalseOptions => "true-false-options",
    /// Points are not over 0 and at most [`limits::POINTS`].
    PointsOutOfRange => "points-out-of-range",
    /// A slot's or option's id is empty, too long or of other letters than an
    /// id may have.
    BadId => "bad-id",
    /// Two slots, or two options of a question, have the same id.
    DuplicateId => "duplicate-id",
    /// It closes before, or just when, it opens.
    ClosesBeforeOpens => "closes-before-opens",
    /// The time limit is out of its range.
    TimeLimitOutOfRange => "time-limit-out-of-range",
    /// The attempts allowed are 0 or too many.
    AttemptsOutOfRange => "attempts-out-of-range",
    /// Something is to be shown after the close of an assessment that never closes.
    ReviewAfterCloseWithoutClose => "review-after-close-without-close",
}

/// Everything that keeps the draft from being published, the assessment's own
/// problems first, then slot by slot. Empty: it can be published.
pub fn check_draft(draft: &Draft) -> Vec<DraftProblem> {
    let mut problems = Problems::default();
    check_frame(draft, &mut problems);
    check_rules(draft, &mut problems);
    let mut ids = BTreeSet::new();
    for (index, slot) in draft.slots.iter().enumerate() {
        let mut at_slot = |kind| problems.add(kind, Some(index), None);
        if !slot.id.is_well_formed() {
            at_slot(DraftProblemKind::BadId);
        } else if !ids.insert(&slot.id) {
            at_slot(DraftProblemKind::DuplicateId);
        }
        check_slot(index, slot, &mut problems);
    }
    problems.found
}

#[derive(Default)]
struct Problems {
    found: Vec<DraftProblem>,
}

impl Problems {
    fn add(&mut self, kind: DraftProblemKind, slot: Option<usize>, option: Option<usize>) {
        self.found.push(DraftProblem { kind, slot, option });
    }

    fn add_if(&mut self, wrong: bool, kind: DraftProblemKind) {
        if wrong {
            self.add(kind, None, None);
        }
    }
}

fn check_frame(draft: &Draft, problems: &mut Problems) {
    let title_too_long = draft
        .title
        .versions
        .values()
        .any(|version| version.source.chars().count() > limits::TITLE_LETTERS);
    problems.add_if(draft.title.is_empty(), DraftProblemKind::NoTitle);
    problems.add_if(title_too_long, DraftProblemKind::TitleTooLong);
    problems.add_if(draft.introduction.is_too_long(), DraftProblemKind::TextTooLong);
    let hidden_picture = has_hidden_picture(&draft.introduction);
    problems.add_if(hidden_picture, DraftProblemKind::HiddenPicture);
    problems.add_if(draft.slots.is_empty(), DraftProblemKind::NoQuestion);
    problems.add_if(
        draft.slots.len() > limits::QUESTIONS,
        DraftProblemKind::TooManyQuestions,
    );
}

fn check_rules(draft: &Draft, problems: &mut Problems) {
    let rules = &draft.rules;
    let time_limits = limits::TIME_LIMIT_MIN_SECONDS..=limits::TIME_LIMIT_MAX_SECONDS;
    let time_limit_wrong = rules
        .time_limit_seconds
        .is_some_and(|seconds| !time_limits.contains(&seconds));
    let attempts_wrong = rules
        .attempts_allowed
        .is_some_and(|attempts| !(1..=limits::ATTEMPTS).contains(&attempts));
    let closes_first = rules
        .opens_at
        .zip(rules.closes_at)
        .is_some_and(|(opens_at, closes_at)| closes_at <= opens_at);
    let review = [
        rules.review.marks,
        rules.review.right_answers,
        rules.review.feedback,
    ];
    let waits_for_ever = rules.closes_at.is_none() && review.contains(&Shown::AfterClose);
    problems.add_if(closes_first, DraftProblemKind::ClosesBeforeOpens);
    problems.add_if(time_limit_wrong, DraftProblemKind::TimeLimitOutOfRange);
    problems.add_if(attempts_wrong, DraftProblemKind::AttemptsOutOfRange);
    problems.add_if(waits_for_ever, DraftProblemKind::ReviewAfterCloseWithoutClose);
}

fn check_slot(index: usize, slot: &DraftSlot, problems: &mut Problems) {
    let item = &slot.item;
    let mut add_if = |wrong, kind| {
        if wrong {
            problems.add(kind, Some(index), None);
        }
    };
    add_if(item.stem.is_empty(), DraftProblemKind::QuestionWithoutText);
    let too_long = item.stem.is_too_long() || item.feedback.is_too_long();
    add_if(too_long, DraftProblemKind::TextTooLong);
    let hidden_picture = has_hidden_picture(&item.stem) || has_hidden_picture(&item.feedback);
    add_if(hidden_picture, DraftProblemKind::HiddenPicture);
    // written so that NaN is wrong as well
    let points_right = slot.points > 0.0 && slot.points <= limits::POINTS;
    add_if(!points_right, DraftProblemKind::PointsOutOfRange);
    let options = item.options();
    let right = options.iter().filter(|option| option.correct).count();
    if is_true_false(item) {
        let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        add_if(ids != ["true", "false"], DraftProblemKind::TrueFalseOptions);
    } else {
        add_if(written_options(item).len() < 2, DraftProblemKind::TooFewOptions);
        add_if(options.len() > limits::OPTIONS, DraftProblemKind::TooManyOptions);
    }
    add_if(right == 0, DraftProblemKind::NoRightOption);
    add_if(
        right > 1 && !item.allows_several(),
        DraftProblemKind::SeveralRightOptions,
    );
    check_options(index, item, problems);
}

fn check_options(slot: usize, item: &Item, problems: &mut Problems) {
    let mut ids = BTreeSet::new();
    let too_long = |option: &ChoiceOption| option.text.is_too_long() || option.feedback.is_too_long();
    let hides =
        |option: &ChoiceOption| has_hidden_picture(&option.text) || has_hidden_picture(&option.feedback);
    let written = written_options(item).len();
    for (index, option) in item.options().iter().enumerate() {
        let mut add_if = |wrong, kind| {
            if wrong {
                problems.add(kind, Some(slot), Some(index));
            }
        };
        let silent = index < written && option.text.is_empty() && !is_true_false(item);
        add_if(silent, DraftProblemKind::OptionWithoutText);
        add_if(too_long(option), DraftProblemKind::TextTooLong);
        add_if(hides(option), DraftProblemKind::HiddenPicture);
        add_if(!option.id.is_well_formed(), DraftProblemKind::BadId);
        add_if(!ids.insert(&option.id), DraftProblemKind::DuplicateId);
    }
}

fn has_hidden_picture(text: &Text) -> bool {
    text.versions.values().any(text::has_hidden_picture)
}

fn is_true_false(item: &Item) -> bool {
    matches!(item.interaction, Interaction::TrueFalse(_))
}
