//! What becomes of drafts: options left empty, quizzes that were only begun,
//! deleting, the language, pictures, and forms too large for a stranger.

use reqwest::StatusCode;
use tests::Answer;

use super::{desk, published, value};

#[tokio::test]
async fn options_left_empty_at_the_end_go_and_one_between_others_is_named() {
    let desk = desk().await;
    let page = desk.new_quiz().await;
    assert_eq!(page.count("[id^=q1_o][id$=_text]"), 4);
    let typed = [
        ("title", "Hàn"),
        ("q1_stem", "Hàn cần gì?"),
        ("q1_o1_text", "Mặt nạ"),
        ("q1_o3_text", "Găng da"),
        ("q1_right", "1"),
    ];
    let page = desk.press(&page, "publish", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attributes(".problems a", "href"), ["#q1_o2_text"]);
    assert_eq!(page.count("#q1_o2_text_error"), 1);
    assert_eq!(page.count("#q1_o4_text"), 0, "the last one goes");
    let page = desk.press(&page, "q1_o2_remove", &[]).await;
    let page = desk.press(&page, "q1_add", &[]).await;
    let page = desk.press(&page, "publish", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(page.count("[id^=q1_o][id$=_text]"), 2);
}

#[tokio::test]
async fn a_quiz_that_was_only_begun_is_not_listed_and_goes_after_a_day() {
    let desk = desk().await;
    desk.new_quiz().await;
    let page = desk.new_quiz().await;
    desk.press(&page, "save", &[("q1_stem", "Hàn cần gì?")]).await;
    let picker = desk.browser.get(&format!("{}/picker", desk.prefix)).await;
    assert_eq!(picker.count("li.entry"), 1);
    let name = picker.text("li.entry .name").unwrap();
    assert!(name.starts_with("Chưa đặt tên · sửa lần cuối"), "{name}");
    assert_eq!(desk.site.count("assessments").await, 2);
    for (hours, left) in [(23, 2), (2, 1), (24 * 400, 1)] {
        desk.site.clock.advance(chrono::TimeDelta::hours(hours));
        app::tidy::tidy(&desk.site.app).await.unwrap();
        assert_eq!(desk.site.count("assessments").await, left, "after {hours} more");
    }
}

#[tokio::test]
async fn a_draft_that_nobody_uses_is_deleted_once_asked_and_can_be_restored() {
    let desk = desk().await;
    let page = desk.new_quiz().await;
    let page = desk.press(&page, "save", &[("title", "Nháp")]).await;
    let entries = async || {
        let picker = desk.browser.get(&format!("{}/picker", desk.prefix)).await;
        (
            picker.count("li.entry"),
            picker.attributes("li.entry a[href$=remove]", "href"),
        )
    };
    let (listed, remove) = entries().await;
    assert_eq!((listed, remove.len()), (1, 1));
    assert_eq!(page.attributes(".away a", "href"), remove);
    let question = desk.browser.get(&remove[0]).await;
    assert_eq!(question.status, StatusCode::OK, "{}", question.all_text());
    assert!(question.all_text().contains("Nháp"));
    assert_eq!(entries().await.0, 1, "nothing happens by looking");
    let page = desk.browser.submit(&question, "away", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(entries().await.0, 0);
    desk.browser.submit(&page, "away", &[]).await;
    assert_eq!(entries().await.0, 1, "restored");

    let used = published(&desk.site, None, "Đang dùng").await;
    let page = desk
        .browser
        .get(&format!("{}/quizzes/{used}/remove", desk.prefix))
        .await;
    assert!(
        page.url.path().ends_with("/edit"),
        "a published quiz is archived, not deleted"
    );
    desk.browser.submit(&page, "away", &[]).await;

    desk.browser
        .submit(&desk.browser.get(&remove[0]).await, "away", &[])
        .await;
    desk.site.clock.advance(chrono::TimeDelta::days(31));
    app::tidy::tidy(&desk.site.app).await.unwrap();
    assert_eq!(desk.site.count("assessments").await, 1, "the published one");
}

#[tokio::test]
async fn a_quiz_is_written_in_the_language_that_its_author_chooses() {
    let desk = desk().await;
    let chosen = |page: &Answer| value(page, "#original option[selected]");
    let page = desk.new_quiz().await;
    assert_eq!(chosen(&page), "vi", "the page's, for the first quiz");
    let typed = [
        ("title", "Schweißen"),
        ("q1_stem", "Was zuerst?"),
        ("original", "de"),
    ];
    let page = desk.press(&page, "save", &typed).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(
        (chosen(&page).as_str(), value(&page, "[name=in]").as_str()),
        ("de", "de")
    );
    assert_eq!(value(&page, "#title"), "Schweißen", "the words moved along");
    let titles = desk.site.database.texts("SELECT title FROM assessments").await;
    assert!(
        titles[0].contains(r#""default_language":"de""#) && !titles[0].contains(r#""vi""#),
        "{titles:?}"
    );
    assert_eq!(chosen(&desk.new_quiz().await), "de", "as the last one was");

    let page = desk.press(&page, "in:vi", &[]).await;
    let page = desk
        .press(&page, "save", &[("title", "Hàn"), ("original", "vi")])
        .await;
    assert_eq!(
        (chosen(&page), value(&page, "#title")),
        ("vi".to_owned(), "Hàn".to_owned())
    );
    let page = desk.press(&page, "in:de", &[]).await;
    assert_eq!(value(&page, "#title"), "Schweißen", "a translation stays");
}

#[tokio::test]
async fn a_picture_that_pages_do_not_show_is_named() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let picture = "Đây là gì? ![biển báo](https://example.org/a.png)";
    let page = desk.press(&page, "publish", &[("q1_stem", picture)]).await;
    assert_eq!(page.attributes(".problems a", "href"), ["#q1_stem"]);
    let preview = desk.press(&page, "preview", &[]).await;
    assert_eq!(preview.count("img[src]"), 0);
    assert_eq!(preview.attributes("img", "alt"), ["biển báo"]);
}

/// Nobody waits for the end: the answer comes while most of the body was never sent.
#[tokio::test]
async fn a_large_body_is_only_read_from_who_has_a_session() {
    use std::io::{Read, Write};
    let desk = desk().await;
    let address = desk.site.url.trim_start_matches("http://").to_owned();
    let quiz = format!("POST {}/quizzes/x/edit", desk.prefix);
    let entries = format!("PUT {}/attempts/x/entries", desk.prefix);
    for (line, media_type) in [
        (quiz, "application/x-www-form-urlencoded"),
        (entries, "application/json"),
    ] {
        let mut connection = std::net::TcpStream::connect(&address).unwrap();
        connection
            .set_read_timeout(Some(std::time::Duration::from_secs(15)))
            .unwrap();
        let head = format!(
            "{line} HTTP/1.1\r\nhost: {address}\r\norigin: {}\r\naccept: text/html\r\nconnection: close\r\n\
             content-type: {media_type}\r\ncontent-length: 250000\r\n\r\n",
            desk.site.url
        );
        connection.write_all(head.as_bytes()).unwrap();
        connection.write_all(&[b'a'; 70_000]).unwrap();
        let mut answer = [0; 4096];
        let read = connection.read(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 401"), "{line}: {answer}");
    }
}
