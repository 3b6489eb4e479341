//! An instructor's pages of courses: the list, the editors of a course and of a step,
//! what is taken from quizzes, two authors' conflict, the history, the check before
//! publishing and the versions. All editors work by plain forms.

mod conflict;
mod course;
mod field;
mod history;
mod list;
mod publication;
mod questions;
mod sample;
mod step;

pub use conflict::{Conflict, ConflictPart, ConflictSide, Hidden};
pub use course::{CourseEditor, EditedStep, EditedTerm, EditedUnit};
pub(crate) use field::any_chosen;
pub use field::{
    CompetencyFields, CompetencyOption, CourseState, DifferentLine, EditorHead, EditorNotice,
    FrameworkOptions, InLanguage, LicenceFields, LineMark, Multilingual, Need,
};
pub use history::{DraftDifference, DraftLine, DraftPage, HistoryPage};
pub use list::{CourseLine, CourseList};
pub use publication::{CourseProblem, PublishPage, VersionLine, VersionsPage};
pub use questions::{FoundQuestion, FoundQuestions, FoundQuiz, QuestionsPage, QuizzesPage};
pub use step::{CaptionsOf, EditedCheck, EditedFile, EditedReflection, StepBody, StepEditor, StepRule};
