//! How launches arrived (by cookie, in a new window, …), counted by deployment
//! and day. Knows no person and no launch.

use diesel::prelude::*;

use crate::{
    Connection, Result,
    connection::db,
    schema::{deployments, launch_ways, registrations},
};

/// The launches of one way on one day.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = launch_ways)]
pub struct LaunchWay {
    /// Into which deployment.
    pub deployment_id: String,
    /// The day in UTC, as `2026-11-22`.
    pub day: String,
    /// By which way; the names are `app`'s.
    pub way: String,
    /// How many.
    pub launches: i64,
}

/// Counts one launch. Last in its transaction: all launches of a deployment share the row.
pub fn count(connection: &mut Connection, deployment_id: &str, day: &str, way: &str) -> Result<()> {
    let first = LaunchWay {
        deployment_id: deployment_id.to_owned(),
        day: day.to_owned(),
        way: way.to_owned(),
        launches: 1,
    };
    db!(connection, c => {
        diesel::insert_into(launch_ways::table)
            .values(&first)
            .on_conflict((launch_ways::deployment_id, launch_ways::day, launch_ways::way))
            .do_update()
            .set(launch_ways::launches.eq(launch_ways::launches + 1))
            .execute(c)?;
        Ok(())
    })
}

/// A deployment's counts since that day, oldest first.
pub fn list(connection: &mut Connection, deployment_id: &str, since: &str) -> Result<Vec<LaunchWay>> {
    db!(connection, c => Ok(launch_ways::table
        .filter(launch_ways::deployment_id.eq(deployment_id).and(launch_ways::day.ge(since)))
        .order((launch_ways::day, launch_ways::way))
        .select(LaunchWay::as_select())
        .load(c)?))
}

/// The counts of all deployments of an organisation since that day, oldest first.
pub fn list_of_organisation(
    connection: &mut Connection,
    organisation_id: &str,
    since: &str,
) -> Result<Vec<LaunchWay>> {
    db!(connection, c => Ok(launch_ways::table
        .inner_join(deployments::table.inner_join(registrations::table))
        .filter(registrations::organisation_id.eq(organisation_id).and(launch_ways::day.ge(since)))
        .order((launch_ways::day, launch_ways::way))
        .select(LaunchWay::as_select())
        .load(c)?))
}

/// Deletes the counts of days before `before`.
pub fn tidy(connection: &mut Connection, before: &str) -> Result<usize> {
    db!(connection, c => Ok(diesel::delete(launch_ways::table)
        .filter(launch_ways::day.lt(before))
        .execute(c)?))
}
