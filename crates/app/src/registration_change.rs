//! What a platform changed since it was registered: told apart, applied where
//! the hosts stay the same, and kept for an administrator where they do not.
//! Until somebody agrees the old addresses stay in force and launches go on.
//!
//! Left out on purpose: calling the platform (`registration_update.rs`), and
//! what counts as a difference (`lti::registration_difference`).

mod compared;
mod proposed;

use chrono::{DateTime, Utc};
use lti::{
    registration::{PlatformConfiguration, StoredTool},
    registration_difference::{self as difference, Endpoints, Field},
};
use serde_json::json;
use storage::{
    Connection,
    platform_offers::{self, PlatformOffer},
    registration_changes::{self, RegistrationChange},
    registrations::{self, Registration},
};

use crate::{App, Code, Error, Result, administration, audit, json, organisation, random, session::Visitor};

pub(crate) use compared::{Compared, compare};
pub use lti::registration_difference::Difference;
pub(crate) use proposed::{propose_origins, strange_origins};

/// Who found a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Registering again.
    Registration,
    /// An administrator, by button or command.
    Administrator,
    /// A launch that names services elsewhere.
    Launch,
}

impl Source {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Administrator => "administrator",
            Self::Launch => "launch",
        }
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Taken over when it was found.
    Applied,
    /// An administrator has to decide.
    Waiting,
    /// An administrator agreed.
    Approved,
    /// An administrator refused.
    Rejected,
    /// A later reading stands in its place.
    Superseded,
}

impl State {
    /// For scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => registration_changes::APPLIED,
            Self::Waiting => registration_changes::WAITING,
            Self::Approved => registration_changes::APPROVED,
            Self::Rejected => registration_changes::REJECTED,
            Self::Superseded => registration_changes::SUPERSEDED,
        }
    }

    fn of(stored: &str) -> Self {
        [Self::Applied, Self::Waiting, Self::Approved, Self::Rejected]
            .into_iter()
            .find(|state| state.as_str() == stored)
            .unwrap_or(Self::Superseded)
    }
}

/// Differences that were found together.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id, for deciding.
    pub id: String,
    /// Whose.
    pub registration_id: String,
    /// What became of it.
    pub state: State,
    /// True when a launch proposed it.
    pub by_launch: bool,
    /// What differs.
    pub differences: Vec<Difference>,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// When an administrator decided.
    pub decided_at: Option<DateTime<Utc>>,
}

impl Change {
    pub(crate) fn of(row: RegistrationChange) -> Result<Self> {
        Ok(Self {
            differences: json::read(&row.differences)?,
            state: State::of(&row.state),
            by_launch: row.source == Source::Launch.as_str(),
            id: row.id,
            registration_id: row.registration_id,
            found_at: row.found_at.and_utc(),
            decided_at: row.decided_at.map(|at| at.and_utc()),
        })
    }
}

/// What a platform said in one reading.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// Where its configuration is.
    pub(crate) configuration_url: String,
    /// The configuration.
    pub(crate) offer: PlatformConfiguration,
    /// What we ask for.
    pub(crate) asked: StoredTool,
    /// What it says it stored; `None` when it was not asked, or is silent.
    pub(crate) stored: Option<StoredTool>,
    /// Where its record of us is, with the encrypted token; `None` leaves what is known.
    pub(crate) management: Option<(String, String)>,
}

/// What came of a reading.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// What was taken over at once.
    pub applied: Vec<Difference>,
    /// What waits for an administrator.
    pub waiting: Vec<Difference>,
    /// The change that waits.
    pub waiting_id: Option<String>,
    /// What the platform stored otherwise than we asked: to be mended there.
    pub stored_otherwise: Vec<Difference>,
}

impl Taken {
    /// True when the platform says what we hold.
    pub fn is_same(&self) -> bool {
        self.applied.is_empty() && self.waiting.is_empty() && self.stored_otherwise.is_empty()
    }
}

/// Who does it.
pub(crate) struct Actor<'a> {
    pub(crate) source: Source,
    /// Empty for the command line and for who registers.
    pub(crate) person_id: Option<&'a str>,
}

/// Compares a reading with what we hold, takes over what stays on its hosts and keeps the rest for an administrator.
/// The addresses are one thing: when one of them moves, all that differ wait.
pub(crate) fn take(
    connection: &mut Connection,
    registration: &Registration,
    reading: &Reading,
    actor: &Actor<'_>,
    now: DateTime<Utc>,
) -> Result<Taken> {
    let before = platform_offers::get(connection, &registration.id)?;
    let compared = compare(registration, before.as_ref(), reading)?;
    let waits = compared.waits();
    let Compared {
        addresses,
        offered,
        stored_otherwise,
    } = compared;
    let mut taken = Taken {
        stored_otherwise,
        applied: offered,
        ..Taken::default()
    };
    if waits {
        taken.waiting = addresses;
    } else {
        taken.applied.splice(0..0, addresses);
    }
    keep(connection, registration, before, reading, now)?;
    taken.waiting_id = propose(connection, registration, &taken.waiting, actor, now)?;
    apply(connection, registration, &taken.applied, actor, now)?;
    Ok(taken)
}

/// The addresses in force.
pub(crate) fn endpoints_of(registration: &Registration) -> Endpoints {
    Endpoints {
        auth_login_url: registration.auth_login_url.clone(),
        token_url: registration.token_url.clone(),
        token_audience: registration.token_audience.clone(),
        jwks_url: registration.jwks_url.clone(),
    }
}

/// The approved origins beside those of the endpoints.
pub(crate) fn service_origins(registration: &Registration) -> impl Iterator<Item = &str> {
    registration.service_origins.split_whitespace()
}

/// What the platform stored otherwise than we ask, by what it last said.
pub(crate) fn stored_otherwise(before: Option<&PlatformOffer>, reading: &Reading) -> Result<Vec<Difference>> {
    let known = match (&reading.stored, before) {
        (Some(stored), _) => stored.clone(),
        (None, Some(before)) if !before.stored.is_empty() => json::read(&before.stored)?,
        _ => return Ok(Vec::new()),
    };
    Ok(difference::answered(&reading.asked, &known))
}

/// Keeps the reading itself.
fn keep(
    connection: &mut Connection,
    registration: &Registration,
    before: Option<PlatformOffer>,
    reading: &Reading,
    now: DateTime<Utc>,
) -> Result<()> {
    let (management_url, management_token) = match (&reading.management, &before) {
        (Some((url, token)), _) => (Some(url.clone()), Some(token.clone())),
        (None, Some(before)) => (before.management_url.clone(), before.management_token.clone()),
        (None, None) => (None, None),
    };
    let stored = match (&reading.stored, before) {
        (Some(stored), _) => json::write(stored)?,
        (None, Some(before)) => before.stored,
        (None, None) => String::new(),
    };
    let offer = PlatformOffer {
        registration_id: registration.id.clone(),
        configuration_url: reading.configuration_url.clone(),
        management_url,
        management_token,
        offer: json::write(&reading.offer)?,
        asked: json::write(&reading.asked)?,
        stored,
        read_at: now.naive_utc(),
    };
    Ok(platform_offers::put(connection, &offer)?)
}

/// What waits from earlier readings goes, unless it is the same; answers what waits now.
fn propose(
    connection: &mut Connection,
    registration: &Registration,
    waiting: &[Difference],
    actor: &Actor<'_>,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let mut same = None;
    for row in
        registration_changes::list_in_state(connection, &registration.id, registration_changes::WAITING)?
    {
        let known = Change::of(row)?;
        if known.by_launch {
            continue;
        }
        if known.differences == waiting {
            same = Some(known.id);
        } else {
            let superseded = State::Superseded.as_str();
            registration_changes::settle(
                connection,
                &registration.id,
                &known.id,
                superseded,
                None,
                now.naive_utc(),
            )?;
        }
    }
    if waiting.is_empty() || same.is_some() {
        return Ok(same);
    }
    let id = insert(
        connection,
        registration,
        State::Waiting,
        waiting,
        actor.source,
        now,
    )?;
    note(
        connection,
        registration,
        actor,
        "registration.propose",
        waiting,
        now,
    )?;
    Ok(Some(id))
}

fn apply(
    connection: &mut Connection,
    registration: &Registration,
    applied: &[Difference],
    actor: &Actor<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    if applied.is_empty() {
        return Ok(());
    }
    take_over(connection, registration, applied, now)?;
    insert(
        connection,
        registration,
        State::Applied,
        applied,
        actor.source,
        now,
    )?;
    note(
        connection,
        registration,
        actor,
        "registration.update",
        applied,
        now,
    )
}

/// Puts the new values into the registration.
fn take_over(
    connection: &mut Connection,
    registration: &Registration,
    differences: &[Difference],
    now: DateTime<Utc>,
) -> Result<()> {
    let endpoints = endpoints_of(registration).with(differences);
    let mut new = Registration {
        auth_login_url: endpoints.auth_login_url,
        token_url: endpoints.token_url,
        token_audience: endpoints.token_audience,
        jwks_url: endpoints.jwks_url,
        updated_at: now.naive_utc(),
        ..registration.clone()
    };
    for difference in differences {
        match (difference.field, difference.said.first()) {
            (Field::ProductFamily, Some(family)) => new.product_family.clone_from(family),
            (Field::ServiceOrigin, Some(said)) if !service_origins(&new).any(|known| known == said) => {
                new.service_origins = format!("{} {said}", new.service_origins).trim().to_owned();
            }
            _ => {}
        }
    }
    registrations::update_endpoints(connection, &registration.organisation_id, &new)?;
    Ok(())
}

fn insert(
    connection: &mut Connection,
    registration: &Registration,
    state: State,
    differences: &[Difference],
    source: Source,
    now: DateTime<Utc>,
) -> Result<String> {
    let change = RegistrationChange {
        id: random::id(),
        registration_id: registration.id.clone(),
        source: source.as_str().to_owned(),
        state: state.as_str().to_owned(),
        differences: json::write(differences)?,
        found_at: now.naive_utc(),
        decided_at: None,
        decided_by: None,
    };
    registration_changes::insert(connection, &change)?;
    Ok(change.id)
}

/// The audit record: which addresses, old and new.
fn note(
    connection: &mut Connection,
    registration: &Registration,
    actor: &Actor<'_>,
    action: &str,
    differences: &[Difference],
    now: DateTime<Utc>,
) -> Result<()> {
    let told: serde_json::Map<String, serde_json::Value> = differences
        .iter()
        .filter(|difference| difference.field.is_endpoint() || difference.field == Field::ProductFamily)
        .map(|difference| {
            let values = json!({ "held": difference.held.join(" "), "said": difference.said.join(" ") });
            (difference.field.as_str().to_owned(), values)
        })
        .collect();
    audit::note_with(
        connection,
        &registration.organisation_id,
        actor.person_id,
        action,
        &registration.id,
        &serde_json::Value::Object(told).to_string(),
        now,
    )
}

/// The changes that wait in an organisation, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(app: &App, organisation: Option<String>) -> Result<Vec<Change>> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let rows = registration_changes::list_waiting(c, &organisation.id)?;
            rows.into_iter().map(Change::of).collect()
        })
        .await
}

/// Agrees to a change, or refuses it, from the command line.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has no such change; `WEB-CONFLICT` when it was decided before, or the
/// addresses changed meanwhile.
pub async fn decide(app: &App, organisation: Option<String>, id: String, approve: bool) -> Result<()> {
    let now = app.clock().now();
    let registration_id = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            settle(c, &organisation.id, None, &id, approve, now)
        })
        .await?;
    app.outbound().forget(&registration_id);
    Ok(())
}

/// The same by an administrator's button.
///
/// # Errors
/// As [`decide`], and `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn decide_by(
    app: &App,
    visitor: Visitor,
    registration_id: String,
    id: String,
    approve: bool,
) -> Result<()> {
    let now = app.clock().now();
    let settled = registration_id.clone();
    app.db()
        .write(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let organisation_id = &session.organisation_id;
            let is_its = registration_changes::find(c, organisation_id, &id)?
                .is_some_and(|change| change.registration_id == registration_id);
            if !is_its {
                return Err(session.refused(Code::NotFound, "no such change of that registration"));
            }
            settle(c, organisation_id, Some(&session.person_id), &id, approve, now)
        })
        .await?;
    app.outbound().forget(&settled);
    Ok(())
}

fn settle(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: Option<&str>,
    id: &str,
    approve: bool,
    now: DateTime<Utc>,
) -> Result<String> {
    let row = registration_changes::find(connection, organisation_id, id)?
        .ok_or_else(|| Error::not_found("no such change"))?;
    let registration = registrations::find(connection, organisation_id, &row.registration_id)?
        .ok_or_else(|| Error::not_found("no such registration"))?;
    let change = Change::of(row)?;
    let (state, action) = if approve {
        (State::Approved, "registration.approve")
    } else {
        (State::Rejected, "registration.reject")
    };
    if !registration_changes::settle(
        connection,
        &registration.id,
        id,
        state.as_str(),
        person_id,
        now.naive_utc(),
    )? {
        return Err(Error::refused(Code::Conflict, "the change was decided before"));
    }
    if approve {
        if !still_fits(&registration, &change.differences) {
            return Err(Error::refused(
                Code::Conflict,
                "the addresses changed since; read the platform's configuration again",
            ));
        }
        take_over(connection, &registration, &change.differences, now)?;
    }
    let actor = Actor {
        source: Source::Administrator,
        person_id,
    };
    note(
        connection,
        &registration,
        &actor,
        action,
        &change.differences,
        now,
    )?;
    Ok(registration.id)
}

/// True while the registration holds what the change was compared with.
fn still_fits(registration: &Registration, differences: &[Difference]) -> bool {
    let audience = registration
        .token_audience
        .as_deref()
        .unwrap_or(&registration.token_url);
    differences.iter().all(|difference| {
        let held = match difference.field {
            Field::AuthLoginUrl => registration.auth_login_url.as_str(),
            Field::TokenUrl => &registration.token_url,
            Field::TokenAudience => audience,
            Field::JwksUrl => &registration.jwks_url,
            _ => return true,
        };
        difference.held == [held]
    })
}
