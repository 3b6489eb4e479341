//! Marking by hand: the questions of an activity, one question's answers, and
//! one answer in front of its marker.

mod list;
mod overview;
mod paper;

pub use list::{List, Row, State};
pub use overview::{Overview, Question};
pub use paper::{Done, How, Paper};

/// How somebody wants to mark; both pages that ask post `names` ("hidden") and
/// `second` ("on"), and `back`: where to go on.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Where the form posts to.
    pub path: String,
    /// The page that it stands on.
    pub back: String,
    /// Names are hidden.
    pub hides_names: bool,
    /// Other markers' decisions are hidden.
    pub is_blind: bool,
}

impl Choices {
    /// Filled for samples.
    pub(crate) fn sample(prefix: &str) -> Self {
        Self {
            path: format!("{prefix}/marking/choices"),
            back: String::new(),
            hides_names: false,
            is_blind: false,
        }
    }
}
