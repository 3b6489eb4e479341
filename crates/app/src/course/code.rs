//! The codes with which a course, or what somebody brings along for one, is refused.

/// Why a course was not taken or not published, or progress not taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CourseCode {
    /// Another organisation has a course of that key.
    KeyTaken,
    /// Something grave is wrong with it.
    NotReady,
    /// The step opens later: something else comes first.
    Locked,
    /// The course has no such lesson, quiz or unit any more.
    Gone,
    /// What a device says that it holds cannot be read.
    Device,
}

impl CourseCode {
    /// All of them, in the order of docs/errors.md.
    pub const ALL: &'static [Self] = &[
        Self::KeyTaken,
        Self::NotReady,
        Self::Locked,
        Self::Gone,
        Self::Device,
    ];

    /// As it stands on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyTaken => "CRS-KEY-TAKEN",
            Self::NotReady => "CRS-NOT-READY",
            Self::Locked => "CRS-LOCKED",
            Self::Gone => "CRS-GONE",
            Self::Device => "CRS-DEVICE",
        }
    }
}
