//! How far a learner, or a class, has come with the competencies that their courses teach.

mod class;
mod report;

pub use class::{ClassColumn, ClassReport, ClassRow, LevelCell, csv_header};
pub use report::{EvidenceLine, LevelShown, Report, ReportGroup, ReportRow, question_name};
