//! What is wrong with a draft, in words, with the way to where it can be mended.

use course::{CourseContent, DraftPart, PartOf, Place, Problem};
use ui::{
    Texts,
    page::{course_editor::CourseProblem, quiz::problem_text},
};

use super::{fields::language_name, words};

/// A hash says nothing to people.
const HASH_LETTERS: usize = 64;

/// A problem in words; `place` is where the course is written.
pub(super) fn in_words(t: Texts, content: &CourseContent, problem: &Problem, place: &str) -> CourseProblem {
    let code = problem.code();
    let mut text = t
        .get(&format!("editor-problem-{}", code.to_ascii_lowercase()))
        .into_owned();
    if let Some(kind) = problem.of_question {
        text = format!("{text} {}", problem_text(t, kind.key()));
    }
    if !problem.named.is_empty() && problem.named.len() != HASH_LETTERS {
        text = format!("{text} ({})", problem.named);
    }
    CourseProblem {
        code: code.to_owned(),
        place: place_in_words(t, content, &problem.at),
        text,
        path: path(content, &problem.at, place),
    }
}

fn place_in_words(t: Texts, content: &CourseContent, at: &Place) -> String {
    let of = match (&at.step, &at.unit, &at.part) {
        (Some(step), _, _) => PartOf::Step(step.to_string()),
        (None, Some(unit), _) => PartOf::Unit(unit.to_string()),
        (None, None, Some(term)) => PartOf::Term(term.to_string()),
        (None, None, None) => PartOf::Course,
    };
    let part = DraftPart {
        of,
        ..DraftPart::default()
    };
    let mut place = words::part(t, &[content], &part);
    if let Some(language) = &at.language {
        let name = language_name(language);
        place = if place.is_empty() {
            name
        } else {
            format!("{place} · {name}")
        };
    }
    place
}

fn path(content: &CourseContent, at: &Place, place: &str) -> String {
    let (Some(step), part) = (&at.step, &at.part) else {
        return match (&at.unit, &at.part) {
            (Some(unit), _) => format!("{place}#unit-{unit}"),
            (None, Some(term)) => format!("{place}#term-{term}"),
            (None, None) => format!("{place}#about"),
        };
    };
    let lesson = content.step(step).and_then(course::Step::as_lesson);
    let anchor = match (part, &at.language, lesson) {
        (Some(part), _, Some(lesson)) if lesson.check(part).is_some() => format!("#check-{part}"),
        (Some(part), _, _) => format!("#reflection-{part}"),
        (None, Some(language), Some(_)) => format!("#body_{language}"),
        (None, _, _) => String::new(),
    };
    format!("{place}/lessons/{step}{anchor}")
}
