//! `taynghe platform …`: registrations by hand and invitations.

use app::{
    Clock, invitation,
    platform_check::{self, Finding},
    registration::{self, Besides, Endpoints, Listed},
    registration_change::{self, Change, Difference, Taken},
    registration_join, registration_update,
};
use serde_json::{Value, json};
use settings::Settings;

use crate::{
    cli::{Add, Format, Platform},
    joins, output, start,
};

/// Something waits for an administrator: exit code 3.
#[derive(Debug)]
pub(crate) struct Waits(usize);

impl std::fmt::Display for Waits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(count) = self;
        write!(
            f,
            "{count} waiting; see `taynghe platform changes`, then `approve` or `reject`"
        )
    }
}

impl std::error::Error for Waits {}

/// A health check found something that has to be mended: exit code 4.
#[derive(Debug)]
pub(crate) struct Ill;

impl std::fmt::Display for Ill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("something has to be mended; docs/admin/health-check.md says where")
    }
}

impl std::error::Error for Ill {}

/// Runs one of the commands.
pub(crate) async fn run(settings: &Settings, command: Platform) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    match command {
        Platform::Invite {
            host,
            organisation,
            output,
        } => {
            let address = invitation::invite(&app, organisation.name, host).await?;
            output::print(output.format, &address, &json!({ "address": address }));
        }
        Platform::Add(add) => {
            let Add {
                issuer,
                client_id,
                auth_login_url,
                token_url,
                jwks_url,
                deployment_id,
                token_audience,
                service_origins,
                product_family,
                organisation,
                output,
            } = *add;
            let endpoints = Endpoints {
                issuer,
                client_id,
                auth_login_url,
                token_url,
                jwks_url,
                deployment_id,
            };
            let besides = Besides {
                token_audience,
                service_origins,
                product_family,
            };
            let listed = registration::add_with(&app, organisation.name, endpoints, besides).await?;
            output::print(output.format, &listed.registration.id, &as_json(&listed));
        }
        Platform::List { organisation, output } => {
            let listed = registration::list(&app, organisation.name).await?;
            match output.format {
                Format::Text => output::print_table(&listed.iter().map(as_row).collect::<Vec<_>>()),
                Format::Json => output::print_json(&Value::Array(listed.iter().map(as_json).collect())),
            }
        }
        Platform::Check {
            id,
            organisation,
            output,
        } => {
            let findings = platform_check::check(&app, organisation.name, id).await?;
            match output.format {
                Format::Text => output::print_table(&findings.iter().map(finding_row).collect::<Vec<_>>()),
                Format::Json => {
                    output::print_json(&Value::Array(findings.iter().map(finding_json).collect()));
                }
            }
            if !platform_check::is_good(&findings) {
                return Err(Ill.into());
            }
        }
        Platform::Update {
            id,
            configuration,
            organisation,
            output,
        } => {
            let taken = registration_update::update(&app, organisation.name, id, configuration).await?;
            match output.format {
                Format::Text => output::print_table(&taken_rows(&taken)),
                Format::Json => output::print_json(&taken_json(&taken)),
            }
            wait(taken.waiting_id.iter().count())?;
        }
        Platform::Changes { organisation, output } => {
            let changes = registration_change::waiting(&app, organisation.name).await?;
            match output.format {
                Format::Text => {
                    output::print_table(&changes.iter().flat_map(change_rows).collect::<Vec<_>>())
                }
                Format::Json => output::print_json(&Value::Array(changes.iter().map(change_json).collect())),
            }
            wait(changes.len())?;
        }
        Platform::Approve { id, organisation } => {
            registration_change::decide(&app, organisation.name, id, true).await?;
        }
        Platform::Reject { id, organisation } => {
            registration_change::decide(&app, organisation.name, id, false).await?;
        }
        Platform::Joins { organisation, output } => {
            joins::list(&app, organisation.name, output.format).await?;
        }
        Platform::Join {
            former,
            registration,
            organisation,
            output,
        } => {
            let id = registration_join::join(&app, organisation.name, former, registration).await?;
            output::print(output.format, &id, &json!({ "id": id }));
        }
        Platform::Unjoin { id, organisation } => {
            registration_join::unjoin(&app, organisation.name, id).await?;
        }
        Platform::Disable { id, organisation } => {
            registration::set_active(&app, organisation.name, id, false).await?;
        }
        Platform::Enable { id, organisation } => {
            registration::set_active(&app, organisation.name, id, true).await?;
        }
    }
    Ok(())
}

fn as_row(listed: &Listed) -> Vec<String> {
    let registration = &listed.registration;
    vec![
        registration.id.clone(),
        registration.status.clone(),
        registration.issuer.clone(),
        registration.client_id.clone(),
        listed
            .deployments
            .iter()
            .map(|deployment| deployment.platform_id.as_str())
            .collect::<Vec<_>>()
            .join(","),
        registration.platform_name.clone(),
    ]
}

fn as_json(listed: &Listed) -> Value {
    let registration = &listed.registration;
    json!({
        "id": registration.id,
        "status": registration.status,
        "issuer": registration.issuer,
        "client_id": registration.client_id,
        "auth_login_url": registration.auth_login_url,
        "token_url": registration.token_url,
        "jwks_url": registration.jwks_url,
        "token_audience": registration.token_audience,
        "service_origins": registration.service_origins.split_whitespace().collect::<Vec<_>>(),
        "product_family": registration.product_family,
        "platform_name": registration.platform_name,
        "deployments": listed.deployments.iter().map(|deployment| json!({
            "deployment_id": deployment.platform_id, "status": deployment.status
        })).collect::<Vec<_>>(),
    })
}

fn finding_row(finding: &Finding) -> Vec<String> {
    let values = finding.values.iter().map(|(name, value)| match plain(value) {
        Value::String(text) => format!("{name}={text}"),
        value => format!("{name}={value}"),
    });
    let about = finding.deployment.iter().map(|id| format!("deployment={id}"));
    let said = Some(finding.detail.clone()).filter(|detail| !detail.is_empty());
    vec![
        finding.verdict.as_str().to_owned(),
        finding.key.to_owned(),
        about.chain(values).chain(said).collect::<Vec<_>>().join(" "),
    ]
}

fn finding_json(finding: &Finding) -> Value {
    let values = finding.values.iter();
    json!({
        "verdict": finding.verdict.as_str(),
        "key": finding.key,
        "deployment": finding.deployment,
        "values": values.map(|(name, value)| (name.clone(), plain(value))).collect::<serde_json::Map<_, _>>(),
        "detail": finding.detail,
    })
}

fn plain(value: &platform_check::Value) -> Value {
    match value {
        platform_check::Value::Number(number) => json!(number),
        platform_check::Value::Moment(at) => json!(at),
        platform_check::Value::Text(text) => json!(text),
    }
}

fn wait(count: usize) -> anyhow::Result<()> {
    if count > 0 {
        Err(Waits(count).into())
    } else {
        Ok(())
    }
}

fn taken_rows(taken: &Taken) -> Vec<Vec<String>> {
    let groups = [
        ("applied", &taken.applied),
        ("waiting", &taken.waiting),
        ("stored-otherwise", &taken.stored_otherwise),
    ];
    groups
        .into_iter()
        .flat_map(|(state, differences)| differences.iter().map(move |one| difference_row(state, one)))
        .collect()
}

fn taken_json(taken: &Taken) -> Value {
    json!({
        "same": taken.is_same(),
        "applied": taken.applied.iter().map(difference_json).collect::<Vec<_>>(),
        "waiting": taken.waiting.iter().map(difference_json).collect::<Vec<_>>(),
        "waiting_id": taken.waiting_id,
        "stored_otherwise": taken.stored_otherwise.iter().map(difference_json).collect::<Vec<_>>(),
    })
}

fn change_rows(change: &Change) -> Vec<Vec<String>> {
    let row = |one| {
        let mut row = difference_row(&change.id, one);
        row.insert(1, change.registration_id.clone());
        row
    };
    change.differences.iter().map(row).collect()
}

fn change_json(change: &Change) -> Value {
    json!({
        "id": change.id,
        "registration": change.registration_id,
        "by_launch": change.by_launch,
        "found_at": change.found_at.to_rfc3339(),
        "differences": change.differences.iter().map(difference_json).collect::<Vec<_>>(),
    })
}

fn difference_row(first: &str, difference: &Difference) -> Vec<String> {
    vec![
        first.to_owned(),
        difference.field.as_str().to_owned(),
        difference.held.join(" "),
        "->".to_owned(),
        difference.said.join(" "),
    ]
}

fn difference_json(difference: &Difference) -> Value {
    json!({
        "field": difference.field.as_str(),
        "held": difference.held,
        "said": difference.said,
        "moves": difference.moves(),
    })
}
