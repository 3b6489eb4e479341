//! What each platform said when its configuration, or its record of us, was
//! last read: one row per registration.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::platform_offers};

/// The last reading of one platform.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = platform_offers)]
#[diesel(treat_none_as_null = true)]
pub struct PlatformOffer {
    /// Whose.
    pub registration_id: String,
    /// Where the configuration is.
    pub configuration_url: String,
    /// Where the platform's record of us is (RFC 7592).
    pub management_url: Option<String>,
    /// The token for it, encrypted.
    pub management_token: Option<String>,
    /// The configuration, as JSON of `lti`.
    pub offer: String,
    /// What we asked for, as JSON of `lti`; empty when nothing was asked.
    pub asked: String,
    /// What the platform says it stored, as JSON of `lti`; empty when it did not say.
    pub stored: String,
    /// When.
    pub read_at: Timestamp,
}

/// Leaves out the token.
impl std::fmt::Debug for PlatformOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PlatformOffer")
            .field("registration_id", &self.registration_id)
            .field("configuration_url", &self.configuration_url)
            .field("read_at", &self.read_at)
            .finish_non_exhaustive()
    }
}

/// A registration's last reading.
pub fn get(connection: &mut Connection, registration_id: &str) -> Result<Option<PlatformOffer>> {
    db!(connection, c => Ok(platform_offers::table
        .find(registration_id)
        .select(PlatformOffer::as_select())
        .first(c)
        .optional()?))
}

/// Keeps a reading in the place of the former one.
pub fn put(connection: &mut Connection, offer: &PlatformOffer) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(platform_offers::table)
            .values(offer)
            .on_conflict(platform_offers::registration_id)
            .do_update()
            .set(offer)
            .execute(c)?;
        Ok(())
    })
}
