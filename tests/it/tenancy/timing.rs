//! Rows of the matrix about time (breaks, granted time, overrides, groups, accommodations) and a class's
//! competencies.

use super::{
    Kind::{Instructor, Learner},
    Row, TEACHERS, row,
};

pub(super) const ROWS: &[Row] = &[
    row("POST", "/s/{session}/attempts/{attempt}/break", &[Learner], &[]),
    row(
        "POST",
        "/s/{session}/gradebook/time",
        &[Instructor],
        &[("attempt", "{attempt}"), ("seconds", "900")],
    ),
    row(
        "POST",
        "/s/{session}/gradebook/time/undo",
        &[Instructor],
        &[("grant", "none")],
    ),
    row(
        "POST",
        "/s/{session}/attempts/{attempt}/submit-for",
        &[Instructor],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/gradebook/attempt",
        &[Instructor],
        &[("person", "{person}")],
    ),
    row("GET", "/s/{session}/overrides", &[Instructor], &[]),
    row("GET", "/s/{session}/overrides/new", &[Instructor], &[]),
    row("GET", "/s/{session}/overrides/{override}", &[Instructor], &[]),
    row(
        "POST",
        "/s/{session}/overrides/{override}",
        &[Instructor],
        &[("time_limit", "60"), ("do", "save")],
    ),
    row(
        "POST",
        "/s/{session}/overrides",
        &[Instructor],
        &[("whom", "person:{person}"), ("time_limit", "60")],
    ),
    row("GET", "/s/{session}/competencies/class", TEACHERS, &[]),
    row("GET", "/s/{session}/competencies/class.csv", TEACHERS, &[]),
    row(
        "GET",
        "/s/{session}/competencies/class/{enrolment}",
        TEACHERS,
        &[],
    ),
    row("GET", "/s/{session}/groups", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/groups",
        TEACHERS,
        &[("name", "Của chúng tôi")],
    ),
    row("GET", "/s/{session}/groups/{group}", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/groups/{group}",
        TEACHERS,
        &[("name", "Ca sáng"), ("do", "save")],
    ),
    row("GET", "/s/{session}/accommodations", TEACHERS, &[]),
    row("GET", "/s/{session}/accommodations/{enrolment}", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/accommodations/{enrolment}",
        TEACHERS,
        &[("factor", "150"), ("font", "100")],
    ),
];
