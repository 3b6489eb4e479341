//! Launches that are kept so that they can be judged again: refused ones, and
//! the next one of a registration whose administrator asked for it.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{kept_launches, registrations, test_launches},
};

/// One launch.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = kept_launches)]
pub struct KeptLaunch {
    /// Of a refused one the trace id that the page showed.
    pub id: String,
    /// Whose platform signed it, or is said to.
    pub registration_id: String,
    /// The platform's number of the person; empty when it told none.
    pub subject: String,
    /// Why it was refused; empty when it was accepted.
    pub code: String,
    /// Inner reason, for administrators.
    pub detail: String,
    /// JSON; `app` knows its form.
    pub content: String,
    /// When.
    pub created_at: Timestamp,
}

/// Keeps one.
pub fn insert(connection: &mut Connection, kept: &KeptLaunch) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(kept_launches::table).values(kept).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// How many of a registration were kept since then.
pub fn count(connection: &mut Connection, registration_id: &str, since: Timestamp) -> Result<i64> {
    db!(connection, c => Ok(kept_launches::table
        .filter(kept_launches::registration_id.eq(registration_id).and(kept_launches::created_at.ge(since)))
        .count()
        .get_result(c)?))
}

/// The launch of that id, when its platform is the organisation's.
pub fn find(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<KeptLaunch>> {
    db!(connection, c => Ok(kept_launches::table
        .inner_join(registrations::table)
        .filter(kept_launches::id.eq(id).and(registrations::organisation_id.eq(organisation_id)))
        .select(KeptLaunch::as_select())
        .first(c)
        .optional()?))
}

/// The launch of that id: for whoever runs the service.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<KeptLaunch>> {
    db!(connection, c => Ok(kept_launches::table
        .find(id)
        .select(KeptLaunch::as_select())
        .first(c)
        .optional()?))
}

/// Which of these are kept.
pub fn known(connection: &mut Connection, ids: &[&str]) -> Result<Vec<String>> {
    db!(connection, c => Ok(kept_launches::table
        .filter(kept_launches::id.eq_any(ids))
        .select(kept_launches::id)
        .load(c)?))
}

/// Deletes those from before `before`, and requests for a test launch whose time is over.
pub fn tidy(connection: &mut Connection, before: Timestamp, now: Timestamp) -> Result<usize> {
    db!(connection, c => {
        diesel::delete(test_launches::table).filter(test_launches::until.le(now)).execute(c)?;
        Ok(diesel::delete(kept_launches::table).filter(kept_launches::created_at.lt(before)).execute(c)?)
    })
}

/// Has the registration's next launch kept, when it comes before `until`.
pub fn want_next(connection: &mut Connection, registration_id: &str, until: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(test_launches::table)
            .values((test_launches::registration_id.eq(registration_id), test_launches::until.eq(until)))
            .on_conflict(test_launches::registration_id)
            .do_update()
            .set(test_launches::until.eq(until))
            .execute(c)?;
        Ok(())
    })
}

/// Until when the registration's next launch is wanted; `None` when it is not.
pub fn wanted_until(
    connection: &mut Connection,
    registration_id: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    db!(connection, c => Ok(test_launches::table
        .find(registration_id)
        .filter(test_launches::until.gt(now))
        .select(test_launches::until)
        .first(c)
        .optional()?))
}

/// This launch is the wanted one; false when none is wanted any more.
pub fn take_wanted(connection: &mut Connection, registration_id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(test_launches::table.find(registration_id))
        .filter(test_launches::until.gt(now))
        .execute(c)? == 1))
}

/// The newest launch of a registration that was kept and accepted.
pub fn newest_accepted(connection: &mut Connection, registration_id: &str) -> Result<Option<KeptLaunch>> {
    db!(connection, c => Ok(kept_launches::table
        .filter(kept_launches::registration_id.eq(registration_id).and(kept_launches::code.eq("")))
        .order(kept_launches::created_at.desc())
        .select(KeptLaunch::as_select())
        .first(c)
        .optional()?))
}
