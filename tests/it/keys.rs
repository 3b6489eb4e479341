//! Keys come and go, ours and the platform's, and nobody's quiz or grade notices: rotation with its drill, two
//! processes, the schedule, a platform's key swap and outage, clocks that jump, a restart in the middle of a launch.

mod clock;
mod page;
mod platform;
mod restart;
mod rotation;

use app::{
    App,
    key_report::{self, Acceptance, Platform, Report},
    key_rotation::{self, Begun, By},
};
use practice_platform::{KeySource, SigningKey};
use serde_json::Value;
use tests::{Connected, TestSite};

/// The ids in our published key set.
async fn published(site: &TestSite) -> Vec<String> {
    let set = site.browser().get("/lti/jwks").await.json();
    let keys = set["keys"].as_array().expect("keys").clone();
    keys.iter().map(|key| text(key, "kid")).collect()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().expect("a text").to_owned()
}

async fn report(app: &App) -> Report {
    key_report::report(app).await.expect("the database works")
}

/// The states of our keys, newest first.
async fn states(app: &App) -> Vec<&'static str> {
    report(app)
        .await
        .keys
        .iter()
        .map(|key| key.state.as_str())
        .collect()
}

async fn platform(app: &App, connected: &Connected) -> Platform {
    let found = report(app).await.platforms.into_iter();
    let mut found = found.filter(|platform| platform.registration.id == connected.registration_id);
    found.next().expect("the registration")
}

async fn acceptance(app: &App, connected: &Connected) -> &'static str {
    platform(app, connected).await.acceptance.as_str()
}

async fn rotate(app: &App) -> Begun {
    key_rotation::rotate(app, By::Command)
        .await
        .expect("the database works")
}

async fn go_on(app: &App) -> usize {
    key_rotation::go_on(app).await.expect("the database works")
}

/// The platform has the keys typed in, as they are now, and never fetches any: "Public key type" is "RSA key".
async fn pin_keys(site: &TestSite, connected: &Connected) {
    let set = site.browser().get("/lti/jwks").await.json();
    set_keys(site, connected, KeySource::Inline(set));
}

fn fetch_keys(site: &TestSite, connected: &Connected) {
    set_keys(
        site,
        connected,
        KeySource::Address(format!("{}/lti/jwks", site.url)),
    );
}

fn set_keys(site: &TestSite, connected: &Connected, keys: KeySource) {
    let client_id = &connected.client_id;
    let known = site.platform.change_tool(client_id, |tool| {
        tool.config.keys = keys;
        tool.cached_keys = None;
    });
    assert!(known, "the tool");
}

/// Asks the platform for an access token: whether it accepts what signs for it now.
async fn is_served(site: &TestSite, connected: &Connected) -> bool {
    let id = connected.registration_id.clone();
    let findings = app::platform_check::check(&site.app, None, id)
        .await
        .expect("the registration");
    findings.iter().any(|finding| finding.key == "token-granted")
}

fn new_key(kid: &str) -> SigningKey {
    SigningKey::generate(kid).expect("a key")
}

async fn audited(site: &TestSite) -> Vec<String> {
    site.database
        .texts("SELECT action FROM audit_records WHERE action LIKE 'key.%' ORDER BY id")
        .await
}

fn accepted(platform: &Platform) -> bool {
    matches!(platform.acceptance, Acceptance::Proven(_))
}
