//! The German final examination of the metal trades as data: worked cases,
//! reckoned by hand from the rules of § 27 of the ordinance. Part 1 counts 40 %,
//! part 2 60 %; within part 2 the work order counts 50, analysis 20, production
//! 20, economics 10. To pass: at least 50 in total, in the work order, and in the
//! three written areas together; two of these three at least 50, none below 30.

use assessment::{Known, Needed, PartId, Scheme, Verdict, evaluate};
use starter_content::SCHEMES;

fn scheme() -> Scheme {
    serde_json::from_str(SCHEMES[0].json).expect("a scheme")
}

/// Points of part 1, work order, analysis A and B, production A and B, economics.
fn verdict(points: [f64; 7], oral: Option<(&str, f64)>) -> Verdict {
    let parts = [
        "part-1",
        "work-order",
        "analysis-a",
        "analysis-b",
        "production-a",
        "production-b",
        "economics",
    ];
    let known = Known {
        entered: parts.into_iter().map(PartId::from).zip(points).collect(),
        supplement: oral.map(|(part, points)| (PartId::from(part), points)),
        ..Known::default()
    };
    evaluate(&scheme(), &known)
}

#[track_caller]
fn check(points: [f64; 7], oral: Option<(&str, f64)>, total: f64, grade: &str, unmet: &[usize]) -> Needed {
    let verdict = verdict(points, oral);
    assert_eq!((verdict.total, verdict.grade.as_deref()), (total, Some(grade)));
    assert_eq!(verdict.unmet, unmet);
    assert_eq!(verdict.passed, Some(unmet.is_empty()));
    verdict.needed
}

fn orally(parts: &[(&str, u32)]) -> Needed {
    Needed::BySupplement {
        parts: parts
            .iter()
            .map(|(part, points)| (PartId::from(*part), *points))
            .collect(),
    }
}

#[test]
fn a_good_candidate_passes() {
    // analysis (90 + 80) / 2 = 85, production (70 + 80) / 2 = 75
    // part 2: (50·88 + 20·85 + 20·75 + 10·60) / 100 = (4400 + 1700 + 1500 + 600) / 100 = 82
    // total: 0.4·78 + 0.6·82 = 31.2 + 49.2 = 80.4, below 81: satisfactory
    let needed = check([78.0, 88.0, 90.0, 80.0, 70.0, 80.0, 60.0], None, 80.4, "3", &[]);
    assert_eq!(needed, Needed::Nothing);
}

#[test]
fn the_bands_begin_where_the_chambers_say() {
    // everything the same, so that the total is that
    for (points, grade) in [
        (92.0, "1"),
        (91.99, "2"),
        (81.0, "2"),
        (80.99, "3"),
        (67.0, "3"),
        (66.99, "4"),
        (50.0, "4"),
    ] {
        check([points; 7], None, points, grade, &[]);
    }
}

#[test]
fn a_failed_work_order_cannot_be_repaired() {
    // part 2: (50·49 + 20·80 + 20·80 + 10·80) / 100 = 24.5 + 40 = 64.5; total 0.4·80 + 0.6·64.5 = 70.7
    let needed = check([80.0, 49.0, 80.0, 80.0, 80.0, 80.0, 80.0], None, 70.7, "3", &[1]);
    assert_eq!(needed, Needed::Impossible);
}

#[test]
fn two_poor_areas_are_repaired_by_one_oral_examination() {
    // analysis 40, production 60, economics 45: together (20·40 + 20·60 + 10·45) / 50 = 49
    // part 2: (50·70 + 800 + 1200 + 450) / 100 = 59.5; total 0.4·60 + 0.6·59.5 = 59.7
    let points = [60.0, 70.0, 40.0, 40.0, 60.0, 60.0, 45.0];
    let needed = check(points, None, 59.7, "4", &[2, 3]);
    // analysis: (2·40 + oral) / 3 >= 50 from 70 on; together then (1000 + 1200 + 450) / 50 = 53
    // economics: (2·45 + oral) / 3 >= 50 from 60 on; together (800 + 1200 + 10·50) / 50 = 50
    assert_eq!(needed, orally(&[("analysis", 70), ("economics", 60)]));
    // oral 70: analysis (80 + 70) / 3 = 50; part 2 (3500 + 1000 + 1200 + 450) / 100 = 61.5
    // total 24 + 36.9 = 60.9
    check(points, Some(("analysis", 70.0)), 60.9, "4", &[]);
    // oral 69: 149 / 3 = 49.67; together (20·49.67 + 1200 + 450) / 50 = 52.87, but only one area reaches 50
    // part 2: (3500 + 993.4 + 1200 + 450) / 100 = 61.43; total 24 + 36.86 = 60.86
    let needed = check(points, Some(("analysis", 69.0)), 60.86, "4", &[3]);
    assert_eq!(needed, Needed::Impossible, "there is one oral examination");
}

#[test]
fn an_unsatisfactory_area_has_to_be_lifted_to_30() {
    // economics 29 is below 30: oral (2·29 + x) / 3 >= 30 from 32 on
    // part 2: (50·80 + 20·80 + 20·80 + 10·29) / 100 = 74.9; total 0.4·80 + 0.6·74.9 = 76.94
    let needed = check([80.0, 80.0, 80.0, 80.0, 80.0, 80.0, 29.0], None, 76.94, "3", &[4]);
    assert_eq!(needed, orally(&[("economics", 32)]));
}

#[test]
fn what_is_still_needed_is_told_before_the_end() {
    let mut known = Known::default();
    for (part, points) in [("part-1", 40.0), ("analysis-a", 50.0), ("analysis-b", 50.0)] {
        known.entered.insert(PartId::from(part), points);
    }
    for (part, points) in [
        ("production-a", 50.0),
        ("production-b", 50.0),
        ("economics", 50.0),
    ] {
        known.entered.insert(PartId::from(part), points);
    }
    // 0.4·40 + 0.6·(50·x + 2500) / 100 >= 50: 16 + 0.3·x + 15 >= 50, x >= 63.33
    let verdict = evaluate(&scheme(), &known);
    let needed = Needed::InParts {
        parts: vec![PartId::from("work-order")],
        points: 64,
    };
    assert_eq!((verdict.passed, verdict.needed), (None, needed));
}
