//! The registration itself, the platform's key set and clock, its access token
//! and what that allows.

use chrono::{DateTime, Duration, Utc};
use lti::{ags, launch::EXPIRY_LEEWAY_SECONDS, nrps, registration::SCOPES};
use outbound::{CallError, check as ask, key_sets};
use storage::registrations::Registration;

use super::{Deadline, Finding, SLOW, Verdict};
use crate::{App, Result, platform_keys, registration::Listed, service};

/// How far two clocks may be apart without a word.
const CLOCK_TOLERANCE: Duration = Duration::seconds(5);
/// So many key ids are named.
const KEYS_NAMED: usize = 5;

/// What needs no question.
pub(super) fn of_what_we_hold(listed: &Listed) -> Vec<Finding> {
    let registration = &listed.registration;
    let status = match registration.status.as_str() {
        "active" => Finding::ok("status-active"),
        _ => Finding::bad("status-disabled"),
    };
    let ids: Vec<&str> = listed
        .deployments
        .iter()
        .map(|deployment| deployment.platform_id.as_str())
        .collect();
    let deployments = match ids.is_empty() {
        true => Finding::bad("deployment-missing"),
        false => Finding::ok("deployment-known").detail(ids.join(", ")),
    };
    let issuer = match registration.issuer.starts_with("https://") {
        true => Finding::ok("issuer-https"),
        false => Finding::warn("issuer-http"),
    };
    vec![status, deployments, issuer.detail(&registration.issuer)]
}

/// The key set as it stands at the platform, the clock of its answer, and what we keep of it.
pub(super) async fn key_set(
    app: &App,
    registration: &Registration,
    deadline: Deadline,
) -> Result<Vec<Finding>> {
    let asked_at = app.clock().now();
    let asking = ask::key_set(app.outbound(), &registration.jwks_url, asked_at);
    let asked = deadline.wait(asking).await;
    let answered_at = app.clock().now();
    let mut findings = match asked {
        Some(Ok(facts)) => {
            let usable = match facts.usable_keys.as_slice() {
                [] => Finding::bad("key-set-no-key"),
                keys => Finding::ok("key-set-usable").count("count", keys.len()).detail(
                    keys.iter()
                        .take(KEYS_NAMED)
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            };
            let clock = facts.platform_time.map(|at| clock(at, asked_at, answered_at));
            std::iter::once(usable).chain(clock).collect()
        }
        Some(Err(error)) => vec![Finding::bad("key-set-unreachable").detail(error.to_string())],
        None => vec![Finding::bad("key-set-unreachable").detail(SLOW)],
    };
    // A clock that is off does not keep us from the keys.
    let is_down = findings.iter().all(|finding| finding.key != "key-set-usable");
    findings.extend(kept(app, registration, is_down).await?);
    Ok(findings)
}

/// How old the set is with which launches are verified, and until when it serves while the platform is down.
async fn kept(app: &App, registration: &Registration, is_down: bool) -> Result<Option<Finding>> {
    let now = app.clock().now();
    let (id, url) = (&registration.id, &registration.jwks_url);
    if let Some(at) = key_sets::stale_since(app.outbound(), id, url).filter(|_at| !is_down) {
        return Ok(Some(Finding::warn("key-set-stale").moment("time", at)));
    }
    let of = registration.clone();
    let kept = app.db().read(move |c| platform_keys::kept_since(c, &of)).await?;
    Ok(match kept {
        Some(at) if !is_down => Some(Finding::ok("key-set-kept").moment("time", at)),
        Some(at) if at + platform_keys::SERVES > now => {
            let until = at + platform_keys::SERVES;
            Some(
                Finding::warn("key-set-kept-serves")
                    .moment("time", at)
                    .moment("until", until),
            )
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
        off if off <= CLOCK_TOLERANCE => return Finding::ok("clock-right"),
        off if off <= Duration::seconds(EXPIRY_LEEWAY_SECONDS) => Verdict::Warn,
        _ => Verdict::Bad,
    };
    let (direction, sign) = match ahead >= behind {
        true => ("ahead", '+'),
        false => ("behind", '-'),
    };
    Finding::new("clock-off", verdict)
        .text("direction", direction)
        .number("seconds", off.num_seconds())
        .detail(format!("{sign}{} s", off.num_seconds()))
}

/// Whether the platform gives us a token, and for what.
pub(super) async fn token(
    app: &App,
    registration: &Registration,
    deadline: Deadline,
) -> Result<Vec<Finding>> {
    let target = service::target(registration);
    let caller = service::caller_now(app, &target).await?;
    let asking = ask::granted_scopes(app.outbound(), &caller, &SCOPES);
    let Some(granted) = deadline.wait(asking).await else {
        return Ok(vec![Finding::bad("token-unreachable").detail(SLOW)]);
    };
    Ok(match granted {
        Ok(granted) => std::iter::once(Finding::ok("token-granted"))
            .chain(scopes(&granted))
            .collect(),
        Err(CallError::Refused(refusal)) if refusal.code == lti::Code::SvcScope => scopes(&[]),
        Err(error) => vec![not_granted(&error)],
    })
}

fn not_granted(error: &CallError) -> Finding {
    let key = match error.code() {
        lti::Code::SvcOrigin => "token-address-refused",
        lti::Code::SvcUnreachable => "token-unreachable",
        _ => "token-refused",
    };
    Finding::bad(key).detail(error.to_string())
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
    .map(|(key, verdict, scope)| Finding::new(key, verdict).detail(scope))
    .collect();
    if missing.is_empty() {
        vec![Finding::ok("scopes-granted")]
    } else {
        missing
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
