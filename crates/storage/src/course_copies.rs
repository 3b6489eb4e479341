//! What is known of copies: which course another one was copied from, which activity a placement is a copy of, and
//! what a link's custom parameter named. What follows from it is decided elsewhere.

use diesel::prelude::*;

use crate::{
    Connection, Result,
    connection::db,
    contexts::{Context, ResourceLink},
    placements::{GradeColumn, MODULE, Placement},
    schema::{
        attempts, column_contributions, contexts, course_placement_steps, course_placements, enrolments,
        grade_columns, identities, placements, resource_links,
    },
};

/// Opens the same quiz as another activity of its course.
pub const DUPLICATE: &str = "duplicate";
/// Came along into a copied course whose instructor chooses anew.
pub const OFFERED: &str = "offered";
/// An instructor wants it to open the same quiz.
pub const SAME: &str = "same";
/// Has a quiz of its own by now.
pub const INDEPENDENT: &str = "independent";
/// Made when a copied course's activities were taken over.
pub const REBOUND: &str = "rebound";
/// Was there before they were taken over.
pub const ADOPTED: &str = "adopted";

/// What a context's launches told of its origin, and what an instructor answered.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = contexts)]
pub struct Origin {
    /// The platform's ids of the courses before, nearest first, separated by commas.
    pub history: String,
    /// The nearest of them that we know.
    pub copied_from: Option<String>,
    /// `reuse`, `anew`, or empty while nobody answered.
    pub copy_answer: String,
}

/// Of what a placement is a copy.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = placements)]
pub struct Mark {
    /// The placement that it is a copy of.
    pub copied_from: Option<String>,
    /// One of the constants of this file, or empty.
    pub copy_state: String,
    /// The weight before it was adopted.
    pub former_weight: Option<f64>,
}

/// A placement with all that a comparison of two courses needs.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The placement.
    pub placement: Placement,
    /// Its column.
    pub column: GradeColumn,
    /// The activity; none before it was first opened.
    pub link: Option<ResourceLink>,
    /// Of what it is a copy.
    pub mark: Mark,
}

/// The context's origin.
pub fn origin(connection: &mut Connection, context_id: &str) -> Result<Option<Origin>> {
    db!(connection, c => Ok(contexts::table
        .find(context_id).select(Origin::as_select()).first(c).optional()?))
}

/// Keeps what a launch told of the context's origin, as long as nobody answered.
pub fn set_history(
    connection: &mut Connection,
    context_id: &str,
    history: &str,
    copied_from: Option<&str>,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(contexts::table.find(context_id))
        .filter(contexts::copy_answer.eq(""))
        .set((contexts::history.eq(history), contexts::copied_from.eq(copied_from)))
        .execute(c)? == 1))
}

/// Keeps an instructor's answer; false when it was not `before` any more.
pub fn set_answer(connection: &mut Connection, context_id: &str, before: &str, answer: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(contexts::table.find(context_id))
        .filter(contexts::copy_answer.eq(before))
        .set(contexts::copy_answer.eq(answer))
        .execute(c)? == 1))
}

/// The deployment's context with the platform's id.
pub fn find_context(
    connection: &mut Connection,
    deployment_id: &str,
    platform_id: &str,
) -> Result<Option<Context>> {
    db!(connection, c => Ok(contexts::table
        .filter(contexts::deployment_id.eq(deployment_id).and(contexts::platform_id.eq(platform_id)))
        .select(Context::as_select())
        .first(c)
        .optional()?))
}

/// Whether a person teaches in a context, by any of their identities there.
pub fn teaches(connection: &mut Connection, context_id: &str, person_id: &str) -> Result<bool> {
    db!(connection, c => {
        let roles: Vec<(Option<String>, Option<String>)> = enrolments::table
            .inner_join(identities::table)
            .filter(enrolments::context_id.eq(context_id).and(identities::person_id.eq(person_id)))
            .select((enrolments::launch_role, enrolments::roster_role))
            .load(c)?;
        Ok(roles.into_iter().any(|(launch, roster)| launch.or(roster).as_deref() == Some("instructor")))
    })
}

/// What the link's custom parameter named when it was last followed.
pub fn named(connection: &mut Connection, resource_link_id: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(resource_links::table
        .find(resource_link_id)
        .select(resource_links::named_assessment)
        .first::<Option<String>>(c)
        .optional()?
        .flatten()))
}

/// Keeps what the link's custom parameter names.
pub fn set_named(
    connection: &mut Connection,
    context_id: &str,
    resource_link_id: &str,
    named: Option<&str>,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(resource_links::table.find(resource_link_id))
            .filter(resource_links::context_id.eq(context_id))
            .set(resource_links::named_assessment.eq(named))
            .execute(c)?;
        Ok(())
    })
}

/// All placements of a context, the first one first.
pub fn list(connection: &mut Connection, context_id: &str) -> Result<Vec<Placed>> {
    db!(connection, c => {
        let rows: Vec<(Placement, GradeColumn, Mark)> = placements::table
            .inner_join(grade_columns::table)
            .filter(
                placements::context_id.eq(context_id)
                    // a quiz of a placed course comes along with its course
                    .and(placements::id.ne_all(
                        course_placement_steps::table.select(course_placement_steps::placement_id),
                    )),
            )
            .order(placements::id)
            .select((Placement::as_select(), GradeColumn::as_select(), Mark::as_select()))
            .load(c)?;
        let links: Vec<ResourceLink> = resource_links::table
            .filter(resource_links::context_id.eq(context_id))
            .select(ResourceLink::as_select())
            .load(c)?;
        Ok(rows
            .into_iter()
            .map(|(placement, column, mark)| Placed {
                link: links.iter().find(|link| Some(&link.id) == placement.resource_link_id.as_ref()).cloned(),
                placement,
                column,
                mark,
            })
            .collect())
    })
}

/// The context's links that open nothing yet, the first one first.
pub fn list_free_links(connection: &mut Connection, context_id: &str) -> Result<Vec<ResourceLink>> {
    db!(connection, c => Ok(resource_links::table
        .left_join(placements::table)
        .filter(
            resource_links::context_id.eq(context_id)
                .and(placements::id.nullable().is_null())
                .and(resource_links::id.ne_all(
                    course_placements::table.select(course_placements::resource_link_id),
                )),
        )
        .order(resource_links::id)
        .select(ResourceLink::as_select())
        .load(c)?))
}

/// The context's placements at which somebody has begun an attempt.
pub fn attempted(connection: &mut Connection, context_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(attempts::table
        .inner_join(placements::table)
        .filter(placements::context_id.eq(context_id))
        .select(attempts::placement_id)
        .distinct()
        .load(c)?))
}

/// Keeps of what the placement is a copy.
pub fn set_mark(connection: &mut Connection, context_id: &str, id: &str, mark: &Mark) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(placements::table.find(id))
        .filter(placements::context_id.eq(context_id))
        .set((
            placements::copied_from.eq(&mark.copied_from),
            placements::copy_state.eq(&mark.copy_state),
            placements::former_weight.eq(mark.former_weight),
        ))
        .execute(c)? == 1))
}

/// Of what the placement is a copy.
pub fn mark(connection: &mut Connection, context_id: &str, id: &str) -> Result<Option<Mark>> {
    db!(connection, c => Ok(placements::table
        .find(id)
        .filter(placements::context_id.eq(context_id))
        .select(Mark::as_select())
        .first(c)
        .optional()?))
}

/// Changes the placement's share of its column.
pub fn set_weight(connection: &mut Connection, context_id: &str, id: &str, weight: f64) -> Result<()> {
    db!(connection, c => {
        diesel::update(placements::table.find(id))
            .filter(placements::context_id.eq(context_id))
            .set(placements::weight.eq(weight))
            .execute(c)?;
        Ok(())
    })
}

/// Puts a placement that waited behind the link that was opened now; false when another launch was faster.
pub fn bind(connection: &mut Connection, context_id: &str, id: &str, resource_link_id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(placements::table.find(id))
        .filter(placements::context_id.eq(context_id).and(placements::resource_link_id.is_null()))
        .set(placements::resource_link_id.eq(resource_link_id))
        .execute(c)? == 1))
}

/// Keeps of which column this one is the copy.
pub fn set_column_origin(connection: &mut Connection, id: &str, copied_from: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(grade_columns::table.find(id))
            .set(grade_columns::copied_from.eq(copied_from))
            .execute(c)?;
        Ok(())
    })
}

/// The column that this one is a copy of.
pub fn column_origin(connection: &mut Connection, id: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(grade_columns::table
        .find(id)
        .select(grade_columns::copied_from)
        .first::<Option<String>>(c)
        .optional()?
        .flatten()))
}

/// Takes a placement away with its column. `Conflict` when somebody has begun an attempt there.
pub fn remove(connection: &mut Connection, context_id: &str, placement: &Placement) -> Result<()> {
    db!(connection, c => {
        diesel::delete(placements::table.find(&placement.id))
            .filter(placements::context_id.eq(context_id))
            .execute(c)?;
        diesel::delete(grade_columns::table.find(&placement.grade_column_id))
            .filter(grade_columns::context_id.eq(context_id))
            .execute(c)?;
        Ok(())
    })
}

/// What a weighted column is made from: placements and their weights in hundredths.
pub type Parts = Vec<(String, i64)>;

/// The context's column that is weighted from several activities, with what it is made from.
pub fn module(connection: &mut Connection, context_id: &str) -> Result<Option<(GradeColumn, Parts)>> {
    db!(connection, c => {
        let column: Option<GradeColumn> = grade_columns::table
            .filter(grade_columns::context_id.eq(context_id).and(grade_columns::kind.eq(MODULE)))
            .select(GradeColumn::as_select())
            .first(c)
            .optional()?;
        let Some(column) = column else { return Ok(None) };
        let parts = column_contributions::table
            .filter(column_contributions::grade_column_id.eq(&column.id))
            .select((column_contributions::placement_id, column_contributions::weight))
            .load(c)?;
        Ok(Some((column, parts)))
    })
}

/// Adds a weighted column with what it is made from.
pub fn insert_module(
    connection: &mut Connection,
    column: &GradeColumn,
    copied_from: &str,
    parts: &[(String, i64)],
) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(grade_columns::table).values(column).execute(c)?;
        diesel::update(grade_columns::table.find(&column.id))
            .set(grade_columns::copied_from.eq(copied_from))
            .execute(c)?;
        let rows: Vec<_> = parts
            .iter()
            .map(|(placement_id, weight)| (
                column_contributions::grade_column_id.eq(&column.id),
                column_contributions::placement_id.eq(placement_id),
                column_contributions::weight.eq(*weight),
            ))
            .collect();
        diesel::insert_into(column_contributions::table).values(rows).execute(c)?;
        Ok(())
    })
}

/// Takes the context's weighted column away when it is a copy that has no line item.
pub fn remove_copied_module(connection: &mut Connection, context_id: &str) -> Result<()> {
    db!(connection, c => {
        diesel::delete(grade_columns::table)
            .filter(grade_columns::context_id.eq(context_id)
                .and(grade_columns::kind.eq(MODULE))
                .and(grade_columns::copied_from.is_not_null())
                .and(grade_columns::line_item_url.is_null()))
            .execute(c)?;
        Ok(())
    })
}

/// The context's first activity that opens the assessment.
pub fn first_of(
    connection: &mut Connection,
    context_id: &str,
    assessment_id: &str,
) -> Result<Option<Placement>> {
    db!(connection, c => Ok(placements::table
        .filter(placements::context_id.eq(context_id)
            .and(placements::assessment_id.eq(assessment_id))
            .and(placements::resource_link_id.is_not_null())
            .and(placements::id.ne_all(
                course_placement_steps::table.select(course_placement_steps::placement_id),
            )))
        .order(placements::id)
        .select(Placement::as_select())
        .first(c)
        .optional()?))
}
