//! Member lists, as platforms tell them: when a context's was read, who stands
//! in it as what, and who of them may open an activity. The rows themselves are
//! those of [`crate::contexts`].

use diesel::{prelude::*, upsert::excluded};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    contexts::{Enrolment, ResourceLink},
    grades,
    schema::{
        contexts, course_placement_steps, course_placements, deployments, enrolments, grade_columns,
        grade_deliveries, jobs, link_members, placements, registrations, resource_links,
    },
};

/// How many rows one statement writes: databases bound the number of its parameters.
const TOGETHER: usize = 500;

/// What came of reading a context's list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = contexts)]
pub struct Reading {
    /// When the list was last read.
    pub roster_read_at: Option<Timestamp>,
    /// When it was last asked for.
    pub roster_tried_at: Option<Timestamp>,
    /// Why it did not come then; `None` when it came.
    pub roster_problem: Option<String>,
}

/// What came of reading the list of the context of that id.
pub fn reading(connection: &mut Connection, context_id: &str) -> Result<Option<Reading>> {
    db!(connection, c => Ok(contexts::table
        .find(context_id)
        .select(Reading::as_select())
        .first(c)
        .optional()?))
}

/// Keeps that the list was asked for and did not come. The former one stays.
pub fn failed(connection: &mut Connection, context_id: &str, problem: &str, now: Timestamp) -> Result<()> {
    db!(connection, c => {
        diesel::update(contexts::table.find(context_id))
            .set((contexts::roster_tried_at.eq(now), contexts::roster_problem.eq(problem)))
            .execute(c)?;
        Ok(())
    })
}

/// Keeps that the member list names somebody, and as what. `new.roster_role_at` is when the list changed its mind.
pub fn enrol(connection: &mut Connection, new: &Enrolment) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(enrolments::table)
            .values(new)
            .on_conflict((enrolments::context_id, enrolments::identity_id))
            .do_update()
            .set((
                enrolments::roster_role.eq(excluded(enrolments::roster_role)),
                enrolments::roster_role_at.eq(excluded(enrolments::roster_role_at)),
                enrolments::in_roster.eq(true),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Ends a reading: these enrolments are not in the list any more, and whoever wanted it read has it.
pub fn finish(connection: &mut Connection, context_id: &str, left: &[String], now: Timestamp) -> Result<()> {
    let nothing: Option<&str> = None;
    db!(connection, c => {
        for some in left.chunks(TOGETHER) {
            diesel::update(enrolments::table)
                .filter(enrolments::context_id.eq(context_id).and(enrolments::id.eq_any(some)))
                .set(enrolments::in_roster.eq(false))
                .execute(c)?;
        }
        diesel::update(contexts::table.find(context_id))
            .set((
                contexts::roster_read_at.eq(now),
                contexts::roster_tried_at.eq(now),
                contexts::roster_problem.eq(nothing),
            ))
            .execute(c)?;
        diesel::delete(jobs::table)
            .filter(
                jobs::kind.eq(crate::jobs::ROSTER).and(jobs::subject_id.eq(context_id)).and(jobs::lease.is_null()),
            )
            .execute(c)?;
        Ok(())
    })
}

/// Contexts launched from since `used_since` whose list was neither read nor asked for since `asked_before`, the one
/// that was used last first. For work that the service does by itself.
pub fn list_old(
    connection: &mut Connection,
    used_since: Timestamp,
    asked_before: Timestamp,
    most: i64,
) -> Result<Vec<String>> {
    db!(connection, c => Ok(contexts::table
        .inner_join(deployments::table.inner_join(registrations::table))
        .filter(
            contexts::memberships_url.is_not_null()
                .and(contexts::seen_at.ge(used_since))
                .and(contexts::roster_tried_at.is_null().or(contexts::roster_tried_at.lt(asked_before)))
                .and(contexts::roster_read_at.is_null().or(contexts::roster_read_at.lt(asked_before)))
                .and(deployments::status.eq("active"))
                .and(registrations::status.eq("active")),
        )
        .order((contexts::seen_at.desc(), contexts::id))
        .limit(most)
        .select(contexts::id)
        .load(c)?))
}

/// The context's links that open something and were launched since then, the one that was used last first.
pub fn list_links(
    connection: &mut Connection,
    context_id: &str,
    used_since: Timestamp,
    most: i64,
) -> Result<Vec<ResourceLink>> {
    db!(connection, c => Ok(resource_links::table
        .filter(
            resource_links::context_id.eq(context_id)
                .and(resource_links::seen_at.ge(used_since))
                .and(
                    diesel::dsl::exists(
                        placements::table.filter(
                            placements::resource_link_id.eq(resource_links::id.nullable())
                                // no platform knows the links of quizzes in courses
                                .and(placements::id.ne_all(
                                    course_placement_steps::table.select(course_placement_steps::placement_id),
                                )),
                        ),
                    )
                    .or(diesel::dsl::exists(
                        course_placements::table
                            .filter(course_placements::resource_link_id.eq(resource_links::id)),
                    )),
                ),
        )
        .order((resource_links::seen_at.desc(), resource_links::id))
        .limit(most)
        .select(ResourceLink::as_select())
        .load(c)?))
}

/// When it was read who may open a link, and who they are; `None` where the platform does not tell.
pub fn link_members(
    connection: &mut Connection,
    context_id: &str,
    link_id: &str,
) -> Result<Option<(Timestamp, Vec<String>)>> {
    db!(connection, c => {
        let read_at: Option<Option<Timestamp>> = resource_links::table
            .find(link_id)
            .filter(resource_links::context_id.eq(context_id))
            .select(resource_links::members_read_at)
            .first(c)
            .optional()?;
        let Some(read_at) = read_at.flatten() else { return Ok(None) };
        let members = link_members::table
            .filter(link_members::resource_link_id.eq(link_id))
            .select(link_members::identity_id)
            .load(c)?;
        Ok(Some((read_at, members)))
    })
}

/// Keeps who may open a link; with `None` that the platform does not tell.
pub fn replace_link_members(
    connection: &mut Connection,
    context_id: &str,
    link_id: &str,
    read_at: Option<Timestamp>,
    members: &[String],
) -> Result<()> {
    db!(connection, c => {
        let known = diesel::update(resource_links::table.find(link_id))
            .filter(resource_links::context_id.eq(context_id))
            .set(resource_links::members_read_at.eq(read_at))
            .execute(c)?;
        diesel::delete(link_members::table.filter(link_members::resource_link_id.eq(link_id))).execute(c)?;
        if known == 0 {
            return Ok(());
        }
        for some in members.chunks(TOGETHER) {
            let rows: Vec<_> = some
                .iter()
                .map(|id| (link_members::resource_link_id.eq(link_id), link_members::identity_id.eq(id)))
                .collect();
            diesel::insert_into(link_members::table).values(&rows).execute(c)?;
        }
        Ok(())
    })
}

/// Grades of the context that the platform refused for that reason: column, person and identity of each.
pub fn list_refused(
    connection: &mut Connection,
    context_id: &str,
    problem_code: &str,
) -> Result<Vec<(String, String, String)>> {
    db!(connection, c => Ok(grade_deliveries::table
        .inner_join(grade_columns::table)
        .filter(
            grade_columns::context_id.eq(context_id)
                .and(grade_deliveries::state.eq(grades::state::REFUSED))
                .and(grade_deliveries::problem_code.eq(problem_code)),
        )
        .select((
            grade_deliveries::grade_column_id,
            grade_deliveries::person_id,
            grade_deliveries::identity_id,
        ))
        .load(c)?))
}
