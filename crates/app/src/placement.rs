//! Placements: which activity stands behind a resource link, and which column
//! of the platform's gradebook it fills.

use ::assessment::{Rounding, Unfinished};
use lti::launch_message::LaunchMessage;
use storage::{
    Connection, Timestamp, assessments, columns,
    contexts::{Context, ResourceLink},
    course_copies,
    placements::{self, GradeColumn, Placement},
    registrations::Registration,
};

use crate::{Code, Error, Result, course::placed, course_copy, grade, random, registration_join};

/// The custom parameter by which a picked item names its assessment. Teachers
/// can edit it, so it only chooses among what the organisation owns.
pub(crate) const ASSESSMENT_PARAMETER: &str = "taynghe_assessment";
/// The custom parameter that carries the picked maximum of the grade.
pub(crate) const MAXIMUM_PARAMETER: &str = "taynghe_maximum";
/// What a column says whose line item belonged to the platform's activity and is gone.
pub(crate) const MISSING_LINK: &str = "link";
/// The same of one that we made.
pub(crate) const MISSING_TOOL: &str = "tool";
/// The scale of the grades when nobody chose one.
pub(crate) const USUAL_MAXIMUM: f64 = 10.0;

/// Makes or follows the placement of a launched link: what its custom
/// parameters name, and the line item that the platform gives now.
///
/// # Errors
/// `LTI-TEN-RESOURCE` when they name an assessment that the organisation does not have.
pub(crate) fn follow_launch(
    connection: &mut Connection,
    registration: &Registration,
    context: &Context,
    link: &ResourceLink,
    message: &LaunchMessage,
    now: Timestamp,
) -> Result<()> {
    let named = message.custom.get(ASSESSMENT_PARAMETER);
    if named.is_some_and(|named| named.contains(char::is_control)) {
        // PostgreSQL would refuse to keep, or to look for, a NUL.
        return Err(not_owned());
    }
    course_copy::learn(connection, context, message)?;
    registration_join::carry(connection, registration, context, link, now)?;
    if placed::follow_launch(connection, registration, context, link, message, now)? {
        return Ok(());
    }
    let follows = course_copy::follows(connection, link, named.map(String::as_str))?;
    if let Some((placement, column)) = placements::find_by_link(connection, &context.id, &link.id)? {
        if let Some(named) = named.filter(|_| follows)
            && *named != placement.assessment_id
        {
            owned(connection, registration, named)?;
            placements::set_assessment(connection, &context.id, &placement.id, named)?;
        }
        return follow_line_item(connection, link, &column, now);
    }
    let waiting = course_copy::claim(connection, context, link, named.map(String::as_str))?;
    if let Some((_, column)) = waiting {
        return follow_line_item(connection, link, &column, now);
    }
    let Some(named) = named.filter(|_| follows) else {
        return Ok(());
    };
    owned(connection, registration, named)?;
    let maximum = maximum_of(message);
    let first = course_copies::first_of(connection, &context.id, named)?;
    let placement = place(connection, context, link, named, maximum, None, now)?;
    course_copy::mark_new(connection, context, &placement, first)
}

/// Puts an assessment behind a link, with a column of its own.
pub(crate) fn place(
    connection: &mut Connection,
    context: &Context,
    link: &ResourceLink,
    assessment_id: &str,
    score_maximum: f64,
    created_by: Option<&str>,
    now: Timestamp,
) -> Result<Placement> {
    let column = new_column(link, placements::ACTIVITY, assessment_id, score_maximum, now);
    let placement = Placement {
        id: random::id(),
        context_id: context.id.clone(),
        resource_link_id: Some(link.id.clone()),
        assessment_id: assessment_id.to_owned(),
        grade_column_id: column.id.clone(),
        weight: 1.0,
        created_by: created_by.map(str::to_owned),
        created_at: now,
    };
    placements::insert(connection, &placement, &column)?;
    Ok(placement)
}

/// A column for what stands behind a link; it is found again by `resource_id`.
pub(crate) fn new_column(
    link: &ResourceLink,
    kind: &str,
    resource_id: &str,
    score_maximum: f64,
    now: Timestamp,
) -> GradeColumn {
    GradeColumn {
        id: random::id(),
        context_id: link.context_id.clone(),
        resource_id: resource_id.to_owned(),
        label: link.title.clone(),
        line_item_url: link.line_item_url.clone(),
        score_maximum,
        origin: if link.line_item_url.is_some() {
            "link"
        } else {
            "none"
        }
        .to_owned(),
        created_at: now,
        updated_at: now,
        kind: kind.to_owned(),
        rounding: Rounding::Hundredths.as_str().to_owned(),
        unfinished: Unfinished::LeftOut.as_str().to_owned(),
        missing: None,
        platform_maximum: None,
        former_maximum: None,
        maximum_changed_at: None,
        checked_at: None,
    }
}

/// The picked scale of the grades, or the usual one.
pub(crate) fn maximum_of(message: &LaunchMessage) -> f64 {
    let maximum = message.custom.get(MAXIMUM_PARAMETER);
    let maximum = maximum.and_then(|maximum| maximum.parse::<u32>().ok());
    let maximum = maximum.filter(|maximum| (1..=100).contains(maximum));
    maximum.map_or(USUAL_MAXIMUM, f64::from)
}

/// Lets a column follow its link's line item: a column that we made stays; the activity's own follows what the platform
/// says.
pub(crate) fn follow_line_item(
    connection: &mut Connection,
    link: &ResourceLink,
    column: &GradeColumn,
    now: Timestamp,
) -> Result<()> {
    if column.line_item_url == link.line_item_url || (column.origin == "tool" && link.line_item_url.is_none())
    {
        return Ok(());
    }
    let origin = if link.line_item_url.is_some() {
        "link"
    } else {
        "none"
    };
    placements::set_line_item(
        connection,
        &column.context_id,
        &column.id,
        link.line_item_url.as_deref(),
        origin,
        column.score_maximum,
        now,
    )?;
    if link.line_item_url.is_none() && column.line_item_url.is_some() {
        columns::set_missing(connection, &column.context_id, &column.id, MISSING_LINK)?;
    }
    // A module leaves out an activity whose column is gone.
    if column.missing.is_some() || link.line_item_url.is_none() {
        grade::module::recompute_beside(connection, &column.id, now)?;
    }
    grade::follow_column(connection, &column.id, link.line_item_url.as_deref(), now)
}

fn owned(connection: &mut Connection, registration: &Registration, assessment_id: &str) -> Result<()> {
    match assessments::find(connection, &registration.organisation_id, assessment_id)? {
        Some(_) => Ok(()),
        None => Err(not_owned()),
    }
}

/// The refusal of what the organisation does not have.
pub(crate) fn not_owned() -> Error {
    Error::refused(
        Code::Lti(lti::Code::TenResource),
        "a custom parameter names something that the organisation does not have",
    )
}
