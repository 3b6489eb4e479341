//! What is kept of refused requests: the code, an inner reason without personal data, the time.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{organisations, refusals, registrations},
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
    /// Whose administrators are told, when no registration says it.
    pub organisation_id: Option<String>,
}

/// Keeps one.
pub fn insert(connection: &mut Connection, refusal: &Refusal) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(refusals::table).values(refusal).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// The newest refusals of an organisation: of its registrations, and those that belong to it otherwise. What
/// belongs to nobody is an only organisation's; with several, nobody reads what a stranger wrote.
pub fn list(connection: &mut Connection, organisation_id: &str, limit: i64) -> Result<Vec<Refusal>> {
    let colleges: i64 = db!(connection, c => organisations::table
        .filter(organisations::built_in.eq(false))
        .count()
        .get_result(c)?);
    let is_only = colleges <= 1;
    db!(connection, c => Ok(refusals::table
        .left_join(registrations::table)
        .filter(
            registrations::organisation_id.eq(organisation_id)
                .or(refusals::registration_id.is_null().and(refusals::organisation_id.eq(organisation_id)))
                .or(refusals::registration_id.is_null().and(refusals::organisation_id.is_null()).and(is_only.into_sql::<diesel::sql_types::Bool>())),
        )
        .order((refusals::created_at.desc(), refusals::id))
        .limit(limit)
        .select(Refusal::as_select())
        .load(c)?))
}

/// How many since then belong to no organisation, by code: the most frequent first.
pub fn count_of_nobody(connection: &mut Connection, since: Timestamp) -> Result<Vec<(String, i64)>> {
    db!(connection, c => Ok(refusals::table
        .filter(
            refusals::registration_id.is_null()
                .and(refusals::organisation_id.is_null())
                .and(refusals::created_at.ge(since)),
        )
        .group_by(refusals::code)
        .order((diesel::dsl::count_star().desc(), refusals::code))
        .select((refusals::code, diesel::dsl::count_star()))
        .load(c)?))
}

/// Deletes those from before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(refusals::table).filter(refusals::created_at.lt(before)).execute(c)?))
}
