//! The codes with which a course is refused.

/// Why a course was not taken or not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CourseCode {
    /// Another organisation has a course of that key.
    KeyTaken,
    /// Something grave is wrong with it.
    NotReady,
}

impl CourseCode {
    /// All of them, in the order of docs/errors.md.
    pub const ALL: &'static [Self] = &[Self::KeyTaken, Self::NotReady];

    /// As it stands on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyTaken => "CRS-KEY-TAKEN",
            Self::NotReady => "CRS-NOT-READY",
        }
    }
}
