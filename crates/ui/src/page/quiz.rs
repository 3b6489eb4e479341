//! An instructor's pages of one quiz: the editor and the preview.

mod editor;
mod field;
mod preview;
mod sample;

pub use editor::{
    Conflict, Difference, Editor, EditorBack, EditorNotice, EditorState, Question, QuestionKind,
    QuestionOption, Rules, WrittenIn,
};
pub use field::{FieldProblem, Wording, copy_suffix, problem_text};
pub use preview::{Answer, Preview, PreviewQuestion};
