//! JSON as it stands in the database: written and read by us alone. What comes
//! from outside is read where it comes in.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result};

/// Reads what we have stored; that it cannot be read is our own mistake.
pub(crate) fn read<T: DeserializeOwned>(stored: &str) -> Result<T> {
    serde_json::from_str(stored)
        .map_err(|error| Error::Internal(format!("stored JSON cannot be read: {error}")))
}

/// The value as it is stored.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}
