//! Where a folder says what is required, so that a circle can be told at a line.

use course::{CourseContent, Key, cycle};
use toml::Spanned;

use super::problem::{FolderProblem, FolderProblemKind};
use super::shelf::Page;

/// All requirements of a course with their places.
#[derive(Default)]
pub(super) struct Requirements {
    all: Vec<Requirement>,
}

struct Requirement {
    owner: Key,
    required: Key,
    path: String,
    line: usize,
}

impl Requirements {
    /// Notes what a unit or step requires.
    pub(super) fn note(&mut self, page: Page<'_>, owner: &Key, required: &[Spanned<Key>]) -> Vec<Key> {
        let noted = required.iter().map(|required| Requirement {
            owner: owner.clone(),
            required: required.get_ref().clone(),
            path: page.path.to_owned(),
            line: page.line(&required.span()),
        });
        self.all.extend(noted);
        required.iter().map(|key| key.get_ref().clone()).collect()
    }

    /// The circle of requirements in the course, if there is one, at the first place
    /// that is part of it.
    pub(super) fn circle(&self, content: &CourseContent) -> Option<FolderProblem> {
        let circle = cycle(content)?;
        let is_part =
            |one: &&Requirement| circle.contains(&one.required) && self.leads_in(content, one, &circle);
        let place = self.all.iter().find(is_part);
        Some(FolderProblem {
            path: place.map_or_else(|| "course.toml".to_owned(), |place| place.path.clone()),
            line: place.map(|place| place.line),
            kind: FolderProblemKind::Cycle(circle),
        })
    }

    // A unit's requirement is part of a circle through one of its steps.
    fn leads_in(&self, content: &CourseContent, one: &Requirement, circle: &[Key]) -> bool {
        let unit = content.unit(&one.owner);
        let has_step = unit.is_some_and(|unit| unit.steps.iter().any(|step| circle.contains(step.key())));
        has_step || circle.contains(&one.owner)
    }
}
