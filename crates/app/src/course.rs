//! Open courses as everybody reads them: the catalogue, one course, one of its
//! files. Nobody is asked who they are, and nothing about a reader is stored.
//!
//! Left out on purpose: how a course comes in and goes out (`import`), what a page
//! shows of it (`web`).

pub mod authoring;
pub mod class;
mod code;
pub(crate) mod desk;
mod import;
mod offline;
pub(crate) mod placed;
pub(crate) mod record;
pub mod study;
mod tries;

use std::{sync::Arc, time::Duration};

use ::assessment::Published;
use ::course::{AssessmentStep, CourseContent};
use moka::sync::Cache;
use storage::{Connection, assessments, courses, placements};

use crate::{App, Error, Result, json, media::StoredFile};

pub use code::CourseCode;
pub use import::{CourseOfFiles, Imported, export, import};
pub use offline::{files, smaller_picture, whole_file};

/// The most courses that the catalogue lists at once.
const MOST_LISTED: i64 = 100;
/// How many bytes of published courses are kept in memory.
const BYTES_KEPT: u64 = 32 * 1024 * 1024;
/// How long a course counts as open without another look: another process may have published or closed it. Browsers
/// keep its pages for longer.
const OPEN_FOR: Duration = Duration::from_secs(1);
/// Of how many courses that is known.
const MOST_OPEN: u64 = 1_000;

/// A published version of a course that everybody may read.
#[derive(Debug, Clone)]
pub struct OpenCourse {
    /// Its name in addresses.
    pub key: String,
    /// Which version it is: the same one never changes.
    pub version_id: String,
    /// 1, 2, 3, …
    pub number: i64,
    /// What is in it.
    pub content: CourseContent,
}

/// The quiz of a step, as it is published now.
#[derive(Debug, Clone)]
pub struct OpenQuiz {
    /// Which version of it: the same one never changes.
    pub version_id: String,
    /// What it asks.
    pub published: Arc<Published>,
    /// Whether it counts somewhere: then its questions are not tried here.
    pub counts: bool,
}

/// The versions that were read last, and for a moment which of them are open. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct CourseCache {
    versions: Cache<String, Kept>,
    /// The versions' ids, by the courses' keys.
    open: Cache<String, String>,
}

#[derive(Debug, Clone)]
struct Kept {
    course: Arc<OpenCourse>,
    bytes: u32,
}

impl CourseCache {
    pub(crate) fn new() -> Self {
        let cache = Cache::builder()
            .weigher(|_id: &String, kept: &Kept| kept.bytes)
            .max_capacity(BYTES_KEPT);
        let open = Cache::builder().time_to_live(OPEN_FOR).max_capacity(MOST_OPEN);
        Self {
            versions: cache.build(),
            open: open.build(),
        }
    }

    fn open(&self, key: &str) -> Option<Arc<OpenCourse>> {
        let version_id = self.open.get(key)?;
        self.versions.get(&version_id).map(|kept| kept.course)
    }

    /// To be called whenever what everybody reads under that key may have changed.
    pub(crate) fn forget_open(&self, key: &str) {
        self.open.invalidate(key);
    }

    pub(crate) fn get(
        &self,
        connection: &mut Connection,
        version_id: &str,
        key: &str,
    ) -> Result<Arc<OpenCourse>> {
        if let Some(kept) = self.versions.get(version_id) {
            return Ok(kept.course);
        }
        let version = courses::get_version(connection, version_id)?;
        let version = version.ok_or_else(|| Error::Internal("a published course is gone".to_owned()))?;
        let course = Arc::new(OpenCourse {
            key: key.to_owned(),
            version_id: version.id.clone(),
            number: version.number,
            content: json::read(&version.content)?,
        });
        let kept = Kept {
            course: Arc::clone(&course),
            bytes: u32::try_from(version.content.len()).unwrap_or(u32::MAX),
        };
        self.versions.insert(version.id, kept);
        Ok(course)
    }
}

/// The open courses that hold each word of `search`, blind to accents and case; the newest first.
///
/// # Errors
/// When the database fails.
pub async fn catalogue(app: &App, search: &str) -> Result<Vec<Arc<OpenCourse>>> {
    let (cache, words) = (app.courses().clone(), ::course::search_words(search).join(" "));
    app.db()
        .read(move |c| {
            let found = courses::search_open(c, &words, MOST_LISTED)?;
            let found = found.iter();
            found
                .map(|(key, version_id)| cache.get(c, version_id, key))
                .collect()
        })
        .await
}

/// The open course of that key.
///
/// # Errors
/// `WEB-NOT-FOUND`, also for a course that is closed or put away.
pub async fn open(app: &App, key: String) -> Result<Arc<OpenCourse>> {
    let cache = app.courses().clone();
    if let Some(course) = cache.open(&key) {
        return Ok(course);
    }
    app.db()
        .read(move |c| {
            let version_id = open_version_id(c, &key)?;
            let course = cache.get(c, &version_id, &key)?;
            cache.open.insert(key, version_id);
            Ok(course)
        })
        .await
}

/// The quiz of a step of an open course, as it is published now.
///
/// # Errors
/// `WEB-NOT-FOUND` while it is not.
pub async fn quiz(app: &App, step: &AssessmentStep) -> Result<OpenQuiz> {
    let (cache, id) = (app.published().clone(), step.assessment.clone());
    app.db()
        .read(move |c| {
            let version_id = assessments::published_version_id(c, &id)?;
            let version_id = version_id.ok_or_else(|| Error::not_found("the quiz is not published"))?;
            Ok(OpenQuiz {
                published: cache.get(c, &version_id)?,
                counts: placements::is_placed(c, &id)?,
                version_id,
            })
        })
        .await
}

/// A file that the open course of that key shows.
///
/// # Errors
/// `WEB-NOT-FOUND`.
pub async fn file(app: &App, key: String, hash: String) -> Result<StoredFile> {
    app.db()
        .read(move |c| {
            let version_id = open_version_id(c, &key)?;
            let medium = courses::find_file(c, &version_id, &hash)?;
            let medium = medium.ok_or_else(|| Error::not_found("the course shows no such file"))?;
            StoredFile::of(medium)
        })
        .await
}

fn open_version_id(connection: &mut Connection, key: &str) -> Result<String> {
    courses::open_version_id(connection, key)?.ok_or_else(|| Error::not_found("no such open course"))
}
