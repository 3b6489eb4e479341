//! The promises of the outbox: one lease at a time, a share per registration,
//! and a changed grade is never lost under a delivery that was under way.

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;

use super::*;
use crate::{DatabaseUrl, jobs};

fn time(seconds: i64) -> Timestamp {
    DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::seconds(1_000_000 + seconds)
}

/// A database with the registrations "r" and "s", each with a column ("g-r", "g-s") and nine persons.
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
        "INSERT INTO organisations (id, name, built_in, created_at) VALUES ('o', 'O', 0, '2026-01-01 00:00:00');",
    )
    .unwrap();
    for r in ["r", "s"] {
        c.batch_execute(&format!(
            "INSERT INTO registrations (id, organisation_id, issuer, client_id, auth_login_url, token_url, jwks_url,
               product_family, platform_name, status, created_at, updated_at) VALUES
               ('{r}', 'o', 'https://m', '{r}', '', '', '', '', '', 'active', '2026-01-01', '2026-01-01');
             INSERT INTO deployments (id, registration_id, platform_id, status, created_at)
               VALUES ('d-{r}', '{r}', '1', 'active', '2026-01-01 00:00:00');
             INSERT INTO contexts (id, deployment_id, platform_id, label, title, ags_scopes, created_at, seen_at)
               VALUES ('c-{r}', 'd-{r}', '1', '', '', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
             INSERT INTO grade_columns (id, context_id, resource_id, label, score_maximum, origin, created_at, updated_at)
               VALUES ('g-{r}', 'c-{r}', 'a', '', 10, 'link', '2026-01-01 00:00:00', '2026-01-01 00:00:00');"
        ))
        .unwrap();
        for n in 1..=9 {
            c.batch_execute(&format!(
                "INSERT INTO persons (id, created_at) VALUES ('{r}{n}', '2026-01-01 00:00:00');
                 INSERT INTO identities (id, person_id, kind, registration_id, subject, created_at, seen_at) VALUES
                   ('i-{r}{n}', '{r}{n}', 'platform', '{r}', '{n}', '2026-01-01 00:00:00', '2026-01-01 00:00:00');"
            ))
            .unwrap();
        }
    }
    (folder, connection)
}

fn row(registration: &str, n: i64, due: i64) -> GradeDelivery {
    GradeDelivery {
        id: format!("x-{registration}{n}"),
        grade_column_id: format!("g-{registration}"),
        person_id: format!("{registration}{n}"),
        identity_id: format!("i-{registration}{n}"),
        registration_id: registration.to_owned(),
        score: 8.5,
        maximum: 10.0,
        comment: "17/20".to_owned(),
        started_at: None,
        submitted_at: None,
        revision: 1,
        state: state::WAITING.to_owned(),
        due_at: time(due),
        first_due_at: time(due),
        tries: 0,
        lease: None,
        leased_until: None,
        stamp: None,
        sent_fractions: "[]".to_owned(),
        sent_revision: None,
        delivered_at: None,
        problem_code: None,
        problem_detail: None,
        platform_score: None,
        platform_maximum: None,
        overwrite: false,
        pressed_at: None,
        created_at: time(0),
        emptied_at: None,
    }
}

fn settlement(state: &str, at: i64) -> Settlement {
    Settlement {
        state: state.to_owned(),
        due_at: time(at),
        tries: 0,
        stamp: Some(time(at)),
        sent_fractions: "[0.85]".to_owned(),
        sent_revision: Some(1),
        delivered_at: Some(time(at)),
        problem_code: None,
        problem_detail: None,
        platform_score: None,
        platform_maximum: None,
        overwrite: false,
    }
}

fn ids(rows: &[GradeDelivery]) -> Vec<&str> {
    let mut ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn each_registration_has_a_share_of_its_own() {
    let (_folder, mut connection) = database();
    let c = &mut connection;
    for n in 1..=9 {
        insert(c, &row("r", n, 10 - n)).unwrap();
    }
    insert(c, &row("s", 1, 9)).unwrap();
    assert!(due_registrations(c, time(0)).unwrap().is_empty());
    assert_eq!(due_registrations(c, time(9)).unwrap(), ["r", "s"]);

    let first = claim(c, "r", 4, "one", time(9), time(69)).unwrap();
    assert_eq!(
        ids(&first),
        ["x-r6", "x-r7", "x-r8", "x-r9"],
        "the longest due first"
    );
    assert!(
        claim(c, "r", 4, "two", time(10), time(70)).unwrap().is_empty(),
        "the share is used up"
    );
    assert_eq!(
        ids(&claim(c, "s", 4, "two", time(10), time(70)).unwrap()),
        ["x-s1"]
    );

    assert!(settle(c, "x-r9", "one", 1, &settlement(state::DELIVERED, 11)).unwrap());
    assert_eq!(
        ids(&claim(c, "r", 4, "two", time(12), time(72)).unwrap()),
        ["x-r5"]
    );
    // The leases of "one" are over: its rows are anybody's again.
    assert_eq!(claim(c, "r", 4, "three", time(70), time(130)).unwrap().len(), 3);
    assert!(
        !settle(c, "x-r8", "one", 1, &settlement(state::DELIVERED, 71)).unwrap(),
        "not ours any more"
    );
}

#[test]
fn a_disabled_registration_sends_nothing() {
    let (_folder, mut connection) = database();
    let c = &mut connection;
    insert(c, &row("r", 1, 0)).unwrap();
    crate::registrations::set_status(c, "o", "r", "disabled", time(1)).unwrap();
    assert!(due_registrations(c, time(2)).unwrap().is_empty());
}

#[test]
fn a_grade_that_changed_under_way_is_due_again() {
    let (_folder, mut connection) = database();
    let c = &mut connection;
    insert(c, &row("r", 1, 0)).unwrap();
    claim(c, "r", 4, "one", time(0), time(60)).unwrap();
    assert!(begin(c, "x-r1", "one", time(0), "[0.85]").unwrap());
    assert!(!begin(c, "x-r1", "two", time(0), "[]").unwrap());
    let better = Desired {
        score: 10.0,
        maximum: 10.0,
        comment: "20/20".to_owned(),
        started_at: None,
        submitted_at: Some(time(1)),
    };
    change(c, "g-r", "r1", &better, state::WAITING, time(1), time(1)).unwrap();
    assert!(settle(c, "x-r1", "one", 1, &settlement(state::DELIVERED, 2)).unwrap());
    let found = find(c, "g-r", "r1").unwrap().unwrap();
    assert_eq!(
        (found.state.as_str(), found.revision, found.score),
        (state::WAITING, 2, 10.0)
    );
    assert_eq!(
        (found.lease, found.stamp, found.sent_revision),
        (None, Some(time(2)), Some(1))
    );
    assert_eq!(claim(c, "r", 4, "two", time(2), time(62)).unwrap().len(), 1);
}

#[test]
fn rows_follow_their_column() {
    #[track_caller]
    fn check(c: &mut Connection, n: i64, expected: &str) {
        assert_eq!(find(c, "g-r", &format!("r{n}")).unwrap().unwrap().state, expected);
    }
    let (_folder, mut connection) = database();
    let c = &mut connection;
    insert(c, &row("r", 1, 0)).unwrap();
    let delivered = GradeDelivery {
        state: state::DELIVERED.to_owned(),
        ..row("r", 2, 0)
    };
    insert(c, &delivered).unwrap();
    column_lost(c, "g-r").unwrap();
    check(c, 1, state::NO_COLUMN);
    check(c, 2, state::DELIVERED);
    assert!(
        !send_again(c, "g-r", "r1", false, time(1), time(1)).unwrap(),
        "there is nowhere to send it"
    );
    column_moved(c, "g-r", time(5)).unwrap();
    check(c, 1, state::WAITING);
    check(c, 2, state::WAITING);
}

#[test]
fn a_pause_and_its_end() {
    let (_folder, mut connection) = database();
    let c = &mut connection;
    insert(c, &row("r", 1, 0)).unwrap();
    let failed = GradeDelivery {
        problem_code: Some("unreachable".to_owned()),
        due_at: time(500),
        ..row("r", 2, 0)
    };
    insert(c, &failed).unwrap();
    pause(c, "r", time(100)).unwrap();
    pause(c, "r", time(50)).unwrap();
    insert(c, &row("r", 3, 60)).unwrap();
    assert!(due_registrations(c, time(99)).unwrap().is_empty());
    assert!(claim(c, "r", 4, "early", time(99), time(159)).unwrap().is_empty());
    assert_eq!(due_registrations(c, time(100)).unwrap(), ["r"]);
    assert_eq!(hasten(c, "r", "unreachable", time(200)).unwrap(), 1);
    assert_eq!(claim(c, "r", 4, "one", time(200), time(260)).unwrap().len(), 3);
}

#[test]
fn a_job_is_done_once() {
    let (_folder, mut connection) = database();
    let c = &mut connection;
    assert!(jobs::enqueue(c, "c-r", jobs::ROSTER, "j1", time(0)).unwrap());
    assert!(!jobs::enqueue(c, "c-r", jobs::ROSTER, "j2", time(0)).unwrap());
    assert!(jobs::is_due(c, jobs::ROSTER, time(0)).unwrap());
    assert_eq!(
        jobs::claim(c, jobs::ROSTER, 2, "one", time(0), time(60))
            .unwrap()
            .len(),
        1
    );
    assert!(
        jobs::claim(c, jobs::ROSTER, 2, "two", time(1), time(61))
            .unwrap()
            .is_empty()
    );
    assert!(!jobs::claim_subject(c, "c-r", jobs::ROSTER, "two", time(1), time(61)).unwrap());
    assert!(jobs::retry(c, "c-r", jobs::ROSTER, "one", time(30), "unreachable").unwrap());
    assert!(!jobs::is_due(c, jobs::ROSTER, time(29)).unwrap());
    assert!(jobs::claim_subject(c, "c-r", jobs::ROSTER, "two", time(30), time(90)).unwrap());
    assert!(!jobs::finish(c, "c-r", jobs::ROSTER, "one").unwrap());
    assert!(jobs::finish(c, "c-r", jobs::ROSTER, "two").unwrap());
    assert!(jobs::claim_subject(c, "c-r", jobs::COLUMN, "three", time(30), time(90)).unwrap());
}
