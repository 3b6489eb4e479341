//! Key rotation, faults, registration, and a teacher's changes, over a real network.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::{App, HttpServer, web};
use practice_platform::{COURSE, Fault, HiddenForm, INSTRUCTOR, KeySource, Service, SigningKey};
use serde_json::{Value, json};

use crate::site::Site;
use crate::support::{recorded, tool_key};

/// A tool's key set address that counts how often it is read.
struct KeyServer {
    address: String,
    keys: Arc<Mutex<Value>>,
    reads: Arc<AtomicUsize>,
}

impl KeyServer {
    fn start() -> Self {
        let keys = Arc::new(Mutex::new(json!({ "keys": [] })));
        let reads = Arc::new(AtomicUsize::new(0));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/jwks", listener.local_addr().unwrap());
        let shared = (keys.clone(), reads.clone());
        let server = HttpServer::new(move || {
            let (keys, reads) = shared.clone();
            App::new().default_service(web::to(move || {
                reads.fetch_add(1, Ordering::SeqCst);
                let keys = keys.lock().unwrap().to_string();
                async move { keys }
            }))
        });
        tokio::spawn(
            server
                .workers(1)
                .disable_signals()
                .listen(listener)
                .unwrap()
                .run(),
        );
        Self { address, keys, reads }
    }

    fn publish(&self, keys: &[&SigningKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.public_jwk()).collect();
        *self.keys.lock().unwrap() = json!({ "keys": keys });
    }
}

#[tokio::test]
async fn tool_keys_are_cached_as_recorded_in_jwks_rotation() {
    let server = KeyServer::start();
    let site = Site::with_keys(KeySource::Address(server.address.clone()));
    let [one, two, three] = ["1", "2", "3"].map(|kid| SigningKey::generate(kid).unwrap());
    server.publish(&[&one]);
    assert_eq!(site.token(&one).await.0, 200);
    let check = async |key: &SigningKey, status: u16, reads: usize, what: &str| {
        server.reads.store(0, Ordering::SeqCst);
        assert_eq!(site.token(key).await.0, status, "{what}");
        assert_eq!(server.reads.load(Ordering::SeqCst), reads, "{what}");
    };
    check(&one, 200, 0, "key 1, cached").await;
    check(&two, 400, 1, "key 2 used before it is published").await;
    check(&two, 400, 1, "the same again at once").await;
    server.publish(&[&one, &two]);
    check(&two, 200, 1, "key 2 after publishing").await;
    check(&two, 200, 0, "key 2 again").await;
    check(&one, 200, 0, "key 1, still published").await;
    server.publish(&[&two]);
    check(&one, 200, 0, "key 1 after it was taken out").await;
    server.publish(&[&three]);
    check(&three, 200, 1, "key 3 newly published, key 1 gone").await;
    check(&one, 400, 1, "key 1 now").await;
    server.publish(&[&one]);
    check(&one, 200, 1, "back to key 1 only").await;
}

async fn score_token(site: &Site) -> String {
    let (status, token) = site.token(&tool_key()).await;
    assert_eq!(status, 200);
    token["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn faults_without_effect() {
    let site = Site::start();
    let token = score_token(&site).await;
    for (fault, status, body, retry) in [
        (Fault::Status(500), 500, "<!doctype", None),
        (Fault::Html200, 200, "<!doctype", None),
        (Fault::RefuseEmptyList, 200, "[]", None),
        (
            Fault::TooManyRequests { retry_after: Some(7) },
            429,
            "<!doctype",
            Some("7"),
        ),
        (
            Fault::TooManyRequests { retry_after: None },
            429,
            "<!doctype",
            None,
        ),
    ] {
        site.platform.fail_next(Service::Scores, fault.clone());
        let answer = site.score(&token, "2026-01-01T00:00:00Z", 5.0).await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{fault:?}");
        let header = answer
            .headers()
            .get("retry-after")
            .map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header.as_deref(), retry, "{fault:?}");
        assert!(answer.text().await.unwrap().starts_with(body), "{fault:?}");
        assert_eq!(site.platform.grade(5, 2).grade, None, "{fault:?}");
    }
}

#[tokio::test]
async fn a_platform_that_is_down_cuts_the_connection() {
    let site = Site::start();
    let token = score_token(&site).await;
    site.platform.set_fault(Service::Scores, Fault::Down, Some(2));
    for _ in 0..2 {
        assert!(
            site.score(&token, "2026-01-01T00:00:00Z", 5.0).await.is_err(),
            "down"
        );
        assert_eq!(site.platform.grade(5, 2).grade, None);
    }
    assert_eq!(
        site.score(&token, "2026-01-01T00:00:00Z", 5.0)
            .await
            .unwrap()
            .status(),
        200,
        "up again"
    );
    assert_eq!(site.platform.grade(5, 2).grade, Some(5.0));
}

#[tokio::test]
async fn an_answer_that_breaks_off_has_had_its_effect() {
    let site = Site::start();
    let token = score_token(&site).await;
    site.platform.fail_next(Service::Scores, Fault::CloseEarly);
    let broken = site.score(&token, "2026-01-01T00:00:01Z", 6.0).await.unwrap();
    assert!(broken.text().await.is_err(), "the answer breaks off");
    assert_eq!(site.platform.grade(5, 2).grade, Some(6.0));
}

#[tokio::test]
async fn a_hanging_request_goes_on_when_released() {
    let site = Site::start();
    let token = score_token(&site).await;
    site.platform.fail_next(Service::Scores, Fault::Hang);
    let patient = site.score(&token, "2026-01-01T00:00:02Z", 7.0);
    let released = async {
        while site.platform.hanging() == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(
            site.platform.grade(5, 2).grade,
            None,
            "not handled while it hangs"
        );
        site.platform.release_hung();
    };
    let (answer, ()) = tokio::join!(patient, released);
    assert_eq!(answer.unwrap().status(), 200);
    assert_eq!(site.platform.grade(5, 2).grade, Some(7.0));
    assert_eq!(site.platform.requests_to(Service::Scores).len(), 1);
    assert_eq!(site.rules(), Vec::<&str>::new());
}

#[tokio::test]
async fn a_registered_tool_waits_for_activation() {
    let site = Site::start();
    let text = recorded("registration-first-request.http");
    let address = site
        .platform
        .begin_registration("http://localhost:8191/register")
        .unwrap();
    let address = url::Url::parse(&address).unwrap();
    let query: HashMap<_, _> = address.query_pairs().into_owned().collect();
    let configuration: Value = site
        .client
        .get(&query["openid_configuration"])
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(configuration["issuer"], site.platform.origin());
    let request = site
        .client
        .post(configuration["registration_endpoint"].as_str().unwrap())
        .bearer_auth(&query["registration_token"])
        .header("content-type", "application/json")
        .body(text.split_once("\n\n").unwrap().1.to_owned());
    let registered: Value = request.send().await.unwrap().json().await.unwrap();
    let client_id = registered["client_id"].as_str().unwrap();
    let tool = site.platform.tools().pop().unwrap();
    let initiation = site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, tool.id)
        .unwrap();
    assert_eq!(site.authenticate(&initiation, &[]).await.status(), 404, "pending");
    assert!(site.platform.activate_tool(client_id));
    assert_eq!(site.authenticate(&initiation, &[]).await.status(), 200, "active");
}

#[tokio::test]
async fn a_teacher_changes_grades_on_the_page_and_a_student_may_not() {
    let site = Site::start();
    let cookie = site.sign_in(INSTRUCTOR).await;
    let page = site.page(&cookie, "/grade/report/grader/index.php?id=2").await;
    let key = HiddenForm::of(&page)
        .unwrap()
        .field("sesskey")
        .unwrap()
        .to_owned();
    let change = |key: &str, act: &str| {
        let form = [
            ("sesskey", key),
            ("course", "2"),
            ("item", "2"),
            ("user", "5"),
            ("grade", "4,5"),
            ("act", act),
        ];
        let request = site
            .client
            .post(site.at("/grade/report/grader/index.php"))
            .form(&form);
        request.header("cookie", &cookie).send()
    };
    assert_eq!(change("wrong", "override").await.unwrap().status(), 403);
    assert_eq!(change(&key, "override").await.unwrap().status(), 303);
    let grade = site.platform.grade(5, 2);
    assert_eq!((grade.grade, grade.overridden), (Some(4.5), true));
    change(&key, "lock").await.unwrap();
    assert!(site.platform.grade(5, 2).locked);

    let student = site.sign_in(5).await;
    let own = site.page(&student, "/grade/report/grader/index.php?id=2").await;
    assert!(
        own.contains("4,5") && own.matches("<tr>").count() == 2,
        "only the own line"
    );
    let add = site
        .client
        .get(site.at("/course/modedit.php?course=2"))
        .header("cookie", &student);
    assert_eq!(add.send().await.unwrap().status(), 403);
}
