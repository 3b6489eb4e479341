//! `/s/{session}/authoring/…`: an instructor writes courses. Everything works by plain
//! forms; a script adds saving while one types, the preview and dragging.

mod competencies;
mod conflict;
mod course_form;
mod course_page;
mod fields;
mod files;
mod history;
mod list;
mod posted;
mod preview;
mod problems;
mod publication;
mod questions;
mod step_form;
mod step_page;
mod words;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Path, ServiceConfig},
};
use app::{
    App,
    course::authoring::{self, AtWork, State},
    session::Session,
};
use chrono_tz::Tz;
use course::Key;
use ui::{
    Frame,
    page::course_editor::{CourseState, EditorHead, EditorNotice},
};

use self::{course_form::CourseButton, posted::Posted, step_form::StepButton};
use crate::{
    pairs::Pairs,
    problem::Problem,
    rendered::plain,
    response,
    server::{self},
    visitor,
};

type CoursePath = Path<(String, String)>;
type StepPath = Path<(String, String, String)>;

pub(crate) fn routes(config: &mut ServiceConfig) {
    let resource = |page: &str| server::address(format!("/s/{{session}}/authoring/courses{page}"));
    config
        .service(resource("").get(list::list).post(list::create))
        .service(resource("/{course}").get(edit_course).post(change_course))
        .service(
            resource("/{course}/quizzes")
                .get(questions::quizzes)
                .post(questions::take_quiz),
        )
        .service(resource("/{course}/archive").post(list::archive))
        .service(resource("/{course}/copy").post(list::copy))
        .service(resource("/{course}/files").post(files::upload))
        .service(
            resource("/{course}/publish")
                .get(publication::check)
                .post(publication::publish),
        )
        .service(resource("/{course}/versions").get(publication::versions))
        .service(
            resource("/{course}/versions/{number}")
                .get(publication::to_versions)
                .post(publication::roll_back),
        )
        .service(resource("/{course}/history").get(history::history))
        .service(
            resource("/{course}/history/{revision}")
                .get(history::draft)
                .post(history::restore),
        )
        .service(
            resource("/{course}/lessons/{step}")
                .get(edit_step)
                .post(change_step),
        )
        .service(
            resource("/{course}/lessons/{step}/questions")
                .get(questions::questions)
                .post(questions::take_question),
        );
    preview::routes(config);
}

async fn edit_course(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
) -> Result<HttpResponse, Problem> {
    let opened = authoring::open(&app, visitor::reader(&request, &path.0), path.1.clone(), None).await?;
    let frame = visitor::frame(&opened.session, &request);
    let mut page = course_page::editor(frame, &opened.course, &opened.frameworks);
    page.notice = notice(&request, &opened.course, &page.frame)?;
    Ok(response::page(&page, &opened.session.platform_origins))
}

async fn change_course(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: CoursePath,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let posted = Posted::read(&request, &app, &session_id, &key, payload).await?;
    let button = CourseButton::parse(posted.pressed());
    let saved = posted
        .save(&request, &app, &zone, &|pairs, content, is_whole| {
            course_form::apply(pairs, content, is_whole);
            if is_whole {
                course_form::press(&button, content);
            }
        })
        .await?;
    saved.answer(|place| match &button {
        CourseButton::Pick(unit) => format!("{place}/quizzes?unit={unit}"),
        other => format!("{place}?saved=1{}", other.anchor()),
    })
}

async fn edit_step(request: HttpRequest, app: Data<App>, path: StepPath) -> Result<HttpResponse, Problem> {
    let (session_id, key, step) = path.into_inner();
    let opened = authoring::open(&app, visitor::reader(&request, &session_id), key, None).await?;
    let frame = visitor::frame(&opened.session, &request);
    let step = Key::new(step);
    let quiz = step_page::quiz_title(&app, &request, &opened, &step).await?;
    let mut page = step_page::editor(frame, &opened.course, &opened.frameworks, &step, quiz)?;
    page.notice = notice(&request, &opened.course, &page.frame)?;
    Ok(response::page(&page, &opened.session.platform_origins))
}

async fn change_step(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: StepPath,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, step) = path.into_inner();
    let step = Key::new(step);
    let posted = Posted::read(&request, &app, &session_id, &key, payload).await?;
    posted.demand_step(&step)?;
    let button = StepButton::parse(posted.pressed());
    let (place, refused) = (format!("/lessons/{step}"), posted.refused);
    let frameworks = posted.frameworks();
    let saved = posted
        .save(&request, &app, &zone, &|pairs, content, is_whole| {
            step_form::apply(pairs, content, &step, is_whole);
            if is_whole {
                step_form::press(&button, content, &step);
            }
        })
        .await?;
    if let (Some(code), Some((session, course))) = (refused, saved.kept()) {
        let frame = visitor::frame(session, &request);
        let texts = ui::page::problem::texts_of(frame.t, code.as_str());
        let mut page = step_page::editor(frame, course, &frameworks, &step, String::new())?;
        page.notice = Some(EditorNotice::Refused(format!(
            "{} {} ({code})",
            texts.sentence, texts.fix
        )));
        return Ok(response::page_with(
            crate::problem::status_of(code),
            &page,
            &session.platform_origins,
        ));
    }
    saved.answer(|course| match &button {
        StepButton::Question => format!("{course}{place}/questions"),
        other => format!("{course}{place}?saved=1{}", other.anchor()),
    })
}

/// What is told above a form that was opened after a save.
fn notice(request: &HttpRequest, course: &AtWork, frame: &Frame) -> Result<Option<EditorNotice>, Problem> {
    let query = Pairs::of_query(request)?;
    if query.optional("saved").is_none() {
        return Ok(None);
    }
    let merged: Vec<&str> = query.all("merged").collect();
    if merged.is_empty() {
        return Ok(Some(EditorNotice::Saved));
    }
    let named = merged
        .into_iter()
        .map(|path| words::part_at(frame.t, &course.content, path));
    Ok(Some(EditorNotice::Merged(named.collect())))
}

/// Where a course is written.
fn place(session: &Session, key: &str) -> String {
    format!("/s/{}/authoring/courses/{key}", session.id)
}

fn head(frame: &Frame, course: &AtWork, page: &'static str) -> EditorHead {
    let list_path = format!("{}/authoring/courses", frame.prefix());
    EditorHead {
        t: frame.t,
        path: format!("{list_path}/{}", course.key),
        list_path,
        course: plain(&course.content.title, frame.t.language()),
        state: state(course.state),
        page,
    }
}

fn state(state: State) -> CourseState {
    match state {
        State::NeverPublished => CourseState::Never,
        State::Published(number) => CourseState::Published(number),
        State::Changed(number) => CourseState::Changed(number),
    }
}

fn go_to(session: &Session, place: &str) -> HttpResponse {
    response::framed(response::see_other(place), &session.platform_origins)
}
