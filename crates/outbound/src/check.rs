//! What an administrator's check of a platform looks at. Nothing here is kept or taken from what is kept: it asks the
//! platform as it stands now. Left out on purpose: what is good and what is not (`app` judges).

use chrono::{DateTime, Utc};
use lti::ags::{LINE_ITEM_CONTAINER_TYPE, SCOPE_LINE_ITEM_READ_ONLY};
use lti::keys::PlatformKeySet;
use lti::nrps::{MEMBERSHIP_TYPE, SCOPE_MEMBERSHIP};
use lti::origin::origin_allowed;
use reqwest::Method;

use crate::bearer::{self, Caller, ServiceCall};
use crate::client::{Answer, CAP_KEY_SET, CAP_LIST, Call, Outbound, Service};
use crate::error::CallError;

/// A platform's key set as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetFacts {
    /// The ids of its keys that can verify RS256 signatures.
    pub usable_keys: Vec<String>,
    /// The platform's clock by the answer's `Date` header (RFC 9110, 6.6.1), in whole seconds, when it sent one.
    pub platform_time: Option<DateTime<Utc>>,
}

/// Fetches a key set.
///
/// # Errors
/// When it cannot be fetched or is no key set.
pub async fn key_set(
    outbound: &Outbound,
    jwks_url: &str,
    now: DateTime<Utc>,
) -> Result<KeySetFacts, CallError> {
    let call = Call {
        service: Service::KeySet,
        method: Method::GET,
        url: jwks_url,
        accept: "application/json",
        content: None,
        bearer: None,
        cap: CAP_KEY_SET,
        now,
    };
    let answer = outbound.send(call).await?.success()?;
    let set = PlatformKeySet::parse(&answer.body)?;
    let date = answer
        .header("date")
        .and_then(|date| httpdate::parse_http_date(&date).ok());
    Ok(KeySetFacts {
        usable_keys: set
            .kids()
            .filter(|kid| set.find(kid).is_ok())
            .map(str::to_owned)
            .collect(),
        platform_time: date.map(DateTime::<Utc>::from),
    })
}

/// Asks for an access token with these scopes and tells which of them are granted. The token is thrown away.
///
/// # Errors
/// What the token endpoint says, and what keeps its answer from us.
pub async fn granted_scopes(
    outbound: &Outbound,
    caller: &Caller<'_>,
    scopes: &[&str],
) -> Result<Vec<String>, CallError> {
    Ok(bearer::ask(outbound, caller, scopes).await?.scopes)
}

/// A list that a platform's service gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// The line items of a context.
    LineItems,
    /// Its members.
    Members,
}

/// Whether the platform refuses us as if no token had come: asked with one and without, it answers alike. A platform
/// that saw a token which it does not take says so in `WWW-Authenticate` (RFC 6750 section 3.1), or by another status.
///
/// # Errors
/// No answer, no token, `LTI-SVC-ORIGIN`.
pub async fn loses_token(
    outbound: &Outbound,
    caller: &Caller<'_>,
    list: List,
    url: &str,
) -> Result<bool, CallError> {
    let (service, scope, accept) = match list {
        List::LineItems => (
            Service::LineItems,
            SCOPE_LINE_ITEM_READ_ONLY,
            LINE_ITEM_CONTAINER_TYPE,
        ),
        List::Members => (Service::Memberships, SCOPE_MEMBERSHIP, MEMBERSHIP_TYPE),
    };
    let allowed: Vec<&str> = caller.target.allowed_origins.iter().map(String::as_str).collect();
    origin_allowed(url, &allowed)?;
    let without = outbound
        .send(Call {
            service,
            method: Method::GET,
            url,
            accept,
            content: None,
            bearer: None,
            cap: CAP_LIST,
            now: caller.now,
        })
        .await?;
    let with = ServiceCall {
        service,
        scope,
        method: Method::GET,
        url,
        accept,
        content: None,
        cap: CAP_LIST,
    };
    let with = bearer::call(outbound, caller, with).await?;
    let said = |answer: &Answer| (answer.status, answer.header("www-authenticate"));
    Ok(with.status == 401 && said(&with) == said(&without))
}
