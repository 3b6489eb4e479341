//! A course as one file that reads without a line: what is in it, how large it is, and that it asks nobody.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use app::course;
use reqwest::{Method, StatusCode, header};
use tests::TestSite;
use url::Url;

use super::{COURSE, files, files_with, published, take_in};

const MOST_BYTES: usize = 2 * 1024 * 1024;
const PACKAGE: &str = "/courses/an-toan-xuong/package.zip?language=vi";

struct Package {
    bytes: Vec<u8>,
    etag: String,
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Package {
    fn text(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[name]).unwrap()
    }
}

async fn load(site: &TestSite, path: &str) -> Package {
    let url: Url = format!("{}{path}", site.url).parse().unwrap();
    let (status, headers, bytes) = site.browser().send_bytes(Method::GET, &url, &[], None).await;
    assert_eq!(status, StatusCode::OK, "{path}");
    assert_eq!(headers[header::CONTENT_TYPE], "application/zip");
    let text = |name: header::HeaderName| headers[name].to_str().unwrap().to_owned();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    Package {
        bytes,
        etag: text(header::ETAG),
        name: text(header::CONTENT_DISPOSITION),
        files,
    }
}

/// Everything that a page would fetch by itself, and every place that a link leads to.
fn named(html: &str) -> (Vec<String>, Vec<String>) {
    let page = scraper::Html::parse_document(html);
    let all = |selector: &str, attribute: &str| {
        let selector = scraper::Selector::parse(selector).unwrap();
        let found = page.select(&selector);
        let found = found.filter_map(|element| element.attr(attribute));
        found.map(str::to_owned).collect::<Vec<_>>()
    };
    let mut fetched = all("[src]", "src");
    fetched.extend(all("link[href]", "href"));
    (fetched, all("a[href]", "href"))
}

#[tokio::test]
async fn a_course_is_taken_along_as_one_file() {
    let site = published().await;
    let package = load(&site, PACKAGE).await;
    assert!(
        package.name.contains("an-toan-xuong-v1-vi.zip"),
        "{}",
        package.name
    );
    assert!(package.bytes.len() < MOST_BYTES);
    let names: Vec<&str> = package.files.keys().map(String::as_str).collect();
    let [lesson, json, index, second, medium, style] = names.as_slice() else {
        panic!("{names:?}");
    };
    assert_eq!(
        (*lesson, *json, *index, *second, *style),
        (
            "chia-van.html",
            "course.json",
            "index.html",
            "kinh.html",
            "style.css"
        )
    );
    assert!(
        medium.starts_with("media/") && medium.ends_with(".png"),
        "{medium}"
    );

    let index = package.text("index.html");
    for part in [
        "An toàn xưởng",
        "Chìa vặn mâm cặp",
        "Bộ phận kẹp phôi.",
        "rel=\"license\"",
        "Spannfutter",
    ] {
        assert!(index.contains(part), "{part}: {index}");
    }
    let lesson = package.text("chia-van.html");
    for part in [
        "Rút chìa khỏi",
        "class=\"procedure",
        "Ở xưởng bạn, chìa vặn treo ở đâu?",
        "Chìa vặn phải ở đâu?",
        "<details class=\"answer\">",
        "Đúng chỗ của nó.",
        "Nó sẽ văng ra.",
        "12,5",
        "id=\"term-mam-cap\"",
    ] {
        assert!(lesson.contains(part), "{part}: {lesson}");
    }
    assert!(
        !lesson.contains("<script") && !lesson.contains("<button"),
        "{lesson}"
    );
    let about: serde_json::Value = serde_json::from_slice(&package.files["course.json"]).unwrap();
    assert_eq!(about["license"], "https://creativecommons.org/licenses/by/4.0/");
    assert_eq!(about["version"], 1);
}

#[tokio::test]
async fn a_package_asks_nobody_and_its_ways_lead_somewhere() {
    let site = published().await;
    for language in ["vi", "en", "de"] {
        let package = load(&site, &PACKAGE.replace("=vi", &format!("={language}"))).await;
        for (name, content) in package.files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let (fetched, ways) = named(std::str::from_utf8(content).unwrap());
            for address in &fetched {
                assert!(
                    package.files.contains_key(address),
                    "{language} {name}: {address}"
                );
            }
            for way in ways {
                let is_online = way.starts_with(&format!("{}/courses/an-toan-xuong", site.url));
                let is_licence = way.starts_with("https://creativecommons.org/");
                let is_here =
                    way.starts_with('#') || package.files.contains_key(way.split('#').next().unwrap());
                assert!(is_online || is_licence || is_here, "{language} {name}: {way}");
            }
        }
        let style = package.text("style.css");
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}

#[tokio::test]
async fn the_same_version_makes_the_same_bytes() {
    let site = published().await;
    let first = load(&site, PACKAGE).await;
    let other = published().await;
    let again = load(&other, PACKAGE).await;
    let without_address = |package: &Package, site: &TestSite| -> Vec<String> {
        let pages = package.files.values();
        pages
            .map(|content| String::from_utf8_lossy(content).replace(&site.url, ""))
            .collect()
    };
    assert_eq!(without_address(&first, &site), without_address(&again, &other));
    assert_eq!(first.bytes, load(&site, PACKAGE).await.bytes);

    let known = (header::IF_NONE_MATCH, first.etag.clone());
    let url: Url = format!("{}{PACKAGE}", site.url).parse().unwrap();
    let answer = site.browser().send(Method::GET, &url, &[known], None).await;
    assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
    let english = load(&site, &PACKAGE.replace("=vi", "=en")).await;
    assert_ne!(english.etag, first.etag);
    assert!(english.text("chia-van.html").contains("Take the key out of the"));
}

#[tokio::test]
async fn pictures_are_made_smaller_until_they_have_room_and_sound_is_left_out() {
    let site = TestSite::start().await;
    let mut files = files();
    let mut body = String::new();
    // together more than has room
    for number in 0..4_u32 {
        let name = format!("to-{number}.jpg");
        body.push_str(&format!("![Hình {number}](media/{name})\n\n"));
        files.insert(format!("media/{name}"), noise(number));
    }
    files.insert("media/coi.wav".to_owned(), sound());
    body.push_str("{{file media/coi.wav}}\n");
    files.insert(
        "01-may/kinh.vi.md".to_owned(),
        format!("+++\ntitle = \"Kính\"\n\n[[files]]\nmedium = \"media/coi.wav\"\nkind = \"sound\"\ntitle.vi = \"Tiếng còi\"\n+++\n\n{body}").into_bytes(),
    );
    take_in(&site, None, &files, Some("")).await.unwrap();
    let kept = course::open(&site.app, "an-toan-xuong".to_owned()).await.unwrap();
    let kept = course::files(&site.app, &kept).await.unwrap();
    let whole: u64 = (kept.iter())
        .filter(|file| file.media_type == "image/jpeg")
        .map(|file| file.bytes)
        .sum();
    assert!(whole > MOST_BYTES as u64, "{whole}");
    let package = load(&site, PACKAGE).await;
    assert!(package.bytes.len() <= MOST_BYTES, "{}", package.bytes.len());
    let pictures = package.files.keys().filter(|name| name.ends_with(".jpg")).count();
    assert_eq!(pictures, 4, "{:?}", package.files.keys());
    let page = package.text("kinh.html");
    assert_eq!(page.matches("<img src=\"media/").count(), 4);
    assert_eq!(page.matches("<audio").count(), 0, "{page}");
    assert!(page.contains("Không có trong gói"), "{page}");
    let front = site.browser().get("/courses/an-toan-xuong?language=vi").await;
    assert_eq!(
        front.count("a[download][href^='/courses/an-toan-xuong/package.zip']"),
        1
    );
    assert!(
        front.all_text().contains("Tải khóa học ("),
        "{}",
        front.all_text()
    );
}

#[tokio::test]
async fn a_closed_course_has_no_package() {
    let site = published().await;
    let closed = files_with("course.toml", &format!("{COURSE}closed = true\n"));
    take_in(&site, None, &closed, Some("Đóng")).await.unwrap();
    let page = site.browser().get(PACKAGE).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

/// A photo that does not compress well.
fn noise(seed: u32) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32.wrapping_add(seed);
    let picture = image::RgbImage::from_fn(1_200, 900, |x, y| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let shade = ((x / 8 + y / 8) % 200) as u8;
        image::Rgb([shade, shade.wrapping_add((state & 127) as u8), 90])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Silence of three megabytes.
fn sound() -> Vec<u8> {
    let samples = 3 * 1024 * 1024_u32;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((samples + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    bytes.extend(samples.to_le_bytes());
    bytes.resize(44 + samples as usize, 128);
    bytes
}
