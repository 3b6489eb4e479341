//! `/s/{session}/administration/registrations/{id}`: one registration, what it offers, and changes that wait.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    registration_change::{self, Change, State, Taken},
    registration_update::{self, Page},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use lti::{quirks, registration::PlatformConfiguration, registration_difference::Difference};
use ui::{
    Frame, Texts, format,
    page::administration::{self as pages, ChangeCard, DifferenceRow, Fact, RegistrationOutcome as Outcome},
};

use crate::{administration::name_of, pairs::Form, problem::Problem, response, server, visitor};

const HISTORY: &str = "Context.id.history";

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/administration/registrations/{id}";
    config
        .service(server::address(base).get(show))
        .service(server::address(format!("{base}/update")).post(update))
        .service(
            server::address(format!("{base}/changes/{{change}}/{{decision:approve|reject}}")).post(decide),
        );
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    render(&request, &app, **time_zone, &session_id, id, Outcome::Nothing).await
}

async fn update(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let address = form.0.get("openid_configuration").to_owned();
    let taken = registration_update::update_by(&app, visitor, id.clone(), address).await?;
    render(&request, &app, **time_zone, &session_id, id, outcome(&taken)).await
}

async fn decide(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String, String)>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let (session_id, id, change, decision) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    registration_change::decide_by(&app, visitor, id.clone(), change, decision == "approve").await?;
    let address = format!("/s/{session_id}/administration/registrations/{id}");
    Ok(response::see_other(&address))
}

fn outcome(taken: &Taken) -> Outcome {
    if !taken.waiting.is_empty() {
        Outcome::Waiting
    } else if !taken.applied.is_empty() {
        Outcome::Applied
    } else if taken.is_same() {
        Outcome::Same
    } else {
        Outcome::Nothing
    }
}

async fn render(
    request: &HttpRequest,
    app: &App,
    time_zone: Tz,
    session_id: &str,
    id: String,
    outcome: Outcome,
) -> Result<HttpResponse, Problem> {
    let page = registration_update::page(app, visitor::reader(request, session_id), id).await?;
    let origins = page.session.platform_origins.clone();
    let frame = visitor::frame(&page.session, request);
    Ok(response::page(
        &page_of(frame, page, outcome, time_zone),
        &origins,
    ))
}

fn page_of(frame: Frame, page: Page, outcome: Outcome, time_zone: Tz) -> pages::Registration {
    let t = frame.t;
    let moment = |at: DateTime<Utc>| format::moment(t, at, page.now, time_zone);
    let facts = facts(t, &page);
    let (mut waiting, settled): (Vec<_>, Vec<_>) = page
        .changes
        .iter()
        .partition(|change| change.state == State::Waiting);
    waiting.reverse();
    let registration = &page.listed.registration;
    pages::Registration {
        id: registration.id.clone(),
        name: name_of(&registration.platform_name, &registration.issuer),
        active: registration.status == "active",
        outcome,
        facts,
        waiting: waiting
            .into_iter()
            .map(|change| card(t, change, &moment))
            .collect(),
        stored_otherwise: differences(t, &page.stored_otherwise),
        offer: page.offer.as_ref().map(|offer| offer_of(t, offer)),
        read_at: page.read_at.map(&moment).unwrap_or_default(),
        configuration_url: page.configuration_url.clone(),
        is_managed: page.is_managed,
        settled: settled
            .into_iter()
            .map(|change| card(t, change, &moment))
            .collect(),
        frame,
    }
}

fn facts(t: Texts, page: &Page) -> Vec<Fact> {
    let registration = &page.listed.registration;
    let lti_word = |label: &str, values: Vec<String>| Fact {
        label: label.to_owned(),
        values,
    };
    let field = |field: &str, value: &str| Fact {
        label: pages::field_label(t, field),
        values: value.split_whitespace().map(str::to_owned).collect(),
    };
    let deployments = page.listed.deployments.iter();
    vec![
        lti_word("Platform ID", vec![registration.issuer.clone()]),
        lti_word("Client ID", vec![registration.client_id.clone()]),
        lti_word(
            "Deployment ID",
            deployments
                .map(|deployment| deployment.platform_id.clone())
                .collect(),
        ),
        field("auth-login-url", &registration.auth_login_url),
        field("token-url", &registration.token_url),
        field(
            "token-audience",
            registration
                .token_audience
                .as_deref()
                .unwrap_or(&registration.token_url),
        ),
        field("jwks-url", &registration.jwks_url),
        field("service-origin", &registration.service_origins),
    ]
}

fn card(t: Texts, change: &Change, moment: &impl Fn(DateTime<Utc>) -> String) -> ChangeCard {
    ChangeCard {
        id: change.id.clone(),
        state: change.state.as_str().to_owned(),
        by_launch: change.by_launch,
        found_at: moment(change.found_at),
        rows: differences(t, &change.differences),
    }
}

/// Differences with their labels.
pub(crate) fn differences<'a>(
    t: Texts,
    differences: impl IntoIterator<Item = &'a Difference>,
) -> Vec<DifferenceRow> {
    differences
        .into_iter()
        .map(|difference| DifferenceRow {
            label: pages::field_label(t, difference.field.as_str()),
            held: difference.held.clone(),
            said: difference.said.clone(),
            moves: difference.moves(),
        })
        .collect()
}

fn offer_of(t: Texts, offer: &PlatformConfiguration) -> pages::Offer {
    let family = offer.product_family_code.as_deref().unwrap_or_default();
    let version = offer.version.as_deref().unwrap_or_default();
    let placements: Vec<Vec<String>> = (offer.messages.iter())
        .map(|message| offer.placements.get(message).cloned().unwrap_or_default())
        .collect();
    pages::Offer::new(
        t,
        pages::Names {
            product: format!("{} {version}", quirks::product_name(family)).trim(),
            scopes: &offer.scopes,
            claims: &offer.claims,
            messages: &offer.messages,
            placements: &placements,
            history: offer.variables.iter().any(|name| name == HISTORY),
        },
    )
}
