//! Submission review: from the platform's gradebook straight to one person's
//! work. Moodle signs whatever a student asks for; who may look is decided here.

mod recorded;

use practice_platform::{
    ASSISTANT, ActivityConfig, ActivityLineItem, COURSE, Container, CourseRole, INSTRUCTOR, Language,
    Message, OUTSIDER, SECOND_COURSE, STUDENTS,
};
use serde_json::Value;
use tests::{Answer, Browser};

use crate::grade::Story;

/// A person at the page where a review leads.
pub(crate) struct Review {
    pub(crate) browser: Browser,
    pub(crate) page: Answer,
}

impl Story {
    /// Opens somebody's work from the platform's gradebook.
    async fn review(&self, user: i64, for_user: i64) -> Review {
        self.review_of(user, for_user, self.activity).await
    }

    async fn review_of(&self, user: i64, for_user: i64, activity: i64) -> Review {
        let message = Message::SubmissionReview { activity, for_user };
        let platform = &self.site.platform;
        let initiation = platform.initiation(user, message, Container::Iframe, Language::Vi);
        let browser = self.site.browser();
        let page = browser.launch(&initiation.expect("the activity")).await;
        Review { browser, page }
    }
}

fn is_attempt(page: &Answer) -> bool {
    page.url.path().contains("/attempts/")
}

#[tokio::test]
async fn an_instructor_comes_to_the_attempt_that_counts_and_finds_the_others_beside_it() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 1).await;
    student.hand_in(2).await;
    student.hand_in(0).await;
    for teacher in [INSTRUCTOR, ASSISTANT] {
        let review = story.review(teacher, STUDENTS[0]).await;
        let text = review.page.all_text();
        assert!(is_attempt(&review.page), "{} {text}", review.page.url);
        assert!(text.contains("10/10"), "the best one: {text}");
        assert!(text.contains("Nguyễn Thị Thử"), "whose it is: {text}");
        assert_eq!(
            review.page.text(".siblings [aria-current]").as_deref(),
            Some("Lượt 2")
        );
        let others = review.page.attributes(".siblings a", "href");
        assert_eq!(others.len(), 3);
        let third = review.browser.get(&others[2]).await;
        assert_eq!(third.text(".siblings [aria-current]").as_deref(), Some("Lượt 3"));
        assert!(third.all_text().contains("0/10"));
    }
    story.assert_well_formed();
}

#[tokio::test]
async fn an_instructor_sees_an_attempt_that_still_runs() {
    let story = Story::begin().await;
    let student = story.sit_down(STUDENTS[0]).await;
    student.press("attempts", &[]).await;
    let review = story.review(INSTRUCTOR, STUDENTS[0]).await;
    assert!(is_attempt(&review.page), "{}", review.page.url);
}

#[tokio::test]
async fn who_has_not_started_is_marked_in_the_gradebook() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[1], 2).await;
    let review = story.review(INSTRUCTOR, STUDENTS[0]).await;
    assert!(
        review.page.url.path().ends_with("/gradebook"),
        "{}",
        review.page.url
    );
    let text = review.page.all_text();
    assert!(text.contains("Nguyễn Thị Thử chưa bắt đầu bài này"), "{text}");
    assert_eq!(review.page.count(".asked"), 1);
    assert!(
        review
            .page
            .text(".gradebook-names .asked")
            .is_some_and(|row| row.contains("Nguyễn Thị Thử")),
        "{text}"
    );
    // An ordinary visit marks nobody.
    assert_eq!(story.sit_down(INSTRUCTOR).await.page.count(".asked"), 0);
}

#[tokio::test]
async fn whom_nobody_knows_here_is_said_to_be_unknown() {
    let story = Story::begin().await;
    // The outsider is known to the platform, not to the course; 4711 to nobody.
    for for_user in [OUTSIDER, 4711] {
        let page = story.review(INSTRUCTOR, for_user).await.page;
        assert!(page.url.path().ends_with("/gradebook"), "{}", page.url);
        let text = page.all_text();
        assert!(text.contains("Không có sinh viên này trong khóa học"), "{text}");
        assert_eq!(page.count(".asked"), 0);
    }
}

#[tokio::test]
async fn somebody_of_another_course_is_unknown_and_their_work_stays_there() {
    let story = Story::begin().await;
    story.site.platform.enrol(COURSE, STUDENTS[4], None);
    let elsewhere = story.add_elsewhere();
    let browser = story.site.browser();
    let initiation = story.site.platform.launch_initiation(STUDENTS[4], elsewhere);
    let page = browser.launch(&initiation.expect("the activity")).await;
    crate::grade::Desk { browser, page }.hand_in(2).await;
    // Known to the registration, with work in its other course.
    let theirs = story.review_of(INSTRUCTOR, STUDENTS[4], elsewhere).await;
    assert!(is_attempt(&theirs.page), "{}", theirs.page.url);
    let here = story.review(INSTRUCTOR, STUDENTS[4]).await;
    assert!(
        here.page
            .all_text()
            .contains("Không có sinh viên này trong khóa học")
    );
    // Its address is worth nothing in this course's session.
    let attempt = theirs
        .page
        .url
        .path()
        .rsplit('/')
        .next()
        .expect("an id")
        .to_owned();
    let path = format!("/s/{}/attempts/{attempt}", here.page.session_id());
    let refused = here.browser.get(&path).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"));
}

#[tokio::test]
async fn a_student_comes_to_their_own_work() {
    let story = Story::begin().await;
    let desk = story.hand_in(STUDENTS[0], 2).await;
    desk.hand_in(0).await;
    let page = story.review(STUDENTS[0], STUDENTS[0]).await.page;
    assert!(is_attempt(&page), "{}", page.url);
    assert!(page.all_text().contains("10/10"), "the one that counts");
    assert_eq!(page.count(".siblings"), 0);

    // Before there is any, and while it runs, the front page tells how to go on.
    let none = story.review(STUDENTS[1], STUDENTS[1]).await.page;
    assert!(none.url.path().ends_with('/'), "{}", none.url);
    let desk = story.sit_down(STUDENTS[2]).await;
    desk.press("attempts", &[]).await;
    let running = story.review(STUDENTS[2], STUDENTS[2]).await.page;
    assert!(running.url.path().ends_with('/'), "{}", running.url);
}

#[tokio::test]
async fn a_student_never_comes_to_anybody_elses() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    let before = story.site.count("sessions").await;
    for for_user in [STUDENTS[0], INSTRUCTOR, 4711] {
        let refused = story.review(STUDENTS[1], for_user).await.page;
        assert_eq!(refused.code().as_deref(), Some("LTI-REV-FORBIDDEN"), "{for_user}");
        assert_eq!(refused.status, reqwest::StatusCode::FORBIDDEN);
        assert!(!refused.all_text().contains("Nguyễn"), "no name stands there");
    }
    assert_eq!(story.site.count("sessions").await, before, "no session began");
}

#[tokio::test]
async fn a_student_who_is_shown_no_marks_does_not_learn_which_attempt_counts() {
    let story = Story::begin_hiding_marks().await;
    let desk = story.hand_in(STUDENTS[0], 2).await;
    desk.hand_in(0).await;
    let page = story.review(STUDENTS[0], STUDENTS[0]).await.page;
    let text = page.all_text();
    assert!(is_attempt(&page), "{}", page.url);
    assert!(!text.contains("/10"), "{text}");
    let teachers = story.review(INSTRUCTOR, STUDENTS[0]).await.page;
    assert_ne!(
        teachers.url.path().rsplit('/').next(),
        page.url.path().rsplit('/').next(),
        "the last one, not the best one"
    );
}

#[tokio::test]
async fn the_first_launch_of_an_activity_may_be_a_review() {
    let story = Story::begin().await;
    let page = story.review(INSTRUCTOR, STUDENTS[0]).await.page;
    let text = page.all_text();
    assert!(text.contains("chưa bắt đầu bài này"), "{text}");
}

#[tokio::test]
async fn another_columns_review_is_not_found() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    // The activity's column is replaced: until it is opened once, its marks go to the old one.
    story.site.platform.delete_line_item(story.column());
    story.site.platform.bind_line_item(story.activity, 10.0);
    let refused = story.review(INSTRUCTOR, STUDENTS[0]).await.page;
    assert_eq!(
        refused.code().as_deref(),
        Some("WEB-NOT-FOUND"),
        "{}",
        refused.all_text()
    );
    story.sit_down(INSTRUCTOR).await;
    assert!(is_attempt(&story.review(INSTRUCTOR, STUDENTS[0]).await.page));
}

#[tokio::test]
async fn columns_say_where_a_review_leads() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    let columns = story.site.platform.line_items();
    let review = columns[0].submission_review.clone().unwrap_or(Value::Null);
    assert_eq!(review["url"], format!("{}/", story.site.url));
    assert_eq!(review["reviewableStatus"][0], "InProgress");
}

impl Story {
    fn add_elsewhere(&self) -> i64 {
        let quiz = self.site.platform.activities()[0].custom.clone();
        let tool = self.site.platform.activities()[0].tool;
        self.site
            .platform
            .enrol(SECOND_COURSE, STUDENTS[4], Some(CourseRole::Student));
        let config = ActivityConfig {
            title: "An toàn lao động".to_owned(),
            description: String::new(),
            url: format!("{}/", self.site.url),
            custom: quiz,
            line_item: Some(ActivityLineItem {
                score_maximum: 10.0,
                ..ActivityLineItem::default()
            }),
            tool,
        };
        self.site.platform.add_activity(SECOND_COURSE, config)
    }
}
