//! Reads a platform's configuration again, and where the platform offers it
//! its record of us: what `taynghe platform update` and the button of a
//! registration's page do; and that page. What becomes of the differences
//! stands in `registration_change.rs`.

use chrono::{DateTime, Utc};
use lti::{
    origin::same_origin,
    quirks::quirks,
    registration::{Management, PlatformConfiguration, StoredTool, registration_request},
    registration_difference::Difference,
};
use outbound::registration as platform;
use storage::{
    Connection,
    platform_offers::{self, PlatformOffer},
    registration_changes,
    registrations::{self, Registration},
};

use crate::{
    App, Code, Error, Result,
    administration::{self, demand_administrator},
    audit, invitation, json, organisation,
    registration::{self, Listed},
    registration_change::{self, Actor, Change, Compared, Reading, Source, State, Taken},
    session::{self, Session, Visitor},
};

const CHANGES_SHOWN: i64 = 20;

/// A registration's own page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The administrator's session.
    pub session: Session,
    /// Registration and deployments.
    pub listed: Listed,
    /// What the platform offers, as last read; `None` before the first time.
    pub offer: Option<PlatformConfiguration>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
    /// Where its configuration is, or may be; empty when nobody knows.
    pub configuration_url: String,
    /// True when the platform lets us read its record of us.
    pub is_managed: bool,
    /// What the platform stored otherwise than we asked.
    pub stored_otherwise: Vec<Difference>,
    /// The newest changes, newest first; those that wait are among them.
    pub changes: Vec<Change>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// A registration's own page.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has none of that id.
pub async fn page(app: &App, visitor: Visitor, id: String) -> Result<Page> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            let registration = registration::owned(c, &session, &id)?;
            page_of(c, session, registration, now)
        })
        .await
}

fn page_of(
    connection: &mut Connection,
    session: Session,
    registration: Registration,
    now: DateTime<Utc>,
) -> Result<Page> {
    let kept = platform_offers::get(connection, &registration.id)?;
    let mut rows = registration_changes::list(connection, &registration.id, CHANGES_SHOWN)?;
    // What waits is shown however much was found since.
    for waiting in registration_changes::list_in_state(connection, &registration.id, State::Waiting.as_str())?
    {
        if !rows.iter().any(|row| row.id == waiting.id) {
            rows.push(waiting);
        }
    }
    let stored_otherwise = match &kept {
        Some(kept) if !kept.stored.is_empty() => {
            let (asked, stored): (StoredTool, StoredTool) =
                (json::read(&kept.asked)?, json::read(&kept.stored)?);
            lti::registration_difference::answered(&asked, &stored)
        }
        _ => Vec::new(),
    };
    Ok(Page {
        offer: kept.as_ref().map(|kept| json::read(&kept.offer)).transpose()?,
        read_at: kept.as_ref().map(|kept| kept.read_at.and_utc()),
        configuration_url: configuration_url(&registration, kept.as_ref()),
        is_managed: kept.as_ref().is_some_and(|kept| kept.management_url.is_some()),
        stored_otherwise,
        changes: rows.into_iter().map(Change::of).collect::<Result<_>>()?,
        listed: registration::listed(connection, registration)?,
        session,
        now,
    })
}

/// Where the configuration was last time, or where such a product has it.
fn configuration_url(registration: &Registration, kept: Option<&PlatformOffer>) -> String {
    if let Some(kept) = kept {
        return kept.configuration_url.clone();
    }
    match quirks(Some(&registration.product_family)).configuration_path {
        "" => String::new(),
        path => format!("{}{path}", registration.issuer.trim_end_matches('/')),
    }
}

/// Reads a registration's platform again, from the command line. `configuration_url` is needed only where none is known.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has none of that id, `WEB-FORM` when nobody knows where the configuration is,
/// `LTI-REG-…` when it cannot be read or is another platform's; nothing is changed then.
pub async fn update(
    app: &App,
    organisation: Option<String>,
    id: String,
    configuration_url: Option<String>,
) -> Result<Taken> {
    let now = app.clock().now();
    let known = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let registration = registrations::find(c, &organisation.id, &id)?
                .ok_or_else(|| Error::not_found("no such registration"))?;
            known_of(c, registration)
        })
        .await?;
    read_and_take(app, known, configuration_url.unwrap_or_default(), None).await
}

/// The same by an administrator's button; an empty address means the known one.
///
/// # Errors
/// As [`update`], and `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn update_by(app: &App, visitor: Visitor, id: String, configuration_url: String) -> Result<Taken> {
    let now = app.clock().now();
    let (known, person_id) = app
        .db()
        .read(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            let registration = registration::owned(c, &session, &id)?;
            Ok::<_, Error>((known_of(c, registration)?, session.person_id))
        })
        .await?;
    let registration = known.registration.clone();
    read_and_take(app, known, configuration_url, Some(person_id))
        .await
        .map_err(|error| error.of_registration(&registration))
}

struct Known {
    registration: Registration,
    kept: Option<PlatformOffer>,
}

fn known_of(connection: &mut Connection, registration: Registration) -> Result<Known> {
    Ok(Known {
        kept: platform_offers::get(connection, &registration.id)?,
        registration,
    })
}

async fn read_and_take(app: &App, known: Known, typed: String, person_id: Option<String>) -> Result<Taken> {
    let reading = read(app, &known, typed.trim()).await?;
    let now = app.clock().now();
    let Registration {
        id, organisation_id, ..
    } = known.registration;
    let registration_id = id.clone();
    let taken = app
        .db()
        .write(move |c| {
            // It may have been changed while the platform was asked.
            let registration = registrations::find(c, &organisation_id, &id)?
                .ok_or_else(|| Error::not_found("no such registration"))?;
            let actor = Actor {
                source: Source::Administrator,
                person_id: person_id.as_deref(),
            };
            let taken = registration_change::take(c, &registration, &reading, &actor, now)?;
            let action = "registration.read";
            audit::note(c, &organisation_id, person_id.as_deref(), action, &id, now)?;
            Ok::<_, Error>(taken)
        })
        .await?;
    app.outbound().forget(&registration_id);
    Ok(taken)
}

/// What the configuration says now, beside what we hold; nothing is kept. The platform's record of us is not asked for: it
/// may answer with another token, which would be lost.
pub(crate) async fn compare(app: &App, registration: &Registration) -> Result<Compared> {
    let registration = registration.clone();
    let known = app.db().read(move |c| known_of(c, registration)).await?;
    let reading = read_configuration(app, &known, "").await?;
    registration_change::compare(&known.registration, known.kept.as_ref(), &reading)
}

async fn read(app: &App, known: &Known, typed: &str) -> Result<Reading> {
    let reading = read_configuration(app, known, typed).await?;
    let managed = read_record(app, known, app.clock().now()).await?;
    Ok(Reading {
        stored: managed.as_ref().map(|(stored, _)| stored.clone()),
        management: managed.and_then(|(_, management)| management),
        ..reading
    })
}

async fn read_configuration(app: &App, known: &Known, typed: &str) -> Result<Reading> {
    let configuration_url = match typed {
        "" => configuration_url(&known.registration, known.kept.as_ref()),
        typed => typed.to_owned(),
    };
    if configuration_url.is_empty() {
        return Err(Error::refused(
            Code::Form,
            "the address of the platform's configuration is not known",
        ));
    }
    let offer = platform::read_offer(app.outbound(), &configuration_url, app.clock().now())
        .await
        .map_err(|error| invitation::error_of(&error))?;
    if offer.issuer != known.registration.issuer {
        let detail = "the configuration is another platform's";
        return Err(Error::refused(Code::Lti(lti::Code::RegIssuer), detail));
    }
    Ok(Reading {
        configuration_url,
        asked: StoredTool::of(&registration_request(&offer, app.public_url())),
        offer,
        stored: None,
        management: None,
    })
}

type Managed = (StoredTool, Option<(String, String)>);

/// What the platform holds of us, where it lets us read that. A platform may change the token with each answer.
async fn read_record(app: &App, known: &Known, now: DateTime<Utc>) -> Result<Option<Managed>> {
    let Some((url, sealed)) = known
        .kept
        .as_ref()
        .and_then(|kept| Some((kept.management_url.clone()?, kept.management_token.as_deref()?)))
    else {
        return Ok(None);
    };
    let id = &known.registration.id;
    let token = app.keys().unseal(id, sealed)?;
    let registered = platform::read_registered(app.outbound(), &Management { url, token }, now)
        .await
        .map_err(|error| invitation::error_of(&error))?;
    if registered.client_id != known.registration.client_id {
        let detail = "the platform's record is another client's";
        return Err(Error::refused(Code::Lti(lti::Code::RegRefused), detail));
    }
    let management = seal(app, id, registered.management, &[&known.registration.issuer])?;
    Ok(Some((registered.stored, management)))
}

/// The address and the encrypted token, when the address is on one of these origins; else nothing is kept, for the
/// token would go elsewhere.
pub(crate) fn seal(
    app: &App,
    registration_id: &str,
    management: Option<Management>,
    homes: &[&str],
) -> Result<Option<(String, String)>> {
    let Some(management) = management.filter(|told| homes.iter().any(|home| same_origin(home, &told.url)))
    else {
        return Ok(None);
    };
    let sealed = app.keys().seal(registration_id, &management.token)?;
    Ok(Some((management.url, sealed)))
}
