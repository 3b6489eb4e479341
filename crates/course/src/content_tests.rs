//! Content as it is stored, and what can be asked of it.

use text::{Source, Text};

use crate::content::{
    AssessmentCompletion, CourseContent, LessonCompletion, Order, Step, Term, Unit, UnitCompletion,
};
use crate::key::Key;
use crate::testing::{assessment_step, course, lesson, plain_lesson, true_false, unit};

fn two_units() -> CourseContent {
    course(vec![
        unit("one", vec![lesson("a"), lesson("b")]),
        unit("two", vec![lesson("c"), assessment_step("final")]),
    ])
}

#[test]
fn what_is_usual_is_not_written() {
    let mut content = two_units();
    content.licence = None;
    content.units.truncate(1);
    content.units[0].steps.truncate(1);
    let json = serde_json::to_string(&content).unwrap();
    let text = |words: &str| {
        format!(
            r#"{{"default_language":"vi","versions":{{"vi":{{"format":"markdown","source":"{words}"}}}}}}"#
        )
    };
    let expected = format!(
        r#"{{"title":{},"units":[{{"key":"one","title":{},"steps":[{{"type":"lesson","key":"a","title":{},"minutes":5,"body":{}}}]}}]}}"#,
        text("An toàn"),
        text("one"),
        text("a"),
        text("Đeo kính bảo hộ.")
    );
    assert_eq!(json, expected);
    assert_eq!(serde_json::from_str::<CourseContent>(&json).unwrap(), content);
}

/// As the first courses are stored; whatever comes later must read it.
#[test]
fn stored_content_is_read_for_ever() {
    let json = r#"{"title": {"default_language": "vi", "versions": {"vi": "An toàn"}}, "order": "after_passing",
        "licence": {"identifier": "CC-BY-4.0"},
        "units": [{"key": "u", "title": {"default_language": "vi", "versions": {}}, "requires": ["x"],
          "completion": {"rule": "share", "percent": 80},
          "steps": [
            {"type": "lesson", "key": "a", "completion": {"rule": "passed", "percent": 60},
             "files": [{"medium": "0f", "kind": "video", "captions": {"vi": "0e"}}],
             "reflections": [{"key": "r"}], "competencies": [{"framework": "digcomp-2.2", "code": "4.1"}]},
            {"type": "assessment", "key": "t", "assessment": "id", "completion": {"rule": "passed", "percent": 50}}]}]}"#;
    let content: CourseContent = serde_json::from_str(json).unwrap();
    assert_eq!(content.order, Order::AfterPassing);
    assert_eq!(content.units[0].completion, UnitCompletion::Share { percent: 80 });
    let lesson = content.lessons().next().unwrap();
    assert_eq!(lesson.completion, LessonCompletion::Passed { percent: 60 });
    assert_eq!(lesson.files[0].captions["vi"], "0e");
    let step = content.steps().find_map(Step::as_assessment).unwrap();
    assert_eq!(step.completion, AssessmentCompletion::Passed { percent: 50 });
    let empty: CourseContent = serde_json::from_str("{}").unwrap();
    assert_eq!(empty, CourseContent::default());
}

#[test]
fn things_are_found_by_their_keys() {
    let content = two_units();
    let key = |key: &str| Key::from(key);
    assert_eq!(content.step(&key("b")).map(Step::key), Some(&key("b")));
    assert!(content.step(&key("one")).is_none());
    assert_eq!(
        content.unit_of(&key("c")).map(|unit| &unit.key),
        Some(&key("two"))
    );
    assert!(content.unit(&key("c")).is_none());
    assert_eq!(content.minutes(), 15);
}

#[test]
fn a_part_of_a_course_is_a_course() {
    #[track_caller]
    fn check(key: &str, expected: Option<&[&str]>) {
        let narrowed = two_units().narrowed(&Key::from(key));
        let steps = narrowed.map(|content| {
            let keys = content.steps().map(|step| step.key().to_string());
            keys.collect::<Vec<_>>()
        });
        assert_eq!(
            steps,
            expected.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect())
        );
    }
    check("two", Some(&["c", "final"]));
    check("c", Some(&["c"]));
    check("x", None);
}

#[test]
fn languages_are_those_in_which_something_is_written() {
    let mut content = two_units();
    content.glossary = vec![Term {
        key: Key::from("t"),
        term: Text::markdown("en", "chuck").with("fr", Source::markdown(" ")),
        ..Term::default()
    }];
    let mut with_check = plain_lesson("d");
    with_check.checks = vec![true_false("c")];
    with_check.checks[0].item.feedback = Text::markdown("de", "Ja.");
    content.units[0].steps.push(Step::Lesson(with_check));
    assert_eq!(
        content.languages().into_iter().collect::<Vec<_>>(),
        ["de", "en", "vi"]
    );
}

#[test]
fn a_tidied_course_has_one_default_language() {
    let mut content = two_units();
    content.units[0].title = Text::markdown("en", "One");
    content.units[0].summary.default_language = "vi".to_owned();
    let tidied = content.clone().tidied();
    assert_eq!(tidied.units[0].title.default_language, "vi");
    assert_eq!(tidied.units[0].summary, Text::default());
    assert_eq!(tidied.clone().tidied(), tidied);
    let untitled = CourseContent {
        title: Text {
            default_language: "de".to_owned(),
            versions: Default::default(),
        },
        units: vec![Unit::default()],
        ..CourseContent::default()
    };
    assert_eq!(untitled.tidied().default_language(), "de");
}
