//! Registrations that are joined because they are one platform: which ones look so, the joins, and the moves that undo
//! one exactly.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    contexts::{Context, ResourceLink},
    people::{self, Identity},
    placements::Placement,
    registrations::Registration,
    schema::{
        attempts, contexts, deployments, grade_columns, grade_deliveries, identities, join_moves, placements,
        registration_joins, registrations, resource_links, sessions,
    },
};

/// An identity got another person.
pub const IDENTITY: &str = "identity";
/// An attempt moved to another placement, or changed its number.
pub const ATTEMPT: &str = "attempt";
/// A placement moved to another link, with its column.
pub const PLACEMENT: &str = "placement";

/// One registration goes on with what another one had.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = registration_joins)]
pub struct Join {
    /// UUIDv7.
    pub id: String,
    /// Whose both are.
    pub organisation_id: String,
    /// The one that was there before.
    pub former_registration_id: String,
    /// The one that goes on.
    pub registration_id: String,
    /// Which administrator; empty for the command line.
    pub joined_by: Option<String>,
    /// When.
    pub joined_at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// Something that a join changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = join_moves)]
pub struct Move {
    /// UUIDv7: they were made in this order.
    pub id: String,
    /// By which join.
    pub registration_join_id: String,
    /// [`IDENTITY`], [`ATTEMPT`] or [`PLACEMENT`].
    pub kind: String,
    /// What was changed.
    pub subject_id: String,
    /// What it was before.
    pub former: String,
    /// When.
    pub created_at: Timestamp,
}

/// Keeps the platform's own name for its installation.
pub fn set_guid(connection: &mut Connection, registration_id: &str, guid: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(registrations::table.find(registration_id))
            .filter(registrations::platform_guid.ne(guid))
            .set(registrations::platform_guid.eq(guid))
            .execute(c)?;
        Ok(())
    })
}

/// The organisation's registrations with their guid, oldest first.
pub fn list_guids(connection: &mut Connection, organisation_id: &str) -> Result<Vec<(Registration, String)>> {
    db!(connection, c => Ok(registrations::table
        .filter(registrations::organisation_id.eq(organisation_id))
        .order(registrations::id)
        .select((Registration::as_select(), registrations::platform_guid))
        .load(c)?))
}

/// The organisation's joins, newest first; also those that were undone.
pub fn list(connection: &mut Connection, organisation_id: &str) -> Result<Vec<Join>> {
    db!(connection, c => Ok(registration_joins::table
        .filter(registration_joins::organisation_id.eq(organisation_id))
        .order(registration_joins::id.desc())
        .select(Join::as_select())
        .load(c)?))
}

/// The organisation's join of that id.
pub fn find(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<Join>> {
    db!(connection, c => Ok(registration_joins::table
        .find(id)
        .filter(registration_joins::organisation_id.eq(organisation_id))
        .select(Join::as_select())
        .first(c)
        .optional()?))
}

/// The join in force by which this registration goes on with another one.
pub fn of_registration(connection: &mut Connection, registration_id: &str) -> Result<Option<Join>> {
    db!(connection, c => Ok(registration_joins::table
        .filter(registration_joins::registration_id.eq(registration_id).and(registration_joins::undone_at.is_null()))
        .select(Join::as_select())
        .first(c)
        .optional()?))
}

/// The joins in force that a registration has part in, on either side.
pub fn with_registration(connection: &mut Connection, registration_id: &str) -> Result<Vec<Join>> {
    db!(connection, c => Ok(registration_joins::table
        .filter(registration_joins::undone_at.is_null().and(
            registration_joins::registration_id.eq(registration_id)
                .or(registration_joins::former_registration_id.eq(registration_id)),
        ))
        .order(registration_joins::id)
        .select(Join::as_select())
        .load(c)?))
}

/// The registrations that are one platform with this one, by joins in force, each with the join that led to it.
pub fn joined(connection: &mut Connection, registration_id: &str) -> Result<Vec<(Join, String)>> {
    let mut found: Vec<(Join, String)> = Vec::new();
    let mut waiting = vec![registration_id.to_owned()];
    while let Some(next) = waiting.pop() {
        for join in with_registration(connection, &next)? {
            let other = match join.registration_id == next {
                true => join.former_registration_id.clone(),
                false => join.registration_id.clone(),
            };
            if other != registration_id && !found.iter().any(|(_, known)| *known == other) {
                waiting.push(other.clone());
                found.push((join, other));
            }
        }
    }
    Ok(found)
}

/// Who a subject is that this registration names for the first time, when a joined registration knows them: the
/// join's id and the person's.
pub(crate) fn known_person(
    connection: &mut Connection,
    registration_id: &str,
    subject: &str,
) -> Result<Option<(String, String)>> {
    for (join, other) in joined(connection, registration_id)? {
        if let Some(identity) = people::find(connection, &other, subject)? {
            return Ok(Some((join.id, identity.person_id)));
        }
    }
    Ok(None)
}

/// Adds one; `Conflict` when the registration goes on with another one already.
pub fn insert(connection: &mut Connection, join: &Join) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(registration_joins::table).values(join).execute(c)?;
        Ok(())
    })
}

/// Keeps that it was undone; false when it was before.
pub fn end(connection: &mut Connection, organisation_id: &str, id: &str, now: Timestamp) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(registration_joins::table.find(id))
        .filter(registration_joins::organisation_id.eq(organisation_id).and(registration_joins::undone_at.is_null()))
        .set(registration_joins::undone_at.eq(now))
        .execute(c)? == 1))
}

/// Keeps what a join changed.
pub fn note(connection: &mut Connection, new: &Move) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(join_moves::table).values(new).execute(c)?;
        Ok(())
    })
}

/// What a join changed, the last change first.
pub fn moves(connection: &mut Connection, join_id: &str) -> Result<Vec<Move>> {
    db!(connection, c => Ok(join_moves::table
        .filter(join_moves::registration_join_id.eq(join_id))
        .order(join_moves::id.desc())
        .select(Move::as_select())
        .load(c)?))
}

/// All identities of a registration.
pub fn identities(connection: &mut Connection, registration_id: &str) -> Result<Vec<Identity>> {
    db!(connection, c => Ok(identities::table
        .filter(identities::registration_id.eq(registration_id))
        .order(identities::id)
        .select(Identity::as_select())
        .load(c)?))
}

/// Lets an identity point to another person, with the attempts, grades and sessions that began with it.
pub fn set_person(connection: &mut Connection, identity_id: &str, person_id: &str) -> Result<()> {
    db!(connection, c => {
        diesel::update(identities::table.find(identity_id))
            .set(identities::person_id.eq(person_id))
            .execute(c)?;
        diesel::update(sessions::table.filter(sessions::identity_id.eq(identity_id)))
            .set(sessions::person_id.eq(person_id))
            .execute(c)?;
        diesel::update(attempts::table.filter(attempts::identity_id.eq(identity_id)))
            .set(attempts::person_id.eq(person_id))
            .execute(c)?;
        diesel::update(grade_deliveries::table.filter(grade_deliveries::identity_id.eq(identity_id)))
            .set(grade_deliveries::person_id.eq(person_id))
            .execute(c)?;
        Ok(())
    })
}

/// The links of a registration with their course.
pub fn links(connection: &mut Connection, registration_id: &str) -> Result<Vec<(Context, ResourceLink)>> {
    db!(connection, c => Ok(resource_links::table
        .inner_join(contexts::table.inner_join(deployments::table))
        .filter(deployments::registration_id.eq(registration_id))
        .order(resource_links::id)
        .select((Context::as_select(), ResourceLink::as_select()))
        .load(c)?))
}

/// The registration's link that has these ids at the platform.
pub fn find_link(
    connection: &mut Connection,
    registration_id: &str,
    context_platform_id: &str,
    link_platform_id: &str,
) -> Result<Option<(Context, ResourceLink)>> {
    db!(connection, c => Ok(resource_links::table
        .inner_join(contexts::table.inner_join(deployments::table))
        .filter(deployments::registration_id.eq(registration_id)
            .and(contexts::platform_id.eq(context_platform_id))
            .and(resource_links::platform_id.eq(link_platform_id)))
        .order(resource_links::id)
        .select((Context::as_select(), ResourceLink::as_select()))
        .first(c)
        .optional()?))
}

/// Where a placement stands and where its grades go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The course.
    pub context_id: String,
    /// The activity.
    pub resource_link_id: Option<String>,
    /// The column's line item.
    pub line_item_url: Option<String>,
    /// Whose line item it is.
    pub origin: String,
    /// The registration that sends the grades.
    pub registration_id: String,
}

/// Moves a placement and its column; the link must be free.
pub fn move_placement(connection: &mut Connection, placement: &Placement, to: &Place) -> Result<()> {
    db!(connection, c => {
        diesel::update(placements::table.find(&placement.id))
            .set((
                placements::context_id.eq(&to.context_id),
                placements::resource_link_id.eq(&to.resource_link_id),
            ))
            .execute(c)?;
        diesel::update(grade_columns::table.find(&placement.grade_column_id))
            .set((
                grade_columns::context_id.eq(&to.context_id),
                grade_columns::line_item_url.eq(&to.line_item_url),
                grade_columns::origin.eq(&to.origin),
            ))
            .execute(c)?;
        diesel::update(grade_deliveries::table
            .filter(grade_deliveries::grade_column_id.eq(&placement.grade_column_id)))
            .set(grade_deliveries::registration_id.eq(&to.registration_id))
            .execute(c)?;
        Ok(())
    })
}

/// The attempts at a placement: id, person, identity and number, by person and number.
pub fn attempts(
    connection: &mut Connection,
    placement_id: &str,
) -> Result<Vec<(String, String, String, i64)>> {
    db!(connection, c => Ok(attempts::table
        .filter(attempts::placement_id.eq(placement_id))
        .order((attempts::person_id, attempts::number))
        .select((attempts::id, attempts::person_id, attempts::identity_id, attempts::number))
        .load(c)?))
}

/// Moves an attempt to another placement under another number.
pub fn move_attempt(connection: &mut Connection, id: &str, placement_id: &str, number: i64) -> Result<()> {
    db!(connection, c => {
        diesel::update(attempts::table.find(id))
            .set((attempts::placement_id.eq(placement_id), attempts::number.eq(number)))
            .execute(c)?;
        Ok(())
    })
}

/// The placement behind a link.
pub fn placement_of_link(connection: &mut Connection, resource_link_id: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(placements::table
        .filter(placements::resource_link_id.eq(resource_link_id))
        .select(placements::id)
        .first(c)
        .optional()?))
}

/// Takes a placement away from its link.
pub fn free(connection: &mut Connection, placement_id: &str) -> Result<()> {
    let none: Option<&str> = None;
    db!(connection, c => {
        diesel::update(placements::table.find(placement_id))
            .set(placements::resource_link_id.eq(none))
            .execute(c)?;
        Ok(())
    })
}
