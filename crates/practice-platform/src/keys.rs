//! RSA keys: the platform's own, made once per process, and the check of a tool's signatures.
//!
//! Judges signatures only. Claims are judged where they are used.

use std::sync::{Arc, OnceLock};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// An RSA key of 2048 bits that signs with RS256.
pub struct SigningKey {
    /// Key id, as it stands in token headers and in the key set.
    pub kid: String,
    pair: KeyPair,
}

impl SigningKey {
    /// Makes a new key. `None` when the cryptographic library fails.
    pub fn generate(kid: &str) -> Option<Self> {
        let pair = KeyPair::generate(KeySize::Rsa2048).ok()?;
        Some(Self {
            kid: kid.into(),
            pair,
        })
    }

    /// One key for all practice platforms of this process, since making one takes long in a debug build.
    pub fn shared() -> Option<Arc<Self>> {
        static KEY: OnceLock<Option<Arc<SigningKey>>> = OnceLock::new();
        KEY.get_or_init(|| {
            let random = uuid::Uuid::new_v4().simple().to_string();
            SigningKey::generate(random.get(..20)?).map(Arc::new)
        })
        .clone()
    }

    /// The public half, as it stands in a key set.
    pub fn public_jwk(&self) -> Value {
        let public = PublicKeyComponents::<Vec<u8>>::from(self.pair.public_key());
        json!({
            "kty": "RSA", "alg": "RS256", "kid": self.kid, "use": "sig",
            "e": URL_SAFE_NO_PAD.encode(public.e), "n": URL_SAFE_NO_PAD.encode(public.n),
        })
    }

    /// The private half as PKCS #8 DER, for tests that hand it to a tool.
    pub fn private_der(&self) -> Option<Vec<u8>> {
        let der: aws_lc_rs::encoding::Pkcs8V1Der<'static> = self.pair.as_der().ok()?;
        Some(der.as_ref().to_vec())
    }

    /// Signs claims under the usual header: `typ`, `alg`, `kid`.
    pub fn sign(&self, claims: &impl serde::Serialize) -> String {
        self.sign_with(
            &Header {
                typ: "JWT",
                alg: "RS256",
                kid: &self.kid,
            },
            claims,
        )
    }

    /// Signs claims under any header, also a wrong one. Always RS256.
    pub fn sign_with(&self, header: &impl serde::Serialize, claims: &impl serde::Serialize) -> String {
        let part = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
        let message = format!(
            "{}.{}",
            part(serde_json::to_vec(header).unwrap_or_default()),
            part(serde_json::to_vec(claims).unwrap_or_default())
        );
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let random = aws_lc_rs::rand::SystemRandom::new();
        // A signature of zeros if the library fails: the other side refuses it.
        let _ = self
            .pair
            .sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature);
        format!("{message}.{}", part(signature))
    }
}

#[derive(serde::Serialize)]
struct Header<'a> {
    typ: &'static str,
    alg: &'static str,
    kid: &'a str,
}

/// Header and claims of a token, not yet checked.
pub(crate) struct Unchecked {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    message: String,
    signature: Vec<u8>,
}

/// Splits a token. The error is Moodle's own wording.
pub(crate) fn decode(token: &str) -> Result<Unchecked, &'static str> {
    let parts: Vec<&str> = token.split('.').collect();
    let &[header, claims, signature] = parts.as_slice() else {
        return Err("Wrong number of segments");
    };
    let json = |part: &str| -> Option<Value> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?).ok()
    };
    Ok(Unchecked {
        header: json(header).ok_or("Invalid header encoding")?,
        claims: json(claims).ok_or("Invalid claims encoding")?,
        message: format!("{header}.{claims}"),
        signature: URL_SAFE_NO_PAD
            .decode(signature.trim_end_matches('='))
            .unwrap_or_default(),
    })
}

/// Checks signature and times (`exp`, `iat`, `nbf`, no leeway) against a key set, as Moodle does.
pub(crate) fn check(token: &Unchecked, keys: &Value, now: i64) -> Result<(), &'static str> {
    let kid = token
        .header
        .get("kid")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let key = keys
        .get("keys")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .find(|key| key.get("kid").and_then(Value::as_str) == Some(kid))
        .ok_or("\"kid\" invalid, unable to lookup correct key")?;
    if token.header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err("Algorithm not supported");
    }
    let part = |name: &str| -> Option<Vec<u8>> {
        URL_SAFE_NO_PAD
            .decode(key.get(name)?.as_str()?.trim_end_matches('='))
            .ok()
    };
    let (Some(n), Some(e)) = (part("n"), part("e")) else {
        return Err("Signature verification failed");
    };
    PublicKeyComponents { n, e }
        .verify(
            &RSA_PKCS1_2048_8192_SHA256,
            token.message.as_bytes(),
            &token.signature,
        )
        .map_err(|_| "Signature verification failed")?;
    let time = |name: &str| token.claims.get(name).and_then(Value::as_f64);
    if time("nbf").is_some_and(|nbf| nbf > now as f64) || time("iat").is_some_and(|iat| iat > now as f64) {
        return Err("Cannot handle token prior to its time");
    }
    if time("exp").is_some_and(|exp| now as f64 >= exp) {
        return Err("Expired token");
    }
    Ok(())
}
