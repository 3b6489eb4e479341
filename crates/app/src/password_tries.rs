//! How often a quiz's password may be wrong in a row: gently, by person, in
//! memory. It stops a script, not somebody who mistypes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use moka::sync::Cache;

const TRIES: u32 = 10;
const WINDOW: Duration = Duration::from_secs(5 * 60);
const PERSONS: u64 = 20_000;

/// Counts by person, forgotten after a while.
#[derive(Debug, Clone)]
pub(crate) struct PasswordTries(Cache<String, Arc<AtomicU32>>);

impl PasswordTries {
    pub(crate) fn new() -> Self {
        let counts = Cache::builder().max_capacity(PERSONS).time_to_live(WINDOW);
        Self(counts.build())
    }

    /// Whether the person may try.
    pub(crate) fn may_try(&self, person_id: &str) -> bool {
        let wrong = self.0.get(person_id);
        wrong.is_none_or(|wrong| wrong.load(Ordering::Relaxed) < TRIES)
    }

    /// It was wrong.
    pub(crate) fn failed(&self, person_id: &str) {
        let count = self.0.get_with(person_id.to_owned(), Arc::default);
        count.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_stopped_after_ten_and_others_are_not() {
        let tries = PasswordTries::new();
        for _ in 0..TRIES {
            assert!(tries.may_try("one"));
            tries.failed("one");
        }
        assert!(!tries.may_try("one"));
        assert!(tries.may_try("other"));
    }
}
