//! A module's grade: weighted from the grades of several activities and rounded
//! once. Each part is first written on the module's scale with two decimals, as
//! pages show it, so that anybody can work it out again from what they see.
//!
//! After weights changed, an activity closed or an activity's column went or
//! came back, everybody's grade is worked out again by a job.

use std::collections::BTreeMap;

use ::assessment::{AttemptState, Rounding, Unfinished, WeightedMean, WeightedPart, scaled, weighted_mean};
use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection, Timestamp,
    attempts::{self, Marked},
    columns,
    grades::Desired,
    jobs::{self, Job},
    placements::{self, GradeColumn, Placement},
};

use super::{
    Contribution,
    desired::{Part, decimal, part, waiting},
    owe, rules,
};
use crate::{App, Error, Result, attempt_log, random, rules::OwnClosings};

/// How many modules are worked out at once.
const TOGETHER: i64 = 2;
/// How long a lease holds.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// How many people's grades are worked out in one transaction.
const BATCH: usize = 25;

/// An activity of the module, without anybody's attempts.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The activity.
    pub(crate) placement: Placement,
    /// In hundredths.
    pub(crate) weight: i64,
    /// Which attempt counts there, and when it closes for everybody.
    pub(crate) rules: ::assessment::Rules,
    /// When it closes for those who have another time.
    pub(crate) own_closings: OwnClosings,
    /// Its column is gone from the platform: it takes no part.
    pub(crate) is_gone: bool,
}

/// How the parts become one grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Formula {
    /// The module's scale.
    pub(crate) maximum: f64,
    /// To what the sum is rounded.
    pub(crate) rounding: Rounding,
    /// What an activity counts that somebody has not done.
    pub(crate) unfinished: Unfinished,
}

/// What an activity gives to somebody's grade, in hundredths of a point on the module's scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartGrade {
    /// Handed in.
    Done(i64),
    /// Not done, and counted as 0.
    CountsZero,
    /// Not done, and left out.
    LeftOut,
    /// Handed in, and left out until a marker has marked it.
    Waits,
    /// Left out: the platform no longer has the activity's column.
    Gone,
}

/// Somebody's grade of a module.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModuleGrade {
    /// In the order of the activities.
    pub(crate) parts: Vec<PartGrade>,
    /// Before rounding.
    pub(crate) mean: WeightedMean,
    /// What is sent.
    pub(crate) desired: Desired,
}

/// The formula that a column keeps.
pub(crate) fn formula(column: &GradeColumn) -> Formula {
    Formula {
        maximum: column.score_maximum,
        rounding: Rounding::find(&column.rounding).unwrap_or_default(),
        unfinished: Unfinished::find(&column.unfinished).unwrap_or_default(),
    }
}

/// An activity as a part of a module.
pub(crate) fn source(
    connection: &mut Connection,
    placement: Placement,
    own: &GradeColumn,
    weight: i64,
) -> Result<Source> {
    Ok(Source {
        rules: rules(connection, &placement)?,
        own_closings: OwnClosings::read(connection, &placement)?,
        is_gone: own.missing.is_some(),
        placement,
        weight,
    })
}

/// The grade of a person whose attempts at each of the activities are these;
/// `None` while nothing that takes part was handed in. Pure.
pub(crate) fn module_grade(
    sources: &[Source],
    attempts: &[Vec<Marked>],
    person_id: &str,
    formula: Formula,
    now: DateTime<Utc>,
) -> Option<ModuleGrade> {
    let contributions: Vec<Contribution> = sources
        .iter()
        .zip(attempts)
        .map(|(source, attempts)| Contribution {
            weight: 1.0,
            grade_from: source.rules.grade_from,
            attempts: attempts.clone(),
        })
        .collect();
    let done: Vec<Option<Part<'_>>> = contributions.iter().map(part).collect();
    let parts: Vec<PartGrade> = sources
        .iter()
        .zip(&done)
        .zip(&contributions)
        .map(|((source, done), given)| part_grade(source, done.as_ref(), given, person_id, formula, now))
        .collect();
    let counting = done
        .iter()
        .zip(sources)
        .filter(|(_, source)| !source.is_gone)
        .filter_map(|(done, _)| Some(done.as_ref()?.counting))
        .max_by_key(|marked| marked.attempt.submitted_at)?;
    let weighted: Vec<WeightedPart> = parts
        .iter()
        .zip(sources)
        .filter_map(|(part, source)| {
            let grade = match part {
                PartGrade::Done(grade) => *grade,
                PartGrade::CountsZero => 0,
                PartGrade::LeftOut | PartGrade::Waits | PartGrade::Gone => return None,
            };
            Some(WeightedPart {
                weight: source.weight,
                grade,
            })
        })
        .collect();
    let mean = weighted_mean(&weighted)?;
    let score = points(mean.rounded(formula.rounding, hundredths(formula.maximum)));
    let comment = comment(
        &weighted,
        mean,
        score,
        formula.maximum,
        &counting.attempt.language,
    );
    Some(ModuleGrade {
        parts,
        mean,
        desired: Desired {
            score,
            maximum: formula.maximum,
            comment,
            started_at: Some(counting.attempt.started_at),
            submitted_at: counting.attempt.submitted_at,
        },
    })
}

/// What the parts are while there is no grade, for showing them.
pub(crate) fn part_grades_of_nobody(sources: &[Source]) -> Vec<PartGrade> {
    let part = |source: &Source| match source.is_gone {
        true => PartGrade::Gone,
        false => PartGrade::LeftOut,
    };
    sources.iter().map(part).collect()
}

fn part_grade(
    source: &Source,
    done: Option<&Part<'_>>,
    given: &Contribution,
    person_id: &str,
    formula: Formula,
    now: DateTime<Utc>,
) -> PartGrade {
    if source.is_gone {
        return PartGrade::Gone;
    }
    if let Some(done) = done {
        let on_scale = scaled(done.grade.score, done.grade.maximum, formula.maximum);
        return PartGrade::Done(hundredths(on_scale));
    }
    if given.attempts.iter().any(|attempt| waiting(attempt) > 0) {
        return PartGrade::Waits;
    }
    // By the person's own time; one that was begun in time and still runs is not missing.
    let closes_at = source.own_closings.closes_at(person_id, &source.rules);
    let is_running = given
        .attempts
        .iter()
        .any(|marked| attempt_log::state_of(&marked.attempt) == AttemptState::Open);
    let closed = closes_at.is_some_and(|closes_at| closes_at <= now) && !is_running;
    if closed && formula.unfinished == Unfinished::ZeroAfterClose {
        PartGrade::CountsZero
    } else {
        PartGrade::LeftOut
    }
}

// "(8,5×1 + 7,25×2) / 3 = 7,6666 → 7,7/10": signs, since the platform shows it to readers of any language.
fn comment(parts: &[WeightedPart], mean: WeightedMean, score: f64, maximum: f64, language: &str) -> String {
    let two = |hundredths: i64| decimal(points(hundredths), 2, language);
    let total = format!(
        "{}/{}",
        decimal(score, 2, language),
        decimal(maximum, 2, language)
    );
    let before = decimal(mean.points(), 4, language);
    if let [_] = parts {
        return format!("{before} → {total}");
    }
    let sum: Vec<String> = parts
        .iter()
        .map(|part| format!("{}×{}", two(part.grade), two(part.weight)))
        .collect();
    format!(
        "({}) / {} = {before} → {total}",
        sum.join(" + "),
        two(mean.weights)
    )
}

/// Hundredths of a number that has two decimals at most.
pub(crate) fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

/// The number of so many hundredths.
pub(crate) fn points(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

/// What a module's column should show for the person.
pub(super) fn wanted(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Desired>> {
    let mut sources = Vec::new();
    let mut attempts = Vec::new();
    for (weight, placement, own) in columns::list_contributions(connection, &column.id)? {
        attempts.push(attempts::list_marked(connection, person_id, &placement.id)?);
        sources.push(source(connection, placement, &own, weight)?);
    }
    let grade = module_grade(&sources, &attempts, person_id, formula(column), now);
    Ok(grade.map(|grade| grade.desired))
}

/// Has everybody's grade of a module worked out again soon.
pub(crate) fn recompute(connection: &mut Connection, column_id: &str, now: Timestamp) -> Result<()> {
    jobs::enqueue_at(connection, column_id, jobs::MODULE_SCORE, &random::id(), now, now)?;
    Ok(())
}

/// The same for the module of a course, when dates of its people were changed.
pub(crate) fn recompute_of_context(
    connection: &mut Connection,
    context_id: &str,
    now: Timestamp,
) -> Result<()> {
    if let Some(column) = columns::find_module(connection, context_id)? {
        recompute(connection, &column.id, now)?;
    }
    Ok(())
}

/// The same for the modules that the activity of this column contributes to.
pub(crate) fn recompute_beside(
    connection: &mut Connection,
    own_column_id: &str,
    now: Timestamp,
) -> Result<()> {
    for column_id in columns::list_modules_beside(connection, own_column_id)? {
        recompute(connection, &column_id, now)?;
    }
    Ok(())
}

/// Works out the modules that are due; answers how many.
///
/// # Errors
/// When the database fails.
pub(crate) async fn recompute_due(app: &App) -> Result<usize> {
    let now = app.clock().now().naive_utc();
    let is_due = move |c: &mut Connection| jobs::is_due(c, jobs::MODULE_SCORE, now);
    if !app.db().read(is_due).await? {
        return Ok(0);
    }
    let lease = random::id();
    let claimed = {
        let lease = lease.clone();
        app.db()
            .write(move |c| jobs::claim(c, jobs::MODULE_SCORE, TOGETHER, &lease, now, now + LEASE))
            .await?
    };
    let taken = claimed.len();
    for job in claimed {
        work_out(app, job, &lease).await?;
    }
    Ok(taken)
}

async fn work_out(app: &App, job: Job, lease: &str) -> Result<()> {
    let id = job.subject_id.clone();
    // What closes while the others are worked out is done again at once.
    let began = app.clock().now();
    let everybody = app.db().read(move |c| everybody(c, &id)).await?;
    let mut people = everybody.identities.into_iter();
    loop {
        let batch: Vec<(String, String)> = people.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let (id, now) = (job.subject_id.clone(), app.clock().now());
        app.db()
            .write(move |c| {
                let Some(column) = placements::get_column(c, &id)? else {
                    return Ok(());
                };
                for (person_id, identity_id) in batch {
                    owe(c, &column, &person_id, &identity_id, now)?;
                }
                Ok::<_, Error>(())
            })
            .await?;
    }
    let again = everybody
        .closing
        .into_iter()
        .filter(|closes_at| *closes_at > began)
        .min();
    let again = again.map(|closes_at| closes_at.naive_utc());
    let lease = lease.to_owned();
    app.db()
        .write(move |c| jobs::done(c, &job, &lease, again))
        .await?;
    Ok(())
}

/// Whom a module's grades are worked out for.
struct Everybody {
    /// Of each person the identity as which they handed in.
    identities: BTreeMap<String, String>,
    /// When activities close.
    closing: Vec<DateTime<Utc>>,
}

fn everybody(connection: &mut Connection, column_id: &str) -> Result<Everybody> {
    let (mut identities, mut closing) = (BTreeMap::new(), Vec::new());
    for (_, placement, _) in columns::list_contributions(connection, column_id)? {
        closing.extend(rules(connection, &placement)?.closes_at);
        closing.extend(OwnClosings::read(connection, &placement)?.moments());
        for marked in attempts::list_marked_of_all(connection, &placement.context_id, &placement.id)? {
            if marked.attempt.submitted_at.is_some() {
                identities.insert(marked.attempt.person_id, marked.attempt.identity_id);
            }
        }
    }
    Ok(Everybody { identities, closing })
}

#[cfg(test)]
#[path = "module_tests.rs"]
mod tests;
