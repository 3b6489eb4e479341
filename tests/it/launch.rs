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
