//! Ordering: pieces are put in order.
//!
//! Payload: `{"order": ["b", null, "a"]}`: what stands at the first place, the
//! second, …; `null` for a place that is still empty.
//! Form: a select box per place, `answer/{slot}/1`, `answer/{slot}/2`, …, the
//! value a piece's id, empty for none. Moving pieces about is a script's extra.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::payload;
use super::piece::{self, Piece};
use super::{Context, Kind};
use crate::draft_check::ItemCheck;
use crate::id::OptionId;
use crate::order::shuffled;
use crate::response::{Response, ResponseProblem};
use crate::scoring::ItemMark;

/// Pieces to put in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ordering {
    /// In the right order.
    pub pieces: Vec<Piece>,
    /// How a partly right order is marked.
    #[serde(default)]
    pub scoring: OrderingScoring,
}

/// How an order is marked. All are 1 for the right order and only for it. Places
/// left empty count only for [`OrderingScoring::Position`]; otherwise the placed
/// pieces are taken one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderingScoring {
    /// 1 for the right order, else 0.
    AllOrNothing,
    /// How many pieces stand at their own place.
    #[default]
    Position,
    /// How many pieces are followed at once by the one that should follow.
    Neighbours,
    /// How many of all pairs of pieces stand in the right order, near or far.
    Pairs,
    /// The longest run of pieces in the right order, with others between them
    /// or not (longest common subsequence), over all pieces; one piece alone is
    /// no run.
    LongestRun,
    /// The longest run of pieces in the right order with none between them, over
    /// all pieces; one piece alone is no run.
    LongestUnbrokenRun,
}

impl Ordering {
    /// The pieces as this attempt lays them out at first. The right order is
    /// among the possible ones, so that nothing can be learnt from it.
    pub fn shown_pieces(&self, context: &Context<'_>) -> Vec<&Piece> {
        shuffled(context, "pieces", &self.pieces)
    }

    fn ids(&self) -> impl Iterator<Item = &OptionId> + Clone {
        self.pieces.iter().map(|piece| &piece.id)
    }
}

impl Kind for Ordering {
    fn read(&self, payload: &str, _context: &Context<'_>) -> Result<Response, ResponseProblem> {
        read_order(payload, self.ids())
    }

    fn payload_from_form(&self, fields: &[(&str, &str)]) -> String {
        order_from_form(fields, self.pieces.len())
    }

    fn score(&self, response: &Response, _context: &Context<'_>) -> ItemMark {
        score_order(self.ids(), self.scoring, response)
    }

    fn right_response(&self, _context: &Context<'_>) -> Response {
        right_order(self.ids())
    }

    fn chance(&self) -> Option<f64> {
        chance(self.scoring, self.pieces.len())
    }

    fn check(&self, check: &mut ItemCheck<'_>) {
        piece::check_pieces(&self.pieces, "pieces", check);
        piece::check_distinct(&self.pieces, "pieces", check);
    }

    fn texts(&self) -> Vec<&Text> {
        piece::texts(&self.pieces).collect()
    }

    fn texts_mut(&mut self) -> Vec<&mut Text> {
        piece::texts_mut(&mut self.pieces).collect()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderPayload<S> {
    order: Vec<Option<S>>,
}

/// Reads an order of these pieces; empty places at the end do not count.
pub(super) fn read_order<'a>(
    payload: &str,
    pieces: impl Iterator<Item = &'a OptionId> + Clone,
) -> Result<Response, ResponseProblem> {
    let mut typed = payload::read_json::<OrderPayload<String>>(payload)?.order;
    let kept = typed.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    typed.truncate(kept);
    if typed.len() > pieces.clone().count() {
        return Err(ResponseProblem::TooManyChosen(typed.len()));
    }
    let mut placed = BTreeSet::new();
    let mut order = Vec::with_capacity(typed.len());
    for id in typed {
        let Some(id) = id else {
            order.push(None);
            continue;
        };
        let piece = payload::known(pieces.clone(), &id)?;
        if !placed.insert(piece) {
            return Err(ResponseProblem::RepeatedOption(id));
        }
        order.push(Some(piece.clone()));
    }
    Ok(match order.is_empty() {
        true => Response::Unanswered,
        false => Response::Order(order),
    })
}

/// The order that a form's select boxes say. A piece that is chosen again, as a
/// keyboard does on its way through a list, stands only at its first place.
pub(super) fn order_from_form(fields: &[(&str, &str)], places: usize) -> String {
    let mut placed = BTreeSet::new();
    let at = |place: usize| {
        let name = place.to_string();
        let (_, value) = fields.iter().find(|(field, _)| *field == name)?;
        (!value.is_empty() && placed.insert(*value)).then_some(*value)
    };
    let order = (1..=places).map(at).collect();
    payload::write_json(&OrderPayload { order })
}

/// Marks an order against the right one.
pub(super) fn score_order<'a>(
    right: impl Iterator<Item = &'a OptionId> + Clone,
    scoring: OrderingScoring,
    response: &Response,
) -> ItemMark {
    let Response::Order(order) = response else {
        return ItemMark::wrong();
    };
    let places: Vec<Option<usize>> = order
        .iter()
        .map(|piece| {
            let piece = piece.as_ref()?;
            right.clone().position(|id| id == piece)
        })
        .collect();
    let placed: Vec<usize> = places.iter().copied().flatten().collect();
    let pieces = right.count();
    let over = |earned: usize, of: usize| earned as f64 / of.max(1) as f64;
    let is_right = placed.len() == pieces && placed.iter().enumerate().all(|(at, place)| at == *place);
    ItemMark::of(match scoring {
        _ if is_right => 1.0,
        OrderingScoring::AllOrNothing => 0.0,
        OrderingScoring::Position => over(in_place(&places), pieces),
        OrderingScoring::Neighbours => over(followed(&placed), pieces.saturating_sub(1)),
        OrderingScoring::Pairs => over(in_order(&placed), pairs(pieces)),
        OrderingScoring::LongestRun => over(run(longest_run(&placed)), pieces),
        OrderingScoring::LongestUnbrokenRun => over(run(longest_unbroken_run(&placed)), pieces),
    })
}

/// The pieces in the right order.
pub(super) fn right_order<'a>(pieces: impl Iterator<Item = &'a OptionId>) -> Response {
    let order: Vec<Option<OptionId>> = pieces.cloned().map(Some).collect();
    match order.is_empty() {
        true => Response::Unanswered,
        false => Response::Order(order),
    }
}

/// What a random order of all pieces is worth on average; `None` for the runs,
/// which have no simple form.
pub(super) fn chance(scoring: OrderingScoring, pieces: usize) -> Option<f64> {
    if pieces < 2 {
        return None;
    }
    match scoring {
        OrderingScoring::AllOrNothing => Some((1..=pieces).map(|number| 1.0 / number as f64).product()),
        OrderingScoring::Position | OrderingScoring::Neighbours => Some(1.0 / pieces as f64),
        OrderingScoring::Pairs => Some(0.5),
        OrderingScoring::LongestRun | OrderingScoring::LongestUnbrokenRun => None,
    }
}

fn in_place(places: &[Option<usize>]) -> usize {
    let own = places.iter().enumerate();
    own.filter(|(at, place)| **place == Some(*at)).count()
}

fn neighbours(placed: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    placed.iter().copied().zip(placed.iter().copied().skip(1))
}

fn followed(placed: &[usize]) -> usize {
    neighbours(placed)
        .filter(|(piece, next)| piece + 1 == *next)
        .count()
}

fn in_order(placed: &[usize]) -> usize {
    let later = |at: usize| placed.iter().skip(at + 1);
    let of_piece = |(at, piece): (usize, &usize)| later(at).filter(|other| *other > piece).count();
    placed.iter().enumerate().map(of_piece).sum()
}

fn pairs(pieces: usize) -> usize {
    pieces * pieces.saturating_sub(1) / 2
}

fn run(length: usize) -> usize {
    if length < 2 { 0 } else { length }
}

/// The pieces are numbers without repetition, so that the longest common
/// subsequence is the longest rising one.
fn longest_run(placed: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::with_capacity(placed.len());
    for piece in placed {
        let at = ends.partition_point(|end| end < piece);
        match ends.get_mut(at) {
            Some(end) => *end = *piece,
            None => ends.push(*piece),
        }
    }
    ends.len()
}

fn longest_unbroken_run(placed: &[usize]) -> usize {
    let (mut longest, mut current) = (usize::from(!placed.is_empty()), 1);
    for (piece, next) in neighbours(placed) {
        current = if piece + 1 == next { current + 1 } else { 1 };
        longest = longest.max(current);
    }
    longest
}
