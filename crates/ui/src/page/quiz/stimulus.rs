//! The part of the editor for material that several questions refer to.

use super::field::Wording;

/// Material as typed: for number n from 1 fields `t{n}_id`, `t{n}_title`, `t{n}_text`.
/// A question refers to it by `q{n}_stimulus`.
#[derive(Debug, Clone, Default)]
pub struct TypedStimulus {
    /// Counted from 1.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: Wording,
    /// What is read or looked at.
    pub text: Wording,
    /// The numbers of the questions that refer to it: "2, 3"; empty for none.
    pub used_by: String,
}

impl TypedStimulus {
    pub(crate) fn id(&self, field: &str) -> String {
        format!("t{}_{field}", self.number)
    }

    /// The heading behind its number.
    pub(crate) fn name(&self) -> String {
        match self.title.value.trim() {
            "" => self.number.to_string(),
            title => format!("{}. {title}", self.number),
        }
    }

    pub(crate) fn sample() -> Self {
        Self {
            number: 1,
            id: "drawing".to_owned(),
            title: Wording::new("Bản vẽ TR-07"),
            text: Wording::new("![Trục bậc](media:0a1b.png)\n\nKích thước tính bằng mm."),
            used_by: "1, 2".to_owned(),
        }
    }
}
