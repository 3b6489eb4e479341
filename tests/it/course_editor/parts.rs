//! Parts of a lesson: pictures, videos with captions, reflections, and the preview.

use reqwest::StatusCode;
use tests::{ChosenFile, small_png};

use super::desk;

const CAPTIONS: &[u8] = b"WEBVTT\n\n00:00.000 --> 00:04.000\n\xc4\x90eo k\xc3\xadnh.\n";

/// The first bytes of a film, and nothing to watch.
fn film() -> Vec<u8> {
    let mut film = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2".to_vec();
    film.resize(4_000, 0);
    film
}

#[tokio::test]
async fn a_picture_stands_in_the_body_and_in_the_preview() {
    let desk = desk().await;
    desk.course().await;
    let lesson = desk.lesson("khi-may-chay").await;
    let picture = ChosenFile {
        field: "picture_file",
        name: "mâm cặp.png",
        media_type: "image/png",
        content: &small_png(),
    };
    let typed = [
        ("picture_words", "Mâm [cặp]"),
        ("picture_to", "vi"),
        ("do", "picture"),
    ];
    let saved = desk
        .browser
        .submit_files(&lesson, "revision", &typed, &[picture])
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.all_text());
    let body = desk.body("khi-may-chay", "vi").await;
    assert!(
        body.contains("![Mâm \\[cặp\\]](media:") && body.ends_with(".png)"),
        "{body}"
    );
    let preview = saved.attributes("form#editor", "data-preview").concat();
    let shown = desk.browser.get(&preview).await;
    let pictures = shown.attributes(".prose img", "src");
    assert_eq!(pictures.len(), 1, "{}", shown.body);
    let (status, headers, _) = desk.browser.file(&pictures[0], &[]).await;
    let location = headers
        .get("location")
        .map(|place| place.to_str().unwrap().to_owned());
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(desk.browser.file(&location.unwrap(), &[]).await.0, StatusCode::OK);

    // what is typed and not saved is shown too, cleaned
    let csrf = saved.csrf();
    let typed = [
        ("csrf", csrf.as_str()),
        ("revision", "99"),
        ("body_vi", "**Chưa lưu.**\n\n<script>alert(1)</script>"),
    ];
    let shown = desk.browser.post(&preview, &typed).await;
    assert_eq!(
        shown.text(".prose strong").as_deref(),
        Some("Chưa lưu."),
        "{}",
        shown.all_text()
    );
    assert!(!shown.body.contains("alert(1)"));
    assert!(!desk.body("khi-may-chay", "vi").await.contains("Chưa lưu"));

    // a script sends a picture by itself
    let files = saved.attributes("form#editor", "data-files").concat();
    let sent = desk
        .browser
        .upload(&files, &csrf, "a.png", "image/png", &small_png())
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert!(sent.json()["address"].as_str().unwrap().starts_with("media:"));
}

#[tokio::test]
async fn a_video_has_captions_and_goes_into_the_courses_folder() {
    let desk = desk().await;
    desk.course().await;
    let lesson = desk.lesson("khi-may-chay").await;
    let film = film();
    let video = ChosenFile {
        field: "new_file",
        name: "mo may.mp4",
        media_type: "video/mp4",
        content: &film,
    };
    let typed = [
        ("new_file_title", "Mở máy"),
        ("do", "file"),
        ("new_reflection_vi", "Ai mở máy ở xưởng bạn?"),
    ];
    let saved = desk
        .browser
        .submit_files(&lesson, "revision", &typed, &[video])
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.all_text());
    let hash = saved.attributes("input[name=files]", "value").concat();
    assert_eq!(hash.len(), 64, "{}", saved.all_text());
    assert_eq!(saved.count("input[name=reflections][value]"), 1);
    assert!(desk.get("/publish").await.body.contains("CRS-CAPTIONS"));
    let field = format!("file_{hash}_captions_vi");
    let captions = |content, name| ChosenFile {
        field: &field,
        name,
        media_type: "text/vtt",
        content,
    };
    let refused = desk
        .browser
        .submit_files(
            &saved,
            "revision",
            &[("do", "save")],
            &[captions(b"1\n00:01 --> 00:02\n", "phu-de.vtt")],
        )
        .await;
    // WEB-FILE-MISMATCH
    assert!(
        refused.body.contains("WEB-FILE-MISMATCH"),
        "{}",
        refused.all_text()
    );
    let saved = desk
        .browser
        .submit_files(
            &saved,
            "revision",
            &[("do", "save")],
            &[captions(CAPTIONS, "phu-de.vtt")],
        )
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.all_text());
    assert!(!desk.get("/publish").await.body.contains("CRS-CAPTIONS"));
    desk.publish("").await;
    let guest = desk
        .site
        .browser()
        .get("/courses/an-toan-dien/khi-may-chay?language=vi")
        .await;
    assert_eq!(guest.count("video track"), 1, "{}", guest.body);
    let exported = app::course::export(&desk.site.app, None, "an-toan-dien".to_owned())
        .await
        .unwrap();
    let names: Vec<&String> = exported.files.keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
