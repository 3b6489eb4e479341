//! One public function per thing that a person or a platform can do.
//!
//! Each reads, lets a pure crate decide, and writes in one closure; what it
//! owes to the outside is an outbox row of the same transaction. The first
//! argument is the [`App`]; who asks comes as a [`session::Visitor`] and is
//! resolved inside the function's own closure.
//!
//! Left out on purpose: HTTP (it is in `web`), SQL (in `storage`), words for
//! people (in `ui`).

pub mod accommodation;
pub mod activity;
pub mod administration;
pub mod administrators;
pub mod assessment;
pub mod attempt;
mod attempt_break;
mod attempt_end;
mod attempt_entries;
mod attempt_history;
mod attempt_log;
mod attempt_plan;
mod attempt_review;
mod attempt_time;
pub mod audit;
mod clock;
mod code;
pub mod competency;
mod context;
pub mod course;
pub mod course_copy;
pub mod deep_linking;
mod error;
pub mod examination;
pub mod extension;
pub mod grade;
pub mod gradebook;
pub mod groups;
pub mod invitation;
pub mod job;
mod json;
pub mod kept_launch;
pub mod key_report;
pub mod key_rotation;
pub mod keys;
pub mod launch;
pub mod launch_way;
pub mod learner;
pub mod learner_code;
pub mod login;
pub mod marking;
pub mod media;
pub mod module_score;
mod one_time;
pub mod organisation;
pub mod overrides;
pub mod parked_launch;
mod password_tries;
pub mod people_of_course;
mod placement;
pub mod platform_check;
pub mod platform_keys;
mod published;
mod random;
pub mod refusal;
pub mod registration;
pub mod registration_change;
pub mod registration_join;
pub mod registration_update;
pub mod regrade;
mod roster;
mod rules;
mod scene;
mod service;
pub mod session;
pub mod sign_in;
pub mod statistics;
pub mod submission_review;
pub mod tidy;

pub use clock::Clock;
pub use code::Code;
pub use context::{App, Parts};
pub use error::{Error, Refusal};

/// What each use case answers.
pub type Result<T> = std::result::Result<T, Error>;
