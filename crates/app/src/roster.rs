//! The member list of a context, as the platform tells it (NRPS), and who of
//! them may open an activity (`rlid`). Lists are read in the background and
//! kept; a page shows how old its one is, and why a newer one did not come.
//!
//! Left out on purpose: filters by role. Platforms lose them on the next page
//! (Moodle), and some call teachers learners.

mod keep;

use chrono::{DateTime, TimeDelta, Utc};
use lti::nrps::Member;
use outbound::{CallError, Caller, memberships};
use storage::{
    Connection, Timestamp,
    contexts::{self, Context, ResourceLink},
    jobs,
    registrations::{self, Registration},
    rosters,
};

use crate::{
    App, Code, Error, Result, gradebook, random, service,
    session::{Role, Session, Visitor, resolve_for_change},
};

/// How old a list may be before an instructor's visit has it read again.
const FRESH: TimeDelta = TimeDelta::minutes(10);
/// The same for everybody else's.
const FRESH_ENOUGH: TimeDelta = TimeDelta::hours(1);
/// How old a list becomes where nobody comes.
const DAY: TimeDelta = TimeDelta::hours(24);
/// How long after its last launch a context's list is still read.
const USED: TimeDelta = TimeDelta::days(30);
/// How long after a reading the button does nothing.
const PRESSED: TimeDelta = TimeDelta::minutes(1);
/// How long a lease of the button holds.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// Of how many activities of a context it is read who may open them.
const MOST_LINKS: i64 = 20;
/// How many contexts one round of planning looks at.
const MOST_CONTEXTS: i64 = 200;

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    /// The platform.
    #[error(transparent)]
    Call(#[from] CallError),
    /// We ourselves.
    #[error(transparent)]
    App(#[from] Error),
}

/// What pressing "read it now" did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// The list was read.
    Read,
    /// It was read or asked for a moment ago.
    JustNow,
    /// It takes longer and goes on by itself.
    UnderWay,
    /// It could not be read; the gradebook says why.
    Failed,
}

impl Failed {
    /// One word that is stored, and that pages have a sentence for.
    pub(crate) fn problem(&self) -> &'static str {
        let Self::Call(error) = self else { return "other" };
        match error {
            CallError::Status { status: 429, .. } => "throttled",
            CallError::Status {
                status: 404 | 410, ..
            } => "gone",
            error if error.retryable() => "unreachable",
            error => match error.code() {
                lti::Code::SvcScope => "scope",
                lti::Code::SvcOrigin => "origin",
                lti::Code::SvcRefused => "refused",
                lti::Code::SvcUnreachable => "unreachable",
                _ => "other",
            },
        }
    }

    /// Whether the same may succeed soon without anybody doing anything about it.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Call(error) => error.retryable(),
            Self::App(_) => true,
        }
    }

    /// The time before which the platform does not want to hear from us again.
    pub(crate) fn retry_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Call(error) => error.retry_at(),
            Self::App(_) => None,
        }
    }
}

/// Asks for the list to be read soon, when the platform shares it and ours is
/// old for a visitor of that role.
pub(crate) fn want(connection: &mut Connection, context: &Context, role: Role, now: Timestamp) -> Result<()> {
    if context.memberships_url.is_none() {
        return Ok(());
    }
    let patience = match role {
        Role::Instructor => FRESH,
        _ => FRESH_ENOUGH,
    };
    let reading = rosters::reading(connection, &context.id)?;
    let asked_at = reading.and_then(|reading| reading.roster_read_at.max(reading.roster_tried_at));
    if asked_at.is_none_or(|asked_at| now - asked_at >= patience) {
        jobs::enqueue(connection, &context.id, jobs::ROSTER, &random::id(), now)?;
    }
    Ok(())
}

/// Whether an instructor's page ought to have the list read again.
pub(crate) fn is_old(context: &Context, now: Timestamp) -> bool {
    context.memberships_url.is_some()
        && context
            .roster_read_at
            .is_none_or(|read_at| now - read_at >= FRESH)
}

/// Asks for the lists of contexts that were used in the last 30 days and not
/// read for a day.
pub(crate) fn plan(connection: &mut Connection, now: Timestamp) -> Result<()> {
    for id in rosters::list_old(connection, now - USED, now - DAY, MOST_CONTEXTS)? {
        jobs::enqueue(connection, &id, jobs::ROSTER, &random::id(), now)?;
    }
    Ok(())
}

/// Reads the list of the session's course now, because an instructor presses for
/// it. At most once a minute for a course.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-NOT-FOUND` where there is no
/// activity or the platform shares no list.
pub async fn refresh_now(app: &App, visitor: Visitor) -> Result<(Session, Refreshed)> {
    let now = app.clock().now();
    let lease = random::id();
    let begun = {
        let lease = lease.clone();
        app.db().write(move |c| begin(c, &visitor, &lease, now)).await?
    };
    let (seen, refused) = begun;
    if let Some(refused) = refused {
        return Ok((seen.session, refused));
    }
    let context_id = seen.context.id.clone();
    let link = seen.placement.resource_link_id.as_deref();
    let read = tokio::time::timeout(gradebook::PATIENCE, refresh(app, &context_id, link)).await;
    let done = match read {
        Ok(Ok(())) => Refreshed::Read,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the member list could not be read");
            Refreshed::Failed
        }
        Err(_elapsed) => Refreshed::UnderWay,
    };
    let now = app.clock().now().naive_utc();
    app.db()
        .write::<_, Error>(move |c| {
            match done {
                Refreshed::UnderWay => jobs::retry(c, &context_id, jobs::ROSTER, &lease, now, "slow")?,
                _ => jobs::finish(c, &context_id, jobs::ROSTER, &lease)?,
            };
            Ok(())
        })
        .await?;
    Ok((seen.session, done))
}

// What the button does instead of reading, if anything.
fn begin(
    connection: &mut Connection,
    visitor: &Visitor,
    lease: &str,
    now: DateTime<Utc>,
) -> Result<(gradebook::Seen, Option<Refreshed>)> {
    let session = resolve_for_change(connection, visitor, now)?;
    let seen = gradebook::seen_of(connection, session)?
        .ok_or_else(|| Error::not_found("the session has no activity"))?;
    if seen.context.memberships_url.is_none() {
        return Err(seen
            .session
            .refused(Code::NotFound, "the platform shares no member list"));
    }
    let now = now.naive_utc();
    let reading = rosters::reading(connection, &seen.context.id)?;
    let tried_at = reading.and_then(|reading| reading.roster_tried_at);
    if tried_at.is_some_and(|tried_at| now - tried_at < PRESSED) {
        return Ok((seen, Some(Refreshed::JustNow)));
    }
    let is_ours = jobs::claim_subject(
        connection,
        &seen.context.id,
        jobs::ROSTER,
        lease,
        now,
        now + LEASE,
    )?;
    Ok((seen, (!is_ours).then_some(Refreshed::UnderWay)))
}

/// Reads the list and keeps it, and who may open the context's activities, or
/// only that one. When it cannot be read the former one stays, with the reason.
pub(crate) async fn refresh(
    app: &App,
    context_id: &str,
    only_link: Option<&str>,
) -> std::result::Result<(), Failed> {
    let Some(place) = find(app, context_id).await? else {
        return Ok(());
    };
    let target = service::target(&place.registration);
    let caller = service::caller_now(app, &target).await?;
    let members = match memberships::read_all(app.outbound(), &caller, &place.url).await {
        Ok(members) => members,
        Err(error) => return Err(note(app, context_id, error.into()).await?),
    };
    keep::members(app, &place.context, &place.registration, members).await?;
    for link in links(app, context_id, only_link).await? {
        read_link(app, &caller, &place, link).await?;
    }
    Ok(())
}

struct Place {
    context: Context,
    registration: Registration,
    url: String,
}

async fn find(app: &App, context_id: &str) -> Result<Option<Place>> {
    let id = context_id.to_owned();
    app.db()
        .read(move |c| {
            let Some(context) = contexts::get(c, &id)? else {
                return Ok(None);
            };
            let registration_id = contexts::registration_id(c, &id)?.unwrap_or_default();
            let registration = registrations::get(c, &registration_id)?;
            let active = registration.filter(|registration| registration.status == "active");
            Ok(active
                .zip(context.memberships_url.clone())
                .map(|(registration, url)| Place {
                    context,
                    registration,
                    url,
                }))
        })
        .await
}

async fn note(app: &App, context_id: &str, failed: Failed) -> Result<Failed> {
    let (id, problem) = (context_id.to_owned(), failed.problem());
    let now = app.clock().now().naive_utc();
    app.db()
        .write::<_, Error>(move |c| Ok(rosters::failed(c, &id, problem, now)?))
        .await?;
    Ok(failed)
}

async fn links(app: &App, context_id: &str, only: Option<&str>) -> Result<Vec<ResourceLink>> {
    let (id, only) = (context_id.to_owned(), only.map(str::to_owned));
    let used_since = app.clock().now().naive_utc() - USED;
    app.db()
        .read(move |c| {
            Ok(match only {
                Some(only) => contexts::find_link(c, &id, &only)?.into_iter().collect(),
                None => rosters::list_links(c, &id, used_since, MOST_LINKS)?,
            })
        })
        .await
}

// A platform that does not tell it, or not for this link, is no failure: then the course's list stands.
async fn read_link(
    app: &App,
    caller: &Caller<'_>,
    place: &Place,
    link: ResourceLink,
) -> std::result::Result<(), Failed> {
    let read = memberships::read_of_link(app.outbound(), caller, &place.url, &link.platform_id).await;
    let told: Option<Vec<Member>> = match read {
        Ok(members) => Some(members),
        Err(error) if tells_no_link(&error) => None,
        Err(error) => {
            tracing::warn!(%error, "it could not be read who may open an activity");
            return Ok(());
        }
    };
    keep::link_members(app, &place.context, link.id, told).await?;
    Ok(())
}

fn tells_no_link(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Status {
            status: 400 | 403..=406 | 410 | 422 | 501,
            ..
        }
    )
}
