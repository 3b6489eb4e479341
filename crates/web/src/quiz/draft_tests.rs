//! The way from draft to form and back.

use assessment::{AUTHORED_TYPES, DraftProblemKind, ExpressionProblem, Place, check_draft};
use text::Source;
use ui::{
    Language, Texts,
    page::quiz::{BehaviourRules, ReviewPreset, Wording},
};

use super::*;
use crate::{
    pairs::Pairs,
    quiz::{
        action::Change,
        form::{Manner, QuizForm},
        page,
    },
};

const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

fn manner(tag: &str) -> Manner {
    Manner {
        t: Texts::for_language(Language::find(tag).unwrap()),
        zone: ZONE,
    }
}

fn full_draft() -> Draft {
    let json = r#"{
        "title": {"default_language": "vi", "versions": {"vi": "An toàn xưởng", "de": "Sicherheit"}},
        "introduction": {"default_language": "vi", "versions": {"vi": {"format": "html", "source": "<p>Đọc kỹ</p>"}}},
        "stimuli": [
            {"id": "drawing", "title": {"default_language": "vi", "versions": {"vi": "Bản vẽ", "de": "Zeichnung"}},
             "text": {"default_language": "vi", "versions": {"vi": {"format": "html", "source": "<p>Trục</p>"}, "de": "Welle"}}},
            {"id": "unused", "text": {"default_language": "vi", "versions": {"vi": "Bảng"}}}],
        "slots": [
            {"id": "s1", "points": 1.5, "stimulus": "drawing", "item": {
                "result_feedback": {"right": {"default_language": "vi", "versions": {"vi": "Giỏi", "de": "Gut"}},
                    "wrong": {"default_language": "vi", "versions": {"vi": "Xem lại"}}},
                "type": "single_choice", "shuffle_options": true,
                "stem": {"default_language": "vi", "versions": {"vi": "Việc nào trước?\r\n\r\nChọn một.", "de": "Was zuerst?"}},
                "options": [
                    {"id": "o1", "text": {"default_language": "vi", "versions": {"vi": "Tắt máy", "de": "Abschalten"}}, "correct": true,
                     "feedback": {"default_language": "vi", "versions": {"vi": "Đúng."}}},
                    {"id": "o2", "weight": -0.3333333333333333, "text": {"default_language": "vi", "versions": {"vi": "Đeo găng"}}}]}},
            {"id": "s2", "points": 2, "item": {
                "type": "multiple_choice", "scoring": "weighted", "penalty": 0.07,
                "stem": {"default_language": "vi", "versions": {"vi": "Trang bị nào?"}},
                "options": [
                    {"id": "a", "weight": 0.6666666666666666, "text": {"default_language": "vi", "versions": {"vi": "Kính"}}, "correct": true},
                    {"id": "b", "text": {"default_language": "vi", "versions": {"vi": "Giày"}}, "correct": true},
                    {"id": "c", "text": {"default_language": "vi", "versions": {"vi": "Găng"}}}]}},
            {"id": "s3", "points": 0.25, "item": {
                "type": "true_false", "try_penalty": 0.3333333,
                "hints": [
                    {"text": {"default_language": "vi", "versions": {"vi": "Nghĩ kỹ.", "de": "Denken Sie nach."}}, "clears_wrong": true},
                    {"text": {"default_language": "vi", "versions": {"vi": "Hai\ndòng."}}}],
                "stem": {"default_language": "vi", "versions": {"vi": "Đúng không?"}},
                "options": [{"id": "true", "correct": true}, {"id": "false"}],
                "feedback": {"default_language": "vi", "versions": {"vi": "Xem bài 2."}}}}],
        "rules": {
            "attempts_allowed": 2, "time_limit_seconds": 100, "opens_at": "2026-11-20T01:00:00Z",
            "closes_at": "2026-11-27T10:00:30.5Z", "grade_from": "average", "shuffle_questions": true,
            "review": {"marks": "always", "right_answers": "after_close", "feedback": "never"}}}"#;
    serde_json::from_str(json).unwrap()
}

/// The fields that a browser would post for the form.
fn posted(form: &QuizForm) -> Pairs {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut add = |name: String, value: &str| pairs.push((name, value.replace('\n', "\r\n")));
    add("revision".to_owned(), &form.revision.to_string());
    add("in".to_owned(), &form.language);
    add("original".to_owned(), &form.original);
    add("title".to_owned(), &form.title.value);
    add("introduction".to_owned(), &form.introduction.value);
    for question in &form.questions {
        let name = |field: &str| format!("q{}_{field}", question.number);
        let kind = match question.kind {
            QuestionKind::Single => "single",
            QuestionKind::Several => "several",
            QuestionKind::TrueFalse => "true_false",
            QuestionKind::Authored => question.authored.as_ref().unwrap().type_name.as_str(),
        };
        for field in question.authored.iter().flat_map(|authored| &authored.fields) {
            add(name(&format!("p_{}", field.key)), &field.value);
        }
        add(name("slot"), &question.slot);
        add(name("from"), &question.from);
        add(name("kind"), kind);
        add(name("stem"), &question.stem.value);
        add(name("points"), &question.points);
        add(name("feedback"), &question.feedback.value);
        add(name("scoring"), &question.scoring);
        add(name("wrong"), &question.wrong);
        add(name("stimulus"), &question.stimulus);
        let result = &question.result;
        for (field, words) in [
            ("right_feedback", &result.right),
            ("partly_feedback", &result.partly),
            ("wrong_feedback", &result.wrong),
        ] {
            add(name(field), &words.value);
        }
        if question.shuffle {
            add(name("shuffle"), "on");
        }
        add(name("hints"), &question.tries.hints);
        add(name("penalty"), &question.tries.penalty);
        for (field, ticked) in [
            ("clears_wrong", question.tries.clears_wrong),
            ("counts_right", question.tries.counts_right),
        ] {
            if ticked {
                add(name(field), "on");
            }
        }
        for option in &question.options {
            let name = |field: &str| format!("q{}_o{}_{field}", question.number, option.number);
            add(name("id"), &option.id);
            if question.kind != QuestionKind::TrueFalse {
                add(name("text"), &option.text.value);
            }
            add(name("feedback"), &option.feedback.value);
            add(name("weight"), &option.weight);
            if option.right {
                add(format!("q{}_right", question.number), &option.number.to_string());
            }
        }
    }
    for stimulus in &form.stimuli {
        let name = |field: &str| format!("t{}_{field}", stimulus.number);
        add(name("id"), &stimulus.id);
        add(name("title"), &stimulus.title.value);
        add(name("text"), &stimulus.text.value);
    }
    let rules = &form.rules;
    for (name, value) in [
        ("attempts", &rules.attempts),
        ("time_limit", &rules.time_limit),
        ("opens_at", &rules.opens_at),
        ("closes_at", &rules.closes_at),
        ("grade_from", &rules.grade_from),
        ("behaviour", &rules.behaviour.behaviour),
    ] {
        add(name.to_owned(), value);
    }
    let table = BehaviourRules::THINGS.into_iter().zip(rules.behaviour.shown);
    for (thing, row) in table {
        for (moment, _) in BehaviourRules::MOMENTS
            .into_iter()
            .zip(row)
            .filter(|(_, ticked)| *ticked)
        {
            add(BehaviourRules::field(thing, moment), "on");
        }
    }
    if rules.behaviour.certainty {
        add("certainty".to_owned(), "on");
    }
    if rules.shuffle_questions {
        add("shuffle_questions".to_owned(), "on");
    }
    Pairs(pairs)
}

fn form_in(language: &str, pages: &str) -> QuizForm {
    QuizForm::of_draft(&full_draft(), 7, language, manner(pages))
}

/// Posts the form and reads it again.
fn through_the_browser(form: &QuizForm) -> QuizForm {
    QuizForm::of_pairs(posted(form), manner("vi")).unwrap()
}

#[test]
fn a_draft_that_nobody_touched_comes_back_whole() {
    for pages in ["vi", "en", "de"] {
        for language in ["vi", "de", "en"] {
            let form = through_the_browser(&form_in(language, pages));
            let (draft, unreadable) = to_draft(&form, &full_draft(), ZONE);
            assert_eq!(unreadable, [], "{pages} {language}");
            assert_eq!(draft, full_draft(), "{pages} {language}");
        }
    }
}

#[test]
fn only_the_edited_language_changes() {
    let mut form = form_in("de", "vi");
    assert_eq!(form.questions[0].stem.also, "");
    assert_eq!(form_in("vi", "vi").questions[0].stem.also, "de");
    assert_eq!(form.questions[0].stem.reference, "Việc nào trước? Chọn một.");
    form.title.value = " Arbeitssicherheit ".to_owned();
    form.questions[0].options[0].text.value.clear();
    form.questions[1].stem.value = "Welche Ausru\u{308}stung?".to_owned();
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(draft.title.versions["de"].source, "Arbeitssicherheit");
    assert_eq!(draft.title.versions["vi"].source, "An toàn xưởng");
    let first = &draft.slots[0].item.options()[0].text;
    assert!(first.versions.contains_key("vi") && !first.versions.contains_key("de"));
    let stem = &draft.slots[1].item.stem;
    assert_eq!(stem.versions["de"].source, "Welche Ausrüstung?");
    assert_eq!(stem.default_language, "vi");
}

#[test]
fn imported_html_stays_html() {
    let mut form = form_in("vi", "vi");
    assert!(form.introduction.is_html && !form.title.is_html);
    form.introduction.value = "<p>Đọc thật kỹ</p>".to_owned();
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(
        draft.introduction.versions["vi"],
        Source::html("<p>Đọc thật kỹ</p>")
    );
}

#[test]
fn numbers_and_times_are_read_or_named() {
    let read = |change: &dyn Fn(&mut QuizForm)| {
        let mut form = form_in("vi", "vi");
        change(&mut form);
        let (draft, unreadable) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
        (
            draft,
            unreadable
                .into_iter()
                .map(|field| field.field)
                .collect::<Vec<_>>(),
        )
    };
    let points = |typed: &str| {
        let (draft, unreadable) = read(&|form| form.questions[1].points = typed.to_owned());
        (draft.slots[1].points, unreadable)
    };
    assert_eq!(points("0,5"), (0.5, vec![]));
    assert_eq!(points(" 0.5 "), (0.5, vec![]));
    for typed in ["", "một", "NaN", "inf", "1,5,0"] {
        assert_eq!(points(typed).1, ["q2_points"], "{typed}");
    }
    let (draft, unreadable) = read(&|form| {
        form.rules.time_limit = "1,5".to_owned();
        form.rules.attempts.clear();
        form.rules.opens_at = "2026-11-20T08:30".to_owned();
        form.rules.closes_at.clear();
    });
    assert!(unreadable.is_empty());
    assert_eq!(
        (draft.rules.time_limit_seconds, draft.rules.attempts_allowed),
        (Some(90), None)
    );
    assert_eq!(
        draft.rules.opens_at.unwrap().to_rfc3339(),
        "2026-11-20T01:30:00+00:00"
    );
    assert_eq!(draft.rules.closes_at, None);
    let (_, unreadable) = read(&|form| {
        form.rules.time_limit = "lâu".to_owned();
        form.rules.attempts = "1.5".to_owned();
        form.rules.opens_at = "20/11/2026".to_owned();
        form.rules.closes_at = "2026-11-20".to_owned();
    });
    assert_eq!(unreadable, ["attempts", "time_limit", "opens_at", "closes_at"]);
}

#[test]
fn buttons_change_the_form_and_keep_what_was_typed() {
    let mut form = form_in("vi", "vi");
    let stems = |form: &QuizForm| form.questions.iter().map(|q| q.slot.clone()).collect::<Vec<_>>();
    let t = manner("vi").t;
    form.change(Change::Down(1), t);
    assert_eq!(stems(&form), ["s2", "s1", "s3"]);
    form.change(Change::Up(3), t);
    assert_eq!(stems(&form), ["s2", "s3", "s1"]);
    for no_change in [
        Change::Up(1),
        Change::Down(3),
        Change::Remove(9),
        Change::Up(0),
        Change::Down(usize::MAX),
    ] {
        form.change(no_change, t);
        assert_eq!(stems(&form), ["s2", "s3", "s1"], "{no_change:?}");
    }
    form.questions[2].options[0].text = Wording::new("Vừa gõ");
    form.change(Change::OptionDown(3, 1), t);
    form.change(Change::AddOption(3), t);
    let ids: Vec<_> = form.questions[2]
        .options
        .iter()
        .map(|option| option.id.as_str())
        .collect();
    assert_eq!(ids, ["o2", "o1", "o3"]);
    assert_eq!(form.questions[2].options[1].text.value, "Vừa gõ");
    form.change(Change::RemoveOption(3, 1), t);
    form.change(Change::Remove(1), t);
    assert_eq!(stems(&form), ["s3", "s1"]);
    assert_eq!(form.questions[1].options[0].number, 1);
}

#[test]
fn a_copy_takes_all_languages_and_a_new_slot() {
    let mut form = form_in("vi", "vi");
    form.change(Change::Copy(1), manner("vi").t);
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(draft.slots.len(), 4);
    assert_ne!(draft.slots[1].id, draft.slots[0].id);
    assert_eq!(draft.slots[1].item, draft.slots[0].item);
}

#[test]
fn each_problem_is_shown_at_a_field() {
    let field = |kind, slot, option: Option<usize>| {
        let place = option.map(|index| Place {
            list: "options",
            index,
        });
        field_of(&DraftProblem { kind, slot, place })
    };
    assert_eq!(field(DraftProblemKind::NoTitle, None, None), "title");
    assert_eq!(
        field(DraftProblemKind::NoRightOption, Some(2), None),
        "q3_options"
    );
    assert_eq!(
        field(DraftProblemKind::OptionWithoutText, Some(0), Some(1)),
        "q1_o2_text"
    );
    assert_eq!(
        field(DraftProblemKind::PointsOutOfRange, Some(0), None),
        "q1_points"
    );
    let t = manner("vi").t;
    for kind in DraftProblemKind::ALL {
        assert!(t.has(&format!("quiz-problem-{}", kind.key())), "{}", kind.key());
    }
}

#[test]
fn a_wrong_expression_is_told_with_its_line_and_letter() {
    let t = manner("vi").t;
    for problem in ExpressionProblem::ALL {
        assert!(
            t.has(&format!("authoring-expression-{}", problem.key())),
            "{problem}"
        );
    }
    let mut draft = full_draft();
    let variable =
        |name: &str, source: &str| serde_json::json!({ "name": name, "values": { "expression": source } });
    let mut item = serde_json::to_value(&draft.slots[0].item).unwrap();
    item["type"] = "calculated".into();
    item["variables"] = vec![variable("d", "2"), variable("n", "1000/(d-2)")].into();
    item["answers"] = serde_json::json!([{ "expression": "2*{x}" }]);
    draft.slots[0].item = serde_json::from_value(item).unwrap();
    let found = check_draft(&draft);
    let shown: Vec<(String, String)> = page::problems(t, &draft, &found)
        .into_iter()
        .map(|problem| (problem.field, plain(&problem.text)))
        .collect();
    let divided = "Dòng 2: Chia cho 0 với ít nhất một bộ giá trị. (ký tự thứ 5 của biểu thức)";
    let unknown = "Dòng 1: Câu hỏi không có biến này. (ký tự thứ 3 của biểu thức)";
    assert!(
        shown.contains(&("q1_p_variables".to_owned(), divided.to_owned())),
        "{shown:?}"
    );
    assert!(
        shown.contains(&("q1_p_answers".to_owned(), unknown.to_owned())),
        "{shown:?}"
    );
}

/// Without the marks that Fluent puts around what it fills in.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn an_empty_form_has_its_problems_at_fields_of_the_page() {
    let mut form = form_in("vi", "vi");
    form.title.value.clear();
    form.questions.truncate(1);
    form.questions[0]
        .options
        .iter_mut()
        .for_each(|option| option.right = false);
    form.questions[0].stem.value.clear();
    let mut saved = full_draft();
    saved.title.versions.remove("de");
    saved.slots[0].item.stem.versions.remove("de");
    let (draft, _) = to_draft(&through_the_browser(&form), &saved, ZONE);
    let fields: Vec<_> = check_draft(&draft).iter().map(field_of).collect();
    assert_eq!(fields, ["title", "q1_stem", "q1_options"]);
}

#[test]
fn a_field_that_comes_twice_is_refused() {
    let mut pairs = posted(&form_in("vi", "vi"));
    pairs.0.push(("q1_stem".to_owned(), "nữa".to_owned()));
    assert!(QuizForm::of_pairs(pairs, manner("vi")).is_err());
}

/// Also those that nobody has written yet.
#[test]
fn every_type_that_is_written_in_lines_comes_back_whole() {
    let written: Vec<DraftSlot> = AUTHORED_TYPES
        .iter()
        .map(|type_name| {
            let mut slot = app::assessment::blank_slot(app::assessment::BlankQuestion::Authored(type_name));
            slot.item.stem = Text::new("vi", Source::markdown(*type_name));
            slot
        })
        .collect();
    let draft = Draft {
        slots: written,
        ..full_draft()
    };
    for language in ["vi", "de"] {
        let form = through_the_browser(&QuizForm::of_draft(&draft, 1, language, manner("vi")));
        let (again, unreadable) = to_draft(&form, &draft, ZONE);
        assert_eq!(unreadable, [], "{language}");
        assert_eq!(again, draft, "{language}");
    }
    let mut form = QuizForm::of_draft(&draft, 1, "vi", manner("vi"));
    let pairs = form
        .questions
        .iter()
        .position(|question| {
            question
                .authored
                .as_ref()
                .is_some_and(|authored| authored.type_name == "matching")
        })
        .unwrap();
    let type_in = |form: &mut QuizForm, words: &str| {
        let authored = form.questions[pairs].authored.as_mut().unwrap();
        words.clone_into(&mut authored.fields[0].value);
    };
    type_in(&mut form, "Tiện = Drehen\nPhay = Fräsen");
    let (typed, unreadable) = to_draft(&through_the_browser(&form), &draft, ZONE);
    assert_eq!(unreadable, []);
    let Interaction::Matching(matching) = &typed.slots[pairs].item.interaction else {
        panic!("matching");
    };
    assert_eq!((matching.stems.len(), matching.choices.len()), (2, 2));
    type_in(&mut form, "Tiện = Drehen\nPhay");
    let (_, unreadable) = to_draft(&through_the_browser(&form), &draft, ZONE);
    let expected = Unreadable {
        field: format!("q{}_p_pairs", pairs + 1),
        question: Some(pairs + 1),
        line: Some(2),
        key: "no-pair",
    };
    assert_eq!(unreadable, [expected]);
}

/// Fields, hints and choices are looked at by the samples of `ui`.
#[test]
fn every_type_has_its_words() {
    let before = ui::missing_text_count();
    for kind in assessment::AuthoringProblemKind::ALL {
        for language in Language::all() {
            let t = Texts::for_language(*language);
            let problem = ui::page::quiz::FieldProblem::new(t, kind.key(), Some(1), "field");
            assert!(problem.on_line(t, 2).text.contains('2'));
        }
    }
    assert_eq!(ui::missing_text_count(), before);
}

fn hints_of(draft: &Draft) -> Vec<(String, bool)> {
    let words = |hint: &assessment::Hint| {
        let vi = hint.text.versions.get("vi");
        (
            vi.map(|source| source.source.clone()).unwrap_or_default(),
            hint.counts_right,
        )
    };
    draft.slots[2].item.hints.iter().map(words).collect()
}

#[test]
fn hints_are_lines_and_the_penalty_is_percent() {
    let mut form = form_in("vi", "vi");
    assert_eq!(form.questions[2].tries.hints, "Nghĩ kỹ.\nHai dòng.");
    assert_eq!(form.questions[2].tries.penalty, "33,3333");
    form.questions[2].tries.hints = "Một\n\nHai\nBa".to_owned();
    form.questions[2].tries.penalty = "25".to_owned();
    form.questions[2].tries.counts_right = true;
    let (draft, unreadable) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert!(unreadable.is_empty());
    let expected = ["Một", "Hai", "Ba"].map(|words| (words.to_owned(), true));
    assert_eq!(hints_of(&draft), expected);
    assert_eq!(draft.slots[2].item.try_penalty, Some(0.25));
    let german = &draft.slots[2].item.hints[0].text.versions["de"];
    assert_eq!(
        german.source, "Denken Sie nach.",
        "a translation stays until it is changed"
    );
}

#[test]
fn a_translation_of_hints_leaves_the_others_alone() {
    let mut form = form_in("de", "vi");
    assert_eq!(form.questions[2].tries.hints, "Denken Sie nach.");
    form.questions[2].tries.hints = "Überlegen Sie.\nZwei Zeilen.".to_owned();
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    let hints = &draft.slots[2].item.hints;
    assert_eq!(hints.len(), 2);
    assert_eq!(hints[1].text.versions["de"].source, "Zwei Zeilen.");
    assert_eq!(hints[1].text.versions["vi"].source, "Hai\ndòng.");
}

#[test]
fn a_penalty_that_is_no_number_is_told_at_its_field() {
    let mut form = form_in("vi", "vi");
    form.questions[0].tries.penalty = "viel".to_owned();
    let (_, unreadable) = to_draft(&form, &full_draft(), ZONE);
    assert_eq!(unreadable[0].field, "q1_penalty");
}

#[test]
fn presets_fill_the_table_of_what_is_shown() {
    let mut form = form_in("vi", "vi");
    let t = manner("vi").t;
    form.change(Change::Review(ReviewPreset::Nothing), t);
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(
        draft.rules.review,
        assessment::Review::of(assessment::Shown::NEVER)
    );
    form.change(Change::Review(ReviewPreset::AfterClose), t);
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(
        draft.rules.review,
        assessment::Review::of(assessment::Shown::AFTER_CLOSE)
    );
    form.change(Change::Review(ReviewPreset::Everything), t);
    let (draft, _) = to_draft(&through_the_browser(&form), &full_draft(), ZONE);
    assert_eq!(draft.rules.review, assessment::Review::default());
}

#[path = "draft_parts_tests.rs"]
mod parts;
