//! Pages of the open courses: what everybody may read without an account.

mod catalogue;
mod front;
mod lesson;
mod sample;

pub use catalogue::{Catalogue, CatalogueEntry};
pub use front::{Front, FrontStep, FrontUnit, StepKind};
pub use lesson::{FileShape, Lesson, LessonFile, LessonPart, LessonTerm, LessonWay};

use crate::Html;

/// Under which terms something may be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LicenceLine {
    /// "CC BY 4.0"; empty shows no line.
    pub name: String,
    /// Where the licence stands; empty without a link.
    pub href: String,
    /// Who holds the rights; may be empty.
    pub holder: String,
    /// Where it comes from; empty for our own.
    pub source: String,
}

/// What an author wrote, in the language in which there is a version of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub html: Html,
    /// Their language, where it is not the page's; empty where it is.
    pub language: String,
}
