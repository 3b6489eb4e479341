//! What keeps a folder from being read, by stable code, path and line. The sentences
//! here are for the command line; pages have their own under the codes.

use std::fmt;

use course::Key;

/// One thing that keeps a folder from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderProblem {
    /// The file that it concerns, below the folder; as it was given, even a bad one.
    pub path: String,
    /// The line in it, from 1, where there is one to point at.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: FolderProblemKind,
}

/// What can be wrong with a folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolderProblemKind {
    /// More files than [`MOST_FILES`](super::MOST_FILES).
    #[error("the folder has {0} files; a course has at most {max}", max = super::MOST_FILES)]
    TooManyFiles(usize),
    /// A path that is absolute, leads out of the folder or is not plain.
    #[error("this is no path inside of the folder")]
    BadPath,
    /// A text that is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// Over its limit.
    #[error("{bytes} bytes are more than {limit}")]
    TooLarge {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A file that another one speaks of.
    #[error("there is no file {0}")]
    MissingFile(String),
    /// A file that no other one speaks of.
    #[error("no part of the course is in this file")]
    UnknownFile,
    /// A lesson without front matter, or with one that cannot be read.
    #[error("the front matter between +++ lines: {0}")]
    FrontMatter(String),
    /// Not TOML, or TOML of another shape.
    #[error("{0}")]
    Toml(String),
    /// Not JSON, or JSON of another shape.
    #[error("{0}")]
    Json(String),
    /// A key of other letters, or a longer one, than a key may be.
    #[error("{0:?} is no key: 1 to {max} of a-z, 0-9 and -", max = course::KEY_LETTERS)]
    BadKey(String),
    /// A key that something else of its kind has already.
    #[error("the key {0} is used twice")]
    DuplicateKey(Key),
    /// A language in which no courses are written.
    #[error("courses are written in {known}, not in {0:?}", known = course::LANGUAGES.join(", "))]
    UnknownLanguage(String),
    /// A lesson has one language as Markdown and as HTML.
    #[error("this language of the lesson is there as .md and as .html")]
    LanguageTwice,
    /// Requirements that go round in a circle.
    #[error("each of these requires the next, the last one the first: {}", joined(.0))]
    Cycle(Vec<Key>),
    /// An assessment that is not among its unit's steps.
    #[error("{0} is not among the steps of the unit")]
    UnlistedAssessment(Key),
    /// A medium's name that texts could not name.
    #[error("a medium's name has letters, digits, . _ and -, and an ending of 1 to 4 letters or digits")]
    BadMediumName,
}

impl FolderProblem {
    /// The stable code, such as `IMP-PATH`.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl fmt::Display for FolderProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {} ({})", self.kind, self.code())
    }
}

impl FolderProblemKind {
    /// The stable code, such as `IMP-PATH`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyFiles(_) => "IMP-TOO-MANY-FILES",
            Self::BadPath => "IMP-PATH",
            Self::NotUtf8 => "IMP-ENCODING",
            Self::TooLarge { .. } => "IMP-TOO-LARGE",
            Self::MissingFile(_) => "IMP-MISSING-FILE",
            Self::UnknownFile => "IMP-UNKNOWN-FILE",
            Self::FrontMatter(_) => "IMP-FRONT-MATTER",
            Self::Toml(_) => "IMP-TOML",
            Self::Json(_) => "IMP-JSON",
            Self::BadKey(_) => "IMP-KEY",
            Self::DuplicateKey(_) => "IMP-DUPLICATE-KEY",
            Self::UnknownLanguage(_) => "IMP-LANGUAGE",
            Self::LanguageTwice => "IMP-LANGUAGE-TWICE",
            Self::Cycle(_) => "IMP-CYCLE",
            Self::UnlistedAssessment(_) => "IMP-UNLISTED",
            Self::BadMediumName => "IMP-MEDIA-NAME",
        }
    }
}

fn joined(keys: &[Key]) -> String {
    let keys: Vec<&str> = keys.iter().map(Key::as_str).collect();
    keys.join(", ")
}
