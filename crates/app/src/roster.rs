//! The member list of a context, as the platform tells it (NRPS). It is read
//! when an instructor needs it and kept; a page shows how old it is.

use chrono::TimeDelta;
use lti::{
    nrps::{Member, MemberStatus},
    roles::ContextRole,
};
use outbound::{CallError, memberships};
use storage::{
    Connection, Timestamp,
    contexts::{self, Context, Enrolment},
    jobs,
    people::{self, Identity},
    registrations::{self, Registration},
};

use crate::{App, Error, Result, random, service, session::Role};

/// How old a list may be before an instructor's visit has it read again.
const FRESH: TimeDelta = TimeDelta::minutes(10);

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

/// Asks for the list to be read soon, when the platform shares it and ours is old.
pub(crate) fn want(connection: &mut Connection, context: &Context, now: Timestamp) -> Result<()> {
    if is_old(context, now) {
        jobs::enqueue(connection, &context.id, jobs::ROSTER, &random::id(), now)?;
    }
    Ok(())
}

/// Whether the platform shares a list that ought to be read again.
pub(crate) fn is_old(context: &Context, now: Timestamp) -> bool {
    context.memberships_url.is_some()
        && context
            .roster_read_at
            .is_none_or(|read_at| now - read_at >= FRESH)
}

/// Reads the list and keeps it. Nothing is changed when it cannot be read.
pub(crate) async fn refresh(app: &App, context_id: &str) -> std::result::Result<(), Failed> {
    let id = context_id.to_owned();
    let found = app
        .db()
        .read(move |c| -> Result<_> {
            let Some(context) = contexts::get(c, &id)? else {
                return Ok(None);
            };
            let registration_id = contexts::registration_id(c, &id)?.unwrap_or_default();
            let registration = registrations::get(c, &registration_id)?;
            Ok(registration.map(|registration| (context, registration)))
        })
        .await?;
    let Some((context, registration)) = found else {
        return Ok(());
    };
    let Some(url) = context.memberships_url.clone() else {
        return Ok(());
    };
    let target = service::target(&registration);
    let caller = service::caller_now(app, &target).await.map_err(Failed::from)?;
    let members = memberships::read_all(app.outbound(), &caller, &url).await?;
    let now = app.clock().now().naive_utc();
    app.db()
        .write(move |c| keep(c, &context, &registration, members, now))
        .await?;
    Ok(())
}

fn keep(
    connection: &mut Connection,
    context: &Context,
    registration: &Registration,
    members: Vec<Member>,
    now: Timestamp,
) -> Result<()> {
    contexts::clear_roster(connection, &context.id, now)?;
    let active = members
        .into_iter()
        .filter(|member| member.status == MemberStatus::Active);
    for member in active {
        let role = role_of(&member);
        let identity = keep_identity(connection, registration, member, now)?;
        let enrolment = Enrolment {
            id: random::id(),
            context_id: context.id.clone(),
            identity_id: identity.id,
            launch_role: None,
            roster_role: Some(role.as_str().to_owned()),
            in_roster: true,
            launched_at: None,
            created_at: now,
        };
        contexts::enrol_by_roster(connection, &enrolment)?;
    }
    Ok(())
}

fn role_of(member: &Member) -> Role {
    // A platform's test user is no student.
    match member.roles.context_role() {
        ContextRole::Learner if member.roles.is_test_user() => Role::Other,
        role => Role::from(role),
    }
}

// What the list leaves out stays as a launch told it: some platforms share less here.
fn keep_identity(
    connection: &mut Connection,
    registration: &Registration,
    member: Member,
    now: Timestamp,
) -> Result<Identity> {
    let known = people::find(connection, &registration.id, &member.user_id)?;
    let before = known.clone();
    let kept = |new: Option<String>, old: fn(&Identity) -> Option<String>| {
        new.or_else(|| before.as_ref().and_then(old))
    };
    let new = Identity {
        id: random::id(),
        person_id: random::id(),
        kind: "platform".to_owned(),
        registration_id: Some(registration.id.clone()),
        subject: member.user_id,
        // Its order is the platform's own; a launch knows better (NRPS of
        // Moodle always puts the given name first).
        name: before
            .as_ref()
            .and_then(|before| before.name.clone())
            .or(member.name),
        given_name: kept(member.given_name, |old| old.given_name.clone()),
        family_name: kept(member.family_name, |old| old.family_name.clone()),
        email: kept(member.email, |old| old.email.clone()),
        sourced_id: kept(member.sourcedid, |old| old.sourced_id.clone()),
        created_at: now,
        seen_at: now,
    };
    match known {
        Some(known) if tells_the_same(&known, &new) => Ok(known),
        _ => Ok(people::upsert(connection, &new)?),
    }
}

fn tells_the_same(known: &Identity, new: &Identity) -> bool {
    known.name == new.name
        && known.given_name == new.given_name
        && known.family_name == new.family_name
        && known.email == new.email
        && known.sourced_id == new.sourced_id
}
