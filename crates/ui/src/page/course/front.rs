//! The front page of a course: what it is about, and its units with their lessons.

use askama::Template;

use super::{LicenceLine, Written, sample};
use crate::component::Delivery;
use crate::{Frame, Language, Page};

/// A course's front page. What of it this device has read is added by a script,
/// from the device's own storage.
#[derive(Debug, Clone, Template)]
#[template(path = "course/front.html")]
pub struct Front {
    /// The surroundings; [`Frame::open`].
    pub frame: Frame,
    /// The course's key, under which the device keeps what was read.
    pub key: String,
    /// "/courses".
    pub catalogue_path: String,
    /// The course's title where the page shows a part of it only; empty for the whole.
    pub course_title: String,
    /// As plain text.
    pub title: String,
    /// The title's language, where it is not the page's; empty where it is.
    pub title_language: String,
    /// What it is about.
    pub summary: Written,
    /// How many lessons it has.
    pub lessons: usize,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// The names of the languages in which it can be read.
    pub languages: String,
    /// Its units in order.
    pub units: Vec<FrontUnit>,
    /// What it teaches, by framework.
    pub competencies: Vec<FrontCompetencies>,
    /// The course as a file to take along; `None` where there is none.
    pub package: Option<PackageLink>,
    /// Under which terms it may be used.
    pub licence: LicenceLine,
    /// What its reader has done; `None` for everybody without a session.
    pub study: Option<FrontStudy>,
}

/// What the reader of a course has done, for whom it is recorded.
#[derive(Debug, Clone)]
pub struct FrontStudy {
    /// Whether the page shows a part of a course only.
    pub is_part: bool,
    /// Whether what the reader does is recorded; of an instructor nothing is.
    pub is_recorded: bool,
    /// How many steps are done.
    pub done: usize,
    /// Where to go on; empty when everything is done.
    pub continue_path: String,
    /// Whether the reader has opened a step before.
    pub is_begun: bool,
    /// Whether the course is completed.
    pub is_complete: bool,
    /// The day on which it was; may be empty.
    pub completed_on: String,
    /// What is new in the version that the reader could go on with; `None` where there is none.
    pub newer: Option<String>,
    /// Where the form goes by which the reader does.
    pub newer_path: String,
    /// How far the class is; empty for everybody but instructors.
    pub class_path: String,
    /// Where the score is on its way to the platform.
    pub delivery: Option<Delivery>,
}

/// The competencies of a framework that a course teaches.
#[derive(Debug, Clone)]
pub struct FrontCompetencies {
    /// What the framework is called.
    pub framework: String,
    /// Code, name and where machines read more of it.
    pub items: Vec<(String, String, String)>,
}

/// A course as one file that reads without a line.
#[derive(Debug, Clone)]
pub struct PackageLink {
    /// Where it is served.
    pub path: String,
    /// "0,4 MB".
    pub size: String,
}

/// A unit on the front page.
#[derive(Debug, Clone)]
pub struct FrontUnit {
    /// As plain text.
    pub title: String,
    /// What it is about; may be empty.
    pub summary: Written,
    /// Its lessons in order.
    pub steps: Vec<FrontStep>,
}

/// A lesson, or an assessment, on the front page.
#[derive(Debug, Clone)]
pub struct FrontStep {
    /// Its key, unique in the course.
    pub key: String,
    /// As plain text.
    pub title: String,
    /// Its own page.
    pub path: String,
    /// What it is.
    pub kind: StepKind,
    /// The minutes that it takes; 0 when nobody said.
    pub minutes: u32,
    /// The titles of what is to be done before, as "A, B"; empty for nothing.
    pub after: String,
    /// How it stands for this reader.
    pub standing: Standing,
}

/// How a step stands for its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be opened.
    Open,
    /// It is done, and can be opened again.
    Done,
    /// Something else comes first.
    Locked,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Something to read.
    Lesson,
    /// A quiz.
    Assessment,
}

impl FrontStudy {
    fn complete_title(&self) -> &'static str {
        match self.is_part {
            true => "study-complete-part-title",
            false => "study-complete-title",
        }
    }
}

impl Front {
    /// Whether a learner reads it who came from no platform: then the way back is to their courses.
    fn is_account(&self) -> bool {
        self.frame
            .session
            .as_ref()
            .is_some_and(|session| session.is_account)
    }

    /// What links carry along: a session knows its reader's language.
    fn query(&self) -> String {
        match self.frame.session {
            Some(_) => String::new(),
            None => format!("?language={}", self.frame.t.tag()),
        }
    }

    /// How many steps there are to go.
    fn total(&self) -> usize {
        self.units.iter().map(|unit| unit.steps.len()).sum()
    }

    /// Where a reader begins; empty when there is nothing to read yet.
    fn first_path(&self) -> &str {
        let mut steps = self.units.iter().flat_map(|unit| &unit.steps);
        steps.next().map_or("", |step| &step.path)
    }
}

impl Page for Front {
    const NAME: &'static str = "course/front";

    fn samples(language: Language) -> Vec<(&'static str, Self)> {
        vec![
            ("full", sample::front(language)),
            ("begun", sample::begun_front(language)),
            ("complete", sample::complete_front(language)),
            ("instructor", sample::instructors_front(language)),
        ]
    }
}
