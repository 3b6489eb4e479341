//! A course is put away and taken out again, and copied.

use practice_platform::INSTRUCTOR;
use reqwest::StatusCode;

use super::desk;
use crate::learner::of_first_organisation;

#[tokio::test]
async fn what_is_put_away_is_found_no_more_and_whoever_has_begun_goes_on() {
    let desk = desk().await;
    desk.course().await;
    desk.publish("Bản đầu").await;
    let (learner, session) = of_first_organisation(&desk.site).await;
    let lesson = format!("/s/{session}/courses/an-toan-dien/khi-may-chay");
    assert_eq!(learner.get(&lesson).await.status, StatusCode::OK);
    let (stranger, of_stranger) = of_first_organisation(&desk.site).await;
    let guest = desk.site.browser();
    let read = "/courses/an-toan-dien/khi-may-chay?language=vi";
    assert_eq!(guest.get(read).await.status, StatusCode::OK);

    let page = desk.get("").await;
    let page = desk.browser.submit(&page, "away", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.all_text().contains("đã được lưu trữ"), "{}", page.all_text());
    assert_eq!(guest.get(read).await.code().as_deref(), Some("WEB-NOT-FOUND"));
    assert_eq!(guest.get("/courses?language=vi").await.count(".courses h2"), 0);
    assert_eq!(desk.browser.get(&desk.list).await.count(".entries li"), 0);
    let away = desk.browser.get(&format!("{}?away=1", desk.list)).await;
    assert_eq!(away.count(".entries li"), 1, "{}", away.all_text());
    assert_eq!(learner.get(&lesson).await.status, StatusCode::OK);
    let own = learner.get(&format!("/s/{session}/learning")).await;
    assert!(own.all_text().contains("An toàn điện"), "{}", own.all_text());
    let lesson = lesson.replace(&session, &of_stranger);
    let refused = stranger.get(&lesson).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"));

    let page = desk.browser.submit(&page, "away", &[]).await;
    assert!(!page.all_text().contains("đã được lưu trữ"));
    assert_eq!(guest.get(read).await.status, StatusCode::OK);
    let deeds = "SELECT action FROM audit_records WHERE action LIKE 'course.%archive' ORDER BY id";
    assert_eq!(
        desk.site.database.texts(deeds).await,
        ["course.archive", "course.unarchive"]
    );
}

#[tokio::test]
async fn a_copy_is_a_course_of_its_own() {
    let desk = desk().await;
    desk.course().await;
    desk.publish("").await;
    let page = desk.get("").await;
    let copy = page.attributes("form[action$='/copy']", "action").concat();
    let page = desk.browser.post(&copy, &[("csrf", &page.csrf())]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(
        page.url.path().ends_with("/an-toan-dien-ban-sao"),
        "{} for {INSTRUCTOR}",
        page.url
    );
    assert_eq!(page.text(".of-course").as_deref(), Some("An toàn điện (bản sao)"));
    assert_eq!(page.text(".badge").as_deref(), Some("Chưa xuất bản"));
    assert_eq!(page.count(".edited-steps > li"), 2);
    // what is written there stays there
    desk.press(&page, "step:khi-may-chay:up", &[]).await;
    let first = desk.get("").await;
    let steps = first.attributes(".edited-steps > li", "data-key");
    assert_eq!(steps, ["truoc-khi-mo-may", "khi-may-chay"]);
}
