//! Divided quizzes: draws, drops, a choice of sections, locked questions and a
//! sequence, by plain forms and by the entries of a script.

use assessment::{
    AlternativeId, Draft, DraftSlot, Draw, EntryKind, Navigation, Rules, Section, SectionId, SlotId,
};
use practice_platform::{INSTRUCTOR, STUDENTS};
use serde_json::json;
use tests::{Answer, TestSite};
use text::Text;

use super::{Quiz, Sheet, Tab, draft};

fn section(id: &str, title: &str) -> Section {
    Section {
        id: SectionId::from(id),
        title: Text::markdown("vi", title),
        introduction: Text::markdown("vi", format!("Lời dẫn của {title}.")),
        shuffle: false,
        draws: Vec::new(),
        alternative: None,
        drops: 0,
    }
}

/// Five questions of which one may be dropped and one must be answered, three
/// drawn of six, turning or milling, and a last one behind them.
fn examination(navigation: Navigation) -> Draft {
    let mut draft = draft(Rules {
        navigation,
        ..Rules::default()
    });
    let first = draft.slots[0].clone();
    let slot = |id: String, section: &str| {
        let mut slot = DraftSlot {
            id: SlotId::new(id),
            ..first.clone()
        };
        slot.placing.section = Some(SectionId::from(section));
        slot
    };
    let choice = |id, title| Section {
        alternative: Some(AlternativeId::from("project")),
        ..section(id, title)
    };
    draft.sections = vec![
        Section {
            drops: 1,
            ..section("a", "Phần A")
        },
        Section {
            draws: vec![Draw {
                count: 3,
                tags: ["phay".to_owned()].into(),
                easiest: Some(2),
                hardest: None,
            }],
            ..section("pool", "Phần rút")
        },
        choice("turning", "Tiện"),
        choice("milling", "Phay"),
    ];
    draft.slots = (1..=5).map(|number| slot(format!("a{number}"), "a")).collect();
    draft.slots[0].placing.protected = true;
    draft.slots[4].placing.opens_after = Some(SlotId::from("a2"));
    draft.slots.extend((1..=6).map(|number| {
        let mut slot = slot(format!("p{number}"), "pool");
        slot.placing.tags.insert("phay".to_owned());
        slot.placing.difficulty = Some(3);
        slot
    }));
    draft.slots.push(slot("t1".to_owned(), "turning"));
    draft.slots.push(slot("m1".to_owned(), "milling"));
    draft
}

#[tokio::test]
async fn a_marker_enters_what_an_examination_needs() {
    let mut written = draft(Rules::default());
    written.sections = vec![section("a", "Phần viết")];
    for slot in &mut written.slots {
        slot.placing.section = Some(SectionId::from("a"));
    }
    let title = |words: &str| json!({"default_language": "vi", "versions": {"vi": words}});
    let scheme = json!({
        "title": title("Kỳ thi"), "decimals": 1, "pass": [{"holds": "total", "at_least": 50.0}],
        "key": [{"from": 50.0, "grade": "A"}, {"from": 0.0, "grade": "B"}],
        "parts": [
            {"id": "written", "title": title("Viết"), "weight": 1, "from": "sections", "sections": ["a"]},
            {"id": "practice", "title": title("Thực hành"), "weight": 1, "from": "marker"},
        ],
        "supplement": {"parts": ["practice"], "before": 2, "oral": 1},
    });
    written.scheme = Some(serde_json::from_value(scheme).expect("a scheme"));
    let (site, connected) = TestSite::connected().await;
    let quiz = Quiz::of(site, &connected, written).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab");
    sheet
        .saves(&tab.body(&[tab.answer("q1", &["o1"], quiz.now())]), 1)
        .await;
    let review = sheet.submit().await;
    assert!(
        review.all_text().contains("Để đạt cần ít nhất 67 điểm"),
        "{}",
        review.all_text()
    );
    assert_eq!(review.count("form[action$='/parts']"), 0);

    let teacher = quiz.launch(INSTRUCTOR).await;
    let path = format!("/s/{}/attempts/{}", teacher.front.session_id(), sheet.id());
    let page = teacher.browser.get(&path).await;
    let csrf = page.csrf();
    let post = async |fields: &[(&str, &str)]| {
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        teacher.browser.post(&format!("{path}/parts"), &fields).await
    };
    for (fields, code) in [
        ([("part/written", "80")], "ATT-PART-UNKNOWN"),
        ([("part/practice", "101")], "ATT-RESPONSE-INVALID"),
        ([("part/practice", "viel")], "WEB-FORM"),
    ] {
        assert_eq!(post(&fields).await.code().as_deref(), Some(code));
    }
    // (33,3 + 66,8) / 2 = 50,05, and halves go up
    let page = post(&[("part/practice", "66,8")]).await;
    assert!(page.all_text().contains("Tổng: 50,1/100"), "{}", page.all_text());
    // ((2 · 66,8 + 100) / 3 + 33,3) / 2, and taken back
    let page = post(&[("oral_part", "practice"), ("oral", "100")]).await;
    assert!(page.all_text().contains("Tổng: 55,6/100"), "{}", page.all_text());
    assert_eq!(page.attributes("[name=was_oral]", "value"), ["practice"]);
    let page = post(&[("oral_part", ""), ("was_oral", "practice")]).await;
    assert!(page.all_text().contains("Tổng: 50,1/100"), "{}", page.all_text());
    let page = sheet.reload().await;
    assert!(page.all_text().contains("xếp loại A"), "{}", page.all_text());
}

async fn quiz(navigation: Navigation) -> Quiz {
    let (site, connected) = TestSite::connected().await;
    Quiz::of(site, &connected, examination(navigation)).await
}

impl Sheet<'_> {
    /// Presses a button of the page as it stands now.
    async fn presses(&self, then: &str, changes: &[(&str, &str)]) -> Answer {
        let page = self.reload().await;
        let changes: Vec<_> = changes.iter().copied().chain([("then", then)]).collect();
        self.browser.submit(&page, "then", &changes).await
    }
}

/// The questions on a page that can be answered.
fn asked(page: &Answer) -> Vec<String> {
    page.attributes("fieldset[data-slot]", "data-slot")
}

fn buttons(page: &Answer) -> Vec<String> {
    let mut buttons = page.attributes("button[name=then]", "value");
    buttons.retain(|value| value.contains('/'));
    buttons
}

#[tokio::test]
async fn an_examination_is_taken_by_plain_forms() {
    let quiz = quiz(Navigation::Free).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    // 4 of 5, 3 of 6, 1 of 2
    assert!(desk.front.all_text().contains('8'), "{}", desk.front.all_text());
    let sheet = desk.start().await;
    let page = &sheet.page;
    assert!(page.all_text().contains("Lời dẫn của Phần A."));
    assert!(page.all_text().contains("còn được bỏ 1 câu"));
    assert!(page.all_text().contains("Câu này mở khi bạn đã làm xong câu 2."));
    let drawn: Vec<String> = asked(page).into_iter().filter(|id| id.starts_with('p')).collect();
    assert_eq!((asked(page).len(), drawn.len()), (7, 3), "{:?}", asked(page));
    let mut expected: Vec<String> = ["a2", "a3", "a4"].map(|id| format!("discard/{id}")).into();
    expected.extend(["choose/turning".to_owned(), "choose/milling".to_owned()]);
    assert_eq!(buttons(page), expected);

    let page = sheet
        .presses("discard/a3", &[("answer/a1", "o1"), ("answer/a2", "o1")])
        .await;
    assert_eq!(page.url.fragment(), Some("slot-a3"));
    assert!(page.all_text().contains("Bạn đã bỏ câu này."));
    assert!(
        asked(&page).contains(&"a5".to_owned()),
        "it has opened: {:?}",
        asked(&page)
    );
    let page = sheet.presses("choose/milling", &[]).await;
    assert!(asked(&page).contains(&"m1".to_owned()));
    assert!(buttons(&page).contains(&"choose/turning".to_owned()));
    assert!(!buttons(&page).iter().any(|button| button.starts_with("discard/")));

    let confirm = sheet
        .presses(
            "confirm",
            &[("answer/m1", "o1"), (&format!("answer/{}", drawn[0]), "o1")],
        )
        .await;
    assert!(confirm.all_text().contains("4/8"), "{}", confirm.all_text());
    let review = sheet.submit().await;
    assert!(review.all_text().contains("Câu này được bỏ, không tính điểm."));
    // 4 of 8 right
    assert!(review.all_text().contains("5/10"), "{}", review.all_text());
}

#[tokio::test]
async fn what_is_not_asked_is_refused_and_nothing_is_lost() {
    let quiz = quiz(Navigation::Free).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let now = quiz.now();
    let tab = sheet.tab("tab");
    sheet.saves(&tab.body(&[tab.answer("a1", &["o1"], now)]), 1).await;
    let left_out = (1..=6).map(|number| format!("p{number}"));
    let left_out = left_out
        .filter(|id| !asked(&sheet.page).contains(id))
        .collect::<Vec<_>>();
    let other = sheet.tab("other");
    let refused = |entry, code: &'static str| {
        let (sheet, other) = (&sheet, &other);
        async move {
            sheet.refuses(&other.taking_over(&[entry]), code).await;
            other.number.set(0);
            other.last_hash.set(None);
        }
    };
    let act = |tab: &Tab, kind, slot, payload: &str| tab.next(kind, slot, payload, now);
    refused(other.answer(&left_out[0], &["o1"], now), "ATT-SLOT-UNKNOWN").await;
    refused(other.answer("a5", &["o1"], now), "ATT-QUESTION-LOCKED").await;
    refused(
        act(&other, EntryKind::Discard, Some("a1"), ""),
        "ATT-NOT-DROPPABLE",
    )
    .await;
    refused(
        act(&other, EntryKind::Discard, Some(&left_out[0]), ""),
        "ATT-SLOT-UNKNOWN",
    )
    .await;
    refused(act(&other, EntryKind::Choose, None, "a"), "ATT-CHOICE-UNKNOWN").await;
    refused(act(&other, EntryKind::Advance, Some("a1"), ""), "ATT-ENTRY-KIND").await;
    sheet
        .saves(&tab.body(&[act(&tab, EntryKind::Discard, Some("a2"), "")]), 2)
        .await;
    refused(act(&other, EntryKind::Discard, Some("a3"), ""), "ATT-DROPS-USED").await;
    sheet
        .saves(&tab.body(&[act(&tab, EntryKind::Choose, None, "turning")]), 3)
        .await;
    refused(other.answer("m1", &["o1"], now), "ATT-SLOT-UNKNOWN").await;
    let page = sheet.reload().await;
    assert_eq!(super::chosen(&page, "a1"), ["o1"]);
    assert!(asked(&page).contains(&"t1".to_owned()));
}

#[tokio::test]
async fn a_sequence_shows_one_question_and_never_goes_back() {
    let quiz = quiz(Navigation::Sequential).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert!(desk.front.all_text().contains("không quay lại được câu trước"));
    let sheet = desk.start().await;
    assert_eq!(asked(&sheet.page), ["a1"]);
    let first = sheet.reload().await;
    let page = sheet.presses("advance/a1", &[("answer/a1", "o1")]).await;
    assert_eq!(asked(&page), ["a2"]);
    // pressed twice: the same form again
    let again = desk
        .browser
        .submit(&first, "then", &[("answer/a1", "o1"), ("then", "advance/a1")])
        .await;
    assert_eq!(asked(&again), ["a2"]);
    let changed = desk
        .browser
        .submit(&first, "then", &[("answer/a1", "o2"), ("then", "stay")])
        .await;
    assert_eq!(changed.code().as_deref(), Some("ATT-QUESTION-PASSED"));
    for id in ["a2", "a3", "a4", "a5"] {
        sheet.presses(&format!("advance/{id}"), &[]).await;
    }
    for _ in 0..3 {
        let page = sheet.reload().await;
        let id = asked(&page).pop().expect("a drawn question");
        assert!(id.starts_with('p'), "{id}");
        sheet.presses(&format!("advance/{id}"), &[]).await;
    }
    let page = sheet.reload().await;
    assert_eq!(asked(&page), Vec::<String>::new());
    assert_eq!(buttons(&page), ["choose/turning", "choose/milling"]);
    let page = sheet.presses("choose/turning", &[]).await;
    assert_eq!(asked(&page), ["t1"]);
    let page = sheet.presses("advance/t1", &[("answer/t1", "o1")]).await;
    assert!(
        page.all_text().contains("Bạn đã qua hết các câu hỏi."),
        "{}",
        page.all_text()
    );
    let review = sheet.submit().await;
    // 2 of 8
    assert!(review.all_text().contains("2,5/10"), "{}", review.all_text());
}
