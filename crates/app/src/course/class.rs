//! How far the class is in a placed course: for its instructor. Reflections are nobody else's and
//! stand on no page but their writer's.

use std::{collections::BTreeMap, sync::Arc};

use ::course::{Done, Progress, progress};
use chrono::{DateTime, Utc};
use lti::launch_message::LaunchMessage;
use storage::{
    Connection, course_placements,
    course_progress::{self, Reader},
    grades,
    placements::GradeColumn,
    registrations,
};

use super::{OpenCourse, desk::Desk, record};
use crate::{
    App, Code, Result,
    grade::{self, Delivery},
    people_of_course::{self, Learner},
    session::{Session, Visitor, instructor},
};

/// The class of a placed course.
#[derive(Debug, Clone)]
pub struct Class {
    /// Who asks.
    pub session: Session,
    /// The course as it is published, or the part of it that the activity opens.
    pub course: Arc<OpenCourse>,
    /// What people call the platform.
    pub platform: String,
    /// Whether the platform has a column for the activity.
    pub has_column: bool,
    /// The learners in the reader's order of names.
    pub students: Vec<ClassStudent>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// How far somebody is.
#[derive(Debug, Clone)]
pub struct ClassStudent {
    /// Who.
    pub learner: Learner,
    /// How far, by their own version; `None` before they have begun.
    pub begun: Option<Begun>,
    /// Where their score is on its way to the platform.
    pub delivery: Option<Delivery>,
}

/// How far somebody is who has begun.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Their version, or the part of it that the activity opens.
    pub course: Arc<OpenCourse>,
    /// How far.
    pub progress: Progress,
    /// What they did.
    pub dones: Vec<Done>,
    /// When they were here last.
    pub seen_at: DateTime<Utc>,
}

/// Opens the class of the course of that key.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN` unless an instructor asks, `WEB-NOT-FOUND` where the activity opens no such course,
/// `CRS-GONE`.
pub async fn open(app: &App, visitor: Visitor, key: String) -> Result<Class> {
    let (now, cache) = (app.clock().now(), app.courses().clone());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let learners = people_of_course::learners(c, &session)?;
            let desk = Desk::find(c, &cache, session, &key)?;
            let Some((placed, column)) = desk.placed.clone() else {
                return Err(desk
                    .session
                    .refused(Code::NotFound, "the course stands in no activity"));
            };
            let of_everybody = Standing::read(c, &placed.context_id, &desk.course_id)?;
            let deliveries = deliveries(c, &desk.session, &column)?;
            let mut students = Vec::with_capacity(learners.len());
            for learner in learners {
                let begun = match of_everybody.readers.get(&learner.person_id) {
                    Some(reader) => {
                        let course = cache.get(c, &reader.course_version_id, &key)?;
                        begun_of(&course, &placed.part, reader, &of_everybody)?
                    }
                    None => None,
                };
                students.push(ClassStudent {
                    delivery: deliveries.get(&learner.person_id).cloned(),
                    begun,
                    learner,
                });
            }
            Ok(Class {
                course: desk.shown()?,
                platform: platform_of(c, &desk.session)?,
                has_column: column.line_item_url.is_some(),
                students,
                now,
                session: desk.session,
            })
        })
        .await
}

/// What everybody in a context has done, by person.
struct Standing {
    readers: BTreeMap<String, Reader>,
    dones: BTreeMap<String, Vec<Done>>,
}

impl Standing {
    fn read(connection: &mut Connection, context_id: &str, course_id: &str) -> Result<Self> {
        let readers = course_progress::list_readers_in_context(connection, context_id, course_id)?;
        let mut dones: BTreeMap<String, Vec<Done>> = BTreeMap::new();
        for row in course_progress::list_steps_in_context(connection, context_id, course_id)? {
            let person_id = row.person_id.clone();
            dones.entry(person_id).or_default().push(record::done_of(row)?);
        }
        let by_person = |reader: Reader| (reader.person_id.clone(), reader);
        Ok(Self {
            readers: readers.into_iter().map(by_person).collect(),
            dones,
        })
    }
}

// `None` where the reader's version has no such part: they have not begun it.
fn begun_of(
    course: &Arc<OpenCourse>,
    part: &str,
    reader: &Reader,
    of_everybody: &Standing,
) -> Result<Option<Begun>> {
    let Some(content) = record::part_of(&course.content, part) else {
        return Ok(None);
    };
    let dones = of_everybody
        .dones
        .get(&reader.person_id)
        .cloned()
        .unwrap_or_default();
    Ok(Some(Begun {
        progress: progress(&content, &dones),
        course: Arc::new(OpenCourse {
            content,
            ..OpenCourse::clone(course)
        }),
        dones,
        seen_at: reader.seen_at.and_utc(),
    }))
}

fn deliveries(
    connection: &mut Connection,
    session: &Session,
    column: &GradeColumn,
) -> Result<BTreeMap<String, Delivery>> {
    let platform = platform_of(connection, session)?;
    let rows = grades::list(connection, &column.id)?.into_iter();
    Ok(rows
        .map(|row| {
            let delivery = grade::delivery_of(&row, &platform);
            (row.person_id, delivery)
        })
        .collect())
}

fn platform_of(connection: &mut Connection, session: &Session) -> Result<String> {
    let registration_id = session.registration_id.as_deref().unwrap_or_default();
    let registration = registrations::get(connection, registration_id)?;
    Ok(registration
        .map(|registration| grade::platform_label(&registration))
        .unwrap_or_default())
}

/// Whether a line item of a context belongs to a placed course; answers the id of its link.
pub(crate) fn link_of_line_item(
    connection: &mut Connection,
    context_id: &str,
    message: &LaunchMessage,
) -> Result<Option<String>> {
    let line_item = message.ags.as_ref().and_then(|ags| ags.lineitem.as_deref());
    let Some(line_item) = line_item else {
        return Ok(None);
    };
    let found = course_placements::find_by_line_item(connection, context_id, line_item)?;
    Ok(found.map(|placed| placed.resource_link_id))
}
