//! `GET /`: the front page, which is also our target_link_uri when somebody opens it by itself. Beside it the small files
//! that browsers, platforms and search engines ask for by fixed names.

use actix_web::{HttpRequest, HttpResponse, http::header, web::ServiceConfig};
use app::{Code, Error};
use ui::{Frame, Language};

use crate::{
    pairs::Pairs,
    problem::{Problem, language_of},
    response, server,
};

const ROBOTS: &str =
    "User-agent: *\nDisallow: /administration\nDisallow: /lti/\nDisallow: /s/\nDisallow: /sign-in\n";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/").get(show))
        .service(server::address("/icon.svg").get(icon))
        .service(server::address("/favicon.ico").get(icon))
        .service(server::address("/robots.txt").get(robots));
}

async fn show(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let language = Language::find(query.get("language")).unwrap_or_else(|| language_of(&request));
    let page = ui::page::Home {
        frame: Frame::open(language, |other| format!("/?language={}", other.tag())).offering_sign_in(),
    };
    Ok(response::page(&page, &[]))
}

async fn icon() -> Result<HttpResponse, Problem> {
    let asset = ui::find_asset(&ui::asset("mark.svg"))
        .ok_or_else(|| Error::refused(Code::NotFound, "there is no icon"))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .insert_header((header::CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"))
        .content_type(asset.content_type)
        .body(asset.bytes.as_slice()))
}

async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .content_type("text/plain")
        .body(ROBOTS)
}
