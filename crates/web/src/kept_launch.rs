//! `GET /s/{session}/administration/launches/{id}`: a kept launch, judged again.
//! `…/registrations/{id}/test-launch`: has the next one kept.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    kept_launch::{self, Judged, Step, TestLaunch, Verdict},
};
use chrono_tz::Tz;
use serde_json::{Map, Value};
use ui::{
    Frame, Texts, format,
    page::administration::{self as pages, CheckOutcome, CheckRow, Refused},
};

use crate::{
    problem::Problem,
    response, server,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/administration";
    config
        .service(server::address(format!("{base}/launches/{{launch}}")).get(show))
        .service(
            server::address(format!("{base}/registrations/{{id}}/test-launch"))
                .get(show_test)
                .post(begin_test),
        );
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let (session, judged) = kept_launch::judge(&app, visitor::reader(&request, &session_id), id).await?;
    let frame = visitor::frame(&session, &request);
    Ok(response::page(
        &page_of(frame, &judged, **time_zone),
        &session.platform_origins,
    ))
}

async fn show_test(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    let visitor = visitor::reader(&request, &session_id);
    let test = kept_launch::test_launch(&app, visitor, id.clone()).await?;
    let frame = visitor::frame(&test.session, &request);
    let origins = test.session.platform_origins.clone();
    Ok(response::page(&test_page(frame, id, test, **time_zone), &origins))
}

async fn begin_test(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (session_id, id) = path.into_inner();
    kept_launch::want_next(&app, sent.visitor, id.clone()).await?;
    Ok(response::see_other(&format!(
        "/s/{session_id}/administration/registrations/{id}/test-launch"
    )))
}

fn page_of(frame: Frame, judged: &Judged, time_zone: Tz) -> pages::KeptLaunch {
    let t = frame.t;
    let apart = judged.platform_at.map(|platform| (judged.at - platform).abs());
    pages::KeptLaunch {
        id: judged.id.clone(),
        platform: judged.platform.clone(),
        refused: (!judged.code.is_empty()).then(|| Refused::of(t, &judged.code, &judged.detail)),
        refused_now: judged
            .refused_now()
            .map(|(_, code)| Refused::of(t, code.as_str(), "")),
        at: format::date_time(t, judged.at, time_zone),
        platform_at: judged
            .platform_at
            .map(|at| format::date_time(t, at, time_zone))
            .unwrap_or_default(),
        apart: apart
            .map(|apart| format!("{} s", apart.num_seconds()))
            .unwrap_or_default(),
        key_thumbprint: judged.key_thumbprint.clone().unwrap_or_default(),
        checks: judged
            .checks
            .iter()
            .map(|(step, verdict)| check_row(t, *step, verdict))
            .collect(),
        header: indented(&judged.token.header),
        claims: indented(&judged.token.claims),
        frame,
    }
}

fn check_row(t: Texts, step: Step, verdict: &Verdict) -> CheckRow {
    let (outcome, detail) = match verdict {
        Verdict::Passed => (CheckOutcome::Passed, String::new()),
        Verdict::Unknown => (CheckOutcome::Unknown, String::new()),
        Verdict::Failed { code, detail } => (CheckOutcome::Failed, format!("{code}: {detail}")),
    };
    CheckRow {
        label: pages::step_label(t, step.as_str()),
        outcome,
        detail,
    }
}

fn indented(map: &Map<String, Value>) -> String {
    serde_json::to_string_pretty(map).unwrap_or_default()
}

fn test_page(frame: Frame, registration_id: String, test: TestLaunch, time_zone: Tz) -> pages::TestLaunch {
    let t = frame.t;
    let moment = |at| format::moment(t, at, test.now, time_zone);
    pages::TestLaunch {
        registration_id,
        platform: test.platform,
        waits_until: test.waits_until.map(moment).unwrap_or_default(),
        newest: test.newest.map(|(id, at)| (id, moment(at))),
        frame,
    }
}
