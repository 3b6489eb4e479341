//! "Not me", which ends a session, and the language in which its pages are read.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Path, ServiceConfig},
};
use app::{App, Code, session};
use ui::Language;

use crate::{pairs::Form, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        web::resource("/s/{session}/not-me")
            .route(web::post().to(end))
            .default_service(web::to(server::other_method)),
    );
    config.service(
        web::resource("/s/{session}/language")
            .route(web::post().to(choose_language))
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

async fn choose_language(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let language = Language::find(form.0.get("language"))
        .ok_or_else(|| Problem::new(Code::Form, "there is no such language"))?;
    let session = session::choose_language(&app, visitor, language.tag().to_owned()).await?;
    let answer = response::see_other(&way_back(&session.id, form.0.get("back")));
    Ok(response::framed(answer, &session.platform_origins))
}

/// The page that the form names when it is one of this session's, else the session's first one.
fn way_back(session_id: &str, named: &str) -> String {
    let home = format!("/s/{session_id}/");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    if named.starts_with(&home) && named.bytes().all(is_plain) && !named.contains("..") {
        named.to_owned()
    } else {
        home
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_into_its_own_session_only() {
        #[track_caller]
        fn check(named: &str, expected: &str) {
            assert_eq!(way_back("a-1", named), expected, "{named:?}");
        }
        check("/s/a-1/quizzes/b-2/edit", "/s/a-1/quizzes/b-2/edit");
        check("/s/a-1/", "/s/a-1/");
        check("", "/s/a-1/");
        check("/s/a-12/gradebook", "/s/a-1/");
        check("/s/a-1/../../administration/x", "/s/a-1/");
        check("https://elsewhere.example/s/a-1/", "/s/a-1/");
        check("//elsewhere.example/s/a-1/", "/s/a-1/");
        check("/s/a-1/\r\nx", "/s/a-1/");
    }
}
