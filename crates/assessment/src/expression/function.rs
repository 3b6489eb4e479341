//! The functions of expressions: Moodle's list for calculated questions, so that
//! its questions can be taken over, with `ln`, `if` and `cbrt` besides. Angles
//! are in radians. What is not defined gives NaN, which the caller refuses.

/// A function and how many arguments it takes.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) fewest: usize,
    pub(super) most: usize,
    pub(super) apply: fn(&[f64]) -> f64,
}

/// The function of that name, capitals or not.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS
        .iter()
        .find(|function| function.name.eq_ignore_ascii_case(name))
}

const fn function(name: &'static str, fewest: usize, most: usize, apply: fn(&[f64]) -> f64) -> Function {
    Function {
        name,
        fewest,
        most,
        apply,
    }
}

/// A function of one number.
macro_rules! of_one {
    ($name:literal, $apply:expr) => {
        function($name, 1, 1, |arguments| {
            let apply: fn(f64) -> f64 = $apply;
            apply(first(arguments))
        })
    };
}

/// A function of two numbers.
macro_rules! of_two {
    ($name:literal, $apply:expr) => {
        function($name, 2, 2, |arguments| {
            let apply: fn(f64, f64) -> f64 = $apply;
            apply(first(arguments), second(arguments).unwrap_or(f64::NAN))
        })
    };
}

const MANY: usize = 100;

static FUNCTIONS: &[Function] = &[
    function("pi", 0, 0, |_| std::f64::consts::PI),
    of_one!("abs", f64::abs),
    of_one!("acos", f64::acos),
    of_one!("acosh", f64::acosh),
    of_one!("asin", f64::asin),
    of_one!("asinh", f64::asinh),
    of_one!("atan", f64::atan),
    of_one!("atanh", |value| domain(f64::atanh(value))),
    of_one!("bindec", |value| from_digits(value, 2)),
    of_one!("cbrt", f64::cbrt),
    of_one!("ceil", f64::ceil),
    of_one!("cos", f64::cos),
    of_one!("cosh", f64::cosh),
    of_one!("decbin", |value| to_digits(value, 2)),
    of_one!("decoct", |value| to_digits(value, 8)),
    of_one!("deg2rad", f64::to_radians),
    of_one!("exp", f64::exp),
    of_one!("expm1", f64::exp_m1),
    of_one!("floor", f64::floor),
    of_one!("is_finite", |value| f64::from(u8::from(value.is_finite()))),
    of_one!("is_infinite", |value| f64::from(u8::from(value.is_infinite()))),
    of_one!("is_nan", |value| f64::from(u8::from(value.is_nan()))),
    of_one!("ln", |value| domain(value.ln())),
    of_one!("log10", |value| domain(value.log10())),
    of_one!("log1p", |value| domain(value.ln_1p())),
    of_one!("octdec", |value| from_digits(value, 8)),
    of_one!("rad2deg", f64::to_degrees),
    of_one!("sin", f64::sin),
    of_one!("sinh", f64::sinh),
    of_one!("sqrt", f64::sqrt),
    of_one!("tan", f64::tan),
    of_one!("tanh", f64::tanh),
    of_two!("atan2", f64::atan2),
    of_two!("fmod", |left, right| left % right),
    of_two!("pow", f64::powf),
    function("log", 1, 2, |arguments| {
        let value = first(arguments).ln();
        domain(second(arguments).map_or(value, |base| value / base.ln()))
    }),
    function("round", 1, 2, |arguments| {
        rounded(first(arguments), second(arguments).unwrap_or(0.0))
    }),
    function("max", 2, MANY, |arguments| {
        arguments.iter().copied().fold(f64::MIN, f64::max)
    }),
    function("min", 2, MANY, |arguments| {
        arguments.iter().copied().fold(f64::MAX, f64::min)
    }),
    // made a choice when it is read, so that only one side is evaluated
    function("if", 3, 3, |_| f64::NAN),
];

fn first(arguments: &[f64]) -> f64 {
    arguments.first().copied().unwrap_or(f64::NAN)
}

fn second(arguments: &[f64]) -> Option<f64> {
    arguments.get(1).copied()
}

/// A logarithm of 0 is as undefined as one of -1.
fn domain(value: f64) -> f64 {
    if value.is_infinite() { f64::NAN } else { value }
}

/// Half away from zero; what is meant as a half but lies a hair below it in
/// binary (2.675) is rounded up as well.
fn rounded(value: f64, decimals: f64) -> f64 {
    if decimals.fract() != 0.0 || decimals.abs() > 15.0 {
        return f64::NAN;
    }
    // a division by 100 is exact where a multiplication with 0.01 is not
    let factor = 10_f64.powi(decimals.abs() as i32);
    let shifted = if decimals < 0.0 {
        value / factor
    } else {
        value * factor
    };
    let nudge = shifted.abs().max(1.0) * 1e-12;
    let whole = (shifted + nudge.copysign(shifted)).round();
    if decimals < 0.0 {
        whole * factor
    } else {
        whole / factor
    }
}

/// The most digits that a number holds exactly.
const DIGITS: usize = 15;

/// `bindec(101)` is 5: the decimal digits are those of another base.
fn from_digits(value: f64, base: u32) -> f64 {
    let Some(digits) = whole(value) else {
        return f64::NAN;
    };
    u64::from_str_radix(&digits, base).map_or(f64::NAN, |value| value as f64)
}

/// `decbin(5)` is 101.
fn to_digits(value: f64, base: u64) -> f64 {
    let Some(mut left) = whole(value).and_then(|digits| digits.parse::<u64>().ok()) else {
        return f64::NAN;
    };
    let mut digits = String::new();
    while left > 0 {
        digits.insert_str(0, &(left % base).to_string());
        left /= base;
    }
    if digits.len() > DIGITS {
        return f64::NAN;
    }
    format!("0{digits}").parse().unwrap_or(f64::NAN)
}

fn whole(value: f64) -> Option<String> {
    let fits = value >= 0.0 && value.fract() == 0.0 && value < 1e15;
    fits.then(|| format!("{value:.0}"))
}
