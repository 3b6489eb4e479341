//! Corrected keys by forms: shares of options, and types whose key is neither an
//! option nor an answer in a line.

use practice_platform::STUDENTS;
use serde_json::{Value, json};

use super::{INSTRUCTOR, Proposal, grades};
use crate::grade::Story;

pub(super) fn text(words: &str) -> Value {
    json!({"default_language": "vi", "versions": {"vi": words}})
}

/// A quiz of one question, answered by three students with these fields.
pub(super) async fn answered(item: &Value, answers: [&[(&str, &str)]; 3]) -> Story {
    let draft = json!({"title": text("Đo lường"), "slots": [{"id": "s1", "points": 1, "item": item}]});
    let story = Story::begin_of(serde_json::from_value(draft).expect("a draft")).await;
    for (student, answer) in STUDENTS.into_iter().zip(answers) {
        let desk = story.sit_down(student).await;
        let attempt = desk.press("attempts", &[]).await;
        let csrf = desk.page.csrf();
        let mut fields = vec![("csrf", csrf.as_str()), ("was/s1", ""), ("then", "submit")];
        fields.extend_from_slice(answer);
        let address = format!("{}/answers", attempt.url.path());
        desk.browser.post(&address, &fields).await;
    }
    story.deliver().await;
    story
}

async fn corrected(story: &Story, fields: &[(&str, &str)]) {
    let all: Vec<_> = [("question", "s1")]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    Proposal::make(story, &all).await.commit(&[]).await;
    story.deliver_after(chrono::Duration::minutes(1)).await;
}

#[tokio::test]
async fn options_have_shares() {
    let option = |id: &str, right: bool| json!({"id": id, "text": text(id), "correct": right});
    let item = json!({"type": "single_choice", "stem": text("Đo bằng gì?"),
        "options": [option("a", true), option("b", false), option("c", false)]});
    let picks: [&[(&str, &str)]; 3] = [
        &[("answer/s1", "a")],
        &[("answer/s1", "b")],
        &[("answer/s1", "c")],
    ];
    let story = answered(&item, picks).await;
    assert_eq!(grades(&story), [Some(10.0), Some(0.0), Some(0.0)]);
    let desk = story.sit_down(INSTRUCTOR).await;
    let questions = desk.browser.get(&format!("{}/regrade", desk.prefix())).await;
    assert_eq!(questions.count("input[name='share/b']"), 1);

    // All fields of the form come, as a browser sends them.
    let shares = |b: &'static str| {
        vec![
            ("what", "key"),
            ("right/a", "on"),
            ("share/a", ""),
            ("share/b", b),
            ("share/c", "0"),
        ]
    };
    corrected(&story, &shares("37,0")).await;
    assert_eq!(grades(&story), [Some(10.0), Some(3.7), Some(0.0)]);
    for wrong in ["120", "hai", "-101"] {
        let mut fields = vec![("question", "s1")];
        fields.extend(shares(wrong));
        let refused = desk.press("regrade", &fields).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-CORRECTION"), "{wrong}");
    }
    // An option that becomes right loses the share that it had.
    let mut fields = shares("37,0");
    fields.push(("right/b", "on"));
    corrected(&story, &fields).await;
    assert_eq!(grades(&story), [Some(10.0), Some(10.0), Some(0.0)]);
}

#[tokio::test]
async fn several_options_are_marked_by_shares() {
    let option = |id: &str, right: bool| json!({"id": id, "text": text(id), "correct": right});
    let item = json!({"type": "multiple_choice", "stem": text("Những dụng cụ nào?"),
        "options": [option("a", true), option("b", true), option("c", false)]});
    let picks: [&[(&str, &str)]; 3] = [
        &[("answer/s1/a", "on"), ("answer/s1/b", "on")],
        &[("answer/s1/a", "on")],
        &[("answer/s1/b", "on"), ("answer/s1/c", "on")],
    ];
    let story = answered(&item, picks).await;
    assert_eq!(grades(&story), [Some(10.0), Some(0.0), Some(0.0)]);
    let fields = [
        ("what", "key"),
        ("scoring", "weighted"),
        ("right/a", "on"),
        ("right/b", "on"),
        ("share/a", "60"),
        ("share/b", "40"),
        ("share/c", "-15"),
    ];
    corrected(&story, &fields).await;
    assert_eq!(grades(&story), [Some(10.0), Some(6.0), Some(2.5)]);
}

#[tokio::test]
async fn passages_are_starred() {
    let item = json!({"type": "hottext", "stem": text("Chọn lỗi."), "text": text("[[p1:G00]] rồi [[p2:M30]]"),
        "passages": [{"id": "p1", "correct": true}, {"id": "p2"}]});
    let picks: [&[(&str, &str)]; 3] = [&[("answer/s1/p1", "on")], &[("answer/s1/p2", "on")], &[]];
    let story = answered(&item, picks).await;
    assert_eq!(grades(&story), [Some(10.0), Some(0.0), Some(0.0)]);
    let desk = story.sit_down(INSTRUCTOR).await;
    let questions = desk.browser.get(&format!("{}/regrade", desk.prefix())).await;
    let typed = questions.text("textarea[name='key/text']").unwrap_or_default();
    assert_eq!(typed, "[[*G00]] rồi [[M30]]");
    corrected(&story, &[("what", "typed"), ("key/text", "[[G00]] rồi [[*M30]]")]).await;
    assert_eq!(grades(&story), [Some(0.0), Some(10.0), Some(0.0)]);
}
