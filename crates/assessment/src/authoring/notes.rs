//! Weights and feedback of a question's parts, a line for each part that has them:
//! `2 = 3 | See lesson 2.` says that the second part (pair, gap, row, zone, …)
//! weighs three times as much as the others, and what is said to whoever got it
//! wrong. Types whose parts have only one of the two leave the other out.
//!
//! Left untouched, each note stays with its part wherever the part moved; changed
//! notes go by the numbers that stand in them.

use std::collections::BTreeMap;

use text::Text;

use super::kept::{one_line, put, shown};
use super::line::{escaped, lines, plain, split};
use super::typed::read_value;
use super::{AuthoringField, AuthoringProblemKind as Kind, Control, Reader, field};
use crate::number::format_number;

/// What stands in the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noted {
    /// `2 = 3 | feedback`, either of them.
    Both,
    /// `2 = 3`.
    Weights,
    /// `2 = feedback`.
    Feedback,
}

impl Noted {
    fn key(self) -> &'static str {
        match self {
            Self::Both => "parts",
            Self::Weights => "part_weights",
            Self::Feedback => "part_feedback",
        }
    }
}

/// The weight and the feedback of a saved part.
pub(super) type Part<'a> = (f64, Option<&'a Text>);

/// The field of these parts, in the order in which the form shows them.
pub(super) fn notes_field<'a>(
    noted: Noted,
    parts: impl Iterator<Item = Part<'a>>,
    language: &str,
) -> AuthoringField {
    field(noted.key(), Control::Lines, note_lines(parts, language))
}

fn note_lines<'a>(parts: impl Iterator<Item = Part<'a>>, language: &str) -> String {
    let line = |(number, (weight, feedback)): (usize, Part<'a>)| {
        let words = feedback.map(|feedback| escaped(&shown(feedback, language)));
        let words = words.filter(|words| !words.is_empty());
        let weight = (weight != 1.0).then(|| format_number(weight, language));
        let says = match (weight, words) {
            (None, None) => return None,
            (Some(weight), None) => weight,
            (None, Some(words)) => words,
            (Some(weight), Some(words)) => format!("{weight} | {words}"),
        };
        Some(format!("{number} = {says}"))
    };
    let found: Vec<String> = (1..).zip(parts).filter_map(line).collect();
    found.join("\n")
}

/// What the lines say of the parts.
pub(super) enum Notes {
    /// What was saved of each part.
    Kept,
    /// By the parts' numbers.
    Typed(BTreeMap<usize, Note>),
}

/// What a line says of a part.
pub(super) struct Note {
    weight: Option<f64>,
    feedback: String,
}

/// Reads the notes about `count` parts, over the saved ones.
pub(super) fn read_notes<'a>(
    noted: Noted,
    saved: impl Iterator<Item = Part<'a>>,
    count: usize,
    reader: &mut Reader<'_>,
) -> Notes {
    let key = noted.key();
    let typed = reader.typed(key);
    let untouched = note_lines(saved, reader.how.language) == typed.trim_end();
    if untouched || !reader.fields.contains_key(key) {
        return Notes::Kept;
    }
    let mut notes = BTreeMap::new();
    for line in lines(&typed) {
        match read_note(line.source, noted, count, reader.how.language) {
            Ok((number, note)) => {
                notes.insert(number, note);
            }
            Err(kind) => reader.problem(key, Some(line.number), kind),
        }
    }
    Notes::Typed(notes)
}

fn read_note(line: &str, noted: Noted, count: usize, language: &str) -> Result<(usize, Note), Kind> {
    let (number, says) = line.split_once('=').ok_or(Kind::NoPair)?;
    let number: usize = number.trim().parse().map_err(|_error| Kind::UnknownPart)?;
    if !(1..=count).contains(&number) {
        return Err(Kind::UnknownPart);
    }
    let sides = split(says.trim(), '|');
    let first = sides.first().copied().unwrap_or_default();
    let weight = match noted {
        Noted::Feedback => None,
        _ => read_value(first, language),
    };
    let words = match weight {
        Some(_) => sides.get(1..).unwrap_or_default(),
        None => sides.as_slice(),
    };
    let feedback = one_line(&plain(&words.join(" | ")));
    if noted == Noted::Weights && (weight.is_none() || !feedback.is_empty()) {
        return Err(Kind::NotANumber);
    }
    Ok((number, Note { weight, feedback }))
}

impl Notes {
    /// Weight and feedback of the part with this number, counted from 1; `former` is
    /// the saved part that it continues.
    pub(super) fn of(&self, number: usize, former: Option<Part<'_>>, how: super::Typed<'_>) -> (f64, Text) {
        let (weight, feedback) = former.unwrap_or((1.0, None));
        match self {
            Self::Kept => (weight, feedback.cloned().unwrap_or_default()),
            Self::Typed(notes) => {
                let note = notes.get(&number);
                let words = note.map_or("", |note| note.feedback.as_str());
                let weight = note.and_then(|note| note.weight).unwrap_or(1.0);
                (weight, put(how, feedback, words))
            }
        }
    }
}
