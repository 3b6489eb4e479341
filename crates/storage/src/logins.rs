//! Login initiations that wait for their launch: state and nonce, used once.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::login_states};

/// A login that was sent to the platform.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = login_states)]
pub struct Login {
    /// UUIDv7.
    pub id: String,
    /// SHA-256 of the state, hexadecimal.
    pub state_hash: String,
    /// SHA-256 of the value of the state cookie, hexadecimal.
    pub cookie_hash: String,
    /// The nonce that the id token must bring.
    pub nonce: String,
    /// For whom it was begun.
    pub registration_id: String,
    /// What the initiation asked for.
    pub target_link_uri: String,
    /// The deployment that the initiation named.
    pub deployment_platform_id: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// SHA-256 of the secret that was put into the browser's storage, hexadecimal.
    pub storage_hash: Option<String>,
    /// The platform's frame that stores for us (`lti_storage_target`).
    pub storage_target: Option<String>,
    /// How the login was begun; empty when nothing special was done. The names are `app`'s.
    pub way: String,
}

/// Leaves out the nonce and the cookie.
impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Login")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Keeps a login.
pub fn insert(connection: &mut Connection, login: &Login) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(login_states::table).values(login).execute(c)?;
        Ok(())
    })
}

/// The login of that state, without using it up.
pub fn find(connection: &mut Connection, state_hash: &str) -> Result<Option<Login>> {
    db!(connection, c => Ok(login_states::table
        .filter(login_states::state_hash.eq(state_hash))
        .select(Login::as_select())
        .first(c)
        .optional()?))
}

/// Uses the login up; `None` when it was used before. Of two at once exactly one gets it.
pub fn consume(connection: &mut Connection, id: &str) -> Result<Option<Login>> {
    db!(connection, c => Ok(diesel::delete(login_states::table.find(id))
        .returning(Login::as_select())
        .get_result(c)
        .optional()?))
}

/// Deletes those that expired before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(login_states::table)
        .filter(login_states::expires_at.lt(before))
        .execute(c)?))
}
