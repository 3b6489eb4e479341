//! The daily look at the platform's columns: what people did there is kept and
//! shown with what to do, and nothing is sent for it.

use chrono::Duration;
use practice_platform::{Fault, INSTRUCTOR, STUDENTS, Service};

use super::{Desk, Story};

/// Longer than until the next look, whatever hour of the day is the column's.
const A_DAY_AND_A_HALF: Duration = Duration::hours(37);

impl Story {
    /// Waits for the daily look.
    async fn look(&self) {
        self.site.clock.advance(A_DAY_AND_A_HALF);
        app::job::do_due(&self.site.app)
            .await
            .expect("the database works");
    }

    /// The instructor's page without the platform's results: only what the daily look kept.
    async fn kept_page(&self) -> (Desk, String) {
        self.site
            .platform
            .set_fault(Service::Results, Fault::Html200, None);
        let instructor = self.sit_down(INSTRUCTOR).await;
        self.site.platform.clear_faults();
        let text = instructor.page.all_text();
        (instructor, text)
    }

    /// The text of the administration's overview.
    async fn overview(&self) -> String {
        let address = app::administration::link(&self.site.app, None)
            .await
            .expect("a link");
        self.site.browser().post(&address, &[]).await.all_text()
    }
}

#[tokio::test]
async fn a_teachers_grade_is_noticed_and_kept() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    story.hand_in(STUDENTS[0], 1).await;
    story.deliver().await;
    story.site.clock.advance(Duration::minutes(1));
    platform.set_override(STUDENTS[0], story.column(), Some(9.0));
    story.look().await;
    assert_eq!(story.deliver().await, 0, "looking sends nothing");
    let (_, page) = story.kept_page().await;
    let told = "Moodle đang hiển thị điểm 9 do giáo viên nhập; điểm ở đây là 5";
    assert!(page.contains(told), "{page}");
    assert!(
        story.overview().await.contains("Điểm của giáo viên 1"),
        "{}",
        story.overview().await
    );

    // The teacher takes it back: ours shows, and the next look says so.
    platform.set_override(STUDENTS[0], story.column(), None);
    story.look().await;
    story.deliver().await;
    let (_, page) = story.kept_page().await;
    assert!(page.contains("5 đã tới Moodle"), "{page}");
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(5.0));
    assert_eq!(story.scores().len(), 1, "one score was ever sent");
    story.assert_well_formed();
}

#[tokio::test]
async fn a_grade_that_was_emptied_waits_for_a_button() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), None);
    story.look().await;
    assert_eq!(story.deliver().await, 0);
    let (instructor, page) = story.kept_page().await;
    assert!(
        page.contains("1 điểm đã tới Moodle nhưng nay không còn ở đó"),
        "{page}"
    );
    assert!(story.overview().await.contains("Điểm bị xóa bên đó 1"));

    let student = story.sit_down(STUDENTS[0]).await;
    assert!(student.page.all_text().contains("nay không còn ở đó"));
    student.press("grade/send-again", &[]).await;
    assert_eq!(
        story.deliver().await,
        0,
        "a student does not undo what a teacher did"
    );

    instructor
        .press("gradebook/send-again", &[("which", "emptied")])
        .await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
    assert!(!story.overview().await.contains("Điểm bị xóa bên đó"));
}

#[tokio::test]
async fn a_student_who_left_has_no_emptied_grade() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    story.sit_down(INSTRUCTOR).await;
    story
        .site
        .platform
        .suspend(practice_platform::COURSE, STUDENTS[0], true);
    story
        .site
        .platform
        .set_override(STUDENTS[0], story.column(), None);
    story.site.clock.advance(Duration::minutes(11));
    story.sit_down(INSTRUCTOR).await;
    app::job::do_due(&story.site.app).await.expect("works");
    story.look().await;
    assert!(!story.overview().await.contains("Điểm bị xóa bên đó"));
}

#[tokio::test]
async fn an_activitys_column_that_was_deleted_is_the_activitys_to_make() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    story.site.platform.delete_line_item(story.column());
    story.look().await;
    assert!(story.overview().await.contains("Cột điểm bị mất 1"));
    let (_, page) = story.kept_page().await;
    assert!(
        page.contains("Hoạt động này không còn cột điểm trong Moodle"),
        "{page}"
    );
    assert!(page.contains("mở phần thiết lập của hoạt động"), "{page}");

    story
        .site
        .platform
        .save_activity(story.activity, 10.0)
        .expect("the activity");
    let instructor = story.sit_down(INSTRUCTOR).await;
    assert!(!instructor.page.all_text().contains("không còn cột điểm"));
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0), "sent to the new one");
    assert!(!story.overview().await.contains("Cột điểm bị mất"));
}

#[tokio::test]
async fn a_deleted_column_is_seen_at_once_by_whoever_looks() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 2).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    story.site.platform.delete_line_item(story.column());
    let page = instructor.gradebook().await;
    let text = page.all_text();
    assert!(
        text.contains("Cột điểm của bài này đã bị xóa trong Moodle"),
        "{text}"
    );
    let made = instructor.press("gradebook/column", &[]).await;
    assert!(made.all_text().contains("Đã có cột điểm"), "{}", made.all_text());
    story.site.clock.advance(Duration::minutes(1));
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_changed_maximum_is_followed_and_overwrites_nothing() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 1).await;
    story.hand_in(STUDENTS[1], 1).await;
    story.deliver().await;
    story.site.clock.advance(Duration::minutes(1));
    story
        .site
        .platform
        .set_override(STUDENTS[1], story.column(), Some(9.0));
    story.site.platform.rescale(story.column(), 20.0);
    story.look().await;
    assert_eq!(story.deliver().await, 0, "the same share stands there already");
    let (_, page) = story.kept_page().await;
    assert!(
        page.contains("Điểm tối đa trong Moodle đã đổi từ 10 thành 20"),
        "{page}"
    );
    assert!(page.contains("10/20"), "{page}");
    assert_eq!(
        story.grade(STUDENTS[1]).grade,
        Some(18.0),
        "the teacher's, rescaled"
    );
    assert!(story.overview().await.contains("Thang điểm đã đổi 1"));
    assert_eq!(story.scores().len(), 2);

    drop(student);
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(20.0));
    let sent = story.scores().pop().and_then(|score| score.json()).expect("JSON");
    assert_eq!(
        (&sent["scoreGiven"], &sent["scoreMaximum"]),
        (&20.into(), &20.into())
    );
}

#[tokio::test]
async fn a_column_of_ours_keeps_its_scale_and_says_so() {
    let story = Story::begin_without_column().await;
    story.hand_in(STUDENTS[0], 1).await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    instructor.press("gradebook/column", &[]).await;
    story.deliver().await;
    story.site.platform.rescale(story.column(), 20.0);
    story.look().await;
    let (_, page) = story.kept_page().await;
    assert!(page.contains("có thang điểm 20, ở đây là 10"), "{page}");
    assert_eq!(story.deliver().await, 0);
}

#[tokio::test]
async fn a_locked_column_is_told_with_what_to_do() {
    let story = Story::begin().await;
    story.site.platform.lock_line_item(story.column(), true);
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    let page = instructor.page.all_text();
    assert!(page.contains("1 điểm bị khóa trong Moodle"), "{page}");
    assert!(page.contains("bỏ khóa"), "{page}");
    assert!(story.overview().await.contains("Điểm bị khóa bên đó 1"));
    story.site.platform.lock_line_item(story.column(), false);
    instructor.press("gradebook/send-again", &[]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
    assert!(!story.overview().await.contains("Điểm bị khóa"));
}

#[tokio::test]
async fn looks_keep_a_pause_and_two_processes_look_once() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 1).await;
    story.deliver().await;
    let looks = || story.site.platform.requests_to(Service::Results).len();
    let before = looks();
    story.site.platform.fail_next(
        Service::Results,
        Fault::TooManyRequests {
            retry_after: Some(7_200),
        },
    );
    story.look().await;
    assert_eq!(looks(), before + 1);
    story.site.clock.advance(Duration::hours(1));
    app::job::do_due(&story.site.app).await.expect("works");
    assert_eq!(looks(), before + 1, "the platform asked for two hours");

    story.site.clock.advance(Duration::hours(2));
    let second = story.site.second_process().await;
    let (one, two) = tokio::join!(app::job::do_due(&story.site.app), app::job::do_due(&second));
    one.expect("works");
    two.expect("works");
    assert_eq!(looks(), before + 2, "one of them looked");
}

#[tokio::test]
async fn a_course_that_nobody_opens_is_not_looked_at_for_ever() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 1).await;
    story.deliver().await;
    story.site.clock.advance(Duration::days(61));
    let jobs = || {
        story
            .site
            .database
            .texts("SELECT subject_id FROM jobs WHERE kind = 'column-check'")
    };
    assert_eq!(jobs().await.len(), 1);
    app::job::do_due(&story.site.app).await.expect("works");
    assert_eq!(jobs().await.len(), 0);
}
