//! A member list that was read becomes rows: in pieces, so that a large course
//! lets others write in between, and only where it tells something new.

use std::collections::{HashMap, HashSet};

use lti::{
    nrps::{Member, MemberStatus},
    quirks::quirks,
    roles::ContextRole,
};
use storage::{
    Connection, Timestamp,
    contexts::{self, Context, Enrolment},
    grades,
    people::{self, Identity},
    registrations::Registration,
    rosters,
};

use crate::{App, Error, Result, grade::Problem, random, session::Role};

/// How many members one transaction writes.
const TOGETHER: usize = 200;

type Known = HashMap<String, (Enrolment, Identity)>;

/// Keeps who is in the context now. Who is suspended or not named any more stays
/// with everything that is theirs, and is in the list no more. Grades that the
/// platform refused to somebody who was not enrolled are sent when they come (back).
pub(crate) async fn members(
    app: &App,
    context: &Context,
    registration: &Registration,
    members: Vec<Member>,
) -> Result<()> {
    let known = known(app, &context.id).await?;
    let now = app.clock().now().naive_utc();
    let mut named = HashSet::new();
    let mut news = Vec::new();
    for member in members {
        // A list that changes while its pages are read may name somebody twice.
        if member.status == MemberStatus::Active && named.insert(member.user_id.clone()) {
            let before = known.get(&member.user_id);
            let new = told(registration, member, before, now);
            if !before.is_some_and(|before| is_known(before, &new)) {
                news.push(new);
            }
        }
    }
    let mut came = HashSet::new();
    while !news.is_empty() {
        let some: Vec<Told> = news.drain(..news.len().min(TOGETHER)).collect();
        let (context_id, registration_id) = (context.id.clone(), registration.id.clone());
        let written = app
            .db()
            .write(move |c| {
                some.into_iter()
                    .map(|told| write(c, &context_id, &registration_id, told, now))
                    .collect::<Result<Vec<_>>>()
            })
            .await?;
        came.extend(written.into_iter().flatten());
    }
    let left: Vec<String> = known
        .into_iter()
        .filter(|(subject, (enrolment, _))| enrolment.in_roster && !named.contains(subject))
        .map(|(_, (enrolment, _))| enrolment.id)
        .collect();
    let context_id = context.id.clone();
    app.db()
        .write(move |c| {
            rosters::finish(c, &context_id, &left, now)?;
            send_refused(c, &context_id, &came, now)
        })
        .await
}

/// Keeps who may open a link; `None` where the platform does not tell.
pub(crate) async fn link_members(
    app: &App,
    context: &Context,
    link_id: String,
    members: Option<Vec<Member>>,
) -> Result<()> {
    let known = known(app, &context.id).await?;
    let now = app.clock().now().naive_utc();
    let read_at = members.is_some().then_some(now);
    let ids: HashSet<String> = members
        .into_iter()
        .flatten()
        .filter(|member| member.status == MemberStatus::Active)
        .filter_map(|member| known.get(&member.user_id))
        .map(|(_, identity)| identity.id.clone())
        .collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let context_id = context.id.clone();
    app.db()
        .write::<_, Error>(move |c| {
            Ok(rosters::replace_link_members(
                c,
                &context_id,
                &link_id,
                read_at,
                &ids,
            )?)
        })
        .await
}

async fn known(app: &App, context_id: &str) -> Result<Known> {
    let id = context_id.to_owned();
    app.db()
        .read(move |c| {
            let enrolled = contexts::list_enrolments(c, &id)?;
            let by_subject = |(enrolment, identity): (Enrolment, Identity)| {
                (identity.subject.clone(), (enrolment, identity))
            };
            Ok(enrolled.into_iter().map(by_subject).collect())
        })
        .await
}

/// What a list tells of one member.
struct Told {
    role: Role,
    identity: Identity,
    /// When the list changed its mind about the role.
    role_at: Option<Timestamp>,
    /// Whether the list named them before.
    was_named: bool,
}

fn told(
    registration: &Registration,
    member: Member,
    before: Option<&(Enrolment, Identity)>,
    now: Timestamp,
) -> Told {
    let role = role_of(registration, &member);
    let enrolment = before.map(|(enrolment, _)| enrolment);
    let former = enrolment.and_then(|enrolment| enrolment.roster_role.as_deref());
    let has_changed = former.is_some_and(|former| former != role.as_str());
    Told {
        role,
        role_at: if has_changed {
            Some(now)
        } else {
            enrolment.and_then(|enrolment| enrolment.roster_role_at)
        },
        was_named: enrolment.is_some_and(|enrolment| enrolment.in_roster),
        identity: identity(registration, member, before.map(|(_, identity)| identity), now),
    }
}

fn is_known((enrolment, identity): &(Enrolment, Identity), new: &Told) -> bool {
    enrolment.in_roster
        && enrolment.roster_role.as_deref() == Some(new.role.as_str())
        && tells_the_same(identity, &new.identity)
}

// Answers the identity of somebody whom the list did not name before.
fn write(
    connection: &mut Connection,
    context_id: &str,
    registration_id: &str,
    told: Told,
    now: Timestamp,
) -> Result<Option<String>> {
    // Known from another course, perhaps; or from a launch a moment ago.
    let known = people::find(connection, registration_id, &told.identity.subject)?;
    let new = match &known {
        Some(known) => completed(told.identity, known),
        None => told.identity,
    };
    let identity = match known {
        Some(known) if tells_the_same(&known, &new) => known,
        _ => people::upsert(connection, &new)?,
    };
    let enrolment = Enrolment {
        id: random::id(),
        context_id: context_id.to_owned(),
        identity_id: identity.id.clone(),
        launch_role: None,
        roster_role: Some(told.role.as_str().to_owned()),
        roster_role_at: told.role_at,
        in_roster: true,
        launched_at: None,
        created_at: now,
    };
    rosters::enrol(connection, &enrolment)?;
    Ok((!told.was_named).then_some(identity.id))
}

fn send_refused(
    connection: &mut Connection,
    context_id: &str,
    came: &HashSet<String>,
    now: Timestamp,
) -> Result<()> {
    if came.is_empty() {
        return Ok(());
    }
    let refused = rosters::list_refused(connection, context_id, Problem::NotEnrolled.as_str())?;
    for (column_id, person_id, identity_id) in refused {
        if came.contains(&identity_id) {
            grades::lock_person(connection, &person_id)?;
            grades::send_again(connection, &column_id, &person_id, false, now, now)?;
        }
    }
    Ok(())
}

fn role_of(registration: &Registration, member: &Member) -> Role {
    // A platform's test user is no student.
    match member.roles.role_as(quirks(Some(&registration.product_family))) {
        ContextRole::Learner if member.roles.is_test_user() => Role::Other,
        role => Role::from(role),
    }
}

fn identity(
    registration: &Registration,
    member: Member,
    before: Option<&Identity>,
    now: Timestamp,
) -> Identity {
    let new = Identity {
        id: random::id(),
        person_id: random::id(),
        kind: people::PLATFORM.to_owned(),
        registration_id: Some(registration.id.clone()),
        subject: member.user_id,
        name: member.name,
        given_name: member.given_name,
        family_name: member.family_name,
        email: member.email,
        sourced_id: member.sourcedid,
        created_at: now,
        seen_at: now,
    };
    match before {
        Some(before) => completed(new, before),
        None => new,
    }
}

// What the list leaves out stays as a launch told it: some platforms share less here.
fn completed(new: Identity, before: &Identity) -> Identity {
    Identity {
        // Its order is the platform's own; a launch knows better (NRPS of
        // Moodle always puts the given name first).
        name: before.name.clone().or(new.name),
        given_name: new.given_name.or_else(|| before.given_name.clone()),
        family_name: new.family_name.or_else(|| before.family_name.clone()),
        email: new.email.or_else(|| before.email.clone()),
        sourced_id: new.sourced_id.or_else(|| before.sourced_id.clone()),
        ..new
    }
}

fn tells_the_same(known: &Identity, new: &Identity) -> bool {
    known.name == new.name
        && known.given_name == new.given_name
        && known.family_name == new.family_name
        && known.email == new.email
        && known.sourced_id == new.sourced_id
}
