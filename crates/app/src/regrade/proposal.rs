//! A proposed correction as its pages show it, whether its dry run is under way or
//! worked out. Left out: what the dry run found.

use ::assessment::{Change, Correction, MarkingPolicy};
use chrono::{DateTime, Utc};
use storage::{Connection, regrades::Regrade};
use text::Text;

use super::{
    Past, Question, past,
    question::{self, Versions},
};
use crate::{Error, Result, json, scene::Scene, session::Session};

/// What somebody wants to be marked otherwise.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Who asks.
    pub session: Session,
    /// The regrade's id.
    pub id: String,
    /// The quiz's name.
    pub title: Text,
    /// The question as it is marked now.
    pub question: Question,
    /// What would change.
    pub change: Change,
    /// Whether no mark may fall.
    pub raise_only: bool,
    /// Why, as typed so far.
    pub reason: String,
    /// What was corrected since the dry run began, the newest first: it has to begin anew.
    pub since: Vec<Past>,
    /// By our clock.
    pub now: DateTime<Utc>,
}

/// The proposal of a row, its question as the policy in force marks it.
pub(super) fn of(
    connection: &mut Connection,
    scene: Scene,
    versions: &Versions,
    row: Regrade,
    policy: &MarkingPolicy,
    now: DateTime<Utc>,
) -> Result<Proposal> {
    let correction: Correction = json::read(&row.correction)?;
    Ok(Proposal {
        question: shown(versions, &correction, policy)?,
        since: past(connection, &scene, versions, row.base_number)?,
        id: row.id,
        title: scene.title,
        change: correction.change,
        raise_only: row.raise_only,
        reason: row.reason,
        session: scene.session,
        now,
    })
}

/// The corrected question as this policy marks it.
pub(super) fn shown(
    versions: &Versions,
    correction: &Correction,
    policy: &MarkingPolicy,
) -> Result<Question> {
    question::bare(versions, &correction.slot, policy).ok_or_else(|| Error::not_found("the question is gone"))
}
