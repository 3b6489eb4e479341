//! Launches whose LTI claims are wrong (section 3.1 of the certification guide's known bad payloads, and ours), and
//! the odd but honest ones that must pass.

use lti::claim;
use practice_platform::{COURSE, INSTRUCTOR, Message, STUDENTS};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Framed, Scene, Sent, set, take};

#[tokio::test]
async fn claims_that_are_missing_or_wrong() {
    let scene = Scene::set().await;
    let missing = [
        (claim::VERSION, "LTI-CLM-VERSION"),
        (claim::MESSAGE_TYPE, "LTI-CLM-MSGTYPE"),
        (claim::ROLES, "LTI-CLM-ROLES"),
        (claim::DEPLOYMENT_ID, "LTI-CLM-DEPLOYMENT"),
        (claim::RESOURCE_LINK, "LTI-CLM-RESOURCE-LINK"),
        (claim::TARGET_LINK_URI, "LTI-CLM-MISSING"),
        ("sub", "LTI-CLM-SUB"),
        ("iat", "LTI-TOK-TIME"),
        ("exp", "LTI-TOK-TIME"),
    ];
    for (name, code) in missing {
        scene.check_claims(|claims| take(claims, name), code).await;
    }
    let elsewhere = "https://evil.example/";
    let other_path = format!("{}/other", scene.site.url);
    let wrong = [
        (claim::VERSION, json!("1.1"), "LTI-CLM-VERSION"),
        (claim::VERSION, json!("LTI-1p0"), "LTI-CLM-VERSION"),
        (claim::VERSION, json!(1.3), "LTI-CLM-VERSION"),
        (
            claim::MESSAGE_TYPE,
            json!("basic-lti-launch-request"),
            "LTI-CLM-MSGTYPE",
        ),
        (
            claim::MESSAGE_TYPE,
            json!("LtiDeepLinkingResponse"),
            "LTI-CLM-MSGTYPE",
        ),
        (claim::ROLES, json!("Learner"), "LTI-CLM-ROLES"),
        (claim::ROLES, Value::Null, "LTI-CLM-ROLES"),
        (claim::DEPLOYMENT_ID, json!(""), "LTI-CLM-DEPLOYMENT"),
        (claim::DEPLOYMENT_ID, json!(7), "LTI-CLM-DEPLOYMENT"),
        (
            claim::RESOURCE_LINK,
            json!({"title": "Bài 1"}),
            "LTI-CLM-RESOURCE-LINK",
        ),
        (claim::RESOURCE_LINK, json!({"id": ""}), "LTI-CLM-RESOURCE-LINK"),
        (
            claim::RESOURCE_LINK,
            json!({"id": "x".repeat(256)}),
            "LTI-CLM-FORMAT",
        ),
        (claim::RESOURCE_LINK, json!({"id": "a\u{0}b"}), "LTI-CLM-FORMAT"),
        (claim::CONTEXT, json!({"title": "Hàn"}), "LTI-CLM-FORMAT"),
        (claim::CUSTOM, json!({"a": {"b": "c"}}), "LTI-CLM-FORMAT"),
        (claim::TARGET_LINK_URI, json!(elsewhere), "LTI-CLM-TARGET"),
        (claim::TARGET_LINK_URI, json!(other_path), "LTI-CLM-TARGET"),
        ("sub", json!(""), "LTI-CLM-SUB"),
        ("sub", json!(5), "LTI-CLM-SUB"),
        ("sub", json!("x".repeat(256)), "LTI-CLM-FORMAT"),
    ];
    for (name, value, code) in wrong {
        scene.check_claims(|claims| set(claims, name, value), code).await;
    }
    let detail = scene
        .check_claims(|claims| take(claims, claim::TARGET_LINK_URI), "LTI-CLM-MISSING")
        .await;
    assert_eq!(detail, "target_link_uri", "the administrator is told which claim");
}

#[tokio::test]
async fn submission_reviews_and_deep_links_lack_what_they_need() {
    let scene = Scene::set().await;
    let review = |change: fn(&mut Value)| {
        move |claims: &mut Value| {
            set(claims, claim::MESSAGE_TYPE, claim::SUBMISSION_REVIEW_REQUEST);
            set(claims, claim::FOR_USER, json!({"user_id": "5"}));
            change(claims);
        }
    };
    scene
        .check_claims(review(|claims| take(claims, claim::FOR_USER)), "LTI-CLM-MISSING")
        .await;
    scene
        .check_claims(
            review(|claims| take(claims, claim::AGS_ENDPOINT)),
            "LTI-CLM-MISSING",
        )
        .await;

    let deep_link = |user: i64, settings: Value, code: &'static str| {
        let scene = &scene;
        async move {
            let message = Message::DeepLinking {
                course: COURSE,
                tool: scene.connected.tool,
            };
            let initiation = scene
                .site
                .platform
                .deep_linking_initiation(user, COURSE, scene.connected.tool);
            let browser = scene.browser();
            let login = scene.log_in_with(&browser, initiation.unwrap().fields).await;
            let mut claims = scene
                .site
                .platform
                .launch_claims(user, message, &login.nonce)
                .unwrap();
            match settings {
                Value::Null => {}
                Value::Object(changes) if changes.is_empty() => {
                    take(&mut claims, claim::DEEP_LINKING_SETTINGS)
                }
                Value::Object(changes) => changes.into_iter().for_each(|(name, value)| {
                    claims[claim::DEEP_LINKING_SETTINGS][name] = value;
                }),
                other => panic!("{other}"),
            }
            let token = scene.site.platform.sign(&claims);
            let sent = Sent::launch(&token, &login.state);
            scene
                .check_refused(&browser, &sent, code, Framed::ByItsPlatform)
                .await;
        }
    };
    deep_link(INSTRUCTOR, json!({}), "LTI-CLM-MISSING").await;
    deep_link(
        INSTRUCTOR,
        json!({"deep_link_return_url": null}),
        "LTI-CLM-MISSING",
    )
    .await;
    deep_link(
        INSTRUCTOR,
        json!({"deep_link_return_url": "https://evil.example/"}),
        "LTI-DL-RETURN",
    )
    .await;
    deep_link(
        INSTRUCTOR,
        json!({"deep_link_return_url": "javascript:alert(1)"}),
        "LTI-DL-RETURN",
    )
    .await;
    deep_link(STUDENTS[0], Value::Null, "LTI-DL-FORBIDDEN").await;
}

#[tokio::test]
async fn deployments_and_resources_that_are_not_this_registrations() {
    let scene = Scene::set().await;
    let site = &scene.site;
    let second = site.connect(Some("Trường thứ hai")).await;
    let claims = |deployment: &str, named_at_login: bool, code: &'static str| {
        let (scene, deployment) = (&scene, deployment.to_owned());
        async move {
            let mut fields = scene.initiation().fields;
            if !named_at_login {
                fields.retain(|(name, _)| name != "lti_deployment_id");
            }
            let browser = scene.browser();
            let login = scene.log_in_with(&browser, fields).await;
            let mut claims = scene.claims(&login);
            set(&mut claims, claim::DEPLOYMENT_ID, deployment);
            let sent = Sent::launch(&scene.site.platform.sign(&claims), &login.state);
            scene
                .check_refused(&browser, &sent, code, Framed::ByItsPlatform)
                .await;
        }
    };
    claims("4711", false, "LTI-DEP-PENDING").await;
    claims("4711", true, "LTI-DEP-MIX").await;
    claims(&second.deployment_id, false, "LTI-DEP-MIX").await;
    claims(&second.deployment_id, true, "LTI-DEP-MIX").await;

    let foreign = uuid::Uuid::new_v4().to_string();
    for named in [foreign.as_str(), "no id at all", "' OR ''='", "\u{0}"] {
        let custom = json!({"taynghe_assessment": named});
        scene
            .check_claims(|claims| set(claims, claim::CUSTOM, custom), "LTI-TEN-RESOURCE")
            .await;
    }
}

/// The certification guide's launches that must pass: roles of all kinds, and people of whom little is told.
#[tokio::test]
async fn odd_but_honest_launches_pass() {
    let scene = Scene::set().await;
    let membership = |role: &str| format!("http://purl.imsglobal.org/vocab/lis/v2/membership{role}");
    let institution =
        |role: &str| format!("http://purl.imsglobal.org/vocab/lis/v2/institution/person#{role}");
    let administrator = "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator";
    let (instructor, learner) = (membership("#Instructor"), membership("#Learner"));
    let roles = [
        (json!([instructor]), "instructor"),
        (json!([instructor, membership("#Mentor")]), "instructor"),
        (json!([institution("Instructor"), instructor]), "instructor"),
        (json!([learner, instructor]), "instructor"),
        (json!(["Instructor"]), "instructor"),
        (json!([instructor, "https://x.example/role#Wizard"]), "instructor"),
        (json!([membership("/Instructor#TeachingAssistant")]), "instructor"),
        (json!([membership("#ContentDeveloper")]), "instructor"),
        (json!([administrator, instructor]), "instructor"),
        (json!([learner]), "learner"),
        (json!([learner, membership("#Mentor")]), "learner"),
        (json!([institution("Instructor"), learner]), "learner"),
        (json!([administrator, learner]), "learner"),
        (json!(["Learner"]), "learner"),
        (json!([learner, "Wizard"]), "learner"),
        (json!(["https://x.example/role#Wizard"]), "none"),
        (json!([membership("#Mentor")]), "none"),
        (json!([institution("Administrator"), administrator]), "none"),
        (json!([]), "none"),
    ];
    for (roles, expected) in roles {
        let change = json!({ claim::ROLES: roles });
        assert_eq!(launch_changed(&scene, &change).await, expected, "{change}");
    }
    let people = [
        json!({"given_name": null, "family_name": null, "name": null}),
        json!({"email": null}),
        json!({"given_name": null, "family_name": null, "name": null, "email": null, claim::LIS: null}),
        json!({"given_name": null, "family_name": null, "name": null, claim::CONTEXT: null}),
        json!({claim::CONTEXT: null}),
        json!({claim::CONTEXT: {"id": "2"}}),
        json!({"name": 5, "email": ["a@b.vn"], "unheard": {"of": [1]}}),
        json!({claim::CUSTOM: [], claim::TOOL_PLATFORM: null, claim::LAUNCH_PRESENTATION: null}),
        json!({claim::LAUNCH_PRESENTATION: {"locale": "xx", "return_url": "javascript:alert(1)"}}),
        json!({"email": null, claim::AGS_ENDPOINT: null, claim::NRPS: null}),
        // A NUL is a character of JSON and of SQLite, but not of PostgreSQL.
        json!({claim::LAUNCH_PRESENTATION: {"locale": "vi\u{0}", "return_url": null}}),
        json!({claim::CONTEXT: {"id": "2", "label": "\u{0}a", "title": "b\u{0}"}}),
        json!({claim::AGS_ENDPOINT: {"scope": ["\u{0}"], "lineitems": "http://127.0.0.1/\u{0}", "lineitem": "\u{0}"}}),
        json!({claim::NRPS: {"context_memberships_url": "http://127.0.0.1/\u{0}"}}),
        json!({claim::TOOL_PLATFORM: {"name": "\u{0}", "product_family_code": "m\u{0}", "guid": "\u{0}"}}),
        json!({claim::RESOURCE_LINK: {"id": "1", "title": "\u{0}", "description": "\u{0}"}}),
        json!({"name": "\u{0}", "email": "\u{0}@b.vn", claim::LIS: {"person_sourcedid": "\u{0}"}}),
        json!({claim::ROLES: ["Learner", "\u{0}"], claim::CUSTOM: {"\u{0}": "\u{0}"}}),
    ];
    for change in people {
        assert_eq!(launch_changed(&scene, &change).await, "learner", "{change}");
    }
}

// Launches with these claims changed, `null` taking one away, and answers the session's role.
async fn launch_changed(scene: &Scene, changes: &Value) -> String {
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let mut claims = scene.claims(&login);
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => take(&mut claims, name),
            value => set(&mut claims, name, value.clone()),
        }
    }
    let sent = Sent::launch(&scene.site.platform.sign(&claims), &login.state);
    let answer = scene.send(&browser, &sent, "vi").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{changes}: {}", answer.body);
    let page = browser.get(answer.header("location")).await;
    assert_eq!(page.status, StatusCode::OK, "{changes}: {}", page.body);
    let query = format!("SELECT role FROM sessions WHERE id = '{}'", page.session_id());
    scene.site.database.texts(&query).await.concat()
}
