//! What instructors arrange: other rules for persons and groups, extra time for
//! a person everywhere, more time for attempts that run, another attempt.

use assessment::{Rules, WhenTimeIsOver};
use chrono::Duration;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use serde_json::Value;
use tests::Answer;

use super::{Desk, Quiz, Sheet};

fn ten_minutes() -> Rules {
    Rules {
        time_limit_seconds: Some(600),
        attempts_allowed: Some(1),
        pass_percent: Some(50),
        ..Rules::default()
    }
}

impl Quiz {
    async fn teacher(&self) -> Desk {
        self.launch(INSTRUCTOR).await
    }

    /// The person behind a user of the platform who has launched.
    async fn person(&self, user: i64) -> String {
        let person = format!("SELECT person_id FROM identities WHERE subject = '{user}'");
        self.site.database.texts(&person).await.concat()
    }

    /// Sets what a student needs, as an instructor.
    pub(super) async fn accommodate(&self, user: i64, fields: &[(&str, &str)]) -> Answer {
        let enrolment = format!(
            "SELECT e.id FROM enrolments e JOIN identities i ON i.id = e.identity_id WHERE i.subject = '{user}'"
        );
        let enrolment = self.site.database.texts(&enrolment).await.concat();
        let teacher = self.teacher().await;
        teacher
            .sends(&format!("accommodations/{enrolment}"), fields)
            .await
    }

    async fn grants(&self) -> Vec<Value> {
        let payloads =
            "SELECT payload FROM attempt_entries WHERE kind = 'time_granted' ORDER BY attempt_id, position";
        let payloads = self.site.database.texts(payloads).await;
        payloads
            .iter()
            .map(|payload| serde_json::from_str(payload).expect("JSON"))
            .collect()
    }

    async fn noted(&self, action: &str) -> usize {
        let found = format!("SELECT id FROM audit_records WHERE action = '{action}'");
        self.site.database.texts(&found).await.len()
    }
}

impl Desk {
    async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.front.csrf();
        let fields: Vec<(&str, &str)> = [("csrf", csrf.as_str())]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.browser.post(&self.path(path), &fields).await
    }
}

/// The seconds left, as the page's script hears them; in tens, because the clock runs on.
async fn remaining(sheet: &Sheet<'_>) -> i64 {
    let tab = sheet.tab("asks");
    let heard = sheet.saves(&tab.body(&[]), 0).await;
    let seconds = heard["remaining_seconds"].as_i64().expect("a limit");
    (seconds + 9) / 10 * 10
}

#[tokio::test]
async fn an_override_of_a_person_moves_a_running_attempt_at_once() {
    let quiz = Quiz::with(ten_minutes()).await;
    let (desk, other) = (quiz.launch(STUDENTS[0]).await, quiz.launch(STUDENTS[1]).await);
    let (sheet, others) = (desk.start().await, other.start().await);
    let teacher = quiz.teacher().await;
    let whom = format!("person:{}", quiz.person(STUDENTS[0]).await);

    let wrong = [("whom", whom.as_str()), ("time_limit", "0"), ("attempts", "x")];
    let again = teacher.sends("overrides", &wrong).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.count("[aria-invalid]"), 2, "{}", again.all_text());
    assert_eq!(again.attributes("#time_limit", "value"), ["0"]);

    let list = teacher
        .sends("overrides", &[("whom", &whom), ("time_limit", "20")])
        .await;
    assert!(list.all_text().contains("20 phút"), "{}", list.all_text());
    assert_eq!((remaining(&sheet).await, remaining(&others).await), (1_200, 600));
    let grants = quiz.grants().await;
    assert_eq!(
        (grants.len(), &grants[0]["seconds"], &grants[0]["cause"]),
        (1, &Value::from(600), &Value::from("rules"))
    );
    let teachers = quiz.person(INSTRUCTOR).await;
    assert_eq!(grants[0]["by"], teachers.as_str());

    // what is added stays beside what there was
    let list = teacher
        .sends(
            "overrides",
            &[("whom", &whom), ("attempts", "3"), ("password", "phay-7")],
        )
        .await;
    assert!(list.all_text().contains("20 phút"), "{}", list.all_text());
    assert!(
        !list.body.contains("phay-7"),
        "a password stands in its form only"
    );
    let path = list.attributes("section.card a.button", "href").concat();
    let form = teacher.browser.get(&path).await;
    assert_eq!(form.attributes("#password", "value"), ["phay-7"]);
    let changed = teacher
        .browser
        .submit(
            &form,
            "time_limit",
            &[("time_limit", ""), ("no_time_limit", "on"), ("do", "save")],
        )
        .await;
    assert!(changed.all_text().contains("không có"), "{}", changed.all_text());
    let unlimited = sheet.saves(&sheet.tab("asks").body(&[]), 0).await;
    assert_eq!(unlimited["remaining_seconds"], Value::Null);
    teacher
        .browser
        .submit(&form, "time_limit", &[("do", "remove")])
        .await;
    assert_eq!(remaining(&sheet).await, 600);
    assert_eq!(
        (
            quiz.noted("override.save").await,
            quiz.noted("override.remove").await
        ),
        (3, 1)
    );
    let noted = "SELECT detail FROM audit_records WHERE action = 'override.save'";
    assert!(!quiz.site.database.texts(noted).await.concat().contains("phay-7"));
}

#[tokio::test]
async fn a_group_has_rules_of_its_own_as_long_as_one_is_in_it() {
    let quiz = Quiz::with(ten_minutes()).await;
    let (desk, other) = (quiz.launch(STUDENTS[0]).await, quiz.launch(STUDENTS[1]).await);
    let (sheet, others) = (desk.start().await, other.start().await);
    let teacher = quiz.teacher().await;
    let made = teacher.sends("groups", &[("name", "Ca tối")]).await;
    let group = made
        .url
        .path_segments()
        .and_then(Iterator::last)
        .expect("an id")
        .to_owned();
    let twice = teacher.sends("groups", &[("name", "Ca tối")]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert_eq!(twice.count("#name[aria-invalid]"), 1);

    let nobody = teacher.sends("overrides", &[("time_limit", "30")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nobody.count("#whom[aria-invalid]"), 1);
    assert_eq!(nobody.count("#time_limit[value='30']"), 1, "what was typed stays");
    let whom = format!("group:{group}");
    teacher
        .sends("overrides", &[("whom", &whom), ("time_limit", "30")])
        .await;
    assert_eq!(remaining(&sheet).await, 600, "nobody is in it yet");
    let person = quiz.person(STUDENTS[0]).await;
    let (path, member) = (format!("groups/{group}"), format!("member.{person}"));
    teacher
        .sends(
            &path,
            &[
                ("name", "Ca tối"),
                (&member, "on"),
                ("member.nobody", "on"),
                ("do", "save"),
            ],
        )
        .await;
    assert_eq!((remaining(&sheet).await, remaining(&others).await), (1_800, 600));
    assert_eq!(quiz.site.count("group_members").await, 1);
    let nameless = teacher
        .sends(&path, &[("name", " "), (&member, "on"), ("do", "save")])
        .await;
    assert_eq!(
        nameless.count("#name[aria-invalid][value=' ']"),
        1,
        "{}",
        nameless.body
    );
    assert_eq!(nameless.count("input[checked]"), 1);
    // the person's own beats it
    let own = format!("person:{person}");
    teacher
        .sends("overrides", &[("whom", &own), ("time_limit", "5")])
        .await;
    assert_eq!(remaining(&sheet).await, 300);
    teacher.sends(&path, &[("do", "remove")]).await;
    assert_eq!(
        (
            quiz.site.count("course_groups").await,
            quiz.site.count("rule_overrides").await
        ),
        (0, 1)
    );
    assert_eq!(remaining(&sheet).await, 300);
}

#[tokio::test]
async fn what_a_person_needs_holds_everywhere_and_only_teachers_see_it() {
    let quiz = Quiz::with(ten_minutes()).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    for wrong in [
        [("factor", "other"), ("other_factor", "5")],
        [("factor", "100"), ("breaks", "241")],
    ] {
        let again = quiz.accommodate(STUDENTS[0], &wrong).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(again.count("[aria-invalid]"), 1, "{}", again.all_text());
    }
    let needs = [
        ("factor", "other"),
        ("other_factor", "1,75"),
        ("breaks", ""),
        ("font", "150"),
    ];
    let list = quiz.accommodate(STUDENTS[0], &needs).await;
    assert!(list.all_text().contains("× 1,75"), "{}", list.all_text());
    assert_eq!(remaining(&sheet).await, 1_050);
    sheet.submit().await;
    let front = desk.browser.get(&desk.path("")).await;
    assert_eq!(front.count("html.text-150"), 1);
    assert!(
        front.all_text().contains("Thời gian của bạn"),
        "{}",
        front.all_text()
    );
    assert!(front.all_text().contains("17 phút"), "{}", front.all_text());
    for path in ["accommodations", "overrides", "groups"] {
        let refused = desk.browser.get(&desk.path(path)).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"), "{path}");
    }
    assert_eq!(quiz.noted("accommodation.save").await, 1);
    let detail = "SELECT detail FROM audit_records WHERE action = 'accommodation.save'";
    assert_eq!(quiz.site.database.texts(detail).await, ["{}"]);
    // the usual takes it away
    quiz.accommodate(
        STUDENTS[0],
        &[("factor", "100"), ("breaks", "0"), ("font", "100")],
    )
    .await;
    assert_eq!(quiz.site.count("accommodations").await, 0);
}

#[tokio::test]
async fn fifteen_minutes_are_one_tap_and_one_tap_back() {
    let quiz = Quiz::with(ten_minutes()).await;
    let (desk, other) = (quiz.launch(STUDENTS[0]).await, quiz.launch(STUDENTS[1]).await);
    let (sheet, others) = (desk.start().await, other.start().await);
    let teacher = quiz.teacher().await;
    assert_eq!(
        teacher.front.count("input[name=attempt]"),
        2,
        "{}",
        teacher.front.all_text()
    );
    let attempt = sheet.id();
    let book = teacher
        .sends("gradebook/time", &[("attempt", &attempt), ("seconds", "900")])
        .await;
    assert_eq!((remaining(&sheet).await, remaining(&others).await), (1_500, 600));
    let grants = quiz.grants().await;
    assert_eq!(
        (&grants[0]["seconds"], &grants[0]["cause"]),
        (&Value::from(900), &Value::from("granted"))
    );

    let back = teacher.browser.submit(&book, "grant", &[]).await;
    assert!(back.all_text().contains("Đã hoàn tác"), "{}", back.all_text());
    teacher.browser.submit(&book, "grant", &[]).await;
    assert_eq!(remaining(&sheet).await, 600, "taken back once");
    let all = teacher.sends("gradebook/time", &[("seconds", "900")]).await;
    assert!(all.all_text().contains("2 lượt"), "{}", all.all_text());
    assert_eq!(
        (remaining(&sheet).await, remaining(&others).await),
        (1_500, 1_500)
    );
    let refused = desk.sends("gradebook/time", &[("seconds", "900")]).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-FORBIDDEN"));
    for seconds in ["0", "-900", "999999", "x"] {
        let refused = teacher.sends("gradebook/time", &[("seconds", seconds)]).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-FORM"), "{seconds}");
    }
    assert_eq!(
        (
            quiz.noted("attempt.grant_time").await,
            quiz.noted("attempt.undo_time").await
        ),
        (2, 1)
    );
    // an answer still counts after the time that was first
    quiz.site.clock.advance(Duration::seconds(1_400));
    let tab = sheet.tab("tab-1");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
}

#[tokio::test]
async fn another_attempt_is_given_and_passing_is_told() {
    let quiz = Quiz::with(Rules {
        when_time_is_over: WhenTimeIsOver::Submit,
        ..ten_minutes()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert!(
        desk.front.all_text().contains("Điểm đạt"),
        "{}",
        desk.front.all_text()
    );
    let sheet = desk.start().await;
    let review = sheet.submit().await;
    assert!(review.all_text().contains("Chưa đạt"), "{}", review.all_text());
    let person = quiz.person(STUDENTS[0]).await;
    let teacher = quiz.teacher().await;
    let shown = async |query: &str| {
        let page = teacher
            .browser
            .get(&teacher.path(&format!("gradebook{query}")))
            .await;
        page.count("table.gradebook tbody tr")
    };
    assert_eq!(
        (
            shown("").await,
            shown("?passed=yes").await,
            shown("?passed=no").await
        ),
        (1, 0, 1)
    );
    let csv = teacher.browser.get(&teacher.path("gradebook.csv")).await;
    assert!(
        csv.body.contains("Đạt") && csv.body.contains("không"),
        "{}",
        csv.body
    );

    assert_eq!(
        desk.press_start().await.code().as_deref(),
        Some("ATT-NO-ATTEMPTS-LEFT")
    );
    let given = teacher.sends("gradebook/attempt", &[("person", &person)]).await;
    assert!(
        given.all_text().contains("Đã cho thêm một lượt"),
        "{}",
        given.all_text()
    );
    let second = desk.start().await;
    let tab = second.tab("tab-1");
    let entries = [
        tab.answer("q1", &["o1"], quiz.now()),
        tab.answer("q3", &["true"], quiz.now()),
    ];
    second.saves(&tab.body(&entries), 2).await;
    second.submit().await;
    assert_eq!((shown("?passed=yes").await, shown("?passed=no").await), (1, 0));
    assert_eq!(
        desk.press_start().await.code().as_deref(),
        Some("ATT-NO-ATTEMPTS-LEFT")
    );
}
