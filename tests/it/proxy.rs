//! Behind nginx and Caddy, each set up exactly as docs/admin/running.md says: the real programs before a real `taynghe
//! serve`. What has to pass unchanged, and whose address Taynghe sees. `./run test` fetches both programs.

mod college;
mod examples;

use college::{College, Proxy};
use practice_platform::{COURSE, INSTRUCTOR, Message, STUDENTS};
use reqwest::{
    Method, StatusCode, Version,
    header::{self, HeaderMap, HeaderName},
};
use serde_json::json;
use tests::{Answer, Browser};
use url::Url;

/// How many refusals of one address are recorded: `FAILURES` in web/limits.rs.
const RECORDED: i64 = 300;
/// Only these two addresses send something that is refused.
const ATTACKER: [u8; 4] = [127, 0, 0, 2];
const SOMEBODY_ELSE: [u8; 4] = [127, 0, 0, 3];
const ONCE: [&str; 2] = ["/administration/once-only-1", "/lti/register/once-only-2"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nginx_as_the_guide_sets_it_up() {
    check(Proxy::Nginx).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn caddy_as_the_guide_sets_it_up() {
    check(Proxy::Caddy).await;
}

async fn check(proxy: Proxy) {
    let college = College::open(proxy).await;
    check_launch(&college).await;
    check_large_token(&college).await;
    check_editor(&college).await;
    check_headers(&college).await;
    check_long_hints(&college).await;
    check_compression(&college).await;
    check_addresses(&college).await;
    check_log(college).await;
}

/// A whole launch over https, as browsers do it: HTTP/2, addresses of ours in public form, cookies for a frame.
async fn check_launch(college: &College) {
    let client = college.client(SOMEBODY_ELSE);
    let initiation = college.initiation(STUDENTS[0]);
    let login = client
        .post(&initiation.action)
        .form(&initiation.fields)
        .send()
        .await
        .expect("an answer");
    assert_eq!(login.version(), Version::HTTP_2);
    assert_eq!(login.status(), StatusCode::FOUND);
    let to_platform = Url::parse(login.headers()["location"].to_str().unwrap()).unwrap();
    let back = to_platform.query_pairs().find(|(name, _)| name == "redirect_uri");
    assert_eq!(
        back.expect("where to come back").1,
        format!("{}/lti/launch", college.url)
    );
    let cookies: Vec<_> = login.headers().get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(cookies.len(), 2, "of the browser, and of this login: {cookies:?}");
    for cookie in cookies {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for attribute in [
            "; Path=/;",
            "; Secure;",
            "; HttpOnly;",
            "; SameSite=None;",
            "; Partitioned;",
        ] {
            assert!(cookie.contains(attribute), "{attribute} {cookie}");
        }
    }

    let page = college.browser().launch(&initiation).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(
        page.url.as_str().starts_with(&format!("{}/s/", college.url)),
        "{}",
        page.url
    );
}

/// A token with so many custom parameters that it is almost as large as a token may be (64 KiB).
async fn check_large_token(college: &College) {
    let browser = college.browser();
    let initiation = college.initiation(STUDENTS[1]);
    let login = college
        .send(&browser, Method::POST, "/lti/login", &[], &initiation.fields)
        .await;
    let request = Url::parse(login.header("location")).expect("the authentication request");
    let parameter = |wanted: &str| {
        let found = request.query_pairs().find(|(name, _)| name == wanted);
        found.expect("each request has it").1.into_owned()
    };
    let message = Message::ResourceLink {
        activity: college.activity,
    };
    let claims = college
        .platform
        .launch_claims(STUDENTS[1], message, &parameter("nonce"));
    let mut claims = claims.expect("the platform knows both");
    claims[lti::claim::CUSTOM]["much"] = json!("x".repeat(44 * 1024));
    let fields = [
        ("id_token".to_owned(), college.platform.sign(&claims)),
        ("state".to_owned(), parameter("state")),
    ];
    assert!(fields[0].1.len() > 60 * 1024);
    let launched = college
        .send(&browser, Method::POST, "/lti/launch", &[], &fields)
        .await;
    assert_eq!(launched.status, StatusCode::SEE_OTHER, "{}", launched.body);
}

/// The editor's form has up to 4 MiB; a larger one is refused by our page, not by the proxy's.
async fn check_editor(college: &College) {
    let browser = college.browser();
    let initiation = college
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, college.tool);
    let picker = browser.launch(&initiation.expect("it knows the tool")).await;
    let editor = crate::authoring::press(&browser, &picker, "q", "new", &[]).await;
    assert_eq!(editor.status, StatusCode::OK, "{}", editor.all_text());
    let stem = "x".repeat(4 * 1024 * 1024 - 8 * 1024);
    let press = |stem| {
        let changes = [("q1_stem", stem)];
        let (browser, editor) = (&browser, &editor);
        async move { crate::authoring::press(browser, editor, "title", "add:true_false", &changes).await }
    };
    let changed = press(&stem).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_eq!(
        changed.count("#q2_stem"),
        1,
        "the form came back with a question more"
    );

    let refused = press(&"x".repeat(4 * 1024 * 1024 + 8 * 1024)).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.code().as_deref(), Some("WEB-TOO-LARGE"));
}

/// Each kind of answer has the security headers, each of them once.
async fn check_headers(college: &College) {
    let browser = college.browser();
    let fields = college.initiation(STUDENTS[2]).fields;
    let get = |path| college.send(&browser, Method::GET, path, &[], &[]);
    check_secure(&get("/").await, StatusCode::OK);
    check_secure(&get("/healthz").await, StatusCode::OK);
    check_secure(&get("/icon.svg").await, StatusCode::OK);
    check_secure(&get("/no/such/address").await, StatusCode::NOT_FOUND);
    check_secure(&get(ONCE[0]).await, StatusCode::UNAUTHORIZED);
    check_secure(&get("/lti/launch").await, StatusCode::BAD_REQUEST);
    let login = college
        .send(&browser, Method::POST, "/lti/login", &[], &fields)
        .await;
    check_secure(&login, StatusCode::FOUND);
}

#[track_caller]
fn check_secure(answer: &Answer, status: StatusCode) {
    assert_eq!(answer.status, status, "{}", answer.url);
    let once = |name: &str| {
        let values: Vec<_> = answer.headers.get_all(name).iter().collect();
        assert_eq!(values.len(), 1, "{name} at {}: {values:?}", answer.url);
        values[0].to_str().expect("ASCII").to_owned()
    };
    assert!(once("strict-transport-security").starts_with("max-age="));
    assert!(once("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(once("x-content-type-options"), "nosniff");
    assert_eq!(once("referrer-policy"), "same-origin");
    once("cache-control");
    once("permissions-policy");
    assert!(!answer.headers.contains_key("x-frame-options"), "{}", answer.url);
}

/// Some platforms put a whole token into their hints, of up to 4 KiB each: they come back in a header.
async fn check_long_hints(college: &College) {
    let hint = "h".repeat(4 * 1024);
    let with = |names: &[&str]| {
        let mut fields = college.initiation(STUDENTS[3]).fields;
        fields.retain(|(name, _)| !names.contains(&name.as_str()));
        fields.extend(names.iter().map(|name| ((*name).to_owned(), hint.clone())));
        fields
    };
    let browser = college.browser();
    let framed = [(HeaderName::from_static("sec-fetch-dest"), "iframe".to_owned())];
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(with(&["lti_message_hint"]))
        .finish();
    let path = format!("/lti/login?{query}");
    let probe = college.send(&browser, Method::GET, &path, &framed, &[]).await;
    assert_eq!(probe.status, StatusCode::TEMPORARY_REDIRECT, "{}", probe.body);
    let path = probe.header("location");
    let login = college.send(&browser, Method::GET, path, &framed, &[]).await;
    assert_eq!(login.status, StatusCode::FOUND, "{}", login.body);
    assert_eq!(login.header("location").matches(&hint).count(), 1);

    let fields = with(&["login_hint", "lti_message_hint"]);
    let login = college
        .send(&browser, Method::POST, "/lti/login", &[], &fields)
        .await;
    assert_eq!(login.status, StatusCode::FOUND, "{}", login.body);
    assert_eq!(login.header("location").matches(&hint).count(), 2);
}

/// Pages and files arrive compressed as the browser asked, once.
async fn check_compression(college: &College) {
    let client = college.client(SOMEBODY_ELSE);
    let fetch = async |accepted: &str| {
        let answer = client
            .get(format!("{}/", college.url))
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_ENCODING, accepted)
            .send()
            .await
            .expect("an answer");
        let headers: HeaderMap = answer.headers().clone();
        let encodings: Vec<String> = headers
            .get_all(header::CONTENT_ENCODING)
            .iter()
            .map(|value| value.to_str().unwrap().to_owned())
            .collect();
        (encodings, answer.bytes().await.expect("a body"))
    };
    let (encodings, plain) = fetch("identity").await;
    assert!(encodings.is_empty() && plain.starts_with(b"<!"), "{encodings:?}");
    for encoding in ["br", "gzip"] {
        let (encodings, compressed) = fetch(encoding).await;
        assert_eq!(encodings, [encoding]);
        assert!(
            compressed.len() < plain.len() / 2 + 200,
            "{encoding}: {} of {}",
            compressed.len(),
            plain.len()
        );
    }
}

/// Refusals are counted by address. What a visitor writes into the headers changes nothing: the one address is full,
/// the other one has its own count.
async fn check_addresses(college: &College) {
    let before = college.database.count("refusals").await;
    let attacker = college.client(ATTACKER);
    for number in 0..RECORDED + 5 {
        let forged = format!("203.0.113.{}", number % 250);
        refuse(college, &attacker, Some(&forged)).await;
    }
    assert_eq!(college.database.count("refusals").await, before + RECORDED);
    refuse(college, &college.client(SOMEBODY_ELSE), None).await;
    assert_eq!(college.database.count("refusals").await, before + RECORDED + 1);
}

async fn refuse(college: &College, client: &reqwest::Client, forged: Option<&str>) {
    let mut request = client
        .post(format!("{}/lti/launch", college.url))
        .form(&[("id_token", "none"), ("state", "none")]);
    for name in ["X-Forwarded-For", "X-Real-IP", "Forwarded"] {
        if let Some(forged) = forged {
            request = request.header(name, forged);
        }
    }
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_client_error(), "{}", answer.status());
}

/// The proxy's log names what was asked for, but no address that opens something once.
async fn check_log(college: College) {
    let browser = college.browser();
    for path in ONCE.into_iter().chain(["/in-the-log"]) {
        college.send(&browser, Method::GET, path, &[], &[]).await;
    }
    let log = college.close();
    assert!(log.contains("/in-the-log"), "{log}");
    assert!(!log.contains("once-only"), "{log}");
}

impl College {
    /// One request of a browser to our public address, no redirect followed.
    async fn send(
        &self,
        browser: &Browser,
        method: Method,
        path: &str,
        headers: &[(HeaderName, String)],
        fields: &[(String, String)],
    ) -> Answer {
        let url = Url::parse(&self.url).unwrap().join(path).unwrap();
        let mut headers = headers.to_vec();
        headers.push((header::ACCEPT, "text/html".to_owned()));
        let body = (!fields.is_empty()).then(|| {
            headers.push((
                header::CONTENT_TYPE,
                "application/x-www-form-urlencoded".to_owned(),
            ));
            url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(fields)
                .finish()
        });
        browser.send(method, &url, &headers, body).await
    }
}
