//! The id_token's claims in Moodle's order. Types only; launch.rs fills them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A JSON object that keeps its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pairs(pub(crate) Vec<(String, Value)>);

impl Pairs {
    pub(crate) fn texts<const N: usize>(pairs: [(&str, String); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect(),
        )
    }
}

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct IdToken {
    pub(crate) nonce: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
    pub(crate) iss: String,
    pub(crate) aud: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/deployment_id")]
    pub(crate) deployment_id: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri")]
    pub(crate) target_link_uri: String,
    pub(crate) sub: String,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/lis")]
    pub(crate) lis: Pairs,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/roles")]
    pub(crate) roles: Vec<String>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/context")]
    pub(crate) context: Pairs,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti/claim/for_user",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) for_user: Option<Pairs>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/message_type")]
    pub(crate) message_type: &'static str,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti/claim/resource_link",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) resource_link: Option<Pairs>,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) basicoutcome: Option<Pairs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/ext")]
    pub(crate) ext: Pairs,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<String>,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/launch_presentation")]
    pub(crate) launch_presentation: Presentation,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/tool_platform")]
    pub(crate) tool_platform: Pairs,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/version")]
    pub(crate) version: &'static str,
    #[serde(rename = "https://purl.imsglobal.org/spec/lti/claim/custom")]
    pub(crate) custom: Pairs,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) endpoint: Option<Endpoint>,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) names_and_roles: Option<NamesAndRoles>,
    #[serde(
        rename = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) deep_linking_settings: Option<DeepLinkingSettings>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Presentation {
    pub(crate) locale: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) document_target: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) return_url: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Endpoint {
    pub(crate) scope: Vec<&'static str>,
    pub(crate) lineitems: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lineitem: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct NamesAndRoles {
    context_memberships_url: String,
    service_versions: [&'static str; 2],
}

impl NamesAndRoles {
    pub(crate) fn moodle(context_memberships_url: String) -> Self {
        Self {
            context_memberships_url,
            service_versions: ["1.0", "2.0"],
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct DeepLinkingSettings {
    accept_types: [&'static str; 1],
    accept_presentation_document_targets: [&'static str; 3],
    accept_copy_advice: bool,
    accept_multiple: bool,
    accept_unsigned: bool,
    auto_create: bool,
    can_confirm: bool,
    deep_link_return_url: String,
    title: String,
    text: String,
}

impl DeepLinkingSettings {
    pub(crate) fn moodle(deep_link_return_url: String, title: &str) -> Self {
        Self {
            accept_types: ["ltiResourceLink"],
            accept_presentation_document_targets: ["frame", "iframe", "window"],
            accept_copy_advice: false,
            accept_multiple: true,
            accept_unsigned: false,
            auto_create: false,
            can_confirm: false,
            deep_link_return_url,
            title: title.to_owned(),
            text: String::new(),
        }
    }
}
