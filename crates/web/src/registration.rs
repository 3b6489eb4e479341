//! `GET|POST /lti/register/{invite}`: dynamic registration, in the platform's frame.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    invitation::{self, ByHand, Done, Preview, Step, Visit},
};
use chrono_tz::Tz;
use lti::quirks::{self, Menus};
use ui::{Frame, page::registration as pages};

use crate::{
    middleware,
    pairs::{Form, Pairs},
    platform,
    problem::{Problem, language_of},
    response, server, visitor,
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(server::address("/lti/register/{invite}").get(show).post(register));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?.once_except(|_| false)?;
    let secret = secret.into_inner();
    if query.get("openid_configuration").is_empty() {
        return wait(&request, &app, **time_zone, secret).await;
    }
    let carried = Carried::of(&query);
    let step = invitation::preview(&app, &carried.visit(&secret, None)).await?;
    Ok(answer(&request, &app, &carried, step).await)
}

async fn register(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_origin(&request)?;
    let carried = Carried::of(&form.0);
    let consent = form.0.optional("consent").map(str::to_owned);
    let step = invitation::register(&app, carried.visit(&secret, consent)).await?;
    Ok(answer(&request, &app, &carried, step).await)
}

/// What the platform put into the address, and what the page's form carries on.
struct Carried {
    openid_configuration: String,
    registration_token: Option<String>,
}

impl Carried {
    fn of(fields: &Pairs) -> Self {
        let token = fields
            .optional("registration_token")
            .filter(|token| !token.is_empty());
        Self {
            openid_configuration: fields.get("openid_configuration").to_owned(),
            registration_token: token.map(str::to_owned),
        }
    }

    fn visit(&self, secret: &str, consent: Option<String>) -> Visit {
        Visit {
            secret: secret.to_owned(),
            openid_configuration: self.openid_configuration.clone(),
            registration_token: self.registration_token.clone(),
            consent,
        }
    }
}

async fn wait(
    request: &HttpRequest,
    app: &App,
    time_zone: Tz,
    secret: String,
) -> Result<HttpResponse, Problem> {
    let address = app.address(request.path());
    let waiting = invitation::look(app, secret).await?;
    let frame = Frame::bare(language_of(request));
    let page = pages::Waiting {
        address,
        organisation: waiting.organisation,
        host: waiting.host.unwrap_or_default(),
        expires_at: ui::format::date_time(frame.t, waiting.expires_at, time_zone),
        frame,
    };
    Ok(response::page(&page, &[]))
}

async fn answer(request: &HttpRequest, app: &App, carried: &Carried, step: Step) -> HttpResponse {
    let frame = Frame::bare(language_of(request));
    match step {
        Step::Confirm(preview) => confirm(request, frame, carried, preview),
        Step::Done(done) => finished(frame, done),
        Step::ByHand(by_hand) => {
            let trace_id = middleware::record_refusal(request, &by_hand.refusal).await;
            refused(frame, app, by_hand, trace_id)
        }
    }
}

fn confirm(request: &HttpRequest, frame: Frame, carried: &Carried, preview: Preview) -> HttpResponse {
    let status = if preview.consent_missing {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let origins = [preview.platform_origin];
    let page = pages::Confirm {
        platform: pages::product_name(frame.t, quirks::product_name(&preview.product_family)),
        is_moodle: has_moodle_menus(&preview.product_family),
        issuer: preview.issuer,
        version: preview.version,
        organisation: preview.organisation,
        foreign_endpoints: preview.foreign_endpoints,
        known: preview.known,
        consent_missing: preview.consent_missing,
        action: request.path().to_owned(),
        openid_configuration: carried.openid_configuration.clone(),
        registration_token: carried.registration_token.clone(),
        frame,
    };
    with_status(response::page(&page, &origins), status)
}

fn finished(frame: Frame, done: Done) -> HttpResponse {
    let origins = [done.platform_origin.clone()];
    let page = pages::Done {
        platform: pages::product_name(frame.t, quirks::product_name(&done.product_family)),
        is_moodle: has_moodle_menus(&done.product_family),
        client_id: done.client_id,
        deployment_id: done.deployment_id,
        updated: done.update.is_some(),
        applied: platform::differences(frame.t, done.update.iter().flat_map(|taken| &taken.applied)),
        waiting: platform::differences(frame.t, done.update.iter().flat_map(|taken| &taken.waiting)),
        stored_otherwise: platform::differences(frame.t, &done.stored_otherwise),
        platform_origin: done.platform_origin,
        frame,
    };
    response::page(&page, &origins)
}

fn has_moodle_menus(product_family: &str) -> bool {
    quirks::quirks(Some(product_family)).menus == Menus::Moodle
}

fn refused(frame: Frame, app: &App, by_hand: ByHand, trace_id: String) -> HttpResponse {
    let status = crate::status_of(by_hand.refusal.code);
    let page = pages::ByHand {
        frame,
        missing: by_hand.refusal.detail.clone(),
        own: pages::OwnAddresses {
            target_link_uri: app.address("/"),
            initiate_login_uri: app.address("/lti/login"),
            redirect_uri: lti::login::redirect_uri(app.public_url()),
            jwks_uri: app.address("/lti/jwks"),
        },
        command: command_for(&by_hand),
        code: by_hand.refusal.code.as_str().to_owned(),
        trace_id,
    };
    with_status(response::page(&page, &[by_hand.platform_origin]), status)
}

/// The command line that registers the platform by hand; what is not known stands as `…`.
fn command_for(by_hand: &ByHand) -> String {
    let arguments = [
        ("--issuer", &by_hand.issuer),
        ("--client-id", &by_hand.client_id),
        ("--auth-login-url", &by_hand.auth_login_url),
        ("--token-url", &by_hand.token_url),
        ("--jwks-url", &by_hand.jwks_url),
        ("--deployment-id", &None),
    ];
    let lines = arguments.into_iter().map(|(name, value)| {
        let value = value.as_deref().map_or_else(|| "…".to_owned(), quoted);
        format!("{name} {value}")
    });
    let lines: Vec<String> = std::iter::once("taynghe platform add".to_owned())
        .chain(lines)
        .collect();
    lines.join(" \\\n  ")
}

/// A value that came from outside, as one word for a POSIX shell.
fn quoted(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/%".contains(&byte);
    if !value.is_empty() && value.bytes().all(is_plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

fn with_status(mut answer: HttpResponse, status: StatusCode) -> HttpResponse {
    *answer.status_mut() = status;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_outside_stay_one_word_of_a_shell() {
        #[track_caller]
        fn check(value: &str, expected: &str) {
            assert_eq!(quoted(value), expected);
        }
        check(
            "https://lms.edu.vn:8443/lti/token.php",
            "https://lms.edu.vn:8443/lti/token.php",
        );
        check("https://lms.edu.vn/?a=1&b=2", "'https://lms.edu.vn/?a=1&b=2'");
        check("$(reboot)", "'$(reboot)'");
        check("a'b; `reboot`", r"'a'\''b; `reboot`'");
        check("", "''");
    }
}
