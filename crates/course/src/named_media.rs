//! The files that a course names by their hash. Whether they are there is the caller's
//! to ask.

use std::collections::BTreeSet;

use assessment::{Draft, DraftSlot};
use text::{Text, media_hashes};

use crate::content::{Check, CourseContent, Lesson};

/// The hashes of all files that the course names: in texts, as files of its lessons
/// and in its questions. Those of its assessments are the assessments' own.
pub fn named_media(content: &CourseContent) -> BTreeSet<String> {
    let of_texts = content.texts().into_iter();
    let of_texts = of_texts
        .flat_map(|text| text.versions.values())
        .flat_map(media_hashes);
    of_texts.chain(content.lessons().flat_map(of_lesson)).collect()
}

fn of_lesson(lesson: &Lesson) -> impl Iterator<Item = String> {
    let notices = lesson.files.iter();
    let files = notices.flat_map(|file| file.captions.values().chain([&file.medium]));
    files.cloned().chain(lesson.checks.iter().flat_map(of_check))
}

// A quiz with this one question names what the question does.
fn of_check(check: &Check) -> BTreeSet<String> {
    let draft = Draft {
        title: Text::default(),
        introduction: Text::default(),
        slots: vec![DraftSlot {
            id: "check".into(),
            item: check.item.clone(),
            points: 0.0,
            stimulus: None,
            placing: Default::default(),
        }],
        stimuli: Vec::new(),
        sections: Vec::new(),
        scheme: None,
        rules: Default::default(),
    };
    let named = assessment::named_media(&draft);
    named.into_iter().map(|medium| medium.hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{FileNotice, Step};
    use crate::testing::{course, plain_lesson, true_false, unit};

    #[test]
    fn every_named_file_is_found() {
        let hash = |digit: &str| digit.repeat(64);
        let shown = |digit: &str| Text::markdown("vi", format!("![x](media:{}.png)", hash(digit)));
        let mut check = true_false("c");
        check.item.stem = shown("4");
        let lesson = Lesson {
            body: shown("1"),
            files: vec![FileNotice {
                medium: hash("2"),
                captions: [("vi".to_owned(), hash("3"))].into(),
                ..FileNotice::default()
            }],
            checks: vec![check],
            ..plain_lesson("l")
        };
        let mut content = course(vec![unit("u", vec![Step::Lesson(lesson)])]);
        content.summary = shown("0");
        let expected = ["0", "1", "2", "3", "4"].map(hash);
        assert_eq!(named_media(&content), expected.into());
    }
}
