//! Organisations: the first one is made when something first needs it.

use chrono::{DateTime, Utc};
use storage::{Connection, organisations};

use crate::{Error, Result, random};

/// The name of the organisation that is made when there is none.
const FIRST_NAME: &str = "Taynghe";

/// The organisation of that name, made when it is new; without a name the first one.
pub(crate) fn find_or_make(
    connection: &mut Connection,
    name: Option<&str>,
    now: DateTime<Utc>,
) -> Result<organisations::Organisation> {
    let known = match name {
        Some(name) => organisations::find_by_name(connection, name)?,
        None => organisations::first(connection)?,
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let name = name.map_or(FIRST_NAME, str::trim);
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Error::refused(
            crate::Code::Form,
            "an organisation's name has 1 to 200 characters",
        ));
    }
    let made = organisations::Organisation {
        id: random::id(),
        name: name.to_owned(),
        built_in: false,
        created_at: now.naive_utc(),
    };
    organisations::insert(connection, &made)?;
    Ok(made)
}
