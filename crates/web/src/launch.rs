//! `POST /lti/launch` and `GET /lti/jwks`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, ServiceConfig},
};
use app::{
    App, Code,
    launch::{self, Arrival, Post},
};

use crate::{cookies, limits::Limits, pairs::Form, parked_launch, problem::Problem, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/lti/launch").post(accept).get(opened_by_hand))
        .service(server::address("/lti/jwks").get(key_set));
}

async fn accept(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let field = |name: &str| form.0.optional(name).map(str::to_owned);
    let post = Post {
        id_token: field("id_token"),
        state: field("state"),
        error: field("error"),
        error_description: field("error_description"),
        cookies: cookies::all(&request),
        browser_secret: cookies::browser_secret(&request),
        in_frame: visitor::is_in_frame(&request),
        unpartitioned: cookies::is_unpartitioned(&request),
    };
    match launch::accept(&app, post).await? {
        Arrival::Accepted(accepted) => Ok(parked_launch::enter(&request, &app, &limits, accepted)),
        Arrival::Parked(parked) => Ok(parked_launch::proof_page(&request, parked)),
    }
}

async fn opened_by_hand() -> Result<HttpResponse, Problem> {
    Err(Problem::new(
        Code::Lti(lti::Code::TokFormat),
        "the launch address was opened by GET",
    ))
}

// Five minutes: whoever keeps it by this header sees a new key, and the end of a withdrawn one, soon.
async fn key_set(app: Data<App>) -> Result<HttpResponse, Problem> {
    let set = app::keys::public_key_set(&app).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(set.to_string()))
}
