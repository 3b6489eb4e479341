//! When lists are read, and what happens when they do not come.

use chrono::Duration;
use practice_platform::{ASSISTANT, COURSE, Fault, INSTRUCTOR, STUDENTS, Service};

use crate::grade::Story;

#[tokio::test]
async fn anybodys_launch_has_an_old_list_read() {
    let story = Story::begin().await;
    story.sit_down(STUDENTS[0]).await;
    assert_eq!(story.do_jobs().await, 1, "there was none");
    let readings = story.readings();
    let page = story.sit_down(INSTRUCTOR).await.page;
    assert_eq!(page.count(".gradebook-names li"), STUDENTS.len() + 1);
    assert_eq!(story.readings(), readings, "the page needs not wait for it");

    story.site.clock.advance(Duration::minutes(30));
    story.sit_down(STUDENTS[1]).await;
    assert_eq!(story.do_jobs().await, 0, "fresh enough for a student");
    story.sit_down(ASSISTANT).await;
    assert_eq!(story.do_jobs().await, 1, "not for somebody who teaches");
    story.site.clock.advance(Duration::minutes(61));
    story.sit_down(STUDENTS[1]).await;
    assert_eq!(story.do_jobs().await, 1);
}

#[tokio::test]
async fn courses_in_use_are_read_once_a_day() {
    let story = Story::begin().await;
    story.sit_down(STUDENTS[0]).await;
    story.do_jobs().await;
    let plan = || async { app::job::plan(&story.site.app).await.expect("the database works") };
    plan().await;
    assert_eq!(story.do_jobs().await, 0, "it is new");
    for _ in 0..29 {
        story
            .site
            .clock
            .advance(Duration::hours(24) + Duration::minutes(1));
        plan().await;
        plan().await;
        assert_eq!(story.do_jobs().await, 1);
    }
    story.site.clock.advance(Duration::hours(36));
    plan().await;
    assert_eq!(story.do_jobs().await, 0, "nobody was there for 30 days");
}

#[tokio::test]
async fn choosing_content_has_the_list_read() {
    let story = Story::begin().await;
    story.sit_down(INSTRUCTOR).await;
    story.site.clock.advance(Duration::minutes(11));
    let browser = story.site.browser();
    let tool = story.site.platform.activities()[0].tool;
    let initiation = story
        .site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, tool);
    browser.launch(&initiation.expect("the tool")).await;
    assert_eq!(story.do_jobs().await, 1);
}

#[tokio::test]
async fn a_list_that_does_not_come_leaves_the_former_one_and_says_why() {
    let faults = [
        (Fault::Status(503), "không trả lời", true),
        (
            Fault::TooManyRequests { retry_after: None },
            "yêu cầu tạm dừng",
            true,
        ),
        (Fault::Status(404), "không còn danh sách", false),
        (Fault::Status(403), "không chấp nhận yêu cầu", false),
    ];
    let story = Story::begin().await;
    let desk = story.sit_down(INSTRUCTOR).await;
    for (fault, reason, passes) in faults {
        story.site.platform.set_fault(Service::Memberships, fault, None);
        story.site.clock.advance(Duration::minutes(11));
        let page = desk.press("gradebook/roster", &[]).await;
        let text = page.all_text();
        assert!(text.contains("Chưa đọc lại được danh sách lớp"), "{text}");
        assert!(text.contains(reason), "{reason}: {text}");
        assert_eq!(
            page.count(".gradebook-names li"),
            STUDENTS.len() + 1,
            "the former one"
        );
        assert_eq!(page.count("form[action$='/gradebook/roster']"), 1);
        // The loop tries again what may pass, and no other.
        desk.gradebook().await;
        story.site.clock.advance(Duration::minutes(11));
        desk.gradebook().await;
        story.do_jobs().await;
        story.site.clock.advance(Duration::minutes(2));
        assert_eq!(story.do_jobs().await == 1, passes, "{reason}");
        story.site.platform.clear_faults();
        story.site.clock.advance(Duration::minutes(11));
        story.do_jobs().await;
        let page = desk.press("gradebook/roster", &[]).await;
        assert!(!page.all_text().contains(reason), "{}", page.all_text());
    }
}

#[tokio::test]
async fn a_first_list_that_does_not_come_is_tried_again_by_itself() {
    let story = Story::begin().await;
    story
        .site
        .platform
        .set_fault(Service::Memberships, Fault::Down, None);
    let desk = story.sit_down(INSTRUCTOR).await;
    let text = desk.page.all_text();
    assert!(text.contains("Chưa đọc được danh sách lớp"), "{text}");
    story.site.platform.clear_faults();
    story.site.clock.advance(Duration::seconds(61));
    assert_eq!(story.do_jobs().await, 1);
    let readings = story.readings();
    assert_eq!(
        desk.gradebook().await.count(".gradebook-names li"),
        STUDENTS.len() + 1
    );
    assert_eq!(story.readings(), readings, "the page found it there");
}

#[tokio::test]
async fn a_disabled_platform_is_not_asked() {
    let story = Story::begin().await;
    story.sit_down(STUDENTS[0]).await;
    story
        .site
        .database
        .execute("UPDATE registrations SET status = 'disabled'")
        .await;
    story.do_jobs().await;
    story.site.clock.advance(Duration::hours(25));
    app::job::plan(&story.site.app).await.expect("the database works");
    assert_eq!(story.do_jobs().await, 0);
    assert_eq!(story.readings(), 0);
}
