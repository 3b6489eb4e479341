//! Courses, pure: what one version of a course holds, what is wrong with a draft, a
//! learner's progress and score, and a lesson's words as parts of a page.
//!
//! Left out on purpose: storing (`storage`), who may do what (`app`), wording (`ui`),
//! files and archives (`interchange`), and every clock: times are values.

mod competency;
mod content;
mod cycle;
mod draft_check;
mod draft_difference;
mod draft_merge;
mod draft_parts;
mod draft_problem;
mod key;
mod lesson_page;
mod mastery;
mod named_media;
mod progress;
mod search;

#[cfg(test)]
mod competency_tests;
#[cfg(test)]
mod content_tests;
#[cfg(test)]
mod draft_check_tests;
#[cfg(test)]
mod draft_difference_tests;
#[cfg(test)]
mod draft_merge_tests;
#[cfg(test)]
mod lesson_page_tests;
#[cfg(test)]
mod mastery_tests;
#[cfg(test)]
mod progress_tests;
#[cfg(test)]
mod testing;

pub use competency::{
    Association, AssociationType, Competency, Document, Extensions, Framework, FrameworkProblem,
    FrameworkProblemKind, Frameworks, Link, MOST_ASSOCIATIONS, MOST_ITEMS, check_framework, read_framework,
};
pub use content::{
    AssessmentCompletion, AssessmentStep, Check, CompetencyTag, CourseContent, FileKind, FileNotice, Lesson,
    LessonCompletion, Licence, Order, Reflection, Step, Term, Unit, UnitCompletion,
};
pub use cycle::cycle;
pub use draft_check::check;
pub use draft_difference::{Difference, DifferenceKind, Line, LineKind, differences, line_differences};
pub use draft_merge::{Choice, Conflict, Merged, Side, merge_drafts};
pub use draft_parts::{Part as DraftPart, PartOf};
pub use draft_problem::{Place, Problem, ProblemKind};
pub use key::{KEY_LETTERS, Key};
pub use lesson_page::{LessonPage, Part, lesson_page, term_anchor};
pub use mastery::{
    BestTry, Evidence, Level, MASTERED_FROM, Mastery, Tagged, coverage, mastery, unknown_tags,
};
pub use named_media::named_media;
pub use progress::{
    Done, Progress, ScoreRule, StepState, UnitProgress, What, gained, is_enough, merge, progress, score,
};
pub use search::{search_text, search_words};

/// With which seed questions of lessons are asked: orders and values are the same for everybody, so that a page can be
/// kept, and talked about.
pub const CHECK_SEED: i64 = 1;

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
