//! The key with which a platform signed a launch. `outbound` fetches and keeps
//! the key sets in memory; here the last good one is kept in the database, so
//! that a restart while the platform is down still verifies launches. It is
//! written with an accepted launch only: a refused one leaves nothing behind.

use chrono::{DateTime, Duration, Utc};
use lti::keys::PlatformKey;
use outbound::key_sets::{self, KeptSet, KeyError};
use storage::{
    Connection,
    platform_key_sets::{self, PlatformKeySet},
    registrations::Registration,
};

use crate::{App, Result};

/// How long a kept set serves while its platform cannot be reached.
pub const SERVES: Duration = Duration::hours(key_sets::STALE_HOURS);

/// The platform's key of that id; the inner error is the platform's.
pub(crate) async fn find(
    app: &App,
    registration: &Registration,
    kid: &str,
    now: DateTime<Utc>,
) -> Result<std::result::Result<PlatformKey, KeyError>> {
    let (id, url) = (registration.id.as_str(), registration.jwks_url.as_str());
    if !key_sets::is_known(app.outbound(), id, url) {
        let owned = id.to_owned();
        let kept = app
            .db()
            .read(move |c| platform_key_sets::get(c, &owned))
            .await?
            .filter(|kept| kept.jwks_url == url);
        if let Some(kept) = kept {
            let kept = KeptSet {
                key_set: kept.key_set,
                fetched_at: kept.fetched_at.and_utc(),
            };
            key_sets::recall(app.outbound(), id, url, kept);
        }
    }
    Ok(key_sets::key(app.outbound(), id, url, kid, now).await)
}

/// The set with which a launch was just verified, when the database does not have it yet.
pub(crate) fn unsaved(app: &App, registration: &Registration) -> Option<PlatformKeySet> {
    let set = key_sets::unsaved(app.outbound(), &registration.id, &registration.jwks_url)?;
    Some(PlatformKeySet {
        registration_id: registration.id.clone(),
        jwks_url: registration.jwks_url.clone(),
        key_set: set.key_set,
        fetched_at: set.fetched_at.naive_utc(),
    })
}

/// The launch's transaction went through.
pub(crate) fn saved(app: &App, set: &PlatformKeySet) {
    let at = set.fetched_at.and_utc();
    key_sets::saved(app.outbound(), &set.registration_id, &set.jwks_url, at);
}

/// When the set came that serves while the platform cannot be reached; `None` when there is none for its present address.
pub(crate) fn kept_since(
    connection: &mut Connection,
    registration: &Registration,
) -> Result<Option<DateTime<Utc>>> {
    let kept = platform_key_sets::get(connection, &registration.id)?;
    let kept = kept.filter(|kept| kept.jwks_url == registration.jwks_url);
    Ok(kept.map(|kept| kept.fetched_at.and_utc()))
}
