//! The questions of an activity with how many answers wait for a marker.

use askama::Template;

use super::Choices;
use crate::{Frame, Language, Page, Role};

/// Where marking begins.
#[derive(Debug, Clone, Template)]
#[template(path = "marking/overview.html")]
pub struct Overview {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz.
    pub title: String,
    /// Where the page was opened from.
    pub gradebook_path: String,
    /// How to mark.
    pub choices: Choices,
    /// Questions that people mark, and others on which they decided or have to.
    pub by_hand: Vec<Question>,
    /// Those that mark themselves.
    pub automatic: Vec<Question>,
}

/// A question as its marking stands.
#[derive(Debug, Clone)]
pub struct Question {
    /// From 1; `None` when the newest version does not have it any more.
    pub number: Option<usize>,
    /// Its beginning, without markup.
    pub line: String,
    /// Its answers.
    pub path: String,
    /// How many answers wait.
    pub waiting: usize,
    /// How many are marked.
    pub marked: usize,
    /// On how many the markers lie apart.
    pub apart: usize,
    /// How many answered it.
    pub answered: usize,
}

impl Overview {
    fn waiting(&self) -> usize {
        self.by_hand.iter().map(|one| one.waiting + one.apart).sum()
    }
}

impl Page for Overview {
    const NAME: &'static str = "marking/overview";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let blind = Self {
            choices: Choices {
                hides_names: true,
                is_blind: true,
                ..full.choices.clone()
            },
            by_hand: full
                .by_hand
                .iter()
                .map(|one| Question {
                    apart: 0,
                    ..one.clone()
                })
                .collect(),
            ..full.clone()
        };
        let done = Self {
            by_hand: full
                .by_hand
                .iter()
                .map(|one| Question {
                    waiting: 0,
                    apart: 0,
                    marked: one.answered,
                    ..one.clone()
                })
                .collect(),
            ..full.clone()
        };
        let nobody = Self {
            by_hand: Vec::new(),
            automatic: Vec::new(),
            ..full.clone()
        };
        vec![
            ("full", full),
            ("blind", blind),
            ("done", done),
            ("nobody", nobody),
        ]
    }
}

fn sample(language: Language) -> Overview {
    let frame = Frame::sample(language, Role::Instructor);
    let prefix = frame.prefix().to_owned();
    let question = |number: usize, line: &str, counts: [usize; 4]| Question {
        number: Some(number),
        line: line.to_owned(),
        path: format!("{prefix}/marking/q{number}"),
        waiting: counts[0],
        marked: counts[1],
        apart: counts[2],
        answered: counts[3],
    };
    let essay = "Mô tả các bước thay dao tiện an toàn và nêu lý do của từng bước.";
    let photo = "Chụp ảnh chi tiết đã tiện và bản vẽ có ghi kích thước đo được.";
    Overview {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        gradebook_path: format!("{prefix}/gradebook"),
        choices: Choices::sample(&prefix),
        by_hand: vec![
            question(7, essay, [21, 8, 1, 29]),
            question(8, photo, [0, 29, 0, 29]),
        ],
        automatic: vec![question(
            1,
            "Trước khi thay dao tiện, việc nào phải làm đầu tiên?",
            [0, 0, 0, 30],
        )],
        frame,
    }
}
