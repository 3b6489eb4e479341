//! A module's grade from attempts at several activities.

use ::assessment::Rules;
use chrono::TimeDelta;

use super::*;
use crate::grade::desired::tests::marked;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(1)
}

/// An activity of that weight (1 is 100), closed an hour ago, open for an hour more, or never closing.
fn activity(weight: i64, closes_in: Option<i64>) -> Source {
    Source {
        placement: Placement {
            id: "p".to_owned(),
            context_id: "c".to_owned(),
            resource_link_id: None,
            assessment_id: "a".to_owned(),
            grade_column_id: "g".to_owned(),
            weight: 1.0,
            created_by: None,
            created_at: now().naive_utc(),
        },
        weight,
        rules: Rules {
            closes_at: closes_in.map(|hours| now() + TimeDelta::hours(hours)),
            ..Rules::default()
        },
        own_closings: OwnClosings::default(),
        is_gone: false,
    }
}

fn scored(scores: &[Option<(f64, f64)>]) -> Vec<Vec<Marked>> {
    let attempts = scores.iter().zip(1..);
    attempts
        .map(|(score, number)| score.iter().map(|score| marked(number, Some(*score))).collect())
        .collect()
}

fn formula(rounding: Rounding, unfinished: Unfinished) -> Formula {
    Formula {
        maximum: 10.0,
        rounding,
        unfinished,
    }
}

#[test]
fn parts_are_weighted_on_the_modules_scale() {
    #[track_caller]
    fn check(weights: &[i64], scores: &[Option<(f64, f64)>], rounding: Rounding, expected: (f64, &str)) {
        let sources: Vec<Source> = weights.iter().map(|weight| activity(*weight, None)).collect();
        let grade = module_grade(
            &sources,
            &scored(scores),
            "n",
            formula(rounding, Unfinished::LeftOut),
            now(),
        )
        .unwrap();
        assert_eq!((grade.desired.score, grade.desired.comment.as_str()), expected);
    }
    let two = [Some((17.0, 20.0)), Some((7.25, 10.0))];
    check(
        &[100, 200],
        &two,
        Rounding::Tenths,
        (7.7, "(8,5×1 + 7,25×2) / 3 = 7,6666 → 7,7/10"),
    );
    check(
        &[100, 200],
        &two,
        Rounding::Hundredths,
        (7.67, "(8,5×1 + 7,25×2) / 3 = 7,6666 → 7,67/10"),
    );
    check(
        &[100, 200],
        &two,
        Rounding::Halves,
        (7.5, "(8,5×1 + 7,25×2) / 3 = 7,6666 → 7,5/10"),
    );
    check(
        &[150, 50],
        &two,
        Rounding::Whole,
        (8.0, "(8,5×1,5 + 7,25×0,5) / 2 = 8,1875 → 8/10"),
    );
    // The traps of binary: 8.25 and 8.15 are halves of a tenth.
    check(
        &[100],
        &[Some((8.25, 10.0))],
        Rounding::Tenths,
        (8.3, "8,25 → 8,3/10"),
    );
    check(
        &[100],
        &[Some((8.15, 10.0))],
        Rounding::Tenths,
        (8.2, "8,15 → 8,2/10"),
    );
    check(
        &[100],
        &[Some((1.05, 10.0))],
        Rounding::Tenths,
        (1.1, "1,05 → 1,1/10"),
    );
    check(
        &[100, 100],
        &[Some((0.0, 5.0)), None],
        Rounding::Tenths,
        (0.0, "0 → 0/10"),
    );
}

#[test]
fn what_nobody_did_is_left_out_or_counts_zero_after_its_close() {
    #[track_caller]
    fn check(closes_in: Option<i64>, unfinished: Unfinished, expected: (f64, PartGrade)) {
        let sources = [activity(100, None), activity(100, closes_in)];
        let attempts = scored(&[Some((8.0, 10.0)), None]);
        let grade = module_grade(
            &sources,
            &attempts,
            "n",
            formula(Rounding::Tenths, unfinished),
            now(),
        )
        .unwrap();
        assert_eq!((grade.desired.score, grade.parts[1]), expected);
    }
    check(Some(-1), Unfinished::LeftOut, (8.0, PartGrade::LeftOut));
    check(Some(-1), Unfinished::ZeroAfterClose, (4.0, PartGrade::CountsZero));
    check(Some(0), Unfinished::ZeroAfterClose, (4.0, PartGrade::CountsZero));
    check(Some(1), Unfinished::ZeroAfterClose, (8.0, PartGrade::LeftOut));
    check(None, Unfinished::ZeroAfterClose, (8.0, PartGrade::LeftOut));
}

#[test]
fn without_a_finished_part_there_is_no_grade() {
    let sources = [activity(100, Some(-1)), activity(100, Some(-1))];
    let zero = formula(Rounding::Tenths, Unfinished::ZeroAfterClose);
    assert_eq!(
        module_grade(&sources, &scored(&[None, None]), "n", zero, now()),
        None
    );
    let open = vec![vec![marked(1, None)], Vec::new()];
    assert_eq!(module_grade(&sources, &open, "n", zero, now()), None);
}

#[test]
fn an_activity_that_is_gone_drops_out() {
    let gone = Source {
        is_gone: true,
        ..activity(300, None)
    };
    let plain = formula(Rounding::Tenths, Unfinished::LeftOut);
    let attempts = scored(&[Some((6.0, 10.0)), Some((10.0, 10.0))]);
    let sources = [activity(100, None), gone];
    let grade = module_grade(&sources, &attempts, "n", plain, now()).unwrap();
    assert_eq!((grade.desired.score, grade.parts[1]), (6.0, PartGrade::Gone));
    let attempts = scored(&[None, Some((10.0, 10.0))]);
    assert_eq!(module_grade(&sources, &attempts, "n", plain, now()), None);
}
