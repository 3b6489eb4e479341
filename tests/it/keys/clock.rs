//! Clocks that jump by five minutes: everybody's at once, as when a machine wakes up, and only ours.

use std::sync::atomic::Ordering;

use app::{grade::deliver_due, key_rotation};
use chrono::Duration;
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use super::{acceptance, rotate, states};
use crate::authoring;

const JUMP: Duration = Duration::minutes(5);

struct Story {
    site: TestSite,
    connected: Connected,
    activity: i64,
}

struct Desk {
    browser: Browser,
    page: Answer,
}

impl Story {
    async fn begin() -> Self {
        let (site, connected) = TestSite::connected().await;
        let mut draft = authoring::draft("An toàn lao động");
        draft.rules.attempts_allowed = None;
        draft.rules.time_limit_seconds = None;
        let quiz = app::assessment::install_sample(&site.app, None, draft)
            .await
            .expect("a quiz");
        let activity = site.add_activity(&connected, "An toàn", &[("taynghe_assessment", quiz.as_str())]);
        Self {
            site,
            connected,
            activity,
        }
    }

    async fn launch(&self, user: i64) -> Desk {
        let browser = self.site.browser();
        let initiation = self
            .site
            .platform
            .launch_initiation(user, self.activity)
            .expect("both are known");
        let page = browser.launch(&initiation).await;
        Desk { browser, page }
    }

    /// A launch whose login and token have a jump between them.
    async fn launch_across(&self, user: i64, by: Duration) -> Desk {
        let browser = self.site.browser();
        let initiation = self
            .site
            .platform
            .launch_initiation(user, self.activity)
            .expect("both are known");
        self.site.clock.advance(by);
        let form = browser.begin_launch(&initiation).await;
        let page = browser.submit(&form, "id_token", &[]).await;
        Desk { browser, page }
    }

    async fn hand_in(&self, desk: &Desk) {
        assert_eq!(desk.page.status, StatusCode::OK, "{}", desk.page.all_text());
        let csrf = desk.page.csrf();
        let prefix = format!("/s/{}", desk.page.session_id());
        let attempt = desk
            .browser
            .post(&format!("{prefix}/attempts"), &[("csrf", &csrf)])
            .await;
        let fields = [
            ("csrf", csrf.as_str()),
            ("was/s1", ""),
            ("answer/s1", "o1"),
            ("was-flag/s1", ""),
            ("then", "submit"),
        ];
        let path = format!("{}/answers", attempt.url.path());
        let submitted = desk.browser.post(&path, &fields).await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
    }

    async fn deliver(&self) {
        deliver_due(&self.site.app).await.expect("the database works");
    }

    /// The grade of a student in the only column.
    fn grade(&self, user: i64) -> Option<f64> {
        let column = self.site.platform.line_items().first().expect("a column").id;
        self.site.platform.grade(user, column).grade
    }
}

#[tokio::test]
async fn all_clocks_jump_ahead_and_back() {
    let story = Story::begin().await;
    for (user, by) in STUDENTS.into_iter().zip([JUMP, -JUMP, JUMP, -JUMP]) {
        let before = story.launch(user).await;
        story.site.clock.advance(by);
        let again = before.browser.get(before.page.url.as_str()).await;
        assert_eq!(again.status, StatusCode::OK, "the session lives on");
        story.hand_in(&before).await;
        story.deliver().await;
        assert!(
            story.grade(user).is_some(),
            "{by}: the grade of a new student arrives at once"
        );
    }
    // A second grade of the same student may have to wait until the clock has caught up, and then arrives.
    let desk = story.launch(STUDENTS[0]).await;
    story.hand_in(&desk).await;
    story.deliver().await;
    story.site.clock.advance(-JUMP);
    story.hand_in(&story.launch(STUDENTS[0]).await).await;
    story.deliver().await;
    story.site.clock.advance(JUMP * 3);
    story.deliver().await;
    let waiting = "SELECT state FROM grade_deliveries WHERE state <> 'delivered'";
    assert_eq!(story.site.database.texts(waiting).await, Vec::<String>::new());

    let across = story.launch_across(STUDENTS[1], JUMP).await;
    assert_eq!(across.page.status, StatusCode::OK, "{}", across.page.all_text());
    let across = story.launch_across(STUDENTS[1], -JUMP).await;
    assert_eq!(across.page.status, StatusCode::OK, "{}", across.page.all_text());
    assert!(
        story.site.platform.problems().is_empty(),
        "{:?}",
        story.site.platform.problems()
    );
}

#[tokio::test]
async fn only_our_clock_jumps_and_is_set_right_again() {
    let story = Story::begin().await;
    let ahead = |seconds: i64| story.site.platform_ahead.store(seconds, Ordering::SeqCst);
    let desk = story.launch(STUDENTS[0]).await;
    for wrong in [-JUMP.num_seconds(), JUMP.num_seconds()] {
        // What stands in the platform's token is over, or not yet: said so, with both clocks, and nothing else breaks.
        ahead(wrong);
        let refused = story.launch(STUDENTS[1]).await.page;
        assert_eq!(refused.code().as_deref(), Some("LTI-TOK-TIME"), "{wrong}");
        let again = desk.browser.get(desk.page.url.as_str()).await;
        assert_eq!(again.status, StatusCode::OK);
        ahead(0);
        assert_eq!(
            story.launch(STUDENTS[1]).await.page.status,
            StatusCode::OK,
            "{wrong}"
        );
    }

    // Our clock is ahead: Moodle refuses what we sign, and takes it once the clock is right.
    ahead(-JUMP.num_seconds());
    story.hand_in(&desk).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]), None);
    ahead(0);
    story.site.clock.advance(Duration::minutes(10));
    story.deliver().await;
    assert!(story.grade(STUDENTS[0]).is_some(), "the grade waited");
}

#[tokio::test]
async fn a_rotation_begun_with_a_wrong_clock_goes_on_with_the_right_one() {
    let story = Story::begin().await;
    let app = &story.site.app;
    story
        .site
        .platform_ahead
        .store(-JUMP.num_seconds(), Ordering::SeqCst);
    rotate(app).await;
    assert_eq!(
        acceptance(app, &story.connected).await,
        "refused-both",
        "the clock, not the key"
    );
    assert_eq!(states(app).await, ["published", "signing"]);
    story.site.platform_ahead.store(0, Ordering::SeqCst);
    story.site.clock.advance(-JUMP);
    story.site.clock.advance(JUMP + Duration::minutes(1));
    key_rotation::go_on(app).await.expect("the database works");
    assert_eq!(states(app).await, ["signing", "retiring"]);
}
