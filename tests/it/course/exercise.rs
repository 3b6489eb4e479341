//! Questions of a lesson and of a course's quiz, tried without an account: judged, told, and kept nowhere.

use reqwest::StatusCode;
use tests::{Answer, Browser};

use super::published;

const LESSON: &str = "/courses/an-toan-xuong/chia-van?language=vi";

async fn send(guest: &Browser, fields: &[(&str, &str)]) -> Answer {
    let page = guest.post(LESSON, fields).await;
    assert_eq!(page.status, StatusCode::OK);
    page
}

#[tokio::test]
async fn a_question_is_judged_and_nothing_is_kept() {
    let site = published().await;
    let guest = site.browser();
    let wrong = send(&guest, &[("answer/vi-tri", "b"), ("then", "check/vi-tri")]).await;
    let found = wrong.text("#checked-vi-tri").unwrap();
    assert!(found.contains("Chưa đúng") || found.contains("Sai"), "{found}");
    assert!(found.contains("Nó sẽ văng ra."), "{found}");
    assert!(
        !found.contains("Đúng chỗ của nó."),
        "the answer is not given away: {found}"
    );
    assert_eq!(
        wrong.count("#q-1 input[value=b][checked]"),
        1,
        "what was chosen stays"
    );
    assert_eq!(
        wrong.count("button[value='answer/vi-tri']"),
        1,
        "now the answer may be asked for"
    );

    let shown = send(
        &guest,
        &[
            ("answer/vi-tri", "b"),
            ("checked", "vi-tri"),
            ("then", "answer/vi-tri"),
        ],
    )
    .await;
    let text = shown.text("#checked-vi-tri").unwrap();
    assert!(
        text.contains("Đáp án đúng") && text.contains("Trên giá"),
        "{text}"
    );

    let right = send(&guest, &[("answer/vi-tri", "a"), ("then", "check/vi-tri")]).await;
    let text = right.text("#checked-vi-tri").unwrap();
    assert!(
        text.contains("Đúng") && text.contains("Đúng chỗ của nó."),
        "{text}"
    );
    assert_eq!(right.count("button[value='answer/vi-tri']"), 0);

    for table in ["attempts", "attempt_entries", "persons", "sessions", "browsers"] {
        assert_eq!(site.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn other_questions_keep_what_was_typed_and_found() {
    let site = published().await;
    let guest = site.browser();
    let fields = [
        ("answer/vi-tri", "b"),
        ("checked", "vi-tri"),
        ("answer/toc-do", "12,5"),
        ("then", "check/toc-do"),
    ];
    let page = send(&guest, &fields).await;
    assert!(
        page.text("#checked-vi-tri").unwrap().contains("Nó sẽ văng ra."),
        "found before"
    );
    assert!(
        page.text("#checked-toc-do").unwrap().contains("Đúng"),
        "12,5 is read as Vietnamese is"
    );
    assert_eq!(page.count("#q-2 input[value='12,5']"), 1);
}

#[tokio::test]
async fn an_answer_that_cannot_be_is_told() {
    let site = published().await;
    let guest = site.browser();
    let check = async |fields: &[(&str, &str)], expected: &str| {
        let page = send(&guest, fields).await;
        let text = page.text("#q-1").unwrap();
        assert!(text.contains(expected), "{fields:?}: {text}");
    };
    check(&[("then", "check/vi-tri")], "Bạn chưa trả lời").await;
    check(&[("answer/vi-tri", "z"), ("then", "check/vi-tri")], "không").await;
    // what names nothing changes nothing
    check(
        &[("answer/khac", "a"), ("then", "check/khac")],
        "Chìa vặn phải ở đâu?",
    )
    .await;
    check(&[("then", "nonsense")], "Chìa vặn phải ở đâu?").await;
}

#[tokio::test]
async fn a_courses_quiz_is_tried_question_by_question() {
    let site = published().await;
    let guest = site.browser();
    let address = "/courses/an-toan-xuong/thi?language=vi";
    let quiz = guest.get(address).await;
    assert_eq!(quiz.status, StatusCode::OK);
    assert_eq!(quiz.count("fieldset.question"), 10);
    let judged = guest
        .post(address, &[("answer/q1", "a"), ("then", "check/q1")])
        .await;
    assert!(
        judged.text("#checked-q1").unwrap().contains("Đúng"),
        "{}",
        judged.text("#checked-q1").unwrap()
    );
}
