use proptest::prelude::*;

use super::super::typed_testing::*;
use crate::*;

fn diameter(unit: &str) -> Interaction {
    of(&format!(
        r#"{{"type": "numerical", {unit}
            "answers": [
                {{"value": 12.5, "tolerance": {{"nominal": 0.1}},
                  "feedback": {{"default_language": "vi", "versions": {{"vi": "Tốt"}}}}}},
                {{"value": 12.5, "tolerance": {{"relative": 0.1}}, "weight": 0.5}}]}}"#
    ))
}

fn payload(number: &str) -> String {
    serde_json::json!({ "fields": { "number": number } }).to_string()
}

#[track_caller]
fn check(language: &'static str, unit: &str, typed: &str, expected: f64) {
    check_in(language, &diameter(unit), &payload(typed), expected);
}

#[test]
fn numbers_are_read_by_the_language_of_the_attempt() {
    for language in ["vi", "de"] {
        check(language, "", "12,5", 1.0);
        check(language, "", "12.5", 1.0);
        check(language, "", "1,25e1", 1.0);
        check(language, "", "12 1/2", 1.0);
        check(language, "", "12,4", 1.0);
        check(language, "", "12,6", 1.0);
        check(language, "", "12,39", 0.5);
        check(language, "", "13,75", 0.5);
        check(language, "", "13,76", 0.0);
        check(language, "", "1250", 0.0);
        check(language, "", "-12,5", 0.0);
        check(language, "", "khoảng 12,5", 0.0);
        check(language, "", "12,5 mm", 0.0);
    }
    check("en", "", "12.5", 1.0);
    check("en", "", "12,5", 1.0);
}

#[test]
fn what_somebody_meant_decides_between_two_readings() {
    let weight =
        of(r#"{"type": "numerical", "answers": [{"value": 1.234}, {"value": 1234, "weight": 0.5}]}"#);
    check_in("vi", &weight, r#"{"fields": {"number": "1.234"}}"#, 0.5);
    check_in(
        "vi",
        &weight,
        r#"{"fields": {"number": "1.234", "meant": "decimal"}}"#,
        1.0,
    );
    check_in(
        "vi",
        &weight,
        r#"{"fields": {"number": "1.234", "meant": "grouped"}}"#,
        0.5,
    );
    check_in("en", &weight, r#"{"fields": {"number": "1.234"}}"#, 1.0);
    check_in("vi", &weight, r#"{"fields": {"number": "1,234"}}"#, 1.0);
}

#[test]
fn units_convert_and_wrong_ones_cost_their_share() {
    let required = r#""unit": {"unit": "mm", "typed": "required", "penalty": 0.2},"#;
    check("vi", required, "12,5 mm", 1.0);
    check("vi", required, "12,5mm", 1.0);
    check("vi", required, "1,25 cm", 1.0);
    check("vi", required, "0,0125 mét", 1.0);
    check("de", required, "12500 µm", 1.0);
    check("vi", required, "12,5", 0.8);
    check("vi", required, "12,5 kg", 0.8);
    check("vi", required, "12,5 cm", 0.8);
    check("vi", required, "12,5 abc", 0.8);
    check("vi", required, "13 kg", 0.4);
    check("vi", required, "99 mm", 0.0);
    let optional = r#""unit": {"unit": "mm", "typed": "optional", "penalty": 1},"#;
    check("vi", optional, "12,5", 1.0);
    check("vi", optional, "12,5 kg", 0.0);
    let own = r#""unit": {"unit": "mm", "own": [{"name": "tấc", "factor": 100}]},"#;
    check("vi", own, "0,125 tấc", 1.0);
    check("vi", own, "12,5", 1.0);
    let in_field = r#"{"fields": {"number": "1,25", "unit": "cm"}}"#;
    check_in("vi", &diameter(required), in_field, 1.0);
}

#[test]
fn tolerances_reach_as_far_as_they_say() {
    for (tolerance, accepted, answer, expected) in [
        (Tolerance::Nominal(0.1), 12.5, 12.6, true),
        (Tolerance::Nominal(0.1), 12.5, 12.4, true),
        (Tolerance::Nominal(0.1), 12.5, 12.6001, false),
        (Tolerance::Nominal(0.0), 0.3, 0.1 + 0.2, true),
        (Tolerance::Nominal(0.0), 0.0, 0.0, true),
        (Tolerance::Nominal(0.0), 7.14, 7.142, false),
        (Tolerance::Relative(0.01), 100.0, 101.0, true),
        (Tolerance::Relative(0.01), -100.0, -99.0, true),
        (Tolerance::Relative(0.01), -100.0, -101.1, false),
        (Tolerance::Relative(0.01), 0.0, 0.001, false),
        (Tolerance::Geometric(1.0), 10.0, 20.0, true),
        (Tolerance::Geometric(1.0), 10.0, 5.0, true),
        (Tolerance::Geometric(1.0), 10.0, 4.9, false),
        (Tolerance::Geometric(1.0), -10.0, -20.0, true),
        (Tolerance::Geometric(1.0), -10.0, -4.0, false),
        (Tolerance::Geometric(1.0), 0.0, 0.0, true),
    ] {
        assert_eq!(
            tolerance.fits(accepted, answer),
            expected,
            "{tolerance:?} {accepted} {answer}"
        );
    }
}

#[test]
fn payloads_are_read_strictly_and_kept_as_typed() {
    let question = diameter("");
    let item = item_of(&question);
    let read = |payload: &str| Response::parse(&item, payload, &crate::testing::context()).unwrap();
    let Response::Fields(fields) = read(&payload(" 12,50 mm ")) else {
        panic!()
    };
    assert_eq!(fields[&FieldId::from("number")], " 12,50 mm ");
    assert_eq!(read(r#"{"fields": {}}"#), Response::Unanswered);
    assert_eq!(
        read(r#"{"fields": {"number": " ", "unit": "mm"}}"#),
        Response::Unanswered
    );
    let unknown = ResponseProblem::UnknownField("x".into());
    check_refused(&question, r#"{"fields": {"x": "1"}}"#, unknown);
    let twice = ResponseProblem::RepeatedField("number".into());
    check_refused(&question, r#"{"fields": {"number": "1", "number": "2"}}"#, twice);
    let malformed = ResponseProblem::Malformed;
    check_refused(
        &question,
        r#"{"fields": {"number": "1", "meant": "both"}}"#,
        malformed.clone(),
    );
    check_refused(&question, r#"{"fields": {"number": 12.5}}"#, malformed.clone());
    check_refused(&question, r#"{"number": "1"}"#, malformed);
    check_refused(
        &question,
        &payload(&"1".repeat(101)),
        ResponseProblem::OutOfRange(101.0),
    );
    check_form(
        &question,
        &[
            ("", "1.234"),
            ("unit", "mm"),
            ("meant", "decimal"),
            ("other", "x"),
        ],
        r#"{"fields": {"number": "1.234", "unit": "mm", "meant": "decimal"}}"#,
    );
}

#[test]
fn pages_can_say_how_a_number_is_read() {
    let question = diameter(r#""unit": {"unit": "mm"},"#);
    let item = item_of(&question);
    let context = crate::testing::context();
    let response = Response::parse(&item, &payload("1.234 mm"), &context).unwrap();
    let readings = number_readings(&question, &response, &context);
    let [(None, quantity)] = readings.as_slice() else {
        panic!("{readings:?}")
    };
    assert!(matches!(quantity.number, NumberReading::Ambiguous { .. }));
    assert_eq!(quantity.unit, "mm");
}

#[test]
fn right_answers_feedback_and_drafts_are_checked() {
    check_right(&diameter(""));
    check_right(&diameter(r#""unit": {"unit": "mm", "typed": "required"},"#));
    check_right(&of(r#"{"type": "numerical", "answers": [{"value": 1234.567}]}"#));
    check_right(&of(r#"{"type": "numerical", "answers": [{"value": -1.6e-19}]}"#));
    let feedback = mark_in("vi", &diameter(""), &payload("12,5")).feedback;
    assert_eq!(feedback, [FeedbackPlace::Answer(None, 0)]);
    assert_eq!(item_of(&diameter("")).chance(), Some(0.0));
    assert_eq!(problems(&diameter("")), []);
    check_problems(
        r#"{"type": "numerical", "unit": {"unit": " ", "penalty": 2, "own": [{"name": "x", "factor": 0}]},
            "answers": [{"value": 1, "tolerance": {"relative": -0.1}, "weight": 0.5}]}"#,
        &[
            ("tolerance-below-zero", Some(("answers", 0))),
            ("weights-below-full-mark", None),
            ("bad-unit", None),
            ("penalty-out-of-range", None),
        ],
    );
}

proptest! {
    #[test]
    fn a_mark_lies_between_its_bounds(typed in "[0-9.,eE /mkcg°-]{0,20}|\\PC{0,30}", language in "vi|en") {
        let required = r#""unit": {"unit": "mm", "typed": "required", "penalty": 0.2},"#;
        let language = if language == "vi" { "vi" } else { "en" };
        let mark = mark_in(language, &diameter(required), &payload(&typed));
        prop_assert!((0.0..=1.0).contains(&mark.fraction));
        prop_assert_eq!(mark.answered, !typed.trim().is_empty());
    }
}
