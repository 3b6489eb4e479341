//! The recorded messages of a real Moodle, for this crate's tests.

use serde_json::{Map, Value};
use std::path::PathBuf;

/// Text of a recording.
pub(crate) fn text(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/moodle-4.5");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A JSON recording.
pub(crate) fn json(name: &str) -> Value {
    serde_json::from_str(&text(name)).unwrap()
}

/// The claims of a recorded launch.
pub(crate) fn claims(name: &str) -> Map<String, Value> {
    let launch = json(name);
    let claims = launch.get("claims").or_else(|| launch.get("id_token_claims"));
    claims.unwrap().as_object().unwrap().clone()
}

/// One request and its answer from an `.http` recording.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) note: String,
    pub(crate) request: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Exchange {
    /// Values of a response header.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .collect()
    }
}

/// All exchanges of an `.http` recording.
pub(crate) fn exchanges(name: &str) -> Vec<Exchange> {
    let text = text(name);
    let rule = "=".repeat(78);
    text.split(&rule).filter_map(exchange).collect()
}

/// The exchange with this note.
pub(crate) fn exchange_of(name: &str, note: &str) -> Exchange {
    let mut found: Vec<_> = exchanges(name)
        .into_iter()
        .filter(|exchange| exchange.note == note)
        .collect();
    assert_eq!(found.len(), 1, "{name}: {note}");
    found.remove(0)
}

fn exchange(text: &str) -> Option<Exchange> {
    let (before, rest) = text.split_once(">>> request\n")?;
    let (request, response) = rest.split_once("<<< response\n")?;
    let (head, body) = response.split_once("\n\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let body = body.split("--- gradebook row").next()?;
    let note = before.lines().rfind(|line| line.starts_with("# "))?;
    Some(Exchange {
        note: note.trim_start_matches("# ").to_owned(),
        request: request.trim().to_owned(),
        status,
        headers,
        body: body.trim().to_owned(),
    })
}
