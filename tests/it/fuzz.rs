//! Mangled input for everything that reads what comes from outside: no panic,
//! and an answer in bounded size. Thousands of cases each, so it belongs to
//! `./run long`.

use lti::{Code, keys::PlatformKeySet};
use proptest::prelude::*;
use text::Source;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 5_000,
        max_global_rejects: 0,
        ..ProptestConfig::default()
    }
}

/// Text with what parsers trip over.
fn mangled() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[<>&\"'`*_~#|\\[\\](){}$\\\\!=+\\-\n\r\t ]{1,12}",
        Just("<svg/onload=alert(1)>".to_owned()),
        Just("<math><mi//xlink:href=\"data:x,<script>\">".to_owned()),
        Just("$\\frac{1}{".to_owned()),
        Just("[x](javascript:alert(1))".to_owned()),
        Just("\u{202e}\u{0}\u{feff}".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A recorded token with some bytes changed.
fn mangled_token() -> impl Strategy<Value = String> {
    let token = include_str!("../data/moodle-4.5/launch-student.jwt")
        .trim()
        .to_owned();
    prop::collection::vec((0..token.len(), any::<u8>()), 1..6).prop_map(move |changes| {
        let mut bytes = token.clone().into_bytes();
        for (position, byte) in changes {
            bytes[position] = byte;
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    #[ignore = "long"]
    fn authors_texts(source in mangled()) {
        for source in [Source::markdown(source.clone()), Source::html(source)] {
            let html = text::to_safe_html(&source).to_lowercase();
            prop_assert!(!html.contains("<script") && !html.contains("<svg") && !html.contains("href=\"javascript:"));
            prop_assert!(html.len() < 8_000_000);
            text::to_inline_html(&source);
            text::fold(&text::to_plain(&source));
        }
    }

    #[test]
    #[ignore = "long"]
    fn tokens(token in prop_oneof![mangled(), mangled_token()]) {
        if let Err(refusal) = lti::launch::peek(&token) {
            prop_assert!(Code::ALL.contains(&refusal.code));
        }
    }

    #[test]
    #[ignore = "long"]
    fn what_platforms_answer(body in mangled(), status in 100_u16..600) {
        let bytes = body.as_bytes();
        let _judged = PlatformKeySet::parse(bytes);
        let _judged = lti::ags::parse_results(bytes);
        let _judged = lti::ags::parse_line_items(bytes);
        let _judged = lti::score_response::judge_score_response(Some("moodle"), status, Some("text/html"), bytes);
        let _judged = lti::registration::parse_registration_response(status, bytes);
        let _judged = lti::registration::parse_configuration(bytes, "https://moodle.example.vn/x");
    }

    #[test]
    #[ignore = "long"]
    fn drafts(json in mangled()) {
        let _judged = assessment::draft_from_json(&json);
    }
}
