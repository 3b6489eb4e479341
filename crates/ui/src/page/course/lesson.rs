//! A lesson: what is read, looked at and tried, with the ways to the lessons
//! before and after it.

use std::collections::BTreeMap;

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
    /// Whether it is a quiz that counts in a learning platform, and is taken only there.
    pub is_taken_elsewhere: bool,
    /// How it stands for its reader; `None` for everybody without a session.
    pub study: Option<LessonStudy>,
}

/// How a step stands for its reader.
#[derive(Debug, Clone)]
pub struct LessonStudy {
    /// Whether what the reader does is recorded.
    pub is_recorded: bool,
    /// Whether it is done.
    pub is_done: bool,
    /// When it counts as done.
    pub rule: LessonRule,
    /// Where the form goes that opens the quiz; empty for a lesson.
    pub quiz_path: String,
    /// Whether the reader teaches here.
    pub teaches: bool,
    /// What the reader wrote, by the reflections' keys.
    pub reflections: BTreeMap<String, String>,
    /// Whether something was just saved.
    pub is_saved: bool,
}

/// When a step counts as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LessonRule {
    /// The reader says that it was read.
    Read,
    /// Its video was played to the end.
    Watched,
    /// The answers are good enough.
    Passed {
        /// How many percent are asked for.
        percent: u32,
        /// How many there are, in the reader's language; empty before the first try.
        reached: String,
    },
    /// All of it was answered.
    Submitted {
        /// How many percent were right, in the reader's language; empty before.
        reached: String,
    },
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
    /// What links carry along: a session knows its reader's language.
    fn query(&self) -> String {
        match self.frame.session {
            Some(_) => String::new(),
            None => format!("?language={}", self.frame.t.tag()),
        }
    }

    /// Whether a button is to say that the step was read.
    fn asks_if_read(&self) -> bool {
        let asks = |study: &LessonStudy| {
            study.is_recorded
                && !study.is_done
                && matches!(study.rule, LessonRule::Read | LessonRule::Watched)
        };
        self.study.as_ref().is_some_and(asks)
    }

    fn asks_if_watched(&self) -> bool {
        self.study
            .as_ref()
            .is_some_and(|study| study.rule == LessonRule::Watched)
    }

    /// Whether something on this page is still to be done before the reader goes on.
    fn is_open_work(&self) -> bool {
        self.study
            .as_ref()
            .is_some_and(|study| study.is_recorded && !study.is_done)
    }

    fn reflected(&self, key: &str) -> &str {
        let study = self.study.as_ref();
        let words = study.and_then(|study| study.reflections.get(key));
        words.map_or("", String::as_str)
    }

    /// The language in which questions are asked.
    fn asked_in(&self) -> &str {
        match self.language.as_str() {
            "" => self.frame.t.tag(),
            other => other,
        }
    }

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
            ("study", sample::studied_lesson(language)),
            ("quiz", sample::quiz_step(language)),
            ("elsewhere", sample::quiz_elsewhere(language)),
        ]
    }
}
