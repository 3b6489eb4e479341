//! A draft is looked through, published as a version, and an older version is brought
//! back. Versions never change: what is brought back becomes the next one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ::assessment::Draft;
use ::course::{
    CompetencyTag, CourseContent, Framework, Frameworks, Key, Place, Problem, ProblemKind, Step, Tagged,
    check, coverage, unknown_tags,
};
use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments, course_drafts,
    courses::{self, Course, CourseVersion},
    media,
};

use super::{AtWork, at_work, find, named, names, saving};
use crate::{
    App, Code, Result,
    audit::{self, Who},
    course::import::publish_version,
    json, random,
    session::{Session, Visitor, instructor, instructor_for_change},
};

/// The most letters of a note.
const NOTE_LETTERS: usize = 1_000;

/// A draft with what is wrong with it.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Who asked.
    pub session: Session,
    /// The course.
    pub course: AtWork,
    /// In the order of the content, grave ones too.
    pub problems: Vec<Problem>,
}

/// What became of a publication.
#[derive(Debug, Clone)]
pub enum Publishing {
    /// Readers get the version of that number.
    Published(i64),
    /// Something grave is wrong with it (`CRS-NOT-READY`).
    NotReady,
    /// Somebody saved since the author looked (`WEB-CONFLICT`).
    Changed,
    /// Readers get it already.
    Nothing,
}

/// The versions of a course.
#[derive(Debug, Clone)]
pub struct Versions {
    /// Who asked.
    pub session: Session,
    /// The course.
    pub course: AtWork,
    /// The newest first.
    pub versions: Vec<VersionEntry>,
}

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionEntry {
    /// Its number.
    pub number: i64,
    /// What its author says is new.
    pub note: String,
    /// Who published it.
    pub who: Who,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether readers get it.
    pub is_current: bool,
    /// Whether readers of older versions went on with it.
    pub moves_readers: bool,
}

/// A draft with what is wrong with it.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn checked(app: &App, visitor: Visitor, key: String) -> Result<Checked> {
    let (frameworks, now) = (app.frameworks().clone(), app.clock().now());
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = find(c, &session, &key)?;
            let course = at_work(c, &row)?;
            let mut problems = problems(c, &session, &course.content)?;
            let frameworks = frameworks.newest(c, Some(&session.organisation_id))?;
            problems.extend(unknown_competencies(&course.content, &frameworks));
            Ok(Checked {
                problems,
                course,
                session,
            })
        })
        .await
}

/// Publishes the draft of that revision. `moves_readers`: whoever has begun an older version goes on with this one.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn publish(
    app: &App,
    visitor: Visitor,
    key: String,
    revision: i64,
    note: String,
    moves_readers: bool,
) -> Result<(Session, Publishing)> {
    let (now, asked) = (app.clock().now(), key.clone());
    let published = app
        .db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let row = find(c, &session, &asked)?;
            if row.draft_revision != revision {
                return Ok((session, Publishing::Changed));
            }
            let course: CourseContent = json::read(&row.draft)?;
            if !is_ready(c, &session, &course, &[])? {
                return Ok((session, Publishing::NotReady));
            }
            if let Some(id) = &row.published_version_id
                && courses::get_version(c, id)?.is_some_and(|version| version.content == row.draft)
            {
                return Ok((session, Publishing::Nothing));
            }
            let number = next_version(c, &session, &row, &course, note, moves_readers, now)?;
            note_deed(c, &session, "course.publish", &row.id, number, now)?;
            Ok((session, Publishing::Published(number)))
        })
        .await;
    app.courses().forget_open(&key);
    published
}

/// The versions of a course.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn versions(app: &App, visitor: Visitor, key: String) -> Result<Versions> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let row = find(c, &session, &key)?;
            let found = course_drafts::versions(c, &row.id)?;
            let names = names(
                c,
                &session,
                found.iter().filter_map(|version| version.created_by.clone()),
            )?;
            let entry = |version: CourseVersion| VersionEntry {
                number: version.number,
                who: named(&names, version.created_by.as_ref()),
                at: version.created_at.and_utc(),
                is_current: row.published_version_id.as_ref() == Some(&version.id),
                moves_readers: version.moves_readers,
                note: version.note,
            };
            Ok(Versions {
                versions: found.into_iter().map(entry).collect(),
                course: at_work(c, &row)?,
                session,
            })
        })
        .await
}

/// Publishes what an older version says as the next version, and makes it the draft.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`, `WEB-CONFLICT` when somebody saves in this moment.
pub async fn roll_back(
    app: &App,
    visitor: Visitor,
    key: String,
    number: i64,
    note: String,
    moves_readers: bool,
) -> Result<(Session, Publishing)> {
    let (now, asked) = (app.clock().now(), key.clone());
    let published = app
        .db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let row = find(c, &session, &asked)?;
            let version = course_drafts::find_version(c, &row.id, number)?
                .ok_or_else(|| session.refused(Code::NotFound, "the course has no such version"))?;
            if row.published_version_id.as_ref() == Some(&version.id) && row.draft == version.content {
                return Ok((session, Publishing::Nothing));
            }
            let course: CourseContent = json::read(&version.content)?;
            // what is asked of new versions only since then does not hold back an older one
            if !is_ready(c, &session, &course, &[ProblemKind::NoAlternative])? {
                return Ok((session, Publishing::NotReady));
            }
            if !saving::write(c, &session, &row, &course, course_drafts::RESTORED, now)? {
                return Err(session.refused(Code::Conflict, "somebody else saved in this moment"));
            }
            let row = find(c, &session, &asked)?;
            let next = next_version(c, &session, &row, &course, note, moves_readers, now)?;
            note_deed(c, &session, "course.roll-back", &row.id, number, now)?;
            Ok((session, Publishing::Published(next)))
        })
        .await;
    app.courses().forget_open(&key);
    published
}

fn note_deed(
    connection: &mut Connection,
    session: &Session,
    deed: &str,
    course_id: &str,
    number: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let detail = serde_json::json!({ "version": number }).to_string();
    let person = Some(session.person_id.as_str());
    let organisation_id = &session.organisation_id;
    audit::note_with(connection, organisation_id, person, deed, course_id, &detail, now)
}

fn next_version(
    connection: &mut Connection,
    session: &Session,
    row: &Course,
    course: &CourseContent,
    note: String,
    moves_readers: bool,
    now: DateTime<Utc>,
) -> Result<i64> {
    let number = courses::latest_version_number(connection, &row.id)? + 1;
    let version = CourseVersion {
        id: random::id(),
        course_id: row.id.clone(),
        number,
        content: row.draft.clone(),
        note: note.trim().chars().take(NOTE_LETTERS).collect(),
        created_by: Some(session.person_id.clone()),
        created_at: now.naive_utc(),
        moves_readers,
    };
    let quizzes = quizzes(connection, session, course)?;
    publish_version(connection, &session.organisation_id, &version, course, &quizzes)?;
    Ok(number)
}

fn quizzes(
    connection: &mut Connection,
    session: &Session,
    course: &CourseContent,
) -> Result<BTreeMap<Key, Draft>> {
    let mut quizzes = BTreeMap::new();
    for step in course.steps().filter_map(Step::as_assessment) {
        if let Some(row) = assessments::find(connection, &session.organisation_id, &step.assessment)? {
            quizzes.insert(step.key.clone(), json::read(&row.draft)?);
        }
    }
    Ok(quizzes)
}

/// Whether nothing grave but of these kinds is wrong.
fn is_ready(
    connection: &mut Connection,
    session: &Session,
    course: &CourseContent,
    excused: &[ProblemKind],
) -> Result<bool> {
    let problems = problems(connection, session, course)?;
    let is_fine = |problem: &Problem| !problem.is_grave || excused.contains(&problem.kind);
    Ok(problems.iter().all(is_fine))
}

// Beside what the draft says of itself: files and quizzes that the organisation does not have.
fn problems(connection: &mut Connection, session: &Session, course: &CourseContent) -> Result<Vec<Problem>> {
    let mut problems = check(course);
    let hashes: BTreeSet<String> = ::course::named_media(course).into_iter().collect();
    let hashes: Vec<String> = hashes.into_iter().collect();
    let known = media::list_authored(connection, &session.organisation_id, &hashes)?;
    let is_unknown = |hash: &&String| known.iter().all(|medium| medium.hash != **hash);
    problems.extend(hashes.iter().filter(is_unknown).map(|hash| Problem {
        at: place_of_file(course, hash),
        kind: ProblemKind::BadMedium,
        named: hash.clone(),
        of_question: None,
        is_grave: true,
    }));
    for step in course.steps().filter_map(Step::as_assessment) {
        let row = assessments::find(connection, &session.organisation_id, &step.assessment)?;
        if !step.assessment.is_empty() && row.is_none_or(|row| row.published_version_id.is_none()) {
            problems.push(Problem {
                at: place_of(course, &step.key),
                kind: ProblemKind::NoAssessment,
                named: String::new(),
                of_question: None,
                is_grave: true,
            });
        }
    }
    Ok(problems)
}

fn unknown_competencies(course: &CourseContent, frameworks: &[Arc<Framework>]) -> Vec<Problem> {
    let side_by_side: Vec<&Framework> = frameworks.iter().map(Arc::as_ref).collect();
    let places = coverage(course);
    let problem = |tag: CompetencyTag| Problem {
        at: match places.get(&tag).and_then(|places| places.first()) {
            Some(Tagged::Lesson(step) | Tagged::Assessment(step)) => place_of(course, step),
            Some(Tagged::Check { lesson, check }) => Place {
                part: Some(check.clone()),
                ..place_of(course, lesson)
            },
            Some(Tagged::Course) | None => Place::default(),
        },
        kind: ProblemKind::UnknownCompetency,
        named: format!("{} {}", tag.framework, tag.code),
        of_question: None,
        is_grave: false,
    };
    let unknown = unknown_tags(course, Frameworks(&side_by_side));
    unknown.into_iter().map(problem).collect()
}

fn place_of_file(course: &CourseContent, hash: &str) -> Place {
    let shows = |lesson: &&::course::Lesson| {
        let bodies = lesson.body.versions.values();
        bodies.into_iter().any(|body| body.source.contains(hash))
            || lesson.files.iter().any(|file| file.medium == hash)
    };
    let lesson = course.lessons().find(shows);
    lesson.map_or_else(Place::default, |lesson| place_of(course, &lesson.key))
}

fn place_of(course: &CourseContent, step: &Key) -> Place {
    Place {
        unit: course.unit_of(step).map(|unit| unit.key.clone()),
        step: Some(step.clone()),
        ..Place::default()
    }
}
