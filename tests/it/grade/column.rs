//! A column that we make is made once, and found again wherever it went.

use chrono::Duration;
use practice_platform::{ActivityLineItem, COURSE, Fault, INSTRUCTOR, STUDENTS, Service};

use super::Story;

#[tokio::test]
async fn an_answer_that_got_lost_makes_no_second_column() {
    for fault in [Fault::CloseEarly, Fault::Status(503)] {
        let story = Story::begin_without_column().await;
        story.hand_in(STUDENTS[0], 2).await;
        let instructor = story.sit_down(INSTRUCTOR).await;
        // The list is read, then the answer to making it gets lost.
        story
            .site
            .platform
            .fail_after(Service::LineItems, 1, fault.clone());
        instructor.press("gradebook/column", &[]).await;
        instructor.press("gradebook/column", &[]).await;
        story.deliver().await;
        assert_eq!(
            story.grade(STUDENTS[0]).grade,
            Some(10.0),
            "{fault:?}: one column, filled"
        );
    }
}

#[tokio::test]
async fn a_crash_after_the_column_was_made_makes_no_second_one() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    // The program ended before it wrote the address, with the lease still held.
    let forget = "UPDATE grade_columns SET line_item_url = NULL, origin = 'none';
        UPDATE grade_deliveries SET state = 'no-column'";
    story.site.database.execute(forget).await;
    instructor.press("gradebook/column", &[]).await;
    story.site.clock.advance(Duration::minutes(1));
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_copied_course_brings_its_column_along() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let quiz = story
        .site
        .database
        .texts("SELECT id FROM assessments")
        .await
        .remove(0);
    let tool = story.site.platform.activities()[0].tool;
    let copied = |resource_id: &str, tag: &str| ActivityLineItem {
        resource_id: resource_id.to_owned(),
        tag: tag.to_owned(),
        score_maximum: 10.0,
        ..ActivityLineItem::default()
    };
    // The mark is that of the column in the former course.
    let platform = &story.site.platform;
    let column = platform.add_line_item(
        COURSE,
        tool,
        "An toàn lao động",
        copied(&quiz, "the former course's"),
    );
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    assert_eq!(story.column(), column, "no second one");
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
    let ours = story.site.database.texts("SELECT id FROM grade_columns").await;
    assert_eq!(
        platform.line_items()[0].tag,
        ours[0],
        "it bears our mark from now on"
    );
    story.assert_well_formed();
}

#[tokio::test]
async fn two_processes_make_one_column() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let (one, two) = (story.sit_down(INSTRUCTOR).await, story.sit_down(INSTRUCTOR).await);
    tokio::join!(
        one.press("gradebook/column", &[]),
        two.press("gradebook/column", &[])
    );
    assert_eq!(story.site.platform.line_items().len(), 1);
}
