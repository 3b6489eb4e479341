//! The health check: every finding comes from a platform, or records, that are so; a fault is named for what it is;
//! the page keeps the result, without secrets and without anybody's name.

mod page;
mod platform;
mod records;
mod services;

use std::collections::BTreeSet;

use app::platform_check::{self, Finding, KEYS, Value, Verdict};
use practice_platform::{INSTRUCTOR, Tool};

use crate::grade::Story;

impl Story {
    async fn registration(&self) -> String {
        let ids = self.site.database.texts("SELECT id FROM registrations").await;
        ids.first().expect("the registration").clone()
    }

    async fn check(&self) -> Vec<Finding> {
        let findings = platform_check::check(&self.site.app, None, self.registration().await).await;
        findings.expect("findings")
    }

    /// Everything that is not in order.
    async fn wrong(&self) -> Vec<(&'static str, Verdict)> {
        let findings = self.check().await.into_iter();
        let wrong = findings.filter(|finding| finding.verdict != Verdict::Ok);
        wrong.map(|finding| (finding.key, finding.verdict)).collect()
    }

    /// The finding of that key; the others are in the panic's message.
    async fn find(&self, key: &str) -> Finding {
        let findings = self.check().await;
        let found = findings.iter().find(|finding| finding.key == key);
        found.unwrap_or_else(|| panic!("{key}: {findings:#?}")).clone()
    }

    fn change_tool(&self, change: impl FnOnce(&mut Tool)) {
        let tool = self.site.platform.tools().into_iter().next().expect("the tool");
        assert!(self.site.platform.change_tool(&tool.client_id, change));
    }

    /// A course that is in use: opened by its instructor, with its member list read.
    async fn in_use() -> Self {
        let story = Self::begin().await;
        story.sit_down(INSTRUCTOR).await;
        story.do_jobs().await;
        story
    }
}

fn number(finding: &Finding, name: &str) -> i64 {
    match finding.values.get(name) {
        Some(Value::Number(number)) => *number,
        other => panic!("{name}: {other:?} in {finding:?}"),
    }
}

fn text<'a>(finding: &'a Finding, name: &str) -> &'a str {
    match finding.values.get(name) {
        Some(Value::Text(text)) => text,
        other => panic!("{name}: {other:?} in {finding:?}"),
    }
}

/// What is always there with the practice platform: it speaks plain http on loopback.
const PLAIN: (&str, Verdict) = ("issuer-http", Verdict::Warn);

fn keys(findings: &[Finding]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.key).collect()
}

#[test]
fn every_key_stands_in_a_story_and_in_the_documentation() {
    let stories = [
        include_str!("platform_check/page.rs"),
        include_str!("platform_check/platform.rs"),
        include_str!("platform_check/records.rs"),
        include_str!("platform_check/services.rs"),
    ]
    .concat();
    let documentation = include_str!("../../docs/admin/health-check.md");
    for key in KEYS {
        assert!(stories.contains(&format!("\"{key}\"")), "no story produces {key}");
        assert!(
            documentation.contains(&format!("`{key}`")),
            "{key} is not documented"
        );
    }
}

#[test]
fn every_finding_has_words_in_every_language() {
    for language in ui::Language::all() {
        let texts = ui::Texts::for_language(*language);
        for key in KEYS {
            let words = format!("check-finding-{key}");
            assert!(texts.has(&words), "{key} in {}", language.tag());
        }
    }
}

/// Rendered with what the finding brings, so that no sentence wants a value that is not there.
fn assert_said(findings: &[Finding]) {
    use ui::page::administration::{FindingRow, Good, Word};
    for language in ui::Language::all() {
        let texts = ui::Texts::for_language(*language);
        for finding in findings {
            let word = |value: &Value| match value {
                Value::Number(number) => Word::Number(*number),
                Value::Moment(at) => Word::Text(at.to_string()),
                Value::Text(text) => Word::Text(text.clone()),
            };
            let values: Vec<(&str, Word)> = finding
                .values
                .iter()
                .map(|(name, value)| (name.as_str(), word(value)))
                .collect();
            let row = FindingRow::new(texts, finding.key, Good::Yes, &values, "");
            assert!(!row.text.contains('⟦'), "{finding:?} in {}", language.tag());
        }
    }
}
