//! Reading a table of marks: a header `attempt,<question>,…`, a row
//! `max,<maximum>,…`, then a row per attempt. Files of spreadsheets in any
//! language are read: separators and decimal commas are recognised, and what
//! could mean two things is refused with its row and column.

use std::collections::BTreeMap;

use anyhow::{Context, bail, ensure};
use assessment::{MarkTable, SlotMarks};
use csv::StringRecord;

/// The name of a last column that has each attempt's total.
const TOTAL: &str = "total";
/// What the second row begins with.
const MAXIMUM: &str = "max";
/// Beyond this no mark makes sense, and sums of fourth powers stay finite.
const LARGEST: f64 = 1e15;

/// A file of marks, read.
pub(super) struct MarksFile {
    /// Of the questions, as the header has them.
    pub(super) names: Vec<String>,
    /// Their marks, in the same order.
    pub(super) table: MarkTable,
    /// What an attempt's total can be at most, where that is known.
    pub(super) maximum: Option<f64>,
    /// What was read all the same.
    pub(super) warnings: Vec<String>,
}

/// # Errors
/// When something is no such table: the message names row and column, as a
/// spreadsheet counts them.
pub(super) fn read(bytes: &[u8]) -> anyhow::Result<MarksFile> {
    let text = text_of(bytes)?;
    let (separator, body) = Separator::of(text);
    let first_row = if body.len() < text.len() { 2 } else { 1 };
    let rows = rows_of(separator, body, first_row)?;
    let mut rows = rows.into_iter();
    let Some(head) = rows.next() else {
        bail!("the file is empty");
    };
    let columns = Columns::of(&head.cells)?;
    let rows: Vec<Row> = rows.collect();
    for row in &rows {
        columns.check_width(row)?;
    }
    let numbers = Numbers::of(separator, &rows)?;
    let mut rows = rows.iter();
    let maxima = rows.next();
    let Some(maxima) = maxima.filter(|row| row.cell(0).eq_ignore_ascii_case(MAXIMUM)) else {
        let found = maxima.map_or_else(String::new, |row| {
            format!("; row {} begins with {:?}", row.number, row.cell(0))
        });
        bail!("the second row must begin with {MAXIMUM:?} and give the maximum mark of each question{found}");
    };
    columns.fill(maxima, rows.as_slice(), numbers)
}

fn text_of(bytes: &[u8]) -> anyhow::Result<&str> {
    let hint = "save it as \"CSV UTF-8\"";
    ensure!(
        !bytes.starts_with(b"PK\x03\x04"),
        "this is a spreadsheet, not a CSV file: {hint}"
    );
    ensure!(
        !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff]),
        "the file is UTF-16, not UTF-8: {hint}"
    );
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.iter().take(error.valid_up_to());
        let row = 1 + before.filter(|byte| **byte == b'\n').count();
        anyhow::anyhow!("row {row}: the file is not UTF-8: {hint}")
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl Separator {
    // What the header uses, outside of quotes; a spreadsheet may also say it in a line of its own.
    fn of(text: &str) -> (Self, &str) {
        const ALL: [Separator; 3] = [Separator::Comma, Separator::Semicolon, Separator::Tab];
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if let Some(said) = first.trim_end().strip_prefix("sep=")
            && let Some(separator) = ALL.into_iter().find(|one| said.as_bytes() == [one.byte()])
        {
            return (separator, rest);
        }
        let head = text.trim_start().lines().next().unwrap_or_default();
        let count = |one: &Separator| {
            let mut quoted = false;
            let outside = |byte: &u8| {
                quoted ^= *byte == b'"';
                !quoted && *byte == one.byte()
            };
            head.as_bytes().iter().copied().filter(outside).count()
        };
        let most = ALL.iter().rev().copied().max_by_key(count);
        (most.unwrap_or(Self::Comma), text)
    }

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// A row that says something.
struct Row {
    /// Counted from 1, empty ones too.
    number: usize,
    cells: StringRecord,
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }
}

fn rows_of(separator: Separator, body: &str, first_row: usize) -> anyhow::Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.byte())
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut rows = Vec::new();
    let mut number = first_row - 1;
    for record in reader.records() {
        let cells = record.context("the file cannot be read")?;
        let begin = cells.position().map_or(0, csv::Position::byte);
        number += 1 + empty_rows(body, usize::try_from(begin)?);
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

// The reader passes over empty rows; between two records stand as many line ends as there are of them, and the second
// half of one that is CR LF.
fn empty_rows(body: &str, begin: usize) -> usize {
    let (before, after) = body.as_bytes().split_at_checked(begin).unwrap_or_default();
    let mut last = before.last().copied();
    let mut count = 0;
    for byte in after {
        match (last, byte) {
            (Some(b'\r'), b'\n') => {}
            (_, b'\r' | b'\n') => count += 1,
            _ => break,
        }
        last = Some(*byte);
    }
    count
}

/// What the header says.
struct Columns {
    names: Vec<String>,
    has_totals: bool,
}

impl Columns {
    fn of(head: &StringRecord) -> anyhow::Result<Self> {
        let mut names: Vec<String> = head.iter().skip(1).map(str::to_owned).collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let is_total = |name: &String| name.eq_ignore_ascii_case(TOTAL);
        let has_totals = names.last().is_some_and(is_total);
        if has_totals {
            names.pop();
        }
        ensure!(
            !names.is_empty(),
            "the first row names no question; it must read attempt,<question>,<question>,…"
        );
        let mut seen = BTreeMap::new();
        for (number, name) in (2..).zip(&names) {
            ensure!(!name.is_empty(), "column {number} has no name in the first row");
            ensure!(
                !is_total(name),
                "column {number} is named {name:?}; only the last column can have totals"
            );
            if let Some(former) = seen.insert(name, number) {
                bail!("columns {former} and {number} are both named {name:?}");
            }
        }
        Ok(Self { names, has_totals })
    }

    fn width(&self) -> usize {
        1 + self.names.len() + usize::from(self.has_totals)
    }

    fn name(&self, column: usize) -> &str {
        let name = column.checked_sub(1).and_then(|slot| self.names.get(slot));
        name.map_or(TOTAL, String::as_str)
    }

    // The row of maxima may leave the totals out. Empty cells after the last column are a spreadsheet's habit.
    fn check_width(&self, row: &Row) -> anyhow::Result<()> {
        let width = self.width();
        let filled = row.cells.iter().skip(width).all(str::is_empty);
        let short_of = width.saturating_sub(row.cells.len());
        let may_lack = usize::from(self.has_totals && row.cell(0).eq_ignore_ascii_case(MAXIMUM));
        ensure!(
            filled && short_of <= may_lack,
            "row {} has {} cells where the first row has {width}",
            row.number,
            row.cells.len()
        );
        Ok(())
    }

    fn fill(self, maxima: &Row, attempts: &[Row], numbers: Numbers) -> anyhow::Result<MarksFile> {
        let read = |row: &Row, column| numbers.read(row, column, self.name(column));
        let mut warnings = Vec::new();
        let mut slots = Vec::with_capacity(self.names.len());
        for column in 1..=self.names.len() {
            let maximum = self.maximum(maxima, column, numbers)?;
            let mut marks = Vec::with_capacity(attempts.len());
            for row in attempts {
                let mark = read(row, column)?;
                if mark > maximum {
                    warnings.push(format!(
                        "row {}, column {:?}: {mark} is more than the maximum, {maximum}",
                        row.number,
                        self.name(column)
                    ));
                }
                marks.push(Some(mark));
            }
            slots.push(SlotMarks {
                maximum,
                marks,
                ..SlotMarks::default()
            });
        }
        let (mut maximum, mut totals) = (Some(slots.iter().map(|slot| slot.maximum).sum()), None);
        if self.has_totals {
            let column = self.names.len() + 1;
            let given = !maxima.cell(column).is_empty();
            maximum = given.then(|| self.maximum(maxima, column, numbers)).transpose()?;
            let all: anyhow::Result<Vec<f64>> = attempts.iter().map(|row| read(row, column)).collect();
            totals = Some(all?);
        }
        let table = MarkTable::new(slots, totals)?;
        Ok(MarksFile {
            table: match maximum {
                Some(maximum) => table.with_total_maximum(maximum),
                None => table,
            },
            names: self.names,
            maximum,
            warnings,
        })
    }

    fn maximum(&self, row: &Row, column: usize, numbers: Numbers) -> anyhow::Result<f64> {
        let maximum = numbers.read(row, column, self.name(column))?;
        ensure!(
            maximum >= 0.0,
            "row {}, column {:?}: a maximum of {maximum} is below 0",
            row.number,
            self.name(column)
        );
        Ok(maximum)
    }
}

/// How the file writes numbers.
#[derive(Clone, Copy)]
struct Numbers {
    decimal: char,
}

impl Numbers {
    // One comma in one mark settles it for the file. Where commas also separate the cells and every one of them could
    // stand before thousands, nothing is settled.
    fn of(separator: Separator, rows: &[Row]) -> anyhow::Result<Self> {
        let mut ambiguous = None;
        for row in rows {
            for cell in row.cells.iter().skip(1) {
                if !cell.contains(',') {
                    continue;
                }
                if separator != Separator::Comma || !looks_like_thousands(cell) {
                    return Ok(Self { decimal: ',' });
                }
                ambiguous = ambiguous.or(Some((row.number, cell)));
            }
        }
        if let Some((row, cell)) = ambiguous {
            bail!(
                "row {row}: {cell:?} can be read in two ways; write the mark without a comma, or separate by semicolons"
            );
        }
        Ok(Self { decimal: '.' })
    }

    // An empty cell is 0.
    fn read(self, row: &Row, column: usize, name: &str) -> anyhow::Result<f64> {
        let cell = row.cell(column);
        if cell.is_empty() {
            return Ok(0.0);
        }
        self.value(cell)
            .with_context(|| format!("row {}, column {name:?}", row.number))
    }

    fn value(self, cell: &str) -> anyhow::Result<f64> {
        // our own files have an apostrophe before a minus, lest a spreadsheet take it for a formula
        let plain = cell.trim_start_matches('\'').replace('\u{2212}', "-");
        ensure!(
            self.decimal == '.' || !plain.contains('.'),
            "{cell:?} has a point where other marks have a decimal comma"
        );
        let plain = plain.replace(',', ".");
        // the parser also knows words such as "inf" and "nan"
        let numeric = plain
            .chars()
            .all(|letter| matches!(letter, '0'..='9' | '.' | '-' | '+' | 'e' | 'E'));
        let value = plain.parse::<f64>().ok().filter(|_| numeric);
        let value = value.with_context(|| format!("{cell:?} is not a number"))?;
        ensure!(value.abs() <= LARGEST, "{cell:?} is too large for a mark");
        Ok(value)
    }
}

// 1,000 and 12,500; not 0,333 and not 7,25.
fn looks_like_thousands(cell: &str) -> bool {
    let Some((before, after)) = cell.trim_start_matches(['-', '+', '\u{2212}']).split_once(',') else {
        return false;
    };
    let is_digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    (1..=3).contains(&before.len())
        && !before.starts_with('0')
        && is_digits(before)
        && after.len() == 3
        && is_digits(after)
}
