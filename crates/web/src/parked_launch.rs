//! `POST /lti/launch/proof`, `…/ticket`, `…/open`: a launch whose cookie was
//! lost, from the browser's proof to a window of our own. Only pages of ours
//! may send these, and an absent header never counts as one.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, ServiceConfig},
};
use app::{
    App, Code,
    launch::{Accepted, Destination},
    parked_launch::{self, Parked, Proof, Proven, Ticket},
};
use lti::Code as Lti;
use ui::{
    Frame,
    page::login::{self as pages, StorageFrame},
};

use crate::{
    cookies,
    limits::Limits,
    pairs::Form,
    problem::{Problem, language_of},
    response::{self, FormTargets},
    server, visitor,
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/lti/launch/proof").post(prove))
        .service(server::address("/lti/launch/ticket").post(renew))
        .service(server::address("/lti/launch/open").post(open));
}

/// The page on which a browser proves itself.
pub(crate) fn proof_page(request: &HttpRequest, parked: Parked) -> HttpResponse {
    let page = pages::Proof {
        frame: Frame::bare(language_of(request)),
        action: "/lti/launch/proof".to_owned(),
        parked: parked.id,
        key: parked.storage_key,
        storage: storage_frame(parked.platform_storage),
    };
    response::page(&page, &parked.platform_origins)
}

/// What the scripts need to know of a platform that stores for us.
pub(crate) fn storage_frame(storage: Option<parked_launch::PlatformStorage>) -> StorageFrame {
    storage
        .map(|storage| StorageFrame {
            target: storage.target,
            origin: storage.origin,
        })
        .unwrap_or_default()
}

/// On to the first page of a session that has begun.
pub(crate) fn enter(request: &HttpRequest, app: &App, limits: &Limits, accepted: Accepted) -> HttpResponse {
    limits.login_finished(visitor::address_of(request), app.clock().now());
    let page = match &accepted.destination {
        Destination::Activity => String::new(),
        Destination::Picker => "picker".to_owned(),
        Destination::Gradebook => "gradebook".to_owned(),
        Destination::Class(course) => format!("courses/{course}/class_list"),
        Destination::Attempt(id) => format!("attempts/{id}"),
    };
    let mut answer = response::see_other(&format!("/s/{}/{page}", accepted.session_id));
    cookies::set(&mut answer, &accepted.spent_cookie, "", 0);
    if let Some(secret) = accepted.new_browser_secret {
        cookies::set_browser(&mut answer, &secret);
    }
    response::framed(answer, &accepted.platform_origins)
}

async fn prove(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_page(&request, Code::Lti(Lti::StaBrowser))?;
    let proof = Proof {
        parked_id: form.0.get("parked").to_owned(),
        secret: form.0.get("secret").to_owned(),
        way: form.0.get("way").to_owned(),
        cookies: cookies::all(&request),
        browser_secret: cookies::browser_secret(&request),
    };
    match parked_launch::prove(&app, proof).await? {
        Proven::Here(accepted) => Ok(enter(&request, &app, &limits, accepted)),
        Proven::Window(ticket) => Ok(ticket_page(&request, ticket)),
    }
}

fn ticket_page(request: &HttpRequest, ticket: Ticket) -> HttpResponse {
    let page = pages::Ticket {
        frame: Frame::bare(language_of(request)),
        action: "/lti/launch/open".to_owned(),
        renewal: "/lti/launch/ticket".to_owned(),
        window: format!("taynghe-{}", uuid::Uuid::new_v4().simple()),
        ticket: ticket.secret,
    };
    let mut answer = response::page(&page, &ticket.platform_origins);
    answer.extensions_mut().insert(FormTargets(ticket.form_targets));
    answer
}

async fn renew(request: HttpRequest, app: Data<App>, form: Form) -> Result<HttpResponse, Problem> {
    visitor::demand_own_page(&request, Code::Lti(Lti::StaTicket))?;
    let ticket = parked_launch::renew(&app, form.0.get("ticket").to_owned()).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "ticket": ticket.secret })))
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    limits: Data<Limits>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_page(&request, Code::Lti(Lti::StaTicket))?;
    let ticket = form.0.get("ticket").to_owned();
    let accepted = parked_launch::redeem(&app, ticket, cookies::browser_secret(&request)).await?;
    Ok(enter(&request, &app, &limits, accepted))
}
