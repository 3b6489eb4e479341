//! What a correction would do: every attempt replayed under the policy in force
//! and under the proposed one. Nothing is written here: of many attempts a job
//! looks at one piece after the other (`trial`).

use std::collections::{BTreeMap, BTreeSet};

use ::assessment::{
    AttemptHeader, BANDS, Correction, Direction, Distribution, Entry, Logged, MarkingPolicy, Movement,
    Published, Regrade, movement, scaled,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use storage::{Connection, attempts::Attempt, people::Identity, regrade_trials, regrades};

use super::{
    Question, internal, names, policy_in_force,
    proposal::{self, Proposal},
    question::Versions,
};
use crate::{Error, Result, attempt_log, gradebook::names as order, json, launch, scene::Scene};

/// Up to how many attempts are looked at within the request that asks.
pub(super) const AT_ONCE: i64 = 200;
/// How many of those who move stand on one page.
const ON_PAGE: usize = 200;

/// What a proposed correction would do.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// What was tried.
    pub proposal: Proposal,
    /// The question as it would be marked.
    pub corrected: Question,
    /// This course's attempts whose mark moves, in the reader's order of names: those of one page.
    pub moved: Vec<Moved>,
    /// Which page that is, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
    /// How many of this course's marks rise.
    pub up: usize,
    /// How many of them fall.
    pub down: usize,
    /// How many of them stay.
    pub same: usize,
    /// This course's marks now.
    pub before: Distribution,
    /// This course's marks afterwards.
    pub after: Distribution,
    /// The scale of this course's column.
    pub maximum: f64,
    /// What happens in other courses.
    pub elsewhere: Elsewhere,
    /// How many attempts run: they are marked by what is in force when they end.
    pub running: i64,
}

/// An attempt whose mark moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The name; `None` when the platform shares none.
    pub name: Option<String>,
    /// Its id.
    pub attempt_id: String,
    /// 1, 2, 3, … of this person.
    pub number: i64,
    /// On the column's scale.
    pub before: f64,
    /// On the column's scale.
    pub after: f64,
}

/// What happens where the reader does not teach: no names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// How many other courses have attempts.
    pub courses: usize,
    /// How many marks rise there.
    pub up: usize,
    /// How many marks fall there.
    pub down: usize,
}

/// A submitted attempt with its log.
pub(super) struct Read<'a> {
    pub(super) attempt: Attempt,
    pub(super) header: AttemptHeader,
    pub(super) published: &'a Published,
    pub(super) entries: Vec<Entry>,
    context_id: String,
    maximum: f64,
}

/// Submitted attempts with their logs.
pub(super) fn read<'a>(
    connection: &mut Connection,
    rows: Vec<regrades::Submitted>,
    versions: &'a Versions,
) -> Result<Vec<Read<'a>>> {
    let ids: Vec<String> = rows.iter().map(|(attempt, _, _)| attempt.id.clone()).collect();
    let mut logs = logs(connection, &ids)?;
    let read = |(attempt, context_id, maximum): regrades::Submitted| {
        let published = versions
            .get(&attempt.assessment_version_id)
            .ok_or_else(|| Error::Internal("an attempt's version is gone".to_owned()))?;
        Ok(Read {
            header: attempt_log::header_of(&attempt),
            entries: logs.remove(&attempt.id).unwrap_or_default(),
            published,
            attempt,
            context_id,
            maximum,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The logs of these attempts.
pub(super) fn logs(connection: &mut Connection, ids: &[String]) -> Result<BTreeMap<String, Vec<Entry>>> {
    let mut logs: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for row in regrades::list_entries(connection, ids)? {
        let id = row.attempt_id.clone();
        logs.entry(id).or_default().push(attempt_log::entry_of(row)?);
    }
    Ok(logs)
}

/// The page of what was found: those who move are listed in the reader's order of names, [`ON_PAGE`] at a time.
pub(super) fn of(
    connection: &mut Connection,
    scene: Scene,
    versions: &Versions,
    row: regrades::Regrade,
    found: Found,
    page: usize,
    now: DateTime<Utc>,
) -> Result<DryRun> {
    let correction: Correction = json::read(&row.correction)?;
    let (_, old) = policy_in_force(connection, &row.assessment_id)?;
    let new = old.corrected(&correction, &versions.asked(), row.raise_only);
    let names = names(connection, &scene)?;
    let pages = found.moves.len().div_ceil(ON_PAGE).max(1);
    let page = page.clamp(1, pages);
    let mut moved = in_order(found.moves, &names, &scene.session.locale);
    let moved = moved.drain(..).skip((page - 1) * ON_PAGE).take(ON_PAGE).collect();
    Ok(DryRun {
        corrected: proposal::shown(versions, &correction, &new)?,
        running: regrades::count_attempts(connection, &row.assessment_id, "open")?,
        moved,
        page,
        pages,
        up: found.tally.up,
        down: found.tally.down,
        same: found.tally.same,
        before: Distribution(found.tally.before),
        after: Distribution(found.tally.after),
        maximum: scene.column.score_maximum,
        elsewhere: found.tally.elsewhere(),
        proposal: proposal::of(connection, scene, versions, row, &old, now)?,
    })
}

/// What was found in the attempts that were looked at.
#[derive(Default)]
pub(super) struct Found {
    pub(super) tally: Tally,
    pub(super) moves: Vec<regrade_trials::Moved>,
}

/// Counts of a dry run; kept as JSON while one is under way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    up: usize,
    down: usize,
    same: usize,
    before: [usize; BANDS],
    after: [usize; BANDS],
    /// The other courses that have attempts.
    other_courses: BTreeSet<String>,
    up_elsewhere: usize,
    down_elsewhere: usize,
}

impl Tally {
    fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
            courses: self.other_courses.len(),
            up: self.up_elsewhere,
            down: self.down_elsewhere,
        }
    }

    fn add(&mut self, regrade: &Regrade) {
        self.up += regrade.up;
        self.down += regrade.down;
        self.same += regrade.same;
        for (count, more) in self.before.iter_mut().zip(regrade.before.0) {
            *count += more;
        }
        for (count, more) in self.after.iter_mut().zip(regrade.after.0) {
            *count += more;
        }
    }
}

/// Replays these attempts under both policies, and adds what it finds.
pub(super) fn look(
    attempts: &[Read<'_>],
    context_id: &str,
    (old, new): (&MarkingPolicy, &MarkingPolicy),
    found: &mut Found,
) -> Result<()> {
    let mut here = Regrade::default();
    for one in attempts {
        let logged = Logged {
            published: one.published,
            header: &one.header,
            entries: &one.entries,
        };
        let movement = movement(logged, old, new).map_err(internal)?;
        let direction = movement.direction();
        if one.context_id != context_id {
            found.tally.other_courses.insert(one.context_id.clone());
            found.tally.up_elsewhere += usize::from(direction == Direction::Up);
            found.tally.down_elsewhere += usize::from(direction == Direction::Down);
            continue;
        }
        if direction != Direction::Same {
            found.moves.push(moved_of(&one.attempt, &movement, one.maximum));
        }
        here.add(movement, None);
    }
    found.tally.add(&here);
    Ok(())
}

fn moved_of(attempt: &Attempt, movement: &Movement, maximum: f64) -> regrade_trials::Moved {
    let grade = |score: ::assessment::AttemptScore| scaled(score.score, score.maximum, maximum);
    regrade_trials::Moved {
        attempt_id: attempt.id.clone(),
        person_id: attempt.person_id.clone(),
        number: attempt.number,
        before: grade(movement.before),
        after: grade(movement.after),
    }
}

// Those without a name come last.
fn in_order(
    moves: Vec<regrade_trials::Moved>,
    names: &BTreeMap<String, Identity>,
    locale: &str,
) -> Vec<Moved> {
    let named = |one: regrade_trials::Moved| {
        let identity = names.get(&one.person_id);
        let key = identity.map(|identity| order::key(identity, locale));
        let moved = Moved {
            name: identity.and_then(|identity| launch::display_name(identity, locale)),
            attempt_id: one.attempt_id,
            number: one.number,
            before: one.before,
            after: one.after,
        };
        (key, moved)
    };
    let mut moved: Vec<(Option<order::Key>, Moved)> = moves.into_iter().map(named).collect();
    moved.sort_by(|(one, a), (other, b)| {
        let nameless_last = (one.is_none(), one).cmp(&(other.is_none(), other));
        nameless_last.then(a.number.cmp(&b.number))
    });
    moved.into_iter().map(|(_, moved)| moved).collect()
}
