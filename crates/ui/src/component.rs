//! Parts of pages that carry data of their own; each renders itself, and a page
//! prints it by `{{ part|safe }}`. Parts that are only markup (button forms,
//! notices, fields, tables) are macros in `templates/component.html`.

mod answer;
mod check;
mod check_sample;
mod delivery;
mod marking;
mod question;
mod question_body;
mod question_sample;
mod retyped;
mod reviewed;
mod section;
mod upload;

pub use answer::Answer;
pub use check::{CertaintyField, CertaintyLevel, Check, Found};
pub use delivery::{Delivery, DeliveryState, SendAgain};
pub use marking::{Crossed, DecisionKind, DecisionLine, DecisionList, MarkForm};
pub use question::{Gate, Question, Stimulus, statement_option};
pub use question_body::{
    Essay, InlinePart, LegendEntry, Line, Matrix, MatrixColumn, MatrixRow, MeantChoice, NumberField, Options,
    Passage, Picture, PictureSign, QuestionBody, QuestionOption, Select, SelectChoice, SelectRow, Selects,
    Slider, SpotMark, Spots,
};
pub use reviewed::{
    HistoryLine, MarkedOtherwise, Reviewed, ReviewedBody, ReviewedInline, ReviewedMarking, ReviewedOption,
    ReviewedPart, Verdict,
};
pub use section::{Choice, SectionHead};
pub use upload::{FileLook, Upload, UploadedFile};
