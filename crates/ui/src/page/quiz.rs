//! An instructor's pages of one quiz: the editor, the preview, and the question before a draft is deleted.

mod behaviour;
mod credit;
mod editor;
mod field;
mod preview;
mod remove;
mod sample;
mod sample_types;
mod stimulus;
mod structure;
mod timing;

pub use behaviour::{BehaviourRules, ReviewPreset, Tries};
pub use credit::ResultWordings;
pub use editor::{
    Authored, Conflict, Difference, Editor, EditorBack, EditorNotice, EditorState, Question, QuestionKind,
    QuestionOption, Rules, WrittenIn, kind_words,
};
pub use field::{FieldProblem, Wording, copy_suffix, problem_text};
pub use preview::{Answer, Preview, PreviewQuestion, PreviewSection};
pub use remove::Remove;
pub use stimulus::TypedStimulus;
pub use structure::{SchemePart, SchemeWords, Structure, TypedPlacing, TypedSection};
pub use timing::TimingRules;
