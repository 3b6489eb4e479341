use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    read: Vec<Read>,
    ambiguous: Vec<Ambiguous>,
    refused: Vec<Refused>,
    written: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    languages: Vec<String>,
    typed: String,
    value: f64,
    text: String,
    #[serde(default)]
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ambiguous {
    languages: Vec<String>,
    typed: String,
    decimal: f64,
    decimal_text: String,
    grouped: f64,
    grouped_text: String,
    #[serde(default)]
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    languages: Vec<String>,
    typed: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    languages: Vec<String>,
    value: f64,
    text: String,
}

fn table() -> Table {
    toml::from_str(include_str!("../../../tests/data/numbers.toml")).unwrap()
}

fn number(value: f64, text: &str) -> ReadNumber {
    ReadNumber {
        value,
        text: text.to_owned(),
    }
}

fn check(typed: &str, languages: &[String], expected: &NumberReading, unit: &str) {
    for language in languages {
        let alone = if unit.is_empty() {
            expected
        } else {
            &NumberReading::NotANumber
        };
        assert_eq!(read_number(typed, language), *alone, "{language}: {typed:?}");
        if *expected != NumberReading::NotANumber {
            let quantity = read_quantity(typed, language);
            assert_eq!(quantity.number, *expected, "{language}: {typed:?}");
            assert_eq!(quantity.unit, unit, "{language}: {typed:?}");
        }
    }
}

#[test]
fn numbers_are_read_as_the_table_says() {
    let table = table();
    assert!(table.read.len() > 80 && table.ambiguous.len() > 5 && table.refused.len() > 40);
    for case in table.read {
        let expected = NumberReading::Read(number(case.value, &case.text));
        check(&case.typed, &case.languages, &expected, &case.unit);
    }
    for case in table.ambiguous {
        let expected = NumberReading::Ambiguous {
            decimal: number(case.decimal, &case.decimal_text),
            grouped: number(case.grouped, &case.grouped_text),
        };
        check(&case.typed, &case.languages, &expected, &case.unit);
    }
    for case in table.refused {
        check(&case.typed, &case.languages, &NumberReading::NotANumber, "");
    }
}

#[test]
fn numbers_are_written_as_the_table_says() {
    for case in table().written {
        for language in &case.languages {
            assert_eq!(format_number(case.value, language), case.text, "{language}");
        }
    }
}

#[test]
fn an_ambiguous_number_is_what_was_meant() {
    let reading = read_number("1.234", "vi");
    let value = |meant| reading.settled(meant).unwrap().value;
    assert_eq!(value(None), 1234.0);
    assert_eq!(value(Some(Meant::Grouped)), 1234.0);
    assert_eq!(value(Some(Meant::Decimal)), 1.234);
    let one = read_number("2,5", "vi");
    assert_eq!(one.settled(Some(Meant::Grouped)).unwrap().value, 2.5);
    assert_eq!(NumberReading::NotANumber.settled(None), None);
}

proptest! {
    #[test]
    fn what_is_written_reads_back(value in -1e18..1e18_f64, small in -1.0..1.0_f64, language in "vi|en|de") {
        for value in [value, small, value.trunc(), small * 1e-9] {
            let text = format_number(value, &language);
            let reading = read_number(&text, &language);
            // three decimals may look like thousands to others, never to the language itself
            let read = reading.settled(Some(Meant::Decimal)).unwrap();
            prop_assert!((read.value - value).abs() <= value.abs() * 1e-14, "{} {}", text, value);
            prop_assert!(matches!(reading, NumberReading::Read(_)), "{}", text);
        }
    }

    #[test]
    fn nothing_that_is_typed_upsets_the_reader(typed in "[0-9.,' eE^*x/+½³⁻-]{0,30}|\\PC{0,120}") {
        for language in ["vi", "en"] {
            if let Some(number) = read_number(&typed, language).settled(None) {
                prop_assert!(number.value.is_finite());
            }
        }
    }
}
