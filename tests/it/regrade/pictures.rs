//! Corrected keys of questions about a picture: the form beside the picture,
//! who moves by it, and what the student's own page says then.

use practice_platform::{INSTRUCTOR, STUDENTS};
use serde_json::{Value, json};

use super::{
    Proposal, grades,
    keys::{answered, text},
};

/// A question, three answers to it, and how its key is put right.
struct Case {
    item: Value,
    answers: [&'static [(&'static str, &'static str)]; 3],
    /// The form's lines: their field, what stands there, and what is typed instead.
    field: &'static str,
    authored: &'static str,
    corrected: &'static str,
    /// Lines that would change what students saw, or leave nothing to be found.
    refused: &'static [&'static str],
    /// The grades of ten, before and after.
    before: [f64; 3],
    after: [f64; 3],
    /// How many the dry run says go up, go down, and stay.
    moves: &'static str,
}

fn picture() -> Value {
    json!({"hash": "a".repeat(64), "width": 100, "height": 50, "alternative": text("Máy tiện")})
}

async fn check(case: Case) {
    let some = |grades: [f64; 3]| grades.map(Some);
    let story = answered(&case.item, case.answers).await;
    assert_eq!(grades(&story), some(case.before));

    let desk = story.sit_down(INSTRUCTOR).await;
    let questions = desk.browser.get(&format!("{}/regrade", desk.prefix())).await;
    assert_eq!(
        questions.attributes("#q-s1 img.regrade-picture", "data-width"),
        ["100"]
    );
    let lines = format!("textarea[name='{}']", case.field);
    let one_line = |lines: &str| lines.replace('\n', " ");
    assert_eq!(questions.text(&lines), Some(one_line(case.authored)));
    for lines in case.refused {
        let changes = [(case.field, *lines), ("what", "typed")];
        let refused = desk.browser.submit(&questions, case.field, &changes).await;
        assert_eq!(refused.code().as_deref(), Some("WEB-CORRECTION"), "{lines}");
    }

    let changes = [(case.field, case.corrected), ("what", "typed")];
    let page = desk.browser.submit(&questions, case.field, &changes).await;
    let words = page.all_text();
    assert!(words.contains(case.moves), "{words}");
    for line in case.corrected.lines() {
        assert!(words.contains(line), "what is changed: {line}: {words}");
    }
    let moved = (0..3).filter(|place| case.before[*place] != case.after[*place]);
    assert_eq!(page.count(".regrade-moved tbody tr"), moved.count());
    assert_eq!(grades(&story), some(case.before), "a dry run changes nothing");

    let done = Proposal { desk, page }.commit(&[]).await;
    assert_eq!(done.count("form[action$=\"/commit\"]"), 0);
    story.deliver_after(chrono::Duration::minutes(1)).await;
    assert_eq!(grades(&story), some(case.after));
    let student = story.sit_down(STUDENTS[0]).await;
    let front = student.front().await;
    let path = front.attributes("main a[href*=\"/attempts/\"]", "href").remove(0);
    let review = student.browser.get(&path).await;
    let result = format!("Điểm: {}/10", case.after[0]);
    assert_eq!(review.text(".result"), Some(result), "{}", review.all_text());
}

#[tokio::test]
async fn labels_belong_to_other_zones() {
    let zone = |id: &str, x: u32, right: &str| json!({"id": id, "region": {"shape": "circle", "x": x, "y": 20, "radius": 10}, "right": right});
    let label = |id: &str, words: &str| json!({"id": id, "text": text(words)});
    check(Case {
        item: json!({"type": "drag_onto_image", "stem": text("Đặt tên."), "picture": picture(),
            "zones": [zone("z1", 20, "chuck"), zone("z2", 70, "tool")],
            "labels": [label("chuck", "Mâm cặp"), label("tool", "Dao tiện"), label("bed", "Băng máy")]}),
        answers: [
            &[("answer/s1/z1", "bed"), ("answer/s1/z2", "tool")],
            &[("answer/s1/z1", "chuck"), ("answer/s1/z2", "tool")],
            &[("answer/s1/z1", "chuck"), ("answer/s1/z2", "bed")],
        ],
        field: "key/zones",
        authored: "Mâm cặp = 20 20 10\nDao tiện = 70 20 10",
        // a label that belonged nowhere
        corrected: "Băng máy = 20 20 10\nDao tiện = 70 20 10",
        refused: &[
            "Mâm cặp = 25 20 10\nDao tiện = 70 20 10",
            "Ụ động = 20 20 10\nDao tiện = 70 20 10",
            "Mâm cặp = 20 20 10",
        ],
        before: [5.0, 10.0, 5.0],
        after: [10.0, 5.0, 0.0],
        moves: "Tăng điểm 1 Giảm điểm 2 Giữ nguyên 0",
    })
    .await;
}

#[tokio::test]
async fn a_spot_lies_elsewhere() {
    let region = json!({"shape": "circle", "x": 80, "y": 30, "radius": 10});
    check(Case {
        item: json!({"type": "mark_spot", "stem": text("Nút dừng ở đâu?"), "picture": picture(),
            "regions": [{"id": "stop", "name": text("Nút dừng"), "region": region}]}),
        answers: [
            &[("answer/s1/1.x", "30"), ("answer/s1/1.y", "20")],
            &[("answer/s1/1.x", "80"), ("answer/s1/1.y", "30")],
            &[("answer/s1/1.x", "5"), ("answer/s1/1.y", "45")],
        ],
        field: "key/regions",
        authored: "Nút dừng = 80 30 10",
        corrected: "Nút dừng = 20 10 30 20",
        // one mark could be set, and in the picture only
        refused: &[
            "Nút dừng = 80 30 10\nĐèn = 30 20 10",
            "Nút dừng = 90 10 30 20",
            "",
        ],
        before: [0.0, 10.0, 0.0],
        after: [10.0, 0.0, 0.0],
        moves: "Tăng điểm 1 Giảm điểm 1 Giữ nguyên 1",
    })
    .await;
}

#[tokio::test]
async fn spots_come_in_another_order() {
    let spot = |id: &str, name: &str, x: u32| json!({"id": id, "name": text(name), "at": {"x": x, "y": 20}});
    check(Case {
        item: json!({"type": "graphic_order", "stem": text("Gia công theo thứ tự nào?"), "picture": picture(),
            "spots": [spot("face", "Mặt đầu", 90), spot("chamfer", "Vát mép", 88), spot("groove", "Rãnh", 50)],
            "scoring": "all_or_nothing"}),
        answers: [
            &[("answer/s1/1", "face"), ("answer/s1/2", "groove"), ("answer/s1/3", "chamfer")],
            &[("answer/s1/1", "face"), ("answer/s1/2", "chamfer"), ("answer/s1/3", "groove")],
            &[("answer/s1/1", "groove"), ("answer/s1/2", "face"), ("answer/s1/3", "chamfer")],
        ],
        field: "key/spots",
        authored: "Mặt đầu = 90 20\nVát mép = 88 20\nRãnh = 50 20",
        corrected: "Mặt đầu = 90 20\nRãnh = 50 20\nVát mép = 88 20",
        refused: &[
            "Mặt đầu = 90 20\nRãnh = 51 20\nVát mép = 88 20",
            "Mặt đầu = 90 20\nVát mép = 88 20",
        ],
        before: [0.0, 10.0, 0.0],
        after: [10.0, 0.0, 0.0],
        moves: "Tăng điểm 1 Giảm điểm 1 Giữ nguyên 1",
    })
    .await;
}
