//! `GET|POST /lti/login`: third-party initiated login.

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{Method, StatusCode, header},
    web::{self, Data, ServiceConfig},
};
use app::{
    App, Code,
    login::{self, Answer, BrowserFacts},
};

use ui::{
    Frame,
    page::login::{HiddenField, NewWindow},
};

use crate::{
    cookies,
    limits::Limits,
    pairs::{Pairs, RepeatingForm},
    problem::{Problem, language_of},
    response::{self, FormTargets},
    server, visitor,
};

/// Marks the way back from the cookie probe.
const PROBED: &str = "probed";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::resource("/lti/login")
            .route(web::get().to(begin))
            .route(web::post().to(begin))
            .default_service(web::to(server::other_method)),
    );
}

async fn begin(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let body = match *request.method() {
        Method::POST => posted(&request, payload).await?,
        _ => Pairs::default(),
    };
    let mut query = Pairs::of_query(&request)?;
    let probed = query.optional(PROBED).is_some();
    query.0.retain(|(name, _)| name != PROBED);
    let browser = BrowserFacts {
        browser_secret: cookies::browser_secret(&request),
        in_frame: request
            .headers()
            .get("sec-fetch-dest")
            .is_some_and(|destination| destination == "iframe"),
        probed,
    };
    let address = visitor::address_of(&request);
    if !limits.may_begin_login(address, app.clock().now()) {
        return Err(Problem::new(
            Code::TooMany,
            "too many logins from this address never became a launch",
        ));
    }
    let answer = login::begin(&app, query.0, body.0, browser).await;
    // Only what waits for its launch is unfinished: a probe comes back, and a refusal is counted as one.
    if !matches!(answer, Ok(Answer::Redirect { .. })) {
        limits.login_finished(address, app.clock().now());
    }
    Ok(respond(answer?, &request))
}

async fn posted(request: &HttpRequest, payload: web::Payload) -> Result<Pairs, Problem> {
    let mut payload: Payload = payload.into_inner();
    Ok(RepeatingForm::from_request(request, &mut payload).await?.0)
}

fn respond(answer: Answer, request: &HttpRequest) -> HttpResponse {
    match answer {
        Answer::Probe {
            browser_secret,
            platform_origins,
        } => {
            // 307 keeps method and body: the initiation's hints stay out of the address.
            let mark = if request.query_string().is_empty() {
                ""
            } else {
                "&"
            };
            let again = format!("/lti/login?{}{mark}{PROBED}=1", request.query_string());
            let mut answer = response::redirect(StatusCode::TEMPORARY_REDIRECT, &again);
            cookies::set_browser(&mut answer, &browser_secret);
            response::framed(answer, &platform_origins)
        }
        Answer::NewWindow {
            fields,
            platform_origins,
            form_targets,
        } => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| HiddenField { name, value });
            let page = NewWindow {
                frame: Frame::bare(language_of(request)),
                action: "/lti/login".to_owned(),
                window: format!("taynghe-{}", uuid::Uuid::new_v4().simple()),
                fields: fields.collect(),
            };
            let mut answer = response::page(&page, &platform_origins);
            // Browsers check where a form's redirects lead, too.
            answer.extensions_mut().insert(FormTargets(form_targets));
            answer
        }
        Answer::Redirect {
            address,
            state_cookie,
            new_browser_secret,
        } => {
            let mut answer = response::redirect(StatusCode::FOUND, address.as_str());
            let seconds = u32::try_from(login::LIFETIME.num_seconds()).unwrap_or(u32::MAX);
            cookies::set(&mut answer, &state_cookie.name, &state_cookie.value, seconds);
            if let Some(secret) = new_browser_secret {
                cookies::set_browser(&mut answer, &secret);
            }
            answer.headers_mut().insert(
                header::CACHE_CONTROL,
                header::HeaderValue::from_static("no-store"),
            );
            answer
        }
    }
}
