//! Calls with a bearer token: where it may go, the token itself, and one new token when the platform refuses the old.
//!
//! Tokens are kept in memory for each registration and scope until shortly before they expire; callers who need the same
//! one at once share a fetch. Left out on purpose: how assertions are built and answers read (`lti::client_assertion`).

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Mutex;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use lti::client_assertion::{AccessToken, client_assertion, parse_token_response, token_request_form};
use lti::keys::ToolKey;
use lti::origin::origin_allowed;
use reqwest::Method;
use url::form_urlencoded;

use crate::client::{Answer, CAP_SMALL, Call, Outbound, Service};
use crate::error::CallError;
use crate::flight::{Flights, locked};

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
#[derive(Clone)]
pub struct Caller<'a> {
    /// The registration's services.
    pub target: &'a ServiceTarget,
    /// The key that signs our assertions; its public part is in our key set.
    pub key: ToolKey,
    /// Now.
    pub now: DateTime<Utc>,
    /// 128 random bits, new each time, for an assertion's `jti`.
    pub random: fn() -> [u8; 16],
}

/// One call to a service, without the token.
pub(crate) struct ServiceCall<'a> {
    pub(crate) service: Service,
    pub(crate) scope: &'static str,
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) accept: &'static str,
    pub(crate) content: Option<(&'static str, Bytes)>,
    pub(crate) cap: usize,
}

/// Calls with a token, and once more with a new one when the platform answers 401. Gives the answer whatever its status.
///
/// # Errors
/// `LTI-SVC-ORIGIN` before anything is sent, what the token endpoint says, and what keeps the answer from us.
pub(crate) async fn call(
    outbound: &Outbound,
    caller: &Caller<'_>,
    call: ServiceCall<'_>,
) -> Result<Answer, CallError> {
    let allowed: Vec<&str> = caller.target.allowed_origins.iter().map(String::as_str).collect();
    origin_allowed(call.url, &allowed)?;
    let granted = token(outbound, caller, call.scope).await?;
    let answer = send(outbound, caller, &call, &granted.token).await?;
    if answer.status != 401 {
        return Ok(answer);
    }
    outbound
        .tokens()
        .drop_refused(&key_of(caller, call.scope), &granted.token);
    let renewed = token(outbound, caller, call.scope).await?;
    send(outbound, caller, &call, &renewed.token).await
}

async fn send(
    outbound: &Outbound,
    caller: &Caller<'_>,
    call: &ServiceCall<'_>,
    token: &str,
) -> Result<Answer, CallError> {
    outbound
        .send(Call {
            service: call.service,
            method: call.method.clone(),
            url: call.url,
            accept: call.accept,
            content: call.content.clone(),
            bearer: Some(token),
            cap: call.cap,
            now: caller.now,
        })
        .await
}

/// What a token is kept under. The client id and the endpoint are part of it, so that a changed registration never uses
/// a token of its former self.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct TokenKey {
    registration_id: String,
    client_id: String,
    token_url: String,
    scope: &'static str,
}

fn key_of(caller: &Caller<'_>, scope: &'static str) -> TokenKey {
    TokenKey {
        registration_id: caller.target.registration_id.clone(),
        client_id: caller.target.client_id.clone(),
        token_url: caller.target.token_url.clone(),
        scope,
    }
}

/// The tokens in memory and the fetches under way.
#[derive(Default)]
pub(crate) struct Tokens {
    kept: Mutex<HashMap<TokenKey, Kept>>,
    flights: Flights<TokenKey, Result<AccessToken, CallError>>,
}

struct Kept {
    token: AccessToken,
    until: DateTime<Utc>,
}

impl Tokens {
    pub(crate) fn forget(&self, registration_id: &str) {
        locked(&self.kept).retain(|key, _| key.registration_id != registration_id);
    }

    fn kept(&self, key: &TokenKey, now: DateTime<Utc>) -> Option<AccessToken> {
        locked(&self.kept)
            .get(key)
            .filter(|kept| now < kept.until)
            .map(|kept| kept.token.clone())
    }

    fn keep(&self, key: TokenKey, token: AccessToken, now: DateTime<Utc>) {
        let until = now + usable(token.expires_in_seconds);
        locked(&self.kept).insert(key, Kept { token, until });
    }

    /// Drops a token that was refused, unless another caller has put a new one in its place.
    fn drop_refused(&self, key: &TokenKey, refused: &str) {
        let mut kept = locked(&self.kept);
        if kept.get(key).is_some_and(|kept| kept.token.token == refused) {
            kept.remove(key);
        }
    }
}

/// How long a token is used: a minute less than it lives, or a tenth less when it lives briefly.
fn usable(expires_in_seconds: u64) -> TimeDelta {
    let seconds = i64::try_from(expires_in_seconds)
        .unwrap_or(i64::MAX)
        .min(24 * 60 * 60);
    TimeDelta::seconds(seconds - (seconds / 10).min(60))
}

async fn token(
    outbound: &Outbound,
    caller: &Caller<'_>,
    scope: &'static str,
) -> Result<AccessToken, CallError> {
    let key = key_of(caller, scope);
    if let Some(token) = outbound.tokens().kept(&key, caller.now) {
        return Ok(token);
    }
    let start = || {
        let request = TokenRequest {
            key: key.clone(),
            target: caller.target.clone(),
            tool_key: caller.key.clone(),
            now: caller.now,
            random: caller.random,
        };
        let outbound = outbound.clone();
        Box::pin(async move { fetch(&outbound, request).await }) as _
    };
    outbound.tokens().flights.join(&key, start).await
}

/// All that a fetch needs, owned: it may outlive the caller who started it.
struct TokenRequest {
    key: TokenKey,
    target: ServiceTarget,
    tool_key: ToolKey,
    now: DateTime<Utc>,
    random: fn() -> [u8; 16],
}

async fn fetch(outbound: &Outbound, request: TokenRequest) -> Result<AccessToken, CallError> {
    let TokenRequest {
        key,
        target,
        tool_key,
        now,
        random,
    } = request;
    let caller = Caller {
        target: &target,
        key: tool_key,
        now,
        random,
    };
    let token = ask(outbound, &caller, &[key.scope]).await?;
    token.require(key.scope)?;
    outbound.tokens().keep(key, token.clone(), now);
    Ok(token)
}

/// Asks the token endpoint, past the tokens that are kept. Fewer scopes may be granted than asked for.
pub(crate) async fn ask(
    outbound: &Outbound,
    caller: &Caller<'_>,
    scopes: &[&str],
) -> Result<AccessToken, CallError> {
    let target = caller.target;
    let id = hex((caller.random)());
    let assertion = client_assertion(
        &caller.key,
        &target.client_id,
        &target.token_audience,
        &id,
        caller.now,
    )
    .map_err(|_| CallError::Signing)?;
    let form = token_request_form(&assertion, scopes);
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let answer = outbound
        .send(Call {
            service: Service::AccessToken,
            method: Method::POST,
            url: &target.token_url,
            accept: "application/json",
            content: Some(("application/x-www-form-urlencoded", body.into())),
            bearer: None,
            cap: CAP_SMALL,
            now: caller.now,
        })
        .await?;
    match answer.status {
        429 | 500..=599 => Err(answer.failure()),
        200..=299 if answer.is_html() => Err(answer.html()),
        _ => Ok(parse_token_response(answer.status, &answer.body, scopes)?),
    }
}

fn hex(bytes: [u8; 16]) -> String {
    bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        // writing to a String cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}
