//! `/s/{session}/authoring/preview/…`: a lesson as readers will see it, made of what an
//! editor's form says now. Nothing is stored; questions can be tried as readers try
//! them.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload, ServiceConfig},
};
use app::{
    App, Code,
    course::{
        OpenCourse,
        authoring::{self, Opened},
    },
    media as files,
    session::Session,
};
use course::{CourseContent, Key};
use ui::{
    Language, Texts,
    page::course::{Lesson, LessonRule, LessonStudy},
};

use super::{CoursePath, StepPath, go_to, place, step_form};
use crate::{
    course::{Place, lesson_at},
    media,
    multipart::read_sheet,
    pairs::{LARGEST_DRAFT_FORM, Pairs},
    problem::Problem,
    response,
    server::address,
    visitor,
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/authoring/preview/{course}").get(to_editor))
        .service(address("/s/{session}/authoring/preview/{course}/media/{file}").get(file))
        .service(
            address("/s/{session}/authoring/preview/{course}/{step}")
                .get(saved)
                .post(typed),
        );
}

// The way back from a lesson leads to its editor.
async fn to_editor(request: HttpRequest, app: Data<App>, path: CoursePath) -> Result<HttpResponse, Problem> {
    let opened = authoring::open(&app, visitor::reader(&request, &path.0), path.1.clone(), None).await?;
    Ok(go_to(&opened.session, &place(&opened.session, &path.1)))
}

async fn file(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(&request, &path.0);
    let found = files::open(&app, visitor, media::hash_in(&path.2)).await?;
    let address = format!("{}/{}", media::place(&found.session.id), path.2);
    Ok(go_to(&found.session, &address))
}

async fn saved(request: HttpRequest, app: Data<App>, path: StepPath) -> Result<HttpResponse, Problem> {
    let opened = authoring::open(&app, visitor::reader(&request, &path.0), path.1.clone(), None).await?;
    let content = opened.course.content.clone();
    show(&request, &opened, content, &path.2, &Pairs::default())
}

// The editor's form with its words, or the form of a lesson whose question is tried.
async fn typed(
    request: HttpRequest,
    app: Data<App>,
    path: StepPath,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let sheet = read_sheet(&request, payload.into_inner(), LARGEST_DRAFT_FORM).await?;
    let revision = sheet.pairs.get("revision").parse().ok();
    let sender = visitor::sender(&request, &path.0, &sheet.pairs)?;
    let opened = authoring::open_for_form(&app, sender, path.1.clone(), revision).await?;
    let mut content = opened
        .base
        .clone()
        .unwrap_or_else(|| opened.course.content.clone());
    step_form::apply(&sheet.pairs, &mut content, &Key::from(path.2.as_str()), false);
    show(&request, &opened, content, &path.2, &sheet.pairs)
}

fn show(
    request: &HttpRequest,
    opened: &Opened,
    content: CourseContent,
    step: &str,
    sent: &Pairs,
) -> Result<HttpResponse, Problem> {
    let page = page(request, &opened.session, &opened.course.key, content, step, sent)?;
    Ok(response::page(&page, &opened.session.platform_origins))
}

fn page(
    request: &HttpRequest,
    session: &Session,
    key: &str,
    content: CourseContent,
    step: &str,
    sent: &Pairs,
) -> Result<Lesson, Problem> {
    let query = Pairs::of_query(request)?;
    let asked = [query.get("language"), sent.get("preview_language")];
    let chosen = asked.into_iter().find_map(Language::find);
    let language = chosen.unwrap_or_else(|| visitor::session_language(session, request));
    let course = OpenCourse {
        key: key.to_owned(),
        version_id: String::new(),
        number: 0,
        content,
    };
    let preview = format!("/s/{}/authoring/preview/{key}", session.id);
    let mut frame = visitor::frame(session, request);
    frame.t = Texts::for_language(language);
    // the course is read in each language, and leaving is no part of it
    frame.clear_ways_out();
    let place = Place {
        frame,
        language,
        course: preview.clone(),
        keeps_answers_back: false,
    };
    let page = lesson_at(&place, &course, &Key::from(step), sent);
    let page = page.ok_or_else(|| Problem::new(Code::NotFound, "the course has no such lesson"))?;
    Ok(Lesson {
        course_path: format!("/s/{}/authoring/courses/{key}/lessons/{step}", session.id),
        previous: None,
        next: None,
        study: Some(LessonStudy {
            is_recorded: false,
            is_done: false,
            rule: LessonRule::Read,
            quiz_path: String::new(),
            teaches: true,
            reflections: BTreeMap::new(),
            is_saved: false,
        }),
        ..page
    })
}
