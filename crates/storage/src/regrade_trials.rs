//! Dry runs of proposed regrades that take longer than a request: how far they
//! are, what they counted, and the attempts whose marks would move. What is
//! counted is `app`'s; the proposals themselves stand in `regrades`.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{attempts, regrade_moves, regrade_trials},
};

/// A dry run under way or done.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = regrade_trials)]
pub struct Trial {
    /// The proposed regrade.
    pub regrade_id: String,
    /// Another one each time it begins anew.
    pub run: String,
    /// The last attempt that was looked at; empty before the first.
    pub after_attempt: String,
    /// How many attempts were submitted when it began.
    pub total: i64,
    /// How many of them were looked at.
    pub looked: i64,
    /// JSON of what was counted.
    pub content: String,
    /// When the last one was looked at.
    pub finished_at: Option<Timestamp>,
}

/// An attempt whose mark would move, on the scale of its column.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = regrade_moves)]
pub struct Move {
    /// The proposed regrade.
    pub regrade_id: String,
    /// The attempt.
    pub attempt_id: String,
    /// Its mark now.
    pub score_before: f64,
    /// Its mark afterwards.
    pub score_after: f64,
}

/// A move with its attempt's person and number.
#[derive(Debug, Clone, PartialEq, Queryable)]
pub struct Moved {
    /// The attempt.
    pub attempt_id: String,
    /// Whose it is.
    pub person_id: String,
    /// 1, 2, 3, … of this person.
    pub number: i64,
    /// Its mark now.
    pub before: f64,
    /// Its mark afterwards.
    pub after: f64,
}

/// Begins a regrade's dry run, in place of an earlier one.
pub fn begin(connection: &mut Connection, trial: &Trial) -> Result<()> {
    delete(connection, &trial.regrade_id)?;
    db!(connection, c => {
        diesel::insert_into(regrade_trials::table).values(trial).execute(c)?;
        Ok(())
    })
}

/// Deletes a regrade's dry run with its moves.
pub fn delete(connection: &mut Connection, regrade_id: &str) -> Result<()> {
    db!(connection, c => {
        diesel::delete(regrade_trials::table.find(regrade_id)).execute(c)?;
        Ok(())
    })
}

/// The dry run of a regrade that the caller has found.
pub fn get(connection: &mut Connection, regrade_id: &str) -> Result<Option<Trial>> {
    db!(connection, c => Ok(regrade_trials::table
        .find(regrade_id)
        .select(Trial::as_select())
        .first(c)
        .optional()?))
}

/// Keeps what a piece has found behind `before`; false when the dry run began
/// anew or another process was faster, and nothing is kept then.
pub fn advance(connection: &mut Connection, before: &Trial, after: &Trial, moves: &[Move]) -> Result<bool> {
    let is_next = db!(connection, c => diesel::update(regrade_trials::table.find(&before.regrade_id))
        .filter(
            regrade_trials::run.eq(&before.run)
                .and(regrade_trials::after_attempt.eq(&before.after_attempt))
                .and(regrade_trials::finished_at.is_null()),
        )
        .set((
            regrade_trials::after_attempt.eq(&after.after_attempt),
            regrade_trials::looked.eq(after.looked),
            regrade_trials::content.eq(&after.content),
            regrade_trials::finished_at.eq(after.finished_at),
        ))
        .execute(c))?
        == 1;
    if is_next && !moves.is_empty() {
        db!(connection, c => diesel::insert_into(regrade_moves::table).values(moves).execute(c))?;
    }
    Ok(is_next)
}

/// All moves of a regrade that the caller has found, in no order that means something.
pub fn list_moved(connection: &mut Connection, regrade_id: &str) -> Result<Vec<Moved>> {
    db!(connection, c => Ok(regrade_moves::table
        .inner_join(attempts::table)
        .filter(regrade_moves::regrade_id.eq(regrade_id))
        .order(regrade_moves::attempt_id)
        .select((
            attempts::id,
            attempts::person_id,
            attempts::number,
            regrade_moves::score_before,
            regrade_moves::score_after,
        ))
        .load(c)?))
}
