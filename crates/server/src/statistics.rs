//! `taynghe statistics`: what a table of marks says about a test and its
//! questions, also one that was written on paper. The figures are those of
//! `assessment::statistics`; no database is opened.

mod table;
#[cfg(test)]
mod table_tests;

use std::{io::Read, path::Path};

use anyhow::Context;
use assessment::{
    DUBIOUS_EFFICIENCY, ItemStatistics, Statistics as Figures, TestStatistics, statistics as figures_of,
};
use serde_json::{Value, json};
use table::{MarksFile, read};

use crate::{
    cli::{Format, Statistics},
    output,
};

/// More would hide the first ones.
const WARNINGS: usize = 5;
/// Where no figure exists; JSON has `null`.
const ABSENT: &str = "-";

/// Reads the file, or standard input for `-`, and prints the figures.
pub(crate) fn run(command: &Statistics) -> anyhow::Result<()> {
    let marks = bytes_of(&command.file)
        .and_then(|bytes| read(&bytes))
        .with_context(|| command.file.display().to_string())?;
    for warning in marks.warnings.iter().take(WARNINGS) {
        output::warn(warning);
    }
    if marks.warnings.len() > WARNINGS {
        output::warn(&format!(
            "and {} more of this kind",
            marks.warnings.len() - WARNINGS
        ));
    }
    let figures = figures_of(&marks.table);
    match command.output.format {
        Format::Text => print_text(&marks, &figures),
        Format::Json => output::print_json(&as_json(&marks, &figures)),
    }
    Ok(())
}

fn bytes_of(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file).context("the file cannot be read");
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn as_json(marks: &MarksFile, figures: &Figures) -> Value {
    let TestStatistics {
        count,
        mean,
        median,
        standard_deviation,
        skewness,
        kurtosis,
        internal_consistency,
        error_ratio,
        standard_error,
    } = figures.test;
    let item = |(name, item): (&String, &ItemStatistics)| {
        json!({
            "slot": name,
            "facility": item.figures.facility,
            "standard_deviation": item.figures.standard_deviation,
            "intended_weight": item.intended_weight,
            "effective_weight": item.effective_weight,
            "discrimination_index": item.figures.discrimination_index,
            "discriminative_efficiency": item.figures.discriminative_efficiency,
        })
    };
    json!({
        "test": {
            "count": count,
            "mean": mean,
            "median": median,
            "standard_deviation": standard_deviation,
            "skewness": skewness,
            "kurtosis": kurtosis,
            "internal_consistency": internal_consistency,
            "error_ratio": error_ratio,
            "standard_error": standard_error,
        },
        "items": marks.names.iter().zip(&figures.items).map(item).collect::<Vec<_>>(),
    })
}

fn print_text(marks: &MarksFile, figures: &Figures) {
    let test = &figures.test;
    let mut mean = number(test.mean);
    if let (Some(maximum), Some(_)) = (marks.maximum, test.mean) {
        mean = format!("{mean} of {}", number(Some(maximum)));
    }
    let rows = [
        ("attempts", test.count.to_string()),
        ("mean", mean),
        ("median", number(test.median)),
        ("standard deviation", number(test.standard_deviation)),
        ("skewness", number(test.skewness)),
        ("kurtosis", number(test.kurtosis)),
        ("internal consistency", per_cent(test.internal_consistency)),
        ("error ratio", per_cent(test.error_ratio)),
        ("standard error", number(test.standard_error)),
    ];
    let rows = rows.map(|(name, figure)| vec![name.to_owned(), figure]);
    output::print_table(&rows);
    output::print(Format::Text, "", &Value::Null);
    let heads = [
        "question",
        "facility",
        "std deviation",
        "intended weight",
        "effective weight",
        "discrimination",
        "efficiency",
        "note",
    ];
    let mut table = vec![heads.map(str::to_owned).to_vec()];
    table.extend(
        marks
            .names
            .iter()
            .zip(&figures.items)
            .map(|(name, item)| item_row(name, item)),
    );
    output::print_table(&table);
}

fn item_row(name: &str, item: &ItemStatistics) -> Vec<String> {
    let figures = &item.figures;
    vec![
        name.to_owned(),
        per_cent(figures.facility),
        number(figures.standard_deviation),
        per_cent(item.intended_weight),
        per_cent(item.effective_weight),
        per_cent(figures.discrimination_index),
        per_cent(figures.discriminative_efficiency),
        note(item).to_owned(),
    ]
}

fn note(item: &ItemStatistics) -> &'static str {
    let figures = &item.figures;
    if figures.variance == Some(0.0) {
        "all marks alike"
    } else if figures
        .covariance_with_total
        .is_some_and(|covariance| covariance < 0.0)
    {
        "negative covariance"
    } else if figures
        .discriminative_efficiency
        .is_some_and(|efficiency| efficiency < DUBIOUS_EFFICIENCY)
    {
        "dubious"
    } else {
        ""
    }
}

fn per_cent(figure: Option<f64>) -> String {
    figure.map_or_else(|| ABSENT.to_owned(), |figure| format!("{} %", rounded(figure)))
}

fn number(figure: Option<f64>) -> String {
    figure.map_or_else(|| ABSENT.to_owned(), rounded)
}

fn rounded(figure: f64) -> String {
    let text = format!("{figure:.2}");
    // what rounds to nothing has no sign
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
