//! A course to a folder: the same value is the same bytes, and what is written reads
//! as the same value.

use std::collections::BTreeSet;

use course::{
    AssessmentCompletion, AssessmentStep, CourseContent, FileNotice, Key, LANGUAGES, Lesson,
    LessonCompletion, Order, Step, Term, Unit, UnitCompletion,
};
use serde::Serialize;
use text::{Format, Source, Text};

use super::body;
use super::lesson_file::ENDINGS;
use super::media_names::{FOLDER, MediaNames, is_medium_name};
use super::toml_text::{competencies, keys, licence, line, one_of, source, string, table, text};
use super::{CourseFolder, Files};

/// Why a course cannot be written, since its folder could not be read again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A key of other letters, or a longer one, than a key may be.
    #[error("{0:?} is no key")]
    BadKey(Key),
    /// Two units or steps with one key.
    #[error("the key {0} is used twice")]
    DuplicateKey(Key),
    /// A text in a language in which no courses are written, or a course without one.
    #[error("no courses are written in the language {0:?}")]
    UnknownLanguage(String),
    /// An assessment step whose draft is not there.
    #[error("the draft of the assessment {0} is missing")]
    MissingDraft(Key),
    /// A file with a name that texts could not name.
    #[error("{0:?} is no name of a medium")]
    BadMediumName(String),
}

/// Writes a folder. Texts are tidied, see [`CourseContent::tidied`].
///
/// # Errors
///
/// What keeps the folder from being read again, the first of it.
pub fn write(folder: &CourseFolder) -> Result<Files, WriteError> {
    check(folder)?;
    let media = folder.media.iter();
    let names = MediaNames::of(media.map(|(name, content)| (name.as_str(), content.as_slice())));
    let mut content = folder.content.clone().tidied();
    for text in content.texts_mut() {
        for version in text.versions.values_mut() {
            version.source = names.to_folder(&version.source);
        }
    }
    let mut files = Files::new();
    files.insert(
        "course.toml".to_owned(),
        course_toml(&folder.key, &content).into_bytes(),
    );
    if !content.glossary.is_empty() {
        let glossary = glossary_toml(&content.glossary);
        files.insert("glossary.toml".to_owned(), glossary.into_bytes());
    }
    for (index, unit) in content.units.iter().enumerate() {
        let place = format!("{:02}-{}", index + 1, unit.key);
        write_unit(folder, &place, unit, &names, &mut files);
    }
    for (name, content) in &folder.media {
        files.insert(format!("{FOLDER}{name}"), content.clone());
    }
    Ok(files)
}

fn check(folder: &CourseFolder) -> Result<(), WriteError> {
    let content = &folder.content;
    let mut named = BTreeSet::new();
    let of_units = content.units.iter().map(|unit| &unit.key);
    for key in of_units.chain(content.steps().map(Step::key)) {
        if !named.insert(key) {
            return Err(WriteError::DuplicateKey(key.clone()));
        }
    }
    let of_blocks = content.lessons().flat_map(|lesson| {
        let reflections = lesson.reflections.iter().map(|reflection| &reflection.key);
        reflections.chain(lesson.checks.iter().map(|check| &check.key))
    });
    let of_terms = content.glossary.iter().map(|term| &term.key);
    named.extend(of_blocks.chain(of_terms).chain([&folder.key]));
    if let Some(key) = named.into_iter().find(|key| !key.is_well_formed()) {
        return Err(WriteError::BadKey(key.clone()));
    }
    let captions = content.lessons().flat_map(|lesson| &lesson.files);
    let captions = captions.flat_map(|file| file.captions.keys());
    let texts = content.texts().into_iter().flat_map(|text| text.versions.keys());
    let mut languages = texts
        .chain(captions)
        .map(String::as_str)
        .chain([content.default_language()]);
    if let Some(language) = languages.find(|language| !LANGUAGES.contains(language)) {
        return Err(WriteError::UnknownLanguage(language.to_owned()));
    }
    let mut steps = content.steps().filter_map(Step::as_assessment);
    if let Some(step) = steps.find(|step| !folder.assessments.contains_key(&step.key)) {
        return Err(WriteError::MissingDraft(step.key.clone()));
    }
    match folder.media.keys().find(|name| !is_medium_name(name)) {
        Some(name) => Err(WriteError::BadMediumName(name.clone())),
        None => Ok(()),
    }
}

fn course_toml(key: &Key, content: &CourseContent) -> String {
    let mut out = String::new();
    line(&mut out, "key", &string(key.as_str()));
    line(&mut out, "language", &string(content.default_language()));
    if content.is_closed {
        line(&mut out, "closed", "true");
    }
    let order = match content.order {
        Order::Free => None,
        Order::InSequence => Some("in_sequence"),
        Order::AfterPassing => Some("after_passing"),
    };
    if let Some(order) = order {
        line(&mut out, "order", &string(order));
    }
    let units: Vec<Key> = content.units.iter().map(|unit| unit.key.clone()).collect();
    line(&mut out, "units", &keys(&units));
    text(&mut out, "title", &content.title);
    text(&mut out, "summary", &content.summary);
    licence(&mut out, "licence", content.licence.as_ref());
    competencies(&mut out, "competencies", &content.competencies);
    out
}

fn glossary_toml(terms: &[Term]) -> String {
    let mut out = String::new();
    for term in terms {
        one_of(&mut out, "terms");
        line(&mut out, "key", &string(term.key.as_str()));
        text(&mut out, "terms.term", &term.term);
        text(&mut out, "terms.explanation", &term.explanation);
    }
    out.trim_start_matches('\n').to_owned()
}

fn write_unit(folder: &CourseFolder, place: &str, unit: &Unit, names: &MediaNames, files: &mut Files) {
    files.insert(format!("{place}/unit.toml"), unit_toml(unit).into_bytes());
    let language = folder.content.default_language();
    for step in &unit.steps {
        let at = format!("{place}/{}", step.key());
        let lesson = match step {
            Step::Lesson(lesson) => lesson,
            Step::Assessment(step) => {
                let draft = folder.assessments.get(&step.key);
                files.insert(format!("{at}.json"), draft.map(json).unwrap_or_default());
                continue;
            }
        };
        for (language, ending, file) in lesson_files(lesson, language, names) {
            files.insert(format!("{at}.{language}.{ending}"), file.into_bytes());
        }
        if !lesson.checks.is_empty() {
            files.insert(format!("{at}.checks.json"), json(&lesson.checks));
        }
    }
}

fn unit_toml(unit: &Unit) -> String {
    let mut out = String::new();
    if !unit.requires.is_empty() {
        line(&mut out, "requires", &keys(&unit.requires));
    }
    if let UnitCompletion::Share { percent } = unit.completion {
        line(&mut out, "completion", &rule("share", percent));
    }
    let steps: Vec<Key> = unit.steps.iter().map(|step| step.key().clone()).collect();
    line(&mut out, "steps", &keys(&steps));
    text(&mut out, "title", &unit.title);
    text(&mut out, "summary", &unit.summary);
    for step in unit.steps.iter().filter_map(Step::as_assessment) {
        assessment_table(&mut out, step);
    }
    out
}

fn assessment_table(out: &mut String, step: &AssessmentStep) {
    let name = format!("assessments.{}", step.key);
    table(out, &name);
    if !step.requires.is_empty() {
        line(out, "requires", &keys(&step.requires));
    }
    if let AssessmentCompletion::Passed { percent } = step.completion {
        line(out, "completion", &rule("passed", percent));
    }
    text(out, &format!("{name}.title"), &step.title);
    competencies(out, &format!("{name}.competencies"), &step.competencies);
}

fn rule(name: &str, percent: u32) -> String {
    format!("{{ rule = \"{name}\", percent = {percent} }}")
}

// Language, ending and content of each file of a lesson.
fn lesson_files(
    lesson: &Lesson,
    language: &str,
    names: &MediaNames,
) -> Vec<(&'static str, &'static str, String)> {
    let mut files = Vec::new();
    for &one in LANGUAGES {
        let title = version(&lesson.title, one);
        let words = version(&lesson.body, one);
        if one != language && title.is_none() && words.is_none() {
            continue;
        }
        let mut front_matter = String::new();
        if let Some(title) = title {
            line(&mut front_matter, "title", &source(title));
        }
        if one == language {
            lesson_front_matter(&mut front_matter, lesson, names);
        }
        let format = words.map_or(Format::default(), |words| words.format);
        let ending = ENDINGS.iter().find(|(_, of)| *of == format);
        let ending = ending.map_or("md", |(ending, _)| ending);
        let words = words.map(|words| words.source.as_str());
        files.push((one, ending, body::join(&front_matter, words)));
    }
    files
}

fn lesson_front_matter(out: &mut String, lesson: &Lesson, names: &MediaNames) {
    if lesson.minutes > 0 {
        line(out, "minutes", &lesson.minutes.to_string());
    }
    if !lesson.requires.is_empty() {
        line(out, "requires", &keys(&lesson.requires));
    }
    match lesson.completion {
        LessonCompletion::Read => {}
        LessonCompletion::Watched => line(out, "completion", "{ rule = \"watched\" }"),
        LessonCompletion::Passed { percent } => line(out, "completion", &rule("passed", percent)),
    }
    licence(out, "licence", lesson.licence.as_ref());
    competencies(out, "competencies", &lesson.competencies);
    for file in &lesson.files {
        file_table(out, file, names);
    }
    for reflection in &lesson.reflections {
        one_of(out, "reflections");
        line(out, "key", &string(reflection.key.as_str()));
        text(out, "reflections.prompt", &reflection.prompt);
    }
}

fn file_table(out: &mut String, file: &FileNotice, names: &MediaNames) {
    let medium = |hash: &str| match names.name(hash) {
        Some(name) => string(&format!("{FOLDER}{name}")),
        None => string(hash),
    };
    one_of(out, "files");
    line(out, "medium", &medium(&file.medium));
    line(out, "kind", &string(file.kind.as_str()));
    text(out, "files.title", &file.title);
    licence(out, "files.licence", file.licence.as_ref());
    if !file.captions.is_empty() {
        table(out, "files.captions");
        for (language, hash) in &file.captions {
            line(out, language, &medium(hash));
        }
    }
    text(out, "files.transcript", &file.transcript);
}

fn version<'a>(text: &'a Text, language: &str) -> Option<&'a Source> {
    text.versions.get(language)
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(value).unwrap_or_default();
    json.push(b'\n');
    json
}
