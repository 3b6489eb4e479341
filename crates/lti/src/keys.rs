//! Keys: the platform's published key set (RFC 7517), read tolerantly and used
//! strictly, and our own keys, which sign. Leaves out: fetching and caching
//! (`outbound`), making keys and keeping them encrypted (`app`).

use crate::code::{Code, Refusal};
use crate::json::{text, texts};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, RSAKeyParameters, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt;

/// Smallest RSA modulus that may verify a launch, in bits (security framework 1.0 section 6).
pub const MIN_MODULUS_BITS: usize = 2048;

/// A public RSA key of a platform, fit to verify RS256.
#[derive(Clone)]
pub struct PlatformKey {
    kid: String,
    thumbprint: String,
    decoding_key: DecodingKey,
}

impl PlatformKey {
    /// The key id under which it is published.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The RFC 7638 thumbprint (SHA-256, base64url): which key it is, whatever its id.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    pub(crate) fn decoding_key(&self) -> &DecodingKey {
        &self.decoding_key
    }
}

impl fmt::Debug for PlatformKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// A platform's key set: usable keys, and for the others why they are not used.
#[derive(Debug, Clone, Default)]
pub struct PlatformKeySet {
    keys: Vec<(String, Result<PlatformKey, Refusal>)>,
}

impl PlatformKeySet {
    /// Reads a key set; unknown kinds, broken keys and keys without an id do
    /// not spoil the others.
    ///
    /// # Errors
    /// [`Code::KeyFetch`] when the bytes are no key set.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new(Code::KeyFetch, "not a JSON key set");
        let set: Value = serde_json::from_slice(bytes).map_err(|_| unreadable())?;
        let list = set.get("keys").and_then(Value::as_array).ok_or_else(unreadable)?;
        let keys = list
            .iter()
            .filter_map(Value::as_object)
            .filter_map(|jwk| {
                let kid = text(jwk, "kid")?.to_owned();
                let key = platform_key(&kid, jwk);
                Some((kid, key))
            })
            .collect();
        Ok(Self { keys })
    }

    /// The usable key of this id.
    ///
    /// # Errors
    /// [`Code::TokKidUnknown`] when no key has the id (fetch the set again,
    /// once); [`Code::TokAlg`] when the key is not for RS256 (symmetric keys
    /// never are); [`Code::TokSig`] when it is not for signatures, too short
    /// or broken.
    pub fn find(&self, kid: &str) -> Result<&PlatformKey, Refusal> {
        let mut refusal = None;
        for (_, key) in self.keys.iter().filter(|(id, _)| id == kid) {
            match key {
                Ok(key) => return Ok(key),
                Err(reason) => refusal = refusal.or(Some(reason.clone())),
            }
        }
        Err(refusal.unwrap_or_else(|| Refusal::new(Code::TokKidUnknown, "the key set has no key of this id")))
    }

    /// The ids of all keys, usable or not.
    pub fn kids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(kid, _)| kid.as_str())
    }
}

fn platform_key(kid: &str, jwk: &Map<String, Value>) -> Result<PlatformKey, Refusal> {
    let refuse = |code, detail: &str| Err(Refusal::new(code, detail));
    if text(jwk, "kty") != Some("RSA") {
        return refuse(Code::TokAlg, "the key is not an RSA key");
    }
    if text(jwk, "alg").is_some_and(|alg| alg != "RS256") {
        return refuse(Code::TokAlg, "the key is for another algorithm than RS256");
    }
    let operations = texts(jwk, "key_ops");
    if text(jwk, "use").is_some_and(|purpose| purpose != "sig")
        || !(operations.is_empty() || operations.iter().any(|name| name == "verify"))
    {
        return refuse(Code::TokSig, "the key is not for signatures");
    }
    let part =
        |name| text(jwk, name).and_then(|value| URL_SAFE_NO_PAD.decode(value.trim_end_matches('=')).ok());
    let (Some(modulus), Some(exponent)) = (part("n"), part("e")) else {
        return refuse(Code::TokSig, "the key is broken");
    };
    if bits(&modulus) < MIN_MODULUS_BITS {
        return refuse(Code::TokSig, "the key is shorter than 2048 bits");
    }
    Ok(PlatformKey {
        kid: kid.to_owned(),
        thumbprint: thumbprint_of(&modulus, &exponent),
        decoding_key: DecodingKey::from_rsa_raw_components(&modulus, &exponent),
    })
}

fn thumbprint_of(modulus: &[u8], exponent: &[u8]) -> String {
    // The shortest form of a number, as RFC 7518 section 6.3.1 writes it.
    let number = |bytes: &[u8]| {
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
        URL_SAFE_NO_PAD.encode(bytes.get(start..).unwrap_or_default())
    };
    let jwk = json!({ "kty": "RSA", "n": number(modulus), "e": number(exponent) });
    serde_json::from_value::<Jwk>(jwk)
        .ok()
        .and_then(|jwk| jwk.thumbprint(ThumbprintHash::SHA256).ok())
        .unwrap_or_default()
}

fn bits(number: &[u8]) -> usize {
    let significant = number.iter().position(|byte| *byte != 0);
    match significant.and_then(|start| number.get(start..)) {
        Some([first, rest @ ..]) => rest.len() * 8 + (8 - first.leading_zeros() as usize),
        _ => 0,
    }
}

/// One of our own keys cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not an RSA key in PKCS#8.
    #[error("not an RSA private key in PKCS#8")]
    Format,
    /// Signing failed; the key is too short or broken.
    #[error("the key cannot sign")]
    Sign,
}

/// One of our own RSA keys. It signs client assertions and deep-linking
/// responses; its private part is never shown.
#[derive(Clone)]
pub struct ToolKey {
    kid: String,
    encoding_key: EncodingKey,
    modulus: String,
    exponent: String,
}

impl ToolKey {
    /// Reads a PKCS#8 key in DER.
    ///
    /// # Errors
    /// [`KeyError::Format`].
    pub fn from_pkcs8_der(der: &[u8], kid: impl Into<String>) -> Result<Self, KeyError> {
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der)
        );
        Self::from_pkcs8_pem(&pem, kid)
    }

    /// Reads a PKCS#8 key in PEM.
    ///
    /// # Errors
    /// [`KeyError::Format`].
    pub fn from_pkcs8_pem(pem: &str, kid: impl Into<String>) -> Result<Self, KeyError> {
        let encoding_key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(|_| KeyError::Format)?;
        let jwk = Jwk::from_encoding_key(&encoding_key, Algorithm::RS256).map_err(|_| KeyError::Format)?;
        let AlgorithmParameters::RSA(RSAKeyParameters { n, e, .. }) = jwk.algorithm else {
            return Err(KeyError::Format);
        };
        Ok(Self {
            kid: kid.into(),
            encoding_key,
            modulus: n,
            exponent: e,
        })
    }

    /// The id under which [`ToolKey::public_jwk`] publishes it.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Signs claims as a compact JWT, RS256, with `typ` and `kid` in the header.
    ///
    /// # Errors
    /// [`KeyError::Sign`].
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.encoding_key).map_err(|_| KeyError::Sign)
    }

    /// The public part (RFC 7517): kty, alg, use, kid, n, e.
    pub fn public_jwk(&self) -> Value {
        json!({
            "kty": "RSA",
            "alg": "RS256",
            "use": "sig",
            "kid": self.kid,
            "n": self.modulus,
            "e": self.exponent,
        })
    }
}

impl fmt::Debug for ToolKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToolKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// The key set that we publish at `/lti/jwks`: every key that may still be met
/// in a signature, so that a rotation overlaps.
pub fn public_key_set<'a>(keys: impl IntoIterator<Item = &'a ToolKey>) -> Value {
    let keys: Vec<Value> = keys.into_iter().map(ToolKey::public_jwk).collect();
    json!({ "keys": keys })
}

/// The RFC 7638 thumbprint (SHA-256, base64url) of a PKCS#8 RSA key in DER:
/// a key id that depends on the key alone.
///
/// # Errors
/// [`KeyError::Format`].
pub fn thumbprint_of_pkcs8_der(der: &[u8]) -> Result<String, KeyError> {
    let key = ToolKey::from_pkcs8_der(der, "")?;
    Jwk::from_encoding_key(&key.encoding_key, Algorithm::RS256)
        .and_then(|jwk| jwk.thumbprint(ThumbprintHash::SHA256))
        .map_err(|_| KeyError::Format)
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
