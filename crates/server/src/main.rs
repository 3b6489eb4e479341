//! The program `taynghe`: command line, start-up, loops. The only crate that
//! reads the environment and the settings file; the others are handed values.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong command line or settings, 3 done and something waits for an administrator.

mod administration;
mod audit;
mod cli;
mod course;
mod demo;
mod framework;
mod joins;
mod kept_launch;
mod keys;
mod loops;
mod maintenance;
mod output;
mod platform;
mod serve;
mod sign_in;
mod start;
mod statistics;
mod telemetry;
mod tls;

use std::process::ExitCode;

use clap::Parser;
use cli::{Cli, Command};

fn main() -> ExitCode {
    let cli = Cli::parse();
    // it only reads a file: wrong settings of a service are none of its business
    if let Command::Statistics(command) = &cli.command {
        return ended(statistics::run(command));
    }
    let settings = match start::settings(cli.config.as_deref(), &[]) {
        Ok(settings) => settings,
        Err(error) => return failed(&error, 2),
    };
    if rustls::crypto::aws_lc_rs::default_provider()
        .install_default()
        .is_err()
    {
        return failed(&anyhow::anyhow!("the cryptographic library is already in use"), 1);
    }
    let quiet = !matches!(cli.command, Command::Serve | Command::Demo(_));
    telemetry::start_log(&settings, quiet);
    ended(actix_web::rt::System::new().block_on(run(cli, settings)))
}

fn ended(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<platform::Waits>() => failed(&error, 3),
        Err(error) if error.is::<platform::Ill>() => failed(&error, 4),
        Err(error) => failed(&error, 1),
    }
}

async fn run(cli: Cli, settings: settings::Settings) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve => serve::serve(settings).await,
        Command::Demo(demo) => demo::demo(cli.config.as_deref(), &settings, demo).await,
        Command::Platform(command) => platform::run(&settings, command).await,
        Command::Admin(command) => administration::run(&settings, command).await,
        Command::Keys(command) => keys::run(&settings, command).await,
        Command::Backup {
            file,
            with_secret_key,
        } => maintenance::backup(&settings, &file, with_secret_key),
        Command::Doctor { about: None, output } => maintenance::doctor(&settings, output.format).await,
        Command::Doctor {
            about: Some(cli::Doctor::Launch { trace, output }),
            ..
        } => kept_launch::run(&settings, trace, output.format).await,
        Command::Import(command) => course::import(&settings, command).await,
        Command::Export(command) => course::export(&settings, command).await,
        Command::Framework(command) => framework::run(&settings, command).await,
        Command::Migrate => maintenance::migrate(&settings).await,
        Command::Statistics(command) => statistics::run(&command),
    }
}

#[expect(
    clippy::print_stderr,
    reason = "a command line program tells its errors there"
)]
fn failed(error: &anyhow::Error, code: u8) -> ExitCode {
    eprintln!("taynghe: {error:#}");
    ExitCode::from(code)
}
