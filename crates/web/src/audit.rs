//! `GET /s/{session}/administration/audit` and `…/audit.csv`: who did what in the organisation.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    audit::{self, Entry, Filter, Trail, Who},
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use ui::{Frame, Texts, format, page::administration as pages};

use crate::{csv, pairs::Pairs, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let base = "/s/{session}/administration/audit";
    config
        .service(server::address(base).get(show))
        .service(server::address(format!("{base}.csv")).get(download));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let asked = Asked::read(&query);
    let before = chosen(&query, "before");
    let visitor = visitor::reader(&request, &session_id);
    let trail = audit::list(&app, visitor, asked.filter(**time_zone), before).await?;
    let frame = visitor::frame(&trail.session, &request);
    let origins = trail.session.platform_origins.clone();
    Ok(response::page(
        &page_of(frame, trail, asked, **time_zone),
        &origins,
    ))
}

async fn download(
    request: HttpRequest,
    app: Data<App>,
    time_zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = Asked::read(&Pairs::of_query(&request)?);
    let visitor = visitor::reader(&request, &session_id);
    let (session, entries) = audit::export(&app, visitor, asked.filter(**time_zone)).await?;
    let t = Texts::for_language(visitor::session_language(&session, &request));
    csv::download(t, &audit_rows(t, &entries, **time_zone), &t.get("audit-title"))
}

/// The trail as rows of a table, the heading first; times are those of the zone, with its offset.
pub fn audit_rows(t: Texts, entries: &[Entry], time_zone: Tz) -> Vec<Vec<String>> {
    let mut rows = vec![pages::audit_columns(t)];
    rows.extend(entries.iter().map(|entry| {
        vec![
            entry
                .at
                .with_timezone(&time_zone)
                .to_rfc3339_opts(SecondsFormat::Secs, false),
            who_of(t, &entry.who),
            pages::action_label(t, &entry.action),
            entry.subject_name.clone(),
            entry.action.clone(),
            entry.subject.clone(),
            detail_of(&entry.detail).to_owned(),
        ]
    }));
    rows
}

/// What the form of the page asked for, as typed: what cannot be read asks for nothing.
struct Asked {
    action: Option<String>,
    person: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Asked {
    fn read(query: &Pairs) -> Self {
        let day = |name: &str| query.get(name).parse().ok();
        Self {
            action: chosen(query, "action"),
            person: chosen(query, "person"),
            from: day("from"),
            to: day("to"),
        }
    }

    /// Whole days of the zone, the last one included.
    fn filter(&self, time_zone: Tz) -> Filter {
        let after_to = self.to.and_then(|day| day.checked_add_days(Days::new(1)));
        Filter {
            action: self.action.clone(),
            person_id: self.person.clone(),
            from: self.from.and_then(|day| begin_of(day, time_zone)),
            until: after_to.and_then(|day| begin_of(day, time_zone)),
        }
    }

    /// The query that asks for the same, to which more may be added.
    fn query(&self) -> String {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let fields = [
            ("action", self.action.clone()),
            ("person", self.person.clone()),
            ("from", day(self.from)),
            ("to", day(self.to)),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        query.finish()
    }
}

fn chosen(query: &Pairs, name: &str) -> Option<String> {
    query
        .optional(name)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
}

// Where a day begins twice or with a gap, the first moment that it has.
fn begin_of(day: NaiveDate, time_zone: Tz) -> Option<NaiveDateTime> {
    let hours = (0..4).filter_map(|hour| Some(day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?)));
    let mut moments = hours.filter_map(|local| time_zone.from_local_datetime(&local).earliest());
    moments.next().map(|moment| moment.naive_utc())
}

fn page_of(frame: Frame, trail: Trail, asked: Asked, time_zone: Tz) -> pages::Audit {
    let t = frame.t;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let actions = trail.actions.iter().map(|action| pages::Choice {
        value: action.clone(),
        label: pages::action_label(t, action),
        chosen: asked.action.as_ref() == Some(action),
    });
    let people = trail.people.iter().map(|(id, who)| pages::Choice {
        value: id.clone(),
        label: who_of(t, who),
        chosen: asked.person.as_ref() == Some(id),
    });
    let query = asked.query();
    let joint = if query.is_empty() { "" } else { "&" };
    pages::Audit {
        actions: actions.collect(),
        people: people.collect(),
        from: day(asked.from),
        to: day(asked.to),
        rows: trail
            .entries
            .iter()
            .map(|entry| row_of(t, entry, trail.now, time_zone))
            .collect(),
        filtered: !query.is_empty(),
        next: trail
            .next
            .map(|before| format!("?{query}{joint}before={before}"))
            .unwrap_or_default(),
        csv: match query.is_empty() {
            true => String::new(),
            false => format!("?{query}"),
        },
        frame,
    }
}

fn row_of(t: Texts, entry: &Entry, now: DateTime<Utc>, time_zone: Tz) -> pages::AuditRow {
    pages::AuditRow {
        at: format::moment(t, entry.at, now, time_zone),
        who: who_of(t, &entry.who),
        action: pages::action_label(t, &entry.action),
        subject_name: entry.subject_name.clone(),
        subject: entry.subject.clone(),
        detail: detail_of(&entry.detail).to_owned(),
    }
}

fn detail_of(detail: &str) -> &str {
    if detail == "{}" { "" } else { detail }
}

fn who_of(t: Texts, who: &Who) -> String {
    match who {
        Who::Service => t.get("audit-service").into_owned(),
        Who::Named(name) => name.clone(),
        Who::Nameless(number) => t.with("audit-nameless", "number", number.as_str()).to_string(),
    }
}
