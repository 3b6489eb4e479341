//! The platforms' keys.

use app::platform_keys::SERVES;
use chrono::Duration;
use practice_platform::{Fault, STUDENTS, Service};
use reqwest::StatusCode;
use serde_json::json;
use tests::{Answer, Connected, TestSite};

use super::new_key;

struct Scene {
    site: TestSite,
    activity: i64,
}

impl Scene {
    async fn set() -> Self {
        let (site, connected) = TestSite::connected().await;
        let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
        Self { site, activity }
    }

    async fn launch(&self) -> Answer {
        let initiation = self.site.platform.launch_initiation(STUDENTS[0], self.activity);
        self.site
            .browser()
            .launch(&initiation.expect("both are known"))
            .await
    }

    async fn assert_launches(&self, why: &str) {
        let page = self.launch().await;
        assert_eq!(page.status, StatusCode::OK, "{why}: {}", page.all_text());
    }

    async fn assert_refused(&self, code: &str) {
        assert_eq!(self.launch().await.code().as_deref(), Some(code));
    }

    /// A launch whose token names a key that the platform never had.
    async fn forge(&self, kid: &str) -> Answer {
        let browser = self.site.browser();
        let initiation = self.site.platform.launch_initiation(STUDENTS[0], self.activity);
        let form = browser.begin_launch(&initiation.expect("both are known")).await;
        let token = form.attributes("[name=id_token]", "value").remove(0);
        let payload = token.split('.').nth(1).expect("a payload").to_owned();
        let claims = decode(&payload);
        let forged = self
            .site
            .platform
            .sign_with(&json!({ "typ": "JWT", "alg": "RS256", "kid": kid }), &claims);
        browser.submit(&form, "id_token", &[("id_token", &forged)]).await
    }

    fn fetches(&self) -> usize {
        self.site.platform.requests_to(Service::KeySet).len()
    }
}

fn decode(part: &str) -> serde_json::Value {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
    serde_json::from_slice(&bytes).expect("claims")
}

#[tokio::test]
async fn a_platform_swaps_its_key() {
    let scene = Scene::set().await;
    scene.assert_launches("the first key").await;
    scene.assert_launches("kept").await;
    assert_eq!(scene.fetches(), 1);
    scene.site.platform.swap_key(new_key("second"), false);
    scene.assert_launches("one fetch for the unknown key").await;
    scene.assert_launches("kept").await;
    assert_eq!(scene.fetches(), 2);

    // Within the cool-down the next swap has to wait a minute.
    scene.site.platform.swap_key(new_key("third"), true);
    scene.assert_refused("LTI-TOK-KID-UNKNOWN").await;
    assert_eq!(scene.fetches(), 2);
    scene.site.clock.advance(Duration::seconds(61));
    scene.assert_launches("after the cool-down").await;
    assert_eq!(scene.fetches(), 3);
}

#[tokio::test]
async fn a_flood_of_unknown_keys_reaches_the_platform_once_a_minute() {
    let scene = Scene::set().await;
    scene.assert_launches("the key is known").await;
    let before = scene
        .site
        .database
        .texts("SELECT key_set FROM platform_key_sets")
        .await;
    for number in 0..20 {
        let answer = scene.forge(&format!("unknown-{number}")).await;
        assert_eq!(answer.code().as_deref(), Some("LTI-TOK-KID-UNKNOWN"));
        scene
            .assert_launches("honest launches are not kept waiting")
            .await;
    }
    assert_eq!(scene.fetches(), 2);
    scene.site.clock.advance(Duration::seconds(61));
    scene.forge("unknown").await;
    assert_eq!(scene.fetches(), 3);
    let after = scene
        .site
        .database
        .texts("SELECT key_set FROM platform_key_sets")
        .await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn while_the_platform_is_down_its_last_keys_serve_for_three_days() {
    let scene = Scene::set().await;
    scene.assert_launches("the keys are read").await;
    scene.site.platform.set_fault(Service::KeySet, Fault::Down, None);
    for _ in 0..3 {
        scene.site.clock.advance(Duration::hours(23));
        scene.assert_launches("stale, and not too old").await;
    }
    scene.site.clock.advance(SERVES - Duration::hours(69));
    scene.assert_refused("LTI-KEY-FETCH").await;
    scene.site.platform.clear_faults();
    scene.site.clock.advance(Duration::seconds(61));
    scene.assert_launches("it is back").await;
}

#[tokio::test]
async fn the_keys_outlive_a_restart_and_are_another_process_s_too() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    assert_eq!(site.count("platform_key_sets").await, 0);
    let launched = site
        .browser()
        .launch(
            &site
                .platform
                .launch_initiation(STUDENTS[0], activity)
                .expect("both are known"),
        )
        .await;
    assert_eq!(launched.status, StatusCode::OK);
    assert_eq!(site.count("platform_key_sets").await, 1);
    site.platform.set_fault(Service::KeySet, Fault::Down, None);

    let other = site.second_process().await;
    assert_eq!(accepted_by(&site, &other, activity).await, Ok(()));
    site.clock.advance(SERVES);
    let third = site.second_process().await;
    assert_eq!(
        accepted_by(&site, &third, activity).await,
        Err("LTI-KEY-FETCH".to_owned())
    );

    // A registration whose key set has moved does not trust what came from the old address.
    site.clock.advance(-SERVES);
    move_key_set(&site, &connected).await;
    let fourth = site.second_process().await;
    assert_eq!(
        accepted_by(&site, &fourth, activity).await,
        Err("LTI-KEY-FETCH".to_owned())
    );
}

async fn move_key_set(site: &TestSite, connected: &Connected) {
    let moved = format!(
        "UPDATE registrations SET jwks_url = '{}/mod/lti/certs.php?moved' WHERE id = '{}'",
        site.platform.origin(),
        connected.registration_id
    );
    site.database.execute(&moved).await;
}

/// A launch that begins in the site's own process and ends in that one.
async fn accepted_by(site: &TestSite, process: &app::App, activity: i64) -> Result<(), String> {
    let browser = site.browser();
    let initiation = site
        .platform
        .launch_initiation(STUDENTS[1], activity)
        .expect("both are known");
    let form = browser.begin_launch(&initiation).await;
    let field = |name: &str| Some(form.attributes(&format!("[name={name}]"), "value").remove(0));
    let cookies = browser
        .cookie_names("localhost")
        .into_iter()
        .map(|name| {
            (
                name.clone(),
                browser.cookie("localhost", &name).expect("a cookie"),
            )
        })
        .collect();
    let post = app::launch::Post {
        id_token: field("id_token"),
        state: field("state"),
        cookies,
        ..app::launch::Post::default()
    };
    let accepted = app::launch::accept(process, post).await;
    accepted
        .map(|_accepted| ())
        .map_err(|error| error.code().as_str().to_owned())
}

#[tokio::test]
async fn a_refused_launch_leaves_no_keys_behind() {
    let scene = Scene::set().await;
    assert_eq!(
        scene.forge("unknown").await.code().as_deref(),
        Some("LTI-TOK-KID-UNKNOWN")
    );
    assert_eq!(scene.site.count("platform_key_sets").await, 0);
    scene.assert_launches("an honest one").await;
    assert_eq!(scene.site.count("platform_key_sets").await, 1);
}
