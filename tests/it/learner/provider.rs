//! Sign-in of learners by an OpenID Connect provider: who may come, what is asked of the provider, and that nobody gets
//! from one side of the house to the other.

use app::{
    Clock,
    sign_in::{Administrators, Learners, Provider},
};
use reqwest::StatusCode;
use serde_json::json;
use tests::{Answer, OpenIdProvider, TestSite};

const BUTTON: &str = "/sign-in/google/learner";

async fn scene(change: impl FnOnce(&mut Provider)) -> (OpenIdProvider, TestSite) {
    let clock = Clock::system();
    let provider = OpenIdProvider::start(&clock);
    let mut setting = provider.as_learners_setting("google", None);
    change(&mut setting);
    let site = TestSite::start_with(clock, vec![setting]).await;
    (provider, site)
}

#[track_caller]
fn assert_learning(page: &Answer) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/learning"), "{}", page.url);
    assert_eq!(page.url.query(), None);
}

#[tokio::test]
async fn a_learner_signs_in_by_an_account_elsewhere() {
    let (provider, site) = scene(|_| {}).await;
    let entrance = site.browser().get("/sign-in").await;
    assert_eq!(entrance.attributes("a.button", "href"), [BUTTON]);
    let browser = site.browser();
    let page = browser.get(BUTTON).await;
    assert_learning(&page);
    assert_eq!(page.text(".who .name").as_deref(), Some("Lê Minh Khuê"));
    assert_eq!(
        provider.asked()[0]["scope"],
        "openid profile",
        "no e-mail address is asked for"
    );
    let kept = site
        .database
        .texts("SELECT COALESCE(email, '-') || kind FROM identities")
        .await;
    assert_eq!(
        kept,
        ["-provider"],
        "what the provider tells of itself is not kept"
    );
    assert_eq!(site.count("organisation_roles").await, 0);
    assert_eq!(site.count("audit_records").await, 0);
    assert_eq!(site.count("sign_in_states").await, 0);
    // Another device is the same person.
    assert_learning(&site.browser().get(BUTTON).await);
    assert_eq!(site.count("persons").await, 1);
    let administration = browser
        .get(&format!("/s/{}/administration", page.session_id()))
        .await;
    assert_eq!(administration.code().as_deref(), Some("WEB-FORBIDDEN"));
}

#[tokio::test]
async fn a_learners_provider_gives_no_rights_and_an_administrators_lets_no_learner_in() {
    let (_provider, site) = scene(|_| {}).await;
    assert_eq!(site.browser().get("/administration").await.count("a.button"), 0);
    let begun = site.browser().get("/sign-in/google").await;
    assert_eq!(begun.code().as_deref(), Some("OID-PROVIDER"));

    let administrators = crate::sign_in::Scene::set().await;
    assert_eq!(
        administrators
            .site
            .browser()
            .get("/sign-in")
            .await
            .count("a.button"),
        0
    );
    let begun = administrators
        .site
        .browser()
        .get("/sign-in/college/learner")
        .await;
    assert_eq!(begun.code().as_deref(), Some("OID-PROVIDER"));
}

#[tokio::test]
async fn a_provider_for_both_keeps_the_two_apart() {
    let (_provider, site) = scene(|setting| {
        setting.administrators = Administrators {
            subjects: vec!["khue".to_owned()],
            ..Administrators::default()
        };
    })
    .await;
    let browser = site.browser();
    let learning = browser.get(BUTTON).await;
    assert_learning(&learning);
    assert_eq!(
        site.count("organisation_roles").await,
        0,
        "as a learner nobody becomes an administrator"
    );
    let office = browser.get("/sign-in/google").await;
    assert!(
        office.url.path().ends_with("/administration"),
        "{}",
        office.all_text()
    );
    // One person, two sessions; the learner's one administers nothing, even now.
    assert_eq!(site.count("persons").await, 1);
    let path = format!("/s/{}/administration", learning.session_id());
    assert_eq!(browser.get(&path).await.code().as_deref(), Some("WEB-FORBIDDEN"));
    // Who administers does not delete that with the learner's account.
    let delete = format!("/s/{}/learning/delete", learning.session_id());
    let fields = [("csrf", learning.csrf()), ("sure", "1".to_owned())];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(
        browser.post(&delete, &fields).await.code().as_deref(),
        Some("WEB-CONFLICT")
    );
}

#[tokio::test]
async fn only_addresses_of_the_colleges_domain() {
    let (provider, site) = scene(|setting| {
        setting.learners = Some(Learners {
            email_domains: vec!["truong.edu.vn".to_owned()],
            scopes: vec!["profile".to_owned(), "email".to_owned()],
        });
    })
    .await;
    for (email, verified, expected) in [
        ("khue@truong.edu.vn", json!(true), None),
        ("khue@truong.edu.vn", json!(false), Some("OID-DOMAIN")),
        ("khue@truong.edu.vn", json!(null), Some("OID-DOMAIN")),
        ("khue@gmail.com", json!(true), Some("OID-DOMAIN")),
        ("khue@truong.edu.vn.evil.vn", json!(true), Some("OID-DOMAIN")),
    ] {
        provider.change(|it| it.claims = json!({ "email": email, "email_verified": verified }));
        let page = site.browser().get(BUTTON).await;
        assert_eq!(page.code().as_deref(), expected, "{email} {verified}");
        if expected.is_some() {
            assert_eq!(page.status, StatusCode::FORBIDDEN);
        }
    }
    assert_eq!(site.count("persons").await, 1);
    let kept = site
        .database
        .number("SELECT COUNT(*) FROM identities WHERE email IS NOT NULL")
        .await;
    assert_eq!(kept, 0, "the rule looked at it, nobody keeps it");
}

#[tokio::test]
async fn each_provider_leads_to_its_organisation() {
    let clock = Clock::system();
    let provider = OpenIdProvider::start(&clock);
    let settings = vec![
        provider.as_learners_setting("a", Some("Trường A")),
        provider.as_learners_setting("b", Some("Trường B")),
    ];
    let site = TestSite::start_with(clock, settings).await;
    let browser = site.browser();
    let at_a = browser.get("/sign-in/a/learner").await;
    assert_eq!(at_a.text(".who .course").as_deref(), Some("Trường A"));
    let at_b = site.browser().get("/sign-in/b/learner").await;
    assert_eq!(at_b.text(".who .course").as_deref(), Some("Trường B"));
    assert_eq!(
        site.count("persons").await,
        1,
        "the same account is the same person"
    );
}

#[tokio::test]
async fn a_sign_in_that_was_begun_as_a_learner_ends_as_one() {
    let (_provider, site) = scene(|setting| {
        setting.administrators = Administrators {
            subjects: vec!["khue".to_owned()],
            ..Administrators::default()
        };
    })
    .await;
    let browser = site.browser();
    let at_provider = crate::sign_in::one_step(&browser, &format!("{}{BUTTON}", site.url)).await;
    let back = crate::sign_in::one_step(&browser, &at_provider).await;
    assert_learning(&browser.get(&back).await);
    assert_eq!(site.count("organisation_roles").await, 0);
}
