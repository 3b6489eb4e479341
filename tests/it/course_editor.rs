//! Courses are written in the browser: by plain forms, from the first title to a version that is brought back.

mod archive;
mod bad_input;
mod collide;
mod parts;
mod tags;

use ::course::{CourseContent, ProblemKind};
use practice_platform::INSTRUCTOR;
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

use crate::authoring::{press, published};

/// An instructor at the list of courses.
struct Desk {
    site: TestSite,
    browser: Browser,
    /// "/s/…/authoring/courses".
    list: String,
}

async fn desk() -> Desk {
    let (site, connected) = TestSite::connected().await;
    let browser = site.browser();
    let list = sit_down(&site, &connected, &browser).await;
    Desk { site, browser, list }
}

async fn sit_down(site: &TestSite, connected: &Connected, browser: &Browser) -> String {
    let initiation =
        site.platform
            .deep_linking_initiation(INSTRUCTOR, practice_platform::COURSE, connected.tool);
    let page = browser
        .launch(&initiation.expect("the platform knows the tool"))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    let links = page.attributes("a.button", "href");
    let link = links
        .into_iter()
        .find(|link| link.ends_with("/authoring/courses"));
    link.expect("the list of quizzes leads to the courses")
}

impl Desk {
    /// A new course of that title, in its editor.
    async fn new_course(&self, title: &str) -> Answer {
        let list = self.browser.get(&self.list).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.all_text());
        let page = self.browser.submit(&list, "title", &[("title", title)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        page
    }

    /// Presses a button of the editor's form.
    async fn press(&self, page: &Answer, button: &str, changes: &[(&str, &str)]) -> Answer {
        let page = press(&self.browser, page, "revision", button, changes).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
        page
    }

    /// A course with a unit of two lessons, each with words and a licence: it can be published.
    async fn course(&self) -> Answer {
        let page = self.new_course("An toàn điện").await;
        let page = self
            .press(
                &page,
                "unit_add",
                &[
                    ("new_unit", "Bên máy"),
                    ("licence", "CC-BY-4.0"),
                    ("licence_holder", "Trường A"),
                ],
            )
            .await;
        let first = [("unit_ben-may_new_lesson", "Trước khi mở máy")];
        let page = self.press(&page, "lesson_add:ben-may", &first).await;
        let second = [("unit_ben-may_new_lesson", "Khi máy chạy")];
        let page = self.press(&page, "lesson_add:ben-may", &second).await;
        for step in ["truoc-khi-mo-may", "khi-may-chay"] {
            let lesson = self.lesson(step).await;
            self.press(&lesson, "save", &[("body_vi", "Đeo kính bảo hộ.\nTắt nguồn.")])
                .await;
        }
        page
    }

    async fn get(&self, rest: &str) -> Answer {
        self.browser
            .get(&format!("{}/an-toan-dien{rest}", self.list))
            .await
    }

    async fn lesson(&self, step: &str) -> Answer {
        self.get(&format!("/lessons/{step}")).await
    }

    async fn publish(&self, note: &str) -> Answer {
        let page = self.get("/publish").await;
        self.browser.submit(&page, "note", &[("note", note)]).await
    }

    async fn draft(&self) -> CourseContent {
        let drafts = self
            .site
            .database
            .texts("SELECT draft FROM courses ORDER BY id DESC")
            .await;
        serde_json::from_str(&drafts[0]).expect("a draft")
    }

    async fn body(&self, step: &str, language: &str) -> String {
        let draft = self.draft().await;
        let lesson = draft
            .lessons()
            .find(|lesson| lesson.key.as_str() == step)
            .expect("the lesson");
        let source = lesson.body.versions.get(language);
        source.map(|source| source.source.clone()).unwrap_or_default()
    }

    async fn outline(&self) -> String {
        let draft = self.draft().await;
        let keys: Vec<&str> = draft.steps().map(|step| step.key().as_str()).collect();
        keys.join(" ")
    }
}

#[tokio::test]
async fn a_course_is_written_reordered_published_and_rolled_back_by_plain_forms() {
    let desk = desk().await;
    let page = desk.course().await;
    assert_eq!(page.text(".badge").as_deref(), Some("Chưa xuất bản"));
    assert_eq!(desk.outline().await, "truoc-khi-mo-may khi-may-chay");
    desk.press(&desk.get("").await, "step:khi-may-chay:up", &[]).await;
    assert_eq!(desk.outline().await, "khi-may-chay truoc-khi-mo-may");

    let versions = desk.publish("Bản đầu").await;
    assert_eq!(versions.status, StatusCode::OK, "{}", versions.all_text());
    assert_eq!(versions.text("h2").as_deref(), Some("Phiên bản 1"));
    let guest = desk.site.browser();
    let read = guest.get("/courses/an-toan-dien/khi-may-chay?language=vi").await;
    assert!(read.body.contains("Đeo kính bảo hộ."), "{}", read.all_text());

    // a draft changes nothing for readers, nor what they find
    let renamed = [("title_vi", "Điện áp thấp"), ("summary_vi", "Cho thợ mới.")];
    desk.press(&desk.get("").await, "save", &renamed).await;
    let lesson = desk.lesson("khi-may-chay").await;
    desk.press(&lesson, "save", &[("body_vi", "Không mở nắp.")]).await;
    let found = guest.get("/courses?q=an+toan+dien&language=vi").await;
    assert_eq!(found.text(".courses h2").as_deref(), Some("An toàn điện"));
    assert_eq!(
        guest
            .get("/courses?q=dien+ap&language=vi")
            .await
            .count(".courses h2"),
        0
    );
    let list = desk.browser.get(&format!("{}?q=dien+ap", desk.list)).await;
    assert_eq!(list.count(".entries li"), 1, "authors find what they write");
    assert!(
        list.all_text().contains("Phiên bản 1 · có thay đổi"),
        "{}",
        list.all_text()
    );

    let versions = desk.publish("Đổi tên").await;
    assert_eq!(versions.text("h2").as_deref(), Some("Phiên bản 2"));
    assert_eq!(
        guest
            .get("/courses?q=dien+ap&language=vi")
            .await
            .count(".courses h2"),
        1
    );
    let back = [("note", "Quay lại bản đầu"), ("moves", "(none)")];
    let versions = desk.browser.submit(&versions, "note", &back).await;
    assert_eq!(
        versions.text("h2").as_deref(),
        Some("Phiên bản 3"),
        "{}",
        versions.all_text()
    );
    assert!(desk.body("khi-may-chay", "vi").await.contains("Đeo kính"));
    let read = guest.get("/courses/an-toan-dien/khi-may-chay?language=vi").await;
    assert!(read.body.contains("Đeo kính bảo hộ."));
    let deeds = desk
        .site
        .database
        .texts("SELECT action FROM audit_records ORDER BY id")
        .await;
    let deeds: Vec<&String> = deeds.iter().filter(|deed| deed.starts_with("course.")).collect();
    assert_eq!(
        deeds,
        [
            "course.create",
            "course.publish",
            "course.publish",
            "course.roll-back"
        ]
    );
    assert_eq!(desk.site.count("course_versions").await, 3);
}

#[tokio::test]
async fn what_is_wrong_is_told_with_the_way_to_it_and_grave_things_refuse() {
    let desk = desk().await;
    desk.new_course("An toàn điện").await;
    let page = desk.get("/publish").await;
    assert!(page.body.contains("CRS-NO-LESSON"), "{}", page.all_text());
    assert_eq!(page.count("textarea[name=note]"), 0, "nothing to press");
    let form = [("csrf", page.csrf()), ("revision", "1".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = desk.browser.post(page.url.as_str(), &form).await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.all_text()
    );
    assert!(refused.body.contains("CRS-NOT-READY"));
    assert_eq!(desk.site.count("course_versions").await, 0);
}

#[tokio::test]
async fn each_problem_of_a_draft_has_words() {
    for language in ui::Language::all() {
        let t = ui::Texts::for_language(*language);
        for kind in ProblemKind::ALL {
            let key = format!("editor-problem-{}", kind.code().to_ascii_lowercase());
            assert!(t.has(&key), "{key} in {}", language.tag());
        }
    }
}

#[tokio::test]
async fn each_save_stays_and_can_be_gone_back_to() {
    let desk = desk().await;
    desk.course().await;
    let lesson = desk.lesson("khi-may-chay").await;
    desk.press(&lesson, "save", &[("body_vi", "Đeo kính bảo hộ.\nKhóa nguồn.")])
        .await;
    let history = desk.get("/history").await;
    let drafts = history.attributes(".drafts a", "href");
    assert_eq!(drafts.len(), 7, "{}", history.all_text());
    let draft = desk.browser.get(&drafts[0]).await;
    assert_eq!(draft.text(".lines ins").as_deref(), Some("Thêm: Khóa nguồn."));
    assert_eq!(draft.text(".lines del").as_deref(), Some("Bớt: Tắt nguồn."));
    let draft = desk.browser.get(&drafts[1]).await;
    let editor = desk
        .browser
        .post(draft.url.as_str(), &[("csrf", &draft.csrf())])
        .await;
    assert_eq!(editor.status, StatusCode::OK, "{}", editor.all_text());
    assert_eq!(
        desk.body("khi-may-chay", "vi").await,
        "Đeo kính bảo hộ.\nTắt nguồn."
    );
    let history = desk.get("/history").await;
    assert_eq!(
        history.attributes(".drafts a", "href").len(),
        8,
        "nothing went away"
    );
}

#[tokio::test]
async fn questions_and_quizzes_of_the_organisation_are_taken() {
    let desk = desk().await;
    let quiz = published(&desk.site, None, "Kiểm tra điện").await;
    desk.course().await;
    let lesson = desk.lesson("khi-may-chay").await;
    let questions = desk.press(&lesson, "question", &[]).await;
    assert!(questions.url.path().ends_with("/questions"), "{}", questions.url);
    let found = desk.browser.get(&format!("{}?q=khoi", questions.url)).await;
    assert_eq!(found.count(".found li"), 1, "{}", found.all_text());
    let taken = [
        ("csrf", found.csrf()),
        ("assessment", quiz.clone()),
        ("slot", "s2".to_owned()),
    ];
    let taken: Vec<(&str, &str)> = taken
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let lesson = desk.browser.post(questions.url.as_str(), &taken).await;
    assert_eq!(lesson.count("#checks ~ ol li"), 1, "{}", lesson.all_text());
    let picked = desk.press(&desk.get("").await, "pick:ben-may", &[]).await;
    assert_eq!(picked.text(".found strong").as_deref(), Some("Kiểm tra điện"));
    let editor = desk
        .browser
        .submit(&picked, "unit", &[("assessment", &quiz)])
        .await;
    let form = [
        ("csrf", picked.csrf()),
        ("unit", "ben-may".to_owned()),
        ("assessment", quiz),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let editor = match editor.status {
        StatusCode::OK => desk.browser.post(picked.url.path(), &form).await,
        _ => editor,
    };
    assert_eq!(editor.status, StatusCode::OK, "{}", editor.all_text());
    assert!(
        desk.outline().await.ends_with("khi-may-chay kiem-tra-dien"),
        "{}",
        desk.outline().await
    );
    let versions = desk.publish("").await;
    assert_eq!(
        versions.text("h2").as_deref(),
        Some("Phiên bản 1"),
        "{}",
        versions.all_text()
    );
}
