//! A lesson's page: the body's parts as `course` divides it, with the questions that
//! were tried. A quiz of the course is read as a lesson of nothing but its questions.

use ::course::{Check, FileKind, FileNotice, Key, Lesson, Part, Step, Term, lesson_page};
use app::course::OpenCourse;
use assessment::Published;
use ui::{
    Html, Language,
    page::course::{FileShape, Lesson as Page, LessonFile, LessonPart, LessonTerm, LessonWay},
};

use super::{Place, exercise::Exercises, languages_of_term, licence, name_of};
use crate::{pairs::Pairs, rendered::plain};

/// A step of a course and what its page is made of.
pub(super) struct Shown<'a> {
    place: &'a Place,
    course: &'a OpenCourse,
    step: &'a Step,
    path: String,
    sent: &'a Pairs,
}

impl<'a> Shown<'a> {
    /// The step with what was sent of its questions.
    pub(super) fn new(place: &'a Place, course: &'a OpenCourse, step: &'a Step, sent: &'a Pairs) -> Self {
        Self {
            path: place.step_path(step.key()),
            place,
            course,
            step,
            sent,
        }
    }

    /// The page of a lesson.
    pub(super) fn lesson(&self, lesson: &Lesson) -> Page {
        let content = &self.course.content;
        let read = lesson_page(content, lesson, self.place.language.tag());
        let language = Language::find(read.language).unwrap_or(self.place.language);
        let words = Words {
            shown: self,
            lesson,
            language,
        };
        Page {
            title: plain(&lesson.title, language),
            minutes: lesson.minutes,
            parts: words.parts(read.parts),
            terms: words.terms(&read.terms),
            licence: licence(lesson.licence.as_ref().or(content.licence.as_ref())),
            ..self.frame(language)
        }
    }

    /// The page of a quiz: its introduction and all its questions, to be tried one by one.
    pub(super) fn quiz(&self, published: &Published) -> Page {
        let content = &published.content;
        let language = content
            .title
            .in_language(self.place.language.tag())
            .and_then(|(tag, _)| Language::find(tag));
        let language = language.unwrap_or(self.place.language);
        let exercises = self.exercises(language);
        let items = content.slots.iter().filter_map(|slot| {
            let item = published.items.get(&slot.item_version_id)?;
            Some(Check {
                key: Key::new(slot.id.as_str()),
                item: item.clone(),
                competencies: Vec::new(),
            })
        });
        let questions = items
            .zip(1..)
            .map(|(check, number)| exercises.question(&check, number));
        let introduction = LessonPart::Prose(self.place.written(&content.introduction, language).html);
        Page {
            title: plain(&content.title, language),
            parts: [introduction]
                .into_iter()
                .chain(questions.map(|question| LessonPart::Check(Box::new(question))))
                .collect(),
            ..self.frame(language)
        }
    }

    /// The page of a quiz that is taken as an attempt: its introduction and no question.
    pub(super) fn quiz_front(&self, published: &Published) -> Page {
        let language = self.place.language;
        let introduction = self.place.written(&published.content.introduction, language).html;
        Page {
            title: plain(&published.content.title, language),
            parts: vec![LessonPart::Prose(introduction)],
            ..self.frame(language)
        }
    }

    /// The same of a quiz that counts in a platform: with the words that it is taken there.
    pub(super) fn quiz_elsewhere(&self, published: &Published) -> Page {
        Page {
            is_taken_elsewhere: true,
            ..self.quiz_front(published)
        }
    }

    fn exercises(&self, language: Language) -> Exercises<'_> {
        Exercises {
            path: match self.place.frame.session {
                Some(_) => self.path.clone(),
                None => format!("{}?language={}", self.path, self.place.language.tag()),
            },
            pictures: self.place.media(),
            keeps_answers_back: self.place.keeps_answers_back,
            language,
            sent: self.sent,
        }
    }

    /// A page without its content, which is in `language`.
    fn frame(&self, language: Language) -> Page {
        let (content, own) = (&self.course.content, self.step.key());
        let steps: Vec<&Step> = content.steps().collect();
        let place = steps
            .iter()
            .position(|step| step.key() == own)
            .unwrap_or_default();
        let way = |index: Option<usize>| {
            let step = index.and_then(|index| steps.get(index))?;
            Some(LessonWay {
                path: self.place.step_path(step.key()),
                title: plain(step.title(), self.place.language),
            })
        };
        let unit = content
            .unit_of(own)
            .map(|unit| plain(&unit.title, self.place.language));
        let is_other = language.tag() != self.place.language.tag();
        Page {
            frame: self.place.frame.clone(),
            course_key: self.course.key.clone(),
            key: own.to_string(),
            path: self.path.clone(),
            course_path: self.place.course.clone(),
            course_title: plain(&content.title, self.place.language),
            unit_title: unit.unwrap_or_default(),
            title: String::new(),
            language: if is_other {
                language.tag().to_owned()
            } else {
                String::new()
            },
            language_name: name_of(language.tag()),
            minutes: 0,
            number: place + 1,
            total: steps.len(),
            parts: Vec::new(),
            terms: Vec::new(),
            previous: way(place.checked_sub(1)),
            next: way(place.checked_add(1)),
            licence: licence(content.licence.as_ref()),
            is_taken_elsewhere: false,
            study: None,
        }
    }
}

/// A lesson's words in a language.
struct Words<'a> {
    shown: &'a Shown<'a>,
    lesson: &'a Lesson,
    language: Language,
}

impl Words<'_> {
    fn parts(&self, parts: Vec<Part<'_>>) -> Vec<LessonPart> {
        let exercises = self.shown.exercises(self.language);
        let mut questions = 0;
        let part = |part| match part {
            Part::Html(html) => LessonPart::Prose(self.html(html)),
            Part::Procedure(steps) => {
                LessonPart::Procedure(steps.into_iter().map(|step| self.html(step)).collect())
            }
            Part::Check(check) => {
                questions += 1;
                LessonPart::Check(Box::new(exercises.question(check, questions)))
            }
            Part::Reflection(reflection) => LessonPart::Reflection {
                key: reflection.key.to_string(),
                prompt: self.written(&reflection.prompt),
            },
            Part::File(file) => LessonPart::File(self.file(file)),
        };
        parts.into_iter().map(part).collect()
    }

    fn html(&self, html: String) -> Html {
        Html::trusted(html).with_media_at(&self.shown.place.media())
    }

    fn written(&self, text: &text::Text) -> Html {
        self.shown.place.written(text, self.language).html
    }

    fn file(&self, file: &FileNotice) -> LessonFile {
        let address = |hash: &str| format!("{}/{hash}", self.shown.place.media());
        let captions = file.captions.iter();
        LessonFile {
            path: address(&file.medium),
            kind: match file.kind {
                FileKind::Picture => FileShape::Picture,
                FileKind::Sound => FileShape::Sound,
                FileKind::Video => FileShape::Film,
                FileKind::Attachment => FileShape::Attachment,
            },
            title: plain(&file.title, self.language),
            captions: captions
                .map(|(tag, hash)| (tag.clone(), name_of(tag), address(hash)))
                .collect(),
            transcript: self.written(&file.transcript),
            licence: match &file.licence {
                Some(own) if self.lesson.licence.as_ref() != Some(own) => licence(Some(own)),
                _ => licence(None),
            },
        }
    }

    fn terms(&self, terms: &[&Term]) -> Vec<LessonTerm> {
        glossary(self.shown.place, terms.iter().copied(), self.language)
    }
}

/// Terms with their explanations, by alphabet.
pub(super) fn glossary<'a>(
    place: &Place,
    terms: impl Iterator<Item = &'a Term>,
    language: Language,
) -> Vec<LessonTerm> {
    let mut terms: Vec<LessonTerm> = terms
        .map(|term| LessonTerm {
            key: term.key.to_string(),
            term: plain(&term.term, language),
            others: languages_of_term(term, language),
            explanation: place.written(&term.explanation, language).html,
        })
        .collect();
    terms.sort_by_cached_key(|term| text::vietnamese_key(&term.term));
    terms
}
