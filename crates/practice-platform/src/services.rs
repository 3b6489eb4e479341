//! The door to the services of AGS and NRPS: media types, methods, tokens and scopes, as Moodle's services.php.
//!
//! What a service then does stands in line_items.rs, scores.rs, results.rs and memberships.rs.

use serde::Serialize;

use crate::exchange::{Answer, Incoming, pretty_json};
use crate::platform::PracticePlatform;
use crate::state::State;
use crate::token::{granted, scope};
use crate::{line_items, memberships, results, scores};

/// Media types of the services.
pub(crate) mod media {
    pub(crate) const LINE_ITEMS: &str = "application/vnd.ims.lis.v2.lineitemcontainer+json";
    pub(crate) const LINE_ITEM: &str = "application/vnd.ims.lis.v2.lineitem+json";
    pub(crate) const SCORE: &str = "application/vnd.ims.lis.v1.score+json";
    pub(crate) const RESULTS: &str = "application/vnd.ims.lis.v2.resultcontainer+json";
    pub(crate) const MEMBERSHIPS: &str = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";
    pub(crate) const OLD_MEMBERSHIPS: &str = "application/vnd.ims.lis.v2.membershipcontainer+json";
}

/// What a path below services.php names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    Container { course: i64 },
    LineItem { item: i64 },
    Scores { item: i64 },
    Results { course: i64, item: i64 },
    Memberships { course: i64, tool: i64 },
}

impl Resource {
    /// Reads the path after `services.php`.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let number = |text: &str| text.parse::<i64>().ok();
        match parts.as_slice() {
            [course, "lineitems"] => Some(Self::Container {
                course: number(course)?,
            }),
            [course, "lineitems", item, "lineitem"] => {
                number(course)?;
                Some(Self::LineItem { item: number(item)? })
            }
            [_, "lineitems", item, "lineitem", "scores"] => Some(Self::Scores { item: number(item)? }),
            [course, "lineitems", item, "lineitem", "results"] => Some(Self::Results {
                course: number(course)?,
                item: number(item)?,
            }),
            ["CourseSection", course, "bindings", tool, "memberships"] => Some(Self::Memberships {
                course: number(course)?,
                tool: number(tool)?,
            }),
            _ => None,
        }
    }

    fn formats(self) -> &'static [&'static str] {
        match self {
            Self::Container { .. } => &[media::LINE_ITEMS, media::LINE_ITEM],
            Self::LineItem { .. } => &[media::LINE_ITEM],
            Self::Scores { .. } => &[media::SCORE],
            Self::Results { .. } => &[media::RESULTS],
            Self::Memberships { .. } => &[media::MEMBERSHIPS, media::OLD_MEMBERSHIPS],
        }
    }

    fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Container { .. } => &["GET", "POST"],
            Self::LineItem { .. } => &["GET", "PUT", "DELETE"],
            Self::Scores { .. } => &["POST"],
            Self::Results { .. } | Self::Memberships { .. } => &["GET"],
        }
    }

    /// One of these scopes is needed.
    pub(crate) fn scopes(self, method: &str) -> &'static [&'static str] {
        match self {
            Self::Container { .. } | Self::LineItem { .. } if method == "GET" => {
                &[scope::LINE_ITEM, scope::LINE_ITEM_READ]
            }
            Self::Container { .. } | Self::LineItem { .. } => &[scope::LINE_ITEM],
            Self::Scores { .. } => &[scope::SCORE],
            Self::Results { .. } => &[scope::RESULT_READ],
            Self::Memberships { .. } => &[scope::MEMBERSHIPS],
        }
    }
}

/// A request that came through the door.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Incoming,
    /// The tool that the token belongs to.
    pub(crate) tool: i64,
    /// `type_id` when it was sent.
    pub(crate) type_id: Option<i64>,
}

/// Answers a request below services.php.
pub(crate) fn answer(platform: &PracticePlatform, request: &Incoming) -> Answer {
    let path = service_path(&request.path);
    let get = request.method == "GET";
    let accept = request.header("accept").unwrap_or_default();
    let content_type = request.content_type();
    let resource = Resource::of(path).filter(|resource| {
        let formats = resource.formats();
        match request.method.as_str() {
            "GET" => accept.is_empty() || accept.contains("*/*") || formats.contains(&accept),
            "DELETE" => true,
            _ => formats.contains(&content_type.as_str()),
        }
    });
    let Some(resource) = resource else {
        let reason = format!("No handler found for {path} {accept} {content_type}");
        return refused(request, 400, &reason);
    };
    if !resource.methods().contains(&request.method.as_str()) {
        return refused(request, 405, "Method Not Allowed");
    }
    let type_id = request.query_number("type_id");
    let now = platform.now();
    let caller = platform.with(|state| caller(state, request, resource, type_id, now));
    let Some(tool) = caller else {
        return refused(request, 401, "Unauthorized");
    };
    if get && accept.contains("*/*") && !matches!(resource, Resource::Memberships { .. }) {
        return refused(request, 400, "No context or unsupported content type");
    }
    let call = Call {
        request,
        tool,
        type_id,
    };
    platform.with(|state| match resource {
        Resource::Container { course } => line_items::container(state, platform.origin(), &call, course),
        Resource::LineItem { item } => line_items::single(state, platform.origin(), &call, item),
        Resource::Scores { item } => scores::post(state, &call, item, now),
        Resource::Results { course, item } => results::get(state, platform.origin(), &call, course, item),
        Resource::Memberships { course, .. } => memberships::get(state, &platform.site(), &call, course),
    })
}

pub(crate) fn service_path(path: &str) -> &str {
    path.strip_prefix("/mod/lti/services.php").unwrap_or(path)
}

/// The tool whose token this is, when token, type and scope fit.
fn caller(
    state: &State,
    request: &Incoming,
    resource: Resource,
    type_id: Option<i64>,
    now: i64,
) -> Option<i64> {
    let token = request.header("authorization")?.strip_prefix("Bearer ")?;
    let token = state
        .tokens
        .get(token.trim())
        .filter(|token| token.expires > now)?;
    let tool = state.tools.get(&token.tool)?;
    let named = match resource {
        Resource::Memberships { tool, .. } => Some(tool),
        _ => type_id,
    };
    if named.is_some_and(|id| id != tool.id) {
        return None;
    }
    // Changed settings bite at once, whatever the token says.
    let granted = granted(tool);
    let needed = resource.scopes(&request.method);
    let fits = |scope: &&str| granted.contains(scope) && token.scopes.iter().any(|given| given == scope);
    needed.iter().any(fits).then_some(tool.id)
}

#[derive(Serialize)]
struct Refused<'a> {
    status: u16,
    reason: &'a str,
    request: RefusedRequest<'a>,
}

#[derive(Serialize)]
struct RefusedRequest<'a> {
    method: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<&'a str>,
    #[serde(rename = "contentType")]
    content_type: &'a str,
}

/// Moodle's JSON for a refusal, with the reason also in the status line.
pub(crate) fn refused(request: &Incoming, status: u16, reason: &str) -> Answer {
    let body = Refused {
        status,
        reason,
        request: RefusedRequest {
            method: &request.method,
            url: request.target(),
            accept: request.header("accept").filter(|_| request.method == "GET"),
            content_type: request.header("content-type").unwrap_or_default(),
        },
    };
    Answer::new(status, "application/json; charset=utf-8", pretty_json(&body)).with_reason(reason.trim())
}

/// A document under a service's media type.
pub(crate) fn document(status: u16, media_type: &str, body: String) -> Answer {
    Answer::new(status, &format!("{media_type}; charset=utf-8"), body)
}

/// Moodle's Link header for line items and results: typographic quotes and escaped ampersands.
pub(crate) fn crooked_links(base: &str, limit: usize, from: usize, total: usize) -> String {
    let joint = if base.contains('?') { "&amp;" } else { "?" };
    let link = |from: usize, rel: &str| format!("<{base}{joint}limit={limit}&amp;from={from}>; rel=“{rel}”");
    let mut links = vec![link(0, "first")];
    if from > 0 {
        links.push(link(from.saturating_sub(limit), "prev"));
    }
    links.push(link(from, "canonical"));
    if from + limit < total {
        links.push(link(from + limit, "next"));
    }
    // Moodle counts full pages, so the last link may lead behind the end.
    links.push(link(total / limit.max(1) * limit, "last"));
    links.join(", ")
}
