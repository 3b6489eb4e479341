//! Contexts (a platform's courses), their resource links, and who is enrolled.

use diesel::{prelude::*, upsert::excluded};

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    people::Identity,
    schema::{contexts, deployments, enrolments, identities, resource_links},
};

/// A platform's course.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = contexts)]
pub struct Context {
    /// UUIDv7.
    pub id: String,
    /// Where it was launched from.
    pub deployment_id: String,
    /// The platform's id; empty for launches outside any context.
    pub platform_id: String,
    /// Short name.
    pub label: String,
    /// Title.
    pub title: String,
    /// AGS line item container.
    pub line_items_url: Option<String>,
    /// Scopes that the launch named, separated by spaces.
    pub ags_scopes: String,
    /// NRPS membership container.
    pub memberships_url: Option<String>,
    /// When the member list was last read.
    pub roster_read_at: Option<Timestamp>,
    /// When it was first seen.
    pub created_at: Timestamp,
    /// When it was last launched from.
    pub seen_at: Timestamp,
}

/// An activity of the platform that opens us.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = resource_links)]
pub struct ResourceLink {
    /// UUIDv7.
    pub id: String,
    /// Where it stands.
    pub context_id: String,
    /// The platform's id.
    pub platform_id: String,
    /// The activity's name at the platform.
    pub title: String,
    /// The line item that belongs to the activity.
    pub line_item_url: Option<String>,
    /// When it was first seen.
    pub created_at: Timestamp,
    /// When it was last launched.
    pub seen_at: Timestamp,
}

/// Somebody's place in a context.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolments)]
pub struct Enrolment {
    /// UUIDv7.
    pub id: String,
    /// Where.
    pub context_id: String,
    /// Who.
    pub identity_id: String,
    /// `instructor`, `learner` or `none`, as the last launch said. It wins over the roster's
    /// until that one changes: Moodle lists non-editing teachers as learners.
    pub launch_role: Option<String>,
    /// The same, as the platform's member list said.
    pub roster_role: Option<String>,
    /// When the member list changed its mind about that; `None` while it says what it always said.
    pub roster_role_at: Option<Timestamp>,
    /// True while the member list names them.
    pub in_roster: bool,
    /// When they last launched.
    pub launched_at: Option<Timestamp>,
    /// When they were first seen here.
    pub created_at: Timestamp,
}

/// The deployment's context of that id.
pub fn find(connection: &mut Connection, deployment_id: &str, id: &str) -> Result<Option<Context>> {
    Ok(get(connection, id)?.filter(|context| context.deployment_id == deployment_id))
}

/// The context of that id, for work that the service does by itself.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Context>> {
    db!(connection, c => Ok(contexts::table.find(id).select(Context::as_select()).first(c).optional()?))
}

/// The registration that a context belongs to, for work that the service does by itself.
pub fn registration_id(connection: &mut Connection, id: &str) -> Result<Option<String>> {
    db!(connection, c => Ok(contexts::table
        .inner_join(deployments::table)
        .filter(contexts::id.eq(id))
        .select(deployments::registration_id)
        .first(c)
        .optional()?))
}

/// Keeps what a launch tells of a context. A service that this launch does not name stays as it was:
/// Moodle leaves the member list out of some messages.
pub fn upsert(connection: &mut Connection, new: &Context) -> Result<Context> {
    db!(connection, c => {
        let kept: Context = diesel::insert_into(contexts::table)
            .values(new)
            .on_conflict((contexts::deployment_id, contexts::platform_id))
            .do_update()
            .set((
                contexts::label.eq(excluded(contexts::label)),
                contexts::title.eq(excluded(contexts::title)),
                contexts::seen_at.eq(excluded(contexts::seen_at)),
            ))
            .returning(Context::as_select())
            .get_result(c)?;
        let services = (
            new.line_items_url.as_ref().or(kept.line_items_url.as_ref()),
            if new.ags_scopes.is_empty() { &kept.ags_scopes } else { &new.ags_scopes },
            new.memberships_url.as_ref().or(kept.memberships_url.as_ref()),
        );
        if services == (kept.line_items_url.as_ref(), &kept.ags_scopes, kept.memberships_url.as_ref()) {
            return Ok(kept);
        }
        Ok(diesel::update(contexts::table.find(&kept.id))
            .set((
                contexts::line_items_url.eq(services.0),
                contexts::ags_scopes.eq(services.1),
                contexts::memberships_url.eq(services.2),
            ))
            .returning(Context::as_select())
            .get_result(c)?)
    })
}

/// The context's resource link of that id.
pub fn find_link(connection: &mut Connection, context_id: &str, id: &str) -> Result<Option<ResourceLink>> {
    db!(connection, c => Ok(resource_links::table
        .find(id)
        .filter(resource_links::context_id.eq(context_id))
        .select(ResourceLink::as_select())
        .first(c)
        .optional()?))
}

/// Keeps what a launch tells of a resource link.
pub fn upsert_link(connection: &mut Connection, new: &ResourceLink) -> Result<ResourceLink> {
    db!(connection, c => Ok(diesel::insert_into(resource_links::table)
        .values(new)
        .on_conflict((resource_links::context_id, resource_links::platform_id))
        .do_update()
        .set((
            resource_links::title.eq(excluded(resource_links::title)),
            resource_links::line_item_url.eq(excluded(resource_links::line_item_url)),
            resource_links::seen_at.eq(excluded(resource_links::seen_at)),
        ))
        .returning(ResourceLink::as_select())
        .get_result(c)?))
}

/// Keeps that somebody launched from a context, and as what.
pub fn enrol_by_launch(connection: &mut Connection, new: &Enrolment) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(enrolments::table)
            .values(new)
            .on_conflict((enrolments::context_id, enrolments::identity_id))
            .do_update()
            .set((
                enrolments::launch_role.eq(excluded(enrolments::launch_role)),
                enrolments::launched_at.eq(excluded(enrolments::launched_at)),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// True when somebody ever belonged to the context.
pub fn is_enrolled(connection: &mut Connection, context_id: &str, identity_id: &str) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(enrolments::table.filter(
        enrolments::context_id.eq(context_id).and(enrolments::identity_id.eq(identity_id)),
    ))).get_result(c)?))
}

/// Everybody who ever belonged to the context, with their identity.
pub fn list_enrolments(connection: &mut Connection, context_id: &str) -> Result<Vec<(Enrolment, Identity)>> {
    db!(connection, c => Ok(enrolments::table
        .inner_join(identities::table)
        .filter(enrolments::context_id.eq(context_id))
        .order(identities::subject)
        .select((Enrolment::as_select(), Identity::as_select()))
        .load(c)?))
}
