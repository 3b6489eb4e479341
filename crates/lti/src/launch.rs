//! The id_token of a launch (security framework 1.0 section 5.1.2 and 5.1.3,
//! LTI 1.3 core section 5): [`peek`] says whose key and state are needed,
//! [`verify`] judges everything and gives the message. Leaves out: whether the
//! state is ours and unused, and whether the deployment is known; `app` asks
//! storage.

use crate::code::{Code, Refusal};
use crate::json::{owned, texts};
use crate::keys::PlatformKey;
use crate::launch_message::{LaunchMessage, read_message};
use crate::token::Token;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value};
use url::Url;

/// How long after `exp` a token is still taken, in seconds: clocks differ.
pub const EXPIRY_LEEWAY_SECONDS: i64 = 60;
/// How far `iat` and `nbf` may lie ahead of our clock, in seconds.
pub const FUTURE_LEEWAY_SECONDS: i64 = 120;
/// Oldest `iat` that is taken, in seconds, whatever `exp` says.
pub const MAX_AGE_SECONDS: i64 = 60 * 60;
/// Longest life that a token may give itself, in seconds.
pub const MAX_LIFE_SECONDS: i64 = 24 * 60 * 60;

/// What a token says before anything is proven: enough to find registration,
/// key and state, and good for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peeked {
    /// `iss`.
    pub issuer: String,
    /// `aud`, as a list.
    pub audiences: Vec<String>,
    /// `azp`.
    pub authorized_party: Option<String>,
    /// The header's key id.
    pub kid: String,
    /// `nonce`.
    pub nonce: Option<String>,
    /// Header members that offered a key of their own (`jwk`, `jku`, `x5u`,
    /// `x5c` …): not followed, to be logged.
    pub ignored_headers: Vec<&'static str>,
}

impl Peeked {
    /// The client id that the token is for: `azp` when given, else the only audience.
    pub fn client_id(&self) -> Option<&str> {
        match (&self.authorized_party, self.audiences.as_slice()) {
            (Some(party), _) => Some(party),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

/// Reads what is needed to find the registration and its key.
///
/// # Errors
/// [`Code::TokFormat`], [`Code::TokAlg`], [`Code::TokCrit`],
/// [`Code::TokKidMissing`], and [`Code::TokIss`] or [`Code::TokAud`] when these
/// are missing or of a wrong type.
pub fn peek(token: &str) -> Result<Peeked, Refusal> {
    let token = Token::parse(token)?;
    let issuer = owned(&token.claims, "iss")
        .ok_or_else(|| Refusal::new(Code::TokIss, "iss is missing or not text"))?;
    Ok(Peeked {
        issuer,
        audiences: audiences(&token.claims)?,
        authorized_party: owned(&token.claims, "azp"),
        nonce: owned(&token.claims, "nonce"),
        kid: token.kid,
        ignored_headers: token.ignored_headers,
    })
}

/// What a launch must say to be ours.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The registration's issuer, compared as text.
    pub issuer: &'a str,
    /// The registration's client id.
    pub client_id: &'a str,
    /// The nonce bound to the state that came with the token.
    pub nonce: &'a str,
    /// Our own address.
    pub public_url: &'a Url,
    /// `target_link_uri` of the login initiation, when it was kept.
    pub target_link_uri: Option<&'a str>,
}

/// Verifies a launch: signature first, then issuer, audience, times and nonce,
/// then the LTI claims. Strict in what is proven; unknown values, extra claims
/// and optional claims of a wrong type never refuse a launch.
///
/// # Errors
/// `LTI-TOK-…`, [`Code::StaNonce`], `LTI-CLM-…` and [`Code::DlReturn`].
pub fn verify(
    token: &str,
    key: &PlatformKey,
    expected: &Expected<'_>,
    now: DateTime<Utc>,
) -> Result<LaunchMessage, Refusal> {
    let token = Token::parse(token)?;
    token.check_signature(key)?;
    judge(&token.claims, expected, now)
}

/// Checks the signature alone: what is said of a launch that was refused for another reason.
///
/// # Errors
/// `LTI-TOK-…` when it does not fit, or the token cannot be read.
pub fn check_signature(token: &str, key: &PlatformKey) -> Result<(), Refusal> {
    Token::parse(token)?.check_signature(key)
}

/// Judges claims whose signature is proven.
pub(crate) fn judge(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
    now: DateTime<Utc>,
) -> Result<LaunchMessage, Refusal> {
    judge_issuer(claims, expected.issuer)?;
    judge_audience(claims, expected.client_id)?;
    judge_times(claims, now)?;
    judge_nonce(claims, expected.nonce)?;
    read_message(claims, expected)
}

pub(crate) fn judge_issuer(claims: &Map<String, Value>, expected: &str) -> Result<(), Refusal> {
    match claims.get("iss").and_then(Value::as_str) {
        Some(issuer) if issuer == expected => Ok(()),
        Some(_) => Err(Refusal::new(Code::TokIss, "another issuer")),
        None => Err(Refusal::new(Code::TokIss, "iss is missing or not text")),
    }
}

fn audiences(claims: &Map<String, Value>) -> Result<Vec<String>, Refusal> {
    let list = texts(claims, "aud");
    let strict = match claims.get("aud") {
        Some(Value::String(_)) => true,
        Some(Value::Array(members)) => members.len() == list.len(),
        _ => false,
    };
    if strict && !list.is_empty() {
        Ok(list)
    } else {
        Err(Refusal::new(Code::TokAud, "aud is missing or malformed"))
    }
}

pub(crate) fn judge_audience(claims: &Map<String, Value>, client_id: &str) -> Result<(), Refusal> {
    let audiences = audiences(claims)?;
    if !audiences.iter().any(|audience| audience == client_id) {
        return Err(Refusal::new(Code::TokAud, "aud does not name our client id"));
    }
    match claims.get("azp") {
        Some(Value::String(party)) if party == client_id => Ok(()),
        Some(Value::Null) | None if audiences.len() == 1 => Ok(()),
        Some(Value::Null) | None => Err(Refusal::new(Code::TokAzp, "several audiences and no azp")),
        Some(_) => Err(Refusal::new(Code::TokAzp, "azp is not our client id")),
    }
}

pub(crate) fn judge_times(claims: &Map<String, Value>, now: DateTime<Utc>) -> Result<(), Refusal> {
    let expires = required_time(claims, "exp", now)?;
    let issued = required_time(claims, "iat", now)?;
    let clock = now.timestamp() as f64 + f64::from(now.timestamp_subsec_millis()) / 1000.0;
    let refuse = |what: &str, time: f64| {
        let detail = format!(
            "{what}: the token says {}, our clock {}",
            stamp(time),
            stamp(clock)
        );
        Err(Refusal::new(Code::TokTime, detail))
    };
    if clock > expires + EXPIRY_LEEWAY_SECONDS as f64 {
        return refuse("expired", expires);
    }
    if issued > clock + FUTURE_LEEWAY_SECONDS as f64 {
        return refuse("issued in the future", issued);
    }
    if clock - issued > MAX_AGE_SECONDS as f64 {
        return refuse("issued too long ago", issued);
    }
    if expires < issued || expires - issued > MAX_LIFE_SECONDS as f64 {
        return refuse("absurd life, exp", expires);
    }
    match optional_time(claims, "nbf")? {
        Some(begins) if begins > clock + FUTURE_LEEWAY_SECONDS as f64 => refuse("not valid yet", begins),
        _ => Ok(()),
    }
}

fn required_time(claims: &Map<String, Value>, name: &str, now: DateTime<Utc>) -> Result<f64, Refusal> {
    optional_time(claims, name)?.ok_or_else(|| {
        let clock = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        Refusal::new(Code::TokTime, format!("{name} is missing, our clock {clock}"))
    })
}

fn optional_time(claims: &Map<String, Value>, name: &str) -> Result<Option<f64>, Refusal> {
    match claims.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => match number.as_f64().filter(|time| time.is_finite()) {
            Some(time) => Ok(Some(time)),
            None => Err(Refusal::new(Code::TokTime, format!("{name} is out of range"))),
        },
        Some(_) => Err(Refusal::new(Code::TokTime, format!("{name} is not a number"))),
    }
}

/// A NumericDate for people; one outside the calendar stays a number.
fn stamp(seconds: f64) -> String {
    // the cast saturates, and from_timestamp refuses what no calendar has
    match DateTime::<Utc>::from_timestamp(seconds as i64, 0) {
        Some(time) => time.to_rfc3339_opts(SecondsFormat::Secs, true),
        None => format!("{seconds:e}"),
    }
}

pub(crate) fn judge_nonce(claims: &Map<String, Value>, expected: &str) -> Result<(), Refusal> {
    match claims.get("nonce").and_then(Value::as_str) {
        Some(nonce) if nonce == expected && !nonce.is_empty() => Ok(()),
        Some(_) => Err(Refusal::new(Code::StaNonce, "not the nonce of this login")),
        None => Err(Refusal::new(Code::StaNonce, "nonce is missing")),
    }
}

#[cfg(test)]
#[path = "launch_tests.rs"]
mod tests;
