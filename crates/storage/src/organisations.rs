//! Organisations and who holds a role in them (administrator, author).

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{identities, organisation_roles, organisations},
};

/// A college or programme owner.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisations)]
pub struct Organisation {
    /// UUIDv7.
    pub id: String,
    /// Unique.
    pub name: String,
    /// True for the one that owns the starter content.
    pub built_in: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A role that `administration` sessions are given by: `administrator` or `author`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_roles)]
pub struct OrganisationRole {
    /// Where.
    pub organisation_id: String,
    /// Whose.
    pub person_id: String,
    /// `administrator` or `author`.
    pub role: String,
    /// Since when.
    pub granted_at: Timestamp,
}

/// The oldest organisation that is not built in.
pub fn first(connection: &mut Connection) -> Result<Option<Organisation>> {
    db!(connection, c => Ok(organisations::table
        .filter(organisations::built_in.eq(false))
        .order(organisations::id)
        .select(Organisation::as_select())
        .first(c)
        .optional()?))
}

/// The organisation of that id.
pub fn find(connection: &mut Connection, id: &str) -> Result<Option<Organisation>> {
    db!(connection, c => Ok(organisations::table
        .find(id).select(Organisation::as_select()).first(c).optional()?))
}

/// The organisation of that name.
pub fn find_by_name(connection: &mut Connection, name: &str) -> Result<Option<Organisation>> {
    db!(connection, c => Ok(organisations::table
        .filter(organisations::name.eq(name))
        .select(Organisation::as_select())
        .first(c)
        .optional()?))
}

/// All of them, oldest first.
pub fn list(connection: &mut Connection) -> Result<Vec<Organisation>> {
    db!(connection, c => Ok(organisations::table
        .order(organisations::id).select(Organisation::as_select()).load(c)?))
}

/// Adds one; `Conflict` when the name is taken.
pub fn insert(connection: &mut Connection, organisation: &Organisation) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(organisations::table).values(organisation).execute(c)?;
        Ok(())
    })
}

/// Gives a person a role; giving it twice changes nothing.
pub fn grant(connection: &mut Connection, role: &OrganisationRole) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(organisation_roles::table).values(role).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}

/// Somebody who holds a role.
#[derive(Clone)]
pub struct Holder {
    /// Who.
    pub person_id: String,
    /// Since when.
    pub granted_at: Timestamp,
    /// The name, or else the e-mail address, of the identity that was seen last.
    pub name: Option<String>,
    /// When that was.
    pub seen_at: Option<Timestamp>,
}

/// Who holds a role there, those of longest standing first.
pub fn list_holders(connection: &mut Connection, organisation_id: &str, role: &str) -> Result<Vec<Holder>> {
    type Known = (String, Option<String>, Option<String>, Timestamp);
    let roles: Vec<OrganisationRole> = db!(connection, c => organisation_roles::table
        .filter(organisation_roles::organisation_id.eq(organisation_id).and(organisation_roles::role.eq(role)))
        .order((organisation_roles::granted_at, organisation_roles::person_id))
        .select(OrganisationRole::as_select())
        .load(c)?);
    let people: Vec<&str> = roles.iter().map(|role| role.person_id.as_str()).collect();
    let known: Vec<Known> = db!(connection, c => identities::table
        .filter(identities::person_id.eq_any(people))
        .order(identities::seen_at.desc())
        .select((identities::person_id, identities::name, identities::email, identities::seen_at))
        .load(c)?);
    let holder = |role: OrganisationRole| {
        let last = known
            .iter()
            .find(|(person_id, ..)| *person_id == role.person_id)
            .cloned();
        let (name, seen_at) = last.map_or((None, None), |(_, name, email, at)| (name.or(email), Some(at)));
        Holder {
            person_id: role.person_id,
            granted_at: role.granted_at,
            name,
            seen_at,
        }
    };
    Ok(roles.into_iter().map(holder).collect())
}

/// Takes a role from a person; false when they did not hold it.
pub fn revoke(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
    role: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::delete(organisation_roles::table.find((organisation_id, person_id, role)))
        .execute(c)? == 1))
}

/// True when the person holds the role there now.
pub fn holds_role(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: &str,
    role: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(
        organisation_roles::table.find((organisation_id, person_id, role)),
    )).get_result(c)?))
}

/// Whether the person holds any role in any organisation.
pub fn holds_any_role(connection: &mut Connection, person_id: &str) -> Result<bool> {
    db!(connection, c => Ok(organisation_roles::table
        .filter(organisation_roles::person_id.eq(person_id))
        .count()
        .get_result::<i64>(c)? > 0))
}
