//! A folder to a course. Everything that is wrong is told at once, each with its file
//! and line; a course comes of a folder without a problem only.

use std::collections::{BTreeMap, BTreeSet};

use assessment::{Draft, ParseDraftError, draft_from_json};
use course::{AssessmentStep, CourseContent, Key, Step, Term, Unit};
use toml::Spanned;

use super::form::{AssessmentForm, CourseForm, GlossaryForm, UnitForm, competencies};
use super::lesson_file::{ENDINGS, read_lesson};
use super::problem::{FolderProblem, FolderProblemKind};
use super::requirements::Requirements;
use super::shelf::{Page, Shelf};
use super::{CourseFolder, Files, MOST_FILES};

const COURSE: &str = "course.toml";
const GLOSSARY: &str = "glossary.toml";
/// No honest TOML file of a course is longer.
const TOML_BYTES: usize = 2 * 1024 * 1024;

/// Reads a folder.
///
/// # Errors
///
/// All problems of the folder, in the order of its files.
pub fn read(files: &Files) -> Result<CourseFolder, Vec<FolderProblem>> {
    let mut shelf = Shelf::new(files);
    if files.len() > MOST_FILES {
        return Err(shelf.problems);
    }
    let media = shelf.take_media();
    let Some(text) = shelf.take_text(COURSE, TOML_BYTES) else {
        if !shelf.has(COURSE) {
            shelf.add(COURSE, None, FolderProblemKind::MissingFile(COURSE.to_owned()));
        }
        return Err(shelf.problems);
    };
    let page = Page {
        path: COURSE,
        text: &text,
        first_line: 1,
    };
    let form: Option<CourseForm> = shelf.toml(page, FolderProblemKind::Toml);
    let Some(form) = form else {
        return Err(shelf.problems);
    };
    if !shelf.knows(&form.language, page) {
        return Err(shelf.problems);
    }
    let mut read = CourseRead {
        shelf,
        keys: BTreeSet::new(),
        required: Requirements::default(),
        assessments: BTreeMap::new(),
    };
    let (key, content) = read.course(page, form);
    read.finish(&content)?;
    Ok(CourseFolder {
        key,
        content,
        assessments: read.assessments,
        media,
    })
}

/// A course being read.
struct CourseRead<'a> {
    shelf: Shelf<'a>,
    keys: BTreeSet<Key>,
    required: Requirements,
    assessments: BTreeMap<Key, Draft>,
}

impl CourseRead<'_> {
    fn course(&mut self, page: Page<'_>, form: CourseForm) -> (Key, CourseContent) {
        let shelf = &mut self.shelf;
        let key = shelf.key(page, &form.key, &mut BTreeSet::new());
        shelf.language = form.language.into_inner();
        let title = shelf.text(page, form.title);
        let summary = shelf.text(page, form.summary);
        let glossary = self.glossary();
        let folders = self.unit_folders();
        let units = form.units.iter().filter_map(|unit| {
            let key = self.new_key(page, unit)?;
            let folder = folders.get(&key);
            let folder = folder.filter(|folder| self.shelf.has(&format!("{folder}/unit.toml")));
            let Some(folder) = folder else {
                let missing = FolderProblemKind::MissingFile(format!("01-{key}/unit.toml"));
                self.shelf.add_at(page, &unit.span(), missing);
                return None;
            };
            self.unit(key, folder)
        });
        let mut content = CourseContent {
            title,
            summary,
            licence: form.licence.map(Into::into),
            is_closed: form.closed,
            order: form.order,
            units: units.collect(),
            glossary,
            competencies: competencies(form.competencies),
        };
        content.title.default_language.clone_from(&self.shelf.language);
        (key, content)
    }

    fn glossary(&mut self) -> Vec<Term> {
        let Some(text) = self.shelf.take_text(GLOSSARY, TOML_BYTES) else {
            return Vec::new();
        };
        let page = Page {
            path: GLOSSARY,
            text: &text,
            first_line: 1,
        };
        let form: Option<GlossaryForm> = self.shelf.toml(page, FolderProblemKind::Toml);
        let mut keys = BTreeSet::new();
        let mut terms = Vec::new();
        for term in form.map(|form| form.terms).unwrap_or_default() {
            terms.push(Term {
                key: self.shelf.key(page, &term.key, &mut keys),
                term: self.shelf.text(page, term.term),
                explanation: self.shelf.text(page, term.explanation),
            });
        }
        terms
    }

    /// The folders whose names are a number, a hyphen and a key.
    fn unit_folders(&mut self) -> BTreeMap<Key, String> {
        let mut folders: BTreeMap<Key, String> = BTreeMap::new();
        for path in self.shelf.below("") {
            let Some((folder, _)) = path.split_once('/') else {
                continue;
            };
            let Some(key) = key_of_folder(folder) else {
                continue;
            };
            let of_key = folders.entry(key.clone()).or_insert_with(|| folder.to_owned());
            if of_key != folder && path.ends_with("/unit.toml") {
                self.shelf.add(path, None, FolderProblemKind::DuplicateKey(key));
            }
        }
        folders
    }

    fn unit(&mut self, key: Key, folder: &str) -> Option<Unit> {
        let path = format!("{folder}/unit.toml");
        let text = self.shelf.take_text(&path, TOML_BYTES)?;
        let page = Page {
            path: &path,
            text: &text,
            first_line: 1,
        };
        let mut form: UnitForm = self.shelf.toml(page, FolderProblemKind::Toml)?;
        let requires = self.required.note(page, &key, &form.requires);
        let title = self.shelf.text(page, form.title);
        let summary = self.shelf.text(page, form.summary);
        let mut steps = Vec::with_capacity(form.steps.len());
        for step in &form.steps {
            let assessment = form.assessments.remove_entry(step);
            steps.extend(self.step(page, folder, step, assessment));
        }
        for (unlisted, _) in form.assessments {
            let kind = FolderProblemKind::UnlistedAssessment(unlisted.get_ref().clone());
            self.shelf.add_at(page, &unlisted.span(), kind);
        }
        Some(Unit {
            key,
            title,
            summary,
            requires,
            completion: form.completion,
            steps,
        })
    }

    fn step(
        &mut self,
        page: Page<'_>,
        folder: &str,
        listed: &Spanned<Key>,
        assessment: Option<(Spanned<Key>, AssessmentForm)>,
    ) -> Option<Step> {
        let key = self.new_key(page, listed)?;
        let Some((_, form)) = assessment else {
            self.expect_lesson(page, folder, listed);
            let lesson = read_lesson(&mut self.shelf, folder, &key, &mut self.required);
            return Some(Step::Lesson(lesson));
        };
        self.draft(page, listed, &format!("{folder}/{key}.json"));
        Some(Step::Assessment(AssessmentStep {
            assessment: key.to_string(),
            title: self.shelf.text(page, form.title),
            requires: self.required.note(page, &key, &form.requires),
            completion: form.completion,
            competencies: competencies(form.competencies),
            key,
        }))
    }

    /// The key of a unit or step; `None`, and told, where it is none or another's.
    fn new_key(&mut self, page: Page<'_>, listed: &Spanned<Key>) -> Option<Key> {
        let is_new = !self.keys.contains(listed.get_ref());
        let key = self.shelf.key(page, listed, &mut self.keys);
        (is_new && key.is_well_formed()).then_some(key)
    }

    /// Tells that a lesson is not there in the course's own language.
    fn expect_lesson(&mut self, page: Page<'_>, folder: &str, listed: &Spanned<Key>) {
        let file = format!("{folder}/{}.{}", listed.get_ref(), self.shelf.language);
        let mut endings = ENDINGS.iter();
        if !endings.any(|(ending, _)| self.shelf.has(&format!("{file}.{ending}"))) {
            let missing = FolderProblemKind::MissingFile(format!("{file}.md"));
            self.shelf.add_at(page, &listed.span(), missing);
        }
    }

    fn draft(&mut self, page: Page<'_>, listed: &Spanned<Key>, path: &str) {
        let Some(json) = self.shelf.take_text(path, assessment::limits::DRAFT_BYTES) else {
            if !self.shelf.has(path) {
                let missing = FolderProblemKind::MissingFile(path.to_owned());
                self.shelf.add_at(page, &listed.span(), missing);
            }
            return;
        };
        match draft_from_json(&json) {
            Ok(draft) => {
                self.assessments.insert(listed.get_ref().clone(), draft);
            }
            Err(error) => {
                let line = match &error {
                    ParseDraftError::Malformed(error) => Some(error.line()),
                    ParseDraftError::TooLarge(_) => None,
                };
                self.shelf
                    .add(path, line, FolderProblemKind::Json(error.to_string()));
            }
        }
    }

    fn finish(&mut self, content: &CourseContent) -> Result<(), Vec<FolderProblem>> {
        self.shelf.tell_unknown();
        self.shelf.problems.extend(self.required.circle(content));
        let mut problems = std::mem::take(&mut self.shelf.problems);
        problems.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
        match problems.is_empty() {
            true => Ok(()),
            false => Err(problems),
        }
    }
}

/// The key in the name of a unit's folder, `01-key`.
fn key_of_folder(folder: &str) -> Option<Key> {
    let (number, key) = folder.split_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let key = Key::from(key);
    (is_number && key.is_well_formed()).then_some(key)
}
