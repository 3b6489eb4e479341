//! A course comes in from a folder and goes out to one (`taynghe import`,
//! `taynghe export`): its draft, its files and, if wished, a published version.
//! What the folder looks like is `interchange`'s.

use std::collections::{BTreeMap, BTreeSet};

use ::assessment::Draft;
use ::course::{AssessmentStep, CourseContent, Key, Problem, Step, check};
use chrono::{DateTime, Utc};
use storage::{
    Connection,
    course_drafts::IMPORT,
    courses::{self, Course, CourseVersion, DraftChange},
    media, organisations,
};

use super::{CourseCode, authoring::keep_draft};
use crate::{
    App, Code, Error, Result,
    assessment::folder,
    json,
    media::{FolderFile, read_all, take_in},
    organisation, random,
};

/// A course with its files, as it stands in a folder.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseOfFiles {
    /// Its name in addresses.
    pub key: String,
    /// What is in it. A step for a quiz names it by its own key.
    pub content: CourseContent,
    /// Its quizzes by the keys of their steps.
    pub assessments: BTreeMap<Key, Draft>,
    /// Its files by their names; the content names them by the SHA-256 of what is here.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// What became of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The number of the version that readers get now; 0 where nothing is published.
    pub version: i64,
    /// Whether that version is new.
    pub is_new_version: bool,
    /// What an author should look at; nothing of it kept the course from being published.
    pub problems: Vec<Problem>,
}

/// Takes a course in: a new one, or the next draft of the organisation's course of that key. With a note it is
/// published, unless nothing changed since the last version.
///
/// # Errors
/// `CRS-KEY-TAKEN` when another organisation has a course of that key, `CRS-NOT-READY` when it is to be published and
/// [`check`] finds grave problems (nothing is stored then), `WEB-FILE-…` for a file that nobody may keep.
pub async fn import(
    app: &App,
    organisation: Option<String>,
    course: CourseOfFiles,
    publish: Option<String>,
) -> Result<Imported> {
    let now = app.clock().now();
    let problems = check(&course.content);
    if let Some(grave) = problems
        .iter()
        .find(|problem| problem.is_grave)
        .filter(|_| publish.is_some())
    {
        return Err(Error::refused(
            Code::Course(CourseCode::NotReady),
            format!("{} {:?} {}", grave.code(), grave.at, grave.named),
        ));
    }
    let mut files = Vec::new();
    for (name, content) in course.files {
        let taken = take_in(name.clone(), content).await?;
        files.push((name, taken));
    }
    let (key, assessments, content) = (course.key, course.assessments, json::write(&course.content)?);
    let content = renamed(content, &files);
    let course: CourseContent = json::read(&content)?;
    let assessments: BTreeMap<Key, Draft> = json::read(&renamed(json::write(&assessments)?, &files))?;
    let course_key = key.clone();
    let imported = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let mut named = Vec::new();
            for (name, file) in &files {
                let medium = file.keep(c, &organisation.id, now)?;
                media::mark_authored(c, &organisation.id, &medium.id, now.naive_utc())?;
                named.push((name.clone(), medium.id));
            }
            let known = courses::find(c, &organisation.id, &key)?;
            let kept = KeptQuizzes {
                former: known.as_ref().map(|known| json::read(&known.draft)).transpose()?,
                is_published: publish.is_some(),
                now,
            };
            let course = kept.take_in(c, &organisation.id, course, &assessments)?;
            let content = json::write(&course)?;
            let id = write_draft(c, known.as_ref(), &organisation.id, &key, &course, &content, now)?;
            courses::set_files(c, &id, &named)?;
            let former = courses::latest_version_number(c, &id)?;
            let mut imported = Imported {
                version: former,
                is_new_version: false,
                problems,
            };
            if let Some(note) = publish
                && !is_published(c, known.as_ref(), &content)?
            {
                imported.version = former + 1;
                imported.is_new_version = true;
                let version = CourseVersion {
                    id: random::id(),
                    course_id: id,
                    number: imported.version,
                    content,
                    note,
                    created_by: None,
                    created_at: now.naive_utc(),
                    moves_readers: false,
                };
                publish_version(c, &organisation.id, &version, &course, &assessments)?;
            }
            Ok(imported)
        })
        .await;
    app.courses().forget_open(&course_key);
    imported
}

// A picture that was written anew has a new name, and names are hashes.
fn renamed(json: String, files: &[(String, FolderFile)]) -> String {
    let changed = files.iter().filter(|(_, file)| file.former_hash != file.hash());
    changed.fold(json, |json, (_, file)| {
        json.replace(&file.former_hash, file.hash())
    })
}

/// How quizzes of a course are kept.
struct KeptQuizzes {
    /// The draft before, which says which quiz is which.
    former: Option<CourseContent>,
    is_published: bool,
    now: DateTime<Utc>,
}

impl KeptQuizzes {
    /// The course whose steps name stored quizzes.
    fn take_in(
        &self,
        connection: &mut Connection,
        organisation_id: &str,
        mut course: CourseContent,
        drafts: &BTreeMap<Key, Draft>,
    ) -> Result<CourseContent> {
        for step in quizzes_mut(&mut course) {
            let Some(draft) = drafts.get(&step.key) else {
                return Err(Error::refused(
                    Code::Course(CourseCode::NotReady),
                    "a step has no quiz",
                ));
            };
            let former = self.former.as_ref().and_then(|former| former.step(&step.key));
            let known = former
                .and_then(Step::as_assessment)
                .map(|former| former.assessment.as_str());
            step.assessment = folder::take_in(
                connection,
                organisation_id,
                known,
                draft,
                self.is_published,
                self.now,
            )?;
        }
        Ok(course)
    }
}

fn quizzes_mut(course: &mut CourseContent) -> impl Iterator<Item = &mut AssessmentStep> {
    let steps = course.units.iter_mut().flat_map(|unit| &mut unit.steps);
    steps.filter_map(|step| match step {
        Step::Assessment(step) => Some(step),
        Step::Lesson(_) => None,
    })
}

fn write_draft(
    connection: &mut Connection,
    known: Option<&Course>,
    organisation_id: &str,
    key: &str,
    course: &CourseContent,
    content: &str,
    now: DateTime<Utc>,
) -> Result<String> {
    let title = json::write(&course.title)?;
    let search_text = ::course::search_text(course);
    if let Some(known) = known {
        if known.draft == content {
            return Ok(known.id.clone());
        }
        let change = DraftChange {
            from_revision: known.draft_revision,
            title: &title,
            search_text: &search_text,
            draft: content,
        };
        courses::save_draft(connection, organisation_id, &known.id, &change, now.naive_utc())?;
        keep_draft(connection, known, IMPORT, None, known.updated_at.and_utc())?;
        let saved = Course {
            draft: content.to_owned(),
            draft_revision: known.draft_revision + 1,
            ..known.clone()
        };
        keep_draft(connection, &saved, IMPORT, None, now)?;
        return Ok(known.id.clone());
    }
    let row = Course {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        key: key.to_owned(),
        visibility: visibility(course).to_owned(),
        title,
        search_text,
        draft: content.to_owned(),
        draft_revision: 1,
        published_version_id: None,
        created_by: None,
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        archived_at: None,
    };
    match courses::insert(connection, &row)? {
        true => {
            keep_draft(connection, &row, IMPORT, None, now)?;
            Ok(row.id)
        }
        false => Err(Error::refused(
            Code::Course(CourseCode::KeyTaken),
            "another organisation has a course of that key",
        )),
    }
}

fn is_published(connection: &mut Connection, known: Option<&Course>, content: &str) -> Result<bool> {
    let Some(id) = known.and_then(|known| known.published_version_id.as_deref()) else {
        return Ok(false);
    };
    let version = courses::get_version(connection, id)?;
    Ok(version.is_some_and(|version| version.content == content))
}

/// Lets readers get a version.
///
/// # Errors
/// `CRS-NOT-READY` when it names a file that the organisation does not have.
pub(super) fn publish_version(
    connection: &mut Connection,
    organisation_id: &str,
    version: &CourseVersion,
    course: &CourseContent,
    quizzes: &BTreeMap<Key, Draft>,
) -> Result<()> {
    let of_quizzes = quizzes
        .values()
        .flat_map(::assessment::named_media)
        .map(|medium| medium.hash);
    let hashes: BTreeSet<String> = of_quizzes.chain(::course::named_media(course)).collect();
    let hashes: Vec<String> = hashes.into_iter().collect();
    let kept = media::list_authored(connection, organisation_id, &hashes)?;
    if kept.len() < hashes.len() {
        return Err(Error::refused(
            Code::Course(CourseCode::NotReady),
            "the course names a file that is not there",
        ));
    }
    let ids: Vec<String> = kept.into_iter().map(|medium| medium.id).collect();
    let shown = courses::Shown {
        visibility: visibility(course),
        title: &json::write(&course.title)?,
        search_text: &::course::search_text(course),
        media_ids: &ids,
    };
    Ok(courses::publish(connection, organisation_id, version, &shown)?)
}

fn visibility(course: &CourseContent) -> &'static str {
    match course.is_closed {
        true => courses::PRIVATE,
        false => courses::PUBLIC,
    }
}

/// The organisation's course of that key as it is being written, with its files.
///
/// # Errors
/// `WEB-NOT-FOUND`.
pub async fn export(app: &App, organisation: Option<String>, key: String) -> Result<CourseOfFiles> {
    app.db()
        .read(move |c| {
            let organisation = match organisation {
                Some(name) => organisations::find_by_name(c, &name)?,
                None => organisations::first(c)?,
            };
            let organisation = organisation.ok_or_else(|| Error::not_found("no such organisation"))?;
            let course = courses::find(c, &organisation.id, &key)?;
            let course = course.ok_or_else(|| Error::not_found("the organisation has no such course"))?;
            let mut content: CourseContent = json::read(&course.draft)?;
            let mut files = BTreeMap::new();
            for (name, medium) in courses::list_files(c, &course.id)? {
                files.insert(name, read_all(c, &medium)?);
            }
            let mut assessments = BTreeMap::new();
            for step in quizzes_mut(&mut content) {
                let draft = folder::take_out(c, &organisation.id, &step.assessment)?;
                step.key.as_str().clone_into(&mut step.assessment);
                assessments.insert(step.key.clone(), draft);
            }
            Ok(CourseOfFiles {
                key: course.key,
                content,
                assessments,
                files,
            })
        })
        .await
}
