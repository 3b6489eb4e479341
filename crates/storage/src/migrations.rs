//! Brings a database to this program's version: the files of `migrations/`,
//! the same on SQLite and PostgreSQL. A newer database is refused, not changed.

use diesel::{RunQueryDsl, connection::SimpleConnection, migration::MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Connection, DatabaseUrl, connection::db};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");
/// Any fixed number: two processes that start at once take turns by it.
const ADVISORY_LOCK: i64 = 7_461_795_268;

/// Why the database was not brought to this version.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// It cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Open(#[from] diesel::ConnectionError),
    /// It was written by a newer program.
    #[error(
        "the database is newer than this program: it has the migration {0}, which this program does not know"
    )]
    Newer(String),
    /// A migration failed; it was rolled back.
    #[error("a migration failed: {0}")]
    Failed(String),
}

/// Applies what is missing and answers the names of what was applied.
/// Makes the SQLite file when there is none (its folder must exist). Blocks.
///
/// # Errors
/// See [`MigrationError`]; nothing is changed in a newer database.
pub fn migrate(url: &DatabaseUrl) -> Result<Vec<String>, MigrationError> {
    let mut connection = Connection::establish(url)?;
    match &mut connection {
        Connection::Sqlite(c) => {
            // Once, before the pools open: switching to WAL while several
            // connections open at once fails with "database is locked".
            c.batch_execute("PRAGMA journal_mode = WAL").map_err(failed)?;
        }
        Connection::Postgres(c) => {
            // The other process may take its time.
            c.batch_execute(&format!(
                "SET lock_timeout = 0; SELECT pg_advisory_lock({ADVISORY_LOCK})"
            ))
            .map_err(failed)?;
        }
    }
    let applied = db!(&mut connection, c => apply(c));
    if let Connection::Postgres(c) = &mut connection {
        c.batch_execute(&format!("SELECT pg_advisory_unlock({ADVISORY_LOCK})"))
            .map_err(failed)?;
    }
    applied
}

fn apply<C, B>(connection: &mut C) -> Result<Vec<String>, MigrationError>
where
    B: diesel::backend::Backend,
    C: MigrationHarness<B>,
    EmbeddedMigrations: MigrationSource<B>,
{
    let known: Vec<String> = MigrationSource::<B>::migrations(&MIGRATIONS)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    let applied = connection.applied_migrations().map_err(failed)?;
    if let Some(newer) = applied
        .iter()
        .map(ToString::to_string)
        .find(|version| !known.contains(version))
    {
        return Err(MigrationError::Newer(newer));
    }
    let done = connection.run_pending_migrations(MIGRATIONS).map_err(failed)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

fn failed(error: impl std::fmt::Display) -> MigrationError {
    MigrationError::Failed(error.to_string())
}

/// Copies a SQLite database as of one moment into a new file, while others use it.
/// Blocks.
///
/// # Errors
/// When the file exists, cannot be written, or the database is PostgreSQL.
pub fn backup(url: &DatabaseUrl, file: &std::path::Path) -> Result<(), MigrationError> {
    match &mut Connection::establish(url)? {
        Connection::Sqlite(c) => {
            let file = file.display().to_string();
            diesel::sql_query("VACUUM INTO ?")
                .bind::<diesel::sql_types::Text, _>(file)
                .execute(&mut **c)
                .map_err(failed)?;
            Ok(())
        }
        Connection::Postgres(_) => Err(failed("PostgreSQL has a tool of its own for this")),
    }
}
