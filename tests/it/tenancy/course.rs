//! The rows of courses in a session: what students, accounts and instructors read, and what is picked.

use super::{Account, Choosing, DeepLinking, Kind, Reader, ReadersTeacher, Row, row};

const READERS: &[Kind] = &[Reader, ReadersTeacher, Account];

pub(super) const ROWS: &[Row] = &[
    row("GET", "/s/{session}/courses/{course}", READERS, &[]),
    row("GET", "/s/{session}/courses/{course}/media/{file}", READERS, &[]),
    row("GET", "/s/{session}/courses/{course}/{step}", READERS, &[]),
    row(
        "POST",
        "/s/{session}/courses/{course}/{step}",
        READERS,
        &[("then", "read")],
    ),
    row(
        "POST",
        "/s/{session}/courses/{course}/newer_version",
        READERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/courses/{course}/{step}/quiz",
        &[Reader, ReadersTeacher],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/courses/{course}/class_list",
        &[ReadersTeacher],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/courses/{course}/class_list.csv",
        &[ReadersTeacher],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/courses/{course}/class_list/{enrolment}",
        &[ReadersTeacher],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/picker/courses",
        &[Choosing, DeepLinking],
        &[],
    ),
    row(
        "GET",
        "/s/{session}/picker/courses/{course}",
        &[Choosing, DeepLinking],
        &[],
    ),
    row(
        "POST",
        "/s/{session}/picker/courses/{course}",
        &[DeepLinking],
        &[("pick", "_whole"), ("maximum", "10")],
    ),
];
