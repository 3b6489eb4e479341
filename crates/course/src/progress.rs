//! How far a learner is: which steps are done and which are open, what share of a
//! course, and the score that a platform gets. A function of content and records: what
//! was done refers to keys, so that it counts in later versions too.
//!
//! For a unit or step that stands alone, see [`CourseContent::narrowed`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::content::{
    AssessmentCompletion, CourseContent, LessonCompletion, Order, Step, Unit, UnitCompletion,
};
use crate::key::Key;

/// What a learner did in a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// The step.
    pub step: Key,
    /// What was done.
    pub what: What,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was done, from less to more.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// A lesson was read.
    Read,
    /// A lesson's video was watched to the end.
    Watched,
    /// An attempt or a lesson's checks were handed in.
    Submitted {
        /// Of the full mark, 0 to 100.
        percent: f64,
    },
    /// The same, and it was enough by the rule of that time; that is never taken away.
    Passed {
        /// Of the full mark, 0 to 100.
        percent: f64,
    },
}

impl What {
    /// Of the full mark, 0 to 100; `None` for what is not marked.
    pub fn percent(self) -> Option<f64> {
        match self {
            Self::Read | Self::Watched => None,
            Self::Submitted { percent } | Self::Passed { percent } => Some(percent),
        }
    }
}

/// How far a learner is in a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Each step.
    pub steps: BTreeMap<Key, StepState>,
    /// Each unit.
    pub units: BTreeMap<Key, UnitProgress>,
    /// What is done of what is needed, 0 to 1; 1 just when it is complete.
    pub share: f64,
    /// Whether all units are done. A course without steps never is.
    pub is_complete: bool,
    /// Where to go on: the first open step behind the one that was done last, else the
    /// first open one.
    pub next: Option<Key>,
}

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// It can be opened.
    Open,
    /// It opens later.
    Locked {
        /// The units and steps that must come first.
        by: Vec<Key>,
    },
    /// It is done by its rule. It can be opened again.
    Done,
}

/// How far a learner is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// Steps that are done.
    pub done: usize,
    /// Steps that must be done by the unit's rule.
    pub needed: usize,
    /// Steps that it has.
    pub steps: usize,
}

/// What becomes a platform's score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum ScoreRule {
    /// The share that is done.
    #[default]
    Completed,
    /// The mean of the best marks of all steps that are marked.
    BestMark,
    /// Both, by weights.
    Weighted {
        /// The weight of the share that is done.
        completed: u32,
        /// The weight of the marks.
        marks: u32,
    },
}

impl Progress {
    /// Whether the course has this step and it can be opened.
    pub fn can_open(&self, step: &Key) -> bool {
        let state = self.steps.get(step);
        state.is_some_and(|state| !matches!(state, StepState::Locked { .. }))
    }
}

impl UnitProgress {
    /// Whether the unit is done.
    pub fn is_done(&self) -> bool {
        self.done >= self.needed
    }
}

/// How far a learner is who did all this. Records of steps that the course does not
/// have count for nothing; of several for one step all count together.
pub fn progress(content: &CourseContent, dones: &[Done]) -> Progress {
    let best = best(dones);
    let is_done = |step: &Step| {
        let done = best.get(step.key());
        done.is_some_and(|done| is_enough(step, done.what))
    };
    let units: BTreeMap<Key, UnitProgress> = content
        .units
        .iter()
        .map(|unit| (unit.key.clone(), unit_progress(unit, &is_done)))
        .collect();
    let mut course = Standing {
        content,
        best: &best,
        units: &units,
        is_done: &is_done,
    };
    let steps = course.states();
    let needed: usize = units.values().map(|unit| unit.needed).sum();
    let done: usize = units.values().map(|unit| unit.done.min(unit.needed)).sum();
    Progress {
        share: if needed == 0 {
            0.0
        } else {
            done as f64 / needed as f64
        },
        is_complete: needed > 0 && done == needed,
        next: next(content, &best, &steps),
        steps,
        units,
    }
}

/// The score of a learner who did all this, 0 to 1; `None` while there is nothing to
/// send, so that no grade is cleared or made a zero before anything was achieved.
pub fn score(content: &CourseContent, dones: &[Done], rule: ScoreRule) -> Option<f64> {
    let share = progress(content, dones).share;
    let completed = (share > 0.0).then_some(share);
    let is_marked = content.steps().any(is_marked);
    match rule {
        ScoreRule::Completed => completed,
        ScoreRule::BestMark => mean_mark(content, dones),
        ScoreRule::Weighted { .. } if !is_marked => completed,
        ScoreRule::Weighted { completed, marks } => {
            let mean = mean_mark(content, dones);
            let (of_share, of_marks) = (f64::from(completed), f64::from(marks));
            let has_any = share > 0.0 || mean.is_some();
            let weights = of_share + of_marks;
            let sum = of_share * share + of_marks * mean.unwrap_or(0.0);
            (has_any && weights > 0.0).then(|| sum / weights)
        }
    }
}

/// What a device and an account hold together: of each step all that was achieved in
/// either. Sorted by step.
pub fn merge(device: &[Done], account: &[Done]) -> Vec<Done> {
    let all: Vec<Done> = account.iter().chain(device).cloned().collect();
    best(&all).into_values().collect()
}

/// The steps of which a device holds more than the account, sorted: what is offered
/// for merging.
pub fn gained(device: &[Done], account: &[Done]) -> Vec<Key> {
    let held = best(account);
    let is_more = |done: &Done| {
        let held = held.get(&done.step);
        held.is_none_or(|held| together(held.what, done.what) != held.what)
    };
    let device = best(device).into_values().filter(is_more);
    device.map(|done| done.step).collect()
}

/// Whether this much makes a step done by its rule.
pub fn is_enough(step: &Step, what: What) -> bool {
    let reached = |needed: u32| match what {
        What::Passed { .. } => true,
        What::Submitted { percent } => percent >= f64::from(needed),
        What::Read | What::Watched => false,
    };
    match step {
        Step::Lesson(lesson) => match lesson.completion {
            LessonCompletion::Read => true,
            LessonCompletion::Watched => matches!(what, What::Watched | What::Passed { .. }),
            LessonCompletion::Passed { percent } => reached(percent),
        },
        Step::Assessment(step) => match step.completion {
            AssessmentCompletion::Submitted => reached(0),
            AssessmentCompletion::Passed { percent } => reached(percent),
        },
    }
}

/// All that was achieved in each step, since when: the first record that says as much,
/// or the last one where only several together do.
fn best(dones: &[Done]) -> BTreeMap<&Key, Done> {
    let mut best: BTreeMap<&Key, Done> = BTreeMap::new();
    for done in dones {
        let kept = best.entry(&done.step).or_insert_with(|| done.clone());
        kept.what = together(kept.what, done.what);
        kept.at = kept.at.max(done.at);
    }
    for done in dones {
        if let Some(kept) = best.get_mut(&done.step)
            && kept.what == done.what
        {
            kept.at = kept.at.min(done.at);
        }
    }
    best
}

/// Both: what is more, with the better mark.
fn together(one: What, other: What) -> What {
    let more = if rank(one) < rank(other) { other } else { one };
    let percent = mark(percent(one).max(percent(other)));
    match more {
        What::Read | What::Watched => more,
        What::Submitted { .. } => What::Submitted { percent },
        What::Passed { .. } => What::Passed { percent },
    }
}

fn rank(what: What) -> u8 {
    match what {
        What::Read => 0,
        What::Watched => 1,
        What::Submitted { .. } => 2,
        What::Passed { .. } => 3,
    }
}

fn percent(what: What) -> f64 {
    what.percent().unwrap_or(0.0)
}

// A percentage that is none counts as 0.
fn mark(percent: f64) -> f64 {
    if percent.is_nan() {
        0.0
    } else {
        percent.clamp(0.0, 100.0)
    }
}

fn unit_progress(unit: &Unit, is_done: &impl Fn(&Step) -> bool) -> UnitProgress {
    let steps = unit.steps.len();
    let needed = match unit.completion {
        UnitCompletion::All => steps,
        UnitCompletion::Share { percent } => (steps * percent as usize)
            .div_ceil(100)
            .clamp(steps.min(1), steps),
    };
    UnitProgress {
        done: unit.steps.iter().filter(|step| is_done(step)).count(),
        needed,
        steps,
    }
}

/// A course with what is done in it.
struct Standing<'a, F> {
    content: &'a CourseContent,
    best: &'a BTreeMap<&'a Key, Done>,
    units: &'a BTreeMap<Key, UnitProgress>,
    is_done: &'a F,
}

impl<F: Fn(&Step) -> bool> Standing<'_, F> {
    fn states(&mut self) -> BTreeMap<Key, StepState> {
        let mut states = BTreeMap::new();
        let mut missing_before: Option<&Key> = None;
        for unit in &self.content.units {
            for step in &unit.steps {
                let state = match (self.is_done)(step) {
                    true => StepState::Done,
                    false => self.open_or_locked(unit, step, missing_before),
                };
                if missing_before.is_none() && !self.lets_on(step) {
                    missing_before = Some(step.key());
                }
                states.insert(step.key().clone(), state);
            }
        }
        states
    }

    fn open_or_locked(&self, unit: &Unit, step: &Step, missing_before: Option<&Key>) -> StepState {
        let required = unit.requires.iter().chain(step.requires());
        let mut by: Vec<Key> = Vec::new();
        for key in required.filter(|key| self.is_missing(key)).chain(missing_before) {
            if !by.contains(key) {
                by.push(key.clone());
            }
        }
        match by.is_empty() {
            true => StepState::Open,
            false => StepState::Locked { by },
        }
    }

    // What names nothing is never missing: it could not be done.
    fn is_missing(&self, key: &Key) -> bool {
        let step = self.content.step(key);
        let of_unit = self.units.get(key);
        step.is_some_and(|step| !(self.is_done)(step)) || of_unit.is_some_and(|unit| !unit.is_done())
    }

    fn lets_on(&self, step: &Step) -> bool {
        match self.content.order {
            Order::Free => true,
            Order::InSequence => self.best.contains_key(step.key()),
            Order::AfterPassing => (self.is_done)(step),
        }
    }
}

fn next(
    content: &CourseContent,
    best: &BTreeMap<&Key, Done>,
    states: &BTreeMap<Key, StepState>,
) -> Option<Key> {
    let steps: Vec<&Key> = content.steps().map(Step::key).collect();
    let at = |key: &&Key| best.get(*key).map(|done| done.at);
    let latest = steps
        .iter()
        .enumerate()
        .filter_map(|(index, key)| Some((at(key)?, index)));
    let behind = latest.max().map_or(0, |(_, index)| index + 1);
    let is_open = |key: &&&Key| states.get(**key) == Some(&StepState::Open);
    let mut in_turn = steps.iter().skip(behind).chain(steps.iter().take(behind));
    in_turn.find(is_open).map(|key| (*key).clone())
}

fn is_marked(step: &Step) -> bool {
    match step {
        Step::Lesson(lesson) => matches!(lesson.completion, LessonCompletion::Passed { .. }),
        Step::Assessment(_) => true,
    }
}

// The mean over all marked steps, 0 where there is no mark yet; `None` before the first.
fn mean_mark(content: &CourseContent, dones: &[Done]) -> Option<f64> {
    let best = best(dones);
    let marks: Vec<Option<f64>> = content
        .steps()
        .filter(|step| is_marked(step))
        .map(|step| Some(mark(best.get(step.key())?.what.percent()?) / 100.0))
        .collect();
    let sum: f64 = marks.iter().flatten().sum();
    let has_mark = marks.iter().any(Option::is_some);
    has_mark.then(|| sum / marks.len() as f64)
}
