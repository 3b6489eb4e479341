//! Rows of the matrix about marking by hand and regrading.

use super::{Kind::Instructor, Row, row};

const DECISION: &[(&str, &str)] = &[("share", "1"), ("seen", "0"), ("then", "stay")];

pub(super) const ROWS: &[Row] = &[
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
];
