//! Results: what stands in a column.

use chrono::TimeZone;
use serde::Serialize;
use serde_json::Value;

use crate::exchange::{Answer, number, php_json};
use crate::gradebook::Grade;
use crate::launch::line_item_url;
use crate::line_items::{page_from, page_limit};
use crate::scores::server_zone;
use crate::services::{Call, crooked_links, document, media, refused};
use crate::state::{LineItem, State};

#[derive(Serialize)]
struct ResultDocument {
    id: String,
    #[serde(rename = "userId")]
    user_id: String,
    #[serde(flatten)]
    score: Option<Scored>,
}

#[derive(Serialize)]
struct Scored {
    #[serde(rename = "resultScore")]
    score: Value,
    #[serde(rename = "resultMaximum")]
    maximum: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(rename = "scoreOf")]
    score_of: String,
    timestamp: String,
}

/// Answers a request for the results of a column.
pub(crate) fn get(state: &State, origin: &str, call: &Call<'_>, course: i64, item: i64) -> Answer {
    let Some(item) = state.line_items.get(&item) else {
        return refused(
            call.request,
            404,
            &format!("Not Found: Grade item {item} doesn't exist"),
        );
    };
    if item.tool != call.tool {
        return refused(call.request, 403, "Forbidden");
    }
    let limit = page_limit(call);
    if limit.is_some() && call.type_id.is_some() {
        // Moodle stumbles over its own paging here.
        let page =
            "<!doctype html><title>Error</title><p>Exception - Call to a member function out() on null</p>";
        return Answer::html(404, page.to_owned());
    }
    let wanted = call.request.query_number("user_id");
    let base = format!("{}/results", line_item_url(origin, course, item.id, None));
    let all: Vec<ResultDocument> = state
        .grades
        .iter()
        .filter(|((column, user), _)| *column == item.id && wanted.is_none_or(|wanted| wanted == *user))
        .map(|((_, user), cell)| row(origin, &base, call.type_id, item, *user, cell))
        .collect();
    let Some(limit) = limit else {
        return document(200, media::RESULTS, php_json(&all));
    };
    let (from, total) = (page_from(call), all.len());
    let page: Vec<_> = all.into_iter().skip(from).take(limit).collect();
    document(200, media::RESULTS, php_json(&page))
        .with_header("link", &crooked_links(&base, limit, from, total))
}

fn row(
    origin: &str,
    base: &str,
    type_id: Option<i64>,
    item: &LineItem,
    user: i64,
    cell: &Grade,
) -> ResultDocument {
    let query = type_id.map(|id| format!("type_id={id}&")).unwrap_or_default();
    let at = cell
        .modified
        .and_then(|at| server_zone()?.timestamp_opt(at, 0).single());
    ResultDocument {
        id: format!("{base}?{query}user_id={user}"),
        user_id: user.to_string(),
        score: cell.grade.map(|grade| Scored {
            score: number(grade),
            maximum: number(item.score_maximum),
            comment: cell.feedback.clone(),
            score_of: line_item_url(origin, item.course, item.id, type_id),
            timestamp: at.map(|at| at.to_rfc3339()).unwrap_or_default(),
        }),
    }
}
