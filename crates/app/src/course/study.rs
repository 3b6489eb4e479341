//! A course as somebody with a session reads it: from an activity of a platform, or with an
//! account. What a learner does is recorded; whoever teaches looks at everything and leaves
//! no trace.
//!
//! Left out on purpose: guests, who read the open courses without a session (`course`).

use std::{collections::BTreeMap, sync::Arc};

use ::assessment::Published;
use ::course::{Done, Key, Lesson, LessonCompletion, Progress, Step, What, progress};
use chrono::{DateTime, Utc};
use storage::{
    Connection, course_placements,
    course_progress::{self, Reflection},
    courses,
};

pub use super::placed::open_quiz;
use super::{OpenCourse, desk::Desk, record};
use crate::{
    App, Error, Result,
    grade::{self, Delivery},
    media::StoredFile,
    published::PublishedCache,
    session::{Session, Visitor, resolve, resolve_for_change},
};

/// How many letters of a reflection are kept.
pub const REFLECTION_LETTERS: usize = 4_000;

/// A course and how far the reader is.
#[derive(Debug, Clone)]
pub struct Study {
    /// Who reads.
    pub session: Session,
    /// The reader's version of it, or of the part that the activity opens.
    pub course: Arc<OpenCourse>,
    /// Whether that is a part of a course only.
    pub is_part: bool,
    /// Whether that part is a single step.
    pub opens_step: bool,
    /// How far they are; of somebody who does not learn here, from the beginning.
    pub progress: Progress,
    /// What they did.
    pub dones: Vec<Done>,
    /// The step where they stopped.
    pub last_step: Option<Key>,
    /// Whether what they do is recorded.
    pub is_recorded: bool,
    /// A newer version, while they stay on theirs.
    pub newer: Option<Newer>,
    /// When they completed their version, or the one before it.
    pub completed_at: Option<DateTime<Utc>>,
    /// Where the score is on its way to the platform.
    pub delivery: Option<Delivery>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// A version that is newer than the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newer {
    /// Its number.
    pub number: i64,
    /// What its author says is new.
    pub note: String,
}

/// One step of a course, as its reader finds it.
#[derive(Debug, Clone)]
pub struct StudyStep {
    /// The course around it.
    pub study: Study,
    /// Which one.
    pub step: Step,
    /// How it is read.
    pub opened: Opened,
    /// The best tries at its questions, by their keys, 0 to 1.
    pub tries: BTreeMap<String, f64>,
    /// What the reader wrote for themselves, by the reflections' keys.
    pub reflections: BTreeMap<String, String>,
}

/// How a step is read.
#[derive(Debug, Clone)]
pub enum Opened {
    /// It is a lesson.
    Lesson(Box<Lesson>),
    /// It is a quiz, taken as an attempt that counts: [`open_quiz`].
    Attempt(Arc<Published>),
    /// It is a quiz that counts in an activity, and is taken only there.
    Elsewhere(Arc<Published>),
    /// It is a quiz, taken question by question as the checks of a lesson are.
    Exercise(Arc<Published>),
}

/// What a reader did on a step's page.
#[derive(Clone, Default)]
pub struct Deed {
    /// Reflections by key, as they stand in their fields now.
    pub reflections: Vec<(Key, String)>,
    /// A question that was tried.
    pub tried: Option<Tried>,
    /// Whether the reader says that they have read it.
    pub is_read: bool,
    /// Whether its video was played to the end.
    pub is_watched: bool,
}

/// A question that was tried.
#[derive(Clone)]
pub struct Tried {
    /// Which one.
    pub key: Key,
    /// The fields of the answer, without their common prefix.
    pub fields: Vec<(String, String)>,
    /// The language in which it was asked.
    pub language: String,
}

/// Leaves out what is nobody else's to read.
impl std::fmt::Debug for Deed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deed")
            .field("is_read", &self.is_read)
            .finish_non_exhaustive()
    }
}

/// The front page of a course.
///
/// # Errors
/// `WEB-SESSION`; `WEB-NOT-FOUND` for a course that the session does not open; `CRS-GONE` when the activity's part is
/// not in the course any more.
pub async fn open(app: &App, visitor: Visitor, key: String) -> Result<Study> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            Desk::find(c, &cache, session, &key)?.study(c, now)
        })
        .await
}

/// The key of the course that the session's activity opens; `None` when it opens something else.
///
/// # Errors
/// `WEB-SESSION`.
pub(crate) fn course_of(connection: &mut Connection, session: &Session) -> Result<Option<String>> {
    match (&session.context_id, &session.resource_link_id) {
        (Some(context_id), Some(link_id)) => course_at(connection, context_id, link_id),
        _ => Ok(None),
    }
}

/// The key of the course that a link opens; `None` when it opens something else.
pub(crate) fn course_at(
    connection: &mut Connection,
    context_id: &str,
    link_id: &str,
) -> Result<Option<String>> {
    let Some((placed, _)) = course_placements::find_by_link(connection, context_id, link_id)? else {
        return Ok(None);
    };
    Ok(courses::get(connection, &placed.course_id)?.map(|course| course.key))
}

/// Opens a step; where a learner stopped is kept.
///
/// # Errors
/// As [`open`], and `CRS-LOCKED` for a step that opens later, `CRS-GONE` for one that is not there any more.
pub async fn open_step(app: &App, visitor: Visitor, key: String, step: Key) -> Result<StudyStep> {
    let (now, cache, published) = (app.clock().now(), app.courses().clone(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = resolve(c, &visitor, now)?;
            let desk = Desk::begin(c, &cache, session, &key, now)?;
            let found = desk.step(c, &step)?;
            desk.reach(c, &step, now)?;
            desk.study_step(c, &published, found, now)
        })
        .await
}

/// Records what a reader did on a step's page, and answers how it stands then.
///
/// # Errors
/// As [`open_step`], and `WEB-CSRF`.
pub async fn act(app: &App, visitor: Visitor, key: String, step: Key, deed: Deed) -> Result<StudyStep> {
    let (now, cache, published) = (app.clock().now(), app.courses().clone(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let desk = Desk::begin(c, &cache, session, &key, now)?;
            let found = desk.step(c, &step)?;
            if desk.is_recorded() {
                desk.reflect(c, &step, &deed.reflections, now)?;
                let items = desk.items(c, &published, &step)?;
                let mut done = Vec::new();
                if let Some(tried) = &deed.tried {
                    done.extend(desk.try_out(c, &step, &items, tried, now)?);
                }
                done.extend(desk.said(&step, &deed, now));
                if !done.is_empty() {
                    let dones = record::add(c, desk.whose(), &done)?;
                    desk.settle(c, &dones, now)?;
                }
            }
            desk.study_step(c, &published, found, now)
        })
        .await
}

/// Goes on with the newest version; what was done stays.
///
/// # Errors
/// As [`open`], and `WEB-CSRF`.
pub async fn move_on(app: &App, visitor: Visitor, key: String) -> Result<Session> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let mut desk = Desk::find(c, &cache, session, &key)?;
            if let Some(mut reader) = desk.reader.clone() {
                reader.course_version_id = desk.newest_id.clone();
                course_progress::put_reader(c, &reader)?;
                desk = Desk::find(c, &cache, desk.session, &key)?;
                let dones = record::dones(c, &desk.session.person_id, &desk.course_id)?;
                desk.settle(c, &dones, now)?;
            }
            Ok(desk.session)
        })
        .await
}

/// A file that the reader's version of a course shows.
///
/// # Errors
/// As [`open`]; `WEB-NOT-FOUND` for any other file.
pub async fn file(app: &App, visitor: Visitor, key: String, hash: String) -> Result<StoredFile> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let desk = Desk::find(c, &cache, session, &key)?;
            let medium = courses::find_file(c, &desk.version_id, &hash)?;
            let medium = medium.ok_or_else(|| Error::not_found("the course shows no such file"))?;
            StoredFile::of(medium)
        })
        .await
}

impl Desk {
    fn study(self, connection: &mut Connection, now: DateTime<Utc>) -> Result<Study> {
        let course = self.shown()?;
        let is_recorded = self.is_recorded();
        let dones = match is_recorded {
            true => record::dones(connection, &self.session.person_id, &self.course_id)?,
            false => Vec::new(),
        };
        let completions = match is_recorded {
            true => {
                course_progress::list_completions(connection, &self.session.person_id, Some(&self.course_id))?
            }
            false => Vec::new(),
        };
        let delivery = match (&self.placed, is_recorded) {
            (Some((_, column)), true) => grade::find(connection, column, &self.session.person_id)?,
            _ => None,
        };
        let newer = match self.version_id == self.newest_id {
            true => None,
            false => courses::get_version(connection, &self.newest_id)?.map(|version| Newer {
                number: version.number,
                note: version.note,
            }),
        };
        let last_step = self.reader.as_ref().map(|reader| Key::new(&*reader.last_step));
        Ok(Study {
            progress: progress(&course.content, &dones),
            last_step: last_step.filter(|key| course.content.step(key).is_some()),
            opens_step: self.placed.as_ref().is_some_and(|(placed, _)| {
                let part = Key::new(&*placed.part);
                course.content.unit(&part).is_none() && course.content.step(&part).is_some()
            }),
            is_part: self.placed.is_some_and(|(placed, _)| !placed.part.is_empty()),
            session: self.session,
            completed_at: completions.first().map(|record| record.completed_at.and_utc()),
            course,
            dones,
            is_recorded,
            newer,
            delivery,
            now,
        })
    }

    fn study_step(
        self,
        connection: &mut Connection,
        published: &PublishedCache,
        step: Step,
        now: DateTime<Utc>,
    ) -> Result<StudyStep> {
        let opened = match &step {
            Step::Lesson(lesson) => Opened::Lesson(Box::new(lesson.clone())),
            Step::Assessment(quiz) => self.quiz(connection, published, quiz)?,
        };
        let key = step.key();
        let (mut tries, mut reflections) = (BTreeMap::new(), BTreeMap::new());
        if self.is_recorded() {
            let person_id = &self.session.person_id;
            for done in course_progress::list_checks(connection, person_id, &self.course_id)? {
                if done.lesson_key == key.as_str() {
                    tries.insert(done.check_key, done.fraction);
                }
            }
            for written in course_progress::list_reflections(connection, person_id, &self.course_id)? {
                if written.lesson_key == key.as_str() {
                    reflections.insert(written.reflection_key, written.words);
                }
            }
        }
        Ok(StudyStep {
            study: self.study(connection, now)?,
            step,
            opened,
            tries,
            reflections,
        })
    }

    fn reflect(
        &self,
        connection: &mut Connection,
        step: &Key,
        written: &[(Key, String)],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let lesson = self.course.content.step(step).and_then(Step::as_lesson);
        for (key, words) in written {
            if lesson.is_none_or(|lesson| lesson.reflection(key).is_none()) {
                continue;
            }
            let words: String = words
                .trim_end()
                .chars()
                .filter(|letter| *letter != '\0')
                .take(REFLECTION_LETTERS)
                .collect();
            let row = Reflection {
                person_id: self.session.person_id.clone(),
                course_id: self.course_id.clone(),
                lesson_key: step.to_string(),
                reflection_key: key.to_string(),
                words,
                updated_at: now.naive_utc(),
            };
            course_progress::put_reflection(connection, &row)?;
        }
        Ok(())
    }

    // What a reader says of a lesson. A quiz is done by its marks alone.
    fn said(&self, step: &Key, deed: &Deed, now: DateTime<Utc>) -> Option<Done> {
        self.course.content.step(step)?.as_lesson()?;
        let what = match (deed.is_watched, deed.is_read) {
            (true, _) => What::Watched,
            (false, true) => What::Read,
            (false, false) => return None,
        };
        Some(Done {
            step: step.clone(),
            what,
            at: now,
        })
    }
}

/// Whether the checks of a lesson decide if it is done: then right answers are not given away before.
pub fn checks_decide(lesson: &Lesson) -> bool {
    matches!(lesson.completion, LessonCompletion::Passed { .. })
}
