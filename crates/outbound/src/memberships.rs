//! Memberships: the roster of a context (NRPS 2.0).
//!
//! Left out on purpose: filters by role. Moodle's next pages lose them, and its roster calls some teachers learners.

use lti::nrps::{MEMBERSHIP_TYPE, Member, SCOPE_MEMBERSHIP, members_of_link_url, parse_membership_page};

use crate::bearer::Caller;
use crate::client::{Answer, Outbound, Service};
use crate::error::CallError;
use crate::pages::{self, Listed};

/// Reads the whole roster, page by page, in the platform's order.
///
/// # Errors
/// No answer, a refusal, no token, `LTI-SVC-ORIGIN`, a list without an end.
pub async fn read_all(
    outbound: &Outbound,
    caller: &Caller<'_>,
    memberships_url: &str,
) -> Result<Vec<Member>, CallError> {
    pages::read_all(outbound, caller, LISTED, memberships_url, members).await
}

/// Reads who may open one link (`rlid`), page by page. Platforms answer 400 or 404 where they do not tell it.
///
/// # Errors
/// As [`read_all`].
pub async fn read_of_link(
    outbound: &Outbound,
    caller: &Caller<'_>,
    memberships_url: &str,
    link_id: &str,
) -> Result<Vec<Member>, CallError> {
    // A next page that has lost its link would be one of the whole course.
    let of_link = |page_url: &str| members_of_link_url(page_url, link_id);
    pages::read_all_at(outbound, caller, LISTED, memberships_url, members, &of_link).await
}

const LISTED: Listed = Listed {
    service: Service::Memberships,
    scope: SCOPE_MEMBERSHIP,
    accept: MEMBERSHIP_TYPE,
    follow: true,
};

fn members(answer: &Answer, page_url: &str) -> Result<Vec<Member>, lti::Refusal> {
    let links = answer.links();
    let page = parse_membership_page(&answer.body, links.iter().map(String::as_str), page_url)?;
    Ok(page.members)
}
