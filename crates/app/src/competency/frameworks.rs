//! The frameworks themselves: how they come in, and the newest editions in memory.

use std::sync::Arc;

use ::course::{CompetencyTag, CourseContent, Framework, Frameworks};
use chrono::{DateTime, Utc};
use moka::sync::Cache;
use storage::{
    Connection,
    competency_frameworks::{self, CompetencyFramework},
};

use crate::{App, Error, Result, json, organisation, random};

/// How many editions are kept in memory.
const KEPT: u64 = 200;

/// The editions that were read last. They never change. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct FrameworkCache(Cache<String, Arc<Framework>>);

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The stable id that tags name.
    pub key: String,
    /// Which edition of it stands there now.
    pub number: i64,
    /// Whether it is new; otherwise the same was there.
    pub is_new: bool,
}

impl FrameworkCache {
    pub(crate) fn new() -> Self {
        Self(Cache::new(KEPT))
    }

    /// The newest editions that an organisation may use; without one, everybody's.
    pub(crate) fn newest(
        &self,
        connection: &mut Connection,
        organisation_id: Option<&str>,
    ) -> Result<Vec<Arc<Framework>>> {
        let newest = competency_frameworks::list_newest(connection, organisation_id)?;
        newest.iter().map(|(id, _)| self.get(connection, id)).collect()
    }

    fn get(&self, connection: &mut Connection, id: &str) -> Result<Arc<Framework>> {
        if let Some(kept) = self.0.get(id) {
            return Ok(kept);
        }
        let row = competency_frameworks::get(connection, id)?;
        let row = row.ok_or_else(|| Error::Internal("a framework is gone".to_owned()))?;
        let framework = Arc::new(json::read(&row.document)?);
        self.0.insert(id.to_owned(), Arc::clone(&framework));
        Ok(framework)
    }
}

/// Everybody's frameworks, by key.
///
/// # Errors
/// When the database fails.
pub async fn open_frameworks(app: &App) -> Result<Vec<Arc<Framework>>> {
    let cache = app.frameworks().clone();
    app.db().read(move |c| cache.newest(c, None)).await
}

/// The tags of a course that name nothing in the frameworks that an organisation may use.
///
/// # Errors
/// When the database fails.
pub async fn unknown_tags(
    app: &App,
    organisation: Option<String>,
    content: CourseContent,
) -> Result<Vec<CompetencyTag>> {
    let (cache, now) = (app.frameworks().clone(), app.clock().now());
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let frameworks = cache.newest(c, Some(&organisation.id))?;
            let side_by_side: Vec<&Framework> = frameworks.iter().map(Arc::as_ref).collect();
            Ok(::course::unknown_tags(&content, Frameworks(&side_by_side)))
        })
        .await
}

/// Puts everybody's frameworks there; what is there already stays.
///
/// # Errors
/// When the database fails.
pub async fn install(app: &App, frameworks: Vec<Framework>) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            for framework in &frameworks {
                put(c, None, framework, now)?;
            }
            Ok(())
        })
        .await
}

/// Takes in a framework of an organisation, as the next edition of its key unless the newest is the same.
///
/// # Errors
/// When the database fails.
pub async fn import(app: &App, organisation: Option<String>, framework: Framework) -> Result<Imported> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            put(c, Some(&organisation.id), &framework, now)
        })
        .await
}

fn put(
    connection: &mut Connection,
    organisation_id: Option<&str>,
    framework: &Framework,
    now: DateTime<Utc>,
) -> Result<Imported> {
    let key = framework.key().to_owned();
    let document = json::write(framework)?;
    let newest = competency_frameworks::find_newest(connection, organisation_id, &key)?;
    let former = newest.as_ref().map_or(0, |row| row.number);
    if newest.is_some_and(|row| row.document == document) {
        return Ok(Imported {
            key,
            number: former,
            is_new: false,
        });
    }
    let row = CompetencyFramework {
        id: random::id(),
        organisation_id: organisation_id.map(str::to_owned),
        key: key.clone(),
        identifier: framework.document.identifier.clone(),
        number: former + 1,
        document,
        created_at: now.naive_utc(),
    };
    competency_frameworks::insert(connection, &row)?;
    Ok(Imported {
        key,
        number: row.number,
        is_new: true,
    })
}
