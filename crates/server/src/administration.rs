//! `taynghe admin …`: one-time sign-in addresses, and the audit trail.

use app::{Clock, administration};
use serde_json::json;
use settings::Settings;

use crate::{audit, cli::Admin, output, start};

/// Runs one of the commands.
pub(crate) async fn run(settings: &Settings, command: Admin) -> anyhow::Result<()> {
    match command {
        Admin::Audit(command) => audit::run(settings, command).await?,
        Admin::Link { organisation, output } => {
            let app = start::app(settings, Clock::system()).await?;
            let address = administration::link(&app, organisation.name).await?;
            output::print(output.format, &address, &json!({ "address": address }));
        }
    }
    Ok(())
}
