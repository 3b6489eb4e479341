//! Likert: statements are rated on one scale, such as "I agree" to "I do not".
//! No answer is right; the question is worth nothing.
//!
//! Payload: `{"pairs": {"statement": "rating", …}}`.
//! Form: radio buttons per statement, `answer/{slot}/{statement}`, the value a
//! rating's id.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::piece::{self, Piece};
use super::placing;
use super::{Context, Kind};
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::FieldId;
use crate::limits;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

/// Statements and the scale to rate them on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likert {
    /// In the author's order.
    pub statements: Vec<Statement>,
    /// From one end to the other.
    pub scale: Vec<Piece>,
}

/// What is rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Unique in its item.
    pub id: FieldId,
    /// What the student reads.
    pub text: Text,
}

impl Kind for Likert {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        let statements = self.statements.iter().map(|statement| &statement.id);
        let ratings = self.scale.iter().map(|rating| &rating.id);
        placing::read_pairs(payload, statements, ratings).map(placing::of_pairs)
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        placing::payload_from_form(fields, &[])
    }

    fn score(&self, _response: &Response, _context: &Context<'_>) -> ItemMark {
        ItemMark::wrong()
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        Response::Unanswered
    }

    fn chance(&self) -> Option<f64> {
        None
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        let mut ids = BTreeSet::new();
        for (index, statement) in self.statements.iter().enumerate() {
            let mut at = check.at("statements", index);
            at.id(&statement.id, ids.insert(&statement.id));
            at.add_if(statement.text.is_empty(), DraftProblemKind::PlaceWithoutText);
            at.texts([&statement.text]);
        }
        let places = self.statements.len();
        check.add_if(places == 0, DraftProblemKind::TooFewPlaces);
        check.add_if(places > limits::FIELDS, DraftProblemKind::TooManyPlaces);
        piece::check_pieces(&self.scale, "scale", check);
        piece::check_distinct(&self.scale, "scale", check);
    }

    fn texts(&self) -> Vec<&Text> {
        let of_statements = self.statements.iter().map(|statement| &statement.text);
        of_statements.chain(piece::texts(&self.scale)).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        let of_statements = self.statements.iter_mut().map(|statement| &mut statement.text);
        of_statements.chain(piece::texts_mut(&mut self.scale)).collect()
    }

    fn is_marked(&self) -> bool {
        false
    }
}
