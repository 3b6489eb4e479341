//! A compact signed JWT taken apart (RFC 7515), before and after its signature
//! is checked. `jsonwebtoken` checks the signature and nothing else.

use crate::code::{Code, Refusal};
use crate::json::{loggable, parse_strict_object, text};
use crate::keys::PlatformKey;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Longest token that is looked at, in bytes.
pub(crate) const MAX_TOKEN_BYTES: usize = 64 * 1024;

/// Header members that offer a key of their own; they are never followed.
const KEY_HEADERS: [&str; 5] = ["jwk", "jku", "x5u", "x5c", "x5t#S256"];

/// The parts of a token; nothing in it is proven yet.
#[derive(Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kid: String,
    pub(crate) ignored_headers: Vec<&'static str>,
    pub(crate) claims: Map<String, Value>,
    signed: &'a str,
    signature: &'a str,
}

impl<'a> Token<'a> {
    /// Takes a token apart: three parts, RS256, a key id, no extensions.
    pub(crate) fn parse(token: &'a str) -> Result<Self, Refusal> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(malformed("longer than 64 KiB"));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts.as_slice() else {
            return Err(malformed("not three parts"));
        };
        let signed = token
            .len()
            .checked_sub(signature.len() + 1)
            .and_then(|end| token.get(..end))
            .ok_or_else(|| malformed("not three parts"))?;
        let header = decode(header, "header")?;
        let (kid, ignored_headers) = judge_header(&header)?;
        Ok(Self {
            kid,
            ignored_headers,
            claims: decode(payload, "claims")?,
            signed,
            signature,
        })
    }

    /// Checks the signature with a key that the platform published under this key id.
    pub(crate) fn check_signature(&self, key: &PlatformKey) -> Result<(), Refusal> {
        if key.kid() != self.kid {
            return Err(Refusal::new(Code::TokSig, "another key than the header names"));
        }
        let valid = jsonwebtoken::crypto::verify(
            self.signature,
            self.signed.as_bytes(),
            key.decoding_key(),
            jsonwebtoken::Algorithm::RS256,
        );
        match valid {
            Ok(true) => Ok(()),
            _ => Err(Refusal::new(Code::TokSig, "the signature does not fit")),
        }
    }
}

/// Key id, and the members that offered a key of their own.
pub(crate) fn judge_header(header: &Map<String, Value>) -> Result<(String, Vec<&'static str>), Refusal> {
    match header.get("alg").and_then(Value::as_str) {
        Some("RS256") => {}
        Some(other) => {
            return Err(Refusal::new(Code::TokAlg, loggable(other)));
        }
        None => return Err(Refusal::new(Code::TokAlg, "alg is missing")),
    }
    if let Some(name) = ["crit", "b64"]
        .into_iter()
        .find(|name| header.contains_key(*name))
    {
        return Err(Refusal::new(Code::TokCrit, name));
    }
    let Some(kid) = text(header, "kid") else {
        return Err(Refusal::new(Code::TokKidMissing, "kid is missing"));
    };
    let ignored = KEY_HEADERS
        .into_iter()
        .filter(|name| header.contains_key(*name))
        .collect();
    Ok((kid.to_owned(), ignored))
}

fn decode(part: &str, name: &str) -> Result<Map<String, Value>, Refusal> {
    let bytes = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| malformed(&format!("{name}: not base64url")))?;
    parse_strict_object(&bytes)
        .map_err(|_| malformed(&format!("{name}: not one JSON object with unique keys")))
}

fn malformed(detail: &str) -> Refusal {
    Refusal::new(Code::TokFormat, detail)
}
