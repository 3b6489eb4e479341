//! A column in the platform's gradebook, made when an instructor presses for
//! it. Never twice: it is looked for first, and only one request at a time
//! looks and makes.

use chrono::TimeDelta;
use lti::ags::{LineItem, SubmissionReview};
use outbound::{Caller, line_items};
use storage::{jobs, placements};

use super::{Seen, may_make_columns, seen_of};
use crate::{
    App, Code, Error, Result, grade, random, service,
    session::{Session, Visitor, resolve_for_change},
};

/// How long making one may take before somebody else may try.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Makes the column of the session's activity, or finds the one that was made
/// before; the grades that waited for it are sent then.
///
/// # Errors
/// `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`; `WEB-CONFLICT`
/// while another press is under way; `LTI-SVC-…` when the platform refuses or
/// does not answer.
pub async fn make_column(app: &App, visitor: Visitor) -> Result<Session> {
    let now = app.clock().now();
    let lease = random::id();
    let begun = {
        let lease = lease.clone();
        app.db()
            .write(move |c| {
                let session = resolve_for_change(c, &visitor, now)?;
                let seen =
                    seen_of(c, session)?.ok_or_else(|| Error::not_found("the session has no activity"))?;
                if seen.column.line_item_url.is_some() {
                    return Ok(Begun::There(Box::new(seen.session)));
                }
                let now = now.naive_utc();
                if !jobs::claim_subject(c, &seen.column.id, jobs::COLUMN, &lease, now, now + LEASE)? {
                    return Err(seen.session.refused(Code::Conflict, "the column is being made"));
                }
                Ok(Begun::Ours(Box::new(seen)))
            })
            .await?
    };
    let seen = match begun {
        Begun::There(session) => return Ok(*session),
        Begun::Ours(seen) => seen,
    };
    let made = find_or_make(app, &seen).await;
    let now = app.clock().now().naive_utc();
    app.db()
        .write(move |c| {
            jobs::finish(c, &seen.column.id, jobs::COLUMN, &lease)?;
            if let Ok(url) = &made {
                let column = &seen.column;
                let maximum = column.score_maximum;
                placements::set_line_item(
                    c,
                    &column.context_id,
                    &column.id,
                    Some(url),
                    "tool",
                    maximum,
                    now,
                )?;
                grade::follow_column(c, &column.id, Some(url), now)?;
            }
            Ok::<_, Error>((seen.session, made))
        })
        .await
        .and_then(|(session, made)| made.map(|_url| session))
}

enum Begun {
    There(Box<Session>),
    Ours(Box<Seen>),
}

async fn find_or_make(app: &App, seen: &Seen) -> Result<String> {
    let refused = |detail| seen.session.refused(Code::Lti(lti::Code::SvcScope), detail);
    let Some(url) = seen
        .context
        .line_items_url
        .as_deref()
        .filter(|_| may_make_columns(&seen.context))
    else {
        return Err(refused("the platform does not let us make columns here"));
    };
    let target = service::target(&seen.registration);
    let caller = service::caller_now(app, &target).await?;
    let item = match find(app, seen, &caller, url).await? {
        Some(found) => found,
        None => line_items::create(app.outbound(), &caller, url, &line_item(app, seen))
            .await
            .map_err(|error| service::refused(&seen.session, &error))?,
    };
    item.id
        .ok_or_else(|| refused("the platform named no address for the column"))
}

// By our own mark on it. A resource id alone may be that of a copied
// activity's own column, which belongs to another placement.
async fn find(app: &App, seen: &Seen, caller: &Caller<'_>, url: &str) -> Result<Option<LineItem>> {
    let listed = line_items::list(app.outbound(), caller, url, Some(&seen.column.resource_id))
        .await
        .map_err(|error| service::refused(&seen.session, &error))?;
    Ok(listed
        .into_iter()
        .find(|item| item.tag.as_deref() == Some(seen.column.id.as_str()) && item.id.is_some()))
}

fn line_item(app: &App, seen: &Seen) -> LineItem {
    let label = Some(seen.column.label.trim()).filter(|label| !label.is_empty());
    LineItem {
        id: None,
        label: label.unwrap_or(&seen.column.resource_id).to_owned(),
        score_maximum: seen.column.score_maximum,
        resource_id: Some(seen.column.resource_id.clone()),
        tag: Some(seen.column.id.clone()),
        // Bound to the activity it would hide the activity's own one (moodle.md 9).
        resource_link_id: None,
        other: SubmissionReview::at(app.address("/")).as_member(),
    }
}
