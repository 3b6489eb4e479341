//! A teacher's own grade stays until somebody says otherwise.

use chrono::{Duration, SubsecRound};
use practice_platform::{Fault, INSTRUCTOR, STUDENTS, Service};

use super::{Desk, Story};

/// The hidden field of the student's buttons.
async fn person_of(desk: &Desk) -> String {
    let page = desk.gradebook().await;
    page.attributes("input[name=person]", "value").remove(0)
}

/// Moves the clock to the beginning of a second: what follows at once has the same stamp.
fn to_a_whole_second(story: &Story) {
    let now = story.site.clock.now();
    story
        .site
        .clock
        .advance(now.trunc_subsecs(0) + Duration::seconds(1) - now);
}

#[tokio::test]
async fn a_conflict_leaves_the_teachers_grade() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 1).await;
    to_a_whole_second(&story);
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), Some(9.0));
    story.deliver().await;
    assert_eq!(story.scores()[0].status, 409, "not newer in whole seconds");
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(9.0));
    assert_eq!(
        story.deliver_after(Duration::days(1)).await,
        0,
        "it is left alone"
    );

    let instructor = story.sit_down(INSTRUCTOR).await;
    let page = instructor.gradebook().await.all_text();
    assert!(
        page.contains("Moodle đang hiển thị điểm 9 do giáo viên nhập; điểm ở đây là 5"),
        "{page}"
    );
}

#[tokio::test]
async fn an_override_stays_even_when_ours_is_put_in_its_place() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 1).await;
    story.deliver().await;
    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), Some(9.0));
    let instructor = story.sit_down(INSTRUCTOR).await;
    let person = person_of(&instructor).await;
    story.site.clock.advance(Duration::minutes(1));
    instructor
        .press("gradebook/overwrite", &[("person", &person)])
        .await;
    story.deliver().await;
    assert_eq!(
        story.grade(STUDENTS[0]).grade,
        Some(9.0),
        "Moodle keeps an override"
    );
    let page = instructor.gradebook().await.all_text();
    assert!(page.contains("bỏ ghi đè"), "{page}");

    // The teacher takes it back.
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), None);
    story.site.clock.advance(Duration::minutes(1));
    instructor
        .press("gradebook/send-again", &[("person", &person)])
        .await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(5.0));
    let page = instructor.gradebook().await.all_text();
    assert!(page.contains("5 đã tới Moodle"), "{page}");
}

#[tokio::test]
async fn our_own_score_is_no_teachers_though_we_never_heard_of_it() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 1).await;
    let column = story.column();
    let platform = &story.site.platform;
    platform.fail_next(Service::Scores, Fault::CloseEarly);
    story.deliver().await;
    assert_eq!(
        story.grade(STUDENTS[0]).grade,
        Some(5.0),
        "it took effect, and we do not know"
    );
    // A teacher who corrects the feedback makes every score of this second a conflict.
    let touch = || {
        to_a_whole_second(&story);
        platform.set_feedback(STUDENTS[0], column, Some("Khá"));
    };
    story.site.clock.advance(Duration::minutes(1));
    touch();
    story.deliver().await;
    assert_eq!(story.scores()[1].status, 409);
    let page = student.front().await.all_text();
    assert!(page.contains("5 đã tới Moodle"), "{page}");

    story.site.clock.advance(Duration::minutes(1));
    student.hand_in(2).await;
    touch();
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0), "with a later stamp");
    assert_eq!(story.deliver_after(Duration::hours(8)).await, 0);
    let sent: Vec<u16> = story.scores().iter().map(|score| score.status).collect();
    assert_eq!(sent[1..], [409, 409, 200]);
}

#[tokio::test]
async fn a_score_that_never_arrived_does_not_look_like_a_teachers() {
    let story = Story::begin_without_column().await;
    let student = story.hand_in(STUDENTS[0], 0).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    for fault in [Fault::CloseEarly, Fault::Down] {
        story.site.platform.fail_next(Service::Scores, fault);
        story.deliver_after(Duration::minutes(1)).await;
        student.hand_in(1).await;
    }
    // 0 stands there, 5 went astray, 10 is wanted.
    student.hand_in(2).await;
    story.deliver_after(Duration::minutes(1)).await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_column_without_activity_is_read_before_it_is_written() {
    let story = Story::begin_without_column().await;
    let student = story.hand_in(STUDENTS[0], 1).await;
    assert_eq!(story.deliver().await, 0, "there is nowhere to send it");
    let page = student.front().await.all_text();
    assert!(page.contains("chưa có cột điểm"), "{page}");

    let instructor = story.sit_down(INSTRUCTOR).await;
    let (one, two) = tokio::join!(
        instructor.press("gradebook/column", &[]),
        instructor.press("gradebook/column", &[]),
    );
    assert!(one.status.is_success() || two.status.is_success());
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    assert_eq!(
        story.grade(STUDENTS[0]).grade,
        Some(5.0),
        "one column, with the grade that waited"
    );

    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), Some(9.0));
    story.site.clock.advance(Duration::minutes(1));
    student.hand_in(2).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(9.0), "the teacher's stays");
    let person = person_of(&instructor).await;
    instructor
        .press("gradebook/overwrite", &[("person", &person)])
        .await;
    story.deliver().await;
    assert_eq!(
        story.grade(STUDENTS[0]).grade,
        Some(10.0),
        "until an instructor says otherwise"
    );
    story.assert_well_formed();
}

#[tokio::test]
async fn a_column_is_found_again() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    // It is made, but we never hear of it.
    story
        .site
        .platform
        .set_fault(Service::LineItems, Fault::CloseEarly, Some(2));
    let failed = instructor.press("gradebook/column", &[]).await;
    assert_eq!(
        failed.code().as_deref(),
        Some("LTI-SVC-UNREACHABLE"),
        "{}",
        failed.all_text()
    );
    story.site.platform.clear_faults();
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_column_that_was_deleted_comes_back_elsewhere() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    story.site.platform.delete_line_item(story.column());
    let student = story.sit_down(STUDENTS[0]).await;
    student.hand_in(2).await;
    story.deliver().await;
    let page = student.front().await.all_text();
    assert!(page.contains("chưa có cột điểm"), "{page}");
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}
