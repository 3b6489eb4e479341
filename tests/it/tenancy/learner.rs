//! The rows of learners who came by a code of their organisation.

use super::{Kind::Account, Row, row};

pub(super) const ROWS: &[Row] = &[
    row("GET", "/s/{session}/learning", &[Account], &[]),
    row("GET", "/s/{session}/learning/account", &[Account], &[]),
    row("GET", "/s/{session}/learning/data.json", &[Account], &[]),
    row("POST", "/s/{session}/learning/stay", &[Account], &[]),
    row("POST", "/s/{session}/learning/return-code", &[Account], &[]),
    row(
        "POST",
        "/s/{session}/courses/{course}/device_progress",
        &[Account],
        &[("progress", "[]")],
    ),
];
