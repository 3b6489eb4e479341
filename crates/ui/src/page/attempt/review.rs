//! A submitted attempt: mark, where the grade is, and the questions as far as
//! the review rules allow.

use askama::Template;
use chrono::TimeDelta;

use crate::component::{
    DecisionLine, DecisionList, Delivery, DeliveryState, HistoryLine, MarkForm, MarkedOtherwise, Reviewed,
    ReviewedBody, SectionHead, SendAgain,
};
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
    /// Whether it was not submitted in time and counts for nothing.
    pub is_abandoned: bool,
    /// Where an instructor submits it for the student; empty where that is of no use.
    pub submit_for_path: String,
    /// Whether it reached the pass mark; `None` without one, and while the mark is hidden.
    pub passed: Option<bool>,
    /// "10:41".
    pub submitted_at: String,
    /// "31 phút"; empty when unknown.
    pub time_taken: String,
    /// How many questions have an answer.
    pub answered: usize,
    /// How many answers wait for a marker.
    pub waiting: usize,
    /// From when on more is shown: "17:00, 27/11/2026"; empty when nothing is
    /// held back or it never will be shown.
    pub more_from: String,
    /// When something is hidden again that is shown now: "10:43"; empty otherwise.
    pub less_from: String,
    /// How well certainty fits what was right, where that was asked and marks are shown.
    pub certainty: Option<CertaintyTable>,
    /// Where the grade is.
    pub delivery: Option<Delivery>,
    /// The heads of its sections.
    pub sections: Vec<SectionHead>,
    /// In the order that the attempt had.
    pub questions: Vec<Reviewed>,
    /// The quiz's front page.
    pub back_path: String,
    /// All attempts of this student, the first one first, for an instructor.
    pub attempts: Vec<Sibling>,
    /// The examination that it is part of.
    pub examination: Option<Examination>,
}

/// How an examination stands. An instructor enters points by `part/{id}`,
/// `oral_part` and `oral`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examination {
    /// The scheme's name.
    pub title: String,
    /// "80,4".
    pub total: String,
    /// "3"; empty while it is open.
    pub grade: String,
    /// Whether it is passed; `None` while that is open.
    pub passed: Option<bool>,
    /// What brings about a pass, in sentences.
    pub needed: Vec<String>,
    /// Each part, each before those that it is made of.
    pub parts: Vec<ExaminationPart>,
    /// Where points are posted to; empty for the student.
    pub enter_path: String,
    /// The parts in which an oral examination can be taken: id and name.
    pub oral_parts: Vec<(String, String)>,
    /// The one in which it was taken; empty for none.
    pub oral_part: String,
    /// Its points.
    pub oral: String,
}

/// A part of an examination.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExaminationPart {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How deep it stands in others, from 0.
    pub depth: usize,
    /// "75"; empty while it is missing.
    pub points: String,
    /// "3"; empty without one.
    pub grade: String,
    /// Whether a marker enters it.
    pub by_hand: bool,
    /// As it was entered.
    pub entered: String,
}

/// How well certainty fits what was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertaintyTable {
    /// "75 %": what is right, whatever the certainty.
    pub accuracy: String,
    /// "+2,5 %": what the certainty adds.
    pub bonus: String,
    /// Of each level, the lowest first, how many answers and how many of them are right.
    pub levels: [(usize, usize); 3],
}

impl CertaintyTable {
    fn rows(&self) -> impl Iterator<Item = (&'static str, usize, usize)> {
        let keys = [
            "behaviour-certainty-low",
            "behaviour-certainty-medium",
            "behaviour-certainty-high",
        ];
        let rows = keys.into_iter().zip(self.levels);
        rows.map(|(key, (chosen, right))| (key, chosen, right))
    }
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
        hidden.waiting = 1;
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
        let mut sure = shown.clone();
        sure.less_from = "10:43".to_owned();
        sure.certainty = Some(CertaintyTable {
            accuracy: "67 %".to_owned(),
            bonus: "+3,3 %".to_owned(),
            levels: [(2, 1), (1, 0), (3, 3)],
        });
        for question in &mut sure.questions {
            question.certainty = sure.frame.t.get("behaviour-certainty-high").into_owned();
            let line = |(at, what): (&str, &str)| HistoryLine {
                at: at.to_owned(),
                what: what.to_owned(),
            };
            question.history = [
                ("10:31", "Trả lời: Hạ tốc độ quay"),
                ("10:35", "Kiểm tra lần 1: Sai"),
            ]
            .map(line)
            .into();
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
        let mut abandoned = read.clone();
        abandoned.mark.clear();
        abandoned.points.clear();
        abandoned.passed = None;
        abandoned.is_abandoned = true;
        abandoned.submitted_at = "–".to_owned();
        abandoned.submit_for_path = format!("{}/attempts/2/submit-for", abandoned.frame.prefix());
        read.examination = Some(examination(read.frame.prefix()));
        let t = read.frame.t;
        for (question, how) in read.questions.iter_mut().zip([
            MarkedOtherwise::Dropped,
            MarkedOtherwise::FullMarks,
            MarkedOtherwise::FullMarksIfAnswered,
        ]) {
            question.marking.how = Some(how);
        }
        if let Some(question) = read.questions.first_mut() {
            question.marking.comments = vec!["Đúng, nhưng chưa nêu lý do.".to_owned()];
            question.marking.history = Some(DecisionList {
                t,
                lines: DecisionLine::samples(t),
            });
            question.marking.form = Some(MarkForm {
                has_next: false,
                slot: "slot-1".to_owned(),
                id: "mark-1".to_owned(),
                ..MarkForm::sample(t)
            });
        }
        read.waiting = 2;
        read.sections = vec![SectionHead {
            introduction: crate::Html::default(),
            drops: 0,
            ..SectionHead::sample(t, 0)
        }];
        let types = Self {
            questions: Reviewed::samples(shown.frame.t),
            ..shown.clone()
        };
        vec![
            ("shown", shown),
            ("hidden", hidden),
            ("certainty", sure),
            ("instructor", read),
            ("abandoned", abandoned),
            ("types", types),
        ]
    }
}

impl Review {
    fn total(&self) -> usize {
        self.questions
            .iter()
            .filter(|question| question.is_question() && !question.is_left_out)
            .count()
    }

    fn heads_before(&self, index: &usize) -> impl Iterator<Item = &SectionHead> {
        self.sections.iter().filter(move |head| head.first == *index)
    }

    /// Whether the mark is what there is of an examination so far.
    fn is_unfinished(&self) -> bool {
        let is_open = |examination: &Examination| examination.passed.is_none();
        self.waiting > 0 || self.examination.as_ref().is_some_and(is_open)
    }

    /// Whether it needs the styles of fields other than options, or of the history.
    fn has_styles(&self) -> bool {
        let has_history = |question: &Reviewed| !question.history.is_empty();
        self.has_fields() || self.questions.iter().any(has_history)
    }

    /// Whether it needs the styles of marking.
    fn has_marking(&self) -> bool {
        let said =
            |question: &Reviewed| question.marking.form.is_some() || !question.marking.comments.is_empty();
        self.questions.iter().any(said)
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

fn examination(prefix: &str) -> Examination {
    let part = |id: &str, title: &str, depth, points: &str, by_hand| ExaminationPart {
        id: id.to_owned(),
        title: title.to_owned(),
        depth,
        points: points.to_owned(),
        entered: points.to_owned(),
        by_hand,
        ..ExaminationPart::default()
    };
    Examination {
        title: "Kỳ thi tốt nghiệp".to_owned(),
        total: "59,7".to_owned(),
        passed: Some(false),
        needed: vec!["Thi vấn đáp bổ sung phần Phân tích: cần ít nhất 70 điểm để đạt.".to_owned()],
        parts: vec![
            part("p1", "Phần 1", 0, "60", true),
            part("p2", "Phần 2", 0, "", false),
            part("a", "Phân tích", 1, "40", false),
        ],
        enter_path: format!("{prefix}/attempts/2/parts"),
        oral_parts: vec![("a".to_owned(), "Phân tích".to_owned())],
        ..Examination::default()
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
        is_abandoned: false,
        submit_for_path: String::new(),
        passed: Some(true),
        submitted_at: "10:41".to_owned(),
        time_taken: format::duration(frame.t, TimeDelta::minutes(31)),
        answered: 5,
        waiting: 0,
        more_from: String::new(),
        less_from: String::new(),
        certainty: None,
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
        examination: None,
        sections: Vec::new(),
        frame,
    }
}
