//! Why a provider's answer gave nobody, told without names, tokens and secrets.

use crate::error::CallError;

/// Why somebody could not be signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// The provider gave no usable answer.
    #[error("{0}")]
    Unreachable(#[from] CallError),
    /// What the provider says about itself does not fit the settings or the specification.
    #[error("the provider's configuration: {0}")]
    Configuration(String),
    /// The provider refused us, not the person: client id or secret.
    #[error("the token endpoint answered {0}")]
    Client(String),
    /// The answer names another provider, or none where it must (RFC 9207).
    #[error("the answer's issuer is not the provider's")]
    Issuer,
    /// The code was not taken: unknown, used, expired, or another browser's (PKCE).
    #[error("the token endpoint did not take the code")]
    Code,
    /// The ID token is not one that we may believe.
    #[error("the ID token: {0}")]
    Token(String),
    /// It is signed with a key that the provider does not publish.
    #[error("the ID token: no such key")]
    UnknownKey,
    /// Its nonce is missing or another sign-in's.
    #[error("the ID token's nonce is not this sign-in's")]
    Nonce,
    /// It has expired, or comes from the future.
    #[error("the ID token's times do not fit our clock")]
    Time,
    /// Its tenant is not one of those that may come.
    #[error("the ID token's tenant is not allowed")]
    Tenant,
}
