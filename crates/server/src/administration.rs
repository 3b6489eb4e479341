//! `taynghe admin …`: one-time sign-in addresses, who holds the role, and the audit trail.

use app::{
    Clock, administration,
    administrators::{self, Administrator},
};
use serde_json::{Value, json};
use settings::Settings;

use crate::{
    audit,
    cli::{Admin, Format},
    output, start,
};

/// Runs one of the commands.
pub(crate) async fn run(settings: &Settings, command: Admin) -> anyhow::Result<()> {
    match command {
        Admin::Audit(command) => audit::run(settings, command).await?,
        Admin::Link { organisation, output } => {
            let app = start::app(settings, Clock::system()).await?;
            let address = administration::link(&app, organisation.name).await?;
            output::print(output.format, &address, &json!({ "address": address }));
        }
        Admin::List { organisation, output } => {
            let app = start::app(settings, Clock::system()).await?;
            let listed = administrators::list(&app, organisation.name).await?;
            match output.format {
                Format::Text => output::print_table(&listed.iter().map(as_row).collect::<Vec<_>>()),
                Format::Json => output::print_json(&Value::Array(listed.iter().map(as_json).collect())),
            }
        }
        Admin::Revoke { id, organisation } => {
            let app = start::app(settings, Clock::system()).await?;
            administrators::revoke(&app, organisation.name, id).await?;
        }
    }
    Ok(())
}

fn as_row(administrator: &Administrator) -> Vec<String> {
    let signed_in = administrator.signed_in_at.map(|at| at.to_rfc3339());
    vec![
        administrator.id.clone(),
        administrator.granted_at.to_rfc3339(),
        signed_in.unwrap_or_else(|| "-".to_owned()),
        administrator.name.clone().unwrap_or_default(),
    ]
}

fn as_json(administrator: &Administrator) -> Value {
    json!({
        "id": administrator.id,
        "name": administrator.name,
        "granted_at": administrator.granted_at.to_rfc3339(),
        "signed_in_at": administrator.signed_in_at.map(|at| at.to_rfc3339()),
    })
}
