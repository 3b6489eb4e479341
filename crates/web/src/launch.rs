//! `POST /lti/launch` and `GET /lti/jwks`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};
use app::{
    App, Code,
    launch::{self, Destination, Post},
};

use crate::{cookies, limits::Limits, pairs::Form, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/lti/launch")
                .route(web::post().to(accept))
                .route(web::get().to(opened_by_hand))
                .default_service(web::to(server::other_method)),
        )
        .service(
            web::resource("/lti/jwks")
                .route(web::get().to(key_set))
                .default_service(web::to(server::other_method)),
        );
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
    };
    let accepted = launch::accept(&app, post).await?;
    limits.login_finished(visitor::address_of(&request), app.clock().now());
    let page = match accepted.destination {
        Destination::Activity => "",
        Destination::Picker => "picker",
    };
    let mut answer = response::see_other(&format!("/s/{}/{page}", accepted.session_id));
    cookies::set(&mut answer, &accepted.spent_cookie, "", 0);
    if let Some(secret) = accepted.new_browser_secret {
        cookies::set_browser(&mut answer, &secret);
    }
    Ok(response::framed(answer, &accepted.platform_origins))
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
