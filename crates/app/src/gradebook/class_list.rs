//! The class list on the instructor's page: how old it is and why no newer one
//! came, who may not open the activity, who teaches though the list calls them
//! learners, and whom the platform's gradebook asked for.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use storage::{
    Connection, Timestamp,
    attempts::Marked,
    contexts::{Context, Enrolment},
    jobs,
    people::Identity,
    rosters,
};

use super::{PATIENCE, Progress, Seen, Student, role_of};
use crate::{
    App, Error, Result, launch, random, roster,
    session::{Role, Session},
};

/// How soon a list is tried again that a page waited for in vain.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// The member list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// Whether the platform shares it.
    pub is_shared: bool,
    /// When it was read last.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was asked for last, and why it did not come then: `unreachable`, `throttled`, `scope`, `origin`,
    /// `gone`, `refused` or `other`.
    pub problem: Option<(DateTime<Utc>, String)>,
    /// How many learners of the course may not open this activity and have not begun it.
    pub cannot_open: usize,
    /// The names of those who teach as their launches say, though the list calls them learners.
    pub teachers: Vec<Option<String>>,
}

/// What there is to say of the person whom the platform's gradebook asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// They have not begun; their name where the platform shares it.
    NotStarted(Option<String>),
    /// Nobody here is known by that id.
    Unknown,
}

// The first time the page waits for it; later on the loop reads it and the page shows the one that there is.
pub(super) async fn refresh(app: &App, seen: &Seen) {
    let now = app.clock().now().naive_utc();
    if !roster::is_old(&seen.context, now) {
        return;
    }
    let mut is_late = false;
    if seen.context.roster_read_at.is_none() {
        let link = seen.placement.resource_link_id.as_deref();
        match tokio::time::timeout(PATIENCE, roster::refresh(app, &seen.context.id, link)).await {
            Ok(Ok(())) => return,
            Ok(Err(error)) => tracing::warn!(%error, "the member list could not be read"),
            Err(_elapsed) => tracing::warn!("the member list took too long"),
        }
        is_late = true;
    }
    let context = seen.context.clone();
    let wanted = app
        .db()
        .write::<_, Error>(move |c| {
            if is_late {
                jobs::enqueue_at(c, &context.id, jobs::ROSTER, &random::id(), now + AGAIN, now)?;
            }
            roster::want(c, &context, Role::Instructor, now)
        })
        .await;
    if let Err(error) = wanted {
        tracing::error!(%error, "the member list could not be asked for");
    }
}

/// Takes those out who may not open the activity and have not begun it, and says what there is to say of the list.
pub(super) fn read(
    connection: &mut Connection,
    context: &Context,
    link_id: Option<&str>,
    enrolled: &mut Vec<(Enrolment, Identity)>,
    attempts: &HashMap<String, Vec<Marked>>,
    locale: &str,
) -> Result<Roster> {
    let teachers = enrolled
        .iter()
        .filter(|(enrolment, _)| teaches_by_launch(enrolment))
        .map(|(_, identity)| launch::display_name(identity, locale))
        .collect();
    let openers = rosters::link_members(connection, &context.id, link_id.unwrap_or_default())?;
    let all = enrolled.len();
    if let Some((read_at, openers)) = openers {
        let openers: HashSet<String> = openers.into_iter().collect();
        enrolled.retain(|(enrolment, identity)| {
            attempts.contains_key(&identity.person_id)
                || openers.contains(&identity.id)
                || !was_told(enrolment, read_at)
        });
    }
    let reading = rosters::reading(connection, &context.id)?;
    let problem =
        reading.and_then(|reading| Some((reading.roster_tried_at?.and_utc(), reading.roster_problem?)));
    Ok(Roster {
        is_shared: context.memberships_url.is_some(),
        read_at: context.roster_read_at.map(|at| at.and_utc()),
        problem,
        cannot_open: all - enrolled.len(),
        teachers,
    })
}

// Whoever came after it was told who may open the activity may do so until it is told again.
fn was_told(enrolment: &Enrolment, read_at: Timestamp) -> bool {
    enrolment.in_roster && enrolment.created_at <= read_at && role_of(enrolment) == Some("learner")
}

fn teaches_by_launch(enrolment: &Enrolment) -> bool {
    enrolment.in_roster
        && enrolment.roster_role.as_deref() == Some("learner")
        && role_of(enrolment) == Some("instructor")
}

/// The person whom the session was opened for, when they belong to the course.
pub(super) fn asked_person(session: &Session, enrolled: &[(Enrolment, Identity)]) -> Option<Person> {
    let reviewed = session.launch.reviewed.as_ref()?;
    let found = enrolled.iter().find(|(_, one)| one.subject == reviewed.subject);
    found.map(|(_, identity)| Person {
        id: identity.person_id.clone(),
        name: launch::display_name(identity, &session.locale),
    })
}

/// What there is to say of them; nothing when they have begun.
pub(super) fn asked(session: &Session, person: Option<&Person>, students: &[Student]) -> Option<Asked> {
    session.launch.reviewed.as_ref()?;
    let Some(person) = person else {
        return Some(Asked::Unknown);
    };
    let student = students.iter().find(|student| student.person_id == person.id);
    match student {
        Some(student) if student.progress != Progress::NotStarted => None,
        _ => Some(Asked::NotStarted(person.name.clone())),
    }
}

/// Somebody of the course.
pub(super) struct Person {
    pub(super) id: String,
    name: Option<String>,
}
