//! `GET|POST /s/{session}/administration/registrations/{id}/check`: the health check of one registration. GET shows the
//! last one, POST makes one.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    platform_check::{self, Check, Finding, Page, Value, Verdict},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, Texts, format,
    page::administration::{self as pages, FindingRow, Good, LastCheck, Word},
};

use crate::{
    administration::name_of,
    problem::Problem,
    response, server,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let address = "/s/{session}/administration/registrations/{id}/check";
    config.service(server::address(address).get(show).post(run));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let page = platform_check::page(&app, visitor::reader(&request, &session_id), id).await?;
    let origins = page.session.platform_origins.clone();
    let frame = visitor::frame(&page.session, &request);
    Ok(response::page(&page_of(frame, &page, **time_zone), &origins))
}

async fn run(app: Data<App>, path: Path<(String, String)>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    platform_check::check_by(&app, sent.visitor, id.clone()).await?;
    let address = format!("/s/{session_id}/administration/registrations/{id}/check");
    Ok(response::see_other(&address))
}

fn page_of(frame: Frame, page: &Page, time_zone: Tz) -> pages::Check {
    let t = frame.t;
    let moment = |at: DateTime<Utc>| format::moment(t, at, page.now, time_zone);
    let registration = &page.registration;
    pages::Check {
        id: registration.id.clone(),
        name: name_of(&registration.platform_name, &registration.issuer),
        last: page.last.as_ref().map(|last| last_of(t, last, &moment)),
        frame,
    }
}

fn last_of(t: Texts, last: &Check, moment: &impl Fn(DateTime<Utc>) -> String) -> LastCheck {
    let mut deployments: Vec<&str> = last
        .findings
        .iter()
        .filter_map(|finding| finding.deployment.as_deref())
        .collect();
    deployments.sort_unstable();
    deployments.dedup();
    let several = deployments.len() > 1;
    LastCheck {
        good: good_of(last.verdict),
        at: moment(last.checked_at),
        findings: last
            .findings
            .iter()
            .map(|finding| row(t, finding, several, moment))
            .collect(),
    }
}

fn row(t: Texts, finding: &Finding, several: bool, moment: &impl Fn(DateTime<Utc>) -> String) -> FindingRow {
    let word = |value: &Value| match value {
        Value::Number(number) => Word::Number(*number),
        Value::Moment(at) => Word::Text(moment(*at)),
        Value::Text(text) => Word::Text(text.clone()),
    };
    let values: Vec<(&str, Word)> = finding
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), word(value)))
        .collect();
    let deployment = finding.deployment.clone().filter(|_| several);
    FindingRow {
        deployment: deployment.unwrap_or_default(),
        ..FindingRow::new(t, finding.key, good_of(finding.verdict), &values, &finding.detail)
    }
}

/// A verdict as pages show it.
pub(crate) fn good_of(verdict: Verdict) -> Good {
    match verdict {
        Verdict::Ok => Good::Yes,
        Verdict::Warn => Good::Partly,
        Verdict::Bad => Good::No,
    }
}
