//! The platforms' key sets as they were last seen in good order, so that a
//! restart while a platform is down still verifies its launches.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::platform_key_sets};

/// One platform's key set.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = platform_key_sets)]
pub struct PlatformKeySet {
    /// Whose.
    pub registration_id: String,
    /// Where it came from.
    pub jwks_url: String,
    /// JSON (RFC 7517), as it came.
    pub key_set: String,
    /// When.
    pub fetched_at: Timestamp,
}

/// A registration's kept key set.
pub fn get(connection: &mut Connection, registration_id: &str) -> Result<Option<PlatformKeySet>> {
    db!(connection, c => Ok(platform_key_sets::table
        .find(registration_id)
        .select(PlatformKeySet::as_select())
        .first(c)
        .optional()?))
}

/// When each kept key set came, by registration.
pub fn list_ages(connection: &mut Connection) -> Result<Vec<(String, Timestamp)>> {
    db!(connection, c => Ok(platform_key_sets::table
        .select((platform_key_sets::registration_id, platform_key_sets::fetched_at))
        .load(c)?))
}

/// Keeps a key set in the place of the former one.
pub fn put(connection: &mut Connection, set: &PlatformKeySet) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(platform_key_sets::table)
            .values(set)
            .on_conflict(platform_key_sets::registration_id)
            .do_update()
            .set(set)
            .execute(c)?;
        Ok(())
    })
}
