//! One connection to either database, chosen by the URL's scheme, and the
//! `db!` macro that compiles a query once per backend.
//!
//! PostgreSQL is reached through tokio-postgres behind diesel's synchronous
//! API, with rustls: neither libpq nor OpenSSL is needed.

use std::{cell::Cell, sync::Arc};

use diesel::{
    Connection as _, ConnectionError,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    prelude::{QueryResult, SqliteConnection},
};
use diesel_async::{
    AsyncPgConnection,
    async_connection_wrapper::{AsyncConnectionWrapper, BlockOn},
};
use rustls_platform_verifier::BuilderVerifierExt;

pub(crate) type PgConnection = AsyncConnectionWrapper<AsyncPgConnection, ConnectionRuntime>;
type PgTransactions = <PgConnection as diesel::Connection>::TransactionManager;

/// A connection to one of the two databases. Queries match on it through `db!`.
#[expect(missing_debug_implementations, reason = "diesel's connections have none")]
pub enum Connection {
    /// PostgreSQL.
    Postgres(Box<PgConnection>),
    /// SQLite.
    Sqlite(Box<SqliteConnection>),
}

/// Expands `$body` once per backend, so that each query is written once and
/// checked by the compiler twice.
macro_rules! db {
    ($connection:expr, $c:ident => $body:expr) => {
        match $connection {
            $crate::Connection::Postgres($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::Connection::Sqlite($c) => {
                let $c = &mut **$c;
                $body
            }
        }
    };
}
pub(crate) use db;

/// Where the data is: `sqlite://FILE` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The file's path.
    Sqlite(String),
    /// The whole URL, as tokio-postgres reads it.
    Postgres(String),
}

/// Leaves out a server's address: a password may stand in it.
impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(..)"),
        }
    }
}

/// The URL's scheme is neither `sqlite` nor `postgres`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a database URL begins with sqlite:// or postgres://")]
pub struct InvalidDatabaseUrl;

impl std::str::FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        match url.split_once("://") {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self::Sqlite(path.to_owned())),
            Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(Self::Postgres(url.to_owned())),
            _ => Err(InvalidDatabaseUrl),
        }
    }
}

impl Connection {
    pub(crate) fn establish(url: &DatabaseUrl) -> Result<Self, ConnectionError> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path)?;
                connection
                    .batch_execute(
                        "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                         PRAGMA cache_size = -2000;",
                    )
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Self::Sqlite(Box::new(connection)))
            }
            DatabaseUrl::Postgres(url) => {
                let mut connection = connect_postgres(url)?;
                // As SQLite's busy_timeout: a lock that is not let go must not hold requests for ever.
                connection
                    .batch_execute("SET lock_timeout = '5s'")
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Self::Postgres(Box::new(connection)))
            }
        }
    }

    pub(crate) fn begin(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => PgTransactions::begin_transaction(&mut **c),
            // IMMEDIATE: a transaction that reads first and writes later would
            // otherwise fail with SQLITE_BUSY instead of waiting.
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(&mut **c, "BEGIN IMMEDIATE"),
        }
    }

    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        db!(self, c => commit_on(c))
    }

    pub(crate) fn rollback(&mut self) -> QueryResult<()> {
        db!(self, c => rollback_on(c))
    }

    pub(crate) fn ping(&mut self) -> QueryResult<()> {
        db!(self, c => c.batch_execute("SELECT 1"))
    }

    /// True when a transaction was left open: the connection must not be used again.
    pub(crate) fn is_broken(&mut self) -> bool {
        match self {
            Self::Postgres(c) => PgTransactions::is_broken_transaction_manager(&mut **c),
            Self::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(&mut **c),
        }
    }
}

fn commit_on<C: diesel::Connection>(connection: &mut C) -> QueryResult<()> {
    C::TransactionManager::commit_transaction(connection)
}

fn rollback_on<C: diesel::Connection>(connection: &mut C) -> QueryResult<()> {
    C::TransactionManager::rollback_transaction(connection)
}

fn connect_postgres(url: &str) -> Result<PgConnection, ConnectionError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_platform_verifier())
        .map_err(|error| ConnectionError::BadConnection(error.to_string()))?
        .with_no_client_auth();
    let tls = tokio_postgres_rustls::MakeRustlsConnect::new(tls);
    let runtime = new_runtime().map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    let connection = runtime.block_on(async {
        let (client, driver) = tokio_postgres::connect(url, tls)
            .await
            .map_err(|error| ConnectionError::BadConnection(describe(&error)))?;
        AsyncPgConnection::try_from_client_and_connection(client, driver).await
    })?;
    NEXT_RUNTIME.set(Some(runtime));
    Ok(PgConnection::from(connection))
}

fn describe(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

thread_local! {
    // The runtime in which a connection was opened must also drive it, and
    // diesel-async's wrapper asks for its runtime without an argument.
    static NEXT_RUNTIME: Cell<Option<tokio::runtime::Runtime>> = const { Cell::new(None) };
}

fn new_runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// Drives one PostgreSQL connection on the thread that uses it: no hop per query.
#[derive(Debug)]
pub struct ConnectionRuntime(Option<tokio::runtime::Runtime>);

#[expect(
    clippy::expect_used,
    reason = "the trait leaves no room for an error; the runtime is there until drop"
)]
impl BlockOn for ConnectionRuntime {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0
            .as_ref()
            .expect("the runtime lives as long as the connection")
            .block_on(future)
    }

    fn get_runtime() -> Self {
        Self(Some(NEXT_RUNTIME.take().unwrap_or_else(|| {
            new_runtime().expect("a runtime without threads")
        })))
    }
}

impl Drop for ConnectionRuntime {
    fn drop(&mut self) {
        // Dropping a runtime inside async code would panic.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
