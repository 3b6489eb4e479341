//! For tests only (feature `testing`): fixed keys that protect nothing, and a
//! signer of arbitrary tokens, bad ones included.

use crate::code::{Code, Refusal};
use crate::json::parse_strict_object;
use crate::keys::{PlatformKeySet, ToolKey, public_key_set};
use crate::launch::{Expected, judge};
use crate::launch_message::LaunchMessage;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

/// A platform's key, PKCS#8, 2048 bits; published as [`PLATFORM_KID`].
pub const PLATFORM_KEY_PEM: &str = include_str!("../../../tests/data/keys/platform.pem");
/// One of our own keys, PKCS#8, 2048 bits; also the key of "somebody else".
pub const TOOL_KEY_PEM: &str = include_str!("../../../tests/data/keys/tool.pem");
/// Key id of the test platform's key.
pub const PLATFORM_KID: &str = "test-platform-key";
/// Key id of the test tool's key.
pub const TOOL_KID: &str = "test-tool-key";

/// The test platform's key as a signer.
pub fn platform_signer() -> ToolKey {
    signer(PLATFORM_KEY_PEM, PLATFORM_KID)
}

/// The test tool's key.
pub fn tool_key() -> ToolKey {
    signer(TOOL_KEY_PEM, TOOL_KID)
}

/// The key set that the test platform publishes, as JSON.
pub fn platform_key_set_json() -> String {
    public_key_set([&platform_signer()]).to_string()
}

/// The same, read.
#[expect(clippy::expect_used, reason = "the key is fixed in the repository")]
pub fn platform_key_set() -> PlatformKeySet {
    PlatformKeySet::parse(platform_key_set_json().as_bytes()).expect("a key set")
}

/// Judges claims as [`crate::launch::verify`] does once it has checked the signature: for fuzzing, which has no time to
/// sign.
///
/// # Errors
/// Those of `verify`, but for the signature's.
pub fn verify_claims(
    claims: &[u8],
    expected: &Expected<'_>,
    now: DateTime<Utc>,
) -> Result<LaunchMessage, Refusal> {
    let claims = parse_strict_object(claims).map_err(|_| Refusal::new(Code::TokFormat, "claims"))?;
    judge(&claims, expected, now)
}

/// Header of an honest launch.
pub fn launch_header() -> Value {
    json!({ "typ": "JWT", "alg": "RS256", "kid": PLATFORM_KID })
}

/// A launch signed by the test platform.
pub fn sign_launch(claims: &Value) -> String {
    sign_with(
        PLATFORM_KEY_PEM,
        &launch_header().to_string(),
        &claims.to_string(),
    )
}

/// Signs any header and claims with RS256, whatever the header says; both are
/// taken as they stand, so that they may be malformed.
#[expect(clippy::expect_used, reason = "the keys are fixed in the repository")]
pub fn sign_with(pem: &str, header: &str, claims: &str) -> String {
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an RSA key");
    let signature =
        jsonwebtoken::crypto::sign(signed.as_bytes(), &key, Algorithm::RS256).expect("a signature");
    format!("{signed}.{signature}")
}

#[expect(clippy::expect_used, reason = "the keys are fixed in the repository")]
fn signer(pem: &str, kid: &str) -> ToolKey {
    ToolKey::from_pkcs8_pem(pem, kid).expect("a PKCS#8 key")
}
