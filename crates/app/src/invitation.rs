//! Dynamic registration by a one-time invitation: made here, looked at by a
//! GET, spent by the page's button. Left out on purpose: registrations by hand (`registration.rs`).

use chrono::{DateTime, Duration, Utc};
use lti::{
    quirks::quirks,
    registration::{Management, PlatformConfiguration, Registered, StoredTool, registration_request},
    registration_difference::Difference,
};
use outbound::{
    CallError, Cause,
    registration::{self as platform, RegistrationError},
};
use storage::{
    Connection,
    invitations::{self, Invitation},
    organisations,
    registrations::{self, Registration},
};
use url::Url;

use crate::{
    App, Code, Error, Refusal, Result, audit,
    one_time::{self, Issued, Kind},
    organisation, random, registration,
    registration_change::{self, Actor, Reading, Source, Taken},
    registration_update,
};

/// How long an invitation is good.
pub const LIFETIME: Duration = Duration::days(7);

const LONGEST_ADDRESS: usize = 2_000;

/// An invitation that waits for a platform.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Who invites.
    pub organisation: String,
    /// The host that it is bound to.
    pub host: Option<String>,
    /// Not valid from then on.
    pub expires_at: DateTime<Utc>,
}

/// What the platform's administrator brings: by the address's query at first, by the page's form then. It has no
/// `Debug`, so that the token never gets into a log.
pub struct Visit {
    /// The secret in the address.
    pub secret: String,
    /// Where the platform's configuration is.
    pub openid_configuration: String,
    /// What the platform wants back with the registration request.
    pub registration_token: Option<String>,
    /// The endpoints on foreign origins that the administrator agreed to, as [`Preview::foreign_endpoints`] listed
    /// them, joined by spaces.
    pub consent: Option<String>,
}

/// How far a registration has come.
#[derive(Debug, Clone)]
pub enum Step {
    /// The administrator has to press the button.
    Confirm(Preview),
    /// The platform and we know each other.
    Done(Done),
    /// It cannot be done this way, but by hand. `LTI-REG-INCOMPLETE`.
    ByHand(ByHand),
}

/// What the button will do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Who invites.
    pub organisation: String,
    /// The platform's issuer.
    pub issuer: String,
    /// Who may frame the page.
    pub platform_origin: String,
    /// `moodle`, `canvas`, …; empty when the platform does not say.
    pub product_family: String,
    /// The product's version; empty when the platform does not say.
    pub version: String,
    /// The endpoints on other origins than the issuer's.
    pub foreign_endpoints: Vec<String>,
    /// True when the organisation has a registration of this issuer already.
    pub known: bool,
    /// The button was pressed without agreement to the foreign endpoints.
    pub consent_missing: bool,
}

/// A registration that was made or brought up to date.
#[derive(Debug, Clone)]
pub struct Done {
    /// Who invites.
    pub organisation: String,
    /// The platform's issuer.
    pub issuer: String,
    /// Who may frame the page, and whom its script tells that it may be closed.
    pub platform_origin: String,
    /// `moodle`, `canvas`, …; empty when the platform does not say.
    pub product_family: String,
    /// Our client id there.
    pub client_id: String,
    /// The platform's deployment id; empty when it gives one later only.
    pub deployment_id: String,
    /// What differs from the older registration that this one was; `None` for a new one.
    pub update: Option<Taken>,
    /// What the platform stored otherwise than we asked.
    pub stored_otherwise: Vec<Difference>,
}

/// What is known of a platform that has to be registered by hand.
#[derive(Debug, Clone)]
pub struct ByHand {
    /// `LTI-REG-INCOMPLETE`; its detail names what lacks.
    pub refusal: Box<Refusal>,
    /// Who may frame the page.
    pub platform_origin: String,
    /// The platform's issuer.
    pub issuer: Option<String>,
    /// Our client id there, when the platform gave one.
    pub client_id: Option<String>,
    /// Authentication request URL.
    pub auth_login_url: Option<String>,
    /// Access token URL.
    pub token_url: Option<String>,
    /// Public keyset URL.
    pub jwks_url: Option<String>,
}

/// Makes an invitation and answers its address. `host` may be a whole address; without one the first platform that
/// uses the invitation binds it to its host.
///
/// # Errors
/// `WEB-FORM` when `host` is none.
pub async fn invite(app: &App, organisation: Option<String>, host: Option<String>) -> Result<String> {
    let host = host.as_deref().map_or(Ok(None), normal_host)?;
    let now = app.clock().now();
    let secret = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            issue(c, &organisation.id, None, host, now)
        })
        .await?;
    Ok(address(app, &secret))
}

/// An invitation with its audit record; answers the secret.
pub(crate) fn issue(
    connection: &mut Connection,
    organisation_id: &str,
    person_id: Option<&str>,
    host: Option<String>,
    now: DateTime<Utc>,
) -> Result<String> {
    let Issued { id, secret } = one_time::issue(
        connection,
        organisation_id,
        Kind::Registration,
        host,
        LIFETIME,
        now,
    )?;
    audit::note(connection, organisation_id, person_id, "invitation.add", &id, now)?;
    Ok(secret)
}

/// The address of an invitation.
pub(crate) fn address(app: &App, secret: &str) -> String {
    app.address(&format!("/lti/register/{secret}"))
}

/// The host in what a person typed or pasted, in lower case, with its port when it is not the scheme's own; `None` when
/// nothing was typed.
pub(crate) fn normal_host(typed: &str) -> Result<Option<String>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let address = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let host = Url::parse(&address).ok().as_ref().and_then(host_of);
    host.filter(|_| typed.len() <= LONGEST_ADDRESS)
        .map(Some)
        .ok_or_else(|| Error::refused(Code::Form, "the host is no host"))
}

/// An invitation that somebody opened outside any platform.
///
/// # Errors
/// `LTI-REG-INVITE`.
pub async fn look(app: &App, secret: String) -> Result<Waiting> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let (invitation, organisation) = find_open(c, &secret, now)?;
            Ok(Waiting {
                organisation,
                host: invitation.host,
                expires_at: invitation.expires_at.and_utc(),
            })
        })
        .await
}

/// What the button of the registration page will do. Nothing is changed, and the invitation is not spent.
///
/// # Errors
/// `LTI-REG-INVITE`, `LTI-REG-URL`, `LTI-REG-ISSUER`.
pub async fn preview(app: &App, visit: &Visit) -> Result<Step> {
    let opened = open(app, visit).await?;
    read_configuration(app, visit, &opened)
        .await
        .map_err(|error| opened.refusal(error))
        .map(|read| match read {
            Ok(platform) => Step::Confirm(preview_of(&opened, &platform)),
            Err(by_hand) => Step::ByHand(by_hand),
        })
}

/// Registers us at the platform and the platform with us. The invitation is spent first, and given back when the
/// platform does not take the registration. Goes on to its end when the caller goes away.
///
/// # Errors
/// As [`preview`], and `LTI-REG-REFUSED`, `LTI-REG-TAKEN`; nothing is stored then.
pub async fn register(app: &App, visit: Visit) -> Result<Step> {
    let app = app.clone();
    tokio::spawn(async move { register_to_the_end(&app, visit).await })
        .await
        .map_err(|error| Error::Internal(format!("the registration did not end: {error}")))?
}

async fn register_to_the_end(app: &App, visit: Visit) -> Result<Step> {
    let opened = open(app, &visit).await?;
    register_opened(app, visit, &opened)
        .await
        .map_err(|error| opened.refusal(error))
}

async fn register_opened(app: &App, visit: Visit, opened: &Opened) -> Result<Step> {
    let platform = match read_configuration(app, &visit, opened).await? {
        Ok(platform) => platform,
        Err(by_hand) => return Ok(Step::ByHand(by_hand)),
    };
    let mut preview = preview_of(opened, &platform);
    if visit.consent.as_deref().unwrap_or_default() != preview.foreign_endpoints.join(" ") {
        preview.consent_missing = true;
        return Ok(Step::Confirm(preview));
    }
    spend(app, opened).await?;
    let asked = ask_platform(app, &platform, visit.registration_token.as_deref()).await;
    let registered = match asked {
        Ok(registered) => keep(app, opened, &visit.openid_configuration, &platform, registered).await,
        Err(error) => Err(error),
    };
    match registered {
        Ok(done) => Ok(Step::Done(done)),
        Err((error, client_id)) => {
            give_back(app, opened).await?;
            by_hand_or_error(opened, Some(&platform), client_id, error).map(Step::ByHand)
        }
    }
}

/// An open invitation and the host that wants to use it.
struct Opened {
    invitation: Invitation,
    organisation: String,
    host: String,
    platform_origin: String,
    issuers: Vec<String>,
}

impl Opened {
    /// Whoever invited is told why it was refused.
    fn refusal(&self, error: Error) -> Error {
        error.of_organisation(&self.invitation.organisation_id)
    }
}

/// A failure after the platform was asked, with the client id that it may have given.
type Failed = (Error, Option<String>);

async fn open(app: &App, visit: &Visit) -> Result<Opened> {
    let now = app.clock().now();
    let secret = visit.secret.clone();
    let configuration = Some(&visit.openid_configuration)
        .filter(|address| address.len() <= LONGEST_ADDRESS)
        .and_then(|address| Url::parse(address).ok());
    app.db()
        .read(move |c| {
            let (invitation, organisation) = find_open(c, &secret, now)?;
            let refused =
                |code, detail: &str| refused(code, detail).of_organisation(&invitation.organisation_id);
            let no_address = || refused(lti::Code::RegUrl, "openid_configuration is no http(s) address");
            let configuration = configuration.ok_or_else(no_address)?;
            let host = host_of(&configuration).ok_or_else(no_address)?;
            if invitation.host.as_ref().is_some_and(|bound| *bound != host) {
                return Err(refused(
                    lti::Code::RegInvite,
                    "the invitation is bound to another host",
                ));
            }
            let issuers = registrations::list(c, &invitation.organisation_id)?
                .into_iter()
                .map(|registration| registration.issuer)
                .collect();
            Ok(Opened {
                invitation,
                organisation,
                host,
                platform_origin: configuration.origin().ascii_serialization(),
                issuers,
            })
        })
        .await
}

fn find_open(connection: &mut Connection, secret: &str, now: DateTime<Utc>) -> Result<(Invitation, String)> {
    let invitation = match one_time::find_open(connection, Kind::Registration, secret, now)? {
        Ok(invitation) => invitation,
        Err(closed) => {
            let refused = refused(lti::Code::RegInvite, closed.as_str());
            let kind = Kind::Registration.as_str();
            return Err(
                match invitations::find_by_secret(connection, kind, &random::hash(secret))? {
                    Some(known) => refused.of_organisation(&known.organisation_id),
                    None => refused,
                },
            );
        }
    };
    let organisation = organisations::find(connection, &invitation.organisation_id)?
        .ok_or_else(|| refused(lti::Code::RegInvite, "the organisation is gone"))?;
    Ok((invitation, organisation.name))
}

async fn read_configuration(
    app: &App,
    visit: &Visit,
    opened: &Opened,
) -> Result<std::result::Result<PlatformConfiguration, ByHand>> {
    let now = app.clock().now();
    let token = visit.registration_token.as_deref();
    match platform::read_configuration(app.outbound(), &visit.openid_configuration, token, now).await {
        Ok(platform) => Ok(Ok(platform)),
        Err(error) => by_hand_or_error(opened, None, None, error_of(&error)).map(Err),
    }
}

async fn ask_platform(
    app: &App,
    platform: &PlatformConfiguration,
    token: Option<&str>,
) -> std::result::Result<Registered, Failed> {
    let request = registration_request(platform, app.public_url());
    let Some(endpoint) = platform.registration_endpoint.as_deref() else {
        let incomplete = refused(lti::Code::RegIncomplete, "registration_endpoint");
        return Err((incomplete, None));
    };
    platform::register(app.outbound(), endpoint, token, &request, app.clock().now())
        .await
        .map_err(|error| (error_of(&error), None))
}

async fn spend(app: &App, opened: &Opened) -> Result<()> {
    let now = app.clock().now().naive_utc();
    let (id, host) = (opened.invitation.id.clone(), opened.host.clone());
    app.db()
        .write(move |c| {
            let is_ours = invitations::bind_to_host(c, &id, &host)? && invitations::spend(c, &id, now)?;
            is_ours.then_some(()).ok_or_else(|| {
                refused(
                    lti::Code::RegInvite,
                    "somebody else used the invitation meanwhile",
                )
            })
        })
        .await
}

async fn give_back(app: &App, opened: &Opened) -> Result<()> {
    let before = opened.invitation.clone();
    app.db()
        .write(move |c| Ok(invitations::give_back(c, &before)?))
        .await
}

async fn keep(
    app: &App,
    opened: &Opened,
    configuration_url: &str,
    platform: &PlatformConfiguration,
    registered: Registered,
) -> std::result::Result<Done, Failed> {
    let client_id = registered.client_id.clone();
    let failed = |error: Error| (error, Some(client_id.clone()));
    let family = platform.product_family_code.as_deref();
    if registered.deployment_id.is_none() && !quirks(family).deployment_after_registration {
        return Err(failed(refused(lti::Code::RegIncomplete, "deployment_id")));
    }
    let now = app.clock().now();
    let new = registration_of(&opened.invitation, platform, &registered.client_id, now);
    let answer = Answer {
        reading: Reading {
            configuration_url: configuration_url.to_owned(),
            offer: platform.clone(),
            asked: StoredTool::of(&registration_request(platform, app.public_url())),
            stored: Some(registered.stored),
            management: None,
        },
        management: registered.management,
        deployment_id: registered.deployment_id.clone(),
    };
    let (ring, homes) = (app.clone(), vec![platform.issuer.clone()]);
    let (registration_id, is_update, taken) = app
        .db()
        .write(move |c| store(c, &ring, &homes, new, answer, now))
        .await
        .map_err(failed)?;
    app.outbound().forget(&registration_id);
    metrics::counter!("taynghe_registrations_total").increment(1);
    Ok(Done {
        organisation: opened.organisation.clone(),
        issuer: platform.issuer.clone(),
        platform_origin: opened.platform_origin.clone(),
        product_family: platform.product_family_code.clone().unwrap_or_default(),
        client_id: registered.client_id,
        deployment_id: registered.deployment_id.unwrap_or_default(),
        stored_otherwise: taken.stored_otherwise.clone(),
        update: is_update.then_some(taken),
    })
}

/// What a platform said and answered.
struct Answer {
    reading: Reading,
    management: Option<Management>,
    deployment_id: Option<String>,
}

/// Answers the registration's id, whether it was there before, and what differs then. Who registers proves nothing but
/// the invitation: new hosts of a known registration wait for its administrator.
fn store(
    connection: &mut Connection,
    app: &App,
    homes: &[String],
    new: Registration,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<(String, bool, Taken)> {
    let organisation_id = new.organisation_id.clone();
    let actor = Actor {
        source: Source::Registration,
        person_id: None,
    };
    let (registration, is_update) =
        match registrations::find_by_client(connection, &new.issuer, &new.client_id)? {
            Some(known) if known.organisation_id == organisation_id => (known, true),
            Some(_) => return Err(refused(lti::Code::RegTaken, "another organisation has it")),
            None => {
                registrations::insert(connection, &new)?;
                (new, false)
            }
        };
    let id = registration.id.clone();
    let homes: Vec<&str> = homes.iter().map(String::as_str).collect();
    let reading = Reading {
        management: registration_update::seal(app, &id, answer.management, &homes)?,
        ..answer.reading
    };
    let taken = registration_change::take(connection, &registration, &reading, &actor, now)?;
    if let Some(deployment_id) = &answer.deployment_id {
        let deployment = registration::deployment(&id, deployment_id, now);
        registrations::insert_deployment(connection, &deployment)?;
    }
    let action = if is_update {
        "registration.again"
    } else {
        "registration.add"
    };
    audit::note(connection, &organisation_id, None, action, &id, now)?;
    Ok((id, is_update, taken))
}

fn registration_of(
    invitation: &Invitation,
    platform: &PlatformConfiguration,
    client_id: &str,
    now: DateTime<Utc>,
) -> Registration {
    Registration {
        id: random::id(),
        organisation_id: invitation.organisation_id.clone(),
        invitation_id: Some(invitation.id.clone()),
        issuer: platform.issuer.clone(),
        client_id: client_id.to_owned(),
        auth_login_url: platform.authorization_endpoint.clone(),
        token_url: platform.token_endpoint.clone(),
        token_audience: platform.authorization_server.clone(),
        jwks_url: platform.jwks_uri.clone(),
        product_family: platform.product_family_code.clone().unwrap_or_default(),
        platform_name: String::new(),
        status: "active".to_owned(),
        created_at: now.naive_utc(),
        updated_at: now.naive_utc(),
        service_origins: String::new(),
    }
}

fn preview_of(opened: &Opened, platform: &PlatformConfiguration) -> Preview {
    Preview {
        organisation: opened.organisation.clone(),
        issuer: platform.issuer.clone(),
        platform_origin: opened.platform_origin.clone(),
        product_family: platform.product_family_code.clone().unwrap_or_default(),
        version: platform.version.clone().unwrap_or_default(),
        foreign_endpoints: platform
            .foreign_endpoints()
            .into_iter()
            .map(str::to_owned)
            .collect(),
        known: opened.issuers.contains(&platform.issuer),
        consent_missing: false,
    }
}

/// What lacks can be typed by hand; every other failure stays one.
fn by_hand_or_error(
    opened: &Opened,
    platform: Option<&PlatformConfiguration>,
    client_id: Option<String>,
    error: Error,
) -> Result<ByHand> {
    match error {
        Error::Refused(refusal) if refusal.code == Code::Lti(lti::Code::RegIncomplete) => Ok(ByHand {
            refusal,
            platform_origin: opened.platform_origin.clone(),
            issuer: platform.map(|platform| platform.issuer.clone()),
            client_id,
            auth_login_url: platform.map(|platform| platform.authorization_endpoint.clone()),
            token_url: platform.map(|platform| platform.token_endpoint.clone()),
            jwks_url: platform.map(|platform| platform.jwks_uri.clone()),
        }),
        other => Err(other),
    }
}

/// The refusal that a failed reading or registering is.
pub(crate) fn error_of(error: &RegistrationError) -> Error {
    match error {
        RegistrationError::Configuration(error) => refused(lti::Code::RegUrl, error.to_string()),
        RegistrationError::Request(error) if is_wrong_address(error) => {
            refused(lti::Code::RegUrl, error.to_string())
        }
        RegistrationError::Request(error) => refused(lti::Code::RegRefused, error.to_string()),
        RegistrationError::Refused(refusal) => refusal.clone().into(),
    }
}

fn is_wrong_address(error: &CallError) -> bool {
    matches!(error, CallError::BadAddress) || error.cause() == Some(Cause::AddressFilter)
}

fn host_of(address: &Url) -> Option<String> {
    let is_plain = address.username().is_empty() && address.password().is_none();
    let host = address
        .host_str()
        .filter(|host| !host.is_empty() && is_plain && matches!(address.scheme(), "http" | "https"))?;
    Some(match address.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

fn refused(code: lti::Code, detail: impl Into<String>) -> Error {
    Error::refused(Code::Lti(code), detail)
}

#[cfg(test)]
#[path = "invitation_tests.rs"]
mod tests;
