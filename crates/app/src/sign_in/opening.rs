//! How a session of somebody who signed in begins: the browser gets another cookie, under which its other sessions go on,
//! so that what was planted or copied before is worth nothing.

use chrono::{DateTime, Duration, Utc};
use storage::{Connection, people::Identity, sessions};

use crate::{App, Result, random, session::Role};

/// The longest that any session lasts before somebody asks for more.
const LONGEST_SESSION: Duration = Duration::hours(12);

/// A session that is about to begin.
pub(crate) struct Opening {
    old_hash: Option<String>,
    new_hash: String,
    locale: String,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// The browser's new cookie, and what [`open`] needs.
pub(crate) fn opening(app: &App, browser_secret: Option<&str>, locale: String) -> (String, Opening) {
    let new_secret = random::secret();
    let now = app.clock().now();
    let opening = Opening {
        old_hash: browser_secret.map(random::hash),
        new_hash: random::hash(&new_secret),
        locale,
        now,
        until: now + app.session_lifetime().min(LONGEST_SESSION),
    };
    (new_secret, opening)
}

/// Begins an administrator's session and answers its id.
pub(crate) fn open(
    connection: &mut Connection,
    organisation_id: &str,
    identity: &Identity,
    opening: Opening,
) -> Result<String> {
    let browser_id = browser(connection, &opening)?;
    let session = session_row(organisation_id, identity, browser_id, opening);
    sessions::insert(connection, &session)?;
    Ok(session.id)
}

/// Begins a learner's session and answers its id. What another learner left open in this browser ends.
pub(crate) fn open_for_learner(
    connection: &mut Connection,
    organisation_id: &str,
    identity: &Identity,
    opening: Opening,
) -> Result<String> {
    let browser_id = browser(connection, &opening)?;
    let now = opening.now.naive_utc();
    sessions::end_other_learners(connection, &browser_id, &identity.id, now)?;
    let session = sessions::Session {
        kind: sessions::LEARNER.to_owned(),
        role: Role::Learner.as_str().to_owned(),
        ..session_row(organisation_id, identity, browser_id, opening)
    };
    sessions::insert(connection, &session)?;
    Ok(session.id)
}

fn browser(connection: &mut Connection, opening: &Opening) -> Result<String> {
    let now = opening.now.naive_utc();
    if let Some(old_hash) = &opening.old_hash
        && let Some(known) = sessions::change_secret(connection, old_hash, &opening.new_hash, now)?
    {
        return Ok(known.id);
    }
    let new = sessions::Browser {
        id: random::id(),
        secret_hash: opening.new_hash.clone(),
        created_at: now,
        seen_at: now,
    };
    Ok(sessions::upsert_browser(connection, &new)?.id)
}

fn session_row(
    organisation_id: &str,
    identity: &Identity,
    browser_id: String,
    opening: Opening,
) -> sessions::Session {
    sessions::Session {
        id: random::id(),
        browser_id,
        person_id: identity.person_id.clone(),
        identity_id: identity.id.clone(),
        organisation_id: organisation_id.to_owned(),
        registration_id: None,
        deployment_id: None,
        context_id: None,
        resource_link_id: None,
        kind: "administration".to_owned(),
        role: Role::Administrator.as_str().to_owned(),
        locale: opening.locale,
        csrf_token: random::secret(),
        launch: "{}".to_owned(),
        created_at: opening.now.naive_utc(),
        expires_at: opening.until.naive_utc(),
        ended_at: None,
    }
}
