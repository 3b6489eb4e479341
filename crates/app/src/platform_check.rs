//! Does the connection to a platform work? What `taynghe platform check` and
//! the administration page's button ask. Each finding has a stable key; the
//! pages say in words what it means and where to mend it.

use chrono::{DateTime, Duration, Utc};
use lti::{ags, launch::EXPIRY_LEEWAY_SECONDS, nrps, registration::SCOPES};
use outbound::{CallError, check as ask};
use storage::registrations::{self, Registration};

use crate::{App, Error, Result, organisation, platform_keys, registration::Listed, service};

/// How far two clocks may be apart without a word.
const CLOCK_TOLERANCE: Duration = Duration::seconds(5);

/// How good a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, but somebody should look at it.
    Warn,
    /// Does not work until it is mended.
    Bad,
}

impl Verdict {
    /// For scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found; one of [`KEYS`].
    pub key: &'static str,
    /// How good that is.
    pub verdict: Verdict,
    /// The inner reason in English, without secrets; may be empty.
    pub detail: String,
}

/// Every key that a finding may have.
pub const KEYS: &[&str] = &[
    "status-active",
    "status-disabled",
    "deployment-known",
    "deployment-missing",
    "issuer-https",
    "issuer-http",
    "key-set-usable",
    "key-set-no-key",
    "key-set-unreachable",
    "key-set-kept",
    "key-set-kept-serves",
    "clock-right",
    "clock-off",
    "token-granted",
    "token-refused",
    "token-unreachable",
    "scopes-granted",
    "scope-score-missing",
    "scope-line-item-missing",
    "scope-result-missing",
    "scope-membership-missing",
];

/// Looks at a registration of the organisation and asks its platform.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has none of that id. What is wrong with the platform is a finding.
pub async fn check(app: &App, organisation: Option<String>, id: String) -> Result<Vec<Finding>> {
    let now = app.clock().now();
    let listed = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let registration = registrations::find(c, &organisation.id, &id)?
                .ok_or_else(|| Error::not_found("no such registration"))?;
            crate::registration::listed(c, registration)
        })
        .await?;
    run(app, &listed).await
}

/// True when nothing has to be mended.
pub fn is_good(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.verdict != Verdict::Bad)
}

/// The check itself; no transaction may be open.
pub(crate) async fn run(app: &App, listed: &Listed) -> Result<Vec<Finding>> {
    let registration = &listed.registration;
    let mut findings = vec![
        status(registration),
        deployments(listed),
        issuer(&registration.issuer),
    ];
    let asked = key_set(app, registration).await;
    let kept = kept_key_set(app, registration, &asked).await?;
    findings.extend(asked.into_iter().chain(kept));
    findings.extend(token(app, registration).await?);
    Ok(findings)
}

fn status(registration: &Registration) -> Finding {
    match registration.status.as_str() {
        "active" => finding("status-active", Verdict::Ok, ""),
        _ => finding("status-disabled", Verdict::Bad, ""),
    }
}

fn deployments(listed: &Listed) -> Finding {
    let ids: Vec<&str> = listed
        .deployments
        .iter()
        .map(|deployment| deployment.platform_id.as_str())
        .collect();
    if ids.is_empty() {
        finding("deployment-missing", Verdict::Bad, "")
    } else {
        finding("deployment-known", Verdict::Ok, ids.join(", "))
    }
}

fn issuer(issuer: &str) -> Finding {
    if issuer.starts_with("https://") {
        finding("issuer-https", Verdict::Ok, issuer)
    } else {
        finding("issuer-http", Verdict::Warn, issuer)
    }
}

async fn key_set(app: &App, registration: &Registration) -> Vec<Finding> {
    let asked_at = app.clock().now();
    let facts = match ask::key_set(app.outbound(), &registration.jwks_url, asked_at).await {
        Ok(facts) => facts,
        Err(error) => return vec![finding("key-set-unreachable", Verdict::Bad, error.to_string())],
    };
    let usable = match facts.usable_keys {
        0 => finding("key-set-no-key", Verdict::Bad, ""),
        keys => finding("key-set-usable", Verdict::Ok, keys.to_string()),
    };
    let clock = facts
        .platform_time
        .map(|at| clock(at, asked_at, app.clock().now()));
    std::iter::once(usable).chain(clock).collect()
}

/// The platform's key set in our database: how old it is, or until when it serves while the platform is down.
async fn kept_key_set(app: &App, registration: &Registration, asked: &[Finding]) -> Result<Option<Finding>> {
    let of = registration.clone();
    let kept = app.db().read(move |c| platform_keys::kept_since(c, &of)).await?;
    let is_down = asked.iter().any(|finding| finding.verdict == Verdict::Bad);
    let now = app.clock().now();
    let minute = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC").to_string();
    Ok(match kept {
        Some(at) if !is_down => Some(finding("key-set-kept", Verdict::Ok, minute(at))),
        Some(at) if at + platform_keys::SERVES > now => {
            let until = minute(at + platform_keys::SERVES);
            Some(finding("key-set-kept-serves", Verdict::Warn, until))
        }
        _ => None,
    })
}

/// The platform wrote its time, cut to the second, some time between the question and the answer.
fn clock(platform: DateTime<Utc>, asked_at: DateTime<Utc>, answered_at: DateTime<Utc>) -> Finding {
    let ahead = platform - answered_at;
    let behind = asked_at - platform - Duration::seconds(1);
    let off = ahead.max(behind);
    let verdict = match off {
        off if off <= CLOCK_TOLERANCE => return finding("clock-right", Verdict::Ok, ""),
        off if off <= Duration::seconds(EXPIRY_LEEWAY_SECONDS) => Verdict::Warn,
        _ => Verdict::Bad,
    };
    let sign = if ahead >= behind { '+' } else { '-' };
    finding("clock-off", verdict, format!("{sign}{} s", off.num_seconds()))
}

async fn token(app: &App, registration: &Registration) -> Result<Vec<Finding>> {
    let target = service::target(registration);
    let caller = service::caller_now(app, &target).await?;
    Ok(
        match ask::granted_scopes(app.outbound(), &caller, &SCOPES).await {
            Ok(granted) => {
                let token = finding("token-granted", Verdict::Ok, "");
                std::iter::once(token).chain(scopes(&granted)).collect()
            }
            Err(CallError::Refused(refusal)) if refusal.code == lti::Code::SvcScope => scopes(&[]),
            Err(error) if error.code() == lti::Code::SvcUnreachable => {
                vec![finding("token-unreachable", Verdict::Bad, error.to_string())]
            }
            Err(error) => vec![finding("token-refused", Verdict::Bad, error.to_string())],
        },
    )
}

fn scopes(granted: &[String]) -> Vec<Finding> {
    let lacks = |scope: &str| !granted.iter().any(|granted| granted == scope);
    let missing: Vec<Finding> = [
        ("scope-score-missing", Verdict::Bad, ags::SCOPE_SCORE),
        ("scope-line-item-missing", Verdict::Warn, ags::SCOPE_LINE_ITEM),
        ("scope-result-missing", Verdict::Warn, ags::SCOPE_RESULT_READ_ONLY),
        ("scope-membership-missing", Verdict::Warn, nrps::SCOPE_MEMBERSHIP),
    ]
    .into_iter()
    .filter(|(_, _, scope)| lacks(scope))
    .map(|(key, verdict, scope)| finding(key, verdict, scope))
    .collect();
    if missing.is_empty() {
        vec![finding("scopes-granted", Verdict::Ok, "")]
    } else {
        missing
    }
}

fn finding(key: &'static str, verdict: Verdict, detail: impl Into<String>) -> Finding {
    Finding {
        key,
        verdict,
        detail: detail.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_compared_within_the_call() {
        #[track_caller]
        fn check(platform: i64, asked: i64, answered: i64, key: &str, verdict: Verdict, detail: &str) {
            let at = |seconds| DateTime::UNIX_EPOCH + Duration::seconds(seconds);
            let found = clock(at(platform), at(asked), at(answered));
            assert_eq!(
                (found.key, found.verdict, found.detail.as_str()),
                (key, verdict, detail)
            );
        }
        check(1000, 1000, 1000, "clock-right", Verdict::Ok, "");
        check(1010, 1000, 1014, "clock-right", Verdict::Ok, "");
        check(1005, 1000, 1000, "clock-right", Verdict::Ok, "");
        check(1006, 1000, 1000, "clock-off", Verdict::Warn, "+6 s");
        check(993, 1000, 1000, "clock-off", Verdict::Warn, "-6 s");
        check(1061, 1000, 1000, "clock-off", Verdict::Bad, "+61 s");
        check(900, 1000, 1000, "clock-off", Verdict::Bad, "-99 s");
    }
}
