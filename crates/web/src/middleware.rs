//! Around every request: a trace id, the rendering of failures, the security
//! headers, one log line, one metric. A panic becomes `SYS-INTERNAL`.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use app::{App, Code, Error};
use futures_util::FutureExt;
use tracing::Instrument;

use crate::{
    limits::Limits,
    problem::{self, Problem, Reader},
    response::{FormTargets, Framing, Sandboxed},
    server::Allow,
    visitor,
};

/// What a handler needs when it answers a refusal with a page of its own.
struct TraceId(String);

pub(crate) async fn around_every_request(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    // Under this id the request is found in log, problem page and refusal record.
    let trace_id = uuid::Uuid::new_v4().simple().to_string();
    request.extensions_mut().insert(TraceId(trace_id.clone()));
    let reader = Reader::of(request.request());
    let is_https = is_https(request.request());
    let span = tracing::info_span!("request", trace_id = %trace_id);
    async move {
        if has_nul(request.path()) {
            let error = Error::refused(Code::NotFound, "no address has a NUL");
            report(&error, request.request(), &trace_id).await;
            let mut answer = request.into_response(problem::render(&error, reader, &trace_id));
            secure(answer.response_mut(), is_https);
            log(&answer, began);
            return Ok(answer);
        }
        // The request itself must not be held meanwhile: actix wants it alone.
        let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        let mut answer = match answered {
            Ok(Ok(answer)) => answer.map_into_boxed_body(),
            Ok(Err(error)) => {
                return Err(Unanswered::new(&error.to_string(), reader, &trace_id, is_https).into());
            }
            Err(_panic) => {
                return Err(Unanswered::new("a handler panicked", reader, &trace_id, is_https).into());
            }
        };
        if let Some(error) = failure_of(&answer) {
            report(&error, answer.request(), &trace_id).await;
            let mut rendered = problem::render(&error, reader, &trace_id);
            let allow = answer.request().extensions_mut().remove::<Allow>();
            if let Some(methods) = allow.and_then(|Allow(methods)| HeaderValue::from_str(&methods).ok()) {
                rendered.headers_mut().insert(header::ALLOW, methods);
            }
            answer = answer.into_response(rendered.map_into_boxed_body());
        }
        secure(answer.response_mut(), is_https);
        log(&answer, began);
        Ok(answer)
    }
    .instrument(span)
    .await
}

fn is_https(request: &HttpRequest) -> bool {
    let app = request.app_data::<Data<App>>();
    app.is_some_and(|app| app.public_url().scheme() == "https")
}

// PostgreSQL refuses text with a NUL, which would look like our own mistake.
fn has_nul(path: &str) -> bool {
    path.contains('\0') || path.contains("%00")
}

/// A request that was lost on its way: `SYS-INTERNAL`, rendered as every failure.
#[derive(Debug)]
struct Unanswered {
    error: Error,
    reader: Reader,
    trace_id: String,
    is_https: bool,
}

impl Unanswered {
    fn new(why: &str, reader: Reader, trace_id: &str, is_https: bool) -> Self {
        tracing::error!(why, "a request was not answered");
        Self {
            error: Error::Internal(why.to_owned()),
            reader,
            trace_id: trace_id.to_owned(),
            is_https,
        }
    }
}

impl std::fmt::Display for Unanswered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl ResponseError for Unanswered {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = problem::render(&self.error, self.reader, &self.trace_id);
        secure(&mut answer, self.is_https);
        answer
    }
}

// Failures of handlers carry their own error; those of actix are told apart by status.
fn failure_of(answer: &ServiceResponse<BoxBody>) -> Option<Error> {
    let error = answer.response().error()?;
    if let Some(problem) = error.as_error::<Problem>() {
        return Some(match &problem.0 {
            Error::Refused(refusal) => Error::Refused(refusal.clone()),
            Error::Storage(storage) if problem.0.code() != Code::Internal => {
                tracing::warn!(error = %storage, "the database is busy, or somebody else was first");
                Error::refused(problem.0.code(), "")
            }
            other => Error::Internal(other.to_string()),
        });
    }
    let code = match answer.status().as_u16() {
        404 => Code::NotFound,
        405 => Code::Method,
        408 => Code::Slow,
        413 => Code::TooLarge,
        415 => Code::MediaType,
        status if status < 500 => Code::Form,
        _ => Code::Internal,
    };
    Some(Error::refused(code, error.to_string()))
}

/// Logs, counts and records a refusal that a handler answers with a page of its own; answers the trace id.
pub(crate) async fn record_refusal(request: &HttpRequest, refusal: &app::Refusal) -> String {
    let trace_id = request
        .extensions()
        .get::<TraceId>()
        .map(|TraceId(id)| id.clone());
    let trace_id = trace_id.unwrap_or_default();
    note_refusal(request, refusal, &trace_id).await;
    trace_id
}

async fn note_refusal(request: &HttpRequest, refusal: &app::Refusal, trace_id: &str) {
    tracing::info!(code = %refusal.code, detail = %refusal.detail, "refused");
    metrics::counter!("taynghe_refusals_total", "code" => refusal.code.as_str()).increment(1);
    if matches!(refusal.code, Code::Lti(_) | Code::OpenId(_)) {
        keep_record(refusal, request, trace_id).await;
    }
}

async fn report(error: &Error, request: &HttpRequest, trace_id: &str) {
    match error {
        Error::Refused(refusal) => note_refusal(request, refusal, trace_id).await,
        other => tracing::error!(error = %other, "failed"),
    }
}

// Beyond the limit a refusal is still answered, but no longer stored.
async fn keep_record(refusal: &app::Refusal, request: &HttpRequest, trace_id: &str) {
    let (Some(app), Some(limits)) = (
        request.app_data::<Data<App>>(),
        request.app_data::<Data<Limits>>(),
    ) else {
        return;
    };
    let address = visitor::address_of(request);
    if !limits.may_fail(address, app.clock().now()) {
        metrics::counter!("taynghe_refusals_not_kept_total").increment(1);
        return;
    }
    if let Err(error) = app::refusal::record(app, trace_id, refusal).await {
        tracing::error!(%error, "a refusal could not be recorded");
    }
}

fn secure(answer: &mut HttpResponse, is_https: bool) {
    let extensions = answer.extensions();
    let frame_ancestors = match extensions.get::<Framing>() {
        Some(Framing::By(origins)) if !origins.is_empty() => {
            format!("; frame-ancestors {}", origins.join(" "))
        }
        Some(Framing::ByAnyone) => String::new(),
        _ => "; frame-ancestors 'none'".to_owned(),
    };
    let form_targets = extensions
        .get::<FormTargets>()
        .map(|targets| format!(" {}", targets.0.join(" ")))
        .unwrap_or_default();
    let is_file = extensions.contains::<Sandboxed>();
    drop(extensions);
    let policy = match is_file {
        true => format!("default-src 'none'; sandbox{frame_ancestors}"),
        false => format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'{form_targets}{frame_ancestors}"
        ),
    };
    let headers = answer.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if is_https {
        // Only this host: its neighbours below the college's domain decide for themselves.
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    // Our icon is shown by platforms, and says so itself.
    if !headers.contains_key(header::CROSS_ORIGIN_RESOURCE_POLICY) {
        headers.insert(
            header::CROSS_ORIGIN_RESOURCE_POLICY,
            HeaderValue::from_static("same-origin"),
        );
    }
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("geolocation=(), microphone=(), camera=()"),
    );
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

// The path's pattern, never the path: it may hold a one-time secret.
fn log(answer: &ServiceResponse<BoxBody>, began: Instant) {
    let request = answer.request();
    let route = request.match_pattern().unwrap_or_else(|| "unknown".to_owned());
    let status = answer.status().as_u16();
    let elapsed = began.elapsed();
    tracing::info!(method = %request.method(), route, status, milliseconds = elapsed.as_secs_f64() * 1000.0, "answered");
    let class = format!("{}xx", status / 100);
    metrics::histogram!("taynghe_request_seconds", "route" => route, "status" => class)
        .record(elapsed.as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_bound_to_https_where_it_is_ours() {
        for (is_https, expected) in [(true, 1), (false, 0)] {
            let mut answer = HttpResponse::Ok().finish();
            secure(&mut answer, is_https);
            let told = answer
                .headers()
                .get_all(header::STRICT_TRANSPORT_SECURITY)
                .count();
            assert_eq!(told, expected, "https: {is_https}");
        }
    }
}
