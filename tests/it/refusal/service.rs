//! Services of the platform that refuse, or that must not be called at all, seen by the instructor who waits for them.

use app::session::Visitor;
use lti::claim;
use practice_platform::{ActivityConfig, COURSE, Fault, GradeService, INSTRUCTOR, Message, Service};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Browser, KeyServer};

use super::{Scene, Sent, set};
use crate::authoring::published;

const BROWSER_COOKIE: &str = "__Host-taynghe-browser";

// An instructor at an activity that has a quiz, if there is one, but no column; the launch's claims changed.
async fn at_an_activity(
    scene: &Scene,
    quiz: Option<String>,
    change: impl Fn(&mut Value),
) -> (Browser, Answer) {
    let custom = quiz.map(|quiz| ("taynghe_assessment".to_owned(), quiz));
    let activity = ActivityConfig {
        title: "Tiện trụ trơn".to_owned(),
        url: format!("{}/", scene.site.url),
        custom: custom.into_iter().collect(),
        tool: scene.connected.tool,
        ..ActivityConfig::default()
    };
    let platform = &scene.site.platform;
    let activity = platform.add_activity(COURSE, activity);
    let browser = scene.browser();
    let initiation = platform.launch_initiation(INSTRUCTOR, activity).unwrap();
    let login = scene.log_in_with(&browser, initiation.fields).await;
    let message = Message::ResourceLink { activity };
    let mut claims = platform.launch_claims(INSTRUCTOR, message, &login.nonce).unwrap();
    change(&mut claims);
    let sent = Sent::launch(&platform.sign(&claims), &login.state);
    let answer = scene.send(&browser, &sent, "vi").await;
    let page = browser.get(answer.header("location")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    (browser, page)
}

async fn press_for_a_column(browser: &Browser, page: &Answer) -> Answer {
    let address = format!("/s/{}/gradebook/column", page.session_id());
    let csrf = page.csrf();
    browser.post(&address, &[("csrf", csrf.as_str())]).await
}

async fn check(scene: &Scene, change: impl Fn(&mut Value), expected: &str) {
    let quiz = published(&scene.site, None, "Tiện trụ trơn").await;
    let (browser, page) = at_an_activity(scene, Some(quiz), change).await;
    let answer = press_for_a_column(&browser, &page).await;
    assert_eq!(answer.code().as_deref(), Some(expected), "{}", answer.body);
    assert_eq!(
        answer.status.as_u16(),
        web::status_of(super::code(expected)).as_u16()
    );
    let policy = answer.header("content-security-policy");
    assert!(
        policy.ends_with(&format!("frame-ancestors {}", scene.site.platform.origin())),
        "{policy}"
    );
    assert_eq!(
        scene.site.platform.line_items().len(),
        1,
        "only the scene's own column"
    );
}

#[tokio::test]
async fn a_platform_that_refuses_to_make_a_column() {
    let scene = Scene::set().await;
    for status in [400, 403, 405] {
        scene
            .site
            .platform
            .set_fault(Service::LineItems, Fault::Status(status), None);
        check(&scene, |_| {}, "LTI-SVC-REFUSED").await;
    }
}

#[tokio::test]
async fn a_platform_that_lets_nobody_make_columns() {
    let scene = Scene::set().await;
    let sync_only = |tool: &mut practice_platform::Tool| tool.config.grade_service = GradeService::Sync;
    assert!(
        scene
            .site
            .platform
            .change_tool(&scene.connected.client_id, sync_only)
    );
    check(&scene, |_| {}, "LTI-SVC-SCOPE").await;
}

/// A launch may name any address for its services; a token goes to the platform's own origins only.
#[tokio::test]
async fn services_on_somebody_elses_origin() {
    let scene = Scene::set().await;
    let elsewhere = KeyServer::start("[]".to_owned());
    let foreign = format!("{}/lineitems", elsewhere.origin());
    let change = |claims: &mut Value| claims[claim::AGS_ENDPOINT]["lineitems"] = json!(foreign);
    check(&scene, change, "LTI-SVC-ORIGIN").await;
    assert_eq!(elsewhere.times_asked(), 0);
}

/// The picker's page does not send such a maximum; neither may anything else.
#[tokio::test]
async fn a_maximum_that_no_column_may_have() {
    let scene = Scene::set().await;
    let quiz = published(&scene.site, None, "Tiện trụ trơn").await;
    let (browser, page) = at_an_activity(&scene, None, |claims| set(claims, claim::CUSTOM, json!({}))).await;
    for maximum in [0, 101, u32::MAX] {
        let visitor = Visitor {
            browser_secret: browser.cookie("localhost", BROWSER_COOKIE),
            session_id: page.session_id(),
            csrf_token: Some(page.csrf()),
        };
        let before = scene.site.database.contents().await;
        let content = app::deep_linking::Content::Assessment(quiz.clone());
        let refused = app::deep_linking::place(&scene.site.app, visitor, content, maximum).await;
        assert_eq!(refused.unwrap_err().code().as_str(), "LTI-AGS-VALUE", "{maximum}");
        assert_eq!(scene.site.database.contents().await, before, "{maximum}");
    }
}
