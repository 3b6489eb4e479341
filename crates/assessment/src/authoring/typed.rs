//! Answers that are typed: words, numbers and results.
//!
//! A line has an accepted answer, then `| 50 %` where it gives a part of the mark
//! only, then `| words` that are shown to whoever gave it. A number may have
//! `± 0,1` behind it (in its unit), `± 1 %` (of itself) or `× 0,1` (as a factor).
//! A variable has a line `d = 20 .. 60 | 5` (from, to, step), `d = 10; 20; 30` (a
//! value each), or `n = 1000*{vc}/(pi*{d})` (worked out from those before it).

use text::Text;

use super::kept::{Typed, one_line, put, shown};
use super::line::{Line, escaped, lines, plain, split};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, key_of, number_field,
    selected,
};
use crate::interaction::{
    AcceptedNumber, AcceptedText, Calculated, CalculatedAnswer, Numerical, ShortText, ShownRounding,
    Tolerance, Variable, VariableValues,
};
use crate::number::{decimal_sign, format_number, read_number};
use crate::text_pattern::TextRule;
use crate::unit::{UnitRule, UnitTyped};

pub(super) fn blank_short_text() -> ShortText {
    ShortText {
        answers: Vec::new(),
        rule: TextRule::default(),
    }
}

pub(super) fn short_text_fields(kind: &ShortText, language: &str) -> Vec<AuthoringField> {
    let line = |answer: &AcceptedText| {
        let words = answer.text.replace('|', "\\|");
        format!("{words}{}", tail(answer.weight, &answer.feedback, language))
    };
    let answers: Vec<String> = kind.answers.iter().map(line).collect();
    let without_marks = kind.rule.without_marks;
    vec![
        field("answers", Control::Lines, answers.join("\n")),
        field(
            "without_marks",
            Control::Number,
            without_marks.map_or_else(String::new, |share| percent(share, language)),
        ),
        check_field("case_sensitive", kind.rule.case_sensitive),
        check_field("german_digraphs", kind.rule.german_digraphs),
    ]
}

pub(super) fn read_short_text(saved: &ShortText, reader: &mut Reader<'_>) -> ShortText {
    let typed = reader.typed("answers");
    let mut answers: Vec<AcceptedText> = Vec::new();
    for line in lines(&typed) {
        let Some(parts) = answer_parts(&line, "answers", reader) else {
            continue;
        };
        let text = one_line(&parts.answer.replace("\\|", "|"));
        let former = former(&saved.answers, answers.len(), |answer| answer.text == text);
        answers.push(AcceptedText {
            weight: parts.weight,
            feedback: parts.feedback(former.map(|answer| &answer.feedback), reader.how),
            text,
        });
    }
    let without_marks = match reader.typed("without_marks").trim() {
        "" => None,
        _ => Some(reader.number("without_marks", 0.0) / 100.0).filter(|share| *share > 0.0),
    };
    ShortText {
        answers,
        rule: TextRule {
            case_sensitive: reader.is_on("case_sensitive"),
            without_marks,
            german_digraphs: reader.is_on("german_digraphs"),
        },
    }
}

pub(super) fn blank_numerical() -> Numerical {
    Numerical {
        answers: Vec::new(),
        unit: None,
    }
}

pub(super) fn numerical_fields(kind: &Numerical, language: &str) -> Vec<AuthoringField> {
    let line = |answer: &AcceptedNumber| {
        let number = format_number(answer.value, language);
        let tolerance = tolerance_words(answer.tolerance, language);
        format!(
            "{number}{tolerance}{}",
            tail(answer.weight, &answer.feedback, language)
        )
    };
    let answers: Vec<String> = kind.answers.iter().map(line).collect();
    let mut fields = vec![field("answers", Control::Lines, answers.join("\n"))];
    fields.extend(unit_fields(kind.unit.as_ref(), language));
    fields
}

pub(super) fn read_numerical(saved: &Numerical, reader: &mut Reader<'_>) -> Numerical {
    let typed = reader.typed("answers");
    let mut answers: Vec<AcceptedNumber> = Vec::new();
    for line in lines(&typed) {
        let Some(parts) = answer_parts(&line, "answers", reader) else {
            continue;
        };
        let (number, tolerance) = with_tolerance(&parts.answer, reader.how.language);
        let value = read_value(number, reader.how.language);
        let (Some(value), Some(tolerance)) = (value, tolerance) else {
            reader.problem("answers", Some(line.number), Kind::NotANumber);
            continue;
        };
        let former = former(&saved.answers, answers.len(), |answer| answer.value == value);
        answers.push(AcceptedNumber {
            value,
            tolerance,
            weight: parts.weight,
            feedback: parts.feedback(former.map(|answer| &answer.feedback), reader.how),
        });
    }
    Numerical {
        answers,
        unit: read_unit(saved.unit.as_ref(), reader),
    }
}

pub(super) fn blank_calculated() -> Calculated {
    Calculated {
        variables: Vec::new(),
        variants: 100,
        answers: Vec::new(),
        unit: None,
    }
}

pub(super) fn calculated_fields(kind: &Calculated, language: &str) -> Vec<AuthoringField> {
    let variables: Vec<String> = kind
        .variables
        .iter()
        .map(|variable| format!("{} = {}", variable.name, values_words(&variable.values, language)))
        .collect();
    let line = |answer: &CalculatedAnswer| {
        let tolerance = tolerance_words(answer.tolerance, language);
        let tail = tail(answer.weight, &answer.feedback, language);
        format!("{}{tolerance}{tail}", answer.expression)
    };
    let answers: Vec<String> = kind.answers.iter().map(line).collect();
    let rounding = kind
        .answers
        .first()
        .map(|answer| answer.shown)
        .unwrap_or_default();
    let (way, digits) = match rounding {
        ShownRounding::Decimals(digits) => ("decimals", digits),
        ShownRounding::Digits(digits) => ("digits", digits),
    };
    let mut fields = vec![
        field("variables", Control::Lines, variables.join("\n")),
        field("answers", Control::Lines, answers.join("\n")),
        number_field("shown_digits", f64::from(digits), language),
        field("shown", Control::Select(ROUNDING_KEYS), way),
        number_field("variants", f64::from(kind.variants), language),
    ];
    fields.extend(unit_fields(kind.unit.as_ref(), language));
    fields
}

const ROUNDING_KEYS: &[&str] = &["decimals", "digits"];

pub(super) fn read_calculated(saved: &Calculated, reader: &mut Reader<'_>) -> Calculated {
    let digits = reader.number("shown_digits", 2.0).clamp(0.0, 255.0) as u8;
    let shown = match reader.typed("shown").as_str() {
        "digits" => ShownRounding::Digits(digits),
        _ => ShownRounding::Decimals(digits),
    };
    // the form has one rounding, that of the first answer; others keep theirs while it is not changed
    let first = saved.answers.first().map(|answer| answer.shown);
    let is_changed = first.unwrap_or_default() != shown;
    let typed = reader.typed("answers");
    let mut answers: Vec<CalculatedAnswer> = Vec::new();
    for line in lines(&typed) {
        let Some(parts) = answer_parts(&line, "answers", reader) else {
            continue;
        };
        let (expression, tolerance) = with_tolerance(&parts.answer, reader.how.language);
        let Some(tolerance) = tolerance else {
            reader.problem("answers", Some(line.number), Kind::NotANumber);
            continue;
        };
        let expression = expression.to_owned();
        let former = former(&saved.answers, answers.len(), |answer| {
            answer.expression == expression
        });
        answers.push(CalculatedAnswer {
            tolerance,
            shown: match former {
                Some(former) if !is_changed => former.shown,
                _ => shown,
            },
            weight: parts.weight,
            feedback: parts.feedback(former.map(|answer| &answer.feedback), reader.how),
            expression,
        });
    }
    Calculated {
        variables: read_variables(reader),
        variants: reader.number("variants", f64::from(saved.variants)).max(0.0) as u32,
        answers,
        unit: read_unit(saved.unit.as_ref(), reader),
    }
}

fn read_variables(reader: &mut Reader<'_>) -> Vec<Variable> {
    let typed = reader.typed("variables");
    let mut variables = Vec::new();
    for line in lines(&typed) {
        let Some((name, values)) = line.source.split_once('=') else {
            reader.problem("variables", Some(line.number), Kind::NoPair);
            continue;
        };
        let Some(values) = read_values(values.trim(), reader.how.language) else {
            reader.problem("variables", Some(line.number), Kind::NotANumber);
            continue;
        };
        variables.push(Variable {
            name: name.trim().trim_matches(['{', '}']).to_owned(),
            values,
        });
    }
    variables
}

fn read_values(typed: &str, language: &str) -> Option<VariableValues> {
    let typed = typed.replace('…', "..");
    if let Some((minimum, rest)) = typed.split_once("..") {
        let (maximum, step) = match rest.split_once('|') {
            Some((maximum, step)) => (maximum, Some(step)),
            None => (rest, None),
        };
        let of_typed = [Some(minimum), Some(maximum), step];
        let decimals = of_typed
            .into_iter()
            .flatten()
            .map(|typed| decimals_of(typed, language));
        return Some(VariableValues::Range {
            minimum: read_value(minimum, language)?,
            maximum: read_value(maximum, language)?,
            decimals: decimals.max().unwrap_or_default(),
            step: match step {
                Some(step) => Some(read_value(step, language)?),
                None => None,
            },
        });
    }
    let listed: Option<Vec<f64>> = typed
        .split(';')
        .map(|value| read_value(value, language))
        .collect();
    match listed {
        Some(values) => Some(VariableValues::List(values)),
        None if typed.contains(';') || typed.is_empty() => None,
        None => Some(VariableValues::Expression(typed)),
    }
}

fn decimals_of(typed: &str, language: &str) -> u8 {
    let sign = decimal_sign(language);
    let behind = typed
        .trim()
        .split_once(sign)
        .map_or(0, |(_, behind)| behind.trim().len());
    u8::try_from(behind).unwrap_or(u8::MAX)
}

fn values_words(values: &VariableValues, language: &str) -> String {
    let number = |value: f64| format_number(value, language);
    match values {
        VariableValues::Range {
            minimum,
            maximum,
            decimals,
            step,
        } => {
            // the decimals stand in the lower end, so that they are read back
            let lower = format!("{minimum:.*}", usize::from(*decimals));
            let lower = lower.replace('.', &decimal_sign(language).to_string());
            let step = step
                .map(|step| format!(" | {}", number(step)))
                .unwrap_or_default();
            format!("{lower} .. {}{step}", number(*maximum))
        }
        VariableValues::List(values) => values
            .iter()
            .map(|value| number(*value))
            .collect::<Vec<_>>()
            .join("; "),
        VariableValues::Expression(expression) => expression.clone(),
    }
}

/// A line's answer, its share and its feedback.
struct AnswerParts {
    answer: String,
    weight: f64,
    feedback: Option<String>,
}

impl AnswerParts {
    fn feedback(&self, saved: Option<&Text>, how: Typed<'_>) -> Text {
        match &self.feedback {
            Some(words) => put(how, saved, words),
            None => put(how, saved, ""),
        }
    }
}

fn answer_parts(line: &Line<'_>, field: &'static str, reader: &mut Reader<'_>) -> Option<AnswerParts> {
    let parts = split(line.source, '|');
    let (answer, behind) = parts.split_first()?;
    let (share, words) = match behind {
        [first, rest @ ..] => match read_share(first, reader.how.language) {
            Some(share) => (share, rest),
            None if rest.is_empty() => (1.0, behind),
            None => {
                reader.problem(field, Some(line.number), Kind::NotANumber);
                return None;
            }
        },
        [] => (1.0, behind),
    };
    let words = one_line(&plain(&words.join(" | ")));
    Some(AnswerParts {
        answer: (*answer).to_owned(),
        weight: share,
        feedback: (!words.is_empty()).then_some(words),
    })
}

/// A share of the mark such as `50 %`.
pub(super) fn read_share(typed: &str, language: &str) -> Option<f64> {
    let number = typed.trim().strip_suffix('%')?;
    read_value(number, language).map(|percent| percent / 100.0)
}

pub(super) fn read_value(typed: &str, language: &str) -> Option<f64> {
    let read = read_number(typed.trim(), language);
    read.settled(None).map(|number| number.value)
}

/// An answer and the tolerance behind it; `None` for one that is no number.
pub(super) fn with_tolerance<'t>(typed: &'t str, language: &str) -> (&'t str, Option<Tolerance>) {
    let marks = ["±", "+/-", "+-"];
    if let Some((answer, tolerance)) = marks.iter().find_map(|mark| typed.split_once(mark)) {
        let tolerance = tolerance.trim();
        let read = match tolerance.strip_suffix('%') {
            Some(percent) => {
                read_value(percent, language).map(|percent| Tolerance::Relative(percent / 100.0))
            }
            None => read_value(tolerance, language).map(Tolerance::Nominal),
        };
        return (answer.trim(), read);
    }
    match typed.rsplit_once('×') {
        Some((answer, factor)) => (
            answer.trim(),
            read_value(factor, language).map(Tolerance::Geometric),
        ),
        None => (typed.trim(), Some(Tolerance::default())),
    }
}

pub(super) fn tolerance_words(tolerance: Tolerance, language: &str) -> String {
    match tolerance {
        Tolerance::Nominal(0.0) => String::new(),
        Tolerance::Nominal(size) => format!(" ± {}", format_number(size, language)),
        Tolerance::Relative(share) => format!(" ± {}", percent_words(share, language)),
        Tolerance::Geometric(factor) => format!(" × {}", format_number(factor, language)),
    }
}

fn percent(share: f64, language: &str) -> String {
    // 0.07 times 100 is 7.000000000000001
    format_number((share * 1e12).round() / 1e10, language)
}

pub(super) fn percent_words(share: f64, language: &str) -> String {
    format!("{} %", percent(share, language))
}

// What stands behind an answer: its share unless it is all, then its feedback.
fn tail(weight: f64, feedback: &Text, language: &str) -> String {
    let share = match weight {
        1.0 => String::new(),
        weight => format!(" | {}", percent_words(weight, language)),
    };
    match escaped(&shown(feedback, language)) {
        words if words.is_empty() => share,
        words => format!("{share} | {words}"),
    }
}

// The saved answer that a typed one continues: the same one, or the one that stood at its place.
fn former<T>(saved: &[T], place: usize, is_same: impl Fn(&T) -> bool) -> Option<&T> {
    saved
        .iter()
        .find(|answer| is_same(answer))
        .or_else(|| saved.get(place))
}

const UNIT_KEYS: &[&str] = &["given", "optional", "required"];
const UNIT_WAYS: &[UnitTyped] = &[UnitTyped::Given, UnitTyped::Optional, UnitTyped::Required];

fn unit_fields(rule: Option<&UnitRule>, language: &str) -> Vec<AuthoringField> {
    let typed = rule.map(|rule| rule.typed).unwrap_or_default();
    let penalty = rule.map_or(1.0, |rule| rule.penalty);
    vec![
        field(
            "unit",
            Control::Line,
            rule.map(|rule| rule.unit.clone()).unwrap_or_default(),
        ),
        field(
            "unit_typed",
            Control::Select(UNIT_KEYS),
            key_of(&typed, UNIT_KEYS, UNIT_WAYS),
        ),
        field("unit_penalty", Control::Number, percent(penalty, language)),
    ]
}

fn read_unit(saved: Option<&UnitRule>, reader: &mut Reader<'_>) -> Option<UnitRule> {
    let unit = one_line(&reader.typed("unit"));
    let penalty = reader.number("unit_penalty", 100.0) / 100.0;
    (!unit.is_empty()).then(|| UnitRule {
        typed: selected(
            &reader.typed("unit_typed"),
            UNIT_KEYS,
            UNIT_WAYS,
            UnitTyped::default(),
        ),
        penalty,
        own: saved.map(|rule| rule.own.clone()).unwrap_or_default(),
        unit,
    })
}
