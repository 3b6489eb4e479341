//! Dynamic registration: the configuration fetched and judged, the request sent, the answers read.

use serde_json::json as value;

use super::platform::{Platform, answer, json};
use super::{at, outbound};
use crate::registration::{read_configuration, read_registered, register};

fn configuration(origin: &str) -> String {
    value!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/auth"),
        "token_endpoint": format!("{origin}/token"),
        "jwks_uri": format!("{origin}/jwks"),
        "registration_endpoint": format!("{origin}/register"),
        "id_token_signing_alg_values_supported": ["RS256"],
    })
    .to_string()
}

#[tokio::test]
async fn a_configuration_is_read() {
    let platform =
        Platform::start(|request| json(&configuration(&format!("http://{}", request.header("host"))))).await;
    let got = read_configuration(&outbound(), &platform.url("/c.php?x=y"), None, at(0))
        .await
        .unwrap();
    assert_eq!(got.jwks_uri, platform.url("/jwks"));
    let request = platform.requests().pop().unwrap();
    assert_eq!(request.line, "GET /c.php?x=y");
    assert_eq!(request.header("authorization"), "");
    // Canvas answers only who shows the token that it gave
    let token = Some("odd.registration.token");
    let got = read_configuration(&outbound(), &platform.url("/c"), token, at(0)).await;
    assert!(got.is_ok(), "{got:?}");
    let request = platform.requests().pop().unwrap();
    assert_eq!(request.header("authorization"), "Bearer odd.registration.token");
    let got = read_configuration(&outbound(), &platform.url("/c"), Some("a\r\nb"), at(0)).await;
    assert_eq!(got.unwrap_err().code().as_str(), "LTI-REG-REFUSED");
}

#[tokio::test]
async fn what_a_platform_holds_of_us_is_read_with_its_token() {
    let platform = Platform::start(|request| match request.header("authorization") {
        "Bearer secret" => json(r#"{"client_id":"a","redirect_uris":["https://tool.example/lti/launch"]}"#),
        _ => answer("401 Unauthorized", "", r#"{"error":"invalid_token"}"#),
    })
    .await;
    let read = async |token: &str| {
        let management = lti::registration::Management {
            url: platform.url("/clients/a"),
            token: token.to_owned(),
        };
        read_registered(&outbound(), &management, at(0)).await
    };
    let got = read("secret").await.unwrap();
    assert_eq!(got.client_id, "a");
    let redirects = got.stored.redirect_uris.unwrap();
    assert_eq!(redirects, ["https://tool.example/lti/launch"]);
    assert_eq!(platform.requests().pop().unwrap().line, "GET /clients/a");
    assert_eq!(read("old").await.unwrap_err().code().as_str(), "LTI-REG-REFUSED");
}

#[tokio::test]
async fn configurations_that_will_not_do() {
    let check = async |status: &'static str, headers: &'static str, body: String, code: &str| {
        let platform = Platform::start(move |_| answer(status, headers, &body)).await;
        let error = read_configuration(&outbound(), &platform.url("/c"), None, at(0))
            .await
            .unwrap_err();
        assert_eq!(error.code().as_str(), code, "{status} {error}");
    };
    check("404 Not Found", "", String::new(), "LTI-REG-URL").await;
    check("302 Found", "Location: /other\r\n", String::new(), "LTI-REG-URL").await;
    check("200 OK", "", "<html></html>".to_owned(), "LTI-REG-URL").await;
    check("200 OK", "", "nothing".to_owned(), "LTI-REG-URL").await;
    check("200 OK", "", "x".repeat(256 * 1024 + 1), "LTI-REG-URL").await;
    check(
        "200 OK",
        "",
        configuration("https://evil.example"),
        "LTI-REG-ISSUER",
    )
    .await;
    check("200 OK", "", "{}".to_owned(), "LTI-REG-INCOMPLETE").await;
}

#[tokio::test]
async fn a_registration_is_sent() {
    let body = r#"{"client_id":"ZEA","https://purl.imsglobal.org/spec/lti-tool-configuration":{"deployment_id":"7"}}"#;
    let platform = Platform::start(move |_| json(body)).await;
    let request = value!({"client_name": "Taynghe"});
    let got = register(
        &outbound(),
        &platform.url("/register"),
        Some("ma.dang.ky"),
        &request,
        at(0),
    )
    .await
    .unwrap();
    assert_eq!(
        (got.client_id.as_str(), got.deployment_id.as_deref()),
        ("ZEA", Some("7"))
    );
    let sent = platform.requests().pop().unwrap();
    assert_eq!(sent.line, "POST /register");
    assert_eq!(sent.header("content-type"), "application/json");
    assert_eq!(sent.header("accept"), "application/json");
    assert_eq!(sent.header("authorization"), "Bearer ma.dang.ky");
    assert_eq!(sent.body, request.to_string());
}

#[tokio::test]
async fn registrations_that_are_refused() {
    let check =
        async |status: &'static str, body: &'static str, token: Option<&str>, code: &str, calls: usize| {
            let platform =
                Platform::start(move |_| answer(status, "Content-Type: text/html\r\n", body)).await;
            let got = register(&outbound(), &platform.url("/"), token, &value!({}), at(0)).await;
            let error = got.unwrap_err();
            assert_eq!(error.code().as_str(), code, "{status} {error}");
            assert_eq!(platform.requests().len(), calls);
            assert!(!error.to_string().contains("ma.dang.ky"));
        };
    let token = Some("ma.dang.ky");
    check(
        "401 Unauthorized",
        "token_already_used",
        token,
        "LTI-REG-REFUSED",
        1,
    )
    .await;
    check("400 Bad Request", "missing_domain", None, "LTI-REG-REFUSED", 1).await;
    check("404 Not Found", "<html></html>", token, "LTI-REG-REFUSED", 1).await;
    check("302 Found", "", token, "LTI-REG-REFUSED", 1).await;
    check("500 Error", "", token, "LTI-SVC-UNREACHABLE", 1).await;
    check("200 OK", "{}", token, "LTI-REG-INCOMPLETE", 1).await;
    check("200 OK", "{}", Some("a\r\nX-Y: z"), "LTI-REG-REFUSED", 0).await;
    check("200 OK", "{}", Some("a b"), "LTI-REG-REFUSED", 0).await;
}
