//! `taynghe statistics`: a table of marks in, figures out, without any configuration or database.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

const TABLE: &str = "attempt,Q1,Q2\nmax,1,2\nAn,1,2\nBình,,1\nChi,1,1\nDũng,0,0\n";

/// Runs the program on a table that comes from standard input.
fn run(table: &str, arguments: &[&str]) -> Output {
    let mut program = Command::new(tests::program())
        .args(["statistics", "-"])
        .args(arguments)
        // no setting, and none that it has to mind
        .env_clear()
        .env("TAYNGHE_COLOUR", "red")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = program.stdin.take().unwrap();
    // a program that refuses the table may have ended before it read all
    let _refused = input.write_all(table.as_bytes());
    drop(input);
    program.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn figures(table: &str) -> Value {
    let output = run(table, &["--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
}

#[test]
fn figures_for_scripts() {
    let found = figures(TABLE);
    let keys = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(keys(&found), ["items", "test"]);
    let mut expected = [
        "count",
        "mean",
        "median",
        "standard_deviation",
        "skewness",
        "kurtosis",
        "internal_consistency",
        "error_ratio",
        "standard_error",
    ];
    expected.sort_unstable();
    assert_eq!(keys(&found["test"]), expected);
    assert_eq!(found["test"]["count"], 4);
    close(&found["test"]["mean"], 1.5);
    close(&found["test"]["internal_consistency"], 80.0);
    close(&found["test"]["standard_error"], 1.0 / 3.0_f64.sqrt());
    let item = &found["items"][1];
    assert_eq!(item["slot"], "Q2");
    let figures = [
        ("facility", 50.0),
        ("standard_deviation", (2.0_f64 / 3.0).sqrt()),
        ("intended_weight", 200.0 / 3.0),
        ("effective_weight", 100.0 / (1.0 + (2.0_f64 / 3.0).sqrt())),
        ("discrimination_index", 50.0_f64 * 2.0_f64.sqrt()),
        ("discriminative_efficiency", 100.0),
    ];
    assert_eq!(keys(item).len(), figures.len() + 1);
    for (key, expected) in figures {
        close(&item[key], expected);
    }
}

#[test]
fn what_does_not_exist_is_null() {
    let found = figures("attempt,Q1\nmax,0\nAn,0\n");
    let test = json!({
        "count": 1, "mean": 0.0, "median": 0.0, "standard_deviation": null, "skewness": null, "kurtosis": null,
        "internal_consistency": null, "error_ratio": null, "standard_error": null,
    });
    assert_eq!(found["test"], test);
    let item = json!({
        "slot": "Q1", "facility": null, "standard_deviation": null, "intended_weight": null, "effective_weight": null,
        "discrimination_index": null, "discriminative_efficiency": null,
    });
    assert_eq!(found["items"], json!([item]));
}

#[test]
fn given_totals_replace_the_sum() {
    let table = "attempt,Q1,Q2,total\nmax,1,1,10\nAn,1,1,10\nBình,0,1,4\nChi,1,0,6\nDũng,0,0,2\n";
    let found = figures(table);
    close(&found["test"]["mean"], 5.5);
    // rests 9, 4, 5, 2
    close(
        &found["items"][0]["discrimination_index"],
        100.0 * (4.0 / 3.0) / (26.0_f64 / 9.0).sqrt(),
    );
    close(&found["items"][0]["intended_weight"], 10.0);
    let without = figures(&table.replace("max,1,1,10", "max,1,1,"));
    close(&without["items"][0]["intended_weight"], 50.0);
}

#[test]
fn figures_for_eyes() {
    let output = run(TABLE, &[]);
    let printed = text(&output.stdout);
    for line in [
        "mean                  1.50 of 3.00",
        "internal consistency  80.00 %",
    ] {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    let row = printed.lines().find(|line| line.starts_with("Q1")).unwrap();
    let cells: Vec<&str> = row
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    assert_eq!(
        cells,
        [
            "Q1", "50.00 %", "0.58", "33.33 %", "44.95 %", "70.71 %", "100.00 %"
        ]
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn a_wrong_table_names_the_place() {
    let output = run(&TABLE.replace("Chi,1,1", "Chi,1,one"), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert_eq!(
        text(&output.stderr),
        "taynghe: -: row 5, column \"Q2\": \"one\" is not a number\n"
    );
    let missing = Command::new(tests::program())
        .args(["statistics", "/nowhere/marks.csv"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(1));
    let told = text(&missing.stderr);
    assert!(
        told.starts_with("taynghe: /nowhere/marks.csv: the file cannot be read"),
        "{told}"
    );
    let without = Command::new(tests::program()).arg("statistics").output().unwrap();
    assert_eq!(without.status.code(), Some(2));
}

#[test]
fn a_mark_over_the_maximum_is_told_and_counted() {
    let output = run(&TABLE.replace("Chi,1,1", "Chi,1,11"), &["--format", "json"]);
    assert!(output.status.success());
    assert_eq!(
        text(&output.stderr),
        "taynghe: row 5, column \"Q2\": 11 is more than the maximum, 2\n"
    );
}

#[test]
fn a_large_table_is_read_in_one_go() {
    let mut table = "attempt,a,b,c\nmax,1,1,1\n".to_owned();
    for row in 0..100_000 {
        table.push_str(&format!("{row},{},{},0.5\r\n", row % 2, row % 3 / 2));
    }
    let found = figures(&table);
    assert_eq!(found["test"]["count"], 100_000);
    close(&found["items"][0]["facility"], 50.0);
}
