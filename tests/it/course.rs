//! Open courses: a folder comes in, everybody reads and tries it without an account, and it goes out again.

mod class;
mod competencies;
mod exercise;
mod import;
mod kept_pages;
mod package;
mod placed;
mod reading;
mod study;

use app::{
    Result,
    course::{self, CourseOfFiles, Imported},
};
use interchange::folder::{self, Files};
use tests::TestSite;

const COURSE: &str = r#"key = "an-toan-xuong"
language = "vi"
units = ["may", "cuoi-khoa"]
title.vi = "An toàn xưởng"
title.en = "Workshop safety"
summary.vi = "Trước khi đứng máy."
summary.en = "Before you stand at a machine."
licence.identifier = "CC-BY-4.0"
licence.holder = "Taynghe"
"#;
const GLOSSARY: &str = r#"[[terms]]
key = "mam-cap"
term.vi = "mâm cặp"
term.en = "chuck"
term.de = "Spannfutter"
explanation.vi = "Bộ phận kẹp phôi."
explanation.en = "It clamps the workpiece."
"#;
const UNIT: &str =
    "title.vi = \"Ở máy tiện\"\ntitle.en = \"At the lathe\"\nsteps = [\"chia-van\", \"kinh\"]\n";
const LAST_UNIT: &str = "title.vi = \"Cuối khóa\"\ntitle.en = \"At the end\"\nsteps = [\"thi\"]\n\n[assessments.thi]\ntitle.vi = \"Kiểm tra\"\ntitle.en = \"Quiz\"\n";
const LESSON: &str = "+++\ntitle = \"Chìa vặn mâm cặp\"\nminutes = 5\n\n[[reflections]]\nkey = \"xuong-toi\"\n\
prompt.vi = \"Ở xưởng bạn, chìa vặn treo ở đâu?\"\nprompt.en = \"Where does the key hang?\"\n+++\n\n\
Rút chìa khỏi [[mam-cap]] trước khi bật máy.\n\n![Chìa vặn](media/chia.png)\n\n:::steps\n1. Kẹp phôi.\n2. Rút chìa.\n:::\n\n\
<script>alert(1)</script>\n\n{{check vi-tri}}\n";
const LESSON_EN: &str = "+++\ntitle = \"The chuck key\"\n+++\n\nTake the key out of the [[mam-cap|chuck]].\n\n![The key](media/chia.png)\n\n{{check vi-tri}}\n";
const SECOND: &str = "+++\ntitle = \"Kính bảo hộ\"\n+++\n\nĐeo kính khi máy chạy.\n";
const CHECKS: &str = r#"[{"key": "vi-tri", "item": {"type": "single_choice",
  "stem": {"default_language": "vi", "versions": {"vi": "Chìa vặn phải ở đâu?", "en": "Where must the key be?"}},
  "options": [
    {"id": "a", "text": {"default_language": "vi", "versions": {"vi": "Trên giá", "en": "On its rack"}}, "correct": true,
     "feedback": {"default_language": "vi", "versions": {"vi": "Đúng chỗ của nó.", "en": "Its place."}}},
    {"id": "b", "text": {"default_language": "vi", "versions": {"vi": "Trên mâm cặp", "en": "In the chuck"}},
     "feedback": {"default_language": "vi", "versions": {"vi": "Nó sẽ văng ra.", "en": "It will fly off."}}}]}},
 {"key": "toc-do", "item": {"type": "numerical", "stem": {"default_language": "vi", "versions": {"vi": "Số vòng quay?"}},
  "answers": [{"id": "n", "value": 12.5}]}}]
"#;

/// A small picture with nothing but pixels.
fn picture() -> Vec<u8> {
    starter_content::MEDIA
        .iter()
        .find(|file| file.name == "lathe.png")
        .unwrap()
        .content
        .to_vec()
}

/// The course as files.
pub(crate) fn files() -> Files {
    let quiz = starter_content::ASSESSMENTS
        .iter()
        .find(|file| file.name == "workshop-safety")
        .unwrap();
    let written = [
        ("course.toml", COURSE),
        ("glossary.toml", GLOSSARY),
        ("01-may/unit.toml", UNIT),
        ("01-may/chia-van.vi.md", LESSON),
        ("01-may/chia-van.en.md", LESSON_EN),
        ("01-may/chia-van.checks.json", CHECKS),
        ("01-may/kinh.vi.md", SECOND),
        ("02-cuoi-khoa/unit.toml", LAST_UNIT),
        ("02-cuoi-khoa/thi.json", quiz.json),
    ];
    let mut files: Files = written
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .collect();
    files.insert("media/chia.png".to_owned(), picture());
    files
}

/// The course with one file written anew.
fn files_with(path: &str, text: &str) -> Files {
    let mut files = files();
    files.insert(path.to_owned(), text.as_bytes().to_vec());
    files
}

fn read(files: &Files) -> CourseOfFiles {
    let read = folder::read(files).unwrap_or_else(|problems| panic!("{problems:?}"));
    CourseOfFiles {
        key: read.key.to_string(),
        content: read.content,
        assessments: read.assessments,
        files: read.media,
    }
}

pub(crate) async fn take_in(
    site: &TestSite,
    organisation: Option<&str>,
    files: &Files,
    note: Option<&str>,
) -> Result<Imported> {
    course::import(
        &site.app,
        organisation.map(str::to_owned),
        read(files),
        note.map(str::to_owned),
    )
    .await
}

/// A service with the course published.
async fn published() -> TestSite {
    let site = TestSite::start().await;
    take_in(&site, None, &files(), Some("Bản đầu")).await.unwrap();
    site
}
