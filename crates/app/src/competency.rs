//! Competencies: the frameworks that courses name, and how far a learner and a class
//! have come with what their courses teach.
//!
//! Left out on purpose: what a level is (`course::mastery`) and how it is shown (`web`).

mod frameworks;
mod report;

pub(crate) use frameworks::FrameworkCache;
pub use frameworks::{Imported, import, install, open_frameworks, unknown_tags};
pub use report::{Class, Place, Report, Student, class, of_student, own};
