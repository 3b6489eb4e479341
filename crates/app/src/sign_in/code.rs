//! The codes with which a sign-in by an OpenID Connect provider is refused.

/// A stable refusal code of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenIdCode {
    /// The settings have no such provider.
    Provider,
    /// The provider cannot be reached, or answers with a fault of its own.
    Unreachable,
    /// The provider and our settings do not fit: issuer, endpoints, client id or secret.
    Configuration,
    /// State missing, unknown, expired or used.
    State,
    /// The browser did not bring the state's cookie.
    Browser,
    /// The answer names another provider than the one asked, or none where it must (RFC 9207).
    Issuer,
    /// The person, or somebody for them, said no.
    Denied,
    /// The provider answered with another error, or without a code.
    Answer,
    /// The code was not taken: unknown, used or expired.
    CodeSpent,
    /// The ID token may not be believed.
    Token,
    /// Its nonce is missing or another sign-in's.
    Nonce,
    /// Its times do not fit our clock.
    Time,
    /// Its tenant is not one of those that may come.
    Tenant,
    /// The e-mail address is an administrator's, and the provider does not say that it is verified.
    Email,
    /// The person is no administrator.
    Role,
    /// The learner's e-mail address is of no listed domain, or not verified.
    Domain,
}

impl OpenIdCode {
    /// Every one, in the order of docs/errors.md.
    pub const ALL: &'static [OpenIdCode] = &[
        Self::Provider,
        Self::Unreachable,
        Self::Configuration,
        Self::State,
        Self::Browser,
        Self::Issuer,
        Self::Denied,
        Self::Answer,
        Self::CodeSpent,
        Self::Token,
        Self::Nonce,
        Self::Time,
        Self::Tenant,
        Self::Email,
        Self::Role,
        Self::Domain,
    ];

    /// The code as it stands on pages, in logs and in docs/errors.md.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "OID-PROVIDER",
            Self::Unreachable => "OID-UNREACHABLE",
            Self::Configuration => "OID-CONFIGURATION",
            Self::State => "OID-STATE",
            Self::Browser => "OID-BROWSER",
            Self::Issuer => "OID-ISSUER",
            Self::Denied => "OID-DENIED",
            Self::Answer => "OID-ANSWER",
            Self::CodeSpent => "OID-CODE",
            Self::Token => "OID-TOKEN",
            Self::Nonce => "OID-NONCE",
            Self::Time => "OID-TIME",
            Self::Tenant => "OID-TENANT",
            Self::Email => "OID-EMAIL",
            Self::Role => "OID-ROLE",
            Self::Domain => "OID-DOMAIN",
        }
    }
}
