//! Results: what stands in the platform's gradebook (AGS 2.0, 3.3).
//!
//! Left out on purpose: comparing them with what was sent (`app`).

use lti::ags::{LineItemResult, RESULT_CONTAINER_TYPE, SCOPE_RESULT_READ_ONLY, parse_results, results_url};
use lti::quirks::quirks;

use crate::bearer::Caller;
use crate::client::{Outbound, Service};
use crate::error::CallError;
use crate::pages::{Listed, read_all};

/// Reads the results of a column: of everybody, or of one user. Never asks for a `limit`, which Moodle answers with an
/// error page.
///
/// # Errors
/// No answer, a refusal, no token, `LTI-SVC-ORIGIN`.
pub async fn read(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_item_url: &str,
    user_id: Option<&str>,
) -> Result<Vec<LineItemResult>, CallError> {
    let listed = Listed {
        service: Service::Results,
        scope: SCOPE_RESULT_READ_ONLY,
        accept: RESULT_CONTAINER_TYPE,
        follow: quirks(caller.target.product_family.as_deref()).page_line_items,
    };
    let url = results_url(line_item_url, user_id);
    read_all(outbound, caller, listed, &url, |answer, _| {
        parse_results(&answer.body)
    })
    .await
}
