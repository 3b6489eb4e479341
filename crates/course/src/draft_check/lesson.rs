//! What is wrong with a lesson: its words, files, questions and rule.

use std::collections::BTreeSet;

use assessment::{DraftProblemKind, check_item, count_words};
use text::{MEDIA_SCHEME, Source, Text, media_hashes, to_plain};

use super::Problems;
use crate::content::{Check, CourseContent, FileKind, FileNotice, Lesson, LessonCompletion};
use crate::draft_problem::{Place, Problem, ProblemKind};
use crate::lesson_page::{Slip, read_body};
use crate::limits;

pub(super) fn check_lesson(content: &CourseContent, lesson: &Lesson, at: &Place, problems: &mut Problems) {
    problems.title(at, &lesson.title);
    problems.texts(at, &[&lesson.body]);
    check_frame(lesson, at, problems);
    check_load(lesson, at, problems);
    for (language, source) in &lesson.body.versions {
        if !source.is_blank() {
            let (_, slips) = read_body(content, lesson, &lesson.body, language);
            let at = at.in_language(language);
            slips.into_iter().for_each(|slip| add_slip(slip, &at, problems));
        }
    }
    for file in &lesson.files {
        check_file(file, at, problems);
    }
    let mut keys = BTreeSet::new();
    for check in &lesson.checks {
        let at = at.of_part(&check.key);
        problems.key(&at, &check.key, &mut keys);
        check_question(check, &at, problems);
    }
    let mut keys = BTreeSet::new();
    for reflection in &lesson.reflections {
        let at = at.of_part(&reflection.key);
        problems.key(&at, &reflection.key, &mut keys);
        problems.add_if(reflection.prompt.is_empty(), &at, ProblemKind::NoTitle);
        problems.texts(&at, &[&reflection.prompt]);
    }
}

fn check_frame(lesson: &Lesson, at: &Place, problems: &mut Problems) {
    let lists = [lesson.files.len(), lesson.checks.len(), lesson.reflections.len()];
    let too_many = lists.into_iter().any(|length| length > limits::BLOCKS);
    let is_silent = lesson.body.is_empty() && lists.into_iter().sum::<usize>() == 0;
    problems.add_if(too_many, at, ProblemKind::TooMany);
    problems.add_if(is_silent, at, ProblemKind::EmptyLesson);
    if lesson.licence.is_some() {
        problems.licence(at, lesson.licence.as_ref());
    }
    match lesson.completion {
        LessonCompletion::Read => {}
        LessonCompletion::Watched => {
            let has_video = lesson.files.iter().any(|file| file.kind == FileKind::Video);
            problems.add_if(!has_video, at, ProblemKind::NoVideo);
        }
        LessonCompletion::Passed { percent } => {
            let has_check = lesson.checks.iter().any(|check| check.item.is_checkable());
            problems.add_if(!has_check, at, ProblemKind::NoMarkedCheck);
            problems.percent(at, percent);
        }
    }
}

/// Told once, with the number of words of the longest language, or the minutes.
fn check_load(lesson: &Lesson, at: &Place, problems: &mut Problems) {
    let words = |source: &Source| count_words(&to_plain(source));
    let most = lesson.body.versions.values().map(words).max().unwrap_or_default();
    if most > limits::LESSON_WORDS {
        problems.add(at, ProblemKind::ReadingLoad, most.to_string());
    } else if lesson.minutes > limits::LESSON_MINUTES {
        problems.add(at, ProblemKind::ReadingLoad, "");
    }
}

fn add_slip(slip: Slip, at: &Place, problems: &mut Problems) {
    match slip {
        Slip::UnknownBlock(block) => problems.add(at, ProblemKind::BrokenLink, block),
        Slip::UnknownTerm(key) => problems.add(at, ProblemKind::BrokenLink, format!("[[{key}]]")),
        Slip::RepeatedBlock(block) => problems.add(at, ProblemKind::RepeatedBlock, block),
        Slip::BrokenProcedure => problems.add(at, ProblemKind::BrokenProcedure, ""),
    }
}

fn check_file(file: &FileNotice, at: &Place, problems: &mut Problems) {
    for medium in file.captions.values().chain([&file.medium]) {
        if !is_hash(medium) {
            problems.add(at, ProblemKind::BadMedium, medium.as_str());
        }
    }
    let named = file.title.in_language("").map(|(_, title)| to_plain(title));
    let named = named.unwrap_or_default();
    let no_captions = file.kind == FileKind::Video && file.captions.is_empty();
    let no_transcript = file.kind == FileKind::Sound && file.transcript.is_empty();
    let no_title = file.title.is_empty() && file.kind != FileKind::Picture;
    for (is_wrong, kind) in [
        (no_captions, ProblemKind::NoCaptions),
        (no_transcript, ProblemKind::NoTranscript),
        (no_title, ProblemKind::NoFileTitle),
    ] {
        if is_wrong {
            problems.add(at, kind, named.as_str());
        }
    }
    if file.licence.is_some() {
        problems.licence(at, file.licence.as_ref());
    }
    problems.texts(at, &[&file.title, &file.transcript]);
}

// `text` knows what a hash is; a name of one is all that it takes.
fn is_hash(medium: &str) -> bool {
    let source = Source::markdown(format!("![x]({MEDIA_SCHEME}{medium})"));
    media_hashes(&source).contains(medium)
}

/// What keeps the question from being published in any quiz.
fn check_question(check: &Check, at: &Place, problems: &mut Problems) {
    let kinds = check_item(&check.item).into_iter();
    for kind in kinds.filter(|kind| !is_told_with_texts(*kind)) {
        let of_words = kind == DraftProblemKind::PictureWithoutAlternative;
        let told = if of_words {
            ProblemKind::NoAlternative
        } else {
            ProblemKind::Question
        };
        problems.found.push(Problem {
            at: at.clone(),
            kind: told,
            named: String::new(),
            of_question: Some(kind),
            is_grave: told.is_grave(),
        });
    }
    let texts: Vec<&Text> = check.item.texts().collect();
    problems.texts(at, &texts);
}

fn is_told_with_texts(kind: DraftProblemKind) -> bool {
    matches!(
        kind,
        DraftProblemKind::TextTooLong | DraftProblemKind::HiddenPicture | DraftProblemKind::MediaWithoutWords
    )
}
