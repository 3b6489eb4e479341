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

#[tokio::test]
async fn what_a_stranger_wrote_is_read_by_nobody_of_several_organisations() {
    let (site, first) = TestSite::connected().await;
    let refused = async |issuer: &str| {
        let query = [
            ("iss", issuer),
            ("login_hint", "1"),
            ("target_link_uri", &site.url),
        ];
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query)
            .finish();
        let answer = site.browser().get(&format!("/lti/login?{query}")).await;
        assert_eq!(answer.code().as_deref(), Some("LTI-LOG-UNKNOWN"), "{issuer}");
    };
    let shown = async |organisation_id: &str| {
        let id = organisation_id.to_owned();
        let read = site
            .database
            .open()
            .await
            .read(move |c| storage::refusals::list(c, &id, 20))
            .await;
        read.unwrap().len()
    };
    refused("https://stranger.example").await;
    assert_eq!(
        shown(&first.organisation_id).await,
        1,
        "there is nobody else to tell"
    );

    let endpoint = |path: &str| format!("https://moodle.cdkn.edu.vn/{path}");
    let second = app::registration::add(
        &site.app,
        Some("Trường Cao đẳng Kỹ nghệ".to_owned()),
        app::registration::Endpoints {
            issuer: endpoint(""),
            client_id: "c".to_owned(),
            auth_login_url: endpoint("auth"),
            token_url: endpoint("token"),
            jwks_url: endpoint("keys"),
            deployment_id: "1".to_owned(),
        },
    );
    let second = second.await.unwrap().registration.organisation_id;
    assert_eq!(
        (shown(&first.organisation_id).await, shown(&second).await),
        (0, 0)
    );
    refused("https://moodle.cdkn.edu.vn/moved").await;
    refused("https://stranger.example").await;
    assert_eq!(
        (shown(&first.organisation_id).await, shown(&second).await),
        (0, 1)
    );
    let strangers = app::refusal::of_nobody(&site.app).await.unwrap();
    assert_eq!(strangers, [("LTI-LOG-UNKNOWN".to_owned(), 2)], "for the doctor");
}

#[tokio::test]
async fn an_address_without_tls_asks_for_none() {
    let site = TestSite::start().await;
    let answer = site.browser().get("/healthz").await;
    assert_eq!(answer.header("strict-transport-security"), "");
}
