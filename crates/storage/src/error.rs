//! What can go wrong in the database, told apart as far as callers act on it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// A query or transaction that did not succeed. Nothing of it was saved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection became free in time, or the database is locked or restarting; trying again may help.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// A unique key or a foreign key refused the row: somebody else was first.
    #[error("the row collides with another one: {0}")]
    Conflict(String),
    /// A stored value cannot be read back as what it should be.
    #[error("the stored {what} cannot be read: {reason}")]
    Unreadable {
        /// The table or noun.
        what: &'static str,
        /// Why, without the value.
        reason: String,
    },
    /// Anything else that the database said.
    #[error("the database refused: {0}")]
    Database(#[source] DieselError),
    /// The closure panicked; its transaction was rolled back.
    #[error("a database closure panicked")]
    Panicked,
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(kind, information) => match kind {
                DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ForeignKeyViolation => {
                    Error::Conflict(information.message().to_owned())
                }
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure => {
                    Error::Busy(information.message().to_owned())
                }
                _ if is_lock(information.message()) => Error::Busy(information.message().to_owned()),
                _ => Error::Database(error),
            },
            _ => Error::Database(error),
        }
    }
}

// SQLite's busy_timeout, PostgreSQL's lock_timeout, and two transactions that wait for each other.
fn is_lock(message: &str) -> bool {
    ["database is locked", "lock timeout", "deadlock detected"]
        .iter()
        .any(|sign| message.contains(sign))
}
