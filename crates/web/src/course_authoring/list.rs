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
    format,
    page::course_editor::{CourseLine, CourseList},
};

use super::{go_to, place, state};
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
    let search = Pairs::of_query(&request)?.get("q").trim().to_owned();
    show(&request, &app, **zone, &session_id, search, StatusCode::OK).await
}

async fn show(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    search: String,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let found = authoring::list(app, visitor::reader(request, session_id), search.clone()).await?;
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
        return show(&request, &app, **zone, &sent.session_id, String::new(), status).await;
    }
    let created = authoring::create(&app, sent.visitor, title, language).await?;
    Ok(go_to(&created.session, &place(&created.session, &created.key)))
}
