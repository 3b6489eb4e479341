//! Several activities of a course in one column of the platform's gradebook:
//! weighted, rounded once, shown before it is applied.

use assessment::Draft;
use chrono::{DateTime, Duration, Utc};
use practice_platform::{COURSE, Fault, Grade, INSTRUCTOR, STUDENTS, Service};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use crate::authoring;

/// A course with two activities of two questions each, both with columns of their own.
struct Course {
    site: TestSite,
    connected: Connected,
    activities: Vec<i64>,
}

/// The instructor at the page of the module's score.
struct Desk {
    browser: Browser,
    page: Answer,
}

impl Course {
    async fn begin(closes_at: [Option<DateTime<Utc>>; 2]) -> Self {
        let (site, connected) = TestSite::connected().await;
        let mut activities = Vec::new();
        for (title, closes_at) in ["Thường xuyên", "Định kỳ"].into_iter().zip(closes_at) {
            let quiz = app::assessment::install_sample(&site.app, None, draft(title, closes_at)).await;
            let quiz = quiz.expect("a quiz");
            let custom = [
                ("taynghe_assessment", quiz.as_str()),
                ("taynghe_context_history", "$Context.id.history"),
            ];
            activities.push(site.add_activity(&connected, title, &custom));
        }
        Self {
            site,
            connected,
            activities,
        }
    }

    async fn launch(&self, user: i64, activity: usize) -> (Browser, Answer) {
        let browser = self.site.browser();
        let initiation = self
            .site
            .platform
            .launch_initiation(user, self.activities[activity]);
        let page = browser.launch(&initiation.expect("the activity")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        (browser, page)
    }

    /// Hands in an attempt with that many right answers of two.
    async fn hand_in(&self, user: i64, activity: usize, right: usize) {
        let (browser, page) = self.launch(user, activity).await;
        let csrf = page.csrf();
        let begun = format!("/s/{}/attempts", page.session_id());
        let attempt = browser.post(&begun, &[("csrf", csrf.as_str())]).await;
        let answer = |number: usize| if number <= right { "o1" } else { "o2" };
        let fields = [
            ("csrf", csrf.as_str()),
            ("was/s1", ""),
            ("answer/s1", answer(1)),
            ("was-flag/s1", ""),
            ("was/s2", ""),
            ("answer/s2", answer(2)),
            ("was-flag/s2", ""),
            ("then", "submit"),
        ];
        let submitted = browser
            .post(&format!("{}/answers", attempt.url.path()), &fields)
            .await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
    }

    /// The instructor opens the page; both activities were opened before.
    async fn desk(&self) -> Desk {
        self.launch(INSTRUCTOR, 1).await;
        let (browser, page) = self.launch(INSTRUCTOR, 0).await;
        let page = browser
            .get(&format!("/s/{}/module-score", page.session_id()))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        Desk { browser, page }
    }

    /// Does what the loops do.
    async fn work(&self) {
        app::job::do_due(&self.site.app)
            .await
            .expect("the database works");
        app::grade::deliver_due(&self.site.app)
            .await
            .expect("the database works");
    }

    /// The number of the module's column.
    fn column(&self) -> i64 {
        let columns = self.site.platform.line_items();
        let ours: Vec<_> = columns.iter().filter(|column| !column.of_activity).collect();
        assert_eq!(ours.len(), 1, "{columns:?}");
        ours[0].id
    }

    fn grade(&self, user: i64) -> Grade {
        self.site.platform.grade(user, self.column())
    }

    fn scores(&self) -> usize {
        self.site.platform.requests_to(Service::Scores).len()
    }
}

impl Desk {
    /// Sends the form: name, rounding, and a weight for each activity, empty for one that is not chosen.
    async fn send(&self, button: &str, rounding: &str, unfinished: &str, weights: &[&str]) -> Answer {
        self.send_as(button, "Điểm tổng kết", "10", rounding, unfinished, weights)
            .await
    }

    async fn send_as(
        &self,
        button: &str,
        label: &str,
        maximum: &str,
        rounding: &str,
        unfinished: &str,
        weights: &[&str],
    ) -> Answer {
        let csrf = self.page.csrf();
        let seen = self.page.attributes("input[name=seen]", "value").remove(0);
        let mut fields = vec![
            ("csrf".to_owned(), csrf),
            ("seen".to_owned(), seen),
            ("label".to_owned(), label.to_owned()),
            ("maximum".to_owned(), maximum.to_owned()),
            ("rounding".to_owned(), rounding.to_owned()),
            ("unfinished".to_owned(), unfinished.to_owned()),
            ("do".to_owned(), button.to_owned()),
        ];
        let names = self
            .page
            .attributes(".score-activities input[type=checkbox]", "name");
        for (name, weight) in names.iter().zip(weights) {
            let id = name.trim_start_matches("choose.");
            fields.push((format!("weight.{id}"), (*weight).to_owned()));
            if !weight.is_empty() {
                fields.push((name.clone(), "on".to_owned()));
            }
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.browser.post(&self.path(""), &fields).await
    }

    async fn press(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.page.csrf();
        let all: Vec<_> = [("csrf", csrf.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.browser.post(&self.path(path), &all).await
    }

    async fn again(self) -> Self {
        let page = self.browser.get(&self.path("")).await;
        Self { page, ..self }
    }

    fn path(&self, rest: &str) -> String {
        format!("/s/{}/module-score{rest}", self.page.session_id())
    }
}

fn draft(title: &str, closes_at: Option<DateTime<Utc>>) -> Draft {
    let mut draft = authoring::draft(title);
    draft.rules.attempts_allowed = None;
    draft.rules.time_limit_seconds = None;
    draft.rules.closes_at = closes_at;
    draft
}

#[tokio::test]
async fn two_activities_become_one_weighted_grade() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    course.hand_in(STUDENTS[0], 1, 2).await;
    course.hand_in(STUDENTS[1], 0, 1).await;
    let desk = course.desk().await;
    assert_eq!(desk.page.count(".score-activities li"), 2);

    // Recalculating changes nothing.
    let shown = desk.send("preview", "tenths", "left-out", &["1", "2"]).await;
    let text = shown.text(".score tbody").unwrap_or_default();
    assert!(text.contains("8,3333") && text.contains("8,3/10"), "{text}");
    let shares = shown.text(".score-activities").unwrap_or_default();
    assert!(shares.contains("33,3") && shares.contains("66,7"), "{shares}");
    assert_eq!(course.site.platform.line_items().len(), 2);

    let saved = desk.send("save", "tenths", "left-out", &["1", "2"]).await;
    assert!(saved.all_text().contains("Đã lưu"), "{}", saved.all_text());
    course.work().await;
    let grade = course.grade(STUDENTS[0]);
    assert_eq!(grade.grade, Some(8.3));
    assert_eq!(
        grade.feedback.as_deref(),
        Some("(5×1 + 10×2) / 3 = 8,3333 → 8,3/10")
    );
    assert_eq!(
        course.grade(STUDENTS[1]).grade,
        Some(5.0),
        "what is not done is left out"
    );
    assert_eq!(
        course.grade(STUDENTS[2]),
        Grade::default(),
        "nothing done, nothing sent"
    );

    // A later attempt moves both columns.
    course.hand_in(STUDENTS[1], 1, 1).await;
    course.hand_in(STUDENTS[0], 0, 2).await;
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(10.0));
    let own = course.site.platform.line_items();
    let own = own
        .iter()
        .find(|column| column.of_activity)
        .expect("the activity's own");
    assert_eq!(
        course.site.platform.grade(STUDENTS[0], own.id).grade,
        Some(10.0),
        "its own column, too"
    );
    let problems = course.site.platform.problems();
    assert!(problems.is_empty(), "{problems:?}");
}

#[tokio::test]
async fn who_moves_is_shown_before_it_is_applied() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    course.hand_in(STUDENTS[0], 1, 2).await;
    course.hand_in(STUDENTS[1], 0, 2).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "left-out", &["1", "1"]).await;
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(7.5));
    let (column, sent) = (course.column(), course.scores());

    let desk = desk.again().await;
    let page = desk.send("save", "tenths", "left-out", &["1", "3"]).await;
    let text = page.all_text();
    assert!(
        text.contains("1 điểm sẽ thay đổi") && text.contains("Chưa lưu gì cả"),
        "{text}"
    );
    assert_eq!(page.count(".score tr.moves"), 1, "the other one's grade stays");
    let moved = page.text(".score tr.moves").unwrap_or_default();
    assert!(moved.contains("7,5/10") && moved.contains("8,8/10"), "{moved}");
    course.work().await;
    assert_eq!(
        (course.grade(STUDENTS[0]).grade, course.scores()),
        (Some(7.5), sent)
    );

    let desk = Desk { page, ..desk };
    let done = desk.send("save", "tenths", "left-out", &["1", "3"]).await;
    assert!(done.all_text().contains("Đã lưu"), "{}", done.all_text());
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(8.8));
    assert_eq!(course.scores(), sent + 1, "only what changed is sent");
    assert_eq!(course.column(), column);
}

#[tokio::test]
async fn name_scale_and_rounding_reach_the_column() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    let desk = course.desk().await;
    desk.send("save", "halves", "left-out", &["1", ""]).await;
    course.work().await;
    let desk = desk.again().await;
    let page = desk
        .send_as("preview", "Tổng kết K18", "4", "halves", "left-out", &["1", ""])
        .await;
    let desk = Desk { page, ..desk };
    desk.send_as("save", "Tổng kết K18", "4", "halves", "left-out", &["1", ""])
        .await;
    course.work().await;
    let columns = course.site.platform.line_items();
    let column = columns
        .iter()
        .find(|column| column.id == course.column())
        .expect("ours");
    assert_eq!(
        (column.label.as_str(), column.score_maximum),
        ("Tổng kết K18", 4.0)
    );
    assert_eq!(column.resource_id, "taynghe-module-score");
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(2.0));
}

#[tokio::test]
async fn what_nobody_did_counts_zero_after_its_close() {
    let closes_at = app::Clock::system().now() + Duration::hours(5);
    let course = Course::begin([None, Some(closes_at)]).await;
    course.hand_in(STUDENTS[0], 0, 2).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "zero-after-close", &["1", "1"]).await;
    course.work().await;
    assert_eq!(
        course.grade(STUDENTS[0]).grade,
        Some(10.0),
        "it can still be done"
    );
    course.site.clock.advance(Duration::hours(6));
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(5.0));
    assert_eq!(
        course.grade(STUDENTS[1]),
        Grade::default(),
        "who did nothing has no grade"
    );
    let page = course.desk().await.page;
    assert!(
        page.text(".score tbody")
            .unwrap_or_default()
            .contains("(chưa làm)")
    );
}

/// By the student's own closing time.
#[tokio::test]
async fn zero_comes_after_the_own_close() {
    let closes_at = app::Clock::system().now() + Duration::hours(5);
    let course = Course::begin([None, Some(closes_at)]).await;
    course.hand_in(STUDENTS[0], 0, 2).await;
    course.hand_in(STUDENTS[1], 0, 2).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "zero-after-close", &["1", "1"]).await;
    let later = (closes_at + Duration::hours(3)).to_rfc3339();
    let exception = format!(
        "INSERT INTO rule_overrides (id, placement_id, person_id, content, changed_at)
         SELECT 'later', p.id, i.person_id, '{{\"closes_at\":{{\"to\":\"{later}\"}}}}', p.created_at
         FROM placements p CROSS JOIN identities i
         WHERE i.subject = '{}' AND p.id NOT IN (SELECT placement_id FROM attempts)",
        STUDENTS[0]
    );
    course.site.database.execute(&exception).await;
    course.work().await;
    course.site.clock.advance(Duration::hours(6));
    course.work().await;
    let grades = || [STUDENTS[0], STUDENTS[1]].map(|user| course.grade(user).grade);
    assert_eq!(grades(), [Some(10.0), Some(5.0)]);
    course.site.clock.advance(Duration::hours(3));
    course.work().await;
    assert_eq!(grades(), [Some(5.0), Some(5.0)]);
}

#[tokio::test]
async fn a_deleted_activity_drops_out_and_says_so() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    course.hand_in(STUDENTS[0], 1, 2).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "left-out", &["1", "1"]).await;
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(7.5));
    course.site.platform.delete_activity(course.activities[1]);
    course.site.clock.advance(Duration::hours(37));
    // The platform's columns are looked at one after the other; then the module is worked out again.
    for _ in 0..4 {
        course.work().await;
    }
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(5.0));
    let (browser, page) = course.launch(INSTRUCTOR, 0).await;
    let page = browser
        .get(&format!("/s/{}/module-score", page.session_id()))
        .await;
    let text = page.text(".score-activities").unwrap_or_default();
    assert!(text.contains("không còn cột điểm của bài này"), "{text}");
}

#[tokio::test]
async fn a_form_that_is_wrong_says_where() {
    let course = Course::begin([None, None]).await;
    let desk = course.desk().await;
    let page = desk
        .send_as("save", " ", "10,5", "tenths", "left-out", &["0", ""])
        .await;
    let text = page.all_text();
    for told in [
        "Hãy ghi tên cột điểm",
        "Thang điểm là số nguyên",
        "Hệ số là số lớn hơn 0",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let page = desk.send("save", "tenths", "left-out", &["", ""]).await;
    assert!(page.all_text().contains("Hãy chọn ít nhất một bài"));
    let page = desk
        .send_as("preview", " ", "10", "tenths", "left-out", &["2", "1"])
        .await;
    assert!(
        page.count("table.score") == 1 && page.count(".error") == 0,
        "nobody needs a name to see the grades: {}",
        page.all_text()
    );
    assert_eq!(course.site.count("column_contributions").await, 0);
    assert_eq!(course.site.platform.line_items().len(), 2);
}

#[tokio::test]
async fn a_platform_that_does_not_answer_loses_nothing() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    let desk = course.desk().await;
    course
        .site
        .platform
        .set_fault(Service::LineItems, Fault::Down, None);
    let page = desk.send("save", "tenths", "left-out", &["1", "1"]).await;
    assert_eq!(
        page.code().as_deref(),
        Some("LTI-SVC-UNREACHABLE"),
        "{}",
        page.all_text()
    );
    assert!(page.all_text().contains("Đã lưu ở đây"), "{}", page.all_text());
    course.work().await;
    course.site.platform.clear_faults();
    let desk = desk.again().await;
    let page = desk.send("save", "tenths", "left-out", &["1", "1"]).await;
    assert!(page.all_text().contains("Đã lưu"), "{}", page.all_text());
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(5.0));
}

#[tokio::test]
async fn a_teachers_module_grade_stays() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "left-out", &["1", "1"]).await;
    course.work().await;
    course.site.clock.advance(Duration::minutes(1));
    course
        .site
        .platform
        .set_override(STUDENTS[0], course.column(), Some(9.0));
    course.site.clock.advance(Duration::minutes(1));
    course.hand_in(STUDENTS[0], 1, 2).await;
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(9.0));
    let desk = desk.again().await;
    assert!(desk.page.all_text().contains("điểm 9 do giáo viên nhập"));
    let person = desk
        .page
        .attributes("form[action$='/overwrite'] input[name=person]", "value")
        .remove(0);
    desk.press("/overwrite", &[("person", &person)]).await;
    course.work().await;
    assert_eq!(course.grade(STUDENTS[0]).grade, Some(7.5));
}

#[tokio::test]
async fn a_copied_course_says_that_it_waits_for_its_column_and_finds_the_one_that_came_along() {
    let mut course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 2).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "left-out", &["1", "2"]).await;
    let told = "chưa nối với cột điểm nào";
    assert!(!desk.again().await.page.all_text().contains(told));
    let before = course.site.platform.line_items().len();

    let (_, copies) = course.site.platform.copy_course(COURSE).expect("the course");
    course.activities = course.activities.iter().map(|id| copies[id]).collect();
    let (browser, page) = course.launch(INSTRUCTOR, 0).await;
    let copy = format!("/s/{}/copy", page.session_id());
    let reused = browser
        .post(&copy, &[("csrf", &page.csrf()), ("do", "reuse")])
        .await;
    assert_eq!(reused.status, StatusCode::OK, "{}", reused.all_text());
    let desk = course.desk().await;
    assert!(desk.page.all_text().contains(told), "{}", desk.page.all_text());
    let saved = desk.send("save", "tenths", "left-out", &["1", "2"]).await;
    assert!(!saved.all_text().contains(told), "{}", saved.all_text());
    let columns = course.site.platform.line_items();
    assert_eq!(columns.len(), 2 * before, "never a second one: {columns:?}");
}

#[tokio::test]
async fn both_files_have_the_modules_grade() {
    let course = Course::begin([None, None]).await;
    course.hand_in(STUDENTS[0], 0, 1).await;
    let desk = course.desk().await;
    desk.send("save", "tenths", "left-out", &["1", "2"]).await;
    course.work().await;
    let file = desk.browser.get(&desk.path(".csv")).await;
    let mut lines = file.body.trim_start_matches('\u{feff}').lines();
    let header = lines.next().unwrap_or_default();
    assert_eq!(
        header,
        "Họ và tên;Thường xuyên;Định kỳ;Trước khi làm tròn;Điểm gửi đi;Điểm tối đa;Tình trạng gửi"
    );
    assert!(
        lines.any(|line| line.ends_with(";5;;5;5;10;Đã tới")),
        "{}",
        file.body
    );
    let book = format!("/s/{}/gradebook.csv", desk.page.session_id());
    let file = desk.browser.get(&book).await;
    let mut lines = file.body.trim_start_matches('\u{feff}').lines();
    assert!(
        lines
            .next()
            .unwrap_or_default()
            .ends_with(";Điểm học phần/mô đun")
    );
    assert!(lines.any(|line| line.ends_with(";5")), "{}", file.body);
}

#[tokio::test]
async fn only_instructors_choose() {
    let course = Course::begin([None, None]).await;
    let (browser, page) = course.launch(STUDENTS[0], 0).await;
    let path = format!("/s/{}/module-score", page.session_id());
    assert_eq!(browser.get(&path).await.code().as_deref(), Some("WEB-FORBIDDEN"));
    assert_eq!(
        browser.get(&format!("{path}.csv")).await.code().as_deref(),
        Some("WEB-FORBIDDEN")
    );
    let csrf = page.csrf();
    let saved = browser
        .post(&path, &[("csrf", csrf.as_str()), ("do", "save")])
        .await;
    assert_eq!(saved.code().as_deref(), Some("WEB-FORBIDDEN"));
    let desk = course.desk().await;
    let forged = desk
        .browser
        .post(&desk.path(""), &[("csrf", "x"), ("do", "save")])
        .await;
    assert_eq!(forged.code().as_deref(), Some("WEB-CSRF"));
    for button in ["/send-again", "/overwrite"] {
        let none = desk.press(button, &[("person", "anybody")]).await;
        assert_eq!(
            none.code().as_deref(),
            Some("WEB-NOT-FOUND"),
            "{button}: there is no such column yet"
        );
    }
    assert_eq!(course.connected.deployment_id, course.connected.tool.to_string());
}
