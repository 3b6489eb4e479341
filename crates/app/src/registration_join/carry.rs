//! What a join moves: each activity, with its attempts and its column, to the registration that opens it now. An
//! activity of a platform belongs to one registration at a time, so it moves when the other one opens it. Each move is
//! noted; undoing goes through them backwards.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use storage::{
    Connection, Timestamp,
    contexts::{self, Context, ResourceLink},
    course_copies, people,
    placements::{self, GradeColumn, Placement},
    registration_joins::{self, ATTEMPT, IDENTITY, Join, Move, PLACEMENT, Place},
    registrations::Registration,
};

use super::carry_rules;
use crate::{Result, grade, json, random};

/// Where a placement stood, as it is noted.
#[derive(Debug, Serialize, Deserialize)]
struct FormerPlace {
    context_id: String,
    resource_link_id: Option<String>,
    line_item_url: Option<String>,
    origin: String,
    registration_id: String,
}

/// Where an attempt stood, as it is noted.
#[derive(Debug, Serialize, Deserialize)]
struct FormerAttempt {
    placement_id: String,
    number: i64,
}

/// On a launch: brings the activity here that a joined registration had at this link. What already stands here stays.
pub(crate) fn carry(
    connection: &mut Connection,
    registration: &Registration,
    context: &Context,
    link: &ResourceLink,
    now: Timestamp,
) -> Result<()> {
    if placements::find_by_link(connection, &context.id, &link.id)?.is_some() {
        return Ok(());
    }
    for (join, other) in registration_joins::joined(connection, &registration.id)? {
        if let Some(former) = of_link(connection, &other, context, link)? {
            let to = place_at(registration, context, link);
            return move_to(connection, &join, &former, &to, now.and_utc());
        }
    }
    Ok(())
}

/// When two registrations are joined: brings all activities that both have opened to the newer one. Where both have
/// the same quiz, the newer attempts follow the older ones; where not, the older activity wins and the newer one is
/// kept aside. Answers how many were brought.
pub(super) fn carry_all(
    connection: &mut Connection,
    join: &Join,
    registration: &Registration,
    now: DateTime<Utc>,
) -> Result<usize> {
    let mut brought = 0;
    for (context, link) in registration_joins::links(connection, &registration.id)? {
        let former = of_link(connection, &join.former_registration_id, &context, &link)?;
        let Some(former) = former else { continue };
        let to = place_at(registration, &context, &link);
        let newer = placements::find_by_link(connection, &context.id, &link.id)?;
        if let Some(newer) = &newer {
            put_aside(connection, join, newer, now)?;
        }
        move_to(connection, join, &former, &to, now)?;
        if let Some((newer, _)) = newer
            && newer.assessment_id == former.0.assessment_id
        {
            append_attempts(connection, join, &newer, &former.0, now)?;
            carry_rules::append_overrides(connection, join, &newer, &former.0, now)?;
        }
        brought += 1;
    }
    Ok(brought)
}

/// Undoes all moves of a join, the last one first.
pub(super) fn restore(connection: &mut Connection, join: &Join, now: DateTime<Utc>) -> Result<()> {
    for noted in registration_joins::moves(connection, &join.id)? {
        match noted.kind.as_str() {
            IDENTITY => restore_identity(connection, &noted, now)?,
            ATTEMPT => {
                let former: FormerAttempt = json::read(&noted.former)?;
                let placement_id = &former.placement_id;
                registration_joins::move_attempt(connection, &noted.subject_id, placement_id, former.number)?;
            }
            PLACEMENT => restore_placement(connection, &noted, now)?,
            _ => carry_rules::restore(connection, &noted)?,
        }
    }
    Ok(())
}

/// Keeps what was before.
pub(super) fn note_move(
    connection: &mut Connection,
    join: &Join,
    kind: &str,
    subject_id: &str,
    former: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let noted = Move {
        id: random::id(),
        registration_join_id: join.id.clone(),
        kind: kind.to_owned(),
        subject_id: subject_id.to_owned(),
        former: former.to_owned(),
        created_at: now.naive_utc(),
    };
    Ok(registration_joins::note(connection, &noted)?)
}

fn of_link(
    connection: &mut Connection,
    registration_id: &str,
    context: &Context,
    link: &ResourceLink,
) -> Result<Option<(Placement, GradeColumn)>> {
    // Launches outside any course have no id in common.
    if context.platform_id.is_empty() {
        return Ok(None);
    }
    let (course, activity) = (&context.platform_id, &link.platform_id);
    match registration_joins::find_link(connection, registration_id, course, activity)? {
        Some((context, link)) => Ok(placements::find_by_link(connection, &context.id, &link.id)?),
        None => Ok(None),
    }
}

fn place_at(registration: &Registration, context: &Context, link: &ResourceLink) -> Place {
    let origin = if link.line_item_url.is_some() {
        "link"
    } else {
        "none"
    };
    Place {
        context_id: context.id.clone(),
        resource_link_id: Some(link.id.clone()),
        line_item_url: link.line_item_url.clone(),
        origin: origin.to_owned(),
        registration_id: registration.id.clone(),
    }
}

fn move_to(
    connection: &mut Connection,
    join: &Join,
    (placement, column): &(Placement, GradeColumn),
    to: &Place,
    now: DateTime<Utc>,
) -> Result<()> {
    let former = FormerPlace {
        context_id: placement.context_id.clone(),
        resource_link_id: placement.resource_link_id.clone(),
        line_item_url: column.line_item_url.clone(),
        origin: column.origin.clone(),
        registration_id: contexts::registration_id(connection, &placement.context_id)?.unwrap_or_default(),
    };
    note_move(
        connection,
        join,
        PLACEMENT,
        &placement.id,
        &json::write(&former)?,
        now,
    )?;
    if let (Some(from), Some(link)) = (&former.resource_link_id, &to.resource_link_id) {
        // What an instructor chose in spite of the parameter stays chosen.
        let named = course_copies::named(connection, from)?;
        course_copies::set_named(connection, &to.context_id, link, named.as_deref())?;
    }
    carry_rules::bring_groups(connection, join, placement, to, now)?;
    registration_joins::move_placement(connection, placement, to)?;
    // What waited for the old address is sent to the new one.
    grade::follow_column(
        connection,
        &column.id,
        to.line_item_url.as_deref(),
        now.naive_utc(),
    )
}

// Its grades are no longer sent: the column at the platform is the other activity's.
fn put_aside(
    connection: &mut Connection,
    join: &Join,
    newer: &(Placement, GradeColumn),
    now: DateTime<Utc>,
) -> Result<()> {
    let aside = Place {
        context_id: newer.0.context_id.clone(),
        resource_link_id: None,
        line_item_url: None,
        origin: "none".to_owned(),
        registration_id: join.registration_id.clone(),
    };
    move_to(connection, join, newer, &aside, now)
}

fn append_attempts(
    connection: &mut Connection,
    join: &Join,
    newer: &Placement,
    older: &Placement,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for (_, person_id, _, number) in registration_joins::attempts(connection, &older.id)? {
        last.insert(person_id, number);
    }
    let mut newest = BTreeMap::new();
    for (id, person_id, identity_id, number) in registration_joins::attempts(connection, &newer.id)? {
        let former = FormerAttempt {
            placement_id: newer.id.clone(),
            number,
        };
        note_move(connection, join, ATTEMPT, &id, &json::write(&former)?, now)?;
        let next = last.entry(person_id.clone()).or_insert(0);
        *next += 1;
        registration_joins::move_attempt(connection, &id, &older.id, *next)?;
        newest.insert(person_id, identity_id);
    }
    let Some((_, column)) = placements::get(connection, &older.id)? else {
        return Ok(());
    };
    for (person_id, identity_id) in newest {
        grade::owe(connection, &column, &person_id, &identity_id, now)?;
    }
    Ok(())
}

// An identity that is younger than the join has never had a person of its own.
fn restore_identity(connection: &mut Connection, noted: &Move, now: DateTime<Utc>) -> Result<()> {
    if people::get(connection, &noted.subject_id)?.is_none() {
        return Ok(());
    }
    let mut person_id = noted.former.clone();
    if person_id.is_empty() {
        person_id = random::id();
        people::insert_person(connection, &person_id, now.naive_utc())?;
    }
    Ok(registration_joins::set_person(
        connection,
        &noted.subject_id,
        &person_id,
    )?)
}

fn restore_placement(connection: &mut Connection, noted: &Move, now: DateTime<Utc>) -> Result<()> {
    let former: FormerPlace = json::read(&noted.former)?;
    let Some((placement, _)) = placements::get(connection, &noted.subject_id)? else {
        return Ok(());
    };
    if let Some(link_id) = &former.resource_link_id
        && let Some(standing) = registration_joins::placement_of_link(connection, link_id)?
        && standing != placement.id
    {
        // Somebody chose something else behind the link meanwhile: that is left without one.
        registration_joins::free(connection, &standing)?;
    }
    if let Some(link_id) = &placement.resource_link_id {
        // Its next launch follows its parameter as if nothing had been.
        course_copies::set_named(connection, &placement.context_id, link_id, None)?;
    }
    let to = Place::from(former);
    registration_joins::move_placement(connection, &placement, &to)?;
    let address = to.line_item_url.as_deref();
    grade::follow_column(connection, &placement.grade_column_id, address, now.naive_utc())
}

impl From<FormerPlace> for Place {
    fn from(former: FormerPlace) -> Self {
        Self {
            context_id: former.context_id,
            resource_link_id: former.resource_link_id,
            line_item_url: former.line_item_url,
            origin: former.origin,
            registration_id: former.registration_id,
        }
    }
}
