//! Server-side request forgery, and answers that do not end: whatever address a platform, an administrator's browser or
//! a teacher makes us call, nothing is sent to this machine or its neighbours unless it was listed, each refusal has its
//! code, and no answer takes more time or memory than it may. Here the whole service is asked; each form of an address
//! by itself stands in crates/outbound/src/tests/addresses.rs.

mod odd_server;

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use lti::claim;
use odd_server::{Behaviour, OddServer};
use outbound::{AllowPrivate, Lookup, Options};
use practice_platform::{ActivityConfig, ActivityLineItem, COURSE, INSTRUCTOR, Message, STUDENTS, Service};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Browser, Connected, TestSite};

use crate::{
    authoring::published,
    refusal::{Scene, Sent},
};

/// Ways to write an address of this machine, of its neighbours or of a cloud's metadata service.
const HOSTS: &[&str] = &[
    "127.0.0.2",
    "127.0.0.2.",
    "127.2",
    "2130706434",
    "0x7f000002",
    "0x7f.2",
    "0177.0.0.2",
    "%31%32%37.0.0.2",
    "①②⑦.0.0.2",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "168.63.129.16",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.2]",
    "[::ffff:7f00:2]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::7f00:2]",
    "[64:ff9b:1::7f00:2]",
    "[2002:7f00:2::]",
    "[2001::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "inside.example",
    "mapped.example",
    "metadata.example",
    "both.example",
    "rebinding.example",
    "localhost.localdomain",
];

/// A service that may call 127.0.0.1, where its platform is, and nothing else that is private; and a trap that counts
/// who comes to any address of this machine.
struct Fence {
    scene: Scene,
    trap: OddServer,
}

impl Fence {
    async fn build() -> Self {
        let options = Options {
            allow_private: AllowPrivate {
                hosts: Vec::new(),
                networks: vec!["127.0.0.1/32".parse().unwrap()],
            },
            total_timeout: Duration::from_secs(2),
            lookup: names(),
            ..Options::default()
        };
        let site = TestSite::start_calling(options).await;
        let connected = site.connect(None).await;
        Self {
            scene: Scene::on(site, connected),
            trap: OddServer::start("0.0.0.0", Behaviour::Json("{}".to_owned())),
        }
    }

    fn site(&self) -> &TestSite {
        &self.scene.site
    }

    fn connected(&self) -> &Connected {
        &self.scene.connected
    }

    /// The trap in all forms, by both schemes.
    fn addresses(&self, path: &str) -> impl Iterator<Item = String> {
        let port = self.trap.port();
        let of = move |scheme: &'static str, path: String| {
            HOSTS
                .iter()
                .map(move |host| format!("{scheme}://{host}:{port}{path}"))
        };
        of("http", path.to_owned()).chain(of("https", path.to_owned()))
    }

    async fn set_endpoint(&self, column: &str, address: &str) {
        let id = &self.connected().registration_id;
        let update = format!("UPDATE registrations SET {column} = '{address}' WHERE id = '{id}'");
        self.site().database.execute(&update).await;
    }

    fn check_trap(&self, about: &str) {
        assert_eq!(self.trap.connections(), 0, "somebody called: {about}");
    }

    /// A launch with these claims changed: where it ends.
    async fn launch(&self, user: i64, activity: i64, change: impl FnOnce(&mut Value)) -> (Browser, Answer) {
        let browser = self.scene.browser();
        let platform = &self.site().platform;
        let initiation = platform.launch_initiation(user, activity).unwrap();
        let login = self.scene.log_in_with(&browser, initiation.fields).await;
        let message = Message::ResourceLink { activity };
        let mut claims = platform.launch_claims(user, message, &login.nonce).unwrap();
        change(&mut claims);
        let sent = Sent::launch(&platform.sign(&claims), &login.state);
        let answer = self.scene.send(&browser, &sent, "vi").await;
        let page = match answer.status {
            StatusCode::SEE_OTHER => browser.get(answer.header("location")).await,
            _ => answer,
        };
        (browser, page)
    }

    async fn check_launch(&self, expected: &str, reason: &str, about: &str) {
        let (_, page) = self.launch(STUDENTS[0], self.scene.activity, |_| {}).await;
        assert_eq!(
            page.code().as_deref(),
            Some(expected),
            "{about}: {}",
            page.all_text()
        );
        let detail = self.scene.newest_detail().await;
        assert!(detail.contains(reason), "{about}: {detail}");
    }

    /// An activity with a quiz, and with a column or without.
    async fn quiz(&self, with_column: bool) -> i64 {
        let quiz = published(self.site(), None, "An toàn điện").await;
        let line_item = with_column.then(|| ActivityLineItem {
            score_maximum: 10.0,
            ..ActivityLineItem::default()
        });
        let activity = ActivityConfig {
            title: "An toàn điện".to_owned(),
            url: format!("{}/", self.site().url),
            custom: vec![("taynghe_assessment".to_owned(), quiz)],
            tool: self.connected().tool,
            line_item,
            ..ActivityConfig::default()
        };
        self.site().platform.add_activity(COURSE, activity)
    }

    async fn press_for_a_column(&self, browser: &Browser, page: &Answer) -> Answer {
        let address = format!("/s/{}/gradebook/column", page.session_id());
        browser.post(&address, &[("csrf", &page.csrf())]).await
    }
}

// What the resolver says. `rebinding.example` has no address when it is asked first, and a private one after.
fn names() -> Lookup {
    let asked = Arc::new(AtomicUsize::new(0));
    Arc::new(move |host| {
        let first = host == "rebinding.example" && asked.fetch_add(1, Ordering::SeqCst).is_multiple_of(2);
        Box::pin(async move {
            let found: &[&str] = match host.as_str() {
                "rebinding.example" if first => &["198.51.100.7"],
                "inside.example" | "rebinding.example" | "localhost.localdomain" => &["127.0.0.2"],
                "mapped.example" => &["::ffff:127.0.0.2", "64:ff9b::7f00:2"],
                "metadata.example" => &["169.254.169.254", "fd00:ec2::254"],
                "both.example" => &["10.0.0.1", "127.0.0.2", "::1"],
                _ => return Err(std::io::ErrorKind::NotFound.into()),
            };
            Ok(found
                .iter()
                .map(|address| address.parse::<IpAddr>().unwrap())
                .collect())
        })
    })
}

async fn invitation(site: &TestSite) -> String {
    app::invitation::invite(&site.app, None, None).await.unwrap()
}

// The button of the registration page, with what a browser may be made to send.
async fn register(site: &TestSite, invitation: &str, configuration: &str, consent: &str) -> Answer {
    let fields = [
        ("openid_configuration", configuration),
        ("registration_token", "odd.registration.token"),
        ("consent", consent),
    ];
    site.browser().post(invitation, &fields).await
}

#[tokio::test]
async fn configurations_are_not_fetched_from_inside() {
    let fence = Fence::build().await;
    let invitation = invitation(fence.site()).await;
    for address in fence.addresses("/configuration") {
        let encoded: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
        let page = format!("{invitation}?openid_configuration={encoded}&registration_token=x");
        let looked = fence.site().browser().get(&page).await;
        assert_eq!(looked.code().as_deref(), Some("LTI-REG-URL"), "{address}");
        let pressed = register(fence.site(), &invitation, &address, "").await;
        assert_eq!(pressed.code().as_deref(), Some("LTI-REG-URL"), "{address}");
        fence.check_trap(&address);
    }
    assert_eq!(
        fence.site().count("registrations").await,
        1,
        "only the fence's own"
    );
}

#[tokio::test]
async fn registrations_are_not_sent_inside() {
    let fence = Fence::build().await;
    let invitation = invitation(fence.site()).await;
    for address in fence.addresses("/register") {
        let platform = OddServer::start("127.0.0.1", Behaviour::Configuration(address.clone()));
        let configuration = format!("{}/configuration", platform.origin());
        let refused = register(fence.site(), &invitation, &configuration, &address).await;
        let code = refused.code();
        // An address that is none is found when the configuration is read, a private one when it is called.
        let expected = matches!(code.as_deref(), Some("LTI-REG-URL" | "LTI-REG-INCOMPLETE"));
        assert!(expected, "{address}: {code:?} {}", refused.all_text());
        fence.check_trap(&address);
    }
    assert_eq!(
        fence.site().count("registrations").await,
        1,
        "only the fence's own"
    );
}

#[tokio::test]
async fn key_sets_are_not_fetched_from_inside() {
    let fence = Fence::build().await;
    for address in fence.addresses("/jwks") {
        fence.set_endpoint("jwks_url", &address).await;
        fence
            .check_launch("LTI-KEY-FETCH", "refused by the address filter", &address)
            .await;
        fence.check_trap(&address);
    }
}

#[tokio::test]
async fn tokens_are_not_asked_for_inside() {
    let fence = Fence::build().await;
    let activity = fence.quiz(false).await;
    let (browser, page) = fence.launch(INSTRUCTOR, activity, |_| {}).await;
    for address in fence.addresses("/token") {
        fence.set_endpoint("token_url", &address).await;
        let pressed = fence.press_for_a_column(&browser, &page).await;
        assert_eq!(
            pressed.code().as_deref(),
            Some("LTI-SVC-ORIGIN"),
            "{address}: {}",
            pressed.all_text()
        );
        fence.check_trap(&address);
    }
    assert_eq!(fence.site().platform.requests_to(Service::LineItems).len(), 0);
}

/// Line items, results, scores and members at addresses that a launch names: a token goes to the platform's own origins.
#[tokio::test]
async fn bearer_tokens_go_to_no_other_origin() {
    let fence = Fence::build().await;
    let (without_column, with_column) = (fence.quiz(false).await, fence.quiz(true).await);
    for address in fence.addresses("/service") {
        let elsewhere = |claims: &mut Value| {
            claims[claim::AGS_ENDPOINT]["lineitems"] = json!(address);
            claims[claim::NRPS]["context_memberships_url"] = json!(address);
        };
        let (browser, page) = fence.launch(INSTRUCTOR, without_column, elsewhere).await;
        let pressed = fence.press_for_a_column(&browser, &page).await;
        assert_eq!(
            pressed.code().as_deref(),
            Some("LTI-SVC-ORIGIN"),
            "{address}: {}",
            pressed.all_text()
        );
        app::job::do_due(&fence.site().app).await.unwrap();
        fence.check_trap(&address);
    }
    let address = format!("http://127.0.0.2:{}/7/lineitem", fence.trap.port());
    let elsewhere = |claims: &mut Value| claims[claim::AGS_ENDPOINT]["lineitem"] = json!(address);
    let (student, page) = fence.launch(STUDENTS[0], with_column, elsewhere).await;
    hand_in(&student, &page).await;
    app::grade::deliver_due(&fence.site().app).await.unwrap();
    let problems = "SELECT COALESCE(problem_code, '') FROM grade_deliveries";
    assert_eq!(fence.site().database.texts(problems).await, ["origin"]);
    fence.check_trap(&address);
    let asked = fence.site().platform.requests_to(Service::Token);
    assert_eq!(asked.len(), 0, "not even a token was fetched: {asked:?}");
}

#[tokio::test]
async fn the_next_page_of_a_list_is_not_fetched_from_inside() {
    let fence = Fence::build().await;
    let activity = fence.quiz(false).await;
    for (number, address) in fence.addresses("/members").enumerate() {
        let lists = OddServer::start("127.0.0.1", Behaviour::NextPage(address.clone()));
        // An origin of the registration's own: it may have our token.
        fence
            .set_endpoint("token_url", &format!("{}/token", lists.origin()))
            .await;
        let here = |claims: &mut Value| {
            claims[claim::CONTEXT]["id"] = json!(format!("course-{number}"));
            claims[claim::NRPS]["context_memberships_url"] = json!(format!("{}/members", lists.origin()));
        };
        fence.launch(INSTRUCTOR, activity, here).await;
        app::job::do_due(&fence.site().app).await.unwrap();
        assert!(lists.connections() >= 2, "a token and the first page: {address}");
        fence.check_trap(&address);
    }
    let read = "SELECT id FROM contexts WHERE roster_read_at IS NOT NULL";
    assert!(
        fence.site().database.texts(read).await.is_empty(),
        "half a list is no list"
    );
}

#[tokio::test]
async fn redirects_lead_nowhere() {
    let fence = Fence::build().await;
    let invitation = invitation(fence.site()).await;
    let activity = fence.quiz(false).await;
    let (browser, page) = fence.launch(INSTRUCTOR, activity, |_| {}).await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("http://127.0.0.2:{}/secret", fence.trap.port());
        let platform = OddServer::start("127.0.0.1", Behaviour::Redirect(status, to));
        let refused = register(
            fence.site(),
            &invitation,
            &format!("{}/configuration", platform.origin()),
            "",
        )
        .await;
        assert_eq!(refused.code().as_deref(), Some("LTI-REG-URL"), "{status}");
        fence
            .set_endpoint("jwks_url", &format!("{}/jwks", platform.origin()))
            .await;
        fence
            .check_launch("LTI-KEY-FETCH", &status.to_string(), "a redirected key set")
            .await;
        fence
            .set_endpoint("token_url", &format!("{}/token", platform.origin()))
            .await;
        let pressed = fence.press_for_a_column(&browser, &page).await;
        assert_eq!(pressed.code().as_deref(), Some("LTI-SVC-REFUSED"), "{status}");
        assert_eq!(platform.connections(), 3);
        fence.check_trap(&status.to_string());
    }
}

/// What unpacks into far more than it is, what never ends, and what comes byte by byte.
#[tokio::test]
async fn answers_that_are_too_much() {
    let fence = Fence::build().await;
    let invitation = invitation(fence.site()).await;
    for (behaviour, reason) in [
        (Behaviour::Bomb, "too large"),
        (Behaviour::Endless, "too large"),
        (Behaviour::Drip, "timed out"),
        (Behaviour::Silence, "timed out"),
    ] {
        let about = format!("{behaviour:?}");
        let platform = OddServer::start("127.0.0.1", behaviour);
        fence
            .set_endpoint("jwks_url", &format!("{}/jwks", platform.origin()))
            .await;
        fence.check_launch("LTI-KEY-FETCH", reason, &about).await;
        let configuration = format!("{}/configuration", platform.origin());
        let refused = register(fence.site(), &invitation, &configuration, "").await;
        assert_eq!(refused.code().as_deref(), Some("LTI-REG-URL"), "{about}");
        assert!(
            platform.bytes_sent() < 32 * 1024 * 1024,
            "{about}: {} bytes were taken",
            platform.bytes_sent()
        );
    }
}

async fn hand_in(browser: &Browser, page: &Answer) {
    let csrf = page.csrf();
    let attempts = format!("/s/{}/attempts", page.session_id());
    let attempt = browser.post(&attempts, &[("csrf", &csrf)]).await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("was/s1", ""),
        ("answer/s1", "o1"),
        ("was-flag/s1", ""),
        ("was/s2", ""),
        ("answer/s2", "o1"),
        ("was-flag/s2", ""),
        ("then", "submit"),
    ];
    let submitted = browser
        .post(&format!("{}/answers", attempt.url.path()), &fields)
        .await;
    assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
}
