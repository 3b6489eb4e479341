//! Moodle's own walkthrough 00 and the figures that it expects: every one of them, within its tolerances. Needs
//! `TAYNGHE_FIXTURES`; definitions and constants stand in EXPECTED.md there.

use std::{collections::BTreeMap, path::Path};

use assessment::{ItemFigures, MarkTable, SlotMarks, Statistics, statistics};

/// Relative, as EXPECTED.md has them.
const OF_TEST: f64 = 1.5e-5;
const OF_ITEM: f64 = 1e-6;
const OF_COVARIANCES: f64 = 1e-5;

pub(super) const SLOTS: usize = 7;
const ABSENT: &str = "**NULL**";

/// A row by column name.
pub(super) type Row = BTreeMap<String, String>;

pub(super) fn rows(folder: &Path, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn close(what: &str, found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.unwrap_or_else(|| panic!("{what} is absent instead of {expected}"));
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "{what}: {found} instead of {expected}"
    );
}

/// The marks of all attempts; who drew which question stands in the steps.
fn table(results: &[Row], steps: &[Row]) -> MarkTable {
    let numbers = |column: &str| -> Vec<Option<u32>> {
        let number = |row: &Row| match row[column].as_str() {
            "shortanswer" => Some(0),
            "numerical" => Some(1),
            variant => variant.parse().ok(),
        };
        steps.iter().map(number).collect()
    };
    let mark = |slot: usize| {
        let column = format!("slots.{slot}.mark");
        results.iter().map(move |row| row[&column].parse().ok()).collect()
    };
    let mut slots: Vec<SlotMarks> = (1..=SLOTS)
        .map(|slot| SlotMarks {
            maximum: 1.0,
            marks: mark(slot),
            ..SlotMarks::default()
        })
        .collect();
    slots[0].drawn = numbers("randqs.1");
    slots[1].variants = numbers("variants.2");
    MarkTable::new(slots, None).unwrap()
}

#[test]
fn the_test_has_moodles_figures() {
    let Some(folder) = tests::fixtures("moodle-4.5.6/mod/quiz/report/statistics/tests/fixtures") else {
        return;
    };
    let table = table(&rows(&folder, "results00.csv"), &rows(&folder, "steps00.csv"));
    let test = statistics(&table).test;
    assert_eq!(test.count, 25);
    let expected = [
        ("mean", test.mean, 4.617_333_332),
        ("median", test.median, 4.5),
        ("standard deviation", test.standard_deviation, 0.811_726_555_4),
        ("skewness", test.skewness, -0.092_502_502),
        ("kurtosis", test.kurtosis, -0.707_396_856_7),
        (
            "internal consistency",
            test.internal_consistency,
            -87.223_093_554_2,
        ),
        ("error ratio", test.error_ratio, 136.829_490_079_5),
        ("standard error", test.standard_error, 1.110_681_306_6),
    ];
    for (what, found, expected) in expected {
        close(what, found, expected, OF_TEST);
    }
}

#[test]
fn each_question_has_moodles_figures() {
    let Some(folder) = tests::fixtures("moodle-4.5.6/mod/quiz/report/statistics/tests/fixtures") else {
        return;
    };
    let found = statistics(&table(
        &rows(&folder, "results00.csv"),
        &rows(&folder, "steps00.csv"),
    ));
    let expected = rows(&folder, "qstats00.csv");
    let checked: usize = expected.iter().map(|row| check_row(&found, row)).sum();
    assert_eq!(
        (expected.len(), checked),
        (10, 98),
        "rows and figures of the file"
    );
}

#[test]
fn variants_are_counted() {
    let Some(folder) = tests::fixtures("moodle-4.5.6/mod/quiz/report/statistics/tests/fixtures") else {
        return;
    };
    let found = statistics(&table(
        &rows(&folder, "results00.csv"),
        &rows(&folder, "steps00.csv"),
    ));
    let counts: Vec<(u32, usize)> = found.items[1]
        .variants
        .iter()
        .map(|(variant, figures)| (*variant, figures.count))
        .collect();
    assert_eq!(counts, [(1, 6), (4, 4), (5, 3), (6, 4), (7, 2), (8, 5), (10, 1)]);
}

/// Which figures a row means: a slot's, a variant's of it, or those of a question that it drew.
fn figures_of<'a>(found: &'a Statistics, row: &Row) -> (&'a ItemFigures, Option<f64>) {
    let slot = row["slot"].parse::<usize>().unwrap() - 1;
    let item = &found.items[slot];
    match (row["subqname"].as_str(), row["variant"].as_str()) {
        ("", "") => (&item.figures, item.effective_weight),
        ("", variant) => (&item.variants[&variant.parse().unwrap()], None),
        ("numerical", _) => (&found.drawn[&1], None),
        (other, _) => panic!("a drawn question named {other}"),
    }
}

/// Compares all cells of a row that say something; how many they were.
fn check_row(found: &Statistics, row: &Row) -> usize {
    let (figures, effective_weight) = figures_of(found, row);
    let per_one = |figure: Option<f64>| figure.map(|figure| figure / 100.0);
    let cells = [
        ("s", Some(figures.count as f64), OF_ITEM),
        ("facility", per_one(figures.facility), OF_ITEM),
        ("sd", figures.standard_deviation, OF_ITEM),
        ("effectiveweight", effective_weight, OF_COVARIANCES),
        ("covariance", figures.covariance, OF_COVARIANCES),
        ("markvariance", figures.variance, OF_ITEM),
        ("othermarkvariance", figures.other_variance, OF_ITEM),
        (
            "discriminationindex",
            figures.discrimination_index,
            OF_COVARIANCES,
        ),
        ("covariancemax", figures.maximum_covariance, OF_ITEM),
        (
            "discriminativeefficiency",
            figures.discriminative_efficiency,
            OF_COVARIANCES,
        ),
        ("maxmark", Some(1.0), OF_ITEM),
    ];
    let mut checked = 0;
    for (column, figure, tolerance) in cells {
        let what = format!("{column} of {row:?}");
        match row[column].as_str() {
            "" => continue,
            ABSENT => assert_eq!(figure, None, "{what}"),
            expected => close(&what, figure, expected.parse().unwrap(), tolerance),
        }
        checked += 1;
    }
    checked
}
