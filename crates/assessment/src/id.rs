//! Ids, one type each so that they are never confused. All are given from
//! outside: this crate makes none.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits;

/// Any of the ids below.
pub(crate) trait Id {
    fn is_well_formed(&self) -> bool;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as it was given.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the id has 1 to [`limits::ID_BYTES`] bytes of ASCII
            /// letters, digits, `-`, `_`, `.` and `:`.
            pub fn is_well_formed(&self) -> bool {
                is_well_formed(&self.0)
            }
        }

        impl Id for $name {
            fn is_well_formed(&self) -> bool {
                is_well_formed(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id! {
    /// One attempt of one person at one assessment.
    AttemptId
}
id! {
    /// One published, unchangeable version of an item.
    ItemVersionId
}
id! {
    /// Something to choose, place or put in order: an option, choice, label or
    /// passage; unique in its item.
    OptionId
}
id! {
    /// A place in an item that takes an answer: a gap, a stem to match, a zone, a
    /// row; unique in its item.
    FieldId
}
id! {
    /// Material that several questions of an assessment refer to, unique in it.
    StimulusId
}
id! {
    /// A section of an assessment, unique in it.
    SectionId
}
id! {
    /// A choice: what the sections have in common of which one is answered.
    AlternativeId
}
id! {
    /// A part of an examination scheme, unique in it.
    PartId
}
id! {
    /// A place for a question in an assessment, unique in it and kept when the
    /// question in it is edited.
    SlotId
}
id! {
    /// One writer of an attempt's log: a tab or device, a plain form, or the
    /// server itself ([`WriterId::server`]).
    WriterId
}

/// How the ids of markers begin.
const MARKER: &str = "marker:";

impl WriterId {
    /// The writer of a person's decisions as a marker. No page may use it.
    pub fn marker(person: &str) -> Self {
        Self(format!("{MARKER}{person}"))
    }

    /// The person, where this is a marker.
    pub fn as_marker(&self) -> Option<&str> {
        self.0.strip_prefix(MARKER)
    }

    /// The writer of the server's own entries. No page may use it.
    pub fn server() -> Self {
        Self("server".to_owned())
    }

    /// Whether this is the server.
    pub fn is_server(&self) -> bool {
        self.0 == "server"
    }
}

fn is_well_formed(id: &str) -> bool {
    let fits = (1..=limits::ID_BYTES).contains(&id.len());
    fits && id
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, expected: bool) {
        assert_eq!(SlotId::from(id).is_well_formed(), expected, "{id:?}");
    }

    #[test]
    fn ids_are_short_ascii() {
        check("q1", true);
        check("0192f0c1-7d5a-7e8b-9c3d-2f1e0a9b8c7d", true);
        check("", false);
        check("a b", false);
        check("câu-1", false);
        check(&"x".repeat(limits::ID_BYTES), true);
        check(&"x".repeat(limits::ID_BYTES + 1), false);
    }
}
