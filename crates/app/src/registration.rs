//! Registrations by hand: what `taynghe platform add`, `list`, `disable` and
//! `enable` do, and what the administration pages show. Dynamic registration
//! stands in `invitation.rs`.

use chrono::{DateTime, Utc};
use storage::{
    Connection,
    registrations::{self, Deployment, Registration},
};
use url::Url;

use crate::{App, Code, Error, Result, audit::note, organisation, random, session::Session};

/// A platform's endpoints, as its administrator reads them off.
#[derive(Debug, Clone)]
pub struct Endpoints {
    /// Platform ID; compared byte by byte.
    pub issuer: String,
    /// Client ID.
    pub client_id: String,
    /// Authentication request URL.
    pub auth_login_url: String,
    /// Access token URL.
    pub token_url: String,
    /// Public keyset URL.
    pub jwks_url: String,
    /// Deployment ID.
    pub deployment_id: String,
}

/// What only some platforms have besides.
#[derive(Debug, Clone, Default)]
pub struct Besides {
    /// Audience of our client assertions, where it is not the access token URL (Brightspace calls it "Audience").
    pub token_audience: Option<String>,
    /// Origins of line items, members and deep linking, where they are not the others' (Canvas: the school's own).
    pub service_origins: Vec<String>,
    /// `product_family_code`, where the platform does not name itself (Open edX: `open-edx`).
    pub product_family: Option<String>,
}

/// A registration with its deployments.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The registration.
    pub registration: Registration,
    /// Its deployments, oldest first.
    pub deployments: Vec<Deployment>,
}

/// Registers a platform, or adds a deployment to the organisation's registration of that issuer and client.
///
/// # Errors
/// `WEB-FORM` for an address that is none, `LTI-REG-TAKEN` when another organisation has it.
pub async fn add(app: &App, organisation: Option<String>, endpoints: Endpoints) -> Result<Listed> {
    add_with(app, organisation, endpoints, Besides::default()).await
}

/// The same for a platform with an audience or service hosts of its own.
///
/// # Errors
/// As [`add`].
pub async fn add_with(
    app: &App,
    organisation: Option<String>,
    endpoints: Endpoints,
    besides: Besides,
) -> Result<Listed> {
    check(&endpoints)?;
    check_besides(&besides)?;
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let registration =
                match registrations::find_by_client(c, &endpoints.issuer, &endpoints.client_id)? {
                    Some(known) if known.organisation_id == organisation.id => {
                        let new = with_endpoints(known, &endpoints, &besides, now);
                        registrations::update_endpoints(c, &organisation.id, &new)?;
                        new
                    }
                    Some(_) => {
                        return Err(Error::refused(
                            Code::Lti(lti::Code::RegTaken),
                            "another organisation has it",
                        ));
                    }
                    None => insert(c, &organisation.id, &endpoints, &besides, now)?,
                };
            registrations::insert_deployment(
                c,
                &deployment(&registration.id, &endpoints.deployment_id, now),
            )?;
            note(
                c,
                &organisation.id,
                None,
                "registration.add",
                &registration.id,
                now,
            )?;
            listed(c, registration)
        })
        .await
}

/// The registration of that id; `WEB-NOT-FOUND` when the session's organisation has none.
pub(crate) fn owned(connection: &mut Connection, session: &Session, id: &str) -> Result<Registration> {
    registrations::find(connection, &session.organisation_id, id)?
        .ok_or_else(|| session.refused(Code::NotFound, "no such registration"))
}

/// The organisation's registrations, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, organisation: Option<String>) -> Result<Vec<Listed>> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            registrations::list(c, &organisation.id)?
                .into_iter()
                .map(|r| listed(c, r))
                .collect()
        })
        .await
}

/// Refuses a registration's launches from now on, or accepts them again.
///
/// # Errors
/// `WEB-NOT-FOUND` when the organisation has none of that id.
pub async fn set_active(app: &App, organisation: Option<String>, id: String, active: bool) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            switch(c, &organisation.id, None, &id, active, now)
        })
        .await
}

/// The switch itself, with its audit record.
pub(crate) fn switch(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: Option<&str>,
    id: &str,
    active: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let status = if active { "active" } else { "disabled" };
    if !registrations::set_status(connection, organisation_id, id, status, now.naive_utc())? {
        return Err(Error::not_found("no such registration"));
    }
    let action = if active {
        "registration.enable"
    } else {
        "registration.disable"
    };
    note(connection, organisation_id, person_id, action, id, now)
}

/// A registration with its deployments.
pub(crate) fn listed(connection: &mut Connection, registration: Registration) -> Result<Listed> {
    let deployments = registrations::list_deployments(connection, &registration.id)?;
    Ok(Listed {
        registration,
        deployments,
    })
}

/// A deployment that is not stored yet.
pub(crate) fn deployment(registration_id: &str, platform_id: &str, now: DateTime<Utc>) -> Deployment {
    Deployment {
        id: random::id(),
        registration_id: registration_id.to_owned(),
        platform_id: platform_id.to_owned(),
        status: "active".to_owned(),
        created_at: now.naive_utc(),
    }
}

fn check(endpoints: &Endpoints) -> Result<()> {
    let addresses = [
        ("--issuer", &endpoints.issuer),
        ("--auth-login-url", &endpoints.auth_login_url),
        ("--token-url", &endpoints.token_url),
        ("--jwks-url", &endpoints.jwks_url),
    ];
    for (name, address) in addresses {
        let is_http =
            Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if !is_http {
            return Err(Error::refused(
                Code::Form,
                format!("{name} should be an http(s) address, not \"{address}\""),
            ));
        }
    }
    for (name, id) in [
        ("--client-id", &endpoints.client_id),
        ("--deployment-id", &endpoints.deployment_id),
    ] {
        if id.trim().is_empty() || id.len() > 255 {
            return Err(Error::refused(
                Code::Form,
                format!("{name} should have 1 to 255 characters"),
            ));
        }
    }
    Ok(())
}

fn check_besides(besides: &Besides) -> Result<()> {
    for named in &besides.service_origins {
        if lti::origin::origin(named).as_deref() != Some(named.trim_end_matches('/')) {
            return Err(Error::refused(
                Code::Form,
                format!("--service-origin should be an address without a path, not \"{named}\""),
            ));
        }
    }
    Ok(())
}

fn insert(
    connection: &mut Connection,
    organisation_id: &str,
    endpoints: &Endpoints,
    besides: &Besides,
    now: DateTime<Utc>,
) -> Result<Registration> {
    let registration = Registration {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        invitation_id: None,
        issuer: endpoints.issuer.clone(),
        client_id: endpoints.client_id.clone(),
        auth_login_url: endpoints.auth_login_url.clone(),
        token_url: endpoints.token_url.clone(),
        token_audience: besides.token_audience.clone(),
        jwks_url: endpoints.jwks_url.clone(),
        product_family: besides.product_family.clone().unwrap_or_default(),
        platform_name: String::new(),
        status: "active".to_owned(),
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        service_origins: besides.service_origins.join(" "),
    };
    registrations::insert(connection, &registration)?;
    Ok(registration)
}

fn with_endpoints(
    known: Registration,
    endpoints: &Endpoints,
    besides: &Besides,
    now: DateTime<Utc>,
) -> Registration {
    Registration {
        auth_login_url: endpoints.auth_login_url.clone(),
        token_url: endpoints.token_url.clone(),
        token_audience: besides.token_audience.clone().or(known.token_audience),
        jwks_url: endpoints.jwks_url.clone(),
        updated_at: now.naive_utc(),
        product_family: besides.product_family.clone().unwrap_or(known.product_family),
        service_origins: if besides.service_origins.is_empty() {
            known.service_origins
        } else {
            besides.service_origins.join(" ")
        },
        ..known
    }
}

/// What administrators call it: its own name, or the host of its issuer. A college may have two of one product, whose
/// name is enough for the people of a course.
pub(crate) fn name_of(registration: &Registration) -> String {
    let host = || {
        Url::parse(&registration.issuer)
            .ok()?
            .host_str()
            .map(str::to_owned)
    };
    lti::names::clean_name(&registration.platform_name)
        .or_else(host)
        .unwrap_or_else(|| registration.issuer.clone())
}
