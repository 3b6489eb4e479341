//! "Not me", which ends a session, the language in which its pages are read,
//! and the way back to the course that it came from.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, ServiceConfig},
};
use app::{
    App, Code,
    session::{self, Session},
};
use ui::Language;

use crate::{
    learner,
    problem::Problem,
    response,
    server::address,
    sign_in,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/not-me").post(end))
        .service(address("/s/{session}/language").post(choose_language));
}

async fn end(request: HttpRequest, app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let ended = session::end(&app, sent.visitor).await?;
    if ended.role == session::Role::Administrator {
        return Ok(response::see_other(&format!(
            "/administration?{}=1",
            sign_in::SIGNED_OUT
        )));
    }
    if ended.is_account() {
        return Ok(response::see_other(&format!(
            "{}?{}=1",
            learner::ENTRANCE,
            learner::SIGNED_OUT
        )));
    }
    let page = ui::page::login::Ended {
        frame: ui::Frame::bare(visitor::session_language(&ended, &request)),
    };
    Ok(response::page(&page, &ended.platform_origins))
}

async fn choose_language(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let language = Language::find(sent.form.get("language"))
        .ok_or_else(|| Problem::new(Code::Form, "there is no such language"))?;
    let session = session::choose_language(&app, sent.visitor, language.tag().to_owned()).await?;
    let answer = response::see_other(&way_back(&session.id, sent.form.get("back")));
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

/// Where "back to the course" leads; empty when the platform told nothing of use.
///
/// In a frame the platform's own page stands around ours with its own ways, and
/// a second one would only take room from the quiz. A phone, a new window and a
/// browser that does not say where it shows us get the link, which always
/// opens in the whole window.
pub(crate) fn course_url(session: &Session, request: &HttpRequest) -> String {
    let told = session.launch.return_url.as_deref().unwrap_or_default();
    let secure = request
        .app_data::<Data<App>>()
        .is_none_or(|app| app.public_url().scheme() == "https");
    let shown_in = request
        .headers()
        .get("sec-fetch-dest")
        .and_then(|value| value.to_str().ok());
    let in_frame = matches!(shown_in, Some("iframe" | "frame" | "embed" | "object"));
    let picks = session.launch.deep_linking.is_some();
    if in_frame || picks || !leads_to(told, &session.platform_origins, secure) {
        return String::new();
    }
    told.to_owned()
}

/// Where the page of our own course lies that opened the session's quiz; empty where none did.
pub(crate) fn course_page(session: &Session) -> String {
    let page = session.launch.course_page.as_ref();
    page.map(|page| format!("/s/{}/courses/{}/{}", page.session_id, page.course, page.step))
        .unwrap_or_default()
}

// An address of the platform that is as safe on its way as ours.
fn leads_to(address: &str, origins: &[String], secure: bool) -> bool {
    lti::origin::origin(address)
        .is_some_and(|origin| origins.contains(&origin) && (!secure || origin.starts_with("https:")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_platforms_own_course_is_led_back_to() {
        #[track_caller]
        fn check(address: &str, secure: bool, expected: bool) {
            let origins = [
                "https://moodle.example".to_owned(),
                "http://campus.example".to_owned(),
            ];
            assert_eq!(leads_to(address, &origins, secure), expected, "{address:?}");
        }
        check("https://moodle.example/mod/lti/return.php?course=2", true, true);
        check("https://moodle.example/", false, true);
        check("http://campus.example/course", false, true);
        check("http://campus.example/course", true, false);
        check("http://moodle.example/", true, false);
        check("https://elsewhere.example/", true, false);
        check("https://moodle.example@elsewhere.example/", true, false);
        check("javascript:alert(1)", false, false);
        check("//moodle.example/", true, false);
        check("", true, false);
    }

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
