//! A proposed correction as its pages show it, whether its dry run is under way or
//! worked out. Left out: what the dry run found.

use super::{Past, Refused, What, line};
use crate::{Frame, Html};

/// What somebody wants to be marked otherwise. It can be posted to `{path}/preview`
/// again: `raise_only` ("on") and `reason`.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The quiz.
    pub title: String,
    /// "Câu 3: sửa đáp án đúng".
    pub line: String,
    /// "/s/…/regrade/…".
    pub path: String,
    /// To all questions, this one unfolded.
    pub choose_path: String,
    /// What is asked.
    pub stem: Html,
    /// Whether no mark may fall.
    pub raise_only: bool,
    /// Why, as typed so far.
    pub reason: String,
    /// What was corrected since: the dry run has to begin anew.
    pub since: Vec<Past>,
    /// Committing was refused for that.
    pub refused: Option<Refused>,
}

impl Proposal {
    pub(super) fn sample(frame: &Frame, what: &What) -> Self {
        let line = line(frame.t, Some(3), what);
        Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            path: format!("{}/regrade/1", frame.prefix()),
            choose_path: format!("{}/regrade?question=3#q-3", frame.prefix()),
            stem: Html::trusted("<p>Khi thấy phoi thép quấn vào mâm cặp, người thợ cần làm gì?</p>"),
            raise_only: false,
            reason: line.clone(),
            line,
            since: Vec::new(),
            refused: None,
        }
    }
}
