//! The platforms' key sets, fetched when needed and kept in memory.
//!
//! A set is fresh as long as its `Cache-Control` says, within bounds. An unknown key id fetches it again at most once a
//! minute for each registration, so that forged tokens cannot make us hammer a platform. While a platform cannot be
//! reached its last set serves on. Left out on purpose: whether a key is fit to verify (`lti::keys`).

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
        if (kept.fresh_until > now && !unknown) || kept.is_cooling_down(now) {
            return found.map_err(KeyError::Key);
        }
    }
    match fetch_once(outbound, &address, now).await {
        Ok(set) => set.find(kid).cloned().map_err(KeyError::Key),
        Err(error) => {
            let stale = kept.and_then(|kept| kept.set.find(kid).cloned().ok());
            stale.ok_or(KeyError::Fetch(error))
        }
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
    fresh_until: DateTime<Utc>,
    /// The last fetch that found a set in its place, or failed to.
    refetched_at: Option<DateTime<Utc>>,
}

impl Kept {
    fn is_cooling_down(&self, now: DateTime<Utc>) -> bool {
        // A clock that was set back must not keep us waiting until it has caught up.
        self.refetched_at
            .is_some_and(|at| at <= now && now < at + TimeDelta::seconds(COOL_DOWN_SECONDS))
    }
}

impl KeySets {
    pub(crate) fn forget(&self, registration_id: &str) {
        locked(&self.kept).retain(|(registration, _), _| registration != registration_id);
    }

    fn kept(&self, address: &Address) -> Option<Kept> {
        locked(&self.kept).get(address).cloned()
    }

    fn keep(
        &self,
        address: Address,
        fetched: &Result<(Arc<PlatformKeySet>, TimeDelta), CallError>,
        now: DateTime<Utc>,
    ) {
        let mut kept = locked(&self.kept);
        let before = kept.get_mut(&address);
        match (fetched, before) {
            (Ok((set, fresh)), Some(before)) => {
                *before = Kept {
                    set: Arc::clone(set),
                    fresh_until: now + *fresh,
                    refetched_at: Some(now),
                };
            }
            // The first fetch does not cool down: a platform may change its keys right after.
            (Ok((set, fresh)), None) => {
                let first = Kept {
                    set: Arc::clone(set),
                    fresh_until: now + *fresh,
                    refetched_at: None,
                };
                kept.insert(address, first);
            }
            (Err(_), Some(before)) => before.refetched_at = Some(now),
            (Err(_), None) => {}
        }
    }
}

async fn fetch_once(outbound: &Outbound, address: &Address, now: DateTime<Utc>) -> Fetched {
    let start = || {
        let (outbound, address) = (outbound.clone(), address.clone());
        Box::pin(async move {
            let fetched = fetch(&outbound, &address.1, now).await;
            outbound.key_sets().keep(address, &fetched, now);
            fetched.map(|(set, _)| set)
        }) as _
    };
    outbound.key_sets().flights.join(address, start).await
}

async fn fetch(
    outbound: &Outbound,
    url: &str,
    now: DateTime<Utc>,
) -> Result<(Arc<PlatformKeySet>, TimeDelta), CallError> {
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
    Ok((
        Arc::new(set),
        freshness(answer.header("cache-control").as_deref()),
    ))
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
