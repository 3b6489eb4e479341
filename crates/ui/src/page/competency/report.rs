//! One learner's competencies with the evidence behind each: for the learner, and for
//! an instructor who looks at one of a class.

use askama::Template;

use crate::{Frame, Language, Page, Role, Texts};

/// How far somebody has come, by framework.
#[derive(Debug, Clone, Template)]
#[template(path = "competency/report.html")]
pub struct Report {
    /// The surroundings.
    pub frame: Frame,
    /// Whose report an instructor reads; `None` for one's own.
    pub student: Option<String>,
    /// The class's page, from which an instructor came; empty for nowhere.
    pub class_path: String,
    /// By framework.
    pub groups: Vec<ReportGroup>,
}

/// The competencies of a framework.
#[derive(Debug, Clone)]
pub struct ReportGroup {
    /// What it is called.
    pub framework: String,
    /// In the order of the framework.
    pub rows: Vec<ReportRow>,
}

/// A competency.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// "4.1".
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How far.
    pub level: LevelShown,
    /// How many questions and quizzes prove it; 0 where it is only read about.
    pub proofs: usize,
    /// How many of them were tried.
    pub tried: usize,
    /// "83 %", the average of the best results; empty before the first.
    pub share: String,
    /// What was done, in the order of the courses.
    pub evidence: Vec<EvidenceLine>,
    /// What other frameworks call something like it: "Thông tư 02/2025: 4.1 Bảo vệ thiết bị".
    pub related: Vec<String>,
}

/// How far somebody has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelShown {
    /// Nothing was done for it.
    NotBegun,
    /// Something was.
    InWork,
    /// Enough was right.
    Mastered,
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct EvidenceLine {
    /// What: the lesson's or quiz's title, with the question's number.
    pub what: String,
    /// In which course.
    pub course: String,
    /// "83 %"; empty for what was read.
    pub result: String,
    /// When, in words.
    pub at: String,
}

/// A question of a lesson, as evidence names it.
pub fn question_name(t: Texts, lesson: &str, number: usize) -> String {
    t.with("competency-question", "title", lesson)
        .and("number", number)
        .to_string()
}

impl LevelShown {
    /// In words.
    pub fn in_words(self, t: Texts) -> String {
        t.get(self.words()).into_owned()
    }

    /// The key of its words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotBegun => "competency-level-not-begun",
            Self::InWork => "competency-level-in-work",
            Self::Mastered => "competency-level-mastered",
        }
    }

    /// The kind of its badge.
    pub(super) fn badge(self) -> &'static str {
        match self {
            Self::NotBegun => "neutral",
            Self::InWork => "info",
            Self::Mastered => "good",
        }
    }
}

impl Page for Report {
    const NAME: &'static str = "competency/report";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let line = |what: &str, result: &str| EvidenceLine {
            what: what.to_owned(),
            course: "An toàn khi cắt gọt kim loại".to_owned(),
            result: result.to_owned(),
            at: "24/11/2026, 09:12".to_owned(),
        };
        let row = |code: &str, name: &str, level, (proofs, tried), evidence: Vec<EvidenceLine>| ReportRow {
            code: code.to_owned(),
            name: name.to_owned(),
            level,
            proofs,
            tried,
            share: if tried > 0 {
                "83 %".to_owned()
            } else {
                String::new()
            },
            evidence,
            related: Vec::new(),
        };
        let mut devices = row(
            "4.1",
            "Bảo vệ thiết bị",
            LevelShown::InWork,
            (3, 1),
            vec![line("Khóa màn hình", "")],
        );
        devices.related = vec!["DigComp 2.2: 4.1 Bảo vệ thiết bị".to_owned()];
        let groups = vec![
            ReportGroup {
                framework:
                    "Quy định đào tạo các nghề kim loại trong công nghiệp của Đức: danh mục nội dung đào tạo"
                        .to_owned(),
                rows: vec![
                    row(
                        "3",
                        "An toàn và bảo vệ sức khỏe tại nơi làm việc",
                        LevelShown::Mastered,
                        (2, 2),
                        vec![
                            line("Trước khi bật máy", ""),
                            line("Trước khi bật máy, câu 1", "100 %"),
                        ],
                    ),
                    row(
                        "10",
                        "Bảo dưỡng thiết bị, dụng cụ",
                        LevelShown::NotBegun,
                        (0, 0),
                        Vec::new(),
                    ),
                ],
            },
            ReportGroup {
                framework: "Khung năng lực số cho người học (Thông tư 02/2025/TT-BGDĐT)".to_owned(),
                rows: vec![devices],
            },
        ];
        let page = |role, student: Option<&str>, groups| Self {
            frame: Frame::sample(language, role),
            student: student.map(str::to_owned),
            class_path: match student {
                Some(_) => "/s/0192f0c4-7b1e-7cc3-98c4-dc0c0c07398f/competencies/class".to_owned(),
                None => String::new(),
            },
            groups,
        };
        vec![
            ("own", page(Role::Learner, None, groups.clone())),
            (
                "student",
                page(Role::Instructor, Some("Nguyễn Thị Hồng Nhung"), groups),
            ),
            ("empty", page(Role::Learner, None, Vec::new())),
        ]
    }
}
