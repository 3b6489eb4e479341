use super::super::typed_testing::*;
use crate::*;

fn steel() -> Interaction {
    of(r#"{"type": "cloze",
        "text": {"default_language": "vi", "versions": {
            "vi": "Thép [[a]] được [[b]] đến [[c]].", "de": "[[a]] Stahl wird [[b]] auf [[c]]."}},
        "gaps": [
            {"id": "a", "kind": "choice", "shuffle_options": true, "options": [
                {"id": "1", "correct": true, "text": {"default_language": "vi", "versions": {"vi": "tôi"}}},
                {"id": "2", "text": {"default_language": "vi", "versions": {"vi": "ram"}}, "weight": 0.5,
                 "feedback": {"default_language": "vi", "versions": {"vi": "Gần đúng"}}},
                {"id": "3", "text": {"default_language": "vi", "versions": {"vi": "ủ"}}},
                {"id": "4", "text": {"default_language": "vi", "versions": {"vi": "mạ"}}}]},
            {"id": "b", "kind": "text", "without_marks": 0.5, "weight": 2,
             "answers": [{"text": "nung nóng"}, {"text": "erhitzt"}],
             "feedback": {"default_language": "vi", "versions": {"vi": "Xem bài 3"}}},
            {"id": "c", "kind": "number", "unit": {"unit": "°C", "typed": "required", "penalty": 0.5},
             "answers": [{"value": 850, "tolerance": {"nominal": 10}}]}]}"#)
}

#[track_caller]
fn check(language: &'static str, fields: &str, expected: f64) {
    check_in(
        language,
        &steel(),
        &format!(r#"{{"fields": {{{fields}}}}}"#),
        expected,
    );
}

#[test]
fn gaps_of_each_kind_are_parts() {
    check("vi", r#""a": "1", "b": "nung nóng", "c": "850 °C""#, 1.0);
    check("de", r#""a": "1", "b": "Erhitzt", "c": "1.123,15 K""#, 1.0);
    check(
        "vi",
        r#""a": "2", "b": "nung nong", "c": "855""#,
        (0.5 + 1.0 + 0.5) / 4.0,
    );
    check("vi", r#""b": "nung nóng""#, 0.5);
    check("vi", r#""a": "3", "b": "làm nguội", "c": "20 °C""#, 0.0);
    check("vi", r#""c": "850", "c:unit": "°C""#, 0.25);
    let mark = mark_in("vi", &steel(), r#"{"fields": {"a": "2", "b": "lạnh"}}"#);
    let fractions: Vec<f64> = mark.parts.iter().map(|part| part.fraction).collect();
    assert_eq!(fractions, [0.5, 0.0, 0.0]);
    assert_eq!(
        mark.feedback,
        [
            FeedbackPlace::Answer(Some(FieldId::from("a")), 1),
            FeedbackPlace::Field(FieldId::from("b")),
        ]
    );
}

#[test]
fn ambiguous_numbers_in_gaps_are_asked_about() {
    let mass = of(
        r#"{"type": "cloze", "text": {"default_language": "vi", "versions": {"vi": "[[m]]"}},
        "gaps": [{"id": "m", "kind": "number", "answers": [{"value": 1.234}]}]}"#,
    );
    check_in("vi", &mass, r#"{"fields": {"m": "1.234"}}"#, 0.0);
    check_in(
        "vi",
        &mass,
        r#"{"fields": {"m": "1.234", "m:meant": "decimal"}}"#,
        1.0,
    );
    let context = crate::testing::context();
    let response = Response::parse(&item_of(&mass), r#"{"fields": {"m": "1.234"}}"#, &context).unwrap();
    let readings = number_readings(&mass, &response, &context);
    assert_eq!(readings.len(), 1);
    assert_eq!(readings[0].0, Some(FieldId::from("m")));
}

#[test]
fn payloads_are_read_strictly() {
    let unknown = ResponseProblem::UnknownOption("9".into());
    check_refused(&steel(), r#"{"fields": {"a": "9"}}"#, unknown);
    let elsewhere = ResponseProblem::UnknownField("b:unit".into());
    check_refused(&steel(), r#"{"fields": {"b:unit": "mm"}}"#, elsewhere);
    check_refused(&steel(), r#"{"fields": ["a"]}"#, ResponseProblem::Malformed);
    let read = |payload: &str| Response::parse(&item_of(&steel()), payload, &crate::testing::context());
    assert_eq!(
        read(r#"{"fields": {"a": "", "c:unit": "°C"}}"#),
        Ok(Response::Unanswered)
    );
    check_form(
        &steel(),
        &[
            ("a", "2"),
            ("b", "nung"),
            ("c", "850"),
            ("c:unit", "K"),
            ("d", "x"),
        ],
        r#"{"fields": {"a": "2", "b": "nung", "c": "850", "c:unit": "K"}}"#,
    );
}

#[test]
fn each_attempt_has_its_order_and_shuffling_changes_no_mark() {
    let Interaction::Cloze(cloze) = steel() else {
        panic!()
    };
    let orders: std::collections::BTreeSet<Vec<&str>> = (0..50)
        .map(|seed| {
            let options = cloze.gaps[0].shown_options(&crate::testing::context_in("vi", seed));
            options.iter().map(|option| option.id.as_str()).collect()
        })
        .collect();
    assert!(orders.len() > 10);
    assert!(orders.iter().all(|order| order.len() == 4));
    check_right(&steel());
    let chance = item_of(&steel()).chance().unwrap();
    assert!((chance - 1.5 / 4.0 / 4.0).abs() < 1e-12, "{chance}");
}

#[test]
fn drafts_are_checked() {
    assert_eq!(problems(&steel()), []);
    check_problems(
        r#"{"type": "cloze", "text": {"default_language": "vi", "versions": {"vi": "không"}}, "gaps": []}"#,
        &[("too-few-places", None)],
    );
    check_problems(
        r#"{"type": "cloze", "text": {"default_language": "vi", "versions": {"vi": "[[a]] [[b]] [[a]]", "de": "[[b]]"}},
            "gaps": [
            {"id": "a", "kind": "choice", "options": [
                {"id": "1", "text": {"default_language": "vi", "versions": {"vi": "x"}}}, {"id": "1"}]},
            {"id": "b", "kind": "text", "answers": []}]}"#,
        &[
            ("gap-not-once-in-text", Some(("gaps", 0))),
            ("no-right-option", Some(("gaps", 0))),
            ("option-without-text", Some(("gaps", 0))),
            ("duplicate-id", Some(("gaps", 0))),
            ("no-accepted-answer", Some(("gaps", 1))),
        ],
    );
}
