use super::super::typed_testing::*;
use crate::*;

fn turning(rules: &str) -> Interaction {
    of(&format!(
        r#"{{"type": "program_gaps", {rules}
            "program": {{"default_language": "de", "versions": {{
                "de": "N10 G90\nN20 [[1]] (Anfahren)\nN30 [[2]] F0.2\nN40 M30",
                "vi": "N10 G90\nN20 [[1]] (tiến dao)\nN30 [[2]] F0.2\nN40 M30"}}}},
            "gaps": [
                {{"id": "1", "accepted": ["G00 X30 Z2"]}},
                {{"id": "2", "accepted": ["G01 X25.5 Z-40", "G01 U-2.25 W-42"], "weight": 3,
                  "feedback": {{"default_language": "de", "versions": {{"de": "Vorschub"}}}}}}]}}"#
    ))
}

fn payload(first: &str, second: &str) -> String {
    serde_json::json!({ "fields": { "1": first, "2": second } }).to_string()
}

#[track_caller]
fn check(rules: &str, first: &str, second: &str, expected: f64) {
    check_in("de", &turning(rules), &payload(first, second), expected);
}

#[test]
fn gaps_are_compared_word_by_word() {
    check("", "G00 X30 Z2", "G01 X25.5 Z-40", 1.0);
    check("", "g0x30z2", "G1 X25,5 Z-40.", 1.0);
    check("", "G0 X30. Z+2.0 (schnell)", "G1 U-2,25 W-42", 1.0);
    check("", "G0 X30 Z2", "G1 X25.5 Z40", 0.25);
    check("", "", "G1 X25.5 Z-40", 0.75);
    check("", "Z2 G0 X30", "G1 X25.5 Z-40", 0.75);
    check("", "N20 G0 X30 Z2", "G1 X25.5 Z-40", 0.75);
    check("", "hỏng", "???", 0.0);
}

#[test]
fn the_author_chooses_what_counts() {
    check(r#""any_order": true,"#, "Z2 G0 X30", "Z-40 G1 X25.5", 1.0);
    check(
        r#""without_block_numbers": true,"#,
        "N20 G0 X30 Z2",
        "N30 G1 X25.5 Z-40",
        1.0,
    );
    let shares = r#""share_per_word": true,"#;
    check(shares, "G0 X30", "G1 X25.5 Z-40", (2.0 / 3.0 + 3.0) / 4.0);
    check(shares, "G0 X30 Z2 M8", "G1 X25.5 Z-40", (2.0 / 3.0 + 3.0) / 4.0);
    check(shares, "Z2 G0 X30", "G1 X25.5 Z-40", (0.5 + 3.0) / 4.0);
    let mark = mark_in("de", &turning(shares), &payload("G0 X30 Z2", "G1"));
    assert_eq!(mark.parts[1].weight, 3.0);
    assert!((mark.parts[1].fraction - 1.0 / 3.0).abs() < 1e-9);
    assert_eq!(mark.feedback, [FeedbackPlace::Field(FieldId::from("2"))]);
}

#[test]
fn an_exam_has_thirty_gaps() {
    let lines: Vec<String> = (1..=30).map(|gap| format!("N{} [[g{gap}]]", gap * 10)).collect();
    let gaps: Vec<serde_json::Value> = (1..=30)
        .map(|gap| serde_json::json!({ "id": format!("g{gap}"), "accepted": [format!("G01 X{gap}.50")] }))
        .collect();
    let program = serde_json::json!({ "default_language": "de", "versions": { "de": lines.join("\n") } });
    let json = serde_json::json!({ "type": "program_gaps", "program": program, "gaps": gaps });
    let exam = of(&json.to_string());
    assert_eq!(problems(&exam), []);
    check_right(&exam);
    let typed: serde_json::Map<String, serde_json::Value> = (1..=27)
        .map(|gap| (format!("g{gap}"), format!("g1 x{gap},5").into()))
        .collect();
    let payload = serde_json::json!({ "fields": typed }).to_string();
    check_in("vi", &exam, &payload, 0.9);
}

#[test]
fn payloads_right_answers_and_drafts_are_checked() {
    check_right(&turning(""));
    assert_eq!(item_of(&turning("")).chance(), Some(0.0));
    let unknown = ResponseProblem::UnknownField("3".into());
    check_refused(&turning(""), r#"{"fields": {"3": "G1"}}"#, unknown);
    check_form(
        &turning(""),
        &[("1", "G0"), ("2", ""), ("3", "x")],
        r#"{"fields": {"1": "G0", "2": ""}}"#,
    );
    assert_eq!(problems(&turning("")), []);
    check_problems(
        r#"{"type": "program_gaps", "program": {"default_language": "de", "versions": {"de": "[[a]] [[x]]"}},
            "gaps": [{"id": "a", "accepted": [" (leer)"]}, {"id": "b", "accepted": [], "weight": 0}]}"#,
        &[
            ("gap-not-once-in-text", Some(("gaps", 1))),
            ("unknown-gap-in-text", None),
            ("empty-answer", Some(("gaps", 0))),
            ("no-accepted-answer", Some(("gaps", 1))),
            ("weight-out-of-range", Some(("gaps", 1))),
        ],
    );
}
