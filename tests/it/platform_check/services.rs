//! Columns and members of the newest course, and the header that Apache loses.

use app::platform_check::{self, Verdict};
use chrono::Duration;
use practice_platform::{ASSISTANT, COURSE, Fault, INSTRUCTOR, STUDENTS, Service};

use super::{PLAIN, assert_said, number, text};
use crate::grade::Story;

#[tokio::test]
async fn apache_loses_the_header() {
    let story = Story::in_use().await;
    let platform = &story.site.platform;
    for service in [Service::LineItems, Service::Memberships] {
        platform.set_fault(service, Fault::LoseAuthorization, None);
    }
    let expected = [PLAIN, ("authorization-lost", Verdict::Bad)];
    assert_eq!(story.wrong().await, expected, "the token itself is granted");
    let found = story.find("authorization-lost").await;
    let t = ui::Texts::for_language(ui::Language::default());
    assert_eq!(
        found.detail,
        r#"SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1"#
    );
    let said = t
        .with(
            "check-finding-authorization-lost",
            "course",
            text(&found, "course"),
        )
        .to_string();
    assert!(said.contains("CGIPassAuth On"), "{said}");

    // One service alone that answers 401 has seen no lost header: the other one's arrived.
    platform.clear_faults();
    platform.set_fault(Service::LineItems, Fault::Status(401), None);
    let expected = [PLAIN, ("line-items-refused", Verdict::Bad)];
    assert_eq!(story.wrong().await, expected);

    // Where only one service is known, it decides.
    story
        .site
        .database
        .execute("UPDATE contexts SET memberships_url = NULL")
        .await;
    platform.set_fault(Service::LineItems, Fault::LoseAuthorization, None);
    assert_eq!(story.wrong().await, [PLAIN, ("authorization-lost", Verdict::Bad)]);
}

#[tokio::test]
async fn columns_that_are_gone_refused_or_never_were() {
    let story = Story::in_use().await;
    let platform = &story.site.platform;
    platform.set_fault(Service::LineItems, Fault::Status(403), None);
    assert_eq!(story.wrong().await, [PLAIN, ("line-items-refused", Verdict::Bad)]);
    platform.set_fault(Service::LineItems, Fault::Down, None);
    assert_eq!(
        story.wrong().await,
        [PLAIN, ("line-items-unreachable", Verdict::Warn)]
    );
    platform.clear_faults();

    assert!(platform.delete_line_item(story.column()));
    assert_eq!(story.wrong().await, [PLAIN, ("column-missing", Verdict::Bad)]);
    let gone = story.find("column-missing").await;
    assert_eq!(
        (number(&gone, "count"), text(&gone, "titles")),
        (1, "An toàn lao động")
    );
    assert_said(&[gone]);

    story
        .site
        .database
        .execute("UPDATE contexts SET line_items_url = NULL")
        .await;
    let unshared = story.find("line-items-unshared").await;
    assert_eq!(unshared.verdict, Verdict::Warn);
    assert_said(&[unshared]);

    let story = Story::begin_without_column().await;
    story.sit_down(INSTRUCTOR).await;
    let none = story.find("column-none").await;
    assert_eq!((none.verdict, number(&none, "count")), (Verdict::Warn, 1));
    assert_said(&[none]);
}

#[tokio::test]
async fn members_that_cannot_be_read_or_are_none() {
    let story = Story::in_use().await;
    let platform = &story.site.platform;
    platform.set_fault(Service::Memberships, Fault::Status(403), None);
    assert_eq!(story.wrong().await, [PLAIN, ("members-refused", Verdict::Warn)]);
    platform.set_fault(Service::Memberships, Fault::Down, None);
    assert_eq!(
        story.wrong().await,
        [PLAIN, ("members-unreachable", Verdict::Warn)]
    );
    platform.clear_faults();

    for user in STUDENTS.into_iter().chain([ASSISTANT]) {
        platform.enrol(COURSE, user, None);
    }
    let none = story.find("members-none").await;
    assert_eq!((none.verdict, number(&none, "instructors")), (Verdict::Warn, 1));
    assert_said(&[none]);

    story
        .site
        .database
        .execute("UPDATE contexts SET memberships_url = NULL")
        .await;
    assert_eq!(story.find("members-unshared").await.verdict, Verdict::Warn);

    story.site.clock.advance(Duration::days(4));
    let old = story.find("roster-old").await;
    assert_eq!(old.verdict, Verdict::Warn);
    assert_said(&[old]);
}

/// Two more deployments of the platform, each with a course in use.
async fn deploy_twice_more(story: &Story) {
    for number in [2, 3] {
        for copy in [
            format!(
                "INSERT INTO deployments (id, registration_id, platform_id, status, created_at)
                 SELECT 'd{number}', registration_id, '471{number}', status, created_at
                 FROM deployments WHERE platform_id NOT LIKE '471%'"
            ),
            format!(
                "INSERT INTO contexts (id, deployment_id, platform_id, label, title, line_items_url, ags_scopes,
                                       memberships_url, created_at, seen_at)
                 SELECT 'c{number}', 'd{number}', platform_id, label, title, line_items_url, ags_scopes,
                        memberships_url, created_at, seen_at
                 FROM contexts WHERE id NOT LIKE 'c%'"
            ),
        ] {
            story.site.database.execute(&copy).await;
        }
    }
}

fn hang(story: &Story) {
    for service in [Service::LineItems, Service::Memberships] {
        story.site.platform.set_fault(service, Fault::Hang, None);
    }
}

#[tokio::test]
async fn deployments_are_asked_side_by_side() {
    let story = Story::in_use().await;
    deploy_twice_more(&story).await;
    hang(&story);
    let (app, id) = (story.site.app.clone(), story.registration().await);
    let app = app.with_check_patience(std::time::Duration::from_secs(3600));
    let checking = tokio::spawn(async move { platform_check::check(&app, None, id).await });
    // Columns and members of all three wait at once.
    while story.site.platform.hanging() < 6 {
        tokio::task::yield_now().await;
    }
    story.site.platform.release_hung();
    let findings = checking.await.expect("no panic").expect("findings");
    let read = |key: &str| findings.iter().filter(|one| one.key == key).count();
    assert_eq!(
        (read("line-items-read"), read("members-read")),
        (3, 3),
        "{findings:#?}"
    );
}

#[tokio::test]
async fn a_check_ends_whatever_hangs() {
    let story = Story::in_use().await;
    deploy_twice_more(&story).await;
    hang(&story);
    for service in [Service::KeySet, Service::Token, Service::Configuration] {
        story.site.platform.set_fault(service, Fault::Hang, None);
    }
    let app = story
        .site
        .app
        .clone()
        .with_check_patience(std::time::Duration::ZERO);
    let findings = platform_check::check(&app, None, story.registration().await)
        .await
        .expect("findings");
    for (key, count) in [
        ("key-set-unreachable", 1),
        ("configuration-unreachable", 1),
        ("token-unreachable", 1),
        ("line-items-unreachable", 3),
        ("members-unreachable", 3),
    ] {
        let found: Vec<_> = findings.iter().filter(|one| one.key == key).collect();
        assert_eq!(found.len(), count, "{key}: {findings:#?}");
        assert!(found.iter().all(|one| one.detail == "no answer in time"), "{key}");
    }
    story.site.platform.release_hung();
}
