//! An instructor writes a quiz: the editor by plain forms, two editors of one
//! draft, publishing, and who may do it.

mod draft_life;
mod examination;
mod shared;
mod types;

use assessment::Draft;
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use tests::{Answer, Browser, Connected, TestSite};

/// A draft with two questions that can be published.
pub(crate) fn draft(title: &str) -> Draft {
    let text = |words: &str| serde_json::json!({"default_language": "vi", "versions": {"vi": words}});
    let question = |id: &str, stem: &str| {
        serde_json::json!({"id": id, "points": 1, "item": {
            "type": "single_choice",
            "stem": text(stem),
            "options": [
                {"id": "o1", "text": text("Tắt máy"), "correct": true, "feedback": text("Đúng vậy.")},
                {"id": "o2", "text": text("Đeo găng tay")}]}})
    };
    let draft = serde_json::json!({
        "title": text(title),
        "introduction": text("Đọc kỹ trước khi chọn."),
        "slots": [question("s1", "Việc nào làm trước?"), question("s2", "Khi thấy khói?")],
        "rules": {"attempts_allowed": 1, "time_limit_seconds": 900}});
    serde_json::from_value(draft).expect("a draft")
}

/// Publishes a quiz of that title in the organisation of that name, or the first one; answers its id.
pub(crate) async fn published(site: &TestSite, organisation: Option<&str>, title: &str) -> String {
    let organisation = organisation.map(str::to_owned);
    app::assessment::install_sample(&site.app, organisation, draft(title))
        .await
        .expect("it can be published")
}

/// Presses a button of the page's form that has such a field, with some fields changed.
pub(crate) async fn press(
    browser: &Browser,
    page: &Answer,
    having: &str,
    button: &str,
    changes: &[(&str, &str)],
) -> Answer {
    let (action, _, mut fields) = page.form(having);
    let elsewhere = page.attributes(&format!("button[value=\"{button}\"]"), "formaction");
    for (name, _) in changes {
        fields.retain(|(known, _)| known != name);
    }
    let changes = changes
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    fields.extend(changes.filter(|(_, value)| value != "(none)"));
    fields.push(("do".to_owned(), button.to_owned()));
    let address = page
        .url
        .join(elsewhere.first().unwrap_or(&action))
        .expect("an address");
    let origin = page.url.origin().ascii_serialization();
    browser.post_from(&origin, address.as_str(), fields).await
}

struct Desk {
    site: TestSite,
    connected: Connected,
    browser: Browser,
    /// "/s/…"
    prefix: String,
}

/// An instructor at the picker of a deep-linking request.
async fn desk() -> Desk {
    let (site, connected) = TestSite::connected().await;
    let browser = site.browser();
    let prefix = sit_down(&site, &connected, &browser).await;
    Desk {
        site,
        connected,
        browser,
        prefix,
    }
}

async fn sit_down(site: &TestSite, connected: &Connected, browser: &Browser) -> String {
    let initiation =
        site.platform
            .deep_linking_initiation(INSTRUCTOR, practice_platform::COURSE, connected.tool);
    let page = browser
        .launch(&initiation.expect("the platform knows the tool"))
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    format!("/s/{}", page.session_id())
}

impl Desk {
    async fn open(&self, id: &str) -> Answer {
        self.browser
            .get(&format!("{}/quizzes/{id}/edit", self.prefix))
            .await
    }

    async fn new_quiz(&self) -> Answer {
        let picker = self.browser.get(&format!("{}/picker", self.prefix)).await;
        press(&self.browser, &picker, "q", "new", &[]).await
    }

    async fn press(&self, page: &Answer, button: &str, changes: &[(&str, &str)]) -> Answer {
        press(&self.browser, page, "title", button, changes).await
    }

    async fn revision(&self) -> Vec<String> {
        let query = "SELECT CAST(draft_revision AS TEXT) FROM assessments ORDER BY id";
        self.site.database.texts(query).await
    }
}

fn value(page: &Answer, selector: &str) -> String {
    page.attributes(selector, "value")
        .into_iter()
        .next()
        .unwrap_or_default()
}

#[tokio::test]
async fn a_first_quiz_is_written_and_published_by_plain_forms() {
    let desk = desk().await;
    let picker = desk.browser.get(&format!("{}/picker", desk.prefix)).await;
    let page = press(&desk.browser, &picker, "q", "new", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/edit"));

    // Buttons that change the form keep what was typed and save nothing.
    let typed = [
        ("title", "An toàn hàn"),
        ("q1_stem", "Hàn cần gì?"),
        ("q1_o1_text", "Mặt nạ"),
        ("q1_o2_text", "Găng vải"),
    ];
    let page = desk.press(&page, "q1_o4_remove", &typed).await;
    let page = desk.press(&page, "q1_o3_remove", &[]).await;
    let page = desk.press(&page, "add:true_false", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(value(&page, "#title"), "An toàn hàn");
    assert_eq!(page.text("#q1_o1_text").as_deref(), Some("Mặt nạ"));
    assert_eq!((page.count("#q1_o3_text"), page.count("#q2_stem")), (0, 1));
    assert_eq!(desk.revision().await, ["0"], "nothing was saved yet");

    let rest = [
        ("q1_right", "1"),
        ("q1_points", "1,5"),
        ("q2_stem", "Khói hàn độc."),
        ("time_limit", "20"),
    ];
    let page = desk.press(&page, "save", &rest).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(page.text("h1").as_deref(), Some("An toàn hàn"));
    assert_eq!(value(&page, "#q1_points"), "1,5");
    assert_eq!(desk.revision().await, ["1"]);
    assert_eq!(desk.site.count("assessment_versions").await, 0);

    let page = desk.press(&page, "publish", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(desk.site.count("assessment_versions").await, 1);
    let back = page.attributes("a.button", "href");
    let picker = desk.browser.get(&back[0]).await;
    assert_eq!(picker.count("input[name=pick][checked]"), 1, "{}", picker.body);
}

#[tokio::test]
async fn what_keeps_a_quiz_from_being_published_is_listed_at_its_fields() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let changes = [
        ("title", " "),
        ("q1_right", "(none)"),
        ("q2_o2_text", ""),
        ("show_answers_right_after", "(none)"),
        ("show_answers_while_open", "(none)"),
        ("attempts", "0"),
    ];
    let page = desk.press(&page, "publish", &changes).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("WEB-DRAFT"));
    let links = page.attributes(".problems a", "href");
    assert_eq!(
        links,
        ["#title", "#attempts", "#closes_at", "#q1_options", "#q2_options"]
    );
    for link in links {
        assert_eq!(page.count(&link), 1, "{link}");
        assert_eq!(
            page.count(&format!("{link}_error")),
            1,
            "{link} says what is wrong"
        );
    }
    assert_eq!(
        desk.site.count("assessment_versions").await,
        1,
        "only the former one"
    );
    assert_eq!(desk.revision().await, ["2"], "the draft is saved");

    let repaired = [
        ("title", "An toàn"),
        ("q1_right", "1"),
        ("q2_o2_text", "Chạy"),
        ("show_answers_right_after", "on"),
        ("show_answers_while_open", "on"),
        ("attempts", "2"),
    ];
    let page = desk.press(&page, "publish", &repaired).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(desk.site.count("assessment_versions").await, 2);
}

#[tokio::test]
async fn a_field_that_cannot_be_read_is_named_and_nothing_typed_is_lost() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    for button in ["save", "preview", "publish"] {
        let changes = [
            ("q1_points", "một"),
            ("closes_at", "mai"),
            ("q1_stem", "Vừa gõ xong"),
        ];
        let answer = desk.press(&page, button, &changes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{button}");
        assert_eq!(
            answer.attributes(".problems a", "href"),
            ["#q1_points", "#closes_at"],
            "{button}"
        );
        assert_eq!(value(&answer, "#q1_points"), "một");
        assert_eq!(value(&answer, "#closes_at"), "mai");
        assert_eq!(answer.text("#q1_stem").as_deref(), Some("Vừa gõ xong"));
    }
    assert_eq!(desk.revision().await, ["1"]);
}

#[tokio::test]
async fn who_saves_second_sees_both_versions_and_chooses() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let mine = desk.open(&id).await;
    let theirs = desk.open(&id).await;
    desk.press(&theirs, "save", &[("q1_stem", "Câu của người kia?")])
        .await;

    for button in ["save", "publish"] {
        let page = desk
            .press(
                &mine,
                button,
                &[("q1_stem", "Câu của tôi?"), ("q2_stem", "Câu hai của tôi?")],
            )
            .await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{button}");
        assert!(page.body.contains("WEB-CONFLICT"));
        assert_eq!(page.text("#q1_stem").as_deref(), Some("Câu của tôi?"));
        assert_eq!(page.text("#q2_stem").as_deref(), Some("Câu hai của tôi?"));
        assert!(
            page.text(".theirs").unwrap().contains("Câu của người kia?"),
            "{}",
            page.body
        );
    }
    assert_eq!(desk.revision().await, ["2"], "nothing was written over it");
    assert_eq!(
        desk.open(&id).await.text("#q1_stem").as_deref(),
        Some("Câu của người kia?")
    );

    let page = desk.press(&mine, "save", &[("q1_stem", "Câu của tôi?")]).await;
    let page = desk.press(&page, "save", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(page.text("#q1_stem").as_deref(), Some("Câu của tôi?"));
    assert_eq!(desk.revision().await, ["3"]);
}

#[tokio::test]
async fn publishing_makes_versions_of_changed_questions_only() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let counts = async || {
        let mut counts = Vec::new();
        for table in [
            "items",
            "item_versions",
            "assessment_versions",
            "marking_policies",
        ] {
            counts.push(desk.site.count(table).await);
        }
        counts
    };
    assert_eq!(counts().await, [2, 2, 1, 1]);
    let page = desk.open(&id).await;
    let page = desk.press(&page, "publish", &[]).await;
    assert_eq!(
        counts().await,
        [2, 2, 1, 1],
        "publishing the same again adds nothing"
    );
    let page = desk
        .press(&page, "publish", &[("q1_stem", "Việc nào làm trước tiên?")])
        .await;
    assert_eq!(counts().await, [2, 3, 2, 1]);
    let page = desk.press(&page, "publish", &[("time_limit", "30")]).await;
    assert_eq!(counts().await, [2, 3, 3, 1], "a rule is no question");
    let page = desk.press(&page, "q2_remove", &[]).await;
    let page = desk.press(&page, "q1_copy", &[]).await;
    desk.press(&page, "publish", &[]).await;
    assert_eq!(counts().await, [3, 4, 4, 1], "a copy is a new question");
}

#[tokio::test]
async fn the_preview_is_what_a_student_will_see_and_marks_nothing() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let page = desk
        .press(&page, "preview", &[("q1_stem", "Việc *nào* trước?")])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/preview"));
    assert_eq!(page.count("fieldset.question"), 2);
    assert!(page.body.contains("<em>nào</em>"));
    assert!(page.text("details.key").unwrap().contains("Đúng vậy."));
    assert_eq!(desk.site.count("attempts").await, 0);
    assert_eq!(desk.revision().await, ["2"], "what is shown is saved");
}

#[tokio::test]
async fn another_language_is_written_beside_the_first() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let page = desk
        .press(&page, "in:de", &[("q1_stem", "Việc nào trước?")])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(
        (value(&page, "#title").as_str(), page.text("#q1_stem").as_deref()),
        ("", Some(""))
    );
    assert!(page.text("#q1_stem_hint").unwrap().contains("Việc nào trước?"));
    let german = [("title", "Arbeitssicherheit"), ("q1_stem", "Was zuerst?")];
    let page = desk.press(&page, "save", &german).await;
    assert_eq!(value(&page, "#title"), "Arbeitssicherheit");
    let page = desk.press(&page, "in:vi", &[]).await;
    assert_eq!(value(&page, "#title"), "An toàn");
    assert_eq!(page.text("#q1_stem").as_deref(), Some("Việc nào trước?"));
    let found = desk
        .browser
        .get(&format!("{}/picker?q=arbeitssicherheit", desk.prefix))
        .await;
    assert_eq!(found.count("li.entry"), 1, "both titles are searched");
}

#[tokio::test]
async fn a_quiz_is_copied_put_away_and_taken_out_again() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let csrf = page.csrf();
    let path = format!("{}/quizzes/{id}", desk.prefix);
    let copy = desk
        .browser
        .post(&format!("{path}/copy"), &[("csrf", &csrf)])
        .await;
    assert_eq!(value(&copy, "#title"), "An toàn (bản sao)");
    let entries = async || {
        desk.browser
            .get(&format!("{}/picker?q=an+toan", desk.prefix))
            .await
            .count("li.entry")
    };
    assert_eq!(entries().await, 2);
    desk.browser
        .post(&format!("{path}/archive"), &[("csrf", &csrf), ("away", "yes")])
        .await;
    assert_eq!(entries().await, 1);
    let page = desk
        .browser
        .post(&format!("{path}/archive"), &[("csrf", &csrf), ("away", "no")])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert_eq!(entries().await, 2);
}

#[tokio::test]
async fn only_instructors_of_the_organisation_write() {
    let desk = desk().await;
    let elsewhere = desk.site.connect(Some("Trường khác")).await;
    let foreign = published(&desk.site, Some("Trường khác"), "Đề của trường khác").await;
    let own = published(&desk.site, None, "Đề của trường").await;
    assert_ne!(desk.connected.organisation_id, elsewhere.organisation_id);

    for place in ["edit", "preview"] {
        let page = desk
            .browser
            .get(&format!("{}/quizzes/{foreign}/{place}", desk.prefix))
            .await;
        assert_eq!(page.code().as_deref(), Some("WEB-NOT-FOUND"), "{place}");
    }
    let page = desk.open(&own).await;
    let (_, _, fields) = page.form("title");
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    for place in ["edit", "publish", "copy", "archive"] {
        let path = format!("{}/quizzes/{foreign}/{place}", desk.prefix);
        let some = if place.len() == 4 && place != "copy" || place == "publish" {
            fields.clone()
        } else {
            vec![("csrf", fields[0].1)]
        };
        assert_eq!(
            desk.browser.post(&path, &some).await.code().as_deref(),
            Some("WEB-NOT-FOUND"),
            "{place}"
        );
        let own = path.replace(&foreign, &own);
        let without: Vec<_> = some.iter().filter(|(name, _)| *name != "csrf").copied().collect();
        let forged = [without.as_slice(), &[("title", "Giả mạo")][..0]].concat();
        assert_eq!(
            desk.browser.post(&own, &forged).await.code().as_deref(),
            Some("WEB-CSRF"),
            "{place}"
        );
    }

    let activity = desk
        .site
        .add_activity(&desk.connected, "Bài", &[("taynghe_assessment", &own)]);
    let student = desk.site.browser();
    let page = student
        .launch(
            &desk
                .site
                .platform
                .launch_initiation(STUDENTS[0], activity)
                .unwrap(),
        )
        .await;
    let path = format!("/s/{}/quizzes/{own}/edit", page.session_id());
    assert_eq!(student.get(&path).await.code().as_deref(), Some("WEB-FORBIDDEN"));
    let picker = format!("/s/{}/picker", page.session_id());
    assert_eq!(
        student.get(&picker).await.code().as_deref(),
        Some("WEB-FORBIDDEN")
    );
    assert_eq!(desk.site.count("assessments").await, 2);
}

#[tokio::test]
async fn odd_forms_are_refused_by_name() {
    let desk = desk().await;
    let id = published(&desk.site, None, "An toàn").await;
    let page = desk.open(&id).await;
    let answer = desk.press(&page, "explode", &[]).await;
    assert_eq!(answer.code().as_deref(), Some("WEB-FORM"));
    let answer = desk.press(&page, "save", &[("revision", "x")]).await;
    assert_eq!(answer.code().as_deref(), Some("WEB-FORM"));
    let answer = desk.press(&page, "save", &[("q1_kind", "oracle")]).await;
    assert_eq!(answer.code().as_deref(), Some("WEB-FORM"));
    let long = "Đ".repeat(3 * 1024 * 1024);
    let answer = desk.press(&page, "save", &[("title", &long)]).await;
    assert_eq!(answer.code().as_deref(), Some("WEB-TOO-LARGE"));
    let name = format!("{}\u{202e}gnurt", "Tên dài ".repeat(1_300));
    let answer = desk.press(&page, "publish", &[("title", &name)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.attributes(".problems a", "href"), ["#title"]);
}
