//! Kept launches hold nothing of the person, and are judged as they were.

use super::*;
use crate::launch::verify;
use crate::recording;
use crate::testing;
use serde_json::json;
use url::Url;

const RECORDED: [&str; 6] = [
    "launch-student.json",
    "launch-teacher.json",
    "launch-all-variables-new-window.json",
    "launch-user-language-vi.json",
    "deep-linking-request.json",
    "submission-review-teacher.json",
];

fn claims_of(file: &str) -> Map<String, Value> {
    let recorded: Value = serde_json::from_str(&recording::text(file)).unwrap();
    let claims = recorded.get("claims").unwrap_or(&recorded);
    claims.as_object().unwrap().clone()
}

fn expected(public_url: &Url) -> Expected<'_> {
    Expected {
        issuer: "http://localhost:8090",
        client_id: "ZEAykAeI0LEzIiD",
        nonce: "n",
        public_url,
        target_link_uri: None,
    }
}

#[test]
fn nothing_of_the_person_is_kept() {
    for file in RECORDED {
        let mut claims = claims_of(file);
        claims.insert("picture".to_owned(), json!("https://moodle.example/an.jpg"));
        claims.insert("phone_number".to_owned(), json!(84_901_234_567_i64));
        let kept = keep(&testing::sign_launch(&Value::Object(claims.clone()))).unwrap();
        let text = serde_json::to_string(&kept).unwrap();
        let lis = claims.get(claim::LIS).and_then(Value::as_object);
        let personal = ["name", "given_name", "family_name", "email", "picture"]
            .into_iter()
            .filter_map(|name| claims.get(name)?.as_str())
            .chain(lis.and_then(|lis| lis.get("person_sourcedid")?.as_str()))
            .chain(["84901234567", "sesskey"])
            .filter(|value| !value.is_empty());
        for value in personal {
            assert!(!text.contains(value), "{value} of {file} in {text}");
        }
        assert_eq!(kept.claims["sub"], claims["sub"]);
        assert_eq!(kept.claims.len(), claims.len(), "each claim keeps its place");
    }
}

#[test]
fn judged_again_it_gets_the_same_verdict() {
    let public_url = Url::parse("http://localhost:8190").unwrap();
    let check = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut claims = claims_of("launch-student.json");
        claims.insert("nonce".to_owned(), json!("n"));
        claims.insert("aud".to_owned(), json!("ZEAykAeI0LEzIiD"));
        claims.insert(
            claim::TARGET_LINK_URI.to_owned(),
            json!("http://localhost:8190/launch"),
        );
        change(&mut claims);
        let now = DateTime::from_timestamp(claims["iat"].as_i64().unwrap_or(0), 0).unwrap();
        let token = testing::sign_launch(&Value::Object(claims));
        let keys = testing::platform_key_set();
        let key = keys.find(testing::PLATFORM_KID).unwrap();
        let first = verify(&token, key, &expected(&public_url), now).map(drop);
        let (checks, _) = judge_again(&keep(&token).unwrap(), &expected(&public_url), now);
        let again = checks.into_iter().find_map(|(_, verdict)| verdict.err());
        assert_eq!(first.err(), again);
    };
    check(&|_| {});
    let wrong: [(&str, Value); 12] = [
        ("iss", json!("http://elsewhere.example")),
        ("aud", json!(["a", "b"])),
        ("azp", json!("somebody")),
        ("exp", json!("soon")),
        ("nonce", json!("m")),
        ("sub", json!("")),
        (claim::VERSION, json!("1.1")),
        (claim::MESSAGE_TYPE, json!("Other")),
        (claim::ROLES, json!("Learner")),
        (claim::RESOURCE_LINK, json!({"title": "no id"})),
        (claim::CUSTOM, json!({"a": {"b": "c"}})),
        (claim::CONTEXT, json!("course")),
    ];
    for (name, value) in wrong {
        check(&|claims| drop(claims.insert(name.to_owned(), value.clone())));
        check(&|claims| drop(claims.remove(name)));
    }
}

#[test]
fn what_cannot_be_read_says_so() {
    let twice = testing::sign_with(
        testing::PLATFORM_KEY_PEM,
        &testing::launch_header().to_string(),
        r#"{"iss":"a","iss":"b"}"#,
    );
    assert!(keep(&twice).unwrap().unreadable.is_some());
    for nothing in ["", "a.b", "a.b.c", "a.b.c.d.e", &"x".repeat(70_000)] {
        assert_eq!(keep(nothing), None);
    }
}
