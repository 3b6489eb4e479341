//! `GET /healthz`: the process answers. `GET /readyz`: the database answers, too.

use actix_web::{
    HttpResponse,
    web::{self, Data, ServiceConfig},
};
use app::App;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/healthz").route(web::get().to(alive)))
        .service(web::resource("/readyz").route(web::get().to(ready)));
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

async fn ready(app: Data<App>) -> HttpResponse {
    if app.is_ready().await {
        HttpResponse::Ok().content_type("text/plain").body("ready\n")
    } else {
        HttpResponse::ServiceUnavailable()
            .content_type("text/plain")
            .body("the database does not answer\n")
    }
}
