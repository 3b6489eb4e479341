//! Our own key pairs: made once, encrypted at rest, published at `/lti/jwks`.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use lti::keys::ToolKey;
use secrecy::{ExposeSecret, SecretBox};
use storage::{Db, tool_keys};

use crate::{App, Error, Result};

/// The key that encrypts our private keys: 256 bits, kept in a file of its own.
#[derive(Debug)]
pub struct SecretKey(SecretBox<[u8; 32]>);

impl SecretKey {
    /// From the bytes of the key file.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// New random bytes for a key file.
    pub fn draw() -> [u8; 32] {
        crate::random::bytes()
    }
}

/// Our keys, opened. The first one signs.
#[derive(Debug)]
pub(crate) struct KeyRing {
    keys: Vec<ToolKey>,
}

impl KeyRing {
    pub(crate) fn signing(&self) -> Result<&ToolKey> {
        self.keys
            .first()
            .ok_or_else(|| Error::Internal("there is no key to sign with".to_owned()))
    }
}

/// The public halves of our keys (RFC 7517), for `GET /lti/jwks`.
pub fn public_key_set(app: &App) -> serde_json::Value {
    lti::keys::public_key_set(&app.keys().keys)
}

/// True when the database holds keys of ours, encrypted with some secret key.
///
/// # Errors
/// When the database fails.
pub async fn exist(db: &Db) -> Result<bool> {
    db.read(|c| Ok(!tool_keys::list(c)?.is_empty())).await
}

/// Opens the stored keys; makes the first one when there is none.
pub(crate) async fn open_or_make(db: &Db, secret_key: &SecretKey, now: DateTime<Utc>) -> Result<KeyRing> {
    let mut stored = db.read::<_, Error>(|c| Ok(tool_keys::list(c)?)).await?;
    if stored.is_empty() {
        let made = make(secret_key, now)?;
        stored = db
            .write::<_, Error>(move |c| {
                tool_keys::insert_first(c, &made)?;
                Ok(tool_keys::list(c)?)
            })
            .await?;
    }
    let keys = stored
        .iter()
        .map(|key| open(key, secret_key))
        .collect::<Result<_>>()?;
    Ok(KeyRing { keys })
}

fn make(secret_key: &SecretKey, now: DateTime<Utc>) -> Result<tool_keys::ToolKey> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_unspecified| broken("cannot be made"))?;
    let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_unspecified| broken("cannot be written"))?;
    let id =
        lti::keys::thumbprint_of_pkcs8_der(pkcs8.as_ref()).map_err(|error| broken(&error.to_string()))?;
    let key =
        ToolKey::from_pkcs8_der(pkcs8.as_ref(), id.as_str()).map_err(|error| broken(&error.to_string()))?;
    Ok(tool_keys::ToolKey {
        private_key: encrypt(secret_key, &id, pkcs8.as_ref())?,
        public_key: key.public_jwk().to_string(),
        id,
        created_at: now.naive_utc(),
        retired_at: None,
    })
}

fn open(stored: &tool_keys::ToolKey, secret_key: &SecretKey) -> Result<ToolKey> {
    let pkcs8 = decrypt(secret_key, &stored.id, &stored.private_key)?;
    ToolKey::from_pkcs8_der(&pkcs8, stored.id.as_str()).map_err(|error| broken(&error.to_string()))
}

// AES-256-GCM; the key id is authenticated too, so that rows cannot be swapped.
// Stored as base64 of nonce, then ciphertext with tag.
fn encrypt(secret_key: &SecretKey, id: &str, plain: &[u8]) -> Result<String> {
    let mut sealed = plain.to_vec();
    let nonce = cipher(secret_key)?
        .seal_in_place_append_tag(Aad::from(id.as_bytes()), &mut sealed)
        .map_err(|_unspecified| broken("cannot be encrypted"))?;
    let mut stored = nonce.as_ref().to_vec();
    stored.extend(sealed);
    Ok(STANDARD.encode(stored))
}

fn decrypt(secret_key: &SecretKey, id: &str, stored: &str) -> Result<Vec<u8>> {
    let bytes = STANDARD
        .decode(stored)
        .map_err(|error| broken(&error.to_string()))?;
    let (nonce, sealed) = bytes
        .split_at_checked(aws_lc_rs::aead::NONCE_LEN)
        .ok_or_else(|| broken("is cut"))?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_unspecified| broken("is cut"))?;
    let mut sealed = sealed.to_vec();
    let plain = cipher(secret_key)?
        .open_in_place(nonce, Aad::from(id.as_bytes()), &mut sealed)
        .map_err(|_unspecified| broken("does not open with the secret key file in use"))?;
    Ok(plain.to_vec())
}

fn cipher(secret_key: &SecretKey) -> Result<RandomizedNonceKey> {
    RandomizedNonceKey::new(&AES_256_GCM, secret_key.0.expose_secret())
        .map_err(|_unspecified| broken("cannot be encrypted"))
}

fn broken(how: &str) -> Error {
    Error::Internal(format!("our signing key {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_with_its_own_secret_and_id_only() {
        let secret = SecretKey::new([7; 32]);
        let stored = encrypt(&secret, "kid", b"private").unwrap();
        assert_eq!(decrypt(&secret, "kid", &stored).unwrap(), b"private");
        assert!(decrypt(&SecretKey::new([8; 32]), "kid", &stored).is_err());
        assert!(decrypt(&secret, "other", &stored).is_err());
        assert!(!stored.contains("private"));
    }
}
