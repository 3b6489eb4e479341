//! The part of the editor that divides a quiz: sections, draws, choices, drops,
//! what a question is drawn by, and how one goes through all of it. Folded away
//! while nothing of it is used.

use super::field::Wording;

/// The divisions as typed: fields `structured` ("on" once they are in use),
/// `navigation`, `scheme`; for section n from 1 `s{n}_id`, `s{n}_title`,
/// `s{n}_introduction`, `s{n}_shuffle`, `s{n}_draws`, `s{n}_choice`, `s{n}_drops`,
/// `s{n}_part`.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// Whether the fields of single questions are shown.
    pub is_used: bool,
    /// "free" or "sequential".
    pub navigation: String,
    /// In order.
    pub sections: Vec<TypedSection>,
    /// The examination scheme as JSON; empty for none.
    pub scheme: String,
    /// The parts of the scheme that sections can count for: id and name.
    pub parts: Vec<(String, String)>,
}

/// A section as typed.
#[derive(Debug, Clone, Default)]
pub struct TypedSection {
    /// Counted from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: Wording,
    /// Shown above its questions.
    pub introduction: Wording,
    /// Whether each attempt has an order of its own.
    pub shuffle: bool,
    /// A line for each draw: "5: turning, drawing (2-4)".
    pub draws: String,
    /// What it has in common with the sections to choose from instead; empty for none.
    pub choice: String,
    /// How many questions may be dropped; empty for none.
    pub drops: String,
    /// The part of the scheme that it counts for.
    pub part: String,
}

/// Where a question stands, as typed: fields `q{n}_section`, `q{n}_tags`,
/// `q{n}_difficulty`, `q{n}_protected`, `q{n}_after`.
#[derive(Debug, Clone, Default)]
pub struct TypedPlacing {
    /// The id of its section; empty for none.
    pub section: String,
    /// With commas between them.
    pub tags: String,
    /// "1" to "5"; empty for none.
    pub difficulty: String,
    /// Whether it must be answered.
    pub protected: bool,
    /// The slot after which it opens; empty for none.
    pub after: String,
}

impl TypedPlacing {
    /// Whether something was typed.
    pub fn is_used(&self) -> bool {
        let words = [&self.section, &self.tags, &self.difficulty, &self.after];
        self.protected || words.into_iter().any(|word| !word.is_empty())
    }
}

impl TypedSection {
    pub(crate) fn id(&self, field: &str) -> String {
        format!("s{}_{field}", self.number)
    }

    /// The heading, or the section's number.
    pub(crate) fn name(&self) -> String {
        match self.title.value.is_empty() {
            true => self.number.to_string(),
            false => self.title.value.clone(),
        }
    }
}

impl Structure {
    /// Whether the page shows it unfolded.
    pub(crate) fn is_open(&self) -> bool {
        self.is_used
            || !self.sections.is_empty()
            || self.navigation == "sequential"
            || !self.scheme.is_empty()
    }

    pub(crate) fn sample() -> Self {
        let section = |number, id: &str, title: &str| TypedSection {
            number,
            id: id.to_owned(),
            title: Wording::new(title.to_owned()),
            ..TypedSection::default()
        };
        Self {
            is_used: true,
            navigation: "free".to_owned(),
            sections: vec![
                TypedSection {
                    draws: "5: tiện (2-4)\n3: dung sai".to_owned(),
                    shuffle: true,
                    drops: "1".to_owned(),
                    ..section(1, "a", "Phần A: Trắc nghiệm")
                },
                TypedSection {
                    choice: "dự án".to_owned(),
                    ..section(2, "t", "Phần B: Tiện")
                },
                TypedSection {
                    choice: "dự án".to_owned(),
                    ..section(3, "m", "Phần B: Phay")
                },
            ],
            ..Self::default()
        }
    }
}
