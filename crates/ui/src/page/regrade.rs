//! Marking again: choosing the question that was marked wrong, what a correction
//! would do, and what became of it.

mod choose;
mod dry_run;
mod progress;
mod proposal;
mod trial;

pub use choose::{Choose, How, KeyField, KeyPicture, OptionRow, Question};
pub use dry_run::{Bar, Chart, DryRun, Moved, Which};
pub use progress::Progress;
pub use proposal::Proposal;
pub use trial::Trial;

use crate::{Html, Texts, format};

/// What is marked otherwise.
#[derive(Debug, Clone)]
pub enum What {
    /// The question counts for nothing.
    Drop,
    /// Everybody has all its points.
    FullMarks,
    /// Everybody who answered has all its points.
    FullMarksIfAnswered,
    /// It is worth other points: until now, from now on, both formatted.
    Points(String, String),
    /// Other options are right: until now, from now on. Empty where nobody shows them.
    Key(Vec<Html>, Vec<Html>),
    /// Back to what its author wrote.
    AsAuthored,
}

/// A correction that was committed.
#[derive(Debug, Clone)]
pub struct Past {
    /// "Câu 3: sửa đáp án đúng".
    pub line: String,
    /// When, formatted.
    pub at: String,
    /// Who; empty when not known here.
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
    /// Its page; empty when it belongs to another course.
    pub path: String,
}

/// Why nothing was done, besides the page's own words.
#[derive(Debug, Clone)]
pub struct Refused {
    /// "WEB-REGRADE".
    pub code: &'static str,
    /// Finds it in the log.
    pub trace_id: String,
}

/// A change of question `number` in one line: "Câu 3: sửa đáp án đúng".
pub fn line(t: Texts, number: Option<usize>, what: &What) -> String {
    let change = match what {
        What::Drop => t.get("regrade-line-drop").into_owned(),
        What::FullMarks => t.get("regrade-line-full").into_owned(),
        What::FullMarksIfAnswered => t.get("regrade-line-answered").into_owned(),
        What::Points(_, to) => t.with("regrade-line-points", "points", to.as_str()).to_string(),
        What::Key(..) => t.get("regrade-line-key").into_owned(),
        What::AsAuthored => t.get("regrade-line-authored").into_owned(),
    };
    match number {
        Some(number) => t
            .with("regrade-line", "number", number)
            .and("change", change)
            .to_string(),
        None => change,
    }
}

fn sample_past(t: Texts) -> Vec<Past> {
    let key = What::Key(Vec::new(), Vec::new());
    let points = What::Points(format::number(t, 1.0), format::number(t, 2.0));
    vec![
        Past {
            line: line(t, Some(2), &key),
            at: "10:42".to_owned(),
            by: "Hoàng Thị Mai".to_owned(),
            reason: "Đáp án trong đề in nhầm".to_owned(),
            path: "/s/1/regrade/1".to_owned(),
        },
        Past {
            line: line(t, Some(5), &points),
            at: "9:15".to_owned(),
            by: String::new(),
            reason: String::new(),
            path: String::new(),
        },
    ]
}
