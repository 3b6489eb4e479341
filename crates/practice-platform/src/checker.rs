//! The strict checker: is a request of the tool exactly what Moodle and the specifications want?
//!
//! It is stricter than the platform itself, which takes what Moodle takes. Each finding has a stable rule name.

use serde_json::Value;

use crate::exchange::Incoming;
use crate::faults::Service;
use crate::keys;
use crate::platform::PracticePlatform;
use crate::scores::seconds;
use crate::services::{Resource, media, service_path};
use crate::token::scope;

/// Something wrong or unwise in a request of the tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Number of the recorded request.
    pub request: u64,
    /// The service that was asked.
    pub service: Service,
    /// Stable name of the rule, such as `score-media-type`.
    pub rule: &'static str,
    /// What was seen.
    pub detail: String,
}

struct Findings {
    service: Service,
    found: Vec<Problem>,
}

impl Findings {
    fn expect(&mut self, right: bool, rule: &'static str, detail: impl FnOnce() -> String) {
        if !right {
            self.found.push(Problem {
                request: 0,
                service: self.service,
                rule,
                detail: detail(),
            });
        }
    }
}

/// Checks a request before it takes effect.
pub(crate) fn check(platform: &PracticePlatform, service: Service, request: &Incoming) -> Vec<Problem> {
    let mut findings = Findings {
        service,
        found: Vec::new(),
    };
    match service {
        Service::Configuration | Service::KeySet => {
            findings.expect(request.method == "GET", "method", || request.method.clone());
        }
        Service::Registration => registration(&mut findings, platform, request),
        Service::Authentication => authentication(&mut findings, platform, request),
        Service::Token => token(&mut findings, platform, request),
        Service::DeepLinking => deep_linking(&mut findings, platform, request),
        Service::LineItems | Service::Scores | Service::Results | Service::Memberships => {
            service_call(&mut findings, platform, request);
        }
    }
    findings.found
}

/// Checks what only the answer shows: a token request that was refused, or a registration token that was spent.
pub(crate) fn check_answer(service: Service, status: u16, answer: &str) -> Option<Problem> {
    let rule = match (service, status) {
        (Service::Token, 400) => "token-refused",
        (Service::Registration, 401) => "registration-refused",
        _ => return None,
    };
    Some(Problem {
        request: 0,
        service,
        rule,
        detail: answer.to_owned(),
    })
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn authentication(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming) {
    if request.value("repost").is_some() {
        return;
    }
    let field = |name: &str| request.value(name).unwrap_or_default();
    for (name, wanted) in [
        ("scope", "openid"),
        ("response_type", "id_token"),
        ("response_mode", "form_post"),
    ] {
        findings.expect(field(name) == wanted, "authentication-field", || {
            format!("{name}={}", field(name))
        });
    }
    let prompt = request.value("prompt");
    findings.expect(
        prompt.is_none_or(|prompt| prompt == "none"),
        "authentication-prompt",
        || field("prompt"),
    );
    for name in ["state", "nonce", "login_hint", "lti_message_hint"] {
        findings.expect(!field(name).is_empty(), "authentication-missing", || {
            name.to_owned()
        });
    }
    let (client, redirect) = (field("client_id"), field("redirect_uri"));
    let registered = platform.with(|state| {
        state
            .tool_of_client(&client)
            .is_some_and(|tool| tool.config.redirect_uris.contains(&redirect))
    });
    findings.expect(registered, "authentication-redirect-uri", || {
        format!("{client} {redirect}")
    });
    let nonce = field("nonce");
    let fresh = platform.with(|state| state.seen_nonces.insert(nonce.clone()));
    findings.expect(fresh || nonce.is_empty(), "authentication-nonce-reused", || nonce);
}

fn token(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming) {
    findings.expect(request.method == "POST", "method", || request.method.clone());
    let content_type = request.content_type();
    let form = content_type == "application/x-www-form-urlencoded";
    findings.expect(form, "token-media-type", || content_type);
    let field = |name: &str| request.form_value(name).unwrap_or_default();
    let grant = field("grant_type");
    findings.expect(grant == "client_credentials", "token-grant-type", || grant);
    let kind = field("client_assertion_type");
    let jwt = kind == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    findings.expect(jwt, "token-assertion-type", || kind);
    let known = [
        scope::LINE_ITEM,
        scope::LINE_ITEM_READ,
        scope::RESULT_READ,
        scope::SCORE,
        scope::MEMBERSHIPS,
    ];
    let scopes = field("scope");
    let all = !scopes.is_empty() && scopes.split(' ').all(|scope| known.contains(&scope));
    findings.expect(all, "token-scope", || scopes);
    let Ok(assertion) = keys::decode(&field("client_assertion")) else {
        return findings.expect(false, "token-assertion", || "not a token".to_owned());
    };
    let (header, claims) = (&assertion.header, &assertion.claims);
    findings.expect(text(header, "alg") == "RS256", "token-assertion-alg", || {
        header.to_string()
    });
    findings.expect(!text(header, "kid").is_empty(), "token-assertion-kid", || {
        header.to_string()
    });
    let sub = text(claims, "sub");
    findings.expect(
        !sub.is_empty() && text(claims, "iss") == sub,
        "token-assertion-iss",
        || claims.to_string(),
    );
    let endpoint = format!("{}/mod/lti/token.php", platform.origin());
    findings.expect(names(claims.get("aud"), &endpoint), "token-assertion-aud", || {
        claims.to_string()
    });
    times(findings, platform, claims, "token-assertion-times");
    let jti = text(claims, "jti").to_owned();
    let fresh = !jti.is_empty() && platform.with(|state| state.seen_assertions.insert(jti.clone()));
    findings.expect(fresh, "token-assertion-jti", || jti);
}

/// Whether an audience, text or list, names this one.
fn names(audience: Option<&Value>, wanted: &str) -> bool {
    match audience {
        Some(Value::String(one)) => one == wanted,
        Some(Value::Array(several)) => several.iter().any(|one| one == wanted),
        _ => false,
    }
}

/// Issued in the past, expiring in the future, within an hour.
fn times(findings: &mut Findings, platform: &PracticePlatform, claims: &Value, rule: &'static str) {
    let now = platform.now();
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    let right = match (time("iat"), time("exp")) {
        (Some(iat), Some(exp)) => iat <= now && exp > now && exp - iat <= 3600,
        _ => false,
    };
    findings.expect(right, rule, || format!("now {now}, {claims}"));
}

fn service_call(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming) {
    let Some(resource) = Resource::of(service_path(&request.path)) else {
        return findings.expect(false, "service-path", || request.path.clone());
    };
    let bearer = request.header("authorization").unwrap_or_default();
    findings.expect(bearer.starts_with("Bearer "), "service-bearer", || {
        bearer.to_owned()
    });
    let memberships = matches!(resource, Resource::Memberships { .. });
    // An address that Moodle gave carries type_id, and keeps it when `/scores` or `/results` is put in.
    let typed = memberships || request.query_number("type_id").is_some();
    findings.expect(typed, "service-type-id", || request.target());
    findings.expect(!request.query.contains("&amp;"), "service-escaped-query", || {
        request.query.clone()
    });
    if !memberships {
        let paged = request.query_value("limit").is_some();
        findings.expect(!paged, "service-paged", || request.query.clone());
    }
    token_fits(findings, platform, request, resource);
    let accept = request.header("accept").unwrap_or_default().to_owned();
    let mut reads = |wanted: &str| {
        findings.expect(request.method == "GET", "method", || request.method.clone());
        findings.expect(accept == wanted, "service-accept", || accept.clone());
    };
    match resource {
        Resource::Results { .. } => reads(media::RESULTS),
        Resource::Memberships { .. } => {
            reads(media::MEMBERSHIPS);
            let lost = request.query_value("role").is_some() && request.query_value("limit").is_some();
            findings.expect(!lost, "memberships-role-and-limit", || request.query.clone());
        }
        Resource::Container { .. } if request.method == "GET" => reads(media::LINE_ITEMS),
        Resource::LineItem { .. } if request.method == "GET" => reads(media::LINE_ITEM),
        Resource::Container { .. } => {
            findings.expect(request.method == "POST", "method", || request.method.clone());
            line_item_body(findings, request);
        }
        Resource::LineItem { item } => line_item_change(findings, platform, request, item),
        Resource::Scores { item } => score(findings, platform, request, item),
    }
}

/// The token's tool and scopes fit the address. An unknown token may have been revoked and is no finding.
fn token_fits(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming, resource: Resource) {
    let bearer = request
        .header("authorization")
        .unwrap_or_default()
        .trim_start_matches("Bearer ")
        .to_owned();
    let (token, home) = platform.with(|state| {
        let home = match resource {
            Resource::LineItem { item } | Resource::Scores { item } | Resource::Results { item, .. } => {
                state.line_items.get(&item).map(|item| item.course)
            }
            _ => None,
        };
        (state.tokens.get(&bearer).cloned(), home)
    });
    if let Some(token) = token {
        let named = match resource {
            Resource::Memberships { tool, .. } => Some(tool),
            _ => request.query_number("type_id"),
        };
        let own = named.is_none_or(|named| named == token.tool);
        findings.expect(own, "service-foreign-type", || request.target());
        let needed = resource.scopes(&request.method);
        let scoped = token.scopes.iter().any(|scope| needed.contains(&scope.as_str()));
        findings.expect(scoped, "service-scope", || token.scopes.join(" "));
    }
    if let Some(home) = home {
        let path = service_path(&request.path).to_owned();
        findings.expect(
            path.starts_with(&format!("/{home}/")),
            "service-foreign-course",
            || path,
        );
    }
}

fn line_item_body(findings: &mut Findings, request: &Incoming) -> Value {
    let content_type = request.content_type();
    findings.expect(content_type == media::LINE_ITEM, "line-item-media-type", || {
        content_type.clone()
    });
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    findings.expect(!text(&body, "label").is_empty(), "line-item-label", || {
        body.to_string()
    });
    let maximum = body
        .get("scoreMaximum")
        .filter(|value| value.is_number())
        .and_then(Value::as_f64);
    findings.expect(
        maximum.is_some_and(|maximum| maximum > 0.0),
        "line-item-maximum",
        || body.to_string(),
    );
    findings.expect(
        !text(&body, "resourceId").is_empty(),
        "line-item-resource-id",
        || body.to_string(),
    );
    body
}

fn line_item_change(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming, item: i64) {
    let Some(known) = platform.with(|state| state.line_items.get(&item).cloned()) else {
        return findings.expect(false, "line-item-unknown", || request.path.clone());
    };
    if request.method == "DELETE" {
        return findings.expect(!known.of_activity, "line-item-delete-of-activity", || {
            request.path.clone()
        });
    }
    findings.expect(request.method == "PUT", "method", || request.method.clone());
    let body = line_item_body(findings, request);
    // A tool may mark a column anew, as one that came with a copied course; it must not lose the marks.
    let kept = (known.resource_id.is_empty() || !text(&body, "resourceId").is_empty())
        && (known.tag.is_empty() || !text(&body, "tag").is_empty())
        && body.get("submissionReview") == known.submission_review.as_ref();
    findings.expect(kept, "line-item-put-clears", || body.to_string());
}

const ACTIVITY_PROGRESS: [&str; 5] = ["Initialized", "Started", "InProgress", "Submitted", "Completed"];
const GRADING_PROGRESS: [&str; 5] = ["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"];
/// How far ahead of the platform's clock a stamp may be.
const STAMP_AHEAD: i64 = 5;

fn score(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming, item: i64) {
    findings.expect(request.method == "POST", "method", || request.method.clone());
    let content_type = request.content_type();
    findings.expect(content_type == media::SCORE, "score-media-type", || content_type);
    let body = request.text();
    findings.expect(!body.contains(['\n', '\r']), "score-several-lines", || {
        body.clone()
    });
    let Ok(body) = serde_json::from_str::<Value>(&body) else {
        return findings.expect(false, "score-json", || body);
    };
    let seen = || body.to_string();
    let user = text(&body, "userId");
    findings.expect(
        !user.is_empty() && user.parse::<i64>().is_ok(),
        "score-user-id",
        seen,
    );
    stamp(findings, platform, text(&body, "timestamp"));
    findings.expect(
        ACTIVITY_PROGRESS.contains(&text(&body, "activityProgress")),
        "score-activity-progress",
        seen,
    );
    let progress = text(&body, "gradingProgress");
    findings.expect(
        GRADING_PROGRESS.contains(&progress),
        "score-grading-progress",
        seen,
    );
    let number = |name: &str| {
        body.get(name)
            .filter(|value| value.is_number())
            .and_then(Value::as_f64)
    };
    let complete = match (number("scoreGiven"), number("scoreMaximum")) {
        (Some(given), Some(maximum)) => given >= 0.0 && maximum > 0.0 && given <= maximum,
        _ => body.get("scoreGiven").is_none() && progress != "FullyGraded",
    };
    findings.expect(complete, "score-given", seen);
    let commented = progress != "FullyGraded" || body.get("comment").is_some_and(Value::is_string);
    findings.expect(commented, "score-comment", seen);
    let key = (item, user.parse().unwrap_or_default());
    let full = progress == "FullyGraded" && number("scoreGiven").is_some();
    let wipes = platform.with(|state| {
        if full {
            state.fully_graded.insert(key);
        }
        !full && state.fully_graded.contains(&key)
    });
    findings.expect(!wipes, "score-wipes", seen);
}

fn stamp(findings: &mut Findings, platform: &PracticePlatform, stamp: &str) {
    let at = chrono::DateTime::parse_from_rfc3339(stamp).ok();
    findings.expect(at.is_some(), "score-timestamp", || stamp.to_owned());
    let whole = at.is_none_or(|at| at.timestamp_subsec_nanos() == 0);
    findings.expect(whole, "score-timestamp-fraction", || stamp.to_owned());
    let ahead = seconds(stamp).is_some_and(|at| at > platform.now() + STAMP_AHEAD);
    findings.expect(!ahead, "score-timestamp-ahead", || stamp.to_owned());
}

fn registration(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming) {
    if request.method != "POST" {
        return findings.expect(false, "method", || request.method.clone());
    }
    let content_type = request.content_type();
    findings.expect(
        content_type == "application/json",
        "registration-media-type",
        || content_type,
    );
    let bearer = request.header("authorization").unwrap_or_default();
    let token = bearer
        .strip_prefix("Bearer ")
        .and_then(|token| keys::decode(token).ok());
    let good = token.is_some_and(|token| keys::check(&token, &platform.key_set(), platform.now()).is_ok());
    findings.expect(good, "registration-token", || {
        "missing or bad registration token".to_owned()
    });
    let body: Value = serde_json::from_slice(&request.body).unwrap_or(Value::Null);
    for name in ["initiate_login_uri", "client_name", "jwks_uri"] {
        findings.expect(!text(&body, name).is_empty(), "registration-missing", || {
            name.to_owned()
        });
    }
    let has = |list: &Value, name: &str, wanted: &str| {
        list.get(name)
            .and_then(Value::as_array)
            .is_some_and(|list| list.iter().any(|one| one == wanted))
    };
    findings.expect(
        has(&body, "response_types", "id_token"),
        "registration-response-types",
        || "id_token".into(),
    );
    for grant in ["implicit", "client_credentials"] {
        findings.expect(
            has(&body, "grant_types", grant),
            "registration-grant-types",
            || grant.to_owned(),
        );
    }
    let redirects = body
        .get("redirect_uris")
        .and_then(Value::as_array)
        .is_some_and(|list| !list.is_empty());
    findings.expect(redirects, "registration-missing", || "redirect_uris".to_owned());
    findings.expect(
        text(&body, "application_type") == "web",
        "registration-application-type",
        || text(&body, "application_type").to_owned(),
    );
    let method = text(&body, "token_endpoint_auth_method");
    findings.expect(method == "private_key_jwt", "registration-auth-method", || {
        method.to_owned()
    });
    let scopes: Vec<&str> = text(&body, "scope").split(' ').collect();
    for wanted in [
        scope::LINE_ITEM,
        scope::LINE_ITEM_READ,
        scope::RESULT_READ,
        scope::SCORE,
        scope::MEMBERSHIPS,
    ] {
        findings.expect(scopes.contains(&wanted), "registration-scope", || {
            wanted.to_owned()
        });
    }
    let tool = body
        .get("https://purl.imsglobal.org/spec/lti-tool-configuration")
        .unwrap_or(&Value::Null);
    let target = text(tool, "target_link_uri");
    let domain = crate::registration::domain(target);
    findings.expect(
        domain.as_deref() == Some(text(tool, "domain")),
        "registration-domain",
        || tool.to_string(),
    );
    for claim in ["name", "given_name", "family_name"] {
        findings.expect(has(tool, "claims", claim), "registration-claims", || {
            claim.to_owned()
        });
    }
    let messages = tool
        .get("messages")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let deep = messages
        .iter()
        .any(|message| text(message, "type") == "LtiDeepLinkingRequest");
    findings.expect(deep, "registration-messages", || tool.to_string());
}

fn deep_linking(findings: &mut Findings, platform: &PracticePlatform, request: &Incoming) {
    findings.expect(request.method == "POST", "method", || request.method.clone());
    let destination = request.header("sec-fetch-dest");
    let framed = destination.is_none_or(|destination| destination == "iframe");
    findings.expect(framed, "deep-linking-frame", || {
        destination.unwrap_or_default().to_owned()
    });
    let Ok(token) = keys::decode(&request.form_value("JWT").unwrap_or_default()) else {
        return findings.expect(false, "deep-linking-token", || "not a token".to_owned());
    };
    let claims = &token.claims;
    let tool = request.query_number("id").unwrap_or_default();
    let known = platform.with(|state| {
        state
            .tools
            .get(&tool)
            .map(|tool| (tool.client_id.clone(), tool.config.target_link_uri.clone()))
    });
    let (client, target) = known.unwrap_or_default();
    let seen = || claims.to_string();
    findings.expect(text(claims, "iss") == client, "deep-linking-iss", seen);
    findings.expect(
        names(claims.get("aud"), platform.origin()),
        "deep-linking-aud",
        seen,
    );
    times(findings, platform, claims, "deep-linking-times");
    findings.expect(!text(claims, "nonce").is_empty(), "deep-linking-nonce", seen);
    let claim = |name: &str| {
        text(
            claims,
            &format!("https://purl.imsglobal.org/spec/lti/claim/{name}"),
        )
    };
    findings.expect(
        claim("deployment_id") == tool.to_string(),
        "deep-linking-deployment",
        seen,
    );
    findings.expect(
        claim("message_type") == "LtiDeepLinkingResponse",
        "deep-linking-message-type",
        seen,
    );
    findings.expect(claim("version") == "1.3.0", "deep-linking-version", seen);
    let items = claims
        .get("https://purl.imsglobal.org/spec/lti-dl/claim/content_items")
        .and_then(Value::as_array);
    findings.expect(items.is_some(), "deep-linking-items", seen);
    for item in items.into_iter().flatten() {
        content_item(findings, item, &target);
    }
}

fn content_item(findings: &mut Findings, item: &Value, target: &str) {
    let seen = || item.to_string();
    findings.expect(
        text(item, "type") == "ltiResourceLink",
        "deep-linking-item-type",
        seen,
    );
    findings.expect(!text(item, "title").is_empty(), "deep-linking-item-title", seen);
    let domain = crate::registration::domain;
    let ours = domain(text(item, "url")).is_some_and(|own| Some(own) == domain(target));
    findings.expect(ours, "deep-linking-item-url", seen);
    let custom = item.get("custom").and_then(Value::as_object);
    let texts = custom.into_iter().flatten().all(|(name, value)| {
        value.as_str().is_some_and(|value| !value.contains(['\n', '\r']))
            && name
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
    });
    findings.expect(texts, "deep-linking-item-custom", seen);
    if let Some(line_item) = item.get("lineItem") {
        let maximum = line_item
            .get("scoreMaximum")
            .filter(|value| value.is_number())
            .and_then(Value::as_f64);
        let right = maximum.is_some_and(crate::deep_linking::maximum_is_right);
        findings.expect(right, "deep-linking-item-maximum", seen);
        findings.expect(
            !text(line_item, "resourceId").is_empty(),
            "deep-linking-item-resource-id",
            seen,
        );
    }
}
