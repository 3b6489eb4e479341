//! Each problem of a draft, by key and place; publishing and reading drafts.

use std::collections::BTreeSet;

use text::{MAX_SOURCE_BYTES, Text};

use crate::testing::{draft, option, time};
use crate::*;

type Found = (&'static str, Option<usize>, Option<usize>);

fn check(change: impl FnOnce(&mut Draft), expected: &[Found]) {
    let mut draft = draft();
    change(&mut draft);
    let problems = check_draft(&draft);
    let found: Vec<Found> = problems
        .iter()
        .map(|problem| (problem.key(), problem.slot, problem.option()))
        .collect();
    assert_eq!(found, expected);
}

fn options(draft: &mut Draft, slot: usize) -> &mut Vec<ChoiceOption> {
    match &mut draft.slots[slot].item.interaction {
        Interaction::SingleChoice(choice) => &mut choice.options,
        Interaction::MultipleChoice(choice) => &mut choice.options,
        Interaction::TrueFalse(choice) => &mut choice.options,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sample_is_right() {
    check(|_| {}, &[]);
}

#[test]
fn the_frame_is_checked() {
    let too_long = "x".repeat(limits::TITLE_LETTERS + 1);
    check(
        |draft| draft.title = Text::markdown("vi", " "),
        &[("no-title", None, None)],
    );
    check(
        |draft| draft.title = Text::markdown("vi", too_long),
        &[("title-too-long", None, None)],
    );
    check(|draft| draft.slots.clear(), &[("no-question", None, None)]);
    let huge = Text::markdown("vi", "x".repeat(MAX_SOURCE_BYTES + 1));
    check(
        |draft| draft.introduction = huge,
        &[("text-too-long", None, None)],
    );
    check(
        |draft| {
            let slot = draft.slots[0].clone();
            draft.slots = (0..=limits::QUESTIONS)
                .map(|index| DraftSlot {
                    id: SlotId::new(format!("q{index}")),
                    ..slot.clone()
                })
                .collect();
        },
        &[("too-many-questions", None, None)],
    );
}

#[test]
fn the_rules_are_checked() {
    for seconds in [0, 59, limits::TIME_LIMIT_MAX_SECONDS + 1] {
        check(
            |draft| draft.rules.time_limit_seconds = Some(seconds),
            &[("time-limit-out-of-range", None, None)],
        );
    }
    check(|draft| draft.rules.time_limit_seconds = Some(60), &[]);
    for attempts in [0, 101] {
        check(
            |draft| draft.rules.attempts_allowed = Some(attempts),
            &[("attempts-out-of-range", None, None)],
        );
    }
    let dates = |opens_at: i64, closes_at: i64| {
        move |draft: &mut Draft| {
            draft.rules.opens_at = Some(time(opens_at));
            draft.rules.closes_at = Some(time(closes_at));
        }
    };
    check(dates(10, 10), &[("closes-before-opens", None, None)]);
    check(dates(10, 11), &[]);
    let after_close = |draft: &mut Draft| draft.rules.review.marks = Shown::AFTER_CLOSE;
    check(after_close, &[("review-after-close-without-close", None, None)]);
}

#[test]
fn questions_are_checked() {
    check(
        |draft| draft.slots[1].item.stem = Text::default(),
        &[("question-without-text", Some(1), None)],
    );
    for points in [0.0, -1.0, f64::NAN, f64::INFINITY, 1_000.5] {
        check(
            |draft| draft.slots[2].points = points,
            &[("points-out-of-range", Some(2), None)],
        );
    }
    check(
        |draft| draft.slots[1].id = SlotId::from("q1"),
        &[("duplicate-id", Some(1), None)],
    );
    check(
        |draft| draft.slots[1].id = SlotId::from(""),
        &[("bad-id", Some(1), None)],
    );
}

#[test]
fn options_are_checked() {
    check(
        |draft| options(draft, 0).truncate(1),
        &[("too-few-options", Some(0), None)],
    );
    check(
        |draft| options(draft, 0)[0].correct = false,
        &[("no-right-option", Some(0), None)],
    );
    check(
        |draft| options(draft, 0)[1].correct = true,
        &[("several-right-options", Some(0), None)],
    );
    check(
        |draft| options(draft, 0)[2].text = Text::default(),
        &[("option-without-text", Some(0), Some(2))],
    );
    check(
        |draft| {
            options(draft, 0)[3].text = Text::default();
            options(draft, 0)[3].feedback = Text::markdown("vi", "Không phải.");
        },
        &[("option-without-text", Some(0), Some(3))],
    );
    check(
        |draft| options(draft, 1)[2].id = OptionId::from("a"),
        &[("duplicate-id", Some(1), Some(2))],
    );
    check(
        |draft| options(draft, 1)[2].id = OptionId::from("ă"),
        &[("bad-id", Some(1), Some(2))],
    );
    check(
        |draft| options(draft, 1).extend((0..30).map(|index| option(&format!("o{index}"), false))),
        &[("too-many-options", Some(1), None)],
    );
    check(
        |draft| options(draft, 2).reverse(),
        &[("true-false-options", Some(2), None)],
    );
    check(
        |draft| options(draft, 2)[1].correct = true,
        &[("several-right-options", Some(2), None)],
    );
}

#[test]
fn empty_options_at_the_end_are_no_problem_and_go() {
    #[track_caller]
    fn check(texts: &[&str], right: usize, kept: usize, keys: &[&str]) {
        let mut draft = draft();
        let options = options(&mut draft, 0);
        *options = (0..texts.len())
            .map(|index| option(&index.to_string(), index == right))
            .collect();
        for (option, words) in options.iter_mut().zip(texts) {
            (option.text, option.feedback) = (Text::markdown("vi", *words), Text::default());
        }
        let found: Vec<_> = check_draft(&draft).iter().map(DraftProblem::key).collect();
        assert_eq!(found, keys, "{texts:?}");
        draft.drop_empty_options();
        assert_eq!(draft.slots[0].item.options().len(), kept, "{texts:?}");
    }
    let none = usize::MAX;
    check(&["a", "b", "", ""], 0, 2, &[]);
    check(&["a", "b", "c", " "], 2, 3, &[]);
    check(&["a", "", "c", ""], 0, 3, &["option-without-text"]);
    check(&["a", "b", "c", ""], 3, 4, &["option-without-text"]);
    check(&["a", "", "", ""], 0, 2, &["too-few-options"]);
    check(
        &["", "", "", ""],
        none,
        4,
        &["too-few-options", "no-right-option"],
    );
}

#[test]
fn pictures_that_pages_do_not_show_are_named() {
    let picture = || Text::markdown("vi", "Xem ![hình](https://example.org/a.png)");
    let own = || Text::markdown("vi", format!("Xem ![hình](media:{})", "0a".repeat(32)));
    check(
        |draft| draft.introduction = picture(),
        &[("hidden-picture", None, None)],
    );
    check(
        |draft| draft.slots[1].item.stem = picture(),
        &[("hidden-picture", Some(1), None)],
    );
    check(
        |draft| options(draft, 0)[1].feedback = picture(),
        &[("hidden-picture", Some(0), Some(1))],
    );
    check(|draft| draft.introduction = own(), &[]);
}

#[test]
fn a_draft_in_the_wrong_language_moves_and_a_translation_stays() {
    let mut moved = draft();
    moved.set_language("km");
    assert_eq!(moved.languages(), BTreeSet::from(["km"]));
    assert!(check_draft(&moved).is_empty());
    moved.set_language("vi");
    assert_eq!(moved, draft());

    let mut translated = draft();
    translated.title = translated.title.with("de", text::Source::markdown("Sicherheit"));
    translated.set_language("de");
    assert_eq!(translated.title.default_language, "de");
    assert_eq!(translated.slots[0].item.stem.default_language, "de");
    assert_eq!(translated.languages(), BTreeSet::from(["de", "vi"]));
}

#[test]
fn keys_are_unique() {
    let keys: BTreeSet<&str> = DraftProblemKind::ALL.iter().map(|kind| kind.key()).collect();
    assert_eq!(keys.len(), DraftProblemKind::ALL.len());
}

#[test]
fn publishing_and_editing_on_are_inverse() {
    let draft = draft();
    let published = publish(&draft, |slot| ItemVersionId::new(format!("{}-v1", slot.id)));
    assert_eq!(published.content.points(), 5.0);
    assert_eq!(draft_of(&published), draft);
}

#[test]
fn drafts_are_read_from_json() {
    let json = serde_json::to_string(&draft()).unwrap();
    assert_eq!(draft_from_json(&json).unwrap(), draft());
    assert!(matches!(draft_from_json("{"), Err(ParseDraftError::Malformed(_))));
    let long = " ".repeat(limits::DRAFT_BYTES + 1);
    assert!(matches!(
        draft_from_json(&long),
        Err(ParseDraftError::TooLarge(_))
    ));
}
