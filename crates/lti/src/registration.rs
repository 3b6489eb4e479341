//! Dynamic registration 1.0: the platform's openid configuration is read and
//! judged, our request is built, the answer is read. Leaves out: fetching,
//! invitations, and who may register.

use crate::claim;
use crate::code::{Code, Refusal};
use crate::json::{loggable, object, owned, text, texts};
use crate::login::redirect_uri;
use crate::names::clean_name;
use crate::origin::{below, origin};
use crate::{ags, nrps};
use serde_json::{Map, Value, json};
use url::Url;

/// The scopes that we ask for, where the platform offers them.
pub const SCOPES: [&str; 5] = [
    ags::SCOPE_LINE_ITEM,
    ags::SCOPE_LINE_ITEM_READ_ONLY,
    ags::SCOPE_RESULT_READ_ONLY,
    ags::SCOPE_SCORE,
    nrps::SCOPE_MEMBERSHIP,
];

/// The claims that we ask for. Moodle sends names only to a tool that asked for
/// them when it was registered; nothing needs the e-mail address.
pub const CLAIMS: [&str; 5] = ["iss", "sub", "name", "given_name", "family_name"];

/// Our name in a platform's list of tools.
pub const CLIENT_NAME: &str = "Taynghe";

/// A platform's openid configuration, complete and coherent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformConfiguration {
    /// `issuer`, to be compared as text from now on.
    pub issuer: String,
    /// `authorization_endpoint`.
    pub authorization_endpoint: String,
    /// `token_endpoint`.
    pub token_endpoint: String,
    /// `jwks_uri`.
    pub jwks_uri: String,
    /// `registration_endpoint`.
    pub registration_endpoint: String,
    /// `authorization_server`: audience of client assertions when given.
    pub authorization_server: Option<String>,
    /// `product_family_code`, such as `moodle`.
    pub product_family_code: Option<String>,
    /// The product's version, free text.
    pub version: Option<String>,
    /// `scopes_supported`.
    pub scopes: Vec<String>,
    /// `claims_supported`.
    pub claims: Vec<String>,
    /// Types of `messages_supported`.
    pub messages: Vec<String>,
}

impl PlatformConfiguration {
    /// Those of the endpoints whose origin is not the issuer's: an
    /// administrator has to agree to them.
    pub fn foreign_endpoints(&self) -> Vec<&str> {
        let home = origin(&self.issuer);
        [
            &self.authorization_endpoint,
            &self.token_endpoint,
            &self.jwks_uri,
            &self.registration_endpoint,
        ]
        .into_iter()
        .filter(|endpoint| origin(endpoint) != home)
        .map(String::as_str)
        .collect()
    }
}

/// Reads a configuration that was fetched from `configuration_url`.
///
/// # Errors
/// [`Code::RegUrl`] when it is no JSON object, [`Code::RegIncomplete`] naming
/// what lacks, [`Code::RegIssuer`] when the issuer's host (port included) or
/// scheme is not the configuration's; the issuer may have a path.
pub fn parse_configuration(body: &[u8], configuration_url: &str) -> Result<PlatformConfiguration, Refusal> {
    let map: Map<String, Value> = serde_json::from_slice(body)
        .map_err(|_| Refusal::new(Code::RegUrl, "the configuration is not a JSON object"))?;
    let issuer = required_address(&map, "issuer")?;
    if origin(&issuer) != origin(configuration_url) {
        return Err(Refusal::new(Code::RegIssuer, loggable(&issuer)));
    }
    require_offer(&map, "id_token_signing_alg_values_supported", "RS256")?;
    require_offer(&map, "token_endpoint_auth_methods_supported", "private_key_jwt")?;
    require_offer(&map, "response_types_supported", "id_token")?;
    let platform = object(&map, claim::PLATFORM_CONFIGURATION);
    let messages = platform
        .and_then(|platform| platform.get("messages_supported"))
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(message_type).collect())
        .unwrap_or_default();
    Ok(PlatformConfiguration {
        authorization_endpoint: required_address(&map, "authorization_endpoint")?,
        token_endpoint: required_address(&map, "token_endpoint")?,
        jwks_uri: required_address(&map, "jwks_uri")?,
        registration_endpoint: required_address(&map, "registration_endpoint")?,
        authorization_server: owned(&map, "authorization_server"),
        product_family_code: platform
            .and_then(|platform| text(platform, "product_family_code"))
            .and_then(clean_name),
        version: platform
            .and_then(|platform| text(platform, "version"))
            .and_then(clean_name),
        scopes: texts(&map, "scopes_supported"),
        claims: texts(&map, "claims_supported"),
        messages,
        issuer,
    })
}

/// Our registration request, to be posted as `application/json` with the
/// registration token as bearer. Scopes are ours as far as offered; a platform
/// that lists none is asked for all.
pub fn registration_request(platform: &PlatformConfiguration, public_url: &Url) -> Value {
    let at = |path: &str| below(public_url, path);
    let scopes: Vec<&str> = SCOPES
        .into_iter()
        .filter(|scope| platform.scopes.is_empty() || platform.scopes.iter().any(|s| s == scope))
        .collect();
    json!({
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": at("lti/login"),
        "redirect_uris": [redirect_uri(public_url)],
        "client_name": CLIENT_NAME,
        "client_uri": at(""),
        "jwks_uri": at("lti/jwks"),
        "logo_uri": at("icon.svg"),
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": scopes.join(" "),
        claim::TOOL_CONFIGURATION: {
            "domain": domain(public_url),
            "target_link_uri": at(""),
            "claims": CLAIMS,
            "custom_parameters": { "context_id_history": "$Context.id.history" },
            "messages": [
                { "type": claim::DEEP_LINKING_REQUEST, "target_link_uri": at("") },
                { "type": claim::RESOURCE_LINK_REQUEST, "target_link_uri": at("") },
            ],
        },
    })
}

/// What the platform answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Our client id there.
    pub client_id: String,
    /// The first deployment, when the platform makes it at once (Moodle does).
    pub deployment_id: Option<String>,
}

/// Reads the answer to a registration request; 200 (Moodle) and 201 are both right.
///
/// # Errors
/// [`Code::RegRefused`] with the platform's words for another status,
/// [`Code::RegIncomplete`] when there is no client id.
pub fn parse_registration_response(status: u16, body: &[u8]) -> Result<Registered, Refusal> {
    let map: Option<Map<String, Value>> = serde_json::from_slice(body).ok();
    if !matches!(status, 200 | 201) {
        let words = map.as_ref().and_then(|map| text(map, "error"));
        let words = words.map_or_else(|| bare_words(body), loggable);
        return Err(Refusal::new(Code::RegRefused, format!("{status} {words}")));
    }
    let incomplete = |what: &str| Refusal::new(Code::RegIncomplete, what);
    let map = map.ok_or_else(|| incomplete("a JSON answer"))?;
    Ok(Registered {
        client_id: owned(&map, "client_id").ok_or_else(|| incomplete("client_id"))?,
        deployment_id: object(&map, claim::TOOL_CONFIGURATION).and_then(|tool| owned(tool, "deployment_id")),
    })
}

/// The host with its port where it is not the scheme's own: Moodle compares it
/// with target_link_uri's.
fn domain(public_url: &Url) -> String {
    let host = public_url.host_str().unwrap_or_default();
    match public_url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn required_address(map: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    owned(map, name)
        .filter(|address| origin(address).is_some())
        .ok_or_else(|| Refusal::new(Code::RegIncomplete, name))
}

/// A list that says what is offered must hold the value; no list offers everything.
fn require_offer(map: &Map<String, Value>, name: &str, value: &str) -> Result<(), Refusal> {
    let silent = matches!(map.get(name), None | Some(Value::Null));
    if silent || texts(map, name).iter().any(|offered| offered == value) {
        Ok(())
    } else {
        Err(Refusal::new(Code::RegIncomplete, format!("{value} in {name}")))
    }
}

fn message_type(message: &Value) -> Option<String> {
    match message {
        Value::Object(map) => owned(map, "type"),
        // some platforms list bare names
        Value::String(name) => Some(name.clone()),
        _ => None,
    }
}

/// Moodle answers with a bare word such as `missing_domain`; a page is no word.
fn bare_words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body.get(..400).unwrap_or(body)).into_owned();
    if text.trim_start().starts_with('<') {
        "a web page".to_owned()
    } else {
        loggable(&text)
    }
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
