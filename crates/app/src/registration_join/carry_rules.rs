//! What a join does to what is different for single people: overrides, groups
//! and accommodations follow their persons and activities. Each change is noted,
//! so that undoing finds what was there; what somebody changed since stays.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::assessment::{Accommodation, RuleOverride};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use storage::{
    Connection, groups,
    groups::Group,
    overrides::{self, Accommodation as AccommodationRow, RuleOverride as Row},
    placements::{self, Placement},
    registration_joins::{self, Join, Move, Place},
};

use super::carry::note_move;
use crate::{Result, json, random};

/// An override got another person or group, or other words.
pub(super) const OVERRIDE: &str = "override";
/// An override was made for an activity.
pub(super) const NEW_OVERRIDE: &str = "new-override";
/// A group got other members.
pub(super) const MEMBERS: &str = "group-members";
/// A group was made in a course.
pub(super) const NEW_GROUP: &str = "new-group";
/// A person got an accommodation.
pub(super) const ACCOMMODATION: &str = "accommodation";

/// An override as it was.
#[derive(Debug, Serialize, Deserialize)]
struct FormerOverride {
    placement_id: String,
    person_id: Option<String>,
    course_group_id: Option<String>,
    content: String,
}

/// A group's members as they were, and as the join left them.
#[derive(Debug, Serialize, Deserialize)]
struct FormerMembers {
    context_id: String,
    members: BTreeSet<String>,
    carried: BTreeSet<String>,
}

/// An accommodation as it was, and as the join left it.
#[derive(Debug, Serialize, Deserialize)]
struct FormerAccommodation {
    organisation_id: String,
    content: Option<String>,
    carried: String,
}

/// Gives what was different for the persons of the newer registration to those
/// whom they turned out to be: from the newer number to the older one.
pub(super) fn follow_people(
    connection: &mut Connection,
    join: &Join,
    people: &HashMap<String, String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut contexts = BTreeSet::new();
    for (context, link) in registration_joins::links(connection, &join.registration_id)? {
        if contexts.insert(context.id.clone()) {
            follow_in_groups(connection, join, &context.id, people, now)?;
        }
        let Some((placement, _)) = placements::find_by_link(connection, &context.id, &link.id)? else {
            continue;
        };
        for row in overrides::list(connection, &context.id, &placement.id)? {
            if let Some(person) = row.person_id.as_ref().and_then(|id| people.get(id)) {
                let whose = (Some(person.clone()), None);
                give_to(connection, join, &context.id, row, whose, now)?;
            }
        }
    }
    for (from, to) in people {
        follow_accommodation(connection, join, from, to, now)?;
    }
    Ok(())
}

fn follow_in_groups(
    connection: &mut Connection,
    join: &Join,
    context_id: &str,
    people: &HashMap<String, String>,
    now: DateTime<Utc>,
) -> Result<()> {
    for (group_id, members) in members(connection, context_id)? {
        let carried: BTreeSet<String> = members
            .iter()
            .map(|person| people.get(person).unwrap_or(person).clone())
            .collect();
        set_members(connection, join, (context_id, &group_id), members, carried, now)?;
    }
    Ok(())
}

fn members(connection: &mut Connection, context_id: &str) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (group, person) in groups::list_members(connection, context_id)? {
        found.entry(group).or_default().insert(person);
    }
    Ok(found)
}

fn set_members(
    connection: &mut Connection,
    join: &Join,
    (context_id, group_id): (&str, &str),
    members: BTreeSet<String>,
    carried: BTreeSet<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    if members == carried {
        return Ok(());
    }
    let all: Vec<String> = carried.iter().cloned().collect();
    groups::replace_members(connection, context_id, group_id, &all)?;
    let former = FormerMembers {
        context_id: context_id.to_owned(),
        members,
        carried,
    };
    note_move(connection, join, MEMBERS, group_id, &json::write(&former)?, now)
}

// Where the person or group has an override there already, that one stays.
fn give_to(
    connection: &mut Connection,
    join: &Join,
    context_id: &str,
    row: Row,
    (person_id, course_group_id): (Option<String>, Option<String>),
    now: DateTime<Utc>,
) -> Result<()> {
    let standing = overrides::list(connection, context_id, &row.placement_id)?;
    let is_taken = |other: &Row| other.person_id == person_id && other.course_group_id == course_group_id;
    if standing.iter().any(is_taken) {
        return Ok(());
    }
    note_override(connection, join, &row, now)?;
    overrides::delete(connection, &row.placement_id, &row.id)?;
    let given = Row {
        person_id,
        course_group_id,
        ..row
    };
    Ok(overrides::upsert(connection, &given)?)
}

fn note_override(connection: &mut Connection, join: &Join, row: &Row, now: DateTime<Utc>) -> Result<()> {
    let former = FormerOverride {
        placement_id: row.placement_id.clone(),
        person_id: row.person_id.clone(),
        course_group_id: row.course_group_id.clone(),
        content: row.content.clone(),
    };
    note_move(connection, join, OVERRIDE, &row.id, &json::write(&former)?, now)
}

// Of two the more generous counts, so that nobody loses what they need.
fn follow_accommodation(
    connection: &mut Connection,
    join: &Join,
    from: &str,
    to: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let organisation_id = &join.organisation_id;
    let Some(newer) = overrides::find_accommodation(connection, organisation_id, from)? else {
        return Ok(());
    };
    let older = overrides::find_accommodation(connection, organisation_id, to)?;
    let read: Accommodation = json::read(&newer.content)?;
    let carried = match &older {
        None => newer.content.clone(),
        Some(older) => {
            let older: Accommodation = json::read(&older.content)?;
            json::write(&Accommodation {
                time_percent: older.time_percent.max(read.time_percent),
                break_seconds: older.break_seconds.max(read.break_seconds),
                font_percent: older.font_percent.max(read.font_percent),
            })?
        }
    };
    let former = FormerAccommodation {
        organisation_id: organisation_id.clone(),
        content: older.map(|row| row.content),
        carried: carried.clone(),
    };
    note_move(connection, join, ACCOMMODATION, to, &json::write(&former)?, now)?;
    let row = AccommodationRow {
        person_id: to.to_owned(),
        content: carried,
        ..newer
    };
    Ok(overrides::upsert_accommodation(connection, &row)?)
}

/// Before an activity moves to another course: the groups of its overrides are
/// there, too, by their names, and the overrides are for those.
pub(super) fn bring_groups(
    connection: &mut Connection,
    join: &Join,
    placement: &Placement,
    to: &Place,
    now: DateTime<Utc>,
) -> Result<()> {
    if placement.context_id == to.context_id {
        return Ok(());
    }
    for row in overrides::list(connection, &placement.context_id, &placement.id)? {
        let Some(group_id) = row.course_group_id.clone() else {
            continue;
        };
        let Some(group) = groups::find(connection, &placement.context_id, &group_id)? else {
            continue;
        };
        let there = group_like(connection, join, &group, &to.context_id, now)?;
        let whose = (None, Some(there));
        give_to(connection, join, &placement.context_id, row, whose, now)?;
    }
    Ok(())
}

// The group of that name in a course, with the members of both.
fn group_like(
    connection: &mut Connection,
    join: &Join,
    group: &Group,
    context_id: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let own = members(connection, &group.context_id)?;
    let own = own.get(&group.id).cloned().unwrap_or_default();
    let known = groups::list(connection, context_id)?;
    if let Some(known) = known.into_iter().find(|known| known.name == group.name) {
        let standing = members(connection, context_id)?;
        let standing = standing.get(&known.id).cloned().unwrap_or_default();
        let both = standing.union(&own).cloned().collect();
        set_members(connection, join, (context_id, &known.id), standing, both, now)?;
        return Ok(known.id);
    }
    let made = Group {
        id: random::id(),
        context_id: context_id.to_owned(),
        name: group.name.clone(),
        platform_id: group.platform_id.clone(),
        created_at: now.naive_utc(),
    };
    groups::insert(connection, &made)?;
    note_move(connection, join, NEW_GROUP, &made.id, context_id, now)?;
    set_members(
        connection,
        join,
        (context_id, &made.id),
        BTreeSet::new(),
        own,
        now,
    )?;
    Ok(made.id)
}

/// When the attempts of one activity follow those of another one: what is
/// different for somebody there holds here; where both say something, the newer.
pub(super) fn append_overrides(
    connection: &mut Connection,
    join: &Join,
    newer: &Placement,
    older: &Placement,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some((older, _)) = placements::get(connection, &older.id)? else {
        return Ok(());
    };
    for row in overrides::list(connection, &newer.context_id, &newer.id)? {
        let standing = overrides::list(connection, &older.context_id, &older.id)?;
        let same =
            |other: &&Row| other.person_id == row.person_id && other.course_group_id == row.course_group_id;
        match standing.iter().find(same) {
            Some(other) => {
                note_override(connection, join, other, now)?;
                let change: RuleOverride = json::read(&other.content)?;
                let change = change.with(json::read(&row.content)?);
                let content = json::write(&change)?;
                overrides::upsert(
                    connection,
                    &Row {
                        content,
                        ..other.clone()
                    },
                )?;
            }
            None => {
                let id = random::id();
                note_move(connection, join, NEW_OVERRIDE, &id, &older.id, now)?;
                let placement_id = older.id.clone();
                overrides::upsert(
                    connection,
                    &Row {
                        id,
                        placement_id,
                        ..row
                    },
                )?;
            }
        }
    }
    Ok(())
}

/// Undoes one of the moves of this file.
pub(super) fn restore(connection: &mut Connection, noted: &Move) -> Result<()> {
    match noted.kind.as_str() {
        OVERRIDE => restore_override(connection, noted),
        NEW_OVERRIDE => {
            overrides::delete(connection, &noted.former, &noted.subject_id)?;
            Ok(())
        }
        MEMBERS => restore_members(connection, noted),
        NEW_GROUP => restore_group(connection, noted),
        ACCOMMODATION => restore_accommodation(connection, noted),
        _ => Ok(()),
    }
}

fn restore_override(connection: &mut Connection, noted: &Move) -> Result<()> {
    let former: FormerOverride = json::read(&noted.former)?;
    let Some((placement, _)) = placements::get(connection, &former.placement_id)? else {
        return Ok(());
    };
    let standing = overrides::list(connection, &placement.context_id, &placement.id)?;
    // Somebody took it away meanwhile.
    let Some(row) = standing.into_iter().find(|row| row.id == noted.subject_id) else {
        return Ok(());
    };
    overrides::delete(connection, &placement.id, &row.id)?;
    let before = Row {
        person_id: former.person_id,
        course_group_id: former.course_group_id,
        content: former.content,
        ..row
    };
    Ok(overrides::upsert(connection, &before)?)
}

fn restore_members(connection: &mut Connection, noted: &Move) -> Result<()> {
    let former: FormerMembers = json::read(&noted.former)?;
    let standing = members(connection, &former.context_id)?;
    if standing.get(&noted.subject_id).cloned().unwrap_or_default() != former.carried {
        return Ok(());
    }
    let all: Vec<String> = former.members.into_iter().collect();
    Ok(groups::replace_members(
        connection,
        &former.context_id,
        &noted.subject_id,
        &all,
    )?)
}

// A group that somebody uses meanwhile stays, or its overrides would go with it.
fn restore_group(connection: &mut Connection, noted: &Move) -> Result<()> {
    let (context_id, id) = (&noted.former, &noted.subject_id);
    let has_members = members(connection, context_id)?.contains_key(id);
    if !has_members {
        groups::delete(connection, context_id, id)?;
    }
    Ok(())
}

fn restore_accommodation(connection: &mut Connection, noted: &Move) -> Result<()> {
    let former: FormerAccommodation = json::read(&noted.former)?;
    let organisation_id = &former.organisation_id;
    let standing = overrides::find_accommodation(connection, organisation_id, &noted.subject_id)?;
    let Some(row) = standing.filter(|row| row.content == former.carried) else {
        return Ok(());
    };
    match former.content {
        Some(content) => overrides::upsert_accommodation(connection, &AccommodationRow { content, ..row })?,
        None => overrides::delete_accommodation(connection, organisation_id, &noted.subject_id)?,
    }
    Ok(())
}
