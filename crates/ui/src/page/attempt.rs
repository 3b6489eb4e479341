//! A student's pages: before, during and after an attempt.

mod absent;
mod confirm;
mod pause;
mod review;
mod start;
mod take;

pub use absent::Absent;
pub use confirm::{Confirm, ConfirmQuestion};
pub use pause::Pause;
pub use review::{CertaintyTable, Examination, ExaminationPart, Review, Sibling};
pub use start::{Action, PastAttempt, Rules, Start, WhenOver};
pub use take::{Sequence, Take};
