//! Tokens that are refused before or at their signature, and keys that may not verify.

use super::*;
use crate::testing::{PLATFORM_KEY_PEM, PLATFORM_KID, TOOL_KEY_PEM, sign_with};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn claims_text() -> String {
    Value::Object(recording::claims("launch-student.json")).to_string()
}

fn header(changes: &Value) -> String {
    let mut header = testing::launch_header();
    for (name, value) in changes.as_object().unwrap() {
        header[name] = value.clone();
    }
    header.to_string()
}

fn check_peek(token: &str, code: Code) {
    let shown: String = token.chars().take(60).collect();
    assert_eq!(peek(token).unwrap_err().code, code, "{shown}");
}

#[test]
fn malformed_tokens() {
    let good = sign_with(PLATFORM_KEY_PEM, &header(&json!({})), &claims_text());
    assert!(peek(&good).is_ok());
    let with_claims = |claims: &str| sign_with(PLATFORM_KEY_PEM, &header(&json!({})), claims);
    check_peek("", Code::TokFormat);
    check_peek("{\"iss\":\"x\"}", Code::TokFormat);
    check_peek("oauth_consumer_key=a&lti_version=LTI-1p0", Code::TokFormat);
    check_peek(good.rsplit_once('.').unwrap().0, Code::TokFormat);
    check_peek(&format!("{good}.a.b"), Code::TokFormat);
    check_peek(&format!("{good}=").replace('.', " ."), Code::TokFormat);
    check_peek(&"a".repeat(65 * 1024), Code::TokFormat);
    check_peek(&with_claims("[]"), Code::TokFormat);
    check_peek(&with_claims("\"text\""), Code::TokFormat);
    check_peek(&with_claims(&format!("{}{{}}", claims_text())), Code::TokFormat);
    check_peek(&with_claims("{\"iss\":\"a\",\"iss\":\"b\"}"), Code::TokFormat);
    check_peek(&with_claims("{\"aud\":\"a\"}"), Code::TokIss);
    check_peek(&with_claims("{\"iss\":\"a\"}"), Code::TokAud);
}

#[test]
fn bad_headers() {
    let with = |changes: Value| sign_with(PLATFORM_KEY_PEM, &header(&changes), &claims_text());
    for alg in [
        "none", "None", "HS256", "HS384", "HS512", "ES256", "PS256", "RS384", "rs256", "",
    ] {
        check_peek(&with(json!({"alg": alg})), Code::TokAlg);
    }
    check_peek(&with(json!({"alg": null})), Code::TokAlg);
    check_peek(&with(json!({"alg": ["RS256"]})), Code::TokAlg);
    check_peek(&with(json!({"crit": ["b64"]})), Code::TokCrit);
    check_peek(&with(json!({"b64": true})), Code::TokCrit);
    check_peek(&with(json!({"kid": null})), Code::TokKidMissing);
    check_peek(&with(json!({"kid": ""})), Code::TokKidMissing);
    check_peek(&with(json!({"kid": 5})), Code::TokKidMissing);
    let offered = with(json!({"jwk": {"kty": "RSA"}, "jku": "https://evil.example", "x5c": []}));
    assert_eq!(peek(&offered).unwrap().ignored_headers, ["jwk", "jku", "x5c"]);
}

/// An unsigned token (alg none, no third part), as the attack writes it.
#[test]
fn unsigned_tokens() {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let unsigned = encode(&header(&json!({"alg": "none"})));
    check_peek(&format!("{unsigned}.{}.", encode(&claims_text())), Code::TokAlg);
    let claimed = encode(&header(&json!({})));
    let refusal = verify_token(&format!("{claimed}.{}.", encode(&claims_text())));
    assert_eq!(refusal.unwrap_err().code, Code::TokSig);
}

fn verify_token(token: &str) -> Result<LaunchMessage, Refusal> {
    let keys = testing::platform_key_set();
    let claims = recording::claims("launch-student.json");
    verify(
        token,
        keys.find(&peek(token)?.kid)?,
        &Expected {
            issuer: ISSUER,
            client_id: CLIENT,
            nonce: claims["nonce"].as_str().unwrap(),
            public_url: &url("http://localhost:8190"),
            target_link_uri: None,
        },
        at(time_of(&claims, "iat")),
    )
}

#[test]
fn signatures_by_others() {
    let check = |pem: &str, changes: Value, code: Option<Code>| {
        let got = verify_token(&sign_with(pem, &header(&changes), &claims_text()));
        assert_eq!(got.err().map(|refusal| refusal.code), code, "{changes}");
    };
    check(PLATFORM_KEY_PEM, json!({}), None);
    check(TOOL_KEY_PEM, json!({}), Some(Code::TokSig));
    check(
        TOOL_KEY_PEM,
        json!({"jwk": testing::tool_key().public_jwk()}),
        Some(Code::TokSig),
    );
    check(
        PLATFORM_KEY_PEM,
        json!({"kid": "unheard"}),
        Some(Code::TokKidUnknown),
    );
}

/// A key is good only for the id under which it was found.
#[test]
fn a_key_of_another_id_is_not_used() {
    let keys = testing::platform_key_set();
    let token = sign_with(PLATFORM_KEY_PEM, &header(&json!({"kid": "x"})), &claims_text());
    let claims = recording::claims("launch-student.json");
    let got = verify(
        &token,
        keys.find(PLATFORM_KID).unwrap(),
        &Expected {
            issuer: ISSUER,
            client_id: CLIENT,
            nonce: claims["nonce"].as_str().unwrap(),
            public_url: &url("http://localhost:8190"),
            target_link_uri: None,
        },
        at(time_of(&claims, "iat")),
    );
    assert_eq!(got.unwrap_err().code, Code::TokSig);
}
