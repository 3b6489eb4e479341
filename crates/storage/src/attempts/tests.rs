//! The promises of the log's storage: positions, first come first served, leases.

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;

use super::*;
use crate::{DatabaseUrl, Error};

fn time(seconds: i64) -> Timestamp {
    DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::seconds(1_000_000 + seconds)
}

/// A database with one placement "p" in the context "c" and the persons "an" and "binh".
fn database() -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.sqlite3");
    let url: DatabaseUrl = format!("sqlite://{}", path.display()).parse().unwrap();
    crate::migrate(&url).unwrap();
    let mut connection = Connection::establish(&url).unwrap();
    let Connection::Sqlite(c) = &mut connection else {
        panic!("this is SQLite");
    };
    c.batch_execute(
        "INSERT INTO organisations (id, name, built_in, created_at) VALUES ('o', 'O', 0, '2026-01-01 00:00:00');
         INSERT INTO registrations (id, organisation_id, issuer, client_id, auth_login_url, token_url, jwks_url,
           product_family, platform_name, status, created_at, updated_at)
           VALUES ('r', 'o', 'https://m', 'k', '', '', '', '', '', 'active', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
         INSERT INTO deployments (id, registration_id, platform_id, status, created_at)
           VALUES ('d', 'r', '1', 'active', '2026-01-01 00:00:00');
         INSERT INTO contexts (id, deployment_id, platform_id, label, title, ags_scopes, created_at, seen_at)
           VALUES ('c', 'd', '1', '', '', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
         INSERT INTO persons (id, created_at) VALUES ('an', '2026-01-01 00:00:00'), ('binh', '2026-01-01 00:00:00');
         INSERT INTO identities (id, person_id, kind, registration_id, subject, created_at, seen_at) VALUES
           ('i-an', 'an', 'platform', 'r', '1', '2026-01-01 00:00:00', '2026-01-01 00:00:00'),
           ('i-binh', 'binh', 'platform', 'r', '2', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
         INSERT INTO assessments (id, organisation_id, visibility, title, search_text, draft, draft_revision, created_at, updated_at)
           VALUES ('a', 'o', 'private', '', '', '', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
         INSERT INTO assessment_versions (id, assessment_id, number, content, created_at)
           VALUES ('v', 'a', 1, '{}', '2026-01-01 00:00:00');
         INSERT INTO marking_policies (id, assessment_id, number, content, created_at) VALUES
           ('m1', 'a', 1, '{}', '2026-01-01 00:00:00'), ('m2', 'a', 2, '{}', '2026-01-01 00:00:00');
         INSERT INTO grade_columns (id, context_id, resource_id, label, score_maximum, origin, created_at, updated_at)
           VALUES ('g', 'c', 'a', '', 10, 'none', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
         INSERT INTO placements (id, context_id, assessment_id, grade_column_id, weight, created_at)
           VALUES ('p', 'c', 'a', 'g', 1, '2026-01-01 00:00:00');",
    )
    .unwrap();
    (folder, connection)
}

fn attempt(id: &str, person_id: &str, number: i64, due_at: Option<Timestamp>) -> Attempt {
    Attempt {
        id: id.to_owned(),
        placement_id: "p".to_owned(),
        person_id: person_id.to_owned(),
        identity_id: format!("i-{person_id}"),
        number,
        assessment_version_id: "v".to_owned(),
        seed: 7,
        language: "vi".to_owned(),
        state: "open".to_owned(),
        started_at: time(0),
        due_at,
        submitted_at: None,
        ended_by: None,
        last_position: 0,
        submit_until: due_at,
        break_ends_at: None,
    }
}

fn entry(position: i64, writer: &str, number: i64) -> Entry {
    Entry {
        attempt_id: "x".to_owned(),
        position,
        writer: writer.to_owned(),
        number,
        kind: "answer".to_owned(),
        slot: Some("q1".to_owned()),
        payload: r#"{"choice":["b"]}"#.to_owned(),
        device_at: Some(time(1)),
        elapsed_ms: Some(5_120),
        previous_hash: String::new(),
        hash: "00".to_owned(),
        received_at: time(2),
    }
}

fn writer(name: &str, leased_until: Timestamp) -> Writer {
    Writer {
        attempt_id: "x".to_owned(),
        writer: name.to_owned(),
        session_id: None,
        last_number: 1,
        last_hash: "00".to_owned(),
        leased_until,
    }
}

#[test]
fn an_attempt_is_found_in_its_context_and_written_by_its_person_only() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    let (_, placement, column) = find(&mut c, "c", "x").unwrap().unwrap();
    assert_eq!((placement.id.as_str(), column.id.as_str()), ("p", "g"));
    assert!(find(&mut c, "another", "x").unwrap().is_none());
    assert!(reserve(&mut c, "binh", "x", 1).unwrap().is_none());
    assert_eq!(reserve(&mut c, "an", "x", 1).unwrap().unwrap().last_position, 1);
}

#[test]
fn a_second_attempt_of_one_number_collides() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    insert(&mut c, &attempt("y", "binh", 1, None)).unwrap();
    let again = insert(&mut c, &attempt("z", "an", 1, None));
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    assert_eq!(list(&mut c, "an", "p").unwrap().len(), 1);
}

#[test]
fn positions_follow_each_other_and_a_closed_attempt_gives_none() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    assert_eq!(reserve(&mut c, "an", "x", 3).unwrap().unwrap().last_position, 3);
    set_last_position(&mut c, "x", 2).unwrap();
    assert_eq!(reserve_if_open(&mut c, "x").unwrap().unwrap().last_position, 3);
    close(&mut c, "x", time(9), "student").unwrap();
    assert!(reserve_if_open(&mut c, "x").unwrap().is_none());
    let closed = &list(&mut c, "an", "p").unwrap()[0];
    assert_eq!(
        (
            closed.state.as_str(),
            closed.ended_by.as_deref(),
            closed.submitted_at
        ),
        ("submitted", Some("student"), Some(time(9)))
    );
}

#[test]
fn a_log_comes_back_as_it_was_written_and_takes_no_number_twice() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    let lines = [entry(1, "tab", 1), entry(2, "tab", 2)];
    insert_entries(&mut c, &lines).unwrap();
    assert_eq!(list_entries(&mut c, "x").unwrap(), lines);
    assert_eq!(
        find_entry(&mut c, "x", "tab", 2).unwrap().as_ref(),
        Some(&lines[1])
    );
    assert_eq!(find_entry(&mut c, "x", "other", 2).unwrap(), None);
    for twice in [entry(3, "tab", 2), entry(2, "tab", 3)] {
        let refused = insert_entries(&mut c, &[twice]);
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    }
}

#[test]
fn the_latest_lease_is_the_one_that_holds() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    for (name, until) in [("first", 10), ("second", 30), ("third", 20)] {
        upsert_writer(&mut c, &writer(name, time(until))).unwrap();
    }
    let check = |c: &mut Connection, asked: &str, expected: &[&str]| {
        let mut names: Vec<String> = find_writers(c, "x", asked)
            .unwrap()
            .into_iter()
            .map(|w| w.writer)
            .collect();
        names.sort();
        assert_eq!(names, expected, "{asked}");
    };
    check(&mut c, "first", &["first", "second"]);
    check(&mut c, "second", &["second"]);
    check(&mut c, "new", &["second"]);
    end_other_leases(&mut c, "x", "third", time(15)).unwrap();
    check(&mut c, "new", &["third"]);
}

#[test]
fn what_is_due_comes_in_order_and_once() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("later", "an", 1, Some(time(20)))).unwrap();
    insert(&mut c, &attempt("b", "binh", 1, Some(time(10)))).unwrap();
    insert(&mut c, &attempt("a", "an", 2, Some(time(10)))).unwrap();
    insert(&mut c, &attempt("untimed", "an", 3, None)).unwrap();
    insert(&mut c, &attempt("done", "an", 4, Some(time(5)))).unwrap();
    close(&mut c, "done", time(5), "deadline").unwrap();
    let check = |c: &mut Connection, before: i64, after: Option<&Due>, expected: &[&str]| {
        let ids: Vec<String> = list_due(c, time(before), after, 10)
            .unwrap()
            .into_iter()
            .map(|due| due.1)
            .collect();
        assert_eq!(ids, expected, "{before} {after:?}");
    };
    check(&mut c, 10, None, &[]);
    check(&mut c, 11, None, &["a", "b"]);
    check(&mut c, 21, None, &["a", "b", "later"]);
    check(&mut c, 21, Some(&(time(10), "a".to_owned())), &["b", "later"]);
}

#[test]
fn the_newest_policy_gives_the_mark() {
    let (_folder, mut c) = database();
    insert(&mut c, &attempt("x", "an", 1, None)).unwrap();
    insert(&mut c, &attempt("y", "an", 2, None)).unwrap();
    for (policy, score) in [("m2", 7.0), ("m1", 3.0), ("m2", 8.0)] {
        let outcome = Outcome {
            attempt_id: "x".to_owned(),
            marking_policy_id: policy.to_owned(),
            score,
            maximum: 10.0,
            content: "{}".to_owned(),
            created_at: time(1),
        };
        upsert_outcome(&mut c, &outcome).unwrap();
    }
    assert_eq!(
        find_outcome(&mut c, "x").unwrap().map(|outcome| outcome.score),
        Some(8.0)
    );
    for marked in [
        list_marked(&mut c, "an", "p").unwrap(),
        list_marked_of_all(&mut c, "c", "p").unwrap(),
    ] {
        let scores: Vec<_> = marked
            .iter()
            .map(|m| m.outcome.as_ref().map(|o| o.score))
            .collect();
        assert_eq!(scores, [Some(8.0), None]);
    }
    assert!(list_marked_of_all(&mut c, "another", "p").unwrap().is_empty());
}
