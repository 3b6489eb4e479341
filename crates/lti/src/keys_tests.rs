//! Which published keys may verify, and what our own keys publish.

use super::*;
use crate::recording;
use crate::testing::{PLATFORM_KID, TOOL_KEY_PEM, TOOL_KID, platform_signer, tool_key};

fn jwk(changes: &Value) -> Value {
    let mut jwk = platform_signer().public_jwk();
    for (name, value) in changes.as_object().unwrap() {
        jwk[name] = value.clone();
    }
    jwk
}

#[test]
fn platform_keys() {
    let check = |changes: Value, code: Option<Code>| {
        let set = json!({ "keys": [5, {"kty": "RSA"}, {"kid": "a"}, jwk(&changes)] });
        let set = PlatformKeySet::parse(set.to_string().as_bytes()).unwrap();
        let got = set.find(PLATFORM_KID).err().map(|refusal| refusal.code);
        assert_eq!(got, code, "{changes}");
    };
    check(json!({}), None);
    check(json!({"alg": null, "use": null}), None);
    check(json!({"key_ops": ["verify"]}), None);
    check(json!({"x5c": ["MIIB"], "unheard": 1}), None);
    check(json!({"kid": "another"}), Some(Code::TokKidUnknown));
    check(json!({"kty": "oct", "k": "c2VjcmV0"}), Some(Code::TokAlg));
    check(json!({"kty": "EC", "crv": "P-256"}), Some(Code::TokAlg));
    check(json!({"alg": "PS256"}), Some(Code::TokAlg));
    check(json!({"alg": "HS256"}), Some(Code::TokAlg));
    check(json!({"use": "enc"}), Some(Code::TokSig));
    check(json!({"key_ops": ["encrypt"]}), Some(Code::TokSig));
    check(json!({"n": "!"}), Some(Code::TokSig));
    check(json!({"e": null}), Some(Code::TokSig));
    let modulus = platform_signer().public_jwk()["n"].as_str().unwrap().to_owned();
    let modulus = URL_SAFE_NO_PAD.decode(modulus).unwrap();
    check(
        json!({"n": URL_SAFE_NO_PAD.encode(&modulus[..255])}),
        Some(Code::TokSig),
    );
    // zeros in front do not make a key longer
    let mut padded = vec![0_u8; 256];
    padded.extend(&modulus[..255]);
    check(json!({"n": URL_SAFE_NO_PAD.encode(padded)}), Some(Code::TokSig));
}

#[test]
fn a_usable_key_wins_over_an_unusable_one_of_the_same_id() {
    let set = json!({ "keys": [jwk(&json!({"use": "enc"})), jwk(&json!({}))] });
    let set = PlatformKeySet::parse(set.to_string().as_bytes()).unwrap();
    assert!(set.find(PLATFORM_KID).is_ok());
    assert_eq!(set.kids().count(), 2);
}

#[test]
fn key_sets_that_are_none() {
    for bytes in ["", "<html>", "[]", "{}", "{\"keys\":{}}"] {
        let refusal = PlatformKeySet::parse(bytes.as_bytes()).unwrap_err();
        assert_eq!(refusal.code, Code::KeyFetch, "{bytes}");
    }
    assert!(PlatformKeySet::parse(b"{\"keys\":[]}").is_ok());
    let moodle = PlatformKeySet::parse(recording::text("jwks.json").as_bytes()).unwrap();
    assert!(moodle.find("294a812fa1242e5c9f45").is_ok());
}

#[test]
fn our_own_keys() {
    let key = tool_key();
    let set = public_key_set([&key, &platform_signer()]);
    let published = set["keys"].as_array().unwrap();
    assert_eq!(published.len(), 2);
    let names: Vec<&str> = published[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["alg", "e", "kid", "kty", "n", "use"], "nothing private");
    let read = PlatformKeySet::parse(set.to_string().as_bytes()).unwrap();
    assert!(read.find(TOOL_KID).is_ok());
    assert!(!format!("{key:?}").contains("encoding"));
}

#[test]
fn pem_and_der_are_the_same_key() {
    let base64: String = TOOL_KEY_PEM
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let der = STANDARD.decode(base64).unwrap();
    let key = ToolKey::from_pkcs8_der(&der, TOOL_KID).unwrap();
    assert_eq!(key.public_jwk(), tool_key().public_jwk());
    let thumbprint = thumbprint_of_pkcs8_der(&der).unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(&thumbprint).unwrap().len(), 32);
    assert!(matches!(
        ToolKey::from_pkcs8_der(b"no key", "k"),
        Err(KeyError::Format)
    ));
    assert!(matches!(
        ToolKey::from_pkcs8_pem("no key", "k"),
        Err(KeyError::Format)
    ));
    assert_eq!(thumbprint_of_pkcs8_der(b""), Err(KeyError::Format));
}
