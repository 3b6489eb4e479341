//! What a platform changed: applied at once, or waiting for an administrator.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{registration_changes, registrations},
};

/// Taken over when it was found.
pub const APPLIED: &str = "applied";
/// An administrator has to decide.
pub const WAITING: &str = "waiting";
/// An administrator agreed, and it was taken over.
pub const APPROVED: &str = "approved";
/// An administrator refused.
pub const REJECTED: &str = "rejected";
/// A later reading stands in its place.
pub const SUPERSEDED: &str = "superseded";

/// Differences that were found together.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = registration_changes)]
pub struct RegistrationChange {
    /// UUIDv7.
    pub id: String,
    /// Whose.
    pub registration_id: String,
    /// `registration`, `administrator` or `launch`.
    pub source: String,
    /// [`APPLIED`], [`WAITING`], [`APPROVED`], [`REJECTED`] or [`SUPERSEDED`].
    pub state: String,
    /// JSON list of `lti::registration_difference::Difference`.
    pub differences: String,
    /// When.
    pub found_at: Timestamp,
    /// When an administrator decided.
    pub decided_at: Option<Timestamp>,
    /// Who; empty for the command line.
    pub decided_by: Option<String>,
}

/// A registration's changes, newest first.
pub fn list(
    connection: &mut Connection,
    registration_id: &str,
    most: i64,
) -> Result<Vec<RegistrationChange>> {
    db!(connection, c => Ok(registration_changes::table
        .filter(registration_changes::registration_id.eq(registration_id))
        .order(registration_changes::id.desc())
        .limit(most)
        .select(RegistrationChange::as_select())
        .load(c)?))
}

/// A registration's changes in one state, oldest first.
pub fn list_in_state(
    connection: &mut Connection,
    registration_id: &str,
    state: &str,
) -> Result<Vec<RegistrationChange>> {
    db!(connection, c => Ok(registration_changes::table
        .filter(
            registration_changes::registration_id.eq(registration_id)
                .and(registration_changes::state.eq(state)),
        )
        .order(registration_changes::id)
        .select(RegistrationChange::as_select())
        .load(c)?))
}

/// An organisation's changes that wait, oldest first.
pub fn list_waiting(connection: &mut Connection, organisation_id: &str) -> Result<Vec<RegistrationChange>> {
    db!(connection, c => Ok(registration_changes::table
        .inner_join(registrations::table)
        .filter(
            registrations::organisation_id.eq(organisation_id)
                .and(registration_changes::state.eq(WAITING)),
        )
        .order(registration_changes::id)
        .select(RegistrationChange::as_select())
        .load(c)?))
}

/// The organisation's change of that id.
pub fn find(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
) -> Result<Option<RegistrationChange>> {
    db!(connection, c => Ok(registration_changes::table
        .inner_join(registrations::table)
        .filter(
            registrations::organisation_id.eq(organisation_id)
                .and(registration_changes::id.eq(id)),
        )
        .select(RegistrationChange::as_select())
        .first(c)
        .optional()?))
}

/// Adds one.
pub fn insert(connection: &mut Connection, change: &RegistrationChange) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(registration_changes::table).values(change).execute(c)?;
        Ok(())
    })
}

/// Settles a waiting change; false when somebody was faster.
pub fn settle(
    connection: &mut Connection,
    registration_id: &str,
    id: &str,
    state: &str,
    decided_by: Option<&str>,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(registration_changes::table.find(id))
        .filter(
            registration_changes::registration_id.eq(registration_id)
                .and(registration_changes::state.eq(WAITING)),
        )
        .set((
            registration_changes::state.eq(state),
            registration_changes::decided_at.eq(now),
            registration_changes::decided_by.eq(decided_by),
        ))
        .execute(c)? == 1))
}
