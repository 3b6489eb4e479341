//! The claims of a token whose signature was proven: a platform may still write anything. What is expected is taken from
//! the claims themselves, so that the input gets past issuer, audience, nonce and clock to what comes after.
#![no_main]

use chrono::DateTime;
use lti::{launch::Expected, launch_message::LaunchMessage, testing::verify_claims};
use serde_json::Value;
use url::Url;

libfuzzer_sys::fuzz_target!(|claims: &[u8]| {
    let read: Value = serde_json::from_slice(claims).unwrap_or_default();
    let text = |name: &str| read.get(name).and_then(Value::as_str).unwrap_or_default();
    let target = text("https://purl.imsglobal.org/spec/lti/claim/target_link_uri");
    let Ok(public_url) = Url::parse(target).or_else(|_| Url::parse("https://taynghe.example/")) else {
        return;
    };
    let expected = Expected {
        issuer: text("iss"),
        client_id: text("aud"),
        nonce: text("nonce"),
        public_url: &public_url,
        target_link_uri: None,
    };
    let issued = read.get("iat").and_then(Value::as_i64).unwrap_or_default();
    let now = DateTime::from_timestamp(issued, 0).unwrap_or_default();
    if let Ok(message) = verify_claims(claims, &expected, now) {
        check(&message);
    }
});

fn check(message: &LaunchMessage) {
    let person = &message.person;
    for id in [Some(&person.sub), Some(&message.deployment_id), message.context.as_ref().map(|context| &context.id)] {
        let id = id.map(String::as_str).unwrap_or("x");
        assert!(!id.is_empty() && id.chars().count() <= 255 && !id.contains(char::is_control));
    }
    for name in [&person.name, &person.given_name, &person.family_name].into_iter().flatten() {
        assert!(!name.contains(char::is_control) && !name.contains(['\u{202e}', '\u{2066}']));
        assert!(name.chars().count() <= 255);
    }
    if let Some(ags) = &message.ags {
        for address in [&ags.lineitem, &ags.lineitems].into_iter().flatten() {
            assert!(lti::origin::origin(address).is_some());
        }
    }
}
