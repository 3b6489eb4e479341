//! An instructor picks what an activity opens: for a deep-linking request, and
//! for a link that has no activity yet.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use practice_platform::{ActivityLineItem, COURSE, INSTRUCTOR, Message, STUDENTS};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tests::{Answer, Browser, Connected, TestSite};
use url::Url;

use crate::authoring::{press, published};

const SETTINGS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
const ITEMS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items";

/// A browser in the platform's frame, as the picker's answers need it.
fn framed(site: &TestSite) -> Browser {
    let mut browser = site.browser();
    browser.destination = "iframe";
    browser
}

async fn open_picker(site: &TestSite, connected: &Connected, browser: &Browser) -> Answer {
    let initiation = site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, connected.tool);
    let page = browser
        .launch(&initiation.expect("the platform knows the tool"))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/picker"), "{}", page.url);
    page
}

/// The picker of a request whose settings a test chose.
async fn open_picker_with(
    site: &TestSite,
    connected: &Connected,
    browser: &Browser,
    settings: Value,
) -> Answer {
    let initiation = site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, connected.tool)
        .unwrap();
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(&initiation.fields);
    let headers = [(
        header::CONTENT_TYPE,
        "application/x-www-form-urlencoded".to_owned(),
    )];
    let url = Url::parse(&initiation.action).unwrap();
    let answer = browser
        .send(Method::POST, &url, &headers, Some(form.finish()))
        .await;
    let request = Url::parse(answer.header("location")).expect("the authentication request");
    let parameter = |wanted: &str| {
        let found = request.query_pairs().find(|(name, _)| name == wanted);
        found.expect("each request has it").1.into_owned()
    };
    let message = Message::DeepLinking {
        course: COURSE,
        tool: connected.tool,
    };
    let mut claims = site
        .platform
        .launch_claims(INSTRUCTOR, message, &parameter("nonce"))
        .unwrap();
    claims["aud"] = json!(connected.client_id);
    for (name, value) in settings.as_object().unwrap() {
        claims[SETTINGS][name] = value.clone();
    }
    let fields = vec![
        ("id_token".to_owned(), site.platform.sign(&claims)),
        ("state".to_owned(), parameter("state")),
    ];
    let page = browser
        .post_from(site.platform.origin(), "/lti/launch", fields)
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    page
}

/// Chooses those in the picker and presses the button.
async fn pick(browser: &Browser, page: &Answer, ids: &[&str], maximum: &str) -> Answer {
    let (action, _, mut fields) = page.form("q");
    fields.retain(|(name, _)| name != "pick");
    for id in ids {
        fields.push(("pick".to_owned(), (*id).to_owned()));
        fields.retain(|(name, _)| *name != format!("maximum.{id}"));
        fields.push((format!("maximum.{id}"), maximum.to_owned()));
    }
    fields.push(("do".to_owned(), "pick".to_owned()));
    let origin = page.url.origin().ascii_serialization();
    browser
        .post_from(&origin, page.url.join(&action).unwrap().as_str(), fields)
        .await
}

fn claims(answer: &Answer) -> Value {
    let jwt = answer
        .attributes("input[name=JWT]", "value")
        .pop()
        .expect("a signed answer");
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

fn titles(page: &Answer) -> Vec<String> {
    let page = scraper::Html::parse_document(&page.body);
    let names = scraper::Selector::parse("li.entry .name").unwrap();
    page.select(&names)
        .map(|name| name.text().collect::<String>().trim().to_owned())
        .collect()
}

#[tokio::test]
async fn a_quiz_is_found_without_accents() {
    let (site, connected) = TestSite::connected().await;
    let safety = published(&site, None, "An toàn điện trong xưởng").await;
    published(&site, None, "Tiện ren ngoài 100%").await;
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    assert_eq!(titles(&page).len(), 2);
    let check = async |search: &str, expected: &[&str]| {
        let query = url::form_urlencoded::byte_serialize(search.as_bytes()).collect::<String>();
        let page = browser.get(&format!("{}?q={query}", page.url.path())).await;
        assert_eq!(titles(&page), expected, "{search}");
        assert_eq!(page.attributes("#q", "value"), [search]);
    };
    check("an toan", &["An toàn điện trong xưởng"]).await;
    check("XƯỞNG dien", &["An toàn điện trong xưởng"]).await;
    check("ren", &["Tiện ren ngoài 100%"]).await;
    check("100%", &["Tiện ren ngoài 100%"]).await;
    check("%", &["Tiện ren ngoài 100%"]).await;
    check("_", &[]).await;
    check("hàn hồ quang", &[]).await;

    // Searching from the form keeps what was chosen, in the list too.
    let maximum = format!("maximum.{safety}");
    let chosen = [("q", "ren"), ("pick", safety.as_str()), (maximum.as_str(), "8")];
    let page = press(&browser, &page, "q", "search", &chosen).await;
    assert_eq!(titles(&page), ["An toàn điện trong xưởng", "Tiện ren ngoài 100%"]);
    assert_eq!(
        page.attributes("input[name=pick][checked]", "value"),
        std::slice::from_ref(&safety)
    );
    assert_eq!(page.attributes(&format!("[name=\"{maximum}\"]"), "value"), ["8"]);
}

#[tokio::test]
async fn one_quiz_becomes_an_activity_that_a_student_opens() {
    let (site, connected) = TestSite::connected().await;
    let id = published(&site, None, "An toàn điện").await;
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    let answer = pick(&browser, &page, &[&id], "8").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.all_text());
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains(&format!("form-action 'self' {}", site.platform.origin())),
        "{policy}"
    );

    let signed = claims(&answer);
    assert_eq!(signed["iss"], json!(connected.client_id));
    assert_eq!(signed[ITEMS][0]["url"], json!(format!("{}/", site.url)));
    let returned = browser.submit(&answer, "JWT", &[]).await;
    assert_eq!(returned.status, StatusCode::OK, "{}", returned.all_text());
    let selection = site.platform.selections().pop().expect("the platform took it");
    let [item] = selection.items.as_slice() else {
        panic!("{selection:?}")
    };
    assert_eq!(item.title, "An toàn điện");
    let line_item = ActivityLineItem {
        score_maximum: 8.0,
        resource_id: id.clone(),
        tag: "taynghe".to_owned(),
        submission_review: Some(json!({
            "reviewableStatus": ["InProgress", "Submitted", "Completed"],
            "url": format!("{}/", site.url),
        })),
    };
    assert_eq!(item.line_item, Some(line_item));

    let activities = site.platform.save_selection(&selection.id).unwrap();
    let student = site.browser();
    let page = student
        .launch(
            &site
                .platform
                .launch_initiation(STUDENTS[0], activities[0])
                .unwrap(),
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(page.text("h1").as_deref(), Some("An toàn điện"));
    let maximum = "SELECT CAST(CAST(score_maximum AS INTEGER) AS TEXT) FROM grade_columns";
    assert_eq!(site.database.texts(maximum).await, ["8"]);
    assert!(
        site.platform.problems().is_empty(),
        "{:?}",
        site.platform.problems()
    );
}

#[tokio::test]
async fn three_quizzes_become_three_activities() {
    let (site, connected) = TestSite::connected().await;
    let mut ids = Vec::new();
    for title in ["Bài 1", "Bài 2", "Bài 3"] {
        ids.push(published(&site, None, title).await);
    }
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let answer = pick(&browser, &page, &ids, "100").await;
    browser.submit(&answer, "JWT", &[]).await;
    let selection = site.platform.selections().pop().expect("the platform took it");
    let titles: Vec<_> = selection.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Bài 1", "Bài 2", "Bài 3"]);
    assert_eq!(site.platform.save_selection(&selection.id).unwrap().len(), 3);
}

#[tokio::test]
async fn a_request_is_answered_once() {
    let (site, connected) = TestSite::connected().await;
    let id = published(&site, None, "An toàn điện").await;
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    let first = pick(&browser, &page, &[&id], "10").await;
    assert_eq!(first.count("input[name=JWT]"), 1);
    let second = pick(&browser, &page, &[&id], "10").await;
    assert_eq!(second.code().as_deref(), Some("LTI-DL-SESSION"));
    let again = browser.get(page.url.path()).await;
    assert_eq!(again.code().as_deref(), Some("LTI-DL-SESSION"));
}

#[tokio::test]
async fn changing_ones_mind_sends_nothing_picked() {
    let (site, connected) = TestSite::connected().await;
    let id = published(&site, None, "An toàn điện").await;
    let browser = framed(&site);
    let page = open_picker_with(&site, &connected, &browser, json!({"data": "gửi lại: a=1"})).await;
    let answer = press(&browser, &page, "q", "cancel", &[("pick", &id)]).await;
    let signed = claims(&answer);
    assert_eq!(signed[ITEMS], json!([]));
    assert_eq!(
        signed["https://purl.imsglobal.org/spec/lti-dl/claim/data"],
        "gửi lại: a=1"
    );
}

/// The specification means text, and says "opaque": some platforms send an object, and get the same one back.
#[tokio::test]
async fn data_of_any_kind_goes_back_as_it_came() {
    let (site, connected) = TestSite::connected().await;
    for data in [
        json!({"state": [1, null, "ệ"]}),
        json!(7),
        json!(""),
        json!("\u{0}"),
    ] {
        let browser = framed(&site);
        let page = open_picker_with(&site, &connected, &browser, json!({ "data": data })).await;
        let answer = press(&browser, &page, "q", "cancel", &[]).await;
        assert_eq!(
            claims(&answer)["https://purl.imsglobal.org/spec/lti-dl/claim/data"],
            data
        );
    }
}

#[tokio::test]
async fn what_the_platform_does_not_take_is_refused() {
    let (site, connected) = TestSite::connected().await;
    let (one, two) = (
        published(&site, None, "Bài 1").await,
        published(&site, None, "Bài 2").await,
    );
    let browser = framed(&site);
    let page = open_picker_with(&site, &connected, &browser, json!({"accept_multiple": false})).await;
    assert_eq!(
        (
            page.count("input[name=pick][type=radio]"),
            page.count("input[type=checkbox][name=pick]")
        ),
        (2, 0)
    );
    let answer = pick(&browser, &page, &[&one, &two], "10").await;
    assert_eq!(answer.code().as_deref(), Some("LTI-DL-NOT-ACCEPTED"));
    let answer = pick(&browser, &page, &[&one], "10").await;
    assert_eq!(
        answer.count("input[name=JWT]"),
        1,
        "a refused choice answers nothing"
    );

    let other_types = json!({"accept_types": ["link", "file"]});
    let page = open_picker_with(&site, &connected, &browser, other_types).await;
    let answer = pick(&browser, &page, &[&one], "10").await;
    assert_eq!(answer.code().as_deref(), Some("LTI-DL-NOT-ACCEPTED"));

    let page = open_picker_with(&site, &connected, &browser, json!({"accept_lineitem": false})).await;
    assert_eq!(page.count("input[name^=\"column.\"]"), 0, "no column is offered");
    let column = format!("column.{one}");
    let answer = press(&browser, &page, "q", "pick", &[("pick", &one), (&column, "on")]).await;
    assert_eq!(answer.code().as_deref(), Some("LTI-DL-NOT-ACCEPTED"));
    let answer = pick(&browser, &page, &[&one], "10").await;
    assert_eq!(claims(&answer)[ITEMS][0]["lineItem"], Value::Null);
}

#[tokio::test]
async fn a_wrong_choice_is_shown_where_it_is_wrong() {
    let (site, connected) = TestSite::connected().await;
    let id = published(&site, None, "Bài 1").await;
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    let answer = pick(&browser, &page, &[], "10").await;
    assert_eq!(
        (answer.status, answer.count("#wrong")),
        (StatusCode::UNPROCESSABLE_ENTITY, 1)
    );
    for maximum in ["0", "101", "8,5", ""] {
        let answer = pick(&browser, &page, &[&id], maximum).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{maximum}");
        assert_eq!(answer.attributes("[aria-invalid=true]", "value"), [maximum]);
    }
    let draft = press(&browser, &page, "q", "new", &[]).await;
    let draft = press(&browser, &draft, "title", "save", &[("title", "Nháp")]).await;
    let id = draft.url.path_segments().unwrap().nth(3).unwrap().to_owned();
    let page = browser.get(page.url.path()).await;
    assert_eq!(
        page.attributes("input[name=pick][disabled]", "value"),
        std::slice::from_ref(&id)
    );
    let answer = pick(&browser, &page, &[&id], "10").await;
    assert_eq!(answer.code().as_deref(), Some("WEB-DRAFT"));
}

#[tokio::test]
async fn an_instructor_fills_an_empty_activity() {
    let (site, connected) = TestSite::connected().await;
    let id = published(&site, None, "An toàn điện").await;
    let activity = site.add_activity(&connected, "Bài kiểm tra", &[]);
    let launch = |user| site.platform.launch_initiation(user, activity).unwrap();
    let browser = site.browser();
    let page = browser.launch(&launch(INSTRUCTOR)).await;
    assert_eq!(
        (page.status, page.url.path().ends_with("/picker")),
        (StatusCode::OK, true),
        "{}",
        page.url
    );
    assert_eq!(page.count("button[value=cancel]"), 0);
    pick(&browser, &page, &[&id], "20").await;
    assert_eq!(site.count("placements").await, 1);

    let second = pick(&browser, &page, &[&id], "20").await;
    assert_eq!(second.code().as_deref(), Some("WEB-CONFLICT"));
    let student = site.browser();
    let page = student.launch(&launch(STUDENTS[0])).await;
    assert_eq!(page.text("h1").as_deref(), Some("An toàn điện"));
}

#[tokio::test]
async fn another_organisations_quiz_is_not_found() {
    let (site, connected) = TestSite::connected().await;
    site.connect(Some("Trường khác")).await;
    let foreign = published(&site, Some("Trường khác"), "Đề của trường khác").await;
    let browser = framed(&site);
    let page = open_picker(&site, &connected, &browser).await;
    assert_eq!(titles(&page), [] as [&str; 0]);
    let listed = browser
        .get(&format!("{}?chosen={foreign}", page.url.path()))
        .await;
    assert_eq!(titles(&listed), [] as [&str; 0]);
    let answer = pick(&browser, &page, &[&foreign], "10").await;
    assert_eq!(answer.code().as_deref(), Some("WEB-NOT-FOUND"));

    let activity = site.add_activity(&connected, "Bài kiểm tra", &[]);
    let teacher = site.browser();
    let page = teacher
        .launch(&site.platform.launch_initiation(INSTRUCTOR, activity).unwrap())
        .await;
    let answer = pick(&teacher, &page, &[&foreign], "10").await;
    assert_eq!(answer.code().as_deref(), Some("WEB-NOT-FOUND"));
    assert_eq!(site.count("placements").await, 0);
}
