//! One question's answers and how their marking stands.

use askama::Template;

use super::Choices;
use crate::{Frame, Html, Language, Page, Role, format};

/// The answers to one question.
#[derive(Debug, Clone, Template)]
#[template(path = "marking/list.html")]
pub struct List {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz.
    pub title: String,
    /// All questions.
    pub overview_path: String,
    /// The question's number; `None` when the newest version does not have it any more.
    pub number: Option<usize>,
    /// What is asked.
    pub stem: Html,
    /// What its author wrote to markers; may be empty.
    pub notes: Html,
    /// Where to begin; empty when nothing waits.
    pub first_path: String,
    /// How many answers wait.
    pub waiting: usize,
    /// Whether the last one that waited was just saved.
    pub is_done: bool,
    /// How to mark.
    pub choices: Choices,
    /// In their order.
    pub rows: Vec<Row>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Row {
    /// "Bài 3", the name, or that it is not shared.
    pub label: String,
    /// Where it is marked.
    pub path: String,
    /// How its marking stands.
    pub state: State,
    /// "3,5/5"; empty while it has none or it is hidden.
    pub mark: String,
}

/// How the marking of an answer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A marker is awaited.
    Waiting,
    /// Markers lie apart by so many points: "2".
    Apart(String),
    /// A marker decided.
    Marked,
    /// The question marks itself.
    Automatic,
    /// Nothing was answered.
    Unanswered,
    /// A regrade dropped the question.
    Dropped,
}

impl Page for List {
    const NAME: &'static str = "marking/list";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let full = sample(language);
        let t = full.frame.t;
        let hidden = Self {
            choices: Choices {
                hides_names: true,
                ..full.choices.clone()
            },
            rows: full
                .rows
                .iter()
                .zip(1_usize..)
                .map(|(row, place)| Row {
                    label: t.with("marking-paper", "number", place).to_string(),
                    ..row.clone()
                })
                .collect(),
            ..full.clone()
        };
        let done = Self {
            first_path: String::new(),
            waiting: 0,
            is_done: true,
            rows: full
                .rows
                .iter()
                .filter(|row| row.state == State::Marked)
                .cloned()
                .collect(),
            ..full.clone()
        };
        vec![("full", full), ("hidden", hidden), ("done", done)]
    }
}

fn sample(language: Language) -> List {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let row = |place: usize, label: &str, state: State, points: Option<f64>| Row {
        label: label.to_owned(),
        path: format!("{prefix}/marking/q7/{place}"),
        state,
        mark: points
            .map(|points| format::mark(t, points, 5.0))
            .unwrap_or_default(),
    };
    List {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        overview_path: format!("{prefix}/marking"),
        number: Some(7),
        stem: Html::trusted("<p>Mô tả các bước thay dao tiện an toàn và nêu lý do của từng bước.</p>"),
        notes: Html::trusted("<p>1 điểm cho mỗi bước có lý do đúng.</p>"),
        first_path: format!("{prefix}/marking/q7/2"),
        waiting: 2,
        is_done: false,
        choices: Choices::sample(&prefix),
        rows: vec![
            row(1, "Trần Quốc An", State::Marked, Some(3.5)),
            row(2, "Bùi Đức Mạnh", State::Waiting, None),
            row(
                3,
                "Nguyễn Thị Hồng Nhung",
                State::Apart("2".to_owned()),
                Some(4.0),
            ),
            row(4, "Lê Hoàng Phúc", State::Unanswered, None),
            row(5, "Đỗ Thị Thảo", State::Automatic, Some(5.0)),
        ],
        frame,
    }
}
