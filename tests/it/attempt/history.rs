//! The steps of an attempt on its review: what was answered to each type of
//! question stands there in words, whatever the answer is made of, for the
//! student and for who teaches.

use assessment::EntryKind;
use practice_platform::INSTRUCTOR;
use serde_json::{Value, json};
use tests::Answer;

use super::types::{answer_all, desk};

/// Of each question, by number, what its right answer reads like.
const RIGHT: [(usize, &str); 20] = [
    (1, "Đúng"),
    (2, "Đúng; Cũng đúng"),
    (3, "Đúng"),
    (4, "Thước cặp"),
    (5, "12,5"),
    (6, "8 mm"),
    (7, "Thước cặp: Đo độ sâu; Panme: Đo đến 0,01 mm"),
    (8, "bu lông ↔ đai ốc; then ↔ rãnh then"),
    (9, "Ngắt điện → Tháo nắp → Thay đá"),
    (10, "1: C45; 2: tôi"),
    (11, "0,45; cacbon; nước"),
    (12, "đeo găng tay; để chìa khóa trên mâm cặp"),
    (13, "Gang cắt khô: Đúng; Nhôm cứng hơn thép: Sai"),
    (14, "Tôi làm việc an toàn: Có"),
    (15, "0,8 µm"),
    (16, "1: Mâm cặp; 2: Dao tiện"),
    (17, "(80, 30)"),
    (18, "Mặt đầu → Vát mép"),
    (19, "G1 X25,5 Z-40.; M30"),
    (20, "Kiểm tra dầu. Kiểm tra phanh."),
];

/// The steps of a question on a review, without their times.
fn steps(review: &Answer, number: usize) -> Vec<String> {
    let line = |place: usize| {
        let item = format!("#q-{number} .history li:nth-child({place})");
        let (words, time) = (review.text(&item)?, review.text(&format!("{item} .quiet-text"))?);
        Some(words.strip_prefix(&time)?.trim().to_owned())
    };
    (1..).map_while(line).collect()
}

#[tokio::test]
async fn every_type_of_answer_is_told_in_words() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    answer_all(&quiz, &sheet).await;
    let review = sheet.submit().await;
    let teacher = quiz.launch(INSTRUCTOR).await;
    let taught = teacher
        .browser
        .get(&teacher.path(&format!("attempts/{}", sheet.id())))
        .await;
    for page in [&review, &taught] {
        for (number, answer) in RIGHT {
            assert_eq!(steps(page, number), [format!("Trả lời: {answer}")], "{number}");
        }
    }
}

/// Half an answer, another one, and none at all.
#[tokio::test]
async fn what_was_changed_is_told_step_by_step() {
    let (quiz, desk) = desk().await;
    let sheet = desk.start().await;
    let tab = sheet.tab("tab-1");
    let says = async |slot: &str, form: Value| {
        let payload = json!({ "form": form }).to_string();
        let entry = tab.next(EntryKind::Answer, Some(slot), &payload, quiz.now());
        sheet.saves(&tab.body(&[entry]), tab.number.get()).await;
    };
    says("ordering", json!([["1", "o3"], ["3", "o1"]])).await;
    says("ordering", json!([["1", "o3"], ["2", "o2"], ["3", "o1"]])).await;
    says("matching", json!([["s2", "p3"]])).await;
    says("matching", json!([])).await;
    says("associate", json!([["1.first", "d"], ["1.second", "a"]])).await;
    says("matrix", json!([["r2", "t"]])).await;
    says("labels", json!([["z2", "bed"]])).await;
    says("spot", json!([["1.x", "7"], ["1.y", "9"]])).await;
    says("spots", json!([["2", "face"]])).await;
    let review = sheet.submit().await;
    let expected: [(usize, &[&str]); 8] = [
        (
            9,
            &[
                "Trả lời: Thay đá → – → Ngắt điện",
                "Trả lời: Thay đá → Tháo nắp → Ngắt điện",
            ],
        ),
        (7, &["Trả lời: Panme: Khoan", "Xóa câu trả lời"]),
        (8, &["Trả lời: bu lông ↔ rãnh then"]),
        (13, &["Trả lời: Nhôm cứng hơn thép: Đúng"]),
        (16, &["Trả lời: 2: Băng máy"]),
        (17, &["Trả lời: (7, 9)"]),
        (18, &["Trả lời: – → Mặt đầu"]),
        (4, &[]),
    ];
    for (number, lines) in expected {
        assert_eq!(steps(&review, number), lines, "{number}");
    }
}
