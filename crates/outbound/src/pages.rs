//! Lists that come in pages: followed by their `Link` headers until the end, which a platform may fail to have.
//!
//! Left out on purpose: what stands on a page (each service reads its own).

use std::collections::HashSet;

use lti::Code;
use lti::Refusal;
use lti::origin::{origin, same_origin};
use reqwest::Method;

use crate::bearer::{Caller, ServiceCall, call};
use crate::client::{Answer, CAP_LIST, Outbound, Service};
use crate::error::{CallError, Cause};

/// Most pages that are read of one list.
pub(crate) const MOST_PAGES: usize = 100;
/// Most bytes that are read of one list, all pages together.
const MOST_BYTES: usize = 4 * CAP_LIST;

/// What is listed, and how it is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) service: Service,
    pub(crate) scope: &'static str,
    pub(crate) accept: &'static str,
    /// Whether next pages are asked for at all.
    pub(crate) follow: bool,
}

/// Reads all pages from `first` on. `read` takes what stands on each.
///
/// # Errors
/// Those of a call, what `read` says, `LTI-SVC-ORIGIN` when the next page is elsewhere, and
/// [`CallError::Endless`].
pub(crate) async fn read_all<T>(
    outbound: &Outbound,
    caller: &Caller<'_>,
    listed: Listed,
    first: &str,
    read: fn(&Answer, &str) -> Result<Vec<T>, Refusal>,
) -> Result<Vec<T>, CallError> {
    read_all_at(outbound, caller, listed, first, read, &str::to_owned).await
}

/// The same, with each page asked for at the address that `place` makes of the one named.
///
/// # Errors
/// As [`read_all`].
pub(crate) async fn read_all_at<T>(
    outbound: &Outbound,
    caller: &Caller<'_>,
    listed: Listed,
    first: &str,
    read: fn(&Answer, &str) -> Result<Vec<T>, Refusal>,
    place: &(dyn Fn(&str) -> String + Sync),
) -> Result<Vec<T>, CallError> {
    let (mut all, mut seen, mut bytes) = (Vec::new(), HashSet::new(), 0);
    let mut next = Some(place(first));
    while let Some(url) = next {
        let answer = page(outbound, caller, listed, &url).await?;
        all.extend(read(&answer, &url)?);
        bytes += answer.body.len();
        if bytes > MOST_BYTES {
            return Err(CallError::Unreachable {
                host: answer.host,
                cause: Cause::TooLarge,
            });
        }
        next = following(&answer, &url, listed.follow)?.map(|next| place(&next));
        seen.insert(url);
        if next
            .as_ref()
            .is_some_and(|next| seen.contains(next) || seen.len() >= MOST_PAGES)
        {
            return Err(CallError::Endless { host: answer.host });
        }
    }
    Ok(all)
}

async fn page(
    outbound: &Outbound,
    caller: &Caller<'_>,
    listed: Listed,
    url: &str,
) -> Result<Answer, CallError> {
    let Listed {
        service,
        scope,
        accept,
        ..
    } = listed;
    let request = ServiceCall {
        service,
        scope,
        method: Method::GET,
        url,
        accept,
        content: None,
        cap: CAP_LIST,
    };
    call(outbound, caller, request).await?.success()
}

/// The next page's address. A page that names itself as the next one is the last.
fn following(answer: &Answer, url: &str, follow: bool) -> Result<Option<String>, Refusal> {
    match answer.next_link().filter(|next| follow && next != url) {
        Some(next) if !same_origin(&next, url) => {
            Err(Refusal::new(Code::SvcOrigin, origin(&next).unwrap_or_default()))
        }
        next => Ok(next),
    }
}
