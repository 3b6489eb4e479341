//! A lesson: what is read, looked at and tried, with the ways to the lessons
//! before and after it.

use askama::Template;

use super::{LicenceLine, sample};
use crate::component::Question;
use crate::{Frame, Html, Language, Page};

/// A lesson's page. Each question is a form of its own that posts to
/// `{path}/checks/{slot}`; nothing of it is kept.
#[derive(Debug, Clone, Template)]
#[template(path = "course/lesson.html")]
pub struct Lesson {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
    /// The course's key, under which the device keeps what was read.
    pub course_key: String,
    /// Its own key.
    pub key: String,
    /// "/courses/{course}/{lesson}".
    pub path: String,
    /// The course's front page.
    pub course_path: String,
    /// The course's title as plain text.
    pub course_title: String,
    /// The unit's title as plain text.
    pub unit_title: String,
    /// The lesson's title as plain text.
    pub title: String,
    /// The language of the lesson where it is not the page's, as a tag; empty where it is.
    pub language: String,
    /// The name of that language.
    pub language_name: String,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// Where it stands in the course, counted from 1.
    pub number: usize,
    /// How many lessons the course has.
    pub total: usize,
    /// In the order shown.
    pub parts: Vec<LessonPart>,
    /// The terms that it uses, by alphabet.
    pub terms: Vec<LessonTerm>,
    /// The lesson before; `None` at the first.
    pub previous: Option<LessonWay>,
    /// The lesson after; `None` at the last.
    pub next: Option<LessonWay>,
    /// Under which terms it may be used.
    pub licence: LicenceLine,
}

/// A part of a lesson.
#[derive(Debug, Clone)]
pub enum LessonPart {
    /// Something to read.
    Prose(Html),
    /// Steps to be taken one after the other.
    Procedure(Vec<Html>),
    /// A question to try oneself; its slot is the check's key.
    Check(Box<Question>),
    /// A question to think about.
    Reflection {
        /// Its key, under which the device keeps what was written.
        key: String,
        /// What is asked.
        prompt: Html,
    },
    /// Something to play or to take along.
    File(LessonFile),
}

/// A file of a lesson.
#[derive(Debug, Clone)]
pub struct LessonFile {
    /// Where it is served.
    pub path: String,
    /// How it is shown.
    pub kind: FileShape,
    /// What it is, as plain text.
    pub title: String,
    /// Language tag, name and address of captions.
    pub captions: Vec<(String, String, String)>,
    /// What is said in it; may be empty.
    pub transcript: Html,
    /// Under which terms it may be used, where they are not the lesson's.
    pub licence: LicenceLine,
}

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileShape {
    /// Looked at.
    Picture,
    /// Played as sound.
    Sound,
    /// Played as film.
    Film,
    /// Saved.
    Attachment,
}

/// A term with its explanation.
#[derive(Debug, Clone)]
pub struct LessonTerm {
    /// Its key: the page's words link to `#term-{key}`.
    pub key: String,
    /// In the page's language, as plain text.
    pub term: String,
    /// The same in the other languages: tag and words.
    pub others: Vec<(String, String)>,
    /// What it means.
    pub explanation: Html,
}

/// A way to another lesson.
#[derive(Debug, Clone)]
pub struct LessonWay {
    /// Where it leads.
    pub path: String,
    /// The lesson's title as plain text.
    pub title: String,
}

impl Lesson {
    fn has_checks(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, LessonPart::Check(_)))
    }
}

impl Page for Lesson {
    const NAME: &'static str = "course/lesson";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        vec![
            ("full", sample::lesson(language)),
            ("checked", sample::checked_lesson(language)),
            ("fallback", sample::fallback_lesson(language)),
        ]
    }
}
