//! The instructor's page: hidden below a count, then figures, and in words which question is wrong.

use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::Answer;

use crate::grade::{Desk, Story};

/// A desk's statistics of those attempts.
pub(super) async fn statistics(desk: &Desk, attempts: &str) -> Answer {
    let address = format!("{}/gradebook/statistics?attempts={attempts}", desk.prefix());
    let page = desk.browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    page
}

/// Hands in an attempt with these options.
async fn hand_in(desk: &Desk, first: &str, second: &str) {
    let csrf = desk.page.csrf();
    let begun = desk.press("attempts", &[]).await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("was/s1", ""),
        ("answer/s1", first),
        ("was-flag/s1", ""),
        ("was/s2", ""),
        ("answer/s2", second),
        ("was-flag/s2", ""),
        ("then", "submit"),
    ];
    let submitted = desk
        .browser
        .post(&format!("{}/answers", begun.url.path()), &fields)
        .await;
    assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
}

#[tokio::test]
async fn few_attempts_are_hidden() {
    let story = Story::begin().await;
    let instructor = story.sit_down(INSTRUCTOR).await;
    let links = instructor.page.attributes(".gradebook-links a", "href");
    assert!(
        links.contains(&format!("{}/gradebook/statistics", instructor.prefix())),
        "{links:?}"
    );
    let nobody = statistics(&instructor, "").await.all_text();
    assert!(nobody.contains("Chưa có lượt làm bài nào được nộp"), "{nobody}");
    for student in &STUDENTS[..4] {
        story.hand_in(*student, 1).await;
    }
    let few = statistics(&instructor, "").await;
    assert!(
        few.all_text().contains("Mới có 4 lượt làm bài đã nộp"),
        "{}",
        few.all_text()
    );
    assert_eq!(few.count("dl.facts, .statistics-chart rect"), 0);
    // one attempt more is enough; it is somebody's second one
    story.hand_in(STUDENTS[0], 2).await;
    assert_eq!(
        statistics(&instructor, "counting")
            .await
            .count(".statistics-chart rect"),
        0
    );
    assert_eq!(
        statistics(&instructor, "all")
            .await
            .count(".statistics-chart rect"),
        10
    );
}

#[tokio::test]
async fn a_wrong_key_is_named_and_leads_to_the_question() {
    let story = Story::begin().await;
    let students = [
        story.sit_down(STUDENTS[0]).await,
        story.sit_down(STUDENTS[1]).await,
        story.sit_down(STUDENTS[2]).await,
    ];
    for _ in 0..2 {
        // the two who know the second question choose the same wrong option of the first
        hand_in(&students[0], "o2", "o1").await;
        hand_in(&students[1], "o2", "o1").await;
        hand_in(&students[2], "o1", "o2").await;
    }
    let instructor = story.sit_down(INSTRUCTOR).await;
    let page = statistics(&instructor, "all").await;
    let text = page.all_text();
    assert!(text.contains("Dựa trên 6 lượt làm bài của 3 người."), "{text}");
    assert!(text.contains("4 lượt trong nhóm giỏi chọn"), "{text}");
    assert!(text.contains("Đáp án có đúng không?"), "{text}");
    // two of six have the first question right; the two questions exclude each other
    assert!(text.contains("33,3 %") && text.contains("−100 %"), "{text}");
    let edits = page.attributes(".statistics-question .notice a", "href");
    assert!(edits[0].ends_with("/regrade?question=s1"), "{edits:?}");
    assert!(edits[1].ends_with("/edit#q1"), "{edits:?}");
    let editor = instructor.browser.get(&edits[1]).await;
    assert_eq!((editor.status, editor.count("#q1")), (StatusCode::OK, 1));
    let counting = statistics(&instructor, "counting").await.all_text();
    assert!(counting.contains("Mới có 3 lượt"), "{counting}");
}
