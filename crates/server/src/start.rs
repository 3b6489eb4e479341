//! From settings to a running [`App`]: database, secret key, outbound client.

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use anyhow::{Context, bail};
use app::{App, Clock, Parts, examination::KnownScheme, keys::SecretKey};
use outbound::{AllowPrivate, Outbound};
use settings::Settings;
use storage::{DatabaseUrl, Db};

const SECRET_KEY_BYTES: usize = 32;

/// Reads the settings file and the environment; `instead` replaces variables of the environment.
///
/// # Errors
/// Every wrong setting, one a line.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room that reads the environment"
)]
pub(crate) fn settings(file: Option<&Path>, instead: &[(&str, String)]) -> anyhow::Result<Settings> {
    let text = file
        .map(|file| fs::read_to_string(file).with_context(|| format!("--config {}", file.display())))
        .transpose()?;
    let environment = std::env::vars_os()
        .map(|(name, value)| {
            (
                name.to_string_lossy().into_owned(),
                value.to_string_lossy().into_owned(),
            )
        })
        .filter(|(name, _)| !instead.iter().any(|(replaced, _)| replaced == name))
        .chain(
            instead
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
    settings::load(text.as_deref(), environment).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the settings are not right:\n{}", lines.join("\n"))
    })
}

/// Brings the database up to date; answers the migrations that were applied.
pub(crate) async fn migrate(settings: &Settings) -> anyhow::Result<Vec<String>> {
    let url = database_url(settings)?;
    if let DatabaseUrl::Sqlite(path) = &url {
        make_folder_of(Path::new(path))?;
        make_private(Path::new(path))?;
    }
    actix_web::rt::task::spawn_blocking(move || storage::migrate(&url))
        .await?
        .with_context(|| format!("database_url {}", settings.database_url))
}

/// Opens everything that a use case needs; makes database and secret key on first use.
pub(crate) async fn app(settings: &Settings, clock: Clock) -> anyhow::Result<App> {
    let applied = migrate(settings).await?;
    if !applied.is_empty() {
        tracing::info!(migrations = applied.len(), "the database was brought up to date");
    }
    let url = database_url(settings)?;
    let db = actix_web::rt::task::spawn_blocking(move || Db::open(&url)).await??;
    let secret_key = secret_key(settings, &db).await?;
    let parts = Parts {
        db,
        outbound: outbound(settings)?,
        clock,
        public_url: settings.public_url.clone(),
        secret_key,
        session_lifetime: chrono::Duration::hours(i64::from(settings.session_hours)),
    };
    let schemes = starter_content::SCHEMES
        .iter()
        .map(|file| KnownScheme::read(file.name, file.json).with_context(|| file.name.to_owned()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let key_lifetime = settings
        .key_rotation_days
        .map(|days| chrono::Duration::days(i64::from(days)));
    App::start(parts)
        .await
        .map(|app| app.with_key_lifetime(key_lifetime).with_schemes(schemes))
        .map(|app| app.with_statistics_from(settings.statistics_minimum_attempts))
        .with_context(|| format!("secret_key_file {}", settings.secret_key_file.display()))
}

/// Where the data is.
pub(crate) fn database_url(settings: &Settings) -> anyhow::Result<DatabaseUrl> {
    Ok(settings.database_url.as_str().parse()?)
}

fn outbound(settings: &Settings) -> anyhow::Result<Outbound> {
    let allow_private = AllowPrivate {
        hosts: settings.outbound_allow_private.hosts.clone(),
        networks: settings.outbound_allow_private.networks.clone(),
    };
    Ok(Outbound::new(outbound::Options {
        allow_private,
        ..outbound::Options::default()
    })?)
}

async fn secret_key(settings: &Settings, db: &Db) -> anyhow::Result<SecretKey> {
    let file = &settings.secret_key_file;
    match fs::read(file) {
        Ok(bytes) => match <[u8; SECRET_KEY_BYTES]>::try_from(bytes.as_slice()) {
            Ok(bytes) => Ok(SecretKey::new(bytes)),
            Err(_other_length) => bail!(
                "secret_key_file {}: it should hold {SECRET_KEY_BYTES} bytes",
                file.display()
            ),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if app::keys::exist(db).await? {
                bail!(
                    "secret_key_file {} is missing: the keys in the database were encrypted with it. Put the file back \
                     from its copy",
                    file.display()
                );
            }
            make_secret_key(file)
        }
        Err(error) => Err(error).with_context(|| format!("secret_key_file {}", file.display())),
    }
}

fn make_secret_key(file: &Path) -> anyhow::Result<SecretKey> {
    make_folder_of(file)?;
    let bytes = SecretKey::draw();
    let mut made = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("secret_key_file {}", file.display()))?;
    made.write_all(&bytes)?;
    made.sync_all()?;
    Ok(SecretKey::new(bytes))
}

// The database would make its file readable for everybody on the machine; its other files take over this one's mode.
fn make_private(file: &Path) -> anyhow::Result<()> {
    let made = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    match made {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(error).with_context(|| format!("the database file {} cannot be made", file.display()))
        }
        _ => Ok(()),
    }
}

fn make_folder_of(file: &Path) -> anyhow::Result<()> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.exists() => fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display())),
        _ => Ok(()),
    }
}
