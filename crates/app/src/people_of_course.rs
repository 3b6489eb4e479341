//! The learners of a course, for what an instructor sets person by person:
//! overrides, groups, accommodations. Marks are `gradebook`'s.

use storage::{Connection, contexts};

use crate::{
    Code, Result,
    gradebook::{names, role_of},
    launch,
    session::Session,
};

/// Somebody who learns in the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// The number of their belonging to the course: what addresses and forms name.
    pub enrolment_id: String,
    /// Who.
    pub person_id: String,
    /// The name in the reader's order; empty when the platform shares none.
    pub name: Option<String>,
}

/// The learners of the session's course, in the reader's order of names; a
/// person with two identities stands there once.
pub(crate) fn learners(connection: &mut Connection, session: &Session) -> Result<Vec<Learner>> {
    let enrolled = contexts::list_enrolments(connection, session.context()?)?;
    let mut found: Vec<_> = enrolled
        .into_iter()
        .filter(|(enrolment, _)| role_of(enrolment) == Some("learner"))
        .map(|(enrolment, identity)| {
            let learner = Learner {
                enrolment_id: enrolment.id,
                person_id: identity.person_id.clone(),
                name: launch::display_name(&identity, &session.locale),
            };
            (names::key(&identity, &session.locale), learner)
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|(_, learner)| seen.insert(learner.person_id.clone()));
    Ok(found.into_iter().map(|(_, learner)| learner).collect())
}

/// Refuses a person who does not learn in the session's course.
pub(crate) fn demand(connection: &mut Connection, session: &Session, person_id: &str) -> Result<()> {
    let all = learners(connection, session)?;
    match all.iter().any(|learner| learner.person_id == person_id) {
        true => Ok(()),
        false => Err(session.refused(Code::NotFound, "nobody of this course")),
    }
}
