use exmex::Express as _;
use proptest::prelude::*;

use super::*;

fn value_of(name: &str) -> Option<f64> {
    Some(match name {
        "a" => 3.0,
        "b" => -2.0,
        "d" => 50.0,
        "vc" => 120.0,
        "đường_kính" => 40.0,
        "zero" => 0.0,
        _ => return None,
    })
}

fn check(source: &str, expected: f64) {
    let value = Expression::parse(source).and_then(|expression| expression.evaluate(value_of));
    let value = value.unwrap_or_else(|error| panic!("{source}: {error}"));
    let close = (value - expected).abs() <= expected.abs() * 1e-14;
    assert!(close, "{source} is {value}, not {expected}");
}

fn check_error(source: &str, problem: ExpressionProblem, line: usize, column: usize) {
    let read = Expression::parse(source).and_then(|expression| expression.evaluate(value_of));
    let expected = ExpressionError {
        problem,
        line,
        column,
    };
    assert_eq!(read.unwrap_err(), expected, "{source}");
}

#[test]
fn expressions_have_values() {
    check("1+2*3", 7.0);
    check("(1+2)*3", 9.0);
    check("10-4-3", 3.0);
    check("100/10/5", 2.0);
    check("7 % 4", 3.0);
    check("-7 % 4", -3.0);
    check("2^3^2", 512.0);
    check("2**3**2", 512.0);
    check("-2^2", -4.0);
    check("(-2)^2", 4.0);
    check("2^-1", 0.5);
    check("2^-2^2", 0.0625);
    check("--3", 3.0);
    check("2*-3", -6.0);
    check("+5", 5.0);
    check(".5 + 1. + 1.5e-1 + 2E2", 201.65);
    check("{a}*{ b }", -6.0);
    check("a-b", 5.0);
    check(
        "1000*{vc}/(pi*{d})",
        1000.0 * 120.0 / (std::f64::consts::PI * 50.0),
    );
    check("1000·vc\n/ (pi() × {đường_kính})", 954.929_658_551_372);
    check("pi", std::f64::consts::PI);
    check("a > 2 ? 10 : 20", 10.0);
    check("a < 2 ? 10 : b <= -2 ? 30 : 40", 30.0);
    check("(a == 3) + (a != 3) + (a >= 4) + (2 <> 3)", 2.0);
    check("if(zero == 0, 7, 1/zero)", 7.0);
    check("zero != 0 ? 1/zero : 8", 8.0);
}

#[test]
fn functions_are_those_of_the_list() {
    check("abs(-3) + ceil(1.2) + floor(-1.2)", 3.0);
    check("SQRT(16)", 4.0);
    check("cbrt(27)", 3.0);
    check("sin(deg2rad(30))", 0.5);
    check("rad2deg(atan2(1, 1))", 45.0);
    check("round(2.675, 2)", 2.68);
    check("round(-2.5)", -3.0);
    check("round(1234, -2)", 1200.0);
    check("log(exp(2)) + ln(exp(3))", 5.0);
    check("log(8, 2) + log10(1000)", 6.0);
    check("log1p(expm1(0.5))", 0.5);
    check("pow(2, 10) + fmod(7, 4)", 1027.0);
    check("max(1, 5, 3) - min(4, 2, 9)", 3.0);
    check("bindec(101) + decbin(5) + octdec(17) + decoct(8)", 131.0);
    check("decbin(0)", 0.0);
    check("tanh(atanh(0.5)) + cosh(acosh(2)) + sinh(asinh(3))", 5.5);
    check("tan(atan(1)) + cos(acos(0.5)) + sin(asin(0.25))", 1.75);
    check("is_finite(1) + is_nan(1) + is_infinite(1)", 1.0);
}

#[test]
fn errors_have_line_and_column() {
    use ExpressionProblem::*;
    check_error("", Empty, 1, 1);
    check_error(" \n ", Empty, 1, 1);
    check_error("1 + ", UnexpectedEnd, 1, 4);
    check_error("(1 + 2", UnexpectedEnd, 1, 7);
    check_error("1 + * 2", Unexpected, 1, 5);
    check_error("1 + 2)", Unexpected, 1, 6);
    check_error("2 {a}", Unexpected, 1, 3);
    check_error("1\n+ 2 $ 3", UnknownLetter, 2, 5);
    check_error("a = 1", UnknownLetter, 1, 3);
    check_error("{a", UnknownLetter, 1, 1);
    check_error("12,5 * a", DecimalComma, 1, 3);
    check_error("a + (12,5)", DecimalComma, 1, 8);
    check_error("1, a", Unexpected, 1, 2);
    check_error("đường_kính +\n  x", UnknownVariable, 2, 3);
    check_error("while(1)", UnknownFunction, 1, 1);
    check_error("1 + system(2)", UnknownFunction, 1, 5);
    check_error("print(a)", UnknownFunction, 1, 1);
    check_error("sqrt(2,5)", ArgumentCount, 1, 1);
    check_error("1 + max(2)", ArgumentCount, 1, 5);
    check_error("pi(1)", ArgumentCount, 1, 1);
    check_error("if(1, 2)", ArgumentCount, 1, 1);
    check_error("sqrt + 1", Unexpected, 1, 6);
    check_error("a ? 1", UnexpectedEnd, 1, 6);
    check_error("1 / zero", DivisionByZero, 1, 3);
    check_error("1 +\n 5 % (a - 3)", DivisionByZero, 2, 4);
    check_error("0 ^ -1", DivisionByZero, 1, 3);
    check_error("1 + sqrt(b)", OutsideDomain, 1, 5);
    check_error("log(zero)", OutsideDomain, 1, 1);
    check_error("b ^ 0.5", OutsideDomain, 1, 3);
    check_error("acos(2)", OutsideDomain, 1, 1);
    check_error("log(2, 1)", OutsideDomain, 1, 1);
    check_error("decbin(1e9)", OutsideDomain, 1, 1);
    check_error("bindec(12)", OutsideDomain, 1, 1);
    check_error("round(1, 0.5)", OutsideDomain, 1, 1);
    check_error("9^9^9^9", TooLarge, 1, 4);
    check_error("exp(1000)", TooLarge, 1, 1);
    check_error("1e999", UnknownLetter, 1, 1);
}

#[test]
fn length_and_depth_are_bounded() {
    use ExpressionProblem::{TooDeep, TooLong};
    check_error(&"1+".repeat(50_000), TooLong, 1, LONGEST_EXPRESSION + 1);
    check_error(&"\n".repeat(100_000), TooLong, LONGEST_EXPRESSION + 1, 1);
    check(
        &("1+".repeat(LONGEST_EXPRESSION / 2 - 1) + "1"),
        (LONGEST_EXPRESSION / 2) as f64,
    );
    check(&("(".repeat(50) + "1" + &")".repeat(50)), 1.0);
    check_error(&("(".repeat(51) + "1" + &")".repeat(51)), TooDeep, 1, 52);
    check_error(&("-".repeat(1_000) + "1"), TooDeep, 1, 52);
    check_error(&("1^".repeat(900) + "1"), TooDeep, 1, 103);
    check_error(&("sqrt(".repeat(300) + "1"), TooDeep, 1, 256);
    check_error(&("1?1:".repeat(400) + "1"), TooDeep, 1, 203);
}

#[test]
fn variables_are_checked_where_they_stand() {
    let expression = Expression::parse("{a} + sqrt({x}) * y").unwrap();
    let known = |names: &'static [&str]| {
        expression
            .check_variables(|name| (!names.contains(&name)).then_some(ExpressionProblem::UnknownVariable))
    };
    assert_eq!(known(&["a", "x", "y"]), Ok(()));
    assert_eq!(known(&["a", "y"]).unwrap_err().column, 12);
    assert_eq!(known(&["a", "x"]).unwrap_err().column, 19);
}

#[test]
fn variables_have_names() {
    for (name, expected) in [
        ("a", true),
        ("đường_kính", true),
        ("d1", true),
        ("_x", true),
        ("1d", false),
        ("", false),
        ("a b", false),
        ("a-b", false),
        ("pi", false),
        ("Sin", false),
        ("if", false),
    ] {
        assert_eq!(is_variable_name(name), expected, "{name}");
    }
    assert!(!is_variable_name(&"x".repeat(41)));
}

#[test]
fn each_problem_has_a_key_of_its_own() {
    let keys: std::collections::BTreeSet<&str> = ExpressionProblem::ALL.iter().map(|one| one.key()).collect();
    assert_eq!(keys.len(), ExpressionProblem::ALL.len());
}

/// Expressions that both evaluators read alike and work out in the same order: in
/// brackets, since the other one takes powers from left to right, adds in an order of
/// its own, which shows in the last digits, and loses the sine of `sin(a + 0 + 0)`.
fn shared_source() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (0_u32..1000).prop_map(|number| format!("{}.{:02}", number / 10, number % 100)),
        prop_oneof![Just("a"), Just("b"), Just("d")].prop_map(str::to_owned),
    ];
    leaf.prop_recursive(6, 40, 3, |inner| {
        let function = prop_oneof![
            Just("sin"),
            Just("cos"),
            Just("sqrt"),
            Just("exp"),
            Just("abs"),
            Just("tanh"),
            Just("floor")
        ];
        let operator = prop_oneof![Just("+"), Just("-"), Just("*"), Just("/")];
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("(({left})^({right}))")),
            (function, inner.clone()).prop_map(|(name, inner)| format!("{name}({inner})")),
            inner.prop_map(|inner| format!("({inner})")),
        ]
    })
}

/// Sums and products without brackets, of whole numbers small enough to be exact in
/// any order: which sign binds more closely, and what is taken first.
fn whole_source() -> impl Strategy<Value = String> {
    let leaf = || {
        prop_oneof![
            (0_u32..100).prop_map(|number| number.to_string()),
            prop_oneof![Just("a"), Just("b"), Just("d")].prop_map(str::to_owned),
            (0_u32..50, 0_u32..50).prop_map(|(left, right)| format!("({left} - {right})")),
        ]
    };
    let next = (prop_oneof![Just("+"), Just("-"), Just("*")], leaf());
    (leaf(), proptest::collection::vec(next, 1..6)).prop_map(|(first, more)| {
        let more = more.into_iter().map(|(sign, number)| format!(" {sign} {number}"));
        std::iter::once(first).chain(more).collect()
    })
}

fn by_another(source: &str) -> f64 {
    let other = exmex::parse::<f64>(source).unwrap();
    let values: Vec<f64> = other
        .var_names()
        .iter()
        .map(|name| value_of(name).unwrap())
        .collect();
    other.eval(&values).unwrap()
}

#[test]
fn a_function_around_a_sum_with_constants_is_kept() {
    let value = Expression::parse("sin(a + 0.00 + 0.00)")
        .unwrap()
        .evaluate(value_of);
    assert_eq!(value, Ok(3_f64.sin()));
}

proptest! {
    #[test]
    fn another_evaluator_binds_alike(source in whole_source()) {
        let own = Expression::parse(&source).unwrap().evaluate(value_of);
        prop_assert_eq!(own, Ok(by_another(&source)), "{}", source);
    }

    #[test]
    fn another_evaluator_agrees(source in shared_source()) {
        let own = Expression::parse(&source).unwrap().evaluate(value_of);
        let other = by_another(&source);
        match own {
            Ok(own) => prop_assert!((own - other).abs() <= other.abs() * 1e-9, "{} {} {}", source, own, other),
            Err(error) => {
                let may_vanish = match error.problem {
                    // an infinite part may have vanished in the whole: 1 / exp(1000)
                    ExpressionProblem::TooLarge | ExpressionProblem::DivisionByZero => true,
                    // one that is undefined only in a power, by IEEE 754: sqrt(-1)^0 and 1^sqrt(-1) are 1
                    _ => source.contains('^'),
                };
                prop_assert!(may_vanish || !other.is_finite(), "{} {} {}", source, error, other);
            }
        }
    }

    #[test]
    fn no_text_upsets_the_reader(source in "[-+*/%^(){}a-d0-9.,?:<>=! \n]{0,60}|\\PC{0,60}") {
        if let Ok(expression) = Expression::parse(&source)
            && let Ok(value) = expression.evaluate(value_of)
        {
            prop_assert!(value.is_finite());
        }
    }
}
