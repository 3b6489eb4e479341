//! What the form of a step's editor says, and what its buttons do.

use assessment::FileKind as Medium;
use course::{
    AssessmentCompletion, AssessmentStep, CourseContent, FileKind, FileNotice, Key, LANGUAGES, Lesson,
    LessonCompletion, Reflection, Step,
};
use text::Text;

use super::{
    competencies,
    fields::{
        Move, first_words, new_key, read_licence, read_line, read_needs, read_percent, read_text, reorder,
    },
    files::added_file,
};
use crate::pairs::Pairs;

/// A pressed button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StepButton {
    /// Save, with files and what was typed into fields of new things.
    Save,
    /// A question is to be chosen.
    Question,
    /// A competency was chosen.
    CompetencyAdd,
    /// A question, a reflection or a file moves or goes.
    Member(&'static str, String, Move),
}

impl StepButton {
    /// From the value of the pressed button; an unknown one saves.
    pub(super) fn parse(value: &str) -> Self {
        let mut words = value.split(':');
        let (what, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let list = ["check", "reflection", "file"]
            .into_iter()
            .find(|list| *list == what);
        match (list, words.next().and_then(Move::parse)) {
            (Some(list), Some(verb)) => Self::Member(list, key.to_owned(), verb),
            _ if value == "question" => Self::Question,
            _ if value == "competency_add" => Self::CompetencyAdd,
            _ => Self::Save,
        }
    }

    /// Where the page is shown again.
    pub(super) fn anchor(&self) -> String {
        match self {
            Self::Member(list, _, Move::Remove) => format!("#{list}s"),
            Self::Member(list, key, _) => format!("#{list}-{key}"),
            Self::CompetencyAdd => "#competencies".to_owned(),
            Self::Save | Self::Question => String::new(),
        }
    }
}

/// Writes what the form says over a step. New things come only with a whole save.
pub(super) fn apply(pairs: &Pairs, content: &mut CourseContent, key: &Key, is_whole: bool) {
    let first = content.default_language().to_owned();
    match step_mut(content, key) {
        Some(Step::Lesson(lesson)) => apply_lesson(pairs, lesson, &first, is_whole),
        Some(Step::Assessment(step)) => apply_quiz(pairs, step, &first, is_whole),
        None => {}
    }
}

pub(super) fn step_mut<'a>(content: &'a mut CourseContent, key: &Key) -> Option<&'a mut Step> {
    let steps = content.units.iter_mut().flat_map(|unit| &mut unit.steps);
    steps.into_iter().find(|step| step.key() == key)
}

fn apply_quiz(pairs: &Pairs, step: &mut AssessmentStep, first: &str, is_whole: bool) {
    competencies::read(pairs, "competencies", &mut step.competencies);
    if is_whole {
        competencies::add_chosen(pairs, &mut step.competencies);
    }
    read_line(pairs, "title", first, &mut step.title);
    read_needs(pairs, "needs", &mut step.requires);
    let percent = read_percent(pairs.get("percent"));
    step.completion = match pairs.optional("rule") {
        Some("passed") => AssessmentCompletion::Passed {
            percent: percent.unwrap_or(0),
        },
        Some(_) => AssessmentCompletion::Submitted,
        None => step.completion,
    };
}

fn apply_lesson(pairs: &Pairs, lesson: &mut Lesson, first: &str, is_whole: bool) {
    read_line(pairs, "title", first, &mut lesson.title);
    read_text(pairs, "body", first, &mut lesson.body);
    read_needs(pairs, "needs", &mut lesson.requires);
    read_licence(pairs, "licence", &mut lesson.licence);
    competencies::read(pairs, "competencies", &mut lesson.competencies);
    for check in &mut lesson.checks {
        let name = format!("check_{}_competencies", check.key);
        competencies::read(pairs, &name, &mut check.competencies);
    }
    if let Some(typed) = pairs.optional("minutes") {
        lesson.minutes = typed.trim().parse().unwrap_or(0);
    }
    let percent = read_percent(pairs.get("percent"));
    lesson.completion = match pairs.optional("rule") {
        Some("passed") => LessonCompletion::Passed {
            percent: percent.unwrap_or(0),
        },
        Some("watched") => LessonCompletion::Watched,
        Some(_) => LessonCompletion::Read,
        None => lesson.completion,
    };
    reorder(pairs, "checks", &mut lesson.checks, |check| check.key.as_str());
    reorder(pairs, "reflections", &mut lesson.reflections, |one| {
        one.key.as_str()
    });
    reorder(pairs, "files", &mut lesson.files, |file| &file.medium);
    for reflection in &mut lesson.reflections {
        read_text(
            pairs,
            &format!("reflection_{}", reflection.key),
            first,
            &mut reflection.prompt,
        );
    }
    for file in &mut lesson.files {
        let name = format!("file_{}", file.medium);
        read_line(pairs, &format!("{name}_title"), first, &mut file.title);
        read_text(pairs, &format!("{name}_transcript"), first, &mut file.transcript);
        read_licence(pairs, &format!("{name}_licence"), &mut file.licence);
        for tag in LANGUAGES {
            if let Some(captions) = added_file(pairs, &format!("{name}_captions_{tag}")) {
                file.captions.insert((*tag).to_owned(), captions.hash);
            }
        }
    }
    if is_whole {
        add_typed(pairs, lesson, first);
    }
}

fn add_typed(pairs: &Pairs, lesson: &mut Lesson, first: &str) {
    match pairs.get("new_competency_to") {
        "" => competencies::add_chosen(pairs, &mut lesson.competencies),
        key => {
            let of_question = lesson.checks.iter_mut().find(|check| check.key.as_str() == key);
            if let Some(check) = of_question {
                competencies::add_chosen(pairs, &mut check.competencies);
            }
        }
    }
    if let Some(words) = first_words(pairs, "new_reflection") {
        let start: String = words.chars().take(24).collect();
        let mut reflection = Reflection {
            key: new_key(&start, "reflection", |key| lesson.reflection(key).is_some()),
            ..Reflection::default()
        };
        read_text(pairs, "new_reflection", first, &mut reflection.prompt);
        lesson.reflections.push(reflection);
    }
    let Some(added) = added_file(pairs, "new_file") else {
        return;
    };
    if lesson.files.iter().any(|file| file.medium == added.hash) {
        return;
    }
    let title = pairs.get("new_file_title").trim();
    lesson.files.push(FileNotice {
        medium: added.hash,
        kind: match added.kind {
            Medium::Picture => FileKind::Picture,
            Medium::Audio => FileKind::Sound,
            Medium::Video => FileKind::Video,
            _ => FileKind::Attachment,
        },
        title: match title {
            "" => Text::markdown(first, added.name),
            title => Text::markdown(first, title),
        },
        ..FileNotice::default()
    });
}

/// Does what a button says.
pub(super) fn press(button: &StepButton, content: &mut CourseContent, key: &Key) {
    let (StepButton::Member(list, member, verb), Some(Step::Lesson(lesson))) =
        (button, step_mut(content, key))
    else {
        return;
    };
    fn act<T>(list: &mut Vec<T>, verb: Move, is_meant: impl Fn(&T) -> bool) {
        if let Some(place) = list.iter().position(is_meant) {
            verb.apply(list, place);
        }
    }
    match *list {
        "check" => act(&mut lesson.checks, *verb, |check| check.key.as_str() == member),
        "reflection" => act(&mut lesson.reflections, *verb, |one| one.key.as_str() == member),
        _ => act(&mut lesson.files, *verb, |file| file.medium == *member),
    }
}
