use super::super::typed_testing::*;
use crate::*;

fn caliper() -> Interaction {
    of(r#"{"type": "short_text", "without_marks": 0.5, "answers": [
        {"text": "thước cặp", "feedback": {"default_language": "vi", "versions": {"vi": "Đúng"}}},
        {"text": "thước kẹp*", "weight": 0.8},
        {"text": "panme", "weight": 0, "feedback": {"default_language": "vi", "versions": {"vi": "Chưa"}}},
        {"text": "thuoc kep"}]}"#)
}

fn check(typed: &str, expected: f64) {
    let payload = serde_json::json!({ "text": typed }).to_string();
    check_in("vi", &caliper(), &payload, expected);
}

#[test]
fn the_first_answer_that_fits_counts() {
    check("thước cặp", 1.0);
    check(" Thước  CẶP ", 1.0);
    check("thước kẹp điện tử", 0.8);
    check("thuoc cap", 0.5);
    // exactly an answer of its own, before it is another one without marks
    check("thuoc kep", 1.0);
    check("thuoc kep dien tu", 0.4);
    check("panme", 0.0);
    check("êke", 0.0);
}

#[test]
fn feedback_is_the_answers() {
    let feedback = |typed: &str| {
        let payload = serde_json::json!({ "text": typed }).to_string();
        mark_in("vi", &caliper(), &payload).feedback
    };
    assert_eq!(feedback("thuoc cap"), [FeedbackPlace::Answer(None, 0)]);
    assert_eq!(feedback("PANME"), [FeedbackPlace::Answer(None, 2)]);
    assert_eq!(feedback("thước kẹp"), []);
    assert_eq!(feedback("êke"), []);
}

#[test]
fn german_answers_keep_or_spell_out_their_letters() {
    let tool = of(
        r#"{"type": "short_text", "case_sensitive": true, "german_digraphs": true,
        "answers": [{"text": "Messschieber"}, {"text": "Größenmaß"}]}"#,
    );
    check_in("de", &tool, r#"{"text": "Meßschieber"}"#, 1.0);
    check_in("de", &tool, r#"{"text": "Groessenmass"}"#, 1.0);
    check_in("de", &tool, r#"{"text": "messschieber"}"#, 0.0);
}

#[test]
fn payloads_are_read_strictly() {
    let item = item_of(&caliper());
    let read = |payload: &str| Response::parse(&item, payload, &crate::testing::context());
    assert_eq!(read(r#"{"text": " ren "}"#), Ok(Response::Text(" ren ".into())));
    assert_eq!(read(r#"{"text": " \n\u00a0"}"#), Ok(Response::Unanswered));
    assert_eq!(read(""), Ok(Response::Unanswered));
    for payload in [
        r#"{"text": 1}"#,
        r#"{"choice": []}"#,
        r#"{"text": "a", "x": 1}"#,
        "ren",
        "[]",
    ] {
        check_refused(&caliper(), payload, ResponseProblem::Malformed);
    }
    let long = serde_json::json!({ "text": "ế".repeat(1_001) }).to_string();
    check_refused(&caliper(), &long, ResponseProblem::OutOfRange(1_001.0));
    check_form(
        &caliper(),
        &[("x", "1"), ("", "thước"), ("", "cặp")],
        r#"{"text": "cặp"}"#,
    );
    check_form(&caliper(), &[], r#"{"text": ""}"#);
}

#[test]
fn right_answers_and_blind_guesses_are_known() {
    check_right(&caliper());
    check_right(&of(r#"{"type": "short_text", "answers": [{"text": "máy *"}]}"#));
    check_right(&of(
        r#"{"type": "short_text", "answers": [{"text": "5 \\* 4*"}]}"#,
    ));
    assert_eq!(item_of(&caliper()).chance(), Some(0.0));
    let anything =
        of(r#"{"type": "short_text", "answers": [{"text": "ren"}, {"text": "*", "weight": 0.25}]}"#);
    assert_eq!(item_of(&anything).chance(), Some(0.25));
    check_in("vi", &anything, r#"{"text": "gì đó"}"#, 0.25);
}

#[test]
fn drafts_are_checked() {
    assert_eq!(problems(&caliper()), []);
    check_problems(
        r#"{"type": "short_text", "answers": []}"#,
        &[("no-accepted-answer", None)],
    );
    check_problems(
        r#"{"type": "short_text", "without_marks": 1.5,
            "answers": [{"text": " ", "weight": 0.5}, {"text": "a", "weight": -1}]}"#,
        &[
            ("empty-answer", Some(("answers", 0))),
            ("weight-out-of-range", Some(("answers", 1))),
            ("weights-below-full-mark", None),
            ("weight-out-of-range", None),
        ],
    );
}
