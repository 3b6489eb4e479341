//! Codes: made, redeemed once, withdrawn, guessed; the code to return with, and what is done when it is lost.

use chrono::Duration;
use reqwest::StatusCode;
use tests::TestSite;

use super::{COLLEGE, Learner, administrator, codes, failure, make_codes, redeem};

#[tokio::test]
async fn a_code_becomes_an_account_and_brings_back_on_any_device() {
    let site = TestSite::start().await;
    let code = codes(&site, COLLEGE, "3").await.remove(0);
    let browser = site.browser();
    let typed = code.to_lowercase().replace('-', " ");
    let asked = redeem(&browser, &typed, "").await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.all_text());
    assert!(asked.all_text().contains(COLLEGE));
    assert_eq!(
        site.count("identities").await,
        1,
        "nobody yet but the administrator"
    );

    let nameless = browser.submit(&asked, "name", &[("name", " -- ")]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = browser
        .submit(&nameless, "name", &[("name", "  Nguyễn  Thị Ánh ")])
        .await;
    let return_code = shown.text(".big-code code").unwrap();
    assert_eq!(return_code.len(), "K7PM-3XQT-9HVR-CC44".len());
    let page = browser.get(&shown.attributes("a.button", "href").remove(0)).await;
    assert_eq!(page.text(".who .name").as_deref(), Some("Nguyễn Thị Ánh"));
    assert_eq!(page.text(".who .course").as_deref(), Some(COLLEGE));

    let stored: String = site.database.contents().await.into_iter().collect();
    for secret in [
        &code,
        &return_code,
        &code.replace('-', ""),
        &return_code.replace('-', ""),
    ] {
        assert!(!stored.contains(secret.as_str()), "a code is stored");
    }

    let phone = site.browser();
    let there = redeem(&phone, &return_code, "").await;
    assert!(there.url.path().ends_with("/learning"), "{}", there.all_text());
    assert_eq!(there.text(".who .name").as_deref(), Some("Nguyễn Thị Ánh"));
    assert_eq!(
        site.count("persons").await,
        2,
        "one learner beside the administrator"
    );
    // Both devices go on.
    assert_eq!(browser.get(page.url.as_str()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn codes_that_open_nothing() {
    let site = TestSite::start().await;
    let (office, page) = administrator(&site, COLLEGE).await;
    let mut made = make_codes(&office, &page, "Lớp hàn K20", "4").await;
    let (used, expired) = (made.remove(0), made.remove(0));
    Learner::new(&site, &used, "An").await;
    let browser = site.browser();
    let refused = async |code: &str| {
        let page = redeem(&browser, code, "Bình").await;
        assert_eq!(
            page.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{code}: {}",
            page.all_text()
        );
        assert_eq!(page.attributes("input[name=code]", "value"), [code]);
        failure(&page).unwrap()
    };
    let people = site.count("persons").await;
    assert_eq!(refused(&used).await, "WEB-CODE-USED");
    assert_eq!(refused("K7PM-3XQT").await, "WEB-CODE");
    assert_eq!(refused("K7PM").await, "WEB-CODE");
    assert_eq!(refused("' OR 1=1 --").await, "WEB-CODE");

    // Withdrawn, one by one and all of a label.
    let list = office
        .get(&format!("/s/{}/administration/learners", page.session_id()))
        .await;
    assert_eq!(
        list.count("form[action$=\"/withdraw\"]"),
        4,
        "three codes, and all"
    );
    let one = list
        .attributes("form[action*=\"/codes/\"][action$=\"/withdraw\"]", "action")
        .remove(0);
    let csrf = list.csrf();
    assert_eq!(office.post(&one, &[("csrf", &csrf)]).await.status, StatusCode::OK);
    site.clock.advance(Duration::days(30));
    let (office, page) = administrator(&site, COLLEGE).await;
    let late = refused(&expired).await;
    assert!(
        ["WEB-CODE-EXPIRED", "WEB-CODE"].contains(&late.as_str()),
        "{late}"
    );
    let fresh = make_codes(&office, &page, "Lớp hàn K21", "2").await;
    let list = office
        .get(&format!("/s/{}/administration/learners", page.session_id()))
        .await;
    let emptied = office.submit(&list, "label", &[]).await;
    drop(emptied);
    let all = format!("/s/{}/administration/learners/withdraw", page.session_id());
    let fields = [("csrf", list.csrf()), ("label", "Lớp hàn K21".to_owned())];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    assert_eq!(office.post(&all, &fields).await.status, StatusCode::OK);
    for code in &fresh {
        assert_eq!(refused(code).await, "WEB-CODE");
    }
    assert_eq!(
        site.count("persons").await,
        people + 1,
        "the second administrator, no learner"
    );
}

#[tokio::test]
async fn an_expired_code_is_told_for_a_month_and_then_gone() {
    let site = TestSite::start().await;
    let code = codes(&site, COLLEGE, "1").await.remove(0);
    site.clock.advance(Duration::days(30));
    app::tidy::tidy(&site.app).await.unwrap();
    let page = redeem(&site.browser(), &code, "An").await;
    assert_eq!(failure(&page).as_deref(), Some("WEB-CODE-EXPIRED"));
    site.clock.advance(Duration::days(31));
    app::tidy::tidy(&site.app).await.unwrap();
    assert_eq!(site.count("learner_codes").await, 0);
}

#[tokio::test]
async fn of_two_who_redeem_at_once_one_gets_it() {
    let site = TestSite::start().await;
    let code = codes(&site, COLLEGE, "1").await.remove(0);
    let (one, other) = (site.browser(), site.browser());
    let (a, b) = tokio::join!(redeem(&one, &code, "An"), redeem(&other, &code, "Bình"));
    let mut failures = [failure(&a), failure(&b)];
    failures.sort();
    assert_eq!(failures, [None, Some("WEB-CODE-USED".to_owned())]);
    assert_eq!(site.count("persons").await, 2);
}

#[tokio::test]
async fn guessing_ends_and_a_whole_class_behind_one_address_does_not() {
    let site = TestSite::start().await;
    let all = codes(&site, COLLEGE, "60").await;
    for code in all.iter().take(45) {
        Learner::new(&site, code, "Học viên").await;
    }
    let browser = site.browser();
    for _ in 0..40 {
        let page = redeem(&browser, "K7PM-3XQT", "An").await;
        assert_eq!(failure(&page).as_deref(), Some("WEB-CODE"));
    }
    // Even the right one opens nothing now, or guessing would go on.
    let right = redeem(&browser, &all[50], "An").await;
    assert_eq!(
        right.code().as_deref(),
        Some("WEB-TOO-MANY"),
        "{}",
        right.all_text()
    );
    site.clock.advance(Duration::minutes(10));
    Learner::new(&site, &all[50], "An").await;
}

#[tokio::test]
async fn a_lost_code_is_replaced_by_the_organisations_administrator_only() {
    let site = TestSite::start().await;
    let (office, page) = administrator(&site, COLLEGE).await;
    let code = make_codes(&office, &page, "Lớp hàn K20", "1").await.remove(0);
    let learner = Learner::new(&site, &code, "Nguyễn Thị Ánh").await;
    let list = office
        .get(&format!("/s/{}/administration/learners", page.session_id()))
        .await;
    assert!(list.all_text().contains("Nguyễn Thị Ánh"));
    let again = list.attributes("form[action$=\"/again\"]", "action").remove(0);
    let sheet = office.post(&again, &[("csrf", &list.csrf())]).await;
    let fresh = sheet.text(".sheet code").unwrap();

    // Until somebody uses it, nothing changes for the learner.
    assert_eq!(
        learner.browser.get(learner.page.url.as_str()).await.status,
        StatusCode::OK
    );
    let phone = site.browser();
    let shown = redeem(&phone, &fresh, "").await;
    let renewed = shown.text(".big-code code").unwrap();
    let there = phone.get(&shown.attributes("a.button", "href").remove(0)).await;
    assert_eq!(there.text(".who .name").as_deref(), Some("Nguyễn Thị Ánh"));
    // Whoever found the lost one is out.
    let old_page = learner.browser.get(learner.page.url.as_str()).await;
    assert_eq!(old_page.code().as_deref(), Some("WEB-SESSION"));
    let old = redeem(&site.browser(), &learner.return_code, "").await;
    assert_eq!(failure(&old).as_deref(), Some("WEB-CODE"));
    assert_eq!(
        failure(&redeem(&site.browser(), &fresh, "").await).as_deref(),
        Some("WEB-CODE-USED")
    );
    let back = redeem(&site.browser(), &renewed, "").await;
    assert!(back.url.path().ends_with("/learning"));

    let trail = site
        .database
        .texts("SELECT action FROM audit_records WHERE action LIKE 'learner%' ORDER BY id")
        .await;
    assert_eq!(trail, ["learner-codes.make", "learner-codes.again"]);
}

#[tokio::test]
async fn codes_belong_to_the_organisation_that_made_them() {
    let site = TestSite::start().await;
    let learner = Learner::of_college(&site).await;
    let (office_b, page_b) = administrator(&site, "Cao đẳng Nghề B").await;
    let list = office_b
        .get(&format!("/s/{}/administration/learners", page_b.session_id()))
        .await;
    assert!(!list.all_text().contains("Nguyễn Thị Ánh"));
    let ids = site
        .database
        .texts("SELECT id FROM learner_codes ORDER BY id")
        .await;
    for id in ids {
        for deed in ["again", "withdraw"] {
            let path = format!(
                "/s/{}/administration/learners/codes/{id}/{deed}",
                page_b.session_id()
            );
            let answer = office_b.post(&path, &[("csrf", &page_b.csrf())]).await;
            assert_eq!(answer.code().as_deref(), Some("WEB-NOT-FOUND"), "{deed}");
        }
    }
    // A learner administers nothing.
    for path in [
        learner.path("administration/learners"),
        learner.path("administration"),
    ] {
        let answer = learner.browser.get(&path).await;
        assert_eq!(answer.code().as_deref(), Some("WEB-FORBIDDEN"), "{path}");
    }
}

#[tokio::test]
async fn what_an_administrator_asks_for_is_judged() {
    let site = TestSite::start().await;
    let (office, page) = administrator(&site, COLLEGE).await;
    let path = format!("/s/{}/administration/learners/codes", page.session_id());
    let csrf = page.csrf();
    let long = "a".repeat(81);
    for (label, count, days) in [
        ("", "1", "7"),
        (long.as_str(), "1", "7"),
        ("Lớp", "0", "7"),
        ("Lớp", "201", "7"),
        ("Lớp", "-1", "7"),
        ("Lớp", "một", "7"),
        ("Lớp", "1", "0"),
        ("Lớp", "1", "9999"),
    ] {
        let fields = [
            ("csrf", csrf.as_str()),
            ("label", label),
            ("count", count),
            ("days", days),
        ];
        let answer = office.post(&path, &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{label} {count} {days}"
        );
        assert_eq!(answer.count("#new-error"), 1);
    }
    assert_eq!(site.count("learner_codes").await, 0);
    for _ in 0..10 {
        make_codes(&office, &page, "Lớp", "200").await;
    }
    let fields = [
        ("csrf", csrf.as_str()),
        ("label", "Lớp"),
        ("count", "1"),
        ("days", "7"),
    ];
    let answer = office.post(&path, &fields).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "more would be guessed too easily"
    );
}

#[tokio::test]
async fn another_sites_page_signs_nobody_in() {
    let site = TestSite::start().await;
    let code = codes(&site, COLLEGE, "1").await.remove(0);
    let browser = site.browser();
    let fields = vec![
        ("code".to_owned(), code.clone()),
        ("name".to_owned(), "An".to_owned()),
    ];
    for origin in ["https://evil.example", "null"] {
        let answer = browser.post_from(origin, "/sign-in/code", fields.clone()).await;
        assert_eq!(answer.code().as_deref(), Some("WEB-CSRF"), "{origin}");
    }
    assert!(browser.cookie_names("localhost").is_empty());
    Learner::new(&site, &code, "An").await;
}
