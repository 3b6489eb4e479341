//! `GET|POST /s/{session}/administration/joins`: registrations that are one platform.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    registration_join::{self, Joined, Proposal, Registration},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    format,
    page::administration::{JoinCard, JoinProposal, JoinSide, Joins},
};

use crate::{administration::name_of, pairs::Form, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(
        server::address("/s/{session}/administration/joins")
            .get(show)
            .post(decide),
    );
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = registration_join::page(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&page.session, &request);
    let t = frame.t;
    let moment = |at: DateTime<Utc>| format::moment(t, at, page.now, **time_zone);
    let shown = Joins {
        proposals: page.joins.proposals.iter().map(proposal).collect(),
        joins: page
            .joins
            .joins
            .iter()
            .map(|joined| card(joined, &moment))
            .collect(),
        frame,
    };
    Ok(response::page(&shown, &page.session.platform_origins))
}

async fn decide(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let field = |name: &str| form.0.get(name).to_owned();
    let session = match form.0.get("do") {
        "join" => registration_join::approve(&app, visitor, field("former"), field("registration")).await?,
        "undo" => registration_join::withdraw(&app, visitor, field("join")).await?,
        _ => return Err(Error::refused(Code::Form, "do is neither join nor undo").into()),
    };
    let elsewhere = response::see_other(&format!("/s/{}/administration/joins", session.id));
    Ok(response::framed(elsewhere, &session.platform_origins))
}

fn proposal(proposal: &Proposal) -> JoinProposal {
    let agreement = proposal.agreement;
    JoinProposal {
        former: side(&proposal.former),
        registration: side(&proposal.registration),
        guid: proposal.guid.clone(),
        same_subjects: agreement.same_subjects,
        same_names: agreement.same_names,
        same_numbers: agreement.same_numbers,
        different: agreement.different,
    }
}

fn card(joined: &Joined, moment: &impl Fn(DateTime<Utc>) -> String) -> JoinCard {
    JoinCard {
        id: joined.join.id.clone(),
        former: side(&joined.former),
        registration: side(&joined.registration),
        joined_at: moment(joined.join.joined_at.and_utc()),
        undone_at: joined
            .join
            .undone_at
            .map(|at| moment(at.and_utc()))
            .unwrap_or_default(),
        can_be_undone: joined.can_be_undone,
    }
}

fn side(registration: &Registration) -> JoinSide {
    JoinSide {
        id: registration.id.clone(),
        host: name_of("", &registration.issuer),
        client_id: registration.client_id.clone(),
    }
}
