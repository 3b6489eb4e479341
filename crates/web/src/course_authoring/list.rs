//! The organisation's courses: found and made.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use app::{
    App, Code,
    course::authoring::{self, Listed},
};
use chrono_tz::Tz;
use ui::{
    Texts, format,
    page::{
        course_editor::{CourseLine, CourseList},
        quiz::copy_suffix,
    },
};

use super::{CoursePath, go_to, place, state};
use crate::{
    pairs::Pairs,
    problem::{Problem, status_of},
    rendered::plain,
    response, visitor,
};

pub(super) async fn list(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let asked = Asked {
        search: query.get("q").trim().to_owned(),
        is_archive: query.optional("away").is_some(),
    };
    show(&request, &app, **zone, &session_id, asked, StatusCode::OK).await
}

/// Which courses are asked for.
#[derive(Default)]
struct Asked {
    search: String,
    is_archive: bool,
}

async fn show(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    Asked { search, is_archive }: Asked,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let found = authoring::list(
        app,
        visitor::reader(request, session_id),
        search.clone(),
        is_archive,
    )
    .await?;
    let frame = visitor::frame(&found.session, request);
    let (t, now) = (frame.t, app.clock().now());
    let path = format!("{}/authoring/courses", frame.prefix());
    let line = |course: Listed| CourseLine {
        path: format!("{path}/{}", course.key),
        title: plain(&course.title, t.language()),
        state: state(course.state),
        is_open: course.is_open,
        changed_at: format::moment(t, course.updated_at, now, zone),
    };
    let page = CourseList {
        quizzes_path: format!("{}/picker", frame.prefix()),
        courses: found.courses.into_iter().map(line).collect(),
        is_untitled: status != StatusCode::OK,
        search,
        is_archive,
        path: path.clone(),
        frame,
    };
    Ok(response::page_with(
        status,
        &page,
        &found.session.platform_origins,
    ))
}

pub(super) async fn create(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let (title, language) = (
        sent.form.get("title").to_owned(),
        sent.form.get("language").to_owned(),
    );
    if title.trim().is_empty() {
        let status = status_of(Code::Draft);
        return show(&request, &app, **zone, &sent.session_id, Asked::default(), status).await;
    }
    let created = authoring::create(&app, sent.visitor, title, language).await?;
    Ok(go_to(&created.session, &place(&created.session, &created.key)))
}

pub(super) async fn archive(
    app: Data<App>,
    path: CoursePath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let away = sent.form.get("away") != "no";
    let session = authoring::archive(&app, sent.visitor, path.1.clone(), away).await?;
    Ok(go_to(&session, &place(&session, &path.1)))
}

pub(super) async fn copy(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let session = app::session::open(&app, sent.visitor.clone()).await?;
    let t = Texts::for_language(visitor::session_language(&session, &request));
    let created = authoring::copy(&app, sent.visitor, path.1.clone(), copy_suffix(t)).await?;
    Ok(go_to(&created.session, &place(&created.session, &created.key)))
}
