//! Registered again: what differs is shown, what stays on its hosts is applied, what moves waits for the administrator.

use app::{
    registration::Listed,
    registration_change::{self, State, Taken},
    registration_update,
};
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Browser, TestSite};

use super::odd_platform::{OddPlatform, Reply, registered};
use super::{framing_browser, invite, open, register};

const ELSEWHERE: &str = "https://keys.example.org/jwks";

/// A platform that registered once, and its administrator.
struct Story {
    site: TestSite,
    platform: OddPlatform,
    id: String,
}

impl Story {
    async fn begin() -> Self {
        let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
        let (address, browser) = (invite(&site).await, framing_browser(&site));
        let done = register(&browser, &address, &platform.configuration()).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
        let id = listed(&site).await.registration.id;
        Self { site, platform, id }
    }

    /// Registers with a new invitation, agreeing to whatever the page asks.
    async fn again(&self) -> Answer {
        let (address, browser) = (invite(&self.site).await, framing_browser(&self.site));
        let page = open(&browser, &address, &self.platform.configuration()).await;
        let consent = page.attributes("input[name=consent]", "value").concat();
        let fields: &[(&str, &str)] = match consent.as_str() {
            "" => &[],
            consent => &[("consent", consent)],
        };
        let done = browser.submit(&page, "openid_configuration", fields).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
        done
    }

    async fn update(&self) -> Taken {
        let taken = registration_update::update(&self.site.app, None, self.id.clone(), None).await;
        taken.expect("a reading")
    }

    async fn waiting(&self) -> Vec<registration_change::Change> {
        let waiting = registration_change::waiting(&self.site.app, None).await;
        waiting.expect("a list")
    }

    async fn jwks_url(&self) -> String {
        listed(&self.site).await.registration.jwks_url
    }

    /// The registration's page, in an administrator's browser.
    async fn page(&self) -> (Browser, Answer) {
        let link = app::administration::link(&self.site.app, None)
            .await
            .expect("a link");
        let browser = self.site.browser();
        let overview = browser.post(&link, &[]).await;
        let address = format!(
            "/s/{}/administration/registrations/{}",
            overview.session_id(),
            self.id
        );
        assert_eq!(
            overview.count(&format!("a[href=\"{address}\"]")),
            1,
            "the overview leads there"
        );
        let page = browser.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        (browser, page)
    }

    async fn audited(&self) -> Vec<String> {
        let query = "SELECT action FROM audit_records WHERE action LIKE 'registration.%' ORDER BY id";
        self.site.database.texts(query).await
    }
}

async fn listed(site: &TestSite) -> Listed {
    let mut listed = app::registration::list(&site.app, None).await.expect("a list");
    assert_eq!(listed.len(), 1, "one registration, not doubled");
    listed.remove(0)
}

#[tokio::test]
async fn another_host_waits_for_the_administrator() {
    let story = Story::begin().await;
    let before = listed(&story.site).await;
    story
        .platform
        .configure(|configuration| configuration["jwks_uri"] = ELSEWHERE.into());

    let done = story.again().await;
    let told = done.all_text();
    assert!(
        told.contains(ELSEWHERE) && told.contains(&before.registration.jwks_url),
        "{told}"
    );
    let now = listed(&story.site).await;
    assert_eq!(
        now.registration.jwks_url, before.registration.jwks_url,
        "the old one stays in force"
    );
    assert_eq!(now.registration.id, before.registration.id);
    assert_eq!(now.deployments.len(), 1);
    story.again().await;
    assert_eq!(story.waiting().await.len(), 1, "the same change waits once");

    let (browser, page) = story.page().await;
    let text = page.all_text();
    assert!(
        text.contains(ELSEWHERE) && text.contains(&before.registration.jwks_url),
        "{text}"
    );
    assert_eq!(page.count("form[action$=\"/approve\"]"), 1);
    let change = &story.waiting().await[0].id;
    let decide = |decision: &str| {
        let address = format!("{}/changes/{change}/{decision}", page.url.path());
        let (browser, csrf) = (&browser, page.csrf());
        async move { browser.post(&address, &[("csrf", &csrf)]).await }
    };
    let approved = decide("approve").await;
    assert_eq!(approved.status, StatusCode::OK, "{}", approved.all_text());
    assert_eq!(story.jwks_url().await, ELSEWHERE);
    assert_eq!(approved.count("form[action$=\"/approve\"]"), 0);
    let again = decide("reject").await;
    assert_eq!(again.code().as_deref(), Some("WEB-CONFLICT"), "decided once");
    assert_eq!(story.jwks_url().await, ELSEWHERE);
    assert_eq!(
        story.audited().await,
        [
            "registration.add",
            "registration.propose",
            "registration.again",
            "registration.again",
            "registration.approve"
        ]
    );
}

#[tokio::test]
async fn who_refuses_keeps_the_old_addresses() {
    let story = Story::begin().await;
    let before = story.jwks_url().await;
    story
        .platform
        .configure(|configuration| configuration["jwks_uri"] = ELSEWHERE.into());
    let taken = story.update().await;
    assert!(taken.applied.is_empty(), "{taken:?}");
    assert!(taken.waiting[0].moves(), "{taken:?}");
    let id = taken.waiting_id.expect("it waits");
    registration_change::decide(&story.site.app, None, id.clone(), false)
        .await
        .expect("refused");
    assert_eq!(story.jwks_url().await, before);
    let late = registration_change::decide(&story.site.app, None, id, true).await;
    assert_eq!(late.expect_err("decided").code().as_str(), "WEB-CONFLICT");
    assert!(story.waiting().await.is_empty());

    // asked once more, it waits again; when the platform goes back, nothing waits
    assert!(story.update().await.waiting_id.is_some());
    story.platform.configure(|_| {});
    assert!(story.update().await.is_same());
    assert!(story.waiting().await.is_empty());
}

#[tokio::test]
async fn what_stays_on_its_host_is_applied_and_shown() {
    let story = Story::begin().await;
    let platform = &story.platform;
    assert!(story.update().await.is_same(), "nothing changed yet");
    let jwks = format!("{}/keys/2026", platform.origin);
    platform.configure(|configuration| {
        configuration["jwks_uri"] = jwks.clone().into();
        configuration["scopes_supported"] = json!(["openid"]);
    });
    let (browser, page) = story.page().await;
    let shown = browser.submit(&page, "openid_configuration", &[]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.all_text());
    assert!(shown.all_text().contains(&jwks), "{}", shown.all_text());
    assert_eq!(story.jwks_url().await, jwks);
    assert!(story.waiting().await.is_empty());
    let states = story
        .site
        .database
        .texts("SELECT state FROM registration_changes")
        .await;
    assert_eq!(states, [State::Applied.as_str()]);

    // one moved address keeps all of them waiting: they belong together
    platform.configure(|configuration| {
        configuration["jwks_uri"] = format!("{}/keys/2027", platform.origin).into();
        configuration["token_endpoint"] = "https://login.example.org/token".into();
    });
    let taken = story.update().await;
    let fields: Vec<_> = taken.waiting.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["token-url", "jwks-url"]);
    assert_eq!(story.jwks_url().await, jwks);
}

#[tokio::test]
async fn a_change_that_fits_no_more_is_not_applied() {
    let story = Story::begin().await;
    story
        .platform
        .configure(|configuration| configuration["jwks_uri"] = ELSEWHERE.into());
    let id = story.update().await.waiting_id.expect("it waits");
    let registration = listed(&story.site).await;
    let endpoints = app::registration::Endpoints {
        issuer: registration.registration.issuer.clone(),
        client_id: registration.registration.client_id.clone(),
        auth_login_url: registration.registration.auth_login_url.clone(),
        token_url: registration.registration.token_url.clone(),
        jwks_url: format!("{}/typed", story.platform.origin),
        deployment_id: "1".to_owned(),
    };
    app::registration::add(&story.site.app, None, endpoints)
        .await
        .expect("typed by hand");
    let refused = registration_change::decide(&story.site.app, None, id, true).await;
    assert_eq!(refused.expect_err("too late").code().as_str(), "WEB-CONFLICT");
    assert!(story.jwks_url().await.ends_with("/typed"));
    assert_eq!(story.waiting().await.len(), 1, "it still waits, to be refused");
}

#[tokio::test]
async fn readings_that_will_not_do_change_nothing() {
    let story = Story::begin().await;
    let check = async |configuration: Option<String>, code: &str| {
        let before = story.site.database.contents().await;
        let update = registration_update::update(&story.site.app, None, story.id.clone(), configuration);
        assert_eq!(update.await.expect_err(code).code().as_str(), code);
        assert_eq!(before, story.site.database.contents().await, "{code}");
    };
    let other = OddPlatform::start().await;
    check(Some(other.configuration()), "LTI-REG-ISSUER").await;
    check(Some("configuration".to_owned()), "LTI-REG-URL").await;
    check(Some("https://169.254.169.254/".to_owned()), "LTI-REG-URL").await;
    story
        .platform
        .answer("/configuration", Reply::redirect("https://example.org/"));
    check(None, "LTI-REG-URL").await;
    story.platform.answer("/configuration", Reply::new(200, "{}"));
    check(None, "LTI-REG-INCOMPLETE").await;
    story
        .platform
        .configure(|configuration| configuration["registration_endpoint"] = Value::Null);
    assert!(
        story.update().await.is_same(),
        "who is registered needs no registration endpoint"
    );

    let foreign = Some("Trường B".to_owned());
    let refused = registration_update::update(&story.site.app, foreign.clone(), story.id.clone(), None).await;
    assert_eq!(
        refused.expect_err("another organisation").code().as_str(),
        "WEB-NOT-FOUND"
    );
    story
        .platform
        .configure(|configuration| configuration["jwks_uri"] = ELSEWHERE.into());
    let id = story.update().await.waiting_id.expect("it waits");
    let refused = registration_change::decide(&story.site.app, foreign, id, true).await;
    assert_eq!(
        refused.expect_err("another organisation").code().as_str(),
        "WEB-NOT-FOUND"
    );
}

#[tokio::test]
async fn a_platform_that_nobody_can_ask_needs_an_address() {
    let (site, connected) = TestSite::connected().await;
    let update = |address: Option<String>| {
        registration_update::update(&site.app, None, connected.registration_id.clone(), address)
    };
    // registered by hand: nobody knows yet that it is a Moodle
    assert_eq!(
        update(None).await.expect_err("no address").code().as_str(),
        "WEB-FORM"
    );
    let configuration = format!("{}/mod/lti/openid-configuration.php", site.platform.origin());
    let taken = update(Some(configuration)).await.expect("a reading");
    let fields: Vec<_> = taken.applied.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["product-family"], "{taken:?}");
    assert!(update(None).await.expect("known now").is_same());
}

#[tokio::test]
async fn a_platform_that_shows_what_it_stored_is_read_back() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let record = format!("{}/clients/1", platform.origin);
    let answer = |redirect: &str, url: &str, token: &str| {
        let mut answer: Value = serde_json::from_str(&registered("client-1", Some("1"))).expect("JSON");
        answer["redirect_uris"] = json!([redirect]);
        answer["registration_client_uri"] = url.into();
        answer["registration_access_token"] = token.into();
        Reply::new(201, &answer.to_string())
    };
    let ours = format!("{}/lti/launch", site.url);
    platform.answer("/register", answer(&ours, &record, "first.secret"));
    platform.answer(
        "/clients/1",
        answer("https://old.example.org/lti/launch", &record, "second.secret"),
    );
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let done = register(&browser, &address, &platform.configuration()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    let story = Story {
        id: listed(&site).await.registration.id,
        site,
        platform,
    };
    for token in ["first.secret", "second.secret"] {
        let taken = story.update().await;
        assert_eq!(
            story.platform.bearer("/clients/1"),
            token,
            "the platform changes it"
        );
        let fields: Vec<_> = taken
            .stored_otherwise
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields, ["redirect-uris"]);
    }
    let contents = story.site.database.contents().await;
    assert!(
        !contents.iter().any(|row| row.contains(".secret")),
        "tokens are stored encrypted"
    );
    let (_, page) = story.page().await;
    assert!(
        page.all_text().contains("https://old.example.org/lti/launch"),
        "{}",
        page.all_text()
    );

    // a record on another host would get our token
    let elsewhere = "https://evil.example.org/clients/1";
    story
        .platform
        .answer("/clients/1", answer(&ours, elsewhere, "third.secret"));
    assert!(story.update().await.is_same());
    story.update().await;
    assert_eq!(
        story.platform.bearer("/clients/1"),
        "second.secret",
        "the known address stays"
    );
}

#[tokio::test]
async fn moodles_update_keeps_what_there_is() {
    let site = TestSite::start().await;
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let frame = site.platform.begin_registration(&address).expect("an address");
    let page = browser.get(&frame).await;
    browser.submit(&page, "openid_configuration", &[]).await;
    let before = listed(&site).await;
    assert_eq!(before.registration.product_family, "moodle");
    let tool = site.platform.tools().pop().expect("a tool");
    assert!(site.platform.activate_tool(&tool.client_id));

    let address = invite(&site).await;
    let frame = site.platform.begin_update(&address, tool.id).expect("an address");
    let page = browser.get(&frame).await;
    let done = browser.submit(&page, "openid_configuration", &[]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    let after = listed(&site).await;
    assert_eq!(after.registration.id, before.registration.id);
    assert_eq!(after.registration.client_id, before.registration.client_id);
    assert_eq!(after.deployments.len(), 1);
    assert_eq!(site.count("registration_changes").await, 0, "nothing differs");
    assert_eq!(site.count("tool_keys").await, 1, "keys stay");

    let connected = super::connected(&site, &tool.client_id, tool.id).await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let initiation = site
        .platform
        .launch_initiation(STUDENTS[0], activity)
        .expect("an initiation");
    let page = site.browser().launch(&initiation).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
}

#[tokio::test]
async fn canvas_gives_the_deployment_later_and_answers_only_its_token() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    platform.answer("/register", Reply::new(201, &registered("1000001", None)));
    platform.configure(|configuration| {
        configuration["authorization_server"] = "canvas.instructure.com".into();
        configuration["https://purl.imsglobal.org/spec/lti-platform-configuration"] = json!({
            "product_family_code": "canvas",
            "messages_supported": [
                { "type": "LtiResourceLinkRequest", "placements": ["course_navigation"] },
                { "type": "LtiDeepLinkingRequest", "placements": ["assignment_selection", "homework_submission"] },
            ],
        });
    });
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let done = register(&browser, &address, &platform.configuration()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    assert!(done.all_text().contains("LTI-DEP-PENDING"), "{}", done.all_text());
    assert_eq!(platform.bearer("/configuration"), "odd.registration.token");
    let listed = listed(&site).await;
    assert!(listed.deployments.is_empty());
    assert_eq!(
        listed.registration.token_audience, None,
        "a bare host is no audience"
    );
    let story = Story {
        id: listed.registration.id,
        site,
        platform,
    };
    let (_, page) = story.page().await;
    let text = page.all_text();
    for words in ["Canvas", "homework_submission"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
