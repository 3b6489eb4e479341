//! `taynghe keys …`: our own signing keys, and what `taynghe doctor` says of them.

use app::{
    App, Clock,
    key_report::{self, Acceptance, Platform, Report, State},
    key_rotation::{self, Begun, By},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use settings::Settings;

use crate::{
    cli::{Format, Keys, Output},
    output, start,
};

/// How much older than it should be a key may be before the doctor minds.
const LATE_DAYS: i64 = 7;

/// Runs one of the commands.
pub(crate) async fn run(settings: &Settings, command: Keys) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    match command {
        Keys::List(Output { format }) => {
            print(&key_report::report(&app).await?, None, format);
            Ok(())
        }
        Keys::Rotate { force, output } => {
            let outcome = if force {
                key_rotation::force(&app, By::Command).await?;
                "the new key signs for everybody; the others are destroyed".to_owned()
            } else {
                match key_rotation::rotate(&app, By::Command).await? {
                    Begun::New => "a new key was made".to_owned(),
                    Begun::UnderWay => "a new key is being introduced already".to_owned(),
                    Begun::Overlap(until) => format!(
                        "no new key was made: the last one has just been introduced, and the one before stays until {}",
                        minute(until)
                    ),
                }
            };
            let report = key_report::report(&app).await?;
            print(&report, Some(&outcome), output.format);
            anyhow::ensure!(
                report.held_up_by().next().is_none(),
                "not every platform accepts the new key yet"
            );
            Ok(())
        }
    }
}

/// What the doctor says of our keys.
pub(crate) async fn findings(app: &App) -> anyhow::Result<Vec<(&'static str, anyhow::Result<String>)>> {
    let report = key_report::report(app).await?;
    let mut findings = vec![("signing_key", age(&report))];
    findings.extend(report.held_up_by().map(|platform| {
        let told = format!("{}: {}", platform.registration.issuer, remedy(platform));
        // Whoever has just been asked, or is asked in a moment, has nothing to mend.
        let waits = platform.acceptance == Acceptance::Waiting;
        (
            "new_key",
            if waits {
                Ok(told)
            } else {
                Err(anyhow::anyhow!(told))
            },
        )
    }));
    Ok(findings)
}

fn age(report: &Report) -> anyhow::Result<String> {
    let Some(key) = report.signing() else {
        anyhow::bail!("no key signs");
    };
    let days = (report.now - key.created_at).num_days();
    let told = match report.next_at {
        Some(next) => format!(
            "{} days old; the next one is made on {}",
            days,
            next.format("%Y-%m-%d")
        ),
        None if report.keys.len() > 1 => format!("{days} days old; another key comes or goes"),
        None => format!("{days} days old; key_rotation_days is off"),
    };
    let late = report
        .lifetime
        .is_some_and(|lifetime| days > lifetime.num_days() + LATE_DAYS);
    anyhow::ensure!(!late, "{told}; is \"taynghe serve\" running?");
    Ok(told)
}

fn print(report: &Report, outcome: Option<&str>, format: Format) {
    match format {
        Format::Text => {
            if let Some(outcome) = outcome {
                output::print(format, outcome, &Value::Null);
            }
            output::print_table(&rows(report));
        }
        Format::Json => output::print_json(&as_json(report, outcome)),
    }
}

fn rows(report: &Report) -> Vec<Vec<String>> {
    let keys = report.keys.iter().map(|key| {
        vec![
            "key".to_owned(),
            key.id.clone(),
            key.state.as_str().to_owned(),
            match key.state {
                State::Published => format!("made {}", minute(key.created_at)),
                State::Signing(since) => format!("since {}", minute(since)),
                State::Retiring(until) => format!("until {}", minute(until)),
            },
        ]
    });
    let platforms = report.platforms.iter().map(|platform| {
        vec![
            "platform".to_owned(),
            platform.key_id.clone(),
            platform.acceptance.as_str().to_owned(),
            match platform.acceptance {
                Acceptance::Only | Acceptance::Off => platform.registration.issuer.clone(),
                Acceptance::Proven(at) => format!("{}, {}", platform.registration.issuer, minute(at)),
                _ => format!("{}: {}", platform.registration.issuer, remedy(platform)),
            },
        ]
    });
    keys.chain(platforms).collect()
}

fn as_json(report: &Report, outcome: Option<&str>) -> Value {
    json!({
        "outcome": outcome,
        "next_at": report.next_at,
        "keys": report.keys.iter().map(|key| json!({
            "id": key.id,
            "state": key.state.as_str(),
            "created_at": key.created_at,
            "age_days": (report.now - key.created_at).num_days(),
            "platforms": key.platforms,
        })).collect::<Vec<_>>(),
        "platforms": report.platforms.iter().map(|platform| json!({
            "registration_id": platform.registration.id,
            "issuer": platform.registration.issuer,
            "key": platform.key_id,
            "new_key": platform.acceptance.as_str(),
            "detail": platform.detail,
            "tried_at": platform.tried_at,
            "key_set_read_at": platform.key_set_at,
        })).collect::<Vec<_>>(),
    })
}

// What the pages say in three languages, for a terminal.
fn remedy(platform: &Platform) -> String {
    let words = match platform.acceptance {
        Acceptance::Refused => {
            "refuses the new key and is served with the old one. Its administrator: Manage tools, the tool's pencil, \
             \"Public key type\" must be \"Keyset URL\" with our /lti/jwks as \"Public keyset\", and the server must be \
             able to fetch it"
        }
        Acceptance::RefusedBoth => {
            "refuses every key of ours. Its administrator: Manage tools, the tool must be there and active, \"Public key \
             type\" \"Keyset URL\" with our /lti/jwks, and the server must be able to fetch it"
        }
        Acceptance::Unreachable => "does not answer; it is asked again by itself",
        _ => "was not asked yet; \"taynghe serve\" does it",
    };
    match platform.detail.as_str() {
        "" => words.to_owned(),
        detail => format!("{words} ({detail})"),
    }
}

fn minute(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}
