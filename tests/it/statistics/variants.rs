//! A calculated question: each set of values has its own figures, since one of
//! them may be harder than the others, or its right answer wrong.

use assessment::{Context, Draft, Interaction, SlotId};
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use serde_json::json;

use super::{begin_with_seed, of_question, page::statistics};
use crate::{authoring, grade::Story};

/// The values by variant, from 1.
const DIAMETERS: [u32; 3] = [40, 63, 80];

/// A choice that everybody gets, then a calculation with three sets of values.
pub(super) fn draft() -> Draft {
    let mut draft = authoring::draft("Bài có số liệu thay đổi");
    draft.rules.attempts_allowed = None;
    draft.rules.time_limit_seconds = None;
    let calculated = json!({"type": "calculated", "variants": DIAMETERS.len(),
        "stem": {"default_language": "vi", "versions": {"vi": "Gấp đôi {d} mm là bao nhiêu?"}},
        "variables": [{"name": "d", "values": {"list": DIAMETERS}}],
        "answers": [{"expression": "2*{d}"}]});
    draft.slots[1].item = serde_json::from_value(calculated).expect("a question");
    draft
}

/// A seed with which an attempt sees that variant.
fn seed_of(draft: &Draft, variant: u32) -> i64 {
    let Interaction::Calculated(kind) = &draft.slots[1].item.interaction else {
        panic!("the second question is calculated");
    };
    let sees = |seed: &i64| {
        let context = Context {
            language: "vi",
            seed: *seed,
            slot: &SlotId::from("s2"),
        };
        kind.variant(&context) == variant
    };
    (0..1000)
        .find(sees)
        .expect("one of three is seen sooner or later")
}

/// Attempts at the variants, from 1: whether the choice and the calculation are right.
pub(super) async fn attempts(story: &Story, attempts: &[(u32, [bool; 2])]) {
    let draft = draft();
    let mut students = Vec::new();
    for student in STUDENTS {
        students.push(story.sit_down(student).await);
    }
    for ((variant, [choice, calculation]), desk) in attempts.iter().zip(students.iter().cycle()) {
        let page = begin_with_seed(story, desk, seed_of(&draft, *variant)).await;
        let diameter = DIAMETERS[*variant as usize - 1];
        let text = page.all_text();
        assert!(text.contains(&format!("Gấp đôi {diameter} mm")), "{text}");
        let typed = (diameter * 2 + u32::from(!calculation)).to_string();
        let fields = [
            ("answer/s1", if *choice { "o1" } else { "o2" }),
            ("answer/s2", typed.as_str()),
            ("then", "submit"),
        ];
        let submitted = desk.browser.submit(&page, "then", &fields).await;
        assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
    }
}

#[tokio::test]
async fn each_set_of_values_has_its_own_figures() {
    let story = Story::begin_of(draft()).await;
    let made = [
        // four of five right, by those who know the other question
        (1, [true, true]),
        (1, [true, true]),
        (1, [true, true]),
        (1, [true, true]),
        (1, [false, false]),
        // two of six right, by those who do not know it
        (2, [false, true]),
        (2, [false, true]),
        (2, [true, false]),
        (2, [true, false]),
        (2, [true, false]),
        (2, [true, false]),
        // too few to be told
        (3, [true, true]),
    ];
    attempts(&story, &made).await;
    let desk = story.sit_down(INSTRUCTOR).await;
    let page = statistics(&desk, "all").await;
    let question = of_question(&page, 2);
    // 4 + 2 + 1 of 12
    assert!(question.contains("58,3 %"), "{question}");
    let table = "section[aria-labelledby=detail-2] table[aria-label^='Các bộ số liệu']";
    let rows = format!("{table} tbody tr");
    assert_eq!(page.count(&rows), 2, "{question}");
    let figures = page.text(&format!("{table} tbody")).unwrap_or_default();
    // the most frequent first; with the rest of the test: −1 and +1
    assert_eq!(figures, "d = 63 6 33,3 % −100 % d = 40 5 80 % 100 %");
    assert!(
        question.contains("1 bộ số liệu không được nêu ở đây, vì mỗi bộ có chưa đến 5 lượt"),
        "{question}"
    );
    assert!(!question.contains("d = 80"), "{question}");
    assert_eq!(
        page.count("section[aria-labelledby=detail-1] table[aria-label^='Các bộ']"),
        0
    );
}
