//! Assignment and grade services 2.0: line items, scores, results, and the
//! addresses made from a line item's. What an answer to a score means stands
//! in [`crate::score_response`].

use crate::code::{Code, Refusal};
use crate::json::{number, owned, text};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// Scope: read and write line items.
pub const SCOPE_LINE_ITEM: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem";
/// Scope: read line items; Moodle wants it asked for by name.
pub const SCOPE_LINE_ITEM_READ_ONLY: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
/// Scope: read results.
pub const SCOPE_RESULT_READ_ONLY: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly";
/// Scope: send scores.
pub const SCOPE_SCORE: &str = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

/// Accept and Content-Type of one line item; send it exactly, without another
/// type beside it (Moodle dispatches by it).
pub const LINE_ITEM_TYPE: &str = "application/vnd.ims.lis.v2.lineitem+json";
/// Accept of a line item container.
pub const LINE_ITEM_CONTAINER_TYPE: &str = "application/vnd.ims.lis.v2.lineitemcontainer+json";
/// Content-Type of a score.
pub const SCORE_TYPE: &str = "application/vnd.ims.lis.v1.score+json";
/// Accept of results.
pub const RESULT_CONTAINER_TYPE: &str = "application/vnd.ims.lis.v2.resultcontainer+json";

/// A gradebook column (AGS 2.0 section 3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct LineItem {
    /// Its address; `None` before it is made.
    pub id: Option<String>,
    /// Its title. Moodle shows the activity's name instead where it belongs to one.
    pub label: String,
    /// Above 0.
    pub score_maximum: f64,
    /// Our own id for the graded thing; not unique, a copied activity has the same.
    pub resource_id: Option<String>,
    /// Our own mark for one of several columns of a thing.
    pub tag: Option<String>,
    /// The activity that it belongs to.
    pub resource_link_id: Option<String>,
    /// All other members as read, so that an update sends them back: Moodle
    /// clears what a PUT leaves out.
    pub other: Map<String, Value>,
}

impl LineItem {
    /// The JSON body of POST and PUT, on one line.
    ///
    /// # Errors
    /// [`Code::AgsValue`] for an empty label or a maximum that is not above 0.
    pub fn to_json(&self) -> Result<String, Refusal> {
        if self.label.trim().is_empty() {
            return Err(value("label is empty"));
        }
        if !(self.score_maximum.is_finite() && self.score_maximum > 0.0) {
            return Err(value("scoreMaximum is not above 0"));
        }
        let mut map = self.other.clone();
        let mut put = |name: &str, value: Value| map.insert(name.to_owned(), value);
        put("label", json!(self.label));
        put("scoreMaximum", exact_number(self.score_maximum));
        let optional = [
            ("id", &self.id),
            ("resourceId", &self.resource_id),
            ("tag", &self.tag),
            ("resourceLinkId", &self.resource_link_id),
        ];
        for (name, text) in optional {
            if let Some(text) = text {
                put(name, json!(text));
            }
        }
        Ok(Value::Object(map).to_string())
    }

    fn from_json(value: &Value) -> Option<Self> {
        let mut map = value.as_object()?.clone();
        let item = Self {
            id: Some(owned(&map, "id")?),
            label: owned(&map, "label").unwrap_or_default(),
            score_maximum: number(&map, "scoreMaximum")?,
            resource_id: owned(&map, "resourceId"),
            tag: owned(&map, "tag"),
            resource_link_id: owned(&map, "resourceLinkId"),
            other: Map::new(),
        };
        for name in [
            "id",
            "label",
            "scoreMaximum",
            "resourceId",
            "tag",
            "resourceLinkId",
        ] {
            map.remove(name);
        }
        Some(Self { other: map, ..item })
    }
}

/// Reads one line item.
///
/// # Errors
/// [`Code::SvcRefused`] when the body is none.
pub fn parse_line_item(body: &[u8]) -> Result<LineItem, Refusal> {
    let item = serde_json::from_slice(body).ok();
    item.as_ref()
        .and_then(LineItem::from_json)
        .ok_or_else(|| Refusal::new(Code::SvcRefused, "the answer is not a line item"))
}

/// Reads a line item container; members that are no line items are left out.
///
/// # Errors
/// [`Code::SvcRefused`] when the body is no list.
pub fn parse_line_items(body: &[u8]) -> Result<Vec<LineItem>, Refusal> {
    let list = list(body, "the answer is not a list of line items")?;
    Ok(list.iter().filter_map(LineItem::from_json).collect())
}

/// `submissionReview` of a line item (submission review 1.0 section 3.3): from
/// this column the platform's gradebook can open one person's work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SubmissionReview {
    /// At which progress there is something to open.
    pub reviewable_status: Vec<ActivityProgress>,
    /// Where such a launch leads; on our own domain. Moodle launches there.
    pub url: String,
}

impl SubmissionReview {
    /// Work can be opened as soon as it was begun.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            reviewable_status: vec![
                ActivityProgress::InProgress,
                ActivityProgress::Submitted,
                ActivityProgress::Completed,
            ],
            url: url.into(),
        }
    }

    /// The member of a line item, for [`LineItem::other`].
    pub fn as_member(&self) -> Map<String, Value> {
        [("submissionReview".to_owned(), json!(self))]
            .into_iter()
            .collect()
    }
}

/// `activityProgress` (AGS 2.0 section 3.4.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum ActivityProgress {
    /// Not begun.
    Initialized,
    /// Begun.
    Started,
    /// Being worked on.
    InProgress,
    /// Submitted, may be changed.
    Submitted,
    /// Done.
    Completed,
}

/// `gradingProgress` (AGS 2.0 section 3.4.8). Moodle drops the score and
/// empties the grade for anything but [`GradingProgress::FullyGraded`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum GradingProgress {
    /// The final mark.
    FullyGraded,
    /// A mark is computed soon.
    Pending,
    /// A person has to mark.
    PendingManual,
    /// Marking failed.
    Failed,
    /// Nothing to mark yet.
    NotReady,
}

/// A score (AGS 2.0 section 3.4). Always carries a value: "not started" is
/// never sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// `sub` of the person in this registration.
    pub user_id: String,
    /// At least 0; 0 is a mark.
    pub score_given: f64,
    /// Above 0; the platform scales to its column's maximum.
    pub score_maximum: f64,
    /// Plain text for the student; always sent, since Moodle deletes the old
    /// one when it is left out.
    pub comment: String,
    /// When the mark was made; sent in whole seconds, UTC.
    pub timestamp: DateTime<Utc>,
    /// How far the student is.
    pub activity_progress: ActivityProgress,
    /// How far the marking is.
    pub grading_progress: GradingProgress,
    /// When the attempt began.
    pub started_at: Option<DateTime<Utc>>,
    /// When the attempt was submitted; tells late from punctual whenever the score is sent.
    pub submitted_at: Option<DateTime<Utc>>,
}

impl Score {
    /// The JSON body, on ONE line: Moodle puts a refused body into its reason
    /// phrase, and a line break there turns its 400 into a 200.
    ///
    /// # Errors
    /// [`Code::AgsValue`] for an empty user id, a value that is negative or not
    /// finite, or a maximum that is not above 0.
    pub fn to_json(&self) -> Result<String, Refusal> {
        if self.user_id.is_empty() {
            return Err(value("userId is empty"));
        }
        if !(self.score_given.is_finite() && self.score_given >= 0.0) {
            return Err(value("scoreGiven is negative or not a number"));
        }
        if !(self.score_maximum.is_finite() && self.score_maximum > 0.0) {
            return Err(value("scoreMaximum is not above 0"));
        }
        let wire = WireScore {
            user_id: &self.user_id,
            score_given: self.score_given,
            score_maximum: self.score_maximum,
            comment: &self.comment,
            timestamp: whole_seconds(self.timestamp),
            activity_progress: self.activity_progress,
            grading_progress: self.grading_progress,
            submission: (self.started_at.is_some() || self.submitted_at.is_some()).then(|| WireSubmission {
                started_at: self.started_at.map(whole_seconds),
                submitted_at: self.submitted_at.map(whole_seconds),
            }),
        };
        serde_json::to_string(&wire).map_err(|_| value("the score cannot be written"))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireScore<'a> {
    user_id: &'a str,
    #[serde(serialize_with = "write_exact")]
    score_given: f64,
    #[serde(serialize_with = "write_exact")]
    score_maximum: f64,
    comment: &'a str,
    timestamp: String,
    activity_progress: ActivityProgress,
    grading_progress: GradingProgress,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission: Option<WireSubmission>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WireSubmission {
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted_at: Option<String>,
}

/// A result: what stands in the gradebook (AGS 2.0 section 3.3).
#[derive(Debug, Clone, PartialEq)]
pub struct LineItemResult {
    /// Whose.
    pub user_id: String,
    /// The mark on the scale of [`LineItemResult::result_maximum`]; `None` when
    /// the grade is empty, which is not 0.
    pub result_score: Option<f64>,
    /// The column's maximum.
    pub result_maximum: Option<f64>,
    /// The feedback that stands there.
    pub comment: Option<String>,
    /// When the platform last changed it, where it says so (Moodle does).
    pub timestamp: Option<DateTime<Utc>>,
}

/// Reads a result container; members without a user are left out.
///
/// # Errors
/// [`Code::SvcRefused`] when the body is no list.
pub fn parse_results(body: &[u8]) -> Result<Vec<LineItemResult>, Refusal> {
    let list = list(body, "the answer is not a list of results")?;
    Ok(list
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|map| {
            Some(LineItemResult {
                user_id: user_id(map)?,
                result_score: number(map, "resultScore"),
                result_maximum: number(map, "resultMaximum"),
                comment: owned(map, "comment"),
                timestamp: text(map, "timestamp")
                    .and_then(|stamp| DateTime::parse_from_rfc3339(stamp).ok())
                    .map(|stamp| stamp.with_timezone(&Utc)),
            })
        })
        .collect())
}

/// The address that scores are posted to: `/scores` goes before the query,
/// which Moodle's line items have (`?type_id=…`).
pub fn scores_url(line_item_url: &str) -> String {
    below(line_item_url, "scores")
}

/// The address of the results, of one user when given. Never with `limit`:
/// Moodle answers that with an error page.
pub fn results_url(line_item_url: &str, user_id: Option<&str>) -> String {
    let address = below(line_item_url, "results");
    match user_id {
        Some(user_id) => with_query(&address, "user_id", user_id),
        None => address,
    }
}

/// The container's address asking for the columns of one of our things; it
/// hides columns without a resource id.
pub fn line_items_by_resource_url(line_items_url: &str, resource_id: &str) -> String {
    with_query(line_items_url, "resource_id", resource_id)
}

fn below(address: &str, segment: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    match address.split_once('?') {
        Some((path, query)) => format!("{}/{segment}?{query}", path.trim_end_matches('/')),
        None => format!("{}/{segment}", address.trim_end_matches('/')),
    }
}

fn with_query(address: &str, name: &str, value: &str) -> String {
    let pair = form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{pair}")
}

fn user_id(map: &Map<String, Value>) -> Option<String> {
    match map.get("userId")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn list(body: &[u8], otherwise: &str) -> Result<Vec<Value>, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal::new(Code::SvcRefused, otherwise))
}

fn whole_seconds(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// 8.0 is written as 8, and 0.0 as 0.
fn exact_number(number: f64) -> Value {
    // within 2^53 every whole f64 is exact as an integer
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn write_exact<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    exact_number(*number).serialize(serializer)
}

fn value(detail: &str) -> Refusal {
    Refusal::new(Code::AgsValue, detail)
}

#[cfg(test)]
#[path = "ags_tests.rs"]
mod tests;
