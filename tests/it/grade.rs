//! Grades that arrive: whatever the platform does in between, each one stands
//! in its gradebook in the end, once, and the last one wins. A teacher's own
//! grade stays.

mod column;
mod drift;
mod faults;
mod gradebook;
mod teacher;

use app::grade::deliver_due;
use assessment::{Draft, Shown};
use chrono::Duration;
use practice_platform::{
    ActivityConfig, ActivityLineItem, COURSE, Grade, INSTRUCTOR, RecordedRequest, STUDENTS, Service,
};
use reqwest::StatusCode;
use tests::{Answer, Browser, TestSite};

use crate::{attempt::people::launch_as, authoring};

/// A quiz of two questions, placed in the platform's course, with a maximum of 10.
pub(crate) struct Story {
    pub(crate) site: TestSite,
    pub(crate) activity: i64,
}

/// A person at the activity.
pub(crate) struct Desk {
    pub(crate) browser: Browser,
    pub(crate) page: Answer,
}

impl Story {
    pub(crate) async fn begin() -> Self {
        Self::begin_with(Some(ActivityLineItem {
            score_maximum: 10.0,
            ..ActivityLineItem::default()
        }))
        .await
    }

    pub(crate) async fn begin_without_column() -> Self {
        Self::begin_with(None).await
    }

    /// The students are shown no marks.
    pub(crate) async fn begin_hiding_marks() -> Self {
        let mut draft = draft();
        draft.rules.review.marks = Shown::NEVER;
        let line_item = ActivityLineItem {
            score_maximum: 10.0,
            ..ActivityLineItem::default()
        };
        Self::begin_with_draft(Some(line_item), draft).await
    }

    pub(crate) async fn begin_with(line_item: Option<ActivityLineItem>) -> Self {
        Self::begin_with_draft(line_item, draft()).await
    }

    /// Of that quiz, with a column of 10.
    pub(crate) async fn begin_of(draft: Draft) -> Self {
        let line_item = ActivityLineItem {
            score_maximum: 10.0,
            ..ActivityLineItem::default()
        };
        Self::begin_with_draft(Some(line_item), draft).await
    }

    async fn begin_with_draft(line_item: Option<ActivityLineItem>, draft: Draft) -> Self {
        let (site, connected) = TestSite::connected().await;
        let quiz = app::assessment::install_sample(&site.app, None, draft)
            .await
            .expect("a quiz");
        let activity = site.platform.add_activity(
            COURSE,
            ActivityConfig {
                title: "An toàn lao động".to_owned(),
                description: String::new(),
                url: format!("{}/", site.url),
                custom: vec![("taynghe_assessment".to_owned(), quiz)],
                line_item,
                tool: connected.tool,
            },
        );
        Self { site, activity }
    }

    pub(crate) async fn sit_down(&self, user: i64) -> Desk {
        let browser = self.site.browser();
        let initiation = self
            .site
            .platform
            .launch_initiation(user, self.activity)
            .expect("the activity");
        let page = browser.launch(&initiation).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Desk { browser, page }
    }

    /// Launches and hands in an attempt with that many right answers of two.
    pub(crate) async fn hand_in(&self, user: i64, right: usize) -> Desk {
        let desk = self.sit_down(user).await;
        desk.hand_in(right).await;
        desk
    }

    /// The number of the only column.
    pub(crate) fn column(&self) -> i64 {
        let columns = self.site.platform.line_items();
        assert_eq!(columns.len(), 1, "{columns:?}");
        columns[0].id
    }

    pub(crate) fn grade(&self, user: i64) -> Grade {
        self.site.platform.grade(user, self.column())
    }

    pub(crate) async fn deliver(&self) -> usize {
        deliver_due(&self.site.app).await.expect("the database works")
    }

    /// Moves the clock and delivers what became due.
    pub(crate) async fn deliver_after(&self, time: Duration) -> usize {
        self.site.clock.advance(time);
        self.deliver().await
    }

    pub(crate) fn scores(&self) -> Vec<RecordedRequest> {
        self.site.platform.requests_to(Service::Scores)
    }

    /// Everything that was sent is as the platform wants it.
    pub(crate) fn assert_well_formed(&self) {
        let problems = self.site.platform.problems();
        assert!(problems.is_empty(), "{problems:?}");
    }
}

impl Desk {
    pub(crate) fn prefix(&self) -> String {
        format!("/s/{}", self.page.session_id())
    }

    pub(crate) async fn hand_in(&self, right: usize) -> Answer {
        hand_in(&self.browser, &self.page, right).await
    }

    pub(crate) async fn front(&self) -> Answer {
        self.browser.get(&format!("{}/", self.prefix())).await
    }

    pub(crate) async fn gradebook(&self) -> Answer {
        self.browser.get(&format!("{}/gradebook", self.prefix())).await
    }

    /// Presses a button of ours.
    pub(crate) async fn press(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.page.csrf();
        let fields: Vec<_> = [("csrf", csrf.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.browser
            .post(&format!("{}/{path}", self.prefix()), &fields)
            .await
    }
}

/// Takes an attempt from the front page, and hands it in with that many right answers of two.
pub(crate) async fn hand_in(browser: &Browser, page: &Answer, right: usize) -> Answer {
    let csrf = page.csrf();
    let attempt = browser
        .post(
            &format!("/s/{}/attempts", page.session_id()),
            &[("csrf", csrf.as_str())],
        )
        .await;
    assert_eq!(attempt.status, StatusCode::OK, "{}", attempt.all_text());
    let answer = |number: usize| if number <= right { "o1" } else { "o2" };
    let submitted = browser
        .post(
            &format!("{}/answers", attempt.url.path()),
            &[
                ("csrf", csrf.as_str()),
                ("was/s1", ""),
                ("answer/s1", answer(1)),
                ("was-flag/s1", ""),
                ("was/s2", ""),
                ("answer/s2", answer(2)),
                ("was-flag/s2", ""),
                ("then", "submit"),
            ],
        )
        .await;
    assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
    submitted
}

pub(crate) fn draft() -> Draft {
    let mut draft = authoring::draft("An toàn lao động");
    draft.rules.attempts_allowed = None;
    draft.rules.time_limit_seconds = None;
    draft
}

#[tokio::test]
async fn a_grade_arrives_whole() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 1).await;
    assert!(
        student.front().await.all_text().contains("Đang gửi"),
        "on its way"
    );
    assert_eq!(story.deliver().await, 1);

    let grade = story.grade(STUDENTS[0]);
    assert_eq!(
        (grade.grade, grade.feedback.as_deref()),
        (Some(5.0), Some("1/2 → 5/10"))
    );
    let sent = story.scores().remove(0).json().expect("JSON");
    assert_eq!(sent["gradingProgress"], "FullyGraded");
    assert_eq!(sent["activityProgress"], "Completed");
    assert_eq!(sent["scoreGiven"], 5);
    assert!(sent["submission"]["startedAt"].is_string() && sent["submission"]["submittedAt"].is_string());
    assert_eq!(story.deliver().await, 0, "nothing is left to be sent");
    let page = student.front().await.all_text();
    assert!(page.contains("đã tới Moodle"), "{page}");
    story.assert_well_formed();
}

#[tokio::test]
async fn zero_is_sent_as_zero_and_not_started_is_not_sent() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 0).await;
    story.sit_down(STUDENTS[1]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(0.0));
    assert_eq!(story.grade(STUDENTS[1]), Grade::default());
    assert_eq!(story.scores().len(), 1);
}

#[tokio::test]
async fn the_best_attempt_counts_and_each_is_told() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    student.hand_in(0).await;
    story.deliver().await;
    let grade = story.grade(STUDENTS[0]);
    assert_eq!(grade.grade, Some(10.0), "the best one");
    assert_eq!(grade.feedback.as_deref(), Some("#1: 2/2 · #2: 0/2 → 10/10"));
}

#[tokio::test]
async fn nobody_but_the_person_or_an_instructor_sends_again() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    let other = story.sit_down(STUDENTS[1]).await;
    for (path, fields) in [
        ("gradebook/send-again", vec![("person", "anybody")]),
        ("gradebook/send-again", vec![]),
        ("gradebook/overwrite", vec![("person", "anybody")]),
        ("gradebook/column", vec![]),
    ] {
        let refused = other.press(path, &fields).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"), "{path}");
    }
    assert_eq!(other.gradebook().await.code().as_deref(), Some("WEB-FORBIDDEN"));
    assert_eq!(
        other.press("grade/send-again", &[]).await.code().as_deref(),
        Some("WEB-NOT-FOUND")
    );
    let instructor = story.sit_down(INSTRUCTOR).await;
    let unknown = instructor
        .press("gradebook/send-again", &[("person", "nobody")])
        .await;
    assert_eq!(unknown.code().as_deref(), Some("WEB-NOT-FOUND"));
    let forged = student
        .browser
        .post(
            &format!("{}/grade/send-again", student.prefix()),
            &[("csrf", "x")],
        )
        .await;
    assert_eq!(forged.code().as_deref(), Some("WEB-CSRF"));
}

#[tokio::test]
async fn a_test_user_is_never_graded() {
    let learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    let test_user = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";
    let story = Story::begin().await;
    let (browser, page) = launch_as(&story.site, STUDENTS[0], story.activity, &[learner, test_user]).await;
    Desk { browser, page }.hand_in(2).await;
    assert_eq!(story.deliver().await, 0);
    assert_eq!(story.site.count("attempts").await, 1);
    assert_eq!(story.site.count("grade_deliveries").await, 0);

    // The last launch tells it.
    story.hand_in(STUDENTS[0], 1).await;
    assert_eq!(story.deliver().await, 1);
}

#[tokio::test]
async fn who_turns_out_to_be_a_test_user_is_not_graded() {
    let learner = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
    let test_user = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser";
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.hand_in(STUDENTS[1], 2).await;
    launch_as(&story.site, STUDENTS[0], story.activity, &[learner, test_user]).await;
    assert_eq!(story.deliver().await, 1);
    assert_eq!(story.grade(STUDENTS[0]), Grade::default());
    assert_eq!(story.grade(STUDENTS[1]).grade, Some(10.0));
    assert_eq!(story.site.count("grade_deliveries").await, 1);
}

#[tokio::test]
async fn two_processes_never_send_a_grade_twice() {
    let story = Story::begin().await;
    for user in STUDENTS {
        story.hand_in(user, 2).await;
    }
    let second = story.site.second_process().await;
    let third = story.site.second_process().await;
    let (one, two, three) = tokio::join!(
        deliver_due(&story.site.app),
        deliver_due(&second),
        deliver_due(&third)
    );
    let taken = one.expect("works") + two.expect("works") + three.expect("works");
    assert_eq!((taken, story.scores().len()), (STUDENTS.len(), STUDENTS.len()));
    for user in STUDENTS {
        assert_eq!(story.grade(user).grade, Some(10.0));
    }
}
