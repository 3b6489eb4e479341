//! `GET /sign-in`: how learners sign in who come from no platform. `POST /sign-in/code` takes a one-time code, or the code
//! to return with. What fails is counted by address before it is looked at, so that guesses sent at once count all.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, ServiceConfig},
};
use app::{
    App, Code, Error, learner,
    learner_code::{self, Redeem, Redeemed},
    sign_in::{self, SignedIn},
};
use ui::{
    Frame, Language, Texts,
    page::{
        administration::ProviderButton,
        learner::{self as pages, Failure, Told},
        problem,
    },
};

use crate::{
    cookies,
    limits::Limits,
    pairs::{Form, Pairs},
    problem::{Problem, language_of, status_of},
    response, server, visitor,
};

/// Where learners sign in.
pub(crate) const ENTRANCE: &str = "/sign-in";
/// Marks the way from signing out.
pub(crate) const SIGNED_OUT: &str = "signed-out";
/// Marks the way from deleting an account.
pub(crate) const DELETED: &str = "deleted";

const BY_CODE: &str = "/sign-in/code";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address(ENTRANCE).get(show))
        .service(server::address(BY_CODE).get(to_entrance).post(redeem));
}

/// A learner who is signed in here goes on to their courses.
async fn show(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    if let Some(session) = learner::live_session(&app, cookies::browser_secret(&request)).await? {
        return Ok(response::see_other(&format!("/s/{session}/learning")));
    }
    let told = if query.optional(SIGNED_OUT).is_some() {
        Told::SignedOut
    } else if query.optional(DELETED).is_some() {
        Told::Deleted
    } else {
        Told::Nothing
    };
    let page = pages::SignIn {
        told,
        ..entrance(&app, language_in(&query, &request))
    };
    Ok(response::page(&page, &[]))
}

async fn to_entrance() -> HttpResponse {
    response::see_other(ENTRANCE)
}

async fn redeem(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    Form(form): Form,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_origin(&request)?;
    let (address, now) = (visitor::address_of(&request), app.clock().now());
    if !limits.may_try_code(address, now) {
        return Err(Problem::new(
            Code::TooMany,
            "too many codes from this address were wrong",
        ));
    }
    let language = language_in(&form, &request);
    let sent = Redeem {
        code: form.get("code").to_owned(),
        name: form.get("name").to_owned(),
        browser_secret: cookies::browser_secret(&request),
        locale: language.tag().to_owned(),
    };
    let redeemed = learner_code::redeem(&app, sent).await;
    let was_guessed_wrong = matches!(&redeemed, Err(error) if is_about_code(error.code()));
    if !was_guessed_wrong {
        limits.code_was_right(address, now);
    }
    match redeemed {
        Err(error) if was_guessed_wrong => Ok(not_taken(&app, language, &error, form.get("code"))),
        Err(error) => Err(error.into()),
        Ok(Redeemed::NeedsName {
            code,
            organisation,
            is_wrong,
        }) => {
            let page = pages::Name {
                frame: Frame::bare(language),
                code,
                organisation,
                name: form.get("name").to_owned(),
                is_wrong,
            };
            let status = if is_wrong {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            Ok(response::page_with(status, &page, &[]))
        }
        Ok(Redeemed::SignedIn {
            signed_in,
            return_code,
        }) => Ok(signed_in_answer(&app, language, &signed_in, return_code)),
    }
}

fn is_about_code(code: Code) -> bool {
    matches!(
        code,
        Code::LearnerCode | Code::LearnerCodeUsed | Code::LearnerCodeExpired
    )
}

/// The form again, with the reason at its field.
fn not_taken(app: &App, language: Language, error: &Error, typed: &str) -> HttpResponse {
    let code = error.code();
    let texts = problem::texts_of(Texts::for_language(language), code.as_str());
    let page = pages::SignIn {
        code: typed.chars().take(60).collect(),
        failure: Some(Failure {
            code: code.as_str().to_owned(),
            sentence: texts.sentence,
            fix: texts.fix,
        }),
        ..entrance(app, language)
    };
    response::page_with(status_of(code), &page, &[])
}

fn signed_in_answer(
    app: &App,
    language: Language,
    signed_in: &SignedIn,
    return_code: Option<String>,
) -> HttpResponse {
    let next = format!("/s/{}/learning", signed_in.session_id);
    let mut answer = match return_code {
        Some(code) => return_code_page(app, language, code, next),
        None => response::see_other(&next),
    };
    cookies::set_browser(&mut answer, &signed_in.browser_secret);
    answer
}

/// The page that shows a code to return with, this once.
pub(crate) fn return_code_page(app: &App, language: Language, code: String, next: String) -> HttpResponse {
    let page = pages::ReturnCode {
        frame: Frame::bare(language),
        code,
        address: app.address(ENTRANCE),
        next,
    };
    response::page(&page, &[])
}

fn entrance(app: &App, language: Language) -> pages::SignIn {
    let button = |choice: sign_in::Choice| ProviderButton {
        href: format!("/sign-in/{}/learner", choice.id),
        name: choice.name,
        organisation: choice.organisation,
    };
    pages::SignIn {
        frame: Frame::open(language, |other| format!("{ENTRANCE}?language={}", other.tag())),
        providers: sign_in::learner_choices(app).into_iter().map(button).collect(),
        code: String::new(),
        failure: None,
        told: Told::Nothing,
    }
}

fn language_in(pairs: &Pairs, request: &HttpRequest) -> Language {
    Language::find(pairs.get("language")).unwrap_or_else(|| language_of(request))
}
