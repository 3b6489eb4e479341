//! What the tool sent and what it got: every request to a service, kept for tests.
//!
//! Pages for people are not recorded.

use chrono::{DateTime, Utc};

use crate::checker::Problem;
use crate::faults::{Fault, Service};

/// How many requests are kept; older ones are dropped.
pub const KEPT_REQUESTS: usize = 20_000;

/// A request to one of the platform's services and its answer.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// Its number, from 1 on, also when older ones were dropped or cleared.
    pub number: u64,
    /// When it came, by the platform's clock.
    pub at: DateTime<Utc>,
    /// The service that it asked.
    pub service: Service,
    /// HTTP method.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// Query as sent, without `?`.
    pub query: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body as text.
    pub body: String,
    /// The fault that met it.
    pub fault: Option<Fault>,
    /// Status of the answer; 0 when the connection was cut instead.
    pub status: u16,
    /// Body of the answer as text.
    pub answer: String,
    /// What the strict checker found.
    pub problems: Vec<Problem>,
}

impl RecordedRequest {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON, when it is.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }
}
