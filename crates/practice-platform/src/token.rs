//! Access tokens: client credentials with a signed assertion, answered in Moodle's way.
//!
//! The answer is JSON under the media type text/html, and for an unknown key it is not even valid JSON.

use crate::exchange::{Answer, Incoming};
use crate::keys;
use crate::launch::grade_scopes;
use crate::platform::PracticePlatform;
use crate::state::Tool;

/// A token lives this many seconds.
pub(crate) const TOKEN_SECONDS: i64 = 3600;

/// The scopes that the platform knows.
pub(crate) mod scope {
    pub(crate) const LINE_ITEM: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";
    pub(crate) const LINE_ITEM_READ: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
    pub(crate) const RESULT_READ: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";
    pub(crate) const SCORE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";
    pub(crate) const MEMBERSHIPS: &str =
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
}

/// An issued token. It holds for all courses of the site.
#[derive(Clone, Debug)]
pub(crate) struct AccessToken {
    pub(crate) tool: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: i64,
}

/// The scopes that a tool's settings grant now.
pub(crate) fn granted(tool: &Tool) -> Vec<&'static str> {
    let mut scopes = grade_scopes(tool.config.grade_service);
    if tool.config.memberships {
        scopes.push(scope::MEMBERSHIPS);
    }
    scopes
}

/// Answers a token request.
pub(crate) async fn answer(platform: &PracticePlatform, request: &Incoming) -> Answer {
    match issue(platform, request).await {
        Ok((token, scopes)) => json_as_html(
            200,
            format!(
                "{{\n  \"access_token\" : \"{token}\",\n  \"token_type\" : \"Bearer\",\n  \"expires_in\" : {TOKEN_SECONDS},\n  \"scope\" : \"{}\"\n}}\n",
                scopes.join(" ")
            ),
        ),
        Err(error) => json_as_html(400, format!("{{\n  \"error\" : \"{error}\"\n}}\n")),
    }
}

async fn issue(platform: &PracticePlatform, request: &Incoming) -> Result<(String, Vec<String>), String> {
    // PHP reads no form from any other media type.
    let form = request.method == "POST" && request.content_type() == "application/x-www-form-urlencoded";
    let field = |name: &str| request.form_value(name).filter(|value| form && !value.is_empty());
    let (Some(grant), Some(kind), Some(assertion), Some(scope)) = (
        field("grant_type"),
        field("client_assertion_type"),
        field("client_assertion"),
        field("scope"),
    ) else {
        return Err("invalid_request".to_owned());
    };
    if grant != "client_credentials" {
        return Err("unsupported_grant_type".to_owned());
    }
    if kind != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
        return Err("invalid_request".to_owned());
    }
    let assertion = keys::decode(&assertion).map_err(|_| "invalid_request")?;
    let client = assertion
        .claims
        .get("sub")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    let tool = platform
        .with(|state| {
            state
                .tool_of_client(client)
                .filter(|tool| tool.active)
                .map(|tool| tool.id)
        })
        .ok_or("invalid_client")?;
    platform.check_tool_token(tool, &assertion).await?;
    let now = platform.now();
    platform.with(|state| {
        let offered = state.tools.get(&tool).map(granted).unwrap_or_default();
        let wanted: Vec<&str> = scope.split_whitespace().collect();
        let scopes: Vec<String> = offered
            .into_iter()
            .filter(|scope| wanted.contains(scope))
            .map(str::to_owned)
            .collect();
        if scopes.is_empty() {
            return Err("invalid_scope".to_owned());
        }
        let token = crate::random_hex(32);
        state.tokens.retain(|_, token| token.expires > now);
        let access = AccessToken {
            tool,
            scopes: scopes.clone(),
            expires: now + TOKEN_SECONDS,
        };
        state.tokens.insert(token.clone(), access);
        Ok((token, scopes))
    })
}

fn json_as_html(status: u16, body: String) -> Answer {
    Answer::new(status, "text/html; charset=utf-8", body)
}
