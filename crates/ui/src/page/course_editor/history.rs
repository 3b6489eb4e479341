//! The history of a draft: who saved when, and what differs.

use askama::Template;

use super::field::{DifferentLine, EditorHead, LineMark};
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role};

/// The saved drafts, the newest first.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/history.html")]
pub struct HistoryPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// In the order shown.
    pub drafts: Vec<DraftLine>,
}

/// A saved draft.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// Its page.
    pub path: String,
    /// When.
    pub at: String,
    /// Who; empty for a command.
    pub who: String,
    /// Whether a script saved it.
    pub is_autosave: bool,
    /// Whether an older one was brought back.
    pub is_restored: bool,
    /// Whether it is what stands in the editor.
    pub is_current: bool,
}

/// One saved draft: what differs from the one before. The button posts to its own address.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/draft.html")]
pub struct DraftPage {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// Who, when and how.
    pub draft: DraftLine,
    /// Its units and steps as they stood, as plain text with the depth of each.
    pub outline: Vec<(usize, String)>,
    /// What differs.
    pub differences: Vec<DraftDifference>,
}

/// A part that differs.
#[derive(Debug, Clone)]
pub struct DraftDifference {
    /// What it is, in words.
    pub what: String,
    /// How it differs, in words.
    pub how: String,
    /// Its lines.
    pub lines: Vec<DifferentLine>,
}

fn lines(frame: &Frame, head: &EditorHead) -> Vec<DraftLine> {
    let line = |revision: i64, who: &str, at: &str| DraftLine {
        path: format!("{}/history/{revision}", head.path),
        at: sample_time(frame.t, at),
        who: who.to_owned(),
        is_autosave: revision == 8,
        is_restored: revision == 7,
        is_current: revision == 9,
    };
    vec![
        line(9, "Trần Văn Hùng", "2026-11-23T03:42:00Z"),
        line(8, "Trần Văn Hùng", "2026-11-23T03:30:00Z"),
        line(7, "Lê Thị Mai", "2026-11-22T08:05:00Z"),
        line(1, "", "2026-11-20T01:00:00Z"),
    ]
}

impl Page for HistoryPage {
    const NAME: &'static str = "course_editor/history";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "history");
        let page = Self {
            drafts: lines(&frame, &head),
            head,
            frame,
        };
        vec![("full", page)]
    }
}

impl Page for DraftPage {
    const NAME: &'static str = "course_editor/draft";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "history");
        let line = |mark, words: &str| DifferentLine {
            mark,
            words: words.to_owned(),
        };
        let mut drafts = lines(&frame, &head);
        let page = Self {
            draft: drafts.swap_remove(2),
            outline: vec![
                (0, "Bên máy".to_owned()),
                (1, "Trước khi mở máy".to_owned()),
                (1, "Khi máy đang chạy".to_owned()),
            ],
            differences: vec![
                DraftDifference {
                    what: "Bài “Trước khi mở máy” · Nội dung · Tiếng Việt".to_owned(),
                    how: frame.t.get("editor-difference-changed").into_owned(),
                    lines: vec![
                        line(LineMark::Left, ""),
                        line(LineMark::Same, "Đeo kính bảo hộ."),
                        line(LineMark::Removed, "Đeo găng tay."),
                        line(LineMark::Added, "Không đeo găng tay khi máy chạy."),
                    ],
                },
                DraftDifference {
                    what: "Bài “Dọn dẹp sau ca”".to_owned(),
                    how: frame.t.get("editor-difference-added").into_owned(),
                    lines: Vec::new(),
                },
            ],
            head,
            frame,
        };
        let same = Self {
            differences: Vec::new(),
            ..page.clone()
        };
        vec![("full", page), ("same", same)]
    }
}
