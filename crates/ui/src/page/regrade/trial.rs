//! A dry run over many attempts: how far it is. Without a script the reader asks
//! for the newest state; nobody has to stay on the page.

use askama::Template;

use super::{Past, Refused, What, line, sample_past};
use crate::{Frame, Html, Language, Page, Role};

/// A dry run that is under way. Its form posts to `{path}/preview`: `raise_only`
/// ("on") and `reason`.
#[derive(Debug, Clone, Template)]
#[template(path = "regrade/trial.html")]
pub struct Trial {
    /// The surroundings.
    pub frame: Frame,
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
    /// To be kept.
    pub raise_only: bool,
    /// To be kept.
    pub reason: String,
    /// How many attempts were looked at.
    pub looked: usize,
    /// How many there are.
    pub total: usize,
    /// Whether nobody has begun it.
    pub is_missing: bool,
    /// What was corrected since: it has to begin anew.
    pub since: Vec<Past>,
    /// Committing was refused for that.
    pub refused: Option<Refused>,
}

impl Page for Trial {
    const NAME: &'static str = "regrade/trial";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let prefix = frame.prefix().to_owned();
        let under_way = Self {
            title: "An toàn lao động trong xưởng cơ khí".to_owned(),
            line: line(t, Some(3), &What::Key(Vec::new(), Vec::new())),
            path: format!("{prefix}/regrade/1"),
            choose_path: format!("{prefix}/regrade?question=3#q-3"),
            stem: Html::trusted("<p>Khi thấy phoi thép quấn vào mâm cặp, người thợ cần làm gì?</p>"),
            raise_only: true,
            reason: "Đáp án trong đề in nhầm".to_owned(),
            looked: 1_750,
            total: 5_000,
            is_missing: false,
            since: Vec::new(),
            refused: None,
            frame,
        };
        let missing = Self {
            is_missing: true,
            looked: 0,
            ..under_way.clone()
        };
        let changed = Self {
            since: sample_past(t),
            ..under_way.clone()
        };
        vec![
            ("under-way", under_way),
            ("missing", missing),
            ("changed", changed),
        ]
    }
}
