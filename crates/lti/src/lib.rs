//! LTI 1.3 Advantage on the wire, the tool's side: what comes in is read and
//! judged, what goes out is built. Pure: no clock, no randomness, no network,
//! no storage; `app` decides what to do with the values, `outbound` carries
//! them. Knows nothing of courses and quizzes.
//!
//! | module | what |
//! |---|---|
//! | [`code`] | the stable refusal codes and [`Refusal`] |
//! | [`login`] | third-party initiated login and the authentication request |
//! | [`launch`], [`launch_message`] | the id_token: peek, then verify into a [`launch_message::LaunchMessage`] |
//! | [`kept_launch`] | a refused launch without its person, and judging it again |
//! | [`claim`] | names of claims and messages |
//! | [`roles`] | what a role list lets somebody do in its context |
//! | [`names`] | names cleaned and put in the reader's order |
//! | [`keys`] | the platform's key set and our own keys |
//! | [`client_assertion`] | private_key_jwt and the access token |
//! | [`deep_linking`] | content items and the signed response |
//! | [`ags`], [`score_response`] | line items, scores, results; what the platform's answer to a score means |
//! | [`nrps`] | memberships |
//! | [`registration`], [`registration_difference`] | dynamic registration, and what changed since |
//! | [`origin`] | which addresses may be called or redirected to |
//! | [`link_header`] | the `Link` header as platforms really write it |
//! | [`quirks`] | what is peculiar to a product, in one table |
//! | [`debug_only`] | `Debug` without names and secrets |

pub mod ags;
pub mod claim;
pub mod client_assertion;
pub mod code;
mod debug;
pub mod deep_linking;
mod json;
pub mod kept_launch;
pub mod keys;
pub mod launch;
pub mod launch_message;
pub mod link_header;
pub mod login;
pub mod names;
pub mod nrps;
pub mod origin;
pub mod quirks;
#[cfg(test)]
mod recording;
pub mod registration;
pub mod registration_difference;
pub mod roles;
pub mod score_response;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod token;

pub use code::{Code, Refusal};

#[cfg(test)]
#[path = "other_platforms_tests.rs"]
mod other_platforms;
