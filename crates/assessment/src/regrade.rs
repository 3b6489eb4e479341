//! Regrading: what another policy does to marks, before anybody's grade
//! changes. A regrade is a replay of the same logs under two policies.

use crate::attempt::AttemptHeader;
use crate::content::Published;
use crate::entry::Entry;
use crate::grade::AttemptScore;
use crate::id::AttemptId;
use crate::outcome::{ReplayError, replay};
use crate::policy::MarkingPolicy;

/// Into how many equal parts of the scale [`Distribution`] divides marks.
pub const BANDS: usize = 10;

/// Shares that differ by less are the same mark.
const HAIR: f64 = 1e-9;

/// One attempt with its log.
#[derive(Clone, Copy, Debug)]
pub struct Logged<'a> {
    /// What it pins.
    pub published: &'a Published,
    /// Its header.
    pub header: &'a AttemptHeader,
    /// Its whole log.
    pub entries: &'a [Entry],
}

/// An attempt's mark under two policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// The attempt.
    pub attempt: AttemptId,
    /// Under the old policy.
    pub before: AttemptScore,
    /// Under the new one.
    pub after: AttemptScore,
}

/// Where a mark moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It rises.
    Up,
    /// It falls.
    Down,
    /// It stays.
    Same,
}

impl Movement {
    /// Where the mark moves, as a share of its maximum: this is what a grade follows.
    pub fn direction(&self) -> Direction {
        let (before, after) = (self.before.fraction(), self.after.fraction());
        if after > before + HAIR {
            Direction::Up
        } else if after < before - HAIR {
            Direction::Down
        } else {
            Direction::Same
        }
    }
}

/// How marks spread over the scale: the number of attempts from 0 to below
/// 10 %, … , from 90 % to 100 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution(pub [usize; BANDS]);

impl Distribution {
    fn add(&mut self, score: AttemptScore) {
        // the hair keeps 7/10 from falling below its band
        let band = ((score.fraction() + HAIR) * BANDS as f64).floor().max(0.0) as usize;
        if let Some(count) = self.0.get_mut(band.min(BANDS - 1)) {
            *count += 1;
        }
    }
}

/// What a new policy does to all attempts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regrade {
    /// The attempts whose mark moves, in the order in which they were added.
    pub moved: Vec<Movement>,
    /// How many marks rise.
    pub up: usize,
    /// How many marks fall.
    pub down: usize,
    /// How many marks stay.
    pub same: usize,
    /// All marks under the old policy.
    pub before: Distribution,
    /// All marks under the new one.
    pub after: Distribution,
    /// How many attempts pass that did not, where there is a pass mark.
    pub newly_passed: usize,
    /// How many attempts fail that had passed.
    pub newly_failed: usize,
}

impl Regrade {
    /// Counts an attempt in. `pass_mark` is a share of the maximum, from 0 to 1.
    pub fn add(&mut self, movement: Movement, pass_mark: Option<f64>) {
        self.before.add(movement.before);
        self.after.add(movement.after);
        let passes = |score: AttemptScore| pass_mark.is_some_and(|mark| score.fraction() + HAIR >= mark);
        match (passes(movement.before), passes(movement.after)) {
            (false, true) => self.newly_passed += 1,
            (true, false) => self.newly_failed += 1,
            _ => {}
        }
        match movement.direction() {
            Direction::Up => self.up += 1,
            Direction::Down => self.down += 1,
            Direction::Same => {
                self.same += 1;
                return;
            }
        }
        self.moved.push(movement);
    }
}

/// One attempt's mark under both policies.
///
/// # Errors
/// When its log cannot be replayed.
pub fn movement(
    logged: Logged<'_>,
    old: &MarkingPolicy,
    new: &MarkingPolicy,
) -> Result<Movement, ReplayError> {
    let score = |policy| {
        let outcome = replay(logged.published, logged.header, logged.entries, policy)?;
        Ok(AttemptScore {
            score: outcome.score,
            maximum: outcome.maximum,
        })
    };
    Ok(Movement {
        attempt: logged.header.id.clone(),
        before: score(old)?,
        after: score(new)?,
    })
}

/// What `new` does to these attempts that were marked by `old`.
///
/// # Errors
/// When a log cannot be replayed.
pub fn regrade<'a>(
    attempts: impl IntoIterator<Item = Logged<'a>>,
    old: &MarkingPolicy,
    new: &MarkingPolicy,
    pass_mark: Option<f64>,
) -> Result<Regrade, ReplayError> {
    let mut regrade = Regrade::default();
    for logged in attempts {
        regrade.add(movement(logged, old, new)?, pass_mark);
    }
    Ok(regrade)
}
