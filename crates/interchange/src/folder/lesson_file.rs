//! A lesson's files: one per language, and its checks.

use std::collections::{BTreeMap, BTreeSet};

use course::{Check, FileNotice, Key, LANGUAGES, Lesson, Reflection};
use text::{Format, MAX_SOURCE_BYTES, Source};

use super::body;
use super::form::{FileForm, LessonForm, ReflectionForm, TranslationForm, competencies};
use super::problem::FolderProblemKind;
use super::requirements::Requirements;
use super::shelf::{Page, Shelf};

/// Front matter is short; a transcript in it may be long.
const FILE_BYTES: usize = 16 * MAX_SOURCE_BYTES;
/// How the files of a format end.
pub(super) const ENDINGS: &[(&str, Format)] = &[("md", Format::Markdown), ("html", Format::Html)];

/// Reads the lesson with this key from the files of its unit's folder.
pub(super) fn read_lesson(
    shelf: &mut Shelf<'_>,
    folder: &str,
    key: &Key,
    required: &mut Requirements,
) -> Lesson {
    let mut lesson = Lesson {
        key: key.clone(),
        ..Lesson::default()
    };
    let files = language_files(shelf, folder, key);
    for (language, (path, format)) in files {
        read_language(shelf, &path, (language, format), &mut lesson, required);
    }
    for text in [&mut lesson.title, &mut lesson.body] {
        if !text.versions.is_empty() {
            text.default_language.clone_from(&shelf.language);
        }
    }
    lesson.checks = read_checks(shelf, &format!("{folder}/{key}.checks.json"));
    lesson
}

// The files of a lesson by language; a file of a language that is none is told.
fn language_files(
    shelf: &mut Shelf<'_>,
    folder: &str,
    key: &Key,
) -> BTreeMap<&'static str, (String, Format)> {
    let beginning = format!("{folder}/{key}.");
    let mut files = BTreeMap::new();
    for path in shelf.below(&beginning) {
        let Some((language, ending)) = path
            .strip_prefix(&beginning)
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        let Some((_, format)) = ENDINGS.iter().find(|(one, _)| *one == ending) else {
            continue;
        };
        let Some(known) = LANGUAGES.iter().find(|known| **known == language) else {
            let _ = shelf.take_text(path, FILE_BYTES);
            shelf.add(
                path,
                None,
                FolderProblemKind::UnknownLanguage(language.to_owned()),
            );
            continue;
        };
        if files.contains_key(known) {
            let _ = shelf.take_text(path, FILE_BYTES);
            shelf.add(path, None, FolderProblemKind::LanguageTwice);
        } else {
            files.insert(*known, (path.to_owned(), *format));
        }
    }
    files
}

fn read_language(
    shelf: &mut Shelf<'_>,
    path: &str,
    (language, format): (&str, Format),
    lesson: &mut Lesson,
    required: &mut Requirements,
) {
    let Some(file) = shelf.take_text(path, FILE_BYTES) else {
        return;
    };
    let Some(parts) = body::cut(&file) else {
        let told = "it begins on the first line and ends with a +++ line".to_owned();
        shelf.add(path, Some(1), FolderProblemKind::FrontMatter(told));
        return;
    };
    let page = Page {
        path,
        text: parts.front_matter,
        first_line: 2,
    };
    let title = match language == shelf.language {
        true => shelf
            .toml(page, FolderProblemKind::FrontMatter)
            .and_then(|form: LessonForm| take_front_matter(shelf, page, form, lesson, required)),
        false => shelf
            .toml(page, FolderProblemKind::FrontMatter)
            .and_then(|form: TranslationForm| form.title),
    };
    if let Some(title) = title {
        let title = shelf.source(path, page.first_line, false, title);
        lesson.title.versions.insert(language.to_owned(), title);
    }
    if let Some(words) = parts.body {
        let source = Source {
            format,
            source: words.to_owned(),
        };
        let source = shelf.source(path, parts.body_line, true, source);
        lesson.body.versions.insert(language.to_owned(), source);
    }
}

// Puts everything but the title into the lesson.
fn take_front_matter(
    shelf: &mut Shelf<'_>,
    page: Page<'_>,
    form: LessonForm,
    lesson: &mut Lesson,
    required: &mut Requirements,
) -> Option<Source> {
    lesson.minutes = form.minutes;
    lesson.requires = required.note(page, &lesson.key, &form.requires);
    lesson.completion = form.completion;
    lesson.licence = form.licence.map(Into::into);
    lesson.competencies = competencies(form.competencies);
    let files = form.files.into_iter();
    lesson.files = files.map(|file| file_notice(shelf, page, file)).collect();
    lesson.reflections = reflections(shelf, page, form.reflections);
    form.title
}

fn file_notice(shelf: &mut Shelf<'_>, page: Page<'_>, form: FileForm) -> FileNotice {
    let mut captions = BTreeMap::new();
    for (language, named) in form.captions {
        if shelf.knows(&language, page) {
            captions.insert(language.into_inner(), shelf.medium(page, named));
        }
    }
    FileNotice {
        medium: shelf.medium(page, form.medium),
        kind: form.kind,
        title: shelf.text(page, form.title),
        licence: form.licence.map(Into::into),
        captions,
        transcript: shelf.text(page, form.transcript),
    }
}

fn reflections(shelf: &mut Shelf<'_>, page: Page<'_>, forms: Vec<ReflectionForm>) -> Vec<Reflection> {
    let mut keys = BTreeSet::new();
    let mut reflections = Vec::with_capacity(forms.len());
    for form in forms {
        reflections.push(Reflection {
            key: shelf.key(page, &form.key, &mut keys),
            prompt: shelf.text(page, form.prompt),
        });
    }
    reflections
}

fn read_checks(shelf: &mut Shelf<'_>, path: &str) -> Vec<Check> {
    let Some(json) = shelf.take_text(path, assessment::limits::DRAFT_BYTES) else {
        return Vec::new();
    };
    let checks: Vec<Check> = match serde_json::from_str(&json) {
        Ok(checks) => checks,
        Err(error) => {
            shelf.add(
                path,
                Some(error.line()),
                FolderProblemKind::Json(error.to_string()),
            );
            return Vec::new();
        }
    };
    let mut keys = BTreeSet::new();
    for check in &checks {
        let kind = if !check.key.is_well_formed() {
            FolderProblemKind::BadKey(check.key.to_string())
        } else if keys.insert(&check.key) {
            continue;
        } else {
            FolderProblemKind::DuplicateKey(check.key.clone())
        };
        shelf.add(path, last_line_of_key(&json, &check.key), kind);
    }
    checks
}

// Where the key of a check is given for the last time.
fn last_line_of_key(json: &str, key: &Key) -> Option<usize> {
    let given = serde_json::to_string(key).ok()?;
    let gives = |line: &str| line.contains("\"key\"") && line.contains(&given);
    let at = json.lines().collect::<Vec<_>>();
    at.iter().rposition(|line| gives(line)).map(|index| index + 1)
}
