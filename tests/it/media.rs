//! Files: a student's photo and who sees it, by script and by plain form; what is
//! refused and why; an author's picture from the editor to the student.

use assessment::Draft;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use tests::{Answer, Browser, ChosenFile, TestSite, small_png};

use crate::authoring::press;

fn text(words: &str) -> Value {
    json!({"default_language": "vi", "versions": {"vi": words}})
}

/// A photo of a thread, and a question beside it.
fn draft() -> Draft {
    let draft = json!({
    "title": text("Tiện ren"),
    "slots": [
        {"id": "photo", "points": 2, "item": {
            "type": "upload", "stem": text("Chụp mối ren."), "kinds": ["picture", "text"],
            "most_files": 2, "most_bytes": 100_000, "from_camera": true}},
        {"id": "word", "points": 1, "item": {
            "type": "essay", "stem": text("Bạn đã làm gì?")}},
    ]});
    serde_json::from_value(draft).expect("a draft")
}

struct Class {
    site: TestSite,
    activity: i64,
}

impl Class {
    async fn with_upload() -> Self {
        let (site, connected) = TestSite::connected().await;
        let quiz = app::assessment::install_sample(&site.app, None, draft())
            .await
            .expect("it can be published");
        let activity = site.add_activity(&connected, "Tiện ren", &[("taynghe_assessment", &quiz)]);
        Self { site, activity }
    }

    async fn launch(&self, user: i64) -> (Browser, Answer) {
        let browser = self.site.browser();
        let initiation = self.site.platform.launch_initiation(user, self.activity);
        let front = browser.launch(&initiation.expect("the activity")).await;
        (browser, front)
    }

    async fn attempt(&self, user: i64) -> (Browser, Answer) {
        let (browser, front) = self.launch(user).await;
        let address = format!("/s/{}/attempts", front.session_id());
        let page = browser.post(&address, &[("csrf", &front.csrf())]).await;
        assert_eq!(page.count("form#attempt"), 1, "{}", page.all_text());
        (browser, page)
    }
}

async fn send(browser: &Browser, page: &Answer, name: &str, media_type: &str, content: &[u8]) -> Answer {
    let address = format!("{}/files/photo", page.url.path());
    browser
        .upload(&address, &page.csrf(), name, media_type, content)
        .await
}

fn photo(name: &'static str, content: &'static [u8]) -> ChosenFile<'static> {
    ChosenFile {
        field: "upload/photo",
        name,
        media_type: "application/octet-stream",
        content,
    }
}

#[tokio::test]
async fn a_photo_is_seen_by_its_student_and_by_instructors_alone() {
    let class = Class::with_upload().await;
    let (browser, page) = class.attempt(STUDENTS[0]).await;
    let sent = send(&browser, &page, "C:\\ảnh\\ren.png", "image/png", &small_png()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let file: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(
        (file["name"].as_str(), file["kind"].as_str()),
        (Some("ren.png"), Some("picture"))
    );

    let value = ["hash", "kind", "bytes", "name"].map(|key| file[key].to_string().replace('"', ""));
    let value = value.join(" ");
    let claimed = value.replacen(|digit: char| digit.is_ascii_hexdigit(), "0", 1);
    let foreign = if claimed == value {
        value.replacen('0', "1", 1)
    } else {
        claimed
    };
    let refused = browser
        .submit(
            &page,
            "then",
            &[("answer/photo/file", &foreign), ("then", "stay")],
        )
        .await;
    assert_eq!(
        refused.text(".notice.bad:not([hidden]) code").as_deref(),
        Some("ATT-RESPONSE-INVALID"),
        "only what was uploaded"
    );
    assert_eq!(refused.count("[data-slot='photo'] .error"), 1);
    let saved = browser
        .submit(&page, "then", &[("answer/photo/file", &value), ("then", "stay")])
        .await;
    assert_eq!(saved.count(".files img"), 1, "{}", saved.all_text());
    let path = saved.attributes(".files img", "src").concat();
    let (status, headers, bytes) = browser.file(&path, &[]).await;
    assert_eq!((status, &bytes[1..4]), (StatusCode::OK, &b"PNG"[..]));
    assert_eq!(headers["content-type"], "image/png");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["cache-control"], "private, no-cache");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; sandbox"), "{policy}");
    let etag = headers["etag"].to_str().unwrap();
    let (status, _, bytes) = browser.file(&path, &[(header::IF_NONE_MATCH, etag)]).await;
    assert_eq!((status, bytes.len()), (StatusCode::NOT_MODIFIED, 0));

    let hash = file["hash"].as_str().unwrap();
    let of = |front: &Answer| format!("/s/{}/media/{hash}", front.session_id());
    let (other, front) = class.launch(STUDENTS[1]).await;
    assert_eq!(other.file(&of(&front), &[]).await.0, StatusCode::NOT_FOUND);
    let (teacher, front) = class.launch(INSTRUCTOR).await;
    assert_eq!(teacher.file(&of(&front), &[]).await.0, StatusCode::OK);
    assert_eq!(
        class.site.browser().file(&path, &[]).await.0,
        StatusCode::UNAUTHORIZED
    );

    let address = format!("{}/submit", page.url.path());
    browser.post(&address, &[("csrf", &page.csrf())]).await;
    let attempt = page.url.path_segments().unwrap().next_back().unwrap().to_owned();
    let review = teacher
        .get(&format!("/s/{}/attempts/{attempt}", front.session_id()))
        .await;
    assert_eq!(review.count(".files img"), 1, "{}", review.all_text());
    assert!(review.all_text().contains("ren.png"));
    let late = send(&browser, &page, "b.png", "image/png", &small_png()).await;
    assert_eq!(late.code().as_deref(), Some("ATT-CLOSED"));
}

#[tokio::test]
async fn without_a_script_files_come_with_the_form_and_cost_no_answer() {
    let class = Class::with_upload().await;
    let (browser, page) = class.attempt(STUDENTS[0]).await;
    assert_eq!(
        page.attributes("form#attempt", "enctype").concat(),
        "multipart/form-data"
    );
    let program = photo("O0001.nc", b"G01 X25.5 Z-40\r\nM30\r\n");
    let changes = [("answer/word", "Tiện ren M10"), ("then", "stay")];
    let saved = browser.submit_files(&page, "then", &changes, &[program]).await;
    assert_eq!(saved.count(".files input[checked]"), 1, "{}", saved.all_text());
    assert!(saved.body.contains("Tiện ren M10") && saved.all_text().contains("O0001.nc"));
    let path = saved.attributes(".files a[download]", "href").concat();
    let (_, headers, bytes) = browser.file(&path, &[]).await;
    assert_eq!(
        (headers["content-disposition"].to_str().unwrap(), bytes.len()),
        ("attachment", 21)
    );

    // one is refused, the other is kept, and so is what was written
    let files = [photo("trang.jpg", b"<html></html>"), photo("b.txt", b"X10\n")];
    let changes = [("answer/word", "Viết lại"), ("then", "submit")];
    let refused = browser.submit_files(&saved, "then", &changes, &files).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-FILE-MISMATCH"));
    let page = browser.get(page.url.path()).await;
    assert_eq!(page.count("form#attempt"), 1, "nothing was submitted");
    assert_eq!(page.count(".files li"), 2, "{}", page.all_text());
    assert!(page.body.contains("Viết lại"));
    let third = [photo("c.txt", b"X11\n")];
    let refused = browser
        .submit_files(&page, "then", &[("then", "stay")], &third)
        .await;
    assert_eq!(refused.code().as_deref(), Some("WEB-FILE-TOO-MANY"));

    // unticked, they are gone
    let page = browser
        .submit_files(
            &page,
            "then",
            &[("answer/photo/file", "(none)"), ("then", "stay")],
            &[],
        )
        .await;
    assert_eq!(page.count(".files li"), 0, "{}", page.all_text());
}

#[tokio::test]
async fn what_is_not_taken_is_refused_with_its_reason() {
    let class = Class::with_upload().await;
    let (browser, page) = class.attempt(STUDENTS[0]).await;
    let mut huge = small_png();
    huge.splice(16..24, [0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    let checksum = crc32(&huge[12..29]).to_be_bytes();
    huge.splice(29..33, checksum);
    let cut = small_png()[..40].to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let cases: [(&str, &str, Vec<u8>, &str); 9] = [
        ("a.png", "image/png", Vec::new(), "WEB-FILE-EMPTY"),
        ("a.txt", "text/plain", b"X".repeat(100_001), "WEB-FILE-TOO-LARGE"),
        (
            "a.txt",
            "text/plain",
            b"X".repeat(20 * 1024 * 1024 + 1),
            "WEB-FILE-TOO-LARGE",
        ),
        ("a.pdf", "application/pdf", b"%PDF-1.7".to_vec(), "WEB-FILE-KIND"),
        ("a.exe", "", b"MZ\x90\0\x03".to_vec(), "WEB-FILE-KIND"),
        ("a.png", "image/png", b"%PDF-1.7".to_vec(), "WEB-FILE-MISMATCH"),
        ("a.png", "image/png", svg, "WEB-FILE-SVG"),
        ("a.png", "image/png", huge, "WEB-FILE-PIXELS"),
        ("a.png", "image/png", cut, "WEB-FILE-DAMAGED"),
    ];
    for (name, media_type, content, expected) in cases {
        let answer = send(&browser, &page, name, media_type, &content).await;
        assert_eq!(answer.code().as_deref(), Some(expected), "{}", answer.body);
    }
    assert_eq!(class.site.count("media").await, 0, "nothing of them is kept");
    let address = format!("{}/files/word", page.url.path());
    let answer = browser
        .upload(&address, &page.csrf(), "a.txt", "text/plain", b"X")
        .await;
    assert_eq!(answer.code().as_deref(), Some("ATT-SLOT-UNKNOWN"));
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (0..8).fold(crc, |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)));
    !bytes.iter().fold(!0, |crc, byte| step(crc ^ u32::from(*byte)))
}

#[tokio::test]
async fn uploads_that_no_answer_names_are_gone_after_a_week() {
    let class = Class::with_upload().await;
    let (browser, page) = class.attempt(STUDENTS[0]).await;
    send(&browser, &page, "a.txt", "text/plain", b"X1").await;
    let named = [photo("b.txt", b"X2")];
    browser
        .submit_files(&page, "then", &[("then", "stay")], &named)
        .await;
    // the same again is no second row
    send(&browser, &page, "c.txt", "text/plain", b"X2").await;
    assert_eq!(
        (
            class.site.count("media").await,
            class.site.count("media_uploads").await
        ),
        (2, 2)
    );
    class.site.clock.advance(chrono::Duration::days(6));
    app::tidy::tidy(&class.site.app).await.unwrap();
    assert_eq!(class.site.count("media").await, 2);
    class.site.clock.advance(chrono::Duration::days(2));
    app::tidy::tidy(&class.site.app).await.unwrap();
    assert_eq!(
        (
            class.site.count("media").await,
            class.site.count("media_pieces").await
        ),
        (1, 1)
    );
}

#[tokio::test]
async fn an_author_shows_a_picture_and_plays_sound() {
    let class = Class::with_upload().await;
    let (browser, front) = class.launch(INSTRUCTOR).await;
    let quiz = class
        .site
        .database
        .texts("SELECT id FROM assessments")
        .await
        .concat();
    let editor = browser
        .get(&format!("/s/{}/quizzes/{quiz}/edit", front.session_id()))
        .await;
    let png = small_png();
    let chosen = |content, name| ChosenFile {
        field: "q1_media_file",
        name,
        media_type: "application/octet-stream",
        content,
    };
    let words = [("q1_media_words", "Mối ren đạt"), ("do", "refresh")];
    let shown = browser
        .submit_files(&editor, "title", &words, &[chosen(&png, "ren.png")])
        .await;
    assert!(
        shown.body.contains("![Mối ren đạt](media:"),
        "{}",
        shown.all_text()
    );
    let sound: Vec<u8> = [b"ID3\x04".to_vec(), vec![7; 600_000]].concat();
    let words = [("q1_media_words", "Tiếng máy"), ("do", "save")];
    let saved = browser
        .submit_files(&shown, "title", &words, &[chosen(&sound, "máy.mp3")])
        .await;
    let preview = browser
        .get(&format!("/s/{}/quizzes/{quiz}/preview", front.session_id()))
        .await;
    let picture = preview.attributes(".stem img", "src").concat();
    assert!(
        picture.starts_with(&format!("/s/{}/media/", front.session_id())),
        "{picture}"
    );
    let player = preview.attributes(".stem audio", "src").concat();
    let (status, headers, bytes) = browser.file(&player, &[]).await;
    assert_eq!((status, bytes.len()), (StatusCode::OK, sound.len()));
    assert_eq!(headers["cache-control"], "private, max-age=31536000, immutable");
    let (status, headers, bytes) = browser
        .file(&player, &[(header::RANGE, "bytes=262140-262149")])
        .await;
    assert_eq!(
        (status, bytes),
        (StatusCode::PARTIAL_CONTENT, sound[262_140..262_150].to_vec())
    );
    assert_eq!(
        headers["content-range"],
        format!("bytes 262140-262149/{}", sound.len())
    );
    let (status, ..) = browser.file(&player, &[(header::RANGE, "bytes=9999999-")]).await;
    assert_eq!(status, StatusCode::RANGE_NOT_SATISFIABLE);

    let published = press(&browser, &saved, "title", "publish", &[]).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.all_text());
    let (student, page) = class.attempt(STUDENTS[0]).await;
    let seen = page.attributes(".stem img", "src").concat();
    assert_eq!(
        student.file(&seen, &[]).await.0,
        StatusCode::OK,
        "{}",
        page.all_text()
    );

    // a description is needed, and a file that is there
    let editor = browser
        .get(&format!("/s/{}/quizzes/{quiz}/edit", front.session_id()))
        .await;
    let elsewhere = format!("![](media:{})", "0a".repeat(32));
    let changes = [("q2_stem", elsewhere.as_str())];
    let incomplete = press(&browser, &editor, "title", "publish", &changes).await;
    let words = incomplete.all_text();
    assert!(
        words.contains("không có trong kho tệp") && words.contains("thêm lời mô tả"),
        "{words}"
    );

    let svg = [chosen(b"<svg/>", "ren.svg")];
    let refused = browser
        .submit_files(&editor, "title", &[("title", "Tên mới"), ("do", "save")], &svg)
        .await;
    assert!(
        refused.all_text().contains("WEB-FILE-SVG"),
        "{}",
        refused.all_text()
    );
    assert!(refused.body.contains("Tên mới"), "what was typed stays");
}
