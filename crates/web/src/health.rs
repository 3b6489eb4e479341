//! `GET /healthz`: the process answers. `GET /readyz`: the database answers, too.

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig},
};
use app::App;

use crate::server;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/healthz").get(alive))
        .service(server::address("/readyz").get(ready));
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
