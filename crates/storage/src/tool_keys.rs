//! Our own key pairs. The private halves are encrypted before they come here.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::tool_keys};

/// One key pair.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = tool_keys)]
pub struct ToolKey {
    /// The key id (RFC 7638 thumbprint).
    pub id: String,
    /// PKCS#8, encrypted and base64.
    pub private_key: String,
    /// JSON Web Key.
    pub public_key: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Published but no longer signing from then on.
    pub retired_at: Option<Timestamp>,
}

/// All key pairs, newest first: the first one without `retired_at` signs.
pub fn list(connection: &mut Connection) -> Result<Vec<ToolKey>> {
    db!(connection, c => Ok(tool_keys::table
        .order((tool_keys::created_at.desc(), tool_keys::id))
        .select(ToolKey::as_select())
        .load(c)?))
}

/// Adds the first key pair; false when another process was faster.
pub fn insert_first(connection: &mut Connection, key: &ToolKey) -> Result<bool> {
    if !list(connection)?.is_empty() {
        return Ok(false);
    }
    db!(connection, c => Ok(diesel::insert_into(tool_keys::table).values(key).execute(c)? == 1))
}
