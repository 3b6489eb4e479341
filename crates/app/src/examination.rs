//! What markers enter for the parts of an examination: entries, outcome and the
//! grade that is owed are one transaction. And the schemes that authors pick.

use ::assessment::{Known, PartPoints, Scheme, WriterId};
use storage::{Connection, assessments, attempts, placements};

use crate::{
    App, Code, Error, Result, attempt_end,
    attempt_log::{self, OpenLog},
    grade, regrade,
    session::{Session, Visitor, instructor_for_change},
};

/// A scheme that an author can pick: where the program starts, it hands over
/// those that come with it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownScheme {
    /// Its stable name, such as `german-metal-trades`.
    pub name: String,
    /// What it says.
    pub scheme: Scheme,
}

impl KnownScheme {
    /// Reads a scheme from JSON; the error names line and column.
    ///
    /// # Errors
    /// When it is no scheme.
    pub fn read(name: &str, json: &str) -> Result<Self> {
        let scheme = crate::json::read(json)?;
        Ok(Self {
            name: name.to_owned(),
            scheme,
        })
    }
}

/// Enters points of a submitted attempt's parts, and of its oral supplement;
/// what stands already is not entered again.
///
/// # Errors
/// `ATT-PART-UNKNOWN`, `ATT-RESPONSE-INVALID` for points out of range,
/// `ATT-ENTRY-KIND` while the attempt runs; `WEB-NOT-FOUND`, `WEB-FORBIDDEN`,
/// `WEB-SESSION`, `WEB-CSRF`.
pub async fn enter(
    app: &App,
    visitor: Visitor,
    attempt_id: String,
    entered: Vec<PartPoints>,
) -> Result<Session> {
    let (now, cache) = (app.clock().now(), app.published().clone());
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let missing = || session.refused(Code::NotFound, "no such attempt");
            let found = attempts::find(c, session.context()?, &attempt_id)?;
            let (attempt, _, _) = found.ok_or_else(missing)?;
            let entries = attempt_log::read_log(c, &attempt.id)?;
            let standing = Known::entered_in(&entries);
            let new: Vec<PartPoints> = entered.into_iter().filter(|one| !standing.has(one)).collect();
            if new.is_empty() {
                return Ok(session);
            }
            let published = cache.get(c, &attempt.assessment_version_id)?;
            let reserved = i64::try_from(new.len()).unwrap_or(i64::MAX);
            let locked =
                attempts::reserve(c, &attempt.person_id, &attempt.id, reserved)?.ok_or_else(missing)?;
            let me = WriterId::marker(&session.person_id);
            let mut log = OpenLog::of(c, &locked, published.clone(), me, reserved)?;
            for one in &new {
                log.append_part_points(one, now)?;
            }
            log.write(c, None, now)?;
            mark(c, &locked, &published, now)?;
            Ok(session)
        })
        .await
}

fn mark(
    connection: &mut Connection,
    attempt: &attempts::Attempt,
    published: &::assessment::Published,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    let gone = |what: &str| Error::Internal(format!("an attempt's {what} is gone"));
    let version = assessments::get_version(connection, &attempt.assessment_version_id)?;
    let version = version.ok_or_else(|| gone("version"))?;
    let (policy_row, policy) = regrade::policy_in_force(connection, &version.assessment_id)?;
    let entries = attempt_log::read_log(connection, &attempt.id)?;
    let by = (policy_row.id.as_str(), &policy);
    attempt_end::mark(connection, attempt, published, &entries, by, now)?;
    let (_, column) = placements::get(connection, &attempt.placement_id)?.ok_or_else(|| gone("placement"))?;
    let (placement, person, identity) = (&attempt.placement_id, &attempt.person_id, &attempt.identity_id);
    grade::owe_all(connection, placement, &column, person, identity, now)
}
