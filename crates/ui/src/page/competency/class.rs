//! A class's competencies: a row for each learner, a column for each competency.

use askama::Template;

use super::LevelShown;
use crate::{Frame, Language, Page, Role, Texts};

/// The class, some learners at a time.
#[derive(Debug, Clone, Template)]
#[template(path = "competency/class.html")]
pub struct ClassReport {
    /// The surroundings.
    pub frame: Frame,
    /// Its own path; `{path}/{id}` is one learner, `page` in the query another part.
    pub path: String,
    /// The same as a table for a spreadsheet.
    pub csv_path: String,
    /// The titles of the courses that the class has.
    pub courses: Vec<String>,
    /// The competencies, in the order of the columns.
    pub columns: Vec<ClassColumn>,
    /// The learners of this part.
    pub rows: Vec<ClassRow>,
    /// How many learners there are.
    pub total: usize,
    /// Which part this is, from 1.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
}

/// A competency.
#[derive(Debug, Clone)]
pub struct ClassColumn {
    /// "4.1".
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Of which framework.
    pub framework: String,
    /// How many questions and quizzes prove it.
    pub proofs: usize,
    /// How many of all learners have mastered it.
    pub mastered: usize,
    /// How many are at work on it.
    pub in_work: usize,
}

/// A learner.
#[derive(Debug, Clone)]
pub struct ClassRow {
    /// Goes into the address.
    pub id: String,
    /// In the reader's order; empty when it is not shared.
    pub name: String,
    /// In the order of the columns.
    pub cells: Vec<LevelCell>,
}

/// How far a learner has come with a competency.
#[derive(Debug, Clone)]
pub struct LevelCell {
    /// How far.
    pub level: LevelShown,
    /// "83 %"; empty before the first try.
    pub share: String,
}

/// The head of the table for a spreadsheet: the learner, then level and average of each competency.
pub fn csv_header(t: Texts, columns: &[ClassColumn]) -> Vec<String> {
    let of_column = |column: &ClassColumn| {
        let average = t.with("competency-csv-share", "code", column.code.as_str());
        [format!("{} {}", column.code, column.name), average.to_string()]
    };
    std::iter::once(t.get("competency-student").into_owned())
        .chain(columns.iter().flat_map(of_column))
        .collect()
}

impl ClassReport {
    /// The competencies by framework.
    fn groups(&self) -> Vec<(&str, Vec<&ClassColumn>)> {
        let mut groups: Vec<(&str, Vec<&ClassColumn>)> = Vec::new();
        for column in &self.columns {
            match groups
                .last_mut()
                .filter(|(framework, _)| *framework == column.framework)
            {
                Some((_, columns)) => columns.push(column),
                None => groups.push((&column.framework, vec![column])),
            }
        }
        groups
    }
}

impl Page for ClassReport {
    const NAME: &'static str = "competency/class";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let column = |code: &str, name: &str, mastered| ClassColumn {
            code: code.to_owned(),
            name: name.to_owned(),
            framework:
                "Quy định đào tạo các nghề kim loại trong công nghiệp của Đức: danh mục nội dung đào tạo"
                    .to_owned(),
            proofs: 4,
            mastered,
            in_work: 21,
        };
        let cell = |level, share: &str| LevelCell {
            level,
            share: share.to_owned(),
        };
        let row = |id: &str, name: &str, cells| ClassRow {
            id: id.to_owned(),
            name: name.to_owned(),
            cells,
        };
        let full = Self {
            frame: Frame::sample(language, Role::Instructor),
            path: "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f/competencies/class".to_owned(),
            csv_path: "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f/competencies/class.csv".to_owned(),
            courses: vec!["An toàn khi cắt gọt kim loại".to_owned()],
            columns: vec![
                column("3", "An toàn và bảo vệ sức khỏe tại nơi làm việc", 180),
                column("10", "Bảo dưỡng thiết bị, dụng cụ", 12),
                column("4", "Bảo vệ môi trường", 0),
            ],
            rows: vec![
                row(
                    "1",
                    "Nguyễn Thị Hồng Nhung",
                    vec![
                        cell(LevelShown::Mastered, "92 %"),
                        cell(LevelShown::InWork, "40 %"),
                        cell(LevelShown::NotBegun, ""),
                    ],
                ),
                row(
                    "2",
                    "",
                    vec![
                        cell(LevelShown::InWork, ""),
                        cell(LevelShown::NotBegun, ""),
                        cell(LevelShown::NotBegun, ""),
                    ],
                ),
            ],
            total: 214,
            part: 2,
            parts: 5,
        };
        let empty = Self {
            courses: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            total: 0,
            part: 1,
            parts: 1,
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}
