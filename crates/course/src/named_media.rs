//! The files that a course names by their hash. Whether they are there is the caller's
//! to ask.

use std::collections::BTreeSet;

use assessment::item_media;
use text::media_hashes;

use crate::content::{CourseContent, Lesson};

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
    files
        .cloned()
        .chain(lesson.checks.iter().flat_map(|check| item_media(&check.item)))
}

#[cfg(test)]
mod tests {
    use text::Text;

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
