//! Access tokens: what is asked for, how long they are kept, who shares them, and what happens when they are refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use futures_util::future::join_all;
use lti::keys::ToolKey;
use lti::testing::tool_key;
use url::form_urlencoded;

use super::platform::{Platform, Reply, Request, answer, json};
use super::{at, outbound};
use crate::{CallError, Caller, Outbound, ServiceTarget, results};

/// The registration of a test's platform.
pub(super) fn target(platform: &Platform) -> ServiceTarget {
    ServiceTarget {
        registration_id: "1".to_owned(),
        client_id: "ZEAykAeI0LEzIiD".to_owned(),
        token_url: platform.url("/token"),
        token_audience: "https://moodle.example/token".to_owned(),
        allowed_origins: vec!["https://moodle.example".to_owned(), platform.url("/auth")],
        product_family: Some("moodle".to_owned()),
    }
}

pub(super) fn caller<'a>(target: &'a ServiceTarget, key: &ToolKey, seconds: i64) -> Caller<'a> {
    Caller {
        target,
        key: key.clone(),
        now: at(seconds),
        random: || [7; 16],
    }
}

/// What a token endpoint says: a token that grants the scope asked for.
pub(super) fn grant(request: &Request, token: &str, expires_in: i64) -> Reply {
    let scope = field(request, "scope");
    let body = format!(
        r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{expires_in},"scope":"{scope}"}}"#
    );
    answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", &body)
}

fn field(request: &Request, name: &str) -> String {
    let mut fields = form_urlencoded::parse(request.body.as_bytes());
    fields
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// A platform that hands out `token-1`, `token-2` … and takes each but those in `refused`; its results are empty.
async fn platform(expires_in: i64, refused: Arc<Mutex<Vec<String>>>) -> Platform {
    let issued = AtomicUsize::new(0);
    Platform::start(move |request| match request.line.as_str() {
        "POST /token" => {
            let number = issued.fetch_add(1, Ordering::SeqCst) + 1;
            grant(request, &format!("token-{number}"), expires_in)
        }
        _ if refused
            .lock()
            .unwrap()
            .iter()
            .any(|token| request.header("authorization").ends_with(token.as_str())) =>
        {
            answer("401 Unauthorized", "", "{}")
        }
        _ => json("[]"),
    })
    .await
}

async fn read(outbound: &Outbound, caller: &Caller<'_>, platform: &Platform) -> Result<(), CallError> {
    results::read(outbound, caller, &platform.url("/item?type_id=1"), None)
        .await
        .map(drop)
}

fn tokens_fetched(platform: &Platform) -> usize {
    platform
        .lines()
        .iter()
        .filter(|line| *line == "POST /token")
        .count()
}

#[tokio::test]
async fn what_a_token_request_says() {
    let platform = platform(3600, Arc::default()).await;
    let (target, key) = (target(&platform), tool_key());
    read(&outbound(), &caller(&target, &key, 0), &platform)
        .await
        .unwrap();
    let requests = platform.requests();
    let [token, results] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(token.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(token.header("accept"), "application/json");
    assert_eq!(token.header("authorization"), "");
    assert_eq!(field(token, "grant_type"), "client_credentials");
    assert_eq!(field(token, "scope"), lti::ags::SCOPE_RESULT_READ_ONLY);
    let assertion = field(token, "client_assertion");
    assert_eq!(assertion, expected_assertion(&key, "07".repeat(16).as_str()));
    assert_eq!(results.line, "GET /item/results?type_id=1");
    assert_eq!(results.header("accept"), lti::ags::RESULT_CONTAINER_TYPE);
    assert_eq!(results.header("authorization"), "Bearer token-1");
}

// RS256 signatures do not vary, so the whole assertion can be compared.
fn expected_assertion(key: &ToolKey, jti: &str) -> String {
    let audience = "https://moodle.example/token";
    lti::client_assertion::client_assertion(key, "ZEAykAeI0LEzIiD", audience, jti, at(0)).unwrap()
}

#[tokio::test]
async fn kept_until_shortly_before_they_expire() {
    let check = async |expires_in: i64, kept: i64| {
        let platform = platform(expires_in, Arc::default()).await;
        let (target, key, outbound) = (target(&platform), tool_key(), outbound());
        for (seconds, fetched) in [(0, 1), (kept - 1, 1), (kept, 2)] {
            read(&outbound, &caller(&target, &key, seconds), &platform)
                .await
                .unwrap();
            assert_eq!(tokens_fetched(&platform), fetched, "{expires_in} s at {seconds}");
        }
    };
    check(3600, 3540).await;
    check(600, 540).await;
    check(60, 54).await;
}

#[tokio::test]
async fn one_for_each_registration_client_and_scope() {
    let platform = platform(3600, Arc::default()).await;
    let (key, outbound) = (tool_key(), outbound());
    let first = target(&platform);
    let other_registration = ServiceTarget {
        registration_id: "2".to_owned(),
        ..first.clone()
    };
    let other_client = ServiceTarget {
        client_id: "khac".to_owned(),
        ..first.clone()
    };
    for target in [
        &first,
        &other_registration,
        &other_client,
        &first,
        &other_registration,
    ] {
        read(&outbound, &caller(target, &key, 0), &platform)
            .await
            .unwrap();
    }
    assert_eq!(tokens_fetched(&platform), 3);
    let items = platform.url("/items");
    crate::line_items::list(&outbound, &caller(&first, &key, 0), &items, None)
        .await
        .unwrap();
    assert_eq!(tokens_fetched(&platform), 4);
    outbound.forget("1");
    read(&outbound, &caller(&other_registration, &key, 0), &platform)
        .await
        .unwrap();
    assert_eq!(tokens_fetched(&platform), 4);
    read(&outbound, &caller(&first, &key, 0), &platform)
        .await
        .unwrap();
    assert_eq!(tokens_fetched(&platform), 5);
}

#[tokio::test]
async fn many_calls_at_once_fetch_one() {
    let platform = platform(3600, Arc::default()).await;
    let (target, key, outbound) = (target(&platform), tool_key(), outbound());
    let caller = caller(&target, &key, 0);
    let read = join_all((0..20).map(|_| read(&outbound, &caller, &platform))).await;
    assert!(read.iter().all(Result::is_ok));
    assert_eq!(tokens_fetched(&platform), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let refused = Arc::new(Mutex::new(Vec::new()));
    let platform = platform(3600, Arc::clone(&refused)).await;
    let (target, key, outbound) = (target(&platform), tool_key(), outbound());
    let caller = caller(&target, &key, 0);
    read(&outbound, &caller, &platform).await.unwrap();
    refused.lock().unwrap().push("token-1".to_owned());
    read(&outbound, &caller, &platform).await.unwrap();
    assert_eq!(tokens_fetched(&platform), 2);
    read(&outbound, &caller, &platform).await.unwrap();
    assert_eq!(tokens_fetched(&platform), 2, "the new one is kept");
    *refused.lock().unwrap() = (0..9).map(|number| format!("token-{number}")).collect();
    let calls = platform.requests().len();
    let error = read(&outbound, &caller, &platform).await.unwrap_err();
    assert!(
        matches!(error, CallError::Status { status: 401, .. }),
        "{error:?}"
    );
    assert_eq!(
        platform.requests().len() - calls,
        3,
        "refused, a new token, refused again, no more"
    );
}

#[tokio::test]
async fn what_the_token_endpoint_may_answer() {
    // its status line and body; the code, and whether waiting may help
    let check = async |status: &'static str, body: &'static str, code: &str, retryable: bool| {
        let platform = Platform::start(move |_| answer(status, "Retry-After: 30\r\n", body)).await;
        let (target, key) = (target(&platform), tool_key());
        let error = read(&outbound(), &caller(&target, &key, 0), &platform)
            .await
            .unwrap_err();
        assert_eq!(
            (error.code().as_str(), error.retryable()),
            (code, retryable),
            "{status} {body} {error}"
        );
        assert_eq!(
            error.retry_at(),
            status
                .starts_with(['5', '4'])
                .then(|| at(30))
                .filter(|_| retryable)
        );
        assert_eq!(platform.requests().len(), 1, "{status}");
    };
    let less = r#"{"access_token":"x","expires_in":3600,"scope":"https://purl.imsglobal.org/spec/lti-ags/scope/score"}"#;
    check("200 OK", less, "LTI-SVC-SCOPE", false).await;
    check(
        "200 OK",
        r#"{"access_token":"x","scope":""}"#,
        "LTI-SVC-SCOPE",
        false,
    )
    .await;
    check(
        "400 Bad Request",
        r#"{"error":"invalid_scope"}"#,
        "LTI-SVC-SCOPE",
        false,
    )
    .await;
    check(
        "400 Bad Request",
        r#"{"error":"invalid_client"}"#,
        "LTI-SVC-REFUSED",
        false,
    )
    .await;
    check(
        "400 Bad Request",
        r#"{ "error" : ""kid" invalid, unable to lookup" }"#,
        "LTI-SVC-REFUSED",
        false,
    )
    .await;
    check(
        "200 OK",
        "<html><body>Bảo trì</body></html>",
        "LTI-SVC-UNREACHABLE",
        true,
    )
    .await;
    check("200 OK", "{}", "LTI-SVC-REFUSED", false).await;
    check(
        "200 OK",
        "{\"access_token\":\"a b\\r\\nX: y\"}",
        "LTI-SVC-REFUSED",
        false,
    )
    .await;
    check("500 Error", "", "LTI-SVC-UNREACHABLE", true).await;
    check("503 Busy", "", "LTI-SVC-UNREACHABLE", true).await;
    check("429 Slow Down", "", "LTI-SVC-UNREACHABLE", true).await;
}

#[tokio::test]
async fn tokens_go_nowhere_else() {
    let home = platform(3600, Arc::default()).await;
    let elsewhere = Platform::start(|_| json("[]")).await;
    let (target, key, outbound) = (target(&home), tool_key(), outbound());
    let caller = caller(&target, &key, 0);
    let foreign = [
        elsewhere.url("/item"),
        home.url("/item").replace("127.0.0.1", "localhost"),
        home.url("/item").replace("http:", "https:"),
        home.url("/item").replace("//", "//moodle@"),
        "not an address".to_owned(),
    ];
    for url in foreign {
        let error = results::read(&outbound, &caller, &url, None).await.unwrap_err();
        assert_eq!(error.code().as_str(), "LTI-SVC-ORIGIN", "{url}");
        assert!(!error.retryable());
    }
    assert!(
        home.requests().is_empty() && elsewhere.requests().is_empty(),
        "not even a token was fetched"
    );
}
