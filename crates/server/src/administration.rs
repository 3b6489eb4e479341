//! `taynghe admin …`: one-time sign-in addresses.

use app::{Clock, administration};
use serde_json::json;
use settings::Settings;

use crate::{cli::Admin, output, start};

/// Runs one of the commands.
pub(crate) async fn run(settings: &Settings, command: Admin) -> anyhow::Result<()> {
    let app = start::app(settings, Clock::system()).await?;
    match command {
        Admin::Link { organisation, output } => {
            let address = administration::link(&app, organisation.name).await?;
            output::print(output.format, &address, &json!({ "address": address }));
        }
    }
    Ok(())
}
