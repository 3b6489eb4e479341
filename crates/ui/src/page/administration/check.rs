//! The health check of one registration: what the last one found.

use askama::Template;

use crate::page::sample_time;
use crate::{Frame, Language, Page, Texts};

/// What the last check found, the worst first, and the button for the next one.
#[derive(Debug, Clone, Template)]
#[template(path = "administration/check.html")]
pub struct Check {
    /// The surroundings. Below its prefix stand `/administration`, `/administration/registrations/…`.
    pub frame: Frame,
    /// The registration's id.
    pub id: String,
    /// The platform's name, or its host.
    pub name: String,
    /// The last check; `None` before the first.
    pub last: Option<LastCheck>,
}

/// A check that was made.
#[derive(Debug, Clone)]
pub struct LastCheck {
    /// The worst that was found.
    pub good: Good,
    /// When, formatted.
    pub at: String,
    /// What was found, in the order in which it was looked at.
    pub findings: Vec<FindingRow>,
}

/// One finding of a check.
#[derive(Debug, Clone)]
pub struct FindingRow {
    /// How good it is.
    pub good: Good,
    /// What it means, and where to mend it.
    pub text: String,
    /// The deployment that it is about; empty where all are meant, or there is only one.
    pub deployment: String,
    /// The inner reason in English; may be empty.
    pub detail: String,
}

/// How good a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Good {
    /// As it should be.
    Yes,
    /// Somebody should look at it.
    Partly,
    /// It has to be mended.
    No,
}

/// A value in a finding's sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// A count.
    Number(i64),
    /// A name, a code, or a formatted time.
    Text(String),
}

impl FindingRow {
    /// The finding of that key (`app::platform_check`), with what its sentence names.
    pub fn new(t: Texts, key: &str, good: Good, values: &[(&str, Word)], detail: &str) -> Self {
        let key = format!("check-finding-{key}");
        let text = values
            .iter()
            .fold(None, |filled: Option<crate::Filled>, (name, word)| {
                Some(match (filled, word) {
                    (None, Word::Number(number)) => t.with(&key, name, *number),
                    (None, Word::Text(text)) => t.with(&key, name, text),
                    (Some(filled), Word::Number(number)) => filled.and(name, *number),
                    (Some(filled), Word::Text(text)) => filled.and(name, text),
                })
            });
        Self {
            good,
            text: text.map_or_else(|| t.get(&key).into_owned(), |filled| filled.to_string()),
            deployment: String::new(),
            detail: detail.to_owned(),
        }
    }
}

impl Check {
    /// The registration's own page.
    fn base(&self) -> String {
        format!("{}/administration/registrations/{}", self.frame.prefix(), self.id)
    }
}

impl LastCheck {
    fn with(&self, good: Good) -> Vec<&FindingRow> {
        self.findings
            .iter()
            .filter(|finding| finding.good == good)
            .collect()
    }
}

impl Page for Check {
    const NAME: &'static str = "administration/check";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample_administrator(language);
        let t = frame.t;
        let never = Self {
            frame,
            id: "r1".to_owned(),
            name: "Moodle Thủ Đức".to_owned(),
            last: None,
        };
        let with = |good, findings| Self {
            last: Some(LastCheck {
                good,
                at: sample_time(t, "2026-11-22T03:42:00Z"),
                findings,
            }),
            ..never.clone()
        };
        let good = with(Good::Yes, sample_good(t));
        let look = with(Good::Partly, [sample_partly(t), sample_good(t)].concat());
        let all = [sample_good(t), sample_partly(t), sample_bad(t)].concat();
        let bad = with(Good::No, all);
        vec![("never", never), ("good", good), ("partly", look), ("bad", bad)]
    }
}

fn text(value: &str) -> Word {
    Word::Text(value.to_owned())
}

const APACHE: &str = r#"SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1"#;
const COURSE: &str = "Cắt gọt kim loại K18: An toàn lao động";

fn sample_good(t: Texts) -> Vec<FindingRow> {
    let time = text(&sample_time(t, "2026-11-22T02:10:00Z"));
    let row = |key, values: &[(&str, Word)], detail| FindingRow::new(t, key, Good::Yes, values, detail);
    vec![
        row("status-active", &[], ""),
        row("deployment-known", &[], "3"),
        row("issuer-https", &[], "https://moodle.college.edu.vn"),
        row(
            "key-set-usable",
            &[("count", Word::Number(1))],
            "5f3a9c1e5b2d4a607f3a",
        ),
        row("key-set-kept", &[("time", time.clone())], ""),
        row("configuration-same", &[], ""),
        row("token-granted", &[], ""),
        row("scopes-granted", &[], ""),
        row(
            "line-items-read",
            &[
                ("course", text(COURSE)),
                ("count", Word::Number(14)),
                ("ours", Word::Number(6)),
            ],
            "",
        ),
        row("own-key-proven", &[("time", time)], ""),
    ]
}

fn sample_partly(t: Texts) -> Vec<FindingRow> {
    let row = |key, values: &[(&str, Word)], detail| FindingRow::new(t, key, Good::Partly, values, detail);
    vec![
        row("clock-off", &[("direction", text("ahead"))], "+42 s"),
        row(
            "cookies-blocked",
            &[
                ("percent", Word::Number(63)),
                ("launches", Word::Number(1240)),
                ("way", text("new-window")),
            ],
            "",
        ),
        row(
            "column-none",
            &[
                ("course", text(COURSE)),
                ("count", Word::Number(1)),
                ("titles", text("Bài kiểm tra 15 phút")),
            ],
            "",
        ),
    ]
}

fn sample_bad(t: Texts) -> Vec<FindingRow> {
    let lost = FindingRow::new(
        t,
        "authorization-lost",
        Good::No,
        &[("course", text(COURSE))],
        APACHE,
    );
    let moved = FindingRow::new(
        t,
        "configuration-moved",
        Good::No,
        &[],
        "token-url: https://lms.new.edu.vn/mod/lti/token.php, jwks-url: https://lms.new.edu.vn/mod/lti/certs.php",
    );
    let lost = FindingRow {
        deployment: "3".to_owned(),
        ..lost
    };
    vec![lost, moved]
}
