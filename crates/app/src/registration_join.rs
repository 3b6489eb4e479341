//! Two registrations that are one platform: the same Moodle registered twice, or one that moved to another address.
//! Recognised by the platform's own name for its installation (`tool_platform.guid`), joined only by an administrator
//! of both, and undone exactly. Nobody is ever joined by name or e-mail address: those are only counted, as evidence.

mod carry;
mod carry_rules;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use lti::launch_message::LaunchMessage;
pub use storage::registrations::Registration;
use storage::{
    Connection,
    people::Identity,
    registration_joins::{self, Join},
};

pub(crate) use carry::carry;

use crate::{
    App, Code, Error, Result, administration,
    audit::{note, note_with},
    organisation, random,
    session::{self, Session, Visitor},
};

/// How long a platform's name for its installation may be.
const LONGEST_GUID: usize = 255;

/// Two registrations that look like one platform.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The older one: what it has goes on.
    pub former: Registration,
    /// The newer one: it goes on with it.
    pub registration: Registration,
    /// What they call their installation, both alike.
    pub guid: String,
    /// How well their people agree.
    pub agreement: Agreement,
}

/// How well the people of two registrations agree; numbers only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// People whom both call by the same number (`sub`).
    pub same_subjects: usize,
    /// Of those, how many have the same name on both sides.
    pub same_names: usize,
    /// Of those, how many have the same student number on both sides.
    pub same_numbers: usize,
    /// Of those, how many have another name or another student number.
    pub different: usize,
}

/// A join with its two sides.
#[derive(Debug, Clone)]
pub struct Joined {
    /// The join.
    pub join: Join,
    /// The older one.
    pub former: Registration,
    /// The newer one.
    pub registration: Registration,
    /// Whether it is in force and no later one builds on it.
    pub can_be_undone: bool,
}

/// What an administrator decides about.
#[derive(Debug, Clone)]
pub struct Joins {
    /// What could be joined.
    pub proposals: Vec<Proposal>,
    /// What was joined, newest first; also what was undone.
    pub joins: Vec<Joined>,
}

/// The administrator's page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Who asks.
    pub session: Session,
    /// What there is.
    pub joins: Joins,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// The page of an administrator's session.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn page(app: &App, visitor: Visitor) -> Result<Page> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            administration::demand_administrator(c, &session)?;
            let joins = look(c, &session.organisation_id)?;
            Ok(Page { session, joins, now })
        })
        .await
}

/// Joins two registrations of the administrator's organisation.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`; `WEB-CONFLICT` when they are not one platform, or one of
/// them is joined already.
pub async fn approve(app: &App, visitor: Visitor, former: String, registration: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let by = Some(session.person_id.as_str());
            join_two(c, &session.organisation_id, by, &former, &registration, now)?;
            Ok(session)
        })
        .await
}

/// Undoes a join of the administrator's organisation.
///
/// # Errors
/// As [`approve`]; `WEB-CONFLICT` when it was undone, or a later one builds on it.
pub async fn withdraw(app: &App, visitor: Visitor, id: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let by = Some(session.person_id.as_str());
            undo(c, &session.organisation_id, by, &id, now)?;
            Ok(session)
        })
        .await
}

/// The same for the command line: of the organisation of that name, or the first one.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, organisation: Option<String>) -> Result<Joins> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            look(c, &organisation.id)
        })
        .await
}

/// [`approve`] for the command line; answers the join's id.
///
/// # Errors
/// `WEB-NOT-FOUND`, `WEB-CONFLICT`.
pub async fn join(
    app: &App,
    organisation: Option<String>,
    former: String,
    registration: String,
) -> Result<String> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            join_two(c, &organisation.id, None, &former, &registration, now)
        })
        .await
}

/// [`withdraw`] for the command line.
///
/// # Errors
/// `WEB-NOT-FOUND`, `WEB-CONFLICT`.
pub async fn unjoin(app: &App, organisation: Option<String>, id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            undo(c, &organisation.id, None, &id, now)
        })
        .await
}

/// Keeps what a launch tells of the platform's installation.
pub(crate) fn learn_guid(
    connection: &mut Connection,
    registration: &Registration,
    message: &LaunchMessage,
) -> Result<()> {
    let guid = message
        .tool_platform
        .guid
        .as_deref()
        .map(str::trim)
        .unwrap_or_default();
    if guid.is_empty() || guid.len() > LONGEST_GUID || guid.contains(char::is_control) {
        return Ok(());
    }
    Ok(registration_joins::set_guid(connection, &registration.id, guid)?)
}

fn look(connection: &mut Connection, organisation_id: &str) -> Result<Joins> {
    let known = registration_joins::list_guids(connection, organisation_id)?;
    let mut joins = Vec::new();
    let all = registration_joins::list(connection, organisation_id)?;
    for join in &all {
        let side = |id: &str| {
            known
                .iter()
                .find(|(one, _)| one.id == id)
                .map(|(one, _)| one.clone())
        };
        let (Some(former), Some(registration)) =
            (side(&join.former_registration_id), side(&join.registration_id))
        else {
            continue;
        };
        joins.push(Joined {
            can_be_undone: join.undone_at.is_none() && later(&all, join).is_none(),
            join: join.clone(),
            former,
            registration,
        });
    }
    let mut proposals = Vec::new();
    for (index, (registration, guid)) in known.iter().enumerate() {
        let twin = known
            .iter()
            .take(index)
            .rev()
            .find(|(former, other)| are_one(registration, guid, former, other));
        let Some((former, _)) = twin else { continue };
        if registration_joins::of_registration(connection, &registration.id)?.is_none() {
            proposals.push(Proposal {
                agreement: agreement(connection, former, registration)?,
                former: former.clone(),
                registration: registration.clone(),
                guid: guid.clone(),
            });
        }
    }
    Ok(Joins { proposals, joins })
}

fn are_one(one: &Registration, guid: &str, other: &Registration, other_guid: &str) -> bool {
    !guid.is_empty() && guid == other_guid && one.product_family == other.product_family && one.id != other.id
}

// A later join in force that has a side in common with this one.
fn later<'a>(all: &'a [Join], join: &Join) -> Option<&'a Join> {
    let sides = [&join.former_registration_id, &join.registration_id];
    all.iter().find(|other| {
        other.id > join.id
            && other.undone_at.is_none()
            && (sides.contains(&&other.former_registration_id) || sides.contains(&&other.registration_id))
    })
}

fn agreement(
    connection: &mut Connection,
    former: &Registration,
    registration: &Registration,
) -> Result<Agreement> {
    let before: HashMap<String, Identity> = registration_joins::identities(connection, &former.id)?
        .into_iter()
        .map(|identity| (identity.subject.clone(), identity))
        .collect();
    let mut agreement = Agreement::default();
    for new in registration_joins::identities(connection, &registration.id)? {
        let Some(old) = before.get(&new.subject) else {
            continue;
        };
        agreement.same_subjects += 1;
        let named = compare(old.name.as_deref(), new.name.as_deref());
        let numbered = compare(old.sourced_id.as_deref(), new.sourced_id.as_deref());
        agreement.same_names += usize::from(named == Some(true));
        agreement.same_numbers += usize::from(numbered == Some(true));
        agreement.different += usize::from(named == Some(false) || numbered == Some(false));
    }
    Ok(agreement)
}

// What one side does not tell says nothing.
fn compare(one: Option<&str>, other: Option<&str>) -> Option<bool> {
    let told = |value: Option<&str>| {
        value
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    };
    Some(told(one)? == told(other)?)
}

fn join_two(
    connection: &mut Connection,
    organisation_id: &str,
    by: Option<&str>,
    former: &str,
    registration: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let known = registration_joins::list_guids(connection, organisation_id)?;
    // Of another organisation: as if there were none.
    let side = |id: &str| {
        let found = known.iter().find(|(one, _)| one.id == id);
        found.ok_or_else(|| Error::not_found("no such registration"))
    };
    let ((former, former_guid), (registration, guid)) = (side(former)?, side(registration)?);
    let conflict = |detail: &str| Err(Error::refused(Code::Conflict, detail));
    if !are_one(registration, guid, former, former_guid) {
        return conflict("nothing shows that the two are one platform");
    }
    if former.id > registration.id {
        return conflict("the older registration comes first");
    }
    if registration_joins::of_registration(connection, &registration.id)?.is_some() {
        return conflict("the registration is joined already");
    }
    let join = Join {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        former_registration_id: former.id.clone(),
        registration_id: registration.id.clone(),
        joined_by: by.map(str::to_owned),
        joined_at: now.naive_utc(),
        undone_at: None,
    };
    registration_joins::insert(connection, &join)?;
    let people = join_people(connection, &join, now)?;
    let activities = carry::carry_all(connection, &join, registration, now)?;
    let detail = serde_json::json!({
        "former": former.issuer, "people": people, "activities": activities
    });
    let (action, detail) = ("registration.join", detail.to_string());
    note_with(
        connection,
        organisation_id,
        by,
        action,
        &registration.id,
        &detail,
        now,
    )?;
    Ok(join.id)
}

fn join_people(connection: &mut Connection, join: &Join, now: DateTime<Utc>) -> Result<usize> {
    let before: HashMap<String, String> =
        registration_joins::identities(connection, &join.former_registration_id)?
            .into_iter()
            .map(|identity| (identity.subject, identity.person_id))
            .collect();
    let mut joined = HashMap::new();
    for identity in registration_joins::identities(connection, &join.registration_id)? {
        let Some(person_id) = before.get(&identity.subject) else {
            continue;
        };
        if *person_id == identity.person_id {
            continue;
        }
        carry::note_move(
            connection,
            join,
            registration_joins::IDENTITY,
            &identity.id,
            &identity.person_id,
            now,
        )?;
        registration_joins::set_person(connection, &identity.id, person_id)?;
        joined.insert(identity.person_id.clone(), person_id.clone());
    }
    carry_rules::follow_people(connection, join, &joined, now)?;
    Ok(joined.values().collect::<HashSet<_>>().len())
}

fn undo(
    connection: &mut Connection,
    organisation_id: &str,
    by: Option<&str>,
    id: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let join = registration_joins::find(connection, organisation_id, id)?
        .ok_or_else(|| Error::not_found("no such join"))?;
    let all = registration_joins::list(connection, organisation_id)?;
    if later(&all, &join).is_some() {
        return Err(Error::refused(Code::Conflict, "a later join builds on this one"));
    }
    if !registration_joins::end(connection, organisation_id, &join.id, now.naive_utc())? {
        return Err(Error::refused(Code::Conflict, "the join was undone"));
    }
    carry::restore(connection, &join, now)?;
    let (action, id) = ("registration.unjoin", &join.registration_id);
    note(connection, organisation_id, by, action, id, now)
}
