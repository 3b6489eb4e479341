//! The quizzes that come with the program: they read as drafts, can be
//! published as they are, and say everything in all three languages.

use std::collections::BTreeSet;

use assessment::{Draft, check_draft, draft_from_json};
use starter_content::ASSESSMENTS;
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

fn texts(draft: &Draft) -> Vec<&Text> {
    let of_items = draft.slots.iter().flat_map(|slot| slot.item.texts());
    [&draft.title, &draft.introduction]
        .into_iter()
        .chain(of_items)
        .collect()
}
