//! The quizzes that come with the program: they read as drafts, can be
//! published as they are, and say everything in all three languages.

use std::collections::BTreeSet;

use assessment::{AUTHORED_TYPES, Draft, Scheme, check_draft, draft_from_json, named_media};
use sha2::{Digest, Sha256};
use starter_content::{ASSESSMENTS, MEDIA};
use text::{Text, to_safe_html};

#[test]
fn each_quiz_can_be_published() {
    let names: BTreeSet<&str> = ASSESSMENTS.iter().map(|file| file.name).collect();
    assert_eq!(names.len(), ASSESSMENTS.len());
    for file in ASSESSMENTS {
        let draft = draft_from_json(file.json).unwrap_or_else(|error| panic!("{}: {error}", file.name));
        assert_eq!(check_draft(&draft), [], "{}", file.name);
    }
}

#[test]
fn each_text_is_there_in_three_languages() {
    for file in ASSESSMENTS {
        let draft = draft_from_json(file.json).unwrap();
        for text in texts(&draft).into_iter().filter(|text| !text.is_empty()) {
            let languages: Vec<&str> = text.versions.keys().map(String::as_str).collect();
            assert_eq!(languages, ["de", "en", "vi"], "{}: {text:?}", file.name);
            assert_eq!(text.default_language, "vi");
            for source in text.versions.values() {
                assert!(!source.is_blank(), "{}: {text:?}", file.name);
                assert_eq!(text::nfc(&source.source), source.source);
                let unread_formula = to_safe_html(source).contains("<code>\\");
                assert!(!unread_formula, "{}: {source:?}", file.name);
            }
        }
    }
}

#[test]
fn each_option_has_feedback() {
    for file in ASSESSMENTS {
        let draft = draft_from_json(file.json).unwrap();
        for slot in &draft.slots {
            for option in slot.item.options() {
                assert!(
                    !option.feedback.is_empty(),
                    "{} {} {}",
                    file.name,
                    slot.id,
                    option.id
                );
            }
        }
    }
}

/// A tour of the types shows every type, a text and files that several questions share, sound, a picture.
#[test]
fn the_tour_shows_every_type() {
    let file = ASSESSMENTS
        .iter()
        .find(|file| file.name == "question-types")
        .unwrap();
    let draft = draft_from_json(file.json).unwrap();
    let shown: BTreeSet<&str> = draft
        .slots
        .iter()
        .map(|slot| slot.item.interaction.type_name())
        .collect();
    let written = AUTHORED_TYPES.iter().copied();
    let all: BTreeSet<&str> = written
        .chain(["single_choice", "multiple_choice", "true_false"])
        .collect();
    assert_eq!(shown, all);
    let sharing = draft.slots.iter().filter(|slot| slot.stimulus.is_some());
    assert!(sharing.count() > 1);
}

/// What a quiz names by hash comes with the program, in the size that it counts in, and nothing else comes.
#[test]
fn each_named_file_is_there() {
    let mut named = BTreeSet::new();
    for file in ASSESSMENTS {
        for medium in named_media(&draft_from_json(file.json).unwrap()) {
            let known = MEDIA.iter().find(|known| hash(known.content) == medium.hash);
            let known = known.unwrap_or_else(|| panic!("{}: no file of the hash {}", file.name, medium.hash));
            if let Some(size) = medium.size {
                assert_eq!(png_size(known.content), size, "{}", known.name);
            }
            named.insert(known.name);
        }
    }
    assert_eq!(named, MEDIA.iter().map(|known| known.name).collect());
}

fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

// Width and height stand first in the first chunk of a PNG.
fn png_size(content: &[u8]) -> (u32, u32) {
    let side = |from: usize| u32::from_be_bytes(content[from..from + 4].try_into().unwrap());
    (side(16), side(20))
}

fn texts(draft: &Draft) -> Vec<&Text> {
    let of_items = draft.slots.iter().flat_map(|slot| slot.item.texts());
    let of_stimuli = draft.stimuli.iter();
    let of_sections = draft.sections.iter();
    [&draft.title, &draft.introduction]
        .into_iter()
        .chain(of_stimuli.flat_map(|stimulus| [&stimulus.title, &stimulus.text]))
        .chain(of_sections.flat_map(|section| [&section.title, &section.introduction]))
        .chain(of_items)
        .chain(draft.scheme.iter().flat_map(texts_of_scheme))
        .collect()
}

fn texts_of_scheme(scheme: &Scheme) -> Vec<&Text> {
    let parts = scheme.all_parts().into_iter().map(|(part, _)| &part.title);
    let grades = scheme.key.iter().map(|band| &band.name);
    parts.chain(grades).chain([&scheme.title]).collect()
}
