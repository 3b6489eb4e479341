//! What a reader did becomes a record: the step, the completion of the course, and the
//! scores that platforms get. To be called in the transaction in which it was done.
//!
//! Left out on purpose: what counts as done and what a score is (`course`).

use ::course::{CourseContent, Done, Key, ScoreRule, Step, What, is_enough, merge, progress, score};
use chrono::{DateTime, Utc};
use serde::Serialize;
use storage::{
    Connection, Timestamp, course_placements,
    course_placements::CoursePlacement,
    course_progress::{self, Completion, StepDone},
    courses,
    grades::{self, Desired},
    placements::GradeColumn,
};

use crate::{Result, grade, json, random};

/// Whose record it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whose<'a> {
    /// Who.
    pub(crate) person_id: &'a str,
    /// As whom.
    pub(crate) identity_id: &'a str,
    /// In which course.
    pub(crate) course_id: &'a str,
}

/// Why a course counts as completed, as the record keeps it.
#[derive(Debug, Serialize)]
struct Evidence<'a> {
    steps: &'a [Done],
}

/// What somebody has done of a course.
pub(crate) fn dones(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Vec<Done>> {
    let rows = course_progress::list_steps(connection, person_id, course_id)?;
    rows.into_iter().map(done_of).collect()
}

/// A kept row as `course` reads it.
pub(crate) fn done_of(row: StepDone) -> Result<Done> {
    Ok(Done {
        what: json::read(&row.what)?,
        step: Key::new(row.step_key),
        at: row.done_at.and_utc(),
    })
}

/// Adds what was done to what is kept: of each step the better stays. Answers all that is kept then.
pub(crate) fn add(connection: &mut Connection, whose: Whose<'_>, new: &[Done]) -> Result<Vec<Done>> {
    let held = dones(connection, whose.person_id, whose.course_id)?;
    let merged = merge(new, &held);
    for done in merged.iter().filter(|done| !held.contains(done)) {
        put(connection, whose, done)?;
    }
    Ok(merged)
}

/// Owes what follows from what was done: the completion of this version, and scores.
pub(crate) fn settle(
    connection: &mut Connection,
    whose: Whose<'_>,
    (version_id, content): (&str, &CourseContent),
    dones: &[Done],
    now: DateTime<Utc>,
) -> Result<()> {
    if progress(content, dones).is_complete {
        let completion = Completion {
            id: random::id(),
            person_id: whose.person_id.to_owned(),
            course_id: whose.course_id.to_owned(),
            course_version_id: version_id.to_owned(),
            completed_at: now.naive_utc(),
            evidence: json::write(&Evidence { steps: dones })?,
        };
        course_progress::insert_completion(connection, &completion)?;
    }
    for (_, column) in course_placements::list_of_person(connection, whose.person_id, whose.course_id)? {
        grade::owe(connection, &column, whose.person_id, whose.identity_id, now)?;
    }
    Ok(())
}

/// A quiz of a placed course was marked, or marked again: its step follows the marks.
pub(crate) fn follow_attempts(
    connection: &mut Connection,
    placement_id: &str,
    person_id: &str,
    identity_id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some((placed, step)) = course_placements::find_of_step(connection, placement_id)? else {
        return Ok(());
    };
    grades::lock_person(connection, person_id)?;
    let Some(reader) = course_progress::find_reader(connection, person_id, &placed.course_id)? else {
        return Ok(());
    };
    let whose = Whose {
        person_id,
        identity_id,
        course_id: &placed.course_id,
    };
    let content = content_of(connection, &reader.course_version_id)?;
    let key = Key::new(step);
    let percent = percent_of(connection, whose, &key)?;
    if let (Some(step), Some(percent)) = (content.step(&key), percent) {
        let held = dones(connection, person_id, whose.course_id)?;
        let before = held.iter().find(|done| done.step == key).map(|done| done.what);
        let what = what_of(step, percent, before);
        if before != Some(what) {
            let at = now;
            put(connection, whose, &Done { step: key, what, at })?;
        }
    }
    let dones = dones(connection, person_id, whose.course_id)?;
    settle(
        connection,
        whose,
        (&reader.course_version_id, &content),
        &dones,
        now,
    )
}

// That it was enough once is never taken away, though the percent follows a regrade.
fn what_of(step: &Step, percent: f64, before: Option<What>) -> What {
    let submitted = What::Submitted { percent };
    match is_enough(step, submitted) || matches!(before, Some(What::Passed { .. })) {
        true => What::Passed { percent },
        false => submitted,
    }
}

// The same quiz may stand in several activities.
fn percent_of(connection: &mut Connection, whose: Whose<'_>, step: &Key) -> Result<Option<f64>> {
    let mut best: Option<f64> = None;
    for (placed, _) in course_placements::list_of_person(connection, whose.person_id, whose.course_id)? {
        let Some(placement) = course_placements::find_step(connection, &placed.id, step.as_str())? else {
            continue;
        };
        let percent = grade::percent_at(connection, &placement, whose.person_id)?;
        best = match (best, percent) {
            (Some(best), Some(percent)) => Some(best.max(percent)),
            (best, percent) => best.or(percent),
        };
    }
    Ok(best)
}

/// What the column of a placed course should show for somebody; `None` before there is anything.
pub(crate) fn wanted(
    connection: &mut Connection,
    column: &GradeColumn,
    person_id: &str,
) -> Result<Option<Desired>> {
    let Some(placed) = course_placements::get_by_column(connection, &column.id)? else {
        return Ok(None);
    };
    let Some(reader) = course_progress::find_reader(connection, person_id, &placed.course_id)? else {
        return Ok(None);
    };
    let content = content_of(connection, &reader.course_version_id)?;
    let Some(content) = part_of(&content, &placed.part) else {
        return Ok(None);
    };
    let dones = dones(connection, person_id, &placed.course_id)?;
    let rule: ScoreRule = json::read(&placed.score_rule)?;
    if rule != ScoreRule::Completed && waits(connection, &placed, &content, person_id)? {
        return Ok(None);
    }
    let Some(fraction) = score(&content, &dones, rule) else {
        return Ok(None);
    };
    let progress = progress(&content, &dones);
    let counted = |done: &&Done| content.step(&done.step).is_some();
    let last: Option<Timestamp> = dones.iter().filter(counted).map(|done| done.at.naive_utc()).max();
    let (done, needed) = progress.units.values().fold((0, 0), |(done, needed), unit| {
        (done + unit.done.min(unit.needed), needed + unit.needed)
    });
    Ok(Some(Desired {
        score: (fraction * column.score_maximum * 100.0).round() / 100.0,
        maximum: column.score_maximum,
        comment: format!("{done}/{needed}"),
        started_at: Some(reader.began_at),
        submitted_at: last,
    }))
}

// A mark that is not final would be taken for one.
fn waits(
    connection: &mut Connection,
    placed: &CoursePlacement,
    content: &CourseContent,
    person_id: &str,
) -> Result<bool> {
    for step in content.steps() {
        if let Some(placement) = course_placements::find_step(connection, &placed.id, step.key().as_str())?
            && grade::waits_at(connection, &placement, person_id)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The whole of a course, or the part of it that an activity opens; `None` when the version has no such part.
pub(crate) fn part_of(content: &CourseContent, part: &str) -> Option<CourseContent> {
    match part {
        "" => Some(content.clone()),
        part => content.narrowed(&Key::new(part)),
    }
}

fn content_of(connection: &mut Connection, version_id: &str) -> Result<CourseContent> {
    let version = courses::get_version(connection, version_id)?;
    let content = version.map(|version| version.content);
    json::read(content.as_deref().unwrap_or("{}"))
}

fn put(connection: &mut Connection, whose: Whose<'_>, done: &Done) -> Result<()> {
    let row = StepDone {
        person_id: whose.person_id.to_owned(),
        course_id: whose.course_id.to_owned(),
        step_key: done.step.to_string(),
        what: json::write(&done.what)?,
        done_at: done.at.naive_utc(),
    };
    Ok(course_progress::put_step(connection, &row)?)
}
