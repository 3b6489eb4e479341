//! Pages of the open courses: what everybody may read without an account.

mod catalogue;
mod class;
mod front;
mod lesson;
mod offline;
mod sample;

pub use catalogue::{Catalogue, CatalogueEntry};
pub use class::{ClassList, ClassRow, ClassStep, StudentSteps};
pub use front::{
    Front, FrontCompetencies, FrontStep, FrontStudy, FrontUnit, PackageLink, Standing, StepKind,
};
pub use lesson::{FileShape, Lesson, LessonFile, LessonPart, LessonRule, LessonStudy, LessonTerm, LessonWay};

pub use offline::{
    OfflineFile, OfflineFrame, OfflineIndex, OfflineLesson, OfflinePart, picture_in_words, sound_in_words,
};

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
