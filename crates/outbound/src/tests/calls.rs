//! One call: what keeps it from an answer, what is never followed, how much is taken.

use std::time::Duration;

use futures_util::future::Either;
use reqwest::Method;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::platform::{Platform, Reply, answer, json};
use super::{at, options, outbound};
use crate::client::{Answer, Call, Service};
use crate::{CallError, Cause, Options, Outbound};

const CAP: usize = 1000;

async fn get(outbound: &Outbound, url: &str) -> Result<Answer, CallError> {
    let call = Call {
        service: Service::KeySet,
        method: Method::GET,
        url,
        accept: "application/json",
        content: None,
        bearer: Some("ma-truy-cap"),
        cap: CAP,
        now: at(0),
    };
    outbound.send(call).await
}

/// What becomes of a raw answer: the status or the cause.
async fn outcome(bytes: &[u8]) -> Result<u16, Cause> {
    let bytes = bytes.to_vec();
    let platform = Platform::start(move |_| Reply::Bytes(bytes.clone())).await;
    let got = get(&outbound(), &platform.url("/x")).await;
    got.map(|answer| answer.status)
        .map_err(|error| error.cause().unwrap())
}

#[tokio::test]
async fn who_we_say_we_are() {
    let platform = Platform::start(|_| json("{}")).await;
    get(&outbound(), &platform.url("/a?b=c")).await.unwrap();
    let requests = platform.requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(request.line, "GET /a?b=c");
    assert_eq!(
        request.header("user-agent"),
        concat!("Taynghe/", env!("CARGO_PKG_VERSION"))
    );
    assert_eq!(request.header("accept"), "application/json");
    assert_eq!(request.header("authorization"), "Bearer ma-truy-cap");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let target = Platform::start(|_| json("{}")).await;
    let elsewhere = format!("Location: {}\r\n", target.url("/secret"));
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let headers = elsewhere.clone();
        let platform = Platform::start(move |_| answer(status, &headers, "")).await;
        let got = get(&outbound(), &platform.url("/")).await.unwrap();
        assert!(status.starts_with(&got.status.to_string()));
        assert!(matches!(got.success(), Err(CallError::Status { .. })));
    }
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn answers_that_break_off() {
    let check = async |bytes: &str, expected: Result<u16, Cause>| {
        assert_eq!(outcome(bytes.as_bytes()).await, expected, "{bytes:?}");
    };
    check("", Err(Cause::ClosedEarly)).await;
    check("HTTP/1.1 200 OK\r\n", Err(Cause::ClosedEarly)).await;
    check(
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        Err(Cause::ClosedEarly),
    )
    .await;
    check(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
        Err(Cause::ClosedEarly),
    )
    .await;
    check("SSH-2.0-OpenSSH_9.2\r\n", Err(Cause::ClosedEarly)).await;
    check("HTTP/1.1 200 OK\r\n\r\nuntil the end", Ok(200)).await;
    // Moodle puts the body that it refuses into its reason phrase
    check(
        "HTTP/1.1 400 Incorrect score received{\"comment\":\"Làm tốt\"}\r\nContent-Length: 2\r\n\r\n[]",
        Ok(400),
    )
    .await;
}

#[tokio::test]
async fn no_more_than_the_cap_is_taken() {
    let check = async |headers: &str, body: String, expected: Result<u16, Cause>| {
        let bytes = format!("HTTP/1.1 200 OK\r\n{headers}\r\n{body}");
        assert_eq!(
            outcome(bytes.as_bytes()).await,
            expected,
            "{headers:?} {}",
            body.len()
        );
    };
    let chunk = |length: usize| format!("{length:x}\r\n{}\r\n", "x".repeat(length));
    check(&format!("Content-Length: {CAP}\r\n"), "x".repeat(CAP), Ok(200)).await;
    check(
        &format!("Content-Length: {}\r\n", CAP + 1),
        String::new(),
        Err(Cause::TooLarge),
    )
    .await;
    check("", "x".repeat(CAP), Ok(200)).await;
    check("", "x".repeat(CAP + 1), Err(Cause::TooLarge)).await;
    check(
        "Transfer-Encoding: chunked\r\n",
        chunk(600) + &chunk(400) + "0\r\n\r\n",
        Ok(200),
    )
    .await;
    check(
        "Transfer-Encoding: chunked\r\n",
        chunk(600) + &chunk(401),
        Err(Cause::TooLarge),
    )
    .await;
}

#[tokio::test]
async fn a_small_answer_that_unpacks_into_a_large_one_is_not_taken() {
    // 20,000 times the digit 0, gzipped
    let packed: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01, 0x00, 0x00, 0x00,
        0xc2, 0xa0, 0x4a, 0xeb, 0x9f, 0xce, 0x1a, 0x1e, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xf0, 0x60, 0xbd, 0x0f, 0x1b, 0x8c,
        0x20, 0x4e, 0x00, 0x00,
    ];
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        packed.len()
    );
    assert_eq!(
        outcome(&[head.as_bytes(), packed].concat()).await,
        Err(Cause::TooLarge)
    );
}

#[tokio::test]
async fn nobody_there() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = get(&outbound(), &format!("http://127.0.0.1:{port}/"))
        .await
        .unwrap_err();
    assert_eq!(error.cause(), Some(Cause::Connect));
    assert!(error.retryable());
}

#[tokio::test]
async fn silence_ends_at_the_time_out() {
    let outbound = Outbound::new(Options {
        total_timeout: Duration::from_millis(100),
        ..options()
    })
    .unwrap();
    for bytes in [
        "",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
    ] {
        let platform = Platform::start(move |_| Reply::Silence(bytes)).await;
        let error = get(&outbound, &platform.url("/")).await.unwrap_err();
        assert_eq!(error.cause(), Some(Cause::Timeout), "{bytes:?}");
        assert!(error.retryable());
    }
}

#[tokio::test]
async fn https_where_none_is_spoken() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    let greet = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        stream
    };
    let outbound = outbound();
    let call = async { get(&outbound, &url).await.unwrap_err().cause() };
    // a machine without certificate authorities does not even connect
    let cause = match futures_util::future::select(Box::pin(greet), Box::pin(call)).await {
        Either::Left((_stream, call)) => call.await,
        Either::Right((cause, _)) => cause,
    };
    assert!(
        matches!(cause, Some(Cause::Tls | Cause::NoAuthorities)),
        "{cause:?}"
    );
}

#[tokio::test]
async fn a_web_page_is_no_data_whatever_it_calls_itself() {
    let check = async |media_type: &str, body: &'static str, is_page: bool| {
        let headers = format!("Content-Type: {media_type}\r\n");
        let platform = Platform::start(move |_| answer("200 OK", &headers, body)).await;
        let got = get(&outbound(), &platform.url("/")).await.unwrap().success();
        assert_eq!(
            matches!(&got, Err(CallError::Html { status: 200, .. })),
            is_page,
            "{media_type} {body}"
        );
    };
    check("text/html", "<!DOCTYPE html><title>Bảo trì</title>", true).await;
    check("application/json", "\u{feff} \n<html></html>", true).await;
    check("text/html; charset=utf-8", "{\"access_token\": \"x\"}", false).await;
}

#[tokio::test]
async fn errors_name_the_host_and_nothing_more() {
    let platform =
        Platform::start(|_| answer("503 Busy", "Retry-After: 120\r\n", "{\"name\":\"Nguyễn An\"}")).await;
    let error = get(&outbound(), &platform.url("/nguoi-hoc/5?ma=bi-mat"))
        .await
        .unwrap()
        .success()
        .unwrap_err();
    assert_eq!(error.to_string(), "127.0.0.1 answered 503");
    assert_eq!(error.retry_at(), Some(at(120)));
    assert!(error.retryable());
    assert_eq!(error.code().as_str(), "LTI-SVC-UNREACHABLE");
}
