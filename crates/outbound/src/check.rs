//! What an administrator's check of a platform looks at. Nothing here is kept or taken from what is kept: it asks the
//! platform as it stands now. Left out on purpose: what is good and what is not (`app` judges).

use chrono::{DateTime, Utc};
use lti::keys::PlatformKeySet;
use reqwest::Method;

use crate::bearer::{self, Caller};
use crate::client::{CAP_KEY_SET, Call, Outbound, Service};
use crate::error::CallError;

/// A platform's key set as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetFacts {
    /// How many of its keys can verify RS256 signatures.
    pub usable_keys: usize,
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
        usable_keys: set.kids().filter(|kid| set.find(kid).is_ok()).count(),
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
