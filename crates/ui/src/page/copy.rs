//! Copies, for instructors: a copied course whose activities can be taken over, and an activity that opens the same
//! quiz as another one.

use askama::Template;

use crate::{Frame, Language, Page, Role, Texts, format};

/// What an instructor is asked or told. The buttons post `do`: "reuse", "anew", "undo", "same", "independent" or
/// "another".
#[derive(Debug, Clone, Template)]
#[template(path = "copy/copy.html")]
pub struct Copy {
    /// The surroundings.
    pub frame: Frame,
    /// "/s/…/copy".
    pub path: String,
    /// The activity itself: its gradebook, or the choice of a quiz.
    pub activity_path: String,
    /// About what.
    pub subject: CopySubject,
}

/// What an instructor is asked or told about.
#[derive(Debug, Clone)]
pub enum CopySubject {
    /// This course is a copy.
    Course {
        /// The title of the course before; may be empty.
        title: String,
        /// What would be taken over.
        activities: Vec<CopiedActivity>,
    },
    /// The activities were taken over.
    Rebound {
        /// What was taken over.
        activities: Vec<CopiedActivity>,
        /// Whether that can be undone.
        can_be_undone: bool,
    },
    /// This activity opens the same quiz as another one.
    Activity {
        /// The quiz as plain text.
        quiz: String,
        /// The other activity; empty for one of another course.
        original: String,
        /// Whether it may open something else.
        is_free: bool,
    },
}

/// One activity of a copied course.
#[derive(Debug, Clone)]
pub struct CopiedActivity {
    /// Its title at the platform.
    pub title: String,
    /// The quiz as plain text.
    pub quiz: String,
    /// Its weight, formatted; empty when it is 1.
    pub weight: String,
    /// The scale of its column, formatted.
    pub maximum: String,
    /// Whether somebody has opened it in the new course.
    pub is_open: bool,
}

impl Page for Copy {
    const NAME: &'static str = "copy/copy";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        let frame = Frame::sample(language, Role::Instructor);
        let t = frame.t;
        let course = Self {
            path: format!("{}/copy", frame.prefix()),
            activity_path: format!("{}/", frame.prefix()),
            frame,
            subject: CopySubject::Course {
                title: "Vận hành máy phay CNC cơ bản".to_owned(),
                activities: activities(t),
            },
        };
        let with = |subject| Self {
            subject,
            ..course.clone()
        };
        let nameless = with(CopySubject::Course {
            title: String::new(),
            activities: activities(t),
        });
        let rebound = |can_be_undone| {
            with(CopySubject::Rebound {
                activities: activities(t),
                can_be_undone,
            })
        };
        let activity = |original: &str, is_free| {
            with(CopySubject::Activity {
                quiz: "An toàn điện trong xưởng".to_owned(),
                original: original.to_owned(),
                is_free,
            })
        };
        vec![
            ("course", course.clone()),
            ("nameless", nameless),
            ("rebound", rebound(true)),
            ("attempted", rebound(false)),
            ("duplicate", activity("Kiểm tra chương 1", true)),
            ("begun", activity("Kiểm tra chương 1", false)),
            ("offered", activity("", true)),
        ]
    }
}

fn activities(t: Texts) -> Vec<CopiedActivity> {
    let one = |title: &str, quiz: &str, weight: &str, is_open| CopiedActivity {
        title: title.to_owned(),
        quiz: quiz.to_owned(),
        weight: weight.to_owned(),
        maximum: format::number(t, 10.0),
        is_open,
    };
    vec![
        one("Kiểm tra chương 1: An toàn máy CNC", "An toàn máy CNC", "", true),
        one(
            "Kiểm tra chương 4: Dao phay",
            "Dao phay và chế độ cắt",
            "2",
            false,
        ),
        one(
            "Kiểm tra cuối khóa",
            "Kiểm tra cuối khóa vận hành máy phay CNC",
            "",
            false,
        ),
    ]
}
