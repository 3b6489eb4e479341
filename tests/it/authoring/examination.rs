//! An author makes an examination without JSON: picks a scheme, reads what it
//! says, tells which section counts for which part, publishes. And what the
//! preview and the list say of a divided quiz.

use practice_platform::STUDENTS;
use reqwest::StatusCode;
use starter_content::ASSESSMENTS;
use tests::Answer;

use super::{Desk, desk, published};

async fn preview(desk: &Desk, id: &str) -> Answer {
    let address = format!("{}/quizzes/{id}/preview", desk.prefix);
    let page = desk.browser.get(&address).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    page
}

/// The practice examination that comes with the program.
async fn starter(desk: &Desk) -> String {
    let files = ASSESSMENTS.iter();
    let file = files.clone().find(|file| file.name == "metal-trades-examination");
    let draft = assessment::draft_from_json(file.expect("it is there").json).expect("a draft");
    app::assessment::install_sample(&desk.site.app, None, draft)
        .await
        .expect("it can be published")
}

#[tokio::test]
async fn a_scheme_is_picked_read_and_published() {
    let desk = desk().await;
    let id = published(&desk.site, None, "Thi nghề").await;
    let page = desk.open(&id).await;
    assert_eq!(
        page.attributes("#scheme_name option", "value"),
        ["german-metal-trades"]
    );
    let page = desk.press(&page, "add_section", &[]).await;
    let page = desk.press(&page, "scheme", &[("s1_title", "Phần A")]).await;
    let words = page.text("#scheme-words").expect("the scheme");
    for sentence in [
        "Phần 1 của kỳ thi: 40 %",
        "Nhiệm vụ thực hành: 50 %",
        "giáo viên nhập điểm trên trang bài làm",
        "Tổng: từ 50 điểm",
        "Nhiệm vụ thực hành: từ 50 điểm",
        "Ít nhất 2 trong 3 phần từ 50 điểm",
        "Không phần nào dưới 30 điểm",
        "từ 92 điểm: 1 (rất tốt)",
        "tính theo tỉ lệ 2 : 1",
        "Chỉ ở phần dưới 50 điểm",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    let parts = page.attributes("#s1_part option", "value");
    assert!(parts.contains(&"analysis-a".to_owned()), "{parts:?}");
    let section = page.attributes("#q1_section option", "value");
    let section = section.iter().find(|id| !id.is_empty()).expect("the section");

    // a question without a section counts for no part: nothing is lost, the scheme's place says so
    let fields = [("s1_part", "analysis-a"), ("q1_section", section.as_str())];
    let page = desk.press(&page, "publish", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attributes(".problems a", "href"), ["#scheme-words"]);
    let words = page.text("#scheme-words").expect("the scheme");
    assert!(words.contains("tính từ: Phần A"), "{words}");

    // a button that only changes the form keeps the choice of the part
    let page = desk.press(&page, "add_section", &[]).await;
    assert_eq!(
        page.attributes("#s1_part option[selected]", "value"),
        ["analysis-a"]
    );
    let page = desk.press(&page, "s2_remove", &[]).await;
    let page = desk
        .press(&page, "publish", &[("q2_section", section.as_str())])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.all_text().contains("Phân tích: phần A"));

    let page = desk.press(&page, "scheme_off", &[]).await;
    assert_eq!(page.count("#scheme_name"), 1, "{}", page.all_text());
    assert_eq!(page.count("#s1_part"), 0);
}

#[tokio::test]
async fn a_scheme_that_cannot_be_read_is_named_and_the_former_one_stays() {
    let desk = desk().await;
    let id = starter(&desk).await;
    let page = desk.open(&id).await;
    let page = desk.press(&page, "save", &[("scheme", "{")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.attributes(".problems a", "href"), ["#scheme-words"]);
    assert_eq!(page.count("#scheme-words details[open]"), 1);
    assert!(
        desk.open(&id)
            .await
            .all_text()
            .contains("Phần 1 của kỳ thi: 40 %")
    );
}

#[tokio::test]
async fn preview_and_list_count_what_a_student_gets() {
    let desk = desk().await;
    let id = starter(&desk).await;
    let page = preview(&desk, &id).await;
    let text = page.all_text();
    // 4 of 5 + 2 + 3 of 5 + 2 (turning or milling) + 2 questions; 4 + 4 + 3 + 4 + 2 points
    let facts = page.text("dl.facts").expect("facts");
    assert!(facts.contains("13") && facts.contains("17"), "{facts}");
    for sentence in [
        "Kỹ thuật gia công: phần A",
        "Rút ngẫu nhiên 2 trong 3 câu (nhãn: dụng cụ cắt).",
        "Rút ngẫu nhiên 1 trong 2 câu (nhãn: tính toán).",
        "Tính 3 câu, tổng 3 điểm.",
        "Sinh viên được bỏ 1 câu.",
        "Câu bắt buộc",
        "Phần tự chọn: sinh viên làm phần này hoặc Kỹ thuật gia công, phần B: phay.",
        "Tính vào phần của kỳ thi: Gia công: phần B.",
        "Kết quả tính theo quy chế: Kỳ thi tốt nghiệp nghề kim loại theo luật Đức",
    ] {
        assert!(text.contains(sentence), "{sentence}: {text}");
    }
    let picker = desk.browser.get(&format!("{}/picker", desk.prefix)).await;
    let entry = picker.text("li.entry").expect("an entry");
    assert!(
        entry.contains("13 câu hỏi") && entry.contains("17 điểm"),
        "{entry}"
    );
}

#[tokio::test]
async fn alternatives_that_differ_are_told_as_a_range() {
    let desk = desk().await;
    let mut draft = super::draft("Chọn phần");
    let sections = serde_json::json!([
        {"id": "a", "title": draft.title, "alternative": "g"},
        {"id": "b", "title": draft.title, "alternative": "g"}]);
    draft.sections = serde_json::from_value(sections).expect("sections");
    let mut third = draft.slots[1].clone();
    third.id = "s3".into();
    third.points = 0.5;
    draft.slots[1].points = 0.5;
    draft.slots.push(third);
    for (slot, section) in draft.slots.iter_mut().zip(["a", "b", "b"]) {
        slot.placing.section = Some(section.into());
    }
    let id = app::assessment::install_sample(&desk.site.app, None, draft)
        .await
        .expect("both are worth the same");
    let facts = preview(&desk, &id).await.text("dl.facts").expect("facts");
    assert!(facts.contains("1–2"), "{facts}");
    let picker = desk.browser.get(&format!("{}/picker", desk.prefix)).await;
    let entry = picker.text("li.entry").expect("an entry");
    assert!(
        entry.contains("1–2 câu hỏi") && entry.contains("1 điểm"),
        "{entry}"
    );
    let activity = desk
        .site
        .add_activity(&desk.connected, "Chọn", &[("taynghe_assessment", &id)]);
    let initiation = desk.site.platform.launch_initiation(STUDENTS[0], activity);
    let front = desk
        .site
        .browser()
        .launch(&initiation.expect("the activity"))
        .await;
    assert!(front.all_text().contains("1–2"), "{}", front.all_text());
}
