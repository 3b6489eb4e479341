//! The files that a draft names by their hash: pictures and sound in its texts, the
//! pictures of its questions. Whether they are there is the caller's to ask.

use std::collections::BTreeSet;

use text::{Text, media_hashes};

use crate::draft::Draft;
use crate::interaction::{ImageRef, Interaction, Piece};
use crate::item::Item;

/// A file that a draft names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedMedia {
    /// The index of the slot, from 0, when a question names it.
    pub slot: Option<usize>,
    /// SHA-256 of the content, in 64 small hexadecimal digits.
    pub hash: String,
    /// Width and height in pixels, where the question counts in them.
    pub size: Option<(u32, u32)>,
}

/// Every file that the draft names, each once per question.
pub fn named_media(draft: &Draft) -> BTreeSet<NamedMedia> {
    let of_frame = [&draft.introduction]
        .into_iter()
        .chain(draft.stimuli.iter().map(|stimulus| &stimulus.text))
        .chain(draft.sections.iter().map(|section| &section.introduction));
    let of_frame = of_frame.flat_map(|text| of_text(text, None));
    let of_slots = draft
        .slots
        .iter()
        .enumerate()
        .flat_map(|(index, slot)| of_item(&slot.item, Some(index)));
    of_frame.chain(of_slots).collect()
}

/// The hashes of all files that a question names.
pub fn item_media(item: &Item) -> BTreeSet<String> {
    of_item(item, None).into_iter().map(|named| named.hash).collect()
}

fn of_item(item: &Item, slot: Option<usize>) -> Vec<NamedMedia> {
    let texts = item.texts().flat_map(|text| of_text(text, slot));
    let pictures = pictures(&item.interaction).into_iter();
    let pictures = pictures.map(|picture| NamedMedia {
        slot,
        hash: picture.hash.clone(),
        size: Some((picture.width, picture.height)),
    });
    texts.chain(pictures).collect()
}

fn of_text(text: &Text, slot: Option<usize>) -> Vec<NamedMedia> {
    let hashes = text.versions.values().flat_map(media_hashes);
    let named = |hash| NamedMedia {
        slot,
        hash,
        size: None,
    };
    hashes.map(named).collect()
}

fn pictures(interaction: &Interaction) -> Vec<&ImageRef> {
    let none: &[Piece] = &[];
    let (own, pieces) = match interaction {
        Interaction::DragOntoImage(kind) => (Some(&kind.picture), kind.labels.as_slice()),
        Interaction::MarkSpot(kind) => (Some(&kind.picture), none),
        Interaction::GraphicOrder(kind) => (Some(&kind.picture), none),
        Interaction::Matching(kind) => (None, kind.choices.as_slice()),
        Interaction::Associate(kind) => (None, kind.pieces.as_slice()),
        Interaction::Ordering(kind) => (None, kind.pieces.as_slice()),
        Interaction::SelectMissingWords(kind) => (None, kind.choices.as_slice()),
        Interaction::Matrix(kind) => (None, kind.columns.as_slice()),
        Interaction::Likert(kind) => (None, kind.scale.as_slice()),
        _ => (None, none),
    };
    let of_pieces = pieces.iter().filter_map(|piece| piece.picture.as_ref());
    own.into_iter().chain(of_pieces).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::blank_of;
    use crate::id::OptionId;
    use crate::testing;

    #[test]
    fn every_named_file_is_found_with_its_question() {
        let hash = |digit: &str| digit.repeat(64);
        let mut draft = testing::draft();
        draft.introduction = Text::markdown("vi", format!("![a](media:{})", hash("a")));
        draft.slots[0].item.stem = Text::markdown(
            "vi",
            format!("![b](media:{}.mp3) ![a](media:{})", hash("b"), hash("a")),
        );
        let mut piece = Piece::new(OptionId::from("p"), Text::default());
        piece.picture = Some(ImageRef {
            hash: hash("c"),
            width: 4,
            height: 3,
            alternative: Text::default(),
        });
        let Some(Interaction::Matching(mut matching)) = blank_of("matching") else {
            panic!("matching is written in lines");
        };
        matching.choices = vec![piece];
        draft.slots[1].item.interaction = Interaction::Matching(matching);
        let found: Vec<_> = named_media(&draft)
            .into_iter()
            .map(|named| (named.slot, named.hash[..1].to_owned(), named.size))
            .collect();
        let expected = [
            (None, "a", None),
            (Some(0), "a", None),
            (Some(0), "b", None),
            (Some(1), "c", Some((4, 3))),
        ];
        let expected = expected.map(|(slot, hash, size)| (slot, hash.to_owned(), size));
        assert_eq!(found, expected);
    }
}
