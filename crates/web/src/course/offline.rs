//! The pages of a course that is taken along: the same parts as online, with the
//! answers folded beneath the questions and every way leading to a file beside it.

use ::course::{Key, Step};
use app::course::OpenCourse;
use ui::{
    Language, Texts,
    page::course::{
        FrontStep, FrontUnit, Lesson, LessonFile, LessonPart, LessonWay, OfflineFile, OfflineFrame,
        OfflineIndex, OfflineLesson, OfflinePart, StepKind,
    },
};

use super::{Place, exercise::Exercises, front_step, lesson, licence, other_language, path_of};
use crate::{pairs::Pairs, rendered::plain};

/// The first page's file.
pub(super) const INDEX: &str = "index.html";
/// The style sheet's file.
pub(super) const STYLE: &str = "style.css";

/// A course in a language, as it is read without a line.
pub(super) struct Offline<'a> {
    /// The course.
    pub(super) course: &'a OpenCourse,
    /// In which language.
    pub(super) language: Language,
    /// The service's own address, without a slash at the end.
    pub(super) origin: String,
}

impl Offline<'_> {
    /// The first page.
    pub(super) fn index(&self) -> OfflineIndex {
        let (content, language) = (&self.course.content, self.language);
        let place = Place::open(self.course, "", language);
        let units = content.units.iter().map(|unit| FrontUnit {
            title: plain(&unit.title, language),
            summary: place.written(&unit.summary, language),
            steps: unit.steps.iter().map(|step| self.step(step)).collect(),
        });
        OfflineIndex {
            frame: self.frame(&path_of(self.course)),
            title_language: other_language(&content.title, language),
            summary: place.written(&content.summary, language),
            lessons: content.lessons().count(),
            minutes: content.minutes(),
            version: self.course.number,
            units: units.collect(),
            terms: lesson::glossary(&place, content.glossary.iter(), language),
            licence: licence(content.licence.as_ref()),
        }
    }

    /// Each lesson's page with its file.
    pub(super) fn lessons(&self) -> Vec<(String, OfflineLesson)> {
        let steps = self.course.content.steps();
        let lessons = steps.filter_map(|step| Some((step, step.as_lesson()?)));
        let nothing = Pairs::default();
        lessons
            .map(|(step, lesson)| {
                let place = Place::open(self.course, step.key().as_str(), self.language);
                let shown = lesson::Shown::new(&place, self.course, step, &nothing);
                (file_of(&lesson.key), self.lesson(lesson, shown.lesson(lesson)))
            })
            .collect()
    }

    fn lesson(&self, lesson: &::course::Lesson, online: Lesson) -> OfflineLesson {
        let language = Language::find(&online.language).unwrap_or(self.language);
        let nothing = Pairs::default();
        let exercises = Exercises {
            path: String::new(),
            pictures: Place::open(self.course, "", language).media(),
            keeps_answers_back: false,
            language,
            sent: &nothing,
        };
        let part = |part| match part {
            LessonPart::Prose(html) => OfflinePart::Prose(html),
            LessonPart::Procedure(steps) => OfflinePart::Procedure(steps),
            LessonPart::Reflection { prompt, .. } => OfflinePart::Reflection(prompt),
            LessonPart::File(file) => OfflinePart::File(offline_file(file)),
            LessonPart::Check(mut question) => {
                question.check = None;
                let check = lesson.check(&Key::new(&question.slot));
                let answer = check.and_then(|check| exercises.answer(check, question.number));
                OfflinePart::Check(question, answer.map(Box::new))
            }
        };
        OfflineLesson {
            frame: self.frame(&online.path),
            index_path: INDEX.to_owned(),
            unit_title: online.unit_title,
            title: online.title,
            language: online.language,
            language_name: online.language_name,
            minutes: online.minutes,
            number: online.number,
            total: online.total,
            parts: online.parts.into_iter().map(part).collect(),
            terms: online.terms,
            previous: online.previous.map(|way| self.way(way)),
            next: online.next.map(|way| self.way(way)),
            licence: online.licence,
        }
    }

    fn frame(&self, path: &str) -> OfflineFrame {
        OfflineFrame {
            t: Texts::for_language(self.language),
            styles: vec![STYLE.to_owned()],
            course: plain(&self.course.content.title, self.language),
            online: self.online(path),
        }
    }

    fn online(&self, path: &str) -> String {
        format!("{}{path}?language={}", self.origin, self.language.tag())
    }

    fn step(&self, step: &Step) -> FrontStep {
        let place = Place::open(self.course, "", self.language);
        let online = front_step(step, self.course, &place);
        FrontStep {
            path: match online.kind {
                StepKind::Lesson => file_of(step.key()),
                StepKind::Assessment => self.online(&online.path),
            },
            ..online
        }
    }

    // A quiz is tried online; a lesson lies beside the page.
    fn way(&self, way: LessonWay) -> LessonWay {
        let key = Key::new(way.path.rsplit('/').next().unwrap_or_default());
        let step = self.course.content.step(&key);
        LessonWay {
            path: match step.and_then(Step::as_lesson) {
                Some(lesson) => file_of(&lesson.key),
                None => self.online(&way.path),
            },
            ..way
        }
    }
}

fn offline_file(file: LessonFile) -> OfflineFile {
    OfflineFile {
        path: file.path,
        is_here: true,
        kind: file.kind,
        title: file.title,
        transcript: file.transcript,
        licence: file.licence,
    }
}

// The first page has its name; no lesson takes it away.
fn file_of(key: &Key) -> String {
    match key.as_str() {
        "index" => "lesson-index.html".to_owned(),
        key => format!("{key}.html"),
    }
}
