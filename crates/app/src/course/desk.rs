//! What a reader with a session has before them: the course, which version of it, which
//! part, and by which right. Every use case of a course with a session begins here.

use std::sync::Arc;

use ::course::{AssessmentStep, Done, Key, Step, StepState, progress};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    course_placements::{self, CoursePlacement},
    course_progress::{self, Reader},
    courses, grades,
    placements::{self, GradeColumn},
};

use super::{
    CourseCache, CourseCode, OpenCourse,
    record::{self, Whose},
    study::Opened,
};
use crate::{
    Code, Result,
    published::PublishedCache,
    session::{Role, Session},
};

/// What a reader has before them: the course, its version, and by which right.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) course_id: String,
    /// The reader's version.
    pub(crate) version_id: String,
    /// The version that is published now.
    pub(super) newest_id: String,
    /// The whole of the reader's version.
    pub(crate) course: Arc<OpenCourse>,
    /// The activity that opened it.
    pub(crate) placed: Option<(CoursePlacement, GradeColumn)>,
    pub(crate) reader: Option<Reader>,
}

impl Desk {
    /// The course of that key, as the session may read it.
    pub(crate) fn find(
        connection: &mut Connection,
        cache: &CourseCache,
        session: Session,
        key: &str,
    ) -> Result<Self> {
        let missing = || session.refused(Code::NotFound, "the session opens no such course");
        let placed = placed_of(connection, &session)?;
        let course = match (&placed, session.context_id.is_some()) {
            (Some((placed, _)), _) => {
                courses::get(connection, &placed.course_id)?.filter(|course| course.key == key)
            }
            // A launch opens its own activity and nothing else.
            (None, true) => None,
            (None, false) if session.role == Role::Learner => {
                courses::find_readable(connection, &session.organisation_id, key)?
            }
            (None, false) => None,
        };
        let course = course.ok_or_else(missing)?;
        let newest_id = course.published_version_id.clone().ok_or_else(missing)?;
        let reader = match session.role {
            Role::Learner => course_progress::find_reader(connection, &session.person_id, &course.id)?,
            _ => None,
        };
        if course.archived_at.is_some() && placed.is_none() && reader.is_none() {
            return Err(missing());
        }
        // Another organisation's course that is open no more: whoever has begun it goes on with what they have.
        let is_shared =
            course.organisation_id == session.organisation_id || course.visibility == courses::PUBLIC;
        let newest_id = match (&reader, is_shared) {
            (_, true) => newest_id,
            (Some(reader), false) => reader.course_version_id.clone(),
            (None, false) => return Err(missing()),
        };
        let version_id = version_of(connection, reader.as_ref(), &newest_id)?;
        Ok(Self {
            course: cache.get(connection, &version_id, key)?,
            course_id: course.id,
            version_id,
            newest_id,
            placed,
            reader,
            session,
        })
    }

    /// The same for a learner who begins by it, or goes on.
    pub(crate) fn begin(
        connection: &mut Connection,
        cache: &CourseCache,
        session: Session,
        key: &str,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        if session.role == Role::Learner {
            // Of two requests at once the second one has to see what the first one kept.
            grades::lock_person(connection, &session.person_id)?;
        }
        let mut desk = Self::find(connection, cache, session, key)?;
        if desk.is_recorded() {
            let now = now.naive_utc();
            let reader = desk.reader.take().unwrap_or_else(|| Reader {
                person_id: desk.session.person_id.clone(),
                course_id: desk.course_id.clone(),
                course_version_id: String::new(),
                identity_id: String::new(),
                last_step: String::new(),
                began_at: now,
                seen_at: now,
            });
            let reader = Reader {
                course_version_id: desk.version_id.clone(),
                identity_id: desk.session.identity_id.clone(),
                seen_at: now,
                ..reader
            };
            course_progress::put_reader(connection, &reader)?;
            desk.reader = Some(reader);
        }
        Ok(desk)
    }

    pub(crate) fn is_recorded(&self) -> bool {
        self.session.role == Role::Learner
    }

    /// Whose record it is that is kept here.
    pub(crate) fn whose(&self) -> Whose<'_> {
        Whose {
            person_id: &self.session.person_id,
            identity_id: &self.session.identity_id,
            course_id: &self.course_id,
        }
    }

    /// The step of that key, which must be open to this reader.
    pub(crate) fn step(&self, connection: &mut Connection, key: &Key) -> Result<Step> {
        let refused = |code, detail| Err(self.session.refused(Code::Course(code), detail));
        let course = self.shown()?;
        let Some(step) = course.content.step(key) else {
            return refused(CourseCode::Gone, "the course has no such step");
        };
        if self.is_recorded() {
            let dones = record::dones(connection, &self.session.person_id, &self.course_id)?;
            let state = progress(&course.content, &dones).steps.remove(key);
            if matches!(state, Some(StepState::Locked { .. })) {
                return refused(CourseCode::Locked, "something else comes first");
            }
        }
        Ok(step.clone())
    }

    /// Keeps that the reader is at a step.
    pub(crate) fn reach(&self, connection: &mut Connection, step: &Key, now: DateTime<Utc>) -> Result<()> {
        let Some(reader) = &self.reader else { return Ok(()) };
        let reader = Reader {
            last_step: step.to_string(),
            seen_at: now.naive_utc(),
            ..reader.clone()
        };
        Ok(course_progress::put_reader(connection, &reader)?)
    }

    /// Owes what follows from what was done.
    pub(crate) fn settle(
        &self,
        connection: &mut Connection,
        dones: &[Done],
        now: DateTime<Utc>,
    ) -> Result<()> {
        let version = (self.version_id.as_str(), &self.course.content);
        record::settle(connection, self.whose(), version, dones, now)
    }

    /// The course, or the part of it that the activity opens.
    pub(super) fn shown(&self) -> Result<Arc<OpenCourse>> {
        let part = self
            .placed
            .as_ref()
            .map_or("", |(placed, _)| placed.part.as_str());
        if part.is_empty() {
            return Ok(Arc::clone(&self.course));
        }
        let content = record::part_of(&self.course.content, part);
        let content = content.ok_or_else(|| {
            let gone = Code::Course(CourseCode::Gone);
            self.session.refused(gone, "the course has no such part any more")
        })?;
        Ok(Arc::new(OpenCourse {
            key: self.course.key.clone(),
            version_id: self.version_id.clone(),
            number: self.course.number,
            content,
        }))
    }

    /// How this reader takes a quiz: as an attempt where an activity can give it a grade.
    pub(super) fn quiz(
        &self,
        connection: &mut Connection,
        cache: &PublishedCache,
        step: &AssessmentStep,
    ) -> Result<Opened> {
        let version_id = assessments::published_version_id(connection, &step.assessment)?;
        let version_id =
            version_id.ok_or_else(|| self.session.refused(Code::NotFound, "the quiz is not published"))?;
        let published = cache.get(connection, &version_id)?;
        let organisation_id = &self.session.organisation_id;
        let is_own = assessments::find(connection, organisation_id, &step.assessment)?.is_some();
        if self.placed.is_some() && is_own {
            return Ok(Opened::Attempt(published));
        }
        Ok(match placements::is_placed(connection, &step.assessment)? {
            true => Opened::Elsewhere(published),
            false => Opened::Exercise(published),
        })
    }
}

// Readers stay on the version that they began, until they move on or a newer one takes them along.
fn version_of(connection: &mut Connection, reader: Option<&Reader>, newest_id: &str) -> Result<String> {
    let Some(reader) = reader else {
        return Ok(newest_id.to_owned());
    };
    let own_number = courses::version_number(connection, &reader.course_version_id)?;
    let takes_along = course_progress::moving_version_number(connection, &reader.course_id)?;
    Ok(match own_number >= takes_along {
        true => reader.course_version_id.clone(),
        false => newest_id.to_owned(),
    })
}

/// The placed course of the session's activity, with its column.
pub(super) fn placed_of(
    connection: &mut Connection,
    session: &Session,
) -> Result<Option<(CoursePlacement, GradeColumn)>> {
    match (&session.context_id, &session.resource_link_id) {
        (Some(context_id), Some(link_id)) => {
            Ok(course_placements::find_by_link(connection, context_id, link_id)?)
        }
        _ => Ok(None),
    }
}
