//! What our own records tell of a connection: how launches arrived, when the
//! last one did and was refused, how old the member list is, which key of ours
//! the platform accepts, and whether grades wait.

use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    grades::state,
    launch_ways, platform_checks,
    registrations::{Deployment, Registration},
    rosters,
};

use super::{Finding, Verdict};
use crate::{
    App, Result,
    key_report::{self, Acceptance},
    launch_way::{self, KEPT, Memory, Way},
    registration::Listed,
};

/// A member list that is older, of a course that is in use, is read no more.
const ROSTER_OLD: Duration = Duration::days(3);
/// A grade that is owed for longer does not just wait for its turn.
const LATE: Duration = Duration::hours(1);
/// From so many per cent on, somebody should know that cookies are blocked.
const MANY_BLOCKED: i64 = 10;

/// Everything that needs no call.
pub(super) async fn look(app: &App, listed: &Listed) -> Result<Vec<Finding>> {
    let now = app.clock().now();
    let listed = listed.clone();
    app.db()
        .read(move |c| {
            let registration = &listed.registration;
            let mut findings = Vec::new();
            findings.extend(own_key(c, registration, now)?);
            let mut last_launch = None;
            for deployment in &listed.deployments {
                let at = platform_checks::last_launch(c, &deployment.id)?.map(|at| at.and_utc());
                last_launch = last_launch.max(at);
                let found = of_deployment(c, deployment, at, now)?;
                let platform_id = &deployment.platform_id;
                findings.extend(found.into_iter().map(|one| one.of_deployment(platform_id)));
            }
            findings.push(refusal(c, registration, last_launch)?);
            findings.extend(deliveries(c, registration, now)?);
            Ok(findings)
        })
        .await
}

fn of_deployment(
    connection: &mut Connection,
    deployment: &Deployment,
    last_launch: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>> {
    let launch = match last_launch {
        Some(at) => Finding::ok("launch-last").moment("time", at),
        None => Finding::ok("launch-never"),
    };
    let rows = launch_ways::list(connection, &deployment.id, &launch_way::day(now - KEPT))?;
    let mut findings = vec![launch, cookies(&Memory::of(&rows))];
    if let Some(context) = platform_checks::newest_context(connection, &deployment.id)? {
        let reading = rosters::reading(connection, &context.id)?;
        let title = if context.title.is_empty() {
            &context.label
        } else {
            &context.title
        };
        let read_at = reading.as_ref().and_then(|reading| reading.roster_read_at);
        let problem = reading.and_then(|reading| reading.roster_problem);
        let found = read_at.map(|at| roster(at.and_utc(), problem, now).text("course", title));
        findings.extend(found);
    }
    Ok(findings)
}

fn roster(read_at: DateTime<Utc>, problem: Option<String>, now: DateTime<Utc>) -> Finding {
    let finding = match problem.is_some() || now - read_at > ROSTER_OLD {
        true => Finding::warn("roster-old"),
        false => Finding::ok("roster-kept"),
    };
    finding
        .moment("time", read_at)
        .detail(problem.unwrap_or_default())
}

/// How many launches got past blocked cookies, and by which way most of them.
fn cookies(memory: &Memory) -> Finding {
    let counted: Vec<(Way, i64)> = Way::ALL.into_iter().map(|way| (way, memory.count(way))).collect();
    let all: i64 = counted.iter().map(|(_, count)| count).sum();
    if all == 0 {
        return Finding::ok("cookies-unseen");
    }
    let detours = counted
        .iter()
        .filter(|(way, _)| !matches!(way, Way::Cookie | Way::PartitionedCookie));
    let blocked: i64 = detours.clone().map(|(_, count)| count).sum();
    let most = detours
        .max_by_key(|(_, count)| *count)
        .map_or("", |(way, _)| way.as_str());
    let percent = |part: i64| (part * 200 + all) / (all * 2);
    let refused = memory.count(Way::Refused);
    let finding = match percent(blocked) {
        _ if memory.loses_cookies() && refused * 20 > all => {
            return Finding::bad("cookies-lost")
                .number("percent", percent(refused))
                .number("launches", all);
        }
        share if share < MANY_BLOCKED => {
            Finding::ok("cookies-kept").number("percent", percent(all - blocked))
        }
        share => Finding::warn("cookies-blocked")
            .number("percent", share)
            .text("way", most),
    };
    finding.number("launches", all)
}

/// Which key of ours the platform accepts.
fn own_key(
    connection: &mut Connection,
    registration: &Registration,
    now: DateTime<Utc>,
) -> Result<Option<Finding>> {
    let Some(platform) = key_report::platform_of(connection, &registration.id, now)? else {
        return Ok(None);
    };
    let finding = match platform.acceptance {
        Acceptance::Off => return Ok(None),
        Acceptance::Only => Finding::ok("own-key-only"),
        Acceptance::Proven(at) => Finding::ok("own-key-proven").moment("time", at),
        Acceptance::Waiting => Finding::ok("own-key-waiting"),
        Acceptance::Refused => Finding::warn("own-key-refused"),
        Acceptance::RefusedBoth => Finding::bad("own-key-refused-both"),
        Acceptance::Unreachable => Finding::warn("own-key-unreachable"),
    };
    Ok(Some(finding.detail(platform.detail)))
}

fn refusal(
    connection: &mut Connection,
    registration: &Registration,
    last_launch: Option<DateTime<Utc>>,
) -> Result<Finding> {
    let Some(refusal) = platform_checks::last_refusal(connection, &registration.id)? else {
        return Ok(Finding::ok("refusal-none"));
    };
    let at = refusal.created_at.and_utc();
    let finding = match last_launch.is_some_and(|launched| launched > at) {
        true => Finding::ok("refusal-earlier"),
        false => Finding::warn("refusal-last"),
    };
    Ok(finding
        .moment("time", at)
        .text("code", &refusal.code)
        .text("trace", &refusal.id)
        .detail(refusal.detail))
}

fn deliveries(
    connection: &mut Connection,
    registration: &Registration,
    now: DateTime<Utc>,
) -> Result<Vec<Finding>> {
    let counts = platform_checks::count_deliveries(connection, &registration.id)?;
    let mut findings = Vec::new();
    for (name, count, since) in &counts {
        let finding = match name.as_str() {
            state::WAITING => {
                let is_late = since.is_some_and(|since| now - since.and_utc() > LATE);
                let (key, verdict) = match is_late {
                    true => ("deliveries-late", Verdict::Warn),
                    false => ("deliveries-waiting", Verdict::Ok),
                };
                let finding = Finding::new(key, verdict);
                since.map_or(finding.clone(), |since| finding.moment("time", since.and_utc()))
            }
            state::REFUSED => Finding::warn("deliveries-refused"),
            _ => continue,
        };
        findings.push(finding.number("count", *count));
    }
    if findings.is_empty() {
        let settled: i64 = counts.iter().map(|(_, count, _)| count).sum();
        findings.push(Finding::ok("deliveries-settled").number("count", settled));
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use storage::launch_ways::LaunchWay;

    use super::*;

    #[test]
    fn cookies_are_judged_by_their_share() {
        #[track_caller]
        fn check(counts: &[(Way, i64)], key: &str, percent: Option<i64>, way: &str) {
            let rows: Vec<LaunchWay> = counts
                .iter()
                .map(|(way, launches)| LaunchWay {
                    deployment_id: String::new(),
                    day: String::new(),
                    way: way.as_str().to_owned(),
                    launches: *launches,
                })
                .collect();
            let found = cookies(&Memory::of(&rows));
            let expected = percent.map(super::super::Value::Number);
            assert_eq!((found.key, found.values.get("percent")), (key, expected.as_ref()));
            let expected = Some(super::super::Value::Text(way.to_owned())).filter(|_| !way.is_empty());
            assert_eq!(found.values.get("way"), expected.as_ref());
        }
        check(&[], "cookies-unseen", None, "");
        check(
            &[(Way::Cookie, 95), (Way::NewWindow, 9)],
            "cookies-kept",
            Some(91),
            "",
        );
        check(
            &[(Way::Cookie, 37), (Way::NewWindow, 63)],
            "cookies-blocked",
            Some(63),
            "new-window",
        );
        check(
            &[(Way::NewWindow, 1), (Way::StorageAccess, 5)],
            "cookies-blocked",
            Some(100),
            "storage-access",
        );
        check(
            &[(Way::Cookie, 10), (Way::Refused, 5)],
            "cookies-lost",
            Some(33),
            "",
        );
    }
}
