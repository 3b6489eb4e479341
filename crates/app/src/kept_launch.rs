//! Refused launches are kept for 30 days without what tells who the person is,
//! and judged again: by the registration as it is now, and by the clock of
//! then. An administrator may have the next launch kept, too, accepted or not.
//!
//! A stranger cannot fill the database: only what names a registration of ours
//! is kept, at most so many in an hour, none longer than a page.

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use lti::{
    kept_launch::{self, Check, KeptToken},
    launch::{Expected, check_signature, peek},
};
use serde::{Deserialize, Serialize};
use storage::{
    Connection, kept_launches,
    logins::{self, Login},
    registrations::{self, Registration},
};

use crate::{
    App, Code, Error, Refusal, Result, administration, grade,
    launch::{self, Post},
    launch_way::Way,
    platform_keys, random, registration,
    session::{Session, Visitor, resolve},
};

/// Most launches of one registration that are kept in an hour.
const MOST_IN_AN_HOUR: i64 = 200;
/// Longest JSON that is kept, in bytes.
const LONGEST: usize = 32 * 1024;
const LONGEST_DETAIL: usize = 500;
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
    content: String,
}

/// Leaves out what it holds.
impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Evidence").finish_non_exhaustive()
    }
}

/// A kept launch, and what becomes of it now.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The trace id of a refused one.
    pub id: String,
    /// When it came, by our clock.
    pub at: DateTime<Utc>,
    /// The platform's clock: when it signed (`iat`).
    pub platform_at: Option<DateTime<Utc>>,
    /// What people call the platform.
    pub platform: String,
    /// Why it was refused; empty for an accepted one.
    pub code: String,
    /// The inner reason.
    pub detail: String,
    /// Header and claims, without what tells who the person is.
    pub token: KeptToken,
    /// What was found then.
    pub signature: Signature,
    /// RFC 7638 thumbprint of the key that the header names.
    pub key_thumbprint: Option<String>,
    /// Each check, as it comes out now.
    pub checks: Vec<(Step, Verdict)>,
}

/// What is checked, in the order in which it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The state was one of ours and not expired.
    State,
    /// As found then.
    Signature,
    /// RS256, a key id, readable.
    Header,
    /// `iss`.
    Issuer,
    /// `aud`, `azp`.
    Audience,
    /// By the clock of then.
    Times,
    /// The nonce of the login.
    Nonce,
    /// The LTI claims.
    Claims,
    /// The registration takes launches.
    Registration,
    /// Deployment, role, activity: all that happens when it is recorded.
    Record,
}

impl Step {
    /// The stable name, for scripts and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Signature => "signature",
            Self::Header => "header",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Times => "times",
            Self::Nonce => "nonce",
            Self::Claims => "claims",
            Self::Registration => "registration",
            Self::Record => "record",
        }
    }
}

/// How a check comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Well.
    Passed,
    /// It refuses the launch.
    Failed {
        /// With this code.
        code: Code,
        /// The inner reason.
        detail: String,
    },
    /// What it needs is not known any more.
    Unknown,
}

impl Judged {
    /// The first check that refuses the launch now; `None` when it would be accepted.
    pub fn refused_now(&self) -> Option<(Step, Code)> {
        self.checks.iter().find_map(|(step, verdict)| match verdict {
            Verdict::Failed { code, .. } => Some((*step, *code)),
            _ => None,
        })
    }
}

/// The same refusal with the launch that it refused, when that is to be kept.
pub(crate) async fn attach(app: &App, post: &Post, mut refusal: Box<Refusal>) -> Box<Refusal> {
    match evidence(app, post, refusal.registration_id.clone()).await {
        Ok(evidence) => refusal.evidence = evidence,
        // The refusal is told all the same.
        Err(error) => tracing::error!(%error, "a refused launch could not be kept"),
    }
    refusal
}

async fn evidence(app: &App, post: &Post, registration_id: Option<String>) -> Result<Option<Evidence>> {
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
        Some(_) => signature_of(app, &registration, token, now).await?,
        None => (Signature::Unchecked, None),
    };
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
        content,
    }))
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
    let since = (now - Duration::hours(1)).naive_utc();
    let is_full = kept_launches::count(connection, &registration.id, since)? >= MOST_IN_AN_HOUR;
    Ok((!is_full).then_some((login, registration)))
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
    if kept_launches::wanted_until(connection, registration_id, now.naive_utc())?.is_none() {
        return Ok(());
    }
    let Some(token) = kept_launch::keep(token) else {
        return Ok(());
    };
    kept_launches::take_wanted(connection, registration_id, now.naive_utc())?;
    let kept = Kept {
        token,
        signature: Signature::Valid,
        key_thumbprint: Some(key_thumbprint.to_owned()),
        clock: now,
        login: Some(kept_login(login.clone())),
    };
    let content = serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))?;
    let row = kept_launches::KeptLaunch {
        id: random::id(),
        registration_id: registration_id.to_owned(),
        code: String::new(),
        detail: String::new(),
        content,
        created_at: now.naive_utc(),
    };
    Ok(kept_launches::insert(connection, &row)?)
}

/// A registration's test launch.
#[derive(Debug, Clone)]
pub struct TestLaunch {
    /// The administrator's session.
    pub session: Session,
    /// What people call the platform.
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
            let registration = owned(c, &session, &registration_id)?;
            let waits_until = kept_launches::wanted_until(c, &registration.id, now.naive_utc())?;
            let newest = kept_launches::newest_accepted(c, &registration.id)?;
            Ok(TestLaunch {
                session,
                platform: grade::platform_label(&registration),
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
            let registration = owned(c, &session, &registration_id)?;
            kept_launches::want_next(c, &registration.id, (now + TEST_LAUNCH).naive_utc())?;
            let (organisation_id, person_id) = (&session.organisation_id, Some(session.person_id.as_str()));
            registration::note(
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

fn owned(connection: &mut Connection, session: &Session, id: &str) -> Result<Registration> {
    registrations::find(connection, &session.organisation_id, id)?
        .ok_or_else(|| session.refused(Code::NotFound, "no such registration"))
}

/// Judges a launch of the administrator's organisation again.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when none of that id is kept there.
pub async fn judge(app: &App, visitor: Visitor, id: String) -> Result<(Session, Judged)> {
    let now = app.clock().now();
    let (session, kept) = app
        .db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            administration::demand_administrator(c, &session)?;
            let kept = kept_launches::find(c, &session.organisation_id, &id)?
                .ok_or_else(|| session.refused(Code::NotFound, "no such launch is kept"))?;
            Ok::<_, Error>((session, kept))
        })
        .await?;
    Ok((session, judge_row(app, kept).await?))
}

/// The same for whoever runs the service.
///
/// # Errors
/// `WEB-NOT-FOUND` when none of that id is kept.
pub async fn judge_by_id(app: &App, id: String) -> Result<Judged> {
    let kept = app
        .db()
        .read::<_, Error>(move |c| Ok(kept_launches::get(c, &id)?))
        .await?
        .ok_or_else(|| Error::not_found("no such launch is kept"))?;
    judge_row(app, kept).await
}

async fn judge_row(app: &App, row: kept_launches::KeptLaunch) -> Result<Judged> {
    let kept: Kept =
        serde_json::from_str(&row.content).map_err(|error| Error::Internal(error.to_string()))?;
    let public_url = app.public_url().clone();
    let until = app.session_lifetime();
    // All that recording it would check is checked by recording it, and taking that back.
    let undone = app
        .db()
        .write(move |c| Err::<(), _>(Undone::of(rejudge(c, &public_url, until, row, kept))))
        .await;
    match undone {
        Err(Undone::Judged(judged)) => Ok(*judged),
        Err(Undone::Failed(error)) => Err(error),
        Ok(()) => Err(Error::Internal("a judgement was committed".to_owned())),
    }
}

/// How a transaction ends that must leave nothing behind.
enum Undone {
    Judged(Box<Judged>),
    Failed(Error),
}

impl Undone {
    fn of(judged: Result<Judged>) -> Self {
        judged.map_or_else(Self::Failed, |judged| Self::Judged(Box::new(judged)))
    }
}

impl From<storage::Error> for Undone {
    fn from(error: storage::Error) -> Self {
        Self::Failed(error.into())
    }
}

fn rejudge(
    connection: &mut Connection,
    public_url: &url::Url,
    session_lifetime: Duration,
    row: kept_launches::KeptLaunch,
    kept: Kept,
) -> Result<Judged> {
    let registration = registrations::get(connection, &row.registration_id)?
        .ok_or_else(|| Error::not_found("the registration is gone"))?;
    let login = kept.login.as_ref();
    let expected = Expected {
        issuer: &registration.issuer,
        client_id: &registration.client_id,
        nonce: login.map(|login| login.nonce.as_str()).unwrap_or_default(),
        public_url,
        target_link_uri: login.map(|login| login.target_link_uri.as_str()),
    };
    let (token_checks, message) = kept_launch::judge_again(&kept.token, &expected, kept.clock);
    let mut checks = vec![
        (Step::State, state_verdict(&kept)),
        (Step::Signature, signature_verdict(&kept, &row)),
    ];
    for (check, found) in token_checks {
        let verdict = match found {
            Err(_) if check == Check::Nonce && login.is_none() => Verdict::Unknown,
            Ok(()) => Verdict::Passed,
            Err(refusal) => failed(Code::Lti(refusal.code), refusal.detail),
        };
        checks.push((step_of(check), verdict));
    }
    checks.push((Step::Registration, registration_verdict(&registration)));
    checks.push((
        Step::Record,
        match message {
            None => Verdict::Unknown,
            Some(message) => {
                let named = login.and_then(|login| login.deployment.as_ref());
                let now = kept.clock.naive_utc();
                let recorded = match named {
                    Some(named) if *named != message.deployment_id => Err(Error::refused(
                        Code::Lti(lti::Code::DepMix),
                        "the token's deployment is not the initiation's",
                    )),
                    _ => launch::record(
                        connection,
                        &registration,
                        &message,
                        &random::hash(&random::secret()),
                        now,
                        now + session_lifetime,
                        Way::Cookie,
                    )
                    .map(drop),
                };
                match recorded {
                    Ok(()) => Verdict::Passed,
                    Err(Error::Refused(refusal)) => failed(refusal.code, refusal.detail),
                    Err(error) => return Err(error),
                }
            }
        },
    ));
    Ok(Judged {
        id: row.id,
        at: kept.clock,
        platform_at: kept
            .token
            .claims
            .get("iat")
            .and_then(serde_json::Value::as_f64)
            .and_then(|seconds| DateTime::from_timestamp(seconds as i64, 0)),
        platform: grade::platform_label(&registration),
        code: row.code,
        detail: row.detail,
        signature: kept.signature,
        key_thumbprint: kept.key_thumbprint,
        token: kept.token,
        checks,
    })
}

fn state_verdict(kept: &Kept) -> Verdict {
    match &kept.login {
        Some(login) if login.expires_at > kept.clock => Verdict::Passed,
        Some(login) => failed(
            Code::Lti(lti::Code::StaInvalid),
            format!(
                "the login expired at {}",
                login.expires_at.to_rfc3339_opts(SecondsFormat::Secs, true)
            ),
        ),
        None => failed(
            Code::Lti(lti::Code::StaInvalid),
            "the state was not known".to_owned(),
        ),
    }
}

// Without the signature its verdict stays as it was found.
fn signature_verdict(kept: &Kept, row: &kept_launches::KeptLaunch) -> Verdict {
    match kept.signature {
        Signature::Valid => Verdict::Passed,
        Signature::Invalid => failed(
            Code::Lti(lti::Code::TokSig),
            "the signature does not fit".to_owned(),
        ),
        Signature::Unchecked => {
            let of_key = [
                lti::Code::KeyFetch,
                lti::Code::TokKidUnknown,
                lti::Code::TokSig,
                lti::Code::TokAlg,
            ];
            match of_key.into_iter().find(|code| code.as_str() == row.code) {
                Some(code) => failed(Code::Lti(code), row.detail.clone()),
                None => Verdict::Unknown,
            }
        }
    }
}

fn registration_verdict(registration: &Registration) -> Verdict {
    match registration.status.as_str() {
        "active" => Verdict::Passed,
        _ => failed(
            Code::Lti(lti::Code::LogDisabled),
            "the registration is disabled".to_owned(),
        ),
    }
}

fn failed(code: Code, detail: String) -> Verdict {
    Verdict::Failed { code, detail }
}

fn step_of(check: Check) -> Step {
    match check {
        Check::Header => Step::Header,
        Check::Issuer => Step::Issuer,
        Check::Audience => Step::Audience,
        Check::Times => Step::Times,
        Check::Nonce => Step::Nonce,
        Check::Claims => Step::Claims,
    }
}
