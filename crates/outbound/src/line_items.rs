//! Line items: the columns of the platform's gradebook (AGS 2.0, 3.2).
//!
//! Left out on purpose: deleting them. Moodle deletes an activity's own column with all its grades.

use bytes::Bytes;
use lti::ags::{
    LINE_ITEM_CONTAINER_TYPE, LINE_ITEM_TYPE, LineItem, SCOPE_LINE_ITEM, SCOPE_LINE_ITEM_READ_ONLY,
    line_items_by_resource_url, parse_line_item, parse_line_items,
};
use lti::quirks::quirks;
use reqwest::Method;

use crate::bearer::{Caller, ServiceCall, call};
use crate::client::{CAP_SMALL, Outbound, Service};
use crate::error::CallError;
use crate::pages::{Listed, read_all};

/// Lists the columns of a context, all of them or those with our resource id. Never asks for a `limit`.
///
/// # Errors
/// No answer, a refusal, no token, `LTI-SVC-ORIGIN`.
pub async fn list(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_items_url: &str,
    resource_id: Option<&str>,
) -> Result<Vec<LineItem>, CallError> {
    let listed = Listed {
        service: Service::LineItems,
        scope: SCOPE_LINE_ITEM_READ_ONLY,
        accept: LINE_ITEM_CONTAINER_TYPE,
        follow: quirks(caller.target.product_family.as_deref()).page_line_items,
    };
    let url = match resource_id {
        Some(id) => line_items_by_resource_url(line_items_url, id),
        None => line_items_url.to_owned(),
    };
    read_all(outbound, caller, listed, &url, |answer, _| {
        parse_line_items(&answer.body)
    })
    .await
}

/// Makes a column and gives it as the platform stored it. Calling it twice makes two (Moodle): look for the resource id
/// first.
///
/// # Errors
/// No answer (the column may have been made nevertheless), a refusal, no token, `LTI-SVC-ORIGIN`, `LTI-AGS-VALUE`.
pub async fn create(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_items_url: &str,
    line_item: &LineItem,
) -> Result<LineItem, CallError> {
    let body = line_item.to_json()?.into();
    one(
        outbound,
        caller,
        SCOPE_LINE_ITEM,
        line_items_url,
        Method::POST,
        Some(body),
    )
    .await
}

/// Reads one column.
///
/// # Errors
/// No answer, a refusal, no token, `LTI-SVC-ORIGIN`.
pub async fn read(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_item_url: &str,
) -> Result<LineItem, CallError> {
    one(
        outbound,
        caller,
        SCOPE_LINE_ITEM_READ_ONLY,
        line_item_url,
        Method::GET,
        None,
    )
    .await
}

/// Changes a column: reads it, lets `change` at it and sends all of it back, since Moodle clears what is left out.
/// Another maximum makes Moodle rescale the grades.
///
/// # Errors
/// No answer (it may have been changed nevertheless), a refusal, no token, `LTI-SVC-ORIGIN`, `LTI-AGS-VALUE`.
pub async fn update(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_item_url: &str,
    change: impl FnOnce(&mut LineItem),
) -> Result<(), CallError> {
    let before = read(outbound, caller, line_item_url).await?;
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(());
    }
    let request = ServiceCall {
        service: Service::LineItems,
        scope: SCOPE_LINE_ITEM,
        method: Method::PUT,
        url: line_item_url,
        accept: LINE_ITEM_TYPE,
        content: Some((LINE_ITEM_TYPE, after.to_json()?.into())),
        cap: CAP_SMALL,
    };
    call(outbound, caller, request).await?.success()?;
    Ok(())
}

async fn one(
    outbound: &Outbound,
    caller: &Caller<'_>,
    scope: &'static str,
    url: &str,
    method: Method,
    body: Option<Bytes>,
) -> Result<LineItem, CallError> {
    let request = ServiceCall {
        service: Service::LineItems,
        scope,
        method,
        url,
        accept: LINE_ITEM_TYPE,
        content: body.map(|body| (LINE_ITEM_TYPE, body)),
        cap: CAP_SMALL,
    };
    let answer = call(outbound, caller, request).await?.success()?;
    Ok(parse_line_item(&answer.body)?)
}
