//! Attempts by the server's clock: when one can begin, and how one ends by itself.

use app::attempt::end_due;
use assessment::Rules;
use chrono::Duration;
use practice_platform::STUDENTS;
use tests::Answer;

use super::{Quiz, chosen};

fn ten_minutes() -> Rules {
    Rules {
        time_limit_seconds: Some(600),
        ..Rules::default()
    }
}

/// Whether a review says that the server submitted it.
fn says_deadline(review: &Answer) -> bool {
    review.all_text().contains("hết giờ")
}

#[tokio::test]
async fn who_closes_the_browser_is_submitted_at_the_deadline() {
    let quiz = Quiz::with(ten_minutes()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let remaining = sheet.page.attributes("#attempt", "data-remaining");
    assert!(["599", "600"].contains(&remaining[0].as_str()), "{remaining:?}");
    let tab = sheet.tab("tab-1");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;

    quiz.site.clock.advance(Duration::seconds(601));
    assert_eq!(
        end_due(&quiz.site.app).await.unwrap(),
        0,
        "an answer may still be on its way"
    );
    sheet
        .saves(&tab.body(&[tab.answer("q3", &["true"], quiz.now())]), 2)
        .await;

    quiz.site.clock.advance(Duration::seconds(5));
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 1);
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 0);
    assert_eq!(quiz.site.count("grade_deliveries").await, 1);
    let review = sheet.reload().await;
    assert!(says_deadline(&review), "{}", review.all_text());
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 6,67/10"));
    assert!(review.all_text().contains("10 phút"), "{}", review.all_text());
}

#[tokio::test]
async fn what_comes_late_is_told_apart_by_the_devices_clock() {
    let quiz = Quiz::with(ten_minutes()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let began = quiz.now();
    let entry = |after: i64| {
        let tab = sheet.tab("tab-1");
        let entry = tab.answer("q1", &["o1"], began + Duration::seconds(after));
        tab.body(&[entry])
    };
    quiz.site.clock.advance(Duration::seconds(700));
    for ended in [false, true] {
        sheet.refuses(&entry(590), "ATT-ARRIVED-LATE").await;
        sheet.refuses(&entry(650), "ATT-TIME-OVER").await;
        assert_eq!(end_due(&quiz.site.app).await.unwrap(), usize::from(!ended));
    }
    let form = desk
        .browser
        .submit(&sheet.page, "then", &[("answer/q1", "o1"), ("then", "stay")])
        .await;
    assert_eq!(form.code().as_deref(), Some("ATT-TIME-OVER"));
    assert_eq!(
        quiz.site.count("attempt_entries").await,
        1,
        "only the server's own"
    );
}

#[tokio::test]
async fn looking_at_an_overdue_attempt_ends_it() {
    let quiz = Quiz::with(ten_minutes()).await;
    for (student, rest) in [
        (STUDENTS[0], ""),
        (STUDENTS[1], "/confirm"),
        (STUDENTS[2], "/submit"),
    ] {
        let desk = quiz.launch(student).await;
        let sheet = desk.start().await;
        quiz.site.clock.advance(Duration::seconds(606));
        let review = match rest {
            "/submit" => sheet.submit().await,
            rest => desk.browser.get(&sheet.path(rest)).await,
        };
        assert_eq!(review.url.path(), sheet.page.url.path());
        assert!(says_deadline(&review), "{rest}: {}", review.all_text());
    }
    let desk = quiz.launch(STUDENTS[3]).await;
    let sheet = desk.start().await;
    quiz.site.clock.advance(Duration::seconds(606));
    let front = desk.browser.get(&desk.path("")).await;
    assert_eq!(front.count("tbody tr"), 1, "{}", front.all_text());
    // the page's own form at the end of its countdown, with answers that come too late
    let late = [("answer/q1", "o1"), ("then", "submit")];
    let review = desk.browser.submit(&sheet.page, "then", &late).await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 0);
}

#[tokio::test]
async fn two_processes_end_each_attempt_once() {
    let quiz = Quiz::with(ten_minutes()).await;
    for student in STUDENTS {
        quiz.launch(student).await.start().await;
    }
    let other = quiz.site.second_process().await;
    quiz.site.clock.advance(Duration::seconds(606));
    let (one, two) = tokio::join!(end_due(&quiz.site.app), end_due(&other));
    assert_eq!(one.unwrap() + two.unwrap(), STUDENTS.len());
    let students = i64::try_from(STUDENTS.len()).unwrap();
    assert_eq!(quiz.site.count("attempt_entries").await, students);
    assert_eq!(quiz.site.count("outcomes").await, students);
}

#[tokio::test]
async fn an_attempt_begins_only_when_it_may() {
    let earlier = Quiz::with(Rules::default()).await.now();
    let quiz = Quiz::with(Rules {
        opens_at: Some(earlier + Duration::hours(1)),
        closes_at: Some(earlier + Duration::hours(3)),
        attempts_allowed: Some(1),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let refused = async |code: &str| {
        let answer = desk.press_start().await;
        assert_eq!(answer.code().as_deref(), Some(code), "{}", answer.all_text());
        let front = desk.browser.get(&desk.path("")).await;
        assert_eq!(front.count("form.call"), 0, "{code}: {}", front.all_text());
        assert_eq!(front.count(".notice"), 1, "{code}: {}", front.all_text());
    };
    refused("ATT-NOT-OPEN-YET").await;
    quiz.site.clock.advance(Duration::hours(2));
    desk.start().await.submit().await;
    refused("ATT-NO-ATTEMPTS-LEFT").await;
    quiz.site.clock.advance(Duration::hours(2));
    refused("ATT-CLOSED-DATE").await;
}

#[tokio::test]
async fn an_open_attempt_keeps_its_session() {
    let quiz = Quiz::with(Rules {
        time_limit_seconds: Some(20 * 60 * 60),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    quiz.site.clock.advance(Duration::hours(19));
    let tab = sheet.tab("tab-1");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
    quiz.site.clock.advance(Duration::hours(3));
    assert_eq!(sheet.reload().await.code().as_deref(), Some("WEB-SESSION"));
    // nothing is lost: the next launch shows the result
    let again = quiz.launch(STUDENTS[0]).await;
    assert_eq!(
        again.front.text("td.number").as_deref(),
        Some("3,33/10 Tổng điểm các câu: 1/3")
    );
    assert_eq!(
        end_due(&quiz.site.app).await.unwrap(),
        0,
        "the launch's page ended it"
    );
    assert_eq!(quiz.site.count("outcomes").await, 1);
}

#[tokio::test]
async fn without_a_limit_each_answer_keeps_the_session() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    for hours in [11, 11, 11] {
        quiz.site.clock.advance(Duration::hours(hours));
        let answer = tab.answer("q1", &["o1"], quiz.now());
        sheet.saves(&tab.body(&[answer]), tab.number.get()).await;
    }
    assert_eq!(chosen(&sheet.reload().await, "q1"), ["o1"]);
}
