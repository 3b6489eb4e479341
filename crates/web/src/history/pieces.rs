//! Answers of several pieces in one line: orders, links, pairs, rows, passages
//! and marks in a picture. Signs rather than sentences, since they are read in any language.

use std::collections::{BTreeMap, BTreeSet};

use assessment::{FieldId, Interaction, OptionId, Piece, Point, markers};

use crate::answering::{Asked, chosen};

/// Where nothing stands.
const NOTHING: &str = "–";

/// "Dao phay → – → Dao tiện": what stands at the first place, the second, ….
pub(super) fn order(order: &[Option<OptionId>], asked: &Asked<'_>) -> String {
    let word = |id: &Option<OptionId>| match id {
        Some(id) => name(id, asked),
        None => NOTHING.to_owned(),
    };
    order.iter().map(word).collect::<Vec<_>>().join(" → ")
}

/// "bu lông ↔ đai ốc; then ↔ rãnh then"
pub(super) fn links(links: &BTreeSet<(OptionId, OptionId)>, asked: &Asked<'_>) -> String {
    let link = |(one, other): &(OptionId, OptionId)| format!("{} ↔ {}", name(one, asked), name(other, asked));
    links.iter().map(link).collect::<Vec<_>>().join("; ")
}

/// "Thước cặp: Đo độ sâu; …"; places without words by their number. In the author's order.
pub(super) fn pairs(pairs: &BTreeMap<FieldId, OptionId>, asked: &Asked<'_>) -> String {
    let pair = |(place, words): (&FieldId, String)| {
        let id = pairs.get(place)?;
        Some(at(&words, &name(id, asked)))
    };
    let places = places(asked);
    let places = places.iter().map(|(place, words)| (*place, words.clone()));
    places.filter_map(pair).collect::<Vec<_>>().join("; ")
}

/// "Dao tiện: đúng; Dao phay: đúng, sai". In the author's order.
pub(super) fn cells(cells: &BTreeMap<FieldId, BTreeSet<OptionId>>, asked: &Asked<'_>) -> String {
    let row = |(row, words): &(&FieldId, String)| {
        let chosen = cells.get(*row)?.iter().map(|id| name(id, asked));
        Some(at(words, &chosen.collect::<Vec<_>>().join(", ")))
    };
    places(asked)
        .iter()
        .filter_map(row)
        .collect::<Vec<_>>()
        .join("; ")
}

// What stands at a place; a statement ends in a full stop of its own.
fn at(place: &str, what: &str) -> String {
    format!("{}: {what}", place.trim_end_matches('.'))
}

/// "(120, 80); (30, 45)": to the right and down, in the picture's pixels.
pub(super) fn points(points: &[Point]) -> String {
    let point = |point: &Point| format!("({}, {})", point.x, point.y);
    points.iter().map(point).collect::<Vec<_>>().join("; ")
}

/// The words of the chosen passages of a text.
pub(super) fn passages(chosen: &BTreeSet<OptionId>, asked: &Asked<'_>) -> String {
    let Interaction::Hottext(kind) = &asked.item.interaction else {
        return String::new();
    };
    let source = asked.words.source(&kind.text);
    let words = |marker: &assessment::Marker<'_>| {
        let is_chosen = chosen.iter().any(|id| id.as_str() == marker.id);
        marker.words.filter(|_| is_chosen).map(str::to_owned)
    };
    markers(source)
        .iter()
        .filter_map(words)
        .collect::<Vec<_>>()
        .join("; ")
}

// The places of a question with their words, or with their number where they have none.
fn places<'a>(asked: &Asked<'a>) -> Vec<(&'a FieldId, String)> {
    let numbered = |ids: Vec<&'a FieldId>| {
        let places = ids.into_iter().zip(1..);
        places
            .map(|(id, number): (_, usize)| (id, number.to_string()))
            .collect()
    };
    let words = |text: &text::Text| asked.words.plain(text);
    match &asked.item.interaction {
        Interaction::Matching(kind) => kind
            .stems
            .iter()
            .map(|stem| (&stem.id, words(&stem.text)))
            .collect(),
        Interaction::Matrix(kind) => kind.rows.iter().map(|row| (&row.id, words(&row.text))).collect(),
        Interaction::Likert(kind) => {
            let statements = kind.statements.iter();
            statements
                .map(|statement| (&statement.id, words(&statement.text)))
                .collect()
        }
        Interaction::SelectMissingWords(kind) => numbered(kind.gaps.iter().map(|gap| &gap.id).collect()),
        Interaction::DragOntoImage(kind) => numbered(kind.zones.iter().map(|zone| &zone.id).collect()),
        _ => Vec::new(),
    }
}

fn name(id: &OptionId, asked: &Asked<'_>) -> String {
    if let Interaction::GraphicOrder(kind) = &asked.item.interaction {
        let spot = kind.spots.iter().find(|spot| spot.id == *id);
        return spot.map(|spot| asked.words.plain(&spot.name)).unwrap_or_default();
    }
    let pieces: &[Piece] = match &asked.item.interaction {
        Interaction::Ordering(kind) => &kind.pieces,
        Interaction::Associate(kind) => &kind.pieces,
        Interaction::Matching(kind) => &kind.choices,
        Interaction::SelectMissingWords(kind) => &kind.choices,
        Interaction::DragOntoImage(kind) => &kind.labels,
        Interaction::Matrix(kind) => &kind.columns,
        Interaction::Likert(kind) => &kind.scale,
        _ => &[],
    };
    let piece = pieces.iter().find(|piece| piece.id == *id);
    piece.map(|piece| chosen::plain(asked, piece)).unwrap_or_default()
}
