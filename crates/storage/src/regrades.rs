//! Regrades: proposed corrections of marking, what became of them, and the
//! attempts that have to be marked again. The policies themselves stand in
//! `assessments`, the marks in `attempts`.

use diesel::{dsl, prelude::*};

use crate::{
    Connection, Result, Timestamp,
    attempts::{Attempt, Entry},
    connection::db,
    schema::{
        assessment_versions, attempt_entries, attempts, grade_columns, marking_policies, outcomes,
        placements, regrades,
    },
};

/// Proposed; no mark knows of it.
pub const DRAFT: &str = "draft";
/// A policy of the assessment.
pub const COMMITTED: &str = "committed";

/// A correction of an assessment's marking.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = regrades)]
pub struct Regrade {
    /// UUIDv7.
    pub id: String,
    /// Of which assessment.
    pub assessment_id: String,
    /// In which course it was proposed.
    pub context_id: String,
    /// The number of the policy that it starts from.
    pub base_number: i64,
    /// JSON of the correction.
    pub correction: String,
    /// Whether no mark may fall.
    pub raise_only: bool,
    /// Why, in the instructor's words.
    pub reason: String,
    /// [`DRAFT`] or [`COMMITTED`].
    pub state: String,
    /// Who proposed it, and later committed it.
    pub created_by: Option<String>,
    /// When it was proposed.
    pub created_at: Timestamp,
    /// The policy that it became.
    pub marking_policy_id: Option<String>,
    /// When.
    pub committed_at: Option<Timestamp>,
    /// How many attempts have to be marked again.
    pub total: i64,
    /// How many of them are.
    pub marked: i64,
    /// How many marks rose.
    pub raised: i64,
    /// How many marks fell.
    pub lowered: i64,
    /// How many grades changed because of it.
    pub queued: i64,
    /// When the last one was marked.
    pub finished_at: Option<Timestamp>,
}

/// A committed regrade with the number of its policy.
pub type Past = (Regrade, i64);

/// An attempt that is to be marked, and where: the placement's course and the
/// scale of its column.
pub type Submitted = (Attempt, String, f64);

/// What a batch of marking adds to a regrade's counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Attempts that were marked.
    pub marked: i64,
    /// Of them, those that rose.
    pub raised: i64,
    /// Of them, those that fell.
    pub lowered: i64,
    /// Grades that changed.
    pub queued: i64,
}

/// Adds one.
pub fn insert(connection: &mut Connection, regrade: &Regrade) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(regrades::table).values(regrade).execute(c)?;
        Ok(())
    })
}

/// The course's regrade of that id.
pub fn find(connection: &mut Connection, context_id: &str, id: &str) -> Result<Option<Regrade>> {
    db!(connection, c => Ok(regrades::table
        .find(id)
        .filter(regrades::context_id.eq(context_id))
        .select(Regrade::as_select())
        .first(c)
        .optional()?))
}

/// The regrade of that id, for its own job.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Regrade>> {
    db!(connection, c => Ok(regrades::table
        .find(id)
        .select(Regrade::as_select())
        .first(c)
        .optional()?))
}

/// Starts the course's draft from another policy, with that choice.
pub fn rebase(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    base_number: i64,
    raise_only: bool,
    reason: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(regrades::table.find(id))
        .filter(regrades::context_id.eq(context_id).and(regrades::state.eq(DRAFT)))
        .set((
            regrades::base_number.eq(base_number),
            regrades::raise_only.eq(raise_only),
            regrades::reason.eq(reason),
        ))
        .execute(c)? == 1))
}

/// What a committed draft becomes.
#[derive(Debug, Clone)]
pub struct Commit<'a> {
    /// Its policy.
    pub policy_id: &'a str,
    /// Whether no mark may fall.
    pub raise_only: bool,
    /// Why.
    pub reason: &'a str,
    /// Who committed it.
    pub person_id: &'a str,
    /// How many attempts have to be marked again.
    pub total: i64,
    /// When.
    pub at: Timestamp,
}

/// Commits the course's draft; false when it is none any more.
pub fn commit(connection: &mut Connection, context_id: &str, id: &str, commit: &Commit<'_>) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(regrades::table.find(id))
        .filter(regrades::context_id.eq(context_id).and(regrades::state.eq(DRAFT)))
        .set((
            regrades::state.eq(COMMITTED),
            regrades::marking_policy_id.eq(commit.policy_id),
            regrades::raise_only.eq(commit.raise_only),
            regrades::reason.eq(commit.reason),
            regrades::created_by.eq(commit.person_id),
            regrades::total.eq(commit.total),
            regrades::committed_at.eq(commit.at),
        ))
        .execute(c)? == 1))
}

/// Locks the regrade that became this policy until the transaction ends, so
/// that no two processes mark by it at once.
pub fn lock_by_policy(connection: &mut Connection, policy_id: &str) -> Result<Option<Regrade>> {
    db!(connection, c => Ok(diesel::update(regrades::table)
        .filter(regrades::marking_policy_id.eq(policy_id))
        .set(regrades::marked.eq(regrades::marked + 0))
        .returning(Regrade::as_select())
        .get_result(c)
        .optional()?))
}

/// Adds to a locked regrade's counts.
pub fn count(connection: &mut Connection, id: &str, progress: Progress) -> Result<()> {
    db!(connection, c => {
        diesel::update(regrades::table.find(id))
            .set((
                regrades::marked.eq(regrades::marked + progress.marked),
                regrades::raised.eq(regrades::raised + progress.raised),
                regrades::lowered.eq(regrades::lowered + progress.lowered),
                regrades::queued.eq(regrades::queued + progress.queued),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// All attempts are marked; false when that was known.
pub fn finish(connection: &mut Connection, id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(regrades::table.find(id))
        .filter(regrades::finished_at.is_null())
        .set(regrades::finished_at.eq(now))
        .execute(c)? == 1))
}

/// What was committed for the assessment since that policy, the newest first.
pub fn list_since(connection: &mut Connection, assessment_id: &str, number: i64) -> Result<Vec<Past>> {
    db!(connection, c => Ok(regrades::table
        .inner_join(marking_policies::table)
        .filter(regrades::assessment_id.eq(assessment_id).and(marking_policies::number.gt(number)))
        .order(marking_policies::number.desc())
        .select((Regrade::as_select(), marking_policies::number))
        .load(c)?))
}

/// Deletes proposals made before then that were never committed.
pub fn tidy(connection: &mut Connection, before: Timestamp) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(regrades::table)
        .filter(regrades::state.eq(DRAFT).and(regrades::created_at.lt(before)))
        .execute(c)?))
}

/// The assessment's versions that attempts pin, and the one that new attempts
/// get, the newest first.
pub fn list_versions(connection: &mut Connection, assessment_id: &str) -> Result<Vec<String>> {
    use crate::schema::assessments;
    db!(connection, c => {
        let published = assessments::table
            .find(assessment_id)
            .select(assessments::published_version_id)
            .first::<Option<String>>(c)
            .optional()?
            .flatten()
            .unwrap_or_default();
        let is_pinned = dsl::exists(
            attempts::table.filter(attempts::assessment_version_id.eq(assessment_versions::id)),
        );
        Ok(assessment_versions::table
            .filter(
                assessment_versions::assessment_id.eq(assessment_id)
                    .and(assessment_versions::id.eq(published).or(is_pinned)),
            )
            .order(assessment_versions::number.desc())
            .select(assessment_versions::id)
            .load(c)?)
    })
}

/// How many attempts of the assessment are in that state.
pub fn count_attempts(connection: &mut Connection, assessment_id: &str, state: &str) -> Result<i64> {
    db!(connection, c => Ok(attempts::table
        .inner_join(assessment_versions::table)
        .filter(assessment_versions::assessment_id.eq(assessment_id).and(attempts::state.eq(state)))
        .count()
        .get_result(c)?))
}

/// Submitted attempts of the assessment by id, those after `after` only; at most `limit`.
pub fn list_submitted(
    connection: &mut Connection,
    assessment_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Submitted>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(assessment_versions::table)
        .inner_join(placements::table.inner_join(grade_columns::table))
        .filter(
            assessment_versions::assessment_id.eq(assessment_id)
                .and(attempts::state.eq("submitted"))
                .and(attempts::id.gt(after)),
        )
        .order(attempts::id)
        .limit(limit)
        .select((Attempt::as_select(), placements::context_id, grade_columns::score_maximum))
        .load(c)?))
}

/// The submitted attempts of the assessment that were begun last; at most `limit`.
pub fn list_latest(connection: &mut Connection, assessment_id: &str, limit: i64) -> Result<Vec<Submitted>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(assessment_versions::table)
        .inner_join(placements::table.inner_join(grade_columns::table))
        .filter(assessment_versions::assessment_id.eq(assessment_id).and(attempts::state.eq("submitted")))
        .order(attempts::id.desc())
        .limit(limit)
        .select((Attempt::as_select(), placements::context_id, grade_columns::score_maximum))
        .load(c)?))
}

/// Submitted attempts of the assessment that this policy has not marked, by
/// id, those after `after` only; at most `limit`.
pub fn list_unmarked(
    connection: &mut Connection,
    assessment_id: &str,
    policy_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Attempt>> {
    db!(connection, c => {
        let is_marked = dsl::exists(outcomes::table.filter(
            outcomes::attempt_id.eq(attempts::id).and(outcomes::marking_policy_id.eq(policy_id)),
        ));
        Ok(attempts::table
            .inner_join(assessment_versions::table)
            .filter(
                assessment_versions::assessment_id.eq(assessment_id)
                    .and(attempts::state.eq("submitted"))
                    .and(attempts::id.gt(after))
                    .and(dsl::not(is_marked)),
            )
            .order(attempts::id)
            .limit(limit)
            .select(Attempt::as_select())
            .load(c)?)
    })
}

/// The whole logs of these attempts, by attempt and position.
pub fn list_entries(connection: &mut Connection, attempt_ids: &[String]) -> Result<Vec<Entry>> {
    db!(connection, c => Ok(attempt_entries::table
        .filter(attempt_entries::attempt_id.eq_any(attempt_ids))
        .order((attempt_entries::attempt_id, attempt_entries::position))
        .select(Entry::as_select())
        .load(c)?))
}
