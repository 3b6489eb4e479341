use text::{Source, Text};

use crate::content::{
    AssessmentCompletion, AssessmentStep, CourseContent, FileKind, FileNotice, Lesson, LessonCompletion,
    Licence, Order, Reflection, Step, Term, UnitCompletion,
};
use crate::draft_check::check as check_course;
use crate::draft_problem::ProblemKind;
use crate::key::Key;
use crate::limits;
use crate::testing::{assessment_step, course, lesson, true_false, unit};

fn sound() -> CourseContent {
    course(vec![
        unit("one", vec![lesson("a"), lesson("b")]),
        unit("two", vec![lesson("c"), assessment_step("final")]),
    ])
}

// Code, place and what is named, the place as unit/step/part@language.
fn told(content: &CourseContent) -> Vec<String> {
    let problems = check_course(content);
    let told = problems.iter().map(|problem| {
        let at = &problem.at;
        let keys = [&at.unit, &at.step, &at.part].map(|key| key.as_ref().map_or("", Key::as_str));
        let keys = keys.join("/");
        let language = at.language.as_ref().map(|language| format!("@{language}"));
        let place = format!("{}{}", keys.trim_end_matches('/'), language.unwrap_or_default());
        let question = problem.of_question.map(|kind| kind.key().to_owned());
        let named = question.unwrap_or_else(|| problem.named.clone());
        assert_eq!(problem.is_grave, problem.kind.is_grave());
        [problem.code(), place.as_str(), named.as_str()]
            .join(" ")
            .trim_end()
            .to_owned()
    });
    told.collect()
}

#[track_caller]
fn check(change: impl FnOnce(&mut CourseContent), expected: &[&str]) {
    let mut content = sound();
    change(&mut content);
    assert_eq!(told(&content), expected);
}

#[track_caller]
fn check_lesson(change: impl FnOnce(&mut Lesson), expected: &[&str]) {
    check(|content| change(first_lesson(content)), expected);
}

fn first_lesson(content: &mut CourseContent) -> &mut Lesson {
    match &mut content.units[0].steps[0] {
        Step::Lesson(lesson) => lesson,
        Step::Assessment(_) => panic!("a lesson"),
    }
}

fn vi(words: &str) -> Text {
    Text::markdown("vi", words)
}

#[test]
fn a_sound_course_has_no_problem() {
    check(|_| {}, &[]);
}

#[test]
fn codes_are_unique() {
    let mut codes: Vec<&str> = ProblemKind::ALL.iter().map(|kind| kind.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ProblemKind::ALL.len());
    assert!(codes.iter().all(|code| code.starts_with("CRS-")));
}

#[test]
fn titles() {
    check(|content| content.title = Text::default(), &["CRS-NO-TITLE"]);
    check(|content| content.units[0].title = vi(" "), &["CRS-NO-TITLE one"]);
    check_lesson(|lesson| lesson.title = Text::default(), &["CRS-NO-TITLE one/a"]);
    let long = "x".repeat(limits::TITLE_LETTERS + 1);
    check_lesson(|lesson| lesson.title = vi(&long), &["CRS-TITLE-LENGTH one/a"]);
    check(
        |content| {
            content.glossary = vec![Term {
                key: Key::from("t"),
                ..Term::default()
            }];
        },
        &["CRS-NO-TITLE //t"],
    );
    check_lesson(
        |lesson| {
            lesson.reflections = vec![Reflection {
                key: Key::from("r"),
                ..Reflection::default()
            }];
        },
        &["CRS-NO-TITLE one/a/r"],
    );
}

#[test]
fn keys() {
    check(
        |content| content.units[1].key = Key::from("a"),
        &["CRS-DUPLICATE-KEY a a"],
    );
    check_lesson(|lesson| lesson.key = Key::from("A b"), &["CRS-KEY one/A b A b"]);
    check_lesson(
        |lesson| lesson.checks = vec![true_false("c"), true_false("c"), true_false("")],
        &["CRS-DUPLICATE-KEY one/a/c c", "CRS-KEY one/a"],
    );
    let term = |key: &str| Term {
        key: Key::from(key),
        term: vi("t"),
        ..Term::default()
    };
    check(
        |content| content.glossary = vec![term("t"), term("t")],
        &["CRS-DUPLICATE-KEY //t t"],
    );
}

#[test]
fn requirements() {
    let keys = |keys: &[&str]| keys.iter().map(|key| Key::from(*key)).collect::<Vec<_>>();
    check_lesson(
        |lesson| lesson.requires = keys(&["gone"]),
        &["CRS-REQUIREMENT one/a gone"],
    );
    check(
        |content| content.units[1].requires = keys(&["one", "gone"]),
        &["CRS-REQUIREMENT two gone"],
    );
    check_lesson(|lesson| lesson.requires = keys(&["a"]), &["CRS-CYCLE one/a a"]);
    check(
        |content| {
            content.order = Order::AfterPassing;
            first_lesson(content).requires = keys(&["b"]);
        },
        &["CRS-CYCLE one/a a, b"],
    );
}

#[test]
fn what_there_is_at_least_and_at_most() {
    check(|content| content.units.clear(), &["CRS-NO-LESSON"]);
    check(|content| content.units[0].steps.clear(), &["CRS-EMPTY-UNIT one"]);
    check_lesson(|lesson| lesson.body = vi(" "), &["CRS-EMPTY-LESSON one/a"]);
    check_lesson(
        |lesson| {
            lesson.checks = (0..=limits::BLOCKS)
                .map(|number| true_false(&format!("c{number}")))
                .collect()
        },
        &["CRS-TOO-MANY one/a"],
    );
    check(
        |content| {
            content.units = (0..=limits::UNITS)
                .map(|number| unit(&format!("u{number}"), vec![lesson(&format!("l{number}"))]))
                .collect();
        },
        &["CRS-TOO-MANY"],
    );
}

#[test]
fn languages_and_translations() {
    check(
        |content| content.units[0].title = vi("Máy").with("fr", Source::markdown("Machines")),
        &["CRS-LANGUAGE one@fr"],
    );
    check(
        |content| content.title = Text::markdown("fr", "Sécurité"),
        &["CRS-LANGUAGE @fr"],
    );
    check(
        |content| {
            content.units.truncate(1);
            content.units[0].steps.truncate(1);
            content.title = vi("An toàn").with("de", Source::markdown("Sicherheit"));
            let lesson = first_lesson(content);
            lesson.title = vi("Máy").with("de", Source::markdown("Maschine"));
            lesson.checks = vec![true_false("c")];
        },
        &[
            "CRS-TRANSLATION one@de",
            "CRS-TRANSLATION one/a@de",
            "CRS-TRANSLATION one/a/c@de",
        ],
    );
}

#[test]
fn words() {
    check_lesson(
        |lesson| lesson.body = vi(&"x ".repeat(40_000)),
        &["CRS-TEXT-LENGTH one/a@vi", "CRS-READING-LOAD one/a 32768"],
    );
    check_lesson(|lesson| lesson.body = vi(&"x ".repeat(1_500)), &[]);
    check_lesson(
        |lesson| lesson.body = vi(&"x ".repeat(1_501)),
        &["CRS-READING-LOAD one/a 1501"],
    );
    check_lesson(|lesson| lesson.minutes = 21, &["CRS-READING-LOAD one/a"]);
    check_lesson(
        |lesson| lesson.body = vi("<script>x</script>"),
        &["CRS-UNSAFE one/a@vi"],
    );
    check_lesson(
        |lesson| lesson.body = vi("[x](b.md) [[gone]]\n\n{{check gone}}"),
        &[
            "CRS-LINK one/a@vi b.md",
            "CRS-LINK one/a@vi {{check gone}}",
            "CRS-LINK one/a@vi [[gone]]",
        ],
    );
    check_lesson(
        |lesson| lesson.body = vi(":::steps\nx"),
        &["CRS-PROCEDURE one/a@vi"],
    );
    check_lesson(
        |lesson| {
            lesson.checks = vec![true_false("c")];
            lesson.body = vi("{{check c}}\n\n{{check c}}");
        },
        &["CRS-REPEATED-BLOCK one/a@vi {{check c}}"],
    );
    let picture = format!("![](media:{}.png)", "a".repeat(64));
    check_lesson(|lesson| lesson.body = vi(&picture), &["CRS-ALTERNATIVE one/a@vi"]);
    check_lesson(
        |lesson| lesson.body = vi("![x](https://a.vn/x.png)"),
        &["CRS-HIDDEN-PICTURE one/a@vi"],
    );
}

#[test]
fn files() {
    let file = |kind| FileNotice {
        medium: "a".repeat(64),
        kind,
        title: vi("Tiện trục"),
        ..FileNotice::default()
    };
    let with =
        |file: FileNotice, expected: &[&str]| check_lesson(|lesson| lesson.files = vec![file], expected);
    with(file(FileKind::Attachment), &[]);
    with(file(FileKind::Video), &["CRS-CAPTIONS one/a Tiện trục"]);
    with(file(FileKind::Sound), &["CRS-TRANSCRIPT one/a Tiện trục"]);
    let untitled = |kind| FileNotice {
        title: Text::default(),
        ..file(kind)
    };
    with(untitled(FileKind::Attachment), &["CRS-FILE-TITLE one/a"]);
    with(untitled(FileKind::Picture), &[]);
    let mut wrong = file(FileKind::Video);
    wrong.captions.insert("vi".to_owned(), "captions.vtt".to_owned());
    with(wrong, &["CRS-FILE one/a captions.vtt"]);
    let licensed = FileNotice {
        licence: Some(Licence::default()),
        ..file(FileKind::Attachment)
    };
    with(licensed, &["CRS-LICENCE one/a"]);
}

#[test]
fn licences() {
    check(|content| content.licence = None, &["CRS-LICENCE"]);
    check_lesson(
        |lesson| {
            lesson.licence = Some(Licence {
                identifier: "CC0-1.0".to_owned(),
                ..Licence::default()
            });
        },
        &["CRS-LICENCE one/a"],
    );
}

#[test]
fn rules_of_completion_can_be_met() {
    let rule = |completion| check_rule(completion, &[]);
    rule(LessonCompletion::Read);
    check_rule(LessonCompletion::Watched, &["CRS-NO-VIDEO one/a"]);
    check_rule(LessonCompletion::Passed { percent: 50 }, &["CRS-NO-CHECK one/a"]);
    check_lesson(
        |lesson| {
            lesson.checks = vec![true_false("c")];
            lesson.completion = LessonCompletion::Passed { percent: 101 };
        },
        &["CRS-PERCENT one/a"],
    );
    check(
        |content| content.units[0].completion = UnitCompletion::Share { percent: 0 },
        &["CRS-PERCENT one"],
    );
    check(
        |content| {
            content.units[1].steps[1] = Step::Assessment(AssessmentStep {
                key: Key::from("final"),
                completion: AssessmentCompletion::Passed { percent: 0 },
                ..AssessmentStep::default()
            });
        },
        &["CRS-NO-ASSESSMENT two/final", "CRS-PERCENT two/final"],
    );
}

#[track_caller]
fn check_rule(completion: LessonCompletion, expected: &[&str]) {
    check_lesson(|lesson| lesson.completion = completion, expected);
}

#[test]
fn questions() {
    check_lesson(
        |lesson| {
            let mut check = true_false("c");
            check.item.stem = Text::default();
            lesson.checks = vec![check];
        },
        &["CRS-QUESTION one/a/c question-without-text"],
    );
    check_lesson(
        |lesson| {
            let mut check = true_false("c");
            check.item.feedback = vi("<script></script>\n\n![](x)");
            lesson.checks = vec![check];
        },
        &["CRS-UNSAFE one/a/c@vi", "CRS-HIDDEN-PICTURE one/a/c@vi"],
    );
}
