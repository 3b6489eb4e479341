//! `GET /administration`: how administrators sign in. `GET /sign-in/{provider}` sends them to the college's OpenID
//! Connect provider, `GET /sign-in/{provider}/learner` sends learners; `GET /sign-in/answer` takes both back.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    sign_in::{self, Answer, Audience},
};
use ui::{Frame, Language, page::administration as pages};

use crate::{
    cookies,
    limits::Limits,
    pairs::Pairs,
    problem::{Problem, language_of},
    response, server, visitor,
};

/// Marks the way from signing out.
pub(crate) const SIGNED_OUT: &str = "signed-out";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/administration").get(show))
        .service(server::address(sign_in::ANSWER_PATH).get(finish))
        .service(server::address("/sign-in/{provider}").get(begin_as_administrator))
        .service(server::address("/sign-in/{provider}/learner").get(begin_as_learner));
}

async fn show(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let language = Language::find(query.get("language")).unwrap_or_else(|| language_of(&request));
    let choices = sign_in::choices(&app)
        .into_iter()
        .map(|choice| pages::ProviderButton {
            href: format!("/sign-in/{}", choice.id),
            name: choice.name,
            organisation: choice.organisation,
        });
    let page = pages::Entrance {
        frame: Frame::open(language, |other| {
            format!("/administration?language={}", other.tag())
        }),
        providers: choices.collect(),
        signed_out: query.optional(SIGNED_OUT).is_some(),
    };
    Ok(response::page(&page, &[]))
}

async fn begin_as_administrator(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    provider: Path<String>,
) -> Result<HttpResponse, Problem> {
    begin(&request, &app, &limits, &provider, Audience::Administrators).await
}

async fn begin_as_learner(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    provider: Path<String>,
) -> Result<HttpResponse, Problem> {
    begin(&request, &app, &limits, &provider, Audience::Learners).await
}

async fn begin(
    request: &HttpRequest,
    app: &App,
    limits: &Limits,
    provider: &str,
    audience: Audience,
) -> Result<HttpResponse, Problem> {
    let address = visitor::address_of(request);
    if !limits.may_begin_login(address, app.clock().now()) {
        return Err(Problem::new(
            Code::TooMany,
            "too many logins from this address were never finished",
        ));
    }
    let begun = sign_in::begin(app, provider, audience).await;
    if begun.is_err() {
        limits.login_finished(address, app.clock().now());
    }
    let begun = begun?;
    let mut answer = response::redirect(StatusCode::FOUND, begun.address.as_str());
    let seconds = u32::try_from(sign_in::LIFETIME.num_seconds()).unwrap_or(u32::MAX);
    cookies::set(
        &mut answer,
        &begun.state_cookie.name,
        &begun.state_cookie.value,
        seconds,
    );
    Ok(answer)
}

async fn finish(request: HttpRequest, app: Data<App>, limits: Data<Limits>) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?.once_except(|_| false)?;
    let field = |name: &str| query.optional(name).map(str::to_owned);
    let cookie_name = sign_in::state_cookie_name(query.get("state"));
    let state_cookie = cookies::all(&request)
        .into_iter()
        .find(|(name, _)| *name == cookie_name)
        .map(|(_, value)| value);
    let answer = Answer {
        state: field("state"),
        code: field("code"),
        error: field("error"),
        issuer: field("iss"),
        state_cookie,
        browser_secret: cookies::browser_secret(&request),
        locale: language_of(&request).tag().to_owned(),
    };
    let signed_in = sign_in::finish(&app, answer).await?;
    limits.login_finished(visitor::address_of(&request), app.clock().now());
    let page = match signed_in.audience {
        Audience::Administrators => "administration",
        Audience::Learners => "learning",
    };
    let mut answer = response::see_other(&format!("/s/{}/{page}", signed_in.session_id));
    cookies::set_browser(&mut answer, &signed_in.browser_secret);
    cookies::set(&mut answer, &cookie_name, "", 0);
    Ok(answer)
}
