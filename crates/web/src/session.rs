//! "Not me": ends a session.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Path, ServiceConfig},
};
use app::{App, session};

use crate::{pairs::Form, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::resource("/s/{session}/not-me")
            .route(web::post().to(end))
            .default_service(web::to(server::other_method)),
    );
}

async fn end(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let ended = session::end(&app, visitor).await?;
    let page = ui::page::login::Ended {
        frame: ui::Frame::bare(visitor::session_language(&ended, &request)),
    };
    Ok(response::page(&page, &ended.platform_origins))
}
