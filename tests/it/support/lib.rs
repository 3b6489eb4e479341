//! What the stories of this package share: a whole service on a database of
//! its own ([`TestSite`]), beside the practice platform, and a browser at the
//! level of HTTP ([`Browser`]). The only double is the other side of the
//! network. Stories move the clock and call the loops' functions themselves:
//! nothing sleeps.
//!
//! The database is SQLite, or the PostgreSQL server of
//! `TAYNGHE_TEST_DATABASE=postgres://…`, on which each site has a schema of its own.

#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the environment and has an HTTP client of its own"
)]

mod browser;
mod database;
mod files;
mod fixtures;
mod key_server;
mod openid_provider;
mod program;
mod rows;
mod site;

pub use browser::{Answer, Browser, post_by_script};
pub use database::TestDatabase;
pub use files::{ChosenFile, small_png};
pub use fixtures::fixtures;
pub use key_server::KeyServer;
pub use openid_provider::{Behaviour, CLIENT_ID, CLIENT_SECRET, OpenIdProvider};
pub use program::{Program, free_port, program};
pub use rows::Lock;
pub use site::{Connected, Moved, TestSite};
