//! What commands print on standard output: for eyes, or JSON for scripts.

#![expect(clippy::print_stdout, reason = "a command line program answers there")]

use std::io::Write;

use serde_json::Value;

use crate::cli::Format;

/// One value.
pub(crate) fn print(format: Format, text: &str, json: &Value) {
    match format {
        Format::Text => println!("{text}"),
        Format::Json => print_json(json),
    }
}

/// JSON, indented.
pub(crate) fn print_json(json: &Value) {
    println!("{json:#}");
}

/// Bytes as they are: a file on standard output.
pub(crate) fn print_bytes(bytes: &[u8]) -> std::io::Result<()> {
    std::io::stdout().write_all(bytes)
}

/// What a reader should know beside the output: on standard error.
#[expect(clippy::print_stderr, reason = "what is not the output belongs there")]
pub(crate) fn warn(text: &str) {
    eprintln!("taynghe: {text}");
}

/// Rows with aligned columns.
pub(crate) fn print_table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.chars().count()))))
            .collect();
        println!("{}", cells.join("  ").trim_end());
    }
}
