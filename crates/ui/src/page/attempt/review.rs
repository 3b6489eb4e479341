//! A submitted attempt: mark, where the grade is, and the questions as far as
//! the review rules allow.

use askama::Template;
use chrono::TimeDelta;

use crate::component::{Delivery, DeliveryState, Reviewed, ReviewedBody, SendAgain};
use crate::page::sample_time;
use crate::{Frame, Language, Page, Role, format};

/// The result of one attempt.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/review.html")]
pub struct Review {
    /// The surroundings.
    pub frame: Frame,
    /// The quiz's title.
    pub title: String,
    /// Whose attempt it is, for an instructor; empty for the student's own.
    pub student: String,
    /// "8,5/10"; empty when marks are hidden.
    pub mark: String,
    /// "10,2/12", the points of the questions where that is another scale; empty otherwise.
    pub points: String,
    /// Whether the server submitted it because time was up.
    pub submitted_at_deadline: bool,
    /// "10:41".
    pub submitted_at: String,
    /// "31 phút"; empty when unknown.
    pub time_taken: String,
    /// How many questions have an answer.
    pub answered: usize,
    /// From when on more is shown: "17:00, 27/11/2026"; empty when nothing is
    /// held back or it never will be shown.
    pub more_from: String,
    /// Where the grade is.
    pub delivery: Option<Delivery>,
    /// In the order that the attempt had.
    pub questions: Vec<Reviewed>,
    /// The quiz's front page.
    pub back_path: String,
    /// All attempts of this student, the first one first, for an instructor.
    pub attempts: Vec<Sibling>,
}

/// One attempt among those of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sibling {
    /// Counted from 1.
    pub number: i64,
    /// Where it can be read.
    pub path: String,
    /// Whether this page shows it.
    pub is_this: bool,
    /// Whether it still runs.
    pub is_open: bool,
    /// Whether it gives the grade.
    pub counts: bool,
}

impl Page for Review {
    const NAME: &'static str = "attempt/review";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let shown = sample(language);
        let mut hidden = shown.clone();
        hidden.mark.clear();
        hidden.points.clear();
        hidden.delivery = None;
        hidden.submitted_at_deadline = true;
        hidden.more_from = sample_time(hidden.frame.t, "2026-11-27T10:00:00Z");
        for question in &mut hidden.questions {
            question.mark.clear();
            question.verdict = None;
            if let ReviewedBody::Options { options, .. } = &mut question.body {
                options.iter_mut().for_each(|option| {
                    option.right = None;
                    option.feedback = crate::Html::default();
                });
            }
        }
        let mut read = shown.clone();
        read.frame = Frame::sample(language, Role::Instructor);
        read.student = "Nguyễn Thị Hồng Nhung".to_owned();
        read.delivery = None;
        read.attempts = (1..=4)
            .map(|number| Sibling {
                number,
                path: format!("{}/attempts/{number}", read.frame.prefix()),
                is_this: number == 2,
                is_open: number == 4,
                counts: number == 2,
            })
            .collect();
        let types = Self {
            questions: Reviewed::samples(shown.frame.t),
            ..shown.clone()
        };
        vec![
            ("shown", shown),
            ("hidden", hidden),
            ("instructor", read),
            ("types", types),
        ]
    }
}

impl Review {
    fn total(&self) -> usize {
        self.questions
            .iter()
            .filter(|question| question.is_question())
            .count()
    }

    /// Whether it needs the styles of fields other than options.
    fn has_fields(&self) -> bool {
        let only_options = |question: &Reviewed| {
            matches!(
                question.body,
                ReviewedBody::Options { .. } | ReviewedBody::Information
            )
        };
        !self.questions.iter().all(only_options)
    }
}

fn sample(language: Language) -> Review {
    let frame = Frame::sample(language, Role::Learner);
    Review {
        title: "An toàn lao động trong xưởng cơ khí".to_owned(),
        student: String::new(),
        mark: format::mark(frame.t, 8.5, 10.0),
        points: format::mark(frame.t, 10.2, 12.0),
        submitted_at_deadline: false,
        submitted_at: "10:41".to_owned(),
        time_taken: format::duration(frame.t, TimeDelta::minutes(31)),
        answered: 5,
        more_from: String::new(),
        delivery: Some(Delivery {
            t: frame.t,
            mark: format::number(frame.t, 8.5),
            platform: "Moodle".to_owned(),
            state: DeliveryState::Delivered("10:42".to_owned()),
            send_again: Some(SendAgain {
                path: format!("{}/grade/send", frame.prefix()),
                csrf: frame.csrf().to_owned(),
            }),
        }),
        questions: (1..=6).map(|number| Reviewed::sample(frame.t, number)).collect(),
        back_path: format!("{}/quiz", frame.prefix()),
        attempts: Vec::new(),
        frame,
    }
}
