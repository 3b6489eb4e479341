//! Statistics: figures worked out by hand for each edge, and what must not matter.

use proptest::prelude::*;

use crate::statistics::{
    Finding, GivenResponse, ItemFigures, ItemStatistics, MarkTable, ResponseCount, SlotMarks, Statistics,
    TableProblem, findings, response_counts, statistics,
};

fn slot(maximum: f64, marks: &[f64]) -> SlotMarks {
    SlotMarks {
        maximum,
        marks: marks.iter().copied().map(Some).collect(),
        ..SlotMarks::default()
    }
}

fn of(slots: &[SlotMarks]) -> Statistics {
    statistics(&MarkTable::new(slots.to_vec(), None).unwrap())
}

/// The figures of the test after count and mean, in the order of the fields.
fn of_test(found: &Statistics) -> [Option<f64>; 7] {
    let test = &found.test;
    [
        test.median,
        test.standard_deviation,
        test.skewness,
        test.kurtosis,
        test.internal_consistency,
        test.error_ratio,
        test.standard_error,
    ]
}

/// Facility, standard deviation, intended and effective weight, index, efficiency.
fn of_item(item: &ItemStatistics) -> [Option<f64>; 6] {
    let figures = &item.figures;
    [
        figures.facility,
        figures.standard_deviation,
        item.intended_weight,
        item.effective_weight,
        figures.discrimination_index,
        figures.discriminative_efficiency,
    ]
}

fn same(found: &[Option<f64>], expected: &[Option<f64>]) {
    let close = |pair: (&Option<f64>, &Option<f64>)| match pair {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-7 * expected.abs().max(1.0),
        (found, expected) => found == expected,
    };
    assert!(
        found.len() == expected.len() && found.iter().zip(expected).all(close),
        "{found:?} instead of {expected:?}"
    );
}

#[test]
fn four_attempts_worked_out_by_hand() {
    let found = of(&[slot(1.0, &[1.0, 0.0, 1.0, 0.0]), slot(2.0, &[2.0, 1.0, 1.0, 0.0])]);
    assert_eq!((found.test.count, found.test.mean), (4, Some(1.5)));
    // variance 5/3, k4 = 16 (5 * 2.5625 - 9 * 1.5625) / 6, alpha 2 (1 - 1 / (5/3))
    let test = [1.5, 1.290_994_449, 0.0, -1.2, 80.0, 44.721_359_55, 0.577_350_269];
    same(&of_test(&found), &test.map(Some));
    // covariances with the total 2/3 and 1, with the rest 1/3
    let first = [
        50.0,
        0.577_350_269,
        33.333_333_33,
        44.948_974_28,
        70.710_678_12,
        100.0,
    ];
    let second = [
        50.0,
        0.816_496_581,
        66.666_666_67,
        55.051_025_72,
        70.710_678_12,
        100.0,
    ];
    same(&of_item(&found.items[0]), &first.map(Some));
    same(&of_item(&found.items[1]), &second.map(Some));
}

#[test]
fn nobody_yet() {
    let found = of(&[slot(1.0, &[]), slot(3.0, &[])]);
    assert_eq!((found.test.count, found.test.mean), (0, None));
    same(&of_test(&found), &[None; 7]);
    same(
        &of_item(&found.items[1]),
        &[None, None, Some(75.0), None, None, None],
    );
    assert_eq!(of(&[]).test.count, 0);
}

#[test]
fn one_attempt_does_not_vary() {
    let found = of(&[slot(1.0, &[1.0]), slot(1.0, &[0.5])]);
    assert_eq!((found.test.count, found.test.mean), (1, Some(1.5)));
    same(&of_test(&found), &[Some(1.5), None, None, None, None, None, None]);
    same(
        &of_item(&found.items[1]),
        &[Some(50.0), None, Some(50.0), None, None, None],
    );
}

#[test]
fn two_attempts_have_a_spread_and_no_shape() {
    let found = of(&[slot(1.0, &[1.0, 0.0]), slot(1.0, &[1.0, 0.0])]);
    let deviation = 2.0_f64.sqrt();
    same(
        &of_test(&found),
        &[Some(1.0), Some(deviation), None, None, None, None, None],
    );
    let item = [50.0, 0.5_f64.sqrt(), 50.0, 50.0, 100.0, 100.0];
    same(&of_item(&found.items[0]), &item.map(Some));
}

#[test]
fn three_attempts_have_no_kurtosis() {
    let found = of(&[slot(1.0, &[1.0, 0.0, 0.0]), slot(1.0, &[1.0, 1.0, 0.0])]);
    // totals 2, 1, 0: variance 1; marks' variances 1/3 each
    let expected = [
        1.0,
        1.0,
        0.0,
        f64::NAN,
        66.666_666_67,
        57.735_026_92,
        0.577_350_269,
    ];
    same(
        &of_test(&found),
        &expected.map(|figure| (!figure.is_nan()).then_some(figure)),
    );
}

#[test]
fn one_slot_has_no_rest_that_varies() {
    let found = of(&[slot(2.0, &[2.0, 0.1, 0.7, 1.0])]);
    assert_eq!(found.test.internal_consistency, None);
    assert!(found.test.kurtosis.is_some());
    let item = &found.items[0];
    assert_eq!(item.effective_weight, Some(100.0));
    assert_eq!(
        (
            item.figures.discrimination_index,
            item.figures.discriminative_efficiency
        ),
        (None, None)
    );
}

#[test]
fn equal_marks_have_no_figures_rather_than_zero() {
    let found = of(&[slot(1.0, &[0.1; 5]), slot(1.0, &[0.7; 5]), slot(1.0, &[0.3; 5])]);
    same(
        &of_test(&found),
        &[Some(1.1), Some(0.0), None, None, None, None, None],
    );
    same(
        &of_item(&found.items[1]),
        &[Some(70.0), Some(0.0), Some(100.0 / 3.0), None, None, None],
    );
}

#[test]
fn a_slot_that_all_answer_alike_weighs_nothing() {
    let found = of(&[
        slot(1.0, &[0.0; 4]),
        slot(1.0, &[1.0, 0.0, 1.0, 0.0]),
        slot(1.0, &[1.0, 0.0, 0.0, 0.0]),
    ]);
    same(
        &of_item(&found.items[0]),
        &[Some(0.0), Some(0.0), Some(100.0 / 3.0), Some(0.0), None, None],
    );
}

#[test]
fn a_rest_that_varies_by_rounding_only_does_not_vary() {
    // 0.1 + 0.2 is not quite 0.3
    let found = of(&[
        slot(1.0, &[1.0, 0.0, 1.0, 0.0]),
        slot(1.0, &[0.1, 0.3, 0.1, 0.3]),
        slot(1.0, &[0.2, 0.0, 0.2, 0.0]),
    ]);
    assert_eq!(found.items[0].figures.discrimination_index, None);
    assert_eq!(found.items[0].figures.discriminative_efficiency, None);
}

#[test]
fn against_the_total_a_slot_has_no_effective_weight() {
    // totals 2, 2.5, 1, 0.5: the third slot goes against them
    let found = of(&[
        slot(2.0, &[2.0, 2.0, 0.0, 0.0]),
        slot(1.0, &[0.0, 0.5, 0.0, 0.0]),
        slot(1.0, &[0.0, 0.0, 1.0, 0.5]),
    ]);
    let third = &found.items[2];
    assert!(third.figures.covariance_with_total.unwrap() < 0.0);
    assert_eq!(third.effective_weight, None);
    let weights: f64 = found.items.iter().filter_map(|item| item.effective_weight).sum();
    assert!((weights - 100.0).abs() < 1e-9, "the others share everything");
    assert!(third.figures.discrimination_index.unwrap() < 0.0);
}

#[test]
fn a_maximum_of_nothing() {
    let found = of(&[slot(0.0, &[0.0, 0.0]), slot(0.0, &[0.0, 0.0])]);
    same(
        &of_item(&found.items[0]),
        &[None, Some(0.0), None, None, None, None],
    );
    let beside = of(&[slot(0.0, &[0.0, 0.0, 0.0]), slot(4.0, &[4.0, 0.0, 1.0])]);
    assert_eq!(beside.items[0].intended_weight, Some(0.0));
    assert_eq!(beside.items[0].effective_weight, Some(0.0));
    // it is a slot all the same: alpha = 2 (1 - 1)
    assert_eq!(beside.test.internal_consistency, Some(0.0));
    assert_eq!(beside.test.error_ratio, Some(100.0));
}

#[test]
fn negative_marks_count_as_they_are() {
    let found = of(&[slot(3.0, &[3.0, -6.0]), slot(3.0, &[-2.0, -2.0])]);
    assert_eq!(found.test.mean, Some(-3.5));
    assert_eq!(found.items[0].figures.facility, Some(-50.0));
}

#[test]
fn parallel_slots_leave_no_error() {
    let marks = [0.1, 0.7, 0.2, 0.9, 0.3];
    let found = of(&[slot(1.0, &marks), slot(1.0, &marks), slot(1.0, &marks)]);
    same(&of_test(&found)[4..], &[Some(100.0), Some(0.0), Some(0.0)]);
}

#[test]
fn given_totals_rule_rest_and_weights() {
    let slots = vec![slot(1.0, &[1.0, 0.0, 1.0, 0.0]), slot(1.0, &[1.0, 1.0, 0.0, 0.0])];
    let table = MarkTable::new(slots, Some(vec![10.0, 4.0, 6.0, 2.0])).unwrap();
    assert_eq!(table.rests(0), [9.0, 4.0, 5.0, 2.0].map(Some));
    assert_eq!(table.rests(7), []);
    let found = statistics(&table);
    assert_eq!(found.test.mean, Some(5.5));
    // rests 9, 4, 5, 2: covariance 4/3, variances 1/3 and 26/3
    let first = [50.0, 0.577_350_269, 50.0, 56.350_832_69, 78.446_454_06, 100.0];
    same(&of_item(&found.items[0]), &first.map(Some));
    // alpha is over 100 where totals vary more than any sum could: there is no error ratio
    assert!(found.test.internal_consistency.unwrap() > 100.0);
    assert_eq!((found.test.error_ratio, found.test.standard_error), (None, None));
}

#[test]
fn who_was_not_asked_counts_in_no_figure() {
    let mut optional = slot(2.0, &[2.0, 1.0, 0.0, 0.0]);
    optional.marks[3] = None;
    let found = of(&[optional, slot(1.0, &[1.0, 1.0, 0.0, 1.0])]);
    let figures = &found.items[0].figures;
    assert_eq!((figures.count, figures.facility), (3, Some(50.0)));
    assert_eq!(found.test.internal_consistency, None);
    assert_eq!(found.test.mean, Some(1.5));
}

#[test]
fn drawn_questions_meet_the_total_and_variants_the_rest() {
    let mut drawing = slot(1.0, &[1.0, 0.0, 1.0, 0.0, 1.0]);
    drawing.drawn = [7, 7, 7, 9, 9].map(Some).to_vec();
    let mut varying = slot(2.0, &[1.0, 0.0, 0.0, 2.0, 0.0]);
    varying.variants = [Some(1), Some(1), Some(1), Some(2), None].to_vec();
    let found = of(&[drawing, varying]);
    let drawn = &found.drawn[&7];
    // totals 2, 0, 1: covariance 1/2, variances 1/3 and 1
    assert_eq!((drawn.count, drawn.other_variance), (3, Some(1.0)));
    same(&[drawn.discrimination_index], &[Some(86.602_540_38)]);
    let variant = &found.items[1].variants[&1];
    // rests 1, 0, 1: covariance 1/6, variances 1/3 both
    assert_eq!(variant.count, 3);
    same(&[variant.discrimination_index], &[Some(50.0)]);
    assert_eq!(found.items[1].variants[&2].count, 1);
    assert_eq!(found.items[0].variants.len() + found.items[1].variants.len(), 2);
}

#[test]
fn a_question_drawn_by_two_slots_is_one() {
    let mut first = slot(1.0, &[1.0, 0.0]);
    first.drawn = vec![Some(7), Some(8)];
    let mut second = slot(3.0, &[0.0, 3.0]);
    second.drawn = vec![Some(8), Some(7)];
    let found = of(&[first, second]);
    assert_eq!(
        (found.drawn[&7].count, found.drawn[&7].facility),
        (2, Some(100.0))
    );
}

#[test]
fn no_rectangle_no_table() {
    let uneven = |slot, found| {
        Err(TableProblem::Uneven {
            slot,
            expected: 2,
            found,
        })
    };
    assert_eq!(
        MarkTable::new(vec![slot(1.0, &[1.0, 0.0]), slot(1.0, &[1.0])], None),
        uneven(1, 1)
    );
    assert_eq!(
        MarkTable::new(vec![slot(1.0, &[1.0])], Some(vec![1.0, 2.0])),
        uneven(0, 1)
    );
    let mut drawing = slot(1.0, &[1.0, 0.0]);
    drawing.drawn = vec![None; 3];
    assert_eq!(MarkTable::new(vec![drawing], None), uneven(0, 3));
    let endless = |mark, maximum| MarkTable::new(vec![slot(maximum, &[mark])], None);
    assert_eq!(endless(f64::NAN, 1.0), Err(TableProblem::NotFinite));
    assert_eq!(endless(1.0, f64::INFINITY), Err(TableProblem::NotFinite));
    assert_eq!(endless(f64::MAX, 1.0).map(|_| ()), Ok(()));
}

fn given(responses: &[(&'static str, f64)]) -> Vec<GivenResponse<'static>> {
    let one = |(attempt, (response, fraction)): (usize, &(&'static str, f64))| GivenResponse {
        attempt,
        part: 0,
        response,
        fraction: *fraction,
        tried: 0,
    };
    responses.iter().enumerate().map(one).collect()
}

const RESTS: [f64; 9] = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];

#[test]
fn responses_are_counted_by_try_and_by_strength() {
    let (a, b) = (("a", 0.0), ("b", 1.0));
    let mut answers = given(&[a, a, a, b, b, b, b, ("c", 0.0), b]);
    answers.push(GivenResponse {
        tried: 1,
        ..answers[7].clone()
    });
    let counts = response_counts(&RESTS, &answers);
    let told: Vec<_> = counts
        .iter()
        .map(|count| (count.response.as_str(), count.count, count.strong, count.weak))
        .collect();
    assert_eq!(told, [("b", 5, 0, 2), ("a", 3, 3, 0), ("c", 2, 0, 2)]);
    assert_eq!(counts[2].by_try, [1, 1]);
    // equals are neither strong nor weak
    let equal = response_counts(&[1.0; 9], &answers);
    assert!(equal.iter().all(|count| count.strong == 0 && count.weak == 0));
}

fn item(figures: ItemFigures) -> ItemStatistics {
    ItemStatistics {
        figures,
        intended_weight: None,
        effective_weight: None,
        random_guess_score: Some(25.0),
        variants: std::collections::BTreeMap::new(),
    }
}

fn usual() -> ItemFigures {
    ItemFigures {
        count: 9,
        facility: Some(60.0),
        variance: Some(0.25),
        discrimination_index: Some(40.0),
        discriminative_efficiency: Some(50.0),
        ..ItemFigures::default()
    }
}

#[test]
fn a_wrong_key_is_suspected() {
    let (a, b) = (("a", 0.0), ("b", 1.0));
    let counts = response_counts(&RESTS, &given(&[a, a, a, b, b, b, b, b, b]));
    let suspicion = Finding::StrongChoseWrong {
        response: "a".to_owned(),
        part: 0,
        strong: 3,
        strong_right: 0,
    };
    assert_eq!(findings(&item(usual()), &counts, &["a", "b"]), [suspicion]);
    let fair = response_counts(&RESTS, &given(&[b, b, b, b, a, a, a, a, b]));
    assert_eq!(findings(&item(usual()), &fair, &["a", "b"]), []);
    let blank = response_counts(
        &RESTS,
        &given(&[("", 0.0), ("", 0.0), ("", 0.0), b, b, b, b, b, b]),
    );
    assert_eq!(findings(&item(usual()), &blank, &[]), []);
}

#[test]
fn figures_become_findings() {
    let check = |change: fn(&mut ItemFigures), expected: &[Finding]| {
        let mut figures = usual();
        change(&mut figures);
        let none: [ResponseCount; 0] = [];
        assert_eq!(findings(&item(figures), &none, &[]), expected);
    };
    check(|_| {}, &[]);
    check(
        |it| it.discrimination_index = Some(-0.1),
        &[Finding::NegativeDiscrimination],
    );
    check(
        |it| it.discriminative_efficiency = Some(14.9),
        &[Finding::Dubious],
    );
    check(|it| it.discriminative_efficiency = Some(15.0), &[]);
    check(|it| it.facility = Some(24.9), &[Finding::BelowGuessing]);
    check(|it| it.facility = Some(95.1), &[Finding::TooEasy]);
    check(|it| it.variance = Some(0.0), &[Finding::AllAlike]);
    check(|it| *it = ItemFigures::default(), &[]);
}

#[test]
fn an_option_is_left_over_when_many_could_choose_it() {
    let check = |count, expected: &[Finding]| {
        let figures = ItemFigures { count, ..usual() };
        let counts = response_counts(&RESTS, &given(&[("a", 1.0); 9]));
        assert_eq!(
            findings(&item(figures), &counts, &["a", "b"]),
            expected,
            "{count}"
        );
    };
    let option = "b".to_owned();
    check(19, &[]);
    check(20, &[Finding::NeverChosen { option }]);
}

prop_compose! {
    fn tables()(slots in 1_usize..6, attempts in 0_usize..12)
        (marks in prop::collection::vec(prop::collection::vec(-8_i32..40, attempts), slots)) -> Vec<SlotMarks> {
        let quarter = |marks: &Vec<i32>| {
            let marks: Vec<f64> = marks.iter().map(|mark| f64::from(*mark) / 4.0).collect();
            slot(10.0, &marks)
        };
        marks.iter().map(quarter).collect()
    }
}

fn in_order<T: Clone>(values: &[T], keys: &[u32]) -> Vec<T> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|place| keys[place % keys.len()].wrapping_mul(*place as u32 + 1));
    order.into_iter().map(|place| values[place].clone()).collect()
}

fn all_items(found: &Statistics) -> Vec<Option<f64>> {
    found.items.iter().flat_map(of_item).collect()
}

proptest! {
    #[test]
    fn the_order_of_attempts_does_not_matter(slots in tables(), keys in prop::collection::vec(any::<u32>(), 7)) {
        let moved: Vec<SlotMarks> = slots
            .iter()
            .map(|slot| SlotMarks { marks: in_order(&slot.marks, &keys), ..slot.clone() })
            .collect();
        let (before, after) = (of(&slots), of(&moved));
        same(&of_test(&after), &of_test(&before));
        same(&all_items(&after), &all_items(&before));
    }

    #[test]
    fn the_order_of_slots_does_not_matter(slots in tables(), keys in prop::collection::vec(any::<u32>(), 7)) {
        let (before, after) = (of(&slots), of(&in_order(&slots, &keys)));
        same(&of_test(&after), &of_test(&before));
        let items = in_order(&before.items, &keys);
        same(&all_items(&after), &items.iter().flat_map(of_item).collect::<Vec<_>>());
    }

    /// Points given to everybody change how easy a question is, and nothing that compares people.
    #[test]
    fn a_gift_to_everybody_compares_nobody(slots in tables(), gift in 1_i32..400) {
        let gift = f64::from(gift) / 100.0;
        let mut richer = slots.clone();
        for mark in richer[0].marks.iter_mut().flatten() {
            *mark += gift;
        }
        let (before, after) = (of(&slots), of(&richer));
        same(&of_test(&after)[1..], &of_test(&before)[1..]);
        for (after, before) in after.items.iter().zip(&before.items) {
            same(&of_item(after)[1..], &of_item(before)[1..]);
        }
    }

    /// On another scale the figures in per cent stay.
    #[test]
    fn the_scale_does_not_matter(slots in tables(), thirds in 1_u32..900) {
        let factor = f64::from(thirds) / 3.0;
        let scaled: Vec<SlotMarks> = slots
            .iter()
            .map(|slot| SlotMarks {
                maximum: slot.maximum * factor,
                marks: slot.marks.iter().map(|mark| mark.map(|mark| mark * factor)).collect(),
                ..slot.clone()
            })
            .collect();
        let (before, after) = (of(&slots), of(&scaled));
        same(&of_test(&after)[2..6], &of_test(&before)[2..6]);
        for (after, before) in after.items.iter().zip(&before.items) {
            let per_cent = |item: &ItemStatistics| {
                let all = of_item(item);
                [all[0], all[2], all[3], all[4], all[5]]
            };
            same(&per_cent(after), &per_cent(before));
        }
    }

    #[test]
    fn figures_stay_in_their_bounds(slots in tables()) {
        let found = of(&slots);
        for item in &found.items {
            let figures = &item.figures;
            let within = |figure: Option<f64>, low: f64, high: f64| {
                figure.is_none_or(|figure| figure >= low && figure <= high)
            };
            prop_assert!(within(figures.discrimination_index, -100.0, 100.0));
            prop_assert!(within(figures.discriminative_efficiency, f64::MIN, 100.0));
            prop_assert!(within(item.effective_weight, 0.0, 100.0 + 1e-9));
            prop_assert!(within(figures.standard_deviation, 0.0, f64::MAX));
        }
        prop_assert!(found.test.internal_consistency.is_none_or(|alpha| alpha <= 100.0 + 1e-9));
    }
}
