//! Who did what, for the organisation's administrators.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::audit_records};

/// One deed.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_records)]
pub struct AuditRecord {
    /// UUIDv7.
    pub id: String,
    /// Where.
    pub organisation_id: String,
    /// Who; empty for the command line and for the service itself.
    pub person_id: Option<String>,
    /// What, as a fixed word such as `registration.add`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// JSON, without personal data.
    pub detail: String,
    /// When.
    pub created_at: Timestamp,
}

/// Keeps one.
pub fn insert(connection: &mut Connection, record: &AuditRecord) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(audit_records::table).values(record).execute(c)?;
        Ok(())
    })
}
