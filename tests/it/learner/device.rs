//! A device's progress is taken over into an account: what is believed of it, and what not.

use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{TestSite, post_by_script};

use super::{COLLEGE, Learner, codes};

const COURSE: &str = "an-toan-xuong";

async fn scene() -> (TestSite, Learner) {
    let site = TestSite::start().await;
    crate::course::take_in(&site, None, &crate::course::files(), Some("Bản đầu"))
        .await
        .unwrap();
    let learner = Learner::of_college(&site).await;
    (site, learner)
}

async fn take_over(learner: &Learner, course: &str, report: &str) -> (StatusCode, Option<String>) {
    let csrf = learner.page.csrf();
    let path = learner.path(&format!("courses/{course}/device_progress"));
    post_by_script(&learner.browser, &path, &[("csrf", &csrf), ("progress", report)]).await
}

async fn steps(site: &TestSite) -> Vec<String> {
    let query = "SELECT step_key || ' ' || what FROM course_steps_done ORDER BY step_key";
    site.database.texts(query).await
}

#[tokio::test]
async fn what_a_guest_read_and_wrote_becomes_the_accounts() {
    let (site, learner) = scene().await;
    assert_eq!(
        learner
            .page
            .count(&format!("form[data-device-course=\"{COURSE}\"]")),
        1
    );
    let report = json!({
        "steps": { "chia-van": { "what": "read", "at": "2026-11-01T08:00:00Z" } },
        "last": "kinh",
        "notes": { "chia-van/xuong-toi": "Trên giá đỏ" },
    });
    assert_eq!(
        take_over(&learner, COURSE, &report.to_string()).await,
        (StatusCode::SEE_OTHER, None)
    );
    assert_eq!(steps(&site).await, [r#"chia-van {"kind":"read"}"#]);
    let words = site.database.texts("SELECT words FROM course_reflections").await;
    assert_eq!(words, ["Trên giá đỏ"]);
    // Twice is once.
    assert_eq!(
        take_over(&learner, COURSE, &report.to_string()).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(site.count("course_steps_done").await, 1);
    assert_eq!(
        site.database.texts("SELECT words FROM course_reflections").await,
        words
    );
    let page = learner.browser.get(learner.page.url.as_str()).await;
    let way_on = page.attributes("a.button.primary", "href");
    assert!(
        way_on[0].ends_with(&format!("/courses/{COURSE}/kinh")),
        "{way_on:?}"
    );
    assert_eq!(page.attributes("progress", "value"), ["33"]);
}

#[tokio::test]
async fn a_device_proves_no_marks_and_makes_nothing_less() {
    let (site, learner) = scene().await;
    let claims = json!({
        "steps": {
            "thi": { "what": { "kind": "passed", "percent": 100 }, "at": "2026-11-01T08:00:00Z" },
            "kinh": { "what": "passed", "percent": 100 },
            "chia-van": { "what": "read", "at": "2099-01-01T00:00:00Z" },
            "khong-co": { "what": "read" },
            "../../x": { "what": "read" },
        },
        "notes": { "chia-van/khong-co": "a", "khong-co/x": "b", "chia-van": "c", "chia-van/xuong-toi": 7 },
        "last": "khong-co",
    });
    assert_eq!(
        take_over(&learner, COURSE, &claims.to_string()).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(steps(&site).await, [r#"chia-van {"kind":"read"}"#]);
    assert_eq!(site.count("course_reflections").await, 0);
    assert_eq!(site.count("course_completions").await, 0);
    let future = "SELECT COUNT(*) FROM course_steps_done WHERE done_at > '2098-01-01'";
    assert_eq!(site.database.number(future).await, 0);

    // The account knows better already.
    let passed = r#"UPDATE course_steps_done SET what = '{"kind":"passed","percent":80.0}'"#;
    site.database.execute(passed).await;
    take_over(&learner, COURSE, &claims.to_string()).await;
    assert_eq!(
        steps(&site).await,
        [r#"chia-van {"kind":"passed","percent":80.0}"#]
    );
}

#[tokio::test]
async fn reports_that_cannot_be_read_are_refused_and_change_nothing() {
    let (site, learner) = scene().await;
    let many: serde_json::Map<String, Value> = (0..501)
        .map(|number| (format!("k{number}"), json!({ "what": "read" })))
        .collect();
    let many = json!({ "steps": many }).to_string();
    let long = json!({ "last": "a".repeat(100_000) }).to_string();
    for report in ["", "null", "[]", "{\"steps\": []}", "{\"steps\": {", &many, &long] {
        let (status, code) = take_over(&learner, COURSE, report).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{report:.40}");
        assert_eq!(code.as_deref(), Some("CRS-DEVICE"), "{report:.40}");
    }
    let unknown = take_over(&learner, "khong-co", "{}").await;
    assert_eq!(unknown.1.as_deref(), Some("WEB-NOT-FOUND"));
    for table in ["course_readers", "course_steps_done", "course_reflections"] {
        assert_eq!(site.count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn each_learner_has_their_own() {
    let (site, learner) = scene().await;
    let code = codes(&site, COLLEGE, "1").await.remove(0);
    let other = Learner::new(&site, &code, "Trần Văn Bảo").await;
    take_over(&learner, COURSE, r#"{"steps": {"kinh": {"what": "read"}}}"#).await;
    let theirs = other.browser.get(&other.path("learning/data.json")).await.json();
    assert_eq!(theirs["courses"], json!([]));
    let page = other.browser.get(other.page.url.as_str()).await;
    assert_eq!(page.count("progress"), 0);
}

#[tokio::test]
async fn a_student_of_a_platform_takes_it_over_where_the_activity_opens_the_course() {
    let (site, connected) = TestSite::connected().await;
    crate::course::take_in(&site, None, &crate::course::files(), Some("Bản đầu"))
        .await
        .unwrap();
    let course_id = site.database.texts("SELECT id FROM courses").await.remove(0);
    let course = site.add_activity(&connected, "Khóa học", &[("taynghe_course", &course_id)]);
    let other = site.add_activity(&connected, "Bài khác", &[]);
    let refused = |status, code: &str| (status, Some(code.to_owned()));
    for (user, activity, expected) in [
        (
            STUDENTS[0],
            other,
            refused(StatusCode::NOT_FOUND, "WEB-NOT-FOUND"),
        ),
        (
            INSTRUCTOR,
            course,
            refused(StatusCode::FORBIDDEN, "WEB-FORBIDDEN"),
        ),
        (STUDENTS[0], course, (StatusCode::SEE_OTHER, None)),
    ] {
        let browser = site.browser();
        let page = browser
            .launch(&site.platform.launch_initiation(user, activity).unwrap())
            .await;
        let path = format!("/s/{}/courses/{COURSE}/device_progress", page.session_id());
        let csrf = page.csrf();
        let fields = [
            ("csrf", csrf.as_str()),
            ("progress", r#"{"steps": {"kinh": {"what": "read"}}}"#),
        ];
        assert_eq!(post_by_script(&browser, &path, &fields).await, expected, "{user}");
        let is_offered = page.count(&format!("form[data-device-course=\"{COURSE}\"]")) == 1;
        assert_eq!(is_offered, user == STUDENTS[0] && activity == course);
    }
    assert_eq!(steps(&site).await, [r#"kinh {"kind":"read"}"#]);
}

#[tokio::test]
async fn the_courses_order_holds_for_what_a_device_brings() {
    let site = TestSite::start().await;
    let mut files = crate::course::files();
    let course = files.get_mut("course.toml").unwrap();
    let ordered = String::from_utf8_lossy(course)
        .replace("language = \"vi\"", "language = \"vi\"\norder = \"in_sequence\"");
    *course = ordered.into_bytes();
    crate::course::take_in(&site, None, &files, Some("Bản đầu"))
        .await
        .unwrap();
    let learner = Learner::of_college(&site).await;
    take_over(&learner, COURSE, r#"{"steps": {"kinh": {"what": "read"}}}"#).await;
    assert!(steps(&site).await.is_empty(), "the lesson before was never read");
    let both = r#"{"steps": {"kinh": {"what": "read"}, "chia-van": {"what": "read"}}}"#;
    take_over(&learner, COURSE, both).await;
    assert_eq!(steps(&site).await.len(), 2);
}
