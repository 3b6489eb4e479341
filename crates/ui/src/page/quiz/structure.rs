//! The part of the editor that divides a quiz: sections, draws, choices, drops,
//! what a question is drawn by, and how one goes through all of it. Folded away
//! while nothing of it is used.

use super::field::Wording;
use crate::Texts;

/// The divisions as typed: fields `structured` ("on" once they are in use),
/// `navigation`, `scheme`, `scheme_name`; for section n from 1 `s{n}_id`, `s{n}_title`,
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
    /// The schemes that can be picked (field `scheme_name`): name and title.
    pub offered: Vec<(String, String)>,
    /// What the scheme says; `None` without one, or while it cannot be read.
    pub words: Option<SchemeWords>,
}

/// An examination scheme in words.
#[derive(Debug, Clone, Default)]
pub struct SchemeWords {
    /// Its name.
    pub title: String,
    /// All parts, each before those that it is made of.
    pub parts: Vec<SchemePart>,
    /// What it takes to pass, a sentence each.
    pub conditions: Vec<String>,
    /// The grades, the best first: "từ 92 điểm: 1 (rất tốt)".
    pub grades: Vec<String>,
    /// How an oral examination counts, a sentence each; empty where there is none.
    pub supplement: Vec<String>,
}

/// A part of an examination in words.
#[derive(Debug, Clone)]
pub struct SchemePart {
    /// How many parts it stands in.
    pub depth: usize,
    /// Its name.
    pub title: String,
    /// Its share among the parts beside it: "40 %".
    pub weight: String,
    /// Where its points come from; empty for one that is made of other parts.
    pub source: String,
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

    pub(crate) fn sample_examination(t: Texts) -> Self {
        let part = |depth, title: &str, weight: &str, source: &str| SchemePart {
            depth,
            title: title.to_owned(),
            weight: weight.to_owned(),
            source: source.to_owned(),
        };
        let names = [
            ("part-1", "Phần 1 của kỳ thi"),
            ("work-order", "Nhiệm vụ thực hành"),
            ("analysis-a", "Phân tích: phần A"),
            ("production-b", "Gia công: phần B"),
        ];
        let [sentence, condition] =
            [("structure-scheme-total", "50"), ("structure-scheme-part", "50")].map(|(key, points)| {
                t.with(key, "points", points)
                    .and("parts", "Nhiệm vụ thực hành")
                    .to_string()
            });
        let by_hand = t.get("structure-scheme-from-marker");
        let of_sections = t
            .with(
                "structure-scheme-from-sections",
                "sections",
                "Phần A: Trắc nghiệm",
            )
            .to_string();
        let mut structure = Self::sample();
        structure.parts = names.map(|(id, name)| (id.to_owned(), name.to_owned())).into();
        structure.scheme = "{}".to_owned();
        structure.offered = vec![("german".to_owned(), EXAMINATION.to_owned())];
        if let Some(first) = structure.sections.first_mut() {
            first.part = "analysis-a".to_owned();
        }
        structure.words = Some(SchemeWords {
            title: EXAMINATION.to_owned(),
            parts: vec![
                part(0, "Phần 1 của kỳ thi", "40 %", &by_hand),
                part(0, "Phần 2 của kỳ thi", "60 %", ""),
                part(1, "Nhiệm vụ thực hành", "50 %", &by_hand),
                part(1, "Phân tích đơn hàng và chức năng", "20 %", ""),
                part(2, "Phân tích: phần A", "50 %", &of_sections),
            ],
            conditions: vec![sentence, condition],
            grades: [("92", "1 (rất tốt)"), ("81", "2 (tốt)"), ("67", "3 (khá)")]
                .map(|(from, grade)| {
                    t.with("structure-scheme-grade", "points", from)
                        .and("grade", grade)
                        .to_string()
                })
                .into(),
            supplement: vec![
                t.with(
                    "structure-scheme-oral-text",
                    "parts",
                    "Phân tích, Gia công, Kinh tế",
                )
                .and("before", 2)
                .and("oral", 1)
                .to_string(),
            ],
        });
        structure
    }
}

const EXAMINATION: &str = "Kỳ thi tốt nghiệp nghề kim loại theo luật Đức";
