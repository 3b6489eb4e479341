//! A question or a whole quiz of the organisation is taken into a course.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use app::{
    App, Code,
    assessment::Entry,
    course::authoring::{self, Change, Opened, QuizQuestions, Saving},
};
use assessment::{Interaction, Item, SlotId};
use course::{AssessmentStep, Check, CourseContent, Key, Step};
use std::collections::BTreeMap;
use text::Text;
use ui::{
    Texts, format,
    page::{
        course_editor::{FoundQuestion, FoundQuiz, QuestionsPage, QuizzesPage},
        quiz::kind_words,
    },
};

use super::{
    CoursePath, StepPath, course_form::is_taken, fields::new_key, go_to, head, place, step_form::step_mut,
};
use crate::{
    media,
    pairs::Pairs,
    problem::Problem,
    rendered::{block, plain},
    response, visitor,
};

pub(super) async fn quizzes(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let visitor = visitor::reader(&request, &path.0);
    let opened = authoring::open(&app, visitor.clone(), path.1.clone(), None).await?;
    let search = query.get("q").trim().to_owned();
    let found = authoring::quizzes(&app, visitor, search.clone()).await?;
    let frame = visitor::frame(&opened.session, &request);
    let unit = Key::from(query.get("unit"));
    let content = &opened.course.content;
    let unit = content.unit(&unit).or_else(|| content.units.last());
    let t = frame.t;
    let quiz = |entry: Entry| FoundQuiz {
        title: plain(&entry.title, t.language()),
        questions: format::count_range(t, entry.questions),
        most_questions: entry.questions.1,
        id: entry.id,
    };
    let head = head(&frame, &opened.course, "");
    let page = QuizzesPage {
        path: format!("{}/quizzes", head.path),
        unit: unit.map(|unit| unit.key.to_string()).unwrap_or_default(),
        unit_title: unit
            .map(|unit| plain(&unit.title, t.language()))
            .unwrap_or_default(),
        search,
        quizzes: found.into_iter().map(quiz).collect(),
        head,
        frame,
    };
    Ok(response::page(&page, &opened.session.platform_origins))
}

pub(super) async fn take_quiz(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let reader = visitor::reader(&request, &path.0);
    let opened = authoring::open(&app, reader.clone(), path.1.clone(), None).await?;
    let chosen = sent.form.get("assessment").to_owned();
    let title = authoring::quiz_title(&app, reader, chosen.clone()).await?;
    let title = title.ok_or_else(|| Problem::new(Code::NotFound, "no such published quiz"))?;
    let unit = Key::from(sent.form.get("unit"));
    let add = |content: &mut CourseContent| {
        let words = first_words(&title);
        let key = new_key(&words, "quiz", |key| is_taken(content, key));
        let place = content.units.iter().position(|known| known.key == unit);
        let unit = content.units.get_mut(place?)?;
        unit.steps.push(Step::Assessment(AssessmentStep {
            key,
            assessment: chosen.clone(),
            ..AssessmentStep::default()
        }));
        Some(())
    };
    let place = save(&app, sent, opened, add).await?;
    Ok(place.answer(&format!("?saved=1#unit-{unit}")))
}

fn first_words(title: &Text) -> String {
    let words = title.in_language(&title.default_language);
    words
        .map(|(_, source)| text::to_plain(source))
        .unwrap_or_default()
}

pub(super) async fn questions(
    request: HttpRequest,
    app: Data<App>,
    path: StepPath,
) -> Result<HttpResponse, Problem> {
    let search = Pairs::of_query(&request)?.get("q").trim().to_owned();
    let visitor = visitor::reader(&request, &path.0);
    let opened = authoring::open(&app, visitor.clone(), path.1.clone(), None).await?;
    let step = Key::from(path.2.as_str());
    let lesson = opened.course.content.step(&step).and_then(Step::as_lesson);
    let lesson = lesson.ok_or_else(|| Problem::new(Code::NotFound, "the course has no such lesson"))?;
    let (found, more) = authoring::questions(&app, visitor, search.clone()).await?;
    let frame = visitor::frame(&opened.session, &request);
    let head = head(&frame, &opened.course, "");
    let lesson_path = format!("{}/lessons/{step}", head.path);
    let pictures = media::place(&path.0);
    let quiz = |quiz: QuizQuestions| {
        let questions = quiz.questions.into_iter().map(|(slot, item)| FoundQuestion {
            assessment: quiz.assessment_id.clone(),
            slot: slot.to_string(),
            stem: block(&item.stem, frame.t.language()).with_media_at(&pictures),
            kind: kind(frame.t, &item),
        });
        (plain(&quiz.title, frame.t.language()), questions.collect())
    };
    let page = QuestionsPage {
        path: format!("{lesson_path}/questions"),
        lesson: plain(&lesson.title, frame.t.language()),
        lesson_path,
        search,
        quizzes: found.into_iter().map(quiz).collect(),
        more,
        head,
        frame: frame.clone(),
    };
    Ok(response::page(&page, &opened.session.platform_origins))
}

/// The type of a question in words.
pub(super) fn kind(t: Texts, item: &Item) -> String {
    match &item.interaction {
        Interaction::SingleChoice(_) => t.get("quiz-kind-single").into_owned(),
        Interaction::MultipleChoice(_) => t.get("quiz-kind-several").into_owned(),
        Interaction::TrueFalse(_) => t.get("quiz-kind-true-false").into_owned(),
        other => kind_words(t, other.type_name()),
    }
}

pub(super) async fn take_question(
    request: HttpRequest,
    app: Data<App>,
    path: StepPath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let reader = visitor::reader(&request, &path.0);
    let opened = authoring::open(&app, reader.clone(), path.1.clone(), None).await?;
    let (assessment, slot) = (
        sent.form.get("assessment").to_owned(),
        SlotId::from(sent.form.get("slot")),
    );
    let item = authoring::question(&app, reader, assessment, slot).await?;
    let step = Key::from(path.2.as_str());
    let add = |content: &mut CourseContent| {
        let Some(Step::Lesson(lesson)) = step_mut(content, &step) else {
            return None;
        };
        let start: String = first_words(&item.stem).chars().take(24).collect();
        lesson.checks.push(Check {
            key: new_key(&start, "check", |key| lesson.check(key).is_some()),
            item: item.clone(),
            competencies: Vec::new(),
        });
        Some(())
    };
    let place = save(&app, sent, opened, add).await?;
    Ok(place.answer(&format!("/lessons/{step}?saved=1#checks")))
}

/// Where a course is written that was changed just now.
struct Changed {
    session: app::session::Session,
    key: String,
}

impl Changed {
    fn answer(&self, rest: &str) -> HttpResponse {
        go_to(
            &self.session,
            &format!("{}{rest}", place(&self.session, &self.key)),
        )
    }
}

// What somebody else saves in this moment is merged with as everywhere; one more member of a list is no conflict.
async fn save(
    app: &App,
    sent: visitor::Sent,
    opened: Opened,
    add: impl FnOnce(&mut CourseContent) -> Option<()>,
) -> Result<Changed, Problem> {
    let base = opened.course.content;
    let mut content = base.clone();
    add(&mut content).ok_or_else(|| Problem::new(Code::NotFound, "no such place in the course"))?;
    let change = Change {
        base: Some(base),
        content,
        choices: BTreeMap::new(),
        seen_revision: None,
        is_autosave: false,
    };
    let answer = authoring::save(app, sent.visitor, opened.course.key, change).await?;
    match answer.saving {
        Saving::Saved(_) => Ok(Changed {
            session: answer.session,
            key: answer.course.key,
        }),
        Saving::Conflict(_) => Err(Problem::new(Code::Conflict, "somebody else saved in this moment")),
    }
}
