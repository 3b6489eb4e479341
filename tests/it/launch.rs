//! Launches that succeed: whose they are, where they lead, what they leave behind.

use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::TestSite;

#[tokio::test]
async fn a_student_opens_an_activity() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let browser = site.browser();
    let page = browser
        .launch(&site.platform.launch_initiation(STUDENTS[0], activity).unwrap())
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    page.session_id();
    assert_eq!(site.count("login_states").await, 0, "the state was used up");
    assert_eq!(site.count("identities").await, 1);
    assert!(
        site.platform.problems().is_empty(),
        "{:?}",
        site.platform.problems()
    );
}

#[tokio::test]
async fn in_a_frame_the_cookie_is_probed_before_the_hint_is_spent() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let mut browser = site.browser();
    browser.destination = "iframe";
    let page = browser
        .launch(&site.platform.launch_initiation(INSTRUCTOR, activity).unwrap())
        .await;
    page.session_id();

    browser.takes_cookies = false;
    let mut blocked = site.browser();
    blocked.destination = "iframe";
    blocked.takes_cookies = false;
    let initiation = site.platform.launch_initiation(STUDENTS[1], activity).unwrap();
    let page = blocked.launch(&initiation).await;
    assert_eq!(page.count("form[target]"), 1, "{}", page.body);
    assert_eq!(
        site.count("login_states").await,
        0,
        "nothing is stored before the new window"
    );

    // The new window is another browsing context of the same browser, first-party.
    let mut window = site.browser();
    window.destination = "document";
    let opened = window.submit(&page, "login_hint", &[]).await;
    window.submit(&opened, "id_token", &[]).await.session_id();
}

#[tokio::test]
async fn the_reader_chooses_another_language_and_keeps_it() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Kiểm tra chương 1", &[]);
    let browser = site.browser();
    let page = browser
        .launch(&site.platform.launch_initiation(INSTRUCTOR, activity).unwrap())
        .await;
    assert_eq!(page.attributes("html", "lang"), ["vi"]);
    let name = page.text(".who .name").unwrap();

    let in_english = browser.submit(&page, "language", &[("language", "en")]).await;
    assert_eq!(in_english.status, StatusCode::OK, "{}", in_english.all_text());
    assert_eq!(in_english.url, page.url, "the same page");
    assert_eq!(in_english.attributes("html", "lang"), ["en"]);
    assert_eq!(in_english.attributes(".bottom [aria-current]", "value"), ["en"]);
    assert_ne!(
        in_english.text(".who .name").unwrap(),
        name,
        "the order of names follows"
    );
    let later = browser.get(&format!("/s/{}/", page.session_id())).await;
    assert_eq!(later.attributes("html", "lang"), ["en"]);

    let unknown = browser.submit(&page, "language", &[("language", "xx")]).await;
    assert_eq!(unknown.code().as_deref(), Some("WEB-FORM"));
    let elsewhere = [("language", "de"), ("back", "https://elsewhere.example/")];
    let answer = browser.submit(&page, "language", &elsewhere).await;
    assert_eq!(answer.attributes("html", "lang"), ["de"]);
}
