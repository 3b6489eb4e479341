//! What happens around the clock of an attempt: submitted, handed in late or
//! abandoned at the exact second, waits between attempts, the password, breaks.

use app::attempt::end_due;
use assessment::{Rules, WhenTimeIsOver};
use chrono::Duration;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::Answer;

use super::{Desk, Quiz, Sheet};

fn ten_minutes(when_time_is_over: WhenTimeIsOver) -> Rules {
    Rules {
        time_limit_seconds: Some(600),
        when_time_is_over,
        attempts_allowed: Some(1),
        ..Rules::default()
    }
}

async fn answers(quiz: &Quiz, sheet: &Sheet<'_>) {
    let tab = sheet.tab("tab-1");
    let entry = tab.answer("q1", &["o1"], quiz.now());
    sheet.saves(&tab.body(&[entry]), 1).await;
}

async fn refuses_answers(quiz: &Quiz, sheet: &Sheet<'_>, code: &str) {
    let tab = sheet.tab("tab-late");
    let entry = tab.answer("q1", &["o1"], quiz.now());
    sheet.refuses(&tab.taking_over(&[entry]), code).await;
}

async fn states(quiz: &Quiz) -> Vec<String> {
    let states = "SELECT state FROM attempts ORDER BY id";
    quiz.site.database.texts(states).await
}

async fn kinds(quiz: &Quiz) -> Vec<String> {
    let kinds = "SELECT kind FROM attempt_entries ORDER BY position";
    quiz.site.database.texts(kinds).await
}

fn says(page: &Answer, words: &str) {
    assert!(page.all_text().contains(words), "{words}: {}", page.all_text());
}

#[tokio::test]
async fn within_the_grace_it_can_be_handed_in_and_not_answered() {
    let quiz = Quiz::with(ten_minutes(WhenTimeIsOver::Grace { seconds: 60 })).await;
    let desks = [
        quiz.launch(STUDENTS[0]).await,
        quiz.launch(STUDENTS[1]).await,
        quiz.launch(STUDENTS[2]).await,
    ];
    let (one, two, three) = (
        desks[0].start().await,
        desks[1].start().await,
        desks[2].start().await,
    );
    for sheet in [&one, &two, &three] {
        answers(&quiz, sheet).await;
    }
    quiz.site.clock.advance(Duration::seconds(606));
    refuses_answers(&quiz, &one, "ATT-TIME-OVER").await;
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 0, "it may be handed in");
    let late = one.reload().await;
    says(&late, "Đã hết giờ");
    assert_eq!(late.count("form#attempt"), 0, "no question can be answered");
    assert_eq!(late.count("form[action$='/submit']"), 1);
    let review = one.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));

    quiz.site.clock.advance(Duration::seconds(50));
    assert_eq!(
        two.submit().await.text(".result").as_deref(),
        Some("Điểm: 3,33/10")
    );
    // 600 + 60, and what is on its way for 5 seconds
    quiz.site.clock.advance(Duration::seconds(10));
    let gone = three.submit().await;
    says(&gone, "không được nộp kịp giờ");
    assert_eq!(states(&quiz).await, ["submitted", "submitted", "abandoned"]);
    assert_eq!(quiz.site.count("grade_deliveries").await, 2, "it gives no grade");
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 0);
}

#[tokio::test]
async fn who_has_to_submit_in_time_and_does_not_has_used_an_attempt() {
    let quiz = Quiz::with(ten_minutes(WhenTimeIsOver::Abandon)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    says(&desk.front, "không nộp kịp sẽ không được tính");
    let other = quiz.launch(STUDENTS[1]).await;
    let (sheet, in_time) = (desk.start().await, other.start().await);
    answers(&quiz, &sheet).await;
    quiz.site.clock.advance(Duration::seconds(595));
    assert_eq!(
        in_time.submit().await.text(".result").as_deref(),
        Some("Điểm: 0/10")
    );
    quiz.site.clock.advance(Duration::seconds(11));
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 1);
    let mut states = states(&quiz).await;
    states.sort();
    assert_eq!(states, ["abandoned", "submitted"]);
    refuses_answers(&quiz, &sheet, "ATT-TIME-OVER").await;
    let review = sheet.reload().await;
    says(&review, "không được nộp kịp giờ");
    assert_eq!(review.count(".result"), 0);
    assert_eq!(review.count("input[checked]"), 0);
    let refused = desk.press_start().await;
    assert_eq!(refused.code().as_deref(), Some("ATT-NO-ATTEMPTS-LEFT"));

    let teacher = quiz.launch(INSTRUCTOR).await;
    says(&teacher.front, "Không nộp kịp");
    let path = teacher.path(&format!("attempts/{}", sheet.id()));
    let page = teacher.browser.get(&path).await;
    let csrf = page.csrf();
    let submit_for = [("csrf", csrf.as_str())];
    let denied = desk
        .browser
        .post(&sheet.path("/submit-for"), &[("csrf", &desk.front.csrf())])
        .await;
    assert_eq!(denied.code().as_deref(), Some("WEB-FORBIDDEN"));
    let marked = teacher
        .browser
        .post(&format!("{path}/submit-for"), &submit_for)
        .await;
    assert_eq!(marked.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    let again = teacher
        .browser
        .post(&format!("{path}/submit-for"), &submit_for)
        .await;
    assert_eq!(again.code().as_deref(), Some("ATT-CLOSED"));
    assert_eq!(quiz.site.count("grade_deliveries").await, 2);
    let noted = "SELECT subject FROM audit_records WHERE action = 'attempt.submit_for'";
    assert_eq!(quiz.site.database.texts(noted).await, [sheet.id()]);
    assert!(kinds(&quiz).await.contains(&"submitted_for".to_owned()));
}

#[tokio::test]
async fn between_two_attempts_there_is_a_wait() {
    let quiz = Quiz::with(Rules {
        wait_after_first_seconds: Some(600),
        wait_after_later_seconds: Some(3_600),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    for wait in [600, 3_600, 3_600] {
        desk.start().await.submit().await;
        quiz.site.clock.advance(Duration::seconds(wait - 30));
        let refused = desk.press_start().await;
        assert_eq!(refused.code().as_deref(), Some("ATT-WAIT"));
        let front = desk.browser.get(&desk.path("")).await;
        says(&front, "Bạn có thể làm lượt tiếp theo từ");
        assert_eq!(front.count("form.call"), 0);
        quiz.site.clock.advance(Duration::seconds(30));
    }
    desk.start().await;
}

async fn types(desk: &Desk, password: &str) -> Answer {
    let fields = [("csrf", &desk.front.csrf()[..]), ("password", password)];
    desk.browser.post(&desk.path("attempts"), &fields).await
}

#[tokio::test]
async fn the_password_opens_it_and_is_never_shown() {
    let quiz = Quiz::with(Rules {
        password: Some("ti\u{1ec7}n-2026".to_owned()),
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert_eq!(desk.front.count("input[name=password][required]"), 1);
    for wrong in ["", "tien-2026", "TIỆN-2026"] {
        let again = types(&desk, wrong).await;
        assert_eq!(again.code().as_deref(), Some("ATT-PASSWORD"));
        assert_eq!(again.status, StatusCode::FORBIDDEN);
        assert_eq!(again.count("input[name=password][aria-invalid]"), 1);
        assert!(!again.body.contains("ti\u{1ec7}n-2026"), "{}", again.body);
        assert!(again.trace_id().is_some());
    }
    // typed as some keyboards send it
    let sheet = types(&desk, "tie\u{302}\u{323}n-2026").await;
    assert_eq!(sheet.count("form#attempt"), 1, "{}", sheet.all_text());
    assert!(!sheet.body.contains("2026\""));

    let guesser = quiz.launch(STUDENTS[1]).await;
    for _ in 0..10 {
        assert_eq!(
            types(&guesser, "abc").await.code().as_deref(),
            Some("ATT-PASSWORD")
        );
    }
    let stopped = types(&guesser, "ti\u{1ec7}n-2026").await;
    assert_eq!(stopped.code().as_deref(), Some("WEB-TOO-MANY"));
    let launched_again = quiz.launch(STUDENTS[1]).await;
    let stopped = types(&launched_again, "ti\u{1ec7}n-2026").await;
    assert_eq!(stopped.code().as_deref(), Some("WEB-TOO-MANY"));
}

#[tokio::test]
async fn a_break_stops_the_clock_and_hides_the_questions() {
    let quiz = Quiz::with(ten_minutes(WhenTimeIsOver::Submit)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    assert_eq!(sheet.page.count("button[value=break]"), 0);
    let none = desk
        .browser
        .post(
            &sheet.path("/answers"),
            &[("csrf", &sheet.page.csrf()), ("then", "break")],
        )
        .await;
    assert_eq!(none.code().as_deref(), Some("ATT-NO-BREAK"));

    quiz.accommodate(
        STUDENTS[0],
        &[("factor", "100"), ("breaks", "5"), ("font", "125")],
    )
    .await;
    let page = sheet.reload().await;
    assert_eq!(page.count("html.text-125"), 1);
    quiz.site.clock.advance(Duration::seconds(50));
    let changes = [("answer/q1", "o1"), ("then", "break")];
    let standing = desk.browser.submit(&page, "then", &changes).await;
    assert_eq!(standing.count("form#attempt"), 0, "{}", standing.all_text());
    assert!(!standing.body.contains("Câu hỏi q1"));
    says(&standing, "9 phút");
    refuses_answers(&quiz, &sheet, "ATT-ON-BREAK").await;

    quiz.site.clock.advance(Duration::seconds(100));
    let csrf = page.csrf();
    let back = desk.browser.post(&sheet.path("/break"), &[("csrf", &csrf)]).await;
    let remaining: i64 = back.attributes("#attempt", "data-remaining")[0].parse().unwrap();
    assert!((540..=550).contains(&remaining), "{remaining}");
    says(&back, "còn 3 phút");
    assert_eq!(kinds(&quiz).await, ["answer", "break_start", "break_end"]);

    // Who does not come back loses no more than the break.
    let again = desk.browser.submit(&back, "then", &[("then", "break")]).await;
    says(&again, "3 phút");
    quiz.site.clock.advance(Duration::seconds(180 + 530));
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 0);
    quiz.site.clock.advance(Duration::seconds(60));
    assert_eq!(end_due(&quiz.site.app).await.unwrap(), 1);
    assert_eq!(
        sheet.reload().await.text(".result").as_deref(),
        Some("Điểm: 3,33/10")
    );
}
