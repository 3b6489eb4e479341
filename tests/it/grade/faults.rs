//! What the platform does instead of answering.

use chrono::{Duration, Utc};
use practice_platform::{COURSE, CourseRole, Fault, INSTRUCTOR, STUDENTS, Service};

use super::Story;

/// Longer than the longest pause between two tries.
const LONG: Duration = Duration::hours(8);

#[tokio::test]
async fn each_fault_is_outlived_and_the_last_grade_wins() {
    let story = Story::begin().await;
    for (service, fault) in [
        (Service::Scores, Fault::Status(500)),
        (Service::Scores, Fault::Status(503)),
        (Service::Scores, Fault::Html200),
        (Service::Scores, Fault::CloseEarly),
        (Service::Scores, Fault::Down),
        (Service::Scores, Fault::TooManyRequests { retry_after: None }),
        (Service::Token, Fault::Status(500)),
        (Service::Token, Fault::Html200),
        (Service::Token, Fault::Down),
    ] {
        // A token lives an hour: each round asks for a new one.
        story.site.clock.advance(LONG);
        let student = story.hand_in(STUDENTS[0], 1).await;
        story.site.platform.fail_next(service, fault.clone());
        story.deliver().await;
        let page = student.front().await.all_text();
        assert!(page.contains("chưa nhận được"), "{fault:?}: {page}");
        student.hand_in(1).await;
        story.deliver_after(LONG).await;
        let grade = story.grade(STUDENTS[0]);
        assert_eq!(grade.grade, Some(5.0), "{fault:?}");
        let last = format!("#{}", story.site.count("attempts").await);
        let told = grade.feedback.unwrap_or_default();
        assert!(told.contains(&last), "{fault:?}: {told}");
        assert_eq!(story.deliver_after(LONG).await, 0, "{fault:?}: once is enough");
    }
    story.assert_well_formed();
}

#[tokio::test]
async fn a_refusal_that_comes_as_200_is_one() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    story
        .site
        .platform
        .fail_next(Service::Scores, Fault::RefuseEmptyList);
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, None);
    assert_eq!(story.deliver_after(LONG).await, 0, "a refusal is final");
    let page = student.front().await.all_text();
    assert!(page.contains("không được ghi danh"), "{page}");
    student.press("grade/send-again", &[]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn somebody_who_is_no_student_there_is_told_in_plain_words() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.site.platform.enrol(COURSE, STUDENTS[0], None);
    story.deliver().await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    // The list no longer names them: that is no error, and the grade waits.
    let page = instructor.gradebook().await.all_text();
    assert!(page.contains("tự gửi khi họ trở lại"), "{page}");
    story
        .site
        .platform
        .enrol(COURSE, STUDENTS[0], Some(CourseRole::Student));
    let page = instructor.press("gradebook/send-again", &[]).await.all_text();
    assert!(page.contains("Đang gửi lại"), "{page}");
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_platform_that_is_down_for_a_week() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    platform.set_fault(Service::Token, Fault::Down, None);
    platform.set_fault(Service::Scores, Fault::Down, None);
    let student = story.hand_in(STUDENTS[0], 1).await;
    let other = story.hand_in(STUDENTS[1], 0).await;
    for day in 0..7 {
        for _ in 0..24 {
            story.deliver_after(Duration::hours(1)).await;
        }
        if day == 3 {
            // Their sessions are over by then.
            story.hand_in(STUDENTS[0], 2).await;
        }
    }
    drop((student, other));
    platform.clear_faults();
    // As soon as one arrives, the others follow.
    for _ in 0..7 {
        story.deliver_after(Duration::hours(1)).await;
    }
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
    assert_eq!(story.grade(STUDENTS[1]).grade, Some(0.0));
    let taken = story.scores().iter().filter(|score| score.status == 200).count();
    assert_eq!(taken, 2, "each arrived once");
    story.assert_well_formed();
}

#[tokio::test]
async fn thirty_days_are_enough() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    platform.set_fault(Service::Token, Fault::Down, None);
    story.hand_in(STUDENTS[0], 2).await;
    story.deliver().await;
    story.deliver_after(Duration::days(29)).await;
    platform.clear_requests();
    assert_eq!(story.deliver_after(Duration::days(2)).await, 1, "the last try");
    assert_eq!(story.deliver_after(Duration::days(2)).await, 0, "it is set aside");
    platform.clear_faults();
    let instructor = story.sit_down(INSTRUCTOR).await;
    let page = instructor.gradebook().await.all_text();
    assert!(page.contains("30 ngày"), "{page}");
    instructor.press("gradebook/send-again", &[]).await;
    story.deliver().await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
}

#[tokio::test]
async fn a_pause_that_the_platform_asks_for_is_kept() {
    let story = Story::begin().await;
    story.hand_in(STUDENTS[0], 2).await;
    let pause = Fault::TooManyRequests {
        retry_after: Some(120),
    };
    story.site.platform.fail_next(Service::Scores, pause);
    story.deliver().await;
    // Somebody else's grade waits, too, and so does handing in again.
    story.hand_in(STUDENTS[1], 1).await;
    story.hand_in(STUDENTS[0], 1).await;
    assert_eq!(story.deliver_after(Duration::seconds(110)).await, 0, "it pauses");
    assert_eq!(story.scores().len(), 1);
    story.deliver_after(Duration::seconds(20)).await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));
    assert_eq!(story.grade(STUDENTS[1]).grade, Some(5.0));
}

#[tokio::test]
async fn pressing_neither_shortens_a_pause_nor_floods() {
    let story = Story::begin().await;
    let student = story.hand_in(STUDENTS[0], 2).await;
    let pause = Fault::TooManyRequests {
        retry_after: Some(120),
    };
    story.site.platform.fail_next(Service::Scores, pause);
    story.deliver().await;
    for _ in 0..2 {
        student.press("grade/send-again", &[]).await;
        assert_eq!(story.deliver_after(Duration::seconds(50)).await, 0, "it pauses");
    }
    assert_eq!(story.deliver_after(Duration::seconds(30)).await, 1);
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0));

    // The last press that counted lies more than a minute back.
    for expected in [1, 0] {
        let answer = student.press("grade/send-again", &[]).await;
        assert_eq!(answer.code(), None);
        assert_eq!(story.deliver_after(Duration::seconds(20)).await, expected);
    }
    story.site.clock.advance(Duration::seconds(41));
    student.press("grade/send-again", &[]).await;
    assert_eq!(story.deliver().await, 1);
}

#[tokio::test]
async fn a_platform_that_hangs_keeps_nobody_else_waiting() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    let student = story.hand_in(STUDENTS[0], 1).await;
    platform.fail_next(Service::Scores, Fault::Hang);
    let app = story.site.app.clone();
    let round = tokio::spawn(async move { app::grade::deliver_due(&app).await });
    while platform.hanging() == 0 {
        tokio::task::yield_now().await;
    }
    // The same round sends what becomes due meanwhile, to this platform as to any other.
    story.hand_in(STUDENTS[1], 2).await;
    while story.grade(STUDENTS[1]).grade.is_none() {
        tokio::task::yield_now().await;
    }
    // A better one of the same student, while the first one hangs.
    student.hand_in(2).await;
    platform.release_hung();
    round.await.expect("no panic").expect("the database works");
    story.deliver_after(LONG).await;
    assert_eq!(story.grade(STUDENTS[0]).grade, Some(10.0), "the last one wins");
    story.assert_well_formed();
}

#[tokio::test]
async fn stamps_rise_and_stay_near_the_clock() {
    let story = Story::begin().await;
    let student = story.sit_down(STUDENTS[0]).await;
    for _ in 0..8 {
        student.hand_in(1).await;
        story.deliver().await;
        let scores = story.scores();
        let ahead = scores.iter().filter_map(|score| {
            let stamp = score.json()?["timestamp"]
                .as_str()?
                .parse::<chrono::DateTime<Utc>>()
                .ok()?;
            Some((stamp, stamp - score.at))
        });
        let ahead: Vec<_> = ahead.collect();
        assert!(
            ahead.iter().all(|(_, ahead)| *ahead <= Duration::seconds(5)),
            "{ahead:?}"
        );
        assert!(
            ahead.is_sorted_by(|(one, _), (other, _)| one < other),
            "{ahead:?}"
        );
    }
    // More than five within one second: the last ones wait for their time.
    story.deliver_after(Duration::seconds(10)).await;
    let feedback = story.grade(STUDENTS[0]).feedback.unwrap_or_default();
    assert!(feedback.contains("#8"), "{feedback}");
    assert!(story.scores().iter().all(|score| score.status == 200));
}
