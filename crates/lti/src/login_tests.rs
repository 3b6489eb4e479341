//! Login initiation: what is read, what is refused, and the request that Moodle got.

use super::*;
use crate::recording;
use std::collections::BTreeMap;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn owned(pairs: Pairs<'_>) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

const GOOD: Pairs<'_> = &[
    ("iss", "https://lms.example"),
    ("login_hint", "5"),
    ("target_link_uri", "https://tool.example/"),
];

#[test]
fn initiations_are_read_from_query_and_form() {
    let check = |query: Pairs<'_>, body: Pairs<'_>| {
        let got = parse_initiation(&owned(query), &owned(body)).unwrap();
        assert_eq!(got.issuer, "https://lms.example");
        assert_eq!(got.login_hint, "5");
        assert_eq!(got.client_id, None);
    };
    check(GOOD, &[]);
    check(&[], GOOD);
    check(GOOD, GOOD);
    check(&GOOD[..1], &GOOD[1..]);
    check(GOOD, &[("lti_storage_target", "_parent"), ("client_id", "")]);
}

#[test]
fn only_plain_names_of_frames_are_storage_targets() {
    let check = |target: &str, expected: Option<&str>| {
        let got = parse_initiation(&owned(GOOD), &owned(&[("lti_storage_target", target)])).unwrap();
        assert_eq!(got.lti_storage_target.as_deref(), expected, "{target}");
    };
    check("_parent", Some("_parent"));
    check("post_message_forwarding", Some("post_message_forwarding"));
    check("frame-2", Some("frame-2"));
    let long = "x".repeat(65);
    for bad in [
        "",
        "_top",
        "_self",
        "_blank",
        "_PARENT",
        "0",
        "2frame",
        "a b",
        "a.b",
        "a\"",
        "a'",
        "a<b",
        "a>",
        "a/b",
        "khung‑lưu",
        "__proto__",
        &long,
    ] {
        check(bad, None);
    }
}

#[test]
fn bad_initiations_are_refused() {
    let long = "x".repeat(MAX_VALUE_BYTES + 1);
    let check = |query: Pairs<'_>, body: Pairs<'_>, code: Code, detail: &str| {
        let refusal = parse_initiation(&owned(query), &owned(body)).unwrap_err();
        assert_eq!((refusal.code, refusal.detail.as_str()), (code, detail));
    };
    check(&GOOD[1..], &[], Code::LogParam, "iss");
    check(&[GOOD[0], GOOD[2]], &[], Code::LogParam, "login_hint");
    check(&GOOD[..2], &[], Code::LogParam, "target_link_uri");
    check(&[("iss", ""), GOOD[1], GOOD[2]], &[], Code::LogParam, "iss");
    check(GOOD, &[("iss", "https://LMS.example")], Code::LogAmbiguous, "iss");
    check(
        GOOD,
        &[("client_id", "a"), ("client_id", "a")],
        Code::LogAmbiguous,
        "client_id",
    );
    check(
        &[GOOD, &[("login_hint", "6")]].concat(),
        &[],
        Code::LogAmbiguous,
        "login_hint",
    );
    check(
        GOOD,
        &[("lti_message_hint", &long)],
        Code::LogSize,
        "a value is longer than 4 KiB",
    );
}

#[test]
fn targets() {
    let check = |public_url: &str, target: &str, ok: bool| {
        let got = check_target_link_uri(target, &Url::parse(public_url).unwrap());
        assert_eq!(got.is_ok(), ok, "{target}");
        if let Err(refusal) = got {
            assert_eq!(refusal.code, Code::LogTarget);
        }
    };
    let ours = "https://tool.example/";
    check(ours, "https://tool.example", true);
    check(ours, "https://tool.example/", true);
    check(ours, "https://tool.example:443/launch?res=quiz-1", true);
    check(ours, "https://TOOL.example/x", true);
    check(ours, "http://tool.example/", false);
    check(ours, "https://tool.example:8443/", false);
    check(ours, "https://tool.example.evil/", false);
    check(ours, "https://evil.example/?https://tool.example/", false);
    check(ours, "https://tool.example@evil.example/", false);
    check(ours, "https://user:pass@tool.example/", false);
    check(ours, "https://tool.example//evil.example", false);
    check(ours, "//tool.example/", false);
    check(ours, "/launch", false);
    check(ours, "https:\\\\tool.example\\", false);
    check(ours, "https://tool.example/\r\nSet-Cookie: a=b", false);
    check(ours, "https://tool.example/%0d%0aSet-Cookie:%20a", false);
    check(ours, " https://tool.example/", false);
    check(ours, "javascript:alert(1)//https://tool.example/", false);
    check(ours, "", false);
    check("http://localhost:8190/", "http://localhost:8190/launch", true);
    check("http://localhost:8190/", "http://localhost:8191/launch", false);
    check("http://localhost:8190/", "https://localhost:8190/launch", false);
}

/// The recorded initiation leads to the request that Moodle accepted, field by field.
#[test]
fn authentication_request_is_the_one_moodle_accepted() {
    let recorded = recording::json("login-initiation-resource-link.json");
    let form: Vec<(String, String)> = recorded["form"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let initiation = parse_initiation(&[], &form).unwrap();
    let text = recording::text("login-redirect-to-auth.txt");
    let accepted = Url::parse(text.lines().next().unwrap()).unwrap();
    let fields: BTreeMap<String, String> = accepted.query_pairs().into_owned().collect();
    let url = authentication_request_url(
        &initiation,
        &AuthenticationRequest {
            auth_login_url: &Url::parse("http://localhost:8090/mod/lti/auth.php").unwrap(),
            client_id: initiation.client_id.as_deref().unwrap(),
            redirect_uri: &redirect_uri(&Url::parse("http://localhost:8190/").unwrap())
                .replace("/lti/launch", "/launch"),
            state: &fields["state"],
            nonce: &fields["nonce"],
        },
    );
    let ours: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    assert_eq!(ours, fields);
    assert_eq!(url.origin(), accepted.origin());
    assert_eq!(url.path(), accepted.path());
}

#[test]
fn hints_survive_and_an_existing_query_is_kept() {
    let hint = "{\"cmid\":3,\"x\":\"ă&=+%26 #\u{1F600}\"}";
    let initiation = parse_initiation(&owned(GOOD), &owned(&[("lti_message_hint", hint)])).unwrap();
    let build = |initiation: &Initiation| {
        authentication_request_url(
            initiation,
            &AuthenticationRequest {
                auth_login_url: &Url::parse("https://lms.example/auth?tenant=a%20b#x").unwrap(),
                client_id: "c",
                redirect_uri: "https://tool.example/lti/launch",
                state: "s",
                nonce: "n",
            },
        )
    };
    let url = build(&initiation);
    assert!(
        url.as_str()
            .starts_with("https://lms.example/auth?tenant=a%20b&scope=openid&")
    );
    assert_eq!(url.fragment(), None);
    let back = url
        .query_pairs()
        .find(|(name, _)| name == "lti_message_hint")
        .unwrap();
    assert_eq!(back.1, hint);
    let without = build(&Initiation {
        lti_message_hint: None,
        ..initiation
    });
    assert!(!without.as_str().contains("lti_message_hint"));
}
