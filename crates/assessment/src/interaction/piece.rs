//! Pieces: what is put somewhere, in order or together. Several types share
//! them, with their checks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use text::Text;

use super::picture::ImageRef;
use crate::draft_check::{DraftProblemKind, ItemCheck};
use crate::id::OptionId;
use crate::limits;

/// Something to be put somewhere: words, a picture or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Unique among the pieces of its question.
    pub id: OptionId,
    /// What the student reads.
    #[serde(default)]
    pub text: Text,
    /// What the student sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ImageRef>,
    /// Where the question has groups: a place takes the pieces of the group that
    /// its right piece is in.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Whether it can be put at one place only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub once: bool,
}

impl Piece {
    /// Words that can be used at any number of places.
    pub fn new(id: impl Into<OptionId>, text: Text) -> Self {
        Self {
            id: id.into(),
            text,
            picture: None,
            group: String::new(),
            once: false,
        }
    }

    fn is_silent(&self) -> bool {
        self.text.is_empty() && self.picture.is_none()
    }
}

/// Checks pieces that stand in the list with this name in JSON.
pub(super) fn check_pieces(pieces: &[Piece], list: &'static str, check: &mut ItemCheck<'_>) {
    check.add_if(pieces.len() < 2, DraftProblemKind::TooFewOptions);
    check.add_if(pieces.len() > limits::PIECES, DraftProblemKind::TooManyPieces);
    let mut ids = BTreeSet::new();
    for (index, piece) in pieces.iter().enumerate() {
        let mut at = check.at(list, index);
        at.id(&piece.id, ids.insert(&piece.id));
        at.add_if(piece.is_silent(), DraftProblemKind::OptionWithoutText);
        at.texts([&piece.text]);
        at.add_if(
            piece.group.len() > limits::ID_BYTES,
            DraftProblemKind::TextTooLong,
        );
        if let Some(picture) = &piece.picture {
            picture.check(&mut at);
        }
    }
}

/// Finds pieces that nobody can tell apart in one of the languages.
pub(super) fn check_distinct(pieces: &[Piece], list: &'static str, check: &mut ItemCheck<'_>) {
    let mut seen = BTreeSet::new();
    for (index, piece) in pieces.iter().enumerate() {
        let versions = piece.text.versions.iter();
        let words = versions.filter(|(_, source)| !source.is_blank());
        let picture = piece.picture.as_ref().map(|picture| picture.hash.as_str());
        let mut is_new = true;
        for (language, source) in words {
            let shown = text::nfc(source.source.trim()).to_string();
            is_new &= seen.insert((language.clone(), shown, picture));
        }
        check.at(list, index).add_if(!is_new, DraftProblemKind::SameText);
    }
}

/// The texts of pieces.
pub(super) fn texts(pieces: &[Piece]) -> impl Iterator<Item = &Text> {
    pieces.iter().flat_map(|piece| {
        let alternative = piece.picture.as_ref().map(|picture| &picture.alternative);
        std::iter::once(&piece.text).chain(alternative)
    })
}

/// The texts of pieces, to be changed.
pub(super) fn texts_mut(pieces: &mut [Piece]) -> impl Iterator<Item = &mut Text> {
    pieces.iter_mut().flat_map(|piece| {
        let alternative = piece.picture.as_mut().map(|picture| &mut picture.alternative);
        std::iter::once(&mut piece.text).chain(alternative)
    })
}
