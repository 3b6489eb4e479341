//! The only crate that knows HTTP requests: routes, cookies, problem pages.
//!
//! A handler reads the request, calls one `app` function and maps the answer
//! to a page of `ui`. Left out on purpose: decisions, SQL, calls to the
//! outside, words.
//!
//! | file | what |
//! |---|---|
//! | `server.rs` | the HTTP server and the list of all routes |
//! | `middleware.rs` | around every request: trace id, problem pages, security headers, log line, metrics |
//! | `problem.rs` | the only table from a code to an HTTP status, and the rendering of refusals |
//! | `body.rs`, `pairs.rs`, `visitor.rs`, `cookies.rs`, `limits.rs` | reading a request: its body, forms, whose it is, cookies, how many |
//! | `response.rs` | making an answer: pages, redirects, who may frame them |
//! | the others | one file per noun, as in `app` and `ui` |

mod accommodation;
mod activity;
mod administration;
mod answering;
mod assets;
mod attempt;
mod attempt_page;
mod audit;
mod body;
mod case;
mod checking;
mod competency;
mod cookies;
mod copy;
mod course;
mod course_authoring;
mod csv;
mod delivery;
mod dividing;
mod examination;
mod extension;
mod gradebook;
mod groups;
mod health;
mod history;
mod home;
mod joins;
mod kept_launch;
mod kept_page;
mod keys;
mod launch;
mod learner;
mod learner_codes;
mod learning;
mod limits;
mod login;
mod marking;
mod media;
mod middleware;
mod module_score;
mod multipart;
mod override_form;
mod overrides;
mod pairs;
mod parked_launch;
mod picker;
mod platform;
mod platform_check;
mod points;
mod problem;
mod quiz;
mod refused_answer;
mod registration;
mod regrade;
mod rendered;
mod response;
mod reviewing;
mod rules;
mod server;
mod session;
mod sign_in;
mod statistics;
mod tls;
mod upload;
mod urlencoded;
mod visitor;
mod ways;

pub use audit::audit_rows;
pub use body::BodyPatience;
pub use csv::csv_file;
pub use problem::status_of;
pub use server::{Options, routes, serve, serve_tls};
pub use tls::{Certificate, CertificateError, serve_redirect};
