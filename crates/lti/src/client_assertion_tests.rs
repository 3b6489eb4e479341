//! Assertions as the token endpoint wants them, and its recorded answers.

use super::*;
use crate::ags::{SCOPE_LINE_ITEM, SCOPE_SCORE};
use crate::json::parse_strict_object;
use crate::recording;
use crate::testing::{TOOL_KID, tool_key};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

#[test]
fn an_assertion_says_who_for_whom_and_how_long() {
    let now = DateTime::from_timestamp(1_795_336_929, 0).unwrap();
    let audience = "http://localhost:8090/mod/lti/token.php";
    let token = client_assertion(&tool_key(), "client", audience, "jti-1", now).unwrap();
    let parts: Vec<_> = token
        .split('.')
        .take(2)
        .map(|part| parse_strict_object(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
        .collect();
    assert_eq!(
        (parts[0]["alg"].as_str(), parts[0]["kid"].as_str()),
        (Some("RS256"), Some(TOOL_KID))
    );
    let expected = json!({"iss": "client", "sub": "client", "aud": audience, "jti": "jti-1",
        "iat": 1_795_336_924, "exp": 1_795_337_169});
    assert_eq!(Value::Object(parts[1].clone()), expected);
    let life = parts[1]["exp"].as_i64().unwrap() - parts[1]["iat"].as_i64().unwrap();
    assert!(life <= 300, "{life}");
}

/// The form has the fields that Moodle accepted, in its order.
#[test]
fn token_requests() {
    let accepted = recording::exchange_of("token.http", "one scope");
    let body = accepted.request.lines().last().unwrap();
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let ours = token_request_form(&fields[2].1, &[SCOPE_SCORE]);
    let ours = ours.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(ours.as_slice(), fields);
    let two = token_request_form("a", &["x", "y"]);
    assert_eq!(two[3].1, "x y");
}

#[test]
fn recorded_token_answers() {
    let check = |note: &str, expected: Result<usize, Code>| {
        let exchange = recording::exchange_of("token.http", note);
        let got = parse_token_response(exchange.status, exchange.body.as_bytes(), &[SCOPE_SCORE]);
        let got = got
            .map(|token| token.scopes.len())
            .map_err(|refusal| refusal.code);
        assert_eq!(got, expected, "{note}");
    };
    check("all scopes granted to this tool", Ok(5));
    check("one scope", Ok(1));
    check("a scope the tool lacks is dropped silently", Ok(1));
    check("only a scope the tool lacks", Err(Code::SvcScope));
    check("unknown client", Err(Code::SvcRefused));
    check("expired assertion", Err(Code::SvcRefused));
    check("wrong grant type", Err(Code::SvcRefused));
    check(
        "signed with a key whose kid is not in the JWKS",
        Err(Code::SvcRefused),
    );
    check("kid known but signature wrong", Err(Code::SvcRefused));
}

#[test]
fn broken_json_still_tells_why() {
    let note = "signed with a key whose kid is not in the JWKS";
    let exchange = recording::exchange_of("token.http", note);
    let refusal = parse_token_response(exchange.status, exchange.body.as_bytes(), &[]).unwrap_err();
    assert!(
        refusal.detail.contains("unable to lookup correct key"),
        "{}",
        refusal.detail
    );
}

/// What Moodle 4.5 answers while it cannot fetch our key set: the page of an exception.
#[test]
fn an_error_page_tells_nothing() {
    let page =
        r#"<!DOCTYPE html><script>M.str = {"moodle":{"error":"Error","info":"Information"}};</script>"#;
    let refusal = parse_token_response(404, page.as_bytes(), &[]).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.detail.as_str()),
        (Code::SvcRefused, "token endpoint: 404 a web page")
    );
}

#[test]
fn other_token_answers() {
    let check = |status, body: &str, expected: Result<u64, Code>| {
        let got = parse_token_response(status, body.as_bytes(), &[SCOPE_SCORE]);
        let got = got
            .map(|token| token.expires_in_seconds)
            .map_err(|refusal| refusal.code);
        assert_eq!(got, expected, "{status} {body}");
    };
    check(200, r#"{"access_token":"t","expires_in":"60"}"#, Ok(60));
    check(201, r#"{"access_token":"t","token_type":"bearer"}"#, Ok(300));
    check(200, r#"{"access_token":"t","expires_in":1e300}"#, Ok(86_400));
    check(200, r#"{"access_token":"t","expires_in":-5}"#, Ok(0));
    check(200, r#"{"access_token":"t\r\nX: y"}"#, Err(Code::SvcRefused));
    check(
        200,
        r#"{"access_token":"t","token_type":"mac"}"#,
        Err(Code::SvcRefused),
    );
    check(200, "{}", Err(Code::SvcRefused));
    check(200, "<html>", Err(Code::SvcRefused));
    check(302, "", Err(Code::SvcRefused));
    check(429, "{}", Err(Code::SvcUnreachable));
    check(503, "<html>", Err(Code::SvcUnreachable));
}

#[test]
fn granted_scopes_are_compared() {
    let body = format!(r#"{{"access_token":"secret-text","scope":"{SCOPE_SCORE}"}}"#);
    let token = parse_token_response(200, body.as_bytes(), &[SCOPE_LINE_ITEM]).unwrap();
    assert_eq!(token.require(SCOPE_SCORE), Ok(()));
    let refusal = token.require(SCOPE_LINE_ITEM).unwrap_err();
    assert_eq!(
        (refusal.code, refusal.detail.as_str()),
        (Code::SvcScope, SCOPE_LINE_ITEM)
    );
    assert!(!format!("{token:?}").contains("secret-text"));
    let silent = parse_token_response(200, br#"{"access_token":"t"}"#, &[SCOPE_SCORE]).unwrap();
    assert!(silent.grants(SCOPE_SCORE));
}
