//! What is kept of refused requests: the code, an inner reason without personal data, the time.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{refusals, registrations},
};

/// One refusal; the id is the trace id that the page showed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refusals)]
pub struct Refusal {
    /// Trace id.
    pub id: String,
    /// `LTI-…`.
    pub code: String,
    /// Inner reason, for administrators.
    pub detail: String,
    /// The registration, when one was recognised.
    pub registration_id: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

/// Keeps one.
pub fn insert(connection: &mut Connection, refusal: &Refusal) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(refusals::table).values(refusal).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// The newest refusals of an organisation's registrations, and those that no registration was recognised in.
pub fn list(connection: &mut Connection, organisation_id: &str, limit: i64) -> Result<Vec<Refusal>> {
    db!(connection, c => Ok(refusals::table
        .left_join(registrations::table)
        .filter(registrations::organisation_id.eq(organisation_id).or(refusals::registration_id.is_null()))
        .order((refusals::created_at.desc(), refusals::id))
        .limit(limit)
        .select(Refusal::as_select())
        .load(c)?))
}

/// Deletes those from before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(refusals::table).filter(refusals::created_at.lt(before)).execute(c)?))
}
