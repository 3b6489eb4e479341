//! The picker of courses: a list to find one in, and one course of which the whole or parts are
//! picked.

use askama::Template;

use super::Purpose;
use crate::{Frame, Language, Page, Role};

/// A list of courses. The search goes to `{path}` by GET.
#[derive(Debug, Clone, Template)]
#[template(path = "picker/courses.html")]
pub struct CoursePicker {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/picker/courses".
    pub path: String,
    /// The picker of quizzes.
    pub quizzes_path: String,
    /// What was searched for.
    pub search: String,
    /// In the order shown.
    pub entries: Vec<CourseEntry>,
}

/// A course in the list.
#[derive(Debug, Clone)]
pub struct CourseEntry {
    /// Where something of it is picked.
    pub path: String,
    /// As plain text.
    pub title: String,
    /// Whether the reader's organisation made it.
    pub is_own: bool,
}

/// One course. The form posts to `{path}`: `pick` (values of parts; several only with
/// [`Purpose::Several`]), `score`, `weight`, `maximum`, `column` ("on").
#[derive(Debug, Clone, Template)]
#[template(path = "picker/course.html")]
pub struct PickedCourse {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/picker/courses/{course}".
    pub path: String,
    /// The list of courses.
    pub courses_path: String,
    /// The course's title as plain text.
    pub title: String,
    /// What is picked for.
    pub purpose: Purpose,
    /// Whether a column in the gradebook can be asked for.
    pub columns: bool,
    /// What can be picked, in the course's order.
    pub parts: Vec<CoursePart>,
    /// What becomes the score.
    pub score: CourseScore,
    /// The weight of the marks as typed, in percent.
    pub weight: String,
    /// The maximum as typed.
    pub maximum: String,
    /// Whether a column is asked for.
    pub with_column: bool,
    /// What is wrong; empty for nothing.
    pub error: String,
}

/// Something of a course that an activity can open.
#[derive(Debug, Clone)]
pub struct CoursePart {
    /// What the form names it by.
    pub value: String,
    /// What it is.
    pub kind: PartKind,
    /// As plain text.
    pub title: String,
    /// Whether it is picked.
    pub chosen: bool,
}

/// What a part of a course is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// All of it.
    Course,
    /// A unit.
    Unit,
    /// A lesson.
    Lesson,
    /// A quiz.
    Quiz,
}

/// What becomes the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CourseScore {
    /// The share that is done.
    Completed,
    /// The marks.
    BestMark,
    /// Both, by weights.
    Both,
}

impl Page for CoursePicker {
    const NAME: &'static str = "picker/courses";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let entry = |number: usize, title: &str, is_own| CourseEntry {
            path: format!("{}/picker/courses/{number}", frame.prefix()),
            title: title.to_owned(),
            is_own,
        };
        let some = Self {
            path: format!("{}/picker/courses", frame.prefix()),
            quizzes_path: format!("{}/picker", frame.prefix()),
            search: "an toan".to_owned(),
            entries: vec![
                entry(1, "An toàn trong xưởng cắt gọt kim loại", true),
                entry(2, "An toàn thông tin trên điện thoại", false),
            ],
            frame,
        };
        let nothing = Self {
            entries: Vec::new(),
            ..some.clone()
        };
        let first = Self {
            search: String::new(),
            ..nothing.clone()
        };
        vec![("some", some), ("nothing", nothing), ("first", first)]
    }
}

impl Page for PickedCourse {
    const NAME: &'static str = "picker/course";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let part = |value: &str, kind, title: &str| CoursePart {
            value: value.to_owned(),
            kind,
            title: title.to_owned(),
            chosen: kind == PartKind::Course,
        };
        let several = Self {
            path: format!("{}/picker/courses/1", frame.prefix()),
            courses_path: format!("{}/picker/courses", frame.prefix()),
            title: "An toàn trong xưởng cắt gọt kim loại".to_owned(),
            purpose: Purpose::Several,
            columns: true,
            parts: vec![
                part("_whole", PartKind::Course, "An toàn trong xưởng cắt gọt kim loại"),
                part("chuan-bi", PartKind::Unit, "Trước khi bật máy"),
                part("bao-ho", PartKind::Lesson, "Trang bị bảo hộ và trang phục"),
                part("dung-khan-cap", PartKind::Lesson, "Nút dừng khẩn cấp"),
                part("van-hanh", PartKind::Unit, "Khi máy đang chạy"),
                part("kiem-tra", PartKind::Quiz, "Kiểm tra cuối khóa"),
            ],
            score: CourseScore::Completed,
            weight: "50".to_owned(),
            maximum: "10".to_owned(),
            with_column: true,
            error: String::new(),
            frame,
        };
        let wrong = Self {
            score: CourseScore::Both,
            weight: "120".to_owned(),
            error: several.frame.t.get("picker-weight-wrong").into_owned(),
            ..several.clone()
        };
        let place = Self {
            purpose: Purpose::Place,
            columns: false,
            ..several.clone()
        };
        vec![("several", several), ("wrong", wrong), ("place", place)]
    }
}
