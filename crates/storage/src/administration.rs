//! What an administrator sees of an organisation at a glance: figures over several tables. The things themselves stand
//! in the file of their noun.

use diesel::{dsl::count_star, dsl::max, prelude::*};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{contexts, deployments, grade_columns, grade_deliveries, registrations, sessions},
};

/// A launch, without the person.
#[derive(Debug, Clone, Queryable)]
pub struct RecentLaunch {
    /// When it came.
    pub launched_at: Timestamp,
    /// `launch` or `deep-linking`.
    pub kind: String,
    /// `instructor`, `learner` or `none`.
    pub role: String,
    /// Where from; empty when the registration is gone.
    pub registration_id: Option<String>,
    /// The context's title, when there was one.
    pub context_title: Option<String>,
    /// The context's label.
    pub context_label: Option<String>,
}

/// The organisation's newest launches, as far as their sessions are kept.
pub fn recent_launches(
    connection: &mut Connection,
    organisation_id: &str,
    limit: i64,
) -> Result<Vec<RecentLaunch>> {
    db!(connection, c => Ok(sessions::table
        .left_join(contexts::table)
        .filter(sessions::organisation_id.eq(organisation_id).and(sessions::kind.ne("administration")))
        .order(sessions::id.desc())
        .limit(limit)
        .select((
            sessions::created_at,
            sessions::kind,
            sessions::role,
            sessions::registration_id,
            contexts::title.nullable(),
            contexts::label.nullable(),
        ))
        .load(c)?))
}

/// When each of the organisation's registrations was last launched from; those never launched from are left out.
pub fn last_launches(connection: &mut Connection, organisation_id: &str) -> Result<Vec<(String, Timestamp)>> {
    let found: Vec<(String, Option<Timestamp>)> = db!(connection, c => contexts::table
        .inner_join(deployments::table.inner_join(registrations::table))
        .filter(registrations::organisation_id.eq(organisation_id))
        .group_by(registrations::id)
        .select((registrations::id, max(contexts::seen_at)))
        .load(c)?);
    Ok(found.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// How many grades of the organisation's registrations are in each state of delivery.
pub fn count_deliveries(connection: &mut Connection, organisation_id: &str) -> Result<Vec<(String, i64)>> {
    db!(connection, c => Ok(grade_deliveries::table
        .inner_join(registrations::table)
        .filter(registrations::organisation_id.eq(organisation_id))
        .group_by(grade_deliveries::state)
        .order(grade_deliveries::state)
        .select((grade_deliveries::state, count_star()))
        .load(c)?))
}

/// What the daily look at the platforms' columns found, for people to act on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ColumnFindings {
    /// Grades that arrived and are not there any more.
    pub emptied: i64,
    /// Grades that the platform refused because they, or their columns, are locked.
    pub locked: i64,
    /// Columns that are gone.
    pub missing: i64,
    /// Columns whose scale was changed at the platform, since `changed_since` or left different.
    pub changed: i64,
}

/// Counts what was found in the organisation's registrations.
pub fn count_column_findings(
    connection: &mut Connection,
    organisation_id: &str,
    changed_since: Timestamp,
) -> Result<ColumnFindings> {
    db!(connection, c => {
        let grades = || grade_deliveries::table
            .inner_join(registrations::table)
            .filter(registrations::organisation_id.eq(organisation_id));
        let columns = || grade_columns::table
            .inner_join(contexts::table.inner_join(deployments::table.inner_join(registrations::table)))
            .filter(registrations::organisation_id.eq(organisation_id));
        Ok(ColumnFindings {
            emptied: grades()
                .filter(
                    grade_deliveries::emptied_at.is_not_null()
                        .and(grade_deliveries::state.eq("delivered").or(grade_deliveries::state.eq("kept"))),
                )
                .count()
                .get_result(c)?,
            locked: grades()
                .filter(grade_deliveries::state.eq("refused").and(grade_deliveries::problem_code.eq("locked")))
                .count()
                .get_result(c)?,
            missing: columns().filter(grade_columns::missing.is_not_null()).count().get_result(c)?,
            changed: columns()
                .filter(
                    grade_columns::platform_maximum.is_not_null()
                        .or(grade_columns::maximum_changed_at.gt(changed_since)),
                )
                .count()
                .get_result(c)?,
        })
    })
}
