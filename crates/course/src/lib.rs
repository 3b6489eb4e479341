//! Courses, pure: what one version of a course holds, what is wrong with a draft, a
//! learner's progress and score, and a lesson's words as parts of a page.
//!
//! Left out on purpose: storing (`storage`), who may do what (`app`), wording (`ui`),
//! files and archives (`interchange`), and every clock: times are values.

mod content;
mod cycle;
mod draft_check;
mod draft_problem;
mod key;
mod lesson_page;
mod named_media;
mod progress;
mod search;

#[cfg(test)]
mod content_tests;
#[cfg(test)]
mod draft_check_tests;
#[cfg(test)]
mod lesson_page_tests;
#[cfg(test)]
mod progress_tests;
#[cfg(test)]
mod testing;

pub use content::{
    AssessmentCompletion, AssessmentStep, Check, CompetencyTag, CourseContent, FileKind, FileNotice, Lesson,
    LessonCompletion, Licence, Order, Reflection, Step, Term, Unit, UnitCompletion,
};
pub use cycle::cycle;
pub use draft_check::check;
pub use draft_problem::{Place, Problem, ProblemKind};
pub use key::{KEY_LETTERS, Key};
pub use lesson_page::{LessonPage, Part, lesson_page, term_anchor};
pub use named_media::named_media;
pub use progress::{
    Done, Progress, ScoreRule, StepState, UnitProgress, What, gained, is_enough, merge, progress, score,
};
pub use search::{search_text, search_words};

/// The languages in which courses are written, the first one first.
pub const LANGUAGES: &[&str] = &["vi", "en", "de"];

/// Limits of one course, against mistakes and floods rather than for taste.
pub mod limits {
    /// The most units of one course.
    pub const UNITS: usize = 100;
    /// The most steps of one unit.
    pub const STEPS: usize = 100;
    /// The most checks, reflections and files, each, of one lesson.
    pub const BLOCKS: usize = 50;
    /// The most terms of a glossary.
    pub const TERMS: usize = 1_000;
    /// The most letters of a title.
    pub const TITLE_LETTERS: usize = 250;
    /// More words than these in one lesson are much to read.
    pub const LESSON_WORDS: usize = 1_500;
    /// More minutes than these for one lesson are long.
    pub const LESSON_MINUTES: u32 = 20;
}
