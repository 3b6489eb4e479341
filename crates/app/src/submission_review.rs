//! Submission review: from the platform's gradebook straight to one person's
//! work. The platform's signature says who comes and from which column; it does
//! not say that they may look: Moodle signs any student's request for any other
//! student's work. So roles decide here, and the column must be the activity's.

use ::assessment::{AssessmentContent, AttemptScore, GradeFrom, Rules};
use lti::launch_message::{LaunchMessage, Message};
use serde::{Deserialize, Serialize};
use storage::{
    Connection, Timestamp, assessments,
    attempts::{self, Marked},
    contexts, course_placements, people,
    placements::{self, Placement},
    registrations::Registration,
};

use crate::{
    Code, Error, Result, activity,
    course::{class, study},
    launch::Destination,
    rules,
    session::Role,
};

/// Whose work an instructor wanted to see.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The platform's number of the person: the class list may tell later who it is.
    pub subject: String,
}

/// A review that names no activity is about the one whose column it names: so it
/// is with columns that we made. Answers the id of its link.
///
/// # Errors
/// `LTI-CLM-RESOURCE-LINK` when no activity of the context has that column.
pub(crate) fn link_of_column(
    connection: &mut Connection,
    context_id: &str,
    message: &LaunchMessage,
) -> Result<Option<String>> {
    if !matches!(
        message.message,
        Message::SubmissionReview {
            resource_link: None,
            ..
        }
    ) {
        return Ok(None);
    }
    let line_item = line_item_of(message).unwrap_or_default();
    let found = placements::find_by_line_item(connection, context_id, line_item)?;
    let link = match found {
        Some(placement) => placement.resource_link_id,
        None => class::link_of_line_item(connection, context_id, message)?,
    };
    link.map(Some).ok_or_else(|| {
        refused(
            lti::Code::ClmResourceLink,
            "the submission review names no activity, and no activity has its column",
        )
    })
}

/// Refuses a review from another column than the activity's.
///
/// # Errors
/// `WEB-NOT-FOUND`.
pub(crate) fn demand_column(
    connection: &mut Connection,
    context_id: &str,
    link_id: &str,
    message: &LaunchMessage,
) -> Result<()> {
    if !matches!(message.message, Message::SubmissionReview { .. }) {
        return Ok(());
    }
    let placed = placements::find_by_link(connection, context_id, link_id)?;
    let column = match placed {
        Some((_, column)) => Some(column),
        None => course_placements::find_by_link(connection, context_id, link_id)?.map(|(_, column)| column),
    };
    match column.and_then(|column| column.line_item_url) {
        Some(url) if Some(url.as_str()) != line_item_of(message) => Err(Error::not_found(
            "the review comes from another column than the activity's",
        )),
        _ => Ok(()),
    }
}

/// Where a submission review leads, and whose work it is about; `None` for every
/// other message. To be called when the launch's person is enrolled.
///
/// # Errors
/// `LTI-REV-FORBIDDEN` for another's work, unless an instructor asks.
pub(crate) fn lead(
    connection: &mut Connection,
    registration: &Registration,
    place: (&str, Option<&str>),
    message: &LaunchMessage,
    role: Role,
    now: Timestamp,
) -> Result<Option<(Destination, Option<Reviewed>)>> {
    let Message::SubmissionReview { for_user, .. } = &message.message else {
        return Ok(None);
    };
    let teaches = role == Role::Instructor;
    if !teaches && *for_user != message.person.sub {
        return Err(refused(
            lti::Code::RevForbidden,
            "only an instructor opens another person's work",
        ));
    }
    let (context_id, link_id) = place;
    let placed = placements::find_by_link(connection, context_id, link_id.unwrap_or_default())?;
    let Some((placement, _)) = placed else {
        // Of a placed course an instructor sees the class, everybody else their own front page.
        let course = study::course_at(connection, context_id, link_id.unwrap_or_default())?;
        let destination = match course {
            Some(course) if teaches => Destination::Class(course),
            _ => Destination::Activity,
        };
        return Ok(Some((destination, None)));
    };
    let person_id = member(connection, registration, context_id, for_user)?;
    let attempt_id = match (&person_id, role) {
        (Some(person_id), Role::Instructor | Role::Learner) => {
            attempt_to_show(connection, registration, &placement, person_id, teaches, now)?
        }
        // Whoever neither learns nor teaches here reads on the front page that there is a quiz.
        _ => None,
    };
    let destination = match attempt_id {
        Some(attempt_id) => Destination::Attempt(attempt_id),
        None if teaches => Destination::Gradebook,
        None => Destination::Activity,
    };
    let reviewed = teaches.then(|| Reviewed {
        subject: for_user.clone(),
    });
    Ok(Some((destination, reviewed)))
}

/// Where the attempt stands that gives the grade among those that a person has;
/// `None` where no single one does.
pub(crate) fn counting(found: &[Marked], grade_from: GradeFrom) -> Option<usize> {
    let submitted: Vec<(usize, AttemptScore)> = found
        .iter()
        .enumerate()
        .filter_map(|(place, marked)| Some((place, score_of(marked)?)))
        .collect();
    let scores: Vec<AttemptScore> = submitted.iter().map(|(_, score)| *score).collect();
    let counting = activity::counting(&scores, grade_from)?;
    submitted.get(counting).map(|(place, _)| *place)
}

fn score_of(marked: &Marked) -> Option<AttemptScore> {
    marked.attempt.submitted_at?;
    marked.outcome.as_ref().map(|outcome| AttemptScore {
        score: outcome.score,
        maximum: outcome.maximum,
    })
}

// The person's id, when the registration knows them and they belong to the context.
fn member(
    connection: &mut Connection,
    registration: &Registration,
    context_id: &str,
    subject: &str,
) -> Result<Option<String>> {
    let Some(identity) = people::find(connection, &registration.id, subject)? else {
        return Ok(None);
    };
    let is_member = contexts::is_enrolled(connection, context_id, &identity.id)?;
    Ok(is_member.then_some(identity.person_id))
}

// The attempt that gives the grade, else the last one. A running one is for instructors only: its student goes on by
// the front page. While marks are hidden, which one counts would tell something of them.
fn attempt_to_show(
    connection: &mut Connection,
    registration: &Registration,
    placement: &Placement,
    person_id: &str,
    teaches: bool,
    now: Timestamp,
) -> Result<Option<String>> {
    let mut found = attempts::list_marked(connection, person_id, &placement.id)?;
    let has_submitted = found.iter().any(|marked| marked.attempt.submitted_at.is_some());
    if has_submitted || !teaches {
        found.retain(|marked| marked.attempt.submitted_at.is_some());
    }
    let rules = match rules_for_all(connection, placement)? {
        Some(of_all) => {
            let organisation_id = &registration.organisation_id;
            let own = rules::in_force(connection, organisation_id, person_id, &placement.id, &of_all)?;
            Some(rules::for_review(
                connection,
                placement,
                &own.rules,
                &of_all,
                now.and_utc(),
            )?)
        }
        None => None,
    };
    let counting = rules
        .filter(|rules| teaches || activity::grade_is_shown(rules, &found, now.and_utc()))
        .and_then(|rules| counting(&found, rules.grade_from));
    let place = counting.or_else(|| found.len().checked_sub(1));
    Ok(place
        .and_then(|place| found.get(place))
        .map(|marked| marked.attempt.id.clone()))
}

fn rules_for_all(connection: &mut Connection, placement: &Placement) -> Result<Option<Rules>> {
    let version = match assessments::published_version_id(connection, &placement.assessment_id)? {
        Some(id) => assessments::get_version(connection, &id)?,
        None => None,
    };
    version
        .map(|version| {
            serde_json::from_str::<AssessmentContent>(&version.content)
                .map(|content| content.rules)
                .map_err(|error| Error::Internal(error.to_string()))
        })
        .transpose()
}

fn line_item_of(message: &LaunchMessage) -> Option<&str> {
    message.ags.as_ref()?.lineitem.as_deref()
}

fn refused(code: lti::Code, detail: &str) -> Error {
    Error::refused(Code::Lti(code), detail)
}
