//! Groups of a course's people, made here by its instructors, and who is in them.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{course_groups, group_members},
};

/// A group of one course.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = course_groups)]
pub struct Group {
    /// UUIDv7.
    pub id: String,
    /// The course.
    pub context_id: String,
    /// Unique in the course.
    pub name: String,
    /// The platform's own number of it; empty for one made here.
    pub platform_id: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The context's groups by name.
pub fn list(connection: &mut Connection, context_id: &str) -> Result<Vec<Group>> {
    db!(connection, c => Ok(course_groups::table
        .filter(course_groups::context_id.eq(context_id))
        .order((course_groups::name, course_groups::id))
        .select(Group::as_select())
        .load(c)?))
}

/// The context's group of that id.
pub fn find(connection: &mut Connection, context_id: &str, id: &str) -> Result<Option<Group>> {
    db!(connection, c => Ok(course_groups::table
        .find(id)
        .filter(course_groups::context_id.eq(context_id))
        .select(Group::as_select())
        .first(c)
        .optional()?))
}

/// Who is in which of the context's groups: group and person.
pub fn list_members(connection: &mut Connection, context_id: &str) -> Result<Vec<(String, String)>> {
    db!(connection, c => Ok(group_members::table
        .inner_join(course_groups::table)
        .filter(course_groups::context_id.eq(context_id))
        .order((group_members::course_group_id, group_members::person_id))
        .select((group_members::course_group_id, group_members::person_id))
        .load(c)?))
}

/// Makes one. `Conflict` when the course has one of that name.
pub fn insert(connection: &mut Connection, group: &Group) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(course_groups::table).values(group).execute(c)?;
        Ok(())
    })
}

/// Gives it another name. `Conflict` when the course has one of that name.
pub fn rename(connection: &mut Connection, context_id: &str, id: &str, name: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(course_groups::table.find(id))
            .filter(course_groups::context_id.eq(context_id))
            .set(course_groups::name.eq(name))
            .execute(c)?;
        Ok(())
    })
}

/// Takes it away, with its members and its overrides.
pub fn delete(connection: &mut Connection, context_id: &str, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(course_groups::table.find(id))
        .filter(course_groups::context_id.eq(context_id))
        .execute(c)? > 0))
}

/// Puts just these persons into the context's group.
pub fn replace_members(
    connection: &mut Connection,
    context_id: &str,
    id: &str,
    person_ids: &[String],
) -> Result<()> {
    if find(connection, context_id, id)?.is_none() {
        return Ok(());
    }
    db!(connection, c => {
        diesel::delete(group_members::table.filter(group_members::course_group_id.eq(id))).execute(c)?;
        for person_id in person_ids {
            diesel::insert_into(group_members::table)
                .values((group_members::course_group_id.eq(id), group_members::person_id.eq(person_id)))
                .execute(c)?;
        }
        Ok(())
    })
}
