//! Scores and line items: what goes out and what the answers become.

use chrono::{DateTime, Utc};
use lti::ags::{ActivityProgress, GradingProgress, LineItem, Score};
use lti::score_response::{PermanentReason, ScoreVerdict};
use lti::testing::tool_key;

use super::platform::{Platform, Reply, answer, json};
use super::tokens::{caller, grant, target};
use super::{at, outbound};
use crate::scores::{self, ScoreAnswer};
use crate::{CallError, line_items, results};

/// A platform that grants every token and answers all else in one way.
async fn platform(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Platform {
    Platform::start(move |request| match request.line.as_str() {
        "POST /token" => grant(request, "token", 3600),
        _ => reply(),
    })
    .await
}

fn score() -> Score {
    Score {
        user_id: "5".to_owned(),
        score_given: 0.0,
        score_maximum: 10.0,
        comment: "Làm tốt\nphần an toàn.".to_owned(),
        timestamp: at(0),
        activity_progress: ActivityProgress::Completed,
        grading_progress: GradingProgress::FullyGraded,
        started_at: None,
        submitted_at: Some(at(-60)),
    }
}

async fn post(platform: &Platform, score: &Score) -> Result<ScoreAnswer, CallError> {
    let (target, key) = (target(platform), tool_key());
    scores::post(
        &outbound(),
        &caller(&target, &key, 0),
        &platform.url("/14/lineitem?type_id=1"),
        score,
    )
    .await
}

#[tokio::test]
async fn what_a_score_says() {
    let platform = platform(|| answer("200 OK", "", "")).await;
    let got = post(&platform, &score()).await.unwrap();
    assert_eq!(
        got,
        ScoreAnswer {
            verdict: ScoreVerdict::Delivered,
            status: 200,
            retry_at: None
        }
    );
    let request = platform.requests().pop().unwrap();
    assert_eq!(request.line, "POST /14/lineitem/scores?type_id=1");
    assert_eq!(
        request.header("content-type"),
        "application/vnd.ims.lis.v1.score+json"
    );
    assert_eq!(request.header("accept"), "application/vnd.ims.lis.v1.score+json");
    assert_eq!(request.header("authorization"), "Bearer token");
    assert_eq!(request.body, score().to_json().unwrap());
    assert!(!request.body.contains('\n'), "on one line");
}

#[tokio::test]
async fn what_the_answers_to_a_score_mean() {
    let check = async |status: &'static str,
                       headers: &'static str,
                       body: &'static str,
                       verdict: &str,
                       wait: Option<i64>| {
        let platform = platform(move || answer(status, headers, body)).await;
        let got = post(&platform, &score()).await.unwrap();
        assert!(
            format!("{:?}", got.verdict).starts_with(verdict),
            "{status} {body}: {got:?}"
        );
        assert!(status.starts_with(&got.status.to_string()));
        assert_eq!(
            got.retry_at
                .map(|at: DateTime<Utc>| at.timestamp() - super::at(0).timestamp()),
            wait,
            "{headers}"
        );
    };
    check("200 OK", "", "", "Delivered", None).await;
    check("200 OK", "", "[]", "Permanent", None).await;
    check(
        "200 OK",
        "Content-Type: text/html\r\n",
        "<html></html>",
        "Transient",
        None,
    )
    .await;
    check("409 Refusing score", "", "[]", "Conflict", None).await;
    check(
        "400 Incorrect score received{\"userId\":\"5\",\"comment\":\"Làm tốt\"}",
        "",
        "[]",
        "Permanent",
        None,
    )
    .await;
    check("401 Unauthorized", "", "", "Unauthorized", None).await;
    check("403 Forbidden", "", "", "Permanent", None).await;
    check("404 Not Found", "", "", "Permanent", None).await;
    check("429 Slow Down", "Retry-After: 17\r\n", "", "Throttled", Some(17)).await;
    check(
        "503 Busy",
        "Retry-After: Sun, 22 Nov 2026 08:31:00 GMT\r\n",
        "",
        "Throttled",
        Some(60),
    )
    .await;
    check("503 Busy", "Retry-After: soon\r\n", "", "Throttled", None).await;
    check("502 Bad Gateway", "", "", "Transient", None).await;
    check("302 Found", "Location: /login\r\n", "", "Transient", None).await;
}

#[tokio::test]
async fn a_score_that_may_not_be_sent_is_not() {
    let platform = platform(|| answer("200 OK", "", "")).await;
    let wrong = [
        Score {
            user_id: "sv-05".to_owned(),
            ..score()
        },
        Score {
            user_id: String::new(),
            ..score()
        },
        Score {
            score_given: -1.0,
            ..score()
        },
        Score {
            score_given: f64::NAN,
            ..score()
        },
        Score {
            score_maximum: 0.0,
            ..score()
        },
    ];
    for score in wrong {
        let error = post(&platform, &score).await.unwrap_err();
        assert_eq!(error.code().as_str(), "LTI-AGS-VALUE", "{score:?}");
        assert!(!error.retryable());
    }
    assert!(platform.requests().is_empty());
}

#[tokio::test]
async fn a_locked_grade_is_told() {
    let platform = platform(|| answer("500 Error", "", "[]")).await;
    let got = post(&platform, &score()).await.unwrap();
    assert!(
        matches!(
            got.verdict,
            ScoreVerdict::Permanent {
                reason: PermanentReason::Locked,
                ..
            }
        ),
        "{got:?}"
    );
}

#[tokio::test]
async fn line_items_are_made_and_read() {
    let body = r#"{"id":"http://127.0.0.1/14/lineitem?type_id=1","label":"An toàn","scoreMaximum":10,"resourceId":"q1"}"#;
    let platform = platform(move || answer("201 Created", "", body)).await;
    let (target, key, outbound) = (target(&platform), tool_key(), outbound());
    let caller = caller(&target, &key, 0);
    let wanted = LineItem {
        id: None,
        label: "An toàn".to_owned(),
        score_maximum: 10.0,
        resource_id: Some("q1".to_owned()),
        tag: None,
        resource_link_id: None,
        other: serde_json::Map::new(),
    };
    let made = line_items::create(&outbound, &caller, &platform.url("/items?type_id=1"), &wanted)
        .await
        .unwrap();
    assert_eq!(made.id.as_deref(), Some("http://127.0.0.1/14/lineitem?type_id=1"));
    let read = line_items::read(&outbound, &caller, &platform.url("/14/lineitem?type_id=1"))
        .await
        .unwrap();
    assert_eq!(read, made);
    let requests = platform.requests();
    let [write_token, post, read_token, get] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert!(write_token.body.ends_with("scope%2Flineitem") && read_token.body.ends_with("lineitem.readonly"));
    assert_eq!(
        (post.line.as_str(), get.line.as_str()),
        ("POST /items?type_id=1", "GET /14/lineitem?type_id=1")
    );
    assert_eq!(
        post.header("content-type"),
        "application/vnd.ims.lis.v2.lineitem+json"
    );
    assert_eq!(post.header("accept"), "application/vnd.ims.lis.v2.lineitem+json");
    assert_eq!(get.header("accept"), "application/vnd.ims.lis.v2.lineitem+json");
    assert_eq!(post.body, wanted.to_json().unwrap());
}

#[tokio::test]
async fn a_page_of_html_is_no_line_item() {
    let platform = platform(|| answer("200 OK", "", "<html></html>")).await;
    let (target, key, outbound) = (target(&platform), tool_key(), outbound());
    let error = line_items::read(&outbound, &caller(&target, &key, 0), &platform.url("/i"))
        .await
        .unwrap_err();
    assert!(matches!(error, CallError::Html { status: 200, .. }) && error.retryable());
}

#[tokio::test]
async fn results_of_one_user() {
    let body = r#"[{"id":"x","userId":"5","resultScore":0,"resultMaximum":10},{"id":"y","userId":"6"}]"#;
    let platform = platform(move || json(body)).await;
    let (target, key, outbound) = (target(&platform), tool_key(), outbound());
    let url = platform.url("/14/lineitem?type_id=1");
    let got = results::read(&outbound, &caller(&target, &key, 0), &url, Some("5"))
        .await
        .unwrap();
    let scores: Vec<_> = got
        .iter()
        .map(|result| (result.user_id.as_str(), result.result_score))
        .collect();
    assert_eq!(scores, [("5", Some(0.0)), ("6", None)]);
    assert_eq!(
        platform.lines().last().unwrap(),
        "GET /14/lineitem/results?type_id=1&user_id=5"
    );
}
