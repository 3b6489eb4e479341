//! `/s/{session}/learning…`: the courses and the account of a learner who came from no platform, and what a device kept
//! of a guest (`/s/{session}/courses/{course}/device_progress`).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION},
    },
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    course::OpenCourse,
    learner::{self, Begun},
    learner_code,
};
use chrono_tz::Tz;
use text::Text;
use ui::{
    Frame, Language, format,
    page::learner::{self as pages, BegunCourse, OtherCourse},
};

use crate::{
    learner::{DELETED, ENTRANCE, return_code_page},
    problem::Problem,
    rendered::plain,
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/learning";
    config
        .service(address(base).get(show))
        .service(address(format!("{base}/account")).get(account))
        .service(address(format!("{base}/stay")).post(stay))
        .service(address(format!("{base}/return-code")).post(renew))
        .service(address(format!("{base}/data.json")).get(export))
        .service(address(format!("{base}/delete")).post(delete))
        .service(address("/s/{session}/courses/{course}/device_progress").post(take_over));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let home = learner::home(&app, visitor::reader(&request, &session_id)).await?;
    let language = visitor::session_language(&home.session, &request);
    let frame = visitor::frame(&home.session, &request);
    let now = app.clock().now();
    let seen = |begun: &Begun| format::moment(frame.t, begun.seen_at, now, **zone);
    let page = pages::Learning {
        until: home.session.expires_at.to_rfc3339(),
        begun: home
            .begun
            .iter()
            .map(|begun| begun_course(begun, &frame, language, seen(begun)))
            .collect(),
        others: home
            .others
            .iter()
            .map(|course| other_course(course, &frame, language))
            .collect(),
        frame,
    };
    Ok(response::page(&page, &[]))
}

fn begun_course(begun: &Begun, frame: &Frame, language: Language, seen: String) -> BegunCourse {
    let course = &begun.course;
    let path = path_of(course, frame);
    let step = begun.next.as_ref().and_then(|key| course.content.step(key));
    BegunCourse {
        key: course.key.clone(),
        title: plain(&course.content.title, language),
        language: other_language(&course.content.title, language),
        percent: percent(begun.share),
        is_complete: begun.is_complete,
        next: step.map(|step| (format!("{path}/{}", step.key()), plain(step.title(), language))),
        seen,
        path,
    }
}

/// Rounded down, so that only what is whole is 100.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0 + 1e-9).floor() as u32
}

fn other_course(course: &OpenCourse, frame: &Frame, language: Language) -> OtherCourse {
    OtherCourse {
        key: course.key.clone(),
        path: path_of(course, frame),
        title: plain(&course.content.title, language),
        language: other_language(&course.content.title, language),
        lessons: course.content.lessons().count(),
        minutes: course.content.minutes(),
    }
}

fn path_of(course: &OpenCourse, frame: &Frame) -> String {
    format!("{}/courses/{}", frame.prefix(), course.key)
}

/// The tag of the language in which a text stands, where it is not the page's.
fn other_language(text: &Text, language: Language) -> String {
    let found = text.in_language(language.tag()).map_or("", |(tag, _)| tag);
    if found == language.tag() {
        String::new()
    } else {
        found.to_owned()
    }
}

async fn account(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    account_page(&request, &app, **zone, &session_id, false).await
}

async fn account_page(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    is_unsure: bool,
) -> Result<HttpResponse, Problem> {
    let account = learner::account(app, visitor::reader(request, session_id)).await?;
    let frame = visitor::frame(&account.session, request);
    let page = pages::Account {
        has_code: account.has_code,
        is_bound: account.is_bound,
        until: format::moment(frame.t, account.session.expires_at, account.now, zone),
        stays: account.stays,
        is_unsure,
        frame,
    };
    let status = if is_unsure {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(response::page_with(status, &page, &[]))
}

async fn stay(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let session = learner::stay(&app, sent.visitor).await?;
    Ok(response::see_other(&format!("/s/{}/learning", session.id)))
}

async fn renew(request: HttpRequest, app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session, code) = learner_code::renew(&app, sent.visitor).await?;
    let language = visitor::session_language(&session, &request);
    Ok(return_code_page(
        &app,
        language,
        code,
        format!("/s/{}/learning", session.id),
    ))
}

async fn export(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let data = learner::export(&app, visitor::reader(&request, &session_id)).await?;
    let pretty = serde_json::to_string_pretty(&data)
        .map_err(|error| Problem(app::Error::Internal(format!("no JSON: {error}"))))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"taynghe.json\""))
        .body(pretty))
}

async fn delete(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    if sent.form.get("sure") != "1" {
        learner::demand(&app, sent.visitor).await?;
        return account_page(&request, &app, **zone, &sent.session_id, true).await;
    }
    learner::delete(&app, sent.visitor).await?;
    Ok(response::see_other(&format!("{ENTRANCE}?{DELETED}=1")))
}

async fn take_over(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (_, course) = path.into_inner();
    let progress = sent.form.get("progress").to_owned();
    let taken = learner::take_over(&app, sent.visitor, course, progress).await?;
    let back = format!("/s/{}/courses/{}", taken.session.id, taken.course);
    let answer = response::see_other(&back);
    Ok(response::framed(answer, &taken.session.platform_origins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_whole_is_a_hundred() {
        let check = |share: f64, expected: u32| assert_eq!(percent(share), expected, "{share}");
        check(0.0, 0);
        check(0.29, 29);
        check(0.999, 99);
        check(1.0, 100);
        check(2.0, 100);
        check(f64::NAN, 0);
    }
}
