//! Finds what keeps a draft from being published: its frame and rules here, what a
//! type of question wants in the type's own file below `interaction/`.

use std::collections::BTreeSet;

use text::Text;

use crate::behaviour::Hint;
use crate::content::Rules;
use crate::draft::{Draft, DraftSlot};
pub(crate) use crate::draft_problem::DraftProblemKind;
use crate::draft_problem::{DraftProblem, Place};
use crate::id::Id;
use crate::item::Item;
use crate::limits;
use crate::review::Shown;
use crate::section_check::check_sections;
use crate::timing::WhenTimeIsOver;

/// Everything that keeps the draft from being published, the assessment's own
/// problems first, then slot by slot. Empty: it can be published.
pub fn check_draft(draft: &Draft) -> Vec<DraftProblem> {
    let mut problems = Problems::default();
    check_frame(draft, &mut problems);
    check_rules(draft, &mut problems);
    check_stimuli(draft, &mut problems);
    check_sections(draft, &mut problems);
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

/// What keeps a question from being published wherever it stands.
pub fn check_item(item: &Item) -> BTreeSet<DraftProblemKind> {
    let mut problems = Problems::default();
    let mut check = ItemCheck {
        problems: &mut problems,
        slot: 0,
    };
    check_frame_of(item, &mut check);
    item.interaction.kind().check(&mut check);
    problems.found.into_iter().map(|problem| problem.kind).collect()
}

#[derive(Default)]
pub(crate) struct Problems {
    found: Vec<DraftProblem>,
}

impl Problems {
    pub(crate) fn add(&mut self, kind: DraftProblemKind, slot: Option<usize>, place: Option<Place>) {
        self.found.push(DraftProblem { kind, slot, place });
    }

    pub(crate) fn add_if(&mut self, wrong: bool, kind: DraftProblemKind) {
        if wrong {
            self.add(kind, None, None);
        }
    }
}

/// Collects the problems of one question for its type.
pub(crate) struct ItemCheck<'a> {
    problems: &'a mut Problems,
    slot: usize,
}

impl ItemCheck<'_> {
    /// A problem of the whole question.
    pub(crate) fn add_if(&mut self, wrong: bool, kind: DraftProblemKind) {
        if wrong {
            self.problems.add(kind, Some(self.slot), None);
        }
    }

    /// Checks what every text of the whole question must hold.
    pub(crate) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        for kind in text_problems(texts) {
            self.add_if(true, kind);
        }
    }

    /// One of the question's parts: an entry of the list with this name in JSON.
    pub(crate) fn at(&mut self, list: &'static str, index: usize) -> PartCheck<'_> {
        PartCheck {
            problems: self.problems,
            slot: self.slot,
            place: Place { list, index },
        }
    }
}

/// Collects the problems of one part of a question.
pub(crate) struct PartCheck<'a> {
    problems: &'a mut Problems,
    slot: usize,
    place: Place,
}

impl PartCheck<'_> {
    pub(crate) fn add_if(&mut self, wrong: bool, kind: DraftProblemKind) {
        if wrong {
            self.problems.add(kind, Some(self.slot), Some(self.place));
        }
    }

    /// Checks what every text must hold.
    pub(crate) fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text>) {
        for kind in text_problems(texts) {
            self.add_if(true, kind);
        }
    }

    /// Checks an id; `is_new` says whether no part before it has the same.
    pub(crate) fn id(&mut self, id: &impl Id, is_new: bool) {
        self.add_if(!id.is_well_formed(), DraftProblemKind::BadId);
        self.add_if(!is_new, DraftProblemKind::DuplicateId);
    }
}

pub(crate) fn text_problems<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Vec<DraftProblemKind> {
    let texts: Vec<&Text> = texts.into_iter().collect();
    let too_long = texts.iter().any(|text| text.is_too_long());
    let hides = texts.iter().any(|text| has_hidden_picture(text));
    let undescribed = texts.iter().any(|text| has_undescribed_media(text));
    [
        (too_long, DraftProblemKind::TextTooLong),
        (hides, DraftProblemKind::HiddenPicture),
        (undescribed, DraftProblemKind::MediaWithoutWords),
    ]
    .into_iter()
    .filter_map(|(wrong, kind)| wrong.then_some(kind))
    .collect()
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
    let undescribed = has_undescribed_media(&draft.introduction);
    problems.add_if(undescribed, DraftProblemKind::MediaWithoutWords);
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
    let review = rules.review.rows();
    let waits_for_ever = rules.closes_at.is_none() && review.into_iter().any(Shown::waits_for_close);
    let uncertain = rules.certainty && !rules.behaviour.takes_certainty();
    check_timing(rules, problems);
    problems.add_if(closes_first, DraftProblemKind::ClosesBeforeOpens);
    problems.add_if(time_limit_wrong, DraftProblemKind::TimeLimitOutOfRange);
    problems.add_if(attempts_wrong, DraftProblemKind::AttemptsOutOfRange);
    problems.add_if(waits_for_ever, DraftProblemKind::ReviewAfterCloseWithoutClose);
    problems.add_if(uncertain, DraftProblemKind::CertaintyWithOtherBehaviour);
}

fn check_timing(rules: &Rules, problems: &mut Problems) {
    let grace_wrong = matches!(
        rules.when_time_is_over,
        WhenTimeIsOver::Grace { seconds } if !(1..=limits::GRACE_MAX_SECONDS).contains(&seconds)
    );
    let waits = [rules.wait_after_first_seconds, rules.wait_after_later_seconds];
    let wait_wrong = waits
        .into_iter()
        .flatten()
        .any(|seconds| seconds > limits::WAIT_MAX_SECONDS);
    let password_wrong = rules.password.as_ref().is_some_and(|password| {
        password.trim().is_empty() || password.chars().count() > limits::PASSWORD_LETTERS
    });
    let pass_wrong = rules
        .pass_percent
        .is_some_and(|percent| !(1..=100).contains(&percent));
    problems.add_if(grace_wrong, DraftProblemKind::GraceOutOfRange);
    problems.add_if(wait_wrong, DraftProblemKind::WaitOutOfRange);
    problems.add_if(password_wrong, DraftProblemKind::PasswordOutOfRange);
    problems.add_if(pass_wrong, DraftProblemKind::PassOutOfRange);
}

fn check_slot(index: usize, slot: &DraftSlot, problems: &mut Problems) {
    let kind = slot.item.interaction.kind();
    let mut check = ItemCheck {
        problems,
        slot: index,
    };
    check_frame_of(&slot.item, &mut check);
    if kind.is_marked() {
        // written so that NaN is wrong as well
        let points_right = slot.points > 0.0 && slot.points <= limits::POINTS;
        check.add_if(!points_right, DraftProblemKind::PointsOutOfRange);
    } else {
        check.add_if(slot.points != 0.0, DraftProblemKind::PointsWithoutMarks);
    }
    kind.check(&mut check);
}

/// What every question has, whatever its type.
fn check_frame_of(item: &Item, check: &mut ItemCheck<'_>) {
    let kind = item.interaction.kind();
    let silent = item.stem.is_empty() && !kind.has_own_text();
    check.add_if(silent, DraftProblemKind::QuestionWithoutText);
    let results = &item.result_feedback;
    check.texts([
        &item.stem,
        &item.feedback,
        &results.right,
        &results.partly,
        &results.wrong,
    ]);
    check_tries(item, check);
}

fn check_tries(item: &Item, check: &mut ItemCheck<'_>) {
    let says_nothing = |hint: &Hint| hint.text.is_empty() && !hint.clears_wrong && !hint.counts_right;
    let empty = item.hints.iter().any(says_nothing);
    // written so that NaN is wrong as well
    let penalty_right = item
        .try_penalty
        .is_none_or(|penalty| (0.0..=1.0).contains(&penalty));
    check.texts(item.hints.iter().map(|hint| &hint.text));
    check.add_if(item.hints.len() > limits::HINTS, DraftProblemKind::TooManyHints);
    check.add_if(empty, DraftProblemKind::HintWithoutText);
    check.add_if(!penalty_right, DraftProblemKind::TryPenaltyOutOfRange);
}

fn check_stimuli(draft: &Draft, problems: &mut Problems) {
    let mut ids = BTreeSet::new();
    for (index, stimulus) in draft.stimuli.iter().enumerate() {
        let place = Place {
            list: "stimuli",
            index,
        };
        let mut add_if = |wrong, kind| {
            if wrong {
                problems.add(kind, None, Some(place));
            }
        };
        add_if(!stimulus.id.is_well_formed(), DraftProblemKind::BadId);
        add_if(!ids.insert(&stimulus.id), DraftProblemKind::DuplicateId);
        add_if(stimulus.text.is_empty(), DraftProblemKind::StimulusWithoutText);
        for kind in text_problems([&stimulus.title, &stimulus.text]) {
            add_if(true, kind);
        }
    }
    for (index, slot) in draft.slots.iter().enumerate() {
        if slot.stimulus.as_ref().is_some_and(|id| !ids.contains(id)) {
            problems.add(DraftProblemKind::UnknownStimulus, Some(index), None);
        }
    }
}

fn has_hidden_picture(text: &Text) -> bool {
    text.versions.values().any(text::has_hidden_picture)
}

fn has_undescribed_media(text: &Text) -> bool {
    text.versions.values().any(text::has_undescribed_media)
}
