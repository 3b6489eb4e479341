//! Launches: the initiation, the authentication request, and the claims against the recorded ones.

use practice_platform::{
    ASSISTANT, COURSE, Container, HiddenForm, INSTRUCTOR, Incoming, Language, LoginInitiation, Message,
    PracticePlatform,
};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::site::{Site, claims};
use crate::support::{CLIENT, Recorded, activity, column, recorded};

/// Names of an object's members in their order.
struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = Names;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
        let mut names = Vec::new();
        while let Some((name, _)) = map.next_entry::<String, IgnoredAny>()? {
            names.push(name);
        }
        Ok(Names(names))
    }
}

fn order(json: &str) -> Vec<String> {
    serde_json::from_str::<Names>(json).unwrap().0
}

/// Launches without a network and compares the claims with a recorded file's.
async fn check(platform: &PracticePlatform, file: &str, user: i64, message: Message) {
    let initiation = platform
        .initiation(user, message, Container::Iframe, Language::En)
        .unwrap();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("scope", "openid"),
            ("response_type", "id_token"),
            ("response_mode", "form_post"),
        ])
        .extend_pairs([
            ("client_id", CLIENT),
            ("redirect_uri", "http://localhost:8190/launch"),
        ])
        .extend_pairs([("state", "s"), ("nonce", file), ("login_hint", &user.to_string())])
        .append_pair("lti_message_hint", initiation.field("lti_message_hint").unwrap())
        .finish();
    let request = Incoming {
        method: "GET".into(),
        path: "/mod/lti/auth.php".into(),
        query,
        ..Incoming::default()
    };
    let form = HiddenForm::of(&platform.answer(request).await.text()).unwrap();
    let (text, given) = claims(form.field("id_token").unwrap());
    let whole = recorded(file);
    let start = whole.find("\"claims\":").unwrap() + "\"claims\":".len();
    let expected = whole[start..].trim_end().strip_suffix('}').unwrap();
    assert_eq!(order(&text), order(expected), "{file}");
    let expected: Value = serde_json::from_str(expected).unwrap();
    assert_eq!(
        given["exp"].as_i64().unwrap() - given["iat"].as_i64().unwrap(),
        60
    );
    let claim = |name: &str| format!("https://purl.imsglobal.org/spec/lti/claim/{name}");
    for name in [
        "roles",
        "context",
        "lis",
        "ext",
        "message_type",
        "version",
        "deployment_id",
    ] {
        assert_eq!(given[claim(name)], expected[claim(name)], "{file} {name}");
    }
    for name in ["name", "given_name", "family_name", "email", "aud", "iss", "sub"] {
        assert_eq!(given[name], expected[name], "{file} {name}");
    }
    for name in ["lti-ags/claim/endpoint", "lti-nrps/claim/namesroleservice"] {
        let name = format!("https://purl.imsglobal.org/spec/{name}");
        assert_eq!(given[&name], expected[&name], "{file} {name}");
    }
}

#[tokio::test]
async fn claims_have_the_recorded_shape() {
    let moodle = Recorded::new();
    let platform = &moodle.platform;
    // Before there is an activity: Moodle then claims no names and roles service.
    let select = Message::DeepLinking {
        course: COURSE,
        tool: 1,
    };
    check(platform, "deep-linking-request.json", INSTRUCTOR, select).await;
    activity(
        platform,
        COURSE,
        1,
        2,
        "Kiểm tra chương 1: An toàn máy CNC",
        column(10.0, "quiz-1", ""),
    );
    let open = Message::ResourceLink { activity: 1 };
    check(platform, "launch-student.json", 5, open.clone()).await;
    check(platform, "launch-teacher.json", INSTRUCTOR, open.clone()).await;
    check(
        platform,
        "launch-nonediting-teacher.json",
        ASSISTANT,
        open.clone(),
    )
    .await;
    check(platform, "launch-admin.json", 2, open).await;
}

#[tokio::test]
async fn custom_parameters_are_resolved_as_recorded() {
    let moodle = Recorded::new();
    let platform = &moodle.platform;
    let pairs = [
        ("context_history", "$Context.id.history"),
        ("username", "$User.username"),
        ("eq", "a=b=c"),
        ("MixedCase", "X"),
        ("history", "$ResourceLink.id.history"),
        ("title", "$ResourceLink.title"),
    ];
    platform.change_tool(CLIENT, |tool| {
        tool.config.custom = pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
    });
    activity(platform, COURSE, 1, 2, "Bài", column(10.0, "", ""));
    let custom = |message: Message| {
        let claims = platform.launch_claims(5, message, "n").unwrap();
        claims["https://purl.imsglobal.org/spec/lti/claim/custom"].clone()
    };
    let opened = custom(Message::ResourceLink { activity: 1 });
    for (name, value) in [
        ("context_history", ""),
        ("username", "student1"),
        ("eq", "a=b=c"),
        ("MixedCase", "X"),
        ("mixedcase", "X"),
        ("history", "$ResourceLink.id.history"),
        ("title", "Bài"),
    ] {
        assert_eq!(opened[name], value, "{name}");
    }
    assert!(
        custom(Message::DeepLinking {
            course: COURSE,
            tool: 1
        })["title"]
            .is_null()
    );
}

#[tokio::test]
async fn the_initiation_has_moodles_fields_in_order() {
    let site = Site::start();
    let initiation = site.platform.launch_initiation(5, 1).unwrap();
    let names: Vec<&str> = initiation.fields.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "iss",
        "target_link_uri",
        "login_hint",
        "lti_message_hint",
        "client_id",
        "lti_deployment_id",
    ];
    assert_eq!(names, expected);
    let hint = initiation.field("lti_message_hint").unwrap();
    assert!(
        hint.starts_with("{\"cmid\":3,\"launchid\":\"ltilaunch1_"),
        "{hint}"
    );
    let deep = site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, 1)
        .unwrap();
    let hint = deep.field("lti_message_hint").unwrap();
    assert!(
        hint.starts_with("{\"launchid\":\"ltilaunch_ContentItemSelectionRequest"),
        "{hint}"
    );
}

#[tokio::test]
async fn a_hint_works_once_and_only_to_the_letter() {
    let site = Site::start();
    let initiation = site.platform.launch_initiation(5, 1).unwrap();
    let hint = initiation.field("lti_message_hint").unwrap().to_owned();
    let spaced = hint.replace(':', ": ");
    assert_eq!(
        site.authenticate(&initiation, &[("lti_message_hint", &spaced)])
            .await
            .status(),
        404
    );
    let answer = site.authenticate(&initiation, &[]).await;
    assert_eq!(answer.status(), 200);
    let form = HiddenForm::of(&answer.text().await.unwrap()).unwrap();
    assert_eq!(form.action, "http://localhost:8190/launch");
    assert_eq!(form.field("state"), Some("state-1"));
    assert_eq!(claims(form.field("id_token").unwrap()).1["nonce"], "nonce-1");
    assert_eq!(site.authenticate(&initiation, &[]).await.status(), 404, "spent");
}

#[tokio::test]
async fn wrong_authentication_requests_are_refused_and_found() {
    let site = Site::start();
    for (field, value, status, error, rule) in [
        (
            "redirect_uri",
            "http://localhost:8190/launch?res=1",
            404,
            None,
            "authentication-redirect-uri",
        ),
        ("client_id", "nobody", 404, None, "authentication-redirect-uri"),
        (
            "scope",
            "openid profile",
            200,
            Some("invalid_scope"),
            "authentication-field",
        ),
        (
            "response_type",
            "code",
            200,
            Some("unsupported_response_type"),
            "authentication-field",
        ),
        (
            "response_mode",
            "query",
            200,
            Some("invalid_request"),
            "authentication-field",
        ),
        (
            "prompt",
            "login",
            200,
            Some("invalid_request"),
            "authentication-prompt",
        ),
        (
            "nonce",
            "",
            200,
            Some("invalid_request"),
            "authentication-missing",
        ),
        ("login_hint", "6", 200, Some("access_denied"), ""),
    ] {
        site.platform.clear_requests();
        let initiation = site.platform.launch_initiation(5, 1).unwrap();
        let nonce = format!("nonce-{field}");
        let answer = site
            .authenticate(&initiation, &[("nonce", &nonce), (field, value)])
            .await;
        assert_eq!(answer.status().as_u16(), status, "{field}");
        let form = HiddenForm::of(&answer.text().await.unwrap());
        assert_eq!(
            form.as_ref().and_then(|form| form.field("error")),
            error,
            "{field}"
        );
        assert!(
            form.is_none_or(|form| form.field("id_token").is_none()),
            "{field}"
        );
        assert_eq!(site.rules().join(" "), rule, "{field}");
    }
}

#[tokio::test]
async fn a_launch_from_a_page_wants_its_browser_back() {
    let site = Site::start();
    let cookie = site.sign_in(5).await;
    let page = site.page(&cookie, "/mod/lti/view.php?id=3").await;
    assert!(page.contains("src=\"/mod/lti/launch.php?id=3"));
    assert!(page.contains("allow=\"microphone http://localhost:8190; camera http://localhost:8190;"));
    let form = HiddenForm::of(&site.page(&cookie, "/mod/lti/launch.php?id=3").await).unwrap();
    assert_eq!(form.action, "http://localhost:8190/login");
    let initiation = LoginInitiation {
        action: form.action,
        fields: form.fields,
    };
    let answer = site.authenticate(&initiation, &[]).await.text().await.unwrap();
    let again = HiddenForm::of(&answer).unwrap();
    assert_eq!(
        (again.action.as_str(), again.field("repost")),
        ("/mod/lti/auth.php", Some("1"))
    );
    let post = |cookie: Option<&str>| {
        let request = site.client.post(site.at("/mod/lti/auth.php")).form(&again.fields);
        cookie
            .iter()
            .fold(request, |request, cookie| request.header("cookie", *cookie))
            .send()
    };
    assert_eq!(post(None).await.unwrap().status(), 404, "still no cookie");
    let stranger = site.sign_in(6).await;
    assert_eq!(
        post(Some(&stranger)).await.unwrap().status(),
        404,
        "another person's browser"
    );
    let answer = post(Some(&cookie)).await.unwrap().text().await.unwrap();
    assert!(HiddenForm::of(&answer).unwrap().field("id_token").is_some());
}

#[tokio::test]
async fn a_phone_gives_the_whole_window() {
    let site = Site::start();
    let cookie = site.sign_in(5).await;
    let request = site
        .client
        .get(site.at("/mod/lti/view.php?id=3"))
        .header("cookie", &cookie);
    let answer = request
        .header("user-agent", "Mozilla/5.0 (iPhone) Mobile/15E148")
        .send()
        .await
        .unwrap();
    assert_eq!(
        answer.headers()["location"],
        "/mod/lti/launch.php?id=3&container=whole"
    );
}
