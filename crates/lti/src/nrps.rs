//! Names and role provisioning services 2.0: one page of a context's members.
//! Whether the roster tells the truth about roles is the quirk table's matter.

use crate::code::{Code, Refusal};
use crate::json::{object, owned, text};
use crate::link_header::next_link;
use crate::names::clean_name;
use crate::origin::same_origin;
use crate::roles::Roles;
use serde_json::{Map, Value};
use url::Url;

/// Scope: read memberships.
pub const SCOPE_MEMBERSHIP: &str =
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";
/// Accept of memberships; send it exactly.
pub const MEMBERSHIP_TYPE: &str = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json";

/// The query parameter that names a link (NRPS 2.0 section 3.1).
const LINK: &str = "rlid";

/// Address of the members who may open one link: `page_url` with the link's id,
/// which some platforms leave out of their next pages.
pub fn members_of_link_url(page_url: &str, link_id: &str) -> String {
    let Ok(mut url) = Url::parse(page_url) else {
        return page_url.to_owned();
    };
    if !url.query_pairs().any(|(name, _)| name == LINK) {
        url.query_pairs_mut().append_pair(LINK, link_id);
    }
    url.into()
}

/// One page of members (NRPS 2.0 section 2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipPage {
    /// `context.id`.
    pub context_id: Option<String>,
    /// The members of this page.
    pub members: Vec<Member>,
    /// Address of the next page, on the origin of this one.
    pub next: Option<String>,
}

/// A member of a context, with cleaned names.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// The same id as `sub` in a launch.
    pub user_id: String,
    /// Roles, short or full.
    pub roles: Roles,
    /// Active when not said.
    pub status: MemberStatus,
    /// `given_name`.
    pub given_name: Option<String>,
    /// `family_name`.
    pub family_name: Option<String>,
    /// `name`; Moodle's is always given name first.
    pub name: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `lis_person_sourcedid`.
    pub sourcedid: Option<String>,
}

crate::debug_only!(Member: user_id, roles, status);

/// `status` (NRPS 2.0 section 2.3). Moodle sends only active members and leaves
/// suspended ones out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberStatus {
    /// Takes part.
    Active,
    /// Suspended.
    Inactive,
    /// No member any more.
    Deleted,
}

/// Reads a page that was fetched from `page_url`; `link_headers` are the values
/// of its `Link` headers. Members without an id are left out.
///
/// # Errors
/// [`Code::SvcRefused`] when the body is no membership container,
/// [`Code::SvcOrigin`] when the next page lies on another origin.
pub fn parse_membership_page<'a>(
    body: &[u8],
    link_headers: impl IntoIterator<Item = &'a str>,
    page_url: &str,
) -> Result<MembershipPage, Refusal> {
    let unreadable = || Refusal::new(Code::SvcRefused, "the answer is not a membership container");
    let page: Map<String, Value> = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let list = page
        .get("members")
        .and_then(Value::as_array)
        .ok_or_else(unreadable)?;
    // a page that names itself as the next one would never end
    let next = next_link(link_headers).filter(|next| next != page_url);
    if next.as_ref().is_some_and(|next| !same_origin(next, page_url)) {
        return Err(Refusal::new(
            Code::SvcOrigin,
            "the next page is on another origin",
        ));
    }
    Ok(MembershipPage {
        context_id: object(&page, "context").and_then(|context| owned(context, "id")),
        members: list.iter().filter_map(member).collect(),
        next,
    })
}

fn member(value: &Value) -> Option<Member> {
    let map = value.as_object()?;
    let name = |key: &str| text(map, key).and_then(clean_name);
    Some(Member {
        user_id: owned(map, "user_id")?,
        roles: map.get("roles").and_then(Roles::from_json).unwrap_or_default(),
        status: match text(map, "status").map(str::to_ascii_lowercase).as_deref() {
            Some("inactive") => MemberStatus::Inactive,
            Some("deleted") => MemberStatus::Deleted,
            _ => MemberStatus::Active,
        },
        given_name: name("given_name"),
        family_name: name("family_name"),
        name: name("name"),
        email: name("email").filter(|email| email.contains('@')),
        sourcedid: name("lis_person_sourcedid"),
    })
}

#[cfg(test)]
#[path = "nrps_tests.rs"]
mod tests;
