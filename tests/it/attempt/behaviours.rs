//! How quizzes behave: what a check says and costs, by script and by plain form,
//! with marks worked out by hand.

use assessment::{Behaviour, Draft, EntryKind, Hint, Moment, Review, Rules, Shown};
use chrono::Duration;
use practice_platform::{INSTRUCTOR, STUDENTS};
use serde_json::json;
use tests::{Answer, TestSite};
use text::Text;

use super::{Quiz, Sheet, chosen, draft};

fn rules(behaviour: Behaviour) -> Rules {
    Rules {
        behaviour,
        ..Rules::default()
    }
}

/// The usual three questions, each with two hints, and a matching of four pairs.
fn with_tries(rules: Rules) -> Draft {
    let mut draft = draft(rules);
    let text = |words: &str| json!({"default_language": "vi", "versions": {"vi": words}});
    let ids = ["a", "b", "c", "d"];
    let stems = ids.map(|id| json!({"id": id, "text": text(&format!("Máy {id}")), "right": id}));
    let choices = ids.map(|id| json!({"id": id, "text": text(&format!("Việc {id}"))}));
    let pairs = json!({"id": "q4", "points": 4, "item":
        {"type": "matching", "stem": text("Ghép máy với việc."), "stems": stems, "choices": choices}});
    draft.slots.push(serde_json::from_value(pairs).expect("a slot"));
    for slot in &mut draft.slots {
        let hint = |words: &str| Hint {
            text: Text::markdown("vi", words),
            counts_right: true,
            ..Hint::default()
        };
        slot.item.hints = vec![hint("Gợi ý một."), hint("Gợi ý hai.")];
    }
    draft
}

async fn quiz(rules: Rules) -> Quiz {
    let (site, connected) = TestSite::connected().await;
    Quiz::of(site, &connected, with_tries(rules)).await
}

impl Sheet<'_> {
    async fn checks(&self, slot: &str, changes: &[(&str, &str)]) -> Answer {
        let page = self.reload().await;
        let then = format!("check/{slot}");
        let changes: Vec<_> = changes.iter().copied().chain([("then", then.as_str())]).collect();
        let page = self.browser.submit(&page, "then", &changes).await;
        assert_eq!(page.url.fragment(), Some(format!("checked-{slot}").as_str()));
        page
    }
}

fn found(page: &Answer, slot: &str) -> String {
    page.text(&format!("#checked-{slot}")).unwrap_or_default()
}

fn fields(page: &Answer, slot: &str) -> usize {
    page.count(&format!("[name^='answer/{slot}']"))
}

#[tokio::test]
async fn immediate_questions_are_checked_once() {
    let quiz = quiz(rules(Behaviour::Immediate)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert!(
        desk.front
            .all_text()
            .contains("mỗi câu chỉ kiểm tra được một lần")
    );
    let sheet = desk.start().await;
    assert_eq!(found(&sheet.page, "q1"), "");

    let blank = sheet.checks("q1", &[]).await;
    assert_eq!(blank.url.query(), Some("blank=q1"));
    assert!(
        found(&blank, "q1").contains("chưa trả lời"),
        "{}",
        found(&blank, "q1")
    );
    assert_eq!(quiz.site.count("attempt_entries").await, 0);

    let wrong = sheet.checks("q1", &[("answer/q1", "o2")]).await;
    let said = found(&wrong, "q1");
    assert!(
        said.starts_with("Sai 0/1 điểm") && said.contains("Nhận xét o2"),
        "{said}"
    );
    assert_eq!(wrong.count("[data-slot=q1] .choice.right"), 1, "the right answer");
    assert_eq!((fields(&wrong, "q1"), fields(&wrong, "q2")), (0, 3));
    let right = sheet.checks("q3", &[("answer/q3", "true")]).await;
    assert!(found(&right, "q3").starts_with("Đúng 1/1 điểm"));

    // what was checked is not answered again, by script
    let tab = sheet.tab("tab-1");
    let again = tab.answer("q1", &["o1"], quiz.now());
    sheet
        .refuses(&tab.taking_over(&[again]), "ATT-QUESTION-FINISHED")
        .await;
    let tab = sheet.tab("tab-2");
    let check = tab.next(EntryKind::Check, Some("q2"), "", quiz.now());
    sheet
        .refuses(&tab.taking_over(&[check]), "ATT-NOT-CHECKABLE")
        .await;
    // a stale form saves what it says of other questions
    let stale = [
        ("answer/q1", "o1"),
        ("answer/q2/a", "on"),
        ("answer/q2/b", "on"),
        ("then", "stay"),
    ];
    let saved = sheet.browser.submit(&sheet.page, "then", &stale).await;
    assert_eq!(chosen(&saved, "q2"), ["a", "b"]);

    // 0 + 1 + 1 of 7 points
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 2,86/10"));
    let history = review.text("#q-1 .history").unwrap_or_default();
    assert!(history.contains("Trả lời: Phương án o2"), "{history}");
    assert!(history.contains("Kiểm tra lần 1: Sai"), "{history}");
}

#[tokio::test]
async fn interactive_tries_get_hints_and_cost() {
    let quiz = quiz(rules(Behaviour::Interactive)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let first = sheet.checks("q1", &[("answer/q1", "o2")]).await;
    let said = found(&first, "q1");
    assert!(
        said.contains("Gợi ý một.") && !said.contains("Gợi ý hai."),
        "{said}"
    );
    assert_eq!(
        first.count("[data-slot=q1] .choice.right"),
        0,
        "no right answer yet"
    );
    assert_eq!(fields(&first, "q1"), 2, "it can be tried again");
    assert!(
        first
            .all_text()
            .contains("Còn 2 lần thử; mỗi lần thử thêm bị trừ 33 %.")
    );

    // the same once more is no try
    let same = sheet.checks("q1", &[]).await;
    assert!(found(&same, "q1").contains("Gợi ý một."));
    let right = sheet.checks("q1", &[("answer/q1", "o1")]).await;
    assert!(
        found(&right, "q1").starts_with("Đúng 0,67/1 điểm"),
        "{}",
        found(&right, "q1")
    );
    assert_eq!(fields(&right, "q1"), 0);

    // four pairs: two right, then three, then the last as well
    let pairs = |pairs: [&'static str; 4]| {
        let names = ["answer/q4/a", "answer/q4/b", "answer/q4/c", "answer/q4/d"];
        names.into_iter().zip(pairs).collect::<Vec<_>>()
    };
    let two = sheet.checks("q4", &pairs(["a", "b", "d", "c"])).await;
    let said = found(&two, "q4");
    assert!(
        said.starts_with("Đúng một phần") && said.contains("Đúng 2/4 phần"),
        "{said}"
    );
    assert_eq!(two.count("#checked-q4 .part.right"), 2, "in words and colour");
    sheet.checks("q4", &pairs(["a", "b", "c", "a"])).await;
    let all = sheet.checks("q4", &pairs(["a", "b", "c", "d"])).await;
    // 1 + 1 + 2/3 + 1/3
    assert!(
        found(&all, "q4").starts_with("Đúng 3/4 điểm"),
        "{}",
        found(&all, "q4")
    );
    // an answer that nobody checked counts as a try
    let q3 = [("answer/q3", "true"), ("then", "stay")];
    sheet.browser.submit(&sheet.reload().await, "then", &q3).await;
    // 2/3 + 0 + 1 + 3 of 7
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 6,67/10"));
}

#[tokio::test]
async fn adaptive_counts_the_best_try() {
    let quiz = quiz(rules(Behaviour::Adaptive)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    sheet.checks("q1", &[("answer/q1", "o2")]).await;
    let right = sheet.checks("q1", &[("answer/q1", "o1")]).await;
    assert!(
        found(&right, "q1").starts_with("Đúng 0,67/1 điểm"),
        "{}",
        found(&right, "q1")
    );
    assert_eq!(fields(&right, "q1"), 2, "it goes on");
    let worse = sheet.checks("q1", &[("answer/q1", "o2")]).await;
    assert!(
        found(&worse, "q1").starts_with("Sai 0,67/1 điểm"),
        "{}",
        found(&worse, "q1")
    );
    let review = sheet.submit().await;
    // 2/3 of 7
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 0,96/10"));
}

#[tokio::test]
async fn certainty_changes_what_answers_count() {
    let quiz = quiz(Rules {
        certainty: true,
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    assert!(
        desk.front
            .all_text()
            .contains("càng chắc chắn thì câu đúng càng được nhiều điểm")
    );
    let sheet = desk.start().await;
    assert!(sheet.page.all_text().contains("(đúng: 1, sai: −2 điểm)"));
    let tab = sheet.tab("tab-1");
    let answer = tab.answer("q1", &["o1"], quiz.now());
    let sure = tab.next(EntryKind::Certainty, Some("q1"), "3", quiz.now());
    sheet.saves(&tab.body(&[answer, sure]), 2).await;
    let changes = [("answer/q3", "true"), ("certainty/q3", "2"), ("then", "stay")];
    let saved = sheet
        .browser
        .submit(&sheet.reload().await, "then", &changes)
        .await;
    assert_eq!(saved.count("[name='certainty/q1'][value='3'][checked]"), 1);
    assert_eq!(saved.count("[name='certainty/q3'][value='2'][checked]"), 1);
    // 1 + 2/3 of 7 points
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 2,39/10"));
    assert!(
        review.all_text().contains("Tỉ lệ đúng 100 %"),
        "{}",
        review.all_text()
    );
    assert!(review.all_text().contains("Mức chắc chắn: Rất chắc"));

    // fully sure and wrong: the total does not fall below 0
    let desk = quiz.launch(STUDENTS[1]).await;
    let sheet = desk.start().await;
    let changes = [("answer/q1", "o2"), ("certainty/q1", "3"), ("then", "stay")];
    sheet.browser.submit(&sheet.page, "then", &changes).await;
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert!(review.text("#q-1 .verdict").unwrap_or_default().contains("−2/1"));
}

#[tokio::test]
async fn manual_quizzes_wait_for_their_marker() {
    let quiz = quiz(rules(Behaviour::Manual)).await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    assert_eq!(sheet.page.count("[data-check]"), 0);
    let changes = [("answer/q1", "o1"), ("then", "stay")];
    sheet.browser.submit(&sheet.page, "then", &changes).await;
    let refused = [("then", "check/q1")];
    let refused = sheet
        .browser
        .submit(&sheet.reload().await, "then", &refused)
        .await;
    assert_eq!(refused.code().as_deref(), Some("ATT-NOT-CHECKABLE"));
    let review = sheet.submit().await;
    assert_eq!(review.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert!(review.text("#q-1").unwrap_or_default().contains("Chờ chấm"));
    assert!(!review.text("#q-1").unwrap_or_default().contains("Sai"));
}

#[tokio::test]
async fn the_rules_of_review_hold_at_each_moment() {
    let start = quiz(Rules::default()).await;
    let closes_at = start.now() + Duration::hours(2);
    let quiz = quiz(Rules {
        closes_at: Some(closes_at),
        behaviour: Behaviour::Immediate,
        review: Review {
            marks: Shown::at([Moment::RightAfter, Moment::AfterClose]),
            right_answers: Shown::AFTER_CLOSE,
            feedback: Shown::at([Moment::During]),
            history: Shown::NEVER,
        },
        ..Rules::default()
    })
    .await;
    let desk = quiz.launch(STUDENTS[0]).await;
    let sheet = desk.start().await;
    let checked = sheet.checks("q1", &[("answer/q1", "o2")]).await;
    let said = found(&checked, "q1");
    assert!(
        said.starts_with("Đã kiểm tra") && said.contains("Nhận xét o2"),
        "{said}"
    );
    assert!(!said.contains("Sai") && !said.contains("Đáp án đúng"), "{said}");

    let right_after = sheet.submit().await;
    assert_eq!(right_after.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert_eq!(
        (right_after.count(".feedback"), right_after.count(".choice.right")),
        (0, 0)
    );
    assert_eq!(right_after.count(".history"), 0);
    let front = desk.browser.get(&desk.path("")).await;
    assert!(front.text("td.number").unwrap_or_default().starts_with("0/10"));

    quiz.site.clock.advance(Duration::minutes(2));
    let later = sheet.reload().await;
    assert_eq!((later.text(".result"), later.count("#grade")), (None, 0));
    let front = desk.browser.get(&desk.path("")).await;
    assert_eq!(front.text("td.number").as_deref(), Some("–"));
    assert_eq!(front.count("#grade"), 0, "the grade would tell the mark");

    quiz.site.clock.advance(Duration::hours(2));
    let closed = sheet.reload().await;
    assert_eq!(closed.text(".result").as_deref(), Some("Điểm: 0/10"));
    assert!(closed.count(".choice.right") > 0);
}

#[tokio::test]
async fn statistics_count_what_was_answered_at_each_try() {
    let quiz = quiz(rules(Behaviour::Interactive)).await;
    for (place, student) in STUDENTS.iter().take(5).enumerate() {
        let desk = quiz.launch(*student).await;
        let sheet = desk.start().await;
        if place > 0 {
            sheet.checks("q1", &[("answer/q1", "o2")]).await;
        }
        sheet.checks("q1", &[("answer/q1", "o1")]).await;
        sheet.checks("q4", &[("answer/q4/a", "b")]).await;
        sheet.submit().await;
    }
    let desk = quiz.launch(INSTRUCTOR).await;
    let page = desk.browser.get(&desk.path("gradebook/statistics")).await;
    let responses = page.text("[aria-labelledby=detail-1] table").unwrap_or_default();
    // one was right at once, four at the second try
    assert!(
        responses.contains("Phương án o1 Đáp án 5 (100 %) theo lần thử: 1 · 4"),
        "{responses}"
    );
    assert!(responses.contains("Phương án o2 4 (80 %)"), "{responses}");
    let pairs = page.text("[aria-labelledby=detail-4] table").unwrap_or_default();
    assert!(pairs.contains("Máy a Việc b 5 (100 %)"), "{pairs}");
    assert!(pairs.contains("Máy d Không trả lời 5 (100 %)"), "{pairs}");
}
