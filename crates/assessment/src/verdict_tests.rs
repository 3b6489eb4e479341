//! Examination schemes: rounding, conditions, what is still needed.

use text::Text;

use crate::testing::draft;
use crate::*;

fn part(id: &str, weight: u32) -> Part {
    Part {
        id: PartId::from(id),
        title: Text::markdown("vi", id),
        weight,
        source: PartSource::Marker,
    }
}

fn ids(ids: &[&str]) -> Vec<PartId> {
    ids.iter().map(|id| PartId::from(*id)).collect()
}

/// Theory 1 and practice 2; 50 in total, no part below 40; oral in theory, 2 to 1, below 50.
fn scheme() -> Scheme {
    let band = |from, grade: &str| Band {
        from,
        grade: grade.to_owned(),
        name: Text::default(),
    };
    Scheme {
        title: Text::default(),
        parts: vec![part("theory", 1), part("practice", 2)],
        decimals: 1,
        pass: vec![
            Condition::Total { at_least: 50.0 },
            Condition::Several {
                parts: ids(&["theory", "practice"]),
                count: 2,
                at_least: 40.0,
            },
        ],
        key: vec![band(80.0, "A"), band(50.0, "B"), band(0.0, "C")],
        supplement: Some(Supplement {
            parts: ids(&["theory"]),
            before: 2,
            oral: 1,
            only_below: Some(50.0),
        }),
    }
}

fn known(entered: &[(&str, f64)]) -> Known {
    Known {
        entered: entered
            .iter()
            .map(|(id, points)| (PartId::from(*id), *points))
            .collect(),
        ..Known::default()
    }
}

#[track_caller]
fn check(entered: &[(&str, f64)], total: f64, passed: Option<bool>, needed: &Needed) {
    let verdict = evaluate(&scheme(), &known(entered));
    assert_eq!(
        (verdict.total, verdict.passed, &verdict.needed),
        (total, passed, needed),
        "{entered:?}"
    );
}

#[test]
fn a_total_and_what_is_needed() {
    // (60 + 2 × 75) / 3 = 70
    check(
        &[("theory", 60.0), ("practice", 75.0)],
        70.0,
        Some(true),
        &Needed::Nothing,
    );
    // (30 + 2 × 90) / 3 = 70, but theory is below 40: (2 × 30 + oral) / 3 >= 40, oral >= 60
    let oral = Needed::BySupplement {
        parts: vec![(PartId::from("theory"), 60)],
    };
    check(&[("theory", 30.0), ("practice", 90.0)], 70.0, Some(false), &oral);
    // practice is below 40 and no oral examination is held in it
    check(
        &[("theory", 90.0), ("practice", 39.0)],
        56.0,
        Some(false),
        &Needed::Impossible,
    );
    // practice is missing: (60 + 2 × practice) / 3 >= 50, practice >= 45
    let practice = |points| Needed::InParts {
        parts: ids(&["practice"]),
        points,
    };
    check(&[("theory", 60.0)], 20.0, None, &practice(45));
    // theory alone could be repaired orally, so it is open
    check(&[("theory", 20.0)], 6.7, None, &practice(100));
    // (2 × 9 + 100) / 3 = 39.3 is below 40
    check(&[("theory", 9.0)], 3.0, Some(false), &Needed::Impossible);
    let both = Needed::InParts {
        parts: ids(&["theory", "practice"]),
        points: 50,
    };
    check(&[], 0.0, None, &both);
}

#[test]
fn a_supplement_counts_by_its_weight() {
    let mut known = known(&[("theory", 30.0), ("practice", 90.0)]);
    known.supplement = Some((PartId::from("theory"), 60.0));
    let verdict = evaluate(&scheme(), &known);
    // (2 × 30 + 60) / 3 = 40; (40 + 180) / 3 = 73.3
    assert_eq!((verdict.total, verdict.passed), (73.3, Some(true)));
    assert_eq!(verdict.parts[0].points, Some(40.0));
    assert_eq!(verdict.parts[0].before_supplement, Some(30.0));
    assert_eq!(verdict.grade.as_deref(), Some("B"));
    known.supplement = Some((PartId::from("theory"), 59.0));
    let verdict = evaluate(&scheme(), &known);
    assert_eq!((verdict.passed, verdict.unmet), (Some(false), vec![1]));
    assert_eq!(
        verdict.needed,
        Needed::Impossible,
        "there is one oral examination"
    );
}

#[test]
fn halves_go_up_and_bands_begin_where_they_say() {
    let mut scheme = scheme();
    scheme.parts = vec![part("theory", 1), part("practice", 1)];
    scheme.supplement = None;
    scheme.pass = vec![Condition::Total { at_least: 50.0 }];
    let total = |decimals, one, other| {
        let scheme = Scheme {
            decimals,
            ..scheme.clone()
        };
        let verdict = evaluate(&scheme, &known(&[("theory", one), ("practice", other)]));
        (verdict.total, verdict.grade.unwrap())
    };
    assert_eq!(total(0, 79.0, 80.0), (80.0, "A".to_owned()));
    assert_eq!(total(2, 79.0, 80.0), (79.5, "B".to_owned()));
    assert_eq!(total(1, 49.9, 50.0), (50.0, "B".to_owned()));
    assert_eq!(total(2, 49.98, 50.0), (49.99, "C".to_owned()));
}

#[test]
fn a_scheme_is_checked() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Draft), expected: &[&str]) {
        let mut draft = draft();
        let section = |id: &str| Section {
            id: SectionId::from(id),
            title: Text::markdown("vi", id),
            introduction: Text::default(),
            shuffle: false,
            draws: Vec::new(),
            alternative: None,
            drops: 0,
        };
        draft.sections = vec![section("s")];
        for slot in &mut draft.slots {
            slot.placing.section = Some(SectionId::from("s"));
        }
        let mut scheme = scheme();
        scheme.parts[0].source = PartSource::Sections {
            sections: vec![SectionId::from("s")],
        };
        draft.scheme = Some(scheme);
        change(&mut draft);
        let keys: Vec<_> = check_draft(&draft).iter().map(DraftProblem::key).collect();
        assert_eq!(keys, expected);
    }
    let scheme_of = |change: fn(&mut Scheme)| move |draft: &mut Draft| change(draft.scheme.as_mut().unwrap());
    check(|_| {}, &[]);
    check(
        scheme_of(|scheme| scheme.parts[1].weight = 0),
        &["scheme-invalid"],
    );
    check(scheme_of(|scheme| scheme.key.reverse()), &["scheme-invalid"]);
    check(scheme_of(|scheme| scheme.decimals = 3), &["scheme-invalid"]);
    check(
        scheme_of(|scheme| scheme.supplement.as_mut().unwrap().parts = ids(&["drawing"])),
        &["scheme-invalid"],
    );
    check(
        scheme_of(|scheme| scheme.parts[1].id = PartId::from("theory")),
        &["scheme-invalid"],
    );
    check(
        |draft| draft.slots[0].placing.section = None,
        &["scheme-leaves-question-out"],
    );
    check(
        scheme_of(|scheme| {
            scheme.parts[1].source = PartSource::Sections {
                sections: vec![SectionId::from("t")],
            };
        }),
        &["scheme-section-unknown"],
    );
}

#[test]
fn markers_enter_points_after_the_end() {
    let mut log = crate::testing::Log::new();
    let mut scheme = scheme();
    scheme.parts[1].source = PartSource::Sections {
        sections: vec![SectionId::from("s")],
    };
    log.published.content.scheme = Some(scheme);
    let marker = WriterId::marker("p1");
    let enter = |log: &mut crate::testing::Log, part: &str, points, supplement| {
        let entered = PartPoints {
            part: PartId::from(part),
            points,
            supplement,
        };
        let state = log.state(&marker, 0);
        let now = crate::testing::time(700);
        let appended = append_part_points(&log.header, &log.published, &state, &marker, &entered, now)?;
        log.keep(&appended);
        Ok(())
    };
    assert_eq!(enter(&mut log, "theory", Some(80.0), false), Err(Code::EntryKind));
    let submit = log.next("tab", EntryKind::Submit, None, "");
    log.send(&submit, 10).unwrap();
    assert_eq!(
        enter(&mut log, "practice", Some(80.0), false),
        Err(Code::PartUnknown)
    );
    assert_eq!(
        enter(&mut log, "practice", Some(80.0), true),
        Err(Code::PartUnknown)
    );
    assert_eq!(
        enter(&mut log, "theory", Some(101.0), false),
        Err(Code::ResponseInvalid)
    );
    assert_eq!(enter(&mut log, "theory", Some(81.0), false), Ok(()));
    let outcome = log.outcome();
    assert_eq!((outcome.score, outcome.maximum), (27.0, 100.0));
    assert_eq!(enter(&mut log, "theory", None, false), Ok(()));
    assert_eq!(log.outcome().score, 0.0);
}
