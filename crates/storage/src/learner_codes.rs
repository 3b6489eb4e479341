//! The codes by which learners who come from no platform sign in: invitations of an organisation, and each account's own
//! code to return with.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{identities, learner_codes},
};

/// Makes an account, once.
pub const INVITATION: &str = "invitation";
/// Opens an account whose own code was lost, once.
pub const AGAIN: &str = "again";
/// The account's own, as often as its learner likes.
pub const RETURN: &str = "return";

/// A code; only a keyed hash of it is kept.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = learner_codes)]
pub struct LearnerCode {
    /// UUIDv7.
    pub id: String,
    /// Who invites.
    pub organisation_id: String,
    /// [`INVITATION`], [`AGAIN`] or [`RETURN`].
    pub kind: String,
    /// HMAC-SHA-256 of the code, hexadecimal.
    pub code_hash: String,
    /// For whom it is, in the administrator's words.
    pub label: String,
    /// Whose account it opens; of an invitation, whose it made.
    pub identity_id: Option<String>,
    /// Which administrator made it.
    pub created_by: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Not valid from then on; a code to return with lasts.
    pub expires_at: Option<Timestamp>,
    /// When it was used; of a code to return with, when last.
    pub used_at: Option<Timestamp>,
}

lti::debug_only!(LearnerCode: id, kind, created_at, expires_at, used_at);

/// Adds some.
pub fn insert(connection: &mut Connection, codes: &[LearnerCode]) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(learner_codes::table).values(codes).execute(c)?;
        Ok(())
    })
}

/// The code of that hash, used or not: it names its organisation itself.
pub fn find_by_hash(connection: &mut Connection, code_hash: &str) -> Result<Option<LearnerCode>> {
    db!(connection, c => Ok(learner_codes::table
        .filter(learner_codes::code_hash.eq(code_hash))
        .select(LearnerCode::as_select())
        .first(c)
        .optional()?))
}

/// Uses a code up for that account; false when it was used or has expired before. Of two at once exactly one gets it.
pub fn spend(connection: &mut Connection, id: &str, identity_id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(learner_codes::table.find(id))
        .filter(learner_codes::used_at.is_null().and(learner_codes::expires_at.gt(now)))
        .set((learner_codes::used_at.eq(now), learner_codes::identity_id.eq(identity_id)))
        .execute(c)? == 1))
}

/// Notes that somebody returned with it.
pub fn touch(connection: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::update(learner_codes::table.find(id)).set(learner_codes::used_at.eq(now)).execute(c)?;
        Ok(())
    })
}

/// An organisation's invitations and renewed ones with the name of whoever has the account, the newest first.
pub fn list(
    connection: &mut Connection,
    organisation_id: &str,
) -> Result<Vec<(LearnerCode, Option<String>)>> {
    db!(connection, c => Ok(learner_codes::table
        .left_join(identities::table)
        .filter(learner_codes::organisation_id.eq(organisation_id).and(learner_codes::kind.ne(RETURN)))
        .order(learner_codes::id.desc())
        .select((LearnerCode::as_select(), identities::name.nullable()))
        .load(c)?))
}

/// How many codes of an organisation could still be used.
pub fn count_open(connection: &mut Connection, organisation_id: &str, now: Timestamp) -> Result<i64> {
    db!(connection, c => Ok(learner_codes::table
        .filter(learner_codes::organisation_id.eq(organisation_id).and(learner_codes::kind.ne(RETURN)))
        .filter(learner_codes::used_at.is_null().and(learner_codes::expires_at.gt(now)))
        .count()
        .get_result(c)?))
}

/// A code of the organisation.
pub fn find(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<LearnerCode>> {
    db!(connection, c => Ok(learner_codes::table
        .filter(learner_codes::organisation_id.eq(organisation_id).and(learner_codes::id.eq(id)))
        .select(LearnerCode::as_select())
        .first(c)
        .optional()?))
}

/// Withdraws an unused code of the organisation; false when there is none.
pub fn withdraw(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(learner_codes::table)
        .filter(learner_codes::organisation_id.eq(organisation_id).and(learner_codes::id.eq(id)))
        .filter(learner_codes::kind.ne(RETURN).and(learner_codes::used_at.is_null()))
        .execute(c)? == 1))
}

/// Withdraws all unused invitations of that label; answers how many.
pub fn withdraw_labelled(connection: &mut Connection, organisation_id: &str, label: &str) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(learner_codes::table)
        .filter(learner_codes::organisation_id.eq(organisation_id).and(learner_codes::label.eq(label)))
        .filter(learner_codes::kind.ne(RETURN).and(learner_codes::used_at.is_null()))
        .execute(c)?))
}

/// Takes away the account's own code, and what was made for it and not used.
pub fn delete_ways_back(connection: &mut Connection, identity_id: &str) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(learner_codes::table)
        .filter(learner_codes::identity_id.eq(identity_id))
        .filter(
            learner_codes::kind.eq(RETURN)
                .or(learner_codes::kind.eq(AGAIN).and(learner_codes::used_at.is_null())),
        )
        .execute(c)?))
}

/// Takes away what was made for an account whose own code was lost, and not used.
pub fn delete_unused_again(connection: &mut Connection, identity_id: &str) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(learner_codes::table)
        .filter(learner_codes::identity_id.eq(identity_id))
        .filter(learner_codes::kind.eq(AGAIN).and(learner_codes::used_at.is_null()))
        .execute(c)?))
}

/// The codes of an account.
pub fn list_of_identity(connection: &mut Connection, identity_id: &str) -> Result<Vec<LearnerCode>> {
    db!(connection, c => Ok(learner_codes::table
        .filter(learner_codes::identity_id.eq(identity_id))
        .order(learner_codes::id)
        .select(LearnerCode::as_select())
        .load(c)?))
}

/// Deletes unused ones that expired before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(learner_codes::table)
        .filter(learner_codes::expires_at.lt(before).and(learner_codes::used_at.is_null()))
        .execute(c)?))
}
