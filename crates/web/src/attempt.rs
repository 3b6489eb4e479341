//! `/s/{session}/attempts…`: an attempt's pages, its plain forms and the
//! entries of its script.
//!
//! The form's fields are described at `ui::component::Question`, the script's
//! JSON in `ui/static/entry-log.js`.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload, ServiceConfig},
};
use app::{
    App, Code, Error,
    attempt::{self, FormAnswer, FormEnd, Move, View},
    extension, session,
};
use assessment::{EntryHash, EntryKind, Incoming, SlotId, WriterId};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use crate::{
    activity, attempt_page,
    body::{media_type, read_body},
    multipart::SentSheet,
    pairs::Pairs,
    problem::Problem,
    rendered::RenderedCache,
    response,
    server::{Address, address},
    upload,
    visitor::{self, Sent},
};

/// Largest body of a script's entries, in bytes.
const LARGEST_ENTRIES: usize = 256 * 1024;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/attempts").post(start))
        .service(read("/s/{session}/attempts/{attempt}", attempt_page::show))
        .service(read(
            "/s/{session}/attempts/{attempt}/confirm",
            attempt_page::confirm,
        ))
        .service(address("/s/{session}/attempts/{attempt}/answers").post(save_form))
        .service(address("/s/{session}/attempts/{attempt}/entries").put(save_entries))
        .service(address("/s/{session}/attempts/{attempt}/submit").post(submit))
        .service(address("/s/{session}/attempts/{attempt}/break").post(end_break))
        .service(address("/s/{session}/attempts/{attempt}/submit-for").post(submit_for));
}

/// From an attempt to one of its pages.
type ToPage = fn(&View, &HttpRequest, &RenderedCache, Tz) -> HttpResponse;

fn read(path: &str, to_page: ToPage) -> Address {
    let handler = move |request: HttpRequest,
                        app: Data<App>,
                        rendered: Data<RenderedCache>,
                        zone: Data<Tz>,
                        ids: Path<Ids>| async move {
        let visitor = visitor::reader(&request, &ids.session);
        let view = attempt::open(&app, visitor, ids.attempt.clone()).await?;
        Ok::<_, Problem>(to_page(&view, &request, &rendered, **zone))
    };
    address(path).get(handler)
}

/// Which attempt, read in which session.
#[derive(Debug, Deserialize)]
struct Ids {
    session: String,
    attempt: String,
}

impl Ids {
    fn page(&self) -> String {
        format!("/s/{}/attempts/{}", self.session, self.attempt)
    }
}

async fn start(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let session = session::open(&app, sent.visitor.clone()).await?;
    let language = visitor::session_language(&session, &request).tag().to_owned();
    let password = sent.form.get("password").to_owned();
    let attempt = match attempt::start(&app, sent.visitor.clone(), language, password).await {
        Ok(attempt) => attempt,
        Err(Error::Refused(refusal)) if refusal.code == Code::Attempt(assessment::Code::Password) => {
            let (app, visitor) = (&app, sent.visitor);
            return activity::with_wrong_password(&request, app, &rendered, **zone, visitor, &refusal).await;
        }
        Err(error) => return Err(error.into()),
    };
    let session = sent.session_id;
    Ok(response::see_other(&Ids { session, attempt }.page()))
}

async fn submit(app: Data<App>, ids: Path<Ids>, sent: Sent) -> Result<HttpResponse, Problem> {
    attempt::submit(&app, sent.visitor, ids.attempt.clone()).await?;
    Ok(response::see_other(&ids.page()))
}

async fn end_break(app: Data<App>, ids: Path<Ids>, sent: Sent) -> Result<HttpResponse, Problem> {
    attempt::end_break(&app, sent.visitor, ids.attempt.clone()).await?;
    Ok(response::see_other(&ids.page()))
}

async fn submit_for(app: Data<App>, ids: Path<Ids>, sent: Sent) -> Result<HttpResponse, Problem> {
    extension::submit_for(&app, sent.visitor, ids.attempt.clone()).await?;
    Ok(response::see_other(&ids.page()))
}

async fn save_form(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    ids: Path<Ids>,
    sent: SentSheet,
) -> Result<HttpResponse, Problem> {
    let then = sent.form.get("then").to_owned();
    let (next, end) = match then.split_once('/') {
        Some(("check", slot)) => ("", FormEnd::Check(SlotId::from(slot))),
        Some((kind, place)) => ("", FormEnd::Move(moved(kind, place)?)),
        None => match then.as_str() {
            "" | "stay" | "break" => ("", FormEnd::Save),
            "confirm" => ("/confirm", FormEnd::Save),
            "submit" => ("", FormEnd::Submit),
            _ => return Err(Problem::new(Code::Form, "the form has an unknown button")),
        },
    };
    let mut answers = answers(&sent.form)?;
    let files = upload::keep(&app, &sent.visitor, &ids.attempt, sent.files, &mut answers).await;
    // a file that is not taken never costs an answer, and nothing is submitted without it
    let end = if files.is_ok() { end } else { FormEnd::Save };
    let checked = match &end {
        FormEnd::Check(slot) => Some(slot.clone()),
        _ => None,
    };
    let moved = match &end {
        FormEnd::Move(moved) => place_of(moved),
        _ => String::new(),
    };
    let visitor = sent.visitor.clone();
    let saved = attempt::save_form(&app, visitor, ids.attempt.clone(), answers, end).await?;
    files?;
    if !saved.refused.is_empty() {
        let view = attempt::open(&app, sent.visitor, ids.attempt.clone()).await?;
        return Ok(attempt_page::with_refused(
            &view,
            &saved.refused,
            &request,
            &rendered,
            **zone,
        ));
    }
    if then == "break" {
        attempt::start_break(&app, sent.visitor, ids.attempt.clone()).await?;
    }
    let place = checked.map(|slot| match saved.had_nothing_to_check {
        true => format!("?blank={slot}#checked-{slot}"),
        false => format!("#checked-{slot}"),
    });
    let place = place.unwrap_or(moved);
    Ok(response::see_other(&format!("{}{next}{place}", ids.page())))
}

// From a button's `then`: "choose/{section}", "discard/{slot}", …
fn moved(kind: &str, place: &str) -> Result<Move, Problem> {
    let by_slot = |kind| Move {
        kind,
        slot: Some(SlotId::from(place)),
        payload: String::new(),
    };
    match kind {
        "choose" => Ok(Move {
            kind: EntryKind::Choose,
            slot: None,
            payload: place.to_owned(),
        }),
        "discard" => Ok(by_slot(EntryKind::Discard)),
        "restore" => Ok(by_slot(EntryKind::Restore)),
        "advance" => Ok(by_slot(EntryKind::Advance)),
        _ => Err(Problem::new(Code::Form, "the form has an unknown button")),
    }
}

// Where on the page a move is seen; going on leads to its top.
fn place_of(moved: &Move) -> String {
    match (moved.kind, &moved.slot) {
        (EntryKind::Choose, _) => format!("#section-{}", moved.payload),
        (EntryKind::Discard | EntryKind::Restore, Some(slot)) => format!("#slot-{slot}"),
        _ => String::new(),
    }
}

// One answer per `was/{slot}`, in the form's order; fields without one are refused.
fn answers(form: &Pairs) -> Result<Vec<FormAnswer>, Problem> {
    let mut order = Vec::new();
    let mut answers: BTreeMap<&str, FormAnswer> = BTreeMap::new();
    for (name, value) in &form.0 {
        if let Some(slot) = name.strip_prefix("was/") {
            order.push(slot);
            answers.insert(slot, unanswered(slot, value));
        }
    }
    let misfit = || Problem::new(Code::Form, "a field belongs to no question of the form");
    for (name, value) in &form.0 {
        let Some((kind, rest)) = name.split_once('/').filter(|(kind, _)| *kind != "was") else {
            continue;
        };
        let (slot, field) = rest.split_once('/').unwrap_or((rest, ""));
        let answer = answers.get_mut(slot).ok_or_else(misfit)?;
        match kind {
            // browsers end lines as forms do; scripts and the log as texts do
            "answer" => answer
                .fields
                .push((field.to_owned(), value.replace("\r\n", "\n"))),
            "certainty" => value.clone_into(&mut answer.certainty),
            "was-certainty" => value.clone_into(&mut answer.was_certainty),
            "flag" => answer.flagged = value == "on",
            "was-flag" => answer.was_flagged = value == "on",
            _ => return Err(misfit()),
        }
    }
    Ok(order
        .into_iter()
        .filter_map(|slot| answers.remove(slot))
        .collect())
}

fn unanswered(slot: &str, was: &str) -> FormAnswer {
    FormAnswer {
        slot: SlotId::from(slot),
        fields: Vec::new(),
        was: was.to_owned(),
        flagged: false,
        was_flagged: false,
        certainty: String::new(),
        was_certainty: String::new(),
    }
}

/// What a page's script sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    writer: WriterId,
    take_over: bool,
    entries: Vec<NewEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEntry {
    number: i64,
    kind: String,
    slot: Option<SlotId>,
    payload: String,
    device_at: Option<DateTime<Utc>>,
    elapsed_ms: Option<i64>,
    previous_hash: Option<EntryHash>,
    hash: Option<EntryHash>,
}

async fn save_entries(
    request: HttpRequest,
    app: Data<App>,
    ids: Path<Ids>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::script(&request, &ids.session)?;
    if !media_type(&request).eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(
            Code::MediaType,
            "the address takes application/json",
        ));
    }
    let body = read_body(&request, payload.into_inner(), LARGEST_ENTRIES).await?;
    let sent: Entries =
        serde_json::from_slice(&body).map_err(|error| Problem::new(Code::Form, &unreadable(&error)))?;
    let writer = sent.writer.clone();
    let entries = incoming(sent)?;
    let saved = attempt::save_entries(&app, visitor, ids.attempt.clone(), writer, entries).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({
        "acknowledged": saved.acknowledged,
        "server_time": saved.server_time.to_rfc3339_opts(SecondsFormat::Millis, true),
        "remaining_seconds": saved.remaining_seconds,
    })))
}

// The kind and place of the mistake; never the words, which may be somebody's answer.
fn unreadable(error: &serde_json::Error) -> String {
    format!(
        "the JSON has a mistake ({:?}) in column {}",
        error.classify(),
        error.column()
    )
}

fn incoming(sent: Entries) -> Result<Vec<Incoming>, Problem> {
    let Entries {
        writer,
        take_over,
        entries,
    } = sent;
    let entry = |entry: NewEntry| {
        let kind = EntryKind::from_name(&entry.kind)
            .ok_or_else(|| Problem::new(Code::Attempt(assessment::Code::EntryKind), "an unknown kind"))?;
        Ok(Incoming {
            writer: writer.clone(),
            number: entry.number,
            kind,
            slot: entry.slot,
            payload: entry.payload,
            device_at: entry.device_at,
            elapsed_ms: entry.elapsed_ms,
            previous_hash: entry.previous_hash,
            hash: entry.hash,
            take_over,
        })
    };
    entries.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Pairs {
        Pairs(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs(fields).0
    }

    #[test]
    fn a_forms_fields_become_answers_in_its_order() {
        let form = pairs(&[
            ("csrf", "x"),
            ("was/q2", r#"{"choice":["a","b"]}"#),
            ("answer/q2/b", "on"),
            ("answer/q2/c", "on"),
            ("was-flag/q2", "on"),
            ("was/q1", ""),
            ("answer/q1", "two\r\nlines"),
            ("flag/q1", "on"),
            ("was-flag/q1", ""),
            ("then", "stay"),
        ]);
        let q2 = FormAnswer {
            fields: fields(&[("b", "on"), ("c", "on")]),
            was_flagged: true,
            ..unanswered("q2", r#"{"choice":["a","b"]}"#)
        };
        let q1 = FormAnswer {
            fields: fields(&[("", "two\nlines")]),
            flagged: true,
            ..unanswered("q1", "")
        };
        assert_eq!(answers(&form).unwrap(), [q2, q1]);
    }

    #[test]
    fn a_field_without_its_question_is_refused() {
        #[track_caller]
        fn check(name: &str) {
            let problem = answers(&pairs(&[("was/q1", ""), (name, "a")])).unwrap_err();
            assert_eq!(problem.0.code(), Code::Form, "{name}");
        }
        check("answer/q9");
        check("flag/q9");
        check("other/q1");
    }

    #[test]
    fn entries_are_read_strictly() {
        #[track_caller]
        fn check(json: &str, expected: Result<usize, Code>) {
            let read = serde_json::from_str::<Entries>(json)
                .map_err(|error| Problem::new(Code::Form, &unreadable(&error)))
                .and_then(incoming);
            assert_eq!(
                read.map(|entries| entries.len())
                    .map_err(|problem| problem.0.code()),
                expected,
                "{json}"
            );
        }
        let entry = r#"{"number":1,"kind":"answer","slot":"q1","payload":"","device_at":"2026-11-22T03:42:10.123Z",
            "elapsed_ms":5120,"previous_hash":null,"hash":null}"#;
        let with = |entry: &str| format!(r#"{{"writer":"tab","take_over":false,"entries":[{entry}]}}"#);
        check(&with(""), Ok(0));
        check(&with(entry), Ok(1));
        check(
            &with(&entry.replace("\"answer\"", "\"erase\"")),
            Err(Code::Attempt(assessment::Code::EntryKind)),
        );
        check(
            &with(&entry.replace("\"hash\":null", "\"hash\":\"00\"")),
            Err(Code::Form),
        );
        check(
            &with(&entry.replace("\"payload\"", "\"more\":1,\"payload\"")),
            Err(Code::Form),
        );
        check(
            &with(&entry.replace("\"number\":1", "\"number\":1,\"number\":2")),
            Err(Code::Form),
        );
        check("[]", Err(Code::Form));
    }
}
