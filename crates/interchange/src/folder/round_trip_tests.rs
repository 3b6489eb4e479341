//! Courses to folders and back, over generated courses and over a small one by hand.

use course::{CourseContent, Key, Lesson, Reflection, Step, Term, Unit};
use proptest::prelude::*;
use text::{Source, Text};

use super::{CourseFolder, Files, WriteError, generated, read, write};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_course_is_the_same_after_its_way_through_a_folder(folder in generated::folder()) {
        let files = write(&folder).unwrap();
        let back = read(&files);
        prop_assert_eq!(back.as_ref(), Ok(&folder));
        prop_assert_eq!(write(&back.unwrap()).unwrap(), files);
    }

    /// Line ends of a Windows check-out mean nothing; a body's own do.
    #[test]
    fn a_folder_that_went_through_windows_is_the_same(folder in generated::folder()) {
        let files = write(&folder).unwrap();
        let is_text = |path: &str| !path.starts_with("media/");
        let has_own = |bytes: &[u8]| bytes.contains(&b'\r');
        prop_assume!(!files.iter().any(|(path, bytes)| is_text(path) && has_own(bytes)));
        let of_windows: Files = files.iter().map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
            (path.clone(), if is_text(path) { text.into_bytes() } else { bytes.clone() })
        }).collect();
        prop_assert_eq!(read(&of_windows), Ok(folder));
    }
}

fn small() -> CourseFolder {
    let lathe = super::media_names::hash(b"lathe");
    let lesson = Lesson {
        key: Key::from("lathe"),
        title: Text::markdown("vi", "Máy tiện").with("en", Source::markdown("The lathe")),
        minutes: 12,
        body: Text::markdown(
            "vi",
            format!("Rút [[chuck-key]].\n\n![Máy tiện](media:{lathe}.png)"),
        )
        .with("en", Source::html("<p>Take the chuck key out.</p>")),
        reflections: vec![Reflection {
            key: Key::from("habit"),
            prompt: Text::markdown("vi", "Bạn đặt chìa ở đâu?"),
        }],
        ..Lesson::default()
    };
    let content = CourseContent {
        title: Text::markdown("vi", "An toàn"),
        units: vec![Unit {
            key: Key::from("machines"),
            title: Text::markdown("vi", "Máy"),
            steps: vec![Step::Lesson(lesson)],
            ..Unit::default()
        }],
        glossary: vec![Term {
            key: Key::from("chuck-key"),
            term: Text::markdown("vi", "chìa vặn mâm cặp"),
            ..Term::default()
        }],
        ..CourseContent::default()
    };
    CourseFolder {
        key: Key::from("safety"),
        content: content.tidied(),
        assessments: Default::default(),
        media: [("lathe.png".to_owned(), b"lathe".to_vec())].into(),
    }
}

/// The form that authors see, in full.
#[test]
fn a_small_course_as_a_folder() {
    let files = write(&small()).unwrap();
    let shown: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .collect();
    let expected = [
        (
            "01-machines/lathe.en.html",
            "+++\ntitle = \"The lathe\"\n+++\n\n<p>Take the chuck key out.</p>\n",
        ),
        (
            "01-machines/lathe.vi.md",
            "+++\ntitle = \"Máy tiện\"\nminutes = 12\n\n[[reflections]]\nkey = \"habit\"\n\n[reflections.prompt]\n\
             vi = \"Bạn đặt chìa ở đâu?\"\n+++\n\nRút [[chuck-key]].\n\n![Máy tiện](media/lathe.png)\n",
        ),
        (
            "01-machines/unit.toml",
            "steps = [\"lathe\"]\n\n[title]\nvi = \"Máy\"\n",
        ),
        (
            "course.toml",
            "key = \"safety\"\nlanguage = \"vi\"\nunits = [\"machines\"]\n\n[title]\nvi = \"An toàn\"\n",
        ),
        (
            "glossary.toml",
            "[[terms]]\nkey = \"chuck-key\"\n\n[terms.term]\nvi = \"chìa vặn mâm cặp\"\n",
        ),
        ("media/lathe.png", "lathe"),
    ];
    assert_eq!(shown, expected);
    assert_eq!(read(&files), Ok(small()));
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut CourseFolder), expected: WriteError) {
        let mut folder = small();
        change(&mut folder);
        assert_eq!(write(&folder), Err(expected));
    }
    check(
        |folder| folder.content.units[0].key = Key::from("../../etc"),
        WriteError::BadKey(Key::from("../../etc")),
    );
    check(
        |folder| folder.content.units[0].key = Key::from("lathe"),
        WriteError::DuplicateKey(Key::from("lathe")),
    );
    check(
        |folder| folder.content.title = Text::default(),
        WriteError::UnknownLanguage(String::new()),
    );
    check(
        |folder| folder.content.units[0].title = Text::markdown("fr", "Machines"),
        WriteError::UnknownLanguage("fr".to_owned()),
    );
    check(
        |folder| {
            let step = course::AssessmentStep {
                key: Key::from("final"),
                ..Default::default()
            };
            folder.content.units[0].steps.push(Step::Assessment(step));
        },
        WriteError::MissingDraft(Key::from("final")),
    );
    check(
        |folder| {
            folder.media.insert("../lathe.png".to_owned(), Vec::new());
        },
        WriteError::BadMediumName("../lathe.png".to_owned()),
    );
}
