//! Single flight: callers who want the same thing at the same time share one call and its outcome, errors included.
//!
//! Left out on purpose: keeping outcomes. The caches do that.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};

/// The calls that are under way, by what they are about.
pub(crate) struct Flights<K, T: Clone> {
    // Weak: when all who wait have gone (their browsers hung up), the call ends with them instead of lying here half
    // done until somebody takes it up again and finds its time-out long past.
    running: Mutex<HashMap<K, Weak<T>>>,
}

type Weak<T> = WeakShared<BoxFuture<'static, T>>;
type Running<T> = Shared<BoxFuture<'static, T>>;

impl<K, T: Clone> Default for Flights<K, T> {
    fn default() -> Self {
        Flights {
            running: Mutex::new(HashMap::new()),
        }
    }
}

impl<K: Eq + Hash + Clone, T: Clone> Flights<K, T> {
    /// Waits for the call that is under way for this key, or starts one.
    pub(crate) async fn join(&self, key: &K, start: impl FnOnce() -> BoxFuture<'static, T>) -> T {
        let flight = self.board(key, start);
        let outcome = flight.clone().await;
        self.land(key, &flight);
        outcome
    }

    fn board(&self, key: &K, start: impl FnOnce() -> BoxFuture<'static, T>) -> Running<T> {
        let mut running = locked(&self.running);
        if let Some(flight) = running.get(key).and_then(WeakShared::upgrade) {
            return flight;
        }
        let flight = start().shared();
        if let Some(weak) = flight.downgrade() {
            running.insert(key.clone(), weak);
        }
        flight
    }

    fn land(&self, key: &K, flight: &Running<T>) {
        let mut running = locked(&self.running);
        let current = running.get(key).and_then(WeakShared::upgrade);
        if current.is_none_or(|current| current.ptr_eq(flight)) {
            running.remove(key);
        }
    }
}

/// The lock, also after a panic elsewhere: none of the critical sections here leaves anything half done.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
