//! Attempts as students make them: answers that survive everything, one writer
//! at a time, ends by button and by clock, and whose attempt it is.

mod arrangements;
mod behaviours;
mod clock;
mod entries;
mod history;
pub(crate) mod people;
mod plain;
mod structure;
mod time;
mod types;
mod way_back;

use std::cell::Cell;

use assessment::{Draft, Entry, EntryHash, EntryKind, Rules, SlotId, WriterId, entry_hash};
use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Browser, Connected, TestSite};

/// A quiz with a question of each kind behind an activity of the platform.
struct Quiz {
    site: TestSite,
    activity: i64,
}

/// A person who launched the activity.
struct Desk {
    browser: Browser,
    front: Answer,
}

/// A person's attempt page.
struct Sheet<'a> {
    browser: &'a Browser,
    page: Answer,
}

/// A tab that numbers and chains its entries.
struct Tab {
    attempt: String,
    writer: String,
    number: Cell<i64>,
    last_hash: Cell<Option<EntryHash>>,
}

impl Quiz {
    async fn with(rules: Rules) -> Self {
        let (site, connected) = TestSite::connected().await;
        Self::at(site, &connected, rules).await
    }

    async fn at(site: TestSite, connected: &Connected, rules: Rules) -> Self {
        Self::of(site, connected, draft(rules)).await
    }

    async fn of(site: TestSite, connected: &Connected, draft: Draft) -> Self {
        let quiz = app::assessment::install_sample(&site.app, None, draft)
            .await
            .expect("it can be published");
        let activity = site.add_activity(connected, "Bài 1", &[("taynghe_assessment", &quiz)]);
        Self { site, activity }
    }

    async fn launch(&self, user: i64) -> Desk {
        let browser = self.site.browser();
        let initiation = self.site.platform.launch_initiation(user, self.activity);
        let front = browser.launch(&initiation.expect("the activity")).await;
        assert_eq!(front.status, StatusCode::OK, "{}", front.all_text());
        Desk { browser, front }
    }

    fn now(&self) -> DateTime<Utc> {
        self.site.clock.now()
    }
}

impl Desk {
    fn path(&self, rest: &str) -> String {
        format!("/s/{}/{rest}", self.front.session_id())
    }

    async fn press_start(&self) -> Answer {
        let csrf = self.front.csrf();
        self.browser
            .post(&self.path("attempts"), &[("csrf", &csrf)])
            .await
    }

    async fn start(&self) -> Sheet<'_> {
        let page = self.press_start().await;
        assert_eq!(page.count("form#attempt"), 1, "{}", page.all_text());
        Sheet {
            browser: &self.browser,
            page,
        }
    }
}

impl Sheet<'_> {
    fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.page.url.path())
    }

    fn id(&self) -> String {
        self.page
            .url
            .path_segments()
            .and_then(Iterator::last)
            .expect("an id")
            .to_owned()
    }

    fn tab(&self, writer: &str) -> Tab {
        Tab {
            attempt: self.id(),
            writer: writer.to_owned(),
            number: Cell::default(),
            last_hash: Cell::default(),
        }
    }

    async fn put(&self, body: &Value) -> Answer {
        self.browser
            .put_json(&self.path("/entries"), &self.page.csrf(), body)
            .await
    }

    /// Puts, and demands that all up to this number is acknowledged.
    async fn saves(&self, body: &Value, acknowledged: i64) -> Value {
        let answer = self.put(body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let answer = answer.json();
        assert_eq!(answer["acknowledged"], acknowledged, "{answer}");
        answer
    }

    async fn refuses(&self, body: &Value, code: &str) {
        let answer = self.put(body).await;
        assert_eq!(answer.code().as_deref(), Some(code), "{body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }

    async fn reload(&self) -> Answer {
        self.browser.get(self.page.url.path()).await
    }

    async fn submit(&self) -> Answer {
        self.browser
            .post(&self.path("/submit"), &[("csrf", &self.page.csrf())])
            .await
    }
}

impl Tab {
    /// The next entry, with its hashes.
    fn next(&self, kind: EntryKind, slot: Option<&str>, payload: &str, at: DateTime<Utc>) -> Value {
        self.number.set(self.number.get() + 1);
        let device_at = DateTime::from_timestamp_millis(at.timestamp_millis()).expect("a time");
        let mut entry = Entry {
            attempt: self.attempt.as_str().into(),
            position: 0,
            writer: WriterId::from(self.writer.as_str()),
            number: self.number.get(),
            kind,
            slot: slot.map(SlotId::from),
            payload: payload.to_owned(),
            device_at: Some(device_at),
            elapsed_ms: Some(1_000),
            previous_hash: self.last_hash.get(),
            hash: EntryHash::from_hex(&"0".repeat(64)).expect("a hash"),
            received_at: device_at,
        };
        entry.hash = entry_hash(&entry);
        self.last_hash.set(Some(entry.hash));
        json!({
            "number": entry.number,
            "kind": kind.as_str(),
            "slot": slot,
            "payload": payload,
            "device_at": device_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            "elapsed_ms": 1_000,
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        })
    }

    fn answer(&self, slot: &str, options: &[&str], at: DateTime<Utc>) -> Value {
        let payload = json!({ "choice": options }).to_string();
        self.next(EntryKind::Answer, Some(slot), &payload, at)
    }

    fn body(&self, entries: &[Value]) -> Value {
        json!({"writer": self.writer, "take_over": false, "entries": entries})
    }

    fn taking_over(&self, entries: &[Value]) -> Value {
        json!({"writer": self.writer, "take_over": true, "entries": entries})
    }
}

/// A statement, a single and a multiple choice; right are `true`, `o1`, and `a` with `b`.
fn draft(rules: Rules) -> Draft {
    let text = |words: &str| json!({"default_language": "vi", "versions": {"vi": words}});
    let option = |id: &str, correct: bool| {
        json!({"id": id, "text": text(&format!("Phương án {id}")), "correct": correct,
            "feedback": text(&format!("Nhận xét {id}"))})
    };
    let slot = |id: &str, kind: &str, options: Value| json!({"id": id, "points": 1, "item": {"type": kind, "stem": text(&format!("Câu hỏi {id}?")), "options": options}});
    let statement = json!([{"id": "true", "correct": true}, {"id": "false"}]);
    let draft = json!({
        "title": text("An toàn lao động"),
        "introduction": text("Đọc kỹ trước khi chọn."),
        "slots": [
            slot("q1", "single_choice", json!([option("o1", true), option("o2", false)])),
            slot("q2", "multiple_choice", json!([option("a", true), option("b", true), option("c", false)])),
            slot("q3", "true_false", statement),
        ],
        "rules": rules,
    });
    serde_json::from_value(draft).expect("a draft")
}

/// The options that a page shows as chosen in a question.
fn chosen(page: &Answer, slot: &str) -> Vec<String> {
    page.attributes(&format!("input[name='was/{slot}']"), "value")
        .iter()
        .filter_map(|was| serde_json::from_str::<Value>(was).ok())
        .flat_map(|was| was["choice"].as_array().cloned().unwrap_or_default())
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect()
}
