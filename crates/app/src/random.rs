//! The only room that asks for randomness, and the hash under which secrets are stored.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::RngExt;
use sha2::{Digest, Sha256};

/// 256 random bits as 43 characters that stand in an address or a cookie as they are.
pub(crate) fn secret() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A random seed for the order of questions; never negative.
pub(crate) fn seed() -> i64 {
    i64::from_be_bytes(bytes::<8>()) & i64::MAX
}

/// `N` random bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room that draws random numbers"
)]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill(&mut bytes);
    bytes
}

/// A new id; ids of one process sort by the time at which they were made.
pub(crate) fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// SHA-256 of a secret, hexadecimal: what is stored instead of it.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
