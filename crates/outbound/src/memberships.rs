//! Memberships: the roster of a context (NRPS 2.0).
//!
//! Left out on purpose: filters by role. Moodle's next pages lose them, and its roster calls some teachers learners.

use lti::nrps::{MEMBERSHIP_TYPE, Member, SCOPE_MEMBERSHIP, parse_membership_page};

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
    let listed = Listed {
        service: Service::Memberships,
        scope: SCOPE_MEMBERSHIP,
        accept: MEMBERSHIP_TYPE,
        follow: true,
    };
    pages::read_all(outbound, caller, listed, memberships_url, members).await
}

fn members(answer: &Answer, page_url: &str) -> Result<Vec<Member>, lti::Refusal> {
    let links = answer.links();
    let page = parse_membership_page(&answer.body, links.iter().map(String::as_str), page_url)?;
    Ok(page.members)
}
