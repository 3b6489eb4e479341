//! A student's pages: before, during and after an attempt.

mod absent;
mod confirm;
mod review;
mod start;
mod take;

pub use absent::Absent;
pub use confirm::{Confirm, ConfirmQuestion};
pub use review::{CertaintyTable, Review, Sibling};
pub use start::{Action, PastAttempt, Rules, Start};
pub use take::{Sequence, Take};
