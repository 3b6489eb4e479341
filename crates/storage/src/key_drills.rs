//! Which platform has accepted which of our keys: one row per registration and
//! key. Service-wide, since the keys are: the queries without a scope serve
//! the rotation, which no organisation owns.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    registrations::Registration,
    schema::{key_drills, registrations},
};

/// What is known of one platform and one key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = key_drills)]
pub struct KeyDrill {
    /// Whose platform is asked.
    pub registration_id: String,
    /// With which key.
    pub tool_key_id: String,
    /// `waiting`, `proven`, `refused`, `refused-both` or `unreachable`.
    pub result: String,
    /// The platform's reason in English; empty when there is none.
    pub detail: String,
    /// How often it was asked.
    pub tries: i64,
    /// When it is asked next, unless it is proven.
    pub due_at: Timestamp,
    /// When it was asked last.
    pub tried_at: Option<Timestamp>,
    /// When the platform accepted the key.
    pub proven_at: Option<Timestamp>,
}

/// Of all keys of a registration, those that its platform has accepted.
pub fn list_proven(connection: &mut Connection, registration_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(key_drills::table
        .filter(key_drills::registration_id.eq(registration_id).and(key_drills::proven_at.is_not_null()))
        .select(key_drills::tool_key_id)
        .load(c)?))
}

/// All rows.
pub fn list(connection: &mut Connection) -> Result<Vec<KeyDrill>> {
    db!(connection, c => Ok(key_drills::table.select(KeyDrill::as_select()).load(c)?))
}

/// All registrations of all organisations, newest first: each is asked with a new key.
pub fn list_registrations(connection: &mut Connection) -> Result<Vec<Registration>> {
    db!(connection, c => Ok(registrations::table
        .order(registrations::id.desc())
        .select(Registration::as_select())
        .load(c)?))
}

/// How many active registrations have not accepted the key.
pub fn count_unproven(connection: &mut Connection, tool_key_id: &str) -> Result<i64> {
    db!(connection, c => {
        let proven = key_drills::table
            .filter(key_drills::tool_key_id.eq(tool_key_id).and(key_drills::proven_at.is_not_null()))
            .select(key_drills::registration_id);
        Ok(registrations::table
            .filter(registrations::status.eq("active").and(registrations::id.ne_all(proven)))
            .count()
            .get_result(c)?)
    })
}

/// The active registrations that nobody has thought of asking with the key.
pub fn list_unasked(connection: &mut Connection, tool_key_id: &str) -> Result<Vec<String>> {
    db!(connection, c => {
        let asked = key_drills::table
            .filter(key_drills::tool_key_id.eq(tool_key_id))
            .select(key_drills::registration_id);
        Ok(registrations::table
            .filter(registrations::status.eq("active").and(registrations::id.ne_all(asked)))
            .order(registrations::id)
            .select(registrations::id)
            .load(c)?)
    })
}

/// Has a registration asked with the key at `now`; adding it twice changes nothing.
pub fn enqueue(
    connection: &mut Connection,
    registration_id: &str,
    tool_key_id: &str,
    now: Timestamp,
) -> Result<()> {
    let row = KeyDrill {
        registration_id: registration_id.to_owned(),
        tool_key_id: tool_key_id.to_owned(),
        result: "waiting".to_owned(),
        detail: String::new(),
        tries: 0,
        due_at: now,
        tried_at: None,
        proven_at: None,
    };
    db!(connection, c => {
        diesel::insert_into(key_drills::table).values(&row).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// Has the platforms that have not accepted the key asked again now.
pub fn hurry(connection: &mut Connection, tool_key_id: &str, now: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(key_drills::table)
        .filter(key_drills::tool_key_id.eq(tool_key_id).and(key_drills::proven_at.is_null()))
        .set(key_drills::due_at.eq(now))
        .execute(c)?))
}

/// Takes one due row: it is due again at `next`, so that nobody else asks meanwhile. False when somebody was faster.
pub fn claim(connection: &mut Connection, drill: &KeyDrill, now: Timestamp, next: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(
            key_drills::table.find((&drill.registration_id, &drill.tool_key_id)))
        .filter(
            key_drills::proven_at.is_null()
                .and(key_drills::due_at.le(now))
                .and(key_drills::tries.eq(drill.tries)),
        )
        .set((key_drills::due_at.eq(next), key_drills::tries.eq(key_drills::tries + 1)))
        .execute(c)? == 1))
}

/// The rows that are due, the longest due first.
pub fn list_due(connection: &mut Connection, most: i64, now: Timestamp) -> Result<Vec<KeyDrill>> {
    db!(connection, c => Ok(key_drills::table
        .inner_join(registrations::table)
        .filter(
            registrations::status.eq("active")
                .and(key_drills::proven_at.is_null())
                .and(key_drills::due_at.le(now)),
        )
        .order((key_drills::due_at, key_drills::registration_id))
        .limit(most)
        .select(KeyDrill::as_select())
        .load(c)?))
}

/// Keeps what the platform said. A proof is never taken back; false when the row is gone.
pub fn settle(
    connection: &mut Connection,
    registration_id: &str,
    tool_key_id: &str,
    result: &str,
    detail: &str,
    now: Timestamp,
) -> Result<bool> {
    let proven_at = (result == "proven").then_some(now);
    db!(connection, c => Ok(diesel::update(key_drills::table.find((registration_id, tool_key_id)))
        .filter(key_drills::proven_at.is_null())
        .set((
            key_drills::result.eq(result),
            key_drills::detail.eq(detail),
            key_drills::tried_at.eq(now),
            key_drills::proven_at.eq(proven_at),
        ))
        .execute(c)? == 1))
}
