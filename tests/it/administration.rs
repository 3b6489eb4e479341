//! The administrator's link and pages: who gets in, what they see, what they can do, and what stays hidden.

use app::{
    administration, invitation,
    platform_check::{self, Finding, Verdict},
};
use chrono::Duration;
use practice_platform::{Fault, GradeService, INSTRUCTOR, STUDENTS, Service};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

async fn link(site: &TestSite, organisation: Option<&str>) -> String {
    let address = administration::link(&site.app, organisation.map(str::to_owned)).await;
    address.expect("a link")
}

/// Presses the button of a link's page.
async fn press(browser: &Browser, address: &str) -> Answer {
    browser.post(address, &[]).await
}

/// An administrator's overview in a new browser.
async fn signed_in(site: &TestSite, organisation: Option<&str>) -> (Browser, Answer) {
    let browser = site.browser();
    let page = press(&browser, &link(site, organisation).await).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    (browser, page)
}

/// Posts a form of the overview.
async fn act(browser: &Browser, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let address = format!("/s/{}/administration/{path}", page.session_id());
    let csrf = page.csrf();
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    browser.post(&address, &all).await
}

fn policy(answer: &Answer) -> &str {
    let policy = answer.headers.get("content-security-policy").expect("a policy");
    policy.to_str().expect("ASCII")
}

#[tokio::test]
async fn a_link_works_once_and_only_by_its_button() {
    let site = TestSite::start().await;
    let address = link(&site, None).await;
    let browser = site.browser();
    let before = site.database.contents().await;
    for _ in 0..2 {
        let page = browser.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        assert_eq!(
            page.count(&format!("form[method=post][action=\"{}\"]", page.url.path())),
            1
        );
        assert!(policy(&page).contains("frame-ancestors 'none'"));
    }
    let elsewhere = browser
        .post_from("https://evil.example", &address, Vec::new())
        .await;
    assert_eq!(elsewhere.code().as_deref(), Some("WEB-CSRF"));
    assert_eq!(
        before,
        site.database.contents().await,
        "nothing was spent or stored"
    );

    let page = press(&browser, &address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/administration"), "{}", page.url);
    assert!(policy(&page).contains("frame-ancestors 'none'"));
    let stored = site.database.contents().await;
    for again in [
        press(&site.browser(), &address).await,
        browser.get(&address).await,
    ] {
        assert_eq!(again.code().as_deref(), Some("WEB-LINK"));
        assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(stored, site.database.contents().await);
    let secret = address.rsplit('/').next().expect("a secret");
    assert!(
        !stored.iter().any(|row| row.contains(secret)),
        "only its hash is stored"
    );

    let stranger = site.browser().get(page.url.as_str()).await;
    assert_eq!(
        stranger.code().as_deref(),
        Some("WEB-SESSION"),
        "the address is worth nothing in another browser"
    );
    let back = browser.get(page.url.as_str()).await;
    assert_eq!(back.status, StatusCode::OK);
}

#[tokio::test]
async fn a_link_is_good_for_an_hour() {
    let site = TestSite::start().await;
    let address = link(&site, None).await;
    site.clock.advance(Duration::hours(1) + Duration::seconds(1));
    let browser = site.browser();
    for late in [browser.get(&address).await, press(&browser, &address).await] {
        assert_eq!(late.code().as_deref(), Some("WEB-LINK"));
    }
    let unknown = press(&browser, "/administration/unknown").await;
    assert_eq!(unknown.code().as_deref(), Some("WEB-LINK"));
    assert_eq!(site.count("persons").await, 0);
}

#[tokio::test]
async fn the_overview_shows_launches_and_refusals_without_names() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let student = site.browser();
    let initiation = site
        .platform
        .launch_initiation(STUDENTS[0], activity)
        .expect("an initiation");
    student.launch(&initiation).await.session_id();
    let refused = student.get("/lti/launch").await;
    assert_eq!(refused.code().as_deref(), Some("LTI-TOK-FORMAT"));

    let (_, page) = signed_in(&site, None).await;
    let text = page.all_text();
    let course = site.platform.courses().into_iter().next().expect("a course");
    assert!(text.contains(&course.title), "{text}");
    assert!(text.contains(&connected.client_id), "{text}");
    assert!(text.contains("LTI-TOK-FORMAT"), "{text}");
    let trace = site.database.texts("SELECT id FROM refusals").await;
    assert!(
        text.contains(&trace[0]),
        "the trace id leads from the page to the log"
    );
    for user in site.platform.users() {
        let told = [user.full_name(), user.vietnamese_name(), user.email];
        assert!(!told.iter().any(|words| text.contains(words)), "{told:?}");
    }
}

#[tokio::test]
async fn an_invitation_is_made_shown_once_and_withdrawn() {
    let site = TestSite::start().await;
    let (browser, page) = signed_in(&site, None).await;
    let made = act(
        &browser,
        &page,
        "invitations",
        &[("host", site.platform.origin())],
    )
    .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.all_text());
    let address = made
        .attributes("input[readonly]", "value")
        .pop()
        .expect("the address");
    let frame = site.platform.begin_registration(&address).expect("an address");
    assert_eq!(
        site.browser().get(&frame).await.status,
        StatusCode::OK,
        "it leads to the registration"
    );
    let later = browser.get(page.url.as_str()).await;
    assert_eq!(later.count("input[readonly]"), 0, "shown once");

    let withdraw = later
        .attributes("form[action$=withdraw]", "action")
        .pop()
        .expect("a button");
    let gone = browser.post(&withdraw, &[("csrf", &later.csrf())]).await;
    assert_eq!(gone.count("form[action$=withdraw]"), 0, "{}", gone.all_text());
    assert_eq!(
        site.browser().get(&frame).await.code().as_deref(),
        Some("LTI-REG-INVITE")
    );
    let again = browser.post(&withdraw, &[("csrf", &later.csrf())]).await;
    assert_eq!(again.code().as_deref(), Some("WEB-NOT-FOUND"));

    let wrong = act(&browser, &page, "invitations", &[("host", "not a host")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.count("#host-error"), 1);
    assert_eq!(wrong.attributes("#host", "value"), ["not a host"]);
    let actions = site
        .database
        .texts("SELECT action FROM audit_records WHERE person_id IS NOT NULL ORDER BY id")
        .await;
    assert_eq!(
        actions,
        ["administrator.sign-in", "invitation.add", "invitation.withdraw"]
    );
}

#[tokio::test]
async fn a_platform_is_switched_off_and_on() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let (browser, page) = signed_in(&site, None).await;
    let launch = || async {
        let initiation = site
            .platform
            .launch_initiation(STUDENTS[0], activity)
            .expect("an initiation");
        site.browser().launch(&initiation).await.code()
    };
    let path = |action: &str| format!("registrations/{}/{action}", connected.registration_id);
    let off = act(&browser, &page, &path("disable"), &[]).await;
    assert_eq!(off.count("form[action$=enable]"), 1, "{}", off.all_text());
    assert_eq!(launch().await.as_deref(), Some("LTI-LOG-DISABLED"));
    act(&browser, &page, &path("enable"), &[]).await;
    assert_eq!(launch().await, None);

    let added = act(
        &browser,
        &page,
        &path("deployments"),
        &[("deployment_id", " 77 ")],
    )
    .await;
    assert!(added.all_text().contains("77"), "{}", added.all_text());
    let empty = act(&browser, &page, &path("deployments"), &[("deployment_id", " ")]).await;
    assert_eq!(empty.code().as_deref(), Some("WEB-FORM"));
}

#[tokio::test]
async fn another_organisations_things_are_not_there() {
    let (site, theirs) = TestSite::connected().await;
    let invited = invitation::invite(&site.app, None, None).await;
    invited.expect("an invitation");
    let invitation = site.database.texts("SELECT id FROM invitations").await.remove(0);
    let (browser, page) = signed_in(&site, Some("Trường B")).await;
    assert!(
        !page.all_text().contains(&theirs.client_id),
        "{}",
        page.all_text()
    );
    let before = site.database.contents().await;
    let id = &theirs.registration_id;
    for path in [
        format!("registrations/{id}/disable"),
        format!("registrations/{id}/enable"),
        format!("registrations/{id}/check"),
        format!("registrations/{id}/deployments"),
        format!("invitations/{invitation}/withdraw"),
    ] {
        let refused = act(&browser, &page, &path, &[("deployment_id", "9")]).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"), "{path}");
    }
    assert_eq!(before, site.database.contents().await);
    assert!(
        site.platform.requests().is_empty(),
        "their platform was not called"
    );
}

#[tokio::test]
async fn rights_come_from_the_role_that_is_held_now() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let instructor = site.browser();
    let initiation = site
        .platform
        .launch_initiation(INSTRUCTOR, activity)
        .expect("an initiation");
    let launched = instructor.launch(&initiation).await;
    let address = format!("/s/{}/administration", launched.session_id());
    assert_eq!(
        instructor.get(&address).await.code().as_deref(),
        Some("WEB-FORBIDDEN"),
        "a launch gives none"
    );

    let (browser, page) = signed_in(&site, None).await;
    let path = format!("registrations/{}/disable", connected.registration_id);
    let address = format!("{}/{path}", page.url.path());
    for csrf in [Vec::new(), vec![("csrf", "guessed")]] {
        assert_eq!(
            browser.post(&address, &csrf).await.code().as_deref(),
            Some("WEB-CSRF")
        );
    }
    site.database.execute("DELETE FROM organisation_roles").await;
    assert_eq!(
        browser.get(page.url.as_str()).await.code().as_deref(),
        Some("WEB-FORBIDDEN")
    );
    assert_eq!(
        act(&browser, &page, &path, &[]).await.code().as_deref(),
        Some("WEB-FORBIDDEN")
    );
    let active = "SELECT COUNT(*) FROM registrations WHERE status = 'active'";
    assert_eq!(site.database.number(active).await, 1);
}

async fn check(site: &TestSite, connected: &Connected) -> Vec<Finding> {
    let findings = platform_check::check(&site.app, None, connected.registration_id.clone()).await;
    findings.expect("findings")
}

fn worst(findings: &[Finding]) -> Vec<&str> {
    let wrong = findings.iter().filter(|finding| finding.verdict == Verdict::Bad);
    wrong.map(|finding| finding.key).collect()
}

#[tokio::test]
async fn a_check_names_what_is_wrong() {
    let (site, connected) = TestSite::connected().await;
    let findings = check(&site, &connected).await;
    assert_eq!(worst(&findings), [""; 0], "{findings:?}");
    assert!(platform_check::is_good(&findings));
    let keys: Vec<&str> = findings.iter().map(|finding| finding.key).collect();
    for expected in [
        "key-set-usable",
        "clock-right",
        "token-granted",
        "scopes-granted",
        "issuer-http",
    ] {
        assert!(keys.contains(&expected), "{expected}: {keys:?}");
    }
    assert!(
        site.platform.problems().is_empty(),
        "{:?}",
        site.platform.problems()
    );

    let set = |service, fault| site.platform.set_fault(service, fault, None);
    set(Service::KeySet, Fault::Html200);
    assert_eq!(worst(&check(&site, &connected).await), ["key-set-unreachable"]);
    site.platform.clear_faults();
    set(Service::Token, Fault::Down);
    assert_eq!(worst(&check(&site, &connected).await), ["token-unreachable"]);
    set(Service::Token, Fault::Status(404));
    assert_eq!(worst(&check(&site, &connected).await), ["token-refused"]);
    site.platform.clear_faults();

    let service = |service| {
        let change = |tool: &mut practice_platform::Tool| tool.config.grade_service = service;
        assert!(site.platform.change_tool(&connected.client_id, change));
    };
    service(GradeService::Sync);
    let findings = check(&site, &connected).await;
    assert!(platform_check::is_good(&findings), "{findings:?}");
    assert!(
        findings
            .iter()
            .any(|finding| finding.key == "scope-line-item-missing"),
        "{findings:?}"
    );
    service(GradeService::None);
    assert_eq!(worst(&check(&site, &connected).await), ["scope-score-missing"]);
    service(GradeService::Full);

    // The platform's `Date` header is the machine's, not the story's.
    site.clock.advance(Duration::seconds(90));
    assert!(worst(&check(&site, &connected).await).contains(&"clock-off"));

    let unknown = platform_check::check(&site.app, None, "unknown".to_owned()).await;
    assert_eq!(unknown.expect_err("no registration").code(), app::Code::NotFound);
}

#[tokio::test]
async fn the_front_page_and_the_icon() {
    let site = TestSite::start().await;
    let browser = site.browser();
    let page = browser.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attributes("html", "lang"), ["vi"]);
    assert!(policy(&page).contains("frame-ancestors 'none'"));
    let german = browser.get("/?language=de").await;
    assert_eq!(german.attributes("html", "lang"), ["de"]);
    for address in ["/icon.svg", "/favicon.ico"] {
        let icon = browser.get(address).await;
        assert_eq!(icon.headers["content-type"], "image/svg+xml");
        assert_eq!(
            icon.headers["cross-origin-resource-policy"], "cross-origin",
            "platforms show it"
        );
    }
    let robots = browser.get("/robots.txt").await;
    assert!(robots.body.contains("Disallow: /lti/"), "{}", robots.body);
    let method = browser.post("/", &[]).await;
    assert_eq!(method.code().as_deref(), Some("WEB-METHOD"));
}

#[tokio::test]
async fn an_administrators_role_is_withdrawn() {
    let site = TestSite::start().await;
    let (first, page) = signed_in(&site, None).await;
    let buttons = "form[action$=withdraw]";
    assert_eq!(page.count(buttons), 0, "the last one stays");
    let (second, seconds_page) = signed_in(&site, None).await;
    let people = site
        .database
        .texts("SELECT person_id FROM organisation_roles ORDER BY granted_at")
        .await;
    let path = |person: &str| format!("administrators/{person}/withdraw");

    let page = first.get(page.url.as_str()).await;
    assert_eq!(page.count(buttons), 2, "{}", page.all_text());
    let after = act(&first, &page, &path(&people[1]), &[]).await;
    assert_eq!(after.count(buttons), 0, "{}", after.all_text());
    let ended = second.get(seconds_page.url.as_str()).await;
    assert_eq!(ended.code().as_deref(), Some("WEB-SESSION"));
    let last = act(&first, &after, &path(&people[0]), &[]).await;
    assert_eq!(last.code().as_deref(), Some("WEB-CONFLICT"), "the last one stays");
    let noted = "SELECT subject FROM audit_records WHERE action = 'administrator.role-ended' AND person_id IS NOT NULL";
    assert_eq!(site.database.texts(noted).await, [people[1].clone()]);

    // The command line takes the last one's, too.
    let listed = app::administrators::list(&site.app, None).await.unwrap();
    assert_eq!(listed.iter().map(|one| &one.id).collect::<Vec<_>>(), [&people[0]]);
    assert!(listed[0].signed_in_at.is_some());
    let unknown = app::administrators::revoke(&site.app, None, people[1].clone()).await;
    assert_eq!(unknown.unwrap_err().code().as_str(), "WEB-NOT-FOUND");
    app::administrators::revoke(&site.app, None, people[0].clone())
        .await
        .unwrap();
    assert_eq!(
        first.get(page.url.as_str()).await.code().as_deref(),
        Some("WEB-SESSION")
    );
}
