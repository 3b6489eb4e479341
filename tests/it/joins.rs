//! Two registrations that are one platform: a Moodle that moved, and one that was registered twice. Joined by an
//! administrator, undone exactly, and never by name or e-mail address.

use std::collections::BTreeSet;

use app::{administration, grade::deliver_due, registration_join};
use practice_platform::{INSTRUCTOR, PracticePlatform, STUDENTS};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use crate::{authoring, grade::Desk};

struct Story {
    site: TestSite,
    old: Connected,
    activity: i64,
}

impl Story {
    async fn begin() -> Self {
        let (site, old) = TestSite::connected().await;
        let mut draft = authoring::draft("An toàn máy CNC");
        draft.rules.attempts_allowed = None;
        let quiz = app::assessment::install_sample(&site.app, None, draft)
            .await
            .unwrap();
        let activity = site.add_activity(&old, "Chương 1", &[("taynghe_assessment", &quiz)]);
        Self { site, old, activity }
    }

    async fn open_at(&self, platform: &PracticePlatform, user: i64) -> Desk {
        let browser = self.site.browser();
        let page = browser
            .launch(&platform.launch_initiation(user, self.activity).unwrap())
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Desk { browser, page }
    }

    async fn hand_in_at(&self, platform: &PracticePlatform, user: i64) -> Desk {
        let desk = self.open_at(platform, user).await;
        let csrf = desk.page.csrf();
        let path = format!("{}/attempts", desk.prefix());
        let attempt = desk.browser.post(&path, &[("csrf", &csrf)]).await;
        let submit = format!("{}/submit", attempt.url.path());
        let submitted = desk.browser.post(&submit, &[("csrf", &csrf)]).await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
        desk
    }

    /// How many submitted attempts a student sees.
    async fn seen(&self, platform: &PracticePlatform, user: i64) -> usize {
        self.open_at(platform, user)
            .await
            .page
            .count("a[href*='/attempts/']")
    }

    async fn administrator(&self) -> (Browser, Answer) {
        let address = administration::link(&self.site.app, None).await.unwrap();
        let browser = self.site.browser();
        let page = browser.post(&address, &[]).await;
        let path = format!("/s/{}/administration/joins", page.session_id());
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        (browser, page)
    }

    /// What a join may touch.
    async fn kept(&self) -> BTreeSet<String> {
        let tables = [
            "identities:",
            "attempts:",
            "placements:",
            "grade_columns:",
            "contexts:",
            "resource_links:",
        ];
        let rows = self.site.database.contents().await;
        let touched = |row: &String| tables.iter().any(|table| row.starts_with(table));
        rows.into_iter().filter(touched).collect()
    }
}

#[tokio::test]
async fn a_moodle_that_moved_goes_on_where_it_was() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    story.hand_in_at(platform, STUDENTS[0]).await;
    story.open_at(platform, INSTRUCTOR).await;
    let moved = story.site.move_platform(&story.old).await;
    story.hand_in_at(&moved.platform, STUDENTS[0]).await;
    assert_eq!(
        story.seen(&moved.platform, STUDENTS[0]).await,
        1,
        "not joined: a stranger"
    );
    story.open_at(&moved.platform, STUDENTS[1]).await;

    let (browser, page) = story.administrator().await;
    let evidence: Vec<String> = page.attributes("input[name=former], input[name=registration]", "value");
    assert_eq!(
        evidence,
        [story.old.registration_id.clone(), moved.registration_id.clone()]
    );
    assert!(!page.all_text().contains("Nguyễn"), "numbers, no names");
    let joined = browser.submit(&page, "former", &[("do", "join")]).await;
    assert_eq!(joined.status, StatusCode::OK, "{}", joined.all_text());
    assert_eq!(joined.count("input[name=former]"), 0, "no proposal any more");
    assert_eq!(joined.count("input[name=join]"), 1);
    assert_eq!(
        story.seen(&moved.platform, STUDENTS[0]).await,
        2,
        "both attempts are there"
    );

    let undone = browser.submit(&joined, "join", &[("do", "undo")]).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.all_text());
    assert_eq!(story.seen(&moved.platform, STUDENTS[0]).await, 1);
    let again = browser.submit(&undone, "former", &[("do", "join")]).await;
    assert_eq!(again.count("input[name=join]"), 1, "{}", again.all_text());

    // Somebody new at this address is who they were at the old one; grades go to the new address.
    story.hand_in_at(&moved.platform, STUDENTS[0]).await;
    assert_eq!(story.seen(&moved.platform, STUDENTS[0]).await, 3);
    while deliver_due(&story.site.app).await.unwrap() > 0 {}
    let problems = moved.platform.problems();
    assert!(problems.is_empty(), "{problems:?}");
    let column = platform.line_items()[0].id;
    assert!(platform.grade(STUDENTS[0], column).grade.is_some());
    let books = story.open_at(&moved.platform, INSTRUCTOR).await;
    assert_eq!(books.page.status, StatusCode::OK, "{}", books.page.all_text());
    let trail = "SELECT action FROM audit_records WHERE action LIKE 'registration.%join' ORDER BY id";
    let trail = story.site.database.texts(trail).await;
    assert_eq!(
        trail,
        ["registration.join", "registration.unjoin", "registration.join"]
    );
}

#[tokio::test]
async fn undoing_restores_every_row() {
    let story = Story::begin().await;
    story.hand_in_at(&story.site.platform, STUDENTS[0]).await;
    let moved = story.site.move_platform(&story.old).await;
    story.hand_in_at(&moved.platform, STUDENTS[0]).await;
    story.hand_in_at(&moved.platform, STUDENTS[1]).await;
    let before = story.kept().await;
    let (old, new) = (story.old.registration_id.clone(), moved.registration_id.clone());
    let id = registration_join::join(&story.site.app, None, old.clone(), new.clone())
        .await
        .unwrap();
    assert_ne!(story.kept().await, before);
    let twice = registration_join::join(&story.site.app, None, old, new).await;
    assert_eq!(twice.unwrap_err().code().as_str(), "WEB-CONFLICT");
    registration_join::unjoin(&story.site.app, None, id.clone())
        .await
        .unwrap();
    let after = story.kept().await;
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    // Following the parameter anew is harmless, and all that is left.
    let named = |row: &&&String| !row.starts_with("resource_links:");
    let changed: Vec<_> = changed.iter().filter(named).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    let twice = registration_join::unjoin(&story.site.app, None, id).await;
    assert_eq!(twice.unwrap_err().code().as_str(), "WEB-CONFLICT");
}

#[tokio::test]
async fn who_comes_first_after_the_join_is_who_they_were() {
    let story = Story::begin().await;
    story.hand_in_at(&story.site.platform, STUDENTS[0]).await;
    let moved = story.site.move_platform(&story.old).await;
    story.open_at(&moved.platform, STUDENTS[1]).await;
    let (old, new) = (story.old.registration_id.clone(), moved.registration_id.clone());
    let id = registration_join::join(&story.site.app, None, old, new)
        .await
        .unwrap();
    assert_eq!(story.seen(&moved.platform, STUDENTS[0]).await, 1);
    story.hand_in_at(&moved.platform, STUDENTS[0]).await;
    registration_join::unjoin(&story.site.app, None, id)
        .await
        .unwrap();
    let people = "SELECT count(DISTINCT person_id) || ' of ' || count(*) FROM identities
        WHERE registration_id IS NOT NULL";
    assert_eq!(
        story.site.database.texts(people).await,
        ["3 of 3"],
        "everybody is one person again"
    );
    assert_eq!(story.seen(&moved.platform, STUDENTS[0]).await, 0);
    assert_eq!(
        story.seen(&story.site.platform, STUDENTS[0]).await,
        1,
        "only the old attempt"
    );
}

#[tokio::test]
async fn a_moodle_that_is_registered_twice_keeps_the_attempts_of_an_activity() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    story.hand_in_at(platform, STUDENTS[0]).await;
    let second = story.site.connect(None).await;
    let elsewhere = story.site.add_activity(&second, "Khác", &[]);
    let browser = story.site.browser();
    browser
        .launch(&platform.launch_initiation(STUDENTS[1], elsewhere).unwrap())
        .await;
    let (old, new) = (story.old.registration_id.clone(), second.registration_id.clone());
    registration_join::join(&story.site.app, None, old, new)
        .await
        .unwrap();
    assert!(platform.set_activity_tool(story.activity, second.tool));
    assert_eq!(
        story.seen(platform, STUDENTS[0]).await,
        1,
        "the activity came along"
    );
    // And back again.
    assert!(platform.set_activity_tool(story.activity, story.old.tool));
    assert_eq!(story.seen(platform, STUDENTS[0]).await, 1);
}

#[tokio::test]
async fn what_is_not_one_platform_of_one_organisation_is_never_joined() {
    let story = Story::begin().await;
    let platform = &story.site.platform;
    story.hand_in_at(platform, STUDENTS[0]).await;
    let other = story.site.connect(Some("Trường khác")).await;
    let elsewhere = story.site.add_activity(&other, "Khác", &[]);
    let browser = story.site.browser();
    browser
        .launch(&platform.launch_initiation(STUDENTS[0], elsewhere).unwrap())
        .await;
    let silent = story.site.connect(None).await;
    let app = &story.site.app;
    for organisation in [None, Some("Trường khác".to_owned())] {
        let found = registration_join::list(app, organisation).await.unwrap();
        assert!(found.proposals.is_empty(), "{:?}", found.proposals);
    }
    for (registration, code) in [
        (other.registration_id, "WEB-NOT-FOUND"),
        (silent.registration_id, "WEB-CONFLICT"),
        (story.old.registration_id.clone(), "WEB-CONFLICT"),
    ] {
        let former = story.old.registration_id.clone();
        let refused = registration_join::join(app, None, former, registration).await;
        assert_eq!(refused.unwrap_err().code().as_str(), code);
    }
    assert_eq!(story.site.count("registration_joins").await, 0);
}

/// Exceptions, groups and what people need everywhere follow them, and go back with the join.
#[tokio::test]
async fn what_is_different_for_single_people_comes_along() {
    let story = Story::begin().await;
    let database = &story.site.database;
    story.hand_in_at(&story.site.platform, STUDENTS[0]).await;
    for row in [
        "INSERT INTO course_groups (id, context_id, name, created_at)
         SELECT 'g-old', context_id, 'Tổ 1', created_at FROM placements",
        "INSERT INTO group_members (course_group_id, person_id) SELECT 'g-old', person_id FROM attempts",
        "INSERT INTO rule_overrides (id, placement_id, course_group_id, content, changed_at)
         SELECT 'o-group', id, 'g-old', '{\"attempts_allowed\":{\"to\":7}}', created_at FROM placements",
    ] {
        database.execute(row).await;
    }
    let moved = story.site.move_platform(&story.old).await;
    story.hand_in_at(&moved.platform, STUDENTS[0]).await;
    let newer = "FROM attempts a JOIN placements p ON p.id = a.placement_id
         JOIN contexts c ON c.id = p.context_id JOIN deployments d ON d.id = c.deployment_id
         JOIN registrations r ON r.id = d.registration_id WHERE r.id =";
    let newer = format!("{newer} '{}'", moved.registration_id);
    for row in [
        format!(
            "INSERT INTO rule_overrides (id, placement_id, person_id, content, changed_at)
             SELECT 'o-new', p.id, a.person_id, '{{\"time_limit_seconds\":{{\"to\":900}}}}', a.started_at {newer}"
        ),
        format!(
            "INSERT INTO accommodations (organisation_id, person_id, content, changed_at)
             SELECT r.organisation_id, a.person_id, '{{\"time_percent\":150}}', a.started_at {newer}"
        ),
    ] {
        database.execute(&row).await;
    }
    let different = || async {
        let tables = [
            "rule_overrides:",
            "course_groups:",
            "group_members:",
            "accommodations:",
        ];
        let rows = database.contents().await;
        let of_rules = |row: &String| tables.iter().any(|table| row.starts_with(table));
        rows.into_iter().filter(of_rules).collect::<BTreeSet<_>>()
    };
    let before = different().await;
    let (old, new) = (story.old.registration_id.clone(), moved.registration_id.clone());
    let id = registration_join::join(&story.site.app, None, old.clone(), new)
        .await
        .unwrap();
    // The person is the older one, and has all of it at the activity that stands there now.
    let older = format!("SELECT person_id FROM identities WHERE registration_id = '{old}'");
    let holds = format!(
        "SELECT o.content FROM rule_overrides o JOIN placements p ON p.id = o.placement_id
         WHERE p.resource_link_id IS NOT NULL AND o.person_id IN ({older})"
    );
    assert_eq!(
        database.texts(&holds).await,
        ["{\"time_limit_seconds\":{\"to\":900}}"]
    );
    let in_group = format!(
        "SELECT g.name FROM rule_overrides o JOIN placements p ON p.id = o.placement_id
         JOIN course_groups g ON g.id = o.course_group_id AND g.context_id = p.context_id
         JOIN group_members m ON m.course_group_id = g.id
         WHERE p.resource_link_id IS NOT NULL AND m.person_id IN ({older})"
    );
    assert_eq!(database.texts(&in_group).await, ["Tổ 1"]);
    let needs = format!("SELECT content FROM accommodations WHERE person_id IN ({older})");
    assert_eq!(database.texts(&needs).await, ["{\"time_percent\":150}"]);
    registration_join::unjoin(&story.site.app, None, id)
        .await
        .unwrap();
    let after = different().await;
    let changed: Vec<_> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
