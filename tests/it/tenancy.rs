//! Two organisations in one service: whatever of the one is asked for with a session of the other is not found, or is
//! nobody's session, and nothing changes. The matrix holds each route with each method that it answers; the routes come
//! from the router itself, so one that has no row here fails.

mod administration;
mod colleges;
mod course;
mod course_editor;
mod learner;
mod routes;
mod sending;
mod timing;

use std::collections::BTreeSet;

use reqwest::StatusCode;

use colleges::{COLLEGE_A_WORDS, Colleges, Desk};
use sending::{send, send_from};

/// The sessions of the other organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A student at an activity.
    Learner,
    /// A teacher at an activity that has a quiz.
    Instructor,
    /// A teacher at an activity that has none yet.
    Choosing,
    /// A teacher who was asked to pick by deep linking.
    DeepLinking,
    /// Signed in by the organisation's link.
    Administrator,
    /// A learner who came by the organisation's code.
    Account,
    /// A student at an activity that opens a course.
    Reader,
    /// An instructor there.
    ReadersTeacher,
    /// No cookie at all.
    Nobody,
}

use Kind::{Account, Administrator, Choosing, DeepLinking, Instructor, Learner, Reader, ReadersTeacher};

const KINDS: [Kind; 9] = [
    Learner,
    Instructor,
    Choosing,
    DeepLinking,
    Administrator,
    Account,
    Reader,
    ReadersTeacher,
    Kind::Nobody,
];
const TEACHERS: &[Kind] = &[Instructor, Choosing, DeepLinking, ReadersTeacher];

/// A route below `/s/{session}/`.
struct Row {
    method: &'static str,
    pattern: &'static str,
    /// Who may use it in their own organisation: these reach the id and must be told that it is not found.
    by: &'static [Kind],
    /// Fields of the form, of the query, or of the JSON that a PUT sends; `{person}` and the like stand for ids of A.
    fields: &'static [(&'static str, &'static str)],
}

const fn row(
    method: &'static str,
    pattern: &'static str,
    by: &'static [Kind],
    fields: &'static [(&'static str, &'static str)],
) -> Row {
    Row {
        method,
        pattern,
        by,
        fields,
    }
}

const ANSWERS: &[(&str, &str)] = &[("was/s1", ""), ("answer/s1", "o1"), ("was-flag/s1", "")];
const ENTRIES: &[(&str, &str)] = &[("writer", "\"tab\""), ("take_over", "false"), ("entries", "[]")];
const EDITED: &[(&str, &str)] = &[
    ("revision", "1"),
    ("in", "vi"),
    ("title", "Của chúng tôi"),
    ("do", "save"),
];

const DECISION: &[(&str, &str)] = &[("share", "1"), ("seen", "0"), ("then", "stay")];

const MODULE: &[(&str, &str)] = &[
    ("label", "Của chúng tôi"),
    ("maximum", "10"),
    ("rounding", "tenths"),
    ("unfinished", "left-out"),
    ("do", "save"),
];

/// In an order in which college A itself can do all of it, one after the other.
const MATRIX: &[Row] = &[
    row("GET", "/s/{session}/", &[Learner, Instructor, Account], &[]),
    row("GET", "/s/{session}/competencies", &[Learner], &[]),
    row("POST", "/s/{session}/language", &[Learner], &[("language", "de")]),
    row("GET", "/s/{session}/attempts/{attempt}", &[Learner], &[]),
    row("GET", "/s/{session}/attempts/{attempt}/confirm", &[Learner], &[]),
    row(
        "PUT",
        "/s/{session}/attempts/{attempt}/entries",
        &[Learner],
        ENTRIES,
    ),
    row(
        "POST",
        "/s/{session}/attempts/{attempt}/answers",
        &[Learner],
        ANSWERS,
    ),
    row(
        "POST",
        "/s/{session}/attempts/{attempt}/files/{slot}",
        &[Learner],
        &[],
    ),
    row("GET", "/s/{session}/media/{file}", &[Learner, Instructor], &[]),
    row("POST", "/s/{session}/attempts/{attempt}/submit", &[Learner], &[]),
    row(
        "POST",
        "/s/{session}/attempts/{attempt}/parts",
        TEACHERS,
        &[("part/p", "50")],
    ),
    row("POST", "/s/{session}/attempts", &[Learner], &[]),
    row("POST", "/s/{session}/grade/send-again", &[Learner], &[]),
    row("GET", "/s/{session}/gradebook", &[Instructor], &[]),
    row("GET", "/s/{session}/gradebook.csv", &[Instructor], &[]),
    row("GET", "/s/{session}/gradebook/statistics", &[Instructor], &[]),
    row("POST", "/s/{session}/gradebook/column", &[Instructor], &[]),
    row("POST", "/s/{session}/gradebook/roster", &[Instructor], &[]),
    row(
        "POST",
        "/s/{session}/gradebook/send-again",
        &[Instructor],
        &[("person", "{person}")],
    ),
    row(
        "POST",
        "/s/{session}/gradebook/overwrite",
        &[Instructor],
        &[("person", "{person}")],
    ),
    row("GET", "/s/{session}/regrade", &[Instructor], &[]),
    row(
        "POST",
        "/s/{session}/regrade",
        &[Instructor],
        &[("question", "s1"), ("what", "full")],
    ),
    row("GET", "/s/{session}/regrade/{regrade}", &[Instructor], &[]),
    row(
        "POST",
        "/s/{session}/regrade/{regrade}/preview",
        &[Instructor],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/regrade/{regrade}/commit",
        &[Instructor],
        &[],
    ),
    row("GET", "/s/{session}/marking", &[Instructor], &[]),
    row("POST", "/s/{session}/marking/choices", &[Instructor], &[]),
    row("GET", "/s/{session}/marking/{question}", &[Instructor], &[]),
    row(
        "GET",
        "/s/{session}/marking/{question}/{paper}",
        &[Instructor],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/marking/{question}/{paper}",
        &[Instructor],
        DECISION,
    ),
    row(
        "POST",
        "/s/{session}/attempts/{attempt}/marking",
        &[Instructor],
        &[("question", "s1"), ("share", "1"), ("seen", "0")],
    ),
    row("GET", "/s/{session}/module-score", TEACHERS, &[]),
    row("POST", "/s/{session}/module-score", TEACHERS, MODULE),
    row("GET", "/s/{session}/module-score.csv", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/module-score/send-again",
        TEACHERS,
        &[("person", "{person}")],
    ),
    row(
        "POST",
        "/s/{session}/module-score/overwrite",
        TEACHERS,
        &[("person", "{person}")],
    ),
    row(
        "GET",
        "/s/{session}/picker",
        &[Choosing, DeepLinking],
        &[("chosen", "{assessment}")],
    ),
    row(
        "POST",
        "/s/{session}/picker",
        &[Choosing, DeepLinking],
        &[("pick", "{assessment}")],
    ),
    row("GET", "/s/{session}/picker/answer", &[Choosing, DeepLinking], &[]),
    row(
        "POST",
        "/s/{session}/picker/answer",
        &[Choosing, DeepLinking],
        &[
            ("pick", "{assessment}"),
            ("maximum.{assessment}", "10"),
            ("do", "pick"),
        ],
    ),
    row("GET", "/s/{session}/copy", &[Instructor], &[]),
    row("POST", "/s/{session}/copy", &[Instructor], &[("do", "same")]),
    row("GET", "/s/{session}/quizzes/{assessment}/edit", TEACHERS, &[]),
    row("POST", "/s/{session}/quizzes/{assessment}/edit", TEACHERS, EDITED),
    row("GET", "/s/{session}/quizzes/{assessment}/publish", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/quizzes/{assessment}/publish",
        TEACHERS,
        EDITED,
    ),
    row("GET", "/s/{session}/quizzes/{assessment}/preview", TEACHERS, &[]),
    row("POST", "/s/{session}/quizzes/{assessment}/copy", TEACHERS, &[]),
    row("POST", "/s/{session}/quizzes/{assessment}/archive", TEACHERS, &[]),
];

/// Routes that no session opens, and why they are no way into another organisation.
const OUTSIDE: &[(&str, &str, &str)] = &[
    ("GET", "/", "shows nobody's data"),
    ("GET", "/icon.svg", "a picture"),
    ("GET", "/favicon.ico", "a picture"),
    ("GET", "/robots.txt", "fixed text"),
    ("GET", "/courses", "open to everybody; course/reading.rs"),
    ("GET", "/courses/{course}", "open to everybody; course/reading.rs"),
    ("GET", "/courses/{course}/package.zip", "open to everybody"),
    (
        "GET",
        "/courses/{course}/{step}",
        "open to everybody; course/reading.rs",
    ),
    (
        "POST",
        "/courses/{course}/{step}",
        "keeps nothing; course/exercise.rs",
    ),
    (
        "GET",
        "/courses/{course}/media/{file}",
        "only files of open courses; course/reading.rs",
    ),
    ("GET", "/ims/case/v1p0/CFDocuments", "everybody\'s frameworks"),
    (
        "GET",
        "/ims/case/v1p0/CFDocuments/{id}",
        "everybody\'s frameworks",
    ),
    ("GET", "/ims/case/v1p0/CFPackages/{id}", "everybody\'s frameworks"),
    ("GET", "/ims/case/v1p0/CFItems/{id}", "everybody\'s frameworks"),
    (
        "GET",
        "/ims/case/v1p0/CFAssociations/{id}",
        "everybody\'s frameworks",
    ),
    ("GET", "/static/{name}", "our own scripts and styles"),
    ("GET", "/healthz", "one word"),
    ("GET", "/readyz", "one word"),
    ("GET", "/lti/jwks", "public keys"),
    ("GET", "/lti/login", "begins a login; refusal/login.rs"),
    ("POST", "/lti/login", "begins a login; refusal/login.rs"),
    (
        "POST",
        "/lti/login/here",
        "begins a login; launch_without_cookies.rs",
    ),
    (
        "POST",
        "/lti/launch/proof",
        "a secret of one browser; launch_without_cookies.rs",
    ),
    (
        "POST",
        "/lti/launch/ticket",
        "a one-use ticket; launch_without_cookies.rs",
    ),
    (
        "POST",
        "/lti/launch/open",
        "a one-use ticket; launch_without_cookies.rs",
    ),
    ("GET", "/lti/launch", "refuses; refusal/token.rs"),
    (
        "POST",
        "/lti/launch",
        "proven by the platform's signature; refusal/claims.rs, refusal/state.rs",
    ),
    (
        "GET",
        "/lti/register/{invite}",
        "a secret of one organisation; registration.rs",
    ),
    (
        "POST",
        "/lti/register/{invite}",
        "a secret of one organisation; registration.rs",
    ),
    ("GET", "/administration", "shows names of providers; sign_in.rs"),
    ("GET", "/sign-in", "shows names of providers; learner/provider.rs"),
    (
        "GET",
        "/sign-in/{provider}/learner",
        "begins a sign-in; learner/provider.rs",
    ),
    ("GET", "/sign-in/code", "leads to /sign-in"),
    (
        "POST",
        "/sign-in/code",
        "a code of one organisation; learner/codes.rs",
    ),
    (
        "GET",
        "/sign-in/{provider}",
        "begins a sign-in; sign_in/refused.rs",
    ),
    (
        "GET",
        "/sign-in/answer",
        "proven by the provider's signature; sign_in/refused.rs",
    ),
    (
        "GET",
        "/administration/{secret}",
        "a secret of one organisation; administration.rs",
    ),
    (
        "POST",
        "/administration/{secret}",
        "a secret of one organisation; administration.rs",
    ),
];

/// Each route once.
fn rows() -> impl Iterator<Item = &'static Row> {
    let rows = course_editor::ROWS.iter().chain(timing::ROWS);
    rows.chain(course::ROWS)
        .chain(MATRIX)
        .chain(learner::ROWS)
        .chain(administration::ROWS)
}

impl Row {
    /// Whether an id of A stands in it beside the session's.
    fn names_a_thing(&self) -> bool {
        self.pattern.matches('{').count() > 1
            || self
                .fields
                .iter()
                .any(|(name, value)| name.contains('{') || value.contains('{'))
    }

    /// The picker shows what it finds; another organisation's things are left out without a word.
    fn lists(&self) -> bool {
        self.pattern == "/s/{session}/picker"
    }
}

#[tokio::test]
async fn each_route_has_a_row() {
    let site = tests::TestSite::start().await;
    let registered = routes::registered(&site).await;
    assert!(registered.len() > 30, "{registered:?}");
    let within = rows().map(|row| (row.method, row.pattern));
    let outside = OUTSIDE.iter().map(|(method, pattern, _)| (*method, *pattern));
    let listed: BTreeSet<(String, String)> = within
        .chain(outside)
        .map(|(method, pattern)| (method.to_owned(), pattern.to_owned()))
        .collect();
    let missing: Vec<_> = registered.difference(&listed).collect();
    assert!(missing.is_empty(), "no row in tests/it/tenancy.rs: {missing:#?}");
    let gone: Vec<_> = listed.difference(&registered).collect();
    assert!(
        gone.is_empty(),
        "a row in tests/it/tenancy.rs, but no route: {gone:#?}"
    );
}

#[tokio::test]
async fn what_belongs_to_another_organisation_is_not_found() {
    let colleges = Colleges::found().await;
    let unknown = colleges.unknown_things();
    for row in rows().filter(|row| row.names_a_thing()) {
        let about = format!("{} {}", row.method, row.pattern);
        let before = colleges.site.database.contents().await;
        for kind in KINDS {
            let desk = colleges.desk_of_b(kind);
            let answer = send(row, desk, &colleges.things_of_a(row), &desk.session).await;
            let about = format!("{about} by {kind:?}: {}", answer.all_text());
            let nobodys = send(row, desk, &unknown, &desk.session).await;
            assert_eq!(
                (answer.status, answer.code()),
                (nobodys.status, nobodys.code()),
                "it is told apart from what does not exist: {about}"
            );
            match kind {
                Kind::Nobody => assert_eq!(answer.code().as_deref(), Some("WEB-SESSION"), "{about}"),
                _ if !row.by.contains(&kind) => assert!(
                    matches!(
                        answer.code().as_deref(),
                        Some(
                            "WEB-NOT-FOUND"
                                | "WEB-FORBIDDEN"
                                | "ATT-NOT-A-LEARNER"
                                | "LTI-DL-SESSION"
                                | "WEB-CONFLICT"
                        )
                    ) || (answer.status == StatusCode::OK && row.lists()),
                    "{about}"
                ),
                _ if row.lists() => assert_eq!(answer.status, StatusCode::OK, "{about}"),
                _ => assert_eq!(answer.code().as_deref(), Some("WEB-NOT-FOUND"), "{about}"),
            }
            for word in COLLEGE_A_WORDS {
                assert!(!answer.body.contains(word), "{word} in {about}");
            }
        }
        let after = colleges.site.database.contents().await;
        assert_eq!(before, after, "{about} changed something");
    }
}

#[tokio::test]
async fn a_session_of_another_organisation_is_nobodys() {
    let colleges = Colleges::found().await;
    for row in rows() {
        let about = format!("{} {}", row.method, row.pattern);
        let theirs = colleges.desk_of_a(row.by[0]);
        let before = colleges.site.database.contents().await;
        for kind in KINDS {
            let desk = colleges.desk_of_b(kind);
            // The worst case: somebody learnt the session's id and its form token.
            let thief = Desk {
                browser: desk.browser.clone(),
                ..theirs.clone()
            };
            let answer = send(row, &thief, &colleges.things_of_a(row), &theirs.session).await;
            let about = format!("{about} by {kind:?}: {}", answer.all_text());
            assert_eq!(answer.code().as_deref(), Some("WEB-SESSION"), "{about}");
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{about}");
            for word in COLLEGE_A_WORDS {
                assert!(!answer.body.contains(word), "{word} in {about}");
            }
        }
        let after = colleges.site.database.contents().await;
        assert_eq!(before, after, "{about} changed something");
    }
}

/// The same requests by those whose things they are: so each id, field and token above is a good one.
#[tokio::test]
async fn the_owners_find_all_of_it() {
    let colleges = Colleges::found().await;
    for row in rows() {
        let desk = colleges.desk_of_a(row.by[0]);
        let answer = send(row, desk, &colleges.things_of_a(row), &desk.session).await;
        let about = format!("{} {}: {}", row.method, row.pattern, answer.all_text());
        let is_refused = matches!(
            answer.status,
            StatusCode::NOT_FOUND
                | StatusCode::UNAUTHORIZED
                | StatusCode::FORBIDDEN
                | StatusCode::BAD_REQUEST
        );
        assert!(!is_refused, "{about}");
    }
}

/// A page of another site makes the owner's browser send it, cookie and all.
#[tokio::test]
async fn nothing_changes_for_a_page_of_another_site() {
    let colleges = Colleges::found().await;
    for row in rows().filter(|row| row.method != "GET") {
        let desk = colleges.desk_of_a(row.by[0]);
        let things = colleges.things_of_a(row);
        let ours = Some(desk.origin.as_str());
        let before = colleges.site.database.contents().await;
        for (origin, csrf) in [
            (Some("https://evil.example"), desk.csrf.as_str()),
            (Some("null"), desk.csrf.as_str()),
            (None, desk.csrf.as_str()),
            (ours, "x"),
            (ours, ""),
        ] {
            let answer = send_from(row, desk, &things, &desk.session, origin, csrf).await;
            let about = format!("{} {} {origin:?}: {}", row.method, row.pattern, answer.all_text());
            // Searching changes nothing; its form is posted only so that it keeps what was typed.
            if row.lists() && origin == ours {
                continue;
            }
            assert_eq!(answer.code().as_deref(), Some("WEB-CSRF"), "{about}");
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{about}");
        }
        let after = colleges.site.database.contents().await;
        assert_eq!(before, after, "{} {} changed something", row.method, row.pattern);
    }
}
