//! `/s/{session}/administration/learners…`: the codes by which people without any account sign in to learn. New ones are
//! in the answer that makes them, as a sheet or a file, and nowhere else.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    learner_code::{self, Group, Listed, Made, NewCodes, State},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Texts, format,
    page::administration::{CodeGroup, CodeRow, CodeSheet, CodeState, CodesForm, Learners},
};

use crate::{
    csv,
    learner::ENTRANCE,
    problem::Problem,
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/administration/learners";
    config
        .service(address(base).get(show))
        .service(address(format!("{base}/codes")).post(make))
        .service(address(format!("{base}/withdraw")).post(withdraw_labelled))
        .service(address(format!("{base}/codes/{{code}}/withdraw")).post(withdraw))
        .service(address(format!("{base}/codes/{{code}}/again")).post(again));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    render(&request, &app, **zone, &session_id, CodesForm::fresh(), None).await
}

async fn make(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let form = CodesForm {
        label: sent.form.get("label").to_owned(),
        count: sent.form.get("count").to_owned(),
        days: sent.form.get("days").to_owned(),
    };
    // What is no number is out of range as well.
    let new = NewCodes {
        label: form.label.clone(),
        count: form.count.trim().parse().unwrap_or(0),
        days: form.days.parse().unwrap_or(0),
    };
    match learner_code::make(&app, sent.visitor, new).await {
        Ok(made) if sent.form.get("then") == "csv" => file(&request, &app, **zone, &made),
        Ok(made) => Ok(sheet(&request, &app, **zone, made)),
        Err(error) if matches!(error.code(), Code::Form | Code::Conflict) => {
            render(&request, &app, **zone, &sent.session_id, form, Some(error.code())).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn again(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (_, id) = path.into_inner();
    let made = learner_code::again(&app, sent.visitor, id).await?;
    Ok(sheet(&request, &app, **zone, made))
}

async fn withdraw(app: Data<App>, path: Path<(String, String)>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    learner_code::withdraw(&app, sent.visitor, id).await?;
    Ok(to_list(&session_id))
}

async fn withdraw_labelled(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let label = sent.form.get("label").to_owned();
    learner_code::withdraw_labelled(&app, sent.visitor, label).await?;
    Ok(to_list(&sent.session_id))
}

fn to_list(session_id: &str) -> HttpResponse {
    response::see_other(&format!("/s/{session_id}/administration/learners#codes"))
}

fn sheet(request: &HttpRequest, app: &App, zone: Tz, made: Made) -> HttpResponse {
    let mut frame = visitor::frame(&made.session, request);
    frame.clear_ways_out();
    let page = CodeSheet {
        until: format::moment(frame.t, made.expires_at, made.now, zone),
        label: made.label,
        organisation: made.session.place.clone(),
        address: app.address(ENTRANCE),
        codes: made.codes,
        frame,
    };
    response::page(&page, &made.session.platform_origins)
}

fn file(request: &HttpRequest, app: &App, zone: Tz, made: &Made) -> Result<HttpResponse, Problem> {
    let t = Texts::for_language(visitor::session_language(&made.session, request));
    let mut rows = vec![
        [
            "learner-codes-column-code",
            "learner-codes-label",
            "learner-codes-column-address",
            "learner-codes-column-until",
        ]
        .map(|key| t.get(key).into_owned())
        .to_vec(),
    ];
    let until = format::date_time(t, made.expires_at, zone);
    let row = |code: &String| {
        vec![
            code.clone(),
            made.label.clone(),
            app.address(ENTRANCE),
            until.clone(),
        ]
    };
    rows.extend(made.codes.iter().map(row));
    csv::download(t, &rows, &t.get("learner-sheet-title"))
}

async fn render(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    form: CodesForm,
    wrong: Option<Code>,
) -> Result<HttpResponse, Problem> {
    let overview = learner_code::overview(app, visitor::reader(request, session_id)).await?;
    let frame = visitor::frame(&overview.session, request);
    let t = frame.t;
    let error = match wrong {
        Some(Code::Conflict) => t.get("learner-codes-too-many").into_owned(),
        Some(_) => t.get("learner-codes-error").into_owned(),
        None => String::new(),
    };
    let moment = |at: DateTime<Utc>| format::moment(t, at, overview.now, zone);
    let page = Learners {
        form,
        error,
        groups: overview
            .groups
            .iter()
            .map(|group| group_of(group, &moment))
            .collect(),
        frame,
    };
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(response::page_with(
        status,
        &page,
        &overview.session.platform_origins,
    ))
}

fn group_of(group: &Group, moment: &impl Fn(DateTime<Utc>) -> String) -> CodeGroup {
    let count = |is_counted: fn(&State) -> bool| {
        let invitations = group.codes.iter().filter(|code| !code.is_again);
        invitations.filter(|code| is_counted(&code.state)).count()
    };
    let numbers = (1..=group.codes.len()).rev();
    CodeGroup {
        label: group.label.clone(),
        open: count(|state| matches!(state, State::Open(_))),
        used: count(|state| matches!(state, State::Used(_))),
        codes: numbers
            .zip(&group.codes)
            .map(|(number, code)| row_of(number, code, moment))
            .collect(),
    }
}

fn row_of(number: usize, code: &Listed, moment: &impl Fn(DateTime<Utc>) -> String) -> CodeRow {
    CodeRow {
        id: code.id.clone(),
        number,
        is_again: code.is_again,
        learner: code.learner.clone(),
        state: match code.state {
            State::Open(until) => CodeState::Open(moment(until)),
            State::Used(at) => CodeState::Used(moment(at)),
            State::Expired(at) => CodeState::Expired(moment(at)),
        },
    }
}
