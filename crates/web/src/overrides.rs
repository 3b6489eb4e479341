//! `/s/{session}/overrides…`: rules of an activity that are different for
//! persons and groups.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    overrides::{self, Override, Overrides, Whom},
};
use assessment::{Changed, InForce, RuleOverride, Rules};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use ui::{Texts, format, page::timing as page};

use crate::{
    override_form,
    pairs::Pairs,
    problem::Problem,
    rendered, response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/overrides").get(list).post(add))
        .service(address("/s/{session}/overrides/new").get(new))
        .service(
            address("/s/{session}/overrides/{override}")
                .get(open)
                .post(change),
        );
}

#[derive(Debug, Deserialize)]
struct Ids {
    session: String,
    #[serde(rename = "override")]
    id: String,
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let found = overrides::list(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&found.session, &request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let page = page::Overrides {
        title: rendered::plain(&found.title, t.language()),
        path: format!("{prefix}/overrides"),
        gradebook_path: format!("{prefix}/gradebook"),
        groups_path: format!("{prefix}/groups"),
        accommodations_path: format!("{prefix}/accommodations"),
        is_saved: query.get("done") == "saved",
        usual: usual(&found.rules, t, **zone),
        overrides: found.rows.iter().map(|row| in_words(row, t, **zone)).collect(),
        frame,
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn new(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = overrides::list(&app, visitor::reader(&request, &session_id)).await?;
    let page = override_form::blank(&found, &request, **zone);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    ids: Path<Ids>,
) -> Result<HttpResponse, Problem> {
    let found = overrides::list(&app, visitor::reader(&request, &ids.session)).await?;
    let row = row_of(&found, &ids.id)?;
    let page = override_form::of_row(&found, row, &request, **zone);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn add(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let whom = match sent.form.get("whom").split_once(':') {
        Some(("person", id)) => Some(Whom::Person(id.to_owned())),
        Some(("group", id)) => Some(Whom::Group(id.to_owned())),
        _ => None,
    };
    let read = override_form::read(&sent.form, **zone);
    let (Some(whom), true) = (whom, read.wrong.is_empty()) else {
        let found = overrides::list(&app, sent.visitor).await?;
        let mut page = override_form::blank(&found, &request, **zone);
        override_form::annotate(&mut page, &sent.form, &read.wrong);
        return Ok(again(&page, &found));
    };
    let session = overrides::add(&app, sent.visitor, whom, read.change).await?;
    Ok(response::see_other(&format!(
        "/s/{}/overrides?done=saved",
        session.id
    )))
}

async fn change(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    ids: Path<Ids>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let session = if sent.form.get("do") == "remove" {
        overrides::remove(&app, sent.visitor, ids.id.clone()).await?
    } else {
        let read = override_form::read(&sent.form, **zone);
        if !read.wrong.is_empty() {
            let found = overrides::list(&app, sent.visitor).await?;
            let row = row_of(&found, &ids.id)?;
            let mut page = override_form::of_row(&found, row, &request, **zone);
            override_form::annotate(&mut page, &sent.form, &read.wrong);
            return Ok(again(&page, &found));
        }
        overrides::change(&app, sent.visitor, ids.id.clone(), read.change).await?
    };
    Ok(response::see_other(&format!(
        "/s/{}/overrides?done=saved",
        session.id
    )))
}

fn again(page: &page::OverrideForm, found: &Overrides) -> HttpResponse {
    response::page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        page,
        &found.session.platform_origins,
    )
}

fn row_of<'a>(found: &'a Overrides, id: &str) -> Result<&'a Override, Problem> {
    let row = found.rows.iter().find(|row| row.id == id);
    row.ok_or_else(|| {
        Problem(Error::refused(
            Code::NotFound,
            "no such override of this activity",
        ))
    })
}

fn usual(rules: &Rules, t: Texts, zone: Tz) -> Vec<page::Fact> {
    let everything = RuleOverride {
        opens_at: Changed::Lifted,
        closes_at: Changed::Lifted,
        time_limit_seconds: Changed::Lifted,
        attempts_allowed: Changed::Lifted,
        ..RuleOverride::default()
    };
    facts(&InForce::of_all(rules), &everything, t, zone)
}

fn in_words(row: &Override, t: Texts, zone: Tz) -> page::Override {
    page::Override {
        id: row.id.clone(),
        name: row.name.clone().unwrap_or_default(),
        is_group: matches!(row.whom, Whom::Group(_)),
        facts: facts(&row.in_force, &row.change, t, zone),
    }
}

// What holds, of the rules that an override changes. The password itself is told in its form only.
fn facts(in_force: &InForce, change: &RuleOverride, t: Texts, zone: Tz) -> Vec<page::Fact> {
    let rules = &in_force.rules;
    let none = || t.get("time-none").into_owned();
    let date = |at: Option<DateTime<Utc>>| at.map_or_else(none, |at| format::date_time(t, at, zone));
    let duration = |seconds: u32| format::duration(t, TimeDelta::seconds(i64::from(seconds)));
    let limit = rules
        .time_limit_seconds
        .map(|seconds| seconds.saturating_sub(in_force.extra_seconds));
    let attempts = rules.attempts_allowed.map(|attempts| attempts.to_string());
    let changes_attempts = !change.attempts_allowed.is_kept() || change.more_attempts > 0;
    let password = match change.password {
        Changed::To(_) => "•••".to_owned(),
        Changed::Kept | Changed::Lifted => none(),
    };
    [
        (
            !change.opens_at.is_kept(),
            "attempt-opens-at",
            date(rules.opens_at),
        ),
        (
            !change.closes_at.is_kept(),
            "attempt-closes-at",
            date(rules.closes_at),
        ),
        (
            !change.time_limit_seconds.is_kept(),
            "attempt-time-limit",
            limit.map_or_else(none, duration),
        ),
        (
            in_force.extra_seconds > 0,
            "time-with-extra",
            rules.time_limit_seconds.map_or_else(none, duration),
        ),
        (changes_attempts, "quiz-attempts", attempts.unwrap_or_else(none)),
        (!change.password.is_kept(), "time-password", password),
    ]
    .into_iter()
    .filter(|(is_changed, ..)| *is_changed)
    .map(|(_, label, value)| page::Fact {
        label: t.get(label).into_owned(),
        value,
    })
    .collect()
}
