//! A column in the platform's gradebook, made when an instructor presses for
//! it. Never twice: it is looked for first, also after an answer that got lost,
//! and only one request at a time looks and makes.

use std::time::Duration;

use chrono::TimeDelta;
use lti::ags::{LineItem, SubmissionReview};
use outbound::{CallError, Caller, line_items};
use storage::{
    Connection, Timestamp, columns,
    contexts::Context,
    jobs,
    placements::{self, GradeColumn},
    registrations::Registration,
};

use super::{may_make_columns, seen_of};
use crate::{
    App, Code, Error, Result, grade, random, service,
    session::{Session, Visitor, resolve_for_change},
};

/// How long making one may take before somebody else may try.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long all its calls may take; shorter than [`LEASE`].
const BUDGET: Duration = Duration::from_secs(50);

/// A column, where it belongs, and who presses for it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) session: Session,
    pub(crate) context: Context,
    pub(crate) registration: Registration,
    pub(crate) column: GradeColumn,
}

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
                if !claim(c, &seen.column, &lease, now.naive_utc())? {
                    return Err(seen.session.refused(Code::Conflict, "the column is being made"));
                }
                Ok(Begun::Ours(Box::new(Place {
                    session: seen.session,
                    context: seen.context,
                    registration: seen.registration,
                    column: seen.column,
                })))
            })
            .await?
    };
    let place = match begun {
        Begun::There(session) => return Ok(*session),
        Begun::Ours(place) => *place,
    };
    let session = place.session.clone();
    ensure(app, place, lease).await?;
    Ok(session)
}

enum Begun {
    There(Box<Session>),
    Ours(Box<Place>),
}

/// Takes the lease under which a column is made; false when somebody else has it.
pub(crate) fn claim(
    connection: &mut Connection,
    column: &GradeColumn,
    lease: &str,
    now: Timestamp,
) -> Result<bool> {
    Ok(jobs::claim_subject(
        connection,
        &column.id,
        jobs::COLUMN,
        lease,
        now,
        now + LEASE,
    )?)
}

/// Makes, finds or changes the platform's column so that it is as ours, and ends the lease.
///
/// # Errors
/// `LTI-SVC-…` when the platform refuses or does not answer.
pub(crate) async fn ensure(app: &App, place: Place, lease: String) -> Result<()> {
    let made = match tokio::time::timeout(BUDGET, change_or_make(app, &place)).await {
        Ok(made) => made,
        Err(_elapsed) => Err(place.session.refused(
            Code::Lti(lti::Code::SvcUnreachable),
            "making the column took too long",
        )),
    };
    let now = app.clock().now().naive_utc();
    app.db()
        .write(move |c| {
            let column = &place.column;
            jobs::finish(c, &column.id, jobs::COLUMN, &lease)?;
            let url = match made {
                Ok(url) => url,
                // What a copied column's finder found may be another one's by now.
                Err(error) => return Ok(Err(error)),
            };
            if column.line_item_url.as_ref() == Some(&url) {
                return Ok(Ok(()));
            }
            if placements::line_item_is_taken(c, &column.context_id, &column.id, &url)? {
                return Ok(Err(place
                    .session
                    .refused(Code::Conflict, "another column took it")));
            }
            let maximum = column.score_maximum;
            let (context_id, id) = (&column.context_id, &column.id);
            placements::set_line_item(c, context_id, id, Some(&url), "tool", maximum, now)?;
            grade::follow_column(c, id, Some(&url), now)?;
            Ok::<_, Error>(Ok(()))
        })
        .await?
}

async fn change_or_make(app: &App, place: &Place) -> Result<String> {
    let target = service::target(&place.registration);
    let caller = service::caller_now(app, &target).await?;
    if let Some(url) = &place.column.line_item_url {
        let changed =
            line_items::update(app.outbound(), &caller, url, |item| adapt(item, &place.column)).await;
        match changed {
            Ok(()) => return Ok(url.clone()),
            Err(CallError::Status {
                status: 404 | 410, ..
            }) => {}
            Err(error) => return Err(service::refused(&place.session, &error)),
        }
    }
    find_or_make(app, place, &caller).await
}

async fn find_or_make(app: &App, place: &Place, caller: &Caller<'_>) -> Result<String> {
    let refused = |detail| place.session.refused(Code::Lti(lti::Code::SvcScope), detail);
    let Some(url) = place
        .context
        .line_items_url
        .as_deref()
        .filter(|_| may_make_columns(&place.context))
    else {
        return Err(refused("the platform does not let us make columns here"));
    };
    let item = match find(app, place, caller, url).await? {
        Some(found) => found,
        None => match line_items::create(app.outbound(), caller, url, &line_item(app, &place.column)).await {
            Ok(made) => made,
            // It may have been made though its answer got lost.
            Err(error) if error.retryable() => match find(app, place, caller, url).await {
                Ok(Some(found)) => found,
                Ok(None) | Err(_) => return Err(service::refused(&place.session, &error)),
            },
            Err(error) => return Err(service::refused(&place.session, &error)),
        },
    };
    item.id
        .ok_or_else(|| refused("the platform named no address for the column"))
}

async fn find(app: &App, place: &Place, caller: &Caller<'_>, url: &str) -> Result<Option<LineItem>> {
    let column = &place.column;
    let listed = line_items::list(app.outbound(), caller, url, Some(&column.resource_id))
        .await
        .map_err(|error| service::refused(&place.session, &error))?;
    let (context_id, id) = (column.context_id.clone(), column.id.clone());
    let others = app
        .db()
        .read(move |c| {
            Ok::<_, Error>(Others {
                addresses: columns::list_other_line_items(c, &context_id, &id)?,
                ids: columns::list_other_ids(c, &context_id, &id)?,
            })
        })
        .await?;
    let found = choose(listed, column, &others);
    if let Some(found) = &found
        && let Some(address) = &found.id
        && !is_as_ours(found, column)
    {
        let changed = line_items::update(app.outbound(), caller, address, |item| adapt(item, column)).await;
        changed.map_err(|error| service::refused(&place.session, &error))?;
    }
    Ok(found)
}

/// The other columns of the context: their line items, and their marks.
struct Others {
    addresses: Vec<String>,
    ids: Vec<String>,
}

// Our own mark on it decides. A course that was copied or restored brings our columns along with the marks that they
// had in the former course: such a one is taken over. A resource id alone may be that of an activity's own column.
fn choose(listed: Vec<LineItem>, column: &GradeColumn, others: &Others) -> Option<LineItem> {
    let is_ours = |item: &LineItem| item.tag.as_deref() == Some(column.id.as_str());
    let is_copy = |item: &LineItem| {
        let mark = item.tag.as_deref().unwrap_or_default();
        item.resource_id.as_deref() == Some(column.resource_id.as_str())
            && item.resource_link_id.as_deref().is_none_or(str::is_empty)
            && !mark.is_empty()
            && !others.ids.iter().any(|id| id == mark)
    };
    let rank = |item: &LineItem| (!is_ours(item), item.label != column.label);
    listed
        .into_iter()
        .filter(|item| item.id.as_ref().is_some_and(|id| !others.addresses.contains(id)))
        .filter(|item| is_ours(item) || is_copy(item))
        .min_by_key(rank)
}

fn is_as_ours(item: &LineItem, column: &GradeColumn) -> bool {
    let mut adapted = item.clone();
    adapt(&mut adapted, column);
    adapted == *item
}

fn adapt(item: &mut LineItem, column: &GradeColumn) {
    item.tag = Some(column.id.clone());
    item.resource_id = Some(column.resource_id.clone());
    // Whoever renamed or rescaled an activity's column in the platform did it on purpose; a module's is chosen here.
    if column.kind == placements::MODULE {
        item.label = label(column);
        item.score_maximum = column.score_maximum;
    }
}

fn label(column: &GradeColumn) -> String {
    let label = Some(column.label.trim()).filter(|label| !label.is_empty());
    label.unwrap_or(&column.resource_id).to_owned()
}

fn line_item(app: &App, column: &GradeColumn) -> LineItem {
    LineItem {
        id: None,
        label: label(column),
        score_maximum: column.score_maximum,
        resource_id: Some(column.resource_id.clone()),
        tag: Some(column.id.clone()),
        // Bound to the activity it would hide the activity's own one (moodle.md 9).
        resource_link_id: None,
        other: match column.kind.as_str() {
            placements::ACTIVITY => SubmissionReview::at(app.address("/")).as_member(),
            // From a module's score no single attempt can be opened.
            _ => serde_json::Map::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column() -> GradeColumn {
        let now = chrono::DateTime::UNIX_EPOCH.naive_utc();
        GradeColumn {
            id: "ours".to_owned(),
            context_id: "c".to_owned(),
            resource_id: "quiz".to_owned(),
            label: "Ôn tập".to_owned(),
            line_item_url: None,
            score_maximum: 10.0,
            origin: "none".to_owned(),
            created_at: now,
            updated_at: now,
            kind: placements::ACTIVITY.to_owned(),
            rounding: String::new(),
            unfinished: String::new(),
            missing: None,
            platform_maximum: None,
            former_maximum: None,
            maximum_changed_at: None,
            checked_at: None,
        }
    }

    #[test]
    fn which_column_is_the_one_that_we_made() {
        // Address, label, resource id, tag, resource link.
        type Listed<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>);
        #[track_caller]
        fn check(listed: &[Listed<'_>], expected: Option<&str>) {
            let listed = listed.iter().map(|(id, label, resource_id, tag, link)| LineItem {
                id: Some((*id).to_owned()),
                label: (*label).to_owned(),
                score_maximum: 10.0,
                resource_id: Some((*resource_id).to_owned()),
                tag: Some((*tag).to_owned()),
                resource_link_id: link.map(str::to_owned),
                other: serde_json::Map::new(),
            });
            let others = Others {
                addresses: vec!["taken".to_owned()],
                ids: vec!["sibling".to_owned()],
            };
            let chosen = choose(listed.collect(), &column(), &others);
            assert_eq!(chosen.and_then(|item| item.id).as_deref(), expected);
        }
        let ours = ("1", "Tên khác", "quiz", "ours", None);
        let copy = ("2", "Ôn tập", "quiz", "of another course", None);
        let other_copy = ("3", "Kiểm tra", "quiz", "of another course too", None);
        check(&[], None);
        check(&[copy, ours], Some("1"));
        check(&[other_copy, copy], Some("2"));
        check(&[other_copy], Some("3"));
        // An activity's own column, a sibling's, one that is filled already, another quiz's, one without a mark.
        check(&[("4", "Ôn tập", "quiz", "of another course", Some("7"))], None);
        check(&[("5", "Ôn tập", "quiz", "sibling", None)], None);
        check(&[("taken", "Ôn tập", "quiz", "ours", None)], None);
        check(
            &[("6", "Ôn tập", "another quiz", "of another course", None)],
            None,
        );
        check(&[("7", "Ôn tập", "quiz", "", None)], None);
    }
}
