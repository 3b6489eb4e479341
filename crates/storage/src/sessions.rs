//! Browsers and the sessions that belong to them.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{browsers, sessions},
};

/// The kind of a session of a learner who came from no platform.
pub const LEARNER: &str = "learner";

/// A browser that holds our cookie; only the hash of its value is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = browsers)]
pub struct Browser {
    /// UUIDv7.
    pub id: String,
    /// SHA-256 of the cookie's value, hexadecimal.
    pub secret_hash: String,
    /// When the cookie was given.
    pub created_at: Timestamp,
    /// When it last brought a launch.
    pub seen_at: Timestamp,
}

/// One launch or sign-in.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// UUIDv7; worth nothing without the browser's cookie.
    pub id: String,
    /// The browser it belongs to.
    pub browser_id: String,
    /// Who.
    pub person_id: String,
    /// As whom.
    pub identity_id: String,
    /// Whose platform, or whose administration.
    pub organisation_id: String,
    /// From which registration; empty for administrators.
    pub registration_id: Option<String>,
    /// From which deployment.
    pub deployment_id: Option<String>,
    /// From which context.
    pub context_id: Option<String>,
    /// From which activity; empty for deep linking.
    pub resource_link_id: Option<String>,
    /// `launch`, `deep-linking`, `administration` or [`LEARNER`].
    pub kind: String,
    /// `instructor`, `learner`, `none` or `administrator`.
    pub role: String,
    /// Language tag.
    pub locale: String,
    /// What each form of this session must bring.
    pub csrf_token: String,
    /// JSON of what only this launch told; its shape is `app`'s.
    pub launch: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Not valid from then on, but for an open attempt.
    pub expires_at: Timestamp,
    /// When it was ended by hand or by another person's launch.
    pub ended_at: Option<Timestamp>,
}

/// Leaves out the forms' token and what the platform told.
impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The browser of that cookie.
pub fn find_browser(connection: &mut Connection, secret_hash: &str) -> Result<Option<Browser>> {
    db!(connection, c => Ok(browsers::table
        .filter(browsers::secret_hash.eq(secret_hash))
        .select(Browser::as_select())
        .first(c)
        .optional()?))
}

/// The browser of that cookie, made when it is new: two first launches of one browser both find it.
pub fn upsert_browser(connection: &mut Connection, new: &Browser) -> Result<Browser> {
    db!(connection, c => Ok(diesel::insert_into(browsers::table)
        .values(new)
        .on_conflict(browsers::secret_hash)
        .do_update()
        .set(browsers::seen_at.eq(new.seen_at))
        .returning(Browser::as_select())
        .get_result(c)?))
}

/// Gives the browser of that cookie another one, whose sessions go on; `None` when there is no such browser. A cookie
/// that somebody planted or copied before is worth nothing from then on.
pub fn change_secret(
    connection: &mut Connection,
    secret_hash: &str,
    new_hash: &str,
    now: Timestamp,
) -> Result<Option<Browser>> {
    db!(connection, c => Ok(diesel::update(browsers::table)
        .filter(browsers::secret_hash.eq(secret_hash))
        .set((browsers::secret_hash.eq(new_hash), browsers::seen_at.eq(now)))
        .returning(Browser::as_select())
        .get_result(c)
        .optional()?))
}

/// Adds one.
pub fn insert(connection: &mut Connection, session: &Session) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(sessions::table).values(session).execute(c)?;
        Ok(())
    })
}

/// The session of that id in the browser of that cookie, ended or not.
pub fn find(connection: &mut Connection, secret_hash: &str, id: &str) -> Result<Option<Session>> {
    db!(connection, c => Ok(sessions::table
        .inner_join(browsers::table)
        .filter(sessions::id.eq(id).and(browsers::secret_hash.eq(secret_hash)))
        .select(Session::as_select())
        .first(c)
        .optional()?))
}

/// The live session of that browser and person at that link, the newest one.
pub fn find_at_link(
    connection: &mut Connection,
    browser_id: &str,
    person_id: &str,
    resource_link_id: &str,
    now: Timestamp,
) -> Result<Option<Session>> {
    db!(connection, c => Ok(sessions::table
        .filter(
            sessions::browser_id.eq(browser_id)
                .and(sessions::person_id.eq(person_id))
                .and(sessions::resource_link_id.eq(resource_link_id))
                .and(sessions::ended_at.is_null())
                .and(sessions::expires_at.gt(now)),
        )
        .order(sessions::id.desc())
        .select(Session::as_select())
        .first(c)
        .optional()?))
}

/// Ends the sessions that other persons of the registration have in this browser.
pub fn end_other_persons(
    connection: &mut Connection,
    browser_id: &str,
    registration_id: &str,
    person_id: &str,
    now: Timestamp,
) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::browser_id.eq(browser_id)
                .and(sessions::registration_id.eq(registration_id))
                .and(sessions::person_id.ne(person_id))
                .and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// The newest session of a learner in the browser of that cookie that is valid now.
pub fn find_live_learner(
    connection: &mut Connection,
    secret_hash: &str,
    now: Timestamp,
) -> Result<Option<String>> {
    db!(connection, c => Ok(sessions::table
        .inner_join(browsers::table)
        .filter(browsers::secret_hash.eq(secret_hash).and(sessions::kind.eq(LEARNER)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .order(sessions::id.desc())
        .select(sessions::id)
        .first(c)
        .optional()?))
}

/// Ends the sessions that other learners have in this browser.
pub fn end_other_learners(
    connection: &mut Connection,
    browser_id: &str,
    identity_id: &str,
    now: Timestamp,
) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::browser_id.eq(browser_id)
                .and(sessions::kind.eq(LEARNER))
                .and(sessions::identity_id.ne(identity_id))
                .and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// Ends all sessions of an identity.
pub fn end_of_identity(connection: &mut Connection, identity_id: &str, now: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::identity_id.eq(identity_id).and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// Ends all sessions of an identity but one.
pub fn end_of_identity_but(
    connection: &mut Connection,
    identity_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::identity_id.eq(identity_id)
                .and(sessions::id.ne(id))
                .and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// Ends the sessions that a session opened for the quizzes of its course: their facts name it.
pub fn end_opened_from(
    connection: &mut Connection,
    browser_id: &str,
    id: &str,
    now: Timestamp,
) -> Result<usize> {
    let names_it = format!("%\"session_id\":\"{id}\"%");
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::browser_id.eq(browser_id)
                .and(sessions::launch.like(&names_it))
                .and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// Ends one.
pub fn end(connection: &mut Connection, id: &str, now: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::update(sessions::table.find(id)).set(sessions::ended_at.eq(now)).execute(c)?;
        Ok(())
    })
}

/// Ends the administration sessions that a person has of an organisation.
pub fn end_administration(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
    now: Timestamp,
) -> Result<usize> {
    db!(connection, c => Ok(diesel::update(sessions::table)
        .filter(
            sessions::organisation_id.eq(organisation_id)
                .and(sessions::person_id.eq(person_id))
                .and(sessions::kind.eq("administration"))
                .and(sessions::ended_at.is_null()),
        )
        .set(sessions::ended_at.eq(now))
        .execute(c)?))
}

/// Lets a session live at least until then.
pub fn extend(connection: &mut Connection, id: &str, until: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::update(sessions::table.find(id))
            .filter(sessions::expires_at.lt(until))
            .set(sessions::expires_at.eq(until))
            .execute(c)?;
        Ok(())
    })
}

/// Lets the sessions that a person has now live until then at least.
pub fn extend_of_person(
    connection: &mut Connection,
    person_id: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(sessions::table)
            .filter(sessions::person_id.eq(person_id).and(sessions::ended_at.is_null()))
            .filter(sessions::expires_at.gt(now).and(sessions::expires_at.lt(until)))
            .set(sessions::expires_at.eq(until))
            .execute(c)?;
        Ok(())
    })
}

/// Keeps another language for the session.
pub fn set_locale(connection: &mut Connection, id: &str, locale: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(sessions::table.find(id)).set(sessions::locale.eq(locale)).execute(c)?;
        Ok(())
    })
}

/// Replaces what only this launch told; false when it is not `before` any more.
pub fn replace_launch(connection: &mut Connection, id: &str, before: &str, launch: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(sessions::table.find(id))
        .filter(sessions::launch.eq(before))
        .set(sessions::launch.eq(launch))
        .execute(c)? == 1))
}

/// Deletes sessions that expired before `before`, then browsers not seen since `unseen` that have none.
pub fn tidy(connection: &mut Connection, before: Timestamp, unseen: Timestamp) -> Result<usize> {
    db!(connection, c => {
        let gone = diesel::delete(sessions::table).filter(sessions::expires_at.lt(before)).execute(c)?;
        diesel::delete(browsers::table)
            .filter(
                browsers::seen_at.lt(unseen)
                    .and(browsers::id.ne_all(sessions::table.select(sessions::browser_id))),
            )
            .execute(c)?;
        Ok(gone)
    })
}
