//! Platforms other than Moodle, by what they say of themselves: a launch, an attempt, a grade. Each is a file of
//! tests/data/platforms, written after its documentation; nobody has tried them on the real product.

mod double;

use app::{
    grade::deliver_due,
    registration::{Besides, Endpoints, Listed},
    registration_change,
};
use reqwest::{StatusCode, header};
use serde_json::Value;
use tests::{Answer, Browser};

use crate::{
    authoring,
    refusal::{Scene, Sent},
};
use double::Double;

/// A service that knows the platform, and a quiz.
struct Story {
    scene: Scene,
    platform: Double,
    quiz: String,
    listed: Listed,
}

impl Story {
    async fn begin(name: &str) -> Self {
        let (scene, platform) = (Scene::set().await, Double::start(name).await);
        let quiz =
            app::assessment::install_sample(&scene.site.app, None, authoring::draft("An toàn lao động"))
                .await
                .expect("a quiz");
        let listed = register(&scene, &platform, &platform.text("client_id")).await;
        Self {
            scene,
            platform,
            quiz,
            listed,
        }
    }

    /// Logs in and launches as the profile's student.
    async fn launch(&self) -> (Browser, Answer) {
        let (scene, platform) = (&self.scene, &self.platform);
        let browser = scene.browser();
        let target = format!("{}/", scene.site.url);
        let mut fields = vec![
            ("iss".to_owned(), platform.issuer.clone()),
            ("client_id".to_owned(), platform.text("client_id")),
            ("login_hint".to_owned(), "hint".to_owned()),
            ("lti_message_hint".to_owned(), "{\"a\":1}".to_owned()),
            ("target_link_uri".to_owned(), target.clone()),
            ("lti_deployment_id".to_owned(), platform.deployment_id()),
        ];
        let more = platform.profile["initiation"].as_object().expect("fields");
        fields.extend(
            more.iter()
                .map(|(name, value)| (name.clone(), value.as_str().expect("text").to_owned())),
        );
        let login = scene.log_in_with(&browser, fields).await;
        let fill = [
            ("nonce", login.nonce.as_str()),
            ("target", &target),
            ("quiz", &self.quiz),
        ];
        let token = platform.sign(&fill, scene.site.clock.now().timestamp());
        let answer = scene
            .send(&browser, &Sent::launch(&token, &login.state), "vi")
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = browser.get(answer.header(header::LOCATION.as_str())).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        (browser, page)
    }

    /// Hands in an attempt with all answers right.
    async fn hand_in(&self) -> (Browser, Answer) {
        let (browser, page) = self.launch().await;
        let csrf = page.csrf();
        let attempts = format!("/s/{}/attempts", page.session_id());
        let attempt = browser.post(&attempts, &[("csrf", &csrf)]).await;
        assert_eq!(attempt.status, StatusCode::OK, "{}", attempt.all_text());
        let fields = [
            ("csrf", csrf.as_str()),
            ("was/s1", ""),
            ("answer/s1", "o1"),
            ("was/s2", ""),
            ("answer/s2", "o1"),
            ("then", "submit"),
        ];
        let submitted = browser
            .post(&format!("{}/answers", attempt.url.path()), &fields)
            .await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
        (browser, page)
    }

    async fn deliver(&self) {
        deliver_due(&self.scene.site.app)
            .await
            .expect("the database works");
    }

    /// The last score that the platform got.
    fn score(&self) -> Option<Value> {
        let score = self.platform.requests("/scores").pop()?;
        assert_eq!(score.headers["content-type"], lti::ags::SCORE_TYPE);
        Some(serde_json::from_str(&score.body).expect("JSON"))
    }
}

async fn register(scene: &Scene, platform: &Double, client_id: &str) -> Listed {
    let at = |path: &str| format!("{}/{path}", platform.issuer);
    let endpoints = Endpoints {
        issuer: platform.issuer.clone(),
        client_id: client_id.to_owned(),
        auth_login_url: at("auth"),
        token_url: at("token"),
        jwks_url: at("keys"),
        deployment_id: platform.deployment_id(),
    };
    let names_itself = platform.profile["claims"]
        .get(lti::claim::TOOL_PLATFORM)
        .is_some();
    let besides = Besides {
        token_audience: platform.profile["token_audience"].as_str().map(str::to_owned),
        product_family: (!names_itself).then(|| platform.text("product_family")),
        ..Besides::default()
    };
    let listed = app::registration::add_with(&scene.site.app, None, endpoints, besides).await;
    listed.expect("a registration")
}

/// A launch of a student ends in a grade of 10 of 10.
async fn a_grade_arrives(name: &str) {
    let story = Story::begin(name).await;
    story.hand_in().await;
    story.deliver().await;
    let score = story.score().unwrap_or_else(|| panic!("{name} got no score"));
    assert_eq!(
        (&score["scoreGiven"], &score["scoreMaximum"]),
        (&10.into(), &10.into()),
        "{score}"
    );
    assert_eq!(score["userId"], story.platform.profile["claims"]["sub"]);
    let site = &story.scene.site;
    let id = &story.listed.registration.id;
    let family = format!("SELECT product_family FROM registrations WHERE id = '{id}'");
    assert_eq!(
        site.database.texts(&family).await,
        [story.platform.text("product_family")],
        "learnt from the launch, or typed"
    );
    let roles = site.database.texts("SELECT DISTINCT role FROM sessions").await;
    assert_eq!(roles, ["learner"]);
    let states = site.database.texts("SELECT state FROM grade_deliveries").await;
    assert_eq!(states, ["delivered"]);
}

#[tokio::test]
async fn brightspace_has_an_audience_of_its_own_and_keys_without_an_algorithm() {
    a_grade_arrives("brightspace").await;
}

#[tokio::test]
async fn sakai_takes_a_grade() {
    a_grade_arrives("sakai").await;
}

#[tokio::test]
async fn open_edx_tells_roles_in_the_institution_and_makes_the_columns_itself() {
    a_grade_arrives("open-edx").await;
}

#[tokio::test]
async fn blocks_of_open_edx_share_issuer_and_deployment_but_no_client() {
    let story = Story::begin("open-edx").await;
    let other = register(&story.scene, &story.platform, "another-block").await;
    assert_ne!(other.registration.id, story.listed.registration.id);
    story.launch().await;
    let sessions = "SELECT registration_id FROM sessions";
    assert_eq!(
        story.scene.site.database.texts(sessions).await,
        [story.listed.registration.id.as_str()]
    );
}

#[tokio::test]
async fn canvas_has_its_services_on_the_schools_host() {
    let story = Story::begin("canvas").await;
    let app = &story.scene.site.app;
    let (browser, page) = story.hand_in().await;
    story.deliver().await;
    assert!(
        story.score().is_none(),
        "no token goes to a host that nobody approved"
    );
    let waiting = registration_change::waiting(app, None).await.expect("a list");
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    assert!(waiting[0].by_launch);
    assert_eq!(waiting[0].differences[0].said, [story.platform.services.as_str()]);
    story.launch().await;
    let again = registration_change::waiting(app, None).await.expect("a list");
    assert_eq!(again.len(), 1, "asked once");

    registration_change::decide(app, None, waiting[0].id.clone(), true)
        .await
        .expect("approved");
    let sent = browser
        .post(
            &format!("/s/{}/grade/send-again", page.session_id()),
            &[("csrf", &page.csrf())],
        )
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.all_text());
    story.deliver().await;
    let score = story.score().expect("a score");
    assert_eq!(score["scoreGiven"], 10);
    let (_, page) = story.launch().await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains(&story.platform.services),
        "the school's pages may frame us: {policy}"
    );
}

#[tokio::test]
async fn a_refused_host_is_not_asked_about_again() {
    let story = Story::begin("canvas").await;
    let app = &story.scene.site.app;
    story.launch().await;
    let waiting = registration_change::waiting(app, None).await.expect("a list");
    registration_change::decide(app, None, waiting[0].id.clone(), false)
        .await
        .expect("refused");
    story.launch().await;
    assert!(
        registration_change::waiting(app, None)
            .await
            .expect("a list")
            .is_empty()
    );
    story.hand_in().await;
    story.deliver().await;
    assert!(story.score().is_none());
}
