//! `taynghe backup`, `doctor` and `migrate`.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use app::Clock;
use serde_json::json;
use settings::Settings;
use storage::DatabaseUrl;

use crate::{cli::Format, keys, output, sign_in, start, tls};

/// Brings the database up to date; prints what was applied.
pub(crate) async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    for name in start::migrate(settings).await? {
        output::print(Format::Text, &name, &json!(name));
    }
    Ok(())
}

/// Copies the SQLite database as of one moment, while the service runs.
pub(crate) fn backup(settings: &Settings, file: &Path, with_secret_key: bool) -> anyhow::Result<()> {
    if file.exists() {
        bail!("{} exists already; a backup never overwrites", file.display());
    }
    match start::database_url(settings)? {
        DatabaseUrl::Postgres(_) => bail!("a PostgreSQL database is backed up by its own tool, pg_dump"),
        DatabaseUrl::Sqlite(path) if !Path::new(&path).exists() => {
            bail!("there is no database at {path} yet")
        }
        url @ DatabaseUrl::Sqlite(_) => storage::backup(&url, file).context("the backup failed")?,
    }
    if with_secret_key {
        let copy = file.with_extension("secret.key");
        fs::copy(&settings.secret_key_file, &copy)
            .with_context(|| format!("{} cannot be copied", settings.secret_key_file.display()))?;
    }
    Ok(())
}

/// Checks what a start needs, and says what to mend.
pub(crate) async fn doctor(settings: &Settings, format: Format) -> anyhow::Result<()> {
    let mut findings = vec![
        ("public_url", Ok(settings.public_url.to_string())),
        (
            "database_url",
            start::migrate(settings)
                .await
                .map(|_applied| settings.database_url.to_string()),
        ),
    ];
    let is_readable = findings.iter().all(|(_, found)| found.is_ok());
    if is_readable {
        let opened = start::app(settings, Clock::system()).await;
        let secret_key = settings.secret_key_file.display().to_string();
        let strangers = match &opened {
            Ok(app) => app::refusal::of_nobody(app).await?,
            Err(_) => Vec::new(),
        };
        let keys = match &opened {
            Ok(app) => keys::findings(app).await?,
            Err(_) => Vec::new(),
        };
        findings.push(("secret_key_file", opened.map(|_app| secret_key)));
        findings.extend(keys);
        // No organisation's administrators are shown these.
        let strangers: Vec<String> = strangers
            .iter()
            .map(|(code, count)| format!("{code} {count}"))
            .collect();
        if !strangers.is_empty() {
            let told = format!("of no organisation in the last day: {}", strangers.join(", "));
            findings.push(("refusals", Ok(told)));
        }
    }
    if !settings.sign_in.is_empty() {
        let told = |providers: Vec<app::sign_in::Provider>| format!("{} with their secrets", providers.len());
        findings.push(("sign_in", sign_in::providers(settings).map(told)));
    }
    if let Some(certificate) = tls::certificate(settings).transpose() {
        let told = |_certificate| "certificate and key fit together".to_owned();
        findings.push(("tls_certificate_file", certificate.map(told)));
    }
    let is_good = findings.iter().all(|(_, found)| found.is_ok());
    let told: Vec<(&str, &str, String)> = findings
        .into_iter()
        .map(|(name, found)| match found {
            Ok(detail) => ("ok", name, detail),
            Err(error) => ("bad", name, format!("{error:#}")),
        })
        .collect();
    match format {
        Format::Text => output::print_table(
            &told
                .iter()
                .map(|(verdict, name, detail)| {
                    vec![(*verdict).to_owned(), (*name).to_owned(), detail.clone()]
                })
                .collect::<Vec<_>>(),
        ),
        Format::Json => {
            output::print_json(&json!(told
            .iter()
            .map(|(verdict, name, detail)| json!({ "verdict": verdict, "name": name, "detail": detail }))
            .collect::<Vec<_>>()))
        }
    }
    anyhow::ensure!(is_good, "something has to be mended");
    Ok(())
}
