//! Dynamic registration: the configuration document, the key set, registration tokens and the registration itself.
//!
//! Answers 200 and leaves the tool pending until an administrator presses Activate. Errors are bare words.

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::claims::Pairs;
use crate::exchange::{Answer, Incoming, php_json, pretty_json};
use crate::keys;
use crate::launch::plain;
use crate::pages;
use crate::platform::PracticePlatform;
use crate::state::{GradeService, KeySource, Tool, ToolConfig};
use crate::token::{granted, scope};

/// A registration token lives this many seconds.
const REGISTRATION_SECONDS: i64 = 3600;

/// The variables that Moodle advertises.
const VARIABLES: [&str; 40] = [
    "basic-lti-launch-request",
    "ContentItemSelectionRequest",
    "ToolProxyRegistrationRequest",
    "Context.id",
    "Context.title",
    "Context.label",
    "Context.id.history",
    "Context.sourcedId",
    "Context.longDescription",
    "Context.timeFrame.begin",
    "CourseSection.title",
    "CourseSection.label",
    "CourseSection.sourcedId",
    "CourseSection.longDescription",
    "CourseSection.timeFrame.begin",
    "CourseSection.timeFrame.end",
    "ResourceLink.id",
    "ResourceLink.title",
    "ResourceLink.description",
    "User.id",
    "User.username",
    "Person.name.full",
    "Person.name.given",
    "Person.name.family",
    "Person.email.primary",
    "Person.sourcedId",
    "Person.name.middle",
    "Person.address.street1",
    "Person.address.locality",
    "Person.address.country",
    "Person.address.timezone",
    "Person.phone.primary",
    "Person.phone.mobile",
    "Person.webaddress",
    "Membership.role",
    "Result.sourcedId",
    "Result.autocreate",
    "BasicOutcome.sourcedId",
    "BasicOutcome.url",
    "Moodle.Person.userGroupIds",
];

const TOOL_CONFIGURATION: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";

#[derive(Serialize)]
struct Configuration {
    issuer: String,
    token_endpoint: String,
    token_endpoint_auth_methods_supported: [&'static str; 1],
    token_endpoint_auth_signing_alg_values_supported: [&'static str; 1],
    jwks_uri: String,
    authorization_endpoint: String,
    registration_endpoint: String,
    scopes_supported: [&'static str; 8],
    response_types_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 2],
    id_token_signing_alg_values_supported: [&'static str; 1],
    claims_supported: [&'static str; 6],
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-platform-configuration")]
    platform: PlatformConfiguration,
}

#[derive(Serialize)]
struct PlatformConfiguration {
    product_family_code: &'static str,
    version: &'static str,
    messages_supported: [Value; 2],
    variables: Vec<&'static str>,
}

/// The openid-configuration document.
pub(crate) fn configuration(platform: &PracticePlatform) -> Answer {
    let at = |path: &str| format!("{}/mod/lti/{path}", platform.origin());
    let document = Configuration {
        issuer: platform.origin().to_owned(),
        token_endpoint: at("token.php"),
        token_endpoint_auth_methods_supported: ["private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported: ["RS256"],
        jwks_uri: at("certs.php"),
        authorization_endpoint: at("auth.php"),
        registration_endpoint: at("openid-registration.php"),
        scopes_supported: [
            "https://purl.imsglobal.org/spec/lti-bo/scope/basicoutcome",
            scope::LINE_ITEM_READ,
            scope::RESULT_READ,
            scope::SCORE,
            scope::LINE_ITEM,
            scope::MEMBERSHIPS,
            "https://purl.imsglobal.org/spec/lti-ts/scope/toolsetting",
            "openid",
        ],
        response_types_supported: ["id_token"],
        subject_types_supported: ["public", "pairwise"],
        id_token_signing_alg_values_supported: ["RS256"],
        claims_supported: ["sub", "iss", "name", "given_name", "family_name", "email"],
        platform: PlatformConfiguration {
            product_family_code: "moodle",
            version: "4.5.6 (Build: 20250811)",
            messages_supported: [
                json!({ "type": "LtiResourceLinkRequest" }),
                json!({ "type": "LtiDeepLinkingRequest", "placements": ["ContentArea"] }),
            ],
            variables: VARIABLES.to_vec(),
        },
    };
    Answer::new(200, "application/json; charset=utf-8", pretty_json(&document))
}

/// The platform's key set.
pub(crate) fn key_set(platform: &PracticePlatform) -> Answer {
    Answer::new(
        200,
        "application/json; charset=utf-8",
        pretty_json(&platform.key_set()),
    )
}

#[derive(Serialize)]
struct RegistrationToken<'a> {
    sub: &'a str,
    scope: &'static str,
    iat: i64,
    exp: i64,
}

/// The tool's registration address with configuration address and token, for a new client or an update of `tool`.
pub(crate) fn registration_address(
    platform: &PracticePlatform,
    tool_url: &str,
    tool: Option<i64>,
) -> Option<String> {
    let mut address = Url::parse(tool_url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let now = platform.now();
    let sub = tool.map_or_else(|| crate::random_text(15), |id| id.to_string());
    let scope = if tool.is_some() { "reg-update" } else { "reg" };
    let claims = RegistrationToken {
        sub: &sub,
        scope,
        iat: now,
        exp: now + REGISTRATION_SECONDS,
    };
    let token = platform.key().sign(&claims);
    address
        .query_pairs_mut()
        .append_pair(
            "openid_configuration",
            &format!("{}/mod/lti/openid-configuration.php", platform.origin()),
        )
        .append_pair("registration_token", &token);
    Some(address.into())
}

/// `host:port` of an address without `www.`, by which Moodle tells tools apart.
pub(crate) fn domain(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    Some(url.port().map_or(host.clone(), |port| format!("{host}:{port}")))
}

enum Refusal {
    /// A bare word as text/html.
    Word(u16, &'static str),
    /// `missing required attribute …`.
    Missing(&'static str),
    /// An HTML error page, 404.
    Page(&'static str),
}

/// Answers a registration request.
pub(crate) fn register(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let word = |status: u16, word: &str| Answer::html(status, word.to_owned());
    match try_register(platform, request) {
        Ok(answer) => answer,
        Err(Refusal::Word(status, text)) => word(status, text),
        Err(Refusal::Missing(name)) => word(400, &format!("missing required attribute {name}")),
        Err(Refusal::Page(message)) => pages::exception(platform, request, message),
    }
}

enum Subject {
    New(String),
    Update(i64),
}

fn try_register(platform: &PracticePlatform, request: &Incoming) -> Result<Answer, Refusal> {
    let subject = subject(platform, request)?;
    if request.method != "POST" {
        let Subject::Update(id) = subject else {
            return Err(Refusal::Page(
                "Exception - config_to_registration(): Argument #2 must be of type int",
            ));
        };
        return document(platform, id).ok_or(Refusal::Page("Exception - unknown type"));
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    let config = read(&body)?;
    let id = platform.with(|state| match subject {
        Subject::Update(id) => {
            let tool = state.tools.get_mut(&id)?;
            tool.config = config;
            tool.cached_keys = None;
            Some(id)
        }
        Subject::New(client_id) => {
            let id = state.next_id("tool");
            let tool = Tool {
                id,
                client_id,
                config,
                active: false,
                in_chooser: false,
                cached_keys: None,
            };
            state.tools.insert(id, tool);
            Some(id)
        }
    });
    id.and_then(|id| document(platform, id))
        .ok_or(Refusal::Page("Exception - unknown type"))
}

/// Whom the registration token speaks of.
fn subject(platform: &PracticePlatform, request: &Incoming) -> Result<Subject, Refusal> {
    let header = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    let token = header.ok_or(Refusal::Word(401, "missing_registration_token"))?;
    let token = keys::decode(token.trim()).map_err(Refusal::Page)?;
    keys::check(&token, &platform.key_set(), platform.now()).map_err(Refusal::Page)?;
    let text = |name: &str| token.claims.get(name).and_then(Value::as_str).unwrap_or_default();
    let (scope, sub) = (text("scope"), text("sub").to_owned());
    match scope {
        "reg-update" => sub
            .parse()
            .map(Subject::Update)
            .map_err(|_| Refusal::Page("Exception - unknown type")),
        "reg" if platform.with(|state| state.tool_of_client(&sub).is_some()) => {
            Err(Refusal::Word(401, "token_already_used"))
        }
        "reg" => Ok(Subject::New(sub)),
        _ => Err(Refusal::Word(401, "incorrect_token_type")),
    }
}

/// Reads a registration request, refusing in Moodle's order.
fn read(body: &Value) -> Result<ToolConfig, Refusal> {
    let text = |object: &Value, name: &str| {
        object
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let required = |name: &'static str| text(body, name).ok_or(Refusal::Missing(name));
    let list = |name: &'static str| -> Result<Vec<String>, Refusal> {
        let list = body
            .get(name)
            .and_then(Value::as_array)
            .ok_or(Refusal::Missing(name))?;
        Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let response_types = list("response_types")?;
    let initiate_login_uri = required("initiate_login_uri")?;
    let redirect_uris = list("redirect_uris")?;
    let name = required("client_name")?;
    let jwks_uri = required("jwks_uri")?;
    let auth_method = required("token_endpoint_auth_method")?;
    let empty = json!({});
    let tool = body.get(TOOL_CONFIGURATION).unwrap_or(&empty);
    let own = text(tool, "domain").ok_or(Refusal::Word(400, "missing_domain"))?;
    let target = text(tool, "target_link_uri").unwrap_or_default();
    if domain(&target).as_deref() != Some(own.trim_start_matches("www.")) {
        return Err(Refusal::Word(400, "domain_targetlinkuri_mismatch"));
    }
    if !response_types.iter().any(|kind| kind == "id_token") {
        return Err(Refusal::Word(400, "invalid_response_types"));
    }
    if text(body, "application_type").is_some_and(|kind| kind != "web") {
        return Err(Refusal::Word(400, "invalid_application_type"));
    }
    if auth_method != "private_key_jwt" {
        return Err(Refusal::Word(400, "invalid_token_endpoint_auth_method"));
    }
    let scopes = text(body, "scope").unwrap_or_default();
    let asks = |wanted: &str| scopes.split_whitespace().any(|scope| scope == wanted);
    let claims = tool
        .get("claims")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let claims_any = |names: &[&str]| {
        claims
            .iter()
            .filter_map(Value::as_str)
            .any(|claim| names.contains(&claim))
    };
    let deep_linking = tool
        .get("messages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let deep_linking_url = deep_linking
        .filter(|message| text(message, "type").as_deref() == Some("LtiDeepLinkingRequest"))
        .map(|message| text(message, "target_link_uri").unwrap_or_else(|| target.clone()))
        .next();
    Ok(ToolConfig {
        name,
        description: text(tool, "description").unwrap_or_default(),
        target_link_uri: target,
        initiate_login_uri,
        redirect_uris,
        keys: KeySource::Address(jwks_uri),
        deep_linking_url,
        custom: tool
            .get("custom_parameters")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        grade_service: if asks(scope::LINE_ITEM) {
            GradeService::Full
        } else if asks(scope::SCORE) || asks(scope::RESULT_READ) || asks(scope::LINE_ITEM_READ) {
            GradeService::Sync
        } else {
            GradeService::None
        },
        memberships: asks(scope::MEMBERSHIPS),
        share_name: claims_any(&["name", "given_name", "family_name"]),
        share_email: claims_any(&["email"]),
        client_id: None,
        icon: text(body, "logo_uri"),
    })
}

#[derive(Serialize)]
struct Registered<'a> {
    client_id: &'a str,
    response_types: [&'static str; 1],
    jwks_uri: &'a str,
    initiate_login_uri: &'a str,
    grant_types: [&'static str; 2],
    redirect_uris: &'a [String],
    application_type: &'static str,
    token_endpoint_auth_method: &'static str,
    client_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo_uri: Option<&'a str>,
    scope: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti-tool-configuration")]
    tool: RegisteredTool<'a>,
}

#[derive(Serialize)]
struct RegisteredTool<'a> {
    version: &'static str,
    deployment_id: String,
    target_link_uri: &'a str,
    domain: String,
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Pairs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_parameters: Option<Pairs>,
    claims: Vec<&'static str>,
}

fn document(platform: &PracticePlatform, id: i64) -> Option<Answer> {
    platform.with(|state| {
        let tool = state.tools.get(&id)?;
        let config = &tool.config;
        let KeySource::Address(jwks_uri) = &config.keys else {
            return None;
        };
        let mut claims = vec!["sub", "iss"];
        if config.share_name {
            claims.extend(["name", "family_name", "given_name"]);
        }
        if config.share_email {
            claims.push("email");
        }
        // A custom value is echoed only up to its first equals sign; it is stored whole.
        let custom = config.custom.iter().map(|(name, value)| {
            (
                name.clone(),
                Value::from(value.split('=').next().unwrap_or_default()),
            )
        });
        let registered = Registered {
            client_id: &tool.client_id,
            response_types: ["id_token"],
            jwks_uri,
            initiate_login_uri: &config.initiate_login_uri,
            grant_types: ["client_credentials", "implicit"],
            redirect_uris: &config.redirect_uris,
            application_type: "web",
            token_endpoint_auth_method: "private_key_jwt",
            client_name: &config.name,
            logo_uri: config.icon.as_deref(),
            scope: granted(tool).into_iter().rev().collect::<Vec<_>>().join(" "),
            tool: RegisteredTool {
                version: "1.3.0",
                deployment_id: tool.id.to_string(),
                target_link_uri: &config.target_link_uri,
                domain: domain(&config.target_link_uri).unwrap_or_default(),
                description: &config.description,
                messages: (config.deep_linking_url.iter())
                    .map(|url| {
                        Pairs::texts([
                            ("type", "LtiDeepLinkingRequest".to_owned()),
                            ("target_link_uri", url.clone()),
                        ])
                    })
                    .collect(),
                custom_parameters: (!config.custom.is_empty()).then(|| Pairs(custom.collect())),
                claims,
            },
        };
        Some(Answer::new(
            200,
            "application/json; charset=utf-8",
            php_json(&registered),
        ))
    })
}
