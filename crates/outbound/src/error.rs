//! What can go wrong when we call a platform, told without tokens and without personal data: hosts, classes of causes,
//! statuses and codes only.
//!
//! Left out on purpose: sentences for users (the pages have them, by code and kind).

use chrono::{DateTime, Utc};
use lti::{Code, Refusal};
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
    /// The address is none that can be called: neither http nor https, without a host, or with a user's name.
    #[error("this is no address that can be called")]
    BadAddress,
    /// The answer was a status that is no success.
    #[error("{host} answered {status}")]
    Status {
        /// The host called.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The time before which the platform does not want to hear from us.
        retry_at: Option<DateTime<Utc>>,
    },
    /// A web page came instead of data: a login page, a proxy's notice, a maintenance page.
    #[error("{host} answered {status} with a web page")]
    Html {
        /// The host called.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The pages of a list do not end: one of them again, or too many.
    #[error("{host}: the list does not end")]
    Endless {
        /// The host called.
        host: String,
    },
    /// Refused by the rules of LTI, before the call (`LTI-SVC-ORIGIN`, `LTI-AGS-VALUE`) or in its answer
    /// (`LTI-SVC-SCOPE`, `LTI-SVC-REFUSED`, …).
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Our own key could not sign the client assertion.
    #[error("the client assertion could not be signed")]
    Signing,
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
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            // Nothing was sent, and nothing will be: trying again helps nobody.
            CallError::Unreachable {
                cause: Cause::AddressFilter,
                ..
            }
            | CallError::BadAddress => Code::SvcOrigin,
            CallError::Unreachable { .. } => Code::SvcUnreachable,
            CallError::Status { .. } if self.retryable() => Code::SvcUnreachable,
            CallError::Html { .. } => Code::SvcUnreachable,
            CallError::Status { .. } | CallError::Endless { .. } | CallError::Signing => Code::SvcRefused,
            CallError::Refused(refusal) => refusal.code,
        }
    }

    /// Whether the same call may succeed later without anybody doing anything about it.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            CallError::Unreachable { cause, .. } => {
                !matches!(cause, Cause::AddressFilter | Cause::NoAuthorities)
            }
            CallError::Status { status, .. } => *status >= 500 || matches!(status, 408 | 425 | 429),
            // what stands before a platform that is being repaired
            CallError::Html { .. } => true,
            CallError::Refused(refusal) => refusal.code == Code::SvcUnreachable,
            CallError::BadAddress | CallError::Endless { .. } | CallError::Signing => false,
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

    /// What kept us from an answer, when none came.
    #[must_use]
    pub fn cause(&self) -> Option<Cause> {
        match self {
            CallError::Unreachable { cause, .. } => Some(*cause),
            _ => None,
        }
    }

    /// One word for the metrics' `outcome`.
    pub(crate) fn outcome(&self) -> &'static str {
        match self.cause() {
            Some(Cause::Dns) => "dns",
            Some(Cause::AddressFilter) => "address-filter",
            Some(Cause::Connect) => "connect",
            Some(Cause::Tls | Cause::NoAuthorities) => "tls",
            Some(Cause::Timeout) => "timeout",
            Some(Cause::ClosedEarly) => "closed-early",
            Some(Cause::TooLarge) => "too-large",
            None => "not-called",
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

/// An I/O error hides what it wraps from `source`, and here one may wrap another, so they are opened by hand.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || wrapped.is_some_and(|inner| is_tls(inner))
}
