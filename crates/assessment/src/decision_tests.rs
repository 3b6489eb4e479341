use super::*;
use crate::append::append_by_marker;
use crate::testing::{Log, time};
use crate::{Code, MarkingPolicy, SlotOverride, replay};

const OPEN: Stance = Stance::Open;
const BLIND: Stance = Stance::Blind;

fn decision(fraction: f64, stance: Stance) -> Decision {
    Decision {
        fraction,
        comment: String::new(),
        stance,
    }
}

/// A submitted attempt; q3 (1 point) was answered right.
fn submitted() -> Log {
    let mut log = Log::new();
    log.answer("tab-1", "q3", r#"{"choice":["true"]}"#, 10).unwrap();
    let submit = log.next("tab-1", EntryKind::Submit, None, "");
    log.send(&submit, 11).unwrap();
    log
}

fn decide(log: &mut Log, who: &str, fraction: f64, stance: Stance) {
    let writer = WriterId::marker(who);
    let appended = append_by_marker(
        &log.header,
        &log.published,
        &log.state(&writer, 0),
        &writer,
        &SlotId::from("q3"),
        &decision(fraction, stance),
        time(20),
    );
    log.keep(&appended.unwrap());
}

fn points(log: &Log) -> (f64, bool, Option<f64>) {
    let outcome = log.outcome();
    let slot = &outcome.slots[2];
    (slot.points, slot.needs_marker, slot.apart)
}

#[track_caller]
fn check(steps: &[(&str, f64, Stance)], expected: (f64, bool, Option<f64>)) {
    let mut log = submitted();
    for (who, fraction, stance) in steps {
        decide(&mut log, who, *fraction, *stance);
    }
    let (points_given, waits, apart) = points(&log);
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let apart_fits = match (apart, expected.2) {
        (Some(found), Some(wanted)) => same(found, wanted),
        (found, wanted) => found == wanted,
    };
    assert!(
        same(points_given, expected.0) && waits == expected.1 && apart_fits,
        "{steps:?}: {points_given} {waits} {apart:?}"
    );
    let chain = crate::verify_chain(&log.entries);
    assert!(chain.is_ok(), "{chain:?}");
}

#[test]
fn several_decisions_become_one_mark() {
    check(&[], (1.0, false, None));
    check(&[("an", 0.5, OPEN)], (0.5, false, None));
    check(&[("an", 0.5, OPEN), ("binh", 0.75, OPEN)], (0.75, false, None));
    // blind and near: the mean
    check(&[("an", 0.5, OPEN), ("binh", 0.6, BLIND)], (0.55, false, None));
    check(&[("an", 0.5, BLIND), ("binh", 0.6, BLIND)], (0.55, false, None));
    // blind and apart: the first until it is settled
    check(&[("an", 0.8, OPEN), ("binh", 0.5, BLIND)], (0.8, true, Some(0.3)));
    check(
        &[("an", 0.8, BLIND), ("binh", 0.5, BLIND), ("chi", 0.6, OPEN)],
        (0.6, false, None),
    );
    // one marker's last blind decision stands
    check(
        &[("an", 0.8, BLIND), ("binh", 0.2, BLIND), ("binh", 0.8, BLIND)],
        (0.8, false, None),
    );
    check(&[("an", 0.5, OPEN), ("an", 0.6, BLIND)], (0.6, false, None));
    check(
        &[("an", 0.5, OPEN), ("binh", 0.0, Stance::Crossed)],
        (0.5, false, None),
    );
    check(
        &[("an", 0.5, OPEN), ("binh", 0.0, Stance::Released)],
        (1.0, false, None),
    );
}

#[test]
fn a_crossing_is_open_until_its_marker_decides_again() {
    let mut log = submitted();
    let binh = WriterId::marker("binh");
    let of_q3 = |log: &Log| {
        decisions(&log.entries)
            .remove(&SlotId::from("q3"))
            .unwrap_or_default()
    };
    assert!(!of_q3(&log).is_overtaken(0, &binh));
    decide(&mut log, "an", 0.5, OPEN);
    let seen = of_q3(&log).last_position();
    assert!(of_q3(&log).is_overtaken(0, &binh) && !of_q3(&log).is_overtaken(seen, &binh));
    assert!(!of_q3(&log).is_overtaken(0, &WriterId::marker("an")));
    decide(&mut log, "binh", 1.0, Stance::Crossed);
    assert_eq!(of_q3(&log).crossed_by(&binh).unwrap().decision.fraction, 1.0);
    assert!(!of_q3(&log).is_overtaken(seen, &WriterId::marker("an")));
    decide(&mut log, "binh", 0.5, OPEN);
    assert!(of_q3(&log).crossed_by(&binh).is_none());
    assert_eq!(of_q3(&log).all.len(), 3);
    assert_eq!(binh.as_marker(), Some("binh"));
}

#[test]
fn payloads_of_before_read_as_open_decisions() {
    let old = Decision::read(r#"{"fraction":0.25}"#).unwrap();
    assert_eq!(old, decision(0.25, OPEN));
    assert_eq!(old.payload(), r#"{"fraction":0.25}"#);
    for odd in [
        "",
        "{}",
        r#"{"fraction":2}"#,
        r#"{"fraction":"1"}"#,
        r#"{"fraction":1,"stance":"x"}"#,
    ] {
        assert_eq!(Decision::read(odd), None, "{odd}");
    }
    let full = Decision {
        comment: "Tốt, nhưng thiếu đơn vị.".to_owned(),
        ..decision(0.5, BLIND)
    };
    assert_eq!(Decision::read(&full.payload()), Some(full));
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let log = submitted();
    let an = WriterId::marker("an");
    let check = |slot: &str, fraction: f64, open: bool, expected: Code| {
        let mut header = log.header.clone();
        if open {
            header.state = crate::AttemptState::Open;
        }
        let state = log.state(&an, 0);
        let (slot, decision) = (SlotId::from(slot), decision(fraction, OPEN));
        let refused = append_by_marker(&header, &log.published, &state, &an, &slot, &decision, time(20));
        assert_eq!(refused, Err(expected), "{slot} {fraction}");
    };
    check("q9", 1.0, false, Code::SlotUnknown);
    check("q3", 1.5, false, Code::ResponseInvalid);
    check("q3", f64::NAN, false, Code::ResponseInvalid);
    check("q3", 1.0, true, Code::EntryKind);
}

#[test]
fn no_page_writes_as_a_marker() {
    let mut log = Log::new();
    let forged = log.answer("marker:an", "q3", r#"{"choice":["true"]}"#, 10);
    assert_eq!(forged, Err(Code::Writer));
}

#[test]
fn decisions_outlive_a_regrade_and_another_answer_ends_them() {
    let mut log = submitted();
    decide(&mut log, "an", 0.5, OPEN);
    let under = |how: SlotOverride| {
        let mut policy = MarkingPolicy::default();
        policy.slots.insert(SlotId::from("q3"), how);
        let outcome = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
        (outcome.slots[2].points, outcome.slots[2].maximum)
    };
    assert_eq!(under(SlotOverride::Drop), (0.0, 0.0));
    assert_eq!(under(SlotOverride::FullMarks), (1.0, 1.0));
    let mut policy = MarkingPolicy::default();
    policy.points.insert(SlotId::from("q3"), 4.0);
    let outcome = replay(&log.published, &log.header, &log.entries, &policy).unwrap();
    assert_eq!(outcome.slots[2].points, 2.0);
    let state = log.state(&WriterId::server(), 0);
    let reopened =
        crate::append_by_server(&log.header, &state, EntryKind::Reopen, None, "", time(30)).unwrap();
    log.keep(&reopened);
    assert_eq!(points(&log).0, 0.5);
    log.answer("tab-2", "q3", r#"{"choice":["true"]}"#, 600).unwrap();
    assert_eq!(points(&log).0, 1.0);
}
