//! What a correction would do: every attempt replayed under the policy in force
//! and under the proposed one. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use ::assessment::{
    AttemptHeader, Change, Correction, Direction, Distribution, Entry, Logged, MarkingPolicy, Movement,
    Published, Regrade, movement, scaled,
};
use chrono::{DateTime, Utc};
use storage::{Connection, attempts::Attempt, people::Identity, regrades};
use text::Text;

use super::{
    Past, Question, Scene, internal, names, past, policy_in_force,
    question::{self, Versions},
};
use crate::{Error, Result, attempt_log, gradebook::names as order, json, launch, session::Session};

/// How many attempts are read at once.
const BATCH: i64 = 250;

/// What a proposed correction would do.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// Who asks.
    pub session: Session,
    /// The regrade's id.
    pub id: String,
    /// The quiz's name.
    pub title: Text,
    /// The question as it is marked now.
    pub question: Question,
    /// The question as it would be marked.
    pub corrected: Question,
    /// What would change.
    pub change: Change,
    /// Whether no mark may fall.
    pub raise_only: bool,
    /// Why, as typed so far.
    pub reason: String,
    /// This course's attempts whose mark moves, in the reader's order of names.
    pub moved: Vec<Moved>,
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
    /// What was corrected since the dry run began, the newest first: it has to be looked at again.
    pub since: Vec<Past>,
    /// By our clock.
    pub now: DateTime<Utc>,
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

/// Goes through all submitted attempts of an assessment, a batch at a time.
pub(super) fn each_attempt<'a>(
    connection: &mut Connection,
    assessment_id: &str,
    versions: &'a Versions,
    mut look: impl FnMut(Read<'a>) -> Result<()>,
) -> Result<()> {
    let mut after = String::new();
    loop {
        let rows = regrades::list_submitted(connection, assessment_id, &after, BATCH)?;
        let Some((last, _, _)) = rows.last() else {
            return Ok(());
        };
        after.clone_from(&last.id);
        let ids: Vec<String> = rows.iter().map(|(attempt, _, _)| attempt.id.clone()).collect();
        let mut logs = logs(connection, &ids)?;
        for (attempt, context_id, maximum) in rows {
            let published = versions
                .get(&attempt.assessment_version_id)
                .ok_or_else(|| Error::Internal("an attempt's version is gone".to_owned()))?;
            look(Read {
                header: attempt_log::header_of(&attempt),
                entries: logs.remove(&attempt.id).unwrap_or_default(),
                published,
                attempt,
                context_id,
                maximum,
            })?;
        }
    }
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

pub(super) fn of(
    connection: &mut Connection,
    scene: Scene,
    versions: &Versions,
    row: regrades::Regrade,
    now: DateTime<Utc>,
) -> Result<DryRun> {
    let correction: Correction = json::read(&row.correction)?;
    let (_, old) = policy_in_force(connection, &row.assessment_id)?;
    let new = old.corrected(&correction, &versions.asked(), row.raise_only);
    let names = names(connection, &scene)?;
    let found = replay_all(connection, &scene, versions, &names, (&old, &new))?;
    let gone = || Error::not_found("the question is gone");
    let shown = |policy| question::bare(versions, &correction.slot, policy).ok_or_else(gone);
    Ok(DryRun {
        question: shown(&old)?,
        corrected: shown(&new)?,
        since: past(connection, &scene, versions, row.base_number)?,
        running: regrades::count_attempts(connection, &row.assessment_id, "open")?,
        id: row.id,
        title: scene.title,
        change: correction.change,
        raise_only: row.raise_only,
        reason: row.reason,
        moved: found.moved,
        up: found.here.up,
        down: found.here.down,
        same: found.here.same,
        before: found.here.before,
        after: found.here.after,
        maximum: scene.column.score_maximum,
        elsewhere: found.elsewhere,
        session: scene.session,
        now,
    })
}

struct Found {
    here: Regrade,
    moved: Vec<Moved>,
    elsewhere: Elsewhere,
}

fn replay_all(
    connection: &mut Connection,
    scene: &Scene,
    versions: &Versions,
    names: &BTreeMap<String, Identity>,
    (old, new): (&MarkingPolicy, &MarkingPolicy),
) -> Result<Found> {
    let (mut here, mut elsewhere) = (Regrade::default(), Elsewhere::default());
    let mut courses = BTreeSet::new();
    let mut moved: Vec<(Option<order::Key>, Moved)> = Vec::new();
    let locale = scene.session.locale.clone();
    each_attempt(connection, &scene.placement.assessment_id, versions, |one| {
        let logged = Logged {
            published: one.published,
            header: &one.header,
            entries: &one.entries,
        };
        let movement = movement(logged, old, new).map_err(internal)?;
        let direction = movement.direction();
        if one.context_id != scene.placement.context_id {
            courses.insert(one.context_id);
            elsewhere.up += usize::from(direction == Direction::Up);
            elsewhere.down += usize::from(direction == Direction::Down);
            return Ok(());
        }
        if direction != Direction::Same {
            let identity = names.get(&one.attempt.person_id);
            let name = identity.and_then(|identity| launch::display_name(identity, &locale));
            let key = identity.map(|identity| order::key(identity, &locale));
            moved.push((key, moved_of(&one.attempt, name, &movement, one.maximum)));
        }
        here.add(movement, None);
        Ok(())
    })?;
    elsewhere.courses = courses.len();
    moved.sort_by(|(one, a), (other, b)| {
        let nameless_last = (one.is_none(), one).cmp(&(other.is_none(), other));
        nameless_last.then(a.number.cmp(&b.number))
    });
    Ok(Found {
        here,
        moved: moved.into_iter().map(|(_, moved)| moved).collect(),
        elsewhere,
    })
}

fn moved_of(attempt: &Attempt, name: Option<String>, movement: &Movement, maximum: f64) -> Moved {
    let grade = |score: ::assessment::AttemptScore| scaled(score.score, score.maximum, maximum);
    Moved {
        name,
        attempt_id: attempt.id.clone(),
        number: attempt.number,
        before: grade(movement.before),
        after: grade(movement.after),
    }
}
