//! Where an instructor marks or regrades: the session's activity and the quiz behind it.

use storage::{
    Connection, assessments,
    placements::{GradeColumn, Placement},
};
use text::Text;

use crate::{
    Code, Error, Result, activity, json,
    session::{Role, Session},
};

/// An instructor's activity with its quiz.
pub(crate) struct Scene {
    pub(crate) session: Session,
    pub(crate) placement: Placement,
    pub(crate) column: GradeColumn,
    /// The quiz's name.
    pub(crate) title: Text,
}

/// The scene of an instructor's session; `None` when it has no activity yet.
///
/// # Errors
/// `WEB-FORBIDDEN` for all but instructors.
pub(crate) fn find(connection: &mut Connection, session: Session) -> Result<Option<Scene>> {
    session.require(Role::Instructor)?;
    let Some((placement, column)) = activity::placement_of(connection, &session)? else {
        return Ok(None);
    };
    let assessment = assessments::get(connection, &placement.assessment_id)?
        .ok_or_else(|| Error::not_found("the assessment is gone"))?;
    Ok(Some(Scene {
        title: json::read(&assessment.title)?,
        session,
        placement,
        column,
    }))
}

/// The same where there has to be one.
///
/// # Errors
/// As [`find`]; `WEB-NOT-FOUND`.
pub(crate) fn demand(connection: &mut Connection, session: Session) -> Result<Scene> {
    let missing = session.refused(Code::NotFound, "no quiz stands behind the activity");
    find(connection, session)?.ok_or(missing)
}
