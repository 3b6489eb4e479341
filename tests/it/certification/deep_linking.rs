//! Section 6.2: seven checks of one deep-linking request and its response, as the suite's platform makes them. The
//! request has the settings of the suite: several types and targets, opaque data that must come back.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lti::claim;
use practice_platform::{COURSE, INSTRUCTOR, Message};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Browser};

use crate::{
    authoring::published,
    refusal::{Scene, Sent},
};

const DATA: &str = "Some random opaque data that MUST be sent back";

/// A request that was answered with two quizzes.
struct Story {
    scene: Scene,
    browser: Browser,
    picker: Answer,
    answer: Answer,
    jwt: String,
    picked: [String; 2],
}

impl Story {
    /// With the suite's settings.
    async fn tell() -> Self {
        Self::tell_with(open_picker).await
    }

    async fn tell_with(open: impl AsyncFn(&Scene, &Browser) -> Answer) -> Self {
        let scene = Scene::set().await;
        let picked = [
            published(&scene.site, None, "An toàn điện").await,
            published(&scene.site, None, "Tiện ren ngoài").await,
        ];
        let mut browser = scene.browser();
        browser.destination = "iframe";
        let picker = open(&scene, &browser).await;
        let (action, _, mut fields) = picker.form("q");
        fields.retain(|(name, _)| name != "pick");
        fields.extend(picked.iter().map(|id| ("pick".to_owned(), id.clone())));
        fields.push(("do".to_owned(), "pick".to_owned()));
        let address = picker.url.join(&action).unwrap();
        let answer = browser.post_from(&scene.site.url, address.as_str(), fields).await;
        let jwt = answer
            .attributes("input[name=JWT]", "value")
            .pop()
            .unwrap_or_else(|| panic!("no response: {}", answer.all_text()));
        Self {
            scene,
            browser,
            picker,
            answer,
            jwt,
            picked,
        }
    }

    fn part(&self, number: usize) -> Value {
        let part = self.jwt.split('.').nth(number).expect("three parts");
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
    }

    fn claims(&self) -> Value {
        self.part(1)
    }
}

async fn open_picker(scene: &Scene, browser: &Browser) -> Answer {
    let (platform, tool) = (&scene.site.platform, scene.connected.tool);
    let initiation = platform.deep_linking_initiation(INSTRUCTOR, COURSE, tool);
    let login = scene.log_in_with(browser, initiation.unwrap().fields).await;
    let message = Message::DeepLinking { course: COURSE, tool };
    let mut claims = platform.launch_claims(INSTRUCTOR, message, &login.nonce).unwrap();
    let settings = &mut claims[claim::DEEP_LINKING_SETTINGS];
    for (name, value) in [
        (
            "accept_types",
            json!(["link", "file", "html", "ltiResourceLink", "image"]),
        ),
        ("accept_media_types", json!("image/*,text/html")),
        (
            "accept_presentation_document_targets",
            json!(["iframe", "window", "embed"]),
        ),
        ("accept_multiple", json!(true)),
        ("auto_create", json!(true)),
        ("title", json!("This is the default title")),
        ("text", json!("This is the default text")),
        ("data", json!(DATA)),
    ] {
        settings[name] = value;
    }
    let sent = Sent::launch(&platform.sign(&claims), &login.state);
    let answer = scene.send(browser, &sent, "vi").await;
    browser.get(answer.header("location")).await
}

/// With the practice platform's own settings, by its own page: it takes the response only in the session that asked.
async fn open_picker_at_the_platform(scene: &Scene, browser: &Browser) -> Answer {
    let (platform, tool) = (&scene.site.platform, scene.connected.tool);
    let initiation = platform.deep_linking_initiation(INSTRUCTOR, COURSE, tool);
    browser
        .launch(&initiation.expect("the platform knows all three"))
        .await
}

#[tokio::test]
async fn send_the_request_payload() {
    let story = Story::tell().await;
    assert_eq!(story.picker.status, StatusCode::OK, "{}", story.picker.all_text());
    assert!(
        story.picker.url.path().ends_with("/picker"),
        "{}",
        story.picker.url
    );
    let offered = story.picker.attributes("input[name=pick]", "value");
    assert!(story.picked.iter().all(|id| offered.contains(id)), "{offered:?}");
}

#[tokio::test]
async fn receive_the_response_payload() {
    let story = Story::tell_with(open_picker_at_the_platform).await;
    let (action, method, _) = story.answer.form("JWT");
    assert!(
        action.starts_with(story.scene.site.platform.origin()),
        "the request's own return address: {action}"
    );
    assert_eq!(method, "post");
    let returned = story.browser.submit(&story.answer, "JWT", &[]).await;
    assert_eq!(returned.status, StatusCode::OK, "{}", returned.all_text());
    assert_eq!(story.scene.site.platform.selections().len(), 1);
    assert_eq!(story.scene.site.platform.problems(), []);
}

#[tokio::test]
async fn response_format_valid() {
    let story = Story::tell().await;
    assert_eq!(story.jwt.split('.').count(), 3);
    let claims = story.claims();
    assert_eq!(claims[claim::MESSAGE_TYPE], "LtiDeepLinkingResponse");
    assert_eq!(claims[claim::VERSION], "1.3.0");
}

#[tokio::test]
async fn response_timestamps_valid() {
    let story = Story::tell().await;
    let claims = story.claims();
    let now = story.scene.site.clock.now().timestamp();
    let (issued, expires) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert!((now - 60..=now).contains(&issued), "{issued} at {now}");
    assert!((now + 1..=now + 3600).contains(&expires), "{expires} at {now}");
}

#[tokio::test]
async fn signature_valid() {
    let story = Story::tell().await;
    let header = story.part(0);
    assert_eq!(header["alg"], "RS256");
    let published = story.browser.get("/lti/jwks").await.json();
    let key = published["keys"]
        .as_array()
        .unwrap()
        .iter()
        .find(|key| key["kid"] == header["kid"])
        .expect("the key is in our key set");
    assert_eq!(
        (key["kty"].as_str(), key["use"].as_str()),
        (Some("RSA"), Some("sig"))
    );
    let text = |name: &str| key[name].as_str().unwrap();
    let key = jsonwebtoken::DecodingKey::from_rsa_components(text("n"), text("e")).unwrap();
    let (signed, signature) = story.jwt.rsplit_once('.').unwrap();
    let fits =
        jsonwebtoken::crypto::verify(signature, signed.as_bytes(), &key, jsonwebtoken::Algorithm::RS256);
    assert!(fits.unwrap());
}

#[tokio::test]
async fn required_claims_verified() {
    let story = Story::tell().await;
    let claims = story.claims();
    let connected = &story.scene.connected;
    assert_eq!(claims["iss"], json!(connected.client_id), "the tool issues it");
    let audience = claims["aud"].as_array().cloned().unwrap_or_default();
    assert_eq!(audience, [json!(story.scene.site.platform.origin())]);
    assert_eq!(claims[claim::DEPLOYMENT_ID], json!(connected.deployment_id));
    assert!(claims["nonce"].as_str().is_some_and(|nonce| nonce.len() >= 16));
    assert!(claims[claim::CONTENT_ITEMS].is_array());
    assert_eq!(claims.get("azp"), None);
}

#[tokio::test]
async fn affirm_response() {
    let story = Story::tell().await;
    let claims = story.claims();
    assert_eq!(claims[claim::DEEP_LINKING_DATA], DATA);
    let items = claims[claim::CONTENT_ITEMS].as_array().unwrap();
    assert_eq!(items.len(), 2);
    for (item, id) in items.iter().zip(&story.picked) {
        assert_eq!(item["type"], "ltiResourceLink");
        assert_eq!(item["url"], json!(format!("{}/", story.scene.site.url)));
        assert_eq!(item["custom"]["taynghe_assessment"], json!(id));
        assert_eq!(item["lineItem"]["resourceId"], json!(id));
        assert!(
            item["lineItem"]["scoreMaximum"]
                .as_u64()
                .is_some_and(|most| most > 0)
        );
        let item = item.as_object().unwrap();
        assert!(
            item.values().all(|value| !value.is_null()),
            "optional members are left out, not null: {item:?}"
        );
    }
    let titles: Vec<&Value> = items.iter().map(|item| &item["title"]).collect();
    assert_eq!(titles, ["An toàn điện", "Tiện ren ngoài"]);
}
