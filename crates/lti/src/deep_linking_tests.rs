//! Picked items: what may be sent, and the signed response.

use super::*;
use crate::json::parse_strict_object;
use crate::recording;
use crate::testing::{TOOL_KID, tool_key};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

fn quiz() -> ContentItem {
    ContentItem {
        text: Some("Làm trong 20 phút.".to_owned()),
        url: Some("http://localhost:8190/launch?res=quiz-1".to_owned()),
        custom: [("quiz_id".to_owned(), "quiz-1".to_owned())].into(),
        line_item: Some(ContentLineItem::new("Điểm", 10, "quiz-1", Some("chapter-test".to_owned())).unwrap()),
        icon: Some(Icon {
            url: "http://localhost:8190/icon.svg".to_owned(),
            width: Some(24),
            height: None,
        }),
        ..ContentItem::new("Kiểm tra chương 1")
    }
}

#[test]
fn maxima_that_moodle_can_save() {
    let check = |maximum: u32, ok: bool| {
        let got = ContentLineItem::new("a", maximum, "r", None);
        assert_eq!(got.is_ok(), ok, "{maximum}");
        match got {
            Ok(item) => assert_eq!(item.score_maximum(), maximum),
            Err(refusal) => assert_eq!(refusal.code, Code::AgsValue),
        }
    };
    check(1, true);
    check(100, true);
    check(0, false);
    check(101, false);
    check(257, false);
}

#[test]
fn what_the_platform_accepts() {
    let settings = |types: &[&str], multiple: bool, lineitem: Option<bool>| DeepLinkingSettings {
        accept_types: types.iter().map(|kind| (*kind).to_owned()).collect(),
        accept_multiple: multiple,
        accept_lineitem: lineitem,
        deep_link_return_url: "https://lms.example/return".to_owned(),
        data: None,
        title: None,
        text: None,
    };
    let check = |settings: DeepLinkingSettings, items: &[ContentItem], ok: bool| {
        let got = judge_items(&settings, items);
        assert_eq!(got.is_ok(), ok, "{settings:?}");
        if let Err(refusal) = got {
            assert_eq!(refusal.code, Code::DlNotAccepted);
        }
    };
    let link = &["link", "ltiResourceLink"];
    let plain = ContentItem::new("a");
    check(settings(link, false, None), &[quiz()], true);
    check(settings(link, false, Some(true)), &[quiz()], true);
    check(settings(link, true, None), &[quiz(), quiz()], true);
    check(settings(link, false, None), &[quiz(), quiz()], false);
    check(settings(link, false, Some(false)), &[quiz()], false);
    check(settings(link, false, Some(false)), &[plain], true);
    check(settings(&["file"], true, None), &[quiz()], false);
    check(settings(&[], true, None), &[], true);
}

#[test]
fn the_response_is_what_moodle_accepted() {
    let recorded = recording::json("deep-linking-response-single.json");
    let accepted = recorded["payload"].as_object().unwrap();
    let now = DateTime::from_timestamp(1_795_336_473, 0).unwrap();
    let response = DeepLinkingResponse {
        client_id: "ZEAykAeI0LEzIiD",
        issuer: "http://localhost:8090",
        deployment_id: "1",
        nonce: "n",
        data: Some(&json!({"opaque": 1})),
    };
    let token = sign_response(&tool_key(), &response, &[quiz()], now).unwrap();
    let mut parts = token
        .split('.')
        .take(2)
        .map(|part| parse_strict_object(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap());
    assert_eq!(parts.next().unwrap()["kid"], TOOL_KID);
    let claims = parts.next().unwrap();
    for name in [
        "iss",
        "aud",
        "iat",
        claim::DEPLOYMENT_ID,
        claim::MESSAGE_TYPE,
        claim::VERSION,
    ] {
        assert_eq!(claims[name], accepted[name], "{name}");
    }
    assert_eq!(claims["exp"].as_i64(), Some(now.timestamp() + 600));
    assert_eq!(claims[claim::DEEP_LINKING_DATA], json!({"opaque": 1}));
    let ours = &claims[claim::CONTENT_ITEMS][0];
    let theirs = &accepted[claim::CONTENT_ITEMS][0];
    assert_eq!(ours["type"], theirs["type"]);
    assert_eq!(ours["url"], theirs["url"]);
    let line_item =
        json!({"label": "Điểm", "scoreMaximum": 10, "resourceId": "quiz-1", "tag": "chapter-test"});
    assert_eq!(ours["lineItem"], line_item);
    assert_eq!(
        ours["icon"],
        json!({"url": "http://localhost:8190/icon.svg", "width": 24})
    );
    assert_eq!(ours["custom"], json!({"quiz_id": "quiz-1"}));
}

#[test]
fn what_is_not_given_is_left_out() {
    let item = serde_json::to_value(ContentItem::new("a")).unwrap();
    assert_eq!(item, json!({"type": "ltiResourceLink", "title": "a"}));
}
