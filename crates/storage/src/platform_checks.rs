//! What the last check of a registration's connection found, and what such a
//! check looks up of a deployment: its newest course, launches, refusals, grades.

use diesel::{
    dsl::{count_star, max, min},
    prelude::*,
};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    contexts::Context,
    refusals::Refusal,
    schema::{contexts, grade_deliveries, platform_checks, refusals, registrations},
};

/// The last check of one registration.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = platform_checks)]
pub struct PlatformCheck {
    /// Whose.
    pub registration_id: String,
    /// The worst of its findings; the names are `app`'s.
    pub verdict: String,
    /// JSON; `app` knows its form.
    pub findings: String,
    /// When.
    pub checked_at: Timestamp,
}

/// A registration's last check.
pub fn get(connection: &mut Connection, registration_id: &str) -> Result<Option<PlatformCheck>> {
    db!(connection, c => Ok(platform_checks::table
        .find(registration_id)
        .select(PlatformCheck::as_select())
        .first(c)
        .optional()?))
}

/// Keeps a check in the place of the former one.
pub fn put(connection: &mut Connection, check: &PlatformCheck) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(platform_checks::table)
            .values(check)
            .on_conflict(platform_checks::registration_id)
            .do_update()
            .set(check)
            .execute(c)?;
        Ok(())
    })
}

/// Registration, verdict and time of the last checks of an organisation.
pub fn list_verdicts(
    connection: &mut Connection,
    organisation_id: &str,
) -> Result<Vec<(String, String, Timestamp)>> {
    db!(connection, c => Ok(platform_checks::table
        .inner_join(registrations::table)
        .filter(registrations::organisation_id.eq(organisation_id))
        .order(platform_checks::registration_id)
        .select((platform_checks::registration_id, platform_checks::verdict, platform_checks::checked_at))
        .load(c)?))
}

/// The course of a deployment that was launched from last.
pub fn newest_context(connection: &mut Connection, deployment_id: &str) -> Result<Option<Context>> {
    db!(connection, c => Ok(contexts::table
        .filter(contexts::deployment_id.eq(deployment_id).and(contexts::platform_id.ne("")))
        .order((contexts::seen_at.desc(), contexts::id.desc()))
        .select(Context::as_select())
        .first(c)
        .optional()?))
}

/// When a deployment was last launched from.
pub fn last_launch(connection: &mut Connection, deployment_id: &str) -> Result<Option<Timestamp>> {
    db!(connection, c => Ok(contexts::table
        .filter(contexts::deployment_id.eq(deployment_id))
        .select(max(contexts::seen_at))
        .first(c)?))
}

/// The newest refusal of a registration.
pub fn last_refusal(connection: &mut Connection, registration_id: &str) -> Result<Option<Refusal>> {
    db!(connection, c => Ok(refusals::table
        .filter(refusals::registration_id.eq(registration_id))
        .order((refusals::created_at.desc(), refusals::id))
        .select(Refusal::as_select())
        .first(c)
        .optional()?))
}

/// How many grades of a registration are in each state of delivery, and since when the oldest of them is owed.
pub fn count_deliveries(
    connection: &mut Connection,
    registration_id: &str,
) -> Result<Vec<(String, i64, Option<Timestamp>)>> {
    db!(connection, c => Ok(grade_deliveries::table
        .filter(grade_deliveries::registration_id.eq(registration_id))
        .group_by(grade_deliveries::state)
        .order(grade_deliveries::state)
        .select((grade_deliveries::state, count_star(), min(grade_deliveries::first_due_at)))
        .load(c)?))
}
