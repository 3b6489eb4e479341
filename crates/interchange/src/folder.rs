//! A course as a folder of Markdown and TOML files, so that it can live in git:
//!
//! ```text
//! course.toml                     key, language, order, units in order, title, summary, licence, competencies
//! glossary.toml                   [[terms]] with key, term and explanation
//! 01-machines/unit.toml           title, summary, requires, completion, steps in order, [assessments.KEY]
//! 01-machines/lathe.vi.md         front matter between +++ lines, then the body
//! 01-machines/lathe.en.md         another language: its front matter has the title only
//! 01-machines/lathe.checks.json   the lesson's checks
//! 01-machines/final.json          the draft of the assessment `final`
//! media/lathe.png                 files; texts name them `media/lathe.png`
//! ```
//!
//! A body in HTML has the ending `.html` instead of `.md`. What [`write`] makes is
//! stable: the same value is the same bytes. What it wrote reads as the same value.

mod body;
mod form;
mod lesson_file;
mod line;
mod media_names;
mod problem;
mod read;
mod requirements;
mod shelf;
mod toml_text;
mod write;

#[cfg(test)]
mod generated;
#[cfg(test)]
mod problems_tests;
#[cfg(test)]
mod round_trip_tests;

use std::collections::BTreeMap;

use assessment::Draft;
use course::{CourseContent, Key};

pub use problem::{FolderProblem, FolderProblemKind};
pub use read::read;
pub use write::{WriteError, write};

/// The files of a folder by their paths below it, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most files of one course.
pub const MOST_FILES: usize = 2_000;

/// A course with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseFolder {
    /// The course's own key.
    pub key: Key,
    /// Its content, tidied (see [`CourseContent::tidied`]). Each assessment step names
    /// its draft by its own key.
    pub content: CourseContent,
    /// The drafts of its assessments by the keys of their steps.
    pub assessments: BTreeMap<Key, Draft>,
    /// Its files by name. Texts name them by their hash, as `media:HASH.ending`.
    pub media: BTreeMap<String, Vec<u8>>,
}
