//! How a failure becomes an answer: the only table from a code to an HTTP
//! status, and the rendering as a page or as `application/problem+json` (RFC 9457).

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use app::{Code, Error, course::CourseCode, media::FileCode, sign_in::OpenIdCode};
use assessment::Code as Attempt;
use lti::Code as Lti;
use ui::Language;

use crate::response::{self, Framing};

/// A failure on its way to the reader. Handlers return it; the middleware renders it.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) Error);

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Problem {
    /// A refusal that concerns the request itself.
    pub(crate) fn new(code: Code, detail: &str) -> Self {
        Self(Error::refused(code, detail))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status_of(self.0.code())
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The HTTP status of a code.
pub fn status_of(code: Code) -> StatusCode {
    match code {
        Code::Lti(code) => lti_status(code),
        Code::Attempt(code) => attempt_status(code),
        Code::OpenId(code) => openid_status(code),
        Code::File(code) => file_status(code),
        Code::Course(code) => course_status(code),
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Method => StatusCode::METHOD_NOT_ALLOWED,
        Code::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Slow => StatusCode::REQUEST_TIMEOUT,
        Code::Form => StatusCode::BAD_REQUEST,
        Code::Csrf | Code::Forbidden => StatusCode::FORBIDDEN,
        Code::Session | Code::Link => StatusCode::UNAUTHORIZED,
        Code::Conflict | Code::Regrade => StatusCode::CONFLICT,
        Code::LearnerCode | Code::LearnerCodeUsed | Code::LearnerCodeExpired => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Code::Draft | Code::Correction => StatusCode::UNPROCESSABLE_ENTITY,
        Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn course_status(code: CourseCode) -> StatusCode {
    match code {
        CourseCode::KeyTaken | CourseCode::Locked => StatusCode::CONFLICT,
        CourseCode::NotReady | CourseCode::Device => StatusCode::UNPROCESSABLE_ENTITY,
        CourseCode::Gone => StatusCode::GONE,
    }
}

fn lti_status(code: Lti) -> StatusCode {
    match code {
        Lti::DlForbidden | Lti::RevForbidden | Lti::LogDisabled | Lti::DepPending => StatusCode::FORBIDDEN,
        Lti::TenResource => StatusCode::NOT_FOUND,
        Lti::KeyFetch | Lti::SvcUnreachable | Lti::SvcRefused => StatusCode::BAD_GATEWAY,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn openid_status(code: OpenIdCode) -> StatusCode {
    match code {
        OpenIdCode::Provider => StatusCode::NOT_FOUND,
        OpenIdCode::Unreachable | OpenIdCode::Configuration => StatusCode::BAD_GATEWAY,
        OpenIdCode::Denied
        | OpenIdCode::Tenant
        | OpenIdCode::Email
        | OpenIdCode::Role
        | OpenIdCode::Domain => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    }
}

fn file_status(code: FileCode) -> StatusCode {
    match code {
        FileCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        FileCode::Kind | FileCode::Mismatch | FileCode::Drawing => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        FileCode::Empty | FileCode::TooMany | FileCode::Pixels | FileCode::Damaged => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

fn attempt_status(code: Attempt) -> StatusCode {
    if matches!(code, Attempt::NotALearner | Attempt::Password) {
        return StatusCode::FORBIDDEN;
    }
    let text = code.as_str();
    if text.ends_with("-INVALID") || text.ends_with("-UNKNOWN") {
        StatusCode::UNPROCESSABLE_ENTITY
    } else if text.ends_with("TOO-LARGE") {
        StatusCode::PAYLOAD_TOO_LARGE
    } else {
        StatusCode::CONFLICT
    }
}

/// How the answer to a request is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader {
    language: Language,
    wants_page: bool,
}

impl Reader {
    /// As the request's headers say.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        Self {
            language: language_of(request),
            wants_page: wants_page(request),
        }
    }
}

/// The answer that the reader gets: no stack trace, no secret, no name.
pub(crate) fn render(error: &Error, reader: Reader, trace_id: &str) -> HttpResponse {
    let code = error.code();
    let language = reader.language;
    let mut answer = HttpResponse::build(status_of(code));
    if code == Code::Slow {
        // The rest of the body may still come, and is not the next request.
        answer.force_close();
    }
    if code == Code::Busy {
        answer.insert_header((header::RETRY_AFTER, "5"));
    }
    let mut answer = if reader.wants_page {
        let page = ui::page::Problem::new(language, code.as_str(), trace_id);
        response::html(&mut answer, &page)
    } else {
        let texts = ui::page::problem::texts_of(ui::Texts::for_language(language), code.as_str());
        answer.content_type("application/problem+json").body(
            serde_json::json!({
                "type": format!("about:blank#{}", code.as_str()),
                "title": texts.title,
                "status": status_of(code).as_u16(),
                "detail": format!("{} {}", texts.sentence, texts.fix),
                "code": code.as_str(),
                "instance": format!("urn:taynghe:trace:{trace_id}"),
            })
            .to_string(),
        )
    };
    answer.extensions_mut().insert(framing_of(error));
    answer
}

fn framing_of(error: &Error) -> Framing {
    match error {
        Error::Refused(refusal) if !refusal.platform_origins.is_empty() => {
            Framing::By(refusal.platform_origins.clone())
        }
        // It shows no name and offers nothing to press.
        _ => Framing::ByAnyone,
    }
}

fn wants_page(request: &HttpRequest) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accept.contains("text/html") || (accept.is_empty() && request.headers().contains_key("sec-fetch-dest"))
}

/// The reader's language, before a session tells it.
pub(crate) fn language_of(request: &HttpRequest) -> Language {
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    Language::negotiate(&[accepted])
}
