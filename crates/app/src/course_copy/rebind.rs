//! Taking over the activities of the course before, and undoing it. Placements with their weights and columns are made
//! anew; no attempt, no grade and no address of the course before comes along.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use storage::{
    Connection, contexts,
    course_copies::{self, ADOPTED, Mark, OFFERED, Placed, REBOUND},
    placements::{self, GradeColumn, Placement},
};

use super::{activities, same_title, title_of};
use crate::{Code, Result, random, session::Session};

/// Takes over all activities. One that somebody opened already is adopted; the others wait for their first launch.
pub(super) fn reuse(
    connection: &mut Connection,
    session: &Session,
    before: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let context_id = session.context()?;
    let mut there = course_copies::list(connection, context_id)?;
    there.retain(|placed| placed.mark.copy_state.is_empty() && placed.link.is_some());
    let mut taken = HashMap::new();
    for placed in activities(connection, before)? {
        let id = match take_one(&mut there, &placed) {
            Some(known) => adopt(connection, context_id, &known, &placed)?,
            None => make(connection, session, context_id, &placed, now)?,
        };
        taken.insert(placed.placement.id.clone(), id);
    }
    take_module(connection, context_id, before, &taken, now)
}

/// Marks what the custom parameters opened already, so that the instructor is asked about each.
pub(super) fn offer(connection: &mut Connection, before: &str, context_id: &str) -> Result<()> {
    let mut there = course_copies::list(connection, context_id)?;
    there.retain(|placed| placed.mark.copy_state.is_empty() && placed.placement.created_by.is_none());
    for placed in activities(connection, before)? {
        if let Some(known) = take_one(&mut there, &placed) {
            let mark = mark(&placed, OFFERED, None);
            course_copies::set_mark(connection, context_id, &known.placement.id, &mark)?;
        }
    }
    Ok(())
}

/// Undoes [`reuse`].
pub(super) fn undo(connection: &mut Connection, session: &Session, context_id: &str) -> Result<()> {
    let attempted = course_copies::attempted(connection, context_id)?;
    let mut there = course_copies::list(connection, context_id)?;
    there.retain(|placed| placed.mark.copy_state == REBOUND || placed.mark.copy_state == ADOPTED);
    if there
        .iter()
        .any(|placed| attempted.contains(&placed.placement.id))
    {
        return Err(session.refused(Code::Conflict, "somebody has begun an attempt"));
    }
    course_copies::remove_copied_module(connection, context_id)?;
    for placed in there {
        if placed.mark.copy_state == ADOPTED {
            let none = Mark {
                copied_from: None,
                copy_state: String::new(),
                former_weight: None,
            };
            let weight = placed.mark.former_weight.unwrap_or(placed.placement.weight);
            course_copies::set_weight(connection, context_id, &placed.placement.id, weight)?;
            course_copies::set_mark(connection, context_id, &placed.placement.id, &none)?;
            continue;
        }
        course_copies::remove(connection, context_id, &placed.placement)?;
        if let Some(link) = &placed.link {
            // Its next launch follows its parameter as if nothing had been.
            course_copies::set_named(connection, context_id, &link.id, None)?;
        }
    }
    Ok(())
}

// Of several activities with the same quiz the one of the same name.
fn take_one(there: &mut Vec<Placed>, placed: &Placed) -> Option<Placed> {
    let same_quiz = |new: &&Placed| new.placement.assessment_id == placed.placement.assessment_id;
    let best = there
        .iter()
        .filter(same_quiz)
        .find(|new| same_title(new, placed))
        .or_else(|| there.iter().find(same_quiz))?
        .placement
        .id
        .clone();
    let index = there.iter().position(|new| new.placement.id == best)?;
    Some(there.remove(index))
}

fn mark(placed: &Placed, state: &str, former_weight: Option<f64>) -> Mark {
    Mark {
        copied_from: Some(placed.placement.id.clone()),
        copy_state: state.to_owned(),
        former_weight,
    }
}

fn adopt(connection: &mut Connection, context_id: &str, known: &Placed, placed: &Placed) -> Result<String> {
    let id = known.placement.id.clone();
    let mark = mark(placed, ADOPTED, Some(known.placement.weight));
    course_copies::set_mark(connection, context_id, &id, &mark)?;
    course_copies::set_weight(connection, context_id, &id, placed.placement.weight)?;
    course_copies::set_column_origin(connection, &known.column.id, &placed.column.id)?;
    Ok(id)
}

fn make(
    connection: &mut Connection,
    session: &Session,
    context_id: &str,
    placed: &Placed,
    now: DateTime<Utc>,
) -> Result<String> {
    let title = title_of(placed);
    let mut free = course_copies::list_free_links(connection, context_id)?;
    let known_id = placed.link.as_ref().map(|link| link.platform_id.clone());
    free.retain(|link| link.title.trim() == title.trim() || Some(&link.platform_id) == known_id.as_ref());
    // Two of the same name: nobody knows which is which.
    let link = if let [only] = free.as_slice() {
        Some(only.clone())
    } else {
        None
    };
    let address = link.as_ref().and_then(|link| link.line_item_url.clone());
    let column = GradeColumn {
        label: title.to_owned(),
        origin: if address.is_some() { "link" } else { "none" }.to_owned(),
        line_item_url: address,
        ..fresh(&placed.column, context_id, now)
    };
    let placement = Placement {
        id: random::id(),
        context_id: context_id.to_owned(),
        resource_link_id: link.map(|link| link.id),
        grade_column_id: column.id.clone(),
        created_by: Some(session.person_id.clone()),
        created_at: now.naive_utc(),
        ..placed.placement.clone()
    };
    placements::insert(connection, &placement, &column)?;
    course_copies::set_column_origin(connection, &column.id, &placed.column.id)?;
    course_copies::set_mark(
        connection,
        context_id,
        &placement.id,
        &mark(placed, REBOUND, None),
    )?;
    Ok(placement.id)
}

// A column of the same kind, scale and rounding, without any address.
fn fresh(column: &GradeColumn, context_id: &str, now: DateTime<Utc>) -> GradeColumn {
    GradeColumn {
        id: random::id(),
        context_id: context_id.to_owned(),
        line_item_url: None,
        origin: "none".to_owned(),
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        missing: None,
        platform_maximum: None,
        former_maximum: None,
        maximum_changed_at: None,
        checked_at: None,
        ..column.clone()
    }
}

// The column that is weighted from several activities, with the same weights.
fn take_module(
    connection: &mut Connection,
    context_id: &str,
    before: &str,
    taken: &HashMap<String, String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some((column, parts)) = course_copies::module(connection, before)? else {
        return Ok(());
    };
    let has_one = course_copies::module(connection, context_id)?.is_some();
    if has_one || contexts::get(connection, context_id)?.is_none() {
        return Ok(());
    }
    let parts: Vec<(String, i64)> = parts
        .into_iter()
        .filter_map(|(placement_id, weight)| Some((taken.get(&placement_id)?.clone(), weight)))
        .collect();
    let new = fresh(&column, context_id, now);
    Ok(course_copies::insert_module(
        connection, &new, &column.id, &parts,
    )?)
}
