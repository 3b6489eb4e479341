//! Parked launches that are refused in the end, or that an administrator waits for, are kept like all others.

use app::kept_launch;
use practice_platform::STUDENTS;
use reqwest::StatusCode;

use super::{arrive, blind, check_refused, open, parked_id, prepare, prove, proven};
use crate::{kept_launch::assert_names_nobody, refusal::Scene};

/// The administrator finds it like any other refused launch: without what tells who the person is.
#[tokio::test]
async fn a_launch_that_nothing_proves_is_kept_for_judging_again() {
    let scene = Scene::set().await;
    let frame = blind(&scene);
    let prepared = prepare(&scene, &frame, &[]).await;
    let parked = parked_id(&arrive(&scene, &frame, &prepared.login).await);
    let answer = prove(&scene, &frame, &parked, "guessed", "storage-handshake").await;
    check_refused(&answer, "LTI-STA-BROWSER");
    let judged = kept_launch::judge_by_id(&scene.site.app, answer.trace_id().unwrap())
        .await
        .unwrap();
    assert_eq!(judged.code, "LTI-STA-BROWSER");
    assert_eq!(judged.signature, kept_launch::Signature::Valid);
    let nobody_knows = (kept_launch::Step::Browser, app::Code::Lti(lti::Code::StaBrowser));
    assert_eq!(judged.refused_now(), Some(nobody_knows), "{:?}", judged.checks);
    let kept = "SELECT subject || ' ' || content FROM kept_launches";
    let kept = scene.site.database.texts(kept).await.concat();
    assert!(kept.starts_with(&format!("{} ", STUDENTS[0])), "{kept}");
    assert_names_nobody(&scene.site, &kept);

    // A registration that is disabled before the window opens.
    let ticket = proven(&scene).await;
    let id = scene.connected.registration_id.clone();
    app::registration::set_active(&scene.site.app, None, id, false)
        .await
        .unwrap();
    let answer = open(&scene, &scene.browser(), &ticket).await;
    let judged = kept_launch::judge_by_id(&scene.site.app, answer.trace_id().unwrap())
        .await
        .unwrap();
    assert_eq!(judged.code, "LTI-LOG-DISABLED");
    assert!(judged.refused_now().is_some());

    // The same of its deployment, which is found when the launch is recorded.
    let id = scene.connected.registration_id.clone();
    app::registration::set_active(&scene.site.app, None, id, true)
        .await
        .unwrap();
    let disabled = "UPDATE deployments SET status = 'disabled'";
    scene.site.database.execute(disabled).await;
    let answer = open(&scene, &scene.browser(), &ticket).await;
    let judged = kept_launch::judge_by_id(&scene.site.app, answer.trace_id().unwrap())
        .await
        .unwrap();
    let (step, code) = judged.refused_now().unwrap();
    assert_eq!(
        (step, code.as_str()),
        (kept_launch::Step::Record, "LTI-LOG-DISABLED")
    );
}

/// A test launch that an administrator waits for may come without its cookie, too.
#[tokio::test]
async fn a_wanted_launch_is_kept_when_its_window_opens() {
    let scene = Scene::set().await;
    let until = (scene.site.clock.now() + chrono::Duration::minutes(15)).naive_utc();
    let wanted = format!(
        "INSERT INTO test_launches (registration_id, until) VALUES ('{}', '{}')",
        scene.connected.registration_id,
        until.format("%Y-%m-%d %H:%M:%S%.6f")
    );
    scene.site.database.execute(&wanted).await;
    for _ in 0..2 {
        let ticket = proven(&scene).await;
        let answer = open(&scene, &scene.browser(), &ticket).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let codes = "SELECT code FROM kept_launches";
    assert_eq!(scene.site.database.texts(codes).await, [""], "the next one only");
}
