//! Differences: of addresses, of what is offered, and of what a platform stored.

use super::*;
use crate::recording;
use crate::registration::{parse_configuration, parse_registration_response, registration_request};
use serde_json::{Value, json};
use url::Url;

fn held() -> Endpoints {
    Endpoints {
        auth_login_url: "https://lms.example/auth".to_owned(),
        token_url: "https://lms.example/token".to_owned(),
        token_audience: None,
        jwks_url: "https://lms.example/keys".to_owned(),
    }
}

/// Field and whether it moves to another host, for each difference.
fn check_endpoints(held: &Endpoints, said: &Endpoints, expected: &[(Field, bool)]) {
    let got = endpoints(held, said);
    let fields: Vec<_> = got.iter().map(|one| (one.field, one.moves())).collect();
    assert_eq!(fields, expected, "{got:?}");
    assert_eq!(
        endpoints(&held.clone().with(&got), said),
        [],
        "taken over, nothing differs"
    );
}

#[test]
fn addresses_on_another_host_move() {
    let check = |change: fn(&mut Endpoints), expected: &[(Field, bool)]| {
        let mut said = held();
        change(&mut said);
        check_endpoints(&held(), &said, expected);
    };
    check(|_| {}, &[]);
    check(
        |said| said.jwks_url = "https://lms.example/other".to_owned(),
        &[(Field::JwksUrl, false)],
    );
    for elsewhere in [
        "https://keys.example/keys",
        "https://lms.example:8443/keys",
        "http://lms.example/keys",
        "https://lms.example.evil/keys",
        "no address",
    ] {
        let mut said = held();
        elsewhere.clone_into(&mut said.jwks_url);
        check_endpoints(&held(), &said, &[(Field::JwksUrl, true)]);
    }
    check(
        |said| {
            said.auth_login_url = "https://sso.example/auth".to_owned();
            said.token_url = "https://sso.example/token".to_owned();
        },
        &[(Field::AuthLoginUrl, true), (Field::TokenUrl, true)],
    );
}

#[test]
fn an_audience_is_compared_as_it_is_used() {
    let named = |audience: &str| Endpoints {
        token_audience: Some(audience.to_owned()),
        ..held()
    };
    check_endpoints(&held(), &named("https://lms.example/token"), &[]);
    check_endpoints(&named("https://lms.example/token"), &held(), &[]);
    check_endpoints(
        &held(),
        &named("https://lms.example/oauth2"),
        &[(Field::TokenAudience, false)],
    );
    check_endpoints(
        &held(),
        &named("https://api.brightspace.example/auth/token"),
        &[(Field::TokenAudience, true)],
    );
    check_endpoints(&held(), &named("lms"), &[(Field::TokenAudience, true)]);
    check_endpoints(&named("lms"), &held(), &[(Field::TokenAudience, true)]);
}

#[test]
fn offers_are_compared_as_sets() {
    let before = parse_configuration(
        recording::text("openid-configuration.json").as_bytes(),
        "http://localhost:8090/c",
    )
    .unwrap();
    let check = |change: fn(&mut PlatformConfiguration), expected: &[Field]| {
        let mut now = before.clone();
        change(&mut now);
        let got = offers(&before, &now);
        assert_eq!(got.iter().map(|one| one.field).collect::<Vec<_>>(), expected);
        assert!(got.iter().all(|one| !one.moves()), "nothing of this waits");
    };
    check(|_| {}, &[]);
    check(|now| now.scopes.reverse(), &[]);
    check(|now| now.version = Some("5.0".to_owned()), &[Field::Version]);
    check(
        |now| {
            now.scopes.clear();
            now.messages.push("LtiSubmissionReviewRequest".to_owned());
        },
        &[Field::OfferedScopes, Field::OfferedMessages],
    );
}

/// Moodle answers more scopes than it grants and fewer messages than it serves; neither is a difference.
#[test]
fn the_recorded_answer_is_what_was_asked() {
    let text = recording::text("registration-update-response.http");
    let body = text.split_once("\n\n").unwrap().1;
    let stored = parse_registration_response(200, body.as_bytes()).unwrap().stored;
    let request = recording::text("registration-update-request.http");
    let request: Value = serde_json::from_str(&request[request.find('{').unwrap()..]).unwrap();
    let asked = StoredTool::of(&request);
    let got = answered(&asked, &stored);
    // the recording asked for the claim locale and for submission review, which Moodle does not list
    let fields: Vec<_> = got.iter().map(|one| one.field).collect();
    assert_eq!(fields, [Field::StoredClaims, Field::StoredMessages]);
}

#[test]
fn what_was_stored_otherwise() {
    let platform = parse_configuration(
        recording::text("openid-configuration.json").as_bytes(),
        "http://localhost:8090/c",
    )
    .unwrap();
    let request = registration_request(&platform, &Url::parse("https://tool.example").unwrap());
    let check = |change: fn(&mut Value), expected: &[Field]| {
        let mut answer = request.clone();
        change(&mut answer);
        let got = answered(&StoredTool::of(&request), &StoredTool::of(&answer));
        assert_eq!(
            got.iter().map(|one| one.field).collect::<Vec<_>>(),
            expected,
            "{answer}"
        );
    };
    check(|_| {}, &[]);
    check(|answer| *answer = json!({"client_id": "silent"}), &[]);
    check(
        |answer| answer["redirect_uris"] = json!(["https://old.example/lti/launch"]),
        &[Field::RedirectUris],
    );
    check(
        |answer| answer["scope"] = json!("openid"),
        &[Field::GrantedScopes],
    );
    check(
        |answer| {
            answer["initiate_login_uri"] = json!("https://old.example/");
            answer["jwks_uri"] = json!("https://old.example/");
            answer[claim::TOOL_CONFIGURATION] = json!({
                "target_link_uri": "https://old.example/", "claims": [], "messages": [], "custom_parameters": {},
            });
        },
        &[
            Field::InitiateLoginUri,
            Field::ToolJwksUri,
            Field::TargetLinkUri,
            Field::StoredClaims,
            Field::StoredMessages,
            Field::CustomParameters,
        ],
    );
}

#[test]
fn names_are_written_as_they_are_read() {
    for field in Field::ALL {
        assert_eq!(json!(field), json!(field.as_str()));
    }
}
