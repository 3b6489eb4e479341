//! Each way in which an entry is taken, acknowledged again or refused.

use chrono::TimeDelta;

use crate::testing::{Log, time};
use crate::*;

const B: &str = r#"{"choice":["b"]}"#;
const A: &str = r#"{"choice":["a"]}"#;

fn log_with_one_answer() -> Log {
    let mut log = Log::new();
    log.answer("tab-1", "q1", A, 10).unwrap();
    log
}

/// Sends tab-1's second entry after changing it.
fn check(change: impl FnOnce(&mut Incoming), expected: Code) {
    let mut log = log_with_one_answer();
    let mut incoming = log.next("tab-1", EntryKind::Answer, Some("q1"), B);
    change(&mut incoming);
    assert_eq!(log.send(&incoming, 20), Err(expected), "{incoming:?}");
    assert_eq!(log.entries.len(), 1);
}

#[test]
fn an_answer_is_taken_with_position_hash_and_lease() {
    let log = log_with_one_answer();
    let entry = &log.entries[0];
    assert_eq!((entry.position, entry.number, entry.previous_hash), (1, 1, None));
    assert_eq!((entry.hash, entry.received_at), (entry_hash(entry), time(10)));
    let lease = log.lease.unwrap();
    assert_eq!(lease.writer.as_str(), "tab-1");
    assert_eq!(lease.expires_at, time(10 + Lease::HOLDS_SECONDS));
}

#[test]
fn saving_twice_changes_nothing() {
    let mut log = log_with_one_answer();
    let mut again = log.next("tab-1", EntryKind::Answer, Some("q1"), A);
    again.number = 1;
    again.device_at = Some(time(5));
    let appended = log.send(&again, 20).unwrap();
    let saved = Box::new(log.entries[0].clone());
    assert_eq!(appended, Appended::AlreadySaved { entry: saved });
    log.header.state = AttemptState::Submitted;
    assert!(log.send(&again, 9_999).is_ok(), "also after the end");
}

#[test]
fn another_payload_under_a_saved_number_is_a_conflict() {
    check(|entry| entry.number = 1, Code::EntryConflict);
}

#[test]
fn numbers_and_hashes_must_follow() {
    check(|entry| entry.number = 3, Code::EntryGap);
    check(|entry| entry.number = 0, Code::EntryGap);
    check(|entry| entry.number = -1, Code::EntryGap);
    check(|entry| entry.previous_hash = None, Code::Chain);
    let foreign = EntryHash::from_hex(&"0".repeat(64));
    check(|entry| entry.previous_hash = foreign, Code::Chain);
    check(|entry| entry.hash = foreign, Code::Chain);
}

#[test]
fn a_page_may_send_the_right_hash() {
    let mut log = Log::new();
    let mut first = log.next("tab-1", EntryKind::Answer, Some("q1"), A);
    first.device_at = Some(time(9) + TimeDelta::microseconds(1_234));
    first.elapsed_ms = Some(17);
    log.send(&first, 10).unwrap();
    assert_eq!(
        log.entries[0].device_at,
        Some(time(9) + TimeDelta::milliseconds(1))
    );
    first.hash = Some(log.entries[0].hash);
    assert!(Log::new().send(&first, 10).is_ok());
}

#[test]
fn what_does_not_fit_the_assessment_is_refused() {
    let slot = |slot: &str| Some(SlotId::from(slot));
    check(|entry| entry.slot = slot("q9"), Code::SlotUnknown);
    check(|entry| entry.slot = None, Code::ResponseInvalid);
    check(
        |entry| entry.payload = r#"{"choice":["z"]}"#.to_owned(),
        Code::ResponseInvalid,
    );
    check(
        |entry| entry.payload = r#"{"choice":["a","b"]}"#.to_owned(),
        Code::ResponseInvalid,
    );
    check(
        |entry| entry.payload = "not JSON".to_owned(),
        Code::ResponseInvalid,
    );
    check(|entry| entry.kind = EntryKind::Flag, Code::ResponseInvalid);
    check(|entry| entry.kind = EntryKind::Submit, Code::ResponseInvalid);
    check(|entry| entry.kind = EntryKind::Reopen, Code::EntryKind);
    check(|entry| entry.kind = EntryKind::MarkerDecision, Code::EntryKind);
    check(|entry| entry.kind = EntryKind::DeadlineSubmit, Code::EntryKind);
    check(|entry| entry.writer = WriterId::server(), Code::Writer);
    check(|entry| entry.writer = WriterId::from("ký tự"), Code::Writer);
    check(|entry| entry.payload = "x".repeat(1_000_000), Code::TooLarge);
    check(|entry| entry.slot = slot(&"q".repeat(65)), Code::TooLarge);
    for year in ["-262000", "1969", "+10000"] {
        let time = format!("{year}-12-31T23:59:59Z").parse().unwrap();
        check(|entry| entry.device_at = Some(time), Code::TooLarge);
    }
}

#[test]
fn a_full_log_takes_only_the_submission() {
    let mut log = log_with_one_answer();
    log.entries[0].position = limits::ENTRIES;
    assert_eq!(log.answer("tab-1", "q1", B, 20), Err(Code::TooLarge));
    let submit = log.next("tab-1", EntryKind::Submit, None, "");
    assert!(log.send(&submit, 20).is_ok());
}

#[test]
fn nothing_is_taken_after_submission() {
    let mut log = log_with_one_answer();
    let submit = log.next("tab-1", EntryKind::Submit, None, "");
    log.send(&submit, 20).unwrap();
    assert_eq!(log.header.state, AttemptState::Submitted);
    assert_eq!(log.answer("tab-1", "q1", B, 21), Err(Code::Closed));
}

fn check_late(device_at: Option<i64>, grace: i64, now: i64, expected: Option<Code>) {
    let log = Log::new();
    let mut incoming = log.next("tab-1", EntryKind::Answer, Some("q1"), A);
    incoming.device_at = device_at.map(time);
    let state = log.state(&incoming.writer, 1);
    let grace = TimeDelta::seconds(grace);
    let appended = append(&log.header, &log.published, &state, &incoming, grace, time(now));
    assert_eq!(appended.err(), expected, "{device_at:?} {grace} {now}");
}

#[test]
fn the_servers_clock_ends_the_attempt() {
    check_late(Some(600), 0, 600, None);
    check_late(Some(601), 0, 601, Some(Code::TimeOver));
    check_late(None, 0, 601, Some(Code::TimeOver));
    check_late(Some(599), 0, 601, Some(Code::ArrivedLate));
    check_late(Some(599), 5, 605, None);
    check_late(Some(599), 5, 606, Some(Code::ArrivedLate));
    check_late(Some(9_999), 0, 500, None);
}

#[test]
fn another_tab_waits_or_asks() {
    let mut log = log_with_one_answer();
    assert_eq!(log.answer("tab-2", "q1", B, 20), Err(Code::Writer));
    let mut asking = log.next("tab-2", EntryKind::Answer, Some("q1"), B);
    asking.take_over = true;
    log.send(&asking, 20).unwrap();
    assert_eq!(log.answer("tab-1", "q1", A, 21), Err(Code::Writer));
    let much_later = 20 + 3 * Lease::HOLDS_SECONDS;
    assert_eq!(
        log.answer("tab-1", "q1", A, much_later),
        Err(Code::Writer),
        "overtaken"
    );
    log.answer("tab-3", "q2", B, much_later).unwrap();
    assert_eq!(verify_chain(&log.entries), Ok(()));
}

#[test]
fn a_form_goes_on_where_its_writer_stopped() {
    let mut log = log_with_one_answer();
    let writer = WriterId::from("form-1");
    for expected in 1..=2 {
        let state = log.state(&writer, 0);
        let slot = SlotId::from("q1");
        let incoming = entry_from_form(&state, &writer, EntryKind::Answer, Some(&slot), B);
        assert_eq!(incoming.number, expected);
        log.send(&incoming, 20).unwrap();
    }
    assert_eq!(verify_chain(&log.entries), Ok(()));
}

#[test]
fn the_server_submits_once_and_can_reopen() {
    let mut log = log_with_one_answer();
    let by_server = |log: &mut Log, kind| {
        let state = log.state(&WriterId::server(), 0);
        let appended = append_by_server(&log.header, &state, kind, None, "", time(700));
        appended
            .inspect(|appended| log.keep(appended))
            .map(|_| log.header.state)
    };
    let (open, submitted) = (AttemptState::Open, AttemptState::Submitted);
    assert_eq!(by_server(&mut log, EntryKind::Answer), Err(Code::EntryKind));
    assert_eq!(by_server(&mut log, EntryKind::DeadlineSubmit), Ok(submitted));
    assert_eq!(by_server(&mut log, EntryKind::DeadlineSubmit), Err(Code::Closed));
    assert_eq!(by_server(&mut log, EntryKind::Reopen), Ok(open));
    assert_eq!(verify_chain(&log.entries), Ok(()));
}
