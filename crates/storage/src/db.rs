//! The two doors to the database.
//!
//! SQLite has one writer and a pool of readers, PostgreSQL one pool for both.
//! An asynchronous permit stands before each pool, so that waiting requests
//! hold no thread.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use r2d2::{ManageConnection, Pool};
use tokio::sync::Semaphore;

use crate::{Connection, DatabaseUrl, Error};

const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(5);
const PERMIT_TIMEOUT: Duration = Duration::from_secs(20);

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    readers: Door,
    writers: Door,
}

#[derive(Clone, Debug)]
struct Door {
    pool: Pool<Manager>,
    permits: Arc<Semaphore>,
}

#[derive(Debug)]
struct Manager {
    url: DatabaseUrl,
}

impl Db {
    /// Opens the database without changing it; see [`crate::migrate`].
    /// Blocks while the first connection is made.
    ///
    /// # Errors
    /// `Busy` when the database cannot be reached.
    pub fn open(url: &DatabaseUrl) -> crate::Result<Self> {
        match url {
            DatabaseUrl::Sqlite(_) => Ok(Self {
                readers: Door::open(url, SQLITE_READERS)?,
                writers: Door::open(url, 1)?,
            }),
            DatabaseUrl::Postgres(_) => {
                let door = Door::open(url, POSTGRES_CONNECTIONS)?;
                Ok(Self {
                    readers: door.clone(),
                    writers: door,
                })
            }
        }
    }

    /// Runs `f` outside of any transaction.
    ///
    /// # Errors
    /// What `f` answers, or `Busy` when no connection becomes free in time.
    pub async fn read<R, E>(
        &self,
        f: impl FnOnce(&mut Connection) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.readers.run(f).await
    }

    /// Runs `f` in one transaction: committed when it answers `Ok`, rolled back otherwise.
    ///
    /// # Errors
    /// What `f` answers, `Busy` when no connection becomes free in time, or why the commit failed.
    pub async fn write<R, E>(
        &self,
        f: impl FnOnce(&mut Connection) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.writers.run(|connection| in_transaction(connection, f)).await
    }

    /// True when a query can be answered.
    pub async fn is_ready(&self) -> bool {
        self.read(|connection| connection.ping().map_err(Error::from))
            .await
            .is_ok()
    }
}

impl Door {
    fn open(url: &DatabaseUrl, size: u32) -> crate::Result<Self> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(CHECKOUT_TIMEOUT)
            .build(Manager { url: url.clone() })
            .map_err(|error| Error::Busy(error.to_string()))?;
        Ok(Self {
            pool,
            permits: Arc::new(Semaphore::new(size as usize)),
        })
    }

    async fn run<R, E>(
        &self,
        f: impl FnOnce(&mut Connection) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let permit = tokio::time::timeout(PERMIT_TIMEOUT, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_elapsed| Error::Busy("no connection became free in time".to_owned()))?
            .map_err(|closed| Error::Busy(closed.to_string()))?;
        let pool = self.pool.clone();
        tokio::task::spawn_blocking(move || {
            // Inside the closure: a caller that goes away must not free the
            // permit while its transaction still runs.
            let _permit = permit;
            let mut connection = pool.get().map_err(|error| Error::Busy(error.to_string()))?;
            f(&mut connection)
        })
        .await
        .unwrap_or_else(|_panicked| Err(Error::Panicked.into()))
    }
}

fn in_transaction<R, E: From<Error>>(
    connection: &mut Connection,
    f: impl FnOnce(&mut Connection) -> Result<R, E>,
) -> Result<R, E> {
    connection.begin().map_err(Error::from)?;
    match std::panic::catch_unwind(AssertUnwindSafe(|| f(connection))) {
        Ok(Ok(answer)) => match connection.commit() {
            Ok(()) => Ok(answer),
            Err(error) => {
                roll_back(connection);
                Err(Error::from(error).into())
            }
        },
        Ok(Err(refused)) => {
            roll_back(connection);
            Err(refused)
        }
        Err(panic) => {
            roll_back(connection);
            std::panic::resume_unwind(panic)
        }
    }
}

// A connection that cannot roll back is thrown away by the pool (`has_broken`).
fn roll_back(connection: &mut Connection) {
    if let Err(error) = connection.rollback() {
        tracing::warn!(%error, "a transaction could not be rolled back");
    }
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = diesel::ConnectionError;

    fn connect(&self) -> Result<Connection, Self::Error> {
        Connection::establish(&self.url)
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), Self::Error> {
        connection
            .ping()
            .map_err(diesel::ConnectionError::CouldntSetupConfiguration)
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        std::thread::panicking() || connection.is_broken()
    }
}
