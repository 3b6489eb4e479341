//! The way back to the course that a launch came from, and the mark on the
//! scale that the course knows.

use assessment::Rules;
use practice_platform::{COURSE, INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::Answer;

use super::Quiz;

/// Where the links that leave the page for the course lead.
fn ways_back(page: &Answer) -> Vec<String> {
    page.attributes("a[target=_top]", "href")
}

#[tokio::test]
async fn a_window_leads_back_to_the_course() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let course = format!(
        "{}/mod/lti/return.php?course={COURSE}",
        quiz.site.platform.origin()
    );
    let ways = ways_back(&desk.front);
    assert!(
        matches!(&ways[..], [way] if way.starts_with(&course)),
        "{ways:?} leads to {course}"
    );

    let sheet = desk.start().await;
    assert_eq!(
        ways_back(&sheet.page),
        [""; 0],
        "nothing leads out of an attempt by mistake"
    );
    let review = sheet.submit().await;
    assert_eq!(ways_back(&review).len(), 2, "above, and as a button");
    assert_eq!(review.count("main a.button.primary[target=_top]"), 1);
    let returned = desk.browser.get(&ways[0]).await;
    assert_eq!(returned.status, StatusCode::OK);

    let instructor = quiz.launch(INSTRUCTOR).await;
    assert_eq!(ways_back(&instructor.front).len(), 1);
}

#[tokio::test]
async fn inside_the_courses_own_page_there_is_no_second_way() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let mut browser = desk.browser;
    browser.destination = "iframe";
    let framed = browser.get(desk.front.url.path()).await;
    assert_eq!(framed.status, StatusCode::OK, "{}", framed.all_text());
    assert_eq!(ways_back(&framed), [""; 0]);
}

#[tokio::test]
async fn a_mark_is_shown_as_it_stands_in_the_course() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let body = tab.body(&[tab.answer("q1", &["o1"], quiz.now())]);
    sheet.saves(&body, 1).await;
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    let text = review.all_text();
    assert!(text.contains("Tổng điểm các câu 1/3"), "{text}");
    let front = desk.browser.get(&desk.path("")).await;
    let row = front.text("tbody tr").unwrap_or_default();
    assert!(
        row.contains("3,33/10") && row.contains("Tổng điểm các câu: 1/3"),
        "{row}"
    );

    let instructor = quiz.launch(INSTRUCTOR).await;
    let path = instructor.path(&format!("attempts/{}", sheet.id()));
    let read = instructor.browser.get(&path).await;
    assert_eq!(read.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    let book = instructor.front.text(".gradebook tbody .number");
    assert!(book.unwrap_or_default().contains("3,33/10"));
}
