//! The only room that asks the system for the time. Tests move the clock
//! instead of waiting.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Duration, SubsecRound, Utc};

/// The system's time plus what a test has moved it by. Cheap to clone; clones move together.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    moved_by_microseconds: Arc<AtomicI64>,
}

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self::default()
    }

    /// Now, in whole microseconds: what both databases can keep.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the room that reads the system's time"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        let moved_by = Duration::microseconds(self.moved_by_microseconds.load(Ordering::Relaxed));
        (Utc::now() + moved_by).trunc_subsecs(6)
    }

    /// Moves the clock ahead, for tests of deadlines and retries.
    pub fn advance(&self, by: Duration) {
        let microseconds = by.num_microseconds().unwrap_or(i64::MAX);
        self.moved_by_microseconds
            .fetch_add(microseconds, Ordering::Relaxed);
    }
}
