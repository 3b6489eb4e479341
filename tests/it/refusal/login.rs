//! Login initiations that are refused, and what an initiation may never do.

use futures_util::StreamExt;
use practice_platform::STUDENTS;
use reqwest::{Method, StatusCode};
use url::form_urlencoded::Serializer;

use super::{Framed, Scene, Sent};

// The honest initiation with some fields changed; an empty value takes one away.
fn changed(scene: &Scene, changes: &[(&str, &str)]) -> Sent {
    let mut sent = Sent::post("/lti/login", &[]);
    sent.fields = scene.initiation().fields;
    for (name, value) in changes {
        sent.fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            sent.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    sent
}

fn by_get(sent: &Sent) -> Sent {
    let query = Serializer::new(String::new()).extend_pairs(&sent.fields).finish();
    Sent {
        method: Method::GET,
        address: format!("/lti/login?{query}"),
        fields: Vec::new(),
    }
}

#[tokio::test]
async fn fields_that_are_missing_or_too_long() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    for name in ["iss", "login_hint", "target_link_uri"] {
        let sent = changed(&scene, &[(name, "")]);
        let detail = scene
            .check_refused(&browser, &sent, "LTI-LOG-PARAM", Framed::ByAnyone)
            .await;
        assert_eq!(detail, name, "the administrator is told which");
        scene
            .check_refused(&browser, &by_get(&sent), "LTI-LOG-PARAM", Framed::ByAnyone)
            .await;
    }
    scene
        .check_refused(
            &browser,
            &Sent::get("/lti/login"),
            "LTI-LOG-PARAM",
            Framed::ByAnyone,
        )
        .await;
    let long = "x".repeat(4097);
    for name in ["login_hint", "lti_message_hint", "iss", "unheard"] {
        let sent = changed(&scene, &[(name, &long)]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-SIZE", Framed::ByAnyone)
            .await;
    }
}

#[tokio::test]
async fn fields_that_came_twice() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    for name in [
        "iss",
        "client_id",
        "login_hint",
        "target_link_uri",
        "lti_message_hint",
        "lti_deployment_id",
    ] {
        let mut twice = changed(&scene, &[]);
        let value = scene.initiation().field(name).unwrap().to_owned();
        twice.fields.push((name.to_owned(), value));
        scene
            .check_refused(&browser, &twice, "LTI-LOG-AMBIGUOUS", Framed::ByAnyone)
            .await;
        scene
            .check_refused(&browser, &by_get(&twice), "LTI-LOG-AMBIGUOUS", Framed::ByAnyone)
            .await;

        let mut in_both = changed(&scene, &[]);
        in_both.address = format!("/lti/login?{name}=another");
        scene
            .check_refused(&browser, &in_both, "LTI-LOG-AMBIGUOUS", Framed::ByAnyone)
            .await;
    }
    let mut same_in_both = changed(&scene, &[]);
    same_in_both.address = format!("/lti/login?client_id={}", scene.connected.client_id);
    let answer = scene.send(&browser, &same_in_both, "vi").await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
}

#[tokio::test]
async fn platforms_that_are_not_registered() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let origin = scene.site.platform.origin().to_owned();
    let others = [
        "https://moodle.evil.example".to_owned(),
        format!("{origin}/"),
        origin.to_uppercase(),
        origin.replace("http://", "https://"),
        format!("{origin}0"),
        format!(" {origin}"),
    ];
    for issuer in others {
        let sent = changed(&scene, &[("iss", &issuer)]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-UNKNOWN", Framed::ByAnyone)
            .await;
        let sent = changed(&scene, &[("iss", &issuer), ("client_id", "")]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-UNKNOWN", Framed::ByAnyone)
            .await;
    }
    for client in ["somebody", &scene.connected.client_id.to_lowercase()] {
        let sent = changed(&scene, &[("client_id", client)]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-UNKNOWN", Framed::ByAnyone)
            .await;
    }
    let only_one = changed(&scene, &[("client_id", "")]);
    let answer = scene.send(&browser, &only_one, "vi").await;
    assert_eq!(
        answer.status,
        StatusCode::FOUND,
        "the issuer's only registration: {}",
        answer.body
    );
}

#[tokio::test]
async fn deployments_that_are_unknown_or_disabled() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let second = scene.site.connect(Some("Trường thứ hai")).await;
    for deployment in ["4711", &second.deployment_id] {
        let sent = changed(&scene, &[("lti_deployment_id", deployment)]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-DEPLOYMENT", Framed::ByItsPlatform)
            .await;
    }
    scene
        .site
        .database
        .execute("UPDATE deployments SET status = 'disabled'")
        .await;
    scene
        .check_refused(
            &browser,
            &changed(&scene, &[]),
            "LTI-LOG-DISABLED",
            Framed::ByItsPlatform,
        )
        .await;
    scene
        .site
        .database
        .execute("UPDATE deployments SET status = 'active'")
        .await;

    let id = scene.connected.registration_id.clone();
    app::registration::set_active(&scene.site.app, None, id, false)
        .await
        .unwrap();
    scene
        .check_refused(
            &browser,
            &changed(&scene, &[]),
            "LTI-LOG-DISABLED",
            Framed::ByItsPlatform,
        )
        .await;
}

#[tokio::test]
async fn targets_that_are_not_ours() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let ours = scene.site.url.clone();
    let host = ours.trim_start_matches("http://").to_owned();
    let targets = [
        "https://evil.example/".to_owned(),
        format!("https://{host}/"),
        format!("http://user@{host}/"),
        format!("http://{host}@evil.example/"),
        "http://localhost:1/".to_owned(),
        format!("{ours}.evil.example/"),
        "//evil.example/".to_owned(),
        format!("{ours}//evil.example/"),
        format!("{ours}\\@evil.example/"),
        "/\\evil.example".to_owned(),
        format!("{ours}/\r\nSet-Cookie: a=b"),
        format!("{ours}/%0d%0aSet-Cookie:a=b"),
        "javascript:alert(1)//".to_owned(),
        "data:text/html,hello".to_owned(),
        "/lti/launch".to_owned(),
        "x".to_owned(),
    ];
    for target in targets {
        let sent = changed(&scene, &[("target_link_uri", &target)]);
        scene
            .check_refused(&browser, &sent, "LTI-LOG-TARGET", Framed::ByItsPlatform)
            .await;
    }
}

/// A login begins nothing but a login: no session, and the sessions of this browser stay what they are.
#[tokio::test]
async fn a_login_neither_makes_nor_changes_a_session() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let page = browser.launch(&scene.initiation()).await;
    let before = scene.site.database.contents().await;
    let initiation = scene
        .site
        .platform
        .launch_initiation(STUDENTS[1], scene.activity)
        .unwrap();
    scene.log_in_with(&browser, initiation.fields).await;
    let after = scene.site.database.contents().await;
    assert!(before.is_subset(&after));
    let come: Vec<_> = after.difference(&before).collect();
    assert!(
        come.len() == 1 && come[0].starts_with("login_states:"),
        "{come:?}"
    );
    let still = browser.get(page.url.path()).await;
    assert_eq!(still.status, StatusCode::OK, "{}", still.body);
}

/// From one address only so many logins may wait for their launch; nothing is stored for the rest.
#[tokio::test]
async fn a_flood_of_logins_ends() {
    const ALLOWED: usize = 5_000;
    let scene = Scene::set().await;
    let template = scene.browser();
    let sent = changed(&scene, &[]);
    let begin = |_| async {
        let browser = template.beside();
        scene.send(&browser, &sent, "de").await
    };
    let answers = futures_util::stream::iter(0..ALLOWED - 1)
        .map(begin)
        .buffer_unordered(16);
    let begun = answers.filter(|answer| std::future::ready(answer.status == StatusCode::FOUND));
    assert_eq!(begun.count().await, ALLOWED - 1);
    for _ in 0..3 {
        let page = template.beside().launch(&scene.initiation()).await;
        page.session_id();
    }
    assert_eq!(
        begin(0).await.status,
        StatusCode::FOUND,
        "finished launches do not count"
    );

    let before = scene.site.database.contents().await;
    let answer = begin(0).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.body);
    assert_eq!(answer.code().as_deref(), Some("WEB-TOO-MANY"));
    assert_eq!(scene.site.database.contents().await, before);

    scene.site.clock.advance(chrono::Duration::minutes(10));
    assert_eq!(begin(0).await.status, StatusCode::FOUND, "ten minutes later");
}

/// Refusals are answered for ever, but stored only so often.
#[tokio::test]
async fn a_flood_of_refusals_does_not_fill_the_database() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let incomplete = Sent::post("/lti/login", &[]);
    let send = |_| scene.send(&browser, &incomplete, "vi");
    let answers: Vec<_> = futures_util::stream::iter(0..320)
        .map(send)
        .buffer_unordered(16)
        .collect()
        .await;
    for answer in answers {
        assert_eq!(answer.code().as_deref(), Some("LTI-LOG-PARAM"));
    }
    assert_eq!(scene.site.count("refusals").await, 300);
    let honest = scene.send(&browser, &changed(&scene, &[]), "vi").await;
    assert_eq!(
        honest.status,
        StatusCode::FOUND,
        "who does it right is not stopped"
    );
}
