//! Dynamic registration 1.0: the platform's openid configuration is read and
//! judged, our request is built, the answer is read. Leaves out: fetching,
//! invitations, who may register, and what differs from an earlier reading
//! ([`crate::registration_difference`]).

use crate::claim;
use crate::code::{Code, Refusal};
use crate::json::{loggable, object, owned, text, texts};
use crate::login::redirect_uri;
use crate::names::clean_name;
use crate::origin::{below, origin};
use crate::quirks::quirks;
use crate::{ags, nrps};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
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

/// Placements in which our picker has a place, as platforms call them: Moodle's
/// and the specification's, then Canvas's (doc/api/registration.md of canvas-lms).
const PICKER_PLACEMENTS: [&str; 3] = ["ContentArea", "assignment_selection", "link_selection"];

/// A platform's openid configuration, complete and coherent. As JSON it is kept
/// to be shown and compared; that shape is read back by this program only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformConfiguration {
    /// `issuer`, to be compared as text from now on.
    pub issuer: String,
    /// `authorization_endpoint`.
    pub authorization_endpoint: String,
    /// `token_endpoint`.
    pub token_endpoint: String,
    /// `jwks_uri`.
    pub jwks_uri: String,
    /// `registration_endpoint`; only who registers needs one.
    pub registration_endpoint: Option<String>,
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
    /// Where the platform shows a tool, by the message that it sends from there.
    pub placements: BTreeMap<String, Vec<String>>,
    /// `variables`: what custom parameters may ask for.
    pub variables: Vec<String>,
}

impl PlatformConfiguration {
    /// Those of the endpoints whose origin is not the issuer's: an
    /// administrator has to agree to them.
    pub fn foreign_endpoints(&self) -> Vec<&str> {
        let home = origin(&self.issuer);
        [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri]
            .into_iter()
            .chain(&self.registration_endpoint)
            .filter(|endpoint| origin(endpoint) != home)
            .map(String::as_str)
            .collect()
    }

    /// True when the platform sends this message; one that lists none is asked for all.
    pub fn offers_message(&self, message: &str) -> bool {
        self.messages.is_empty() || self.messages.iter().any(|offered| offered == message)
    }
}

/// Reads a configuration that was fetched from `configuration_url`.
///
/// # Errors
/// [`Code::RegUrl`] when it is no JSON object, [`Code::RegIncomplete`] naming
/// what lacks, [`Code::RegIssuer`] when the issuer's host (port included) or
/// scheme is not the configuration's; the issuer may have a path.
pub fn parse_configuration(body: &[u8], configuration_url: &str) -> Result<PlatformConfiguration, Refusal> {
    let platform = parse_offer(body, configuration_url)?;
    match platform.registration_endpoint {
        Some(_) => Ok(platform),
        None => Err(Refusal::new(Code::RegIncomplete, "registration_endpoint")),
    }
}

/// The same for a platform that knows us already: nobody registers, so it need
/// not say where.
///
/// # Errors
/// As [`parse_configuration`], without the registration endpoint.
pub fn parse_offer(body: &[u8], configuration_url: &str) -> Result<PlatformConfiguration, Refusal> {
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
    let offered = platform
        .and_then(|platform| platform.get("messages_supported"))
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let product_family_code = platform
        .and_then(|platform| text(platform, "product_family_code"))
        .and_then(clean_name);
    Ok(PlatformConfiguration {
        authorization_endpoint: required_address(&map, "authorization_endpoint")?,
        token_endpoint: required_address(&map, "token_endpoint")?,
        jwks_uri: required_address(&map, "jwks_uri")?,
        registration_endpoint: address(&map, "registration_endpoint"),
        authorization_server: owned(&map, "authorization_server")
            .filter(|_| quirks(product_family_code.as_deref()).authorization_server_is_audience),
        product_family_code,
        version: platform
            .and_then(|platform| text(platform, "version"))
            .and_then(clean_name),
        scopes: texts(&map, "scopes_supported"),
        claims: texts(&map, "claims_supported"),
        messages: offered.iter().filter_map(message_type).collect(),
        placements: offered.iter().filter_map(placements_of).collect(),
        variables: platform
            .map(|platform| texts(platform, "variables"))
            .unwrap_or_default(),
        issuer,
    })
}

/// Our registration request, to be posted as `application/json` with the
/// registration token as bearer. Scopes and messages are ours as far as offered;
/// a platform that lists none is asked for all, except for submission review,
/// which is asked for by name only (Moodle sends it without listing it).
pub fn registration_request(platform: &PlatformConfiguration, public_url: &Url) -> Value {
    let at = |path: &str| below(public_url, path);
    let scopes: Vec<&str> = SCOPES
        .into_iter()
        .filter(|scope| platform.scopes.is_empty() || platform.scopes.iter().any(|s| s == scope))
        .collect();
    let messages = messages(platform, &at(""));
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
            "messages": messages,
        },
    })
}

fn messages(platform: &PlatformConfiguration, target_link_uri: &str) -> Vec<Value> {
    let reviews = platform
        .messages
        .iter()
        .any(|offered| offered == claim::SUBMISSION_REVIEW_REQUEST);
    let wanted = [
        (
            claim::DEEP_LINKING_REQUEST,
            platform.offers_message(claim::DEEP_LINKING_REQUEST),
        ),
        (claim::RESOURCE_LINK_REQUEST, true),
        (claim::SUBMISSION_REVIEW_REQUEST, reviews),
    ];
    wanted
        .into_iter()
        .filter(|(_, is_wanted)| *is_wanted)
        .map(|(kind, _)| {
            let mut message = json!({ "type": kind, "target_link_uri": target_link_uri });
            let placements = picker_placements(platform);
            if kind == claim::DEEP_LINKING_REQUEST
                && !placements.is_empty()
                && let Some(message) = message.as_object_mut()
            {
                // Canvas shows a tool only where its registration says.
                message.insert("placements".to_owned(), json!(placements));
                message.insert("label".to_owned(), json!(CLIENT_NAME));
            }
            message
        })
        .collect()
}

fn picker_placements(platform: &PlatformConfiguration) -> Vec<&'static str> {
    let offered = platform.placements.get(claim::DEEP_LINKING_REQUEST);
    PICKER_PLACEMENTS
        .into_iter()
        .filter(|ours| offered.is_some_and(|offered| offered.iter().any(|placement| placement == ours)))
        .collect()
}

/// What the platform answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Our client id there.
    pub client_id: String,
    /// The first deployment, when the platform makes it at once (Moodle does).
    pub deployment_id: Option<String>,
    /// What it says it stored.
    pub stored: StoredTool,
    /// Where the registration can be read again (RFC 7592), when the platform says.
    pub management: Option<Management>,
}

/// Where a platform's record of us can be read again (RFC 7592 section 3).
#[derive(Clone, PartialEq, Eq)]
pub struct Management {
    /// `registration_client_uri`.
    pub url: String,
    /// `registration_access_token`, a secret.
    pub token: String,
}

/// Leaves out the token.
impl std::fmt::Debug for Management {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Management")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// The members of a registration that both sides must agree on; `None` where a
/// request or an answer is silent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredTool {
    /// `redirect_uris`.
    pub redirect_uris: Option<Vec<String>>,
    /// `initiate_login_uri`.
    pub initiate_login_uri: Option<String>,
    /// `jwks_uri`: our key set.
    pub jwks_uri: Option<String>,
    /// `scope`, taken apart.
    pub scopes: Option<Vec<String>>,
    /// `target_link_uri` of the tool configuration.
    pub target_link_uri: Option<String>,
    /// `claims` of the tool configuration.
    pub claims: Option<Vec<String>>,
    /// Types of its `messages`.
    pub messages: Option<Vec<String>>,
    /// Names of its `custom_parameters`. Values are left out: Moodle echoes them cut.
    pub custom_parameters: Option<Vec<String>>,
}

impl StoredTool {
    /// From our request, or from the platform's answer: both have the same shape.
    pub fn of(registration: &Value) -> Self {
        registration.as_object().map(Self::of_map).unwrap_or_default()
    }

    fn of_map(map: &Map<String, Value>) -> Self {
        let listed = |map: &Map<String, Value>, name: &str| {
            map.get(name)
                .is_some_and(Value::is_array)
                .then(|| texts(map, name))
        };
        let tool = object(map, claim::TOOL_CONFIGURATION);
        Self {
            redirect_uris: listed(map, "redirect_uris"),
            initiate_login_uri: owned(map, "initiate_login_uri"),
            jwks_uri: owned(map, "jwks_uri"),
            scopes: text(map, "scope").map(|scopes| scopes.split_whitespace().map(str::to_owned).collect()),
            target_link_uri: tool.and_then(|tool| owned(tool, "target_link_uri")),
            claims: tool.and_then(|tool| listed(tool, "claims")),
            messages: tool
                .and_then(|tool| tool.get("messages"))
                .and_then(Value::as_array)
                .map(|messages| messages.iter().filter_map(message_type).collect()),
            custom_parameters: tool
                .and_then(|tool| object(tool, "custom_parameters"))
                .map(|parameters| parameters.keys().cloned().collect()),
        }
    }
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
        stored: StoredTool::of_map(&map),
        management: management(&map),
    })
}

fn management(map: &Map<String, Value>) -> Option<Management> {
    Some(Management {
        url: address(map, "registration_client_uri")?,
        token: owned(map, "registration_access_token")?,
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

fn address(map: &Map<String, Value>, name: &str) -> Option<String> {
    owned(map, name).filter(|address| origin(address).is_some())
}

fn required_address(map: &Map<String, Value>, name: &str) -> Result<String, Refusal> {
    address(map, name).ok_or_else(|| Refusal::new(Code::RegIncomplete, name))
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

fn placements_of(message: &Value) -> Option<(String, Vec<String>)> {
    let placements = texts(message.as_object()?, "placements");
    (!placements.is_empty()).then(|| Some((message_type(message)?, placements)))?
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
