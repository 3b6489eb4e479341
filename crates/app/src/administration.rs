//! The administration of an organisation: sign-in by a one-time address, the
//! overview, and what may be done from it. Rights come from the organisation's
//! roles and are looked up each time; the session alone gives none.

use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection, administration as figures,
    invitations::{self, Invitation},
    kept_launches,
    organisations::{self, OrganisationRole},
    people::{self, Identity},
    refusals::{self, Refusal},
    registration_changes, registrations,
};

use crate::{
    App, Code, Error, Result,
    administrators::{self, Administrator},
    audit, invitation, key_report,
    one_time::{self, Kind},
    organisation,
    platform_check::{self, Verdict},
    random,
    registration::{self, Listed},
    session::{self, Role, Session, Visitor},
    sign_in::{self, Audience, SignedIn},
};

pub use storage::administration::{ColumnFindings, RecentLaunch};

/// How long an administrator's link is good.
pub const LINK_LIFETIME: Duration = Duration::hours(1);

/// How long a scale that was changed at the platform is counted.
const CHANGES_SHOWN: Duration = Duration::days(14);
const ADMINISTRATOR: &str = "administrator";
const LAUNCHES_SHOWN: i64 = 20;
const REFUSALS_SHOWN: i64 = 20;
const INVITATIONS_SHOWN: usize = 20;

/// What the button of a link's page brings.
pub struct SignIn {
    /// The secret in the address.
    pub secret: String,
    /// The value of the browser's cookie.
    pub browser_secret: Option<String>,
    /// Language tag of the reader.
    pub locale: String,
}

/// An organisation at a glance.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The administrator's session.
    pub session: Session,
    /// The registrations, newest first.
    pub registrations: Vec<Shown>,
    /// Who administers it.
    pub administrators: Vec<Administrator>,
    /// The newest invitations, newest first.
    pub invitations: Vec<ShownInvitation>,
    /// The newest launches, without names.
    pub launches: Vec<RecentLaunch>,
    /// The newest refusals: the organisation's, and those that named no platform we know.
    pub refusals: Vec<Refusal>,
    /// Which of them are kept and can be judged again, by id.
    pub kept_launches: Vec<String>,
    /// Grades by state of delivery.
    pub deliveries: Vec<(String, i64)>,
    /// What the daily look at the platforms' columns found.
    pub columns: ColumnFindings,
    /// Whether one of its platforms refuses our new key.
    pub key_refused: bool,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// A registration in the overview.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Registration and deployments.
    pub listed: Listed,
    /// When somebody last opened an activity from it.
    pub last_launch: Option<DateTime<Utc>>,
    /// True when changes of the platform wait for the administrator.
    pub waiting: bool,
    /// What the last health check came to, and when; `None` before the first.
    pub checked: Option<(Verdict, DateTime<Utc>)>,
}

/// An invitation in the overview.
#[derive(Debug, Clone)]
pub struct ShownInvitation {
    /// The row; of the secret only the hash is known.
    pub invitation: Invitation,
    /// Whether it still opens anything.
    pub state: InvitationState,
}

/// Whether an invitation still opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    /// It does.
    Open,
    /// A platform was registered with it.
    Used,
    /// Its time is over.
    Expired,
}

/// Makes a one-time sign-in address for an administrator of the organisation.
///
/// # Errors
/// When the database fails, or `WEB-FORM` for a name that is none.
pub async fn link(app: &App, organisation: Option<String>) -> Result<String> {
    let now = app.clock().now();
    let issued = app
        .db()
        .write(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let issued = one_time::issue(c, &organisation.id, Kind::Administrator, None, LINK_LIFETIME, now)?;
            audit::note(c, &organisation.id, None, "administrator.link", &issued.id, now)?;
            Ok::<_, Error>(issued)
        })
        .await?;
    Ok(app.address(&format!("/administration/{}", issued.secret)))
}

/// The name of the organisation that an unspent link opens. The link stays unspent.
///
/// # Errors
/// `WEB-LINK`.
pub async fn look(app: &App, secret: String) -> Result<String> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let invitation = find_link(c, &secret, now)?;
            let organisation = organisations::find(c, &invitation.organisation_id)?;
            Ok(organisation
                .map(|organisation| organisation.name)
                .unwrap_or_default())
        })
        .await
}

/// Spends the link: makes a person with the role of an administrator, and a session in this browser.
///
/// # Errors
/// `WEB-LINK`; nothing is stored then.
pub async fn sign_in(app: &App, request: SignIn) -> Result<SignedIn> {
    let now = app.clock().now();
    let SignIn {
        secret,
        browser_secret,
        locale,
    } = request;
    let (browser_secret, opening) = sign_in::opening(app, browser_secret.as_deref(), locale);
    let session_id = app
        .db()
        .write(move |c| {
            let invitation = find_link(c, &secret, now)?;
            if !invitations::spend(c, &invitation.id, now.naive_utc())? {
                return Err(Error::refused(Code::Link, "the address was used before"));
            }
            let identity = make_administrator(c, &invitation, now)?;
            let session = sign_in::open(c, &invitation.organisation_id, &identity, opening)?;
            let (organisation_id, person_id) = (&invitation.organisation_id, identity.person_id.as_str());
            audit::note(
                c,
                organisation_id,
                Some(person_id),
                "administrator.sign-in",
                &invitation.id,
                now,
            )?;
            Ok(session)
        })
        .await?;
    Ok(SignedIn {
        session_id,
        browser_secret,
        audience: Audience::Administrators,
    })
}

/// The organisation at a glance.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn overview(app: &App, visitor: Visitor) -> Result<Overview> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            demand_administrator(c, &session)?;
            overview_of(c, session, now)
        })
        .await
}

/// Makes an invitation; answers its address, which is not stored. `host` may be a whole address or empty.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-FORM` when `host` is none.
pub async fn invite(app: &App, visitor: Visitor, host: String) -> Result<String> {
    let now = app.clock().now();
    let secret = app
        .db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let host = invitation::normal_host(&host)?;
            invitation::issue(c, &session.organisation_id, Some(&session.person_id), host, now)
        })
        .await?;
    Ok(invitation::address(app, &secret))
}

/// Withdraws an unspent invitation.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` when the organisation has no such unspent invitation.
pub async fn withdraw(app: &App, visitor: Visitor, id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            if !invitations::withdraw(c, &session.organisation_id, &id)? {
                return Err(session.refused(Code::NotFound, "no such open invitation"));
            }
            let person_id = Some(session.person_id.as_str());
            audit::note(
                c,
                &session.organisation_id,
                person_id,
                "invitation.withdraw",
                &id,
                now,
            )
        })
        .await
}

/// Refuses a registration's launches from now on, or accepts them again.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn set_active(app: &App, visitor: Visitor, id: String, active: bool) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let person_id = Some(session.person_id.as_str());
            registration::switch(c, &session.organisation_id, person_id, &id, active, now)
        })
        .await
}

/// Accepts another deployment of a registration.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`; `WEB-FORM` for an id that is none.
pub async fn add_deployment(app: &App, visitor: Visitor, id: String, deployment_id: String) -> Result<()> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = administrator(c, &visitor, now)?;
            let deployment_id = deployment_id.trim();
            if deployment_id.is_empty()
                || deployment_id.len() > 255
                || deployment_id.contains(char::is_control)
            {
                return Err(session.refused(Code::Form, "a deployment id has 1 to 255 characters"));
            }
            let listed = find(c, &session, &id)?;
            let deployment = registration::deployment(&listed.registration.id, deployment_id, now);
            registrations::insert_deployment(c, &deployment)?;
            let person_id = Some(session.person_id.as_str());
            audit::note(c, &session.organisation_id, person_id, "deployment.add", &id, now)
        })
        .await
}

/// Whoever may change something.
pub(crate) fn administrator(
    connection: &mut Connection,
    visitor: &Visitor,
    now: DateTime<Utc>,
) -> Result<Session> {
    let session = session::resolve_for_change(connection, visitor, now)?;
    demand_administrator(connection, &session)?;
    Ok(session)
}

/// Refuses everybody who does not hold the role now.
pub(crate) fn demand_administrator(connection: &mut Connection, session: &Session) -> Result<()> {
    session.require(Role::Administrator)?;
    if organisations::holds_role(
        connection,
        &session.organisation_id,
        &session.person_id,
        ADMINISTRATOR,
    )? {
        return Ok(());
    }
    Err(session.refused(Code::Forbidden, "the role was taken away"))
}

fn find(connection: &mut Connection, session: &Session, id: &str) -> Result<Listed> {
    let registration = registration::owned(connection, session, id)?;
    registration::listed(connection, registration)
}

fn find_link(connection: &mut Connection, secret: &str, now: DateTime<Utc>) -> Result<Invitation> {
    one_time::find_open(connection, Kind::Administrator, secret, now)?
        .map_err(|closed| Error::refused(Code::Link, closed.as_str()))
}

fn make_administrator(
    connection: &mut Connection,
    invitation: &Invitation,
    now: DateTime<Utc>,
) -> Result<Identity> {
    let new = Identity {
        id: random::id(),
        person_id: random::id(),
        kind: ADMINISTRATOR.to_owned(),
        registration_id: None,
        subject: invitation.id.clone(),
        name: None,
        given_name: None,
        family_name: None,
        email: None,
        sourced_id: None,
        created_at: now.naive_utc(),
        seen_at: now.naive_utc(),
    };
    let identity = people::insert(connection, &new)?
        .ok_or_else(|| Error::Internal("an administrator's identity was there before".to_owned()))?;
    let role = OrganisationRole {
        organisation_id: invitation.organisation_id.clone(),
        person_id: identity.person_id.clone(),
        role: ADMINISTRATOR.to_owned(),
        granted_at: now.naive_utc(),
    };
    organisations::grant(connection, &role)?;
    Ok(identity)
}

fn overview_of(connection: &mut Connection, session: Session, now: DateTime<Utc>) -> Result<Overview> {
    let organisation_id = session.organisation_id.clone();
    let last_launches = figures::last_launches(connection, &organisation_id)?;
    let waiting = registration_changes::list_waiting(connection, &organisation_id)?;
    let checked = platform_check::verdicts(connection, &organisation_id)?;
    let mut shown = Vec::new();
    for registration in registrations::list(connection, &organisation_id)? {
        let check = checked.iter().find(|(id, ..)| *id == registration.id);
        let last_launch = last_launches.iter().find(|(id, _)| *id == registration.id);
        shown.push(Shown {
            last_launch: last_launch.map(|(_, at)| at.and_utc()),
            waiting: waiting
                .iter()
                .any(|change| change.registration_id == registration.id),
            checked: check.map(|(_, verdict, at)| (*verdict, *at)),
            listed: registration::listed(connection, registration)?,
        });
    }
    let invited = invitations::list(connection, &organisation_id, Kind::Registration.as_str())?;
    let refused = refusals::list(connection, &organisation_id, REFUSALS_SHOWN)?;
    let trace_ids: Vec<&str> = refused.iter().map(|refusal| refusal.id.as_str()).collect();
    Ok(Overview {
        registrations: shown,
        administrators: administrators::list_of(connection, &organisation_id)?,
        invitations: invited
            .into_iter()
            .take(INVITATIONS_SHOWN)
            .map(|invitation| ShownInvitation {
                state: state_of(&invitation, now),
                invitation,
            })
            .collect(),
        launches: figures::recent_launches(connection, &organisation_id, LAUNCHES_SHOWN)?,
        kept_launches: kept_launches::known(connection, &trace_ids)?,
        refusals: refused,
        deliveries: figures::count_deliveries(connection, &organisation_id)?,
        columns: figures::count_column_findings(
            connection,
            &organisation_id,
            (now - CHANGES_SHOWN).naive_utc(),
        )?,
        key_refused: key_report::is_refused(connection, &organisation_id, now)?,
        session,
        now,
    })
}

fn state_of(invitation: &Invitation, now: DateTime<Utc>) -> InvitationState {
    match invitation.used_at {
        Some(_) => InvitationState::Used,
        None if invitation.expires_at <= now.naive_utc() => InvitationState::Expired,
        None => InvitationState::Open,
    }
}
