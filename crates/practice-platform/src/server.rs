//! The way from the network to an answer: faults, routing, checking, recording.
//!
//! The only file that knows the web framework.

use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::body::SizedStream;
use actix_web::dev::Server;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use crate::exchange::{Answer, Incoming};
use crate::faults::{Fault, Service};
use crate::platform::PracticePlatform;
use crate::recording::RecordedRequest;
use crate::{auth, checker, deep_linking, pages, registration, services, token};

/// How many different reason phrases are kept; further ones fall back to the usual phrase.
const KEPT_REASONS: usize = 500;

impl PracticePlatform {
    /// The HTTP server on a listener, to be awaited or spawned. It does not listen to signals.
    ///
    /// # Errors
    /// When the listener cannot be used.
    pub fn server(&self, listener: TcpListener) -> std::io::Result<Server> {
        let platform = web::Data::new(self.clone());
        let server = HttpServer::new(move || {
            App::new()
                .app_data(platform.clone())
                .app_data(web::PayloadConfig::new(2 * 1024 * 1024))
                .default_service(web::to(receive))
        })
        .on_connect(|stream, data| {
            if let Some(stream) = stream.downcast_ref::<actix_web::rt::net::TcpStream>()
                && let Ok(handle) = stream.as_fd().try_clone_to_owned()
            {
                data.insert(Connection(Arc::new(TcpStream::from(handle))));
            }
        })
        .workers(2)
        .shutdown_timeout(1)
        .disable_signals()
        .listen(listener)?;
        Ok(server.run())
    }
}

/// A second handle to the socket, with which a fault can cut the connection.
#[derive(Clone)]
struct Connection(Arc<TcpStream>);

async fn receive(request: HttpRequest, body: Bytes, platform: web::Data<PracticePlatform>) -> HttpResponse {
    let incoming = Incoming {
        method: request.method().to_string(),
        path: request.path().to_owned(),
        query: request.query_string().to_owned(),
        headers: request
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect(),
        body: body.to_vec(),
    };
    let fault = Service::of(&incoming.path).and_then(|service| platform.faults().take(service));
    if fault == Some(Fault::Hang) {
        platform.faults().hang().await;
    }
    let answer = handle(&platform, incoming, fault.clone()).await;
    match fault {
        Some(Fault::Down) => {
            if let Some(connection) = request.conn_data::<Connection>() {
                let _ = connection.0.shutdown(Shutdown::Both);
            }
            HttpResponse::ServiceUnavailable().force_close().finish()
        }
        Some(Fault::CloseEarly) => {
            let half = stream::once(async { Ok(Bytes::from_static(b"{")) });
            let broken = stream::once(async {
                // Gives the head and the first byte time to leave.
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                Err(std::io::Error::other("closed early, as asked for"))
            });
            let broken = Box::pin(half.chain(broken));
            HttpResponse::Ok()
                .force_close()
                .body(SizedStream::new(1000, broken))
        }
        _ => to_response(answer),
    }
}

/// Answers a request under a fault, checks and records it.
pub(crate) async fn handle(platform: &PracticePlatform, request: Incoming, fault: Option<Fault>) -> Answer {
    let Some(service) = Service::of(&request.path) else {
        return pages::answer(platform, &request);
    };
    // Before the request takes effect: the checker compares it with what stood there.
    let mut problems = match fault {
        Some(Fault::Down) => Vec::new(),
        _ => checker::check(platform, service, &request),
    };
    let answer = match effectless(fault.as_ref()) {
        Some(answer) => answer,
        None => {
            let answer = match fault {
                Some(Fault::LoseAuthorization) => {
                    dispatch(platform, service, &without_authorization(&request)).await
                }
                _ => dispatch(platform, service, &request).await,
            };
            problems.extend(checker::check_answer(service, answer.status, &answer.text()));
            answer
        }
    };
    platform.record(RecordedRequest {
        number: 0,
        at: (platform.options().clock)(),
        service,
        body: request.text(),
        method: request.method,
        path: request.path,
        query: request.query,
        headers: request.headers,
        status: if fault == Some(Fault::Down) {
            0
        } else {
            answer.status
        },
        fault,
        answer: answer.text(),
        problems,
    });
    answer
}

async fn dispatch(platform: &PracticePlatform, service: Service, request: &Incoming) -> Answer {
    match service {
        Service::Configuration => registration::configuration(platform),
        Service::KeySet => registration::key_set(platform),
        Service::Registration => registration::register(platform, request),
        Service::Authentication => auth::authenticate(platform, request),
        Service::Token => token::answer(platform, request).await,
        Service::DeepLinking => deep_linking::returned(platform, request).await,
        Service::LineItems | Service::Scores | Service::Results | Service::Memberships => {
            services::answer(platform, request)
        }
    }
}

/// The answer of a fault that leaves the request without effect.
fn effectless(fault: Option<&Fault>) -> Option<Answer> {
    let html = "<!doctype html><title>practice fault</title><p>practice fault</p>".to_owned();
    match fault? {
        Fault::Status(status) => Some(Answer::html(*status, html)),
        Fault::Html200 => Some(Answer::html(200, html)),
        Fault::RefuseEmptyList => Some(Answer::new(200, "application/json; charset=utf-8", "[]")),
        Fault::TooManyRequests { retry_after } => {
            let answer = Answer::html(429, html);
            Some(match retry_after {
                Some(seconds) => answer.with_header("retry-after", &seconds.to_string()),
                None => answer,
            })
        }
        Fault::Down => Some(Answer::html(503, String::new())),
        Fault::Hang | Fault::CloseEarly | Fault::LoseAuthorization => None,
    }
}

fn without_authorization(request: &Incoming) -> Incoming {
    let mut request = request.clone();
    request.headers.retain(|(name, _)| name != "authorization");
    request
}

fn to_response(answer: Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut builder = HttpResponse::build(status);
    if let Some(reason) = answer.reason.as_deref().and_then(kept_reason) {
        builder.reason(reason);
    }
    for (name, value) in &answer.headers {
        builder.append_header((name.as_str(), value.as_bytes()));
    }
    builder.body(answer.body)
}

/// The framework wants reason phrases that live for ever, so a bounded number of them is kept.
fn kept_reason(reason: &str) -> Option<&'static str> {
    static KEPT: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.iter().find(|known| **known == reason) {
        return Some(known);
    }
    if kept.len() >= KEPT_REASONS || reason.contains(['\r', '\n']) {
        return None;
    }
    let leaked: &'static str = Box::leak(reason.to_owned().into_boxed_str());
    kept.push(leaked);
    Some(leaked)
}
