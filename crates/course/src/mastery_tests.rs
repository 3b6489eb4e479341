use chrono::{DateTime, Utc};

use crate::competency::Frameworks;
use crate::content::{CompetencyTag, CourseContent, Lesson, Step};
use crate::key::Key;
use crate::mastery::{BestTry, Level, Tagged, coverage, mastery, unknown_tags};
use crate::progress::{Done, What};
use crate::testing::{assessment_step, course, plain_lesson, true_false, unit};

fn tag(code: &str) -> CompetencyTag {
    CompetencyTag {
        framework: "digcomp-2.2".to_owned(),
        code: code.to_owned(),
    }
}

// One lesson with three questions, the last with a tag of its own; a lesson to read alone; a quiz.
fn content() -> CourseContent {
    let mut own = true_false("own");
    own.competencies = vec![tag("4.2")];
    let lesson = Lesson {
        checks: vec![true_false("one"), true_false("two"), own],
        competencies: vec![tag("4.1")],
        ..plain_lesson("devices")
    };
    let to_read = Lesson {
        competencies: vec![tag("4.3")],
        ..plain_lesson("health")
    };
    let mut quiz = assessment_step("quiz");
    if let Step::Assessment(step) = &mut quiz {
        step.competencies = vec![tag("4.2")];
    }
    let mut content = course(vec![unit(
        "all",
        vec![Step::Lesson(lesson), Step::Lesson(to_read), quiz],
    )]);
    content.competencies = vec![tag("4")];
    content
}

fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn done(step: &str, what: What) -> Done {
    Done {
        step: Key::from(step),
        what,
        at: at(),
    }
}

fn tried(check: &str, fraction: f64) -> BestTry {
    BestTry {
        lesson: Key::from("devices"),
        check: Key::from(check),
        fraction,
        at: at(),
    }
}

#[test]
fn lessons_questions_and_quizzes_stand_for_competencies() {
    let covered = coverage(&content());
    let check = |code: &str, expected: &[Tagged]| {
        assert_eq!(
            covered.get(&tag(code)).map_or(&[][..], Vec::as_slice),
            expected,
            "{code}"
        );
    };
    let of = |check: &str| Tagged::Check {
        lesson: Key::from("devices"),
        check: Key::from(check),
    };
    check("4", &[Tagged::Course]);
    check(
        "4.1",
        &[Tagged::Lesson(Key::from("devices")), of("one"), of("two")],
    );
    check("4.2", &[of("own"), Tagged::Assessment(Key::from("quiz"))]);
    check("4.3", &[Tagged::Lesson(Key::from("health"))]);
    check("4.4", &[]);
}

#[test]
fn results_prove_and_reading_alone_does_not() {
    #[track_caller]
    fn check(dones: &[Done], tries: &[BestTry], code: &str, level: Level, tried: usize, evidence: usize) {
        let found = mastery(&content(), dones, tries)
            .remove(&tag(code))
            .unwrap_or_default();
        assert_eq!(
            (found.level, found.tried, found.evidence.len()),
            (level, tried, evidence),
            "{code}"
        );
    }
    let read = [done("devices", What::Read), done("health", What::Read)];
    check(&[], &[], "4.1", Level::NotBegun, 0, 0);
    check(&read, &[], "4.1", Level::InWork, 0, 1);
    check(&read, &[], "4.3", Level::InWork, 0, 1);
    check(&read, &[tried("one", 1.0)], "4.1", Level::InWork, 1, 2);
    check(
        &[],
        &[tried("one", 1.0), tried("two", 0.6)],
        "4.1",
        Level::Mastered,
        2,
        2,
    );
    check(
        &[],
        &[tried("one", 1.0), tried("two", 0.59)],
        "4.1",
        Level::InWork,
        2,
        2,
    );
    check(&[], &[tried("own", 1.0)], "4.1", Level::NotBegun, 0, 0);
    let submitted = [done("quiz", What::Submitted { percent: 60.0 })];
    check(&submitted, &[tried("own", 1.0)], "4.2", Level::Mastered, 2, 2);
    check(&submitted, &[], "4.2", Level::InWork, 1, 1);
    check(&read, &[tried("one", 1.0)], "4", Level::NotBegun, 0, 0);
}

#[test]
fn tags_that_name_nothing_are_told() {
    let unknown = unknown_tags(&content(), Frameworks(&[]));
    assert_eq!(unknown, [tag("4"), tag("4.1"), tag("4.2"), tag("4.3")]);
}

#[test]
fn a_question_of_an_older_version_has_no_tags() {
    let written = serde_json::to_value(true_false("one")).unwrap_or_default();
    assert!(written.get("competencies").is_none(), "{written}");
}
