//! One thing that a check looked at: its key, how good it is, and the numbers
//! and names that its sentence wants. Leaves out the sentences (`ui` has them).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// How good a finding is; the worst is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Works, but somebody should look at it.
    Warn,
    /// Does not work until it is mended.
    Bad,
}

impl Verdict {
    /// For scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// From what was stored.
    pub(crate) fn parse(stored: &str) -> Self {
        match stored {
            "ok" => Self::Ok,
            "bad" => Self::Bad,
            _ => Self::Warn,
        }
    }
}

/// A value in a finding's sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// A count, or whole per cent.
    Number(i64),
    /// A time.
    Moment(DateTime<Utc>),
    /// A title, a code, a way.
    Text(String),
}

// Under another name, because serde would borrow a plain `&str` from what it reads.
type Key = &'static str;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Finding {
    /// What was found; one of [`KEYS`].
    pub key: Key,
    /// How good that is.
    pub verdict: Verdict,
    /// The platform's id of the deployment that it is about; `None` when it is about all of them.
    pub deployment: Option<String>,
    /// What its sentence names.
    pub values: BTreeMap<String, Value>,
    /// The inner reason in English, without secrets; may be empty.
    pub detail: String,
}

/// Every key that a finding may have.
pub const KEYS: &[&str] = &[
    "status-active",
    "status-disabled",
    "deployment-known",
    "deployment-missing",
    "issuer-https",
    "issuer-http",
    "key-set-usable",
    "key-set-no-key",
    "key-set-unreachable",
    "key-set-kept",
    "key-set-kept-serves",
    "key-set-stale",
    "clock-right",
    "clock-off",
    "configuration-same",
    "configuration-changed",
    "configuration-moved",
    "configuration-stored-otherwise",
    "configuration-other-platform",
    "configuration-unreachable",
    "configuration-unknown",
    "change-waiting",
    "token-granted",
    "token-refused",
    "token-unreachable",
    "token-address-refused",
    "scopes-granted",
    "scope-score-missing",
    "scope-line-item-missing",
    "scope-result-missing",
    "scope-membership-missing",
    "context-none",
    "authorization-lost",
    "line-items-read",
    "line-items-unshared",
    "line-items-refused",
    "line-items-unreachable",
    "column-missing",
    "column-none",
    "members-read",
    "members-none",
    "members-unshared",
    "members-refused",
    "members-unreachable",
    "roster-kept",
    "roster-old",
    "own-key-only",
    "own-key-proven",
    "own-key-waiting",
    "own-key-refused",
    "own-key-refused-both",
    "own-key-unreachable",
    "cookies-unseen",
    "cookies-kept",
    "cookies-blocked",
    "cookies-lost",
    "launch-last",
    "launch-never",
    "refusal-none",
    "refusal-earlier",
    "refusal-last",
    "deliveries-settled",
    "deliveries-waiting",
    "deliveries-late",
    "deliveries-refused",
];

impl Finding {
    pub(super) fn new(key: &'static str, verdict: Verdict) -> Self {
        Self {
            key,
            verdict,
            deployment: None,
            values: BTreeMap::new(),
            detail: String::new(),
        }
    }

    pub(super) fn ok(key: &'static str) -> Self {
        Self::new(key, Verdict::Ok)
    }

    pub(super) fn warn(key: &'static str) -> Self {
        Self::new(key, Verdict::Warn)
    }

    pub(super) fn bad(key: &'static str) -> Self {
        Self::new(key, Verdict::Bad)
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    pub(super) fn of_deployment(mut self, platform_id: &str) -> Self {
        self.deployment = Some(platform_id.to_owned());
        self
    }

    pub(super) fn number(self, name: &str, number: i64) -> Self {
        self.with(name, Value::Number(number))
    }

    pub(super) fn count(self, name: &str, count: usize) -> Self {
        self.number(name, i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn moment(self, name: &str, at: DateTime<Utc>) -> Self {
        self.with(name, Value::Moment(at))
    }

    pub(super) fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Value::Text(text.into()))
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }
}

/// As findings are stored.
pub(super) fn write(findings: &[Finding]) -> Result<String> {
    serde_json::to_string(findings).map_err(|error| Error::Internal(error.to_string()))
}

/// What was stored; findings that this program does not know are left out.
pub(super) fn read(stored: &str) -> Vec<Finding> {
    let list: Vec<serde_json::Value> = serde_json::from_str(stored).unwrap_or_default();
    list.into_iter()
        .filter_map(|one| serde_json::from_value(one).ok())
        .collect()
}

#[derive(Deserialize)]
struct Stored {
    key: String,
    verdict: Verdict,
    deployment: Option<String>,
    values: BTreeMap<String, Value>,
    detail: String,
}

impl TryFrom<Stored> for Finding {
    type Error = String;

    fn try_from(stored: Stored) -> std::result::Result<Self, String> {
        let known = KEYS.iter().find(|key| **key == stored.key);
        Ok(Self {
            key: known.ok_or(stored.key)?,
            verdict: stored.verdict,
            deployment: stored.deployment,
            values: stored.values,
            detail: stored.detail,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back_and_the_unknown_is_left_out() {
        let at = DateTime::UNIX_EPOCH;
        let findings = vec![
            Finding::warn("members-read")
                .of_deployment("3")
                .count("count", 30)
                .moment("time", at)
                .text("course", "2026-11-22T00:00:00Z")
                .detail("why"),
            Finding::bad("clock-off"),
        ];
        let stored = write(&findings).unwrap_or_default();
        assert_eq!(read(&stored), findings);
        assert_eq!(read(&stored.replace("clock-off", "clock-gone")), findings[..1]);
        assert_eq!(read("{"), []);
    }

    #[test]
    fn verdicts_read_back_and_bad_is_the_worst() {
        for verdict in [Verdict::Ok, Verdict::Warn, Verdict::Bad] {
            assert_eq!(Verdict::parse(verdict.as_str()), verdict);
        }
        assert!(Verdict::Bad > Verdict::Warn && Verdict::Warn > Verdict::Ok);
    }

    #[test]
    fn no_key_stands_twice() {
        let unique: std::collections::BTreeSet<_> = KEYS.iter().collect();
        assert_eq!(unique.len(), KEYS.len());
    }
}
