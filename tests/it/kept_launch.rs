//! Refused launches are kept without what tells who the person is, and judged again: by the page and by the doctor.

use app::kept_launch::{self, Step, Verdict};
use chrono::Duration;
use lti::claim;
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Browser, TestSite};

use crate::refusal::{Framed, Scene, Sent, set, take};

async fn administrator(site: &TestSite, organisation: Option<&str>) -> (Browser, String, String) {
    let address = app::administration::link(&site.app, organisation.map(str::to_owned)).await;
    let browser = site.browser();
    let page = browser.post(&address.unwrap(), &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    let (session, csrf) = (page.session_id(), page.csrf());
    (browser, session, csrf)
}

/// Refuses a launch with these claims; answers its trace id.
async fn refused(scene: &Scene, change: impl FnOnce(&mut Value), code: &str) -> String {
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let mut claims = scene.claims(&login);
    change(&mut claims);
    let token = scene.site.platform.sign(&claims);
    let answer = scene
        .send(&browser, &Sent::launch(&token, &login.state), "vi")
        .await;
    assert_eq!(answer.code().as_deref(), Some(code), "{}", answer.body);
    answer.trace_id().unwrap()
}

/// Nothing of what the platform tells of anybody but their number.
#[track_caller]
pub(crate) fn assert_names_nobody(site: &TestSite, kept: &str) {
    for user in site.platform.users() {
        for told in [
            user.full_name(),
            user.vietnamese_name(),
            user.email,
            user.given_name,
        ] {
            assert!(!kept.contains(&told), "{told} in {kept}");
        }
    }
}

async fn refused_now(site: &TestSite, trace: &str) -> Option<(Step, String)> {
    let judged = kept_launch::judge_by_id(&site.app, trace.to_owned())
        .await
        .unwrap();
    judged
        .refused_now()
        .map(|(step, code)| (step, code.as_str().to_owned()))
}

#[tokio::test]
async fn a_kept_launch_names_nobody_and_is_judged_as_it_was() {
    let scene = Scene::set().await;
    let foreign = format!("{}/other", scene.site.url);
    let cases: [(&str, Option<Value>, &str, Step); 8] = [
        (
            "iss",
            Some(json!("https://evil.example")),
            "LTI-TOK-ISS",
            Step::Issuer,
        ),
        ("aud", Some(json!("somebody")), "LTI-TOK-AUD", Step::Audience),
        ("exp", Some(json!(1)), "LTI-TOK-TIME", Step::Times),
        ("nonce", Some(json!("another")), "LTI-STA-NONCE", Step::Nonce),
        (claim::VERSION, None, "LTI-CLM-VERSION", Step::Claims),
        (claim::RESOURCE_LINK, None, "LTI-CLM-RESOURCE-LINK", Step::Claims),
        (
            claim::TARGET_LINK_URI,
            Some(json!(foreign)),
            "LTI-CLM-TARGET",
            Step::Claims,
        ),
        (
            claim::DEPLOYMENT_ID,
            Some(json!("4711")),
            "LTI-DEP-MIX",
            Step::Record,
        ),
    ];
    for (name, value, code, step) in cases {
        let change = |claims: &mut Value| match value {
            Some(value) => set(claims, name, value),
            None => take(claims, name),
        };
        let trace = refused(&scene, change, code).await;
        assert_eq!(
            refused_now(&scene.site, &trace).await,
            Some((step, code.to_owned()))
        );
        let content = format!("SELECT content FROM kept_launches WHERE id = '{trace}'");
        let content = scene.site.database.texts(&content).await.concat();
        assert_names_nobody(&scene.site, &content);
        assert!(content.contains("\"signature\":\"valid\""), "{content}");
        assert!(content.contains("\"key_thumbprint\":\""), "{content}");
    }
}

#[tokio::test]
async fn a_forged_signature_keeps_its_verdict() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let (signed, _) = token.rsplit_once('.').unwrap();
    let forged = format!("{signed}.{}", "A".repeat(342));
    let sent = Sent::launch(&forged, &login.state);
    scene
        .check_refused(&browser, &sent, "LTI-TOK-SIG", Framed::ByItsPlatform)
        .await;
    let trace = scene.site.database.texts("SELECT id FROM kept_launches").await;
    let judged = kept_launch::judge_by_id(&scene.site.app, trace[0].clone())
        .await
        .unwrap();
    assert_eq!(judged.signature, kept_launch::Signature::Invalid);
    assert_eq!(
        refused_now(&scene.site, &trace[0]).await.unwrap().1,
        "LTI-TOK-SIG"
    );
}

#[tokio::test]
async fn what_was_mended_is_accepted_when_judged_again_and_nothing_is_stored() {
    let scene = Scene::set().await;
    let site = &scene.site;
    let before = app::registration::list(&site.app, None).await.unwrap();
    let id = before[0].registration.id.clone();
    app::registration::set_active(&site.app, None, id.clone(), true)
        .await
        .unwrap();
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = site.platform.sign(&scene.claims(&login));
    app::registration::set_active(&site.app, None, id.clone(), false)
        .await
        .unwrap();
    let answer = scene
        .send(&browser, &Sent::launch(&token, &login.state), "vi")
        .await;
    assert_eq!(answer.code().as_deref(), Some("LTI-LOG-DISABLED"));
    let trace = answer.trace_id().unwrap();
    let found = refused_now(site, &trace).await;
    assert_eq!(found, Some((Step::Registration, "LTI-LOG-DISABLED".to_owned())));
    app::registration::set_active(&site.app, None, id, true)
        .await
        .unwrap();

    let (browser, session, _) = administrator(site, None).await;
    let rows = site.database.contents().await;
    for (language, sentence) in [
        ("vi", "Bây giờ lần mở này sẽ được chấp nhận"),
        ("en", "It would be accepted now"),
        ("de", "Er würde jetzt angenommen"),
    ] {
        let address = format!("/s/{session}/administration/launches/{trace}");
        let csrf = browser.get(&address).await.csrf();
        browser
            .post(
                &format!("/s/{session}/language"),
                &[("csrf", &csrf), ("language", language)],
            )
            .await;
        let page = browser.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        assert!(page.all_text().contains(sentence), "{}", page.all_text());
        assert!(page.all_text().contains("LTI-LOG-DISABLED"));
        for user in site.platform.users() {
            assert!(!page.body.contains(&user.email) && !page.body.contains(&user.full_name()));
        }
    }
    let changed: Vec<String> = site
        .database
        .contents()
        .await
        .difference(&rows)
        .cloned()
        .collect();
    assert!(
        changed.iter().all(|row| row.starts_with("sessions:")),
        "{changed:?}"
    );
}

#[tokio::test]
async fn strangers_leave_nothing_and_kept_launches_go_after_thirty_days() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let mut claims = scene.claims(&login);
    set(&mut claims, "iss", "https://stranger.example");
    let token = scene.site.platform.sign(&claims);
    for sent in [
        Sent::launch(&token, "unknown-state"),
        Sent::launch("a.b.c", &login.state),
        Sent::launch("", &login.state),
    ] {
        let answer = scene.send(&browser, &sent, "vi").await;
        assert!(answer.status.is_client_error(), "{}", answer.body);
    }
    assert_eq!(scene.site.count("kept_launches").await, 0);

    // A known platform without a state, as a mobile app sends it, is kept: its administrator has to see why.
    let known = scene.site.platform.sign(&scene.claims(&login));
    let answer = scene
        .send(&browser, &Sent::launch(&known, "unknown-state"), "vi")
        .await;
    assert_eq!(answer.code().as_deref(), Some("LTI-STA-INVALID"));
    let trace = answer.trace_id().unwrap();
    let judged = kept_launch::judge_by_id(&scene.site.app, trace).await.unwrap();
    assert_eq!(
        judged.signature,
        kept_launch::Signature::Unchecked,
        "a stranger makes us ask nobody"
    );
    let nonce = judged
        .checks
        .iter()
        .find(|(step, _)| *step == Step::Nonce)
        .unwrap();
    assert_eq!(nonce.1, Verdict::Unknown);

    scene.site.clock.advance(Duration::days(29));
    app::tidy::tidy(&scene.site.app).await.unwrap();
    assert_eq!(scene.site.count("kept_launches").await, 1);
    scene.site.clock.advance(Duration::days(2));
    app::tidy::tidy(&scene.site.app).await.unwrap();
    assert_eq!(scene.site.count("kept_launches").await, 0);
}

#[tokio::test]
async fn a_flood_of_refused_launches_is_not_kept() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    for _ in 0..220 {
        scene
            .send(&browser, &Sent::launch(&token, "unknown-state"), "vi")
            .await;
    }
    assert_eq!(scene.site.count("kept_launches").await, 200);
}

#[tokio::test]
async fn a_test_launch_shows_what_the_platform_sends() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let (browser, session, csrf) = administrator(&site, None).await;
    let address = format!(
        "/s/{session}/administration/registrations/{}/test-launch",
        connected.registration_id
    );
    let launch = || site.platform.launch_initiation(STUDENTS[0], activity).unwrap();
    site.browser().launch(&launch()).await.session_id();
    assert_eq!(site.count("kept_launches").await, 0, "nobody asked for it");

    let page = browser.post(&address, &[("csrf", &csrf)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    site.browser().launch(&launch()).await.session_id();
    site.browser().launch(&launch()).await.session_id();
    assert_eq!(site.count("kept_launches").await, 1, "the next one, and no more");

    let page = browser.get(&address).await;
    let name = "CDTH";
    assert!(
        page.all_text().contains(name),
        "which of two Moodles: {}",
        page.all_text()
    );
    let link = page.attributes("main a[href*='/launches/']", "href").concat();
    let shown = browser.get(&link).await;
    let text = shown.all_text();
    assert_eq!(shown.status, StatusCode::OK, "{text}");
    assert!(text.contains("Lần mở này đã được chấp nhận"), "{text}");
    assert!(text.contains(name), "{text}");
    assert!(shown.body.contains(claim::MESSAGE_TYPE) && shown.body.contains("(left out)"));
    for user in site.platform.users() {
        assert!(!shown.body.contains(&user.email) && !shown.body.contains(&user.full_name()));
    }

    browser.post(&address, &[("csrf", &csrf)]).await;
    site.clock.advance(Duration::minutes(16));
    site.browser().launch(&launch()).await.session_id();
    assert_eq!(site.count("kept_launches").await, 1, "its time was over");
}
