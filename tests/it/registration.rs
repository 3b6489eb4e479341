//! Dynamic registration by invitation: what the platform's administrator sees, what is stored, and what is refused.

mod again;
mod odd_platform;

use std::collections::BTreeSet;

use app::{App, Clock, Code, Parts, invitation, keys::SecretKey, registration::Endpoints};
use chrono::Duration;
use odd_platform::{OddPlatform, Reply, registered};
use outbound::Outbound;
use practice_platform::{STUDENTS, Service};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};
use url::Url;

/// The page in the platform's frame, as its administrator's browser shows it.
async fn open(browser: &Browser, address: &str, configuration: &str) -> Answer {
    let mut address = Url::parse(address).expect("an address");
    address
        .query_pairs_mut()
        .append_pair("openid_configuration", configuration)
        .append_pair("registration_token", "odd.registration.token");
    browser.get(address.as_str()).await
}

/// Opens the page and presses its button.
async fn register(browser: &Browser, address: &str, configuration: &str) -> Answer {
    let page = open(browser, address, configuration).await;
    if page.status != StatusCode::OK {
        return page;
    }
    browser.submit(&page, "openid_configuration", &[]).await
}

async fn invite(site: &TestSite) -> String {
    let address = invitation::invite(&site.app, None, None).await;
    address.expect("an invitation")
}

fn framing_browser(site: &TestSite) -> Browser {
    let mut browser = site.browser();
    browser.destination = "iframe";
    browser
}

fn policy(answer: &Answer) -> String {
    let policy = answer.headers.get("content-security-policy").expect("a policy");
    policy.to_str().expect("ASCII").to_owned()
}

fn framed_by(answer: &Answer) -> String {
    let policy = policy(answer);
    let found = policy
        .split(';')
        .find_map(|directive| directive.trim().strip_prefix("frame-ancestors "));
    found.unwrap_or("anyone").to_owned()
}

/// What was stored besides the records of refusals.
fn without_refusals(rows: &BTreeSet<String>) -> BTreeSet<&String> {
    rows.iter().filter(|row| !row.starts_with("refusals:")).collect()
}

#[tokio::test]
async fn a_platform_registers_and_its_students_come_in() {
    let site = TestSite::start().await;
    let address = invite(&site).await;
    let frame = site.platform.begin_registration(&address).expect("an address");
    let browser = framing_browser(&site);

    let page = browser.get(&frame).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(framed_by(&page), site.platform.origin());
    assert!(
        page.all_text().contains(site.platform.origin()),
        "{}",
        page.all_text()
    );
    assert_eq!(site.count("registrations").await, 0, "looking registers nothing");
    let used = "SELECT COUNT(*) FROM invitations WHERE used_at IS NOT NULL";
    assert_eq!(site.database.number(used).await, 0, "looking spends nothing");
    assert!(site.platform.requests_to(Service::Registration).is_empty());

    let done = browser.submit(&page, "openid_configuration", &[]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    assert_eq!(framed_by(&done), site.platform.origin());
    assert_eq!(done.attributes("#close", "data-origin"), [site.platform.origin()]);
    assert!(
        done.count("ol li") >= 3,
        "what remains to be done: {}",
        done.all_text()
    );
    for words in ["Activate", "Show in activity chooser", "Manage tools"] {
        assert!(done.all_text().contains(words), "{words}: {}", done.all_text());
    }
    let token = &page.attributes("input[name=registration_token]", "value")[0];
    assert!(
        !done.body.contains(token.as_str()),
        "the token has served its time"
    );
    assert_eq!(site.database.number(used).await, 1);
    assert!(
        site.platform.problems().is_empty(),
        "{:?}",
        site.platform.problems()
    );
    assert!(
        !site
            .database
            .contents()
            .await
            .iter()
            .any(|row| row.contains(token.as_str())),
        "the token is not stored"
    );

    let tool = site.platform.tools().pop().expect("a tool");
    assert_eq!(tool.config.icon, Some(format!("{}/icon.svg", site.url)));
    let connected = connected(&site, &tool.client_id, tool.id).await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let initiation = || {
        site.platform
            .launch_initiation(STUDENTS[0], activity)
            .expect("an initiation")
    };
    let pending = browser.begin_launch(&initiation()).await;
    assert!(
        pending.url.as_str().starts_with(site.platform.origin()),
        "{}",
        pending.url
    );
    assert!(
        !pending.status.is_success(),
        "the tool waits for Activate: {}",
        pending.all_text()
    );
    assert!(site.platform.activate_tool(&tool.client_id));
    let page = browser.launch(&initiation()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    page.session_id();
}

async fn connected(site: &TestSite, client_id: &str, tool: i64) -> Connected {
    let listed = app::registration::list(&site.app, None).await.expect("a list");
    let found = listed
        .into_iter()
        .find(|listed| listed.registration.client_id == client_id)
        .expect("the registration");
    assert_eq!(found.registration.issuer, site.platform.origin());
    assert_eq!(found.registration.product_family, "moodle");
    assert_eq!(found.deployments.len(), 1);
    Connected {
        client_id: client_id.to_owned(),
        deployment_id: found.deployments[0].platform_id.clone(),
        tool,
        registration_id: found.registration.id,
        organisation_id: found.registration.organisation_id,
    }
}

#[tokio::test]
async fn an_invitation_works_once() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let page = open(&browser, &address, &platform.configuration()).await;
    let press = || browser.submit(&page, "openid_configuration", &[]);
    platform.answer_together("/configuration", 2);
    let (one, other) = tokio::join!(press(), press());
    platform.configure(|_| {});
    let mut codes = [one.code(), other.code()];
    codes.sort();
    assert_eq!(
        codes,
        [None, Some("LTI-REG-INVITE".to_owned())],
        "two presses at once"
    );
    assert_eq!(platform.asked("/register"), 1);
    assert_eq!(press().await.code().as_deref(), Some("LTI-REG-INVITE"));
    let again = open(&browser, &address, &platform.configuration()).await;
    assert_eq!(again.code().as_deref(), Some("LTI-REG-INVITE"));
    assert_eq!(site.count("registrations").await, 1);
}

#[tokio::test]
async fn an_invitation_is_for_one_host_and_seven_days() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let browser = framing_browser(&site);
    let other = OddPlatform::start().await;
    let bound = invitation::invite(&site.app, None, Some(format!("{}/course", platform.origin))).await;
    let bound = bound.expect("an invitation");
    let open_invitation = invite(&site).await;

    let before = site.database.contents().await;
    for address in [bound.clone(), format!("{}/lti/register/unknown", site.url)] {
        let refused = open(&browser, &address, &other.configuration()).await;
        assert_eq!(
            refused.code().as_deref(),
            Some("LTI-REG-INVITE"),
            "{}",
            refused.all_text()
        );
        assert_eq!(framed_by(&refused), "anyone");
        assert_eq!(refused.count("form"), 0, "nothing to press");
    }
    assert_eq!(
        other.asked("/configuration"),
        0,
        "nobody is called for a wrong invitation"
    );
    let after = site.database.contents().await;
    assert_eq!(without_refusals(&before), without_refusals(&after));

    let right = open(&browser, &bound, &platform.configuration()).await;
    assert_eq!(right.status, StatusCode::OK, "{}", right.all_text());
    // the page of one platform does not serve another one
    let changed = [("openid_configuration", other.configuration())];
    let changed: Vec<(&str, &str)> = changed
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let refused = browser.submit(&right, "openid_configuration", &changed).await;
    assert_eq!(refused.code().as_deref(), Some("LTI-REG-INVITE"));

    site.clock.advance(Duration::days(7) + Duration::seconds(1));
    for address in [bound, open_invitation] {
        let expired = open(&browser, &address, &platform.configuration()).await;
        assert_eq!(expired.code().as_deref(), Some("LTI-REG-INVITE"), "expired");
    }
}

#[tokio::test]
async fn an_address_opened_by_hand_says_where_it_belongs() {
    let site = TestSite::start().await;
    let address = invite(&site).await;
    let page = site.browser().get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(framed_by(&page), "'none'");
    assert_eq!(
        page.attributes("input[readonly]", "value"),
        std::slice::from_ref(&address)
    );
    assert_eq!(page.count("form"), 0);
    let referrer = page.headers.get("referrer-policy").expect("a policy");
    assert_eq!(referrer, "same-origin", "the secret stays with us");
}

#[tokio::test]
async fn configurations_that_will_not_do_are_refused() {
    let site = TestSite::start().await;
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let platform = OddPlatform::start().await;
    let own = platform.origin.clone();
    let replies = [
        (
            "not JSON",
            Reply::new(200, "<html>Log in first</html>"),
            "LTI-REG-URL",
        ),
        ("a list", Reply::new(200, "[]"), "LTI-REG-URL"),
        (
            "a redirect",
            Reply::redirect(&format!("{own}/elsewhere")),
            "LTI-REG-URL",
        ),
        ("not found", Reply::new(404, "{}"), "LTI-REG-URL"),
        ("broken", Reply::new(500, "{}"), "LTI-REG-URL"),
        ("300 KiB", Reply::new(200, &" ".repeat(300 * 1024)), "LTI-REG-URL"),
    ];
    for (what, reply, code) in replies {
        platform.answer("/configuration", reply);
        check_refused(&site, &browser, &address, &platform, what, code).await;
    }
    let foreign = OddPlatform::start().await;
    platform.configure(|configuration| configuration["issuer"] = foreign.origin.clone().into());
    check_refused(
        &site,
        &browser,
        &address,
        &platform,
        "another issuer",
        "LTI-REG-ISSUER",
    )
    .await;
    let lacking = [
        ("token_endpoint", None),
        ("registration_endpoint", None),
        ("id_token_signing_alg_values_supported", Some("ES256")),
        (
            "token_endpoint_auth_methods_supported",
            Some("client_secret_basic"),
        ),
    ];
    for (member, instead) in lacking {
        platform.configure(|configuration| {
            configuration[member] =
                instead.map_or(serde_json::Value::Null, |other| serde_json::json!([other]));
        });
        check_refused(&site, &browser, &address, &platform, member, "LTI-REG-INCOMPLETE").await;
    }
    platform.configure(|_| {});
    let page = register(&browser, &address, &platform.configuration()).await;
    assert_eq!(
        page.code(),
        None,
        "the invitation is still good: {}",
        page.all_text()
    );
}

#[tokio::test]
async fn a_platform_that_does_not_take_us_leaves_the_invitation_as_it_was() {
    let site = TestSite::start().await;
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let platform = OddPlatform::start().await;
    let replies = [
        (
            "a bare word",
            Reply::new(400, "domain_targetlinkuri_mismatch"),
            "LTI-REG-REFUSED",
        ),
        (
            "a used token",
            Reply::new(401, "token_already_used"),
            "LTI-REG-REFUSED",
        ),
        ("broken", Reply::new(503, "<html></html>"), "LTI-REG-REFUSED"),
        (
            "a redirect",
            Reply::redirect("https://example.org/"),
            "LTI-REG-REFUSED",
        ),
        ("no client id", Reply::new(200, "{}"), "LTI-REG-INCOMPLETE"),
        ("no JSON", Reply::new(201, "thanks"), "LTI-REG-INCOMPLETE"),
        (
            "no deployment",
            Reply::new(200, &registered("client-7", None)),
            "LTI-REG-INCOMPLETE",
        ),
    ];
    for (what, reply, code) in replies {
        platform.answer("/register", reply);
        let asked = platform.asked("/register");
        check_refused(&site, &browser, &address, &platform, what, code).await;
        assert_eq!(
            platform.asked("/register"),
            asked + 1,
            "{what}: asked once, never again"
        );
    }
    let page = register(&browser, &address, &platform.configuration()).await;
    let command = page.text("pre").expect("what to type by hand");
    for part in [
        "taynghe platform add",
        "--client-id client-7",
        "--deployment-id …",
        &platform.origin,
    ] {
        assert!(command.contains(part), "{part}: {command}");
    }
    assert!(
        page.all_text().contains(&format!("{}/lti/launch", site.url)),
        "our addresses"
    );
    platform.answer("/register", Reply::new(200, &registered("client-7", Some("1"))));
    let page = register(&browser, &address, &platform.configuration()).await;
    assert_eq!(page.code(), None, "{}", page.all_text());
}

/// Nothing but the record of the refusal is stored, and the page has its code.
async fn check_refused(
    site: &TestSite,
    browser: &Browser,
    address: &str,
    platform: &OddPlatform,
    what: &str,
    code: &str,
) {
    let before = site.database.contents().await;
    let page = register(browser, address, &platform.configuration()).await;
    assert_eq!(page.code().as_deref(), Some(code), "{what}: {}", page.all_text());
    assert!(
        page.status.is_client_error() || page.status.is_server_error(),
        "{what}: {}",
        page.status
    );
    let after = site.database.contents().await;
    assert_eq!(without_refusals(&before), without_refusals(&after), "{what}");
    assert_eq!(after.len(), before.len() + 1, "{what}: one record");
    let secrets = [
        "odd.registration.token",
        address.rsplit('/').next().expect("a secret"),
    ];
    let kept = after
        .difference(&before)
        .any(|row| secrets.iter().any(|secret| row.contains(secret)));
    assert!(!kept, "{what}: the record holds a secret");
}

#[tokio::test]
async fn foreign_endpoints_need_consent() {
    let site = TestSite::start().await;
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let platform = OddPlatform::start().await;
    let elsewhere = "https://login.example.org/token";
    platform.configure(|configuration| configuration["token_endpoint"] = elsewhere.into());
    let page = open(&browser, &address, &platform.configuration()).await;
    assert_eq!(page.attributes("input[name=consent]", "value"), [elsewhere]);
    for consent in [None, Some("https://other.example.org/token")] {
        let consent: Vec<(&str, &str)> = consent.map(|consent| ("consent", consent)).into_iter().collect();
        let asked_again = browser.submit(&page, "openid_configuration", &consent).await;
        assert_eq!(asked_again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(asked_again.count("#consent-error"), 1);
    }
    assert_eq!(platform.asked("/register"), 0);
    assert_eq!(site.count("registrations").await, 0);
    let done = browser
        .submit(&page, "openid_configuration", &[("consent", elsewhere)])
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    assert_eq!(platform.asked("/register"), 1);
}

#[tokio::test]
async fn the_button_works_only_on_our_own_page() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let (address, browser) = (invite(&site).await, framing_browser(&site));
    let before = site.database.contents().await;
    let fields = vec![("openid_configuration".to_owned(), platform.configuration())];
    for origin in [platform.origin.as_str(), "null", "https://evil.example"] {
        let refused = browser.post_from(origin, &address, fields.clone()).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-CSRF"), "{origin}");
    }
    assert_eq!(platform.asked("/configuration"), 0);
    assert_eq!(before, site.database.contents().await);
}

#[tokio::test]
async fn a_registration_belongs_to_one_organisation() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let browser = framing_browser(&site);
    let endpoints = Endpoints {
        issuer: platform.origin.clone(),
        client_id: "client-1".to_owned(),
        auth_login_url: format!("{}/old", platform.origin),
        token_url: format!("{}/old", platform.origin),
        jwks_url: format!("{}/old", platform.origin),
        deployment_id: "1".to_owned(),
    };
    let mine = app::registration::add(&site.app, Some("Trường A".to_owned()), endpoints).await;
    let mine = mine.expect("a registration").registration;

    let other = invitation::invite(&site.app, Some("Trường B".to_owned()), None).await;
    check_refused(
        &site,
        &browser,
        &other.expect("an invitation"),
        &platform,
        "taken",
        "LTI-REG-TAKEN",
    )
    .await;

    let own = invitation::invite(&site.app, Some("Trường A".to_owned()), None).await;
    let done = register(&browser, &own.expect("an invitation"), &platform.configuration()).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    let listed = app::registration::list(&site.app, Some("Trường A".to_owned())).await;
    let listed = listed.expect("a list");
    assert_eq!(listed.len(), 1, "brought up to date, not doubled");
    let now = &listed[0].registration;
    assert_eq!((&now.id, &now.created_at), (&mine.id, &mine.created_at));
    assert_eq!(now.jwks_url, format!("{}/jwks", platform.origin));
    assert_eq!(listed[0].deployments.len(), 1);

    platform.answer("/register", Reply::new(200, &registered("client-2", Some("2"))));
    let third = invitation::invite(&site.app, Some("Trường A".to_owned()), None).await;
    let done = register(
        &browser,
        &third.expect("an invitation"),
        &platform.configuration(),
    )
    .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.all_text());
    assert_eq!(
        site.count("registrations").await,
        2,
        "a new client is a new registration"
    );
}

/// A service that may call public addresses only, as it is delivered.
async fn delivered(site: &TestSite) -> App {
    let parts = Parts {
        db: site.database.open().await,
        outbound: Outbound::new(outbound::Options::default()).expect("an HTTP client"),
        clock: Clock::system(),
        public_url: site.url.parse().expect("an address"),
        secret_key: SecretKey::new([7; 32]),
        session_lifetime: Duration::hours(12),
    };
    App::start(parts).await.expect("the service starts")
}

#[tokio::test]
async fn configurations_at_private_addresses_are_not_called() {
    let (site, platform) = (TestSite::start().await, OddPlatform::start().await);
    let app = delivered(&site).await;
    let port = Url::parse(&platform.origin)
        .expect("an origin")
        .port()
        .expect("a port");
    let addresses = [
        platform.configuration(),
        format!("http://localhost:{port}/configuration"),
        format!("https://localhost:{port}/configuration"),
        "http://moodle.example.org/configuration".to_owned(),
        "https://10.1.2.3/configuration".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://[::ffff:127.0.0.1]/configuration".to_owned(),
        "https://93.184.216.34/configuration".to_owned(),
        "ftp://moodle.example.org/configuration".to_owned(),
        "configuration".to_owned(),
    ];
    for openid_configuration in addresses {
        let address = invite(&site).await;
        let visit = invitation::Visit {
            secret: address.rsplit('/').next().expect("a secret").to_owned(),
            openid_configuration: openid_configuration.clone(),
            registration_token: None,
            consent: None,
        };
        let refused = invitation::preview(&app, &visit)
            .await
            .expect_err(&openid_configuration);
        assert_eq!(
            refused.code(),
            Code::Lti(lti::Code::RegUrl),
            "{openid_configuration}: {refused}"
        );
    }
    assert_eq!(platform.asked("/configuration"), 0);
}
