//! Launches that came without the cookie of their state. The token is verified
//! at once, because it lives a minute only, and the launch is parked; the
//! browser proves itself by a secret that only its own storage (or the
//! platform's page around it) holds, drawn and written there at the login.
//! What is proven is opened in a window of our own by a one-use ticket, since
//! without the cookie no page is served in the frame.
//!
//! The parked row is all that is kept until then, for at most five minutes.

use chrono::{DateTime, Duration, Utc};
use lti::{keys::PlatformKey, launch_message::LaunchMessage};
use storage::{
    Connection, logins,
    parked_launches::{self, ParkedLaunch},
    registrations::{self, Registration},
};

use crate::{
    App, Code, Error, Result, kept_launch,
    launch::{self, Accepted, Begun, Destination, Post, platform_origins},
    launch_way::{self, Way},
    login, random,
};

/// How long a browser may take to prove itself and to open the window.
pub const LIFETIME: Duration = Duration::minutes(5);
/// How long a ticket is good.
pub const TICKET_LIFETIME: Duration = Duration::seconds(60);

/// A launch that waits for its browser.
#[derive(Debug, Clone)]
pub struct Parked {
    /// Names the launch; proves nothing.
    pub id: String,
    /// Under which key the browser's storage has the secret.
    pub storage_key: String,
    /// The platform's storage, when the initiation offered it.
    pub platform_storage: Option<PlatformStorage>,
    /// Who may frame the page.
    pub platform_origins: Vec<String>,
}

/// The platform's page that stores for us (platform storage 0.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformStorage {
    /// `_parent`, or the name of a frame.
    pub target: String,
    /// The origin of the registration's authorization endpoint: the only one that is written to and believed.
    pub origin: String,
}

/// What the page after the post brings.
#[derive(Clone, Default)]
pub struct Proof {
    /// Which launch.
    pub parked_id: String,
    /// What the storage held; empty when nothing was found.
    pub secret: String,
    /// Where it was found: `storage-handshake` or `storage-of-platform`. Only counted.
    pub way: String,
    /// All cookies of the request: the state's own one may flow again.
    pub cookies: Vec<(String, String)>,
    /// The value of our browser cookie.
    pub browser_secret: Option<String>,
}

/// Leaves out what proves it.
impl std::fmt::Debug for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proof").finish_non_exhaustive()
    }
}

/// How a proven launch goes on.
#[derive(Debug, Clone)]
pub enum Proven {
    /// Cookies flow again: in the frame.
    Here(Accepted),
    /// In a window of our own.
    Window(Ticket),
}

/// What opens a proven launch, once.
#[derive(Clone)]
pub struct Ticket {
    /// Posted by our own page only; never in an address.
    pub secret: String,
    /// Who may frame the page that holds it.
    pub platform_origins: Vec<String>,
    /// Where forms of that page may lead, when a picker comes back to it.
    pub form_targets: Vec<String>,
}

/// Leaves out the secret.
impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ticket").finish_non_exhaustive()
    }
}

/// Where a registration's page stores for us, when the initiation named a frame.
pub(crate) fn platform_storage(
    registration: &Registration,
    target: Option<&String>,
) -> Option<PlatformStorage> {
    Some(PlatformStorage {
        target: target?.clone(),
        origin: lti::origin::origin(&registration.auth_login_url)?,
    })
}

/// Whether the cookies hold the one that was set with the state.
pub(crate) fn holds_cookie(cookies: &[(String, String)], name: &str, hash: &str) -> bool {
    cookies
        .iter()
        .any(|(known, value)| known == name && random::hash(value) == hash)
}

/// Parks a verified launch whose post brought no cookie, when its login left a secret in the browser.
///
/// # Errors
/// `LTI-STA-BROWSER` when it left none: then nothing could ever prove the browser. `LTI-STA-INVALID`
/// when another post was faster, `LTI-DEP-…`.
pub(crate) async fn park(
    app: &App,
    post: &Post,
    begun: Begun,
    message: LaunchMessage,
    key: &PlatformKey,
) -> Result<Parked> {
    let state = post.state.as_deref().unwrap_or_default();
    let Some(storage_hash) = begun.login.storage_hash.clone() else {
        return Err(refuse(app, &begun.registration, &message.deployment_id).await?);
    };
    let now = app.clock().now();
    let registration = begun.registration.clone();
    let cookie_name = login::state_cookie_name(state);
    let parked = Parked {
        id: random::id(),
        storage_key: login::storage_key(state),
        platform_storage: platform_storage(&registration, begun.login.storage_target.as_ref()),
        platform_origins: platform_origins(&registration),
    };
    let id = parked.id.clone();
    let token = post.id_token.as_deref().unwrap_or_default();
    let evidence = kept_launch::of_parked(&begun.login, token, key.thumbprint(), now)?;
    app.db()
        .write(move |c| {
            parked_launches::tidy(c, now.naive_utc())?;
            logins::consume(c, &begun.login.id)?
                .ok_or_else(|| refused(lti::Code::StaInvalid, "the state was used before"))?;
            let deployment = launch::find_deployment(c, &begun.registration, &message.deployment_id)?;
            let row = ParkedLaunch {
                id,
                deployment_id: deployment.id,
                registration_id: begun.registration.id,
                cookie_name,
                cookie_hash: begun.login.cookie_hash,
                storage_hash,
                message: serde_json::to_string(&message)
                    .map_err(|error| Error::Internal(error.to_string()))?,
                proven_by: String::new(),
                ticket_hash: None,
                ticket_expires_at: None,
                created_at: now.naive_utc(),
                expires_at: (now + LIFETIME).naive_utc(),
                evidence,
            };
            Ok(parked_launches::insert(c, &row)?)
        })
        .await
        .map_err(|error: Error| error.of_registration(&registration))?;
    Ok(parked)
}

// A verified token: only the platform's own launches are counted.
async fn refuse(app: &App, registration: &Registration, deployment: &str) -> Result<Error> {
    let now = app.clock().now();
    let (id, deployment) = (registration.id.clone(), deployment.to_owned());
    app.db()
        .write::<_, Error>(
            move |c| match registrations::find_deployment(c, &id, &deployment)? {
                Some(deployment) => launch_way::count(c, &deployment.id, Way::Refused, now),
                None => Ok(()),
            },
        )
        .await?;
    let error = refused(
        lti::Code::StaBrowser,
        "the post came without the cookie of its state",
    );
    Ok(error.of_registration(registration))
}

/// Judges what the browser's storage held. The right secret gives a ticket; the state's cookie, when it
/// flows again, opens the launch at once.
///
/// # Errors
/// `LTI-STA-INVALID` when no such launch waits; `LTI-STA-BROWSER` when nothing proves the browser: the
/// launch is thrown away then. `LTI-LOG-DISABLED`, and those of recording a launch.
pub async fn prove(app: &App, proof: Proof) -> Result<Proven> {
    let now = app.clock().now();
    let is_new = proof.browser_secret.is_none();
    let browser_secret = proof.browser_secret.clone().unwrap_or_else(random::secret);
    let ticket = random::secret();
    let opening = Opening {
        browser_secret_hash: random::hash(&browser_secret),
        now,
        until: now + app.session_lifetime(),
    };
    let ticket_hash = random::hash(&ticket);
    let judged = app
        .db()
        .write(move |c| judge(c, &proof, &ticket_hash, &opening))
        .await?;
    match judged {
        Judged::Here(opened) => Ok(Proven::Here(accepted(opened, is_new.then_some(browser_secret)))),
        Judged::Ticket(registration) => Ok(Proven::Window(ticket_of(ticket, &registration))),
        Judged::Refused(error) => Err(error),
    }
}

// That nothing proved the browser is written down: the launch is gone and counted, so the closure must not fail.
enum Judged {
    Here(Opened),
    Ticket(Registration),
    Refused(Error),
}

fn judge(connection: &mut Connection, proof: &Proof, ticket_hash: &str, opening: &Opening) -> Result<Judged> {
    let now = opening.now;
    let parked = parked_launches::get(connection, &proof.parked_id, now.naive_utc())?
        .ok_or_else(|| refused(lti::Code::StaInvalid, "no such launch waits"))?;
    let registration = active_registration(connection, &parked, now)?;
    if holds_cookie(&proof.cookies, &parked.cookie_name, &parked.cookie_hash) {
        take(connection, &parked, lti::Code::StaInvalid)?;
        return Ok(Judged::Here(open(
            connection,
            registration,
            parked,
            opening,
            Way::StorageAccess,
        )?));
    }
    if proof.secret.is_empty() || random::hash(&proof.secret) != parked.storage_hash {
        take(connection, &parked, lti::Code::StaInvalid)?;
        launch_way::count(connection, &parked.deployment_id, Way::Refused, now)?;
        let error = refused(
            lti::Code::StaBrowser,
            "neither cookie nor storage of this browser knows the state",
        );
        let error = error.of_registration(&registration);
        return Ok(Judged::Refused(kept_launch::attach_parked(
            connection, &parked, error, now,
        )));
    }
    let way = match Way::parse(&proof.way) {
        Some(Way::PlatformStorage) => Way::PlatformStorage,
        _ => Way::StorageHandshake,
    };
    give_ticket(connection, &parked, way.as_str(), ticket_hash, now)?;
    Ok(Judged::Ticket(registration))
}

/// A new ticket for one that still is good: readers may take their time, tickets may not.
///
/// # Errors
/// `LTI-STA-TICKET`.
pub async fn renew(app: &App, ticket: String) -> Result<Ticket> {
    let now = app.clock().now();
    let fresh = random::secret();
    let fresh_hash = random::hash(&fresh);
    let registration = app
        .db()
        .write(move |c| {
            let parked = find_by_ticket(c, &ticket, now)?;
            let registration = active_registration(c, &parked, now)?;
            give_ticket(c, &parked, &parked.proven_by, &fresh_hash, now)?;
            Ok::<_, Error>(registration)
        })
        .await?;
    Ok(ticket_of(fresh, &registration))
}

/// Opens the launch of a ticket, in the browser that posts it from a page of ours.
///
/// # Errors
/// `LTI-STA-TICKET` when it is unknown, used or late; `LTI-LOG-DISABLED`, and those of recording a launch.
pub async fn redeem(app: &App, ticket: String, browser_secret: Option<String>) -> Result<Accepted> {
    let now = app.clock().now();
    let is_new = browser_secret.is_none();
    let browser_secret = browser_secret.unwrap_or_else(random::secret);
    let opening = Opening {
        browser_secret_hash: random::hash(&browser_secret),
        now,
        until: now + app.session_lifetime(),
    };
    let opened = app
        .db()
        .write(move |c| {
            let parked = find_by_ticket(c, &ticket, now)?;
            let registration = active_registration(c, &parked, now)?;
            take(c, &parked, lti::Code::StaTicket)?;
            let way = Way::parse(&parked.proven_by).unwrap_or(Way::StorageHandshake);
            open(c, registration, parked, &opening, way)
        })
        .await?;
    Ok(accepted(opened, is_new.then_some(browser_secret)))
}

// For which browser, and when.
struct Opening {
    browser_secret_hash: String,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
}

struct Opened {
    registration: Registration,
    session_id: String,
    destination: Destination,
    spent_cookie: String,
}

fn open(
    connection: &mut Connection,
    registration: Registration,
    parked: ParkedLaunch,
    opening: &Opening,
    way: Way,
) -> Result<Opened> {
    let message: LaunchMessage =
        serde_json::from_str(&parked.message).map_err(|error| Error::Internal(error.to_string()))?;
    let recorded = launch::record(
        connection,
        &registration,
        &message,
        &opening.browser_secret_hash,
        opening.now.naive_utc(),
        opening.until.naive_utc(),
        way,
    );
    let (session_id, destination) = recorded.map_err(|error| {
        let error = error.of_registration(&registration);
        kept_launch::attach_parked(connection, &parked, error, opening.now)
    })?;
    kept_launch::keep_wanted_parked(connection, &parked, opening.now)?;
    Ok(Opened {
        registration,
        session_id,
        destination,
        spent_cookie: parked.cookie_name,
    })
}

fn accepted(opened: Opened, new_browser_secret: Option<String>) -> Accepted {
    metrics::counter!("taynghe_launches_total").increment(1);
    Accepted {
        session_id: opened.session_id,
        destination: opened.destination,
        new_browser_secret,
        spent_cookie: opened.spent_cookie,
        platform_origins: platform_origins(&opened.registration),
    }
}

fn ticket_of(secret: String, registration: &Registration) -> Ticket {
    Ticket {
        secret,
        platform_origins: platform_origins(registration),
        form_targets: login::form_targets(registration),
    }
}

fn find_by_ticket(connection: &mut Connection, ticket: &str, now: DateTime<Utc>) -> Result<ParkedLaunch> {
    parked_launches::find_by_ticket(connection, &random::hash(ticket), now.naive_utc())?
        .ok_or_else(|| refused(lti::Code::StaTicket, "the ticket is unknown, used or late"))
}

fn give_ticket(
    connection: &mut Connection,
    parked: &ParkedLaunch,
    proven_by: &str,
    ticket_hash: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let until = (now + TICKET_LIFETIME).naive_utc().min(parked.expires_at);
    if parked_launches::set_ticket(connection, &parked.id, proven_by, ticket_hash, until)? {
        return Ok(());
    }
    Err(refused(lti::Code::StaInvalid, "the launch was opened meanwhile"))
}

// Of two at once exactly one gets it.
fn take(connection: &mut Connection, parked: &ParkedLaunch, code: lti::Code) -> Result<()> {
    if parked_launches::consume(connection, &parked.id)? {
        return Ok(());
    }
    Err(refused(code, "the launch was opened before"))
}

fn active_registration(
    connection: &mut Connection,
    parked: &ParkedLaunch,
    now: DateTime<Utc>,
) -> Result<Registration> {
    let registration = registrations::get(connection, &parked.registration_id)?
        .ok_or_else(|| refused(lti::Code::StaInvalid, "the registration is gone"))?;
    if registration.status == "active" {
        return Ok(registration);
    }
    let error =
        refused(lti::Code::LogDisabled, "the registration is disabled").of_registration(&registration);
    Err(kept_launch::attach_parked(connection, parked, error, now))
}

fn refused(code: lti::Code, detail: &str) -> Error {
    Error::refused(Code::Lti(code), detail)
}
