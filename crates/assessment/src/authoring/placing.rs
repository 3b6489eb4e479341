//! Pairs and orders.
//!
//! Matching: `pairs` has a line `stem = choice` for each stem; the same choice may
//! stand in several lines. `distractors` has a choice per line that belongs to none.
//! Associate: `links` has a line `one = other` for each pair; a line without `=`
//! is a piece that belongs to none.
//! Ordering: `pieces` has them in the right order, one per line.

use super::kept::{self, one_line, shown};
use super::line::{escaped, lines, plain, split};
use super::notes::{Noted, Part, notes_field, read_notes};
use super::open::{optional_field, read_optional};
use super::{
    AuthoringField, AuthoringProblemKind as Kind, Control, Reader, check_field, field, key_of, number_field,
    selected,
};
use crate::id::{FieldId, OptionId};
use crate::interaction::{Associate, Matching, Ordering, OrderingScoring, Piece, RightLink, Stem};

pub(super) fn blank_matching() -> Matching {
    Matching {
        stems: Vec::new(),
        choices: Vec::new(),
        shuffle_stems: false,
        shuffle_choices: true,
    }
}

pub(super) fn matching_fields(kind: &Matching, language: &str) -> Vec<AuthoringField> {
    let words = |id: &OptionId| {
        let choice = kind.choices.iter().find(|choice| choice.id == *id);
        choice
            .map(|choice| escaped(&kept::piece_words(choice, language)))
            .unwrap_or_default()
    };
    let pair = |stem: &Stem| {
        format!(
            "{} = {}",
            escaped(&shown(&stem.text, language)),
            words(&stem.right)
        )
    };
    let pairs: Vec<String> = kind.stems.iter().map(pair).collect();
    let is_free = |choice: &&Piece| kind.stems.iter().all(|stem| stem.right != choice.id);
    let free: Vec<Piece> = kind.choices.iter().filter(is_free).cloned().collect();
    vec![
        field("pairs", Control::Lines, pairs.join("\n")),
        field("distractors", Control::Lines, kept::piece_lines(&free, language)),
        check_field("shuffle", kind.shuffle_choices),
        check_field("shuffle_stems", kind.shuffle_stems),
        notes_field(Noted::Both, kind.stems.iter().map(stem_part), language),
    ]
}

fn stem_part(stem: &Stem) -> Part<'_> {
    (stem.weight, Some(&stem.feedback))
}

pub(super) fn read_matching(saved: &Matching, reader: &mut Reader<'_>) -> Matching {
    let pairs = read_pairs(reader);
    let distractors = reader.lines("distractors");
    let words = kept::distinct(pairs.iter().map(|(_, choice)| choice).chain(&distractors));
    let used = saved.stems.iter().map(|stem| &stem.right);
    let choices = kept::pieces(&kept::in_order_of_use(&saved.choices, used), &words, reader.how);
    let id_of = |typed: &String| {
        let at = words.iter().position(|word| word == typed);
        at.and_then(|at| choices.get(at)).map(|choice| choice.id.clone())
    };
    let typed: Vec<String> = pairs.iter().map(|(stem, _)| stem.clone()).collect();
    let of_stems = saved.stems.iter().map(|stem| (stem.id.as_str(), &stem.text));
    let parts = kept::parts(of_stems, &typed, reader.how, 's');
    let notes = read_notes(
        Noted::Both,
        saved.stems.iter().map(stem_part),
        pairs.len(),
        reader,
    );
    let how = reader.how;
    let stem = |(number, ((id, text), (_, choice))): (usize, TypedPair<'_>)| {
        let id = FieldId::from(id);
        let former = saved.stems.iter().find(|stem| stem.id == id);
        let (weight, feedback) = notes.of(number, former.map(stem_part), how);
        Some(Stem {
            text,
            right: id_of(choice)?,
            weight,
            feedback,
            id,
        })
    };
    Matching {
        stems: (1..)
            .zip(parts.into_iter().zip(&pairs))
            .filter_map(stem)
            .collect(),
        shuffle_choices: reader.is_on("shuffle"),
        shuffle_stems: reader.is_on("shuffle_stems"),
        choices: kept::in_saved_order(&saved.choices, choices),
    }
}

/// A stem's id and words, and the line of its pair.
type TypedPair<'a> = ((String, text::Text), &'a (String, String));

fn read_pairs(reader: &mut Reader<'_>) -> Vec<(String, String)> {
    let typed = reader.typed("pairs");
    let mut pairs = Vec::new();
    for line in lines(&typed) {
        let sides = split(line.source, '=');
        match sides.as_slice() {
            [stem, choice] if !stem.is_empty() && !choice.is_empty() => {
                pairs.push((one_line(&plain(stem)), one_line(&plain(choice))));
            }
            [_, _] | [_] | [] => reader.problem("pairs", Some(line.number), Kind::NoPair),
            _ => reader.problem("pairs", Some(line.number), Kind::TooManySides),
        }
    }
    pairs
}

pub(super) fn blank_associate() -> Associate {
    Associate {
        pieces: Vec::new(),
        right: Vec::new(),
        links_at_most: None,
        penalty: 0.0,
        shuffle_pieces: true,
    }
}

pub(super) fn associate_fields(kind: &Associate, language: &str) -> Vec<AuthoringField> {
    let words = |id: &OptionId| {
        let piece = kind.pieces.iter().find(|piece| piece.id == *id);
        piece
            .map(|piece| escaped(&kept::piece_words(piece, language)))
            .unwrap_or_default()
    };
    let link = |link: &RightLink| format!("{} = {}", words(&link.pair.0), words(&link.pair.1));
    let is_linked = |id: &OptionId| {
        kind.right
            .iter()
            .any(|link| link.pair.0 == *id || link.pair.1 == *id)
    };
    let alone = kind.pieces.iter().filter(|piece| !is_linked(&piece.id));
    let lines: Vec<String> = kind
        .right
        .iter()
        .map(link)
        .chain(alone.map(|piece| words(&piece.id)))
        .collect();
    vec![
        field("links", Control::Lines, lines.join("\n")),
        number_field("penalty", kind.penalty * 100.0, language),
        optional_field("links_at_most", kind.links_at_most, language),
        check_field("shuffle", kind.shuffle_pieces),
        notes_field(Noted::Weights, kind.right.iter().map(link_part), language),
    ]
}

fn link_part(link: &RightLink) -> Part<'_> {
    (link.weight, None)
}

pub(super) fn read_associate(saved: &Associate, reader: &mut Reader<'_>) -> Associate {
    let typed = reader.typed("links");
    let mut words: Vec<String> = Vec::new();
    let mut links: Vec<(usize, usize)> = Vec::new();
    for line in lines(&typed) {
        let sides: Vec<String> = split(line.source, '=')
            .iter()
            .map(|side| one_line(&plain(side)))
            .collect();
        if sides.len() > 2 {
            reader.problem("links", Some(line.number), Kind::TooManySides);
        } else if sides.iter().any(String::is_empty) {
            reader.problem("links", Some(line.number), Kind::NoPair);
        } else {
            let places: Vec<usize> = sides.into_iter().map(|side| place_of(&mut words, side)).collect();
            if let [one, other] = places.as_slice() {
                links.push((*one, *other));
            }
        }
    }
    let pieces = kept::pieces(&saved.pieces, &words, reader.how);
    let id = |at: usize| pieces.get(at).map(|piece| piece.id.clone());
    let notes = read_notes(
        Noted::Weights,
        saved.right.iter().map(link_part),
        links.len(),
        reader,
    );
    let how = reader.how;
    let right = |(number, (one, other)): (usize, (usize, usize))| {
        let pair = (id(one)?, id(other)?);
        let same = |link: &&RightLink| link.pair == pair || (link.pair.1 == pair.0 && link.pair.0 == pair.1);
        let former = saved.right.iter().find(same);
        let (weight, _) = notes.of(number, former.map(link_part), how);
        Some(RightLink { pair, weight })
    };
    Associate {
        right: (1..).zip(links).filter_map(right).collect(),
        links_at_most: read_optional(reader, "links_at_most", saved.links_at_most),
        penalty: reader.number("penalty", 0.0) / 100.0,
        shuffle_pieces: reader.is_on("shuffle"),
        pieces: kept::in_saved_order(&saved.pieces, pieces),
    }
}

fn place_of(words: &mut Vec<String>, word: String) -> usize {
    words.iter().position(|known| *known == word).unwrap_or_else(|| {
        words.push(word);
        words.len() - 1
    })
}

pub(super) const ORDER_KEYS: &[&str] = &[
    "position",
    "neighbours",
    "pairs",
    "longest_run",
    "longest_unbroken_run",
    "all_or_nothing",
];
pub(super) const ORDER_SCORINGS: &[OrderingScoring] = &[
    OrderingScoring::Position,
    OrderingScoring::Neighbours,
    OrderingScoring::Pairs,
    OrderingScoring::LongestRun,
    OrderingScoring::LongestUnbrokenRun,
    OrderingScoring::AllOrNothing,
];

pub(super) fn blank_ordering() -> Ordering {
    Ordering {
        pieces: Vec::new(),
        scoring: OrderingScoring::default(),
    }
}

pub(super) fn ordering_fields(kind: &Ordering, language: &str) -> Vec<AuthoringField> {
    let scoring = key_of(&kind.scoring, ORDER_KEYS, ORDER_SCORINGS);
    vec![
        field(
            "pieces",
            Control::Lines,
            kept::piece_lines(&kind.pieces, language),
        ),
        field("order_scoring", Control::Select(ORDER_KEYS), scoring),
    ]
}

pub(super) fn read_ordering(saved: &Ordering, reader: &Reader<'_>) -> Ordering {
    Ordering {
        pieces: kept::pieces(&saved.pieces, &reader.lines("pieces"), reader.how),
        scoring: selected(
            &reader.typed("order_scoring"),
            ORDER_KEYS,
            ORDER_SCORINGS,
            saved.scoring,
        ),
    }
}
