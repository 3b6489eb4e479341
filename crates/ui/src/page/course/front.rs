//! The front page of a course: what it is about, and its units with their lessons.

use askama::Template;

use super::{LicenceLine, Written, sample};
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
    /// Under which terms it may be used.
    pub licence: LicenceLine,
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
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Something to read.
    Lesson,
    /// A quiz.
    Assessment,
}

impl Front {
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
        vec![("full", sample::front(language))]
    }
}
