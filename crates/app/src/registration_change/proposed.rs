//! Origins of services that a launch names and nobody has approved: kept for
//! the administrator, each once. Until then no token goes there.

use chrono::{DateTime, Utc};
use lti::{
    launch_message::{LaunchMessage, Message},
    origin::origin,
    registration_difference::Field,
};
use storage::{Connection, registration_changes, registrations::Registration};

use super::{Actor, Change, Difference, Source, State, insert, note, service_origins};
use crate::Result;

/// Origins that launches of one registration may propose at a time.
const MOST_PROPOSED: usize = 10;

/// The origins of services in a launch that nobody has approved, each once.
pub(crate) fn strange_origins(registration: &Registration, message: &LaunchMessage) -> Vec<String> {
    let ags = message.ags.as_ref();
    let returned = match &message.message {
        Message::DeepLinking(settings) => Some(settings.deep_link_return_url.as_str()),
        _ => None,
    };
    let services = [
        ags.and_then(|ags| ags.lineitems.as_deref()),
        ags.and_then(|ags| ags.lineitem.as_deref()),
        message.nrps_url.as_deref(),
        returned,
    ];
    let endpoints = [
        registration.issuer.as_str(),
        &registration.auth_login_url,
        &registration.token_url,
        &registration.jwks_url,
    ];
    let known: Vec<_> = endpoints
        .into_iter()
        .chain(service_origins(registration))
        .filter_map(origin)
        .collect();
    let mut strange = Vec::new();
    for found in services.into_iter().flatten().filter_map(origin) {
        if !known.contains(&found) && !strange.contains(&found) {
            strange.push(found);
        }
    }
    strange
}

/// Keeps origins that a launch named for the administrator. One that was refused before is not asked about again.
pub(crate) fn propose_origins(
    connection: &mut Connection,
    registration: &Registration,
    origins: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    if origins.is_empty() {
        return Ok(());
    }
    let mut known =
        registration_changes::list_in_state(connection, &registration.id, registration_changes::WAITING)?;
    known.extend(registration_changes::list_in_state(
        connection,
        &registration.id,
        registration_changes::REJECTED,
    )?);
    let known: Vec<Change> = known.into_iter().map(Change::of).collect::<Result<_>>()?;
    let proposed = known.iter().filter(|change| change.by_launch);
    let room = MOST_PROPOSED.saturating_sub(proposed.count());
    let actor = Actor {
        source: Source::Launch,
        person_id: None,
    };
    let is_known = |origin: &String| {
        let mut differences = known.iter().flat_map(|change| &change.differences);
        differences
            .any(|difference| difference.field == Field::ServiceOrigin && difference.said.contains(origin))
    };
    for origin in origins.iter().filter(|origin| !is_known(origin)).take(room) {
        let differences = [Difference {
            field: Field::ServiceOrigin,
            held: Vec::new(),
            said: vec![origin.clone()],
        }];
        insert(
            connection,
            registration,
            State::Waiting,
            &differences,
            actor.source,
            now,
        )?;
        note(
            connection,
            registration,
            &actor,
            "registration.propose",
            &differences,
            now,
        )?;
    }
    Ok(())
}
