//! The editor of a course, filled from its draft.

use std::sync::Arc;

use app::course::authoring::{AtWork, State};
use course::{Framework, Order, Step, Term, Unit, UnitCompletion};
use ui::{
    Frame,
    page::course_editor::{CourseEditor, EditedStep, EditedTerm, EditedUnit},
};

use super::{
    competencies,
    fields::{fields_of, licence_fields, needs},
    head,
};
use crate::rendered::plain;

/// The editor's page.
pub(super) fn editor(frame: Frame, course: &AtWork, frameworks: &[Arc<Framework>]) -> CourseEditor {
    let (content, language) = (&course.content, frame.t.language());
    let is_read = course.state != State::NeverPublished && !content.is_closed && !course.is_archived;
    CourseEditor {
        head: head(&frame, course, "edit"),
        notice: None,
        revision: course.revision,
        title: fields_of("title", &content.title),
        summary: fields_of("summary", &content.summary),
        original: content.default_language().to_owned(),
        licence: licence_fields("licence", content.licence.as_ref()),
        order: match content.order {
            Order::Free => "free",
            Order::InSequence => "in_sequence",
            Order::AfterPassing => "after_passing",
        },
        is_closed: content.is_closed,
        units: content
            .units
            .iter()
            .map(|unit| {
                let name = format!("unit_{}", unit.key);
                EditedUnit {
                    key: unit.key.to_string(),
                    name: plain(&unit.title, language),
                    title: fields_of(&format!("{name}_title"), &unit.title),
                    summary: fields_of(&format!("{name}_summary"), &unit.summary),
                    needs: needs(content, &unit.key, &unit.requires, language),
                    percent: percent(unit),
                    steps: unit.steps.iter().map(|step| edited(step, &frame)).collect(),
                }
            })
            .collect(),
        terms: content
            .glossary
            .iter()
            .map(|term| edited_term(term, &frame))
            .collect(),
        new_term: EditedTerm {
            key: String::new(),
            name: String::new(),
            term: fields_of("new_term_word", &text::Text::default()),
            explanation: fields_of("new_term_explanation", &text::Text::default()),
        },
        competencies: competencies::fields("competencies", &content.competencies, frameworks, language),
        frameworks: competencies::options(frameworks, language),
        is_archived: course.is_archived,
        readers_path: match is_read {
            true => format!("/courses/{}", course.key),
            false => String::new(),
        },
        frame,
    }
}

fn percent(unit: &Unit) -> String {
    match unit.completion {
        UnitCompletion::All => String::new(),
        UnitCompletion::Share { percent } => percent.to_string(),
    }
}

fn edited(step: &Step, frame: &Frame) -> EditedStep {
    let title = plain(step.title(), frame.t.language());
    EditedStep {
        key: step.key().to_string(),
        is_quiz: step.as_assessment().is_some(),
        title: match step {
            Step::Assessment(_) if title.is_empty() => frame.t.get("course-assessment").into_owned(),
            _ => title,
        },
        minutes: step.as_lesson().map_or(0, |lesson| lesson.minutes),
    }
}

fn edited_term(term: &Term, frame: &Frame) -> EditedTerm {
    let name = format!("term_{}", term.key);
    EditedTerm {
        key: term.key.to_string(),
        name: plain(&term.term, frame.t.language()),
        term: fields_of(&format!("{name}_word"), &term.term),
        explanation: fields_of(&format!("{name}_explanation"), &term.explanation),
    }
}
