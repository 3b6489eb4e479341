//! Two authors at once: what only one of them changed is kept, what both changed is a choice, and no line is lost.

use reqwest::StatusCode;

use super::{Desk, desk};
use crate::authoring::press;

const LESSON: &str = "khi-may-chay";

async fn opened() -> Desk {
    let desk = desk().await;
    desk.course().await;
    desk
}

#[tokio::test]
async fn different_parts_are_both_kept_and_told() {
    let desk = opened().await;
    let (mine, theirs) = (desk.lesson(LESSON).await, desk.lesson(LESSON).await);
    desk.press(
        &theirs,
        "save",
        &[("body_de", "Schutzbrille tragen."), ("minutes", "9")],
    )
    .await;
    let other = desk.get("").await;
    desk.press(&other, "step:khi-may-chay:up", &[]).await;
    let saved = desk.press(&mine, "save", &[("body_vi", "Của tôi.")]).await;
    let told = saved.text("#told").unwrap_or_default();
    assert!(
        told.contains("Khi máy chạy") && told.contains("Deutsch"),
        "{told}"
    );
    assert_eq!(desk.body(LESSON, "vi").await, "Của tôi.");
    assert_eq!(desk.body(LESSON, "de").await, "Schutzbrille tragen.");
    assert!(desk.outline().await.starts_with(LESSON));
}

#[tokio::test]
async fn the_same_words_are_a_choice() {
    for (choice, edited, expected) in [
        ("mine", "", "Của tôi."),
        ("theirs", "", "Của họ."),
        ("edited", "Của cả hai.", "Của cả hai."),
    ] {
        let desk = opened().await;
        let (mine, theirs) = (desk.lesson(LESSON).await, desk.lesson(LESSON).await);
        desk.press(&theirs, "save", &[("body_vi", "Của họ."), ("body_en", "Theirs.")])
            .await;
        let typed = [("body_vi", "Của tôi."), ("title_de", "Bei laufender Maschine")];
        let conflict = press(&desk.browser, &mine, "revision", "save", &typed).await;
        // WEB-CONFLICT
        assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.all_text());
        assert_eq!(conflict.count("fieldset.conflict"), 1);
        let sides = conflict.text(".sides").unwrap_or_default();
        assert!(sides.contains("Của tôi.") && sides.contains("Của họ."), "{sides}");
        assert_eq!(conflict.count(".lines .differs"), 2);
        assert_eq!(
            desk.body(LESSON, "vi").await,
            "Của họ.",
            "nothing was written over"
        );
        let path = "steps/khi-may-chay/body/versions/vi";
        let (choice_field, edited_field) = (format!("choice/{path}"), format!("edited/{path}"));
        let chosen = [(choice_field.as_str(), choice), (edited_field.as_str(), edited)];
        let saved = desk.browser.submit(&conflict, "seen", &chosen).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.all_text());
        assert_eq!(desk.body(LESSON, "vi").await, expected);
        assert_eq!(desk.body(LESSON, "en").await, "Theirs.");
        let draft = desk.draft().await;
        let lesson = draft
            .lessons()
            .find(|lesson| lesson.key.as_str() == LESSON)
            .unwrap();
        assert!(
            lesson.title.versions.contains_key("de"),
            "what only I changed is kept"
        );
    }
}

#[tokio::test]
async fn a_choice_about_older_words_is_asked_again() {
    let desk = opened().await;
    let (mine, theirs) = (desk.lesson(LESSON).await, desk.lesson(LESSON).await);
    let theirs = desk.press(&theirs, "save", &[("body_vi", "Của họ.")]).await;
    let conflict = press(
        &desk.browser,
        &mine,
        "revision",
        "save",
        &[("body_vi", "Của tôi.")],
    )
    .await;
    desk.press(&theirs, "save", &[("body_vi", "Của họ, lần nữa.")])
        .await;
    let choice = [("choice/steps/khi-may-chay/body/versions/vi", "mine")];
    let again = desk.browser.submit(&conflict, "seen", &choice).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.all_text());
    assert_eq!(desk.body(LESSON, "vi").await, "Của họ, lần nữa.");
    assert_eq!(
        again.count("input[value=mine][checked]"),
        1,
        "the choice is remembered"
    );
    desk.browser.submit(&again, "seen", &choice).await;
    assert_eq!(desk.body(LESSON, "vi").await, "Của tôi.");
}

#[tokio::test]
async fn what_a_script_saves_is_no_conflict_with_its_own_author() {
    let desk = opened().await;
    let (mine, theirs) = (desk.lesson(LESSON).await, desk.lesson(LESSON).await);
    let (_, _, fields) = mine.form("revision");
    let with = |words: &str| {
        let mut fields: Vec<(String, String)> = fields.clone();
        fields.retain(|(name, _)| !["body_vi", "last", "csrf"].contains(&name.as_str()));
        fields.push(("body_vi".to_owned(), words.to_owned()));
        fields
    };
    let encoded = |fields: &[(String, String)]| {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish()
    };
    let post = async |words: &str, last: &str, button: &str| {
        let mut sent = with(words);
        sent.push(("last".to_owned(), last.to_owned()));
        sent.push(("do".to_owned(), button.to_owned()));
        sent.push(("csrf".to_owned(), mine.csrf()));
        let origin = mine.url.origin().ascii_serialization();
        desk.browser.post_from(&origin, mine.url.as_str(), sent).await
    };
    let first = post("Một.", "", "autosave").await;
    assert_eq!(
        (first.status, first.json()["merged"].as_bool()),
        (StatusCode::OK, Some(false))
    );
    desk.press(&theirs, "save", &[("body_de", "Von ihnen.")]).await;
    let second = post("Một hai.", &encoded(&with("Một.")), "autosave").await;
    assert_eq!(
        (second.status, second.json()["merged"].as_bool()),
        (StatusCode::OK, Some(true))
    );
    // the form still shows no German words, and takes none away
    let third = post("Một hai ba.", &encoded(&with("Một hai.")), "save").await;
    assert_eq!(third.status, StatusCode::OK, "{}", third.all_text());
    assert_eq!(desk.body(LESSON, "vi").await, "Một hai ba.");
    assert_eq!(desk.body(LESSON, "de").await, "Von ihnen.");
    let other = desk.lesson(LESSON).await;
    desk.press(&other, "save", &[("body_vi", "Của họ.")]).await;
    let late = post("Một hai ba bốn.", &encoded(&with("Một hai ba.")), "autosave").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(desk.body(LESSON, "vi").await, "Của họ.");
}
