//! `GET /static/…`: styles, scripts and pictures under addresses that carry a hash of their content.

use actix_web::{HttpRequest, HttpResponse, http::header, web::ServiceConfig};
use app::{Code, Error};

use crate::{problem::Problem, server};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(server::address("/static/{name}").get(send));
}

async fn send(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asset =
        ui::find_asset(request.path()).ok_or_else(|| Error::refused(Code::NotFound, "no such file"))?;
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .is_some_and(|etag| etag == asset.etag.as_str());
    let mut answer = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    answer
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, asset.etag.as_str()))
        .content_type(asset.content_type);
    Ok(if known {
        answer.finish()
    } else {
        answer.body(asset.bytes.as_slice())
    })
}
