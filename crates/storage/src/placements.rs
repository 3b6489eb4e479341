//! Placements (one activity in one place) and the columns of a gradebook that
//! they contribute to.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{grade_columns, placements},
};

/// One activity in one place.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = placements)]
pub struct Placement {
    /// UUIDv7.
    pub id: String,
    /// The course it stands in.
    pub context_id: String,
    /// The platform's activity.
    pub resource_link_id: Option<String>,
    /// What it opens.
    pub assessment_id: String,
    /// Where its marks go.
    pub grade_column_id: String,
    /// Its share of the column.
    pub weight: f64,
    /// Who placed it; empty when a launch of a picked item did.
    pub created_by: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A column of a platform's gradebook, or the place where one could be.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = grade_columns)]
pub struct GradeColumn {
    /// UUIDv7.
    pub id: String,
    /// The course it stands in.
    pub context_id: String,
    /// The `resourceId` that it is found again by.
    pub resource_id: String,
    /// Its name when we make it.
    pub label: String,
    /// The line item's address; empty while there is none.
    pub line_item_url: Option<String>,
    /// The scale of the scores that we send.
    pub score_maximum: f64,
    /// `link`: belongs to the platform's activity; `tool`: made by us; `none`: there is none yet.
    pub origin: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// [`ACTIVITY`] or [`MODULE`].
    pub kind: String,
    /// How a module's grade is rounded, by the name that `assessment` gives it.
    pub rounding: String,
    /// What an activity counts in a module that somebody has not done, by the name that `assessment` gives it.
    pub unfinished: String,
    /// Whose line item disappeared: `link` (the activity's own) or `tool` (made by us).
    pub missing: Option<String>,
    /// The platform's scale, when it is not ours and was left so.
    pub platform_maximum: Option<f64>,
    /// Our scale before the platform's was followed.
    pub former_maximum: Option<f64>,
    /// When a changed scale was noticed.
    pub maximum_changed_at: Option<Timestamp>,
    /// When the platform's column was last looked at.
    pub checked_at: Option<Timestamp>,
}

/// The kind of a placement's own column.
pub const ACTIVITY: &str = "activity";
/// The kind of a column that is weighted from several activities.
pub const MODULE: &str = "module";

/// The context's placement of a resource link.
pub fn find_by_link(
    connection: &mut Connection,
    context_id: &str,
    resource_link_id: &str,
) -> Result<Option<(Placement, GradeColumn)>> {
    db!(connection, c => Ok(placements::table
        .inner_join(grade_columns::table)
        .filter(placements::context_id.eq(context_id).and(placements::resource_link_id.eq(resource_link_id)))
        .select((Placement::as_select(), GradeColumn::as_select()))
        .first(c)
        .optional()?))
}

/// The context's first placement whose marks go to that line item.
pub fn find_by_line_item(
    connection: &mut Connection,
    context_id: &str,
    line_item_url: &str,
) -> Result<Option<Placement>> {
    db!(connection, c => Ok(placements::table
        .inner_join(grade_columns::table)
        .filter(placements::context_id.eq(context_id).and(grade_columns::line_item_url.eq(line_item_url)))
        .order(placements::id)
        .select(Placement::as_select())
        .first(c)
        .optional()?))
}

/// The placement of that id with its column, for work that the service does by itself.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<(Placement, GradeColumn)>> {
    db!(connection, c => Ok(placements::table
        .inner_join(grade_columns::table)
        .filter(placements::id.eq(id))
        .select((Placement::as_select(), GradeColumn::as_select()))
        .first(c)
        .optional()?))
}

/// Adds a placement with its own column; `Conflict` when the link has one.
pub fn insert(connection: &mut Connection, placement: &Placement, column: &GradeColumn) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(grade_columns::table).values(column).execute(c)?;
        diesel::insert_into(placements::table).values(placement).execute(c)?;
        Ok(())
    })
}

/// Whether an assessment counts anywhere: some activity, or a course in one, opens it.
pub fn is_placed(connection: &mut Connection, assessment_id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(
        placements::table.filter(placements::assessment_id.eq(assessment_id)),
    )).get_result(c)?))
}

/// Lets a placement open another assessment.
pub fn set_assessment(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    assessment_id: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(placements::table.find(id))
        .filter(placements::context_id.eq(context_id))
        .set(placements::assessment_id.eq(assessment_id))
        .execute(c)? == 1))
}

/// All placements that contribute to a column, the first one first.
pub fn list_by_column(connection: &mut Connection, grade_column_id: &str) -> Result<Vec<Placement>> {
    db!(connection, c => Ok(placements::table
        .filter(placements::grade_column_id.eq(grade_column_id))
        .order(placements::id)
        .select(Placement::as_select())
        .load(c)?))
}

/// True when another column of the context has that line item.
pub fn line_item_is_taken(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    line_item_url: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(grade_columns::table.filter(
        grade_columns::context_id.eq(context_id)
            .and(grade_columns::id.ne(id))
            .and(grade_columns::line_item_url.eq(line_item_url)),
    ))).get_result(c)?))
}

/// The column of that id, for work that the service does by itself.
pub fn get_column(connection: &mut Connection, id: &str) -> Result<Option<GradeColumn>> {
    db!(connection, c => Ok(grade_columns::table.find(id).select(GradeColumn::as_select()).first(c).optional()?))
}

/// Changes a column's line item, its origin and its scale; what was missing is there again.
pub fn set_line_item(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    line_item_url: Option<&str>,
    origin: &str,
    score_maximum: f64,
    now: Timestamp,
) -> Result<bool> {
    let none: Option<&str> = None;
    db!(connection, c => Ok(diesel::update(grade_columns::table.find(id))
        .filter(grade_columns::context_id.eq(context_id))
        .set((
            grade_columns::line_item_url.eq(line_item_url),
            grade_columns::origin.eq(origin),
            grade_columns::score_maximum.eq(score_maximum),
            grade_columns::missing.eq(none),
            grade_columns::updated_at.eq(now),
        ))
        .execute(c)? == 1))
}
