//! Sign-ins of administrators and learners by an OpenID Connect provider: those under way, used once, and the identities that a
//! provider told. Sign-ins by a one-time link are `invitations`.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    people::Identity,
    schema::{identities, persons, sign_in_states},
};

/// The kind of an identity that an OpenID Connect provider tells.
pub const PROVIDER: &str = "provider";

/// A sign-in that was sent to the provider.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_states)]
pub struct SignInState {
    /// UUIDv7.
    pub id: String,
    /// SHA-256 of the state, hexadecimal.
    pub state_hash: String,
    /// SHA-256 of the value of the state's cookie, hexadecimal.
    pub cookie_hash: String,
    /// The provider's id in the settings.
    pub provider: String,
    /// The nonce that the ID token must bring.
    pub nonce: String,
    /// The PKCE verifier (RFC 7636) of the code.
    pub code_verifier: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Not valid from then on.
    pub expires_at: Timestamp,
    /// For whom: `administrator` or `learner`.
    pub audience: String,
}

lti::debug_only!(SignInState: id, provider, created_at, expires_at);

/// Keeps one.
pub fn insert(connection: &mut Connection, state: &SignInState) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(sign_in_states::table).values(state).execute(c)?;
        Ok(())
    })
}

/// The sign-in of that state, without using it up.
pub fn find(connection: &mut Connection, state_hash: &str) -> Result<Option<SignInState>> {
    db!(connection, c => Ok(sign_in_states::table
        .filter(sign_in_states::state_hash.eq(state_hash))
        .select(SignInState::as_select())
        .first(c)
        .optional()?))
}

/// Uses it up; `None` when it was used before. Of two at once exactly one gets it.
pub fn consume(connection: &mut Connection, id: &str) -> Result<Option<SignInState>> {
    db!(connection, c => Ok(diesel::delete(sign_in_states::table.find(id))
        .returning(SignInState::as_select())
        .get_result(c)
        .optional()?))
}

/// Deletes those that expired before `before`.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(sign_in_states::table)
        .filter(sign_in_states::expires_at.lt(before))
        .execute(c)?))
}

/// The identity of that subject at that issuer.
pub fn find_identity(connection: &mut Connection, issuer: &str, subject: &str) -> Result<Option<Identity>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::issuer.eq(issuer).and(identities::subject.eq(subject)))
        .select(Identity::as_select())
        .first(c)
        .optional()?))
}

/// Keeps what the issuer tells of an identity, and makes it and its person when the subject is new (`new.id` and
/// `new.person_id` are used then). Answers the identity as it stands. A name that is no longer told is forgotten.
pub fn upsert_identity(connection: &mut Connection, issuer: &str, new: &Identity) -> Result<Identity> {
    db!(connection, c => {
        diesel::insert_into(persons::table)
            .values((persons::id.eq(&new.person_id), persons::created_at.eq(new.created_at)))
            .execute(c)?;
        let identity = diesel::insert_into(identities::table)
            .values((new, identities::issuer.eq(issuer)))
            .on_conflict((identities::issuer, identities::subject))
            .do_update()
            .set((
                identities::name.eq(&new.name),
                identities::given_name.eq(&new.given_name),
                identities::family_name.eq(&new.family_name),
                identities::email.eq(&new.email),
                identities::seen_at.eq(new.seen_at),
            ))
            .returning(Identity::as_select())
            .get_result(c)?;
        if identity.person_id != new.person_id {
            diesel::delete(persons::table.find(&new.person_id)).execute(c)?;
        }
        Ok(identity)
    })
}
