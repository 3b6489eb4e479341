//! The rules of an activity that are in force for one person, read from where
//! they stand: the published version, overrides, groups, accommodation. What
//! follows from them is `assessment`'s.

use std::collections::HashMap;

use ::assessment::{
    Accommodation, AttemptState, Changed, FormerAttempt, InForce, PersonalRules, RuleOverride, Rules,
    rules_for_review, rules_in_force,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    attempts::{self, Attempt},
    groups, overrides,
    placements::Placement,
};

use crate::{Result, attempt_log, json, session::Session};

/// The rules in force for a session's person at an activity.
pub(crate) fn of_session(
    connection: &mut Connection,
    session: &Session,
    placement: &Placement,
    rules: &Rules,
) -> Result<InForce> {
    in_force(
        connection,
        &session.organisation_id,
        &session.person_id,
        &placement.id,
        rules,
    )
}

/// The rules in force for a person at an activity of the organisation.
pub(crate) fn in_force(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
    placement_id: &str,
    rules: &Rules,
) -> Result<InForce> {
    let mut personal = PersonalRules {
        accommodation: accommodation_of(connection, organisation_id, person_id)?,
        ..PersonalRules::default()
    };
    for (is_own, content) in overrides::list_of_person(connection, person_id, placement_id)? {
        let change: RuleOverride = json::read(&content)?;
        match is_own {
            true => personal.person = Some(change),
            false => personal.groups.push(change),
        }
    }
    Ok(rules_in_force(rules, &personal))
}

/// The rules in force for somebody as the review of the person's attempts reads
/// them: "after close" is after everybody's.
pub(crate) fn for_review(
    connection: &mut Connection,
    placement: &Placement,
    own: &Rules,
    of_all: &Rules,
    now: DateTime<Utc>,
) -> Result<Rules> {
    let Some(closes_at) = own.closes_at.filter(|_| own.review.waits_for_close()) else {
        return Ok(own.clone());
    };
    let changes = changes_of(connection, placement)?;
    let changes: Vec<RuleOverride> = changes.into_iter().map(|(_, change)| change).collect();
    // Before the own close nothing is decided by who works longer.
    let running = match closes_at <= now {
        true => attempts::list_open(connection, &placement.id)?,
        false => Vec::new(),
    };
    let until = running.iter().filter_map(|attempt| attempt.submit_until).max();
    Ok(rules_for_review(
        own,
        of_all,
        &changes,
        until.map(|until| until.and_utc()),
    ))
}

/// For whom an override is.
enum Whose {
    Person(String),
    Group(String),
}

fn changes_of(connection: &mut Connection, placement: &Placement) -> Result<Vec<(Whose, RuleOverride)>> {
    let rows = overrides::list(connection, &placement.context_id, &placement.id)?;
    let read = |row: overrides::RuleOverride| {
        let whose = match (row.person_id, row.course_group_id) {
            (Some(id), _) => Whose::Person(id),
            (None, id) => Whose::Group(id.unwrap_or_default()),
        };
        Ok((whose, json::read(&row.content)?))
    };
    rows.into_iter().map(read).collect()
}

/// When an activity closes for those for whom that is not when it closes for all.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnClosings {
    persons: HashMap<String, RuleOverride>,
    groups: HashMap<String, RuleOverride>,
    /// The groups of each person, as far as they close at another time.
    groups_of: HashMap<String, Vec<String>>,
}

impl OwnClosings {
    /// Of an activity.
    pub(crate) fn read(connection: &mut Connection, placement: &Placement) -> Result<Self> {
        let mut found = Self::default();
        for (whose, change) in changes_of(connection, placement)? {
            if change.closes_at.is_kept() {
                continue;
            }
            match whose {
                Whose::Person(id) => found.persons.insert(id, change),
                Whose::Group(id) => found.groups.insert(id, change),
            };
        }
        if !found.groups.is_empty() {
            for (group, person) in groups::list_members(connection, &placement.context_id)? {
                if found.groups.contains_key(&group) {
                    found.groups_of.entry(person).or_default().push(group);
                }
            }
        }
        Ok(found)
    }

    /// When it closes for the person; `rules` are everybody's.
    pub(crate) fn closes_at(&self, person_id: &str, rules: &Rules) -> Option<DateTime<Utc>> {
        let groups = self.groups_of.get(person_id).into_iter().flatten();
        let personal = PersonalRules {
            person: self.persons.get(person_id).cloned(),
            groups: groups.filter_map(|id| self.groups.get(id).cloned()).collect(),
            ..PersonalRules::default()
        };
        rules_in_force(rules, &personal).rules.closes_at
    }

    /// All closing times that are not everybody's.
    pub(crate) fn moments(&self) -> impl Iterator<Item = DateTime<Utc>> {
        let changes = self.persons.values().chain(self.groups.values());
        changes.filter_map(|change| match change.closes_at {
            Changed::To(closes_at) => Some(closes_at),
            Changed::Kept | Changed::Lifted => None,
        })
    }
}

/// The standing accommodation of a person; the usual where there is none.
pub(crate) fn accommodation_of(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
) -> Result<Accommodation> {
    let found = overrides::find_accommodation(connection, organisation_id, person_id)?;
    found.map_or_else(|| Ok(Accommodation::default()), |row| json::read(&row.content))
}

/// What deciding on another attempt needs to know of one that was begun.
pub(crate) fn former(attempt: &Attempt) -> FormerAttempt {
    let state = attempt_log::state_of(attempt);
    let ended_at = attempt.submitted_at.or(attempt.due_at);
    FormerAttempt {
        state,
        ended_at: ended_at
            .filter(|_| state != AttemptState::Open)
            .map(|at| at.and_utc()),
    }
}
