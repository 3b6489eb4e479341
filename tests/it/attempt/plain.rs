//! The same attempt without any script: plain forms from start to result.

use assessment::{Review, Rules, Shown};
use chrono::Duration;
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use tests::Answer;

use super::{Quiz, Sheet, chosen};

impl Sheet<'_> {
    /// Presses a button of a page's form after changing some of its fields.
    async fn press(&self, page: &Answer, then: &str, changes: &[(&str, &str)]) -> Answer {
        let changes: Vec<_> = changes.iter().copied().chain([("then", then)]).collect();
        self.browser.submit(page, "then", &changes).await
    }
}

#[tokio::test]
async fn from_the_front_page_to_the_result() {
    let quiz = Quiz::with(Rules {
        attempts_allowed: Some(2),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert_eq!(desk.front.text("h1").as_deref(), Some("An toàn lao động"));
    assert_eq!(
        desk.front.text(".lead").as_deref(),
        Some("Đọc kỹ trước khi chọn.")
    );
    let sheet = desk.start().await;
    assert!(sheet.page.all_text().contains("Đúng") && sheet.page.all_text().contains("Sai"));

    let saved = sheet
        .press(&sheet.page, "stay", &[("answer/q1", "o1"), ("flag/q2", "on")])
        .await;
    assert_eq!(saved.url.path(), sheet.page.url.path());
    assert_eq!(chosen(&saved, "q1"), ["o1"]);
    let several = [("answer/q2/a", "on"), ("answer/q2/c", "on")];
    let confirm = sheet.press(&saved, "confirm", &several).await;
    assert_eq!(confirm.url.path(), sheet.path("/confirm"));
    assert_eq!(
        confirm.count(".open-questions li"),
        2,
        "q2 is flagged, q3 unanswered"
    );

    let button = format!("form[action='{}'] button", sheet.path("/submit"));
    assert_eq!(confirm.count(&button), 1);
    let review = sheet.submit().await;
    assert_eq!(review.status, StatusCode::OK, "{}", review.all_text());
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    assert_eq!(review.count(".choice.right"), 4);
    assert_eq!(review.count(".choice.wrong"), 1);
    assert_eq!(review.count(".feedback"), 3, "only of what was chosen");
    assert!(
        review
            .header("content-security-policy")
            .contains(quiz.site.platform.origin())
    );

    let front = desk.browser.get(&desk.path("")).await;
    assert_eq!(front.count("tbody tr"), 1);
    assert_eq!(
        front.text("td.number").as_deref(),
        Some("3,33/10 Tổng điểm các câu: 1/3")
    );
    let links = front.attributes("tbody a", "href");
    assert_eq!(links, [sheet.page.url.path()]);
}

#[tokio::test]
async fn pressed_twice_changes_nothing() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let (one, other) = tokio::join!(desk.press_start(), desk.press_start());
    assert_eq!(one.url, other.url);
    assert_eq!(quiz.site.count("attempts").await, 1);
    let sheet = desk.start().await;
    for _ in 0..2 {
        sheet.press(&sheet.page, "stay", &[("answer/q1", "o1")]).await;
    }
    assert_eq!(quiz.site.count("attempt_entries").await, 1);
    for _ in 0..2 {
        let review = sheet.submit().await;
        assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    }
    assert_eq!(quiz.site.count("attempt_entries").await, 2);
    assert_eq!(quiz.site.count("outcomes").await, 1);
    let late = sheet.press(&sheet.page, "stay", &[("answer/q1", "o2")]).await;
    assert_eq!(late.code().as_deref(), Some("ATT-CLOSED"));
}

#[tokio::test]
async fn a_stale_form_leaves_alone_what_another_tab_saved() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
    // the form still says that nothing was chosen in q1
    let page = sheet.press(&sheet.page, "stay", &[("answer/q3", "true")]).await;
    assert_eq!(
        (chosen(&page, "q1"), chosen(&page, "q3")),
        (vec!["o1".to_owned()], vec!["true".to_owned()])
    );
    // what a form takes away is taken away
    let cleared = sheet
        .press(&page, "stay", &[("answer/q1", "o2"), ("flag/q1", "on")])
        .await;
    assert_eq!(chosen(&cleared, "q1"), ["o2"]);
    // a plain form always asks: the tab was overtaken
    let next = tab.answer("q1", &["o1"], quiz.now());
    sheet.refuses(&tab.body(&[next]), "ATT-WRITER").await;
}

#[tokio::test]
async fn a_form_that_does_not_fit_is_refused_whole() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let check = async |changes: &[(&str, &str)], code: &str| {
        let answer = sheet.press(&sheet.page, "stay", changes).await;
        assert_eq!(
            answer.code().as_deref(),
            Some(code),
            "{changes:?}: {}",
            answer.all_text()
        );
    };
    check(&[("was/q9", ""), ("answer/q9", "o1")], "ATT-SLOT-UNKNOWN").await;
    check(&[("answer/q9", "o1")], "WEB-FORM").await;
    check(&[("csrf", "guessed")], "WEB-CSRF").await;
    assert_eq!(quiz.site.count("attempt_entries").await, 0);
}

#[tokio::test]
async fn right_answers_wait_for_the_close() {
    let start = Quiz::with(Rules::default()).await;
    let closes_at = start.now() + Duration::hours(2);
    let quiz = Quiz::with(Rules {
        closes_at: Some(closes_at),
        review: Review {
            marks: Shown::ALWAYS,
            right_answers: Shown::AFTER_CLOSE,
            feedback: Shown::NEVER,
            history: Shown::NEVER,
        },
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    sheet.press(&sheet.page, "stay", &[("answer/q1", "o2")]).await;
    let before = sheet.submit().await;
    assert_eq!(before.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert_eq!((before.count(".choice.right"), before.count(".feedback")), (0, 0));
    assert_eq!(before.count(".notice"), 1, "it says from when on more is shown");
    quiz.site.clock.advance(Duration::hours(2));
    let after = sheet.reload().await;
    assert_eq!((after.count(".choice.right"), after.count(".feedback")), (4, 0));
    assert_eq!(after.count(".notice"), 0);
}

/// Somebody else of the class may work longer: by other dates, or with an attempt that has got more time.
#[tokio::test]
async fn right_answers_wait_for_the_last_who_may_work() {
    let start = Quiz::with(Rules::default()).await;
    let closes_at = start.now() + Duration::hours(2);
    let quiz = Quiz::with(Rules {
        closes_at: Some(closes_at),
        time_limit_seconds: Some(3_600),
        review: Review {
            right_answers: Shown::AFTER_CLOSE,
            ..Review::default()
        },
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    sheet.press(&sheet.page, "stay", &[("answer/q1", "o2")]).await;
    sheet.submit().await;
    quiz.launch(STUDENTS[1]).await;
    let later = (closes_at + Duration::hours(1)).to_rfc3339();
    let exception = format!(
        "INSERT INTO rule_overrides (id, placement_id, person_id, content, changed_at)
         SELECT 'later', p.id, i.person_id, '{{\"closes_at\":{{\"to\":\"{later}\"}}}}', p.created_at
         FROM placements p CROSS JOIN identities i WHERE i.subject = '{}'",
        STUDENTS[1]
    );
    quiz.site.database.execute(&exception).await;
    quiz.site.clock.advance(Duration::minutes(150));
    let waits = sheet.reload().await;
    assert_eq!(waits.count(".choice.right"), 0, "{}", waits.all_text());
    assert_eq!(waits.count(".notice"), 1, "it says from when on more is shown");
    // Begun in time: it runs to the later close, and by more time past that one.
    let slow = quiz.launch(STUDENTS[1]).await;
    slow.start().await;
    let until = (closes_at + Duration::hours(2)).naive_utc();
    let longer =
        format!("UPDATE attempts SET submit_until = '{until}', due_at = '{until}' WHERE state = 'open'");
    quiz.site.database.execute(&longer).await;
    quiz.site.clock.advance(Duration::minutes(60));
    assert_eq!(sheet.reload().await.count(".choice.right"), 0);
    quiz.site.clock.advance(Duration::minutes(60));
    assert_ne!(sheet.reload().await.count(".choice.right"), 0);
}
