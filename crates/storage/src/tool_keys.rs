//! Our own key pairs. The private halves are encrypted before they come here.
//! At most one is being introduced and at most one signs: the database sees to it.

use diesel::prelude::*;

use crate::{Connection, Result, Timestamp, connection::db, schema::tool_keys};

/// In our key set; signs only for platforms that have proven it.
pub const PUBLISHED: &str = "published";
/// Signs.
pub const SIGNING: &str = "signing";
/// Still in our key set, until what was signed with it is over.
pub const RETIRING: &str = "retiring";

/// One key pair.
#[derive(Clone, Queryable, Selectable, Insertable)]
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
    /// When it stopped signing.
    pub retired_at: Option<Timestamp>,
    /// [`PUBLISHED`], [`SIGNING`] or [`RETIRING`].
    pub state: String,
    /// When it became the one that signs.
    pub signing_at: Option<Timestamp>,
}

lti::debug_only!(ToolKey: id, state, created_at, signing_at, retired_at);

/// All key pairs, newest first.
pub fn list(connection: &mut Connection) -> Result<Vec<ToolKey>> {
    db!(connection, c => Ok(tool_keys::table
        .order((tool_keys::created_at.desc(), tool_keys::id))
        .select(ToolKey::as_select())
        .load(c)?))
}

/// Adds a key pair, unless there is one in its state already; false then.
pub fn insert(connection: &mut Connection, key: &ToolKey) -> Result<bool> {
    db!(connection, c => Ok(diesel::insert_into(tool_keys::table)
        .values(key)
        .on_conflict_do_nothing()
        .execute(c)? == 1))
}

/// The signing key signs no longer; false when it does not sign.
pub fn retire(connection: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(tool_keys::table.find(id))
        .filter(tool_keys::state.eq(SIGNING))
        .set((tool_keys::state.eq(RETIRING), tool_keys::retired_at.eq(now)))
        .execute(c)? == 1))
}

/// The published key signs from now on; false when it is not published.
pub fn promote(connection: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(tool_keys::table.find(id))
        .filter(tool_keys::state.eq(PUBLISHED))
        .set((tool_keys::state.eq(SIGNING), tool_keys::signing_at.eq(now)))
        .execute(c)? == 1))
}

/// Destroys a key pair and what was learnt about it; false when it is gone already.
pub fn delete(connection: &mut Connection, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(tool_keys::table.find(id)).execute(c)? == 1))
}
