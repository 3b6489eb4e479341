//! Codes by which people without any account learn: an administrator makes invitations, each is redeemed once and becomes
//! an account with a code of its own to return with; who lost that gets another one-time code from the administrator.
//!
//! Left out on purpose: how often somebody may guess (`web::limits`), what an account can do (`learner`).

mod manage;
mod spelling;

use chrono::{DateTime, Utc};
use storage::{
    Connection,
    learner_codes::{self, LearnerCode},
    organisations,
    people::{self, Identity},
    sessions,
};

use crate::{
    App, Code, Error, Result, random,
    session::{self, Session, Visitor},
    sign_in::{self, Audience, Opening, SignedIn},
};

pub use manage::{
    Group, Listed, MOST_AT_ONCE, Made, NewCodes, Overview, State, again, make, overview, withdraw,
    withdraw_labelled,
};

/// The longest name that somebody may give themselves, in characters.
pub const LONGEST_NAME: usize = 80;

/// What the form of the sign-in page brings.
pub struct Redeem {
    /// The code as it was typed.
    pub code: String,
    /// The name that a new learner gives themselves; empty before they were asked.
    pub name: String,
    /// The value of the browser's cookie.
    pub browser_secret: Option<String>,
    /// Language tag of the reader.
    pub locale: String,
}

/// What becomes of a code.
pub enum Redeemed {
    /// It is a good invitation, and not spent yet: whoever has it still has to say their name.
    NeedsName {
        /// The code, as it is written.
        code: String,
        /// Who invites.
        organisation: String,
        /// Whether the name that came is none.
        is_wrong: bool,
    },
    /// It opened an account.
    SignedIn {
        /// The session that begins.
        signed_in: SignedIn,
        /// The code to return with, to be shown this once; `None` when it is the one that was typed.
        return_code: Option<String>,
    },
}

/// Redeems a one-time code or a code to return with.
///
/// # Errors
/// `WEB-CODE`, `WEB-CODE-USED`, `WEB-CODE-EXPIRED`; nothing is stored then.
pub async fn redeem(app: &App, request: Redeem) -> Result<Redeemed> {
    let now = app.clock().now();
    let code = spelling::read(&request.code).ok_or_else(unknown)?;
    let hash = app.keys().fingerprint(&code);
    let (browser_secret, opening) = sign_in::opening(app, request.browser_secret.as_deref(), request.locale);
    let fresh = fresh_return_code(app);
    let typed_name = request.name;
    let done = app
        .db()
        .write(move |c| {
            let row = learner_codes::find_by_hash(c, &hash)?.ok_or_else(unknown)?;
            match row.kind.as_str() {
                learner_codes::INVITATION => {
                    demand_unspent(&row, now)?;
                    match spelling::name(&typed_name) {
                        Some(name) => begin(c, &row, name, fresh, opening, now),
                        None => ask_for_name(c, &row, &code, !typed_name.trim().is_empty()),
                    }
                }
                learner_codes::AGAIN => {
                    demand_unspent(&row, now)?;
                    begin_again(c, &row, fresh, opening, now)
                }
                _ => come_back(c, &row, opening, now),
            }
        })
        .await?;
    Ok(match done {
        Done::Asked(asked) => asked,
        Done::Opened {
            session_id,
            return_code,
        } => Redeemed::SignedIn {
            signed_in: SignedIn {
                session_id,
                browser_secret,
                audience: Audience::Learners,
            },
            return_code,
        },
    })
}

/// Makes the learner another code to return with, in the place of theirs; answers it as it is written.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`; `WEB-FORBIDDEN` for whoever did not come by a code.
pub async fn renew(app: &App, visitor: Visitor) -> Result<(Session, String)> {
    let now = app.clock().now();
    let fresh = fresh_return_code(app);
    app.db()
        .write(move |c| {
            let session = session::resolve_for_change(c, &visitor, now)?;
            let identity = people::get(c, &session.identity_id)?;
            if !session.is_account() || identity.is_none_or(|identity| identity.kind != people::INVITATION) {
                return Err(session.refused(Code::Forbidden, "the session was not opened by a code"));
            }
            keep_return_code(c, &session.organisation_id, &session.identity_id, &fresh, now)?;
            // Somebody may have seen the old one, and be here already.
            sessions::end_of_identity_but(c, &session.identity_id, &session.id, now.naive_utc())?;
            Ok((session, spelling::grouped(&fresh.code)))
        })
        .await
}

enum Done {
    Asked(Redeemed),
    Opened {
        session_id: String,
        return_code: Option<String>,
    },
}

/// A code that nobody has yet.
struct Fresh {
    code: String,
    hash: String,
}

fn fresh_return_code(app: &App) -> Fresh {
    let code = draw(spelling::RETURN);
    let hash = app.keys().fingerprint(&code);
    Fresh { code, hash }
}

/// A random code of so many characters.
fn draw(characters: usize) -> String {
    loop {
        if let Some(code) = spelling::spell(random::bytes::<64>(), characters) {
            return code;
        }
    }
}

fn unknown() -> Error {
    Error::refused(Code::LearnerCode, "there is no such code")
}

fn demand_unspent(row: &LearnerCode, now: DateTime<Utc>) -> Result<()> {
    let refused = |code, detail| Err(Error::refused(code, detail).of_organisation(&row.organisation_id));
    if row.used_at.is_some() {
        return refused(Code::LearnerCodeUsed, "the code was used before");
    }
    if row.expires_at.is_some_and(|at| at <= now.naive_utc()) {
        return refused(Code::LearnerCodeExpired, "the code has expired");
    }
    Ok(())
}

fn ask_for_name(connection: &mut Connection, row: &LearnerCode, code: &str, is_wrong: bool) -> Result<Done> {
    let organisation = organisations::find(connection, &row.organisation_id)?;
    Ok(Done::Asked(Redeemed::NeedsName {
        code: spelling::grouped(code),
        organisation: organisation
            .map(|organisation| organisation.name)
            .unwrap_or_default(),
        is_wrong,
    }))
}

/// An invitation becomes an account.
fn begin(
    connection: &mut Connection,
    row: &LearnerCode,
    name: String,
    fresh: Fresh,
    opening: Opening,
    now: DateTime<Utc>,
) -> Result<Done> {
    let new = Identity {
        id: random::id(),
        person_id: random::id(),
        kind: people::INVITATION.to_owned(),
        registration_id: None,
        subject: row.id.clone(),
        name: Some(name),
        given_name: None,
        family_name: None,
        email: None,
        sourced_id: None,
        created_at: now.naive_utc(),
        seen_at: now.naive_utc(),
    };
    let identity = people::insert(connection, &new)?
        .ok_or_else(|| Error::Internal("a new learner is known already".to_owned()))?;
    spend(connection, row, &identity, now)?;
    open_with(connection, row, &identity, fresh, opening, now)
}

/// The account whose own code was lost: that one, and whoever has it, is out.
fn begin_again(
    connection: &mut Connection,
    row: &LearnerCode,
    fresh: Fresh,
    opening: Opening,
    now: DateTime<Utc>,
) -> Result<Done> {
    let identity = identity_of(connection, row)?;
    spend(connection, row, &identity, now)?;
    sessions::end_of_identity(connection, &identity.id, now.naive_utc())?;
    open_with(connection, row, &identity, fresh, opening, now)
}

fn come_back(
    connection: &mut Connection,
    row: &LearnerCode,
    opening: Opening,
    now: DateTime<Utc>,
) -> Result<Done> {
    let identity = identity_of(connection, row)?;
    learner_codes::touch(connection, &row.id, now.naive_utc())?;
    Ok(Done::Opened {
        session_id: sign_in::open_for_learner(connection, &row.organisation_id, &identity, opening)?,
        return_code: None,
    })
}

fn identity_of(connection: &mut Connection, row: &LearnerCode) -> Result<Identity> {
    let id = row.identity_id.as_deref().ok_or_else(unknown)?;
    people::get(connection, id)?.ok_or_else(unknown)
}

fn spend(
    connection: &mut Connection,
    row: &LearnerCode,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<()> {
    if learner_codes::spend(connection, &row.id, &identity.id, now.naive_utc())? {
        return Ok(());
    }
    Err(Error::refused(
        Code::LearnerCodeUsed,
        "the code was used at the same time",
    ))
}

fn open_with(
    connection: &mut Connection,
    row: &LearnerCode,
    identity: &Identity,
    fresh: Fresh,
    opening: Opening,
    now: DateTime<Utc>,
) -> Result<Done> {
    keep_return_code(connection, &row.organisation_id, &identity.id, &fresh, now)?;
    Ok(Done::Opened {
        session_id: sign_in::open_for_learner(connection, &row.organisation_id, identity, opening)?,
        return_code: Some(spelling::grouped(&fresh.code)),
    })
}

/// In the place of the one before, and of what an administrator made for it and nobody used.
fn keep_return_code(
    connection: &mut Connection,
    organisation_id: &str,
    identity_id: &str,
    fresh: &Fresh,
    now: DateTime<Utc>,
) -> Result<()> {
    learner_codes::delete_ways_back(connection, identity_id)?;
    let row = LearnerCode {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        kind: learner_codes::RETURN.to_owned(),
        code_hash: fresh.hash.clone(),
        label: String::new(),
        identity_id: Some(identity_id.to_owned()),
        created_by: None,
        created_at: now.naive_utc(),
        expires_at: None,
        used_at: None,
    };
    Ok(learner_codes::insert(connection, &[row])?)
}
