//! `GET|POST /lti/login`: third-party initiated login.

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{Method, StatusCode},
    web::{self, Data, ServiceConfig},
};
use app::{
    App, Code,
    launch_way::Way,
    login::{self, Answer, BrowserFacts, Offer, StateCookie},
};

use ui::{
    Frame,
    page::login::{Here, HiddenField, NewWindow},
};

use crate::{
    cookies,
    limits::Limits,
    pairs::{Form, Pairs, RepeatingForm},
    parked_launch,
    problem::{Problem, language_of},
    response::{self, FormTargets},
    server, visitor,
};

/// Marks the way back from the cookie probe.
const PROBED: &str = "probed";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/lti/login").get(begin).post(begin))
        .service(server::address("/lti/login/here").post(prepare));
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
        in_frame: visitor::is_in_frame(&request),
        probed,
    };
    let address = visitor::address_of(&request);
    if !limits.may_begin_login(address, app.clock().now()) {
        return Err(too_many());
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
        Answer::Choose {
            fields,
            offer,
            platform_origins,
            form_targets,
        } => {
            let mut answer = response::page(&choice(fields, offer, request), &platform_origins);
            // Browsers check where a form's redirects lead, too.
            answer.extensions_mut().insert(FormTargets(form_targets));
            answer
        }
        Answer::Redirect {
            address,
            state_cookie,
            new_browser_secret,
            in_frame,
        } => {
            let mut answer = response::redirect(StatusCode::FOUND, address.as_str());
            set_cookies(
                &mut answer,
                &state_cookie,
                new_browser_secret.as_deref(),
                in_frame,
            );
            answer
        }
    }
}

fn set_cookies(
    answer: &mut HttpResponse,
    state_cookie: &StateCookie,
    new_browser_secret: Option<&str>,
    in_frame: bool,
) {
    let seconds = u32::try_from(login::LIFETIME.num_seconds()).unwrap_or(u32::MAX);
    cookies::set(answer, &state_cookie.name, &state_cookie.value, seconds);
    if let Some(secret) = new_browser_secret {
        cookies::set_browser(answer, secret);
    }
    if in_frame {
        cookies::mark_unpartitioned(answer);
    }
}

fn choice(fields: Vec<(String, String)>, offer: Offer, request: &HttpRequest) -> NewWindow {
    let mut fields: Vec<HiddenField> = (fields.iter())
        .map(|(name, value)| HiddenField::new(name, value))
        .collect();
    fields.push(HiddenField::new(login::WAY_FIELD, Way::NewWindow.as_str()));
    NewWindow {
        frame: Frame::bare(language_of(request)),
        action: "/lti/login".to_owned(),
        window: format!("taynghe-{}", uuid::Uuid::new_v4().simple()),
        fields,
        here: Here {
            action: "/lti/login/here".to_owned(),
            at_once: offer.at_once,
            window_first: offer.window_first,
            storage: parked_launch::storage_frame(offer.platform_storage),
        },
    }
}

// For the script of that page: it keeps the secret, then it goes to the address.
async fn prepare(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_page(&request, Code::Lti(lti::Code::StaBrowser))?;
    let address = visitor::address_of(&request);
    if !limits.may_begin_login(address, app.clock().now()) {
        return Err(too_many());
    }
    let browser_secret = cookies::browser_secret(&request);
    let returning = browser_secret.is_some();
    let prepared = match login::prepare(&app, form.0.0, browser_secret).await {
        Ok(prepared) => prepared,
        Err(error) => {
            limits.login_finished(address, app.clock().now());
            return Err(error.into());
        }
    };
    let mut answer = HttpResponse::Ok().json(serde_json::json!({
        "address": prepared.address.as_str(),
        "key": prepared.storage_key,
        "secret": prepared.storage_secret,
        "returning": returning,
    }));
    set_cookies(
        &mut answer,
        &prepared.state_cookie,
        prepared.new_browser_secret.as_deref(),
        true,
    );
    Ok(response::framed(answer, &prepared.platform_origins))
}

fn too_many() -> Problem {
    Problem::new(
        Code::TooMany,
        "too many logins from this address never became a launch",
    )
}
