//! A course comes in from a folder and goes out to one.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use ::course::Key;
use interchange::folder::{self, CourseFolder, Files};
use reqwest::StatusCode;
use serde_json::Value;
use tests::TestSite;

use super::{COURSE, SECOND, files, files_with, published, take_in};

#[tokio::test]
async fn what_did_not_change_is_no_new_version() {
    let site = published().await;
    let again = take_in(&site, None, &files(), Some("Không có gì mới"))
        .await
        .unwrap();
    assert_eq!((again.version, again.is_new_version), (1, false));
    let changed = files_with("01-may/kinh.vi.md", &format!("{SECOND}\nKính phải sạch.\n"));
    let draft = take_in(&site, None, &changed, None).await.unwrap();
    assert_eq!((draft.version, draft.is_new_version), (1, false));
    let guest = site.browser();
    let lesson = "/courses/an-toan-xuong/kinh?language=vi";
    assert!(
        !guest.get(lesson).await.body.contains("Kính phải sạch."),
        "a draft is the author's"
    );
    let next = take_in(&site, None, &changed, Some("Thêm một câu"))
        .await
        .unwrap();
    assert_eq!((next.version, next.is_new_version), (2, true));
    assert!(guest.get(lesson).await.body.contains("Kính phải sạch."));
    assert_eq!(site.count("course_versions").await, 2);
    assert_eq!(site.count("assessments").await, 1, "the quiz is the same one");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_stored() {
    let site = TestSite::start().await;
    let untitled = files_with("01-may/kinh.vi.md", "+++\n+++\n\nĐeo kính khi máy chạy.\n");
    let refused = take_in(&site, None, &untitled, Some("")).await.unwrap_err();
    assert_eq!(refused.code().as_str(), "CRS-NOT-READY");
    assert!(refused.to_string().contains("CRS-NO-TITLE"), "{refused}");
    assert_eq!(site.count("courses").await, 0);
    assert_eq!(site.count("media").await, 0);

    // WEB-FILE-SVG: the name says a picture, the content is a program
    let mut drawn = files();
    drawn.insert(
        "media/chia.png".to_owned(),
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(),
    );
    let refused = take_in(&site, None, &drawn, Some("")).await.unwrap_err();
    assert!(refused.code().as_str().starts_with("WEB-FILE-"), "{refused}");
    assert_eq!(site.count("courses").await, 0);

    take_in(&site, Some("Trường A"), &files(), Some(""))
        .await
        .unwrap();
    let refused = take_in(&site, Some("Trường B"), &files(), Some(""))
        .await
        .unwrap_err();
    assert_eq!(refused.code().as_str(), "CRS-KEY-TAKEN");
    assert_eq!(site.count("courses").await, 1);
}

#[tokio::test]
async fn what_came_in_goes_out_byte_for_byte() {
    let site = published().await;
    let out = app::course::export(&site.app, None, "an-toan-xuong".to_owned())
        .await
        .unwrap();
    let written = folder::write(&CourseFolder {
        key: Key::new(out.key),
        content: out.content,
        assessments: out.assessments,
        media: out.files,
    })
    .unwrap();
    let again = take_in(&site, None, &written, Some("")).await.unwrap();
    assert!(!again.is_new_version, "it says the same");
    let out = app::course::export(&site.app, None, "an-toan-xuong".to_owned())
        .await
        .unwrap();
    let twice = folder::write(&CourseFolder {
        key: Key::new(out.key),
        content: out.content,
        assessments: out.assessments,
        media: out.files,
    });
    assert_eq!(twice.unwrap(), written);
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(tests::program())
        .args(arguments)
        .env_clear()
        .current_dir(data)
        .output()
        .unwrap()
}

fn lay(folder: &Path, files: &Files) {
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[test]
fn the_commands_need_no_configuration() {
    let place = tempfile::tempdir().unwrap();
    lay(&place.path().join("in"), &files());
    let imported = run(
        place.path(),
        &[
            "import",
            "in",
            "--publish",
            "--note",
            "Bản đầu",
            "--format",
            "json",
        ],
    );
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );
    let told: Value = serde_json::from_slice(&imported.stdout).unwrap();
    assert_eq!(
        (told["version"].as_i64(), told["published"].as_bool()),
        (Some(1), Some(true))
    );
    let warned = String::from_utf8(imported.stderr).unwrap();
    assert!(warned.contains("may/kinh (en): CRS-TRANSLATION"), "{warned}");

    let exported = run(place.path(), &["export", "an-toan-xuong", "out"]);
    assert!(
        exported.status.success(),
        "{}",
        String::from_utf8_lossy(&exported.stderr)
    );
    let unchanged = run(place.path(), &["import", "out", "--publish"]);
    assert!(
        String::from_utf8(unchanged.stdout)
            .unwrap()
            .contains("readers get version 1")
    );
    let occupied = run(place.path(), &["export", "an-toan-xuong", "out"]);
    assert_eq!(occupied.status.code(), Some(1), "nothing is written over");

    let broken = files_with("course.toml", &format!("{COURSE}untis = []\n"));
    lay(&place.path().join("broken"), &broken);
    let refused = run(place.path(), &["import", "broken", "--publish"]);
    assert_eq!(refused.status.code(), Some(1));
    let why = String::from_utf8(refused.stderr).unwrap();
    assert!(why.contains("course.toml:") && why.contains("IMP-TOML"), "{why}");
}

#[tokio::test]
async fn a_page_of_a_lesson_is_small() {
    let site = published().await;
    let page = site
        .browser()
        .get("/courses/an-toan-xuong/chia-van?language=vi")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, page.body.as_bytes()).unwrap();
    let bytes = packed.finish().unwrap().len();
    assert!(
        bytes < 8 * 1024,
        "{bytes} bytes; with styles and scripts a first visit stays under 30 KB"
    );
}

#[test]
fn the_command_tells_what_a_tag_does_not_name_and_takes_frameworks_in() {
    let place = tempfile::tempdir().unwrap();
    let tags = "\n[[competencies]]\nframework = \"tt02-2025\"\ncode = \"4.1\"\n\n[[competencies]]\nframework = \"chuan-truong\"\ncode = \"1.1\"\n";
    let mut files = files();
    files.insert(
        "course.toml".to_owned(),
        format!("{}{tags}", super::COURSE).into_bytes(),
    );
    lay(&place.path().join("in"), &files);
    let warned = String::from_utf8(run(place.path(), &["import", "in"]).stderr).unwrap();
    assert!(
        warned.contains("CRS-COMPETENCY chuan-truong 1.1") && !warned.contains("tt02-2025"),
        "{warned}"
    );

    let own = starter_content::FRAMEWORKS[0].json;
    std::fs::write(place.path().join("own.json"), own).unwrap();
    let import = [
        "framework",
        "import",
        "own.json",
        "--key",
        "chuan-truong",
        "--format",
        "json",
    ];
    let told: Value = serde_json::from_slice(&run(place.path(), &import).stdout).unwrap();
    assert_eq!(
        (told["key"].as_str(), told["new"].as_bool()),
        (Some("chuan-truong"), Some(true))
    );
    let again: Value = serde_json::from_slice(&run(place.path(), &import).stdout).unwrap();
    assert_eq!(again["new"].as_bool(), Some(false));
    let warned = String::from_utf8(run(place.path(), &["import", "in"]).stderr).unwrap();
    assert!(!warned.contains("CRS-COMPETENCY"), "{warned}");

    std::fs::write(place.path().join("bad.json"), own.replace("\"4.1\"", "\"4.2\"")).unwrap();
    let refused = run(place.path(), &["framework", "import", "bad.json"]);
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && told.contains("CRS-CASE-DUPLICATE-CODE 4.2"),
        "{told}"
    );
}
