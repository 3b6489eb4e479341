//! What can go wrong when we call a platform, told without tokens and without personal data: hosts, classes of causes,
//! statuses and scope names only.
//!
//! Left out on purpose: sentences for users (the pages have them, by code and kind).

use chrono::{DateTime, Utc};
use reqwest::StatusCode;

use crate::resolve::{LookupFailed, NoAddressPermitted};

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer came, or not all of it.
    #[error("{host}: {cause}")]
    Unreachable {
        /// The host called, without path and query.
        host: String,
        /// What kept us from it.
        cause: Cause,
    },
    /// The address is none that we may ask: neither http nor https, or without a host.
    #[error("this is no address that can be called")]
    BadAddress,
    /// The bearer token was not sent: the URL is at none of the registration's own origins. `LTI-SVC-ORIGIN`.
    #[error("LTI-SVC-ORIGIN: {origin} is not one of the registration's origins")]
    Origin {
        /// Scheme, host and port of the URL.
        origin: String,
    },
    /// The platform granted less than was asked for. `LTI-SVC-SCOPE`.
    #[error("LTI-SVC-SCOPE: not granted: {}", missing.join(" "))]
    Scope {
        /// The scopes that are missing, whole addresses.
        missing: Vec<String>,
    },
    /// Our own client assertion could not be signed.
    #[error("the client assertion could not be signed")]
    Signing,
    /// The answer was a refusal (or something that is no success).
    #[error("{host} answered {status}")]
    Status {
        /// The host called.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The time before which the platform does not want to hear from us.
        retry_at: Option<DateTime<Utc>>,
        /// The platform's error word, when it gave one that is a word (`invalid_scope`, `missing_domain`).
        reason: Option<String>,
    },
    /// A web page came instead of data: a login page, a proxy's notice, an error page.
    #[error("{host} answered {status} with a web page")]
    Html {
        /// The host called.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is no JSON, or lacks what it must have.
    #[error("{host} answered with something else than expected: {expected}")]
    Shape {
        /// The host called.
        host: String,
        /// What should have come.
        expected: &'static str,
    },
    /// The pages of a list do not end: the same page again, or too many.
    #[error("{host}: the list does not end")]
    Endless {
        /// The host called.
        host: String,
    },
}

/// What kept us from an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// The name has no address.
    #[error("the name cannot be resolved")]
    Dns,
    /// The address filter: private, or plain http, and not listed in `outbound_allow_private`.
    #[error("refused by the address filter")]
    AddressFilter,
    /// Nobody listens there, or no way leads there.
    #[error("no connection")]
    Connect,
    /// The certificate is not one that this machine trusts, or the handshake failed.
    #[error("no secure connection")]
    Tls,
    /// This machine has no list of certificate authorities.
    #[error("this machine has no certificate authorities (ca-certificates)")]
    NoAuthorities,
    /// It took too long.
    #[error("timed out")]
    Timeout,
    /// The connection ended before the answer did, or what came is no HTTP.
    #[error("the connection ended early")]
    ClosedEarly,
    /// The answer is larger than it may be.
    #[error("the answer is too large")]
    TooLarge,
}

impl CallError {
    /// The stable code of those that have one.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            CallError::Origin { .. } => Some("LTI-SVC-ORIGIN"),
            CallError::Scope { .. } => Some("LTI-SVC-SCOPE"),
            _ => None,
        }
    }

    /// Whether the same call may succeed later without anybody doing anything about it.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            CallError::Unreachable { cause, .. } => {
                !matches!(cause, Cause::AddressFilter | Cause::NoAuthorities)
            }
            CallError::Status { status, .. } => *status >= 500 || matches!(status, 401 | 408 | 425 | 429),
            // A web page is what stands before a platform that is being repaired; other shapes are seen then, too.
            CallError::Html { .. } | CallError::Shape { .. } => true,
            CallError::BadAddress
            | CallError::Origin { .. }
            | CallError::Scope { .. }
            | CallError::Signing
            | CallError::Endless { .. } => false,
        }
    }

    /// The time before which the platform does not want to hear from us again.
    #[must_use]
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        match self {
            CallError::Status { retry_at, .. } => *retry_at,
            _ => None,
        }
    }

    /// One word for the metrics' `outcome`.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            CallError::Unreachable { cause, .. } => match cause {
                Cause::Dns => "dns",
                Cause::AddressFilter => "address-filter",
                Cause::Connect => "connect",
                Cause::Tls | Cause::NoAuthorities => "tls",
                Cause::Timeout => "timeout",
                Cause::ClosedEarly => "closed-early",
                Cause::TooLarge => "too-large",
            },
            CallError::BadAddress => "bad-address",
            CallError::Origin { .. } => "origin",
            CallError::Scope { .. } => "scope",
            CallError::Signing => "signing",
            CallError::Status { status, .. } => status_outcome(*status),
            CallError::Html { .. } => "html",
            CallError::Shape { .. } => "shape",
            CallError::Endless { .. } => "endless",
        }
    }
}

/// The class of a status, as the metrics' `outcome`.
pub(crate) fn status_outcome(status: u16) -> &'static str {
    match StatusCode::from_u16(status) {
        Ok(status) if status.is_success() => "ok",
        Ok(StatusCode::UNAUTHORIZED) => "401",
        Ok(StatusCode::TOO_MANY_REQUESTS) => "429",
        Ok(status) if status.is_client_error() => "4xx",
        Ok(status) if status.is_server_error() => "5xx",
        _ => "other-status",
    }
}

/// Finds the cause in an error of the HTTP library, whose own kinds are coarser than ours.
pub(crate) fn cause_of(error: &reqwest::Error) -> Cause {
    let mut tls = false;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = next {
        if inner.is::<NoAddressPermitted>() {
            return Cause::AddressFilter;
        }
        if inner.is::<LookupFailed>() {
            return Cause::Dns;
        }
        tls = tls || is_tls(inner);
        next = inner.source();
    }
    match () {
        () if tls => Cause::Tls,
        () if error.is_timeout() => Cause::Timeout,
        () if error.is_connect() => Cause::Connect,
        () => Cause::ClosedEarly,
    }
}

/// An I/O error hides what it wraps from `source`, so it is opened by hand.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || wrapped.is_some_and(|inner| inner.is::<rustls::Error>())
}
