//! A power cut during an exam: the program is killed while hundreds of answers
//! arrive. Nothing that was acknowledged is lost, and sending all again
//! changes nothing that was saved.

#![expect(clippy::disallowed_methods, reason = "a test has an HTTP client of its own")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use practice_platform::STUDENTS;
use serde_json::json;
use tests::{Answer, Browser, TestSite, free_port};
use tokio::sync::Notify;

const ACTIVITIES: usize = 10;
const ANSWERS_EACH: i64 = 10;
const KILLED_AFTER: usize = 150;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() {
    let (site, connected) = TestSite::connected().await;
    let writers = start_attempts(&site, &connected).await;
    let port = free_port();
    let program = site.start_program(port, &[]).await;

    let acknowledged = Arc::new(AtomicUsize::new(0));
    let enough = Arc::new(Notify::new());
    let sending: Vec<_> = writers
        .iter()
        .map(|writer| {
            let (writer, acknowledged, enough) =
                (writer.clone(), Arc::clone(&acknowledged), Arc::clone(&enough));
            tokio::spawn(async move {
                let mut last = 0;
                for number in 1..=ANSWERS_EACH {
                    match writer.send(port, number).await {
                        Ok(()) => last = number,
                        Err(_cut_off) => break,
                    }
                    if acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == KILLED_AFTER {
                        enough.notify_one();
                    }
                }
                last
            })
        })
        .collect();
    enough.notified().await;
    drop(program);

    let mut cut_off = 0;
    for (writer, sending) in writers.iter().zip(sending) {
        let last = sending.await.expect("no panic");
        cut_off += usize::from(last < ANSWERS_EACH);
        let saved = writer.saved(&site).await;
        assert!(
            saved >= last,
            "{last} answers were acknowledged, {saved} are there"
        );
        assert!(saved <= last + 1, "an answer that was never sent is there");
    }
    assert!(cut_off > 0, "the program was killed too late to prove anything");

    let program = site.start_program(port, &[]).await;
    for writer in &writers {
        for number in 1..=ANSWERS_EACH {
            writer
                .send(port, number)
                .await
                .expect("the answer is acknowledged, again or for the first time");
        }
        assert_eq!(writer.saved(&site).await, ANSWERS_EACH);
    }
    drop(program);
}

/// One attempt in one tab.
#[derive(Clone)]
struct Writer {
    client: reqwest::Client,
    cookie: String,
    csrf: String,
    path: String,
    attempt: String,
    choices: Vec<(String, String)>,
}

impl Writer {
    async fn send(&self, port: u16, number: i64) -> Result<(), reqwest::Error> {
        let index = usize::try_from(number).expect("a small number");
        let (slot, option) = &self.choices[index % self.choices.len()];
        let entry = json!({
            "number": number, "kind": "answer", "slot": slot,
            "payload": json!({ "choice": [option] }).to_string(),
            "device_at": null, "elapsed_ms": null, "previous_hash": null, "hash": null,
        });
        let origin = format!("http://localhost:{port}");
        let answer = self
            .client
            .put(format!("{origin}{}/entries", self.path))
            .header("Cookie", &self.cookie)
            .header("Origin", &origin)
            .header("X-CSRF-Token", &self.csrf)
            .json(&json!({ "writer": "tab", "take_over": false, "entries": [entry] }))
            .send()
            .await?;
        let status = answer.status();
        let body: serde_json::Value = answer.json().await?;
        assert!(status.is_success(), "{status}: {body}");
        assert!(body["acknowledged"].as_i64() >= Some(number), "{body}");
        Ok(())
    }

    async fn saved(&self, site: &TestSite) -> i64 {
        let attempt = &self.attempt;
        let query = format!(
            "SELECT COUNT(*) FROM attempt_entries WHERE attempt_id = '{attempt}' AND kind = 'answer'"
        );
        site.database.number(&query).await
    }
}

async fn start_attempts(site: &TestSite, connected: &tests::Connected) -> Vec<Writer> {
    let file = starter_content::ASSESSMENTS.first().expect("a sample");
    let draft = assessment::draft_from_json(file.json).expect("a draft");
    let quiz = app::assessment::install_sample(&site.app, None, draft)
        .await
        .expect("it is published");
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("an HTTP client");
    let mut writers = Vec::new();
    for number in 0..ACTIVITIES {
        let activity = site.add_activity(
            connected,
            &format!("Bài {number}"),
            &[("taynghe_assessment", quiz.as_str())],
        );
        for student in STUDENTS {
            let browser = site.browser();
            let front = browser
                .launch(&site.platform.launch_initiation(student, activity).expect("it"))
                .await;
            let csrf = front.csrf();
            let attempt = browser
                .post(&format!("/s/{}/attempts", front.session_id()), &[("csrf", &csrf)])
                .await;
            writers.push(writer(&client, &browser, csrf, &attempt));
        }
    }
    writers
}

fn writer(client: &reqwest::Client, browser: &Browser, csrf: String, page: &Answer) -> Writer {
    let name = "__Host-taynghe-browser";
    let names = page.attributes("input[type=radio]", "name");
    let values = page.attributes("input[type=radio]", "value");
    let slots = names
        .iter()
        .map(|name| name.trim_start_matches("answer/").to_owned());
    Writer {
        client: client.clone(),
        cookie: format!(
            "{name}={}",
            browser.cookie("localhost", name).expect("the browser's cookie")
        ),
        csrf,
        path: page.url.path().to_owned(),
        attempt: page
            .url
            .path_segments()
            .and_then(Iterator::last)
            .expect("an id")
            .to_owned(),
        choices: slots.zip(values).collect(),
    }
}
