//! Our own keys.

use app::{
    key_report::State,
    key_rotation::{self, Begun, By, OVERLAP},
    registration,
};
use chrono::Duration;
use practice_platform::{Fault, Service};
use tests::TestSite;

use super::{
    acceptance, accepted, audited, fetch_keys, go_on, is_served, pin_keys, platform, published, report,
    rotate, states,
};

#[tokio::test]
async fn a_new_key_is_proven_before_it_signs_and_the_old_one_goes_after_the_overlap() {
    let (site, connected) = TestSite::connected().await;
    let first = published(&site).await;
    assert_eq!(states(&site.app).await, ["signing"]);
    assert_eq!(acceptance(&site.app, &connected).await, "only");
    assert!(
        is_served(&site, &connected).await,
        "the platform keeps the first key now"
    );

    assert_eq!(rotate(&site.app).await, Begun::New);
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    let both = published(&site).await;
    assert_eq!(both.len(), 2);
    assert_eq!(both[1], first[0], "the old key is still published");
    let shown = platform(&site.app, &connected).await;
    assert!(accepted(&shown) && shown.key_id == both[0], "{shown:?}");
    assert!(is_served(&site, &connected).await);

    let wait = rotate(&site.app).await;
    assert!(matches!(wait, Begun::Overlap(_)), "{wait:?}");
    site.clock.advance(OVERLAP - Duration::seconds(5));
    go_on(&site.app).await;
    assert_eq!(published(&site).await, both);
    site.clock.advance(Duration::seconds(6));
    go_on(&site.app).await;
    assert_eq!(published(&site).await, both[..1]);
    assert_eq!(site.count("tool_keys").await, 1, "its private half is destroyed");
    assert!(is_served(&site, &connected).await);
    assert_eq!(
        audited(&site).await,
        ["key.publish", "key.proven", "key.sign", "key.withdraw"]
    );

    assert_eq!(rotate(&site.app).await, Begun::New, "and once more");
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    assert!(
        site.platform.problems().is_empty(),
        "{:?}",
        site.platform.problems()
    );
}

#[tokio::test]
async fn a_platform_that_never_fetches_keeps_the_old_key_until_it_is_mended() {
    let (site, stuck) = TestSite::connected().await;
    let willing = site.connect(None).await;
    pin_keys(&site, &stuck).await;
    let old = published(&site).await;

    assert_eq!(rotate(&site.app).await, Begun::New);
    assert_eq!(states(&site.app).await, ["published", "signing"]);
    let new = published(&site).await[0].clone();
    let shown = platform(&site.app, &stuck).await;
    assert_eq!(
        (shown.acceptance.as_str(), shown.key_id.as_str()),
        ("refused", old[0].as_str())
    );
    assert!(
        shown.detail.contains("kid"),
        "Moodle's own reason: {}",
        shown.detail
    );
    assert_eq!(
        platform(&site.app, &willing).await.key_id,
        new,
        "the others need not wait"
    );
    assert!(is_served(&site, &stuck).await && is_served(&site, &willing).await);

    // as long as it takes
    for _ in 0..10 {
        site.clock.advance(Duration::days(30));
        go_on(&site.app).await;
    }
    assert_eq!(states(&site.app).await, ["published", "signing"]);
    assert_eq!(rotate(&site.app).await, Begun::UnderWay);
    assert!(is_served(&site, &stuck).await && is_served(&site, &willing).await);
    let refused = audited(&site)
        .await
        .into_iter()
        .filter(|action| action == "key.refused");
    assert_eq!(refused.count(), 1, "told once, not each time");

    fetch_keys(&site, &stuck);
    site.clock.advance(Duration::hours(6));
    assert_eq!(go_on(&site.app).await, 1, "only the one that is missing is asked");
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    assert_eq!(platform(&site.app, &stuck).await.key_id, new);
    assert!(is_served(&site, &stuck).await);
}

#[tokio::test]
async fn what_a_platform_says_decides_who_has_to_mend_it() {
    let (site, connected) = TestSite::connected().await;
    site.platform.set_fault(Service::Token, Fault::Down, None);
    rotate(&site.app).await;
    assert_eq!(acceptance(&site.app, &connected).await, "unreachable");
    site.platform.clear_faults();
    site.platform
        .change_tool(&connected.client_id, |tool| tool.active = false);
    rotate(&site.app).await;
    assert_eq!(acceptance(&site.app, &connected).await, "refused-both");
    assert_eq!(states(&site.app).await, ["published", "signing"]);

    // Nobody asks again before its time; the button does at once.
    site.platform.activate_tool(&connected.client_id);
    assert_eq!(go_on(&site.app).await, 0);
    site.clock.advance(Duration::minutes(5));
    assert_eq!(go_on(&site.app).await, 1);
    assert_eq!(acceptance(&site.app, &connected).await, "proven");
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
}

#[tokio::test]
async fn a_platform_that_is_switched_off_holds_nothing_up_and_is_asked_when_it_comes_back() {
    let (site, connected) = TestSite::connected().await;
    let id = connected.registration_id.clone();
    let switch = async |active| {
        registration::set_active(&site.app, None, id.clone(), active)
            .await
            .expect("the registration");
    };
    pin_keys(&site, &connected).await;
    let old = published(&site).await;
    switch(false).await;
    rotate(&site.app).await;
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    assert_eq!(acceptance(&site.app, &connected).await, "off");

    switch(true).await;
    assert_eq!(acceptance(&site.app, &connected).await, "waiting");
    assert!(
        is_served(&site, &connected).await,
        "with the old key, which it knows"
    );
    assert_eq!(go_on(&site.app).await, 1);
    assert_eq!(acceptance(&site.app, &connected).await, "refused");
    site.clock.advance(OVERLAP * 3);
    go_on(&site.app).await;
    assert_eq!(published(&site).await[1], old[0], "somebody still needs it");
    assert!(is_served(&site, &connected).await);

    fetch_keys(&site, &connected);
    site.clock.advance(Duration::days(1));
    go_on(&site.app).await;
    assert_eq!(
        states(&site.app).await,
        ["signing"],
        "proven, and long out of use"
    );
}

#[tokio::test]
async fn by_force_the_new_key_signs_at_once_and_the_old_one_is_gone() {
    let (site, stuck) = TestSite::connected().await;
    let willing = site.connect(None).await;
    pin_keys(&site, &stuck).await;
    let old = published(&site).await;
    rotate(&site.app).await;
    key_rotation::force(&site.app, By::Command)
        .await
        .expect("the database works");
    let new = published(&site).await;
    assert_eq!(new.len(), 1);
    assert_ne!(new, old);
    assert_eq!(states(&site.app).await, ["signing"]);
    assert_eq!(platform(&site.app, &stuck).await.key_id, new[0]);
    assert_eq!(acceptance(&site.app, &stuck).await, "refused");
    assert!(!is_served(&site, &stuck).await, "that is the price");
    assert!(is_served(&site, &willing).await);

    // Without a rotation under way, too.
    key_rotation::force(&site.app, By::Command)
        .await
        .expect("the database works");
    let third = published(&site).await;
    assert!(third.len() == 1 && third != new);
    assert_eq!(acceptance(&site.app, &stuck).await, "refused-both");
    fetch_keys(&site, &stuck);
    site.clock.advance(Duration::minutes(1));
    go_on(&site.app).await;
    assert_eq!(acceptance(&site.app, &stuck).await, "proven");
    assert!(is_served(&site, &stuck).await);
}

#[tokio::test]
async fn two_processes_agree_without_a_restart() {
    let (site, connected) = TestSite::connected().await;
    let other = site.second_process().await;
    let (one, two) = tokio::join!(rotate(&site.app), rotate(&other));
    assert!(
        [one, two].contains(&Begun::New) && site.count("tool_keys").await == 2,
        "{one:?} {two:?}: only one key was made"
    );
    for _ in 0..2 {
        tokio::join!(go_on(&site.app), go_on(&other));
    }
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    let asked = site.platform.requests_to(Service::Token).len();
    assert!(asked <= 2, "the platform was asked {asked} times");
    let here = app::keys::public_key_set(&site.app).await.expect("keys");
    assert_eq!(here, app::keys::public_key_set(&other).await.expect("keys"));

    // A rotation by one is the other's, too: what it signs is what the platform has accepted.
    site.clock.advance(OVERLAP + Duration::seconds(1));
    tokio::join!(go_on(&site.app), go_on(&other));
    assert_eq!(states(&other).await, ["signing"]);
    rotate(&other).await;
    key_rotation::force(&other, By::Command)
        .await
        .expect("the database works");
    assert!(
        is_served(&site, &connected).await,
        "the first process signs with the new key"
    );
    let counted = audited(&site)
        .await
        .into_iter()
        .filter(|action| action == "key.sign");
    assert_eq!(counted.count(), 2);
}

#[tokio::test]
async fn two_processes_that_start_at_once_make_one_key() {
    let site = TestSite::start().await;
    site.database.execute("DELETE FROM tool_keys").await;
    let (_one, _two) = tokio::join!(site.second_process(), site.second_process());
    assert_eq!(site.count("tool_keys").await, 1);
}

#[tokio::test]
async fn by_schedule() {
    let (site, _connected) = TestSite::connected().await;
    let lifetime = Duration::days(90);
    let app = site.app.clone().with_key_lifetime(Some(lifetime));
    let next = report(&app).await.next_at.expect("a date");
    assert!(next > site.clock.now() + lifetime - Duration::minutes(5));
    site.clock.advance(lifetime - Duration::minutes(5));
    go_on(&app).await;
    assert_eq!(states(&app).await, ["signing"]);
    site.clock.advance(Duration::minutes(5));
    go_on(&site.app).await;
    assert_eq!(states(&app).await, ["signing"], "off: never by itself");
    go_on(&app).await;
    assert_eq!(states(&app).await, ["signing", "retiring"]);
    assert_eq!(report(&app).await.next_at, None, "not before the old one is gone");
    site.clock.advance(OVERLAP + Duration::seconds(1));
    go_on(&app).await;
    let report = report(&app).await;
    assert_eq!(states(&app).await, ["signing"]);
    let State::Signing(since) = report.keys[0].state else {
        panic!("{:?}", report.keys)
    };
    assert_eq!(report.next_at, Some(since + lifetime));
}

#[tokio::test]
async fn private_keys_are_never_stored_in_the_clear() {
    let (site, _connected) = TestSite::connected().await;
    rotate(&site.app).await;
    let stored = site.database.texts("SELECT private_key FROM tool_keys").await;
    assert_eq!(stored.len(), 2);
    for private in &stored {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let bytes = STANDARD.decode(private).expect("base64");
        let rsa = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
        assert!(
            !bytes.windows(rsa.len()).any(|part| part == rsa),
            "no PKCS #8 shows"
        );
    }
    let set = site.browser().get("/lti/jwks").await;
    assert_eq!(set.header("cache-control"), "public, max-age=300");
    for private in ["\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\""] {
        assert!(!set.body.contains(private), "{private}");
    }
}
