//! `GET|POST /s/{session}/administration/keys`: our signing keys, and the one
//! button: a new key, or the platforms asked again.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    key_report::{self, Acceptance, Page, Platform, State},
    platform_keys,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, format,
    page::administration::{self as pages, KeyRow, KeyState, Next, Outcome, PlatformCard},
};

use crate::{
    administration::name_of,
    problem::Problem,
    response, server,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        server::address("/s/{session}/administration/keys")
            .get(show)
            .post(rotate),
    );
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    render(&request, &app, **time_zone, &session_id, false).await
}

async fn rotate(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    key_report::rotate(&app, sent.visitor).await?;
    render(&request, &app, **time_zone, &sent.session_id, true).await
}

async fn render(
    request: &HttpRequest,
    app: &App,
    time_zone: Tz,
    session_id: &str,
    wished: bool,
) -> Result<HttpResponse, Problem> {
    let page = key_report::page(app, visitor::reader(request, session_id)).await?;
    let origins = page.session.platform_origins.clone();
    let frame = visitor::frame(&page.session, request);
    let page = page_of(frame, &page, wished, app.address("/lti/jwks"), time_zone);
    Ok(response::page(&page, &origins))
}

fn page_of(frame: Frame, page: &Page, wished: bool, key_set_url: String, time_zone: Tz) -> pages::Keys {
    let (t, report) = (frame.t, &page.report);
    let moment = |at: DateTime<Utc>| format::moment(t, at, report.now, time_zone);
    let held_up = page.others > 0 || report.held_up_by().next().is_some();
    pages::Keys {
        outcome: match (wished, held_up) {
            (false, _) => Outcome::Nothing,
            (true, true) => Outcome::HeldUp,
            (true, false) => Outcome::Accepted,
        },
        keys: report
            .keys
            .iter()
            .map(|key| KeyRow {
                id: key.id.clone(),
                state: match key.state {
                    State::Published => KeyState::Published,
                    State::Signing(since) => KeyState::Signing(moment(since)),
                    State::Retiring(until) => KeyState::Retiring(moment(until)),
                },
                made_at: moment(key.created_at),
                platforms: format::number(t, key.platforms as f64),
            })
            .collect(),
        platforms: report
            .platforms
            .iter()
            .map(|platform| card(platform, &moment))
            .collect(),
        others: page.others,
        next: next_of(page, held_up, &moment),
        key_set_url,
        frame,
    }
}

fn next_of(page: &Page, held_up: bool, moment: &impl Fn(DateTime<Utc>) -> String) -> Next {
    let keys = &page.report.keys;
    let published = keys.iter().any(|key| key.state == State::Published);
    let withdrawn = keys.iter().find_map(|key| match key.state {
        State::Retiring(until) => Some(until),
        _ => None,
    });
    match withdrawn {
        _ if held_up => Next::AskAgain,
        _ if !page.may_rotate => Next::NotHere,
        _ if published => Next::AskAgain,
        Some(until) => Next::Wait(moment(until)),
        None => Next::Rotate(page.report.next_at.map(moment).unwrap_or_default()),
    }
}

fn card(platform: &Platform, moment: &impl Fn(DateTime<Utc>) -> String) -> PlatformCard {
    let registration = &platform.registration;
    PlatformCard {
        id: registration.id.clone(),
        name: name_of(&registration.platform_name, &registration.issuer),
        issuer: registration.issuer.clone(),
        key_id: platform.key_id.clone(),
        acceptance: match platform.acceptance {
            Acceptance::Only => pages::Acceptance::Only,
            Acceptance::Proven(_) => pages::Acceptance::Proven,
            Acceptance::Waiting => pages::Acceptance::Waiting,
            Acceptance::Refused => pages::Acceptance::Refused,
            Acceptance::RefusedBoth => pages::Acceptance::RefusedBoth,
            Acceptance::Unreachable => pages::Acceptance::Unreachable,
            Acceptance::Off => pages::Acceptance::Off,
        },
        detail: platform.detail.clone(),
        tried_at: platform.tried_at.map(moment).unwrap_or_default(),
        own_keys: platform
            .key_set_at
            .map(|at| (moment(at), moment(at + platform_keys::SERVES))),
    }
}
