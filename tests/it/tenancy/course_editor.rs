//! The rows of the pages on which instructors write courses.

use super::{Row, TEACHERS, row};

const SAVED: &[(&str, &str)] = &[("revision", "1"), ("title_vi", "Của chúng tôi"), ("do", "save")];
const TYPED: &[(&str, &str)] = &[("revision", "1"), ("body_vi", "Của chúng tôi")];
const QUESTION: &[(&str, &str)] = &[("assessment", "{assessment}"), ("slot", "s1")];
const QUIZ: &[(&str, &str)] = &[("assessment", "{assessment}"), ("unit", "phan")];
const NOTED: &[(&str, &str)] = &[("note", "Của chúng tôi"), ("moves", "yes")];

pub(super) const ROWS: &[Row] = &[
    row("GET", "/s/{session}/authoring/courses", TEACHERS, &[]),
    row(
        "POST",
        "/s/{session}/authoring/courses",
        TEACHERS,
        &[("title", "Của chúng tôi"), ("language", "vi")],
    ),
    row("GET", "/s/{session}/authoring/courses/{course}", TEACHERS, &[]),
    row("POST", "/s/{session}/authoring/courses/{course}", TEACHERS, SAVED),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/quizzes",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/quizzes",
        TEACHERS,
        QUIZ,
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/archive",
        TEACHERS,
        &[("away", "no")],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/copy",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/files",
        TEACHERS,
        &[],
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/publish",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/publish",
        TEACHERS,
        &[("revision", "1"), ("note", "")],
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/versions",
        TEACHERS,
        &[],
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/versions/{number}",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/versions/{number}",
        TEACHERS,
        NOTED,
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/history",
        TEACHERS,
        &[],
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/history/{revision}",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/history/{revision}",
        TEACHERS,
        &[],
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/lessons/{step}",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/lessons/{step}",
        TEACHERS,
        SAVED,
    ),
    row(
        "GET",
        "/s/{session}/authoring/courses/{course}/lessons/{step}/questions",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/courses/{course}/lessons/{step}/questions",
        TEACHERS,
        QUESTION,
    ),
    row("GET", "/s/{session}/authoring/preview/{course}", TEACHERS, &[]),
    row(
        "GET",
        "/s/{session}/authoring/preview/{course}/media/{file}",
        TEACHERS,
        &[],
    ),
    row(
        "GET",
        "/s/{session}/authoring/preview/{course}/{step}",
        TEACHERS,
        &[],
    ),
    row(
        "POST",
        "/s/{session}/authoring/preview/{course}/{step}",
        TEACHERS,
        TYPED,
    ),
];
