//! Our own key pairs: made once, encrypted at rest, published at `/lti/jwks`,
//! and which of them signs for which platform. They are read from the database
//! each time, so that several processes agree. When keys are made, proven and
//! withdrawn stands in `key_rotation.rs`.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    encoding::{AsDer, Pkcs8V1Der},
    hmac,
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use lti::keys::ToolKey;
use secrecy::{ExposeSecret, SecretBox};
use serde_json::{Value, json};
use storage::{Connection, Db, key_drills, tool_keys};

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

/// What opens our keys, and those that were opened before.
#[derive(Debug)]
pub(crate) struct KeyRing {
    secret_key: SecretKey,
    opened: Mutex<HashMap<String, ToolKey>>,
    /// The key set that was answered last, for when the database does not answer.
    published: Mutex<Option<Value>>,
}

impl KeyRing {
    /// Opens one of our keys.
    pub(crate) fn open(&self, stored: &tool_keys::ToolKey) -> Result<ToolKey> {
        if let Some(key) = locked(&self.opened).get(&stored.id) {
            return Ok(key.clone());
        }
        let key = open(stored, &self.secret_key)?;
        locked(&self.opened).insert(stored.id.clone(), key.clone());
        Ok(key)
    }

    /// Makes a key pair in that state.
    pub(crate) fn make(&self, state: &str, now: DateTime<Utc>) -> Result<tool_keys::ToolKey> {
        make(&self.secret_key, state, now)
    }

    /// Encrypts a secret of a platform for the database; it opens for that registration only.
    pub(crate) fn seal(&self, registration_id: &str, secret: &str) -> Result<String> {
        encrypt(&self.secret_key, registration_id, secret.as_bytes())
    }

    /// Opens what [`KeyRing::seal`] made.
    pub(crate) fn unseal(&self, registration_id: &str, sealed: &str) -> Result<String> {
        let plain = decrypt(&self.secret_key, registration_id, sealed)?;
        String::from_utf8(plain).map_err(|_invalid| broken("is no text"))
    }

    /// A keyed fingerprint (HMAC-SHA-256, hexadecimal) of a code that is too short for a plain hash: whoever only has the
    /// database cannot try all codes.
    pub(crate) fn fingerprint(&self, code: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret_key.0.expose_secret());
        let tag = hmac::sign(&key, format!("learner code {code}").as_bytes());
        tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Forgets the opened keys that are not among these.
    pub(crate) fn keep_only(&self, stored: &[tool_keys::ToolKey]) {
        locked(&self.opened).retain(|id, _| stored.iter().any(|key| key.id == *id));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The public halves of our keys (RFC 7517), for `GET /lti/jwks`. While the database does not answer, those that were
/// answered last.
///
/// # Errors
/// When the database fails and nothing was answered before.
pub async fn public_key_set(app: &App) -> Result<Value> {
    let ring = app.keys();
    match app.db().read(tool_keys::list).await {
        Ok(stored) => {
            let set = public_set(&stored)?;
            *locked(&ring.published) = Some(set.clone());
            Ok(set)
        }
        Err(error) => locked(&ring.published).clone().ok_or_else(|| error.into()),
    }
}

fn public_set(stored: &[tool_keys::ToolKey]) -> Result<Value> {
    let keys = stored
        .iter()
        .map(|key| serde_json::from_str(&key.public_key).map_err(|error| broken(&error.to_string())))
        .collect::<Result<Vec<Value>>>()?;
    Ok(json!({ "keys": keys }))
}

/// The key that signs for a registration: the newest one that its platform has accepted.
pub(crate) fn signing(connection: &mut Connection, ring: &KeyRing, registration_id: &str) -> Result<ToolKey> {
    let stored = tool_keys::list(connection)?;
    let proven = key_drills::list_proven(connection, registration_id)?;
    let chosen = choose(&stored, &proven).ok_or_else(|| broken("is missing"))?;
    ring.open(chosen)
}

/// Of our keys, newest first, the one that signs for a platform that has accepted these. A platform that has accepted
/// none gets the one before the newest: the newest one is still to be proven.
pub(crate) fn choose<'a>(
    stored: &'a [tool_keys::ToolKey],
    proven: &[String],
) -> Option<&'a tool_keys::ToolKey> {
    let accepted = stored.iter().find(|key| proven.contains(&key.id));
    accepted.or_else(|| stored.get(1)).or_else(|| stored.first())
}

/// True when the database holds keys of ours, encrypted with some secret key.
///
/// # Errors
/// When the database fails.
pub async fn exist(db: &Db) -> Result<bool> {
    db.read(|c| Ok(!tool_keys::list(c)?.is_empty())).await
}

/// Opens the stored keys; makes the first one when there is none.
pub(crate) async fn open_or_make(db: &Db, secret_key: SecretKey, now: DateTime<Utc>) -> Result<KeyRing> {
    let mut stored = db.read(tool_keys::list).await?;
    if stored.is_empty() {
        let made = make(&secret_key, tool_keys::SIGNING, now)?;
        stored = db
            .write(move |c| {
                tool_keys::insert(c, &made)?;
                tool_keys::list(c)
            })
            .await?;
    }
    let ring = KeyRing {
        secret_key,
        opened: Mutex::default(),
        published: Mutex::new(Some(public_set(&stored)?)),
    };
    for key in &stored {
        ring.open(key)?;
    }
    Ok(ring)
}

fn make(secret_key: &SecretKey, state: &str, now: DateTime<Utc>) -> Result<tool_keys::ToolKey> {
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
        state: state.to_owned(),
        signing_at: (state == tool_keys::SIGNING).then(|| now.naive_utc()),
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
    #[test]
    fn each_platform_is_served_with_the_newest_key_that_it_has_accepted() {
        #[track_caller]
        fn check(stored: &[&str], proven: &[&str], expected: Option<&str>) {
            let key = |id: &&str| tool_keys::ToolKey {
                id: (*id).to_owned(),
                private_key: String::new(),
                public_key: String::new(),
                created_at: DateTime::UNIX_EPOCH.naive_utc(),
                retired_at: None,
                state: String::new(),
                signing_at: None,
            };
            let stored: Vec<_> = stored.iter().map(key).collect();
            let proven: Vec<_> = proven.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(choose(&stored, &proven).map(|key| key.id.as_str()), expected);
        }
        check(&[], &[], None);
        check(&["1"], &[], Some("1"));
        check(&["1"], &["0"], Some("1"));
        check(&["2", "1"], &[], Some("1"));
        check(&["2", "1"], &["1"], Some("1"));
        check(&["2", "1"], &["2"], Some("2"));
        check(&["2", "1"], &["1", "2"], Some("2"));
        check(&["3", "2", "1"], &[], Some("2"));
        check(&["3", "2", "1"], &["1"], Some("1"));
    }
}
