//! What a launch tells of copies, before anybody was asked.

use lti::launch_message::LaunchMessage;
use storage::{
    Connection,
    contexts::{Context, ResourceLink},
    course_copies::{self, DUPLICATE, Mark, OFFERED, Placed, REBOUND},
    placements::{GradeColumn, Placement},
};

use super::{ANEW, HISTORY_PARAMETER, TOOL_HISTORY_PARAMETER, activities, title_of};
use crate::Result;

/// How many courses before are looked for.
const LONGEST_HISTORY: usize = 20;
/// How long a platform's id may be (LTI 1.3 core 5.4.2).
const LONGEST_ID: usize = 255;

/// Keeps which course this one was copied from, until an instructor has answered.
pub(crate) fn learn(connection: &mut Connection, context: &Context, message: &LaunchMessage) -> Result<()> {
    let told = [HISTORY_PARAMETER, TOOL_HISTORY_PARAMETER]
        .into_iter()
        .find_map(|name| message.custom.get(name));
    let Some(told) = told else {
        return Ok(());
    };
    let ids = ids(told, &context.platform_id);
    let Some(origin) = course_copies::origin(connection, &context.id)? else {
        return Ok(());
    };
    if ids.is_empty()
        || !origin.copy_answer.is_empty()
        || origin.copied_from.is_some() && origin.history == ids.join(",")
    {
        return Ok(());
    }
    let mut before = None;
    for id in &ids {
        // The same deployment only: the parameter may have been edited.
        let known = course_copies::find_context(connection, &context.deployment_id, id)?;
        if let Some(known) = known
            && !activities(connection, &known.id)?.is_empty()
        {
            before = Some(known.id);
            break;
        }
    }
    let history = ids.join(",");
    if history != origin.history || before != origin.copied_from {
        course_copies::set_history(connection, &context.id, &history, before.as_deref())?;
    }
    Ok(())
}

// "7,4": nearest first. Whatever is no id is left out, and the course itself.
fn ids<'a>(told: &'a str, own: &str) -> Vec<&'a str> {
    told.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty() && *id != own && id.len() <= LONGEST_ID && !id.contains(char::is_control))
        .filter(|id| !id.starts_with('$'))
        .take(LONGEST_HISTORY)
        .collect()
}

/// Whether what the link's custom parameter names is to be followed: only when it changed since the last time, because
/// an instructor may have chosen otherwise here. Keeps it.
pub(crate) fn follows(connection: &mut Connection, link: &ResourceLink, named: Option<&str>) -> Result<bool> {
    let Some(named) = named else { return Ok(false) };
    let before = course_copies::named(connection, &link.id)?;
    if before.as_deref() == Some(named) {
        return Ok(false);
    }
    course_copies::set_named(connection, &link.context_id, &link.id, Some(named))?;
    Ok(true)
}

/// The placement that waits for this link since the course's activities were taken over: the one of the same quiz when
/// the custom parameter names one, and of the same title when there are several or none is named.
pub(crate) fn claim(
    connection: &mut Connection,
    context: &Context,
    link: &ResourceLink,
    named: Option<&str>,
) -> Result<Option<(Placement, GradeColumn)>> {
    let mut waiting = course_copies::list(connection, &context.id)?;
    waiting.retain(|placed| placed.link.is_none() && placed.mark.copy_state == REBOUND);
    if let Some(named) = named {
        waiting.retain(|placed| placed.placement.assessment_id == named);
    }
    let titled = |placed: &&Placed| title_of(placed).trim() == link.title.trim();
    let chosen = match (waiting.iter().find(titled), named) {
        (Some(same), _) => Some(same),
        (None, Some(_)) => waiting.first(),
        (None, None) => None,
    };
    let Some(chosen) = chosen else { return Ok(None) };
    if !course_copies::bind(connection, &context.id, &chosen.placement.id, &link.id)? {
        return Ok(None);
    }
    let placement = Placement {
        resource_link_id: Some(link.id.clone()),
        ..chosen.placement.clone()
    };
    Ok(Some((placement, chosen.column.clone())))
}

/// Marks a placement that a custom parameter made as what it is: a duplicate of another activity of its course, or one
/// that came along into a copied course whose instructor chooses anew.
pub(crate) fn mark_new(
    connection: &mut Connection,
    context: &Context,
    placement: &Placement,
    first: Option<Placement>,
) -> Result<()> {
    let mut original = first.map(|first| (first.id, DUPLICATE));
    if original.is_none()
        && let Some(origin) = course_copies::origin(connection, &context.id)?
        && origin.copy_answer == ANEW
        && let Some(before) = origin.copied_from
    {
        original = activities(connection, &before)?
            .into_iter()
            .find(|placed| placed.placement.assessment_id == placement.assessment_id)
            .map(|placed| (placed.placement.id, OFFERED));
    }
    if let Some((copied_from, state)) = original {
        let mark = Mark {
            copied_from: Some(copied_from),
            copy_state: state.to_owned(),
            former_weight: None,
        };
        course_copies::set_mark(connection, &context.id, &placement.id, &mark)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_is_read_tolerantly() {
        #[track_caller]
        fn check(told: &str, expected: &[&str]) {
            assert_eq!(ids(told, "9"), expected, "{told:?}");
        }
        check("", &[]);
        check("2", &["2"]);
        check("7, 4 ,2", &["7", "4", "2"]);
        check("9,7", &["7"]);
        check(",,", &[]);
        check("$Context.id.history", &[]);
        check("7\u{0},4", &["4"]);
        check(&"x".repeat(256), &[]);
        assert_eq!(ids(&"1,".repeat(50), "9").len(), LONGEST_HISTORY);
    }
}
