//! The platform's own answers: key set, clock, configuration, token and scopes.

use app::platform_check::Verdict;
use chrono::Duration;
use practice_platform::{Fault, GradeService, INSTRUCTOR, STUDENTS, Service};
use tests::KeyServer;

use super::{PLAIN, assert_said, keys, number, text};
use crate::grade::Story;

#[tokio::test]
async fn nobody_has_used_it_yet() {
    let story = Story::begin().await;
    let findings = story.check().await;
    assert_said(&findings);
    let expected = [
        "status-active",
        "deployment-known",
        "issuer-http",
        "key-set-usable",
        "clock-right",
        "configuration-unknown",
        "token-granted",
        "scopes-granted",
        "context-none",
        "own-key-only",
        "cookies-unseen",
        "launch-never",
        "refusal-none",
        "deliveries-settled",
    ];
    assert_eq!(keys(&findings), expected.into_iter().collect());
    assert_eq!(story.wrong().await, [PLAIN]);
    let problems = story.site.platform.problems();
    assert!(problems.is_empty(), "{problems:?}");
}

#[tokio::test]
async fn a_course_that_is_in_use() {
    let story = Story::in_use().await;
    let findings = story.check().await;
    assert_said(&findings);
    let expected = [
        "status-active",
        "deployment-known",
        "issuer-http",
        "key-set-usable",
        "key-set-kept",
        "clock-right",
        "configuration-same",
        "token-granted",
        "scopes-granted",
        "line-items-read",
        "members-read",
        "roster-kept",
        "own-key-only",
        "cookies-kept",
        "launch-last",
        "refusal-none",
        "deliveries-settled",
    ];
    assert_eq!(keys(&findings), expected.into_iter().collect());
    assert_eq!(story.wrong().await, [PLAIN]);
    let members = story.find("members-read").await;
    // The non-editing teacher is a learner to Moodle's list.
    assert_eq!(number(&members, "learners"), 6);
    assert_eq!(number(&members, "instructors"), 1);
    let columns = story.find("line-items-read").await;
    assert_eq!((number(&columns, "count"), number(&columns, "ours")), (1, 1));
    assert!(columns.deployment.is_some());
    let problems = story.site.platform.problems();
    assert!(problems.is_empty(), "{problems:?}");
}

#[tokio::test]
async fn what_is_held_of_the_registration() {
    let story = Story::begin().await;
    let database = &story.site.database;
    database
        .execute("UPDATE registrations SET status = 'disabled'")
        .await;
    assert_eq!(story.wrong().await, [("status-disabled", Verdict::Bad), PLAIN]);
    database
        .execute("UPDATE registrations SET status = 'active'")
        .await;
    database.execute("DELETE FROM deployments").await;
    assert_eq!(story.wrong().await, [("deployment-missing", Verdict::Bad), PLAIN]);
    database
        .execute("UPDATE registrations SET issuer = 'https://moodle.college.edu.vn'")
        .await;
    assert_eq!(story.find("issuer-https").await.verdict, Verdict::Ok);
}

#[tokio::test]
async fn the_key_set_is_away_and_comes_back() {
    let story = Story::in_use().await;
    let platform = &story.site.platform;
    let key = platform.key_set()["keys"][0]["kid"]
        .as_str()
        .expect("a key id")
        .to_owned();
    assert_eq!(story.find("key-set-usable").await.detail, key);

    platform.set_fault(Service::KeySet, Fault::Html200, None);
    let expected = [
        PLAIN,
        ("key-set-unreachable", Verdict::Bad),
        ("key-set-kept-serves", Verdict::Warn),
    ];
    assert_eq!(story.wrong().await, expected);
    story.site.clock.advance(Duration::hours(2));
    story.sit_down(STUDENTS[0]).await;
    platform.clear_faults();
    let stale = story.find("key-set-stale").await;
    assert_said(std::slice::from_ref(&stale));
    assert_eq!(stale.verdict, Verdict::Warn);

    let weak = KeyServer::start(r#"{"keys":[{"kty":"oct","kid":"1","k":"c2VjcmV0"}]}"#.to_owned());
    let statement = format!("UPDATE registrations SET jwks_url = '{}'", weak.origin());
    story.site.database.execute(&statement).await;
    assert_eq!(story.find("key-set-no-key").await.verdict, Verdict::Bad);
}

#[tokio::test]
async fn a_clock_is_off_in_either_direction() {
    // The `Date` header is the machine's, so the service's clock moves the other way.
    for (seconds, direction, verdict) in [
        (-30, "ahead", Verdict::Warn),
        (30, "behind", Verdict::Warn),
        (-90, "ahead", Verdict::Bad),
        (90, "behind", Verdict::Bad),
    ] {
        let story = Story::begin().await;
        story.site.clock.advance(Duration::seconds(seconds));
        let found = story.find("clock-off").await;
        assert_eq!((text(&found, "direction"), found.verdict), (direction, verdict));
        assert_said(&[found]);
    }
}

#[tokio::test]
async fn the_configuration_says_something_else() {
    let story = Story::in_use().await;
    let (database, origin) = (&story.site.database, story.site.platform.origin());
    let login = |url: &str| format!("UPDATE registrations SET auth_login_url = '{url}'");
    database
        .execute(&login(&format!("{origin}/mod/lti/old.php")))
        .await;
    let found = story.find("configuration-changed").await;
    assert!(found.detail.contains("auth-login-url"), "{found:?}");
    assert_eq!(found.verdict, Verdict::Warn);

    database
        .execute(&login("https://moodle.elsewhere.example/auth.php"))
        .await;
    let changed = database.contents().await;
    let found = story.find("configuration-moved").await;
    assert_eq!(found.verdict, Verdict::Bad);
    assert!(found.detail.contains(origin), "{found:?}");
    let beside = |contents: std::collections::BTreeSet<String>| -> Vec<String> {
        contents
            .into_iter()
            .filter(|row| !row.starts_with("platform_checks"))
            .collect()
    };
    assert_eq!(
        beside(database.contents().await),
        beside(changed),
        "nothing is taken over"
    );

    let id = story.registration().await;
    let taken = app::registration_update::update(&story.site.app, None, id, None).await;
    assert!(!taken.expect("a reading").waiting.is_empty());
    let waiting = story.find("change-waiting").await;
    assert_eq!(number(&waiting, "count"), 1);
    assert_said(&[waiting]);
}

#[tokio::test]
async fn the_configuration_cannot_be_compared() {
    let story = Story::in_use().await;
    let (database, platform) = (&story.site.database, &story.site.platform);
    platform.set_fault(Service::Configuration, Fault::Down, None);
    let expected = [PLAIN, ("configuration-unreachable", Verdict::Warn)];
    assert_eq!(story.wrong().await, expected);
    platform.clear_faults();

    let id = story.registration().await;
    let read = app::registration_update::update(&story.site.app, None, id, None).await;
    assert!(read.expect("a reading").is_same());
    database
        .execute(r#"UPDATE platform_offers SET stored = '{"target_link_uri":"https://old.example/"}'"#)
        .await;
    let found = story.find("configuration-stored-otherwise").await;
    assert_eq!(
        (found.verdict, found.detail.as_str()),
        (Verdict::Warn, "target-link-uri")
    );

    database
        .execute("UPDATE registrations SET issuer = 'https://moodle.former.example'")
        .await;
    let found = story.find("configuration-other-platform").await;
    assert_eq!(found.verdict, Verdict::Bad);
}

#[tokio::test]
async fn no_token_or_one_for_less() {
    let story = Story::in_use().await;
    let platform = &story.site.platform;
    platform.set_fault(Service::Token, Fault::Down, None);
    assert_eq!(story.find("token-unreachable").await.verdict, Verdict::Bad);
    platform.set_fault(Service::Token, Fault::Status(404), None);
    assert_eq!(story.find("token-refused").await.verdict, Verdict::Bad);
    platform.clear_faults();

    story.change_tool(|tool| {
        tool.config.grade_service = GradeService::Sync;
        tool.config.memberships = false;
    });
    let expected = [
        PLAIN,
        ("scope-line-item-missing", Verdict::Warn),
        ("scope-membership-missing", Verdict::Warn),
    ];
    assert_eq!(
        story.wrong().await,
        expected,
        "a scope that is missing is no lost header"
    );
    story.change_tool(|tool| tool.config.grade_service = GradeService::None);
    let missing = story.wrong().await;
    assert!(
        missing.contains(&("scope-score-missing", Verdict::Bad)),
        "{missing:?}"
    );
    assert!(
        missing.contains(&("scope-result-missing", Verdict::Warn)),
        "{missing:?}"
    );
    assert!(
        !missing.iter().any(|(key, _)| *key == "authorization-lost"),
        "{missing:?}"
    );
    story.sit_down(INSTRUCTOR).await;
}

#[tokio::test]
async fn an_internal_token_address_that_nobody_listed_is_not_called() {
    let story = Story::begin().await;
    let inside = "UPDATE registrations SET token_url = 'http://10.20.30.40/mod/lti/token.php'";
    story.site.database.execute(inside).await;
    let expected = [PLAIN, ("token-address-refused", Verdict::Bad)];
    assert_eq!(story.wrong().await, expected);
    let found = story.find("token-address-refused").await;
    assert_eq!(found.detail, "10.20.30.40: refused by the address filter");
    assert_said(&[found]);
}
