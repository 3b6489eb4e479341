//! One-time addresses: a random secret goes into the address, only its hash is stored. What a spent one opens stands in
//! `invitation.rs` and `administration.rs`.

use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    invitations::{self, Invitation},
};

use crate::{Result, random};

/// What a one-time address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A platform's administrator registers us.
    Registration,
    /// One of our administrators signs in.
    Administrator,
}

impl Kind {
    /// As it is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Administrator => "administrator",
        }
    }
}

/// A new one: its row's id and the secret that goes into the address.
pub(crate) struct Issued {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// Makes one.
pub(crate) fn issue(
    connection: &mut Connection,
    organisation_id: &str,
    kind: Kind,
    host: Option<String>,
    lifetime: Duration,
    now: DateTime<Utc>,
) -> Result<Issued> {
    let secret = random::secret();
    let invitation = Invitation {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        kind: kind.as_str().to_owned(),
        secret_hash: random::hash(&secret),
        host,
        created_at: now.naive_utc(),
        expires_at: (now + lifetime).naive_utc(),
        used_at: None,
    };
    invitations::insert(connection, &invitation)?;
    Ok(Issued {
        id: invitation.id,
        secret,
    })
}

/// Why one opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    Unknown,
    Spent,
    Expired,
}

impl Closed {
    /// For the refusal's detail.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "there is no such address",
            Self::Spent => "the address was used before",
            Self::Expired => "the address has expired",
        }
    }
}

/// The open one of that secret.
pub(crate) fn find_open(
    connection: &mut Connection,
    kind: Kind,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<std::result::Result<Invitation, Closed>> {
    let found = invitations::find_by_secret(connection, kind.as_str(), &random::hash(secret))?;
    Ok(match found {
        None => Err(Closed::Unknown),
        Some(invitation) if invitation.used_at.is_some() => Err(Closed::Spent),
        Some(invitation) if invitation.expires_at <= now.naive_utc() => Err(Closed::Expired),
        Some(invitation) => Ok(invitation),
    })
}
