//! How a use case fails: refused with a code, or broken.

use crate::Code;

/// A use case that did not succeed. Nothing of it was saved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request was refused; the page says why.
    #[error(transparent)]
    Refused(#[from] Box<Refusal>),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] storage::Error),
    /// Our own mistake.
    #[error("{0}")]
    Internal(String),
}

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Refusal {
    /// What the page explains.
    pub code: Code,
    /// Inner reason for log and administrator, without personal data, token or secret.
    pub detail: String,
    /// The registration that the request named, when there is one.
    pub registration_id: Option<String>,
    /// Whose administrators are told, when no registration says it.
    pub organisation_id: Option<String>,
    /// Its origins, which may frame the refusal.
    pub platform_origins: Vec<String>,
    /// The refused launch itself, when it is to be kept.
    pub evidence: Option<crate::kept_launch::Evidence>,
}

impl Error {
    /// A refusal that names no registration.
    pub fn refused(code: Code, detail: impl Into<String>) -> Self {
        Self::from(Box::new(Refusal {
            code,
            detail: detail.into(),
            registration_id: None,
            organisation_id: None,
            platform_origins: Vec::new(),
            evidence: None,
        }))
    }

    /// "Not found": also the answer for another tenant's thing.
    pub fn not_found(what: &str) -> Self {
        Self::refused(Code::NotFound, what)
    }

    /// The code that this failure is shown with.
    pub fn code(&self) -> Code {
        match self {
            Self::Refused(refusal) => refusal.code,
            Self::Storage(storage::Error::Busy(_)) => Code::Busy,
            // Two did the same at once; who tries again finds what the other one made.
            Self::Storage(storage::Error::Conflict(_)) => Code::Conflict,
            Self::Storage(_) | Self::Internal(_) => Code::Internal,
        }
    }

    /// The same refusal, for an organisation's administrators: it is theirs though it names no registration.
    #[must_use]
    pub fn of_organisation(self, organisation_id: &str) -> Self {
        match self {
            Self::Refused(mut refusal) => {
                refusal.organisation_id = Some(organisation_id.to_owned());
                Self::Refused(refusal)
            }
            other => other,
        }
    }

    /// The same refusal, with the registration that it belongs to.
    #[must_use]
    pub fn of_registration(self, registration: &storage::registrations::Registration) -> Self {
        match self {
            Self::Refused(mut refusal) => {
                refusal.registration_id = Some(registration.id.clone());
                refusal.platform_origins = crate::launch::platform_origins(registration);
                Self::Refused(refusal)
            }
            other => other,
        }
    }
}

impl From<lti::Refusal> for Error {
    fn from(refusal: lti::Refusal) -> Self {
        Self::refused(Code::Lti(refusal.code), refusal.detail)
    }
}

impl From<assessment::Code> for Error {
    fn from(code: assessment::Code) -> Self {
        Self::refused(Code::Attempt(code), String::new())
    }
}
