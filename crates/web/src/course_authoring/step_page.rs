//! The editor of a step, filled from its draft.

use std::sync::Arc;

use actix_web::HttpRequest;
use app::{
    App, Code,
    course::authoring::{self, AtWork, Opened},
};
use course::{
    AssessmentCompletion, CompetencyTag, FileKind, FileNotice, Framework, Key, LANGUAGES, Lesson,
    LessonCompletion, Step,
};
use ui::{
    Frame,
    page::course_editor::{
        CaptionsOf, CompetencyFields, EditedCheck, EditedFile, EditedReflection, StepBody, StepEditor,
        StepRule,
    },
};

use super::{
    competencies,
    fields::{fields_of, language_name, licence_fields, needs},
    head,
    questions::kind,
};
use crate::{
    problem::Problem,
    rendered::{block, plain},
    visitor,
};

/// The title of the quiz of a step; empty for a lesson.
pub(super) async fn quiz_title(
    app: &App,
    request: &HttpRequest,
    opened: &Opened,
    key: &Key,
) -> Result<String, Problem> {
    let step = opened.course.content.step(key).and_then(Step::as_assessment);
    let Some(step) = step else {
        return Ok(String::new());
    };
    let visitor = visitor::reader(request, &opened.session.id);
    let title = authoring::quiz_title(app, visitor, step.assessment.clone()).await?;
    let language = visitor::session_language(&opened.session, request);
    Ok(title.map(|title| plain(&title, language)).unwrap_or_default())
}

/// The editor's page.
///
/// # Errors
/// `WEB-NOT-FOUND` for a step that the course does not have.
pub(super) fn editor(
    frame: Frame,
    course: &AtWork,
    frameworks: &[Arc<Framework>],
    key: &Key,
    quiz: String,
) -> Result<StepEditor, Problem> {
    let content = &course.content;
    let step = content.step(key);
    let step = step.ok_or_else(|| Problem::new(Code::NotFound, "the course has no such step"))?;
    let head = head(&frame, course, "");
    let language = frame.t.language();
    let (rule, percent) = rule(step);
    let pictures = format!("{}/media", frame.prefix());
    let tags = |name: &str, tags: &[CompetencyTag]| competencies::fields(name, tags, frameworks, language);
    Ok(StepEditor {
        path: format!("{}/lessons/{key}", head.path),
        preview_path: format!("{}/authoring/preview/{}/{key}", frame.prefix(), course.key),
        files_path: format!("{}/files", head.path),
        notice: None,
        revision: course.revision,
        key: key.to_string(),
        name: match plain(step.title(), language) {
            name if name.is_empty() => quiz.clone(),
            name => name,
        },
        title: fields_of("title", step.title()),
        needs: needs(content, key, step.requires(), language),
        rule,
        percent: percent.map(|percent| percent.to_string()).unwrap_or_default(),
        competencies: match step {
            Step::Lesson(lesson) => tags("competencies", &lesson.competencies),
            Step::Assessment(step) => tags("competencies", &step.competencies),
        },
        frameworks: competencies::options(frameworks, language),
        body: step.as_lesson().map(|lesson| StepBody {
            terms: (content.glossary.iter())
                .map(|term| (term.key.to_string(), plain(&term.term, language)))
                .collect(),
            ..body(lesson, &frame, &pictures, &tags)
        }),
        quiz,
        head,
        frame,
    })
}

fn rule(step: &Step) -> (StepRule, Option<u32>) {
    match step {
        Step::Lesson(lesson) => match lesson.completion {
            LessonCompletion::Read => (StepRule::Read, None),
            LessonCompletion::Watched => (StepRule::Watched, None),
            LessonCompletion::Passed { percent } => (StepRule::Passed, Some(percent)),
        },
        Step::Assessment(step) => match step.completion {
            AssessmentCompletion::Submitted => (StepRule::Submitted, None),
            AssessmentCompletion::Passed { percent } => (StepRule::Passed, Some(percent)),
        },
    }
}

fn body(
    lesson: &Lesson,
    frame: &Frame,
    pictures: &str,
    tags: &dyn Fn(&str, &[CompetencyTag]) -> CompetencyFields,
) -> StepBody {
    let check = |check: &course::Check| EditedCheck {
        key: check.key.to_string(),
        stem: block(&check.item.stem, frame.t.language()).with_media_at(pictures),
        kind: kind(frame.t, &check.item),
        competencies: tags(&format!("check_{}_competencies", check.key), &check.competencies),
    };
    let reflection = |one: &course::Reflection| EditedReflection {
        key: one.key.to_string(),
        prompt: fields_of(&format!("reflection_{}", one.key), &one.prompt),
    };
    StepBody {
        minutes: match lesson.minutes {
            0 => String::new(),
            minutes => minutes.to_string(),
        },
        text: fields_of("body", &lesson.body),
        licence: licence_fields("licence", lesson.licence.as_ref()),
        checks: lesson.checks.iter().map(check).collect(),
        reflections: lesson.reflections.iter().map(reflection).collect(),
        new_reflection: fields_of("new_reflection", &text::Text::default()),
        files: lesson
            .files
            .iter()
            .map(|file| edited_file(file, frame, pictures))
            .collect(),
        terms: Vec::new(),
    }
}

fn edited_file(file: &FileNotice, frame: &Frame, pictures: &str) -> EditedFile {
    let name = format!("file_{}", file.medium);
    let captions = |tag: &&str| CaptionsOf {
        tag: (*tag).to_owned(),
        language: language_name(tag),
        path: match file.captions.get(*tag) {
            Some(hash) => format!("{pictures}/{hash}"),
            None => String::new(),
        },
    };
    EditedFile {
        hash: file.medium.clone(),
        kind: frame
            .t
            .get(match file.kind {
                FileKind::Picture => "editor-file-picture",
                FileKind::Sound => "editor-file-sound",
                FileKind::Video => "editor-file-video",
                FileKind::Attachment => "editor-file-attachment",
            })
            .into_owned(),
        path: format!("{pictures}/{}", file.medium),
        block: format!("{{{{file media:{}}}}}", file.medium),
        title: fields_of(&format!("{name}_title"), &file.title),
        is_video: file.kind == FileKind::Video,
        is_heard: matches!(file.kind, FileKind::Video | FileKind::Sound),
        captions: LANGUAGES.iter().map(captions).collect(),
        transcript: fields_of(&format!("{name}_transcript"), &file.transcript),
        licence: licence_fields(&format!("{name}_licence"), file.licence.as_ref()),
    }
}
