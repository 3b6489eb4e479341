//! Numbers as people type them, read by the language of the attempt: `12,5` in
//! Vietnamese and German, `12.5` in English. `tests/data/numbers.toml` judges
//! this reader and the one of the page (`crates/ui/static/number.js`); where the
//! two ever differed, this one counts.
//!
//! The other language's decimal sign is understood as well wherever only one
//! reading makes sense: phones often offer just one of the two. Where both do
//! (`1.234` in Vietnamese: 1234, or somebody's 1,234), the page asks.
//!
//! Left out on purpose: units (`units`), digits of other scripts, and dates.

use crate::number_scan::{Body, scan};

/// The most letters that are read as a number with its unit.
pub const LONGEST_NUMBER: usize = 100;

/// What typed text says as a number.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberReading {
    /// One number.
    Read(ReadNumber),
    /// A sign that separates thousands in this language, or somebody's decimal
    /// sign: the page asks which. Without an answer [`NumberReading::settled`] decides.
    Ambiguous {
        /// With the sign as the decimal sign.
        decimal: ReadNumber,
        /// With the sign between thousands, as the language has it.
        grouped: ReadNumber,
    },
    /// No number, one too large to compute with, or something besides a number.
    NotANumber,
}

/// A number with the words for "read as …".
#[derive(Clone, Debug, PartialEq)]
pub struct ReadNumber {
    /// Its value; always finite.
    pub value: f64,
    /// As [`format_number`] writes it.
    pub text: String,
}

/// A number and what stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: NumberReading,
    /// What follows, without blanks around it; empty when nothing does. Superscripts
    /// are written with `^`, signs of multiplication as `*`.
    pub unit: String,
}

/// Which of two readings somebody meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meant {
    /// The sign is the decimal sign.
    Decimal,
    /// The sign separates thousands.
    Grouped,
}

/// Reads a number that stands alone. `language` is a BCP 47 tag.
pub fn read_number(typed: &str, language: &str) -> NumberReading {
    let quantity = read_quantity(typed, language);
    if quantity.unit.is_empty() {
        quantity.number
    } else {
        NumberReading::NotANumber
    }
}

/// Reads a number and leaves what stands behind it as its unit, known or not.
pub fn read_quantity(typed: &str, language: &str) -> Quantity {
    let nothing = |unit: &str| Quantity {
        number: NumberReading::NotANumber,
        unit: unit.to_owned(),
    };
    if typed.chars().count() > LONGEST_NUMBER {
        return nothing("");
    }
    let letters = normalised(typed);
    let Some(scanned) = scan(&letters) else {
        return nothing(String::from_iter(&letters).trim());
    };
    let rest: String = letters.iter().skip(scanned.end).collect();
    let unit = rest.trim().to_owned();
    if !can_be_unit(&unit) {
        return nothing(&unit);
    }
    let sign = if scanned.negative { -1.0 } else { 1.0 };
    let number = match &scanned.body {
        Body::Fraction { whole, over, under } => {
            one(Some(sign * (whole + over / under)), decimal_sign(language))
        }
        Body::Decimal(groups) => read_groups(groups, scanned.power, sign, decimal_sign(language)),
    };
    Quantity { number, unit }
}

/// The number as a page writes it in a language: at most 15 digits that count,
/// no separators between thousands, very large and very small ones with a power
/// of ten (`1,5·10^20`). [`read_number`] reads it back.
pub fn format_number(value: f64, language: &str) -> String {
    written(value, decimal_sign(language))
}

/// The sign before the decimals in a language: `,` or `.`.
pub fn decimal_sign(language: &str) -> char {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    if COMMA_LANGUAGES.contains(&primary.to_ascii_lowercase().as_str()) {
        ','
    } else {
        '.'
    }
}

/// Languages that write a decimal comma (Unicode CLDR, the main ones).
const COMMA_LANGUAGES: &[&str] = &[
    "vi", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "ro", "bg",
    "ru", "uk", "be", "el", "tr", "az", "kk", "da", "nb", "nn", "no", "sv", "fi", "et", "lv", "lt", "is",
    "id", "ca", "sq", "mk", "ka", "hy",
];

impl NumberReading {
    /// The number that counts: of two readings the one that was meant, or, when
    /// nobody said, the one that the language's rule gives.
    pub fn settled(&self, meant: Option<Meant>) -> Option<&ReadNumber> {
        match (self, meant) {
            (Self::Read(number), _) => Some(number),
            (Self::Ambiguous { decimal, .. }, Some(Meant::Decimal)) => Some(decimal),
            (Self::Ambiguous { grouped, .. }, _) => Some(grouped),
            (Self::NotANumber, _) => None,
        }
    }
}

/// One blank for any white space, one sign for each of its look-alikes, `10^-3` for `10⁻³`.
fn normalised(typed: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::with_capacity(typed.len());
    let mut raised = false;
    let unseen = |letter: &char| matches!(letter, '\u{200b}' | '\u{feff}' | '\u{ad}');
    for letter in typed.trim().chars().filter(|letter| !unseen(letter)) {
        let plain = superscript(letter);
        if plain.is_some() && !raised {
            letters.push('^');
        }
        raised = plain.is_some();
        match plain.unwrap_or(letter) {
            blank if blank.is_whitespace() && letters.last() == Some(&' ') => {}
            blank if blank.is_whitespace() => letters.push(' '),
            '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' => letters.push('-'),
            '\u{2019}' | '\u{02bc}' => letters.push('\''),
            '*' if letters.last() == Some(&'*') => {
                letters.pop();
                letters.push('^');
            }
            '·' | '⋅' | '∙' | '×' => letters.push('*'),
            '¼' | '½' | '¾' => push_fraction(&mut letters, letter),
            other => letters.push(other),
        }
    }
    letters
}

fn push_fraction(letters: &mut Vec<char>, letter: char) {
    if letters.last().is_some_and(char::is_ascii_digit) {
        letters.push(' ');
    }
    let (over, under) = match letter {
        '¼' => ('1', '4'),
        '½' => ('1', '2'),
        _ => ('3', '4'),
    };
    letters.extend([over, '/', under]);
}

fn superscript(letter: char) -> Option<char> {
    Some(match letter {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        '⁺' => '+',
        _ => return None,
    })
}

/// `12 13` is no number with the unit 13; `1400 1/min` has the unit 1/min.
fn can_be_unit(rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    let per = rest.strip_prefix('1').unwrap_or(rest).strip_prefix('/');
    match per {
        Some(per) => per.starts_with(char::is_alphabetic),
        None => !rest.starts_with(|letter: char| letter.is_numeric() || ".,+-*^()=_/".contains(letter)),
    }
}

/// Digits with the sign that stands before them; the first group has none.
pub(crate) type Group = (Option<char>, String);

fn read_groups(groups: &[Group], power: Option<i32>, sign: f64, decimal: char) -> NumberReading {
    let value = |whole: String, part: &str| {
        let part = if part.is_empty() { "0" } else { part };
        let value: f64 = format!("0{whole}.{part}e{}", power.unwrap_or(0)).parse().ok()?;
        Some(sign * value)
    };
    let all = || groups.iter().map(|group| group.1.as_str()).collect::<String>();
    let marks: Vec<char> = groups.iter().filter_map(|group| group.0).collect();
    let Some((last, before)) = groups.split_last() else {
        return NumberReading::NotANumber;
    };
    let first_part = || before.iter().map(|group| group.1.as_str()).collect::<String>();
    let with_decimals = || one(value(first_part(), &last.1), decimal);
    match marks.as_slice() {
        [] => one(value(all(), ""), decimal),
        [mark @ ('.' | ',')] => {
            let grouped = value(all(), "").filter(|_| {
                *mark != decimal && power.is_none() && is_grouped(groups) && !all().starts_with('0')
            });
            match (with_decimals(), one(grouped, decimal)) {
                (NumberReading::Read(decimal), NumberReading::Read(grouped)) => {
                    NumberReading::Ambiguous { decimal, grouped }
                }
                (read, _) => read,
            }
        }
        [same @ .., end] if same.iter().all(|mark| mark == end) => {
            one(value(all(), "").filter(|_| is_grouped(groups)), decimal)
        }
        [first, same @ .., '.' | ','] if same.iter().all(|mark| mark == first) && is_grouped(before) => {
            with_decimals()
        }
        _ => NumberReading::NotANumber,
    }
}

/// One to three digits, then three each.
fn is_grouped(groups: &[Group]) -> bool {
    let mut lengths = groups.iter().map(|group| group.1.len());
    lengths.next().is_some_and(|first| (1..=3).contains(&first)) && lengths.all(|length| length == 3)
}

fn one(value: Option<f64>, decimal: char) -> NumberReading {
    match value.filter(|value| value.is_finite()) {
        // + 0.0 makes zero of minus zero
        Some(value) => NumberReading::Read(ReadNumber {
            value: value + 0.0,
            text: written(value + 0.0, decimal),
        }),
        None => NumberReading::NotANumber,
    }
}

fn written(value: f64, decimal: char) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:.14e}", value.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let sign = if value < 0.0 { "-" } else { "" };
    if !(-7..15).contains(&exponent) {
        return format!("{sign}{}·10^{exponent}", with_point(digits, 1, decimal));
    }
    format!("{sign}{}", with_point(digits, exponent + 1, decimal))
}

/// The digits with the decimal sign behind the first `whole` of them.
fn with_point(digits: &str, whole: i32, decimal: char) -> String {
    let count = usize::try_from(whole).unwrap_or_default();
    if count == 0 {
        let zeros = "0".repeat(whole.unsigned_abs() as usize);
        return format!("0{decimal}{zeros}{digits}");
    }
    match digits.split_at_checked(count) {
        Some((whole, "")) => whole.to_owned(),
        Some((whole, part)) => format!("{whole}{decimal}{part}"),
        None => format!("{digits:0<count$}"),
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
