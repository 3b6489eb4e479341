//! Sections 6.3 and 6.4: the calls of a tool to the names-and-roles service and to the grade service. For each of them
//! the suite looks at the request, its media type, its token and the token's scope; so does this, on what the practice
//! platform recorded while a class had a quiz.

use practice_platform::{ActivityConfig, COURSE, INSTRUCTOR, RecordedRequest, STUDENTS, Service};
use reqwest::StatusCode;
use serde_json::Value;
use tests::{Answer, Browser, TestSite};

use crate::authoring::published;

const AGS: &str = "https://purl.imsglobal.org/spec/lti-ags/scope";
const LIS: &str = "application/vnd.ims.lis";

/// A student handed in, a teacher looked, made a column, and the grade was delivered.
struct Class {
    site: TestSite,
    gradebook: Answer,
}

impl Class {
    async fn take_place() -> Self {
        let (site, connected) = TestSite::connected().await;
        let quiz = published(&site, None, "An toàn điện").await;
        let activity = ActivityConfig {
            title: "An toàn điện".to_owned(),
            url: format!("{}/", site.url),
            custom: vec![("taynghe_assessment".to_owned(), quiz)],
            tool: connected.tool,
            ..ActivityConfig::default()
        };
        let activity = site.platform.add_activity(COURSE, activity);
        let launch = async |user| {
            let browser = site.browser();
            let initiation = site.platform.launch_initiation(user, activity);
            let page = browser
                .launch(&initiation.expect("the platform knows both"))
                .await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
            (browser, page)
        };
        let (student, page) = launch(STUDENTS[0]).await;
        hand_in(&student, &page).await;
        let (teacher, page) = launch(INSTRUCTOR).await;
        let gradebook = format!("/s/{}/gradebook", page.session_id());
        let csrf = page.csrf();
        teacher
            .post(&format!("{gradebook}/column"), &[("csrf", &csrf)])
            .await;
        assert_eq!(app::grade::deliver_due(&site.app).await.expect("it works"), 1);
        app::job::do_due(&site.app).await.expect("it works");
        let gradebook = teacher.get(&gradebook).await;
        Self { site, gradebook }
    }

    /// The first request of that method to a service.
    fn request(&self, service: Service, method: &str) -> RecordedRequest {
        let mut requests = self.site.platform.requests_to(service).into_iter();
        let found = requests.find(|request| request.method == method);
        found.unwrap_or_else(|| panic!("no {method} to {service:?}"))
    }

    /// What the suite verifies of each request: header, bearer token, scope.
    fn check(&self, request: &RecordedRequest, header: &str, media_type: &str, scope: &str) {
        assert_eq!(request.header(header), Some(media_type), "{request:?}");
        let bearer = request
            .header("authorization")
            .and_then(|header| header.strip_prefix("Bearer "))
            .expect("a bearer token");
        let granted: Vec<Value> = self
            .site
            .platform
            .requests_to(Service::Token)
            .iter()
            .filter(|asked| asked.status == 200)
            .map(|asked| serde_json::from_str(&asked.answer).expect("JSON"))
            .collect();
        let token = granted
            .iter()
            .find(|token| token["access_token"] == bearer)
            .expect("the platform gave this token");
        let scopes = token["scope"].as_str().expect("scopes");
        assert!(scopes.split(' ').any(|granted| granted == scope), "{scopes}");
        assert!((200..300).contains(&request.status), "{request:?}");
        assert_eq!(request.problems, [], "{request:?}");
    }
}

async fn hand_in(browser: &Browser, page: &Answer) {
    let csrf = page.csrf();
    let attempts = format!("/s/{}/attempts", page.session_id());
    let attempt = browser.post(&attempts, &[("csrf", &csrf)]).await;
    let fields = [
        ("csrf", csrf.as_str()),
        ("was/s1", ""),
        ("answer/s1", "o1"),
        ("was-flag/s1", ""),
        ("was/s2", ""),
        ("answer/s2", "o2"),
        ("was-flag/s2", ""),
        ("then", "submit"),
    ];
    let answers = format!("{}/answers", attempt.url.path());
    let submitted = browser.post(&answers, &fields).await;
    assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
}

/// Six cases of one request; the last two are what became of the answer.
#[tokio::test]
async fn names_and_roles() {
    let class = Class::take_place().await;
    let request = class.request(Service::Memberships, "GET");
    class.check(
        &request,
        "accept",
        "application/vnd.ims.lti-nrps.v2.membershipcontainer+json",
        "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
    );
    for student in STUDENTS {
        let users = class.site.platform.users();
        let user = users.iter().find(|user| user.id == student).expect("a student");
        let shown = class.gradebook.all_text().contains(&user.vietnamese_name());
        assert!(
            shown,
            "{}: {}",
            user.vietnamese_name(),
            class.gradebook.all_text()
        );
    }
}

/// Four requests: the container, a new line item, a score, a result.
#[tokio::test]
async fn assignments_and_grades() {
    let class = Class::take_place().await;
    let listed = class.request(Service::LineItems, "GET");
    let container = format!("{LIS}.v2.lineitemcontainer+json");
    let may_read = format!("{AGS}/lineitem.readonly");
    class.check(&listed, "accept", &container, &may_read);

    let made = class.request(Service::LineItems, "POST");
    let line_item = format!("{LIS}.v2.lineitem+json");
    class.check(&made, "content-type", &line_item, &format!("{AGS}/lineitem"));
    let made = made.json().expect("JSON");
    assert!(made["scoreMaximum"].as_f64().is_some_and(|most| most > 0.0));
    assert!(made["label"].is_string() && made["resourceId"].is_string());

    let score = class.request(Service::Scores, "POST");
    let media_type = format!("{LIS}.v1.score+json");
    class.check(&score, "content-type", &media_type, &format!("{AGS}/score"));
    let score = score.json().expect("JSON");
    assert_eq!(score["userId"], STUDENTS[0].to_string());
    assert_eq!(
        score["scoreGiven"].as_f64().map(|given| given * 2.0),
        score["scoreMaximum"].as_f64()
    );
    assert_eq!(
        (
            score["activityProgress"].as_str(),
            score["gradingProgress"].as_str()
        ),
        (Some("Completed"), Some("FullyGraded"))
    );
    assert!(
        score["timestamp"]
            .as_str()
            .is_some_and(|stamp| stamp.ends_with('Z'))
    );

    let result = class.request(Service::Results, "GET");
    let results = format!("{LIS}.v2.resultcontainer+json");
    class.check(&result, "accept", &results, &format!("{AGS}/result.readonly"));

    let column = class.site.platform.line_items();
    assert_eq!(column.len(), 1, "{column:?}");
    let grade = class.site.platform.grade(STUDENTS[0], column[0].id).grade;
    assert_eq!(grade.map(|grade| grade * 2.0), Some(column[0].score_maximum));
    assert_eq!(class.site.platform.problems(), []);
}
