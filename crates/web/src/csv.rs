//! CSV files that a spreadsheet opens as they are: UTF-8 with a byte order
//! mark, and no cell that it would take for a formula.

use actix_web::{HttpResponse, http::header};
use ui::Texts;

use crate::problem::Problem;

/// What a spreadsheet begins a formula with, or strips before it looks.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The file as a download. Where the language writes a decimal comma, the
/// semicolon separates: the spreadsheets of those countries expect both.
pub(crate) fn download(t: Texts, rows: &[Vec<String>], file_name: &str) -> Result<HttpResponse, Problem> {
    let separator = if t.get("format-decimal") == "," {
        b';'
    } else {
        b','
    };
    let body = write(rows, separator).map_err(|error| {
        Problem(app::Error::Internal(format!(
            "a file could not be written: {error}"
        )))
    })?;
    let encoded = percent_encoding::utf8_percent_encode(file_name, percent_encoding::NON_ALPHANUMERIC);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"file.csv\"; filename*=UTF-8''{encoded}.csv"),
        ))
        .body(body))
}

/// The file's bytes, cells separated by commas: for programs and for the command line.
///
/// # Errors
/// When it cannot be written, which memory always can.
pub fn csv_file(rows: &[Vec<String>]) -> std::io::Result<Vec<u8>> {
    write(rows, b',').map_err(std::io::Error::other)
}

fn write(rows: &[Vec<String>], separator: u8) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer.write_record(row.iter().map(|cell| as_text(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

// The apostrophe makes a spreadsheet take the rest for text.
fn as_text(cell: &str) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        #[track_caller]
        fn check(cell: &str, separator: u8, expected: &str) {
            let written = write(&[vec![cell.to_owned(), "x".to_owned()]], separator).unwrap();
            let text = String::from_utf8(written).unwrap();
            assert_eq!(text, format!("\u{feff}{expected}\r\n"), "{cell:?}");
        }
        check("Nguyễn Thị Ánh", b',', "Nguyễn Thị Ánh,x");
        check("=1+1", b',', "'=1+1,x");
        check("+84 912", b',', "'+84 912,x");
        check("-1", b',', "'-1,x");
        check("@SUM(A1)", b',', "'@SUM(A1),x");
        check("\t=1", b',', "'\t=1,x");
        check("\r=1", b',', "\"'\r=1\",x");
        check("8,5", b',', "\"8,5\",x");
        check("8,5", b';', "8,5;x");
        check("An \"A\"", b';', "\"An \"\"A\"\"\";x");
        check("", b';', ";x");
    }
}
