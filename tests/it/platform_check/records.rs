//! What our own records tell: our key at the platform, cookies, launches, refusals, grades.

use app::{
    key_rotation::{self, By},
    platform_check::Verdict,
    registration,
};
use chrono::Duration;
use practice_platform::{Fault, INSTRUCTOR, KeySource, STUDENTS, Service};
use serde_json::json;

use super::{assert_said, number, text};
use crate::grade::Story;

impl Story {
    async fn rotate(&self) {
        key_rotation::rotate(&self.site.app, By::Command)
            .await
            .expect("the database works");
    }

    async fn launched(&self, way: &str, launches: i64) {
        let day = self.site.clock.now().format("%Y-%m-%d");
        let statement = format!(
            "INSERT INTO launch_ways (deployment_id, day, way, launches) SELECT id, '{day}', '{way}', {launches} FROM deployments"
        );
        self.site.database.execute(&statement).await;
    }
}

#[tokio::test]
async fn our_new_key_at_the_platform() {
    let story = Story::begin().await;
    assert_eq!(story.find("own-key-only").await.verdict, Verdict::Ok);
    story.rotate().await;
    let proven = story.find("own-key-proven").await;
    assert_eq!(proven.verdict, Verdict::Ok);
    assert_said(&[proven]);
    story.site.database.execute("DELETE FROM key_drills").await;
    assert_eq!(story.find("own-key-waiting").await.verdict, Verdict::Ok);

    let story = Story::begin().await;
    let set = story.site.browser().get("/lti/jwks").await.json();
    story.change_tool(|tool| tool.config.keys = KeySource::Inline(set));
    story.rotate().await;
    let refused = story.find("own-key-refused").await;
    assert_eq!(refused.verdict, Verdict::Warn);
    assert!(refused.detail.contains("kid"), "Moodle's own reason: {refused:?}");

    let story = Story::begin().await;
    story.change_tool(|tool| tool.config.keys = KeySource::Inline(json!({ "keys": [] })));
    story.rotate().await;
    assert_eq!(story.find("own-key-refused-both").await.verdict, Verdict::Bad);

    let story = Story::begin().await;
    story.site.platform.set_fault(Service::Token, Fault::Down, None);
    story.rotate().await;
    assert_eq!(story.find("own-key-unreachable").await.verdict, Verdict::Warn);
}

#[tokio::test]
async fn how_launches_arrived() {
    let story = Story::begin().await;
    story.launched("partitioned-cookie", 37).await;
    story.launched("new-window", 63).await;
    let blocked = story.find("cookies-blocked").await;
    assert_eq!(
        (number(&blocked, "percent"), number(&blocked, "launches")),
        (63, 100)
    );
    assert_eq!(
        (text(&blocked, "way"), blocked.verdict),
        ("new-window", Verdict::Warn)
    );
    assert_said(&[blocked]);
    let english = ui::Texts::for_language(ui::Language::find("en").expect("English"));
    let said = english
        .with("check-finding-cookies-blocked", "percent", 63)
        .and("launches", 100)
        .and("way", "new-window");
    let expected = "Third-party cookies are blocked for 63 % of launches (100 in the last 30 days); the new window is used for most.";
    assert!(said.to_string().starts_with(expected), "{said}");
    story.launched("refused", 20).await;
    let lost = story.find("cookies-lost").await;
    assert_eq!((number(&lost, "percent"), lost.verdict), (17, Verdict::Bad));
    assert_said(&[lost]);

    let story = Story::begin().await;
    story.launched("cookie", 95).await;
    story.launched("storage-access", 5).await;
    let kept = story.find("cookies-kept").await;
    assert_eq!((number(&kept, "percent"), kept.verdict), (95, Verdict::Ok));
}

#[tokio::test]
async fn the_last_launch_and_the_last_refusal() {
    let story = Story::begin().await;
    let id = story.registration().await;
    let switch = |active| registration::set_active(&story.site.app, None, id.clone(), active);
    switch(false).await.expect("the registration");
    let initiation = story
        .site
        .platform
        .launch_initiation(INSTRUCTOR, story.activity)
        .expect("the activity");
    let page = story.site.browser().launch(&initiation).await;
    assert_eq!(page.code().as_deref(), Some("LTI-LOG-DISABLED"));
    switch(true).await.expect("the registration");
    let last = story.find("refusal-last").await;
    assert_eq!(
        (text(&last, "code"), last.verdict),
        ("LTI-LOG-DISABLED", Verdict::Warn)
    );
    assert_eq!(text(&last, "trace"), page.trace_id().expect("a trace id"));
    assert_said(&[last]);
    story.site.clock.advance(Duration::minutes(1));
    story.sit_down(INSTRUCTOR).await;
    let earlier = story.find("refusal-earlier").await;
    assert_eq!(earlier.verdict, Verdict::Ok);
    assert_said(&[earlier]);
    assert_eq!(story.find("launch-last").await.verdict, Verdict::Ok);
}

#[tokio::test]
async fn grades_that_wait_and_that_were_refused() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 1).await;
    let waiting = story.find("deliveries-waiting").await;
    assert_eq!((number(&waiting, "count"), waiting.verdict), (1, Verdict::Ok));
    assert_said(&[waiting]);
    story.site.clock.advance(Duration::hours(2));
    let late = story.find("deliveries-late").await;
    assert_eq!((number(&late, "count"), late.verdict), (1, Verdict::Warn));
    assert_said(&[late]);
    story
        .site
        .platform
        .set_fault(Service::Scores, Fault::RefuseEmptyList, None);
    for _ in 0..4 {
        story.deliver_after(Duration::hours(1)).await;
    }
    let refused = story.find("deliveries-refused").await;
    assert_eq!((number(&refused, "count"), refused.verdict), (1, Verdict::Warn));
    assert_said(&[refused]);
}
