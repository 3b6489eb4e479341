//! Refused launches are kept for 30 days without what tells who the person is,
//! and judged again: by the registration as it is now, and by the clock of
//! then. An administrator may have the next launch kept, too, accepted or not.
//!
//! A stranger cannot fill the database: only what names a registration of ours
//! is kept, at most so many in an hour, none longer than a page.

mod judged;

use chrono::{DateTime, Duration, Utc};
use lti::{
    kept_launch::{self, KeptToken},
    launch::{check_signature, peek},
};
use serde::{Deserialize, Serialize};
use storage::{
    Connection, kept_launches,
    logins::{self, Login},
    parked_launches::ParkedLaunch,
    registrations::{self, Registration},
};

use crate::{
    App, Code, Error, Refusal, Result, administration, audit,
    launch::Post,
    platform_keys, random, registration,
    session::{Session, Visitor, resolve},
};

pub use judged::{Judged, Step, Verdict, judge, judge_by_id};

/// Most launches of one registration that are kept in an hour.
const MOST_IN_AN_HOUR: i64 = 200;
/// Longest JSON that is kept, in bytes.
const LONGEST: usize = 32 * 1024;
const LONGEST_DETAIL: usize = 500;
const LONGEST_ID: usize = 255;
/// How long the next launch is waited for.
const TEST_LAUNCH: Duration = Duration::minutes(15);

/// What is known of the signature; without it nobody can check it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// It fitted the platform's key.
    Valid,
    /// It did not.
    Invalid,
    /// It was not looked at: no login of ours, or no key.
    Unchecked,
}

/// What is stored with a kept launch.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    token: KeptToken,
    signature: Signature,
    /// RFC 7638 thumbprint of the key that the header names.
    key_thumbprint: Option<String>,
    /// Ours when it came.
    clock: DateTime<Utc>,
    /// The login that it answered; `None` when its state was not known.
    login: Option<KeptLogin>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptLogin {
    nonce: String,
    target_link_uri: String,
    deployment: Option<String>,
    expires_at: DateTime<Utc>,
}

/// A refused launch on its way to the database; see [`refusal::record`](crate::refusal::record).
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    registration_id: String,
    subject: String,
    content: String,
}

/// Leaves out what it holds.
impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evidence").finish_non_exhaustive()
    }
}

/// The same refusal with the launch that it refused, when that is to be kept.
pub(crate) async fn attach(app: &App, post: &Post, mut refusal: Box<Refusal>) -> Box<Refusal> {
    // The key was just asked for in vain.
    let has_key = ![lti::Code::KeyFetch, lti::Code::TokKidUnknown]
        .map(Code::Lti)
        .contains(&refusal.code);
    match evidence(app, post, refusal.registration_id.clone(), has_key).await {
        Ok(evidence) => refusal.evidence = evidence,
        // The refusal is told all the same.
        Err(error) => tracing::error!(%error, "a refused launch could not be kept"),
    }
    refusal
}

async fn evidence(
    app: &App,
    post: &Post,
    registration_id: Option<String>,
    has_key: bool,
) -> Result<Option<Evidence>> {
    let Some(token) = &post.id_token else {
        return Ok(None);
    };
    let Some(kept) = kept_launch::keep(token) else {
        return Ok(None);
    };
    let now = app.clock().now();
    let (state, claims) = (post.state.clone().unwrap_or_default(), kept.claims.clone());
    let found = app
        .db()
        .read(move |c| whose(c, &state, registration_id, &claims, now))
        .await?;
    let Some((login, registration)) = found else {
        return Ok(None);
    };
    let (signature, key_thumbprint) = match login {
        // Only who began a login may make us ask the platform for its keys.
        Some(_) if has_key => signature_of(app, &registration, token, now).await?,
        _ => (Signature::Unchecked, None),
    };
    let subject = subject_of(&kept);
    let kept = Kept {
        token: kept,
        signature,
        key_thumbprint,
        clock: now,
        login: login.map(kept_login),
    };
    let content = serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))?;
    Ok((content.len() <= LONGEST).then_some(Evidence {
        registration_id: registration.id,
        subject,
        content,
    }))
}

fn subject_of(token: &KeptToken) -> String {
    let subject = token.claims.get("sub").and_then(|subject| subject.as_str());
    // What is no id is not kept as one: PostgreSQL takes no NUL.
    let is_id = |subject: &&str| subject.len() <= LONGEST_ID && !subject.contains(char::is_control);
    subject.filter(is_id).unwrap_or_default().to_owned()
}

fn kept_login(login: Login) -> KeptLogin {
    KeptLogin {
        nonce: login.nonce,
        target_link_uri: login.target_link_uri,
        deployment: login.deployment_platform_id,
        expires_at: login.expires_at.and_utc(),
    }
}

fn whose(
    connection: &mut Connection,
    state: &str,
    registration_id: Option<String>,
    claims: &serde_json::Map<String, serde_json::Value>,
    now: DateTime<Utc>,
) -> Result<Option<(Option<Login>, Registration)>> {
    let login = match state {
        "" => None,
        state => logins::find(connection, &random::hash(state))?,
    };
    let named = login
        .as_ref()
        .map(|login| login.registration_id.clone())
        .or(registration_id);
    let registration = match named {
        Some(id) => registrations::get(connection, &id)?,
        None => {
            let text = |name: &str| claims.get(name).and_then(|value| value.as_str());
            match (text("iss"), text("azp").or_else(|| text("aud"))) {
                (Some(issuer), Some(client_id)) => {
                    registrations::find_by_client(connection, issuer, client_id)?
                }
                _ => None,
            }
        }
    };
    let Some(registration) = registration else {
        return Ok(None);
    };
    let is_full = is_full(connection, &registration.id, now)?;
    Ok((!is_full).then_some((login, registration)))
}

fn is_full(connection: &mut Connection, registration_id: &str, now: DateTime<Utc>) -> Result<bool> {
    let since = (now - Duration::hours(1)).naive_utc();
    Ok(kept_launches::count(connection, registration_id, since)? >= MOST_IN_AN_HOUR)
}

async fn signature_of(
    app: &App,
    registration: &Registration,
    token: &str,
    now: DateTime<Utc>,
) -> Result<(Signature, Option<String>)> {
    let Ok(peeked) = peek(token) else {
        return Ok((Signature::Unchecked, None));
    };
    Ok(
        match platform_keys::find(app, registration, &peeked.kid, now).await? {
            Ok(key) => {
                let signature = match check_signature(token, &key) {
                    Ok(()) => Signature::Valid,
                    Err(_) => Signature::Invalid,
                };
                (signature, Some(key.thumbprint().to_owned()))
            }
            Err(_) => (Signature::Unchecked, None),
        },
    )
}

/// Keeps a refused launch beside its refusal.
pub(crate) fn keep_refused(
    connection: &mut Connection,
    trace_id: &str,
    refusal: &Refusal,
    evidence: &Evidence,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = kept_launches::KeptLaunch {
        id: trace_id.to_owned(),
        registration_id: evidence.registration_id.clone(),
        subject: evidence.subject.clone(),
        code: refusal.code.as_str().to_owned(),
        detail: refusal.detail.chars().take(LONGEST_DETAIL).collect(),
        content: evidence.content.clone(),
        created_at: now.naive_utc(),
    };
    kept_launches::take_wanted(connection, &evidence.registration_id, now.naive_utc())?;
    Ok(kept_launches::insert(connection, &row)?)
}

/// Keeps an accepted launch when its administrator asked for the next one.
pub(crate) fn keep_wanted(
    connection: &mut Connection,
    registration_id: &str,
    login: &Login,
    token: &str,
    key_thumbprint: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    if !kept_launches::take_wanted(connection, registration_id, now.naive_utc())? {
        return Ok(());
    }
    let Some(token) = kept_launch::keep(token) else {
        return Ok(());
    };
    let subject = subject_of(&token);
    let content = verified(token, login, key_thumbprint, now)?;
    let evidence = Evidence {
        registration_id: registration_id.to_owned(),
        subject,
        content,
    };
    keep_accepted(connection, evidence, now)
}

/// The same for a parked launch that opens.
pub(crate) fn keep_wanted_parked(
    connection: &mut Connection,
    parked: &ParkedLaunch,
    now: DateTime<Utc>,
) -> Result<()> {
    if !kept_launches::take_wanted(connection, &parked.registration_id, now.naive_utc())? {
        return Ok(());
    }
    match evidence_of_parked(parked)? {
        Some(evidence) => keep_accepted(connection, evidence, now),
        None => Ok(()),
    }
}

fn keep_accepted(connection: &mut Connection, evidence: Evidence, now: DateTime<Utc>) -> Result<()> {
    let row = kept_launches::KeptLaunch {
        id: random::id(),
        registration_id: evidence.registration_id,
        subject: evidence.subject,
        code: String::new(),
        detail: String::new(),
        content: evidence.content,
        created_at: now.naive_utc(),
    };
    Ok(kept_launches::insert(connection, &row)?)
}

fn verified(token: KeptToken, login: &Login, key_thumbprint: &str, now: DateTime<Utc>) -> Result<String> {
    let kept = Kept {
        token,
        signature: Signature::Valid,
        key_thumbprint: Some(key_thumbprint.to_owned()),
        clock: now,
        login: Some(kept_login(login.clone())),
    };
    serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))
}

/// What a verified launch that is parked brings along, should it be refused later.
pub(crate) fn of_parked(
    login: &Login,
    token: &str,
    key_thumbprint: &str,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let Some(token) = kept_launch::keep(token) else {
        return Ok(None);
    };
    let content = verified(token, login, key_thumbprint, now)?;
    Ok(Some(content).filter(|content| content.len() <= LONGEST))
}

/// The same refusal with the parked launch that it refused, as long as not too many are kept.
pub(crate) fn attach_parked(
    connection: &mut Connection,
    parked: &ParkedLaunch,
    error: Error,
    now: DateTime<Utc>,
) -> Error {
    let Error::Refused(mut refusal) = error else {
        return error;
    };
    let evidence = is_full(connection, &parked.registration_id, now).and_then(|is_full| match is_full {
        true => Ok(None),
        false => evidence_of_parked(parked),
    });
    match evidence {
        Ok(evidence) => refusal.evidence = evidence,
        // The refusal is told all the same.
        Err(error) => tracing::error!(%error, "a refused launch could not be kept"),
    }
    Error::Refused(refusal)
}

fn evidence_of_parked(parked: &ParkedLaunch) -> Result<Option<Evidence>> {
    let Some(content) = parked.evidence.clone() else {
        return Ok(None);
    };
    let kept: Kept = serde_json::from_str(&content).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Some(Evidence {
        registration_id: parked.registration_id.clone(),
        subject: subject_of(&kept.token),
        content,
    }))
}

/// A registration's test launch.
#[derive(Debug, Clone)]
pub struct TestLaunch {
    /// The administrator's session.
    pub session: Session,
    /// What administrators call the platform.
    pub platform: String,
    /// Until when the next launch is waited for; `None` when it is not.
    pub waits_until: Option<DateTime<Utc>>,
    /// The newest one that came: its id, and when.
    pub newest: Option<(String, DateTime<Utc>)>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// Whether a test launch of the registration is waited for, and the newest one.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has no such registration.
pub async fn test_launch(app: &App, visitor: Visitor, registration_id: String) -> Result<TestLaunch> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            administration::demand_administrator(c, &session)?;
            let registration = registration::owned(c, &session, &registration_id)?;
            let waits_until = kept_launches::wanted_until(c, &registration.id, now.naive_utc())?;
            let newest = kept_launches::newest_accepted(c, &registration.id)?;
            Ok(TestLaunch {
                session,
                platform: registration::name_of(&registration),
                waits_until: waits_until.map(|until| until.and_utc()),
                newest: newest.map(|kept| (kept.id, kept.created_at.and_utc())),
                now,
            })
        })
        .await
}

/// Has the registration's next launch kept, for a quarter of an hour.
///
/// # Errors
/// As [`test_launch`], and `WEB-CSRF`.
pub async fn want_next(app: &App, visitor: Visitor, registration_id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let registration = registration::owned(c, &session, &registration_id)?;
            kept_launches::want_next(c, &registration.id, (now + TEST_LAUNCH).naive_utc())?;
            let (organisation_id, person_id) = (&session.organisation_id, Some(session.person_id.as_str()));
            audit::note(
                c,
                organisation_id,
                person_id,
                "registration.test-launch",
                &registration.id,
                now,
            )
        })
        .await
}
