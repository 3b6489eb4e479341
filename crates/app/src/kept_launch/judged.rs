//! A kept launch, judged again: by the registration as it is now, and by the
//! clock of then. Nothing is stored by it.

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use lti::{
    kept_launch::{Check, KeptToken, judge_again},
    launch::Expected,
};
use storage::{
    Connection, kept_launches,
    registrations::{self, Registration},
};

use super::{Kept, Signature};
use crate::{
    App, Code, Error, Result, administration, launch,
    launch_way::Way,
    random, registration,
    session::{Session, Visitor, resolve},
};

/// A kept launch, and what becomes of it now.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The trace id of a refused one.
    pub id: String,
    /// When it came, by our clock.
    pub at: DateTime<Utc>,
    /// The platform's clock: when it signed (`iat`).
    pub platform_at: Option<DateTime<Utc>>,
    /// What administrators call the platform.
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
    /// It was the browser that began it; as found then.
    Browser,
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
            Self::Browser => "browser",
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
    let (token_checks, message) = judge_again(&kept.token, &expected, kept.clock);
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
    checks.push((Step::Browser, browser_verdict(&row)));
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
        platform: registration::name_of(&registration),
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

// What proved it, or did not, is gone. It was asked for after the token only.
fn browser_verdict(row: &kept_launches::KeptLaunch) -> Verdict {
    let code = lti::Code::StaBrowser;
    match row.code.as_str() {
        "" => Verdict::Passed,
        found if found == code.as_str() => failed(Code::Lti(code), row.detail.clone()),
        _ => Verdict::Unknown,
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
