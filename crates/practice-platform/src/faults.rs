//! Faults on demand: what the practice platform does instead of answering.
//!
//! A fault is set for one service, for a number of requests or until it is cleared.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// A part of the platform that tools call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// openid-configuration.
    Configuration,
    /// Dynamic registration.
    Registration,
    /// The platform's key set.
    KeySet,
    /// Authentication requests (the browser).
    Authentication,
    /// Access tokens.
    Token,
    /// Line items, container and single.
    LineItems,
    /// Scores.
    Scores,
    /// Results.
    Results,
    /// Names and roles.
    Memberships,
    /// The answer of a content selection (the browser).
    DeepLinking,
}

impl Service {
    /// The service that a path belongs to, if it is one.
    pub fn of(path: &str) -> Option<Self> {
        if let Some(rest) = path.strip_prefix("/mod/lti/services.php") {
            return match rest {
                rest if rest.ends_with("/scores") => Some(Self::Scores),
                rest if rest.ends_with("/results") => Some(Self::Results),
                rest if rest.ends_with("/memberships") => Some(Self::Memberships),
                _ => Some(Self::LineItems),
            };
        }
        match path.strip_prefix("/mod/lti/")? {
            "openid-configuration.php" => Some(Self::Configuration),
            "openid-registration.php" => Some(Self::Registration),
            "certs.php" => Some(Self::KeySet),
            "auth.php" => Some(Self::Authentication),
            "token.php" => Some(Self::Token),
            "contentitem_return.php" => Some(Self::DeepLinking),
            _ => None,
        }
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This HTTP status with a small HTML page; the request has no effect.
    Status(u16),
    /// No answer until `PracticePlatform::release_hung`; then the request is handled.
    Hang,
    /// 200 with an HTML page, as a login page or a maintenance page would be; no effect.
    Html200,
    /// The request takes effect, but the connection breaks in the middle of the answer.
    CloseEarly,
    /// 200 with the body `[]`, Moodle's refusal; no effect.
    RefuseEmptyList,
    /// The connection is cut before anything is handled or answered, as when the platform is down.
    Down,
    /// The request is handled as if it had come without `Authorization`: Apache before PHP, wrongly set up.
    LoseAuthorization,
    /// 429; no effect.
    TooManyRequests {
        /// Seconds in `Retry-After`; without it the header is missing.
        retry_after: Option<u32>,
    },
}

pub(crate) struct Faults {
    set: Mutex<HashMap<Service, (Fault, Option<u32>)>>,
    /// Requests that pass before the fault of their service is met.
    spared: Mutex<HashMap<Service, u32>>,
    released: watch::Sender<u64>,
}

impl Faults {
    pub(crate) fn new() -> Self {
        Self {
            set: Mutex::new(HashMap::new()),
            spared: Mutex::new(HashMap::new()),
            released: watch::Sender::new(0),
        }
    }

    /// Sets a fault for `times` requests, or until cleared when `None`.
    pub(crate) fn set(&self, service: Service, fault: Fault, times: Option<u32>) {
        self.locked().insert(service, (fault, times));
    }

    /// Sets a fault for one request, after `spared` others passed.
    pub(crate) fn set_after(&self, service: Service, fault: Fault, spared: u32) {
        self.lock_spared().insert(service, spared);
        self.set(service, fault, Some(1));
    }

    pub(crate) fn clear(&self) {
        self.lock_spared().clear();
        self.locked().clear();
    }

    /// The fault for the next request of this service, counted down.
    pub(crate) fn take(&self, service: Service) -> Option<Fault> {
        if let Some(spared) = self.lock_spared().get_mut(&service).filter(|spared| **spared > 0) {
            *spared -= 1;
            return None;
        }
        let mut set = self.locked();
        let (fault, times) = set.get_mut(&service)?;
        let fault = fault.clone();
        if let Some(left) = times {
            *left = left.saturating_sub(1);
            if *left == 0 {
                set.remove(&service);
            }
        }
        Some(fault)
    }

    pub(crate) fn release(&self) {
        self.released.send_modify(|times| *times += 1);
    }

    pub(crate) async fn hang(&self) {
        let mut released = self.released.subscribe();
        // An error means that the platform itself is gone.
        let _ = released.changed().await;
    }

    pub(crate) fn hanging(&self) -> usize {
        self.released.receiver_count()
    }

    fn lock_spared(&self) -> std::sync::MutexGuard<'_, HashMap<Service, u32>> {
        self.spared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<Service, (Fault, Option<u32>)>> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
