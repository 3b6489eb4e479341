//! What is kept of a refused launch: its header and claims without what tells
//! who the person is, and judging that again. Shapes and types stay as they
//! were, so that each check comes to the same verdict. Leaves out: the
//! signature, which cannot be checked once something is left out; `app` keeps
//! its verdict.

use crate::claim;
use crate::code::{Code, Refusal};
use crate::launch::{Expected, judge_audience, judge_issuer, judge_nonce, judge_times};
use crate::launch_message::{LaunchMessage, read_message};
use crate::token::{MAX_TOKEN_BYTES, Token, judge_header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What stands in the place of each text that is left out.
pub const LEFT_OUT: &str = "(left out)";

/// Claims that hold nothing personal, or only the platform's number of the person.
const WHOLE: [&str; 17] = [
    "iss",
    "aud",
    "azp",
    "sub",
    "exp",
    "iat",
    "nbf",
    "nonce",
    claim::VERSION,
    claim::MESSAGE_TYPE,
    claim::DEPLOYMENT_ID,
    claim::TARGET_LINK_URI,
    claim::ROLES,
    claim::CONTEXT,
    claim::TOOL_PLATFORM,
    claim::AGS_ENDPOINT,
    claim::NRPS,
];

/// Of these objects only the named members are kept.
const IN_PART: [(&str, &[&str]); 4] = [
    (claim::RESOURCE_LINK, &["id", "title"]),
    (claim::FOR_USER, &["user_id"]),
    (
        claim::LAUNCH_PRESENTATION,
        &["locale", "document_target", "height", "width", "return_url"],
    ),
    (
        claim::DEEP_LINKING_SETTINGS,
        &[
            "accept_types",
            "accept_media_types",
            "accept_presentation_document_targets",
            "accept_multiple",
            "accept_lineitem",
            "accept_unsigned",
            "auto_create",
            "deep_link_return_url",
        ],
    ),
];

/// Members whose query holds the platform's own session.
const ADDRESSES: [&str; 2] = ["return_url", "deep_link_return_url"];
/// Custom parameters of our own begin like this.
const OWN_CUSTOM: &str = "taynghe_";

/// A token without its signature and without personal data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptToken {
    /// The header (RFC 7515 section 4), keys that it offered left out.
    pub header: Map<String, Value>,
    /// The claims; [`LEFT_OUT`] stands for each text that is left out.
    pub claims: Map<String, Value>,
    /// Why the token as it came cannot be read, such as a key that came twice.
    pub unreadable: Option<String>,
}

/// The checks of a launch, in the order in which they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// RS256, a key id, no extensions; readable.
    Header,
    /// `iss`.
    Issuer,
    /// `aud` and `azp`.
    Audience,
    /// `exp`, `iat` and `nbf`, by the clock that is given.
    Times,
    /// `nonce`.
    Nonce,
    /// The LTI claims.
    Claims,
}

/// How each check comes out.
pub type Verdicts = Vec<(Check, Result<(), Refusal>)>;

/// Keeps a token; `None` when no header and claims can be made out in it.
pub fn keep(token: &str) -> Option<KeptToken> {
    if token.len() > MAX_TOKEN_BYTES {
        return None;
    }
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, _signature] = parts.as_slice() else {
        return None;
    };
    let (mut header, claims) = (lenient(header)?, lenient(payload)?);
    for name in ["jwk", "x5c"] {
        if let Some(offered) = header.get_mut(name) {
            *offered = Value::from(LEFT_OUT);
        }
    }
    Some(KeptToken {
        header,
        claims: claims
            .into_iter()
            .map(|(name, value)| (name.clone(), without_person(&name, value)))
            .collect(),
        unreadable: match Token::parse(token) {
            Err(refusal) if refusal.code == Code::TokFormat => Some(refusal.detail),
            _ => None,
        },
    })
}

/// Makes every check again but that of the signature, the later ones also when
/// an earlier one fails; and what the message says, when its claims can be read.
pub fn judge_again(
    kept: &KeptToken,
    expected: &Expected<'_>,
    now: DateTime<Utc>,
) -> (Verdicts, Option<LaunchMessage>) {
    let header = match &kept.unreadable {
        Some(reason) => Err(Refusal::new(Code::TokFormat, reason.clone())),
        None => judge_header(&kept.header).map(drop),
    };
    let read = read_message(&kept.claims, expected);
    let checks = vec![
        (Check::Header, header),
        (Check::Issuer, judge_issuer(&kept.claims, expected.issuer)),
        (Check::Audience, judge_audience(&kept.claims, expected.client_id)),
        (Check::Times, judge_times(&kept.claims, now)),
        (Check::Nonce, judge_nonce(&kept.claims, expected.nonce)),
        (Check::Claims, read.as_ref().map(drop).map_err(Clone::clone)),
    ];
    (checks, read.ok())
}

fn lenient(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn without_person(name: &str, value: Value) -> Value {
    if WHOLE.contains(&name) {
        return value;
    }
    let kept_members = IN_PART.iter().find(|(claim, _)| *claim == name);
    match (kept_members, value) {
        (Some((_, kept)), Value::Object(map)) => members(map, |member, _| kept.contains(&member)),
        (None, Value::Object(map)) if name == claim::CUSTOM => members(map, |member, value| {
            // An unreplaced variable says something of the platform, not of the person.
            member.starts_with(OWN_CUSTOM) || value.as_str().is_some_and(|text| text.starts_with('$'))
        }),
        (_, value) => left_out(value),
    }
}

fn members(map: Map<String, Value>, is_kept: impl Fn(&str, &Value) -> bool) -> Value {
    let member = |(name, value): (String, Value)| {
        let value = match is_kept(&name, &value) {
            true if ADDRESSES.contains(&name.as_str()) => without_query(value),
            true => value,
            false => left_out(value),
        };
        (name, value)
    };
    Value::Object(map.into_iter().map(member).collect())
}

// The type stays: some checks are about nothing else.
fn left_out(value: Value) -> Value {
    match value {
        Value::String(text) if text.is_empty() => Value::String(text),
        Value::String(_) => Value::from(LEFT_OUT),
        Value::Number(_) => Value::from(0),
        Value::Array(list) => Value::Array(list.into_iter().map(left_out).collect()),
        Value::Object(map) => members(map, |_, _| false),
        other => other,
    }
}

fn without_query(value: Value) -> Value {
    match value {
        Value::String(address) => {
            let end = address.find(['?', '#']).unwrap_or(address.len());
            Value::from(address.get(..end).unwrap_or_default())
        }
        other => left_out(other),
    }
}

#[cfg(test)]
#[path = "kept_launch_tests.rs"]
mod tests;
