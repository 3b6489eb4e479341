//! Two authors changed the same: both versions side by side, and a choice for each.

use askama::Template;

use super::field::{DifferentLine, EditorHead, LineMark};
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role};

/// The choice. The form posts to `{path}`: all fields of the editor's form hidden, `seen`, and for each part
/// `choice/{path}` ("mine", "theirs", "edited") and for texts `edited/{path}`.
#[derive(Debug, Clone, Template)]
#[template(path = "course_editor/conflict.html")]
pub struct Conflict {
    /// The surroundings.
    pub frame: Frame,
    /// The head.
    pub head: EditorHead,
    /// The editor's address.
    pub path: String,
    /// When the other one was saved.
    pub saved_at: String,
    /// The revision that is shown beside the own one.
    pub seen: i64,
    /// What the editor's form said.
    pub fields: Vec<Hidden>,
    /// What both changed.
    pub parts: Vec<ConflictPart>,
}

/// A field of the editor's form.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A part that both changed.
#[derive(Debug, Clone)]
pub struct ConflictPart {
    /// Names it in the form.
    pub path: String,
    /// What it is, in words.
    pub what: String,
    /// As it is being saved.
    pub mine: ConflictSide,
    /// As it was saved meanwhile.
    pub theirs: ConflictSide,
    /// The own words to edit; `None` for what is no text.
    pub edited: Option<String>,
    /// The language of the words; empty for what is no text.
    pub language: String,
    /// What was chosen before somebody saved again: "mine", "theirs", "edited" or nothing yet.
    pub choice: String,
}

/// One author's part.
#[derive(Debug, Clone)]
pub enum ConflictSide {
    /// It was taken away.
    Gone,
    /// Lines, marked where they differ from the other's.
    Lines(Vec<DifferentLine>),
}

impl Page for Conflict {
    const NAME: &'static str = "course_editor/conflict";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let head = EditorHead::sample(&frame, "");
        let line = |mark, words: &str| DifferentLine {
            mark,
            words: words.to_owned(),
        };
        let text = ConflictPart {
            path: "steps/mo-may/body/versions/vi".to_owned(),
            what: "Bài “Trước khi mở máy” · Nội dung · Tiếng Việt".to_owned(),
            mine: ConflictSide::Lines(vec![
                line(LineMark::Same, "Đeo kính bảo hộ."),
                line(LineMark::Differs, "Buộc gọn tóc, cài cúc tay áo."),
            ]),
            theirs: ConflictSide::Lines(vec![
                line(LineMark::Same, "Đeo kính bảo hộ."),
                line(LineMark::Differs, "Không đeo găng tay khi máy chạy."),
            ]),
            edited: Some("Đeo kính bảo hộ.\nBuộc gọn tóc, cài cúc tay áo.".to_owned()),
            language: "vi".to_owned(),
            choice: String::new(),
        };
        let gone = ConflictPart {
            path: "steps/don-dep".to_owned(),
            what: "Bài “Dọn dẹp sau ca”".to_owned(),
            mine: ConflictSide::Gone,
            theirs: ConflictSide::Lines(vec![line(LineMark::Same, "Dọn dẹp sau ca")]),
            edited: None,
            language: String::new(),
            choice: "theirs".to_owned(),
        };
        let page = Self {
            path: format!("{}/lessons/mo-may", head.path),
            saved_at: sample_time(frame.t, "2026-11-23T03:42:00Z"),
            seen: 8,
            fields: vec![Hidden {
                name: "revision".to_owned(),
                value: "7".to_owned(),
            }],
            parts: vec![text, gone],
            head,
            frame,
        };
        vec![("both", page)]
    }
}
