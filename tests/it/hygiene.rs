//! What a page in a frame and a public address owe the web (OWASP), beside tokens, forms and sessions: who may read our
//! answers, what our key set shows, and that nothing a teacher can type gives rights.

use practice_platform::STUDENTS;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderName},
};
use serde_json::{Value, json};
use tests::{Answer, TestSite};
use url::Url;

use crate::refusal::{Scene, Sent, set};

/// Another origin may send us things, and never reads what we answer.
#[tokio::test]
async fn no_other_origin_reads_our_answers() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let session = browser.launch(&scene.initiation()).await.session_id();
    let ask = async |method: Method, path: &str| -> Answer {
        let url = Url::parse(&scene.site.url).unwrap().join(path).unwrap();
        let headers = [
            (header::ORIGIN, "https://evil.example".to_owned()),
            (
                HeaderName::from_static("access-control-request-method"),
                "PUT".to_owned(),
            ),
            (
                HeaderName::from_static("access-control-request-headers"),
                "x-csrf-token".to_owned(),
            ),
        ];
        browser.send(method, &url, &headers, None).await
    };
    let front = format!("/s/{session}/");
    for path in [
        "/",
        "/lti/login",
        "/lti/launch",
        "/healthz",
        "/nope",
        front.as_str(),
    ] {
        for method in [Method::GET, Method::OPTIONS, Method::HEAD] {
            let answer = ask(method.clone(), path).await;
            let open = answer
                .headers
                .keys()
                .find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(open, None, "{method} {path}");
            assert!(
                method != Method::OPTIONS || !answer.status.is_success(),
                "{path}: {}",
                answer.status
            );
        }
    }
}

/// Modulus and exponent, and what says how to use them; kept by platforms for a while.
#[tokio::test]
async fn our_key_set_shows_public_parts_only() {
    let site = TestSite::start().await;
    let answer = site.browser().get("/lti/jwks").await;
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    assert!(!keys.is_empty());
    for key in keys {
        for name in key.as_object().unwrap().keys() {
            assert!(
                ["kty", "alg", "use", "kid", "n", "e"].contains(&name.as_str()),
                "{name}"
            );
        }
    }
    let kept = answer.header("cache-control");
    assert!(kept.contains("max-age="), "{kept}");
    assert_eq!(answer.header("set-cookie"), "");
}

/// Custom parameters are signed by the platform, and a teacher types them.
#[tokio::test]
async fn custom_parameters_give_no_rights() {
    let scene = Scene::set().await;
    let custom = json!({
        "role": "Instructor",
        "roles": "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor",
        "taynghe_role": "instructor",
        "taynghe_person": "1",
        "taynghe_organisation": "1",
        "administrator": true,
        "user_id": "2",
        "sub": "2",
    });
    let page = launch_with(&scene, lti::claim::CUSTOM, custom).await;
    let session = page.session_id();
    let kept = format!(
        "SELECT s.role || ' ' || i.subject FROM sessions s JOIN identities i ON i.id = s.identity_id WHERE s.id = '{session}'"
    );
    let kept = scene.site.database.texts(&kept).await.concat();
    assert_eq!(kept, format!("learner {}", STUDENTS[0]));
}

/// An address to go back to that is not the platform's, or no https one, is left out: nobody is led elsewhere.
#[tokio::test]
async fn the_way_back_leads_to_the_platform_only() {
    let scene = Scene::set().await;
    let platform = scene.site.platform.origin().to_owned();
    let shown = async |address: &str| -> bool {
        let presentation = json!({"return_url": address, "document_target": "window"});
        let page = launch_with(&scene, lti::claim::LAUNCH_PRESENTATION, presentation).await;
        let links = page.attributes("a", "href");
        let led = links.iter().any(|link| link == address);
        assert!(
            led || !page.body.contains("evil"),
            "{address}: {}",
            page.all_text()
        );
        led
    };
    for address in [
        "https://evil.example/".to_owned(),
        "javascript:alert('evil')".to_owned(),
        "//evil.example/".to_owned(),
        format!("{platform}@evil.example/"),
        format!("{platform}.evil.example/"),
        format!("{}/evil", platform.replace("http:", "https:")),
        "data:text/html,evil".to_owned(),
    ] {
        assert!(!shown(&address).await, "{address}");
    }
    assert!(shown(&format!("{platform}/course/view.php?id=2")).await);
}

// A student's launch in a window with one claim changed: where it ends.
async fn launch_with(scene: &Scene, claim: &str, value: Value) -> Answer {
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let mut claims = scene.claims(&login);
    set(&mut claims, claim, value);
    let sent = Sent::launch(&scene.site.platform.sign(&claims), &login.state);
    let answer = scene.send(&browser, &sent, "vi").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = browser.get(answer.header("location")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page
}

/// What holds names or secrets shows neither in a log line or a panic.
#[test]
fn debug_output_shows_neither_names_nor_secrets() {
    const TOLD: &str = "Nguyễn Thị Thử";
    let some = || Some(TOLD.to_owned());
    let at = chrono::DateTime::UNIX_EPOCH.naive_utc();
    let person = lti::launch_message::LaunchPerson {
        sub: "5".to_owned(),
        given_name: some(),
        family_name: some(),
        name: some(),
        email: some(),
        sourcedid: some(),
    };
    let member = lti::nrps::Member {
        user_id: "5".to_owned(),
        roles: lti::roles::Roles::new(["Learner"]),
        status: lti::nrps::MemberStatus::Active,
        given_name: some(),
        family_name: some(),
        name: some(),
        email: some(),
        sourcedid: some(),
    };
    let initiation = lti::login::Initiation {
        issuer: "https://moodle.example".to_owned(),
        login_hint: TOLD.to_owned(),
        target_link_uri: TOLD.to_owned(),
        client_id: None,
        lti_message_hint: some(),
        lti_deployment_id: None,
        lti_storage_target: None,
    };
    let sign_in = storage::sign_ins::SignInState {
        id: "1".to_owned(),
        state_hash: TOLD.to_owned(),
        cookie_hash: TOLD.to_owned(),
        provider: "college".to_owned(),
        nonce: TOLD.to_owned(),
        code_verifier: TOLD.to_owned(),
        created_at: at,
        expires_at: at,
        audience: "learner".to_owned(),
    };
    let key = storage::tool_keys::ToolKey {
        id: "1".to_owned(),
        private_key: TOLD.to_owned(),
        public_key: "{}".to_owned(),
        created_at: at,
        retired_at: None,
        state: "signing".to_owned(),
        signing_at: None,
    };
    let doer = storage::audit::Doer {
        person_id: "1".to_owned(),
        name: some(),
        email: some(),
    };
    for (shown, kept) in [
        (format!("{person:?}"), "sub: \"5\""),
        (format!("{member:?}"), "user_id: \"5\""),
        (format!("{initiation:?}"), "moodle.example"),
        (format!("{sign_in:?}"), "college"),
        (format!("{key:?}"), "signing"),
        (format!("{doer:?}"), "person_id: \"1\""),
    ] {
        assert!(!shown.contains(TOLD), "{shown}");
        assert!(shown.contains(kept), "{shown}");
    }
}

/// Each proof that docs/security.md names is there.
#[test]
fn the_security_page_names_tests_that_exist() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("../docs/security.md")).unwrap();
    let named = page.split('`').skip(1).step_by(2).filter(|code| {
        let file = code.split("::").next().unwrap_or_default();
        file.ends_with(".rs") || file.ends_with(".mjs")
    });
    let mut proofs = 0;
    for name in named {
        let (file, test) = name.split_once("::").unwrap_or((name, ""));
        let path = match file.split('/').next() {
            Some("crates" | "tests") => root.join("..").join(file),
            _ if file == "file.rs" => continue,
            _ => root.join("it").join(file),
        };
        let source = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let is_there = test.is_empty() || source.contains(&format!("fn {test}("));
        assert!(is_there, "there is no {name}");
        proofs += 1;
    }
    assert!(proofs > 60, "{proofs} proofs");
}
