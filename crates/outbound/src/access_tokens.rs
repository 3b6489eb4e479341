//! Access tokens of the platforms: one for each registration and set of scopes, kept until shortly before it expires,
//! fetched by one caller at a time, forgotten when the platform refuses it.
//!
//! Left out on purpose: how the assertion is built and the answer read (`lti::client_assertion`).

/// Where a registration's services are and who we are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTarget {
    /// Our own id of the registration: tokens of different registrations never mix, even with equal client ids.
    pub registration_id: String,
    /// Our client id there.
    pub client_id: String,
    /// The token endpoint.
    pub token_url: String,
    /// The `aud` of our assertions: the token endpoint, or what the platform named instead (`authorization_server`).
    pub token_audience: String,
    /// Addresses whose origins may get our bearer tokens: the registration's issuer and endpoints, and origins that an
    /// administrator approved. Whole addresses or origins; only their origins count.
    pub allowed_origins: Vec<String>,
    /// `product_family_code`, such as `moodle`; it picks the quirks.
    pub product_family: Option<String>,
}

/// Who calls a service, and when.
#[derive(Clone, Copy)]
pub struct Caller<'a> {
    /// The registration's services.
    pub target: &'a ServiceTarget,
    /// The key that signs our assertions; its public part is in our key set.
    pub key: &'a lti::keys::ToolKey,
    /// Now.
    pub now: chrono::DateTime<chrono::Utc>,
    /// 128 random bits each time, for the assertion's `jti`.
    pub random: fn() -> [u8; 16],
}

/// The tokens in memory and the fetches under way.
#[derive(Default)]
pub(crate) struct Tokens {}

impl Tokens {
    pub(crate) fn forget(&self, _registration_id: &str) {}
}
