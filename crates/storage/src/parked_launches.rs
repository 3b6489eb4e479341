//! Launches that were verified and wait for their browser to prove itself.
//! They live a few minutes; what a launch is worth is recorded elsewhere, later.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::parked_launches};

/// A launch whose state is used up, and of whose person nothing else is kept yet.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = parked_launches)]
pub struct ParkedLaunch {
    /// UUIDv7; proves nothing.
    pub id: String,
    /// From which deployment.
    pub deployment_id: String,
    /// From which registration.
    pub registration_id: String,
    /// The name of the state's cookie, should it still come.
    pub cookie_name: String,
    /// SHA-256 of its value, hexadecimal.
    pub cookie_hash: String,
    /// SHA-256 of the secret in the browser's storage, hexadecimal.
    pub storage_hash: String,
    /// JSON of the verified message; its shape is `lti`'s.
    pub message: String,
    /// By which way the browser proved itself; empty before.
    pub proven_by: String,
    /// SHA-256 of the ticket that opens it, hexadecimal.
    pub ticket_hash: Option<String>,
    /// The ticket is not valid from then on.
    pub ticket_expires_at: Option<Timestamp>,
    /// When it was posted.
    pub created_at: Timestamp,
    /// Gone from then on.
    pub expires_at: Timestamp,
    /// JSON of what is kept when it is refused; names nobody.
    pub evidence: Option<String>,
}

/// Leaves out the message and what proves the browser.
impl std::fmt::Debug for ParkedLaunch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ParkedLaunch")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Keeps one.
pub fn insert(connection: &mut Connection, parked: &ParkedLaunch) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(parked_launches::table).values(parked).execute(c)?;
        Ok(())
    })
}

/// The one of that id, unless its time is over.
pub fn get(connection: &mut Connection, id: &str, now: Timestamp) -> Result<Option<ParkedLaunch>> {
    db!(connection, c => Ok(parked_launches::table
        .find(id)
        .filter(parked_launches::expires_at.gt(now))
        .select(ParkedLaunch::as_select())
        .first(c)
        .optional()?))
}

/// The one that a ticket opens, unless the ticket's or its own time is over.
pub fn find_by_ticket(
    connection: &mut Connection,
    ticket_hash: &str,
    now: Timestamp,
) -> Result<Option<ParkedLaunch>> {
    db!(connection, c => Ok(parked_launches::table
        .filter(
            parked_launches::ticket_hash.eq(ticket_hash)
                .and(parked_launches::ticket_expires_at.gt(now))
                .and(parked_launches::expires_at.gt(now)),
        )
        .select(ParkedLaunch::as_select())
        .first(c)
        .optional()?))
}

/// Gives it a new ticket in place of the former one; false when it is gone.
pub fn set_ticket(
    connection: &mut Connection,
    id: &str,
    proven_by: &str,
    ticket_hash: &str,
    until: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(parked_launches::table.find(id))
        .set((
            parked_launches::proven_by.eq(proven_by),
            parked_launches::ticket_hash.eq(ticket_hash),
            parked_launches::ticket_expires_at.eq(until),
        ))
        .execute(c)? == 1))
}

/// Takes it out; false when somebody was faster. Of two at once exactly one gets it.
pub fn consume(connection: &mut Connection, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(parked_launches::table.find(id)).execute(c)? == 1))
}

/// Deletes those that expired before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(parked_launches::table)
        .filter(parked_launches::expires_at.lt(before))
        .execute(c)?))
}
