//! Content selection: what comes back from the tool's picker, and what is saved.

use practice_platform::{COURSE, HiddenForm, INSTRUCTOR, SaveError};
use serde_json::{Value, json};

use crate::site::{Site, TOOL, claims};
use crate::support::{CLIENT, tool_key};

/// Answers a deep linking request with these items; changes go over the claims. Gives status and page.
async fn select(site: &Site, items: Value, changed: Value, destination: Option<&str>) -> (u16, String) {
    let initiation = site
        .platform
        .deep_linking_initiation(INSTRUCTOR, COURSE, 1)
        .unwrap();
    let redirect = format!("{TOOL}/dl");
    let answer = site
        .authenticate(&initiation, &[("redirect_uri", &redirect)])
        .await;
    let form = HiddenForm::of(&answer.text().await.unwrap()).unwrap();
    let (_, request) = claims(form.field("id_token").unwrap());
    let settings = &request["https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"];
    let now = chrono::Utc::now().timestamp();
    let mut response = json!({
        "iss": CLIENT, "aud": site.platform.origin(), "iat": now - 5, "exp": now + 300, "nonce": "n",
        "https://purl.imsglobal.org/spec/lti/claim/deployment_id": "1",
        "https://purl.imsglobal.org/spec/lti/claim/message_type": "LtiDeepLinkingResponse",
        "https://purl.imsglobal.org/spec/lti/claim/version": "1.3.0",
        "https://purl.imsglobal.org/spec/lti-dl/claim/content_items": items,
    });
    for (name, value) in changed.as_object().unwrap() {
        response[name] = value.clone();
    }
    site.platform.clear_requests();
    let return_url = settings["deep_link_return_url"].as_str().unwrap();
    let request = site
        .client
        .post(return_url)
        .form(&[("JWT", tool_key().sign(&response))]);
    let request = destination
        .iter()
        .fold(request, |request, value| request.header("sec-fetch-dest", *value));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn item(title: &str, maximum: f64) -> Value {
    json!({
        "type": "ltiResourceLink", "title": title, "url": format!("{TOOL}/launch"), "custom": { "quiz": "1" },
        "lineItem": { "scoreMaximum": maximum, "resourceId": title, "tag": "t" },
    })
}

#[tokio::test]
async fn answers_are_judged_as_moodle_does() {
    let site = Site::start();
    let one = || json!([item("Một", 10.0)]);
    let claim = |name: &str, value: &str| json!({ format!("https://purl.imsglobal.org/spec/lti/claim/{name}"): value });
    let html = json!([{ "type": "html", "title": "x", "url": format!("{TOOL}/x") }]);
    for (items, changed, destination, status, rule) in [
        (one(), json!({}), Some("iframe"), 200, ""),
        (one(), json!({}), Some("document"), 400, "deep-linking-frame"),
        (one(), json!({ "iss": TOOL }), None, 404, "deep-linking-iss"),
        (one(), json!({ "exp": 1 }), None, 404, "deep-linking-times"),
        (one(), json!({ "aud": TOOL }), None, 200, "deep-linking-aud"),
        (one(), json!({ "nonce": "" }), None, 200, "deep-linking-nonce"),
        (
            one(),
            claim("deployment_id", "9"),
            None,
            200,
            "deep-linking-deployment",
        ),
        (
            one(),
            claim("message_type", "x"),
            None,
            200,
            "deep-linking-message-type",
        ),
        (one(), claim("version", "1.2"), None, 200, "deep-linking-version"),
        (
            json!([item("Nửa", 20.5)]),
            json!({}),
            None,
            200,
            "deep-linking-item-maximum",
        ),
        (
            json!([item("", 20.0)]),
            json!({}),
            None,
            200,
            "deep-linking-item-title deep-linking-item-resource-id",
        ),
        (html, json!({}), None, 200, "deep-linking-item-type"),
        (json!([]), json!({}), None, 200, ""),
    ] {
        let before = site.platform.selections().len();
        let (given, page) = select(&site, items.clone(), changed.clone(), destination).await;
        assert_eq!(given, status, "{items} {changed} {page}");
        assert_eq!(site.rules().join(" "), rule, "{items} {changed}");
        let kept = site.platform.selections().len() > before;
        assert_eq!(kept, status == 200 && items != json!([]), "{items} {changed}");
    }
}

#[tokio::test]
async fn one_item_wants_a_whole_maximum_up_to_a_hundred() {
    let site = Site::start();
    select(&site, json!([item("Nửa", 20.5)]), json!({}), None).await;
    let selection = site.platform.selections().pop().unwrap();
    assert_eq!(
        site.platform.save_selection(&selection.id),
        Err(SaveError::Maximum)
    );
    let cookie = site.sign_in(INSTRUCTOR).await;
    let address = format!("/course/modedit.php?course=2&type=1&selection={}", selection.id);
    let page = site.page(&cookie, &address).await;
    assert!(page.contains("value=\"20.5\"") && page.contains("value=\"Nửa\""));
    let mut form = HiddenForm::of(&page).unwrap();
    form.fields
        .retain(|(name, _)| !["name", "maximum"].contains(&name.as_str()));
    let save = |maximum: &str| {
        let more = [("name", "Một nửa"), ("maximum", maximum), ("accept_grades", "1")];
        let mut fields = form.fields.clone();
        fields.extend(more.map(|(name, value)| (name.to_owned(), value.to_owned())));
        site.client
            .post(site.at("/course/modedit.php"))
            .header("cookie", &cookie)
            .form(&fields)
            .send()
    };
    let refused = save("20.5").await.unwrap().text().await.unwrap();
    assert!(
        refused.contains("must be an integer between 1 and 100"),
        "{refused}"
    );
    assert_eq!(save("20").await.unwrap().status(), 303);
    let made = site.platform.line_items().pop().unwrap();
    let column = (
        made.label.as_str(),
        made.score_maximum,
        made.resource_id.as_str(),
        made.tag.as_str(),
    );
    assert_eq!(column, ("Một nửa", 20.0, "Nửa", "t"));
}

#[tokio::test]
async fn several_items_get_a_hundred_in_silence() {
    let site = Site::start();
    select(
        &site,
        json!([item("A", 20.5), item("B", 0.0), item("C", 1.0)]),
        json!({}),
        None,
    )
    .await;
    let selection = site.platform.selections().pop().unwrap();
    assert_eq!(site.platform.save_selection(&selection.id).unwrap().len(), 3);
    let columns = site.platform.line_items();
    let made: Vec<_> = columns
        .iter()
        .skip(1)
        .map(|item| (item.label.as_str(), item.score_maximum))
        .collect();
    assert_eq!(made, [("A", 100.0), ("B", 100.0), ("C", 1.0)]);
}
