//! Grade columns and members of the course that used each deployment last:
//! can we read them, and does our token arrive there at all? Nobody's name and
//! no grade is kept.

use futures_util::future::join_all;
use lti::{
    ags::LineItem,
    nrps::{Member, MemberStatus},
    quirks::{Quirks, quirks},
    roles::ContextRole,
};
use outbound::{
    CallError, Caller,
    check::{self as ask, List},
    line_items, memberships,
};
use storage::{
    Connection, columns,
    contexts::Context,
    placements::{ACTIVITY, GradeColumn},
    platform_checks,
};

use super::{Deadline, Finding, SLOW};
use crate::{App, Error, Result, registration::Listed, service};

/// So many deployments are asked about; the rest are like them.
const MOST_DEPLOYMENTS: usize = 5;
/// What hands the header on to PHP.
const APACHE: &str = r#"SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1"#;
/// So many activities are named.
const TITLES_NAMED: usize = 3;

/// The newest course of a deployment, and the columns that we know of it.
struct Course {
    deployment: String,
    context: Context,
    columns: Vec<Known>,
}

/// One of our columns, and the activity that it belongs to.
struct Known {
    column: GradeColumn,
    title: String,
}

/// What a service answered; `None` when it took too long.
type Answer<T> = Option<std::result::Result<T, CallError>>;

/// Asks the services of the newest course of each deployment, side by side.
pub(super) async fn ask(app: &App, listed: &Listed, deadline: Deadline) -> Result<Vec<Finding>> {
    let courses = courses(app, listed).await?;
    if courses.is_empty() {
        return Ok(vec![Finding::ok("context-none")]);
    }
    let target = service::target(&listed.registration);
    let caller = service::caller_now(app, &target).await?;
    let asking = courses
        .iter()
        .map(|course| of_course(app, &caller, course, deadline));
    let found = join_all(asking).await;
    let of_deployment = |(course, found): (&Course, Vec<Finding>)| {
        let deployment = course.deployment.clone();
        found.into_iter().map(move |one| one.of_deployment(&deployment))
    };
    Ok(courses.iter().zip(found).flat_map(of_deployment).collect())
}

async fn courses(app: &App, listed: &Listed) -> Result<Vec<Course>> {
    let deployments = listed.deployments.clone();
    app.db()
        .read(move |c| {
            let mut courses = Vec::new();
            for deployment in deployments {
                if courses.len() == MOST_DEPLOYMENTS {
                    break;
                }
                if let Some(context) = platform_checks::newest_context(c, &deployment.id)? {
                    courses.push(Course {
                        deployment: deployment.platform_id,
                        columns: known(c, &context)?,
                        context,
                    });
                }
            }
            Ok::<_, Error>(courses)
        })
        .await
}

fn known(connection: &mut Connection, context: &Context) -> Result<Vec<Known>> {
    let module = columns::find_module(connection, &context.id)?.map(|column| Known {
        title: column.label.clone(),
        column,
    });
    let activities = columns::list_activities(connection, &context.id)?;
    let mut known: Vec<Known> = Vec::new();
    for activity in activities {
        // A duplicated activity may share its column.
        if known.iter().all(|one| one.column.id != activity.column.id) {
            let title = activity.title.filter(|title| !title.is_empty());
            known.push(Known {
                title: title.unwrap_or_else(|| activity.column.label.clone()),
                column: activity.column,
            });
        }
    }
    known.extend(module);
    Ok(known)
}

async fn of_course(app: &App, caller: &Caller<'_>, course: &Course, deadline: Deadline) -> Vec<Finding> {
    let (items, members) = tokio::join!(
        read(course.context.line_items_url.as_deref(), deadline, |url| {
            line_items::list(app.outbound(), caller, url, None)
        }),
        read(course.context.memberships_url.as_deref(), deadline, |url| {
            memberships::read_all(app.outbound(), caller, url)
        }),
    );
    let name = |finding: Finding| finding.text("course", title_of(&course.context));
    let statuses = (status_of(&items), status_of(&members));
    if let Some(lost) = lost(app, caller, course, deadline, statuses).await {
        return vec![name(lost)];
    }
    let items = match items {
        None => vec![Finding::warn("line-items-unshared")],
        Some(answer) => line_items_of(course, answer),
    };
    let members = match members {
        None => vec![Finding::warn("members-unshared")],
        Some(answer) => members_of(answer, quirks(caller.target.product_family.as_deref())),
    };
    items.into_iter().chain(members).map(name).collect()
}

/// Asks a service where the platform named one.
async fn read<'a, T, F>(
    url: Option<&'a str>,
    deadline: Deadline,
    call: impl FnOnce(&'a str) -> F,
) -> Option<Answer<T>>
where
    F: Future<Output = std::result::Result<T, CallError>>,
{
    match url {
        Some(url) => Some(deadline.wait(call(url)).await),
        None => None,
    }
}

/// Tokens are given and do not arrive: every service that was asked answers 401, and the same without a token. A scope
/// that was not granted is refused before, by the token endpoint.
async fn lost(
    app: &App,
    caller: &Caller<'_>,
    course: &Course,
    deadline: Deadline,
    (items, members): (Option<u16>, Option<u16>),
) -> Option<Finding> {
    let asked = match (items, members) {
        (Some(401), None | Some(401)) => (List::LineItems, course.context.line_items_url.as_deref()),
        (None, Some(401)) => (List::Members, course.context.memberships_url.as_deref()),
        _ => return None,
    };
    let (list, url) = (asked.0, asked.1?);
    let asking = ask::loses_token(app.outbound(), caller, list, url);
    match deadline.wait(asking).await {
        Some(Ok(true)) => Some(Finding::bad("authorization-lost").detail(APACHE)),
        _ => None,
    }
}

/// 200 for a list, the status of a refusal; `None` where nothing was asked, or nothing can be concluded.
fn status_of<T>(answer: &Option<Answer<T>>) -> Option<u16> {
    match answer {
        Some(Some(Ok(_list))) => Some(200),
        Some(Some(Err(CallError::Status { status, .. } | CallError::Html { status, .. }))) => Some(*status),
        _ => None,
    }
}

fn line_items_of(course: &Course, answer: Answer<Vec<LineItem>>) -> Vec<Finding> {
    let listed = match answer {
        Some(Ok(listed)) => listed,
        None => return vec![Finding::warn("line-items-unreachable").detail(SLOW)],
        // What the token endpoint refused has its own finding.
        Some(Err(error)) if error.code() == lti::Code::SvcScope => return Vec::new(),
        Some(Err(error)) if error.retryable() => {
            return vec![Finding::warn("line-items-unreachable").detail(error.to_string())];
        }
        Some(Err(error)) => return vec![Finding::bad("line-items-refused").detail(error.to_string())],
    };
    let ours = listed
        .iter()
        .filter(|item| is_ours(item, &course.columns))
        .count();
    let read = Finding::ok("line-items-read")
        .count("count", listed.len())
        .count("ours", ours);
    let missing = course.columns.iter().filter(|known| is_missing(known, &listed));
    let none = course.columns.iter().filter(|known| {
        known.column.kind == ACTIVITY
            && known.column.line_item_url.is_none()
            && known.column.missing.is_none()
    });
    let missing = titled(Finding::bad("column-missing"), missing.collect());
    let none = titled(Finding::warn("column-none"), none.collect());
    std::iter::once(read).chain(missing).chain(none).collect()
}

fn is_ours(item: &LineItem, columns: &[Known]) -> bool {
    columns.iter().any(|known| {
        let column = &known.column;
        let leads_there = |url: &String| item.id.as_deref().is_some_and(|id| same_address(id, url));
        item.tag.as_deref() == Some(column.id.as_str())
            || item.resource_id.as_deref() == Some(column.resource_id.as_str())
            || column.line_item_url.as_ref().is_some_and(leads_there)
    })
}

/// A column that we send grades to and the platform does not list, or that was noticed to be gone before.
fn is_missing(known: &Known, listed: &[LineItem]) -> bool {
    match &known.column.line_item_url {
        Some(url) => !listed
            .iter()
            .any(|item| item.id.as_deref().is_some_and(|id| same_address(id, url))),
        None => known.column.missing.is_some(),
    }
}

/// Moodle names a line item with and without its `type_id`.
fn same_address(one: &str, other: &str) -> bool {
    let path = |url: &str| {
        url.split_once('?')
            .map_or_else(|| url.to_owned(), |(path, _)| path.to_owned())
    };
    one == other || path(one) == path(other)
}

fn titled(finding: Finding, columns: Vec<&Known>) -> Option<Finding> {
    let titles: Vec<&str> = columns
        .iter()
        .map(|known| known.title.as_str())
        .take(TITLES_NAMED)
        .collect();
    let more = if columns.len() > titles.len() { ", …" } else { "" };
    let named = finding
        .count("count", columns.len())
        .text("titles", format!("{}{more}", titles.join(", ")));
    (!columns.is_empty()).then_some(named)
}

fn members_of(answer: Answer<Vec<Member>>, quirks: &Quirks) -> Vec<Finding> {
    let members = match answer {
        Some(Ok(members)) => members,
        None => return vec![Finding::warn("members-unreachable").detail(SLOW)],
        Some(Err(error)) if error.code() == lti::Code::SvcScope => return Vec::new(),
        Some(Err(error)) if error.retryable() => {
            return vec![Finding::warn("members-unreachable").detail(error.to_string())];
        }
        Some(Err(error)) => return vec![Finding::warn("members-refused").detail(error.to_string())],
    };
    let with = |role| {
        let active = members
            .iter()
            .filter(|member| member.status == MemberStatus::Active);
        active
            .filter(|member| member.roles.role_as(quirks) == role)
            .count()
    };
    let (learners, instructors) = (with(ContextRole::Learner), with(ContextRole::Instructor));
    let found = match learners {
        0 => Finding::warn("members-none"),
        _ => Finding::ok("members-read"),
    };
    let found = found.count("count", members.len()).count("learners", learners);
    vec![found.count("instructors", instructors)]
}

fn title_of(context: &Context) -> String {
    match context.title.is_empty() {
        true => context.label.clone(),
        false => context.title.clone(),
    }
}
