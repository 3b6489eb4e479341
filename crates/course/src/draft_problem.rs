//! What is wrong with a draft of a course, by stable code and place. The wording is
//! `ui`'s, under the code; finding it is `draft_check`'s.

use assessment::DraftProblemKind;

use crate::key::Key;

/// One thing that is wrong with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Place,
    /// What.
    pub kind: ProblemKind,
    /// What exactly, as it was written: a key, an address, a block; often empty.
    pub named: String,
    /// What is wrong with a question, where it is one.
    pub of_question: Option<DraftProblemKind>,
    /// Whether it keeps the draft from being published.
    pub is_grave: bool,
}

/// A place in a course. What is empty does not narrow it down.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The unit.
    pub unit: Option<Key>,
    /// The step of that unit.
    pub step: Option<Key>,
    /// The check or reflection of that step, or without a step the term.
    pub part: Option<Key>,
    /// The language.
    pub language: Option<String>,
}

impl Problem {
    /// The stable code, such as `CRS-CYCLE`.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

macro_rules! problem_kinds {
    ($($(#[$doc:meta])* $name:ident => $code:literal, $is_grave:literal;)*) => {
        /// What can be wrong with a draft.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ProblemKind {
            $($(#[$doc])* $name,)*
        }

        impl ProblemKind {
            /// Every kind, for a test that each has its words.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// Whether it keeps a draft from being published.
            pub fn is_grave(self) -> bool {
                match self {
                    $(Self::$name => $is_grave,)*
                }
            }
        }
    };
}

problem_kinds! {
    /// The course, a unit or a lesson has no title, or a term or reflection no words.
    NoTitle => "CRS-NO-TITLE", true;
    /// A title is over [`limits::TITLE_LETTERS`](crate::limits::TITLE_LETTERS).
    TitleTooLong => "CRS-TITLE-LENGTH", true;
    /// There is no lesson.
    NoLesson => "CRS-NO-LESSON", true;
    /// More units, steps, blocks or terms than [`limits`](crate::limits) allow.
    TooMany => "CRS-TOO-MANY", true;
    /// A key of other letters, or a longer one, than a key may be.
    BadKey => "CRS-KEY", true;
    /// A key that something else of its kind has already.
    DuplicateKey => "CRS-DUPLICATE-KEY", true;
    /// Requirements that go round in a circle, see [`cycle`](crate::cycle).
    Cycle => "CRS-CYCLE", true;
    /// A requirement that names no unit or step.
    UnknownRequirement => "CRS-REQUIREMENT", true;
    /// A text in a language in which no courses are written.
    UnknownLanguage => "CRS-LANGUAGE", true;
    /// A text is over [`text::MAX_SOURCE_BYTES`].
    TextTooLong => "CRS-TEXT-LENGTH", true;
    /// A rule of completion asks for less than 1 % or more than 100 %.
    PercentOutOfRange => "CRS-PERCENT", true;
    /// A lesson is done by its checks and has none that can be right or wrong.
    NoMarkedCheck => "CRS-NO-CHECK", true;
    /// A lesson is done by its video and has none.
    NoVideo => "CRS-NO-VIDEO", true;
    /// A step names no assessment.
    NoAssessment => "CRS-NO-ASSESSMENT", true;
    /// A file is named by something that is no hash.
    BadMedium => "CRS-FILE", true;
    /// A question could not be published.
    Question => "CRS-QUESTION", true;
    /// A picture or sound that is not described in words.
    NoAlternative => "CRS-ALTERNATIVE", true;
    /// A unit has no step.
    EmptyUnit => "CRS-EMPTY-UNIT", false;
    /// A lesson has no words, no file and no question.
    EmptyLesson => "CRS-EMPTY-LESSON", false;
    /// Scripts and the like, which readers do not get.
    Active => "CRS-UNSAFE", false;
    /// A picture that pages do not show, see [`text::has_hidden_picture`].
    HiddenPicture => "CRS-HIDDEN-PICTURE", false;
    /// A video without captions.
    NoCaptions => "CRS-CAPTIONS", false;
    /// Sound without its words to read.
    NoTranscript => "CRS-TRANSCRIPT", false;
    /// A file without a title.
    NoFileTitle => "CRS-FILE-TITLE", false;
    /// A competency that no framework has.
    UnknownCompetency => "CRS-COMPETENCY", false;
    /// Nobody says under what terms others may use it, or whom to name.
    NoLicence => "CRS-LICENCE", false;
    /// Something is not there in a language of the course, which its title has.
    NoTranslation => "CRS-TRANSLATION", false;
    /// A link, block or term leads nowhere.
    BrokenLink => "CRS-LINK", false;
    /// A block stands in a body twice; readers see the first.
    RepeatedBlock => "CRS-REPEATED-BLOCK", false;
    /// A procedure without an end or without steps.
    BrokenProcedure => "CRS-PROCEDURE", false;
    /// Much to read for one lesson.
    ReadingLoad => "CRS-READING-LOAD", false;
}
