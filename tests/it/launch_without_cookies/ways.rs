//! Which ways past lost cookies are offered, counted and shown.

use practice_platform::LoginInitiation;
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderName},
};
use tests::{Answer, Browser};
use url::Url;

use super::{arrive, blind, check_refused, launches, open, proven};
use crate::refusal::Scene;

const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");

async fn login_in_frame(browser: &Browser, initiation: &LoginInitiation) -> Answer {
    let mut frame = browser.beside();
    frame.destination = "iframe";
    frame.takes_cookies = false;
    frame.begin_launch(initiation).await
}

#[tokio::test]
async fn the_platforms_storage_is_offered_under_a_plain_name_only() {
    let scene = Scene::set().await;
    let origin = scene.site.platform.origin();
    let browser = scene.browser();
    let check = async |target: Option<&str>, expected: (&str, &str)| {
        let mut initiation = scene.initiation();
        let field = target.map(|target| ("lti_storage_target".to_owned(), target.to_owned()));
        initiation.fields.extend(field);
        let page = login_in_frame(&browser, &initiation).await;
        let of_page = |name: &str| page.attributes("#here", name).concat();
        let found = (of_page("data-storage-target"), of_page("data-storage-origin"));
        assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{target:?}");
        assert_eq!(
            page.attributes("input[name=taynghe_way]", "value"),
            ["new-window"],
            "the window is always offered: {}",
            page.body
        );
    };
    check(None, ("", "")).await;
    check(Some("_parent"), ("_parent", origin)).await;
    check(
        Some("post_message_forwarding"),
        ("post_message_forwarding", origin),
    )
    .await;
    for bad in ["_top", "\"><script>", "a b", "0", "*"] {
        check(Some(bad), ("", "")).await;
    }
}

#[tokio::test]
async fn what_worked_is_remembered_and_offered_first() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let in_frame = async || login_in_frame(&browser, &scene.initiation()).await;
    assert_eq!(in_frame().await.count("#here[data-window-first]"), 0);
    for _ in 0..3 {
        let window = scene.browser();
        let opened = window.submit(&in_frame().await, "login_hint", &[]).await;
        window.submit(&opened, "id_token", &[]).await.session_id();
    }
    assert_eq!(launches(&scene, "new-window").await, 3);
    assert_eq!(
        in_frame().await.count("#here[data-window-first]"),
        1,
        "the window worked three times"
    );

    // Another deployment's memory is its own, and a month is enough.
    scene
        .site
        .clock
        .advance(app::launch_way::KEPT + chrono::Duration::days(1));
    assert_eq!(in_frame().await.count("#here[data-window-first]"), 0);
    app::tidy::tidy(&scene.site.app).await.unwrap();
    assert_eq!(scene.site.count("launch_ways").await, 0);
}

#[tokio::test]
async fn where_cookies_get_lost_the_storage_is_prepared_beside_the_cookie() {
    let scene = Scene::set().await;
    let mut frame = scene.browser();
    frame.destination = "iframe";
    let at_platform = frame.begin_launch(&scene.initiation()).await;
    assert!(
        at_platform.url.as_str().starts_with(scene.site.platform.origin()),
        "at first the cookie is enough"
    );
    for _ in 0..3 {
        let login = scene.log_in(&scene.browser()).await;
        check_refused(&arrive(&scene, &blind(&scene), &login).await, "LTI-STA-BROWSER");
    }
    let page = frame.begin_launch(&scene.initiation()).await;
    assert_eq!(page.count("#here[data-at-once]"), 1, "{}", page.body);

    // Outside of a frame nothing changes.
    let window = scene.browser();
    let at_platform = window.begin_launch(&scene.initiation()).await;
    assert!(at_platform.url.as_str().starts_with(scene.site.platform.origin()));

    // A platform that only says that it stores is not asked again.
    let mut initiation = scene.initiation();
    let target = ("lti_storage_target".to_owned(), "_parent".to_owned());
    initiation.fields.push(target);
    let page = login_in_frame(&scene.browser(), &initiation).await;
    assert_eq!(page.attributes("#here", "data-storage-target"), [""]);
}

#[tokio::test]
async fn cookies_in_frames_are_told_apart() {
    let scene = Scene::set().await;
    // This browser has one jar for all: what no frame keeps for itself comes, too.
    let mut frame = scene.browser();
    frame.destination = "iframe";
    frame.launch(&scene.initiation()).await.session_id();
    assert_eq!(launches(&scene, "cookie").await, 1);

    let login = scene.log_in(&scene.browser()).await;
    assert_eq!(launches(&scene, "partitioned-cookie").await, 0);
    let partitioned = scene.browser();
    let own = scene.log_in(&partitioned).await;
    drop(login);
    let token = scene.site.platform.sign(&scene.claims(&own));
    let url = Url::parse(&scene.site.url).unwrap().join("/lti/launch").unwrap();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("id_token", &token)
        .append_pair("state", &own.state)
        .finish();
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded".to_owned(),
        ),
        (DESTINATION, "iframe".to_owned()),
    ];
    let answer = partitioned.send(Method::POST, &url, &headers, Some(body)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(launches(&scene, "partitioned-cookie").await, 1);
}

#[tokio::test]
async fn the_administrator_sees_the_ways_of_their_own_deployments() {
    let scene = Scene::set().await;
    scene.browser().launch(&scene.initiation()).await.session_id();
    let ticket = proven(&scene).await;
    open(&scene, &scene.browser(), &ticket).await;
    let administrator = scene.browser();
    let session = sign_in(&scene, &administrator, None).await;
    let page = administrator
        .get(&format!("/s/{session}/administration/ways"))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let cells: Vec<String> = (1..=7)
        .map(|row| {
            page.text(&format!("section > table tbody tr:nth-child({row}) td"))
                .unwrap()
        })
        .collect();
    assert_eq!(cells, ["1", "0", "0", "1", "0", "0", "0"]);
    for user in scene.site.platform.users() {
        assert!(!page.body.contains(&user.vietnamese_name()), "{}", page.body);
    }

    scene.site.connect(Some("Trường thứ hai")).await;
    let other = scene.browser();
    let session = sign_in(&scene, &other, Some("Trường thứ hai")).await;
    let page = other.get(&format!("/s/{session}/administration/ways")).await;
    assert_eq!(page.count("section"), 0, "{}", page.body);

    let student = scene.browser();
    let launched = student.launch(&scene.initiation()).await.session_id();
    let page = student.get(&format!("/s/{launched}/administration/ways")).await;
    assert_eq!(page.code().as_deref(), Some("WEB-FORBIDDEN"), "{}", page.body);
}

async fn sign_in(scene: &Scene, browser: &Browser, organisation: Option<&str>) -> String {
    let link = app::administration::link(&scene.site.app, organisation.map(str::to_owned))
        .await
        .unwrap();
    let path = Url::parse(&link).unwrap().path().to_owned();
    browser.post(&path, &[]).await.session_id()
}
