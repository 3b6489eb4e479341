//! One attempt through every type of question, by a script's entries and by
//! plain forms: what is typed is kept, marked and shown again.

use assessment::{Draft, EntryKind};
use practice_platform::STUDENTS;
use serde_json::{Value, json};
use tests::{Answer, TestSite};
use text::Text;

use super::{Desk, Quiz, Sheet};

/// A right answer to each question, as the form's fields: slot, field, value.
const RIGHT: &[(&str, &str, &str)] = &[
    ("single", "", "a"),
    ("multiple", "a", "on"),
    ("multiple", "b", "on"),
    ("truefalse", "", "true"),
    ("text", "", "Thước cặp"),
    ("number", "", "12,5"),
    ("calculated", "", "8 mm"),
    ("matching", "s1", "p1"),
    ("matching", "s2", "p2"),
    ("associate", "1.first", "b"),
    ("associate", "1.second", "a"),
    ("associate", "2.first", "c"),
    ("associate", "2.second", "d"),
    ("ordering", "1", "o1"),
    ("ordering", "2", "o2"),
    ("ordering", "3", "o3"),
    ("words", "g1", "w1"),
    ("words", "g2", "w2"),
    ("cloze", "1", "0,45"),
    ("cloze", "2", "a"),
    ("cloze", "3", "nước"),
    ("hottext", "p1", "on"),
    ("hottext", "p3", "on"),
    ("matrix", "r1", "t"),
    ("matrix", "r2", "f"),
    ("likert", "l1", "yes"),
    ("slider", "", "0.8"),
    ("labels", "z1", "chuck"),
    ("labels", "z2", "tool"),
    ("spot", "1.x", "80"),
    ("spot", "1.y", "30"),
    ("spots", "1", "face"),
    ("spots", "2", "chamfer"),
    ("program", "1", "G1 X25,5 Z-40."),
    ("program", "2", "M30"),
    ("essay", "", "Kiểm tra dầu.\nKiểm tra phanh."),
];

/// Texts in the file are bare words in Vietnamese.
fn written(value: &mut Value, key: &str) {
    const WORDS: &[&str] = &["title", "text", "stem", "program", "alternative"];
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(key, value)| written(value, key)),
        Value::Array(list) => list.iter_mut().for_each(|value| written(value, key)),
        Value::String(words) if WORDS.contains(&key) && key != "accepted" => {
            *value = json!(Text::markdown("vi", words.as_str()));
        }
        _ => {}
    }
}

fn draft() -> Draft {
    let mut draft: Value =
        serde_json::from_str(include_str!("../../data/question_types.json")).expect("JSON");
    written(&mut draft, "");
    for slot in draft["slots"].as_array_mut().expect("slots") {
        // an accepted text and a unit are words of no language
        if let Some(answers) = slot["item"].get_mut("answers") {
            plain(answers);
        }
        if let Some(gaps) = slot["item"].get_mut("gaps").and_then(Value::as_array_mut) {
            gaps.iter_mut()
                .filter_map(|gap| gap.get_mut("answers"))
                .for_each(plain);
        }
        if slot["item"]["type"] == "slider" {
            slot["item"]["unit"] = json!(Text::markdown("vi", "µm"));
        }
    }
    serde_json::from_value(draft).expect("a draft")
}

fn plain(answers: &mut Value) {
    for answer in answers.as_array_mut().into_iter().flatten() {
        if let Some(words) = answer.pointer("/text/versions/vi/source").cloned() {
            answer["text"] = words;
        }
    }
}

pub(super) async fn desk() -> (Quiz, Desk) {
    let (site, connected) = TestSite::connected().await;
    let id = app::assessment::install_sample(&site.app, None, draft())
        .await
        .expect("it can be published");
    let activity = site.add_activity(&connected, "Mọi dạng", &[("taynghe_assessment", &id)]);
    let quiz = Quiz { site, activity };
    let desk = quiz.launch(STUDENTS[0]).await;
    (quiz, desk)
}

/// Right but for the essay, which somebody has to mark.
fn is_all_right(review: &Answer) {
    assert_eq!(
        review.text(".result").as_deref(),
        Some("Điểm: 9,47/10"),
        "{}",
        review.all_text()
    );
    assert_eq!(review.count(".badge.bad"), 0, "{}", review.all_text());
    assert_eq!(review.count(".verdict .badge.good"), 18);
    assert_eq!(review.count(".part.wrong, .gap.wrong"), 0);
    let words = review.all_text();
    for shown in [
        "Bản vẽ TR-07",
        "G1 X25,5 Z-40.",
        "Hệ thống đọc là 12,5 mm",
        "d = 4",
        "Chờ chấm",
        "Kiểm tra phanh.",
    ] {
        assert!(words.contains(shown), "{shown}: {words}");
    }
}

#[tokio::test]
async fn by_plain_forms() {
    let (_quiz, desk) = desk().await;
    let sheet = desk.start().await;
    assert!(sheet.page.all_text().contains("Gấp đôi 4 mm?"));
    let names: Vec<(String, &str)> = RIGHT
        .iter()
        .map(|(slot, field, value)| match *field {
            "" => (format!("answer/{slot}"), *value),
            field => (format!("answer/{slot}/{field}"), *value),
        })
        .collect();
    let mut fields: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    fields.push(("then", "stay"));
    let saved = desk.browser.submit(&sheet.page, "then", &fields).await;
    assert_eq!(
        saved.count(".question-list ol .answered"),
        20,
        "{}",
        saved.all_text()
    );
    assert!(saved.all_text().contains("Hệ thống đọc là 12,5 mm"));
    // nothing was changed, so nothing is written
    let again = desk.browser.submit(&saved, "then", &[("then", "stay")]).await;
    assert_eq!(again.count(".question-list ol .answered"), 20);
    is_all_right(&sheet.submit().await);
}

#[tokio::test]
async fn a_form_without_changes_writes_nothing() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    desk.browser
        .submit(&sheet.page, "then", &[("then", "stay")])
        .await;
    assert_eq!(quiz.site.count("attempt_entries").await, 0);
    let typed = [("answer/text", "thuoc cap"), ("then", "stay")];
    let saved = desk.browser.submit(&sheet.page, "then", &typed).await;
    assert_eq!(quiz.site.count("attempt_entries").await, 1);
    desk.browser.submit(&saved, "then", &[("then", "stay")]).await;
    assert_eq!(quiz.site.count("attempt_entries").await, 1);
}

/// What a script sends of a question: the form's fields, or the choice.
fn payload(slot: &str) -> String {
    let fields = RIGHT.iter().filter(|(other, _, _)| *other == slot);
    match slot {
        "single" => json!({"choice": ["a"]}).to_string(),
        "multiple" => json!({"choice": ["a", "b"]}).to_string(),
        "truefalse" => json!({"choice": ["true"]}).to_string(),
        _ => json!({"form": fields.map(|(_, field, value)| [field, value]).collect::<Vec<_>>()}).to_string(),
    }
}

pub(super) async fn answer_all(quiz: &Quiz, sheet: &Sheet<'_>) {
    let tab = sheet.tab("tab-1");
    let mut slots: Vec<&str> = RIGHT.iter().map(|(slot, _, _)| *slot).collect();
    slots.dedup();
    let entries: Vec<Value> = slots
        .iter()
        .map(|slot| tab.next(EntryKind::Answer, Some(slot), &payload(slot), quiz.now()))
        .collect();
    sheet.saves(&tab.body(&entries), 20).await;
}

#[tokio::test]
async fn by_a_scripts_entries() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    answer_all(&quiz, &sheet).await;
    let page = sheet.reload().await;
    assert_eq!(
        page.count(".question-list ol .answered"),
        20,
        "{}",
        page.all_text()
    );
    // a plain form after it finds nothing to write
    desk.browser.submit(&page, "then", &[("then", "stay")]).await;
    assert_eq!(quiz.site.count("attempt_entries").await, 20);
    is_all_right(&sheet.submit().await);
}

#[tokio::test]
async fn an_ambiguous_number_asks() {
    let (_quiz, desk) = desk().await;
    let sheet = desk.start().await;
    let typed = [("answer/number", "1.234"), ("then", "stay")];
    let asks = desk.browser.submit(&sheet.page, "then", &typed).await;
    assert_eq!(
        asks.count("input[name='answer/number/meant']"),
        2,
        "{}",
        asks.all_text()
    );
    let meant = [("answer/number/meant", "decimal"), ("then", "stay")];
    let told = desk.browser.submit(&asks, "then", &meant).await;
    assert!(
        told.all_text().contains("Hệ thống đọc là 1,234 mm"),
        "{}",
        told.all_text()
    );
}

#[tokio::test]
async fn wrong_shapes_are_refused_and_nothing_is_lost() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    let check = async |slot: &str, payload: Value| {
        let tab = sheet.tab(&format!("tab-{slot}"));
        let entry = tab.next(EntryKind::Answer, Some(slot), &payload.to_string(), quiz.now());
        sheet
            .refuses(&tab.taking_over(&[entry]), "ATT-RESPONSE-INVALID")
            .await;
    };
    check("matching", json!({"form": [["s1", "p9"]]})).await;
    check("ordering", json!({"order": ["o1", "o1"]})).await;
    check("slider", json!({"form": [["", "99"]]})).await;
    check("text", json!({"choice": ["a"]})).await;
    check("info", json!({"form": [["", "a"]]})).await;
    check("cloze", json!({"form": "1"})).await;
    assert_eq!(quiz.site.count("attempt_entries").await, 0);
}

/// What no field of a question can say, as a form's fields: slot, field, value.
fn impossible() -> Vec<(&'static str, &'static str, String)> {
    let long = "x".repeat(5_000);
    let unknown = "khác".to_owned();
    vec![
        ("single", "", unknown.clone()),
        ("multiple", "z", "on".to_owned()),
        ("truefalse", "", unknown.clone()),
        ("number", "", long.clone()),
        ("calculated", "", long.clone()),
        ("matching", "s1", unknown.clone()),
        ("associate", "1.first", unknown.clone()),
        ("ordering", "1", unknown.clone()),
        ("words", "g1", unknown.clone()),
        ("cloze", "3", long.clone()),
        ("hottext", "p9", "on".to_owned()),
        ("matrix", "r1", unknown.clone()),
        ("likert", "l1", unknown.clone()),
        ("slider", "", "99".to_owned()),
        ("labels", "z1", unknown.clone()),
        ("spot", "1.x", "80".to_owned()),
        ("spots", "1", unknown),
        ("program", "1", long),
        ("essay", "", "x ".repeat(40_000)),
    ]
}

/// Each keeps what was typed on the page, says why beside its question, and costs no other answer.
#[tokio::test]
async fn what_a_question_does_not_take_costs_no_other_answer() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    let mut saved = 0;
    for (number, (slot, field, value)) in impossible().into_iter().enumerate() {
        let name = match field {
            "" => format!("answer/{slot}"),
            field => format!("answer/{slot}/{field}"),
        };
        let other = format!("lần {number}");
        let mut typed = vec![
            (name.as_str(), value.as_str()),
            ("answer/text", other.as_str()),
            ("then", "submit"),
        ];
        if slot == "associate" {
            typed.push(("answer/associate/1.second", "b"));
        }
        let page = desk.browser.submit(&sheet.page, "then", &typed).await;
        assert_eq!(page.status.as_u16(), 422, "{slot}: {}", page.all_text());
        assert_eq!(
            page.text(".notice.bad:not([hidden]) code").as_deref(),
            Some("ATT-RESPONSE-INVALID"),
            "{slot}"
        );
        let beside = format!("[data-slot='{slot}'] .error");
        assert_eq!(page.count(".error"), 1, "{slot}: {}", page.all_text());
        assert!(page.text(&beside).is_some_and(|why| why.len() > 40), "{slot}");
        saved += 1;
        assert_eq!(quiz.site.count("attempt_entries").await, saved, "{slot}");
        assert_eq!(
            page.attributes("[name='answer/text']", "value"),
            [other],
            "{slot}"
        );
    }
    let half = desk
        .browser
        .submit(&sheet.page, "then", &[("answer/spot/1.x", "7"), ("then", "stay")])
        .await;
    assert_eq!(
        half.attributes("[name='answer/spot/1.x']", "value"),
        ["7"],
        "as typed"
    );
    // mended on that page, and submitted
    let mended = [
        ("answer/spot/1.x", "80"),
        ("answer/spot/1.y", "30"),
        ("then", "submit"),
    ];
    let review = desk.browser.submit(&half, "then", &mended).await;
    assert!(review.text(".result").is_some(), "{}", review.all_text());
}
