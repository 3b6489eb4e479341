//! What administrators are told about our keys: their state and age, which
//! platform is served with which, and who has to mend what. Only reads.

use chrono::{DateTime, Duration, Utc};
use storage::{
    Connection,
    key_drills::{self, KeyDrill},
    organisations, platform_key_sets,
    registrations::Registration,
    tool_keys,
};

use crate::{
    App, Code, Result, administration, key_rotation,
    key_rotation::{Begun, By, OVERLAP},
    keys,
    session::{self, Session, Visitor},
};

/// How long a person waits for the platforms before the page comes all the same; the loop goes on.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(12);

/// Our keys and the platforms, as they stand.
#[derive(Debug, Clone)]
pub struct Report {
    /// Newest first.
    pub keys: Vec<Key>,
    /// Newest registration first.
    pub platforms: Vec<Platform>,
    /// When the next key is made by itself; `None` while one comes or goes, or when that is switched off.
    pub next_at: Option<DateTime<Utc>>,
    /// After how long a key is replaced by itself.
    pub lifetime: Option<Duration>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// One of our keys.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its id in our key set.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// For how many active platforms it signs.
    pub platforms: usize,
}

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In our key set, being proven.
    Published,
    /// It signs, since then.
    Signing(DateTime<Utc>),
    /// Still in our key set, until then at least.
    Retiring(DateTime<Utc>),
}

impl State {
    /// For scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => tool_keys::PUBLISHED,
            Self::Signing(_) => tool_keys::SIGNING,
            Self::Retiring(_) => tool_keys::RETIRING,
        }
    }
}

/// One platform.
#[derive(Debug, Clone)]
pub struct Platform {
    /// Which one.
    pub registration: Registration,
    /// The id of the key that signs for it.
    pub key_id: String,
    /// Whether it accepts the newest key.
    pub acceptance: Acceptance,
    /// The platform's reason in English; may be empty.
    pub detail: String,
    /// When it was asked last.
    pub tried_at: Option<DateTime<Utc>>,
    /// When its own key set was last read in good order.
    pub key_set_at: Option<DateTime<Utc>>,
}

/// Whether a platform accepts the newest key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Nobody asked: it is our only key.
    Only,
    /// It does, since then.
    Proven(DateTime<Utc>),
    /// It was not asked yet.
    Waiting,
    /// It does not; it still accepts the old one.
    Refused,
    /// It accepts no key of ours.
    RefusedBoth,
    /// It does not answer.
    Unreachable,
    /// Its registration is switched off: it is not asked.
    Off,
}

impl Acceptance {
    /// For scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Proven(_) => "proven",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::RefusedBoth => "refused-both",
            Self::Unreachable => "unreachable",
            Self::Off => "off",
        }
    }

    /// True when the new key has to wait for this platform.
    pub fn holds_up(self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Refused | Self::RefusedBoth | Self::Unreachable
        )
    }
}

impl Report {
    /// The key that signs.
    pub fn signing(&self) -> Option<&Key> {
        let mut keys = self.keys.iter();
        keys.find(|key| matches!(key.state, State::Signing(_)))
    }

    /// The platforms that have not accepted the newest key.
    pub fn held_up_by(&self) -> impl Iterator<Item = &Platform> {
        let platforms = self.platforms.iter();
        platforms.filter(|platform| platform.acceptance.holds_up())
    }
}

/// The administration page about keys.
#[derive(Debug, Clone)]
pub struct Page {
    /// The administrator's session.
    pub session: Session,
    /// With the platforms of the session's organisation only.
    pub report: Report,
    /// How many platforms of other organisations have not accepted the newest key.
    pub others: usize,
    /// Whether this administrator may ask for a new key.
    pub may_rotate: bool,
}

/// All platforms of all organisations: for the command line.
///
/// # Errors
/// When the database fails.
pub async fn report(app: &App) -> Result<Report> {
    let (now, lifetime) = (app.clock().now(), app.key_lifetime());
    app.db().read(move |c| read(c, lifetime, now)).await
}

/// What an administrator sees.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn page(app: &App, visitor: Visitor) -> Result<Page> {
    let (now, lifetime) = (app.clock().now(), app.key_lifetime());
    app.db()
        .read(move |c| {
            let session = session::resolve(c, &visitor, now)?;
            administration::demand_administrator(c, &session)?;
            let mut report = read(c, lifetime, now)?;
            let is_own =
                |platform: &Platform| platform.registration.organisation_id == session.organisation_id;
            let others = report.held_up_by().filter(|platform| !is_own(platform)).count();
            report.platforms.retain(is_own);
            Ok(Page {
                may_rotate: may_rotate(c, &session)?,
                session,
                report,
                others,
            })
        })
        .await
}

/// An administrator wants a new key, or the platforms asked again. The keys are the whole service's: a new one is made
/// for administrators of the first organisation only; whoever mended a platform may have it asked again.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn rotate(app: &App, visitor: Visitor) -> Result<Option<Begun>> {
    let now = app.clock().now();
    let by = app
        .db()
        .read(move |c| {
            let session = administration::administrator(c, &visitor, now)?;
            if may_rotate(c, &session)? {
                return Ok(Some(By::Person {
                    organisation_id: session.organisation_id.clone(),
                    person_id: session.person_id.clone(),
                }));
            }
            match read(c, None, now)?.held_up_by().next() {
                Some(_) => Ok(None),
                None => {
                    let why = "only the first organisation's administrators make a new key";
                    Err(session.refused(Code::Forbidden, why))
                }
            }
        })
        .await?;
    let wish = async {
        match by {
            Some(by) => key_rotation::rotate(app, by).await,
            None => key_rotation::ask_again(app).await.map(|()| Begun::UnderWay),
        }
    };
    match tokio::time::timeout(PATIENCE, wish).await {
        Ok(begun) => begun.map(Some),
        Err(_elapsed) => Ok(None),
    }
}

fn may_rotate(connection: &mut Connection, session: &Session) -> Result<bool> {
    let first = organisations::first(connection)?;
    Ok(first.is_some_and(|first| first.id == session.organisation_id))
}

/// Whether a platform of the organisation refuses our newest key: somebody has to mend something.
pub(crate) fn is_refused(
    connection: &mut Connection,
    organisation_id: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let refused = |platform: &Platform| {
        platform.registration.organisation_id == organisation_id
            && matches!(platform.acceptance, Acceptance::Refused | Acceptance::RefusedBoth)
    };
    Ok(read(connection, None, now)?.platforms.iter().any(refused))
}

/// How one registration's platform stands to our keys.
pub(crate) fn platform_of(
    connection: &mut Connection,
    registration_id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Platform>> {
    let platforms = read(connection, None, now)?.platforms.into_iter();
    let mut own = platforms.filter(|platform| platform.registration.id == registration_id);
    Ok(own.next())
}

fn read(connection: &mut Connection, lifetime: Option<Duration>, now: DateTime<Utc>) -> Result<Report> {
    let stored = tool_keys::list(connection)?;
    let drills = key_drills::list(connection)?;
    let ages = platform_key_sets::list_ages(connection)?;
    let platforms: Vec<Platform> = key_drills::list_registrations(connection)?
        .into_iter()
        .map(|registration| {
            let own = |drill: &&KeyDrill| drill.registration_id == registration.id;
            let age = ages.iter().find(|(id, _)| *id == registration.id);
            platform(
                &stored,
                drills.iter().filter(own),
                age.map(|(_, at)| at.and_utc()),
                &registration,
            )
        })
        .collect();
    Ok(Report {
        keys: stored.iter().map(|key| shown(key, &platforms)).collect(),
        next_at: key_rotation::next_rotation(&stored, lifetime),
        platforms,
        lifetime,
        now,
    })
}

fn platform<'a>(
    stored: &[tool_keys::ToolKey],
    drills: impl Iterator<Item = &'a KeyDrill>,
    key_set_at: Option<DateTime<Utc>>,
    registration: &Registration,
) -> Platform {
    let drills: Vec<&KeyDrill> = drills.collect();
    let proven: Vec<String> = drills
        .iter()
        .filter(|drill| drill.proven_at.is_some())
        .map(|drill| drill.tool_key_id.clone())
        .collect();
    let newest = stored.first().map(|key| key.id.as_str());
    let drill = drills
        .iter()
        .find(|drill| Some(drill.tool_key_id.as_str()) == newest);
    let acceptance = match drill {
        _ if registration.status != "active" => Acceptance::Off,
        None if stored.len() < 2 => Acceptance::Only,
        None => Acceptance::Waiting,
        Some(drill) => match (drill.proven_at, drill.result.as_str()) {
            (Some(at), _) => Acceptance::Proven(at.and_utc()),
            (None, "refused") => Acceptance::Refused,
            (None, "refused-both") => Acceptance::RefusedBoth,
            (None, "unreachable") => Acceptance::Unreachable,
            (None, _) => Acceptance::Waiting,
        },
    };
    Platform {
        key_id: keys::choose(stored, &proven)
            .map(|key| key.id.clone())
            .unwrap_or_default(),
        acceptance,
        detail: drill.map(|drill| drill.detail.clone()).unwrap_or_default(),
        tried_at: drill.and_then(|drill| drill.tried_at).map(|at| at.and_utc()),
        key_set_at,
        registration: registration.clone(),
    }
}

fn shown(key: &tool_keys::ToolKey, platforms: &[Platform]) -> Key {
    let created_at = key.created_at.and_utc();
    let served = |platform: &&Platform| platform.key_id == key.id && platform.acceptance != Acceptance::Off;
    Key {
        id: key.id.clone(),
        state: match key.state.as_str() {
            tool_keys::PUBLISHED => State::Published,
            tool_keys::SIGNING => State::Signing(key.signing_at.map_or(created_at, |at| at.and_utc())),
            _ => State::Retiring(key.retired_at.map_or(created_at, |at| at.and_utc()) + OVERLAP),
        },
        created_at,
        platforms: platforms.iter().filter(served).count(),
    }
}
