//! Registrations (issuer and client id) and their deployments.

use diesel::prelude::*;

use crate::{
    Connection, Result, Timestamp,
    connection::db,
    schema::{deployments, registrations},
};

/// What a platform and we know of each other.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = registrations)]
pub struct Registration {
    /// UUIDv7.
    pub id: String,
    /// Whose platform it is.
    pub organisation_id: String,
    /// The invitation it came from; empty for `platform add`.
    pub invitation_id: Option<String>,
    /// Compared byte by byte.
    pub issuer: String,
    /// Our name at the platform.
    pub client_id: String,
    /// OpenID Connect authorization endpoint.
    pub auth_login_url: String,
    /// Token endpoint.
    pub token_url: String,
    /// Audience of our client assertions when it is not the token endpoint.
    pub token_audience: Option<String>,
    /// The platform's key set.
    pub jwks_url: String,
    /// `moodle`, `canvas`, …; empty when unknown.
    pub product_family: String,
    /// The platform's own name; empty when unknown.
    pub platform_name: String,
    /// `active` or `disabled`.
    pub status: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Origins beside the endpoints' where its services are, approved, separated by spaces.
    pub service_origins: String,
}

/// One place of a registration, by the platform's deployment id.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = deployments)]
pub struct Deployment {
    /// UUIDv7.
    pub id: String,
    /// Its registration.
    pub registration_id: String,
    /// The platform's deployment id.
    pub platform_id: String,
    /// `active` or `disabled`.
    pub status: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The registrations of an issuer, over all organisations: an initiation names no other scope.
pub fn list_by_issuer(connection: &mut Connection, issuer: &str) -> Result<Vec<Registration>> {
    db!(connection, c => Ok(registrations::table
        .filter(registrations::issuer.eq(issuer))
        .order(registrations::id)
        .select(Registration::as_select())
        .load(c)?))
}

/// The registration of that issuer and client id, over all organisations.
pub fn find_by_client(
    connection: &mut Connection,
    issuer: &str,
    client_id: &str,
) -> Result<Option<Registration>> {
    db!(connection, c => Ok(registrations::table
        .filter(registrations::issuer.eq(issuer).and(registrations::client_id.eq(client_id)))
        .select(Registration::as_select())
        .first(c)
        .optional()?))
}

/// The registration of that id, for work that the service does by itself.
pub fn get(connection: &mut Connection, id: &str) -> Result<Option<Registration>> {
    db!(connection, c => Ok(registrations::table
        .find(id).select(Registration::as_select()).first(c).optional()?))
}

/// The organisation's registration of that id.
pub fn find(connection: &mut Connection, organisation_id: &str, id: &str) -> Result<Option<Registration>> {
    Ok(get(connection, id)?.filter(|registration| registration.organisation_id == organisation_id))
}

/// An organisation's registrations, newest first.
pub fn list(connection: &mut Connection, organisation_id: &str) -> Result<Vec<Registration>> {
    db!(connection, c => Ok(registrations::table
        .filter(registrations::organisation_id.eq(organisation_id))
        .order(registrations::id.desc())
        .select(Registration::as_select())
        .load(c)?))
}

/// Adds one; `Conflict` when issuer and client id are taken.
pub fn insert(connection: &mut Connection, registration: &Registration) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(registrations::table).values(registration).execute(c)?;
        Ok(())
    })
}

/// Takes over the endpoints that the same platform named anew; id, keys and data stay.
pub fn update_endpoints(
    connection: &mut Connection,
    organisation_id: &str,
    new: &Registration,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(registrations::table.find(&new.id))
        .filter(registrations::organisation_id.eq(organisation_id))
        .set((
            registrations::auth_login_url.eq(&new.auth_login_url),
            registrations::token_url.eq(&new.token_url),
            registrations::token_audience.eq(&new.token_audience),
            registrations::jwks_url.eq(&new.jwks_url),
            registrations::product_family.eq(&new.product_family),
            registrations::platform_name.eq(&new.platform_name),
            registrations::service_origins.eq(&new.service_origins),
            registrations::updated_at.eq(new.updated_at),
        ))
        .execute(c)? == 1))
}

/// Keeps what launches tell about the platform, when it was unknown.
pub fn learn_platform(
    connection: &mut Connection,
    id: &str,
    product_family: &str,
    platform_name: &str,
) -> Result<()> {
    db!(connection, c => {
        diesel::update(registrations::table.find(id))
            .set((
                registrations::product_family.eq(product_family),
                registrations::platform_name.eq(platform_name),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Switches it on (`active`) or off (`disabled`); false when the organisation has none of that id.
pub fn set_status(
    connection: &mut Connection,
    organisation_id: &str,
    id: &str,
    status: &str,
    now: Timestamp,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::update(registrations::table.find(id))
        .filter(registrations::organisation_id.eq(organisation_id))
        .set((registrations::status.eq(status), registrations::updated_at.eq(now)))
        .execute(c)? == 1))
}

/// The registration's deployment with the platform's id.
pub fn find_deployment(
    connection: &mut Connection,
    registration_id: &str,
    platform_id: &str,
) -> Result<Option<Deployment>> {
    db!(connection, c => Ok(deployments::table
        .filter(deployments::registration_id.eq(registration_id).and(deployments::platform_id.eq(platform_id)))
        .select(Deployment::as_select())
        .first(c)
        .optional()?))
}

/// True when another registration of the issuer has a deployment with the platform's id.
pub fn deployment_is_elsewhere(
    connection: &mut Connection,
    registration_id: &str,
    issuer: &str,
    platform_id: &str,
) -> Result<bool> {
    db!(connection, c => Ok(diesel::select(diesel::dsl::exists(
        deployments::table.inner_join(registrations::table).filter(
            registrations::issuer.eq(issuer)
                .and(deployments::registration_id.ne(registration_id))
                .and(deployments::platform_id.eq(platform_id)),
        ),
    )).get_result(c)?))
}

/// A registration's deployments, oldest first.
pub fn list_deployments(connection: &mut Connection, registration_id: &str) -> Result<Vec<Deployment>> {
    db!(connection, c => Ok(deployments::table
        .filter(deployments::registration_id.eq(registration_id))
        .order(deployments::id)
        .select(Deployment::as_select())
        .load(c)?))
}

/// Adds one; adding it twice changes nothing.
pub fn insert_deployment(connection: &mut Connection, deployment: &Deployment) -> Result<()> {
    db!(connection, c => {
        diesel::insert_into(deployments::table).values(deployment).on_conflict_do_nothing().execute(c)?;
        Ok(())
    })
}
