//! Bad input: what no page of ours and no platform would send. The answer is a clear page, or problem+json (RFC 9457)
//! for a reader that takes no page; never a stack trace, an empty body or a dropped connection.

use practice_platform::User;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderName},
};
use tests::Answer;
use url::Url;

use crate::refusal::{Scene, Sent, code, set};

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";
const FORM: &str = "application/x-www-form-urlencoded";

struct Raw<'a> {
    method: Method,
    path: &'a str,
    content_type: Option<&'a str>,
    body: String,
}

impl<'a> Raw<'a> {
    fn get(path: &'a str) -> Self {
        Self::bare(Method::GET, path)
    }

    fn bare(method: Method, path: &'a str) -> Self {
        Self {
            method,
            path,
            content_type: None,
            body: String::new(),
        }
    }

    fn form(path: &'a str, body: impl Into<String>) -> Self {
        Self::body(path, FORM, body)
    }

    fn body(path: &'a str, content_type: &'a str, body: impl Into<String>) -> Self {
        Self {
            method: Method::POST,
            path,
            content_type: Some(content_type),
            body: body.into(),
        }
    }
}

async fn send(scene: &Scene, raw: &Raw<'_>, accept: Option<&str>) -> Answer {
    // Put together by hand: a URL that was parsed would be corrected.
    let url = Url::parse(&scene.site.url).unwrap().join(raw.path).unwrap();
    let mut headers: Vec<(HeaderName, String)> = vec![(header::ACCEPT_LANGUAGE, "en".to_owned())];
    headers.extend(accept.map(|accept| (header::ACCEPT, accept.to_owned())));
    headers.extend(
        raw.content_type
            .map(|value| (header::CONTENT_TYPE, value.to_owned())),
    );
    let body = raw.content_type.map(|_| raw.body.clone());
    scene
        .browser()
        .send(raw.method.clone(), &url, &headers, body)
        .await
}

// The same refusal as a page and as problem+json; nothing is stored either way.
async fn check(scene: &Scene, raw: &Raw<'_>, expected: &str) {
    let about = format!("{} {}", raw.method, &raw.path[..raw.path.len().min(80)]);
    let before = scene.site.database.contents().await;

    let page = send(scene, raw, Some(PAGE)).await;
    assert_eq!(page.code().as_deref(), Some(expected), "{about}: {}", page.body);
    assert_eq!(
        page.status.as_u16(),
        web::status_of(code(expected)).as_u16(),
        "{about}"
    );
    assert!(page.header("content-type").starts_with("text/html"), "{about}");
    assert!(page.trace_id().is_some_and(|id| id.len() == 32), "{about}");
    check_harmless(&page, &about);

    for accept in [
        Some("application/json"),
        Some("application/problem+json"),
        Some("*/*"),
        None,
    ] {
        let problem = send(scene, raw, accept).await;
        assert_eq!(
            problem.header("content-type"),
            "application/problem+json",
            "{about} {accept:?}"
        );
        assert_eq!(problem.status, page.status, "{about}");
        let json = problem.json();
        assert_eq!(json["code"], expected, "{about}");
        assert_eq!(json["status"], page.status.as_u16(), "{about}");
        assert!(
            json["type"].as_str().is_some_and(|kind| kind.ends_with(expected)),
            "{about}"
        );
        assert!(
            json["instance"]
                .as_str()
                .is_some_and(|id| id.starts_with("urn:taynghe:trace:")),
            "{about}"
        );
        for text in ["title", "detail"] {
            assert!(
                json[text].as_str().is_some_and(|text| text.len() > 5),
                "{about}: {json}"
            );
        }
        check_harmless(&problem, &about);
    }
    let after = scene.site.database.contents().await;
    assert_eq!(before, after, "{about}: only refused launches leave a record");
}

fn check_harmless(answer: &Answer, about: &str) {
    for leak in [
        "panicked", "src/", ".rs:", "stack", "thread '", "SELECT ", "diesel", "actix",
    ] {
        assert!(!answer.body.contains(leak), "{leak} in {about}: {}", answer.body);
    }
    assert!(
        answer
            .header("content-security-policy")
            .contains("default-src 'none'"),
        "{about}"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{about}");
    assert_eq!(answer.header("cache-control"), "no-store", "{about}");
}

#[tokio::test]
async fn addresses_methods_and_media_types_that_are_none() {
    let scene = Scene::set().await;
    let long = format!("/{}", "x".repeat(6000));
    for path in [
        "/nope",
        "/lti",
        "/lti/login/more",
        "/static/nothing.css",
        "/static/..%2f..%2fetc%2fpasswd",
        "/%ff%fe",
        "/s/",
        &long,
    ] {
        check(&scene, &Raw::get(path), "WEB-NOT-FOUND").await;
    }
    check(&scene, &Raw::form("/nope", "a=1"), "WEB-NOT-FOUND").await;
    for method in ["PUT", "DELETE", "PATCH", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        for path in ["/lti/login", "/lti/launch", "/lti/jwks", "/s/x/not-me"] {
            check(&scene, &Raw::bare(method.clone(), path), "WEB-METHOD").await;
        }
    }
    check(&scene, &Raw::get("/s/x/not-me"), "WEB-METHOD").await;
    for content_type in [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
        "x",
    ] {
        for path in ["/lti/login", "/lti/launch", "/s/x/not-me"] {
            check(&scene, &Raw::body(path, content_type, "{}"), "WEB-MEDIA-TYPE").await;
        }
    }
}

#[tokio::test]
async fn forms_that_cannot_be_read() {
    let scene = Scene::set().await;
    let large = format!("id_token={}", "x".repeat(200_000));
    check(&scene, &Raw::form("/s/x/not-me", large.clone()), "WEB-SESSION").await;
    for path in ["/lti/login", "/lti/launch"] {
        check(&scene, &Raw::form(path, large.clone()), "WEB-TOO-LARGE").await;
        check(&scene, &Raw::form(path, "state=%FF%FE"), "WEB-FORM").await;
        check(&scene, &Raw::form(path, "%C0%AF=1"), "WEB-FORM").await;
    }
    for path in ["/lti/launch", "/s/x/not-me"] {
        check(&scene, &Raw::form(path, "state=a&state=b"), "WEB-FORM").await;
        check(&scene, &Raw::form(path, "csrf=a&csrf=a"), "WEB-FORM").await;
    }
    check(&scene, &Raw::get("/lti/login?iss=%FF"), "WEB-FORM").await;
    for body in ["", "&&&", "=", "%", "a", "a=%zz", "+=+"] {
        let answer = send(&scene, &Raw::form("/lti/launch", body), Some(PAGE)).await;
        assert_eq!(
            answer.code().as_deref(),
            Some("LTI-TOK-FORMAT"),
            "{body}: {}",
            answer.body
        );
    }
}

/// Bytes that are not even percent-encoded, sent past any library that would correct them.
#[tokio::test]
async fn bytes_that_are_no_http() {
    use std::io::{Read, Write};
    let scene = Scene::set().await;
    let address = scene.site.url.trim_start_matches("http://").to_owned();
    let check = |request: &[u8], statuses: &[u16]| {
        let mut connection = std::net::TcpStream::connect(&address).unwrap();
        connection
            .set_read_timeout(Some(std::time::Duration::from_secs(10)))
            .unwrap();
        connection.write_all(request).unwrap();
        connection.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status: u16 = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        let about = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        assert!(statuses.contains(&status), "{about}: {answer}");
        assert!(!answer.contains("panicked"), "{about}: {answer}");
    };
    let post = |body: &[u8], length: usize| {
        let head = format!(
            "POST /lti/launch HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n\
             content-type: {FORM}\r\ncontent-length: {length}\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    };
    check(&post(b"state=\xff\xfe\x00", 9), &[400]);
    check(&post(b"state=1", 100), &[400, 0]);
    check(
        b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        &[400, 404],
    );
    check(b"GET /nope HTTP/1.1\r\nhost: x\r\ncookie: \xff=\xff; a\r\naccept-language: \xff\r\naccept: \xff\r\nconnection: close\r\n\r\n", &[404]);
    check(b"nonsense\r\n\r\n", &[400]);
    let healthy = send(&scene, &Raw::get("/healthz"), None).await;
    assert_eq!(healthy.status, StatusCode::OK, "and it goes on working");
}

#[tokio::test]
async fn names_that_are_a_trap() {
    let scene = Scene::set().await;
    let marks = ['\u{202e}', '\u{2066}', '\u{200f}', '\u{0}', '\u{7}', '\u{feff}'];
    let long: String = "\u{202e}Nguyễn \u{2066}\u{0}Văn ".repeat(10_000 / 14);
    for name in [
        long.as_str(),
        "</script><script>alert(1)</script>",
        "\u{202e}gnp.exe",
        "\u{0}\u{7}",
        "   ",
    ] {
        scene.site.platform.add_user(User {
            id: 77,
            username: "trap".to_owned(),
            given_name: name.to_owned(),
            family_name: "Nguyễn".to_owned(),
            person_sourcedid: "\u{202e}1\u{7}".to_owned(),
            email: format!("{}@example.vn", "x".repeat(1_000)),
        });
        let browser = scene.browser();
        let initiation = scene.site.platform.launch_initiation(77, scene.activity).unwrap();
        let page = browser.launch(&initiation).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        page.session_id();
        assert!(!page.body.contains(marks), "{}", page.body);
        assert!(!page.body.contains("<script>alert"), "{}", page.body);
        let shown = page.text(".name").unwrap_or_default();
        assert!(shown.chars().count() <= 2 * 255 + 1, "{shown}");
    }
    let stored = "SELECT COALESCE(given_name, '') || COALESCE(email, '') FROM identities";
    for stored in scene.site.database.texts(stored).await {
        assert!(
            !stored.contains(marks) && stored.chars().count() <= 255,
            "{stored}"
        );
    }
}

/// Ids in addresses are anybody's text.
#[tokio::test]
async fn ids_that_are_none() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let session = browser.launch(&scene.initiation()).await.session_id();
    let check = async |id: &str, expected: &str| {
        let page = browser.get(&format!("/s/{id}/")).await;
        assert_eq!(page.code().as_deref(), Some(expected), "{id}: {}", page.body);
        let page = browser.get(&format!("/s/{session}/attempts/{id}")).await;
        assert_eq!(
            page.code().as_deref(),
            Some("WEB-NOT-FOUND"),
            "{id}: {}",
            page.body
        );
    };
    for id in [
        "x",
        "%F0%9F%94%A7",
        "'%20OR%20''='",
        "..%2f..",
        "%FF",
        &"x".repeat(2_000),
    ] {
        check(id, "WEB-SESSION").await;
    }
    for id in ["%00", "a%00b"] {
        check(id, "WEB-NOT-FOUND").await;
    }
}

/// What went wrong inside stays inside.
#[tokio::test]
async fn our_own_mistakes_are_said_without_details() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    scene
        .site
        .database
        .execute("ALTER TABLE login_states RENAME TO gone")
        .await;
    let mut sent = Sent::post("/lti/login", &[]);
    sent.fields = scene.initiation().fields;
    for language in ["vi", "en", "de"] {
        let answer = scene.send(&browser, &sent, language).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.code().as_deref(), Some("SYS-INTERNAL"), "{}", answer.body);
        assert_eq!(answer.attributes("html", "lang"), [language]);
        assert!(!answer.body.contains("login_states"), "{}", answer.body);
        check_harmless(&answer, "a missing table");
    }
}

/// A writer that does not let go: the request is given up in time, and the page says that trying again helps.
#[tokio::test]
async fn a_database_that_is_busy() {
    let scene = Scene::set().await;
    let login = {
        let browser = scene.browser();
        let login = scene.log_in(&browser).await;
        (browser, login)
    };
    let lock = scene.site.database.lock().await;
    let token = scene.site.platform.sign(&{
        let mut claims = scene.claims(&login.1);
        set(&mut claims, "name", "Nguyễn Văn A");
        claims
    });
    let sent = Sent::launch(&token, &login.1.state);
    let answer = scene.send(&login.0, &sent, "vi").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert_eq!(answer.code().as_deref(), Some("SYS-BUSY"), "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "5");
    lock.release().await;
    let answer = scene.send(&login.0, &sent, "vi").await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "the same form once more: {}",
        answer.body
    );
}

#[tokio::test]
async fn another_method_is_told_which_ones_there_are() {
    let scene = Scene::set().await;
    for (method, path, expected) in [
        (Method::DELETE, "/healthz", "GET"),
        (Method::POST, "/lti/jwks", "GET"),
        (Method::PUT, "/lti/login", "GET, POST"),
        (Method::GET, "/s/x/attempts/y/entries", "PUT"),
    ] {
        let answer = send(&scene, &Raw::bare(method.clone(), path), Some(PAGE)).await;
        assert_eq!(answer.code().as_deref(), Some("WEB-METHOD"), "{method} {path}");
        assert_eq!(answer.header("allow"), expected, "{method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let scene = Scene::set().await;
    let url = Url::parse(&scene.site.url).unwrap();
    let address = format!("127.0.0.1:{}", url.port().unwrap());
    let mut line = tokio::net::TcpStream::connect(address).await.unwrap();
    let begun = format!(
        "POST /lti/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\nContent-Length: 1000\r\n\r\niss="
    );
    line.write_all(begun.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // The server ends the connection: the rest of the body is no request.
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("WEB-SLOW"), "{answer}");
}
