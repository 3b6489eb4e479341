//! Third-party initiated login (security framework 1.0 section 5.1.1): the
//! platform's initiation is read and checked, and the authentication request
//! is built. Leaves out: which registration it is, and state and nonce, which
//! are given.

use crate::code::{Code, Refusal};
use crate::origin::why_not_ours;
use url::Url;

/// Longest value of a login parameter, in bytes.
pub const MAX_VALUE_BYTES: usize = 4096;

/// Longest name of a frame that is taken, in characters.
const MAX_FRAME_NAME: usize = 64;

/// A login initiation (security framework 1.0 section 5.1.1.1).
#[derive(Clone, PartialEq, Eq)]
pub struct Initiation {
    /// `iss`, compared as it stands: another case, slash or port is another issuer.
    pub issuer: String,
    /// `login_hint`, opaque.
    pub login_hint: String,
    /// `target_link_uri`; not yet checked, see [`check_target_link_uri`].
    pub target_link_uri: String,
    /// `client_id`, optional by the specification.
    pub client_id: Option<String>,
    /// `lti_message_hint`, opaque; goes back byte for byte.
    pub lti_message_hint: Option<String>,
    /// `lti_deployment_id`.
    pub lti_deployment_id: Option<String>,
    /// `lti_storage_target` (platform storage 0.1): `_parent`, or the name of a
    /// frame beside ours that stores for us. Anything else counts as absent.
    pub lti_storage_target: Option<String>,
}

crate::debug_only!(Initiation: issuer, client_id, lti_deployment_id);

/// Reads an initiation from the decoded pairs of the query (GET) and the form
/// (POST).
///
/// # Errors
/// [`Code::LogSize`] for any value over [`MAX_VALUE_BYTES`],
/// [`Code::LogAmbiguous`] for a parameter given twice in one place or in both
/// with different values, [`Code::LogParam`] for a missing or empty one; the
/// detail names the parameter.
pub fn parse_initiation(
    query: &[(String, String)],
    body: &[(String, String)],
) -> Result<Initiation, Refusal> {
    if query
        .iter()
        .chain(body)
        .any(|(name, value)| value.len() > MAX_VALUE_BYTES || name.len() > MAX_VALUE_BYTES)
    {
        return Err(Refusal::new(Code::LogSize, "a value is longer than 4 KiB"));
    }
    let optional = |name: &str| parameter(query, body, name);
    let required = |name: &str| optional(name)?.ok_or_else(|| Refusal::new(Code::LogParam, name));
    Ok(Initiation {
        issuer: required("iss")?,
        login_hint: required("login_hint")?,
        target_link_uri: required("target_link_uri")?,
        client_id: optional("client_id")?,
        lti_message_hint: optional("lti_message_hint")?,
        lti_deployment_id: optional("lti_deployment_id")?,
        lti_storage_target: optional("lti_storage_target")?.filter(|target| is_storage_target(target)),
    })
}

// It becomes a name in `parent.frames[…]`: no number, no keyword such as `_top`, no property that every window has.
fn is_storage_target(target: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    target == "_parent"
        || (target.starts_with(|c: char| c.is_ascii_alphabetic())
            && target.len() <= MAX_FRAME_NAME
            && target.chars().all(plain))
}

/// Checks that a `target_link_uri` leads to us: same origin as the public URL
/// (so https, or http on loopback), path `/` included, no userinfo, backslash,
/// line break or `//`.
///
/// # Errors
/// [`Code::LogTarget`].
pub fn check_target_link_uri(target_link_uri: &str, public_url: &Url) -> Result<(), Refusal> {
    match why_not_ours(target_link_uri, public_url) {
        None => Ok(()),
        Some(reason) => Err(Refusal::new(Code::LogTarget, reason)),
    }
}

/// Our one fixed redirect address, the same in registration and in each
/// authentication request: platforms compare it byte for byte.
pub fn redirect_uri(public_url: &Url) -> String {
    crate::origin::below(public_url, "lti/launch")
}

/// What the authentication request says beside the initiation.
#[derive(Debug, Clone, Copy)]
pub struct AuthenticationRequest<'a> {
    /// The registration's OIDC authorization address; an existing query is kept.
    pub auth_login_url: &'a Url,
    /// The registration's client id.
    pub client_id: &'a str,
    /// [`redirect_uri`].
    pub redirect_uri: &'a str,
    /// Random, kept in a state cookie and on the server.
    pub state: &'a str,
    /// Random, bound to the state.
    pub nonce: &'a str,
}

/// Builds the address to redirect the browser to (security framework 1.0
/// section 5.1.1.2), with every field that Moodle's auth.php demands.
pub fn authentication_request_url(initiation: &Initiation, request: &AuthenticationRequest<'_>) -> Url {
    let mut url = request.auth_login_url.clone();
    url.set_fragment(None);
    {
        let mut pairs = url.query_pairs_mut();
        pairs
            .append_pair("scope", "openid")
            .append_pair("response_type", "id_token")
            .append_pair("response_mode", "form_post")
            .append_pair("prompt", "none")
            .append_pair("client_id", request.client_id)
            .append_pair("redirect_uri", request.redirect_uri)
            .append_pair("state", request.state)
            .append_pair("nonce", request.nonce)
            .append_pair("login_hint", &initiation.login_hint);
        if let Some(hint) = &initiation.lti_message_hint {
            pairs.append_pair("lti_message_hint", hint);
        }
    }
    url
}

fn parameter(
    query: &[(String, String)],
    body: &[(String, String)],
    name: &str,
) -> Result<Option<String>, Refusal> {
    let ambiguous = || Refusal::new(Code::LogAmbiguous, name);
    let once = |pairs: &[(String, String)]| {
        let mut values = pairs.iter().filter(|(key, _)| key == name);
        let first = values.next().map(|(_, value)| value.clone());
        match values.next() {
            Some(_) => Err(ambiguous()),
            None => Ok(first),
        }
    };
    let value = match (once(query)?, once(body)?) {
        (Some(one), Some(other)) if one != other => return Err(ambiguous()),
        (one, other) => one.or(other),
    };
    Ok(value.filter(|value| !value.is_empty()))
}

#[cfg(test)]
#[path = "login_tests.rs"]
mod tests;
