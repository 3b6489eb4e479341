//! Platforms after tests/data/platforms: each launch is verified with its key set, each answer to a score is judged,
//! and lists in pages are followed as the product's row says.

use crate::claim;
use crate::keys::PlatformKeySet;
use crate::launch::{Expected, peek, verify};
use crate::launch_message::{LaunchMessage, Message};
use crate::quirks::quirks;
use crate::roles::ContextRole;
use crate::score_response::{PermanentReason, ScoreVerdict, judge_score_response};
use crate::testing::{PLATFORM_KID, platform_key_set_json, sign_launch};
use chrono::DateTime;
use serde_json::Value;
use url::Url;

const NAMES: [&str; 4] = ["brightspace", "canvas", "open-edx", "sakai"];
const NOW: i64 = 1_795_336_838;

fn profile(name: &str) -> Value {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/platforms");
    serde_json::from_str(&std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()).unwrap()
}

/// Signed by the platform, read with its key set as it publishes it.
fn launch(profile: &Value) -> LaunchMessage {
    let client_id = profile["client_id"].as_str().unwrap();
    let text = profile["claims"].to_string();
    let filled = [
        ("{issuer}", "https://lms.example"),
        ("{services}", "https://college.lms.example"),
        ("{client_id}", client_id),
        ("{nonce}", "nonce"),
        ("{target}", "https://tool.example/"),
    ]
    .into_iter()
    .fold(text, |text, (name, value)| text.replace(name, value));
    let mut claims: Value = serde_json::from_str(&filled).unwrap();
    claims["iat"] = NOW.into();
    claims["exp"] = (NOW + profile["lifetime_seconds"].as_i64().unwrap()).into();
    let token = sign_launch(&claims);
    assert_eq!(peek(&token).unwrap().client_id(), Some(client_id));
    let mut keys: Value = serde_json::from_str(&platform_key_set_json()).unwrap();
    if profile["key_set_names_algorithm"] == false {
        assert!(keys["keys"][0].as_object_mut().unwrap().remove("alg").is_some());
    }
    let keys = PlatformKeySet::parse(keys.to_string().as_bytes()).unwrap();
    let expected = Expected {
        issuer: "https://lms.example",
        client_id,
        nonce: "nonce",
        public_url: &Url::parse("https://tool.example/").unwrap(),
        target_link_uri: Some("https://tool.example/"),
    };
    let now = DateTime::from_timestamp(NOW + 5, 0).unwrap();
    verify(&token, keys.find(PLATFORM_KID).unwrap(), &expected, now).unwrap()
}

#[test]
fn launches_tell_what_the_platform_can_do() {
    for name in NAMES {
        let profile = profile(name);
        let got = launch(&profile);
        let row = quirks(profile["product_family"].as_str());
        assert!(!row.product_name.is_empty(), "{name} has its row");
        assert_eq!(got.roles.role_as(row), ContextRole::Learner, "{name}");
        assert!(matches!(got.message, Message::ResourceLink(_)), "{name}");
        let ags = got.ags.unwrap();
        assert!(ags.lineitem.is_some() && ags.lineitems.is_some(), "{name}");
        let may_create = ags
            .scopes
            .iter()
            .any(|scope| scope == crate::ags::SCOPE_LINE_ITEM);
        assert_eq!(may_create, profile["may_create_columns"] == true, "{name}");
        assert_eq!(got.nrps_url.is_some(), profile["reads_members"] == true, "{name}");
        if let Some(told) = profile["claims"].get(claim::TOOL_PLATFORM) {
            let family = told["product_family_code"].as_str();
            assert_eq!(got.tool_platform.product_family_code.as_deref(), family, "{name}");
            assert_eq!(family, profile["product_family"].as_str(), "{name}");
        }
    }
}

#[test]
fn answers_to_scores_are_judged_by_the_products_row() {
    for name in NAMES {
        let profile = profile(name);
        for answer in profile["scores"].as_array().unwrap() {
            let verdict = judge_score_response(
                profile["product_family"].as_str(),
                u16::try_from(answer["status"].as_u64().unwrap()).unwrap(),
                answer["type"].as_str(),
                answer["body"].as_str().unwrap().as_bytes(),
            );
            let got = match verdict {
                ScoreVerdict::Delivered => "delivered",
                ScoreVerdict::Throttled => "throttled",
                ScoreVerdict::Permanent {
                    reason: PermanentReason::NotGradable,
                    ..
                } => "not-gradable",
                ScoreVerdict::Permanent { .. } => "permanent",
                ScoreVerdict::Transient { .. } => "transient",
                ScoreVerdict::Conflict | ScoreVerdict::Unauthorized => "other",
            };
            assert_eq!(Some(got), answer["verdict"].as_str(), "{name} {answer}");
        }
    }
}

#[test]
fn lists_in_pages_are_followed_everywhere_but_in_moodle() {
    for name in NAMES {
        let profile = profile(name);
        assert!(
            quirks(profile["product_family"].as_str()).page_line_items,
            "{name}"
        );
    }
    assert!(!quirks(Some("moodle")).page_line_items);
}
