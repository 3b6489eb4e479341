//! Tables, scales and sliders.
//!
//! Matrix: `columns` has one per line; `rows` has a line `row = column` for each
//! row, with `|` between several right columns.
//! Likert: `statements` and `scale`, one per line.
//! Slider: numbers, and the words behind the value.

use std::collections::BTreeSet;

use text::Text;

use super::kept::{self, one_line, put, shown};
use super::line::{escaped, lines, plain, split};
use super::notes::{Noted, Part, notes_field, read_notes};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, number_field,
};
use crate::id::{FieldId, OptionId};
use crate::interaction::{Likert, Matrix, MatrixRow, Piece, RowScoring, Slider, Statement};

pub(super) fn blank_matrix() -> Matrix {
    Matrix {
        rows: Vec::new(),
        columns: Vec::new(),
        several_per_row: false,
        row_scoring: RowScoring::default(),
        shuffle_rows: false,
    }
}

pub(super) fn matrix_fields(kind: &Matrix, language: &str) -> Vec<AuthoringField> {
    let columns = |row: &MatrixRow| {
        let right = kind
            .columns
            .iter()
            .filter(|column| row.right.contains(&column.id));
        let words = right.map(|column| escaped(&kept::piece_words(column, language)));
        words.collect::<Vec<_>>().join(" | ")
    };
    let row = |row: &MatrixRow| format!("{} = {}", escaped(&shown(&row.text, language)), columns(row));
    let rows: Vec<String> = kind.rows.iter().map(row).collect();
    vec![
        field(
            "columns",
            Control::Lines,
            kept::piece_lines(&kind.columns, language),
        ),
        field("rows", Control::Lines, rows.join("\n")),
        check_field("several_per_row", kind.several_per_row),
        check_field("partial_rows", kind.row_scoring == RowScoring::Partial),
        check_field("shuffle", kind.shuffle_rows),
        notes_field(Noted::Both, kind.rows.iter().map(row_part), language),
    ]
}

fn row_part(row: &MatrixRow) -> Part<'_> {
    (row.weight, Some(&row.feedback))
}

pub(super) fn read_matrix(saved: &Matrix, reader: &mut Reader<'_>) -> Matrix {
    let names = reader.lines("columns");
    let columns = kept::pieces(&saved.columns, &names, reader.how);
    let typed = reader.typed("rows");
    let mut rows: Vec<(String, BTreeSet<OptionId>)> = Vec::new();
    for line in lines(&typed) {
        match split(line.source, '=').as_slice() {
            [row, right] if !row.is_empty() && !right.is_empty() => {
                let right = right_columns(right, &names, &columns);
                if right.is_none() {
                    reader.problem("rows", Some(line.number), Kind::UnknownColumn);
                }
                rows.push((one_line(&plain(row)), right.unwrap_or_default()));
            }
            [_, _] | [_] | [] => reader.problem("rows", Some(line.number), Kind::NoPair),
            _ => reader.problem("rows", Some(line.number), Kind::TooManySides),
        }
    }
    let of_rows = saved.rows.iter().map(|row| (row.id.as_str(), &row.text));
    let words: Vec<String> = rows.iter().map(|(words, _)| words.clone()).collect();
    let parts = kept::parts(of_rows, &words, reader.how, 'r');
    let notes = read_notes(Noted::Both, saved.rows.iter().map(row_part), rows.len(), reader);
    let how = reader.how;
    let row = |(number, ((id, text), (_, right))): (usize, TypedRow)| {
        let id = FieldId::from(id);
        let former = saved.rows.iter().find(|row| row.id == id);
        let (weight, feedback) = notes.of(number, former.map(row_part), how);
        MatrixRow {
            text,
            right,
            weight,
            feedback,
            id,
        }
    };
    Matrix {
        rows: (1..).zip(parts.into_iter().zip(rows)).map(row).collect(),
        several_per_row: reader.is_on("several_per_row"),
        row_scoring: if reader.is_on("partial_rows") {
            RowScoring::Partial
        } else {
            RowScoring::AllOrNothing
        },
        shuffle_rows: reader.is_on("shuffle"),
        columns,
    }
}

/// A row's id and words, and the line that says its right columns.
type TypedRow = ((String, Text), (String, BTreeSet<OptionId>));

// The columns that a line names; `None` when one of them is not there.
fn right_columns(named: &str, names: &[String], columns: &[Piece]) -> Option<BTreeSet<OptionId>> {
    let id = |named: &&str| {
        let words = one_line(&plain(named));
        let at = names
            .iter()
            .position(|name| name.to_lowercase() == words.to_lowercase())?;
        columns.get(at).map(|column| column.id.clone())
    };
    split(named, '|').iter().map(id).collect()
}

pub(super) fn blank_likert() -> Likert {
    Likert {
        statements: Vec::new(),
        scale: Vec::new(),
    }
}

pub(super) fn likert_fields(kind: &Likert, language: &str) -> Vec<AuthoringField> {
    let line = |statement: &Statement| escaped(&shown(&statement.text, language));
    let statements: Vec<String> = kind.statements.iter().map(line).collect();
    vec![
        field("statements", Control::Lines, statements.join("\n")),
        field("scale", Control::Lines, kept::piece_lines(&kind.scale, language)),
    ]
}

pub(super) fn read_likert(saved: &Likert, reader: &Reader<'_>) -> Likert {
    let of_statements = saved.statements.iter().map(|one| (one.id.as_str(), &one.text));
    let parts = kept::parts(of_statements, &reader.lines("statements"), reader.how, 's');
    let statement = |(id, text): (String, Text)| Statement {
        id: FieldId::from(id),
        text,
    };
    Likert {
        statements: parts.into_iter().map(statement).collect(),
        scale: kept::pieces(&saved.scale, &reader.lines("scale"), reader.how),
    }
}

pub(super) fn blank_slider() -> Slider {
    Slider {
        minimum: 0.0,
        maximum: 100.0,
        step: 1.0,
        right: 50.0,
        tolerance: 0.0,
        unit: Text::default(),
    }
}

pub(super) fn slider_fields(kind: &Slider, language: &str) -> Vec<AuthoringField> {
    vec![
        number_field("minimum", kind.minimum, language),
        number_field("maximum", kind.maximum, language),
        number_field("step", kind.step, language),
        number_field("right", kind.right, language),
        number_field("tolerance", kind.tolerance, language),
        field("unit", Control::Line, shown(&kind.unit, language)),
    ]
}

pub(super) fn read_slider(saved: &Slider, reader: &mut Reader<'_>) -> Slider {
    let unit = reader.typed("unit");
    Slider {
        minimum: reader.number("minimum", saved.minimum),
        maximum: reader.number("maximum", saved.maximum),
        step: reader.number("step", saved.step),
        right: reader.number("right", saved.right),
        tolerance: reader.number("tolerance", 0.0),
        unit: put(reader.how, Some(&saved.unit), &one_line(&unit)),
    }
}
