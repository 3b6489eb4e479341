//! Attempts that are asked different questions: a question counts for those who
//! got it, and the test is measured by what all of them have.

use assessment::{Draft, Draw, Moves, Section, SectionId, SlotId, plan, publish};
use practice_platform::{INSTRUCTOR, STUDENTS};
use reqwest::StatusCode;
use text::Text;

use super::{begin_with_seed, of_question, page::statistics};
use crate::{
    authoring,
    grade::{Desk, Story},
};

/// One question for everybody, and one of two that is drawn.
fn draft() -> Draft {
    let mut draft = authoring::draft("Bài có rút câu hỏi");
    draft.rules.attempts_allowed = None;
    draft.rules.time_limit_seconds = None;
    draft.sections = vec![Section {
        id: SectionId::from("pool"),
        title: Text::markdown("vi", "Phần rút"),
        introduction: Text::default(),
        shuffle: false,
        draws: vec![Draw {
            count: 1,
            tags: [].into(),
            easiest: None,
            hardest: None,
        }],
        alternative: None,
        drops: 0,
    }];
    let mut drawn = draft.slots.pop().expect("a second question");
    drawn.placing.section = Some(SectionId::from("pool"));
    for id in ["p1", "p2"] {
        drawn.id = SlotId::from(id);
        draft.slots.push(drawn.clone());
    }
    draft
}

/// A seed with which that question is drawn.
fn seed_of(draft: &Draft, question: &str) -> i64 {
    let content = publish(draft, |slot| slot.id.as_str().to_owned().into()).content;
    let draws = |seed: &i64| {
        let plan = plan(&content, *seed, &Moves::default());
        plan.asked().any(|asked| asked.slot.id.as_str() == question)
    };
    (0..1000)
        .find(draws)
        .expect("one of two is drawn sooner or later")
}

/// Hands in an attempt that draws that question, with right or wrong answers.
async fn hand_in(story: &Story, desk: &Desk, drawn: &str, right: [bool; 2]) {
    let page = begin_with_seed(story, desk, seed_of(&draft(), drawn)).await;
    assert_eq!(page.attributes("fieldset[data-slot]", "data-slot"), ["s1", drawn]);
    let option = |right| if right { "o1" } else { "o2" };
    let fields = [
        ("answer/s1", option(right[0])),
        (&format!("answer/{drawn}"), option(right[1])),
        ("then", "submit"),
    ];
    let submitted = desk.browser.submit(&page, "then", &fields).await;
    assert_eq!(submitted.status, StatusCode::OK, "{}", submitted.all_text());
}

#[tokio::test]
async fn a_question_counts_for_those_who_got_it() {
    let story = Story::begin_of(draft()).await;
    let students = [
        story.sit_down(STUDENTS[0]).await,
        story.sit_down(STUDENTS[1]).await,
        story.sit_down(STUDENTS[2]).await,
    ];
    // first question: 4 of 7 right; p1: 4 of 5; p2: 1 of 2, which are too few to be told
    let attempts = [
        (0, "p1", [true, true]),
        (1, "p1", [true, true]),
        (2, "p1", [false, true]),
        (0, "p1", [false, false]),
        (1, "p1", [true, true]),
        (2, "p2", [false, false]),
        (0, "p2", [true, true]),
    ];
    for (student, drawn, right) in attempts {
        hand_in(&story, &students[student], drawn, right).await;
    }
    let desk = story.sit_down(INSTRUCTOR).await;
    let page = statistics(&desk, "all").await;
    let test = page
        .text("section[aria-labelledby=test]")
        .expect("figures of the test");
    // totals 2, 2, 1, 0, 2, 0, 2 of 2
    assert!(test.contains("1,29/2"), "{test}");
    // variances 0.286 and 0.238, of the totals 0.905: 2 · (1 − 0.524 / 0.905)
    assert!(test.contains("84,2 %"), "{test}");
    let [first, p1, p2] = [1, 2, 3].map(|number| of_question(&page, number));
    // √0.476 / (√0.476 + √0.429); what is drawn has no share of its own
    for (text, facility, weights) in [(&first, "57,1 %", "50 % → 51,3 %"), (&p1, "80 %", "50 % → –")] {
        assert!(text.contains(facility), "{facility}: {text}");
        assert!(text.contains(weights), "{weights}: {text}");
    }
    assert!(!first.contains("Được hỏi trong"), "{first}");
    assert!(p1.contains("Được hỏi trong 5 trên 7 lượt làm bài"), "{p1}");
    // nobody who was not asked is counted as one without an answer
    assert!(p1.contains("4 (80") && !p1.contains("2 ("), "{p1}");
    assert!(p2.contains("Mới được hỏi trong 2 trên 7 lượt làm bài"), "{p2}");
    assert!(!p2.contains('%'), "{p2}");
}
