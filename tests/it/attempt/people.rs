//! Whose attempt it is, and what everybody else sees of it.

use assessment::Rules;
use lti::claim;
use practice_platform::{INSTRUCTOR, Message, OUTSIDER, STUDENTS};
use reqwest::{Method, StatusCode, header};
use serde_json::json;
use tests::{Answer, Browser, TestSite};
use url::{Url, form_urlencoded};

use super::{Desk, Quiz};

#[tokio::test]
async fn nobody_elses_attempt_is_there() {
    let quiz = Quiz::with(Rules::default()).await;
    let owner = quiz.launch(STUDENTS[0]).await;
    let sheet = owner.start().await;
    let id = sheet.id();
    let other = quiz.launch(STUDENTS[1]).await;
    let csrf = other.front.csrf();
    let path = |rest: &str| other.path(&format!("attempts/{id}{rest}"));
    let tab = sheet.tab("tab-1");
    let body = tab.body(&[tab.answer("q1", &["o1"], quiz.now())]);
    let answers = [
        other.browser.get(&path("")).await,
        other.browser.get(&path("/confirm")).await,
        other.browser.post(&path("/submit"), &[("csrf", &csrf)]).await,
        other
            .browser
            .post(&path("/answers"), &[("csrf", &csrf), ("then", "stay")])
            .await,
        other.browser.put_json(&path("/entries"), &csrf, &body).await,
        other
            .browser
            .put_json(&path("/entries"), &csrf, &tab.body(&[]))
            .await,
    ];
    for answer in answers {
        assert_eq!(answer.code().as_deref(), Some("WEB-NOT-FOUND"), "{}", answer.body);
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    // the owner's address is worth nothing in another browser
    let stolen = other.browser.get(sheet.page.url.path()).await;
    assert_eq!(stolen.code().as_deref(), Some("WEB-SESSION"));
    assert_eq!(quiz.site.count("attempt_entries").await, 0);
}

#[tokio::test]
async fn an_instructor_reads_and_does_not_write() {
    let quiz = Quiz::with(Rules::default()).await;
    let student = quiz.launch(STUDENTS[0]).await;
    let sheet = student.start().await;
    let tab = sheet.tab("tab-1");
    let body = tab.body(&[tab.answer("q1", &["o1"], quiz.now())]);
    sheet.saves(&body, 1).await;

    let instructor = quiz.launch(INSTRUCTOR).await;
    assert_eq!(instructor.front.url.path(), instructor.path("gradebook"));
    let path = instructor.path(&format!("attempts/{}", sheet.id()));
    let running = instructor.browser.get(&path).await;
    assert_eq!(running.status, StatusCode::OK, "{}", running.all_text());
    assert_eq!(running.count("form#attempt"), 0);
    assert_eq!(running.count(".choice.chosen"), 1);
    sheet.submit().await;
    let review = instructor.browser.get(&path).await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 3,33/10"));
    let name = review.text("p.lead").unwrap_or_default();
    let users = quiz.site.platform.users();
    let user = users
        .iter()
        .find(|user| user.id == STUDENTS[0])
        .expect("the student");
    assert!(name.contains(&user.given_name), "{name}");

    let csrf = instructor.front.attributes("input[name=csrf]", "value").remove(0);
    let answers = [
        instructor
            .browser
            .put_json(&format!("{path}/entries"), &csrf, &body)
            .await,
        instructor
            .browser
            .post(&format!("{path}/submit"), &[("csrf", &csrf)])
            .await,
        instructor
            .browser
            .post(&instructor.path("attempts"), &[("csrf", &csrf)])
            .await,
    ];
    for answer in answers {
        assert_eq!(
            answer.code().as_deref(),
            Some("ATT-NOT-A-LEARNER"),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn who_is_not_enrolled_reads_the_title_only() {
    let quiz = Quiz::with(Rules::default()).await;
    let desk = launch_without_role(&quiz).await;
    assert_eq!(desk.front.text("h1").as_deref(), Some("An toàn lao động"));
    assert!(
        !desk.front.all_text().contains("Đọc kỹ"),
        "{}",
        desk.front.all_text()
    );
    assert_eq!(desk.front.count("form.call"), 0);
    assert_eq!(desk.front.count(".facts"), 0);
    let csrf = desk.front.attributes("input[name=csrf]", "value").remove(0);
    let answer = desk
        .browser
        .post(&desk.path("attempts"), &[("csrf", &csrf)])
        .await;
    assert_eq!(answer.code().as_deref(), Some("ATT-NOT-A-LEARNER"));
    assert_eq!(quiz.site.count("attempts").await, 0);
}

#[tokio::test]
async fn an_activity_without_a_quiz_says_so() {
    let (site, connected) = TestSite::connected().await;
    let activity = site.add_activity(&connected, "Chưa có bài", &[]);
    let quiz = Quiz { site, activity };
    let student = quiz.launch(STUDENTS[0]).await;
    assert_eq!(student.front.url.path(), student.path(""));
    assert_eq!(student.front.count("form.call"), 0);
    let instructor = quiz.launch(INSTRUCTOR).await;
    assert_eq!(instructor.front.url.path(), instructor.path("picker"));
}

// A platform that gives nobody a role by itself: Moodle calls everyone a learner who does not teach.
async fn launch_without_role(quiz: &Quiz) -> Desk {
    let (browser, front) = launch_as(&quiz.site, OUTSIDER, quiz.activity, &[]).await;
    Desk { browser, front }
}

/// Launches with these roles, whatever the platform would say.
pub(crate) async fn launch_as(
    site: &TestSite,
    user: i64,
    activity: i64,
    roles: &[&str],
) -> (Browser, Answer) {
    let browser = site.browser();
    let platform = &site.platform;
    let initiation = platform.launch_initiation(user, activity).expect("the activity");
    let headers = [(
        header::CONTENT_TYPE,
        "application/x-www-form-urlencoded".to_owned(),
    )];
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&initiation.fields)
        .finish();
    let login = Url::parse(&initiation.action).expect("an address");
    let answer = browser.send(Method::POST, &login, &headers, Some(body)).await;
    let request = Url::parse(answer.header("location")).expect("the authentication request");
    let parameter = |wanted: &str| {
        let found = request.query_pairs().find(|(name, _)| name == wanted);
        found.expect("each request has it").1.into_owned()
    };
    let message = Message::ResourceLink { activity };
    let mut claims = platform
        .launch_claims(user, message, &parameter("nonce"))
        .expect("claims");
    claims[claim::ROLES] = json!(roles);
    let fields = vec![
        ("id_token".to_owned(), platform.sign(&claims)),
        ("state".to_owned(), parameter("state")),
    ];
    let front = browser.post_from(platform.origin(), "/lti/launch", fields).await;
    assert_eq!(front.status, StatusCode::OK, "{}", front.all_text());
    (browser, front)
}
