//! `GET|POST /administration/{secret}`: an administrator's one-time link.
//! `/s/{session}/administration…`: the organisation at a glance, and what can be done from there.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    administration::{self, ColumnFindings, InvitationState, Overview, Shown, ShownInvitation, SignIn},
    administrators,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, Role, Texts, format,
    page::administration::{self as pages, LaunchRow, RefusalRow, RegistrationCard},
};

use crate::{
    cookies, platform_check,
    problem::{Problem, language_of},
    response, server,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/administration";
    config
        .service(
            server::address("/administration/{secret}")
                .get(show_link)
                .post(sign_in),
        )
        .service(server::address(base).get(show))
        .service(server::address(format!("{base}/invitations")).post(invite))
        .service(server::address(format!("{base}/invitations/{{id}}/withdraw")).post(withdraw))
        .service(server::address(format!("{base}/administrators/{{id}}/withdraw")).post(withdraw_role))
        .service(
            server::address(format!("{base}/registrations/{{id}}/{{action:disable|enable}}")).post(switch),
        )
        .service(server::address(format!("{base}/registrations/{{id}}/deployments")).post(add_deployment));
}

async fn show_link(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    let organisation = administration::look(&app, secret.into_inner()).await?;
    let page = pages::SignIn {
        frame: Frame::bare(language_of(&request)),
        organisation,
        action: request.path().to_owned(),
    };
    Ok(response::page(&page, &[]))
}

async fn sign_in(
    request: HttpRequest,
    app: Data<App>,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    visitor::demand_own_origin(&request)?;
    let signed_in = administration::sign_in(
        &app,
        SignIn {
            secret: secret.into_inner(),
            browser_secret: cookies::browser_secret(&request),
            locale: language_of(&request).tag().to_owned(),
        },
    )
    .await?;
    let mut answer = response::see_other(&address_of(&signed_in.session_id));
    cookies::set_browser(&mut answer, &signed_in.browser_secret);
    Ok(answer)
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    render(&request, &app, **time_zone, &session_id, Extra::default()).await
}

async fn invite(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let host = sent.form.get("host").to_owned();
    let extra = match administration::invite(&app, sent.visitor, host.clone()).await {
        Ok(address) => Extra {
            new_invitation: address,
            ..Extra::default()
        },
        Err(error) if error.code() == Code::Form => Extra {
            wrong_host: Some(host),
            ..Extra::default()
        },
        Err(error) => return Err(error.into()),
    };
    render(&request, &app, **time_zone, &sent.session_id, extra).await
}

async fn withdraw(app: Data<App>, path: Path<(String, String)>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    administration::withdraw(&app, sent.visitor, id).await?;
    Ok(response::see_other(&format!(
        "{}#invitations",
        address_of(&session_id)
    )))
}

async fn withdraw_role(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    administrators::withdraw(&app, sent.visitor, id).await?;
    Ok(response::see_other(&format!(
        "{}#administrators",
        address_of(&session_id)
    )))
}

async fn switch(
    app: Data<App>,
    path: Path<(String, String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, id, action) = path.into_inner();
    administration::set_active(&app, sent.visitor, id.clone(), action == "enable").await?;
    Ok(to_registration(&session_id, &id))
}

async fn add_deployment(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let deployment_id = sent.form.get("deployment_id").to_owned();
    administration::add_deployment(&app, sent.visitor, id.clone(), deployment_id).await?;
    Ok(to_registration(&session_id, &id))
}

/// What a form's answer adds to the overview.
#[derive(Default)]
struct Extra {
    new_invitation: String,
    wrong_host: Option<String>,
}

async fn render(
    request: &HttpRequest,
    app: &App,
    time_zone: Tz,
    session_id: &str,
    extra: Extra,
) -> Result<HttpResponse, Problem> {
    let overview = administration::overview(app, visitor::reader(request, session_id)).await?;
    let origins = overview.session.platform_origins.clone();
    let status = match extra.wrong_host {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let frame = visitor::frame(&overview.session, request);
    let mut answer = response::page(&page_of(frame, overview, extra, time_zone), &origins);
    *answer.status_mut() = status;
    Ok(answer)
}

fn page_of(frame: Frame, overview: Overview, extra: Extra, time_zone: Tz) -> pages::Overview {
    let t = frame.t;
    let moment = |at: NaiveDateTime| format::moment(t, at.and_utc(), overview.now, time_zone);
    let platform = |id: Option<&str>| {
        let known = overview.registrations.iter();
        let found = known
            .map(|shown| &shown.listed.registration)
            .find(|registration| Some(registration.id.as_str()) == id);
        found
            .map(|registration| name_of(&registration.platform_name, &registration.issuer))
            .unwrap_or_default()
    };
    let host_error = match extra.wrong_host {
        Some(_) => t.get("administration-host-error").into_owned(),
        None => String::new(),
    };
    pages::Overview {
        organisation: overview.session.place.clone(),
        new_invitation: extra.new_invitation,
        key_refused: overview.key_refused,
        host: extra.wrong_host.unwrap_or_default(),
        host_error,
        registrations: (overview.registrations.iter())
            .map(|shown| card(t, shown, overview.now, time_zone))
            .collect(),
        invitations: (overview.invitations.iter())
            .map(|shown| invitation_row(shown, &moment))
            .collect(),
        administrators: (overview.administrators.iter())
            .map(|administrator| pages::AdministratorRow {
                id: administrator.id.clone(),
                name: (administrator.name.clone()).unwrap_or_else(|| nameless(t, &administrator.id)),
                is_own: administrator.id == overview.session.person_id,
                granted_at: moment(administrator.granted_at.naive_utc()),
                signed_in_at: (administrator.signed_in_at)
                    .map(|at| moment(at.naive_utc()))
                    .unwrap_or_default(),
            })
            .collect(),
        deliveries: (overview.deliveries.iter())
            .map(|(state, count)| pages::DeliveryCount {
                label: pages::delivery_label(t, state),
                count: format::number(t, *count as f64),
            })
            .chain(findings(t, overview.columns))
            .collect(),
        launches: (overview.launches.iter())
            .map(|launch| LaunchRow {
                at: moment(launch.launched_at),
                course: course_of(launch),
                role: role_of(&launch.role),
                picking: launch.kind == "deep-linking",
                platform: platform(launch.registration_id.as_deref()),
            })
            .collect(),
        refusals: (overview.refusals.iter())
            .map(|refusal| RefusalRow {
                at: moment(refusal.created_at),
                code: refusal.code.clone(),
                title: ui::page::problem::texts_of(t, &refusal.code).title,
                detail: refusal.detail.clone(),
                trace_id: refusal.id.clone(),
                kept: overview.kept_launches.contains(&refusal.id),
            })
            .collect(),
        frame,
    }
}

// Only what there is to act on.
fn findings(t: Texts, columns: ColumnFindings) -> Vec<pages::DeliveryCount> {
    let counts = [
        (pages::Found::Emptied, columns.emptied),
        (pages::Found::Locked, columns.locked),
        (pages::Found::Missing, columns.missing),
        (pages::Found::Changed, columns.changed),
    ];
    let row = |(found, count): (pages::Found, i64)| pages::DeliveryCount {
        label: pages::found_label(t, found),
        count: format::number(t, count as f64),
    };
    counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(row)
        .collect()
}

fn card(t: Texts, shown: &Shown, now: DateTime<Utc>, time_zone: Tz) -> RegistrationCard {
    let registration = &shown.listed.registration;
    let deployments: Vec<&str> = (shown.listed.deployments.iter())
        .map(|deployment| deployment.platform_id.as_str())
        .collect();
    RegistrationCard {
        id: registration.id.clone(),
        name: name_of(&registration.platform_name, &registration.issuer),
        issuer: registration.issuer.clone(),
        client_id: registration.client_id.clone(),
        deployments: deployments.join(", "),
        active: registration.status == "active",
        waiting: shown.waiting,
        last_launch: (shown.last_launch)
            .map(|at| format::moment(t, at, now, time_zone))
            .unwrap_or_default(),
        checked: shown.checked.map(|(verdict, at)| {
            let good = platform_check::good_of(verdict);
            (good, format::moment(t, at, now, time_zone))
        }),
    }
}

fn invitation_row(
    shown: &ShownInvitation,
    moment: &impl Fn(NaiveDateTime) -> String,
) -> pages::InvitationRow {
    let invitation = &shown.invitation;
    let used_at = invitation.used_at.unwrap_or(invitation.created_at);
    pages::InvitationRow {
        id: invitation.id.clone(),
        host: invitation.host.clone().unwrap_or_default(),
        created_at: moment(invitation.created_at),
        state: match shown.state {
            InvitationState::Open => pages::InvitationState::Open(moment(invitation.expires_at)),
            InvitationState::Used => pages::InvitationState::Used(moment(used_at)),
            InvitationState::Expired => pages::InvitationState::Expired(moment(invitation.expires_at)),
        },
    }
}

/// A platform's own name, or the host of its issuer.
pub(crate) fn name_of(platform_name: &str, issuer: &str) -> String {
    if !platform_name.is_empty() {
        return platform_name.to_owned();
    }
    let host = url::Url::parse(issuer)
        .ok()
        .and_then(|issuer| issuer.host_str().map(str::to_owned));
    host.unwrap_or_else(|| issuer.to_owned())
}

// As in the audit trail: the end, for ids of the same time begin alike.
fn nameless(t: Texts, id: &str) -> String {
    let start = id.len().saturating_sub(6);
    t.with("audit-nameless", "number", id.get(start..).unwrap_or(id))
        .to_string()
}

fn course_of(launch: &administration::RecentLaunch) -> String {
    let title = launch.context_title.clone().filter(|title| !title.is_empty());
    title.or_else(|| launch.context_label.clone()).unwrap_or_default()
}

fn role_of(role: &str) -> Role {
    match role {
        "instructor" => Role::Instructor,
        "learner" => Role::Learner,
        "administrator" => Role::Administrator,
        _ => Role::Guest,
    }
}

fn address_of(session_id: &str) -> String {
    format!("/s/{session_id}/administration")
}

fn to_registration(session_id: &str, id: &str) -> HttpResponse {
    response::see_other(&format!("{}#registration-{id}", address_of(session_id)))
}
