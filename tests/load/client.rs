//! One person with a browser: launches, starts an attempt, saves answers.

use reqwest::{Response, header};
use serde_json::json;

use crate::setup::{INSTRUCTOR, Setup};

/// A person inside a session.
pub struct Person {
    setup: Setup,
    cookie: String,
    session: String,
    csrf: String,
    attempt: String,
    slots: Vec<(String, String)>,
    saved: usize,
}

impl Person {
    /// Login, launch, and the first page.
    pub async fn launch(setup: &Setup, number: usize, course: usize) -> Self {
        let login = setup
            .client()
            .post(format!("{}/lti/login", setup.url))
            .header("Sec-Fetch-Dest", "document")
            .form(&setup.initiation(number))
            .send()
            .await
            .expect("an answer");
        let cookie = cookies(&login);
        let to_platform = url::Url::parse(location(&login)).expect("an address");
        let parameter = |name: &str| {
            to_platform
                .query_pairs()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
                .expect("it")
        };
        let token = setup.id_token(number, course, &parameter("nonce"));
        let launch = setup
            .client()
            .post(format!("{}/lti/launch", setup.url))
            .header(header::COOKIE, &cookie)
            .header(header::ORIGIN, setup.platform_origin())
            .form(&[("id_token", token), ("state", parameter("state"))])
            .send()
            .await
            .expect("an answer");
        let session = location(&launch).to_owned();
        let front = if number == INSTRUCTOR { "gradebook" } else { "" };
        let page = get(setup, &format!("{session}{front}"), &cookie).await;
        Self {
            csrf: between(&page, "name=\"csrf\" value=\"", "\""),
            setup: setup.clone(),
            cookie,
            session,
            attempt: String::new(),
            slots: Vec::new(),
            saved: 0,
        }
    }

    /// Starts an attempt and reads its questions.
    pub async fn start_attempt(&mut self) {
        let started = self
            .setup
            .client()
            .post(format!("{}{}attempts", self.setup.url, self.session))
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, &self.setup.url)
            .form(&[("csrf", &self.csrf)])
            .send()
            .await
            .expect("an answer");
        self.attempt = location(&started).to_owned();
        let page = self.open_attempt().await;
        self.slots = options(&page);
        assert!(!self.slots.is_empty(), "the attempt has questions");
    }

    /// Answers everything in one request, and submits.
    pub async fn take_exam(&mut self, number: usize) {
        self.start_attempt().await;
        let entry = |(index, (slot, _)): (usize, &(String, String))| {
            let option = ["a", "b", "c", "d"][(number * 7 + index * 13) % 5 % 4];
            json!({
                "number": index + 1, "kind": "answer", "slot": slot,
                "payload": json!({ "choice": [option] }).to_string(),
                "device_at": null, "elapsed_ms": null, "previous_hash": null, "hash": null,
            })
        };
        let entries: Vec<_> = self.slots.iter().enumerate().map(entry).collect();
        self.send_entries(&entries).await;
        self.post(&format!("{}/submit", self.attempt), &[]).await;
    }

    /// Presses a button: where it leads.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let mut fields = fields.to_vec();
        fields.push(("csrf", &self.csrf));
        let answer = self
            .setup
            .client()
            .post(format!("{}{path}", self.setup.url))
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, &self.setup.url)
            .form(&fields)
            .send()
            .await
            .expect("an answer");
        location(&answer).to_owned()
    }

    /// A page of the session.
    pub async fn page(&self, path: &str) -> String {
        get(&self.setup, path, &self.cookie).await
    }

    /// "/s/…/".
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Opens the attempt's page.
    pub async fn open_attempt(&self) -> String {
        get(&self.setup, &self.attempt, &self.cookie).await
    }

    /// What the page weighs on the line.
    pub async fn attempt_page_bytes(&self) -> usize {
        let answer = self
            .setup
            .client()
            .get(format!("{}{}", self.setup.url, self.attempt))
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "br")
            .send()
            .await
            .expect("an answer");
        answer.bytes().await.expect("a body").len()
    }

    /// Saves one answer as the page's script does.
    pub async fn save_answer(&mut self) {
        let (slot, option) = self.slots[self.saved % self.slots.len()].clone();
        self.saved += 1;
        let entry = json!({
            "number": self.saved, "kind": "answer", "slot": slot,
            "payload": json!({ "choice": [option] }).to_string(),
            "device_at": null, "elapsed_ms": null, "previous_hash": null, "hash": null,
        });
        self.send_entries(&[entry]).await;
    }

    async fn send_entries(&self, entries: &[serde_json::Value]) {
        let answer = self
            .setup
            .client()
            .put(format!("{}{}/entries", self.setup.url, self.attempt))
            .header(header::COOKIE, &self.cookie)
            .header(header::ORIGIN, &self.setup.url)
            .header("X-CSRF-Token", &self.csrf)
            .json(&json!({ "writer": "load", "take_over": true, "entries": entries }))
            .send()
            .await
            .expect("an answer");
        assert!(
            answer.status().is_success(),
            "{}",
            answer.text().await.unwrap_or_default()
        );
    }
}

async fn get(setup: &Setup, path: &str, cookie: &str) -> String {
    let answer = setup
        .client()
        .get(format!("{}{path}", setup.url))
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "text/html")
        .send()
        .await
        .expect("an answer");
    let status = answer.status();
    let body = answer.text().await.expect("a body");
    assert!(status.is_success(), "{path}: {status} {body}");
    body
}

fn location(answer: &Response) -> &str {
    let location = answer
        .headers()
        .get(header::LOCATION)
        .unwrap_or_else(|| panic!("no redirect: {}", answer.status()));
    location.to_str().expect("an address")
}

fn cookies(answer: &Response) -> String {
    let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
    let pairs: Vec<&str> = cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    pairs.join("; ")
}

fn between(page: &str, before: &str, after: &str) -> String {
    let rest = page
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before}: {page}"))
        .1;
    rest.split(after).next().unwrap_or_default().to_owned()
}

/// Slot and first option of each question, from the names and values of the inputs.
fn options(page: &str) -> Vec<(String, String)> {
    let document = scraper::Html::parse_document(page);
    let inputs = scraper::Selector::parse("fieldset").expect("a selector");
    let choices = scraper::Selector::parse("input[type=radio], input[type=checkbox][name^=\"answer\"]")
        .expect("a selector");
    document
        .select(&inputs)
        .filter_map(|question| {
            let input = question.select(&choices).next()?;
            let slot = input
                .value()
                .attr("name")?
                .trim_start_matches("answer/")
                .split("/")
                .next()
                .unwrap_or_default()
                .to_owned();
            Some((
                slot,
                input
                    .value()
                    .attr("data-option")
                    .or(input.value().attr("value"))?
                    .to_owned(),
            ))
        })
        .collect()
}
