//! The audit trail of an organisation: who did what, for its administrators to read and to take along. The functions that
//! do the deeds note them, in the same transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use storage::{
    Connection,
    audit::{self, AuditRecord, Doer},
    course_drafts, organisations, registrations,
};
use text::Text;

use crate::{
    App, Error, Result,
    administration::demand_administrator,
    random,
    session::{self, Session, Visitor},
};

pub use storage::audit::Filter;

/// How many records a page shows.
pub const PAGE: usize = 50;

const BATCH: i64 = 1000;

/// A page of the trail, newest first.
#[derive(Debug, Clone)]
pub struct Trail {
    /// The administrator's session.
    pub session: Session,
    /// The records.
    pub entries: Vec<Entry>,
    /// The record before which the next page begins; `None` on the last one.
    pub next: Option<String>,
    /// The words that occur, to choose from.
    pub actions: Vec<String>,
    /// The people who occur, to choose from: id and who.
    pub people: Vec<(String, Who)>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// One deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: Who,
    /// What, as a fixed word such as `registration.add`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// Its name, where it has one; else empty.
    pub subject_name: String,
    /// More about it, as JSON; `{}` for nothing.
    pub detail: String,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The command line, or the service itself.
    Service,
    /// Somebody with a name or an e-mail address.
    Named(String),
    /// Somebody who came by a one-time link: the beginning of their number.
    Nameless(String),
}

/// Notes who did what, as a fixed word, to what, by its id.
pub(crate) fn note(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: Option<&str>,
    action: &str,
    subject: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    note_with(connection, organisation_id, person_id, action, subject, "{}", now)
}

/// The same with more about it, as JSON without secrets.
pub(crate) fn note_with(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: Option<&str>,
    action: &str,
    subject: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let record = AuditRecord {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        person_id: person_id.map(str::to_owned),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
        created_at: now.naive_utc(),
    };
    Ok(audit::insert(connection, &record)?)
}

/// Notes what the session's person did; `detail` names nobody.
pub(crate) fn note_by(
    connection: &mut Connection,
    session: &Session,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    now: DateTime<Utc>,
) -> Result<()> {
    let (organisation_id, by) = (&session.organisation_id, Some(session.person_id.as_str()));
    let detail = detail.to_string();
    note_with(connection, organisation_id, by, action, subject, &detail, now)
}

/// A page of the trail; `before` is the `next` of the page before.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn list(app: &App, visitor: Visitor, filter: Filter, before: Option<String>) -> Result<Trail> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let organisation_id = session.organisation_id.clone();
            let mut names = Names::read(c, &organisation_id)?;
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let mut records = audit::list(c, &organisation_id, &filter, before.as_deref(), limit)?;
            let has_more = records.len() > PAGE;
            records.truncate(PAGE);
            names.read_titles(c, &organisation_id, &records)?;
            Ok(Trail {
                next: records.last().filter(|_| has_more).map(|last| last.id.clone()),
                entries: records.into_iter().map(|record| names.entry(record)).collect(),
                actions: audit::actions(c, &organisation_id)?,
                people: names.people(),
                session,
                now,
            })
        })
        .await
}

/// The whole trail that fits the filter, newest first, with the session whose language and zone it is told in.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn export(app: &App, visitor: Visitor, filter: Filter) -> Result<(Session, Vec<Entry>)> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let entries = all(c, &session.organisation_id, &filter)?;
            Ok((session, entries))
        })
        .await
}

/// The same for the command line: of the organisation of that name, or the first one.
///
/// # Errors
/// `WEB-NOT-FOUND` when there is no such organisation.
pub async fn export_of(app: &App, organisation: Option<String>, filter: Filter) -> Result<Vec<Entry>> {
    app.db()
        .read(move |c| {
            let found = match organisation.as_deref() {
                Some(name) => organisations::find_by_name(c, name)?,
                None => organisations::first(c)?,
            };
            let organisation = found.ok_or_else(|| Error::not_found("no such organisation"))?;
            all(c, &organisation.id, &filter)
        })
        .await
}

fn all(connection: &mut Connection, organisation_id: &str, filter: &Filter) -> Result<Vec<Entry>> {
    let mut names = Names::read(connection, organisation_id)?;
    let mut entries = Vec::new();
    let mut before: Option<String> = None;
    loop {
        let records = audit::list(connection, organisation_id, filter, before.as_deref(), BATCH)?;
        let Some(last) = records.last() else {
            return Ok(entries);
        };
        before = Some(last.id.clone());
        names.read_titles(connection, organisation_id, &records)?;
        entries.extend(records.into_iter().map(|record| names.entry(record)));
    }
}

/// What the ids of an organisation's records are called.
struct Names {
    people: HashMap<String, Who>,
    subjects: HashMap<String, String>,
}

impl Names {
    fn read(connection: &mut Connection, organisation_id: &str) -> Result<Self> {
        let mut people = HashMap::new();
        for doer in audit::doers(connection, organisation_id)? {
            // Of several identities the first that has a name counts.
            let who = who(&doer);
            match people.get(&doer.person_id) {
                Some(Who::Named(_)) => {}
                _ => drop(people.insert(doer.person_id, who)),
            }
        }
        let registrations = registrations::list(connection, organisation_id)?.into_iter();
        let subjects = registrations.map(|registration| match registration.platform_name.is_empty() {
            true => (registration.id, registration.issuer),
            false => (registration.id, registration.platform_name),
        });
        Ok(Self {
            people,
            subjects: subjects.collect(),
        })
    }

    /// Adds the titles of the quizzes and courses that the records are about.
    fn read_titles(
        &mut self,
        connection: &mut Connection,
        organisation_id: &str,
        records: &[AuditRecord],
    ) -> Result<()> {
        let about = |what: &str| -> Vec<&str> {
            let records = records.iter().filter(|record| record.action.starts_with(what));
            records.map(|record| record.subject.as_str()).collect()
        };
        let mut titles = audit::assessment_titles(connection, organisation_id, &about("assessment."))?;
        titles.extend(course_drafts::titles(
            connection,
            organisation_id,
            &about("course."),
        )?);
        for (id, title) in titles {
            let title: Option<Text> = serde_json::from_str(&title).ok();
            if let Some((_, source)) = title
                .as_ref()
                .and_then(|title| title.in_language(&title.default_language))
            {
                self.subjects.insert(id, text::to_plain(source));
            }
        }
        Ok(())
    }

    fn entry(&self, record: AuditRecord) -> Entry {
        let known = |id: &String| self.people.get(id).cloned().unwrap_or_else(|| nameless(id));
        Entry {
            at: record.created_at.and_utc(),
            who: record.person_id.as_ref().map_or(Who::Service, known),
            subject_name: self.subject(&record.subject),
            action: record.action,
            subject: record.subject,
            detail: record.detail,
        }
    }

    fn subject(&self, id: &str) -> String {
        match (self.subjects.get(id), self.people.get(id)) {
            (Some(name), _) | (None, Some(Who::Named(name))) => name.clone(),
            _ => String::new(),
        }
    }

    /// Names first, each group sorted.
    fn people(&self) -> Vec<(String, Who)> {
        let mut people: Vec<_> = (self.people.iter())
            .map(|(id, who)| (id.clone(), who.clone()))
            .collect();
        people.sort_by(|(id, who), (other_id, other)| key(who).cmp(&key(other)).then(id.cmp(other_id)));
        people
    }
}

fn key(who: &Who) -> (u8, &str) {
    match who {
        Who::Service => (0, ""),
        Who::Named(name) => (1, name),
        Who::Nameless(start) => (2, start),
    }
}

fn who(doer: &Doer) -> Who {
    let named = doer.name.clone().or_else(|| doer.email.clone());
    named.map_or_else(|| nameless(&doer.person_id), Who::Named)
}

/// Somebody without a name: the end of their number, since ids of the same time begin alike.
pub(crate) fn nameless(person_id: &str) -> Who {
    let start = person_id.len().saturating_sub(6);
    Who::Nameless(person_id.get(start..).unwrap_or(person_id).to_owned())
}
