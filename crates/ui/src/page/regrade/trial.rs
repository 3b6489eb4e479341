//! A dry run over many attempts: how far it is. Without a script the reader asks
//! for the newest state; nobody has to stay on the page.

use askama::Template;

use super::{Proposal, What, sample_past};
use crate::{Frame, Language, Page, Role};

/// A dry run that is under way.
#[derive(Debug, Clone, Template)]
#[template(path = "regrade/trial.html")]
pub struct Trial {
    /// The surroundings.
    pub frame: Frame,
    /// What is tried.
    pub proposal: Proposal,
    /// How many attempts were looked at.
    pub looked: usize,
    /// How many there are.
    pub total: usize,
    /// Whether nobody has begun it.
    pub is_missing: bool,
}

impl Page for Trial {
    const NAME: &'static str = "regrade/trial";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let proposal = Proposal {
            raise_only: true,
            reason: "Đáp án trong đề in nhầm".to_owned(),
            ..Proposal::sample(&frame, &What::Key(Vec::new(), Vec::new()))
        };
        let under_way = Self {
            proposal: proposal.clone(),
            looked: 1_750,
            total: 5_000,
            is_missing: false,
            frame,
        };
        let missing = Self {
            is_missing: true,
            looked: 0,
            ..under_way.clone()
        };
        let changed = Self {
            proposal: Proposal {
                since: sample_past(t),
                ..proposal
            },
            ..under_way.clone()
        };
        vec![
            ("under-way", under_way),
            ("missing", missing),
            ("changed", changed),
        ]
    }
}
