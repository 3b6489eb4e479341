//! The rules of an activity that are in force for one person, read from where
//! they stand: the published version, overrides, groups, accommodation. What
//! follows from them is `assessment`'s.

use ::assessment::{
    Accommodation, AttemptState, FormerAttempt, InForce, PersonalRules, RuleOverride, Rules, rules_in_force,
};
use storage::{Connection, attempts::Attempt, overrides, placements::Placement};

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
