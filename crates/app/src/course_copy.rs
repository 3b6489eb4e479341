//! Copies: an activity that was duplicated in its course, and a course that was copied or restored. An instructor is
//! told plainly and answers once; students never wait for that.
//!
//! What a launch tells of the course before (`taynghe_context_history`) is a hint that teachers can edit. It chooses
//! among the courses of the same deployment and gives no right: nobody's names, attempts or grades of another course
//! are read here, and its title is shown only to somebody who teaches there.

mod launched;
mod rebind;

use chrono::{DateTime, Utc};
use storage::{
    Connection, assessments,
    contexts::{self, Context},
    course_copies::{self, ADOPTED, DUPLICATE, INDEPENDENT, Mark, OFFERED, Placed, REBOUND, SAME},
    placements::{self, Placement},
};
use text::Text;

pub(crate) use launched::{claim, follows, learn, mark_new};

use crate::{
    App, Code, Error, Result, activity, assessment, audit, placement,
    session::{Role, Session, Visitor, instructor, instructor_for_change},
};

/// The custom parameter that carries the platform's ids of the courses before (`$Context.id.history`).
pub(crate) const HISTORY_PARAMETER: &str = "taynghe_context_history";
/// The same, as dynamic registration asks for it for all activities of the tool.
pub(crate) const TOOL_HISTORY_PARAMETER: &str = "context_id_history";
/// The variable that platforms put in there.
pub(crate) const HISTORY_VARIABLE: &str = "$Context.id.history";

const REUSE: &str = "reuse";
const ANEW: &str = "anew";

/// What an instructor is asked or told.
#[derive(Debug, Clone)]
pub struct Page {
    /// Who asks.
    pub session: Session,
    /// About what.
    pub subject: Subject,
}

/// What an instructor is asked or told about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// This course is a copy: take over the activities?
    Course {
        /// The title of the course before; empty for somebody who does not teach there.
        title: String,
        /// What would be taken over.
        activities: Vec<Activity>,
    },
    /// The activities were taken over.
    Rebound {
        /// What was taken over.
        activities: Vec<Activity>,
        /// Whether that can be undone: nobody has begun an attempt.
        can_be_undone: bool,
    },
    /// This activity opens the same quiz as another one.
    Activity {
        /// The quiz.
        quiz: Text,
        /// The other activity's title; empty for one of another course.
        original: String,
        /// Whether it may open something else: nobody has begun an attempt.
        is_free: bool,
    },
    /// Nothing.
    Nothing,
}

/// One activity of a copied course.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its title at the platform.
    pub title: String,
    /// The quiz that it opens.
    pub quiz: Text,
    /// Its share of the grade, when it is not 1.
    pub weight: f64,
    /// The scale of its column.
    pub maximum: f64,
    /// Whether somebody has opened it in the new course already.
    pub is_open: bool,
}

/// What an instructor answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Take all activities over, with fresh attempts.
    Reuse,
    /// Choose anew.
    Anew,
    /// Undo taking them over.
    Undo,
    /// This activity keeps the same quiz.
    Same,
    /// This activity gets a copy of the quiz.
    Independent,
    /// This activity opens nothing until a quiz is chosen for it.
    Another,
}

impl Answer {
    /// From a form.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "reuse" => Self::Reuse,
            "anew" => Self::Anew,
            "undo" => Self::Undo,
            "same" => Self::Same,
            "independent" => Self::Independent,
            "another" => Self::Another,
            _ => return None,
        })
    }
}

/// What the session's instructor is asked or told.
///
/// # Errors
/// `WEB-SESSION`, `WEB-FORBIDDEN`.
pub async fn open(app: &App, visitor: Visitor) -> Result<Page> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = instructor(c, &visitor, now)?;
            let subject = subject(c, &session)?;
            Ok(Page { session, subject })
        })
        .await
}

/// Does what the instructor answers; `suffix` is put behind the title of a copied quiz.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`; `WEB-CONFLICT` when somebody answered meanwhile or attempts were begun;
/// `WEB-DRAFT` when the quiz's draft is not ready to be copied.
pub async fn answer(app: &App, visitor: Visitor, answer: Answer, suffix: String) -> Result<Session> {
    let now = app.clock().now();
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            act(c, &session, answer, &suffix, now)?;
            Ok(session)
        })
        .await
}

/// Whether the session's instructor has to be asked before anything else.
pub(crate) fn asks(connection: &mut Connection, session: &Session) -> Result<bool> {
    if session.role != Role::Instructor {
        return Ok(false);
    }
    let asked = matches!(
        subject(connection, session)?,
        Subject::Course { .. } | Subject::Activity { .. }
    );
    Ok(asked)
}

/// Whether the activity was taken over from the course before, and that can still be undone.
pub(crate) fn can_be_undone(
    connection: &mut Connection,
    session: &Session,
    placement_id: &str,
) -> Result<bool> {
    let context_id = session.context()?;
    let mark = course_copies::mark(connection, context_id, placement_id)?;
    if !mark.is_some_and(|mark| mark.copy_state == REBOUND || mark.copy_state == ADOPTED) {
        return Ok(false);
    }
    Ok(match subject(connection, session)? {
        Subject::Rebound { can_be_undone, .. } => can_be_undone,
        _ => false,
    })
}

fn subject(connection: &mut Connection, session: &Session) -> Result<Subject> {
    let Some(context_id) = session.context_id.as_deref() else {
        return Ok(Subject::Nothing);
    };
    let Some(origin) = course_copies::origin(connection, context_id)? else {
        return Ok(Subject::Nothing);
    };
    let before = match origin.copied_from.as_deref() {
        Some(before) => contexts::get(connection, before)?,
        None => None,
    };
    if let Some(before) = &before
        && origin.copy_answer.is_empty()
    {
        let activities = found(connection, &before.id, context_id)?;
        if !activities.is_empty() {
            return Ok(Subject::Course {
                title: title_for(connection, session, before)?,
                activities,
            });
        }
    }
    let told = activity_subject(connection, session, context_id)?;
    match told {
        None if origin.copy_answer == REUSE => rebound(connection, context_id),
        None => Ok(Subject::Nothing),
        Some(told) => Ok(told),
    }
}

// Who does not teach there learns no more than that there was one.
fn title_for(connection: &mut Connection, session: &Session, before: &Context) -> Result<String> {
    let teaches = course_copies::teaches(connection, &before.id, &session.person_id)?;
    Ok(if teaches {
        before.title.clone()
    } else {
        String::new()
    })
}

fn found(connection: &mut Connection, before: &str, context_id: &str) -> Result<Vec<Activity>> {
    let there = course_copies::list(connection, context_id)?;
    let mut activities = Vec::new();
    for placed in self::activities(connection, before)? {
        let is_open = there.iter().any(|new| {
            new.placement.assessment_id == placed.placement.assessment_id && same_title(new, &placed)
        });
        activities.push(activity_of(connection, &placed, is_open)?);
    }
    Ok(activities)
}

fn rebound(connection: &mut Connection, context_id: &str) -> Result<Subject> {
    let attempted = course_copies::attempted(connection, context_id)?;
    let (mut activities, mut can_be_undone) = (Vec::new(), true);
    for placed in course_copies::list(connection, context_id)? {
        if placed.mark.copy_state == REBOUND || placed.mark.copy_state == ADOPTED {
            can_be_undone &= !attempted.contains(&placed.placement.id);
            activities.push(activity_of(connection, &placed, placed.link.is_some())?);
        }
    }
    Ok(Subject::Rebound {
        activities,
        can_be_undone,
    })
}

fn activity_of(connection: &mut Connection, placed: &Placed, is_open: bool) -> Result<Activity> {
    Ok(Activity {
        title: title_of(placed).to_owned(),
        quiz: quiz_of(connection, &placed.placement)?,
        weight: placed.placement.weight,
        maximum: placed.column.score_maximum,
        is_open,
    })
}

fn activity_subject(
    connection: &mut Connection,
    session: &Session,
    context_id: &str,
) -> Result<Option<Subject>> {
    let Some((placement, _)) = activity::placement_of(connection, session)? else {
        return Ok(None);
    };
    let Some(mark) = course_copies::mark(connection, context_id, &placement.id)? else {
        return Ok(None);
    };
    if mark.copy_state != DUPLICATE && mark.copy_state != OFFERED {
        return Ok(None);
    }
    let original = course_copies::list(connection, context_id)?
        .into_iter()
        .find(|placed| Some(&placed.placement.id) == mark.copied_from.as_ref());
    Ok(Some(Subject::Activity {
        quiz: quiz_of(connection, &placement)?,
        original: original.as_ref().map(title_of).unwrap_or_default().to_owned(),
        is_free: is_free(connection, context_id, &placement.id)?,
    }))
}

fn quiz_of(connection: &mut Connection, placement: &Placement) -> Result<Text> {
    let assessment = assessments::get(connection, &placement.assessment_id)?
        .ok_or_else(|| Error::not_found("the assessment is gone"))?;
    serde_json::from_str(&assessment.title).map_err(|error| Error::Internal(error.to_string()))
}

/// What a course has, as far as it can be taken over: not what a join put aside, and not what was deleted at the
/// platform, which tells nobody: an activity's own column goes with it.
fn activities(connection: &mut Connection, context_id: &str) -> Result<Vec<Placed>> {
    let mut found = course_copies::list(connection, context_id)?;
    found.retain(|placed| {
        let is_there = placed.link.is_some() || placed.mark.copy_state == REBOUND;
        is_there && placed.column.missing.as_deref() != Some(placement::MISSING_LINK)
    });
    Ok(found)
}

fn title_of(placed: &Placed) -> &str {
    match &placed.link {
        Some(link) if !link.title.is_empty() => &link.title,
        _ => &placed.column.label,
    }
}

fn same_title(one: &Placed, other: &Placed) -> bool {
    title_of(one).trim() == title_of(other).trim()
}

fn is_free(connection: &mut Connection, context_id: &str, placement_id: &str) -> Result<bool> {
    let attempted = course_copies::attempted(connection, context_id)?;
    Ok(!attempted.iter().any(|id| id == placement_id))
}

fn act(
    connection: &mut Connection,
    session: &Session,
    answer: Answer,
    suffix: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let context_id = session.context()?;
    match answer {
        Answer::Reuse => {
            let before = unanswered(connection, session, context_id)?;
            rebind::reuse(connection, session, &before, now)?;
            settle(connection, session, "", REUSE, now)
        }
        Answer::Anew => {
            let before = unanswered(connection, session, context_id)?;
            rebind::offer(connection, &before, context_id)?;
            settle(connection, session, "", ANEW, now)
        }
        Answer::Undo => {
            rebind::undo(connection, session, context_id)?;
            settle(connection, session, REUSE, "", now)
        }
        Answer::Same | Answer::Independent | Answer::Another => {
            one_activity(connection, session, context_id, answer, suffix, now)
        }
    }
}

fn unanswered(connection: &mut Connection, session: &Session, context_id: &str) -> Result<String> {
    let origin = course_copies::origin(connection, context_id)?;
    let before = origin
        .filter(|origin| origin.copy_answer.is_empty())
        .and_then(|origin| origin.copied_from);
    before.ok_or_else(|| session.refused(Code::Conflict, "the copied course was answered for"))
}

fn settle(
    connection: &mut Connection,
    session: &Session,
    before: &str,
    answer: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let context_id = session.context()?;
    if !course_copies::set_answer(connection, context_id, before, answer)? {
        return Err(session.refused(Code::Conflict, "the copied course was answered for"));
    }
    let action = match answer {
        REUSE => "course.reuse",
        ANEW => "course.anew",
        _ => "course.reuse-undo",
    };
    let person_id = Some(session.person_id.as_str());
    audit::note(
        connection,
        &session.organisation_id,
        person_id,
        action,
        context_id,
        now,
    )
}

fn one_activity(
    connection: &mut Connection,
    session: &Session,
    context_id: &str,
    answer: Answer,
    suffix: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let asked = |state: &str| state == DUPLICATE || state == OFFERED;
    let (placement, _) = activity::placement_of(connection, session)?
        .ok_or_else(|| session.refused(Code::NotFound, "the session has no activity"))?;
    let mark = course_copies::mark(connection, context_id, &placement.id)?
        .filter(|mark| asked(&mark.copy_state))
        .ok_or_else(|| session.refused(Code::Conflict, "the activity was answered for"))?;
    let state = |copy_state: &str| Mark {
        copy_state: copy_state.to_owned(),
        ..mark.clone()
    };
    if answer == Answer::Same {
        course_copies::set_mark(connection, context_id, &placement.id, &state(SAME))?;
        return Ok(());
    }
    if !is_free(connection, context_id, &placement.id)? {
        return Err(session.refused(Code::Conflict, "somebody has begun an attempt"));
    }
    if answer == Answer::Another {
        // The link remembers what its parameter names: it is not followed again.
        return Ok(course_copies::remove(connection, context_id, &placement)?);
    }
    let copied = assessment::copy_and_publish(connection, session, &placement.assessment_id, suffix, now)?;
    placements::set_assessment(connection, context_id, &placement.id, &copied)?;
    course_copies::set_mark(connection, context_id, &placement.id, &state(INDEPENDENT))?;
    Ok(())
}
