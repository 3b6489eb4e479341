//! The last rows of the matrix: the administration, and what ends a quiz or a session.

use super::{
    Kind::{Account, Administrator, Learner},
    Row, TEACHERS, row,
};

pub(super) const ROWS: &[Row] = &[
    row("GET", "/s/{session}/administration", &[Administrator], &[]),
    row("GET", "/s/{session}/administration/audit", &[Administrator], &[]),
    row(
        "GET",
        "/s/{session}/administration/learners",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/learners/codes",
        &[Administrator],
        &[("label", "Lớp"), ("count", "2"), ("days", "7")],
    ),
    row(
        "POST",
        "/s/{session}/administration/learners/withdraw",
        &[Administrator],
        &[("label", "Lớp")],
    ),
    row(
        "POST",
        "/s/{session}/administration/learners/codes/{code}/again",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/learners/codes/{code}/withdraw",
        &[Administrator],
        &[],
    ),
    row("GET", "/s/{session}/administration/ways", &[Administrator], &[]),
    row("GET", "/s/{session}/administration/joins", &[Administrator], &[]),
    row(
        "POST",
        "/s/{session}/administration/joins",
        &[Administrator],
        &[("do", "join"), ("former", "{id}"), ("registration", "{id}")],
    ),
    row(
        "GET",
        "/s/{session}/administration/audit.csv",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/invitations",
        &[Administrator],
        &[("host", "")],
    ),
    row(
        "POST",
        "/s/{session}/administration/invitations/{id}/withdraw",
        &[Administrator],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/administration/registrations/{id}",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/update",
        &[Administrator],
        &[("openid_configuration", "{configuration}")],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/changes/{change}/{decision}",
        &[Administrator],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/administration/registrations/{id}/check",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/check",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/deployments",
        &[Administrator],
        &[("deployment_id", "4711")],
    ),
    row(
        "GET",
        "/s/{session}/administration/launches/{launch}",
        &[Administrator],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/administration/registrations/{id}/test-launch",
        &[Administrator],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/test-launch",
        &[Administrator],
        &[],
    ),
    row("GET", "/s/{session}/quizzes/{assessment}/remove", TEACHERS, &[]),
    row("GET", "/s/{session}/administration/keys", &[Administrator], &[]),
    row("POST", "/s/{session}/administration/keys", &[Administrator], &[]),
    row(
        "POST",
        "/s/{session}/administration/administrators/{id}/withdraw",
        &[Administrator],
        &[],
    ),
    row("POST", "/s/{session}/not-me", &[Learner], &[]),
    row(
        "POST",
        "/s/{session}/learning/delete",
        &[Account],
        &[("sure", "1")],
    ),
    row(
        "POST",
        "/s/{session}/administration/registrations/{id}/{action}",
        &[Administrator],
        &[],
    ),
];
