//! Tables of marks as colleges have them, and those that are refused.

use super::table::read;

const PLAIN: &str = "attempt,Q1,Q2\nmax,1,2\nAn,1,0.5\nBình,,2\n";

#[track_caller]
fn check(file: &[u8], names: &[&str], totals: &[f64]) {
    let found = read(file).unwrap_or_else(|error| panic!("{error:#}"));
    assert_eq!(found.names, names);
    assert_eq!(found.table.totals(), totals);
}

#[track_caller]
fn refused(file: &str, message: &str) {
    let Err(error) = read(file.as_bytes()) else {
        panic!("read: {file:?}");
    };
    assert_eq!(format!("{error:#}"), message, "{file:?}");
}

#[test]
fn spreadsheets_of_all_kinds() {
    let names = ["Q1", "Q2"];
    let totals = [1.5, 2.0];
    check(PLAIN.as_bytes(), &names, &totals);
    check(PLAIN.replace('\n', "\r\n").as_bytes(), &names, &totals);
    check(PLAIN.replace('\n', "\r").as_bytes(), &names, &totals);
    check(PLAIN.trim_end().as_bytes(), &names, &totals);
    check(format!("\u{feff}{PLAIN}").as_bytes(), &names, &totals);
    check(PLAIN.replace('\n', "\n\n,,\n").as_bytes(), &names, &totals);
    check(PLAIN.replace(',', "\t").as_bytes(), &names, &totals);
    check(PLAIN.replace('\n', ",,\n").as_bytes(), &names, &totals);
    check(PLAIN.replace(",", " , ").as_bytes(), &names, &totals);
    let german = PLAIN.replace(',', ";").replace('.', ",");
    check(german.as_bytes(), &names, &totals);
    check(format!("sep=;\r\n{german}").as_bytes(), &names, &totals);
    check(PLAIN.replace(',', ";").as_bytes(), &names, &totals);
    check(PLAIN.replace("0.5", "\"0,5\"").as_bytes(), &names, &totals);
    check(PLAIN.replace("0.5", "5e-1").as_bytes(), &names, &totals);
    check(PLAIN.replace("max", "Max").as_bytes(), &names, &totals);
}

#[test]
fn names_are_any_text() {
    let file = "attempt,\"Câu 1, phần a\",\"sagt \"\"ja\"\"\"\nmax,1,1\n\"Trần, An\",1,-0.25\n";
    check(file.as_bytes(), &["Câu 1, phần a", "sagt \"ja\""], &[0.75]);
    check(
        file.replace('-', "'-").as_bytes(),
        &["Câu 1, phần a", "sagt \"ja\""],
        &[0.75],
    );
    let minus = file.replace('-', "\u{2212}");
    check(minus.as_bytes(), &["Câu 1, phần a", "sagt \"ja\""], &[0.75]);
}

#[test]
fn totals_are_given_or_summed() {
    let given = |maximum: &str| format!("attempt,Q1,Q2,Total\nmax,1,2{maximum}\nAn,1,2,7.5\nBình,1,,\n");
    for (maximum, expected) in [("", None), (",", None), (",10", Some(10.0))] {
        let file = given(maximum);
        check(file.as_bytes(), &["Q1", "Q2"], &[7.5, 0.0]);
        assert_eq!(read(file.as_bytes()).unwrap().maximum, expected);
    }
    assert_eq!(read(PLAIN.as_bytes()).unwrap().maximum, Some(3.0));
}

#[test]
fn no_attempt_is_a_table_too() {
    check(b"attempt,Q1\nmax,1\n", &["Q1"], &[]);
}

#[test]
fn what_is_more_than_the_maximum_is_told() {
    let found = read(PLAIN.replace("0.5", "55").as_bytes()).unwrap();
    assert_eq!(
        found.warnings,
        ["row 3, column \"Q2\": 55 is more than the maximum, 2"]
    );
}

#[test]
fn no_table() {
    refused("", "the file is empty");
    refused("\u{feff}\r\n\r\n", "the file is empty");
    refused(
        "PK\u{3}\u{4}…",
        "this is a spreadsheet, not a CSV file: save it as \"CSV UTF-8\"",
    );
    refused(
        "attempt\nmax\n",
        "the first row names no question; it must read attempt,<question>,<question>,…",
    );
    refused(
        "attempt,total\nmax,1\n",
        "the first row names no question; it must read attempt,<question>,<question>,…",
    );
    refused("attempt,,b\nmax,1,1\n", "column 2 has no name in the first row");
    refused(
        "attempt,a,b,a\nmax,1,1,1\n",
        "columns 2 and 4 are both named \"a\"",
    );
    refused(
        "attempt,a,total,b\nmax,1,1,1\n",
        "column 3 is named \"total\"; only the last column can have totals",
    );
    let without = "the second row must begin with \"max\" and give the maximum mark of each question";
    refused("attempt,a\n", without);
    refused(
        "attempt,a\n\nAn,1\n",
        &format!("{without}; row 3 begins with \"An\""),
    );
}

#[test]
fn a_wrong_cell_is_named() {
    let row = |cell: &str| PLAIN.replace("0.5", cell);
    refused(&row("abc"), "row 3, column \"Q2\": \"abc\" is not a number");
    refused(&row("50%"), "row 3, column \"Q2\": \"50%\" is not a number");
    refused(&row("1.2.3"), "row 3, column \"Q2\": \"1.2.3\" is not a number");
    refused(&row("inf"), "row 3, column \"Q2\": \"inf\" is not a number");
    refused(&row("NaN"), "row 3, column \"Q2\": \"NaN\" is not a number");
    refused(
        &row("1e300"),
        "row 3, column \"Q2\": \"1e300\" is too large for a mark",
    );
    refused(&row("0.5,1"), "row 3 has 4 cells where the first row has 3");
    refused(
        "attempt,a,b\nmax,1,1\nAn,1\n",
        "row 3 has 2 cells where the first row has 3",
    );
    refused(
        "attempt,a,b\nmax,1\nAn,1,1\n",
        "row 2 has 2 cells where the first row has 3",
    );
    refused(
        "attempt,a\r\n\r\nmax,-1\r\n",
        "row 3, column \"a\": a maximum of -1 is below 0",
    );
    refused(
        "attempt,a\r\n\r\nmax,1\r\n\r\n\r\nAn,x\r\n",
        "row 6, column \"a\": \"x\" is not a number",
    );
    refused(
        "attempt,\"a\nb\"\nmax,1\nAn,x\n",
        "row 3, column \"a\\nb\": \"x\" is not a number",
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_refused() {
    refused(
        &PLAIN.replace("0.5", "\"1,000\""),
        "row 3: \"1,000\" can be read in two ways; write the mark without a comma, or separate by semicolons",
    );
    refused(
        "attempt;a;b\nmax;1;1\nAn;0,5;0.5\n",
        "row 3, column \"b\": \"0.5\" has a point where other marks have a decimal comma",
    );
}

#[test]
fn another_encoding_is_named() {
    let windows = b"attempt,a\nmax,1\nB\xecnh,1\n";
    let error = read(windows).err().unwrap();
    assert_eq!(
        error.to_string(),
        "row 3: the file is not UTF-8: save it as \"CSV UTF-8\""
    );
    let wide = b"\xff\xfea\0t\0";
    let error = read(wide).err().unwrap();
    assert_eq!(
        error.to_string(),
        "the file is UTF-16, not UTF-8: save it as \"CSV UTF-8\""
    );
}
