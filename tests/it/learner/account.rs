//! A learner's session and account: the cookie that changes, how long it lasts, the way back to it, the data, the end.

use chrono::Duration;
use reqwest::{Method, StatusCode, header};
use serde_json::json;
use tests::{TestSite, post_by_script};

use super::{COLLEGE, Learner, codes, redeem};

#[tokio::test]
async fn a_planted_cookie_is_worth_nothing_after_the_sign_in() {
    let site = TestSite::start().await;
    let mut all = codes(&site, COLLEGE, "2").await;
    let learner = Learner::new(&site, &all.remove(0), "An").await;
    let planted = learner
        .browser
        .cookie("localhost", "__Host-taynghe-browser")
        .unwrap();
    let shown = redeem(&learner.browser, &all.remove(0), "Bình").await;
    let next = shown.attributes("a.button", "href").remove(0);
    let page = learner.browser.get(&next).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_ne!(
        learner
            .browser
            .cookie("localhost", "__Host-taynghe-browser")
            .unwrap(),
        planted
    );
    let cookie = (header::COOKIE, format!("__Host-taynghe-browser={planted}"));
    let stolen = site.browser().send(Method::GET, &page.url, &[cookie], None).await;
    assert_eq!(stolen.status, StatusCode::UNAUTHORIZED);
    // On a shared computer the learner before is out.
    let before = learner.browser.get(learner.page.url.as_str()).await;
    assert_eq!(before.code().as_deref(), Some("WEB-SESSION"));
}

#[tokio::test]
async fn the_entrance_knows_who_is_signed_in_and_signing_out_forgets_nothing() {
    let site = TestSite::start().await;
    let learner = Learner::of_college(&site).await;
    let there = learner.browser.get("/sign-in").await;
    assert_eq!(there.url, learner.page.url);
    assert_eq!(site.browser().get("/sign-in").await.url.path(), "/sign-in");
    let front = learner.browser.get(&learner.path("")).await;
    assert_eq!(front.url, learner.page.url);

    let out = learner.browser.submit(&learner.page, "csrf", &[]).await;
    assert_eq!(out.url.path(), "/sign-in", "{}", out.all_text());
    assert_eq!(out.count(".notice.good"), 1);
    assert_eq!(learner.browser.get("/sign-in").await.url.path(), "/sign-in");
    let back = redeem(&learner.browser, &learner.return_code, "").await;
    assert_eq!(back.text(".who .name").as_deref(), Some("Nguyễn Thị Ánh"));
}

#[tokio::test]
async fn a_session_lasts_half_a_day_or_a_month_where_the_learner_says_so() {
    let site = TestSite::start().await;
    let learner = Learner::of_college(&site).await;
    site.clock.advance(Duration::hours(11));
    let account = learner.browser.get(&learner.path("learning/account")).await;
    let csrf = account.csrf();
    let stay = learner
        .browser
        .post(&learner.path("learning/stay"), &[("csrf", &csrf)])
        .await;
    assert_eq!(stay.status, StatusCode::OK, "{}", stay.all_text());
    site.clock.advance(Duration::days(30) - Duration::seconds(5));
    assert_eq!(
        learner.browser.get(learner.page.url.as_str()).await.status,
        StatusCode::OK
    );
    site.clock.advance(Duration::seconds(10));
    let over = learner.browser.get(learner.page.url.as_str()).await;
    assert_eq!(over.code().as_deref(), Some("WEB-SESSION"));

    let other = Learner::of_college(&site).await;
    site.clock.advance(Duration::hours(12) + Duration::seconds(5));
    let over = other.browser.get(other.page.url.as_str()).await;
    assert_eq!(over.code().as_deref(), Some("WEB-SESSION"));
}

#[tokio::test]
async fn a_learner_renews_the_code_to_return_with() {
    let site = TestSite::start().await;
    let learner = Learner::of_college(&site).await;
    let csrf = learner.page.csrf();
    let shown = learner
        .browser
        .post(&learner.path("learning/return-code"), &[("csrf", &csrf)])
        .await;
    let renewed = shown.text(".big-code code").unwrap();
    assert_ne!(renewed, learner.return_code);
    let old = redeem(&site.browser(), &learner.return_code, "").await;
    assert_eq!(super::failure(&old).as_deref(), Some("WEB-CODE"));
    let back = redeem(&site.browser(), &renewed, "").await;
    assert!(back.url.path().ends_with("/learning"));
}

#[tokio::test]
async fn all_that_is_kept_comes_as_a_file_and_goes_with_the_account() {
    let site = TestSite::start().await;
    crate::course::take_in(&site, None, &crate::course::files(), Some("Bản đầu"))
        .await
        .unwrap();
    let learner = Learner::of_college(&site).await;
    let report = json!({
        "steps": { "chia-van": { "what": "read", "at": "2026-11-01T08:00:00Z" } },
        "notes": { "chia-van/xuong-toi": "Trên giá đỏ" },
    });
    let csrf = learner.page.csrf();
    let fields = [("csrf", csrf.as_str()), ("progress", &report.to_string())];
    let path = learner.path("courses/an-toan-xuong/device_progress");
    post_by_script(&learner.browser, &path, &fields).await;

    let file = learner.browser.get(&learner.path("learning/data.json")).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.header("cache-control"), "no-store");
    let data = file.json();
    assert_eq!(data["accounts"][0]["name"], "Nguyễn Thị Ánh");
    assert_eq!(data["courses"][0]["steps"][0]["step"], "chia-van");
    assert_eq!(data["courses"][0]["reflections"][0]["words"], "Trên giá đỏ");
    assert!(!file.body.contains("hash"), "{}", file.body);

    let delete = learner.path("learning/delete");
    let unsure = learner.browser.post(&delete, &[("csrf", &csrf)]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.count("persons").await, 2);
    let gone = learner
        .browser
        .post(&delete, &[("csrf", &csrf), ("sure", "1")])
        .await;
    assert_eq!(gone.url.path(), "/sign-in", "{}", gone.all_text());
    assert_eq!(gone.count(".notice.good"), 1);
    for table in [
        "learner_codes",
        "course_readers",
        "course_steps_done",
        "course_reflections",
    ] {
        assert_eq!(site.count(table).await, 0, "{table}");
    }
    assert_eq!(site.count("persons").await, 1, "the administrator stays");
    let stored: String = site.database.contents().await.into_iter().collect();
    assert!(!stored.contains("Nguyễn Thị Ánh") && !stored.contains("Trên giá đỏ"));
    let back = redeem(&site.browser(), &learner.return_code, "").await;
    assert_eq!(super::failure(&back).as_deref(), Some("WEB-CODE"));
}
