//! What is different for one person: overrides of an activity's rules, for
//! persons and for groups, and standing accommodations. What they mean is
//! `assessment`'s.

use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable},
};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{accommodations, course_groups, group_members, placements, rule_overrides},
};

/// Rules of one activity that are different for one person or one group.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_overrides)]
pub struct RuleOverride {
    /// UUIDv7.
    pub id: String,
    /// The activity.
    pub placement_id: String,
    /// For whom; empty when it is for a group.
    pub person_id: Option<String>,
    /// For which group; empty when it is for a person.
    pub course_group_id: Option<String>,
    /// JSON of what is different.
    pub content: String,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Timestamp,
}

/// What a person needs in every assessment.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = accommodations)]
pub struct Accommodation {
    /// Where it holds.
    pub organisation_id: String,
    /// For whom.
    pub person_id: String,
    /// JSON of it.
    pub content: String,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Timestamp,
}

/// All overrides of the context's activity, the oldest first.
pub fn list(connection: &mut Connection, context_id: &str, placement_id: &str) -> Result<Vec<RuleOverride>> {
    db!(connection, c => Ok(rule_overrides::table
        .inner_join(placements::table)
        .filter(rule_overrides::placement_id.eq(placement_id).and(placements::context_id.eq(context_id)))
        .order(rule_overrides::id)
        .select(RuleOverride::as_select())
        .load(c)?))
}

/// JSON of the overrides that hold for a person at an activity; true for the person's own, false for a group's.
pub fn list_of_person(
    connection: &mut Connection,
    person_id: &str,
    placement_id: &str,
) -> Result<Vec<(bool, String)>> {
    db!(connection, c => {
        let groups = group_members::table
            .filter(group_members::person_id.eq(person_id))
            .select(group_members::course_group_id.nullable());
        let of_group = rule_overrides::course_group_id.eq_any(groups);
        let found: Vec<(Option<String>, String)> = rule_overrides::table
            .filter(rule_overrides::placement_id.eq(placement_id))
            .filter(
                rule_overrides::person_id.eq(person_id).into_sql::<Nullable<Bool>>()
                    .or(of_group.into_sql::<Nullable<Bool>>()),
            )
            .order(rule_overrides::id)
            .select((rule_overrides::person_id, rule_overrides::content))
            .load(c)?;
        Ok(found.into_iter().map(|(person, content)| (person.is_some(), content)).collect())
    })
}

/// Keeps one, in the place of the one that the person or group has there.
pub fn upsert(connection: &mut Connection, row: &RuleOverride) -> Result<()> {
    let change = (
        rule_overrides::content.eq(row.content.clone()),
        rule_overrides::changed_by.eq(row.changed_by.clone()),
        rule_overrides::changed_at.eq(row.changed_at),
    );
    db!(connection, c => {
        let insert = diesel::insert_into(rule_overrides::table).values(row);
        match row.person_id {
            Some(_) => insert
                .on_conflict((rule_overrides::placement_id, rule_overrides::person_id))
                .do_update()
                .set(change.clone())
                .execute(c)?,
            None => insert
                .on_conflict((rule_overrides::placement_id, rule_overrides::course_group_id))
                .do_update()
                .set(change.clone())
                .execute(c)?,
        };
        Ok(())
    })
}

/// Takes one away from an activity; false when there is none of that id.
pub fn delete(connection: &mut Connection, placement_id: &str, id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(
        rule_overrides::table.filter(rule_overrides::placement_id.eq(placement_id).and(rule_overrides::id.eq(id))),
    )
    .execute(c)? > 0))
}

/// The persons of a context's group, whose rules an override of the group changes.
pub fn list_members(connection: &mut Connection, context_id: &str, group_id: &str) -> Result<Vec<String>> {
    db!(connection, c => Ok(group_members::table
        .inner_join(course_groups::table)
        .filter(course_groups::id.eq(group_id).and(course_groups::context_id.eq(context_id)))
        .order(group_members::person_id)
        .select(group_members::person_id)
        .load(c)?))
}

/// A person's accommodation in an organisation.
pub fn find_accommodation(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
) -> Result<Option<Accommodation>> {
    db!(connection, c => Ok(accommodations::table
        .find((organisation_id, person_id))
        .select(Accommodation::as_select())
        .first(c)
        .optional()?))
}

/// The accommodations of those persons.
pub fn list_accommodations(
    connection: &mut Connection,
    organisation_id: &str,
    person_ids: &[String],
) -> Result<Vec<Accommodation>> {
    let mut found = Vec::new();
    for some in person_ids.chunks(500) {
        found.extend(db!(connection, c => accommodations::table
            .filter(accommodations::organisation_id.eq(organisation_id).and(accommodations::person_id.eq_any(some)))
            .select(Accommodation::as_select())
            .load(c)?));
    }
    Ok(found)
}

/// Keeps one in the place of the former.
pub fn upsert_accommodation(connection: &mut Connection, row: &Accommodation) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(accommodations::table)
            .values(row)
            .on_conflict((accommodations::organisation_id, accommodations::person_id))
            .do_update()
            .set((
                accommodations::content.eq(&row.content),
                accommodations::changed_by.eq(&row.changed_by),
                accommodations::changed_at.eq(row.changed_at),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Takes a person's away.
pub fn delete_accommodation(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
) -> Result<()> {
    db!(connection, c => {
        diesel::delete(accommodations::table.find((organisation_id, person_id))).execute(c)?;
        Ok(())
    })
}
