//! What a guest finds, and what nobody finds.

use reqwest::{StatusCode, header};
use sha2::{Digest, Sha256};

use super::{COURSE, files_with, published, take_in};

const LESSON: &str = "/courses/an-toan-xuong/chia-van";

#[tokio::test]
async fn a_guest_finds_a_course_and_reads_a_lesson() {
    let site = published().await;
    let guest = site.browser();
    let found = guest.get("/courses?language=vi&q=XUONG+an+toan").await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(found.count(".courses li"), 1, "{}", found.all_text());
    assert!(
        found.headers.get(header::SET_COOKIE).is_none(),
        "nobody is counted"
    );
    assert_eq!(
        guest
            .get("/courses?language=vi&q=mam+cap")
            .await
            .count(".courses li"),
        1,
        "by a term of the glossary"
    );
    let nothing = guest.get("/courses?language=vi&q=han+dien").await.all_text();
    assert!(
        nothing.contains("Không tìm thấy khóa học nào có “han dien”"),
        "{nothing}"
    );

    let front = guest.get("/courses/an-toan-xuong?language=vi").await;
    let text = front.all_text();
    for part in [
        "An toàn xưởng",
        "Trước khi đứng máy.",
        "Ở máy tiện",
        "Chìa vặn mâm cặp",
        "5 phút",
        "Kiểm tra",
        "Taynghe",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let licence = "a[rel=license][itemprop=license][href='https://creativecommons.org/licenses/by/4.0/']";
    assert_eq!(front.count(licence), 1, "machines find the licence");

    let lesson = guest.get(&format!("{LESSON}?language=vi")).await;
    assert_eq!(lesson.status, StatusCode::OK);
    assert_eq!(lesson.count("ol.procedure > li"), 2);
    assert_eq!(lesson.count("a[href='#term-mam-cap']"), 1);
    assert_eq!(lesson.count("#term-mam-cap"), 1);
    assert_eq!(lesson.count("#q-1 input[type=radio]"), 2);
    assert_eq!(
        lesson.count("#q-2 input[type=text]"),
        1,
        "a question that the text does not name stands at the end"
    );
    assert_eq!(
        lesson.count("[data-reflection='xuong-toi'] textarea:not([name])"),
        1,
        "never sent"
    );
    assert_eq!(
        lesson.count("a[rel=next][href^='/courses/an-toan-xuong/kinh']"),
        1
    );
    assert!(
        !lesson.body.contains("alert(1)"),
        "scripts of authors are dropped"
    );
    assert_eq!(lesson.headers[header::CACHE_CONTROL], "public, max-age=300");
}

#[tokio::test]
async fn a_lesson_is_read_in_the_best_language_that_it_has() {
    let site = published().await;
    let guest = site.browser();
    let check = async |path: &str, language: &str, expected: &str, told: bool| {
        let page = guest
            .get(&format!("/courses/an-toan-xuong/{path}?language={language}"))
            .await;
        let text = page.all_text();
        assert!(text.contains(expected), "{path} {language}: {text}");
        assert_eq!(
            page.count("form.lesson[lang]"),
            usize::from(told),
            "{path} {language}"
        );
    };
    check("chia-van", "en", "Take the key out of the", false).await;
    check("chia-van", "vi", "Rút chìa khỏi", false).await;
    check("kinh", "en", "Đeo kính khi máy chạy.", true).await;
    check("thi", "de", "Wo muss der Spannfutterschlüssel sein", false).await;

    let mut german = site.browser();
    german.language = "de-DE,de;q=0.9,en;q=0.5";
    let page = german.get(LESSON).await;
    let mut varies = page.headers.get_all(header::VARY).iter();
    assert!(varies.any(|by| by == "accept-language"));
    assert!(
        page.headers
            .get(header::CACHE_CONTROL)
            .is_none_or(|caching| caching != "public, max-age=300")
    );
    let text = page.all_text();
    assert!(
        text.contains("Diese Lektion gibt es noch nicht auf Deutsch"),
        "{text}"
    );
}

#[tokio::test]
async fn what_is_not_open_is_not_found() {
    let site = published().await;
    let guest = site.browser();
    let check = async |path: &str| {
        let page = guest.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("WEB-NOT-FOUND"), "{path}");
    };
    check("/courses/khong-co").await;
    check("/courses/an-toan-xuong/khong-co").await;
    check("/courses/an-toan-xuong/may").await;
    check("/courses/khong-co/media/0.png").await;
    check("/courses/an-toan-xuong/media/0.png").await;

    let closed = files_with("course.toml", &format!("{COURSE}closed = true\n"));
    take_in(&site, None, &closed, Some("Đóng lại")).await.unwrap();
    check("/courses/an-toan-xuong").await;
    check("/courses/an-toan-xuong/chia-van").await;
    assert_eq!(guest.get("/courses?language=vi").await.count(".courses li"), 0);
}

#[tokio::test]
async fn a_courses_files_are_sent_to_everybody_and_run_nothing() {
    let site = published().await;
    let guest = site.browser();
    let lesson = guest.get(&format!("{LESSON}?language=vi")).await;
    let address = lesson.attributes(".prose img", "src").remove(0);
    assert!(address.starts_with("/courses/an-toan-xuong/media/"), "{address}");
    let file = guest.get(&address).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers[header::CONTENT_TYPE], "image/png");
    assert_eq!(
        file.headers[header::CACHE_CONTROL],
        "public, max-age=31536000, immutable"
    );
    let policy = file.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("sandbox"), "{policy}");

    // a file of the organisation that no course shows
    let sound = starter_content::MEDIA
        .iter()
        .find(|file| file.name == "signal.wav")
        .unwrap();
    let other = vec![(sound.name.to_owned(), sound.content.to_vec())];
    app::media::install_samples(&site.app, None, other).await.unwrap();
    let hash: String = Sha256::digest(sound.content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let refused = guest.get(&format!("/courses/an-toan-xuong/media/{hash}")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

/// Phones ask for a video in pieces, and play nothing else.
#[tokio::test]
async fn a_video_is_sent_in_ranges() {
    let mut film = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2".to_vec();
    film.resize(400_000, 7);
    let front = "+++\ntitle = \"Kính bảo hộ\"\ncompletion = { rule = \"watched\" }\n\n[[files]]\nmedium = \"media/phim.mp4\"\nkind = \"video\"\n\
                 title.vi = \"Đeo kính\"\ncaptions.vi = \"media/phim.vtt\"\ntranscript.vi = \"Đeo kính trước khi bật máy.\"\n+++\n\nXem phim.\n";
    let mut files = super::files_with("01-may/kinh.vi.md", front);
    files.insert("media/phim.mp4".to_owned(), film.clone());
    files.insert(
        "media/phim.vtt".to_owned(),
        "WEBVTT\n\n00:00.000 --> 00:02.000\nĐeo kính\n"
            .as_bytes()
            .to_vec(),
    );
    let site = tests::TestSite::start().await;
    super::take_in(&site, None, &files, Some("")).await.unwrap();
    let guest = site.browser();
    let page = guest.get("/courses/an-toan-xuong/kinh?language=vi").await;
    let player = page.attributes("video", "src").concat();
    let (status, headers, bytes) = guest
        .file(&player, &[(header::RANGE, "bytes=262140-262149")])
        .await;
    assert_eq!(status, reqwest::StatusCode::PARTIAL_CONTENT, "{player}");
    assert_eq!(bytes, film[262_140..262_150]);
    assert_eq!(headers["content-type"], "video/mp4");
    assert_eq!(headers["content-disposition"], "inline");
    let captions = page.attributes("track", "src").concat();
    let (_, headers, _) = guest.file(&captions, &[]).await;
    assert_eq!(headers["content-type"], "text/vtt; charset=utf-8");
    assert!(page.all_text().contains("Đeo kính trước khi bật máy."));
}
