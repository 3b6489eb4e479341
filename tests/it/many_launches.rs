//! A whole college launches in the same minute from one address: successful launches are never limited.

use chrono::Duration;
use futures_util::StreamExt;
use lti::claim;
use practice_platform::{Message, STUDENTS};
use reqwest::StatusCode;
use serde_json::json;

use crate::refusal::{Scene, Sent};

const LAUNCHES: usize = 3_000;
const AT_ONCE: usize = 16;
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_thousand_launches_in_a_minute_from_one_address() {
    let scene = Scene::set().await;
    let template = scene.browser();
    let statuses: Vec<StatusCode> = futures_util::stream::iter(0..LAUNCHES)
        .map(|number| {
            let (scene, browser) = (&scene, template.beside());
            async move {
                // The clock goes on by a minute in the course of all launches.
                scene
                    .site
                    .clock
                    .advance(Duration::milliseconds(60_000 / LAUNCHES as i64));
                let mut initiation = scene.initiation();
                let login = scene
                    .log_in_with(&browser, std::mem::take(&mut initiation.fields))
                    .await;
                let message = Message::ResourceLink {
                    activity: scene.activity,
                };
                let mut claims = scene
                    .site
                    .platform
                    .launch_claims(STUDENTS[0], message, &login.nonce)
                    .unwrap();
                claims["sub"] = json!(format!("student-{}", number % 500));
                claims[claim::CONTEXT]["id"] = json!(format!("course-{}", number % 20));
                let sent = Sent::launch(&scene.site.platform.sign(&claims), &login.state);
                scene.send(&browser, &sent, "vi").await.status
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;

    let refused = statuses
        .iter()
        .filter(|status| **status != StatusCode::SEE_OTHER)
        .count();
    assert_eq!(refused, 0, "of {LAUNCHES} launches");
    assert_eq!(scene.site.count("sessions").await, LAUNCHES as i64);
    assert_eq!(scene.site.count("identities").await, 500);
    assert_eq!(scene.site.count("login_states").await, 0);
}
