//! What a course, its lessons and their questions are tagged with, and the terms of use of one file.

use ::course::{CompetencyTag, CourseContent, Lesson, read_framework};
use app::competency;
use tests::ChosenFile;

use super::{Desk, desk};
use crate::authoring::published;

async fn desk_with_frameworks() -> Desk {
    let desk = desk().await;
    let read = |file: &starter_content::StarterFile| read_framework(file.json).expect("a framework");
    let all = starter_content::FRAMEWORKS.iter().map(read).collect();
    competency::install(&desk.site.app, all).await.unwrap();
    desk.course().await;
    desk
}

fn codes(tags: &[CompetencyTag]) -> Vec<String> {
    let code = |tag: &CompetencyTag| format!("{} {}", tag.framework, tag.code);
    tags.iter().map(code).collect()
}

fn lesson<'a>(draft: &'a CourseContent, key: &str) -> &'a Lesson {
    let mut lessons = draft.lessons();
    lessons
        .find(|lesson| lesson.key.as_str() == key)
        .expect("the lesson")
}

#[tokio::test]
async fn competencies_are_chosen_from_the_frameworks_and_taken_away() {
    let desk = desk_with_frameworks().await;
    let page = desk.get("").await;
    let options = page.attributes("#new_competency option", "value");
    assert!(options.contains(&"digcomp-2.2 4.1".to_owned()), "{options:?}");
    let chosen = [("new_competency", "digcomp-2.2 4.1")];
    let page = desk.press(&page, "competency_add", &chosen).await;
    let page = desk
        .press(&page, "competency_add", &[("new_competency", "cefr A2.L")])
        .await;
    let draft = desk.draft().await;
    assert_eq!(codes(&draft.competencies), ["digcomp-2.2 4.1", "cefr A2.L"]);
    assert_eq!(page.count(".competencies label"), 2, "{}", page.all_text());
    assert!(
        page.all_text().contains("4.1 Bảo vệ thiết bị"),
        "{}",
        page.all_text()
    );
    // one that is not ticked goes
    desk.press(&page, "save", &[("competencies", "cefr A2.L")]).await;
    assert_eq!(codes(&desk.draft().await.competencies), ["cefr A2.L"]);

    // a lesson, and one of its questions
    let quiz = published(&desk.site, None, "Kiểm tra điện").await;
    let questions = desk
        .press(&desk.lesson("khi-may-chay").await, "question", &[])
        .await;
    let csrf = questions.csrf();
    let taken = [
        ("csrf", csrf.as_str()),
        ("assessment", quiz.as_str()),
        ("slot", "s2"),
    ];
    let page = desk.browser.post(questions.url.as_str(), &taken).await;
    let check = page.attributes("#new_competency_to option", "value").remove(1);
    let to_lesson = [("new_competency", "tt02-2025 4.1"), ("new_competency_to", "")];
    let page = desk.press(&page, "competency_add", &to_lesson).await;
    let to_check = [
        ("new_competency", "tt02-2025 4.2"),
        ("new_competency_to", check.as_str()),
    ];
    desk.press(&page, "competency_add", &to_check).await;
    let draft = desk.draft().await;
    let tagged = lesson(&draft, "khi-may-chay");
    assert_eq!(codes(&tagged.competencies), ["tt02-2025 4.1"]);
    assert_eq!(codes(&tagged.checks[0].competencies), ["tt02-2025 4.2"]);

    // and a quiz
    let picked = desk.press(&desk.get("").await, "pick:ben-may", &[]).await;
    let csrf = picked.csrf();
    let taken = [
        ("csrf", csrf.as_str()),
        ("unit", "ben-may"),
        ("assessment", quiz.as_str()),
    ];
    desk.browser.post(picked.url.path(), &taken).await;
    let page = desk.lesson("kiem-tra-dien").await;
    assert!(page.all_text().contains("Kiểm tra điện"), "{}", page.all_text());
    desk.press(&page, "competency_add", &[("new_competency", "indmet-2018 3")])
        .await;
    let draft = desk.draft().await;
    let step = draft
        .step(&"kiem-tra-dien".into())
        .unwrap()
        .as_assessment()
        .unwrap();
    assert_eq!(codes(&step.competencies), ["indmet-2018 3"]);
}

#[tokio::test]
async fn a_competency_that_no_framework_has_is_told_before_publishing() {
    let desk = desk_with_frameworks().await;
    let page = desk.lesson("khi-may-chay").await;
    desk.press(&page, "competency_add", &[("new_competency", "digcomp-9 7.7")])
        .await;
    let page = desk.get("/publish").await;
    assert!(page.body.contains("CRS-COMPETENCY"), "{}", page.all_text());
    assert!(
        page.all_text().contains("Bài “Khi máy chạy”"),
        "{}",
        page.all_text()
    );
    let versions = desk.publish("").await;
    assert_eq!(
        versions.text("h2").as_deref(),
        Some("Phiên bản 1"),
        "it keeps nobody from publishing"
    );
}

#[tokio::test]
async fn a_file_has_terms_of_use_of_its_own() {
    let desk = desk().await;
    desk.course().await;
    let page = desk.lesson("khi-may-chay").await;
    let sheet = ChosenFile {
        field: "new_file",
        name: "phieu.pdf",
        media_type: "application/pdf",
        content: b"%PDF-1.4\n%%EOF\n",
    };
    let typed = [("new_file_title", "Phiếu kiểm tra máy"), ("do", "file")];
    let page = desk
        .browser
        .submit_files(&page, "revision", &typed, &[sheet])
        .await;
    let hash = page.attributes("input[name=files]", "value").concat();
    let (identifier, holder) = (
        format!("file_{hash}_licence"),
        format!("file_{hash}_licence_holder"),
    );
    let typed = [
        (identifier.as_str(), "CC-BY-SA-4.0"),
        (holder.as_str(), "Xưởng thực hành"),
    ];
    desk.press(&page, "save", &typed).await;
    let draft = desk.draft().await;
    let tagged = lesson(&draft, "khi-may-chay");
    let licence = tagged.files[0].licence.as_ref().expect("terms of its own");
    assert_eq!(licence.identifier, "CC-BY-SA-4.0");
    assert_eq!(licence.holder, "Xưởng thực hành");
    assert_eq!(tagged.licence, None, "the lesson has the course's");
    desk.publish("").await;
    let guest = desk.site.browser();
    let page = guest.get("/courses/an-toan-dien/khi-may-chay?language=vi").await;
    let licences = page.attributes("a[rel=license]", "href").join(" ");
    assert!(licences.contains("/by-sa/4.0/"), "{licences}");
}
