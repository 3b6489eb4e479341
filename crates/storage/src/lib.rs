//! The only crate that knows SQL.
//!
//! [`Db`] opens the database and has two doors, [`Db::read`] and
//! [`Db::write`], one blocking closure each. What may be asked stands in one
//! file per noun: its rows and its queries beside each other, the scope
//! (organisation, deployment, context, person) as the first argument after the
//! connection. Asking for another tenant's thing answers `None`.
//!
//! Left out on purpose: decisions (they are in `assessment`, `lti` and `app`),
//! time and randomness (they come in as arguments), calls to the outside.

pub mod administration;
pub mod assessments;
pub mod attempts;
pub mod audit;
pub mod columns;
pub mod competency_frameworks;
mod connection;
pub mod contexts;
pub mod course_copies;
pub mod course_drafts;
pub mod course_placements;
pub mod course_progress;
pub mod courses;
mod db;
mod error;
pub mod grades;
pub mod groups;
pub mod invitations;
pub mod jobs;
pub mod kept_launches;
pub mod key_drills;
pub mod launch_ways;
pub mod learner_codes;
pub mod logins;
pub mod media;
mod migrations;
pub mod organisations;
pub mod overrides;
pub mod parked_launches;
pub mod people;
pub mod placements;
pub mod platform_checks;
pub mod platform_key_sets;
pub mod platform_offers;
pub mod refusals;
pub mod registration_changes;
pub mod registration_joins;
pub mod registrations;
pub mod regrade_trials;
pub mod regrades;
pub mod rosters;
pub mod schema;
pub mod sessions;
pub mod sign_ins;
pub mod tool_keys;
mod words;

pub use connection::{Connection, DatabaseUrl, InvalidDatabaseUrl};
pub use db::Db;
pub use error::Error;
pub use migrations::{MigrationError, backup, migrate};

/// UTC with microseconds, as both databases keep it.
pub type Timestamp = chrono::NaiveDateTime;

/// What each function of this crate answers.
pub type Result<T> = std::result::Result<T, Error>;
