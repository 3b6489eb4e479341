//! Access to the platform's services (security framework 1.0 section 4.1,
//! RFC 7523): the signed client assertion, the token request and its answer.
//! Leaves out: sending it and keeping the token (`outbound`).

use crate::code::{Code, Refusal};
use crate::json::{loggable, number, owned, text};
use crate::keys::{KeyError, ToolKey};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::fmt;

/// How far `iat` is set back, in seconds: Moodle refuses one ahead of its clock.
pub const BACKDATE_SECONDS: i64 = 5;
/// How long an assertion is good, in seconds.
pub const ASSERTION_LIFE_SECONDS: i64 = 240;
/// How long a token counts as good when the platform does not say, in seconds.
const DEFAULT_TOKEN_SECONDS: u64 = 300;
/// Longest time that a token is kept, in seconds.
const MAX_TOKEN_SECONDS: u64 = 24 * 60 * 60;

/// Signs an assertion. `audience` is the registration's `authorization_server`
/// when it has one, else its token endpoint; `jti` is random and new each time.
///
/// # Errors
/// [`KeyError::Sign`].
pub fn client_assertion(
    key: &ToolKey,
    client_id: &str,
    audience: &str,
    jti: &str,
    now: DateTime<Utc>,
) -> Result<String, KeyError> {
    let issued = now.timestamp() - BACKDATE_SECONDS;
    key.sign(&json!({
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": issued,
        "exp": now.timestamp() + ASSERTION_LIFE_SECONDS,
        "jti": jti,
    }))
}

/// The fields of the token request, to be sent as
/// `application/x-www-form-urlencoded` without a charset.
pub fn token_request_form(assertion: &str, scopes: &[&str]) -> [(&'static str, String); 4] {
    [
        ("grant_type", "client_credentials".to_owned()),
        (
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned(),
        ),
        ("client_assertion", assertion.to_owned()),
        ("scope", scopes.join(" ")),
    ]
}

/// An access token; its text is not shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The bearer token.
    pub token: String,
    /// How long it is good, in seconds.
    pub expires_in_seconds: u64,
    /// What was granted: often less than asked for, without a word.
    pub scopes: Vec<String>,
}

impl AccessToken {
    /// True when the scope was granted.
    pub fn grants(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Demands a scope.
    ///
    /// # Errors
    /// [`Code::SvcScope`]; the detail names the scope.
    pub fn require(&self, scope: &str) -> Result<(), Refusal> {
        if self.grants(scope) {
            Ok(())
        } else {
            Err(Refusal::new(Code::SvcScope, scope))
        }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("expires_in_seconds", &self.expires_in_seconds)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// Reads the answer of the token endpoint. The content type is not looked at
/// (Moodle says text/html), and an error may be broken JSON. An answer without
/// `scope` grants what was asked for (RFC 6749 section 5.1).
///
/// # Errors
/// [`Code::SvcScope`] for `invalid_scope`, [`Code::SvcRefused`] for another
/// refusal, [`Code::SvcUnreachable`] for 429 and 5xx.
pub fn parse_token_response(status: u16, body: &[u8], asked: &[&str]) -> Result<AccessToken, Refusal> {
    let json: Option<Map<String, Value>> = serde_json::from_slice(body).ok();
    match (status, json) {
        (200..=299, Some(map)) => access_token(&map, asked),
        (200..=299, None) => Err(Refusal::new(Code::SvcRefused, "the token answer is not JSON")),
        (429 | 500..=599, _) => Err(Refusal::new(
            Code::SvcUnreachable,
            format!("token endpoint: {status}"),
        )),
        (_, map) => Err(refused(status, map.as_ref(), body)),
    }
}

fn access_token(map: &Map<String, Value>, asked: &[&str]) -> Result<AccessToken, Refusal> {
    let token = owned(map, "access_token")
        .filter(|token| token.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| Refusal::new(Code::SvcRefused, "the answer holds no access_token"))?;
    let bearer = text(map, "token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    if !bearer {
        return Err(Refusal::new(Code::SvcRefused, "the token is not a bearer token"));
    }
    let scopes = match map.get("scope").and_then(Value::as_str) {
        Some(granted) => granted.split_whitespace().map(str::to_owned).collect(),
        None => asked.iter().map(|scope| (*scope).to_owned()).collect(),
    };
    let seconds = number(map, "expires_in").map_or(DEFAULT_TOKEN_SECONDS, |seconds| seconds as u64);
    Ok(AccessToken {
        token,
        expires_in_seconds: seconds.min(MAX_TOKEN_SECONDS),
        scopes,
    })
}

fn refused(status: u16, map: Option<&Map<String, Value>>, body: &[u8]) -> Refusal {
    let error = map.and_then(|map| text(map, "error"));
    if error == Some("invalid_scope") {
        return Refusal::new(Code::SvcScope, "invalid_scope: none of the scopes is granted");
    }
    let words = match (error, map.and_then(|map| text(map, "error_description"))) {
        (Some(error), Some(more)) => loggable(&format!("{error}: {more}")),
        (Some(error), None) => loggable(error),
        // Moodle's own words about an unknown key id come in JSON that is none
        (None, _) => broken_error(&String::from_utf8_lossy(body)),
    };
    Refusal::new(Code::SvcRefused, format!("token endpoint: {status} {words}"))
}

fn broken_error(body: &str) -> String {
    // Moodle's own error page, whose scripts hold texts named "error"
    if body.trim_start().starts_with('<') {
        return "a web page".to_owned();
    }
    match body.split_once("\"error\"") {
        Some((_, rest)) => loggable(rest.trim_matches([' ', ':', '"', '}', '\n', '\r'])),
        None => "no readable answer".to_owned(),
    }
}

#[cfg(test)]
#[path = "client_assertion_tests.rs"]
mod tests;
