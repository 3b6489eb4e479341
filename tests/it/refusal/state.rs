//! State, nonce and browser: a launch works once, in the browser that began it, for the registration that it was
//! begun for. And what looks like a mix-up and is none: two tabs, two first launches, two people, two organisations.

use lti::claim;
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use serde_json::json;
use tests::Answer;

use super::{Framed, Scene, Sent, set, take};

#[tokio::test]
async fn states_that_are_missing_unknown_expired_or_used() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let check = async |sent: Sent| {
        scene
            .check_refused(&browser, &sent, "LTI-STA-INVALID", Framed::ByAnyone)
            .await;
    };
    check(Sent::post("/lti/launch", &[("id_token", &token)])).await;
    check(Sent::launch(&token, "")).await;
    check(Sent::launch(&token, "a state that nobody gave out")).await;
    check(Sent::launch(&token, &login.state.to_uppercase())).await;

    let sent = Sent::launch(&token, &login.state);
    assert_eq!(
        scene.send(&browser, &sent, "vi").await.status,
        StatusCode::SEE_OTHER
    );
    check(sent).await;

    let late = scene.log_in(&browser).await;
    scene.site.clock.advance(app::login::LIFETIME);
    let token = scene.site.platform.sign(&scene.claims(&late));
    check(Sent::launch(&token, &late.state)).await;
    app::tidy::tidy(&scene.site.app).await.unwrap();
    assert_eq!(
        scene.site.count("login_states").await,
        0,
        "expired logins are thrown away"
    );
}

#[tokio::test]
async fn nonces_that_are_not_this_logins() {
    let scene = Scene::set().await;
    scene
        .check_claims(|claims| take(claims, "nonce"), "LTI-STA-NONCE")
        .await;
    for nonce in [json!(""), json!("another"), json!(7), json!(null)] {
        scene
            .check_claims(|claims| set(claims, "nonce", nonce), "LTI-STA-NONCE")
            .await;
    }
    let browser = scene.browser();
    let (first, second) = (scene.log_in(&browser).await, scene.log_in(&browser).await);
    let of_first = scene.site.platform.sign(&scene.claims(&first));
    let mixed = Sent::launch(&of_first, &second.state);
    scene
        .check_refused(&browser, &mixed, "LTI-STA-NONCE", Framed::ByItsPlatform)
        .await;

    // A token that was used comes again with a fresh login of the same browser.
    let used = Sent::launch(&of_first, &first.state);
    assert_eq!(
        scene.send(&browser, &used, "vi").await.status,
        StatusCode::SEE_OTHER
    );
    let fresh = scene.log_in(&browser).await;
    let replayed = Sent::launch(&of_first, &fresh.state);
    scene
        .check_refused(&browser, &replayed, "LTI-STA-NONCE", Framed::ByItsPlatform)
        .await;
}

#[tokio::test]
async fn of_two_posts_at_once_exactly_one_wins() {
    let scene = Scene::set().await;
    for _ in 0..10 {
        let browser = scene.browser();
        let login = scene.log_in(&browser).await;
        let token = scene.site.platform.sign(&scene.claims(&login));
        let sent = Sent::launch(&token, &login.state);
        let sessions = scene.site.count("sessions").await;
        let post = || scene.send(&browser, &sent, "vi");
        let answers: [Answer; 4] = futures_util::future::join_all([post(), post(), post(), post()])
            .await
            .try_into()
            .unwrap();
        let won = answers
            .iter()
            .filter(|answer| answer.status == StatusCode::SEE_OTHER);
        assert_eq!(won.count(), 1);
        for lost in answers
            .iter()
            .filter(|answer| answer.status != StatusCode::SEE_OTHER)
        {
            assert_eq!(lost.code().as_deref(), Some("LTI-STA-INVALID"), "{}", lost.body);
        }
        assert_eq!(scene.site.count("sessions").await, sessions + 1);
    }
}

#[tokio::test]
async fn a_stolen_form_is_worth_nothing_in_another_browser() {
    let scene = Scene::set().await;
    let owner = scene.browser();
    let login = scene.log_in(&owner).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let stolen = Sent::launch(&token, &login.state);

    let without_cookies = scene.browser();
    scene
        .check_refused(
            &without_cookies,
            &stolen,
            "LTI-STA-BROWSER",
            Framed::ByItsPlatform,
        )
        .await;
    let with_a_login_of_its_own = scene.browser();
    scene.log_in(&with_a_login_of_its_own).await;
    scene
        .check_refused(
            &with_a_login_of_its_own,
            &stolen,
            "LTI-STA-BROWSER",
            Framed::ByItsPlatform,
        )
        .await;

    let answer = scene.send(&owner, &stolen, "vi").await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "the owner's launch still works"
    );
}

#[tokio::test]
async fn the_state_of_one_tenant_with_the_token_of_another() {
    let scene = Scene::set().await;
    let second = scene.site.connect(Some("Trường thứ hai")).await;
    let activity = scene.site.add_activity(&second, "Hàn hồ quang", &[]);
    let browser = scene.browser();
    let first = scene.log_in(&browser).await;
    let message = practice_platform::Message::ResourceLink { activity };
    let theirs = scene
        .site
        .platform
        .launch_claims(STUDENTS[0], message, &first.nonce)
        .unwrap();
    let sent = Sent::launch(&scene.site.platform.sign(&theirs), &first.state);
    scene
        .check_refused(&browser, &sent, "LTI-STA-MIX", Framed::ByItsPlatform)
        .await;
}

#[tokio::test]
async fn a_registration_that_is_disabled_meanwhile() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let id = scene.connected.registration_id.clone();
    app::registration::set_active(&scene.site.app, None, id.clone(), false)
        .await
        .unwrap();
    let sent = Sent::launch(&scene.site.platform.sign(&scene.claims(&login)), &login.state);
    scene
        .check_refused(&browser, &sent, "LTI-LOG-DISABLED", Framed::ByItsPlatform)
        .await;

    app::registration::set_active(&scene.site.app, None, id, true)
        .await
        .unwrap();
    let disabled = "UPDATE deployments SET status = 'disabled'";
    scene.site.database.execute(disabled).await;
    scene
        .check_refused(&browser, &sent, "LTI-LOG-DISABLED", Framed::ByItsPlatform)
        .await;
}

#[tokio::test]
async fn two_tabs_launch_at_once() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let first = browser.launch(&scene.initiation()).await.session_id();
    let (one, other) = (scene.log_in(&browser).await, scene.log_in(&browser).await);
    let mut sessions = vec![first];
    for login in [other, one] {
        let token = scene.site.platform.sign(&scene.claims(&login));
        let answer = scene
            .send(&browser, &Sent::launch(&token, &login.state), "vi")
            .await;
        assert_eq!(
            answer
                .header("set-cookie")
                .matches("__Host-taynghe-browser")
                .count(),
            0,
            "it keeps its cookie"
        );
        sessions.push(browser.get(answer.header("location")).await.session_id());
    }
    for id in &sessions {
        let page = browser.get(&format!("/s/{id}/")).await;
        assert_eq!(page.status, StatusCode::OK, "all stay open: {}", page.body);
    }
    sessions.dedup();
    assert_eq!(sessions.len(), 3, "each launch has a session of its own");
}

/// Neither of the two brings a cookie yet; both get one, and the later one wins.
#[tokio::test]
async fn two_first_launches_at_once_in_one_browser() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let (one, other) = futures_util::future::join(scene.log_in(&browser), scene.log_in(&browser)).await;
    let mut pages = Vec::new();
    for login in [one, other] {
        let token = scene.site.platform.sign(&scene.claims(&login));
        let answer = scene
            .send(&browser, &Sent::launch(&token, &login.state), "vi")
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        pages.push(answer.header("location").to_owned());
    }
    for page in pages {
        let page = browser.get(&page).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    }
}

#[tokio::test]
async fn another_person_ends_the_former_ones_sessions_here() {
    let scene = Scene::set().await;
    let (shared, own) = (scene.browser(), scene.browser());
    let first = shared.launch(&scene.initiation()).await;
    let elsewhere = own.launch(&scene.initiation()).await;
    let initiation = scene
        .site
        .platform
        .launch_initiation(STUDENTS[1], scene.activity)
        .unwrap();
    let second = shared.launch(&initiation).await;

    let page = shared.get(first.url.path()).await;
    assert_eq!(page.code().as_deref(), Some("WEB-SESSION"), "{}", page.body);
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(shared.get(second.url.path()).await.status, StatusCode::OK);
    assert_eq!(
        own.get(elsewhere.url.path()).await.status,
        StatusCode::OK,
        "another browser is not concerned"
    );
    let foreign = own.get(second.url.path()).await;
    assert_eq!(
        foreign.code().as_deref(),
        Some("WEB-SESSION"),
        "an id is worth nothing without the cookie"
    );

    let again = shared.launch(&scene.initiation()).await;
    assert_ne!(again.session_id(), first.session_id());
    assert_eq!(shared.get(again.url.path()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_registrations_of_one_issuer_and_several_organisations() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let second = scene.site.connect(Some("Trường thứ hai")).await;
    let activity = scene.site.add_activity(&second, "Hàn hồ quang", &[]);
    assert_ne!(second.organisation_id, scene.connected.organisation_id);
    let mut pages = Vec::new();
    for (activity, connected) in [(scene.activity, &scene.connected), (activity, &second)] {
        let initiation = scene
            .site
            .platform
            .launch_initiation(STUDENTS[0], activity)
            .unwrap();
        let page = browser.launch(&initiation).await;
        let of_session = format!("FROM sessions WHERE id = '{}'", page.session_id());
        let database = &scene.site.database;
        let organisation = database
            .texts(&format!("SELECT organisation_id {of_session}"))
            .await;
        assert_eq!(organisation.concat(), connected.organisation_id);
        let registration = database
            .texts(&format!("SELECT registration_id {of_session}"))
            .await;
        assert_eq!(registration.concat(), connected.registration_id);
        pages.push(page);
    }
    for page in pages {
        assert_eq!(
            browser.get(page.url.path()).await.status,
            StatusCode::OK,
            "they do not end each other"
        );
    }
    // The same sub at two registrations is two people.
    assert_eq!(scene.site.count("persons").await, 2);
    assert_eq!(scene.site.count("contexts").await, 2);

    let mut unclear = Sent::post("/lti/login", &[]);
    unclear.fields = scene.initiation().fields;
    unclear.fields.retain(|(name, _)| name != "client_id");
    scene
        .check_refused(&browser, &unclear, "LTI-LOG-AMBIGUOUS-REG", Framed::ByAnyone)
        .await;
}

/// A deployment id is the registration's own: the same number at another one is another deployment.
#[tokio::test]
async fn a_login_for_one_deployment_answered_for_another() {
    let scene = Scene::set().await;
    let detail = scene
        .check_claims(|claims| set(claims, claim::DEPLOYMENT_ID, "999"), "LTI-DEP-MIX")
        .await;
    assert!(detail.contains("initiation"), "{detail}");
}
