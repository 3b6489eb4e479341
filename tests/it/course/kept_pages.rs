//! Pages of courses are small on the line, and are not sent to somebody who has them.

use reqwest::{Method, StatusCode, header};
use tests::TestSite;
use url::Url;

use super::{SECOND, files_with, published, take_in};

/// The most bytes of a lesson's page on the line, without pictures and sound.
const MOST_BYTES: usize = 30 * 1024;

async fn starter() -> (TestSite, Vec<String>) {
    let site = TestSite::start().await;
    let mut paths = Vec::new();
    for course in starter_content::COURSES {
        let files = course.files.iter();
        let files = files.map(|(path, content)| ((*path).to_owned(), content.to_vec()));
        let files = files.collect();
        let steps = super::read(&files).content;
        paths.extend(
            steps
                .steps()
                .map(|step| format!("/courses/{}/{}", course.key, step.key())),
        );
        take_in(&site, None, &files, Some("")).await.unwrap();
    }
    (site, paths)
}

fn at(site: &TestSite, path: &str) -> Url {
    format!("{}{path}", site.url).parse().unwrap()
}

#[tokio::test]
async fn each_page_of_a_starter_course_is_light() {
    let (site, paths) = starter().await;
    let guest = site.browser();
    assert!(paths.len() >= 3, "{paths:?}");
    for path in paths {
        for language in ["vi", "en", "de"] {
            let url = at(&site, &format!("{path}?language={language}"));
            let accepts = (header::ACCEPT_ENCODING, "br".to_owned());
            let (status, headers, body) = guest.send_bytes(Method::GET, &url, &[accepts], None).await;
            assert_eq!(status, StatusCode::OK, "{url}");
            assert_eq!(headers[header::CONTENT_ENCODING], "br", "{url}");
            assert!(body.len() < MOST_BYTES, "{url}: {}", body.len());
        }
    }
}

#[tokio::test]
async fn a_page_is_sent_again_only_when_it_changed() {
    let site = published().await;
    let guest = site.browser();
    let check = async |address: &str, known: &str, expected: StatusCode| {
        let known = (header::IF_NONE_MATCH, known.to_owned());
        let answer = guest.send(Method::GET, &at(&site, address), &[known], None).await;
        assert_eq!(answer.status, expected, "{address}");
        assert_eq!(
            answer.body.is_empty(),
            expected == StatusCode::NOT_MODIFIED,
            "{address}"
        );
        answer.headers[header::ETAG].to_str().unwrap().to_owned()
    };
    let (front, lesson) = (
        "/courses/an-toan-xuong?language=vi",
        "/courses/an-toan-xuong/kinh?language=vi",
    );
    let quiz = "/courses/an-toan-xuong/thi";
    let mut known = Vec::new();
    for address in [front, lesson, quiz] {
        let etag = check(address, "", StatusCode::OK).await;
        check(address, &etag, StatusCode::NOT_MODIFIED).await;
        known.push(etag);
    }
    let english = check(
        "/courses/an-toan-xuong/kinh?language=en",
        &known[1],
        StatusCode::OK,
    )
    .await;
    assert_ne!(english, known[1]);

    let changed = files_with("01-may/kinh.vi.md", &SECOND.replace("Đeo", "Luôn đeo"));
    take_in(&site, None, &changed, Some("Bản hai")).await.unwrap();
    check(lesson, &known[1], StatusCode::OK).await;
    let page = guest.get(lesson).await.all_text();
    assert!(page.contains("Luôn đeo kính khi máy chạy."), "{page}");
}
