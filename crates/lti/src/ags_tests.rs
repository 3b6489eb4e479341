//! Line items, scores and results on the wire.

use super::*;
use crate::recording;

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn score() -> Score {
    Score {
        user_id: "5".to_owned(),
        score_given: 8.5,
        score_maximum: 10.0,
        comment: "Làm tốt.\nCố lên!".to_owned(),
        timestamp: time("2026-11-22T15:30:00.999+07:00"),
        activity_progress: ActivityProgress::Completed,
        grading_progress: GradingProgress::FullyGraded,
        started_at: Some(time("2026-11-22T08:00:00Z")),
        submitted_at: Some(time("2026-11-22T08:20:00.5Z")),
    }
}

#[test]
fn a_score_is_one_line_of_camel_case() {
    let text = score().to_json().unwrap();
    assert!(!text.contains('\n'), "{text}");
    let expected = json!({
        "userId": "5", "scoreGiven": 8.5, "scoreMaximum": 10, "comment": "Làm tốt.\nCố lên!",
        "timestamp": "2026-11-22T08:30:00Z", "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "submission": {"startedAt": "2026-11-22T08:00:00Z", "submittedAt": "2026-11-22T08:20:00Z"},
    });
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    assert!(text.contains("\"scoreMaximum\":10,"), "{text}");
}

#[test]
fn zero_and_an_empty_comment_are_sent() {
    let text = Score {
        score_given: 0.0,
        comment: String::new(),
        started_at: None,
        submitted_at: None,
        ..score()
    }
    .to_json()
    .unwrap();
    assert!(text.contains("\"scoreGiven\":0,"), "{text}");
    assert!(text.contains("\"comment\":\"\""), "{text}");
    assert!(!text.contains("submission"), "{text}");
}

#[test]
fn values_that_may_not_be_sent() {
    let check = |given: f64, maximum: f64, user: &str, ok: bool| {
        let got = Score {
            score_given: given,
            score_maximum: maximum,
            user_id: user.to_owned(),
            ..score()
        }
        .to_json();
        assert_eq!(got.is_ok(), ok, "{given} of {maximum} for {user:?}");
        if let Err(refusal) = got {
            assert_eq!(refusal.code, Code::AgsValue);
        }
    };
    check(0.0, 10.0, "5", true);
    check(12.0, 10.0, "5", true);
    check(-0.1, 10.0, "5", false);
    check(f64::NAN, 10.0, "5", false);
    check(f64::INFINITY, 10.0, "5", false);
    check(1.0, 0.0, "5", false);
    check(1.0, -1.0, "5", false);
    check(1.0, f64::NAN, "5", false);
    check(1.0, 10.0, "", false);
}

#[test]
fn recorded_line_items() {
    let container = recording::exchange_of("ags-lineitems.http", "container");
    let items = parse_line_items(container.body.as_bytes()).unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0].resource_id.as_deref(), Some("quiz-1"));
    assert_eq!(items[0].resource_link_id.as_deref(), Some("1"));
    assert_eq!(items[0].score_maximum, 10.0);
    assert_eq!(items[2].resource_id, None, "an empty text is no id");
    // an update sends back what Moodle would clear
    let update: Value = serde_json::from_str(&items[0].to_json().unwrap()).unwrap();
    assert_eq!(update["submissionReview"]["custom"]["review"], "1");
    assert_eq!(update["tag"], "chapter-test");
    let made = "create a standalone line item (with start/end)";
    let made = recording::exchange_of("ags-lineitems.http", made);
    let made = parse_line_item(made.body.as_bytes()).unwrap();
    let address = "http://localhost:8090/mod/lti/services.php/2/lineitems/9/lineitem?type_id=1";
    assert_eq!(made.id.as_deref(), Some(address));
    for body in ["", "<html>", "{}", "5"] {
        assert_eq!(
            parse_line_items(body.as_bytes()).unwrap_err().code,
            Code::SvcRefused
        );
        assert_eq!(
            parse_line_item(body.as_bytes()).unwrap_err().code,
            Code::SvcRefused
        );
    }
}

#[test]
fn new_line_items() {
    let item = |label: &str, maximum: f64| LineItem {
        id: None,
        label: label.to_owned(),
        score_maximum: maximum,
        resource_id: Some("quiz-1".to_owned()),
        tag: None,
        resource_link_id: None,
        other: Map::new(),
    };
    let text = item("Kiểm tra", 10.0).to_json().unwrap();
    let expected = json!({"label": "Kiểm tra", "scoreMaximum": 10, "resourceId": "quiz-1"});
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    for bad in [item(" ", 10.0), item("a", 0.0), item("a", f64::NAN)] {
        assert_eq!(bad.to_json().unwrap_err().code, Code::AgsValue);
    }
}

#[test]
fn recorded_results() {
    let of = |note: &str| {
        let exchange = recording::exchange_of("ags-results.http", note);
        parse_results(exchange.body.as_bytes()).unwrap()
    };
    let all = of("all results");
    assert_eq!(all.len(), 4);
    assert_eq!((all[0].user_id.as_str(), all[0].result_score), ("5", Some(7.25)));
    assert_eq!(all[0].result_maximum, Some(10.0));
    assert_eq!(all[0].comment.as_deref(), Some("Làm tốt phần an toàn."));
    assert_eq!(all[0].timestamp, Some(time("2026-11-22T09:01:00Z")));
    assert!(of("user without a grade").is_empty());
    let zero = of("result of a user whose grade is 0");
    assert_eq!(zero[0].result_score, Some(0.0), "0 is a grade");
    let empty = parse_results(b"[{\"id\":\"x\",\"userId\":9},{\"id\":\"y\"},5]").unwrap();
    assert_eq!(empty.len(), 1);
    assert_eq!((empty[0].user_id.as_str(), empty[0].result_score), ("9", None));
    assert_eq!(parse_results(b"<html>").unwrap_err().code, Code::SvcRefused);
}

#[test]
fn addresses_below_a_line_item() {
    let moodle = "http://m/services.php/2/lineitems/14/lineitem?type_id=1";
    let check = |got: String, expected: &str| assert_eq!(got, expected);
    check(
        scores_url(moodle),
        "http://m/services.php/2/lineitems/14/lineitem/scores?type_id=1",
    );
    check(scores_url("https://a/li/7"), "https://a/li/7/scores");
    check(scores_url("https://a/li/7/"), "https://a/li/7/scores");
    check(
        scores_url("https://a/li?x=a?b/c#f"),
        "https://a/li/scores?x=a?b/c",
    );
    check(
        results_url(moodle, Some("5")),
        "http://m/services.php/2/lineitems/14/lineitem/results?type_id=1&user_id=5",
    );
    check(
        results_url("https://a/li/7", Some("a&b c")),
        "https://a/li/7/results?user_id=a%26b+c",
    );
    check(results_url("https://a/li/7", None), "https://a/li/7/results");
    check(
        line_items_by_resource_url("http://m/2/lineitems?type_id=1", "quiz-1"),
        "http://m/2/lineitems?type_id=1&resource_id=quiz-1",
    );
}
