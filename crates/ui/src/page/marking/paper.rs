//! One answer in front of its marker: what was asked and answered on one side,
//! the mark on the other.

use askama::Template;

use super::Choices;
use crate::component::{Crossed, DecisionLine, DecisionList, MarkForm, Reviewed};
use crate::{Frame, Html, Language, Page, Role};

/// One answer to be marked.
#[derive(Debug, Clone, Template)]
#[template(path = "marking/paper.html")]
pub struct Paper {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz.
    pub title: String,
    /// All answers to the question.
    pub list_path: String,
    /// "Câu 7".
    pub question: String,
    /// "Bài 3", the name, or that it is not shared.
    pub label: String,
    /// 1, 2, 3, … among the answers.
    pub place: usize,
    /// How many answers there are.
    pub total: usize,
    /// How many wait.
    pub waiting: usize,
    /// What was just done.
    pub done: Option<Done>,
    /// What its author wrote to markers; may be empty.
    pub notes: Html,
    /// The question with the answer.
    pub answer: Reviewed,
    /// How a regrade marks it instead.
    pub how: Option<How>,
    /// `None` where a regrade dropped the question.
    pub form: Option<MarkForm>,
    /// Every decision so far.
    pub history: DecisionList,
    /// The answer before this one; empty for the first.
    pub previous_path: String,
    /// The next one, without saving; empty for the last.
    pub next_path: String,
    /// The whole attempt; empty while names are hidden.
    pub attempt_path: String,
    /// How to mark.
    pub choices: Choices,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// This answer's decision was saved.
    Saved,
    /// The one before this was.
    SavedBefore,
}

/// How a regrade marks a question instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It counts for nothing.
    Drop,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
}

impl Page for Paper {
    const NAME: &'static str = "marking/paper";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let waiting = sample(language);
        let t = waiting.frame.t;
        let form = MarkForm::sample(t);
        let hidden = Self {
            label: t.with("marking-paper", "number", 3_usize).to_string(),
            attempt_path: String::new(),
            done: Some(Done::SavedBefore),
            choices: Choices {
                hides_names: true,
                is_blind: true,
                ..waiting.choices.clone()
            },
            form: Some(MarkForm {
                is_blind: true,
                ..form.clone()
            }),
            ..waiting.clone()
        };
        let history = DecisionList {
            t,
            lines: DecisionLine::samples(t),
        };
        let crossed = Self {
            form: Some(MarkForm {
                crossed: Some(Crossed::sample(t)),
                can_release: true,
                seen: 12,
                ..form.clone()
            }),
            history: history.clone(),
            ..waiting.clone()
        };
        let apart = Self {
            form: Some(MarkForm {
                apart: "1,5".to_owned(),
                can_release: true,
                points: "4".to_owned(),
                comment: "Đúng thứ tự các bước.".to_owned(),
                ..form.clone()
            }),
            history: history.clone(),
            done: Some(Done::Saved),
            ..waiting.clone()
        };
        let misfit = Self {
            form: Some(MarkForm {
                points: "55".to_owned(),
                comment: "Tốt.".to_owned(),
                has_error: true,
                has_next: false,
                ..form
            }),
            how: Some(How::FullMarksIfAnswered),
            next_path: String::new(),
            ..waiting.clone()
        };
        let dropped = Self {
            how: Some(How::Drop),
            form: None,
            history,
            ..waiting.clone()
        };
        vec![
            ("waiting", waiting),
            ("hidden", hidden),
            ("crossed", crossed),
            ("apart", apart),
            ("misfit", misfit),
            ("dropped", dropped),
        ]
    }
}

fn sample(language: Language) -> Paper {
    let frame = Frame::sample(language, Role::Instructor);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    Paper {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        list_path: format!("{prefix}/marking/q7"),
        question: t.with("attempt-question", "number", 7_usize).to_string(),
        label: "Nguyễn Thị Hồng Nhung".to_owned(),
        place: 3,
        total: 29,
        waiting: 21,
        done: None,
        notes: Html::trusted("<p>1 điểm cho mỗi bước có lý do đúng, tối đa 5 điểm.</p>"),
        answer: Reviewed::sample_essay(t),
        how: None,
        form: Some(MarkForm::sample(t)),
        history: DecisionList { t, lines: Vec::new() },
        previous_path: format!("{prefix}/marking/q7/2"),
        next_path: format!("{prefix}/marking/q7/4"),
        attempt_path: format!("{prefix}/attempts/1"),
        choices: Choices::sample(&prefix),
        frame,
    }
}
