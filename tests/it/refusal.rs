//! Logins, launches and calls of services that are refused. Here stands what every refusal looks like: its code, a page in the
//! reader's language without names and secrets, the headers, and that nothing but its record is stored. The cases
//! stand in the files below, by what is wrong.

mod claims;
mod keys;
mod login;
mod service;
mod state;
mod token;

use std::collections::BTreeSet;

use practice_platform::{LoginInitiation, Message, STUDENTS};
use reqwest::{Method, StatusCode, header};
use serde_json::Value;
use tests::{Answer, Browser, Connected, TestSite};
use url::Url;

/// The code as the program knows it.
pub(crate) fn code(text: &str) -> app::Code {
    let found = app::Code::all().find(|code| code.as_str() == text);
    found.unwrap_or_else(|| panic!("{text} is no code"))
}

/// A service with one platform and one activity, and what a browser needs to get as far as a refusal.
pub(crate) struct Scene {
    pub(crate) site: TestSite,
    pub(crate) connected: Connected,
    pub(crate) activity: i64,
    /// New browsers share its connections.
    template: Browser,
}

/// A login that was sent to the platform: what the launch must bring back.
pub(crate) struct Login {
    pub(crate) state: String,
    pub(crate) nonce: String,
}

/// One request, sent as a browser sends a platform's form.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) address: String,
    pub(crate) fields: Vec<(String, String)>,
}

/// Who may show a refusal in a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framed {
    /// The request named a registration: its platform.
    ByItsPlatform,
    /// The request named none that we know.
    ByAnyone,
}

impl Sent {
    pub(crate) fn launch(token: &str, state: &str) -> Self {
        Self::post("/lti/launch", &[("id_token", token), ("state", state)])
    }

    pub(crate) fn post(address: &str, fields: &[(&str, &str)]) -> Self {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self {
            method: Method::POST,
            address: address.to_owned(),
            fields: fields.collect(),
        }
    }

    pub(crate) fn get(address: &str) -> Self {
        Self {
            method: Method::GET,
            address: address.to_owned(),
            fields: Vec::new(),
        }
    }
}

impl Scene {
    pub(crate) async fn set() -> Self {
        let (site, connected) = TestSite::connected().await;
        Self::on(site, connected)
    }

    /// The same on a site of one's own.
    pub(crate) fn on(site: TestSite, connected: Connected) -> Self {
        let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
        let template = site.browser();
        Self {
            site,
            connected,
            activity,
            template,
        }
    }

    pub(crate) fn browser(&self) -> Browser {
        self.template.beside()
    }

    pub(crate) fn initiation(&self) -> LoginInitiation {
        let begun = self.site.platform.launch_initiation(STUDENTS[0], self.activity);
        begun.expect("the platform knows both")
    }

    /// Logs in as a student, up to the platform's door.
    pub(crate) async fn log_in(&self, browser: &Browser) -> Login {
        self.log_in_with(browser, self.initiation().fields).await
    }

    pub(crate) async fn log_in_with(&self, browser: &Browser, fields: Vec<(String, String)>) -> Login {
        let sent = Sent {
            fields,
            ..Sent::post("/lti/login", &[])
        };
        let answer = self.send(browser, &sent, "vi").await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
        let request = Url::parse(answer.header("location")).expect("the authentication request");
        let parameter = |wanted: &str| {
            let found = request.query_pairs().find(|(name, _)| name == wanted);
            found.expect("each request has it").1.into_owned()
        };
        Login {
            state: parameter("state"),
            nonce: parameter("nonce"),
        }
    }

    /// What the platform would sign for this login.
    pub(crate) fn claims(&self, login: &Login) -> Value {
        let message = Message::ResourceLink {
            activity: self.activity,
        };
        let claims = self
            .site
            .platform
            .launch_claims(STUDENTS[0], message, &login.nonce);
        claims.expect("the platform knows both")
    }

    /// Sends it as a browser does, without following redirects.
    pub(crate) async fn send(&self, browser: &Browser, sent: &Sent, language: &str) -> Answer {
        let url = Url::parse(&self.site.url)
            .expect("ours")
            .join(&sent.address)
            .expect("an address");
        let mut headers = vec![
            (
                header::ACCEPT,
                "text/html,application/xhtml+xml,*/*;q=0.8".to_owned(),
            ),
            (header::ACCEPT_LANGUAGE, language.to_owned()),
            (header::ORIGIN, self.site.platform.origin().to_owned()),
        ];
        let body = (sent.method == Method::POST).then(|| {
            headers.push((
                header::CONTENT_TYPE,
                "application/x-www-form-urlencoded".to_owned(),
            ));
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(&sent.fields).finish()
        });
        browser.send(sent.method.clone(), &url, &headers, body).await
    }

    /// Sends it once in each language, and looks at all that a refusal must be. Answers the record's detail.
    pub(crate) async fn check_refused(
        &self,
        browser: &Browser,
        sent: &Sent,
        code: &str,
        framed: Framed,
    ) -> String {
        let mut detail = String::new();
        for language in ["vi", "en", "de"] {
            let before = self.site.database.contents().await;
            let answer = self.send(browser, sent, language).await;
            self.check_page(&answer, sent, code, language);
            self.check_headers(&answer, framed);
            let after = self.site.database.contents().await;
            only_the_record(&before, &after, code, &answer.trace_id().expect("a trace id"));
            detail = self.newest_detail().await;
            let secrets = sent
                .fields
                .iter()
                .filter(|(name, _)| name != "error" && name != "error_description");
            assert!(
                !secrets
                    .into_iter()
                    .any(|(_, value)| is_secret(value) && detail.contains(value)),
                "{detail}"
            );
        }
        detail
    }

    /// The launch with these claims, signed by the platform, is refused.
    pub(crate) async fn check_claims(&self, change: impl FnOnce(&mut Value), code: &str) -> String {
        self.check_token(
            |mut claims| {
                change(&mut claims);
                self.site.platform.sign(&claims)
            },
            code,
        )
        .await
    }

    /// The launch with the token that is made of the honest claims is refused.
    pub(crate) async fn check_token(&self, token: impl FnOnce(Value) -> String, code: &str) -> String {
        let browser = self.browser();
        let login = self.log_in(&browser).await;
        let sent = Sent::launch(&token(self.claims(&login)), &login.state);
        self.check_refused(&browser, &sent, code, Framed::ByItsPlatform)
            .await
    }

    pub(crate) async fn newest_detail(&self) -> String {
        let newest = "SELECT detail FROM refusals WHERE created_at = (SELECT MAX(created_at) FROM refusals)";
        self.site.database.texts(newest).await.pop().expect("a record")
    }

    fn check_page(&self, answer: &Answer, sent: &Sent, code: &str, language: &str) {
        let about = format!(
            "{code} in {language} after {} {}: {}",
            sent.method, sent.address, answer.body
        );
        assert_eq!(answer.code().as_deref(), Some(code), "{about}");
        assert_eq!(
            answer.status.as_u16(),
            web::status_of(self::code(code)).as_u16(),
            "{about}"
        );
        assert!(
            answer.status.is_client_error() || code == "LTI-KEY-FETCH",
            "{about}"
        );
        assert_eq!(answer.attributes("html", "lang"), [language], "{about}");
        let texts = ui::Texts::for_language(ui::Language::find(language).expect("one of ours"));
        let texts = ui::page::problem::texts_of(texts, code);
        let page = answer.all_text();
        for text in [texts.title, texts.sentence, texts.fix] {
            let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains(&text), "no \"{text}\" in {about}");
        }
        assert_eq!(
            answer.count("form, button, input, main a"),
            0,
            "something to press: {about}"
        );
        for user in self.site.platform.users() {
            for name in [user.full_name(), user.vietnamese_name(), user.email] {
                assert!(!answer.body.contains(&name), "{name} in {about}");
            }
        }
        for (name, value) in &sent.fields {
            assert!(
                !is_secret(value) || !answer.body.contains(value),
                "{name} in {about}"
            );
        }
    }

    fn check_headers(&self, answer: &Answer, framed: Framed) {
        let policy = answer.header("content-security-policy");
        let framing = policy
            .split(';')
            .map(str::trim)
            .find(|part| part.starts_with("frame-ancestors"));
        let expected = format!("frame-ancestors {}", self.site.platform.origin());
        match framed {
            Framed::ByItsPlatform => assert_eq!(framing, Some(expected.as_str()), "{}", answer.body),
            Framed::ByAnyone => assert_eq!(framing, None, "{}", answer.body),
        }
        assert!(
            policy.contains("default-src 'none'") && policy.contains("script-src 'self'"),
            "{policy}"
        );
        assert!(
            policy.contains("form-action 'self'") && policy.contains("base-uri 'none'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-frame-options"), "");
        assert_eq!(answer.header("location"), "");
        assert_eq!(answer.header("set-cookie"), "");
    }
}

/// Gives a claim another value.
pub(crate) fn set(claims: &mut Value, name: &str, value: impl Into<Value>) {
    claims[name] = value.into();
}

/// Takes a claim away.
pub(crate) fn take(claims: &mut Value, name: &str) {
    claims.as_object_mut().expect("an object").remove(name);
}

/// Of two looks at the database: a record of that code and trace id came, and nothing else changed.
fn only_the_record(before: &BTreeSet<String>, after: &BTreeSet<String>, code: &str, trace_id: &str) {
    // How many launches of a deployment were refused is counted, too; that is nobody's.
    // The launch itself is kept beside its record, under the same trace id; `kept_launch.rs` looks at it.
    let counted = |row: &&String| {
        let is_the_launch = row.starts_with("kept_launches:") && row.contains(trace_id);
        // Whether a signed message's foreign address may be trusted is asked of the administrator.
        let is_the_question = code == "LTI-DL-RETURN"
            && (row.starts_with("registration_changes:") || row.contains("registration.propose"));
        !row.starts_with("launch_ways:") && !is_the_launch && !is_the_question
    };
    let gone: Vec<_> = before.difference(after).filter(counted).collect();
    assert!(gone.is_empty(), "{code} took away or changed {gone:?}");
    let come: Vec<_> = after.difference(before).filter(counted).collect();
    assert_eq!(come.len(), 1, "{code} stored {come:?}");
    assert!(come[0].starts_with("refusals:"), "{code} stored {come:?}");
    assert!(
        come[0].contains(code) && come[0].contains(trace_id),
        "{code} stored {come:?}"
    );
}

// Tokens, states, hints: long, and no words of ours.
fn is_secret(value: &str) -> bool {
    value.len() >= 16
}

/// What happens on every honest way to a refusal: the same launch, unchanged, passes.
#[tokio::test]
async fn the_same_launch_unchanged_passes() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let answer = scene
        .send(&browser, &Sent::launch(&token, &login.state), "vi")
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(
        answer.header("location").starts_with("/s/"),
        "{:?}",
        answer.headers
    );
}
