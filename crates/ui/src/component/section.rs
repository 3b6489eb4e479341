//! The head of a section on an attempt page: its introduction, what may be
//! dropped, and the choice between sections.

use askama::Template;

use crate::{Html, Texts};

/// Stands before the first question of a section. Its button's `then` is
/// "choose/{section}", see [`Take`](crate::page::attempt::Take).
#[derive(Debug, Clone, Template)]
#[template(path = "component/section.html")]
pub struct SectionHead {
    /// The texts of the page.
    pub t: Texts,
    /// The section's id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What is read before its questions; may be empty.
    pub introduction: Html,
    /// Whether it is one to choose.
    pub choice: Choice,
    /// How many sections there are to choose from, above the first of them; else 0.
    pub choose_from: usize,
    /// How many of its questions may be dropped; 0 for none.
    pub drops: usize,
    /// How many more.
    pub drops_left: usize,
    /// Before which question of the page it stands, from 0.
    pub first: usize,
}

/// Whether a section is one to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It is asked in any case, or there is nothing to be chosen any more.
    Fixed,
    /// It can be chosen.
    Possible,
    /// It was chosen; its questions follow.
    Chosen,
    /// Another one was chosen; it can be taken instead.
    Instead,
}

impl SectionHead {
    pub(crate) fn sample(t: Texts, first: usize) -> Self {
        Self {
            t,
            id: format!("s{first}"),
            title: "Phần A: Trắc nghiệm".to_owned(),
            introduction: Html::trusted("<p>Mỗi câu một điểm. Được dùng sổ tay cơ khí.</p>"),
            choice: Choice::Fixed,
            choose_from: 0,
            drops: 3,
            drops_left: 2,
            first,
        }
    }
}
