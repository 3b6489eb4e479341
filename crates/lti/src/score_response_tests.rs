//! Answers to scores: every recorded one of Moodle, and those of others.

use super::*;
use crate::recording;

/// Short name of a verdict.
fn name(verdict: &ScoreVerdict) -> String {
    match verdict {
        ScoreVerdict::Permanent { reason, .. } => format!("{reason:?}"),
        ScoreVerdict::Transient { .. } => "Transient".to_owned(),
        other => format!("{other:?}"),
    }
}

/// All recorded posts: delivered exactly when the gradebook took the request.
#[test]
fn recorded_answers() {
    let mut seen = 0;
    for exchange in recording::exchanges("ags-scores.http") {
        if !exchange.request.starts_with("POST") {
            continue;
        }
        seen += 1;
        let content_type = exchange.header("Content-Type").first().copied();
        let verdict = judge_score_response(
            Some("moodle"),
            exchange.status,
            content_type,
            exchange.body.as_bytes(),
        );
        let expected = match exchange.note.as_str() {
            "userId not numeric" => "Transient",
            "unknown line item" => "NoSuchColumn",
            "Content-Type application/json" => "BadRequest",
            "that user's grade is locked in the gradebook"
            | "the whole column is locked in the gradebook" => "Locked",
            "BAD request (no gradingProgress) in JSON printed on several lines"
            | "not enrolled user, JSON printed on several lines" => "NotGradable",
            _ => match exchange.status {
                200 => "Delivered",
                400 => "NotGradable",
                401 => "Unauthorized",
                409 => "Conflict",
                other => panic!("{other}: {}", exchange.note),
            },
        };
        assert_eq!(name(&verdict), expected, "{}", exchange.note);
    }
    assert!(seen > 70, "only {seen} posts read");
}

#[test]
fn other_answers() {
    let json = Some("application/json");
    let html = Some("text/html; charset=utf-8");
    let check = |family: Option<&str>, status, content_type, body: &str, expected: &str| {
        let got = judge_score_response(family, status, content_type, body.as_bytes());
        assert_eq!(
            name(&got),
            expected,
            "{family:?} {status} {content_type:?} {body}"
        );
    };
    let moodle = Some("moodle");
    check(moodle, 200, json, "", "Delivered");
    check(moodle, 200, html, "\n", "Delivered");
    check(moodle, 200, json, "[]", "NotGradable");
    check(moodle, 200, json, " []\n", "NotGradable");
    check(moodle, 200, json, "Warning: something", "Transient");
    check(moodle, 204, None, "", "Transient");
    check(moodle, 500, json, "[]", "Locked");
    check(moodle, 500, json, "", "Transient");
    check(moodle, 403, json, "rate limit", "Forbidden");
    check(moodle, 502, html, "<html>", "Transient");
    for family in [None, Some("canvas"), Some("unheard")] {
        check(family, 200, json, "", "Delivered");
        check(family, 200, json, "[]", "Delivered");
        check(family, 201, json, "{\"resultUrl\":\"x\"}", "Delivered");
        check(family, 204, None, "", "Delivered");
        check(family, 200, html, "sign in", "Transient");
        check(family, 200, json, "<!DOCTYPE html>", "Transient");
        check(family, 302, html, "", "Transient");
        check(family, 400, json, "[]", "BadRequest");
        check(family, 401, json, "", "Unauthorized");
        check(family, 404, json, "", "NoSuchColumn");
        check(family, 408, json, "", "Transient");
        check(family, 409, json, "", "Conflict");
        check(family, 422, json, "", "BadRequest");
        check(family, 429, json, "", "Throttled");
        check(family, 500, json, "[]", "Transient");
        check(family, 503, html, "<html>", "Throttled");
    }
    check(
        Some("canvas"),
        403,
        json,
        "403 Forbidden (Rate Limit Exceeded)",
        "Throttled",
    );
    check(Some("canvas"), 403, json, "not yours", "Forbidden");
}

#[test]
fn the_platforms_words_are_kept_on_one_line() {
    let body = "{\"status\":404,\"reason\":\"Grade item\\n9 is gone\"}";
    let got = judge_score_response(Some("moodle"), 404, None, body.as_bytes());
    let ScoreVerdict::Permanent { detail, .. } = got else {
        panic!("{got:?}");
    };
    assert_eq!(detail, "404 Grade item 9 is gone");
}
