//! Does the platform still say of itself what we hold? Its configuration is
//! read again and compared; nothing is taken over (`registration_update.rs`).

use lti::registration_difference::Difference;
use storage::{registration_changes, registrations::Registration};

use super::{Deadline, Finding, SLOW};
use crate::{
    App, Code, Error, Result,
    registration_change::{Compared, State},
    registration_update,
};

/// What differs, or why nobody knows.
pub(super) async fn drift(
    app: &App,
    registration: &Registration,
    deadline: Deadline,
) -> Result<Vec<Finding>> {
    let asking = registration_update::compare(app, registration);
    let mut findings = match deadline.wait(asking).await {
        None => vec![Finding::warn("configuration-unreachable").detail(SLOW)],
        Some(Ok(compared)) => of(&compared),
        Some(Err(error)) => match error.code() {
            Code::Form => vec![Finding::ok("configuration-unknown")],
            Code::Lti(lti::Code::RegIssuer) => vec![Finding::bad("configuration-other-platform")],
            Code::Lti(_) => vec![Finding::warn("configuration-unreachable").detail(error.to_string())],
            _ => return Err(error),
        },
    };
    let id = registration.id.clone();
    let waiting = app
        .db()
        .read::<_, Error>(move |c| {
            Ok(registration_changes::list_in_state(
                c,
                &id,
                State::Waiting.as_str(),
            )?)
        })
        .await?;
    if !waiting.is_empty() {
        findings.push(Finding::warn("change-waiting").count("count", waiting.len()));
    }
    Ok(findings)
}

fn of(compared: &Compared) -> Vec<Finding> {
    let mut findings = Vec::new();
    match (compared.waits(), compared.changed().next().is_some()) {
        (true, _) => {
            findings.push(Finding::bad("configuration-moved").detail(named(compared.addresses.iter())))
        }
        (false, true) => {
            findings.push(Finding::warn("configuration-changed").detail(named(compared.changed())))
        }
        (false, false) => findings.push(Finding::ok("configuration-same")),
    }
    if !compared.stored_otherwise.is_empty() {
        let fields = named(compared.stored_otherwise.iter());
        findings.push(Finding::warn("configuration-stored-otherwise").detail(fields));
    }
    findings
}

/// The fields and what they say now: addresses and names of the protocol, no secrets.
fn named<'a>(differences: impl Iterator<Item = &'a Difference>) -> String {
    let one = |difference: &Difference| match difference.field.is_endpoint() {
        true => format!("{}: {}", difference.field.as_str(), difference.said.join(" ")),
        false => difference.field.as_str().to_owned(),
    };
    differences.map(one).collect::<Vec<_>>().join(", ")
}
