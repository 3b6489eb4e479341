//! The page: who may see it, what it keeps, what it shows.

use app::administration;
use practice_platform::STUDENTS;
use reqwest::StatusCode;
use tests::{Answer, Browser};

use crate::grade::Story;

async fn administrator(story: &Story) -> (Browser, Answer) {
    let browser = story.site.browser();
    let address = administration::link(&story.site.app, None).await.expect("a link");
    let page = browser.post(&address, &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    (browser, page)
}

#[tokio::test]
async fn the_last_check_is_shown_with_its_time_until_the_next() {
    let story = Story::in_use().await;
    story.change_tool(|tool| tool.config.memberships = false);
    let (browser, overview) = administrator(&story).await;
    let id = story.registration().await;
    let address = format!("{}/registrations/{id}/check", overview.url.path());
    assert_eq!(overview.count(&format!("a[href=\"{address}\"]")), 1);
    let never = browser.get(&address).await;
    assert_eq!(never.status, StatusCode::OK, "{}", never.all_text());
    assert_eq!((never.count(".empty"), never.count(".findings")), (1, 0));
    assert_eq!(
        story.site.count("platform_checks").await,
        0,
        "looking runs nothing"
    );

    let csrf = never.csrf();
    let checked = browser.post(&address, &[("csrf", &csrf)]).await;
    assert_eq!(
        (checked.status, checked.url.path()),
        (StatusCode::OK, address.as_str())
    );
    assert_eq!(checked.count(".notice.warn"), 1, "{}", checked.all_text());
    let partly = checked.text(".findings.to-look").expect("what deserves a look");
    assert!(partly.contains("Names and Role Provisioning"), "{partly}");
    assert!(partly.contains("Manage tools"), "{partly}");
    assert_eq!(
        checked.count(&format!("a[href$=\"/registrations/{id}/test-launch\"]")),
        1
    );
    assert_eq!(story.site.count("platform_checks").await, 1);

    let asked = story.site.platform.requests().len();
    let again = browser.get(&address).await;
    assert_eq!(again.text(".findings.to-look"), Some(partly), "it is kept");
    assert_eq!(story.site.platform.requests().len(), asked);
    let overview = browser.get(overview.url.path()).await;
    let card = overview.text(&format!("#registration-{id}")).expect("the card");
    assert!(
        card.contains("Nên xem lại") && card.contains("Kiểm tra lúc"),
        "{card}"
    );
}

#[tokio::test]
async fn neither_secrets_nor_names_are_kept() {
    let story = Story::in_use().await;
    story.hand_in(STUDENTS[0], 2).await;
    story.check().await;
    let kept = story
        .site
        .database
        .texts("SELECT findings FROM platform_checks")
        .await
        .concat();
    assert!(kept.contains("members-read"), "{kept}");
    for user in story.site.platform.users() {
        for name in [
            &user.email,
            &user.username,
            &user.full_name(),
            &user.vietnamese_name(),
        ] {
            assert!(!kept.contains(name.as_str()), "{name} in {kept}");
        }
    }
    let tokens = story.site.platform.requests_to(practice_platform::Service::Token);
    let answers = tokens
        .iter()
        .filter_map(|request| serde_json::from_str::<serde_json::Value>(&request.answer).ok());
    let given: Vec<String> = answers
        .filter_map(|answer| Some(answer["access_token"].as_str()?.to_owned()))
        .collect();
    assert!(!given.is_empty());
    for token in given {
        assert!(!kept.contains(&token), "{token}");
    }
}
