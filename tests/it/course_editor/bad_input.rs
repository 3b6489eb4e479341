//! What must not come in, or must not do harm: programs in words, a circle of requirements, an unknown language, files
//! that are not what they say, and a film of two gigabytes.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use reqwest::StatusCode;
use tests::ChosenFile;

use super::desk;

#[tokio::test]
async fn programs_in_a_body_are_told_and_never_sent() {
    let desk = desk().await;
    desk.course().await;
    let lesson = desk.lesson("khi-may-chay").await;
    let body = "Chữ.\n\n<script>alert(1)</script>\n\n<p onclick=\"alert(2)\">Bấm</p>";
    desk.press(&lesson, "save", &[("body_vi", body)]).await;
    assert_eq!(
        desk.body("khi-may-chay", "vi").await,
        body,
        "drafts are kept as they were typed"
    );
    let check = desk.get("/publish").await;
    assert!(check.body.contains("CRS-UNSAFE"), "{}", check.all_text());
    desk.publish("").await;
    let read = desk
        .site
        .browser()
        .get("/courses/an-toan-dien/khi-may-chay?language=vi")
        .await;
    assert!(read.body.contains("Chữ."));
    assert!(!read.body.contains("alert("), "{}", read.body);
}

#[tokio::test]
async fn a_circle_of_requirements_is_refused_and_the_draft_stays() {
    let desk = desk().await;
    desk.course().await;
    for (step, needs) in [
        ("truoc-khi-mo-may", "khi-may-chay"),
        ("khi-may-chay", "truoc-khi-mo-may"),
    ] {
        let lesson = desk.lesson(step).await;
        desk.press(&lesson, "save", &[("needs", needs)]).await;
    }
    let check = desk.get("/publish").await;
    assert!(check.body.contains("CRS-CYCLE"), "{}", check.all_text());
    assert_eq!(check.count("textarea[name=note]"), 0);
    let way = check.attributes(".problems a", "href");
    assert!(way[0].contains("/lessons/"), "{way:?}");
    assert_eq!(desk.browser.get(&way[0]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_language_is_not_taken() {
    let desk = desk().await;
    let list = desk.browser.get(&desk.list).await;
    let french = [("title", "Sécurité"), ("language", "fr")];
    let refused = desk.browser.submit(&list, "title", &french).await;
    // WEB-FORM
    assert_eq!(
        refused.code().as_deref(),
        Some("WEB-FORM"),
        "{}",
        refused.all_text()
    );
    let untitled = desk.browser.submit(&list, "title", &[("title", "  ")]).await;
    assert_eq!(untitled.count("#title_error"), 1);
    assert_eq!(desk.site.count("courses").await, 0);
}

#[tokio::test]
async fn a_file_that_is_not_what_it_says_is_refused_and_the_words_are_kept() {
    let desk = desk().await;
    desk.course().await;
    #[track_caller]
    fn file<'a>(field: &'a str, name: &'a str, content: &'a [u8]) -> ChosenFile<'a> {
        ChosenFile {
            field,
            name,
            media_type: "",
            content,
        }
    }
    let cases = [
        (
            file("picture_file", "anh.png", b"<svg onload=\"alert(1)\"/>"),
            "WEB-FILE-SVG",
        ),
        (
            file("picture_file", "anh.png", b"%PDF-1.7 and so on"),
            "WEB-FILE-MISMATCH",
        ),
        (
            file("picture_file", "anh.pdf", b"%PDF-1.7 and so on"),
            "WEB-FILE-KIND",
        ),
        (
            file("new_file", "phim.mp4", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
            "WEB-FILE-",
        ),
        (
            file(
                "new_file",
                "trang.html",
                b"<!doctype html><script>alert(1)</script>",
            ),
            "WEB-FILE-KIND",
        ),
    ];
    for (number, (chosen, code)) in cases.into_iter().enumerate() {
        let lesson = desk.lesson("khi-may-chay").await;
        let words = format!("Lần {number}.");
        let typed = [("body_vi", words.as_str()), ("do", "save")];
        let refused = desk
            .browser
            .submit_files(&lesson, "revision", &typed, &[chosen])
            .await;
        assert!(refused.status.is_client_error(), "{code}: {}", refused.all_text());
        assert!(refused.body.contains(code), "{code}: {}", refused.all_text());
        assert_eq!(desk.body("khi-may-chay", "vi").await, words, "{code}");
    }
    assert_eq!(desk.site.count("course_files").await, 0);
}

#[tokio::test]
async fn a_film_of_two_gigabytes_is_refused_before_it_is_read() {
    let desk = desk().await;
    let page = desk.course().await;
    let address = page.url.clone();
    let answer = tokio::task::spawn_blocking(move || {
        let host = format!("{}:{}", address.host_str().unwrap(), address.port().unwrap());
        let mut stream = TcpStream::connect(&host).unwrap();
        stream
            .set_read_timeout(Some(std::time::Duration::from_secs(20)))
            .unwrap();
        let head = format!(
            "POST {}/lessons/khi-may-chay HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 2147483648\r\n\r\n",
            address.path()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 16 * 1024];
        let length = stream.read(&mut answer).unwrap();
        String::from_utf8_lossy(&answer[..length]).into_owned()
    });
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("WEB-FILE-TOO-LARGE"), "{answer}");
}
