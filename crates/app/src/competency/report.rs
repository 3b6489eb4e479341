//! How far a learner and a class have come with the competencies of their courses. All
//! of it is worked out from what was done; nothing about a competency is stored.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ::course::{BestTry, CompetencyTag, Done, Evidence, Framework, Frameworks, Key, Level, Mastery, mastery};
use storage::{
    Connection, course_placements,
    course_progress::{self, CheckDone, StepDone},
};

use crate::{
    App, Code, Result,
    course::OpenCourse,
    json,
    people_of_course::{self, Learner},
    session::{Session, Visitor, instructor, resolve},
};

/// How far somebody has come.
#[derive(Debug, Clone)]
pub struct Report {
    /// Who asks.
    pub session: Session,
    /// Whose report an instructor reads; `None` for one's own.
    pub student: Option<Learner>,
    /// The frameworks at hand.
    pub frameworks: Vec<Arc<Framework>>,
    /// Their courses.
    pub courses: Vec<Arc<OpenCourse>>,
    /// What they teach, and how far.
    pub competencies: BTreeMap<CompetencyTag, Mastery>,
    /// Where each piece of evidence is from, in the order of `Mastery::evidence`: the course's place in `courses`.
    pub places: BTreeMap<CompetencyTag, Vec<Place>>,
}

/// A piece of evidence with its course.
#[derive(Debug, Clone)]
pub struct Place {
    /// The course's place in `Report::courses`.
    pub course: usize,
    /// What was done.
    pub evidence: Evidence,
}

/// A class and how far each of its learners has come.
#[derive(Debug, Clone)]
pub struct Class {
    /// Who asks.
    pub session: Session,
    /// The frameworks at hand.
    pub frameworks: Vec<Arc<Framework>>,
    /// The courses that the class has.
    pub courses: Vec<Arc<OpenCourse>>,
    /// What they teach.
    pub competencies: Vec<CompetencyTag>,
    /// In the reader's order of names.
    pub students: Vec<Student>,
}

/// A learner of a class.
#[derive(Debug, Clone)]
pub struct Student {
    /// Who.
    pub learner: Learner,
    /// How far with each competency, in the class's order.
    pub levels: Vec<Mastery>,
}

/// One's own report over all courses that one has begun.
///
/// # Errors
/// `WEB-SESSION`.
pub async fn own(app: &App, visitor: Visitor) -> Result<Report> {
    let now = app.clock().now();
    let (courses, frameworks) = (app.courses().clone(), app.frameworks().clone());
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let mut done = Vec::new();
            for (reader, key) in course_progress::list_begun(c, &session.person_id)? {
                let course = courses.get(c, &reader.course_version_id, &key)?;
                done.push((course, done_by(c, &session.person_id, &reader.course_id)?));
            }
            let frameworks = frameworks.newest(c, Some(&session.organisation_id))?;
            Ok(report(session, None, frameworks, done))
        })
        .await
}

/// The report of a learner of the session's course, over the courses that the class has.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors, `WEB-NOT-FOUND` for somebody of another course, `WEB-SESSION`.
pub async fn of_student(app: &App, visitor: Visitor, enrolment_id: String) -> Result<Report> {
    let now = app.clock().now();
    let (courses, frameworks) = (app.courses().clone(), app.frameworks().clone());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let mut learners = people_of_course::learners(c, &session)?.into_iter();
            let student = learners.find(|learner| learner.enrolment_id == enrolment_id);
            let student = student.ok_or_else(|| session.refused(Code::NotFound, "nobody of this course"))?;
            let mut done = Vec::new();
            let context_id = session.context()?;
            let placed = course_placements::list_courses(c, &session.organisation_id, context_id)?;
            for (course_id, key, version_id) in placed {
                let course = courses.get(c, &version_id, &key)?;
                done.push((course, done_by(c, &student.person_id, &course_id)?));
            }
            let frameworks = frameworks.newest(c, Some(&session.organisation_id))?;
            Ok(report(session, Some(student), frameworks, done))
        })
        .await
}

/// The class of the session's course.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors, `WEB-SESSION`.
pub async fn class(app: &App, visitor: Visitor) -> Result<Class> {
    let now = app.clock().now();
    let (courses, frameworks) = (app.courses().clone(), app.frameworks().clone());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let context_id = session.context()?.to_owned();
            let mut all = Vec::new();
            let mut shown = Vec::new();
            let placed = course_placements::list_courses(c, &session.organisation_id, &context_id)?;
            for (course_id, key, version_id) in placed {
                let course = courses.get(c, &version_id, &key)?;
                let steps = course_progress::list_steps_in_context(c, &context_id, &course_id)?;
                let checks = course_progress::list_checks_in_context(c, &context_id, &course_id)?;
                all.push((Arc::clone(&course), by_person(steps, checks)?));
                shown.push(course);
            }
            let taught = all
                .iter()
                .flat_map(|(course, _)| ::course::coverage(&course.content).into_keys());
            let competencies: BTreeSet<CompetencyTag> = taught.collect();
            let frameworks = frameworks.newest(c, Some(&session.organisation_id))?;
            let side_by_side: Vec<&Framework> = frameworks.iter().map(Arc::as_ref).collect();
            let competencies = Frameworks(&side_by_side).in_order(competencies);
            let students = people_of_course::learners(c, &session)?
                .into_iter()
                .map(|learner| {
                    let mut levels: BTreeMap<CompetencyTag, Mastery> = BTreeMap::new();
                    for (course, people) in &all {
                        let nothing = Work::default();
                        let work = people.get(&learner.person_id).unwrap_or(&nothing);
                        for (tag, one) in mastery(&course.content, &work.dones, &work.tries) {
                            join(levels.entry(tag).or_default(), one);
                        }
                    }
                    let levels = competencies
                        .iter()
                        .map(|tag| levels.remove(tag).unwrap_or_default());
                    Student {
                        levels: levels.collect(),
                        learner,
                    }
                });
            Ok(Class {
                students: students.collect(),
                frameworks,
                courses: shown,
                competencies,
                session,
            })
        })
        .await
}

/// What somebody has done of a course.
#[derive(Debug, Default)]
struct Work {
    dones: Vec<Done>,
    tries: Vec<BestTry>,
}

impl Work {
    fn add_step(&mut self, step: StepDone) -> Result<()> {
        self.dones.push(Done {
            step: Key::new(step.step_key),
            what: json::read(&step.what)?,
            at: step.done_at.and_utc(),
        });
        Ok(())
    }

    fn add_check(&mut self, check: CheckDone) {
        self.tries.push(BestTry {
            lesson: Key::new(check.lesson_key),
            check: Key::new(check.check_key),
            fraction: check.fraction,
            at: check.done_at.and_utc(),
        });
    }
}

fn done_by(connection: &mut Connection, person_id: &str, course_id: &str) -> Result<Work> {
    let mut work = Work::default();
    for step in course_progress::list_steps(connection, person_id, course_id)? {
        work.add_step(step)?;
    }
    for check in course_progress::list_checks(connection, person_id, course_id)? {
        work.add_check(check);
    }
    Ok(work)
}

fn by_person(steps: Vec<StepDone>, checks: Vec<CheckDone>) -> Result<BTreeMap<String, Work>> {
    let mut people: BTreeMap<String, Work> = BTreeMap::new();
    for step in steps {
        people.entry(step.person_id.clone()).or_default().add_step(step)?;
    }
    for check in checks {
        people
            .entry(check.person_id.clone())
            .or_default()
            .add_check(check);
    }
    Ok(people)
}

fn report(
    session: Session,
    student: Option<Learner>,
    frameworks: Vec<Arc<Framework>>,
    done: Vec<(Arc<OpenCourse>, Work)>,
) -> Report {
    let mut competencies: BTreeMap<CompetencyTag, Mastery> = BTreeMap::new();
    let mut places: BTreeMap<CompetencyTag, Vec<Place>> = BTreeMap::new();
    for (number, (course, work)) in done.iter().enumerate() {
        for (tag, one) in mastery(&course.content, &work.dones, &work.tries) {
            let pieces = one.evidence.iter().map(|evidence| Place {
                course: number,
                evidence: evidence.clone(),
            });
            places.entry(tag.clone()).or_default().extend(pieces);
            join(competencies.entry(tag).or_default(), one);
        }
    }
    Report {
        session,
        student,
        frameworks,
        courses: done.into_iter().map(|(course, _)| course).collect(),
        competencies,
        places,
    }
}

// Whoever mastered a competency in one course has mastered it; the counts are those of all courses.
fn join(all: &mut Mastery, one: Mastery) {
    let proofs = all.proofs + one.proofs;
    if proofs > 0 {
        let points = all.share * all.proofs as f64 + one.share * one.proofs as f64;
        all.share = points / proofs as f64;
    }
    all.proofs = proofs;
    all.tried += one.tried;
    all.level = Level::max(all.level, one.level);
    all.evidence.extend(one.evidence);
}
