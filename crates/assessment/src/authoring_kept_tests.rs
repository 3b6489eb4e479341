//! A question that came from elsewhere keeps all that it says when it is saved from
//! the form: every field of every type, each with a value that no new question has.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use text::Text;

use crate::authoring::{AUTHORED_TYPES, AuthoringProblemKind as Kind, Typed, authored, authoring_fields};
use crate::interaction::Interaction;

/// What stands for a text in the tables below: Vietnamese and German words.
fn words(value: &mut Value) {
    match value {
        Value::String(words) => {
            if let Some(words) = words.strip_prefix("T:") {
                let german = text::Source::markdown(format!("{words} (de)"));
                *value = json!(Text::markdown("vi", words).with("de", german));
            }
        }
        Value::Array(list) => list.iter_mut().for_each(words),
        Value::Object(members) => members.values_mut().for_each(words),
        _ => {}
    }
}

fn picture() -> Value {
    json!({"hash": "a".repeat(64), "width": 400, "height": 300, "alternative": "T:Máy tiện = hình 1"})
}

fn small(digit: &str) -> Value {
    json!({"hash": digit.repeat(64), "width": 40, "height": 30, "alternative": format!("T:Hình {digit}")})
}

/// One question of each type with all that its model has.
fn full() -> Vec<Value> {
    vec![
        json!({"type": "short_text", "case_sensitive": true, "without_marks": 0.8, "german_digraphs": true,
            "answers": [{"text": "thước cặp", "weight": 1.0, "feedback": "T:Đúng rồi"},
                {"text": "thước | *", "weight": 0.25, "feedback": "T:Gần đúng | thêm"}, {"text": "com pa", "weight": 0.0}]}),
        json!({"type": "numerical", "answers": [
            {"value": 25.4, "tolerance": {"nominal": 0.1}, "weight": 1.0, "feedback": "T:Đúng"},
            {"value": 25.0, "tolerance": {"relative": 0.02}, "weight": 0.5, "feedback": "T:Hơi lệch"},
            {"value": 100.0, "tolerance": {"geometric": 0.1}, "weight": 0.3}],
            "unit": {"unit": "mm", "typed": "required", "penalty": 0.3, "own": [{"name": "vạch", "factor": 0.05}]}}),
        json!({"type": "calculated", "variants": 7, "variables": [
                {"name": "d", "values": {"range": {"minimum": 20.0, "maximum": 60.0, "decimals": 1, "step": 0.5}}},
                {"name": "z", "values": {"list": [2.0, 4.0]}}, {"name": "f", "values": {"expression": "{z}*0.1"}}],
            "answers": [{"expression": "{d}*{z}", "tolerance": {"relative": 0.01}, "shown": {"digits": 3}, "weight": 1.0},
                {"expression": "{d}", "tolerance": {"nominal": 0.5}, "shown": {"decimals": 1}, "weight": 0.2, "feedback": "T:Thiếu"}],
            "unit": {"unit": "mm", "typed": "optional", "penalty": 0.5, "own": []}}),
        json!({"type": "matching", "shuffle_stems": true, "shuffle_choices": false,
            "stems": [{"id": "x", "text": "T:Thước cặp", "right": "c2", "weight": 2.5, "feedback": "T:Xem bài 2"},
                {"id": "y", "text": "T:Panme = 0,01", "right": "c1", "weight": 1.0}],
            "choices": [{"id": "c1", "text": "T:Đo chính xác", "group": "g", "once": true},
                {"id": "c2", "picture": small("b")}, {"id": "c3", "text": "T:Hai", "picture": small("c")}]}),
        json!({"type": "associate", "links_at_most": 5, "penalty": 0.5, "shuffle_pieces": false,
            "pieces": [{"id": "a", "text": "T:Bu lông"}, {"id": "b", "picture": small("d")}, {"id": "c", "text": "T:Lò xo"}],
            "right": [{"pair": ["a", "b"], "weight": 3.0}]}),
        json!({"type": "ordering", "scoring": "longest_run", "pieces": [
            {"id": "o1", "text": "T:Một", "picture": small("e")}, {"id": "o2", "picture": small("f")}, {"id": "o3", "text": "T:Ba"}]}),
        json!({"type": "cloze", "text": "T:Thép [[1]] tôi [[2]] ở [[3]].", "gaps": [
            {"id": "1", "weight": 2.0, "feedback": "T:Xem bài 1", "kind": "choice", "shuffle_options": true, "options": [
                {"id": "k", "text": "T:C45", "correct": true, "feedback": "T:Đúng"},
                {"id": "l", "text": "T:CT3", "correct": false, "weight": 0.5, "feedback": "T:Mềm"}]},
            {"id": "2", "weight": 1.0, "kind": "text", "case_sensitive": true, "without_marks": 0.5, "german_digraphs": true,
                "answers": [{"text": "nước", "weight": 1.0, "feedback": "T:Đúng"}, {"text": "dầu", "weight": 0.5, "feedback": "T:Chậm"}]},
            {"id": "3", "weight": 4.0, "feedback": "T:Nhiệt độ", "kind": "number",
                "answers": [{"value": 850.0, "tolerance": {"nominal": 10.0}, "weight": 1.0, "feedback": "T:Đúng"},
                    {"value": 800.0, "tolerance": {"nominal": 0.0}, "weight": 0.5, "feedback": "T:Thấp"}],
                "unit": {"unit": "°C", "typed": "required", "penalty": 0.2, "own": [{"name": "độ", "factor": 1.0}]}}]}),
        json!({"type": "select_missing_words", "shuffle_choices": false, "text": "T:Khi [[g1]] phải [[g2]].",
            "gaps": [{"id": "g1", "right": "w1", "weight": 2.0, "feedback": "T:Xem lại"}, {"id": "g2", "right": "w2", "weight": 1.0}],
            "choices": [{"id": "w1", "text": "T:tiện", "group": "a"}, {"id": "w2", "text": "T:đeo kính", "group": "b", "once": true},
                {"id": "w3", "text": "T:ngủ", "group": "b"}]}),
        json!({"type": "hottext", "penalty": 0.25, "choose_at_most": 2, "text": "T:Thợ [[h1:đeo găng]] và [[h2:đeo kính]].",
            "passages": [{"id": "h1", "correct": true, "feedback": "T:Nguy hiểm"}, {"id": "h2", "correct": false, "feedback": "T:Cần thiết"}]}),
        json!({"type": "program_gaps", "any_order": true, "without_block_numbers": false, "share_per_word": false,
            "program": "T:N10 [[1]]\nN20 [[2]]", "gaps": [
                {"id": "1", "accepted": ["G01 X25.5", "G01 U0.5"], "weight": 2.0, "feedback": "T:Cắt thẳng"},
                {"id": "2", "accepted": ["M30"], "weight": 1.0}]}),
        json!({"type": "matrix", "several_per_row": true, "row_scoring": "partial", "shuffle_rows": true,
            "columns": [{"id": "t", "text": "T:Thép"}, {"id": "g", "picture": small("1")}],
            "rows": [{"id": "r1", "text": "T:Có cacbon", "right": ["t", "g"], "weight": 2.0, "feedback": "T:Cả hai"},
                {"id": "r2", "text": "T:Rèn được", "right": ["t"], "weight": 1.0}]}),
        json!({"type": "slider", "minimum": 0.0, "maximum": 6.4, "step": 0.1, "right": 1.6, "tolerance": 0.2, "unit": "T:µm"}),
        json!({"type": "likert", "statements": [{"id": "l1", "text": "T:Tôi tự tin."}],
            "scale": [{"id": "1", "text": "T:Không"}, {"id": "2", "picture": small("2")}]}),
        json!({"type": "essay", "fewest_words": 5, "most_words": 150, "lines": 7, "template": "T:Tôi kiểm tra:",
            "notes_for_markers": "T:Bốn ý"}),
        json!({"type": "upload", "kinds": ["picture", "pdf"], "fewest_files": 2, "most_files": 4, "most_bytes": 1_234_567,
            "from_camera": false, "notes_for_markers": "T:Ba ý"}),
        json!({"type": "drag_onto_image", "picture": picture(), "shuffle_labels": false,
            "zones": [
                {"id": "z1", "name": "T:trái", "region": {"shape": "circle", "x": 10, "y": 10, "radius": 5}, "right": "a", "weight": 2.0, "feedback": "T:Xem hình"},
                {"id": "z2", "region": {"shape": "polygon", "points": [{"x": 1, "y": 1}, {"x": 9, "y": 1}, {"x": 5, "y": 9}]}, "right": "b", "weight": 1.0}],
            "labels": [{"id": "a", "text": "T:Mâm cặp", "once": true}, {"id": "b", "picture": small("3")}, {"id": "c", "text": "T:Ụ động"}]}),
        json!({"type": "mark_spot", "picture": picture(), "marks_at_most": 3, "penalty": 0.25, "regions": [
            {"id": "r1", "name": "T:Nút dừng", "region": {"shape": "rectangle", "x": 1, "y": 2, "width": 3, "height": 4}, "weight": 2.0},
            {"id": "r2", "region": {"shape": "circle", "x": 90, "y": 90, "radius": 5}, "weight": 1.0}]}),
        json!({"type": "graphic_order", "picture": picture(), "scoring": "pairs", "spots": [
            {"id": "s1", "name": "T:Mặt đầu", "at": {"x": 5, "y": 6}}, {"id": "s2", "name": "T:Vát mép", "at": {"x": 7, "y": 8}}]}),
        json!({"type": "information"}),
    ]
}

fn saved_from_form(question: &Interaction, language: &str) -> Interaction {
    let fields: BTreeMap<String, String> = authoring_fields(question, language)
        .unwrap()
        .into_iter()
        .map(|field| (field.key.to_owned(), field.value))
        .collect();
    let how = Typed {
        language,
        default_language: "vi",
    };
    let (saved, problems) = authored(question, &fields, how);
    assert_eq!(problems, [], "{} in {language}", question.type_name());
    saved
}

#[test]
fn nothing_is_lost_when_a_question_is_saved_from_its_form() {
    let mut types = Vec::new();
    for mut question in full() {
        words(&mut question);
        let question: Interaction = serde_json::from_value(question).unwrap();
        types.push(question.type_name());
        for language in ["vi", "de", "en"] {
            let saved = saved_from_form(&question, language);
            assert_eq!(saved, question, "{} in {language}", question.type_name());
        }
    }
    types.sort_unstable();
    let mut all = AUTHORED_TYPES.to_vec();
    all.sort_unstable();
    assert_eq!(types, all, "every type that is written in lines");
}

/// The stems' weights and feedback after a field `parts` was typed.
#[track_caller]
fn check_notes(typed: &str, how: Typed<'_>, expected: &[(f64, &str)], expected_problems: &[Kind]) {
    let mut question = full().remove(3);
    words(&mut question);
    let question: Interaction = serde_json::from_value(question).unwrap();
    let fields = authoring_fields(&question, how.language).unwrap().into_iter();
    let mut fields: BTreeMap<String, String> =
        fields.map(|field| (field.key.to_owned(), field.value)).collect();
    fields.insert("parts".to_owned(), typed.to_owned());
    let (Interaction::Matching(saved), problems) = authored(&question, &fields, how) else {
        panic!("matching");
    };
    let problems: Vec<Kind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(problems, expected_problems, "{typed:?}");
    let words = |text: &Text| {
        let source = text.versions.get(how.language);
        source.map(|source| source.source.clone()).unwrap_or_default()
    };
    let found: Vec<(f64, String)> = saved
        .stems
        .iter()
        .map(|stem| (stem.weight, words(&stem.feedback)))
        .collect();
    let expected: Vec<(f64, String)> = expected
        .iter()
        .map(|(weight, words)| (*weight, (*words).to_owned()))
        .collect();
    assert_eq!(found, expected, "{typed:?}");
}

#[test]
fn notes_go_by_the_numbers_of_parts() {
    let vi = Typed {
        language: "vi",
        default_language: "vi",
    };
    let de = Typed { language: "de", ..vi };
    check_notes("1 = 2,5 | Xem bài 2", vi, &[(2.5, "Xem bài 2"), (1.0, "")], &[]);
    check_notes("2 = 3 | Xem lại", vi, &[(1.0, ""), (3.0, "Xem lại")], &[]);
    check_notes("2 = Đo | kỹ\n1 = 0,5", vi, &[(0.5, ""), (1.0, "Đo | kỹ")], &[]);
    check_notes("1 = 2,5 | Siehe 2", de, &[(2.5, "Siehe 2"), (1.0, "")], &[]);
    check_notes("3 = 2", vi, &[(1.0, ""), (1.0, "")], &[Kind::UnknownPart]);
    check_notes(
        "hai = 2\n1",
        vi,
        &[(1.0, ""), (1.0, "")],
        &[Kind::UnknownPart, Kind::NoPair],
    );
}
