//! The check before publishing, and the versions that were published.

use askama::Template;

use super::field::EditorHead;
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role};

/// What is wrong with the draft, and the button. The form posts to `{head.path}/publish`: `revision`, `note`, `moves`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/publish.html")]
pub struct PublishPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// The draft's revision.
    pub revision: i64,
    /// What keeps it from being published.
    pub grave: Vec<CourseProblem>,
    /// What its author should look at.
    pub mild: Vec<CourseProblem>,
    /// Whether publishing was tried and refused.
    pub is_refused: bool,
    /// Whether somebody saved after this page was opened.
    pub is_changed: bool,
    /// Whether readers get this draft already.
    pub is_published: bool,
    /// Whether there are learners who could go on with it: a version was published before.
    pub has_former: bool,
    /// The note as typed.
    pub note: String,
}

/// Something that is wrong.
#[derive(Debug, Clone)]
pub struct CourseProblem {
    /// The stable code.
    pub code: String,
    /// Where, in words.
    pub place: String,
    /// What, in words.
    pub text: String,
    /// Where it can be mended.
    pub path: String,
}

/// The published versions. Each older one has a form that posts to its path: `note`, `moves`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/versions.html")]
pub struct VersionsPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// The newest first.
    pub versions: Vec<VersionLine>,
    /// The number of the version that was published just now.
    pub published: Option<i64>,
    /// Whether an older one could not be brought back, since something it shows is gone.
    pub is_refused: bool,
    /// Where readers see the course; empty for a closed one.
    pub readers_path: String,
}

/// A published version.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// Its number.
    pub number: i64,
    /// Where the form goes that brings it back.
    pub path: String,
    /// What its author says is new.
    pub note: String,
    /// When.
    pub at: String,
    /// Who; empty for a command.
    pub who: String,
    /// Whether readers get it.
    pub is_current: bool,
    /// Whether learners of older versions went on with it.
    pub moves: bool,
}

impl Page for PublishPage {
    const NAME: &'static str = "course_editor/publish";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "publish");
        let problem = |code: &str, place: &str, path: &str| CourseProblem {
            code: code.to_owned(),
            place: place.to_owned(),
            text: frame
                .t
                .get(&format!("editor-problem-{}", code.to_ascii_lowercase()))
                .into_owned(),
            path: format!("{}{path}", head.path),
        };
        let ready = Self {
            revision: 9,
            grave: Vec::new(),
            mild: vec![problem(
                "CRS-CAPTIONS",
                "Bài “Trước khi mở máy” · Tiếng Việt",
                "/lessons/mo-may#body_vi",
            )],
            is_refused: false,
            is_changed: false,
            is_published: false,
            has_former: true,
            note: String::new(),
            head: head.clone(),
            frame: frame.clone(),
        };
        let refused = Self {
            grave: vec![
                problem("CRS-CYCLE", "Bài “Khi máy đang chạy”", "/lessons/chay"),
                problem("CRS-NO-TITLE", "Phần “Bên máy”", "#unit-may"),
            ],
            is_refused: true,
            note: "Thêm bài về găng tay".to_owned(),
            ..ready.clone()
        };
        let same = Self {
            is_published: true,
            mild: Vec::new(),
            ..ready.clone()
        };
        let changed = Self {
            is_changed: true,
            has_former: false,
            ..ready.clone()
        };
        vec![
            ("ready", ready),
            ("refused", refused),
            ("same", same),
            ("changed", changed),
        ]
    }
}

impl Page for VersionsPage {
    const NAME: &'static str = "course_editor/versions";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "versions");
        let version = |number: i64, note: &str| VersionLine {
            number,
            path: format!("{}/versions/{number}", head.path),
            note: note.to_owned(),
            at: sample_time(frame.t, "2026-11-22T03:42:00Z"),
            who: "Trần Văn Hùng".to_owned(),
            is_current: number == 2,
            moves: number == 2,
        };
        let full = Self {
            versions: vec![version(2, "Thêm bài về găng tay"), version(1, "")],
            published: Some(2),
            is_refused: false,
            readers_path: "/courses/an-toan-xuong".to_owned(),
            head: head.clone(),
            frame: frame.clone(),
        };
        let none = Self {
            versions: Vec::new(),
            published: None,
            readers_path: String::new(),
            ..full.clone()
        };
        let refused = Self {
            is_refused: true,
            published: None,
            ..full.clone()
        };
        vec![("full", full), ("none", none), ("refused", refused)]
    }
}
