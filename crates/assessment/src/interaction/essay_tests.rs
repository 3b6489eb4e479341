use super::super::typed_testing::*;
use crate::*;

fn essay() -> Interaction {
    of(r#"{"type": "essay", "fewest_words": 3, "most_words": 5}"#)
}

#[test]
fn an_essay_waits_for_its_marker() {
    let mark = mark_in("vi", &essay(), r#"{"text": "An toàn là trên hết."}"#);
    assert!(mark.needs_marker && mark.answered && mark.fraction == 0.0);
    let none = mark_in("vi", &essay(), r#"{"text": " "}"#);
    assert!(!none.needs_marker && !none.answered);
    let item = item_of(&essay());
    assert_eq!(
        item.right_response(&crate::testing::context()),
        Response::Unanswered
    );
    check_form(&essay(), &[("", "a\r\nb")], r#"{"text": "a\r\nb"}"#);
}

#[test]
fn limits_are_counted_and_never_lose_an_answer() {
    let Interaction::Essay(essay) = essay() else {
        panic!()
    };
    let length = |text: &str| {
        let length = essay.length(text);
        (length.words, length.missing, length.over)
    };
    assert_eq!(length("An toàn"), (2, 1, 0));
    assert_eq!(length("An toàn lao động"), (4, 0, 0));
    assert_eq!(length("Die Spindel der CNC-Drehmaschine läuft heute"), (6, 0, 1));
    let long = "từ ".repeat(10_000);
    let payload = serde_json::json!({ "text": long }).to_string();
    let item = item_of(&Interaction::Essay(essay));
    let read = Response::parse(&item, &payload, &crate::testing::context());
    assert_eq!(read, Ok(Response::Text(long)));
    let huge = serde_json::json!({ "text": "x".repeat(1024 * 1024) }).to_string();
    let size = huge.len();
    check_refused(&item.interaction, &huge, ResponseProblem::TooLarge(size));
}

#[test]
fn drafts_are_checked() {
    assert_eq!(problems(&essay()), []);
    assert_eq!(problems(&of(r#"{"type": "essay"}"#)), []);
    for wrong in [
        r#"{"type": "essay", "fewest_words": 5, "most_words": 3}"#,
        r#"{"type": "essay", "most_words": 0}"#,
        r#"{"type": "essay", "most_words": 10001}"#,
    ] {
        check_problems(wrong, &[("word-limits", None)]);
    }
}
