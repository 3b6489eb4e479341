//! The only crate that calls out: key sets, access tokens, scores, results, line items, memberships and dynamic
//! registration of LTI platforms, and the sign-in of administrators by OpenID Connect, all through one HTTP client with
//! time-outs, size caps, no redirects and an address filter.
//!
//! Left out on purpose: what messages say and what answers mean (`lti`), and when to call and what to do about a
//! failure (`app`). No transaction may be open while one of these functions runs. Time and randomness are parameters.
//!
//! | call | gives |
//! |---|---|
//! | [`key_sets::key`]`(&Outbound, registration_id, jwks_url, kid, now)` | the platform's key |
//! | [`scores::post`]`(&Outbound, &Caller, line_item_url, &Score)` | what the platform's answer means |
//! | [`results::read`]`(&Outbound, &Caller, line_item_url, user_id: Option<&str>)` | results |
//! | [`line_items::list`], [`line_items::create`], [`line_items::read`] | line items |
//! | [`memberships::read_all`]`(&Outbound, &Caller, url)` | the roster |
//! | [`memberships::read_of_link`]`(&Outbound, &Caller, url, link)` | who of it may open an activity |
//! | [`registration::read_configuration`], [`registration::register`] | the platform's configuration, its answer |
//! | [`openid::authorization_url`], [`openid::exchange`] | where an administrator signs in, and who it was |
//! | [`check::key_set`], [`check::granted_scopes`], [`check::loses_token`] | what an administrator's check looks at |

mod address;
mod bearer;
pub mod check;
mod client;
mod error;
mod flight;
pub mod key_sets;
pub mod line_items;
pub mod memberships;
pub mod openid;
mod pages;
pub mod registration;
mod resolve;
pub mod results;
mod retry_after;
pub mod scores;
#[cfg(test)]
mod tests;

pub use address::AllowPrivate;
pub use bearer::{Caller, ServiceTarget};
pub use client::{Options, Outbound};
pub use error::{CallError, Cause};
pub use resolve::{Lookup, LookupAnswer};
