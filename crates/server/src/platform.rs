//! `taynghe platform …`: registrations by hand and invitations.

use app::{
    Clock, invitation, platform_check,
    registration::{self, Endpoints, Listed},
};
use serde_json::{Value, json};
use settings::Settings;

use crate::{
    cli::{Add, Format, Platform},
    output, start,
};

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
            let listed = registration::add(&app, organisation.name, endpoints).await?;
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
            let is_good = platform_check::is_good(&findings);
            match output.format {
                Format::Text => output::print_table(
                    &findings
                        .iter()
                        .map(|finding| {
                            vec![
                                finding.verdict.as_str().to_owned(),
                                finding.key.to_owned(),
                                finding.detail.clone(),
                            ]
                        })
                        .collect::<Vec<_>>(),
                ),
                Format::Json => {
                    output::print_json(&json!(findings
                    .iter()
                    .map(|finding| json!({
                        "verdict": finding.verdict.as_str(), "key": finding.key, "detail": finding.detail
                    }))
                    .collect::<Vec<_>>()))
                }
            }
            anyhow::ensure!(is_good, "something has to be mended");
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
        "product_family": registration.product_family,
        "platform_name": registration.platform_name,
        "deployments": listed.deployments.iter().map(|deployment| json!({
            "deployment_id": deployment.platform_id, "status": deployment.status
        })).collect::<Vec<_>>(),
    })
}
