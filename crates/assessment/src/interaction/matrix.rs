//! Matrix: a table of rows and columns; in each row one column is chosen, or
//! several.
//!
//! Payload: `{"cells": {"row": ["column", …], …}}`; a row left out has no answer.
//! Form: with one per row radio buttons `answer/{slot}/{row}`, the value a
//! column's id; with several checkboxes `answer/{slot}/{row}/{column}`, `on`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload::{self, Members};
use super::piece::{self, Piece};
use super::placing;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::{FieldId, OptionId};
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::{FeedbackPlace, ItemMark, PartMark, is_unwritten};

/// Rows that are answered by the same columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    /// In the author's order.
    pub rows: Vec<MatrixRow>,
    /// In the author's order.
    pub columns: Vec<Piece>,
    /// Whether several columns of a row can be chosen.
    #[serde(default)]
    pub several_per_row: bool,
    /// How a row with several columns is marked.
    #[serde(default)]
    pub row_scoring: RowScoring,
    /// Whether each attempt sees the rows in an order of its own.
    #[serde(default)]
    pub shuffle_rows: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Unique in its item.
    pub id: FieldId,
    /// What the student reads.
    pub text: Text,
    /// The right columns, at least one.
    pub right: BTreeSet<OptionId>,
    /// How much it weighs among the rows.
    #[serde(default = "placing::whole")]
    pub weight: f64,
    /// Shown after marking to whoever got it wrong.
    #[serde(default, skip_serializing_if = "is_unwritten")]
    pub feedback: Text,
}

/// How a row with several right columns is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowScoring {
    /// 1 for exactly the right columns, else 0.
    #[default]
    AllOrNothing,
    /// Right columns minus wrong ones, over the number of right ones, never
    /// below 0.
    Partial,
}

impl Matrix {
    /// The rows in the order of this attempt.
    pub fn shown_rows(&self, context: &Context<'_>) -> Vec<&MatrixRow> {
        match self.shuffle_rows {
            true => shuffled(context, "rows", &self.rows),
            false => self.rows.iter().collect(),
        }
    }

    /// The most columns that can be chosen in a row.
    pub fn most_per_row(&self) -> usize {
        if self.several_per_row {
            self.columns.len()
        } else {
            1
        }
    }

    /// One per row: any of several right columns is right.
    fn row_fraction(&self, row: &MatrixRow, chosen: Option<&BTreeSet<OptionId>>) -> f64 {
        let Some(chosen) = chosen else {
            return 0.0;
        };
        let hits = chosen.intersection(&row.right).count();
        let misses = chosen.len() - hits;
        let wanted = if self.several_per_row { row.right.len() } else { 1 };
        match self.row_scoring {
            RowScoring::Partial => hits.saturating_sub(misses) as f64 / wanted.max(1) as f64,
            RowScoring::AllOrNothing => f64::from(u8::from(hits == wanted && misses == 0)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CellsPayload {
    cells: Members<Vec<String>>,
}

impl Kind for Matrix {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let typed = payload::read_json::<CellsPayload>(payload)?.cells;
        let mut cells = BTreeMap::new();
        let columns = self.columns.iter().map(|column| &column.id);
        for (row, named) in typed.by_field(self.rows.iter().map(|row| &row.id))? {
            let chosen = payload::distinct(named, columns.clone(), self.most_per_row())?;
            if !chosen.is_empty() {
                cells.insert(row, chosen);
            }
        }
        Ok(match cells.is_empty() {
            true => Response::Unanswered,
            false => Response::Cells(cells),
        })
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        #[derive(Serialize)]
        struct Written<'a> {
            cells: BTreeMap<&'a str, Vec<&'a str>>,
        }
        let mut cells: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, value) in fields.iter().filter(|(name, _)| !name.is_empty()) {
            let (row, column) = match name.split_once('/') {
                Some((row, column)) => (row, if *value == "on" { column } else { "" }),
                None => (*name, *value),
            };
            if !column.is_empty() {
                cells.entry(row).or_default().push(column);
            }
        }
        payload::write_json(&Written { cells })
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        let Response::Cells(cells) = response else {
            return ItemMark::wrong();
        };
        let mut feedback = Vec::new();
        let mut parts = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let fraction = self.row_fraction(row, cells.get(&row.id));
            if fraction < 1.0 && !row.feedback.is_empty() {
                feedback.push(FeedbackPlace::Field(row.id.clone()));
            }
            parts.push(PartMark {
                part: row.id.clone(),
                fraction,
                weight: row.weight,
            });
        }
        ItemMark {
            feedback,
            ..ItemMark::of_parts(parts)
        }
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        let right = self.rows.iter().map(|row| {
            let columns = row.right.iter().take(self.most_per_row()).cloned();
            (row.id.clone(), columns.collect::<BTreeSet<OptionId>>())
        });
        let cells: BTreeMap<FieldId, BTreeSet<OptionId>> =
            right.filter(|(_, columns)| !columns.is_empty()).collect();
        match cells.is_empty() {
            true => Response::Unanswered,
            false => Response::Cells(cells),
        }
    }

    /// The share of right columns of a row; `None` where several can be chosen.
    fn chance(&self) -> Option<f64> {
        let weight: f64 = self.rows.iter().map(|row| row.weight).sum();
        if self.several_per_row || self.columns.is_empty() || weight <= 0.0 {
            return None;
        }
        let share = |row: &MatrixRow| row.right.len() as f64 / self.columns.len() as f64;
        let earned: f64 = self.rows.iter().map(|row| row.weight * share(row)).sum();
        Some((earned / weight).min(1.0))
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let mut ids = BTreeSet::new();
        for (index, row) in self.rows.iter().enumerate() {
            let mut at = check.at("rows", index);
            at.id(&row.id, ids.insert(&row.id));
            at.add_if(row.text.is_empty(), DraftProblemKind::PlaceWithoutText);
            at.texts([&row.text, &row.feedback]);
            at.add_if(!placing::weighs(row.weight), DraftProblemKind::WeightOutOfRange);
            let known = |id: &OptionId| self.columns.iter().any(|column| column.id == *id);
            let right_fits = !row.right.is_empty() && row.right.iter().all(known);
            at.add_if(!right_fits, DraftProblemKind::RightChoiceMissing);
        }
        let weight = self.rows.iter().map(|row| row.weight).sum();
        placing::check_places(self.rows.len(), weight, check);
        piece::check_pieces(&self.columns, "columns", check);
        piece::check_distinct(&self.columns, "columns", check);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_rows = self.rows.iter().flat_map(|row| [&row.text, &row.feedback]);
        of_rows.chain(piece::texts(&self.columns)).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let rows = self.rows.iter_mut();
        let of_rows = rows.flat_map(|row| [&mut row.text, &mut row.feedback]);
        of_rows.chain(piece::texts_mut(&mut self.columns)).collect()
    }
}
