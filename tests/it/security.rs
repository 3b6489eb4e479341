//! What an attacker tries beside bad tokens and broken forms: other people's sessions, requests from other sites,
//! headers that a browser would not send.

use practice_platform::STUDENTS;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderName},
};
use tests::{Answer, Browser, TestSite};
use url::Url;

async fn send(
    site: &TestSite,
    browser: &Browser,
    method: Method,
    path: &str,
    headers: &[(HeaderName, &str)],
    body: Option<&str>,
) -> Answer {
    let url = Url::parse(&site.url).unwrap().join(path).unwrap();
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.clone(), (*value).to_owned()))
        .collect();
    browser
        .send(method, &url, &headers, body.map(str::to_owned))
        .await
}

#[tokio::test]
async fn a_session_is_worth_nothing_elsewhere() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let initiation = site.platform.launch_initiation(STUDENTS[0], activity).unwrap();
    let browser = site.browser();
    let session = browser.launch(&initiation).await.session_id();
    let front = format!("/s/{session}/");
    let open = async |browser: &Browser| send(&site, browser, Method::GET, &front, &[], None).await.status;
    assert_eq!(open(&browser).await, StatusCode::OK);

    assert_eq!(open(&site.browser()).await, StatusCode::UNAUTHORIZED, "no cookie");
    let other = site.browser();
    other
        .launch(&site.platform.launch_initiation(STUDENTS[1], activity).unwrap())
        .await
        .session_id();
    assert_eq!(open(&other).await, StatusCode::UNAUTHORIZED, "another browser");
}

#[tokio::test]
async fn a_form_counts_only_when_our_own_page_sent_it() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let initiation = site.platform.launch_initiation(STUDENTS[0], activity).unwrap();
    let browser = site.browser();
    let page = browser.launch(&initiation).await;
    let path = format!("/s/{}/not-me", page.session_id());
    let token = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    let good = format!("csrf={token}");
    let own = site.url.as_str();
    let post = async |origin: Option<&str>, body: &str| {
        let mut headers = vec![(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
        headers.extend(origin.map(|origin| (header::ORIGIN, origin)));
        send(&site, &browser, Method::POST, &path, &headers, Some(body))
            .await
            .status
    };
    for origin in [None, Some("null"), Some("https://evil.example"), Some("")] {
        assert_eq!(post(origin, &good).await, StatusCode::FORBIDDEN, "{origin:?}");
    }
    assert_eq!(post(Some(own), "").await, StatusCode::FORBIDDEN, "no token");
    assert_eq!(
        post(Some(own), "csrf=x").await,
        StatusCode::FORBIDDEN,
        "another token"
    );
    assert_eq!(post(Some(own), &good).await, StatusCode::OK);
}

#[tokio::test]
async fn a_nul_is_the_senders_mistake_on_each_database() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let initiation = site.platform.launch_initiation(STUDENTS[0], activity).unwrap();
    let browser = site.browser();
    let session = browser.launch(&initiation).await.session_id();
    let check = async |path: &str, expected: StatusCode| {
        let answer = send(&site, &browser, Method::GET, path, &[], None).await;
        assert_eq!(answer.status, expected, "{path}: {}", answer.body);
        assert!(answer.headers.contains_key("content-security-policy"), "{path}");
    };
    check("/s/%00/", StatusCode::NOT_FOUND).await;
    check(&format!("/s/{session}/attempts/a%00b"), StatusCode::NOT_FOUND).await;
    check(
        "/lti/login?iss=%00&login_hint=1&target_link_uri=x",
        StatusCode::BAD_REQUEST,
    )
    .await;
}
