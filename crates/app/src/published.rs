//! Published versions in memory. They never change, so they are read from the
//! database once and kept while they are used.

use std::sync::Arc;

use ::assessment::Published;
use moka::sync::Cache;
use storage::Connection;

use crate::Result;

/// How many questions are kept over all versions.
const QUESTIONS_KEPT: u64 = 5_000;

/// The versions that were read last. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct PublishedCache(Cache<String, Arc<Published>>);

impl PublishedCache {
    pub(crate) fn new() -> Self {
        let questions = |_id: &String, version: &Arc<Published>| {
            u32::try_from(version.items.len() + 1).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .weigher(questions)
                .max_capacity(QUESTIONS_KEPT)
                .build(),
        )
    }

    /// The version of that id.
    pub(crate) fn get(&self, connection: &mut Connection, version_id: &str) -> Result<Arc<Published>> {
        if let Some(version) = self.0.get(version_id) {
            return Ok(version);
        }
        let version = Arc::new(crate::assessment::published(connection, version_id)?);
        self.0.insert(version_id.to_owned(), Arc::clone(&version));
        Ok(version)
    }
}
