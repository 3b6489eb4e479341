//! One-time addresses: dynamic registration and the administrator's sign-in.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::invitations};

/// A one-time address. Only the hash of its secret is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    /// UUIDv7.
    pub id: String,
    /// Who invites.
    pub organisation_id: String,
    /// `registration` or `administrator`.
    pub kind: String,
    /// SHA-256 of the secret in the address, hexadecimal.
    pub secret_hash: String,
    /// The platform's host (with port, when it is not the scheme's own); empty until the first host uses it.
    pub host: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// When it was spent.
    pub used_at: Option<Timestamp>,
}

/// Adds one.
pub fn insert(connection: &mut Connection, invitation: &Invitation) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(invitations::table).values(invitation).execute(c)?;
        Ok(())
    })
}

/// The invitation of that secret and kind, spent or not.
pub fn find_by_secret(
    connection: &mut Connection,
    kind: &str,
    secret_hash: &str,
) -> Result<Option<Invitation>> {
    db!(connection, c => Ok(invitations::table
        .filter(invitations::secret_hash.eq(secret_hash).and(invitations::kind.eq(kind)))
        .select(Invitation::as_select())
        .first(c)
        .optional()?))
}

/// An organisation's invitations of a kind, newest first.
pub fn list(connection: &mut Connection, organisation_id: &str, kind: &str) -> Result<Vec<Invitation>> {
    db!(connection, c => Ok(invitations::table
        .filter(invitations::organisation_id.eq(organisation_id).and(invitations::kind.eq(kind)))
        .order(invitations::id.desc())
        .select(Invitation::as_select())
        .load(c)?))
}

/// Spends it; false when it was spent or has expired before.
pub fn spend(connection: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(invitations::table.find(id))
        .filter(invitations::used_at.is_null().and(invitations::expires_at.gt(now)))
        .set(invitations::used_at.eq(now))
        .execute(c)? == 1))
}

/// Gives a spent invitation back as it was before, when the platform did not take the registration.
pub fn give_back(connection: &mut Connection, before: &Invitation) -> Result<()> {
    db!(connection, c => {
        diesel::update(invitations::table.find(&before.id))
            .set((invitations::used_at.eq(None::<Timestamp>), invitations::host.eq(&before.host)))
            .execute(c)?;
        Ok(())
    })
}

/// Binds it to a host; false when it is bound to another one.
pub fn bind_to_host(connection: &mut Connection, id: &str, host: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(invitations::table.find(id))
        .filter(invitations::host.is_null().or(invitations::host.eq(host)))
        .set(invitations::host.eq(host))
        .execute(c)? == 1))
}

/// Withdraws an unspent invitation of the organisation; false when there is none.
pub fn withdraw(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(invitations::table.find(id))
        .filter(invitations::organisation_id.eq(organisation_id).and(invitations::used_at.is_null()))
        .execute(c)? == 1))
}

/// Deletes those that expired before `before`, except those a registration came from.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(invitations::table)
        .filter(invitations::expires_at.lt(before).and(invitations::used_at.is_null()))
        .execute(c)?))
}
