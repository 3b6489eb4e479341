use std::collections::BTreeSet;

use super::*;
use crate::testing::context_in;

fn range(name: &str, minimum: f64, maximum: f64, decimals: u8, step: Option<f64>) -> Variable {
    Variable {
        name: name.to_owned(),
        values: VariableValues::Range {
            minimum,
            maximum,
            decimals,
            step,
        },
    }
}

fn worked_out(name: &str, expression: &str) -> Variable {
    Variable {
        name: name.to_owned(),
        values: VariableValues::Expression(expression.to_owned()),
    }
}

#[test]
fn a_variant_follows_from_seed_and_slot() {
    let seen: BTreeSet<u32> = (0..2_000)
        .map(|seed| variant_of(&context_in("vi", seed), 10))
        .collect();
    assert_eq!(seen, (1..=10).collect());
    assert_eq!(variant_of(&context_in("vi", 7), 1), 1);
    assert_eq!(
        variant_of(&context_in("vi", 7), 100),
        variant_of(&context_in("de", 7), 100)
    );
}

/// Computed by another program; they must never change.
#[test]
fn the_values_of_a_variant_are_frozen() {
    let variables = [
        range("d", 10.0, 60.0, 1, None),
        range("vc", 80.0, 200.0, 0, Some(20.0)),
    ];
    let values = |variant| {
        let values = values_of(&variables, variant).unwrap();
        (values["d"], values["vc"])
    };
    assert_eq!(
        [1, 2, 3].map(values),
        [(24.9, 100.0), (50.7, 140.0), (21.5, 200.0)]
    );
    assert_eq!(
        [1, 2, -3].map(|seed| variant_of(&context_in("vi", seed), 100)),
        [60, 36, 20]
    );
}

#[test]
fn values_lie_on_their_steps() {
    let variables = [
        range("tenth", 0.0, 1.0, 1, None),
        range("step", -3.0, 4.0, 2, Some(0.25)),
        range("one", 5.0, 5.0, 0, None),
        Variable {
            name: "list".to_owned(),
            values: VariableValues::List(vec![16.0, 20.0, 24.0]),
        },
        worked_out("twice", "2*{step}"),
    ];
    let mut tenths = BTreeSet::new();
    for variant in 1..=500 {
        let values = values_of(&variables, variant).unwrap();
        tenths.insert(format!("{}", values["tenth"]));
        assert!((-3.0..=4.0).contains(&values["step"]) && (values["step"] * 4.0).fract() == 0.0);
        assert_eq!(values["one"], 5.0);
        assert_eq!(values["list"], [16.0, 20.0, 24.0][(variant as usize - 1) % 3]);
        assert_eq!(values["twice"], 2.0 * values["step"]);
    }
    assert_eq!(tenths.len(), 11, "{tenths:?}");
}

#[test]
fn ranges_without_values_are_found() {
    for (minimum, maximum, decimals, step, expected) in [
        (0.0, 1.0, 2, None, true),
        (1.0, 1.0, 0, None, true),
        (1.0, 0.0, 0, None, false),
        (0.0, 1.0, 0, Some(0.0), false),
        (0.0, 1.0, 0, Some(-1.0), false),
        (0.0, 1e12, 9, None, false),
        (0.0, 1.0, 10, None, false),
        (f64::NAN, 1.0, 0, None, false),
        (0.0, f64::INFINITY, 0, None, false),
    ] {
        let variable = range("a", minimum, maximum, decimals, step);
        assert_eq!(variable.values.are_well_formed(), expected, "{variable:?}");
    }
    assert!(!VariableValues::List(Vec::new()).are_well_formed());
}

fn check_expression_over(source: &str, variables: &[Variable], expected: Option<(ExpressionProblem, usize)>) {
    let found = check_expression(source, variables, variables.len(), 100).err();
    let found = found.map(|error| (error.problem, error.column));
    assert_eq!(found, expected, "{source}");
}

#[test]
fn expressions_are_tried_at_corners_samples_and_in_every_variant() {
    use ExpressionProblem::{DivisionByZero, OutsideDomain, TooLarge, UnknownVariable};
    let two = [range("a", -5.0, 5.0, 1, None), range("b", 1.0, 10.0, 0, None)];
    check_expression_over("{a} * {b}", &two, None);
    check_expression_over("{b} / {a}", &two, Some((DivisionByZero, 5)));
    check_expression_over("1 / ({b} - 10)", &two, Some((DivisionByZero, 3)));
    check_expression_over("1 / ({b} - 1)", &two, Some((DivisionByZero, 3)));
    check_expression_over("{a} / ({b} - 7)", &two, Some((DivisionByZero, 5)));
    check_expression_over("sqrt({a})", &two, Some((OutsideDomain, 1)));
    check_expression_over("exp({b}^3)", &two, Some((TooLarge, 1)));
    check_expression_over("{c} + 1", &two, Some((UnknownVariable, 1)));
    check_expression_over("{a} == 0 ? 0 : {b} / {a}", &two, None);
    let equal = [range("a", 1.0, 100.0, 0, None), range("b", 1.0, 100.0, 0, None)];
    check_expression_over("1 / ({a} - {b})", &equal, Some((DivisionByZero, 3)));
}

#[test]
fn loops_are_refused_where_they_begin() {
    let variables = [
        range("a", 1.0, 2.0, 0, None),
        worked_out("b", "{a} + {c}"),
        worked_out("c", "2 * {c}"),
    ];
    for (index, column) in [(1, 7), (2, 5)] {
        let VariableValues::Expression(source) = &variables[index].values else {
            panic!()
        };
        let error = check_expression(source, &variables, index, 10).unwrap_err();
        assert_eq!(
            (error.problem, error.column),
            (ExpressionProblem::Loop, column),
            "{source}"
        );
    }
}

fn check_filled(source: &str, language: &str, expected: &str) {
    let values = Values::from([("d".to_owned(), 12.5), ("n".to_owned(), 1400.0)]);
    assert_eq!(filled_source(source, &values, language), expected);
}

#[test]
fn texts_show_the_values() {
    check_filled(
        "Đường kính {d} mm, { n } vòng/phút",
        "vi",
        "Đường kính 12,5 mm, 1400 vòng/phút",
    );
    check_filled("Diameter {d} mm", "en", "Diameter 12.5 mm");
    check_filled("{x} {} { {d", "vi", "{x} {} { {d");
    check_filled("{{d}}", "vi", "12,5");
    check_filled(
        "$\\frac{d}{2} = {{d}}$, {d}",
        "de",
        "$\\frac{d}{2} = {12{,}5}$, 12,5",
    );
    check_filled("giá 5\\$ {d}", "vi", "giá 5\\$ 12,5");
    check_filled("$$\\frac{d}{{{d}}}$$ {n}", "vi", "$$\\frac{d}{{12{,}5}}$$ 1400");
}
