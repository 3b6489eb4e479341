//! What differs is told part by part, words line by line.

use crate::content::{CourseContent, LessonCompletion, Step};
use crate::draft_difference::{DifferenceKind, LineKind, differences, line_differences};
use crate::testing::{course, lesson, true_false, unit};

fn base() -> CourseContent {
    course(vec![
        unit("may", vec![lesson("kinh"), lesson("tay")]),
        unit("chay", vec![lesson("khoi")]),
    ])
}

#[track_caller]
fn check(change: impl Fn(&mut CourseContent), expected: &[(&str, DifferenceKind)]) {
    let mut after = base();
    change(&mut after);
    let found = differences(&base(), &after).unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|found| (found.at.path.as_str(), found.kind))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn parts_that_differ_are_named() {
    use DifferenceKind::{Added, Changed, Moved, Removed};
    let first = |c: &mut CourseContent, change: &dyn Fn(&mut crate::Lesson)| {
        if let Step::Lesson(lesson) = &mut c.units[0].steps[0] {
            change(lesson);
        }
    };
    check(|_| {}, &[]);
    check(
        |c| first(c, &|lesson| lesson.body.rewrite("vi", "vi", "Khác.".to_owned())),
        &[("steps/kinh/body/versions/vi", Changed)],
    );
    check(
        |c| first(c, &|lesson| lesson.body.rewrite("de", "vi", "Anders.".to_owned())),
        &[("steps/kinh/body/versions/de", Added)],
    );
    check(
        |c| first(c, &|lesson| lesson.minutes = 8),
        &[("steps/kinh/minutes", Changed)],
    );
    check(
        |c| {
            first(c, &|lesson| {
                lesson.completion = LessonCompletion::Passed { percent: 5 }
            })
        },
        &[("steps/kinh/completion", Added)],
    );
    check(|c| c.units.reverse(), &[("units/#order", Moved)]);
    check(
        |c| c.units[0].steps.reverse(),
        &[("units/may/steps/#order", Moved)],
    );
    check(
        |c| {
            c.units.remove(1);
        },
        &[
            ("steps/khoi", Removed),
            ("steps/khoi/body/versions/vi", Removed),
            ("steps/khoi/minutes", Removed),
            ("steps/khoi/title/versions/vi", Removed),
            ("units/chay", Removed),
            ("units/chay/title/versions/vi", Removed),
        ],
    );
    check(
        |c| first(c, &|lesson| lesson.checks.push(true_false("c1"))),
        &[
            ("steps/kinh/checks/c1", Added),
            ("steps/kinh/checks/c1/item", Added),
        ],
    );
}

#[test]
fn lines_that_differ_are_marked() {
    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str]) {
        let sign = |kind| match kind {
            LineKind::Same => " ",
            LineKind::Added => "+",
            LineKind::Removed => "-",
            LineKind::Left => "…",
        };
        let lines = line_differences(before, after);
        let lines: Vec<String> = lines
            .iter()
            .map(|line| sign(line.kind).to_owned() + &line.words)
            .collect();
        assert_eq!(lines, expected);
    }
    check("a\nb\n", "a\nc", &[" a", "-b", "+c"]);
    check("", "a", &["+a"]);
    check("a", "", &["-a"]);
    check("a\r\nb", "a\nb\n", &["…"]);
    check(
        "1\n2\n3\n4\n5\n6",
        "1\n2\n3\n4\n5\nx",
        &["…", " 4", " 5", "-6", "+x"],
    );
}
