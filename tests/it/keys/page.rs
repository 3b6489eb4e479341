//! The administration page, without any script.

use reqwest::StatusCode;
use tests::{Answer, Browser, TestSite};

use super::{audited, fetch_keys, pin_keys, states};

async fn open(site: &TestSite, organisation: Option<&str>) -> (Browser, Answer) {
    let link = app::administration::link(&site.app, organisation.map(str::to_owned)).await;
    let mut browser = site.browser();
    browser.language = "en";
    let overview = browser.post(&link.expect("a link"), &[]).await;
    let page = browser.get(&format!("{}/keys", overview.url.path())).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    (browser, page)
}

#[tokio::test]
async fn an_administrator_rotates_and_reads_who_has_to_mend_what() {
    let (site, connected) = TestSite::connected().await;
    let other = site.connect(Some("Trường khác")).await;
    pin_keys(&site, &connected).await;
    pin_keys(&site, &other).await;
    let (browser, page) = open(&site, None).await;
    assert_eq!(page.count("tbody tr"), 1);
    assert_eq!(page.count("article"), 1, "only the organisation's own platforms");

    let held_up = browser.post(page.url.as_str(), &[("csrf", &page.csrf())]).await;
    assert_eq!(held_up.status, StatusCode::OK, "{}", held_up.all_text());
    assert_eq!(held_up.count("tbody tr"), 2);
    assert_eq!(held_up.count(".notice.warn"), 1);
    let told = held_up.all_text();
    for expected in [
        "Keyset URL",
        "/lti/jwks",
        "One platform of another organisation",
        "kid",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let later = browser.get(page.url.as_str()).await;
    assert_eq!(later.count(".notice.bad"), 1, "the page says it by itself");

    let overview = browser.get(page.url.as_str().trim_end_matches("/keys")).await;
    assert_eq!(
        overview.count(".notice.bad a[href$=keys]"),
        1,
        "and so does the overview"
    );

    fetch_keys(&site, &connected);
    fetch_keys(&site, &other);
    let done = browser.post(page.url.as_str(), &[("csrf", &page.csrf())]).await;
    assert_eq!(done.count(".notice.good"), 1, "{}", done.all_text());
    assert_eq!(
        done.count("form[action$=keys]"),
        0,
        "nothing to press before the old key is gone"
    );
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    let by_person =
        "SELECT COUNT(*) FROM audit_records WHERE action = 'key.publish' AND person_id IS NOT NULL";
    assert_eq!(
        site.database.number(by_person).await,
        1,
        "{:?}",
        audited(&site).await
    );
    let all = "SELECT COUNT(*) FROM audit_records WHERE action = 'key.publish'";
    assert_eq!(
        site.database.number(all).await,
        2,
        "both organisations find it in their trail"
    );
}

#[tokio::test]
async fn a_second_organisation_asks_its_own_platform_again_and_makes_no_key() {
    let (site, connected) = TestSite::connected().await;
    let other = site.connect(Some("Trường khác")).await;
    let (browser, page) = open(&site, Some("Trường khác")).await;
    assert_eq!(page.count("form[action$=keys]"), 0, "{}", page.all_text());
    assert!(
        page.all_text().contains("set up first"),
        "it says who makes keys: {}",
        page.all_text()
    );
    let pressed = browser.post(page.url.as_str(), &[("csrf", &page.csrf())]).await;
    assert_eq!(pressed.code().as_deref(), Some("WEB-FORBIDDEN"));
    assert_eq!(states(&site.app).await, ["signing"]);

    pin_keys(&site, &other).await;
    let (first, keys) = open(&site, None).await;
    first.post(keys.url.as_str(), &[("csrf", &keys.csrf())]).await;
    assert_eq!(states(&site.app).await, ["published", "signing"]);
    fetch_keys(&site, &other);
    let asked = browser.post(page.url.as_str(), &[("csrf", &page.csrf())]).await;
    assert_eq!(asked.count(".notice.good"), 1, "{}", asked.all_text());
    assert_eq!(
        asked.count("form[action$=keys]"),
        0,
        "nothing is left to be asked"
    );
    assert_eq!(states(&site.app).await, ["signing", "retiring"]);
    let made = "SELECT COUNT(*) FROM audit_records WHERE action = 'key.publish' AND person_id IS NOT NULL";
    assert_eq!(site.database.number(made).await, 1);
    drop(connected);
}

#[tokio::test]
async fn nobody_else_rotates() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra", &[]);
    let (administrator, page) = open(&site, None).await;
    let browser = site.browser();
    let initiation = site
        .platform
        .launch_initiation(practice_platform::INSTRUCTOR, activity);
    let front = browser.launch(&initiation.expect("both are known")).await;
    let address = format!("/s/{}/administration/keys", front.session_id());
    for answer in [
        browser.get(&address).await,
        browser.post(&address, &[("csrf", &front.csrf())]).await,
    ] {
        assert_eq!(answer.code().as_deref(), Some("WEB-FORBIDDEN"));
    }
    let forged = administrator.post(page.url.as_str(), &[("csrf", "wrong")]).await;
    assert_eq!(forged.code().as_deref(), Some("WEB-CSRF"));
    let stranger = site
        .browser()
        .post(page.url.as_str(), &[("csrf", &page.csrf())])
        .await;
    assert_eq!(stranger.code().as_deref(), Some("WEB-SESSION"));
    assert_eq!(states(&site.app).await, ["signing"]);
}
