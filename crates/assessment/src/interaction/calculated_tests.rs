use proptest::prelude::*;

use super::super::typed_testing::*;
use crate::testing::context_in;
use crate::*;

fn speed() -> Interaction {
    of(r#"{"type": "calculated", "variants": 50,
        "variables": [
            {"name": "d", "values": {"range": {"minimum": 10, "maximum": 60, "decimals": 1}}},
            {"name": "vc", "values": {"list": [80, 100, 120, 160]}},
            {"name": "u", "values": {"expression": "pi*{d}"}}],
        "answers": [
            {"expression": "1000*{vc}/{u}", "tolerance": {"relative": 0.01}, "shown": {"digits": 3},
             "feedback": {"default_language": "vi", "versions": {"vi": "Với {d} mm"}}},
            {"expression": "{vc}/{u}", "tolerance": {"relative": 0.01}, "weight": 0.5}],
        "unit": {"unit": "1/min", "typed": "required", "penalty": 0.25}}"#)
}

fn calculated(interaction: &Interaction) -> &Calculated {
    let Interaction::Calculated(calculated) = interaction else {
        panic!()
    };
    calculated
}

#[track_caller]
fn check(typed: impl Fn(f64, f64) -> String, expected: f64) {
    let question = speed();
    let item = item_of(&question);
    for (seed, language) in (0..40).flat_map(|seed| ["vi", "en"].map(|language| (seed, language))) {
        let context = context_in(language, seed);
        let values = calculated(&question).values(&context);
        let typed = typed(values["d"], values["vc"]).replace('.', if language == "vi" { "," } else { "." });
        let payload = serde_json::json!({ "fields": { "number": typed } }).to_string();
        let response = Response::parse(&item, &payload, &context).unwrap();
        let mark = score_item(&item, &response, &context);
        assert_eq!(mark.fraction, expected, "{seed} {typed} {values:?}");
    }
}

fn turns(d: f64, vc: f64) -> f64 {
    1000.0 * vc / (std::f64::consts::PI * d)
}

#[test]
fn each_attempt_is_marked_by_its_own_values() {
    check(|d, vc| format!("{:.1} 1/min", turns(d, vc)), 1.0);
    check(|d, vc| format!("{:.1} vòng/phút", turns(d, vc)), 1.0);
    check(|d, vc| format!("{:.4} 1/s", turns(d, vc) / 60.0), 1.0);
    check(|d, vc| format!("{:.1}", turns(d, vc)), 0.75);
    check(|d, vc| format!("{:.6} 1/min", turns(d, vc) / 1000.0), 0.5);
    check(|d, vc| format!("{:.1} 1/min", turns(d, vc) * 1.02), 0.0);
    check(|_, _| "nhanh".to_owned(), 0.0);
}

#[test]
fn variants_are_reproducible_and_differ() {
    let question = speed();
    let values = |seed| calculated(&question).values(&context_in("vi", seed));
    assert_eq!(values(7), values(7));
    let different: std::collections::BTreeSet<String> =
        (0..300).map(|seed| format!("{:?}", values(seed))).collect();
    assert!((20..=50).contains(&different.len()), "{}", different.len());
    let context = context_in("vi", 7);
    let variant = calculated(&question).variant(&context);
    assert_eq!(calculated(&question).values_of_variant(variant), values(7));
}

#[test]
fn texts_show_the_values_of_the_attempt() {
    let question = speed();
    let context = context_in("vi", 3);
    let values = calculated(&question).values(&context);
    let stem =
        text::Text::markdown("vi", "Phôi {d} mm, {vc} m/phút").with("de", text::Source::markdown("{d}"));
    let shown = shown_text(&question, &stem, &context);
    let d = format_number(values["d"], "vi");
    assert_eq!(
        shown.versions["vi"].source,
        format!("Phôi {d} mm, {} m/phút", values["vc"])
    );
    assert_eq!(shown.versions["de"].source, d);
    let other = of(r#"{"type": "essay"}"#);
    assert_eq!(shown_text(&other, &stem, &context), stem);
}

#[test]
fn what_is_shown_as_right_is_right_without_tolerance() {
    let third = of(r#"{"type": "calculated",
        "variables": [{"name": "a", "values": {"range": {"minimum": 1, "maximum": 100}}}],
        "answers": [{"expression": "{a}/3"}]}"#);
    check_right(&third);
    check_right(&speed());
    assert_eq!(problems(&third), []);
}

#[test]
fn shown_rounding_is_in_decimals_or_digits() {
    for (rounding, value, expected) in [
        (ShownRounding::Decimals(2), 2.675, 2.68),
        (ShownRounding::Decimals(0), 763.9, 764.0),
        (ShownRounding::Digits(3), 763.94, 764.0),
        (ShownRounding::Digits(2), 0.012345, 0.012),
        (ShownRounding::Digits(1), -987.0, -1000.0),
    ] {
        assert_eq!(rounding.rounded(value), expected, "{rounding:?} {value}");
    }
}

fn with_answer(expression: &str) -> Interaction {
    let json = serde_json::json!({
        "type": "calculated",
        "variables": [{"name": "a", "values": {"range": {"minimum": -2, "maximum": 2}}}],
        "answers": [{"expression": expression}]
    });
    of(&json.to_string())
}

#[test]
fn bad_expressions_are_refused_with_line_and_column() {
    use ExpressionProblem::*;
    for (expression, problem, line, column) in [
        ("1 / {a}", DivisionByZero, 1, 3),
        ("2 *\n  sqrt({a})", OutsideDomain, 2, 3),
        ("while(1)", UnknownFunction, 1, 1),
        ("{b} + 1", UnknownVariable, 1, 1),
        ("12,5 * {a}", DecimalComma, 1, 3),
    ] {
        let question = with_answer(expression);
        let expected = ("bad-expression", Some(("answers", 0)));
        assert_eq!(problems(&question), [expected], "{expression}");
        let place = Place {
            list: "answers",
            index: 0,
        };
        let error = calculated(&question).expression_error(place).unwrap();
        assert_eq!(
            (error.problem, error.line, error.column),
            (problem, line, column),
            "{expression}"
        );
    }
    let long = with_answer(&"1+".repeat(50_000));
    assert_eq!(problems(&long), [("bad-expression", Some(("answers", 0)))]);
    assert_eq!(problems(&with_answer("{a} + 1")), []);
}

#[test]
fn drafts_are_checked() {
    assert_eq!(problems(&speed()), []);
    check_problems(
        r#"{"type": "calculated", "variants": 0, "variables": [
            {"name": "sin", "values": {"range": {"minimum": 2, "maximum": 1}}},
            {"name": "x", "values": {"expression": "{x}+1"}},
            {"name": "x", "values": {"list": []}}],
            "answers": []}"#,
        &[
            ("variables-out-of-range", None),
            ("bad-variable-name", Some(("variables", 0))),
            ("variables-out-of-range", Some(("variables", 0))),
            ("bad-expression", Some(("variables", 1))),
            ("bad-variable-name", Some(("variables", 2))),
            ("variables-out-of-range", Some(("variables", 2))),
            ("no-accepted-answer", None),
        ],
    );
}

proptest! {
    #[test]
    fn the_right_answer_of_every_attempt_is_whole(seed in any::<i64>()) {
        let question = speed();
        let item = item_of(&question);
        for language in ["vi", "de", "en"] {
            let context = context_in(language, seed);
            let right = item.right_response(&context);
            prop_assert_eq!(score_item(&item, &right, &context).fraction, 1.0);
        }
    }
}
