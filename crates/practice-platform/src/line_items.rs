//! Line items: the container and single columns.

use serde::Serialize;
use serde_json::{Value, json};

use crate::exchange::{Answer, escape_unicode, number, php_json};
use crate::launch::line_item_url;
use crate::services::{Call, crooked_links, document, media, refused};
use crate::state::{LineItem, State};

#[derive(Serialize)]
struct Document<'a> {
    id: String,
    label: &'a str,
    #[serde(rename = "scoreMaximum")]
    score_maximum: Value,
    #[serde(rename = "resourceId")]
    resource_id: &'a str,
    tag: &'a str,
    #[serde(rename = "resourceLinkId", skip_serializing_if = "Option::is_none")]
    resource_link_id: Option<String>,
    #[serde(rename = "ltiLinkId", skip_serializing_if = "Option::is_none")]
    lti_link_id: Option<String>,
    #[serde(rename = "submissionReview", skip_serializing_if = "Option::is_none")]
    submission_review: Option<&'a Value>,
}

fn item_document<'a>(origin: &str, item: &'a LineItem, type_id: Option<i64>) -> Document<'a> {
    let link = item.resource_link.map(|id| id.to_string());
    Document {
        id: line_item_url(origin, item.course, item.id, type_id),
        label: &item.label,
        score_maximum: number(item.score_maximum),
        resource_id: &item.resource_id,
        tag: &item.tag,
        resource_link_id: link.clone(),
        lti_link_id: link,
        submission_review: item.submission_review.as_ref(),
    }
}

/// GET and POST on the container of a course.
pub(crate) fn container(state: &mut State, origin: &str, call: &Call<'_>, course: i64) -> Answer {
    if !state.courses.contains_key(&course) {
        return refused(
            call.request,
            404,
            &format!("Not Found: Course {course} doesn't exist"),
        );
    }
    match call.request.method.as_str() {
        "POST" => create(state, origin, call, course),
        _ => list(state, origin, call, course),
    }
}

fn list(state: &State, origin: &str, call: &Call<'_>, course: i64) -> Answer {
    let filter = |name: &str| call.request.query_value(name);
    let (resource, tag) = (filter("resource_id"), filter("tag"));
    let link = call.request.query_number("resource_link_id");
    let matching: Vec<Document<'_>> = state
        .line_items
        .values()
        .filter(|item| item.course == course && item.tool == call.tool)
        .filter(|item| resource.as_ref().is_none_or(|wanted| item.resource_id == *wanted))
        .filter(|item| tag.as_ref().is_none_or(|wanted| item.tag == *wanted))
        .filter(|item| link.is_none_or(|wanted| item.resource_link == Some(wanted)))
        .map(|item| item_document(origin, item, Some(call.tool)))
        .collect();
    let Some(limit) = page_limit(call) else {
        return document(200, media::LINE_ITEMS, php_json(&matching));
    };
    let (from, total) = (page_from(call), matching.len());
    let page: Vec<_> = matching.into_iter().skip(from).take(limit).collect();
    let query = call
        .type_id
        .map(|id| format!("?type_id={id}"))
        .unwrap_or_default();
    let base = format!("{origin}/mod/lti/services.php/{course}/lineitems{query}");
    document(200, media::LINE_ITEMS, php_json(&page))
        .with_header("link", &crooked_links(&base, limit, from, total))
}

pub(crate) fn page_limit(call: &Call<'_>) -> Option<usize> {
    let limit = call.request.query_number("limit").filter(|limit| *limit > 0)?;
    usize::try_from(limit).ok()
}

pub(crate) fn page_from(call: &Call<'_>) -> usize {
    usize::try_from(call.request.query_number("from").unwrap_or(0)).unwrap_or(0)
}

fn create(state: &mut State, origin: &str, call: &Call<'_>, course: i64) -> Answer {
    let body: Value = serde_json::from_slice(&call.request.body).unwrap_or(Value::Null);
    let label = body.get("label").and_then(Value::as_str).unwrap_or_default();
    let maximum = body.get("scoreMaximum").filter(|value| !value.is_null());
    let (false, Some(maximum)) = (label.is_empty(), maximum) else {
        return refused(call.request, 400, "No label or Score Maximum");
    };
    let Some(maximum) = numeric(maximum) else {
        return refused(call.request, 400, "Bad Request");
    };
    let link = match body.get("resourceLinkId").map(identifier) {
        None => None,
        Some(link) => {
            let ours = link.and_then(|id| state.activities.get(&id));
            match ours.filter(|activity| activity.course == course && activity.tool == call.tool) {
                Some(activity) => Some(activity.id),
                None => return refused(call.request, 403, "Forbidden"),
            }
        }
    };
    let id = state.next_id("line item");
    let item = LineItem {
        id,
        course,
        tool: call.tool,
        label: label.to_owned(),
        score_maximum: maximum,
        resource_id: text(&body, "resourceId"),
        tag: text(&body, "tag"),
        resource_link: link,
        of_activity: false,
        submission_review: body.get("submissionReview").cloned(),
        locked: false,
    };
    state.line_items.insert(id, item);
    let mut echo = body;
    if let Some(object) = echo.as_object_mut() {
        object.insert(
            "id".to_owned(),
            json!(line_item_url(origin, course, id, Some(call.tool))),
        );
    }
    document(201, media::LINE_ITEM, escape_unicode(&echo.to_string()))
}

/// GET, PUT and DELETE on one column. The course in the path is not looked at, as in Moodle.
pub(crate) fn single(state: &mut State, origin: &str, call: &Call<'_>, id: i64) -> Answer {
    let Some(item) = state.line_items.get_mut(&id) else {
        return refused(
            call.request,
            404,
            &format!("Not Found: Grade item {id} doesn't exist"),
        );
    };
    match call.request.method.as_str() {
        "GET" => {
            let found = item_document(origin, item, Some(call.tool));
            document(200, media::LINE_ITEM, php_json(&found))
        }
        _ if item.tool != call.tool => refused(call.request, 403, "Forbidden"),
        "DELETE" => {
            state.delete_line_item(id);
            Answer::new(204, "text/html; charset=utf-8", "").with_reason("OK")
        }
        _ => update(state, call, id),
    }
}

fn update(state: &mut State, call: &Call<'_>, id: i64) -> Answer {
    let body: Value = serde_json::from_slice(&call.request.body).unwrap_or(Value::Null);
    let label = body
        .get("label")
        .and_then(Value::as_str)
        .filter(|label| !label.is_empty());
    let maximum = body.get("scoreMaximum").and_then(numeric);
    let (Some(label), Some(maximum)) = (label, maximum) else {
        return refused(call.request, 400, "Bad Request");
    };
    let Some(item) = state.line_items.get_mut(&id) else {
        return refused(
            call.request,
            404,
            &format!("Not Found: Grade item {id} doesn't exist"),
        );
    };
    let factor = if item.score_maximum == 0.0 {
        1.0
    } else {
        maximum / item.score_maximum
    };
    item.label = label.to_owned();
    item.score_maximum = maximum;
    item.resource_id = text(&body, "resourceId");
    item.tag = text(&body, "tag");
    item.submission_review = body.get("submissionReview").cloned();
    for (_, cell) in state.grades.iter_mut().filter(|((item, _), _)| *item == id) {
        cell.raw = cell.raw.map(|raw| raw * factor);
        cell.grade = cell.grade.map(|grade| grade * factor);
    }
    document(200, media::LINE_ITEM, escape_unicode(&body.to_string()))
}

/// A number, or text that PHP takes for one.
pub(crate) fn numeric(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn identifier(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn text(body: &Value, name: &str) -> String {
    body.get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}
