//! Activities of a platform that open a course or a part of it, and the placements of the
//! quizzes in it.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    placements::{GradeColumn, Placement},
    schema::{course_placement_steps, course_placements, grade_columns, placements},
};

/// An activity that opens a course.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_placements)]
pub struct CoursePlacement {
    /// UUIDv7.
    pub id: String,
    /// The platform's course it stands in.
    pub context_id: String,
    /// The platform's activity.
    pub resource_link_id: String,
    /// What it opens.
    pub course_id: String,
    /// The key of the unit or step that it opens; empty for the whole course.
    pub part: String,
    /// JSON of what becomes the score.
    pub score_rule: String,
    /// Where the score goes.
    pub grade_column_id: String,
    /// Who placed it; empty when a launch of a picked item did.
    pub created_by: Option<String>,
    /// When.
    pub created_at: Timestamp,
}

/// `grade_columns.kind` of a placed course.
pub const COURSE: &str = "course";

/// The context's placed course of a resource link.
pub fn find_by_link(
    connection: &mut Connection,
    context_id: &str,
    resource_link_id: &str,
) -> Result<Option<(CoursePlacement, GradeColumn)>> {
    db!(connection, c => Ok(course_placements::table
        .inner_join(grade_columns::table)
        .filter(
            course_placements::context_id.eq(context_id)
                .and(course_placements::resource_link_id.eq(resource_link_id)),
        )
        .select((CoursePlacement::as_select(), GradeColumn::as_select()))
        .first(c)
        .optional()?))
}

/// The context's placed course whose score goes to that line item.
pub fn find_by_line_item(
    connection: &mut Connection,
    context_id: &str,
    line_item_url: &str,
) -> Result<Option<CoursePlacement>> {
    db!(connection, c => Ok(course_placements::table
        .inner_join(grade_columns::table)
        .filter(
            course_placements::context_id.eq(context_id).and(grade_columns::line_item_url.eq(line_item_url)),
        )
        .order(course_placements::id)
        .select(CoursePlacement::as_select())
        .first(c)
        .optional()?))
}

/// The placed course whose score goes to that column, for work that the service does by itself.
pub fn get_by_column(connection: &mut Connection, grade_column_id: &str) -> Result<Option<CoursePlacement>> {
    db!(connection, c => Ok(course_placements::table
        .filter(course_placements::grade_column_id.eq(grade_column_id))
        .select(CoursePlacement::as_select())
        .first(c)
        .optional()?))
}

/// All activities that open a course in the contexts in which a person is, for work that the service does by itself.
pub fn list_of_person(
    connection: &mut Connection,
    person_id: &str,
    course_id: &str,
) -> Result<Vec<(CoursePlacement, GradeColumn)>> {
    use crate::schema::{enrolments, identities};
    db!(connection, c => Ok(course_placements::table
        .inner_join(grade_columns::table)
        .filter(
            course_placements::course_id.eq(course_id).and(course_placements::context_id.eq_any(
                enrolments::table
                    .inner_join(identities::table)
                    .filter(identities::person_id.eq(person_id))
                    .select(enrolments::context_id),
            )),
        )
        .order(course_placements::id)
        .select((CoursePlacement::as_select(), GradeColumn::as_select()))
        .load(c)?))
}

/// The courses that a context's activities open and that are published: id, key and published version, by key. Another
/// organisation's is among them while everybody may read it.
pub fn list_courses(
    connection: &mut Connection,
    organisation_id: &str,
    context_id: &str,
) -> Result<Vec<(String, String, String)>> {
    use crate::{courses::PUBLIC, schema::courses};
    let found: Vec<(String, String, Option<String>)> = db!(connection, c => course_placements::table
        .inner_join(courses::table)
        .filter(
            course_placements::context_id.eq(context_id)
                .and(courses::organisation_id.eq(organisation_id).or(courses::visibility.eq(PUBLIC))),
        )
        .order(courses::key)
        .select((courses::id, courses::key, courses::published_version_id))
        .distinct()
        .load(c)?);
    let published = found.into_iter();
    Ok(published
        .filter_map(|(id, key, version)| Some((id, key, version?)))
        .collect())
}

/// Adds one with its own column; `Conflict` when the link has one.
pub fn insert(connection: &mut Connection, placement: &CoursePlacement, column: &GradeColumn) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(grade_columns::table).values(column).execute(c)?;
        diesel::insert_into(course_placements::table).values(placement).execute(c)?;
        Ok(())
    })
}

/// Lets it open something else, or count otherwise.
pub fn change(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    course_id: &str,
    part: &str,
    score_rule: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(course_placements::table.find(id))
        .filter(course_placements::context_id.eq(context_id))
        .set((
            course_placements::course_id.eq(course_id),
            course_placements::part.eq(part),
            course_placements::score_rule.eq(score_rule),
        ))
        .execute(c)? == 1))
}

/// The placement of a quiz in a placed course.
pub fn find_step(
    connection: &mut Connection,
    course_placement_id: &str,
    step_key: &str,
) -> Result<Option<Placement>> {
    db!(connection, c => Ok(course_placement_steps::table
        .inner_join(placements::table)
        .filter(
            course_placement_steps::course_placement_id.eq(course_placement_id)
                .and(course_placement_steps::step_key.eq(step_key)),
        )
        .select(Placement::as_select())
        .first(c)
        .optional()?))
}

/// Says that a placement is that of a quiz in a placed course, in the place of whichever was.
pub fn put_step(
    connection: &mut Connection,
    course_placement_id: &str,
    step_key: &str,
    placement_id: &str,
) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_placement_steps::table)
            .values((
                course_placement_steps::course_placement_id.eq(course_placement_id),
                course_placement_steps::step_key.eq(step_key),
                course_placement_steps::placement_id.eq(placement_id),
            ))
            .on_conflict((
                course_placement_steps::course_placement_id,
                course_placement_steps::step_key,
            ))
            .do_update()
            .set(course_placement_steps::placement_id.eq(placement_id))
            .execute(c)?;
        Ok(())
    })
}

/// The placed course in which a placement is a quiz, with the step's key.
pub fn find_of_step(
    connection: &mut Connection,
    placement_id: &str,
) -> Result<Option<(CoursePlacement, String)>> {
    db!(connection, c => Ok(course_placement_steps::table
        .inner_join(course_placements::table)
        .filter(course_placement_steps::placement_id.eq(placement_id))
        .select((CoursePlacement::as_select(), course_placement_steps::step_key))
        .first(c)
        .optional()?))
}
