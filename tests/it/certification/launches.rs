//! Sections 6.1.2 and 6.1.3: launches of instructors and students that must pass, whatever little the platform tells of
//! the person. Each ends on a page of ours with the rights that the message gives, and nothing is kept that was not told.

use lti::claim;
use practice_platform::{INSTRUCTOR, Message, STUDENTS, User};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::Answer;

use super::cases;
use crate::refusal::{Scene, Sent, set, take};

const LEARNER: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
const TEACHER: &str = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";
const UNKNOWN: &str = "http://purl.imsglobal.org/vocab/lis/v2/uknownrole/unknown#Helper";

cases! {
    valid_instructor_launch: instructor(json!({}), "instructor", Told::ALL);
    valid_instructor_launch_with_roles: instructor(roles(&[TEACHER, "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Faculty", "http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"]), "instructor", Told::ALL);
    valid_instructor_launch_short_role: instructor(roles(&["Instructor"]), "instructor", Told::ALL);
    valid_instructor_launch_unknown_role: instructor(roles(&[TEACHER, UNKNOWN]), "instructor", Told::ALL);
    valid_instructor_launch_only_unknown_role: instructor(roles(&[UNKNOWN]), "none", Told::ALL);
    valid_instructor_launch_no_role: instructor(roles(&[]), "none", Told::ALL);
    valid_instructor_launch_email_only: instructor(without_names(), "instructor", Told { names: false, ..Told::ALL });
    valid_instructor_launch_names_only: instructor(json!({"email": null}), "instructor", Told { email: false, ..Told::ALL });
    valid_instructor_no_pii: instructor(without_pii(), "instructor", Told { names: false, email: false, context: true });
    valid_instructor_email_without_context: instructor(email_without_context(), "instructor", Told { names: false, email: true, context: false });
    valid_instructor_new_resource_id: new_resource_link(INSTRUCTOR, "instructor");
    valid_student_launch: student(json!({}), "learner", Told::ALL);
    valid_student_launch_with_roles: student(roles(&[LEARNER, "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student", "http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"]), "learner", Told::ALL);
    valid_student_launch_short_role: student(roles(&["Learner"]), "learner", Told::ALL);
    valid_student_launch_unknown_role: student(roles(&[LEARNER, UNKNOWN]), "learner", Told::ALL);
    valid_student_launch_only_unknown_role: student(roles(&[UNKNOWN]), "none", Told::ALL);
    valid_student_launch_no_role: student(roles(&[]), "none", Told::ALL);
    valid_student_launch_email_only: student(without_names(), "learner", Told { names: false, ..Told::ALL });
    valid_student_launch_names_only: student(json!({"email": null}), "learner", Told { email: false, ..Told::ALL });
    valid_student_no_pii: student(without_pii(), "learner", Told { names: false, email: false, context: true });
    valid_student_email_without_context: student(email_without_context(), "learner", Told { names: false, email: true, context: false });
    valid_student_new_resource_id: new_resource_link(STUDENTS[0], "learner");
}

/// What the message tells beside `sub` and roles.
#[derive(Clone, Copy)]
struct Told {
    names: bool,
    email: bool,
    context: bool,
}

impl Told {
    const ALL: Self = Self {
        names: true,
        email: true,
        context: true,
    };
}

fn roles(roles: &[&str]) -> Value {
    json!({ claim::ROLES: roles })
}

fn without_names() -> Value {
    json!({"name": null, "given_name": null, "family_name": null, "middle_name": null})
}

fn without_pii() -> Value {
    with(
        without_names(),
        json!({"email": null, "picture": null, claim::LIS: null}),
    )
}

fn email_without_context() -> Value {
    with(
        without_names(),
        json!({claim::CONTEXT: null, claim::NRPS: null, claim::AGS_ENDPOINT: null}),
    )
}

fn with(mut changes: Value, more: Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        set(&mut changes, name, value.clone());
    }
    changes
}

async fn instructor(changes: Value, role: &str, told: Told) {
    passes(&Scene::set().await, INSTRUCTOR, &changes, role, told).await;
}

async fn student(changes: Value, role: &str, told: Told) {
    passes(&Scene::set().await, STUDENTS[0], &changes, role, told).await;
}

/// The same person in another activity of the same course.
async fn new_resource_link(user: i64, role: &str) {
    let scene = Scene::set().await;
    passes(&scene, user, &json!({}), role, Told::ALL).await;
    let changes = json!({claim::RESOURCE_LINK: {"id": "4711", "title": "Bài mới"}});
    passes(&scene, user, &changes, role, Told::ALL).await;
    let links = "SELECT platform_id FROM resource_links ORDER BY platform_id";
    let links = scene.site.database.texts(links).await;
    assert_eq!(links.len(), 2, "{links:?}");
    assert!(links.contains(&"4711".to_owned()), "{links:?}");
    assert_eq!(scene.site.count("contexts").await, 1);
    assert_eq!(scene.site.count("identities").await, 1);
}

async fn passes(scene: &Scene, user: i64, changes: &Value, role: &str, told: Told) {
    let page = launch(scene, user, changes).await;
    let users = scene.site.platform.users();
    let user = users
        .iter()
        .find(|known| known.id == user)
        .expect("the platform's");
    let session = page.session_id();
    let of_session = |column: &str| {
        format!(
            "SELECT COALESCE({column}, '') FROM sessions s JOIN identities i ON i.id = s.identity_id \
             JOIN contexts c ON c.id = s.context_id WHERE s.id = '{session}'"
        )
    };
    let kept = async |column: &str| scene.site.database.texts(&of_session(column)).await.concat();
    assert_eq!(kept("s.role").await, role, "{}", page.all_text());
    assert_eq!(kept("i.subject").await, user.id.to_string());
    let when = |told: bool, text: &str| if told { text.to_owned() } else { String::new() };
    assert_eq!(kept("i.given_name").await, when(told.names, &user.given_name));
    assert_eq!(kept("i.family_name").await, when(told.names, &user.family_name));
    assert_eq!(kept("i.email").await, when(told.email, &user.email));
    assert_eq!(kept("c.platform_id").await.is_empty(), !told.context);
    check_page(&page, user, told);
}

// Whose launch it is, when that was told; never an e-mail address.
fn check_page(page: &Answer, user: &User, told: Told) {
    let name = page.text(".name").unwrap_or_default();
    let shows_name = name.contains(&user.given_name) && name.contains(&user.family_name);
    assert_eq!(shows_name, told.names, "{name}: {}", page.all_text());
    assert!(!page.body.contains(&user.email), "{}", page.body);
    assert!(page.attributes("html", "lang") == ["vi"] && page.count("h1") == 1);
}

async fn launch(scene: &Scene, user: i64, changes: &Value) -> Answer {
    let platform = &scene.site.platform;
    let browser = scene.browser();
    let initiation = platform.launch_initiation(user, scene.activity);
    let login = scene
        .log_in_with(&browser, initiation.expect("the platform knows both").fields)
        .await;
    let message = Message::ResourceLink {
        activity: scene.activity,
    };
    let mut claims = platform
        .launch_claims(user, message, &login.nonce)
        .expect("the platform knows both");
    for (name, value) in changes.as_object().expect("an object") {
        match value {
            Value::Null => {
                if claims.get(name).is_some() {
                    take(&mut claims, name);
                }
            }
            value => set(&mut claims, name, value.clone()),
        }
    }
    let sent = Sent::launch(&platform.sign(&claims), &login.state);
    let answer = scene.send(&browser, &sent, "vi").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{changes}: {}", answer.body);
    let page = browser.get(answer.header("location")).await;
    assert_eq!(page.status, StatusCode::OK, "{changes}: {}", page.body);
    page
}
