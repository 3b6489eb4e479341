//! Launches: the recorded ones verify, and each way of being wrong has its code.

use super::*;
use crate::claim;
use crate::keys::PlatformKeySet;
use crate::launch_message::{DocumentTarget, Message};
use crate::recording;
use crate::roles::ContextRole;
use crate::testing;
use serde_json::json;

const ISSUER: &str = "http://localhost:8090";
const CLIENT: &str = "ZEAykAeI0LEzIiD";

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

fn time_of(claims: &Map<String, Value>, name: &str) -> i64 {
    claims[name].as_i64().unwrap()
}

/// Verifies claims signed with the test platform's key, at their own time.
fn verify_claims(claims: &Map<String, Value>) -> Result<LaunchMessage, Refusal> {
    verify_claims_with_nonce(claims, claims.get("nonce").and_then(Value::as_str).unwrap_or("n"))
}

fn verify_claims_with_nonce(claims: &Map<String, Value>, nonce: &str) -> Result<LaunchMessage, Refusal> {
    let target = claims
        .get(claim::TARGET_LINK_URI)
        .and_then(Value::as_str)
        .unwrap_or_default();
    let public_url = [8190, 8191]
        .map(|port| format!("http://localhost:{port}"))
        .into_iter()
        .find(|origin| target.starts_with(origin.as_str()))
        .unwrap_or_else(|| "http://127.0.0.1:8192".to_owned());
    let client_id = claims.get("aud").and_then(Value::as_str).unwrap_or(CLIENT);
    let keys = testing::platform_key_set();
    verify(
        &testing::sign_launch(&Value::Object(claims.clone())),
        keys.find(testing::PLATFORM_KID)?,
        &Expected {
            issuer: ISSUER,
            client_id,
            nonce,
            public_url: &url(&public_url),
            target_link_uri: None,
        },
        at(claims.get("iat").and_then(Value::as_i64).unwrap_or(1_795_336_838)),
    )
}

#[test]
fn recorded_tokens_verify_at_their_time_and_no_longer() {
    let keys = PlatformKeySet::parse(recording::text("jwks.json").as_bytes()).unwrap();
    for (file, claims) in [
        ("launch-student.jwt", "launch-student.json"),
        ("deep-linking-request.jwt", "deep-linking-request.json"),
    ] {
        let token = recording::text(file).trim().to_owned();
        let claims = recording::claims(claims);
        let peeked = peek(&token).unwrap();
        assert_eq!(peeked.issuer, ISSUER);
        assert_eq!(peeked.client_id(), Some(CLIENT));
        assert_eq!(peeked.nonce.as_deref(), claims["nonce"].as_str());
        let attempt = |seconds: i64| {
            verify(
                &token,
                keys.find(&peeked.kid).unwrap(),
                &Expected {
                    issuer: ISSUER,
                    client_id: CLIENT,
                    nonce: claims["nonce"].as_str().unwrap(),
                    public_url: &url("http://localhost:8190"),
                    target_link_uri: claims[claim::TARGET_LINK_URI].as_str(),
                },
                at(seconds),
            )
        };
        let (issued, expires) = (time_of(&claims, "iat"), time_of(&claims, "exp"));
        for seconds in [issued - FUTURE_LEEWAY_SECONDS, issued, expires, expires + 60] {
            assert!(attempt(seconds).is_ok(), "{file} at {seconds}");
        }
        for seconds in [issued - FUTURE_LEEWAY_SECONDS - 1, expires + 61, expires + 86_400] {
            let refusal = attempt(seconds).unwrap_err();
            assert_eq!(refusal.code, Code::TokTime, "{file} at {seconds}");
            assert!(
                refusal.detail.contains("our clock 2026-11-"),
                "{}",
                refusal.detail
            );
        }
    }
}

#[test]
fn recorded_launches_give_person_role_and_endpoints() {
    const STUDENT: &str = "5 Nguyễn|Thị Ánh|student1@example.vn|STUDENT1-MSSV";
    const TEACHER: &str = "3 Phạm|Văn Dũng|teacher1@example.vn|TEACHER1-MSSV";
    const ASSISTANT: &str = "4 Hoàng|Thị Mai|teacher2@example.vn|TEACHER2-MSSV";
    const ADMIN: &str = "2 User|Admin|admin@example.vn|";
    const NOBODY: &str = "5 |||STUDENT1-MSSV";
    use ContextRole::{Instructor, Learner};
    // file, person, role, resource link, context, type id, line item
    let cases = [
        ("launch-admin", ADMIN, Instructor, "1", "2", 1, Some(2)),
        (
            "launch-all-variables-new-window",
            STUDENT,
            Learner,
            "13",
            "2",
            2,
            Some(15),
        ),
        ("launch-cross-site-tool", STUDENT, Learner, "14", "2", 3, None),
        (
            "launch-duplicated-activity-admin",
            ADMIN,
            Instructor,
            "15",
            "2",
            1,
            Some(16),
        ),
        (
            "launch-nonediting-teacher",
            ASSISTANT,
            Instructor,
            "1",
            "2",
            1,
            Some(2),
        ),
        (
            "launch-privacy-delegate",
            STUDENT,
            Learner,
            "12",
            "2",
            1,
            Some(14),
        ),
        ("launch-privacy-never", NOBODY, Learner, "12", "2", 1, Some(14)),
        (
            "launch-restored-course-admin",
            ADMIN,
            Instructor,
            "24",
            "4",
            1,
            Some(20),
        ),
        (
            "launch-student-after-lineitem-deleted",
            STUDENT,
            Learner,
            "1",
            "2",
            1,
            None,
        ),
        (
            "launch-student-mobile-browser",
            STUDENT,
            Learner,
            "12",
            "2",
            1,
            Some(14),
        ),
        ("launch-student", STUDENT, Learner, "1", "2", 1, Some(2)),
        ("launch-teacher", TEACHER, Instructor, "1", "2", 1, Some(2)),
        (
            "launch-user-language-vi",
            STUDENT,
            Learner,
            "12",
            "2",
            1,
            Some(14),
        ),
        ("deep-linking-request", TEACHER, Instructor, "", "2", 1, None),
        (
            "submission-review-student-for-another-student",
            STUDENT,
            Learner,
            "12",
            "2",
            1,
            Some(14),
        ),
        (
            "submission-review-student-self",
            STUDENT,
            Learner,
            "12",
            "2",
            1,
            Some(14),
        ),
        (
            "submission-review-teacher",
            TEACHER,
            Instructor,
            "12",
            "2",
            1,
            Some(14),
        ),
    ];
    for (file, person, role, link, context, tool, line_item) in cases {
        let got = verify_claims(&recording::claims(&format!("{file}.json"))).unwrap();
        assert_eq!(person_line(&got), person, "{file}");
        assert_eq!(got.roles.context_role(), role, "{file}");
        assert_eq!(resource_link_id(&got.message), link, "{file}");
        assert_eq!(got.context.unwrap().id, context, "{file}");
        assert_eq!(got.deployment_id, tool.to_string(), "{file}");
        let services = "http://localhost:8090/mod/lti/services.php";
        let ags = got.ags.unwrap();
        assert_eq!(ags.scopes.len(), 4, "{file}");
        let container = format!("{services}/{context}/lineitems?type_id={tool}");
        assert_eq!(ags.lineitems, Some(container), "{file}");
        let item = line_item.map(|id| format!("{services}/{context}/lineitems/{id}/lineitem?type_id={tool}"));
        assert_eq!(ags.lineitem, item, "{file}");
        // a course without an activity of the tool has no roster yet
        let roster = format!("{services}/CourseSection/{context}/bindings/{tool}/memberships");
        let expected = (file != "deep-linking-request").then_some(roster);
        assert_eq!(got.nrps_url, expected, "{file}");
        assert_eq!(got.tool_platform.product_family_code.as_deref(), Some("moodle"));
        assert_eq!(got.tool_platform.version.as_deref(), Some("2024100706"));
    }
}

fn person_line(message: &LaunchMessage) -> String {
    let person = &message.person;
    let show = |text: &Option<String>| text.clone().unwrap_or_default();
    format!(
        "{} {}|{}|{}|{}",
        person.sub,
        show(&person.family_name),
        show(&person.given_name),
        show(&person.email),
        show(&person.sourcedid)
    )
}

fn resource_link_id(message: &Message) -> String {
    match message {
        Message::ResourceLink(link) => link.id.clone(),
        Message::SubmissionReview { resource_link, .. } => resource_link.clone().unwrap().id,
        Message::DeepLinking(_) => String::new(),
    }
}

#[test]
fn recorded_details() {
    let of = |file: &str| verify_claims(&recording::claims(file)).unwrap();
    let student = of("launch-student.json");
    assert_eq!(student.document_target, Some(DocumentTarget::Iframe));
    assert!(
        student
            .return_url
            .unwrap()
            .starts_with("http://localhost:8090/mod/lti/return.php")
    );
    assert_eq!(student.custom.get("quiz_id").map(String::as_str), Some("quiz-1"));
    assert_eq!(student.custom.get("rl_history"), None, "an unreplaced variable");
    assert_eq!(student.context.unwrap().types, ["CourseSection"]);
    assert_eq!(of("launch-user-language-vi.json").locale.as_deref(), Some("vi"));
    let mobile = of("launch-student-mobile-browser.json");
    assert_eq!(mobile.document_target, Some(DocumentTarget::Frame));
    let restored = of("launch-restored-course-admin.json");
    assert_eq!(restored.custom["context_history"], "2");
    let Message::DeepLinking(settings) = of("deep-linking-request.json").message else {
        panic!("not deep linking");
    };
    assert_eq!(settings.accept_types, ["ltiResourceLink"]);
    assert!(settings.accept_multiple);
    assert_eq!((settings.accept_lineitem, settings.data), (None, None));
    let review = of("submission-review-student-for-another-student.json");
    assert_eq!(review.person.sub, "5");
    assert!(matches!(review.message, Message::SubmissionReview { for_user, .. } if for_user == "6"));
}

/// The mobile web service signs a token with a nonce of its own, without a login.
#[test]
fn a_launch_without_our_login_is_refused() {
    let claims = recording::claims("mobile-webservice-launch-data.json");
    let refusal = verify_claims_with_nonce(&claims, "the nonce of a login of ours").unwrap_err();
    assert_eq!(refusal.code, Code::StaNonce);
}

#[test]
fn a_flipped_byte_in_any_part_is_refused() {
    let token = recording::text("launch-student.jwt").trim().to_owned();
    let claims = recording::claims("launch-student.json");
    let keys = PlatformKeySet::parse(recording::text("jwks.json").as_bytes()).unwrap();
    let first = token.find('.').unwrap();
    let second = token.rfind('.').unwrap();
    let step = 7;
    let ranges = [(0, first), (first + 1, second), (second + 1, token.len())];
    for (start, end) in ranges {
        for position in (start..end).step_by(step).chain([end - 1]) {
            let mut bytes = token.clone().into_bytes();
            bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).unwrap();
            let got = verify(
                &forged,
                keys.find("294a812fa1242e5c9f45").unwrap(),
                &Expected {
                    issuer: ISSUER,
                    client_id: CLIENT,
                    nonce: claims["nonce"].as_str().unwrap(),
                    public_url: &url("http://localhost:8190"),
                    target_link_uri: None,
                },
                at(time_of(&claims, "iat")),
            );
            assert!(got.is_err(), "byte {position}");
        }
    }
}

/// Sets or removes (null) members of the recorded student launch.
fn changed(base: &str, changes: &Value) -> Map<String, Value> {
    let mut claims = recording::claims(base);
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::String(text) if text == "REMOVE" => {
                claims.remove(name);
            }
            value => {
                claims.insert(name.clone(), value.clone());
            }
        }
    }
    claims
}

fn check_refused(base: &str, changes: &Value, code: Code) {
    // the signer's own aud is what verify_claims would expect: pin ours
    let claims = changed(base, changes);
    let keys = testing::platform_key_set();
    let recorded = recording::claims(base);
    let got = verify(
        &testing::sign_launch(&Value::Object(claims)),
        keys.find(testing::PLATFORM_KID).unwrap(),
        &Expected {
            issuer: ISSUER,
            client_id: CLIENT,
            nonce: recorded["nonce"].as_str().unwrap(),
            public_url: &url("http://localhost:8190"),
            target_link_uri: recorded[claim::TARGET_LINK_URI].as_str(),
        },
        at(time_of(&recorded, "iat")),
    );
    assert_eq!(
        got.map(|_| ()).map_err(|refusal| refusal.code),
        Err(code),
        "{changes}"
    );
}

#[test]
fn bad_registered_claims() {
    let issued = time_of(&recording::claims("launch-student.json"), "iat");
    let check = |changes: Value, code: Code| check_refused("launch-student.json", &changes, code);
    check(json!({"iss": "https://localhost:8090"}), Code::TokIss);
    check(json!({"iss": "http://localhost:8090/"}), Code::TokIss);
    check(json!({"iss": ["http://localhost:8090"]}), Code::TokIss);
    check(json!({"iss": 5}), Code::TokIss);
    check(json!({"iss": "REMOVE"}), Code::TokIss);
    check(json!({"aud": "REMOVE"}), Code::TokAud);
    check(json!({"aud": "other"}), Code::TokAud);
    check(json!({"aud": []}), Code::TokAud);
    check(json!({"aud": ["other", "third"], "azp": CLIENT}), Code::TokAud);
    check(json!({"aud": [CLIENT, 5], "azp": CLIENT}), Code::TokAud);
    check(json!({"aud": {"id": CLIENT}}), Code::TokAud);
    check(json!({"aud": [CLIENT, "other"]}), Code::TokAzp);
    check(json!({"aud": [CLIENT, "other"], "azp": "other"}), Code::TokAzp);
    check(json!({"azp": "other"}), Code::TokAzp);
    check(json!({"azp": [CLIENT]}), Code::TokAzp);
    check(json!({"exp": "REMOVE"}), Code::TokTime);
    check(json!({"exp": issued.to_string()}), Code::TokTime);
    check(json!({"exp": 1e300}), Code::TokTime);
    check(json!({"exp": -1e300}), Code::TokTime);
    check(json!({"exp": null}), Code::TokTime);
    check(json!({"exp": issued - 61}), Code::TokTime);
    check(json!({"exp": issued + 24 * 3600 + 1}), Code::TokTime);
    check(json!({"iat": "REMOVE"}), Code::TokTime);
    check(json!({"iat": true}), Code::TokTime);
    check(json!({"iat": issued + 121}), Code::TokTime);
    check(json!({"iat": issued - 3601}), Code::TokTime);
    check(json!({"iat": issued + 100, "exp": issued + 90}), Code::TokTime);
    check(json!({"nbf": issued + 121}), Code::TokTime);
    check(json!({"nbf": "soon"}), Code::TokTime);
    check(json!({"nonce": "REMOVE"}), Code::StaNonce);
    check(json!({"nonce": ""}), Code::StaNonce);
    check(json!({"nonce": 7}), Code::StaNonce);
    check(json!({"nonce": "another"}), Code::StaNonce);
}

#[test]
fn bad_launch_claims() {
    let c = |name: &str, value: Value| {
        let mut map = Map::new();
        map.insert(name.to_owned(), value);
        Value::Object(map)
    };
    let check = |name: &str, value: Value, code: Code| {
        check_refused("launch-student.json", &c(name, value), code);
    };
    let remove = || json!("REMOVE");
    check(claim::VERSION, remove(), Code::ClmVersion);
    check(claim::VERSION, json!("1.1.0"), Code::ClmVersion);
    check(claim::MESSAGE_TYPE, remove(), Code::ClmMessageType);
    check(
        claim::MESSAGE_TYPE,
        json!("LtiUnheardRequest"),
        Code::ClmMessageType,
    );
    check(claim::DEPLOYMENT_ID, remove(), Code::ClmDeployment);
    check(claim::DEPLOYMENT_ID, json!(""), Code::ClmDeployment);
    check(claim::DEPLOYMENT_ID, json!("a\u{0}b"), Code::ClmFormat);
    check(claim::TARGET_LINK_URI, remove(), Code::ClmMissing);
    check(
        claim::TARGET_LINK_URI,
        json!("https://evil.example/"),
        Code::ClmTarget,
    );
    check(
        claim::TARGET_LINK_URI,
        json!("http://localhost:8190/other"),
        Code::ClmTarget,
    );
    check("sub", remove(), Code::ClmSub);
    check("sub", json!(null), Code::ClmSub);
    check("sub", json!("x".repeat(256)), Code::ClmFormat);
    check(claim::ROLES, remove(), Code::ClmRoles);
    check(claim::ROLES, json!("Learner"), Code::ClmRoles);
    check(claim::RESOURCE_LINK, remove(), Code::ClmResourceLink);
    check(claim::RESOURCE_LINK, json!({"title": "a"}), Code::ClmResourceLink);
    check(
        claim::RESOURCE_LINK,
        json!({"id": "x".repeat(256)}),
        Code::ClmFormat,
    );
    check(claim::RESOURCE_LINK, json!({"id": "a\u{7}"}), Code::ClmFormat);
    check(claim::CONTEXT, json!({"title": "a"}), Code::ClmFormat);
    check(claim::CONTEXT, json!("2"), Code::ClmFormat);
    check(claim::CUSTOM, json!({"a": {"b": "c"}}), Code::ClmFormat);
    check(claim::CUSTOM, json!({"a": ["b"]}), Code::ClmFormat);
    check(claim::CUSTOM, json!("a=b"), Code::ClmFormat);
    let deep = |name: &str, value: Value, code: Code| {
        check_refused("deep-linking-request.json", &c(name, value), code);
    };
    let settings = |changes: Value| {
        let base = recording::claims("deep-linking-request.json");
        let mut settings = base[claim::DEEP_LINKING_SETTINGS].clone();
        for (name, value) in changes.as_object().unwrap() {
            settings[name] = value.clone();
        }
        settings
    };
    let name = claim::DEEP_LINKING_SETTINGS;
    deep(name, remove(), Code::ClmMissing);
    deep(
        name,
        settings(json!({"deep_link_return_url": null})),
        Code::ClmMissing,
    );
    deep(
        name,
        settings(json!({"deep_link_return_url": "javascript:x"})),
        Code::DlReturn,
    );
    let review = |name: &str, value: Value| {
        check_refused(
            "submission-review-teacher.json",
            &c(name, value),
            Code::ClmMissing,
        );
    };
    review(claim::FOR_USER, remove());
    review(claim::FOR_USER, json!({}));
    review(claim::AGS_ENDPOINT, remove());
    review(claim::AGS_ENDPOINT, json!({"lineitem": ""}));
}

/// Section 6.1.2 of the certification guide and our own rule: read tolerantly.
#[test]
fn odd_but_honest_launches_pass() {
    let check = |changes: Value| {
        verify_claims(&changed("launch-student.json", &changes))
            .unwrap_or_else(|refusal| panic!("{changes}: {refusal}"))
    };
    let role = |changes: Value| check(changes).roles.context_role();
    assert_eq!(role(json!({claim::ROLES: []})), ContextRole::Other);
    assert_eq!(
        role(json!({claim::ROLES: ["Instructor"]})),
        ContextRole::Instructor
    );
    assert_eq!(
        role(json!({claim::ROLES: ["https://x.example/role#Wizard"]})),
        ContextRole::Other
    );
    check(json!({"given_name": "REMOVE", "family_name": "REMOVE", "name": "REMOVE"}));
    assert_eq!(check(json!({claim::CONTEXT: "REMOVE"})).context, None);
    assert_eq!(check(json!({claim::CONTEXT: null})).context, None);
    let odd = check(json!({
        "email": 7, "name": ["a"], "given_name": null, "azp": CLIENT, "aud": CLIENT,
        "email_verified": "true", "address": "text", "unheard": {"of": [1, 2]},
        claim::LAUNCH_PRESENTATION: {"document_target": "hologram", "locale": 5, "return_url": null},
        claim::TOOL_PLATFORM: null, claim::LIS: "x", claim::AGS_ENDPOINT: "x", claim::NRPS: null,
    }));
    assert_eq!(
        (odd.person.email, odd.person.name, odd.locale),
        (None, None, None)
    );
    assert_eq!((odd.document_target, odd.ags, odd.nrps_url), (None, None, None));
    let custom = check(json!({claim::CUSTOM: {"a": null, "b": 5, "c": true, "d": "$X.y", "e": ""}}));
    let custom: Vec<_> = custom.custom.into_iter().collect();
    let expected = [("b", "5"), ("c", "true"), ("e", "")];
    assert_eq!(
        custom,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert!(check(json!({claim::CUSTOM: []})).custom.is_empty());
    let presentation = |url: &str| json!({claim::LAUNCH_PRESENTATION: {"return_url": url}});
    assert_eq!(check(presentation("https://evil.example/")).return_url, None);
    assert_eq!(check(presentation("javascript:alert(1)")).return_url, None);
    let long = "\u{202E}<b>".to_owned() + &"x".repeat(10_000);
    let name = check(json!({"name": long})).person.name.unwrap();
    assert_eq!(name.chars().count(), 255);
    assert!(name.starts_with("<b>x"));
}

#[test]
fn several_audiences_with_our_azp_pass() {
    let claims = changed(
        "launch-student.json",
        &json!({"aud": [CLIENT, "other"], "azp": CLIENT}),
    );
    assert!(verify_claims(&claims).is_ok());
    let token = testing::sign_launch(&Value::Object(claims));
    assert_eq!(peek(&token).unwrap().client_id(), Some(CLIENT));
}

#[path = "token_tests.rs"]
mod token_tests;
