//! Launches whose state cookie is lost on the way: what proves the browser then, what does not, and what is kept of
//! the person meanwhile. Where scripts matter, tests/browser tells the same with a real Chromium.

mod kept;
mod ways;

use std::collections::BTreeSet;

use practice_platform::Message;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderName},
};
use tests::{Answer, Browser};
use url::Url;

use crate::refusal::{Framed, Login, Scene, Sent};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What a script of ours got at the login.
struct Prepared {
    login: Login,
    key: String,
    secret: String,
}

/// Which page a request says that it comes from.
#[derive(Clone, Copy)]
struct From<'a> {
    origin: Option<&'a str>,
    site: Option<&'a str>,
}

async fn post(
    scene: &Scene,
    browser: &Browser,
    path: &str,
    from: From<'_>,
    fields: &[(&str, &str)],
) -> Answer {
    let url = Url::parse(&scene.site.url).unwrap().join(path).unwrap();
    let mut headers = vec![
        (
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".to_owned(),
        ),
        (header::ACCEPT, "text/html".to_owned()),
        (header::ACCEPT_LANGUAGE, "vi".to_owned()),
    ];
    headers.extend(from.origin.map(|origin| (header::ORIGIN, origin.to_owned())));
    headers.extend(from.site.map(|site| (SITE, site.to_owned())));
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    browser.send(Method::POST, &url, &headers, Some(body)).await
}

fn ours(scene: &Scene) -> From<'_> {
    From {
        origin: Some(&scene.site.url),
        site: Some("same-origin"),
    }
}

// A browser that keeps no cookie of ours.
fn blind(scene: &Scene) -> Browser {
    let mut browser = scene.browser();
    browser.takes_cookies = false;
    browser
}

async fn prepare(scene: &Scene, browser: &Browser, more: &[(&str, &str)]) -> Prepared {
    let fields = scene.initiation().fields;
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.extend(more);
    let answer = post(scene, browser, "/lti/login/here", ours(scene), &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let json = answer.json();
    let text = |name: &str| json[name].as_str().unwrap().to_owned();
    let request = Url::parse(&text("address")).unwrap();
    let parameter = |wanted: &str| {
        let mut pairs = request.query_pairs();
        pairs.find(|(name, _)| name == wanted).unwrap().1.into_owned()
    };
    Prepared {
        login: Login {
            state: parameter("state"),
            nonce: parameter("nonce"),
        },
        key: text("key"),
        secret: text("secret"),
    }
}

// The platform's form in that browser; answers the page that asks for a proof.
async fn arrive(scene: &Scene, browser: &Browser, login: &Login) -> Answer {
    let token = scene.site.platform.sign(&scene.claims(login));
    scene
        .send(browser, &Sent::launch(&token, &login.state), "vi")
        .await
}

fn parked_id(page: &Answer) -> String {
    let found = page.attributes("#proof input[name=parked]", "value");
    found
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no proof asked for: {}", page.body))
}

async fn prove(scene: &Scene, browser: &Browser, parked: &str, secret: &str, way: &str) -> Answer {
    let fields = [("parked", parked), ("secret", secret), ("way", way)];
    post(scene, browser, "/lti/launch/proof", ours(scene), &fields).await
}

fn ticket_of(page: &Answer) -> String {
    let found = page.attributes("#continue input[name=ticket]", "value");
    found
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no ticket: {}", page.body))
}

async fn open(scene: &Scene, window: &Browser, ticket: &str) -> Answer {
    post(
        scene,
        window,
        "/lti/launch/open",
        ours(scene),
        &[("ticket", ticket)],
    )
    .await
}

async fn renew(scene: &Scene, browser: &Browser, ticket: &str) -> Answer {
    post(
        scene,
        browser,
        "/lti/launch/ticket",
        ours(scene),
        &[("ticket", ticket)],
    )
    .await
}

// A launch that is proven and waits for its window.
async fn proven(scene: &Scene) -> String {
    let frame = blind(scene);
    let prepared = prepare(scene, &frame, &[]).await;
    let parked = parked_id(&arrive(scene, &frame, &prepared.login).await);
    ticket_of(&prove(scene, &frame, &parked, &prepared.secret, "storage-handshake").await)
}

async fn launches(scene: &Scene, way: &str) -> i64 {
    let query = format!("SELECT COALESCE(MAX(launches), 0) FROM launch_ways WHERE way = '{way}'");
    scene.site.database.number(&query).await
}

#[track_caller]
fn check_refused(answer: &Answer, code: &str) {
    assert_eq!(answer.code().as_deref(), Some(code), "{}", answer.body);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.count("form, button, input"), 0, "something to press");
}

#[tokio::test]
async fn its_own_storage_proves_the_browser_and_a_window_opens() {
    let scene = Scene::set().await;
    let (frame, window) = (blind(&scene), scene.browser());
    let prepared = prepare(&scene, &frame, &[]).await;
    assert!(prepared.key.starts_with("taynghe-login-"), "{}", prepared.key);
    let stored = scene.site.database.contents().await;
    assert!(
        !stored
            .iter()
            .any(|row| row.contains(&prepared.secret) || row.contains(&prepared.login.state)),
        "only hashes are stored"
    );

    let page = arrive(&scene, &frame, &prepared.login).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes("#proof", "data-key"), [prepared.key.as_str()]);
    assert_eq!(page.attributes("#proof", "data-storage-target"), [""]);
    assert!(
        page.header("content-security-policy")
            .contains(&format!("frame-ancestors {}", scene.site.platform.origin())),
        "only the platform may frame it"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(
        !page.body.contains(&prepared.secret),
        "the page tells nobody what it asks for"
    );

    let parked = parked_id(&page);
    let page = prove(&scene, &frame, &parked, &prepared.secret, "storage-handshake").await;
    let ticket = ticket_of(&page);
    assert_eq!(scene.site.count("sessions").await, 0, "nothing is open yet");
    let answer = open(&scene, &window, &ticket).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let location = answer.header("location").to_owned();
    assert!(
        !location.contains(&ticket) && location.starts_with("/s/"),
        "{location}"
    );
    let page = window.get(&location).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text(".who .name").is_some(), "the session shows whose it is");
    assert_eq!(launches(&scene, "storage-handshake").await, 1);
    assert_eq!(scene.site.count("parked_launches").await, 0);
    assert_eq!(scene.site.count("login_states").await, 0);
}

#[tokio::test]
async fn until_the_browser_is_proven_the_parked_row_is_all_that_is_kept() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let before = scene.site.database.contents().await;
    let parked = parked_id(&arrive(&scene, &frame, &prepared.login).await);
    let after = scene.site.database.contents().await;
    let tables = |rows: Vec<&String>| -> BTreeSet<String> {
        rows.iter()
            .map(|row| row.split(':').next().unwrap().to_owned())
            .collect()
    };
    let (gone, come) = (
        before.difference(&after).collect(),
        after.difference(&before).collect(),
    );
    assert_eq!(tables(gone), BTreeSet::from(["login_states".to_owned()]));
    // What the platform's keys were is kept with them.
    let mut come = tables(come);
    come.remove("platform_key_sets");
    assert_eq!(come, BTreeSet::from(["parked_launches".to_owned()]));

    scene.site.clock.advance(app::parked_launch::LIFETIME);
    let late = prove(&scene, &frame, &parked, &prepared.secret, "storage-handshake").await;
    check_refused(&late, "LTI-STA-INVALID");
    app::tidy::tidy(&scene.site.app).await.unwrap();
    assert_eq!(scene.site.count("parked_launches").await, 0);
    assert_eq!(scene.site.count("persons").await, 0);
}

/// Login CSRF: the attacker begins in his own browser and has everything that it holds; the victim's browser posts
/// his form. What would prove it lies in the attacker's storage.
#[tokio::test]
async fn what_an_attacker_began_opens_in_no_other_browser() {
    let scene = Scene::set().await;
    let (attacker, victim) = (blind(&scene), blind(&scene));
    let of_victim = prepare(&scene, &victim, &[]).await;
    for found in ["", "guessed", of_victim.secret.as_str()] {
        let of_attacker = prepare(&scene, &attacker, &[]).await;
        let parked = parked_id(&arrive(&scene, &victim, &of_attacker.login).await);
        let answer = prove(&scene, &victim, &parked, found, "storage-handshake").await;
        check_refused(&answer, "LTI-STA-BROWSER");
        assert_eq!(
            scene.site.count("parked_launches").await,
            0,
            "thrown away at once"
        );
        let again = prove(
            &scene,
            &attacker,
            &parked,
            &of_attacker.secret,
            "storage-handshake",
        )
        .await;
        check_refused(&again, "LTI-STA-INVALID");
    }
    assert_eq!(scene.site.count("persons").await, 0);
    assert_eq!(scene.site.count("sessions").await, 0);
    assert_eq!(launches(&scene, "refused").await, 3);

    // The victim's own launch is not touched.
    let parked = parked_id(&arrive(&scene, &victim, &of_victim.login).await);
    ticket_of(&prove(&scene, &victim, &parked, &of_victim.secret, "storage-handshake").await);
}

/// The parked launch's id, the state and the key are known to whoever saw the page; they prove nothing.
#[tokio::test]
async fn what_stands_in_pages_proves_nothing() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let parked = parked_id(&arrive(&scene, &frame, &prepared.login).await);
    let known = [parked.clone(), prepared.login.state.clone(), prepared.key.clone()];
    for secret in &known {
        let prepared = prepare(&scene, &frame, &[]).await;
        let parked = parked_id(&arrive(&scene, &frame, &prepared.login).await);
        let answer = prove(&scene, &frame, &parked, secret, "storage-of-platform").await;
        check_refused(&answer, "LTI-STA-BROWSER");
    }
}

#[tokio::test]
async fn a_login_that_stored_nothing_is_refused_as_before_and_counted() {
    let scene = Scene::set().await;
    let login = scene.log_in(&scene.browser()).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let sent = Sent::launch(&token, &login.state);
    scene
        .check_refused(&blind(&scene), &sent, "LTI-STA-BROWSER", Framed::ByItsPlatform)
        .await;
    assert_eq!(launches(&scene, "refused").await, 3, "once in each language");
}

/// Anybody may begin a login and post what they like: it is judged before it is parked or counted.
#[tokio::test]
async fn a_bad_token_is_refused_without_its_cookie_too() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let token = scene.site.platform.sign(&scene.claims(&prepared.login));
    let (head, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", "A".repeat(342));
    let sent = Sent::launch(&forged, &prepared.login.state);
    scene
        .check_refused(&frame, &sent, "LTI-TOK-SIG", Framed::ByItsPlatform)
        .await;
    assert_eq!(launches(&scene, "refused").await, 0);
    parked_id(&arrive(&scene, &frame, &prepared.login).await);
}

#[tokio::test]
async fn of_two_posts_without_cookie_exactly_one_is_parked() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let post = || arrive(&scene, &frame, &prepared.login);
    let answers = futures_util::future::join_all([post(), post(), post()]).await;
    let (parked, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!(parked.len(), 1);
    for answer in lost {
        check_refused(answer, "LTI-STA-INVALID");
    }
    assert_eq!(scene.site.count("parked_launches").await, 1);
}

/// An absent header is never a pass, and neither of the two stands for the other.
#[tokio::test]
async fn only_our_own_pages_may_send_what_proves_and_opens() {
    let scene = Scene::set().await;
    let own = scene.site.url.clone();
    let platform = scene.site.platform.origin().to_owned();
    let bad = [
        (None, None),
        (Some(own.as_str()), None),
        (None, Some("same-origin")),
        (Some("null"), Some("same-origin")),
        (Some(own.as_str()), Some("none")),
        (Some(own.as_str()), Some("same-site")),
        (Some(own.as_str()), Some("cross-site")),
        (Some(platform.as_str()), Some("same-origin")),
        (Some(platform.as_str()), Some("cross-site")),
        (Some("https://evil.example"), Some("cross-site")),
    ];
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let parked = parked_id(&arrive(&scene, &frame, &prepared.login).await);
    let fields = scene.initiation().fields;
    let initiation: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let proof = [("parked", parked.as_str()), ("secret", prepared.secret.as_str())];
    for (origin, site) in bad {
        let from = From { origin, site };
        let answer = post(&scene, &frame, "/lti/login/here", from, &initiation).await;
        check_refused(&answer, "LTI-STA-BROWSER");
        let answer = post(&scene, &frame, "/lti/launch/proof", from, &proof).await;
        check_refused(&answer, "LTI-STA-BROWSER");
    }
    let ticket = ticket_of(&prove(&scene, &frame, &parked, &prepared.secret, "storage-handshake").await);
    let window = scene.browser();
    for (origin, site) in bad {
        let from = From { origin, site };
        for path in ["/lti/launch/open", "/lti/launch/ticket"] {
            let answer = post(&scene, &window, path, from, &[("ticket", &ticket)]).await;
            check_refused(&answer, "LTI-STA-TICKET");
        }
    }
    // All of that spent nothing.
    assert_eq!(open(&scene, &window, &ticket).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_ticket_works_once_and_for_a_minute() {
    let scene = Scene::set().await;
    let window = scene.browser();
    let ticket = proven(&scene).await;
    let first = open(&scene, &window, &ticket).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    check_refused(&open(&scene, &window, &ticket).await, "LTI-STA-TICKET");
    check_refused(&open(&scene, &scene.browser(), &ticket).await, "LTI-STA-TICKET");
    check_refused(&renew(&scene, &window, &ticket).await, "LTI-STA-TICKET");
    check_refused(&open(&scene, &window, "never issued").await, "LTI-STA-TICKET");
    check_refused(&open(&scene, &window, "").await, "LTI-STA-TICKET");

    let late = proven(&scene).await;
    scene.site.clock.advance(app::parked_launch::TICKET_LIFETIME);
    check_refused(&open(&scene, &window, &late).await, "LTI-STA-TICKET");
    check_refused(&renew(&scene, &window, &late).await, "LTI-STA-TICKET");
    assert_eq!(scene.site.count("sessions").await, 1);
}

#[tokio::test]
async fn of_two_windows_at_once_exactly_one_opens() {
    let scene = Scene::set().await;
    let ticket = proven(&scene).await;
    let windows = [scene.browser(), scene.browser(), scene.browser()];
    let answers =
        futures_util::future::join_all(windows.iter().map(|window| open(&scene, window, &ticket))).await;
    let opened = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(opened, 1);
    assert_eq!(scene.site.count("sessions").await, 1);
}

#[tokio::test]
async fn a_renewed_ticket_replaces_the_former_one_until_five_minutes_are_over() {
    let scene = Scene::set().await;
    let window = scene.browser();
    let mut ticket = proven(&scene).await;
    let began = scene.site.clock.now();
    let step = chrono::Duration::seconds(40);
    while scene.site.clock.now() + step < began + app::parked_launch::LIFETIME {
        scene.site.clock.advance(step);
        let answer = renew(&scene, &window, &ticket).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let fresh = answer.json()["ticket"].as_str().unwrap().to_owned();
        check_refused(&open(&scene, &window, &ticket).await, "LTI-STA-TICKET");
        ticket = fresh;
    }
    // The token's own minute was over long ago, and the launch still opens.
    let waits = proven(&scene).await;
    assert_eq!(open(&scene, &window, &ticket).await.status, StatusCode::SEE_OTHER);
    scene.site.clock.advance(app::parked_launch::LIFETIME);
    check_refused(&open(&scene, &window, &waits).await, "LTI-STA-TICKET");
}

/// Storage Access: the reader let the frame have its cookies, the platform's post came without, the proof with them.
#[tokio::test]
async fn cookies_that_flow_again_open_the_launch_in_the_frame() {
    let scene = Scene::set().await;
    let frame = scene.browser();
    let prepared = prepare(&scene, &frame, &[("taynghe_way", "storage-access")]).await;
    let parked = parked_id(&arrive(&scene, &blind(&scene), &prepared.login).await);
    let answer = prove(&scene, &frame, &parked, "", "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = frame.get(answer.header("location")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(launches(&scene, "storage-access").await, 1);
    assert_eq!(scene.site.count("parked_launches").await, 0);
}

#[tokio::test]
async fn the_cookie_of_another_state_is_no_proof() {
    let scene = Scene::set().await;
    let frame = scene.browser();
    prepare(&scene, &frame, &[]).await;
    let other = prepare(&scene, &blind(&scene), &[]).await;
    let parked = parked_id(&arrive(&scene, &blind(&scene), &other.login).await);
    check_refused(&prove(&scene, &frame, &parked, "", "").await, "LTI-STA-BROWSER");
}

#[tokio::test]
async fn a_registration_that_is_disabled_meanwhile_opens_nothing() {
    let scene = Scene::set().await;
    let ticket = proven(&scene).await;
    let id = scene.connected.registration_id.clone();
    app::registration::set_active(&scene.site.app, None, id.clone(), false)
        .await
        .unwrap();
    let window = scene.browser();
    let answer = open(&scene, &window, &ticket).await;
    assert_eq!(
        answer.code().as_deref(),
        Some("LTI-LOG-DISABLED"),
        "{}",
        answer.body
    );
    app::registration::set_active(&scene.site.app, None, id, true)
        .await
        .unwrap();
    let disabled = "UPDATE deployments SET status = 'disabled'";
    scene.site.database.execute(disabled).await;
    let answer = open(&scene, &window, &ticket).await;
    assert_eq!(
        answer.code().as_deref(),
        Some("LTI-LOG-DISABLED"),
        "{}",
        answer.body
    );
    assert_eq!(scene.site.count("sessions").await, 0);
}

/// A picker opens in the window as well.
#[tokio::test]
async fn a_ticket_opens_the_picker() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let message = Message::DeepLinking {
        course: practice_platform::COURSE,
        tool: scene.connected.tool,
    };
    let prepared = prepare(&scene, &frame, &[]).await;
    let mut claims = scene
        .site
        .platform
        .launch_claims(practice_platform::INSTRUCTOR, message, &prepared.login.nonce)
        .unwrap();
    let target = scene.claims(&prepared.login);
    let name = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri";
    claims[name] = target[name].clone();
    let token = scene.site.platform.sign(&claims);
    let sent = Sent::launch(&token, &prepared.login.state);
    let parked = parked_id(&scene.send(&frame, &sent, "vi").await);
    let page = prove(&scene, &frame, &parked, &prepared.secret, "storage-handshake").await;
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains(&format!("form-action 'self' {}", scene.site.platform.origin())),
        "the page in the frame posts what the window picked: {policy}"
    );
    let answer = open(&scene, &scene.browser(), &ticket_of(&page)).await;
    assert!(answer.header("location").ends_with("/picker"), "{}", answer.body);
}

/// The same person, twice in one browser: both sessions stay, and the second has an id of its own.
#[tokio::test]
async fn each_window_has_a_session_of_its_own() {
    let scene = Scene::set().await;
    let window = scene.browser();
    let mut sessions = BTreeSet::new();
    for _ in 0..2 {
        let ticket = proven(&scene).await;
        let answer = open(&scene, &window, &ticket).await;
        let page = window.get(answer.header("location")).await;
        sessions.insert(page.session_id());
    }
    assert_eq!(sessions.len(), 2);
    for session in sessions {
        assert_eq!(window.get(&format!("/s/{session}/")).await.status, StatusCode::OK);
    }
    assert_eq!(scene.site.count("persons").await, 1);
}
