//! The platforms' key sets, fetched when needed and kept in memory.
//!
//! A set is fresh as long as its `Cache-Control` says, within bounds. An unknown key id fetches it again at most once a
//! minute for each registration, so that forged tokens cannot make us hammer a platform. While a platform cannot be
//! reached its last set serves on, for three days: long enough for a Moodle that nobody mends over a weekend, and not
//! for ever, since a key that the platform has withdrawn since then would count for as long. Left out on purpose:
//! whether a key is fit to verify (`lti::keys`), and keeping sets over a restart (`app`, with [`recall`] and [`unsaved`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use lti::keys::{PlatformKey, PlatformKeySet};
use lti::{Code, Refusal};
use reqwest::Method;

use crate::client::{CAP_KEY_SET, Call, Outbound, Service};
use crate::error::CallError;
use crate::flight::{Flights, locked};

/// How long a set is fresh when the platform does not say (Moodle does not).
const USUAL_MINUTES: i64 = 60;
const SHORTEST_MINUTES: i64 = 5;
const LONGEST_MINUTES: i64 = 24 * 60;
/// How long after it was fetched a set serves while its platform cannot be reached.
pub const STALE_HOURS: i64 = 72;
/// After a fetch for an unknown key, or one that failed, the next waits this long.
const COOL_DOWN_SECONDS: i64 = 60;

/// Why there is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The set could not be fetched or read, and none was kept. `LTI-KEY-FETCH`.
    #[error("LTI-KEY-FETCH: {0}")]
    Fetch(CallError),
    /// The set has no such key, or one that may not be used. `LTI-TOK-…`.
    #[error("{0}")]
    Key(Refusal),
}

impl KeyError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            KeyError::Fetch(_) => Code::KeyFetch,
            KeyError::Key(refusal) => refusal.code,
        }
    }
}

/// The key with which a registration's platform signed, by its key id.
///
/// # Errors
/// See [`KeyError`].
pub async fn key(
    outbound: &Outbound,
    registration_id: &str,
    jwks_url: &str,
    kid: &str,
    now: DateTime<Utc>,
) -> Result<PlatformKey, KeyError> {
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    let kept = outbound.key_sets().kept(&address);
    if let Some(kept) = &kept {
        let found = kept.set.find(kid).cloned();
        let unknown = found
            .as_ref()
            .is_err_and(|refusal| refusal.code == Code::TokKidUnknown);
        if kept.is_fresh(now) && !unknown {
            return found.map_err(KeyError::Key);
        }
        if kept.is_cooling_down(now) {
            return match &kept.failed {
                Some(error) => kept.serve_stale(found, error.clone(), now),
                None => found.map_err(KeyError::Key),
            };
        }
    }
    match fetch_once(outbound, &address, now).await {
        Ok(set) => set.find(kid).cloned().map_err(KeyError::Key),
        Err(error) => match kept {
            Some(kept) => kept.serve_stale(kept.set.find(kid).cloned(), error, now),
            None => Err(KeyError::Fetch(error)),
        },
    }
}

/// A key set as it came, for keeping it over a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSet {
    /// JSON (RFC 7517).
    pub key_set: String,
    /// When it came.
    pub fetched_at: DateTime<Utc>,
}

/// Whether a set of that registration and address is in memory.
#[must_use]
pub fn is_known(outbound: &Outbound, registration_id: &str, jwks_url: &str) -> bool {
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    outbound.key_sets().kept(&address).is_some()
}

/// When the set in memory came that serves because its platform could not be reached since; `None` when the last fetch
/// gave a set.
#[must_use]
pub fn stale_since(outbound: &Outbound, registration_id: &str, jwks_url: &str) -> Option<DateTime<Utc>> {
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    let kept = outbound.key_sets().kept(&address)?;
    kept.failed.is_some().then_some(kept.fetched_at)
}

/// Takes in a set that was kept over a restart, unless there is one in memory. It is not fresh: it serves only when the
/// platform cannot be reached.
pub fn recall(outbound: &Outbound, registration_id: &str, jwks_url: &str, kept: KeptSet) {
    let Ok(set) = PlatformKeySet::parse(kept.key_set.as_bytes()) else {
        return;
    };
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    let recalled = Kept {
        set: Arc::new(set),
        text: kept.key_set.into(),
        fetched_at: kept.fetched_at,
        fresh_until: kept.fetched_at,
        refetched_at: None,
        failed: None,
        saved: true,
    };
    locked(&outbound.key_sets().kept)
        .entry(address)
        .or_insert(recalled);
}

/// The set in memory when it came after the last [`saved`] one.
#[must_use]
pub fn unsaved(outbound: &Outbound, registration_id: &str, jwks_url: &str) -> Option<KeptSet> {
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    let kept = outbound.key_sets().kept(&address).filter(|kept| !kept.saved)?;
    Some(KeptSet {
        key_set: kept.text.to_string(),
        fetched_at: kept.fetched_at,
    })
}

/// Marks the set of that time as kept over a restart.
pub fn saved(outbound: &Outbound, registration_id: &str, jwks_url: &str, fetched_at: DateTime<Utc>) {
    let address = (registration_id.to_owned(), jwks_url.to_owned());
    if let Some(kept) = locked(&outbound.key_sets().kept).get_mut(&address)
        && kept.fetched_at == fetched_at
    {
        kept.saved = true;
    }
}

/// A registration's id and the address of its platform's key set.
type Address = (String, String);
type Fetched = Result<Arc<PlatformKeySet>, CallError>;

/// The sets in memory and the fetches under way.
#[derive(Default)]
pub(crate) struct KeySets {
    kept: Mutex<HashMap<Address, Kept>>,
    flights: Flights<Address, Fetched>,
}

#[derive(Clone)]
struct Kept {
    set: Arc<PlatformKeySet>,
    text: Arc<str>,
    fetched_at: DateTime<Utc>,
    fresh_until: DateTime<Utc>,
    /// The last fetch that found a set in its place, or failed to.
    refetched_at: Option<DateTime<Utc>>,
    /// Why the last fetch failed.
    failed: Option<CallError>,
    /// Whether it is kept over a restart.
    saved: bool,
}

impl Kept {
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        // A set that comes from the future was fetched while the clock was wrong.
        self.fetched_at <= now && now < self.fresh_until
    }

    fn is_cooling_down(&self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not keep us waiting until it has caught up.
        self.refetched_at
            .is_some_and(|at| at <= now && now < at + TimeDelta::seconds(COOL_DOWN_SECONDS))
    }

    /// What the set says while its platform cannot be reached. A key that it does not have may be a new one, so the
    /// reason is the failure.
    fn serve_stale(
        &self,
        found: Result<PlatformKey, Refusal>,
        failed: CallError,
        now: DateTime<Utc>,
    ) -> Result<PlatformKey, KeyError> {
        // Both ways: a clock that ran far ahead when the set came must not make it eternal.
        let too_old = (now - self.fetched_at).abs() > TimeDelta::hours(STALE_HOURS);
        found.ok().filter(|_key| !too_old).ok_or(KeyError::Fetch(failed))
    }
}

impl KeySets {
    pub(crate) fn forget(&self, registration_id: &str) {
        locked(&self.kept).retain(|(registration, _), _| registration != registration_id);
    }

    fn kept(&self, address: &Address) -> Option<Kept> {
        locked(&self.kept).get(address).cloned()
    }

    fn keep(&self, address: Address, fetched: &Result<Loaded, CallError>, now: DateTime<Utc>) {
        let mut kept = locked(&self.kept);
        match (fetched, kept.get_mut(&address)) {
            (Ok(loaded), before) => {
                let new = Kept {
                    set: Arc::clone(&loaded.set),
                    text: Arc::clone(&loaded.text),
                    fetched_at: now,
                    fresh_until: now + loaded.fresh,
                    // The first fetch does not cool down: a platform may change its keys right after.
                    refetched_at: before.is_some().then_some(now),
                    failed: None,
                    saved: false,
                };
                kept.insert(address, new);
            }
            (Err(error), Some(before)) => {
                before.refetched_at = Some(now);
                before.failed = Some(error.clone());
            }
            (Err(_), None) => {}
        }
    }
}

/// A set as it was just fetched.
struct Loaded {
    set: Arc<PlatformKeySet>,
    text: Arc<str>,
    fresh: TimeDelta,
}

async fn fetch_once(outbound: &Outbound, address: &Address, now: DateTime<Utc>) -> Fetched {
    let start = || {
        let (outbound, address) = (outbound.clone(), address.clone());
        Box::pin(async move {
            let fetched = fetch(&outbound, &address.1, now).await;
            outbound.key_sets().keep(address, &fetched, now);
            fetched.map(|loaded| loaded.set)
        }) as _
    };
    outbound.key_sets().flights.join(address, start).await
}

async fn fetch(outbound: &Outbound, url: &str, now: DateTime<Utc>) -> Result<Loaded, CallError> {
    let call = Call {
        service: Service::KeySet,
        method: Method::GET,
        url,
        accept: "application/json",
        content: None,
        bearer: None,
        cap: CAP_KEY_SET,
        now,
    };
    let answer = outbound.send(call).await?.success()?;
    let set = PlatformKeySet::parse(&answer.body)?;
    Ok(Loaded {
        set: Arc::new(set),
        text: String::from_utf8_lossy(&answer.body).into(),
        fresh: freshness(answer.header("cache-control").as_deref()),
    })
}

/// How long a set is fresh by its `Cache-Control` (RFC 9111, 5.2.2), within our bounds.
fn freshness(cache_control: Option<&str>) -> TimeDelta {
    let usual = TimeDelta::minutes(USUAL_MINUTES);
    let Some(header) = cache_control else { return usual };
    let mut fresh = usual;
    for directive in header.split(',').map(str::trim) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => return TimeDelta::minutes(SHORTEST_MINUTES),
            "max-age" => {
                let seconds = value.trim().trim_matches('"').parse::<u32>().ok();
                fresh = seconds.map_or(fresh, |seconds| TimeDelta::seconds(i64::from(seconds)));
            }
            _ => {}
        }
    }
    fresh.clamp(
        TimeDelta::minutes(SHORTEST_MINUTES),
        TimeDelta::minutes(LONGEST_MINUTES),
    )
}
