//! Deep linking 2.0: the items that an instructor picked and the signed
//! response that carries them. The request is read by [`crate::launch`].

use crate::ags::SubmissionReview;
use crate::claim;
use crate::code::{Code, Refusal};
use crate::keys::{KeyError, ToolKey};
use crate::launch_message::DeepLinkingSettings;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How long a response is good, in seconds.
pub const RESPONSE_LIFE_SECONDS: i64 = 600;
/// Name of the form field that carries the response.
pub const FORM_FIELD: &str = "JWT";

/// A link to one of our things (deep linking 2.0 section 4.2 and
/// `ltiResourceLink`). Moodle accepts other types too and makes broken
/// activities of them, so there is no other here.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContentItem {
    #[serde(rename = "type")]
    kind: &'static str,
    /// The activity's name; Moodle's gradebook column takes it as well.
    pub title: String,
    /// Its description, plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where it launches to; on our own domain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Custom parameters. No line breaks in values: Moodle cuts there.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub custom: BTreeMap<String, String>,
    /// The gradebook column; without it none is made.
    #[serde(rename = "lineItem", skip_serializing_if = "Option::is_none")]
    pub line_item: Option<ContentLineItem>,
    /// A picture for the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Icon>,
}

impl ContentItem {
    /// An item with its title and nothing else yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            kind: claim::LTI_RESOURCE_LINK,
            title: title.into(),
            text: None,
            url: None,
            custom: BTreeMap::new(),
            line_item: None,
            icon: None,
        }
    }
}

/// The column of an item (deep linking 2.0, `lineItem`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentLineItem {
    /// Its title; Moodle ignores it.
    pub label: String,
    score_maximum: u8,
    /// Our id for the graded thing, by which the column is found again.
    pub resource_id: String,
    /// Our mark for one of several columns of a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Where the platform's gradebook opens one person's work; without it
    /// platforms show no link there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission_review: Option<SubmissionReview>,
}

impl ContentLineItem {
    /// A column. The maximum is a whole number from 1 to 100: another one
    /// cannot be saved in Moodle's form, or is silently turned into 100 when
    /// several items come at once.
    ///
    /// # Errors
    /// [`Code::AgsValue`] for another maximum.
    pub fn new(
        label: impl Into<String>,
        score_maximum: u32,
        resource_id: impl Into<String>,
        tag: Option<String>,
    ) -> Result<Self, Refusal> {
        let score_maximum = u8::try_from(score_maximum)
            .ok()
            .filter(|maximum| (1..=100).contains(maximum))
            .ok_or_else(|| Refusal::new(Code::AgsValue, "scoreMaximum is not 1 to 100"))?;
        Ok(Self {
            label: label.into(),
            score_maximum,
            resource_id: resource_id.into(),
            tag,
            submission_review: None,
        })
    }

    /// The maximum, 1 to 100.
    pub fn score_maximum(&self) -> u32 {
        u32::from(self.score_maximum)
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Icon {
    /// Its address.
    pub url: String,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// Says whether the platform accepts these items; nothing is dropped silently.
/// A line item is refused only when `accept_lineitem` is explicitly false:
/// Moodle does not send it and takes line items.
///
/// # Errors
/// [`Code::DlNotAccepted`]; the detail says which rule.
pub fn judge_items(settings: &DeepLinkingSettings, items: &[ContentItem]) -> Result<(), Refusal> {
    let refuse = |detail: &str| Err(Refusal::new(Code::DlNotAccepted, detail));
    let accepts_links = settings
        .accept_types
        .iter()
        .any(|kind| kind == claim::LTI_RESOURCE_LINK);
    if !items.is_empty() && !accepts_links {
        return refuse("accept_types has no ltiResourceLink");
    }
    if items.len() > 1 && !settings.accept_multiple {
        return refuse("several items, accept_multiple is not true");
    }
    if settings.accept_lineitem == Some(false) && items.iter().any(|item| item.line_item.is_some()) {
        return refuse("a line item, accept_lineitem is false");
    }
    Ok(())
}

/// What a response says beside its items.
#[derive(Debug, Clone, Copy)]
pub struct DeepLinkingResponse<'a> {
    /// Our client id; the response's issuer (Moodle refuses any other).
    pub client_id: &'a str,
    /// The platform's issuer; the response's audience.
    pub issuer: &'a str,
    /// The request's deployment.
    pub deployment_id: &'a str,
    /// Random, new each time.
    pub nonce: &'a str,
    /// The request's data, echoed.
    pub data: Option<&'a Value>,
}

/// Signs the response (deep linking 2.0 section 4.5) that the browser posts to
/// the request's `deep_link_return_url` in the field [`FORM_FIELD`]. An empty
/// list means that nothing was picked.
///
/// # Errors
/// [`KeyError::Sign`].
pub fn sign_response(
    key: &ToolKey,
    response: &DeepLinkingResponse<'_>,
    items: &[ContentItem],
    now: DateTime<Utc>,
) -> Result<String, KeyError> {
    let mut claims = json!({
        "iss": response.client_id,
        "aud": [response.issuer],
        "iat": now.timestamp() - crate::client_assertion::BACKDATE_SECONDS,
        "exp": now.timestamp() + RESPONSE_LIFE_SECONDS,
        "nonce": response.nonce,
        claim::DEPLOYMENT_ID: response.deployment_id,
        claim::MESSAGE_TYPE: claim::DEEP_LINKING_RESPONSE,
        claim::VERSION: claim::VERSION_1_3,
        claim::CONTENT_ITEMS: items,
    });
    if let (Some(data), Some(map)) = (response.data, claims.as_object_mut()) {
        map.insert(claim::DEEP_LINKING_DATA.to_owned(), data.clone());
    }
    key.sign(&claims)
}

#[cfg(test)]
#[path = "deep_linking_tests.rs"]
mod tests;
