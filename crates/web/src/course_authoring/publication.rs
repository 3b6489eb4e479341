//! The check, publishing, the versions, and the way back to an older one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use app::{
    App, Code,
    course::{
        CourseCode,
        authoring::{self, Publishing, State, VersionEntry},
    },
};
use chrono_tz::Tz;
use ui::{
    format,
    page::course_editor::{PublishPage, VersionLine, VersionsPage},
};

use super::{CoursePath, StepPath, go_to, head, place, problems, words};
use crate::{
    pairs::Pairs,
    problem::{Problem, status_of},
    response, visitor,
};

/// What is told on the page of the check.
#[derive(Default)]
struct Told {
    is_refused: bool,
    is_changed: bool,
    note: String,
}

pub(super) async fn check(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
) -> Result<HttpResponse, Problem> {
    show(&request, &app, &path.0, &path.1, Told::default(), StatusCode::OK).await
}

async fn show(
    request: &HttpRequest,
    app: &App,
    session_id: &str,
    key: &str,
    told: Told,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let checked = authoring::checked(app, visitor::reader(request, session_id), key.to_owned()).await?;
    let frame = visitor::frame(&checked.session, request);
    let head = head(&frame, &checked.course, "publish");
    let content = &checked.course.content;
    let in_words = |is_grave: bool| {
        let found = checked
            .problems
            .iter()
            .filter(|problem| problem.is_grave == is_grave);
        found
            .map(|problem| problems::in_words(frame.t, content, problem, &head.path))
            .collect()
    };
    let page = PublishPage {
        revision: checked.course.revision,
        grave: in_words(true),
        mild: in_words(false),
        is_refused: told.is_refused,
        is_changed: told.is_changed,
        is_published: matches!(checked.course.state, State::Published(_)),
        has_former: checked.course.state != State::NeverPublished,
        note: told.note,
        head,
        frame,
    };
    Ok(response::page_with(
        status,
        &page,
        &checked.session.platform_origins,
    ))
}

pub(super) async fn publish(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let revision = sent.form.get("revision").parse();
    let revision = revision.map_err(|_| Problem::new(Code::Form, "a revision is a number"))?;
    let (note, moves) = (sent.form.get("note").to_owned(), sent.form.get("moves") == "yes");
    let (session, publishing) =
        authoring::publish(&app, sent.visitor, key.clone(), revision, note.clone(), moves).await?;
    let told = match publishing {
        Publishing::Published(number) => {
            let place = format!("{}/versions?published={number}", place(&session, &key));
            return Ok(go_to(&session, &place));
        }
        Publishing::Nothing => Told::default(),
        Publishing::NotReady => Told {
            is_refused: true,
            note,
            ..Told::default()
        },
        Publishing::Changed => Told {
            is_changed: true,
            note,
            ..Told::default()
        },
    };
    let status = match (told.is_refused, told.is_changed) {
        (true, _) => status_of(Code::Course(CourseCode::NotReady)),
        (_, true) => status_of(Code::Conflict),
        _ => StatusCode::OK,
    };
    show(&request, &app, &session_id, &key, told, status).await
}

pub(super) async fn versions(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: CoursePath,
) -> Result<HttpResponse, Problem> {
    let published = Pairs::of_query(&request)?.get("published").parse().ok();
    list(
        &request,
        &app,
        **zone,
        &path.0,
        &path.1,
        published,
        StatusCode::OK,
    )
    .await
}

async fn list(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    key: &str,
    published: Option<i64>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let found = authoring::versions(app, visitor::reader(request, session_id), key.to_owned()).await?;
    let frame = visitor::frame(&found.session, request);
    let (t, now) = (frame.t, app.clock().now());
    let head = head(&frame, &found.course, "versions");
    let line = |version: &VersionEntry| VersionLine {
        number: version.number,
        path: format!("{}/versions/{}", head.path, version.number),
        note: version.note.clone(),
        at: format::moment(t, version.at, now, zone),
        who: words::who(&version.who),
        is_current: version.is_current,
        moves: version.moves_readers,
    };
    let page = VersionsPage {
        versions: found.versions.iter().map(line).collect(),
        published,
        is_refused: status != StatusCode::OK,
        readers_path: match found.course.content.is_closed || found.course.is_archived {
            true => String::new(),
            false => format!("/courses/{}", found.course.key),
        },
        head,
        frame,
    };
    Ok(response::page_with(
        status,
        &page,
        &found.session.platform_origins,
    ))
}

pub(super) async fn roll_back(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: StepPath,
    sent: visitor::Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, number) = path.into_inner();
    let number = number.parse();
    let number = number.map_err(|_| Problem::new(Code::NotFound, "a version is a number"))?;
    let (note, moves) = (sent.form.get("note").to_owned(), sent.form.get("moves") == "yes");
    let (session, publishing) =
        authoring::roll_back(&app, sent.visitor, key.clone(), number, note, moves).await?;
    let place = place(&session, &key);
    Ok(match publishing {
        Publishing::Published(number) => go_to(&session, &format!("{place}/versions?published={number}")),
        Publishing::NotReady => {
            let status = status_of(Code::Course(CourseCode::NotReady));
            list(&request, &app, **zone, &session_id, &key, None, status).await?
        }
        Publishing::Changed | Publishing::Nothing => go_to(&session, &format!("{place}/versions")),
    })
}

// Somebody reloads, or changes the language of, a page that the form answered.
pub(super) async fn to_versions(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(&request, &path.0);
    let opened = authoring::open(&app, visitor, path.1.clone(), None).await?;
    let place = place(&opened.session, &opened.course.key);
    Ok(go_to(&opened.session, &format!("{place}/versions")))
}
