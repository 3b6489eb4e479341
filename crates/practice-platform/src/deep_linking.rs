//! Content selection: what comes back from the tool's picker, and what becomes of it.
//!
//! Moodle checks the signature, `exp` and that `iss` is the client id, and nothing else. The answer counts only in
//! the frame that Moodle opened.

use serde_json::Value;

use crate::exchange::{Answer, Incoming};
use crate::keys;
use crate::launch::plain;
use crate::pages;
use crate::platform::PracticePlatform;
use crate::state::{ActivityConfig, ActivityLineItem, State};

/// What the maximum grade may be.
const MAXIMUM: std::ops::RangeInclusive<f64> = 1.0..=100.0;

/// One item of a selection, as the form shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ContentItem {
    /// Name; the tool's name when the item has no title.
    pub title: String,
    /// Description, without line breaks when it is the only item.
    pub text: String,
    /// Target; empty means the tool's own.
    pub url: String,
    /// Custom parameters.
    pub custom: Vec<(String, String)>,
    /// The column; without it none is made.
    pub line_item: Option<ActivityLineItem>,
}

/// What a teacher chose and has not saved yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Its own random id.
    pub id: String,
    /// Who chose.
    pub user: i64,
    /// For which course.
    pub course: i64,
    /// From which tool.
    pub tool: i64,
    /// The items in the tool's order.
    pub items: Vec<ContentItem>,
}

/// Why a selection cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// No selection has this id.
    Unknown,
    /// The only item's maximum "must be an integer between 1 and 100".
    Maximum,
}

/// Takes the tool's answer to a deep linking request.
pub(crate) async fn returned(platform: &PracticePlatform, request: &Incoming) -> Answer {
    if request
        .header("sec-fetch-dest")
        .is_some_and(|destination| destination != "iframe")
    {
        return pages::outside_frame(platform, request);
    }
    let number = |name: &str| request.query_number(name).unwrap_or_default();
    let (course, tool) = (number("course"), number("id"));
    let sesskey = request.query_value("sesskey").unwrap_or_default();
    let session = platform.with(|state| {
        let found = state
            .sessions
            .iter()
            .find(|(_, session)| session.sesskey == sesskey);
        found.map(|(id, session)| (id.clone(), session.clone()))
    });
    let Some((id, session)) = session else {
        return pages::exception(platform, request, "Your session has most likely timed out");
    };
    match request.cookie(pages::SESSION_COOKIE) {
        Some(cookie) if session.browser && cookie != id => {
            return pages::exception(platform, request, "Your session has most likely timed out");
        }
        None if session.browser && request.form_value("repost").is_none() => {
            return pages::repost(platform, request);
        }
        None if session.browser => return pages::exception(platform, request, "Not logged in"),
        _ => {}
    }
    let token = request.form_value("JWT").unwrap_or_default();
    match items(platform, tool, &token).await {
        Err(message) => pages::exception(platform, request, &message),
        Ok(items) => {
            let selection = Selection {
                id: crate::random_text(20),
                user: session.user,
                course,
                tool,
                items,
            };
            let id = selection.id.clone();
            let empty = selection.items.is_empty();
            platform.with(|state| {
                if state.may_edit(course, session.user) && !empty {
                    state.selections.insert(id.clone(), selection);
                }
            });
            pages::selection_returned(platform, request, course, tool, (!empty).then_some(id.as_str()))
        }
    }
}

async fn items(platform: &PracticePlatform, tool: i64, token: &str) -> Result<Vec<ContentItem>, String> {
    let token = keys::decode(token).map_err(exception)?;
    let (client_id, name) = platform
        .with(|state| {
            state
                .tools
                .get(&tool)
                .map(|tool| (tool.client_id.clone(), tool.config.name.clone()))
        })
        .ok_or_else(|| "Unknown tool".to_owned())?;
    if token.claims.get("iss").and_then(Value::as_str) != Some(client_id.as_str()) {
        return Err("Consumer key is incorrect".to_owned());
    }
    platform
        .check_tool_token(tool, &token)
        .await
        .map_err(|error| exception(&error))?;
    let claim = token
        .claims
        .get("https://purl.imsglobal.org/spec/lti-dl/claim/content_items");
    let items = claim
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let only = items.len() == 1;
    Ok(items.iter().map(|item| content_item(item, &name, only)).collect())
}

fn exception(message: &str) -> String {
    format!("Exception - {message}")
}

fn content_item(item: &Value, tool_name: &str, only: bool) -> ContentItem {
    let text = |name: &str| {
        item.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let title = Some(text("title")).filter(|title| !title.is_empty());
    let description = if only {
        text("text").replace(['\r', '\n'], " ")
    } else {
        text("text")
    };
    let custom = item.get("custom").and_then(Value::as_object);
    ContentItem {
        title: title.unwrap_or_else(|| tool_name.to_owned()),
        text: description,
        url: text("url"),
        // A line break cuts a value: what follows is a line without an equals sign.
        custom: custom
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                (
                    name.clone(),
                    plain(value).lines().next().unwrap_or_default().to_owned(),
                )
            })
            .collect(),
        line_item: item.get("lineItem").map(|line_item| {
            let text = |name: &str| {
                line_item
                    .get(name)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            ActivityLineItem {
                score_maximum: line_item
                    .get("scoreMaximum")
                    .and_then(Value::as_f64)
                    .unwrap_or(100.0),
                resource_id: text("resourceId"),
                tag: text("tag"),
                submission_review: line_item.get("submissionReview").cloned(),
            }
        }),
    }
}

pub(crate) fn maximum_is_right(maximum: f64) -> bool {
    maximum.fract() == 0.0 && MAXIMUM.contains(&maximum)
}

/// Saves a selection: one item only with a right maximum, several in silence with 100 where it is wrong.
pub(crate) fn save(state: &mut State, id: &str) -> Result<Vec<i64>, SaveError> {
    let selection = state.selections.get(id).ok_or(SaveError::Unknown)?.clone();
    let only = selection.items.len() == 1;
    let wrong = |item: &ContentItem| {
        item.line_item
            .as_ref()
            .is_some_and(|column| !maximum_is_right(column.score_maximum))
    };
    if only && selection.items.iter().any(wrong) {
        return Err(SaveError::Maximum);
    }
    state.selections.remove(id);
    let made = selection.items.into_iter().map(|item| {
        let line_item = item.line_item.map(|mut column| {
            if !maximum_is_right(column.score_maximum) {
                column.score_maximum = 100.0;
            }
            column
        });
        let config = ActivityConfig {
            title: item.title,
            description: item.text,
            url: item.url,
            custom: item.custom,
            line_item,
            tool: selection.tool,
        };
        state.add_activity(selection.course, config)
    });
    Ok(made.collect())
}
