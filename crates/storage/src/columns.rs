//! Columns weighted from several activities, what contributes to them, and what
//! a look at the platform found out about columns.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    jobs::{self, Job},
    placements::{GradeColumn, MODULE, Placement},
    schema::{
        column_contributions, contexts, course_placement_steps, deployments, grade_columns, placements,
        registrations, resource_links,
    },
};

/// An activity of a context, with its own column and its name at the platform.
#[derive(Debug, Clone, Queryable)]
pub struct Activity {
    /// The activity.
    pub placement: Placement,
    /// Its own column.
    pub column: GradeColumn,
    /// Its name, as the last launch told it; empty when no link of the platform opens it.
    pub title: Option<String>,
}

/// What an instructor chose for a module's column.
#[derive(Debug, Clone, PartialEq, AsChangeset)]
#[diesel(table_name = grade_columns)]
pub struct ModuleChoices {
    /// The column's name.
    pub label: String,
    /// Its scale.
    pub score_maximum: f64,
    /// See [`GradeColumn::rounding`].
    pub rounding: String,
    /// See [`GradeColumn::unfinished`].
    pub unfinished: String,
}

/// The context's module column.
pub fn find_module(connection: &mut Connection, context_id: &str) -> Result<Option<GradeColumn>> {
    db!(connection, c => Ok(grade_columns::table
        .filter(grade_columns::context_id.eq(context_id).and(grade_columns::kind.eq(MODULE)))
        .select(GradeColumn::as_select())
        .first(c)
        .optional()?))
}

/// Adds a module column; `Conflict` when the context has one.
pub fn insert_module(connection: &mut Connection, column: &GradeColumn) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(grade_columns::table).values(column).execute(c)?;
        Ok(())
    })
}

/// Changes what was chosen for a module column.
pub fn set_module(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    choices: &ModuleChoices,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(grade_columns::table.find(id))
        .filter(grade_columns::context_id.eq(context_id).and(grade_columns::kind.eq(MODULE)))
        .set((choices, grade_columns::updated_at.eq(now)))
        .execute(c)? == 1))
}

/// The activities that contribute to a module column with their weights in hundredths, the first one first.
pub fn list_contributions(
    connection: &mut Connection,
    grade_column_id: &str,
) -> Result<Vec<(i64, Placement, GradeColumn)>> {
    db!(connection, c => Ok(column_contributions::table
        .inner_join(placements::table.inner_join(grade_columns::table))
        .filter(column_contributions::grade_column_id.eq(grade_column_id))
        .order(placements::id)
        .select((column_contributions::weight, Placement::as_select(), GradeColumn::as_select()))
        .load(c)?))
}

/// Puts these placements and weights in the place of what contributed before.
pub fn set_contributions(
    connection: &mut Connection,
    grade_column_id: &str,
    contributions: &[(String, i64)],
) -> Result<()> {
    db!(connection, c => {
        diesel::delete(column_contributions::table)
            .filter(column_contributions::grade_column_id.eq(grade_column_id))
            .execute(c)?;
        for (placement_id, weight) in contributions {
            diesel::insert_into(column_contributions::table)
                .values((
                    column_contributions::grade_column_id.eq(grade_column_id),
                    column_contributions::placement_id.eq(placement_id),
                    column_contributions::weight.eq(weight),
                ))
                .execute(c)?;
        }
        Ok(())
    })
}

/// The module columns that a placement contributes to.
pub fn list_modules_of(connection: &mut Connection, placement_id: &str) -> Result<Vec<GradeColumn>> {
    db!(connection, c => Ok(column_contributions::table
        .inner_join(grade_columns::table)
        .filter(column_contributions::placement_id.eq(placement_id))
        .order(grade_columns::id)
        .select(GradeColumn::as_select())
        .load(c)?))
}

/// The module columns that the placements of an activity's own column contribute to.
pub fn list_modules_beside(connection: &mut Connection, grade_column_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(column_contributions::table
        .inner_join(placements::table)
        .filter(placements::grade_column_id.eq(grade_column_id))
        .select(column_contributions::grade_column_id)
        .distinct()
        .load(c)?))
}

/// All activities of a context that open a quiz by themselves, the first one first.
pub fn list_activities(connection: &mut Connection, context_id: &str) -> Result<Vec<Activity>> {
    db!(connection, c => Ok(placements::table
        .inner_join(grade_columns::table)
        .left_join(resource_links::table)
        .filter(
            placements::context_id.eq(context_id)
                .and(placements::id.ne_all(
                    course_placement_steps::table.select(course_placement_steps::placement_id),
                )),
        )
        .order(placements::id)
        .select((Placement::as_select(), GradeColumn::as_select(), resource_links::title.nullable()))
        .load(c)?))
}

/// Line items that columns of the context go to, but for one column.
pub fn list_other_line_items(connection: &mut Connection, context_id: &str, id: &str) -> Result<Vec<String>> {
    let found: Vec<Option<String>> = db!(connection, c => grade_columns::table
        .filter(
            grade_columns::context_id.eq(context_id)
                .and(grade_columns::id.ne(id))
                .and(grade_columns::line_item_url.is_not_null()),
        )
        .select(grade_columns::line_item_url)
        .load(c)?);
    Ok(found.into_iter().flatten().collect())
}

/// The ids of the context's columns, but for one.
pub fn list_other_ids(connection: &mut Connection, context_id: &str, id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(grade_columns::table
        .filter(grade_columns::context_id.eq(context_id).and(grade_columns::id.ne(id)))
        .select(grade_columns::id)
        .load(c)?))
}

/// The platform's column was looked at and is there; `platform_maximum` when its scale is not ours and is left so.
pub fn set_checked(
    connection: &mut Connection,
    id: &str,
    platform_maximum: Option<f64>,
    now: Timestamp,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(grade_columns::table.find(id))
            .set((
                grade_columns::platform_maximum.eq(platform_maximum),
                grade_columns::checked_at.eq(now),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// The platform's column is gone; `missing` says whose it was. False when it goes elsewhere by now.
pub fn lose(
    connection: &mut Connection,
    id: &str,
    line_item_url: &str,
    missing: &str,
    now: Timestamp,
) -> Result<bool> {
    let none: Option<&str> = None;
    db!(connection, c => Ok(diesel::update(grade_columns::table.find(id))
        .filter(grade_columns::line_item_url.eq(line_item_url))
        .set((
            grade_columns::line_item_url.eq(none),
            grade_columns::origin.eq("none"),
            grade_columns::missing.eq(missing),
            grade_columns::checked_at.eq(now),
            grade_columns::updated_at.eq(now),
        ))
        .execute(c)? == 1))
}

/// A launch says that the activity has no column any more.
pub fn set_missing(connection: &mut Connection, context_id: &str, id: &str, missing: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(grade_columns::table.find(id))
            .filter(grade_columns::context_id.eq(context_id))
            .set(grade_columns::missing.eq(missing))
            .execute(c)?;
        Ok(())
    })
}

/// The column goes by the platform's scale from now on.
pub fn follow_maximum(
    connection: &mut Connection,
    column: &GradeColumn,
    score_maximum: f64,
    now: Timestamp,
) -> Result<bool> {
    let none: Option<f64> = None;
    db!(connection, c => Ok(diesel::update(grade_columns::table.find(&column.id))
        .filter(grade_columns::score_maximum.eq(column.score_maximum))
        .set((
            grade_columns::score_maximum.eq(score_maximum),
            grade_columns::former_maximum.eq(column.score_maximum),
            grade_columns::platform_maximum.eq(none),
            grade_columns::maximum_changed_at.eq(now),
            grade_columns::updated_at.eq(now),
        ))
        .execute(c)? == 1))
}

/// Checks that are due, the longest due first, with the registration of each: of active registrations whose platform
/// did not ask for a pause.
pub fn list_due_checks(connection: &mut Connection, now: Timestamp, most: i64) -> Result<Vec<(Job, String)>> {
    use crate::schema::jobs as table;
    db!(connection, c => Ok(table::table
        .inner_join(grade_columns::table.on(grade_columns::id.eq(table::subject_id)))
        .inner_join(contexts::table.on(contexts::id.eq(grade_columns::context_id)))
        .inner_join(deployments::table.on(deployments::id.eq(contexts::deployment_id)))
        .inner_join(registrations::table.on(registrations::id.eq(deployments::registration_id)))
        .filter(
            table::kind.eq(jobs::COLUMN_CHECK)
                .and(table::due_at.le(now))
                .and(table::leased_until.is_null().or(table::leased_until.le(now)))
                .and(registrations::status.eq("active"))
                .and(registrations::paused_until.is_null().or(registrations::paused_until.le(now))),
        )
        .order((table::due_at, table::id))
        .limit(most)
        .select((Job::as_select(), registrations::id))
        .load(c)?))
}

/// How many checks of a registration are under way.
pub fn count_leased_checks(
    connection: &mut Connection,
    registration_id: &str,
    now: Timestamp,
) -> Result<i64> {
    use crate::schema::jobs as table;
    db!(connection, c => Ok(table::table
        .inner_join(grade_columns::table.on(grade_columns::id.eq(table::subject_id)))
        .inner_join(contexts::table.on(contexts::id.eq(grade_columns::context_id)))
        .inner_join(deployments::table.on(deployments::id.eq(contexts::deployment_id)))
        .filter(
            table::kind.eq(jobs::COLUMN_CHECK)
                .and(table::leased_until.gt(now))
                .and(deployments::registration_id.eq(registration_id)),
        )
        .count()
        .get_result(c)?))
}
