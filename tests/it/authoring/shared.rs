//! What several questions refer to, written by plain forms; and the tour of all
//! types, which comes back from the editor as it went in.

use reqwest::StatusCode;

use super::{desk, published, value};

#[tokio::test]
async fn material_is_written_once_and_chosen_at_questions() {
    let desk = desk().await;
    let id = published(&desk.site, None, "Đọc bản vẽ").await;
    let page = desk.open(&id).await;
    assert_eq!(
        page.count("select[name$='_stimulus']"),
        0,
        "nothing to choose yet"
    );
    let page = desk.press(&page, "add_stimulus", &[]).await;
    let page = desk.press(&page, "add_stimulus", &[]).await;
    let drawing = value(&page, "[name='t2_id']");
    let typed = [
        ("t2_title", "Bản vẽ TR-07"),
        ("t2_text", "Trục bậc **C45**."),
        ("q1_stimulus", drawing.as_str()),
        ("q2_stimulus", drawing.as_str()),
    ];
    // the first one says nothing yet
    let page = desk.press(&page, "publish", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attributes(".problems a", "href"), ["#t1_text"]);
    let page = desk.press(&page, "t1_remove", &[]).await;
    assert_eq!(value(&page, "[name='t1_id']"), drawing);
    // one that is used stays, and the page says where
    let kept = desk.press(&page, "t1_remove", &[]).await;
    let why = kept.text("#t1_error").unwrap_or_default();
    assert!(why.contains("1, 2"), "{why}");
    assert_eq!(value(&kept, "[name='t1_id']"), drawing);
    let saved = desk.press(&kept, "publish", &[]).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.all_text());
    let preview = desk.press(&saved, "preview", &[]).await;
    assert_eq!(preview.count(".stimulus"), 1);
    let words = preview.text(".stimulus").unwrap_or_default();
    assert!(
        words.contains("câu 1–2") && words.contains("Bản vẽ TR-07"),
        "{words}"
    );
    let free = [("q1_stimulus", ""), ("q2_stimulus", "")];
    let page = desk.press(&saved, "refresh", &free).await;
    let page = desk.press(&page, "t1_remove", &[]).await;
    assert_eq!(page.count("[name='t1_id']"), 0);
}

#[tokio::test]
async fn the_tour_of_all_types_comes_back_whole() {
    let desk = desk().await;
    let files = starter_content::MEDIA.iter();
    let files = files.map(|file| (file.name.to_owned(), file.content.to_vec()));
    app::media::install_samples(&desk.site.app, None, files.collect())
        .await
        .expect("they are kept");
    let tour = starter_content::ASSESSMENTS
        .iter()
        .find(|file| file.name == "question-types");
    let draft = assessment::draft_from_json(tour.expect("the tour").json).expect("a draft");
    let id = app::assessment::install_sample(&desk.site.app, None, draft.clone())
        .await
        .expect("it can be published");
    for language in ["vi", "de", "en"] {
        let address = format!("{}/quizzes/{id}/edit?in={language}", desk.prefix);
        let page = desk.browser.get(&address).await;
        let saved = desk.press(&page, "publish", &[]).await;
        assert_eq!(saved.status, StatusCode::OK, "{language}: {}", saved.all_text());
        let stored = desk
            .site
            .database
            .texts(&format!("SELECT draft FROM assessments WHERE id = '{id}'"))
            .await;
        let stored = assessment::draft_from_json(&stored.concat()).expect("a draft");
        for (slot, kept) in draft.slots.iter().zip(&stored.slots) {
            assert_eq!(kept, slot, "{language}");
        }
        assert_eq!(stored, draft, "{language}");
    }
}
