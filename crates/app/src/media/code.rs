//! The codes with which a file is refused.

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileCode {
    /// Nothing was sent, or a file without content.
    Empty,
    /// More bytes than the place takes.
    TooLarge,
    /// More files than the place takes.
    TooMany,
    /// Of a kind that the place does not take, or of none that is known.
    Kind,
    /// The content is not what the name or the browser says.
    Mismatch,
    /// A drawing in SVG, which can hold programs.
    Drawing,
    /// A picture with too many pixels.
    Pixels,
    /// A picture that cannot be read to its end.
    Damaged,
}

impl FileCode {
    /// All of them, in the order of docs/errors.md.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::TooLarge,
        Self::TooMany,
        Self::Kind,
        Self::Mismatch,
        Self::Drawing,
        Self::Pixels,
        Self::Damaged,
    ];

    /// As it stands on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "WEB-FILE-EMPTY",
            Self::TooLarge => "WEB-FILE-TOO-LARGE",
            Self::TooMany => "WEB-FILE-TOO-MANY",
            Self::Kind => "WEB-FILE-KIND",
            Self::Mismatch => "WEB-FILE-MISMATCH",
            Self::Drawing => "WEB-FILE-SVG",
            Self::Pixels => "WEB-FILE-PIXELS",
            Self::Damaged => "WEB-FILE-DAMAGED",
        }
    }
}
