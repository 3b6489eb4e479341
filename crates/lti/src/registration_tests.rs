//! Dynamic registration with the recorded platform, and with broken ones.

use super::*;
use crate::recording;

const ADDRESS: &str = "http://localhost:8090/mod/lti/openid-configuration.php";

fn moodle() -> PlatformConfiguration {
    parse_configuration(recording::text("openid-configuration.json").as_bytes(), ADDRESS).unwrap()
}

#[test]
fn the_recorded_configuration() {
    let got = moodle();
    assert_eq!(got.issuer, "http://localhost:8090");
    assert_eq!(
        got.authorization_endpoint,
        "http://localhost:8090/mod/lti/auth.php"
    );
    assert_eq!(got.token_endpoint, "http://localhost:8090/mod/lti/token.php");
    assert_eq!(got.jwks_uri, "http://localhost:8090/mod/lti/certs.php");
    assert_eq!(
        got.registration_endpoint.as_deref(),
        Some("http://localhost:8090/mod/lti/openid-registration.php")
    );
    assert_eq!(got.authorization_server, None);
    assert_eq!(got.product_family_code.as_deref(), Some("moodle"));
    assert_eq!(got.version.as_deref(), Some("4.5.6 (Build: 20250811)"));
    assert_eq!(got.messages, ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]);
    assert_eq!(
        got.placements.get(claim::DEEP_LINKING_REQUEST),
        Some(&vec!["ContentArea".to_owned()])
    );
    assert!(got.variables.contains(&"Context.id.history".to_owned()));
    assert_eq!(got.claims.len(), 6);
    assert!(got.foreign_endpoints().is_empty());
}

#[test]
fn broken_configurations() {
    let base = recording::json("openid-configuration.json");
    let check = |changes: Value, address: &str, expected: Result<(), (Code, &str)>| {
        let mut map = base.clone();
        for (name, value) in changes.as_object().unwrap() {
            map[name] = value.clone();
        }
        let got = parse_configuration(map.to_string().as_bytes(), address);
        let got = got.map(|_| ()).map_err(|refusal| (refusal.code, refusal.detail));
        assert_eq!(
            got,
            expected.map_err(|(code, detail)| (code, detail.to_owned())),
            "{changes}"
        );
    };
    let incomplete = |what| Err((Code::RegIncomplete, what));
    check(json!({}), ADDRESS, Ok(()));
    check(json!({"issuer": "http://localhost:8090/moodle"}), ADDRESS, Ok(()));
    check(
        json!({"scopes_supported": null, "claims_supported": 5}),
        ADDRESS,
        Ok(()),
    );
    check(json!({"response_types_supported": null}), ADDRESS, Ok(()));
    for name in [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "registration_endpoint",
    ] {
        let mut changes = json!({});
        changes[name] = Value::Null;
        check(changes.clone(), ADDRESS, incomplete(name));
        changes[name] = json!("javascript:alert(1)");
        check(changes, ADDRESS, incomplete(name));
    }
    let algorithms = "id_token_signing_alg_values_supported";
    let methods = "token_endpoint_auth_methods_supported";
    check(
        json!({algorithms: ["ES256"]}),
        ADDRESS,
        incomplete("RS256 in id_token_signing_alg_values_supported"),
    );
    check(
        json!({methods: ["client_secret_basic"]}),
        ADDRESS,
        incomplete("private_key_jwt in token_endpoint_auth_methods_supported"),
    );
    check(
        json!({"response_types_supported": ["code"]}),
        ADDRESS,
        incomplete("id_token in response_types_supported"),
    );
    let issuer = Err((Code::RegIssuer, "http://localhost:8090"));
    check(json!({}), "http://localhost:8091/c", issuer);
    check(json!({}), "http://other.example/c", issuer);
    check(json!({}), "https://localhost:8090/c", issuer);
    for body in ["", "[]", "<html>"] {
        let refusal = parse_configuration(body.as_bytes(), ADDRESS).unwrap_err();
        assert_eq!(refusal.code, Code::RegUrl);
    }
}

#[test]
fn foreign_endpoints_are_named() {
    let mut map = recording::json("openid-configuration.json");
    map["jwks_uri"] = json!("https://keys.example/jwks");
    let got = parse_configuration(map.to_string().as_bytes(), ADDRESS).unwrap();
    assert_eq!(got.foreign_endpoints(), ["https://keys.example/jwks"]);
}

/// What Moodle demands (registration-errors.http) is there, with the form it accepted.
#[test]
fn the_request_has_what_moodle_demands() {
    let request = registration_request(&moodle(), &Url::parse("http://localhost:8190").unwrap());
    assert_eq!(request["application_type"], "web");
    assert_eq!(request["response_types"], json!(["id_token"]));
    assert_eq!(request["initiate_login_uri"], "http://localhost:8190/lti/login");
    assert_eq!(
        request["redirect_uris"],
        json!(["http://localhost:8190/lti/launch"])
    );
    assert_eq!(request["client_name"], "Taynghe");
    assert_eq!(request["jwks_uri"], "http://localhost:8190/lti/jwks");
    assert_eq!(request["token_endpoint_auth_method"], "private_key_jwt");
    let scopes: Vec<&str> = request["scope"].as_str().unwrap().split(' ').collect();
    assert_eq!(scopes, SCOPES);
    let tool = &request[claim::TOOL_CONFIGURATION];
    assert_eq!(tool["domain"], "localhost:8190");
    assert_eq!(tool["target_link_uri"], "http://localhost:8190/");
    assert_eq!(tool["claims"], json!(CLAIMS));
    assert_eq!(
        tool["custom_parameters"]["context_id_history"],
        "$Context.id.history"
    );
    let messages: Vec<&str> = tool["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|message| message["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        messages,
        [claim::DEEP_LINKING_REQUEST, claim::RESOURCE_LINK_REQUEST]
    );
}

#[test]
fn scopes_and_addresses_follow_platform_and_public_url() {
    let some = PlatformConfiguration {
        scopes: vec![ags::SCOPE_SCORE.to_owned(), "openid".to_owned()],
        ..moodle()
    };
    let public_url = Url::parse("https://tool.example/").unwrap();
    let request = registration_request(&some, &public_url);
    assert_eq!(request["scope"], ags::SCOPE_SCORE);
    assert_eq!(request[claim::TOOL_CONFIGURATION]["domain"], "tool.example");
    let silent = PlatformConfiguration {
        scopes: Vec::new(),
        ..moodle()
    };
    let request = registration_request(&silent, &public_url);
    assert_eq!(request["scope"].as_str().unwrap().split(' ').count(), 5);
}

#[test]
fn recorded_answers() {
    for file in [
        "registration-first-response.http",
        "registration-update-response.http",
    ] {
        let text = recording::text(file);
        let body = text.split_once("\n\n").unwrap().1;
        for status in [200, 201] {
            let got = parse_registration_response(status, body.as_bytes()).unwrap();
            assert_eq!(got.client_id, "ZEAykAeI0LEzIiD");
            assert_eq!(got.deployment_id.as_deref(), Some("1"));
        }
    }
    let mut words = Vec::new();
    for exchange in recording::exchanges("registration-errors.http") {
        if exchange.status == 200 {
            continue;
        }
        let refusal = parse_registration_response(exchange.status, exchange.body.as_bytes());
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.code, Code::RegRefused, "{}", exchange.note);
        assert!(!refusal.detail.contains('<'), "{}", refusal.detail);
        words.push(refusal.detail);
    }
    assert!(words.contains(&"401 token_already_used".to_owned()), "{words:?}");
    assert!(words.contains(&"400 missing_domain".to_owned()), "{words:?}");
}

#[test]
fn other_answers() {
    let check = |status, body: &str, code: Code| {
        let refusal = parse_registration_response(status, body.as_bytes()).unwrap_err();
        assert_eq!(refusal.code, code, "{status} {body}");
    };
    check(200, "{}", Code::RegIncomplete);
    check(201, "", Code::RegIncomplete);
    check(200, "{\"client_id\":\"\"}", Code::RegIncomplete);
    check(302, "", Code::RegRefused);
    check(500, "{\"error\":\"server_error\"}", Code::RegRefused);
    let got = parse_registration_response(201, b"{\"client_id\":\"a\"}").unwrap();
    assert_eq!(got.deployment_id, None);
}

#[test]
fn messages_follow_what_is_offered() {
    let check = |messages: &[&str], placements: &[&str], expected: &[&str], placed: Value| {
        let platform = PlatformConfiguration {
            messages: messages.iter().map(|name| (*name).to_owned()).collect(),
            placements: [(
                claim::DEEP_LINKING_REQUEST.to_owned(),
                placements.iter().map(|name| (*name).to_owned()).collect(),
            )]
            .into(),
            ..moodle()
        };
        let request = registration_request(&platform, &Url::parse("https://tool.example").unwrap());
        let asked = &request[claim::TOOL_CONFIGURATION]["messages"];
        assert_eq!(
            StoredTool::of(&request).messages.unwrap(),
            expected,
            "{messages:?}"
        );
        assert_eq!(asked[0]["placements"], placed, "{placements:?}");
    };
    let (link, deep, review) = (
        claim::RESOURCE_LINK_REQUEST,
        claim::DEEP_LINKING_REQUEST,
        claim::SUBMISSION_REVIEW_REQUEST,
    );
    check(&[], &[], &[deep, link], Value::Null);
    check(&[link], &[], &[link], Value::Null);
    check(
        &[link, deep],
        &["ContentArea"],
        &[deep, link],
        json!(["ContentArea"]),
    );
    check(
        &[link, deep, review],
        &["RichTextEditor"],
        &[deep, link, review],
        Value::Null,
    );
    check(
        &[link, deep],
        &["course_navigation", "link_selection", "assignment_selection"],
        &[deep, link],
        json!(["assignment_selection", "link_selection"]),
    );
}

#[test]
fn who_reads_again_needs_no_registration_endpoint() {
    let mut map = recording::json("openid-configuration.json");
    map["registration_endpoint"] = Value::Null;
    let got = parse_offer(map.to_string().as_bytes(), ADDRESS).unwrap();
    assert_eq!(got.registration_endpoint, None);
    assert!(got.foreign_endpoints().is_empty());
    let stored = serde_json::to_string(&moodle()).unwrap();
    assert_eq!(
        serde_json::from_str::<PlatformConfiguration>(&stored).unwrap(),
        moodle()
    );
}

#[test]
fn where_the_registration_is_kept() {
    let check = |url: Value, token: Value, expected: Option<&str>| {
        let body =
            json!({"client_id": "a", "registration_client_uri": url, "registration_access_token": token});
        let got = parse_registration_response(201, body.to_string().as_bytes()).unwrap();
        assert_eq!(
            got.management.as_ref().map(|management| management.url.as_str()),
            expected
        );
        assert!(
            !format!("{got:?}").contains("secret"),
            "the token is no word for a log"
        );
    };
    let url = "https://lms.example/clients/a";
    check(json!(url), json!("secret"), Some(url));
    check(json!(url), Value::Null, None);
    check(Value::Null, json!("secret"), None);
    check(json!("clients/a"), json!("secret"), None);
}
