//! What a verified launch says (LTI 1.3 core section 5, deep linking 2.0
//! section 4.4, submission review 1.0). Required claims are demanded, optional
//! ones are read tolerantly.

use crate::claim;
use crate::code::{Code, Refusal};
use crate::json::{boolean, object, owned, text, texts};
use crate::launch::Expected;
use crate::names::clean_name;
use crate::origin::{origin, same_origin, why_not_ours};
use crate::roles::Roles;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Longest id that the specification allows, in characters.
const MAX_ID_CHARACTERS: usize = 255;
/// Longest e-mail address, in characters (RFC 5321).
const MAX_EMAIL_CHARACTERS: usize = 254;
/// Longest title that is kept, in characters.
const MAX_TITLE_CHARACTERS: usize = 1000;

/// A verified launch. As JSON it is kept for the minutes until its browser has
/// proven itself; that shape is read back by the same program only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LaunchMessage {
    /// LTI 1.3 core 5.3.3; unique within the registration.
    pub deployment_id: String,
    /// LTI 1.3 core 5.3.4; on our origin.
    pub target_link_uri: String,
    /// Whose launch it is.
    pub person: LaunchPerson,
    /// LTI 1.3 core 5.3.7, as sent; see [`Roles::context_role`].
    pub roles: Roles,
    /// LTI 1.3 core 5.4.1; `None` outside a course.
    pub context: Option<Context>,
    /// `launch_presentation.locale`, such as `vi`.
    pub locale: Option<String>,
    /// `launch_presentation.document_target`.
    pub document_target: Option<DocumentTarget>,
    /// `launch_presentation.return_url`; only when it lies on the issuer's origin.
    pub return_url: Option<String>,
    /// LTI 1.3 core 5.4.2.
    pub tool_platform: ToolPlatform,
    /// LTI 1.3 core 5.4.6. A value that is null or an unreplaced variable
    /// (`$Name`) is left out. Teachers may edit these: they give no rights.
    pub custom: BTreeMap<String, String>,
    /// AGS 2.0 section 3.1.
    pub ags: Option<AgsEndpoint>,
    /// NRPS 2.0: `context_memberships_url`.
    pub nrps_url: Option<String>,
    /// What the launch is for.
    pub message: Message,
}

/// The kinds of launch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// An activity is opened.
    ResourceLink(ResourceLink),
    /// An instructor picks content.
    DeepLinking(DeepLinkingSettings),
    /// A submission is opened from the gradebook. Who is named in `for_user`
    /// proves nothing: in Moodle a student can have another one's id signed,
    /// so roles decide who may look.
    SubmissionReview {
        /// The activity, when the platform names it.
        resource_link: Option<ResourceLink>,
        /// `for_user.user_id`: whose submission.
        for_user: String,
    },
}

/// The person of a launch (LTI 1.3 core 5.3.6), with cleaned names.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchPerson {
    /// `sub`: stable within the registration.
    pub sub: String,
    /// `given_name`.
    pub given_name: Option<String>,
    /// `family_name`.
    pub family_name: Option<String>,
    /// `name`, in the platform's order.
    pub name: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `lis.person_sourcedid`: the student number where the college fills it.
    pub sourcedid: Option<String>,
}

crate::debug_only!(LaunchPerson: sub);

/// The course of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Unique within the deployment.
    pub id: String,
    /// Short name.
    pub label: Option<String>,
    /// Full name.
    pub title: Option<String>,
    /// Types as sent: full names or, from Moodle, bare words.
    pub types: Vec<String>,
}

/// The activity of a launch (LTI 1.3 core 5.3.5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceLink {
    /// Unique within the deployment, at most 255 characters.
    pub id: String,
    /// The activity's name in the platform.
    pub title: Option<String>,
    /// Its description, as plain text of the platform.
    pub description: Option<String>,
}

/// Where the platform shows us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentTarget {
    /// In a frame of its page.
    Iframe,
    /// In the whole window.
    Frame,
    /// In a new window.
    Window,
}

/// The platform's product (LTI 1.3 core 5.4.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolPlatform {
    /// Id of the installation.
    pub guid: Option<String>,
    /// Name of the site.
    pub name: Option<String>,
    /// Such as `moodle`; chooses the row of [`crate::quirks`].
    pub product_family_code: Option<String>,
    /// Version of the product.
    pub version: Option<String>,
}

/// Where grades go (AGS 2.0 section 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgsEndpoint {
    /// The scopes that may be asked for.
    pub scopes: Vec<String>,
    /// The context's line item container.
    pub lineitems: Option<String>,
    /// The activity's only line item; Moodle sends "" when it was deleted,
    /// which is `None`.
    pub lineitem: Option<String>,
}

/// What the platform accepts from the picker (deep linking 2.0 section 4.4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepLinkingSettings {
    /// Content item types.
    pub accept_types: Vec<String>,
    /// True when several items may be sent; not said means one.
    pub accept_multiple: bool,
    /// Whether line items may be sent; Moodle does not say, and accepts them.
    pub accept_lineitem: Option<bool>,
    /// Where the response goes; http(s) with a host. Compare its origin with
    /// the registration's before posting there.
    pub deep_link_return_url: String,
    /// Opaque, goes back in the response: text, but some platforms send objects.
    pub data: Option<Value>,
    /// Suggested title.
    pub title: Option<String>,
    /// Suggested description.
    pub text: Option<String>,
}

/// Reads the LTI claims of a token whose signature, issuer, audience, times and
/// nonce are already judged.
pub(crate) fn read_message(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
) -> Result<LaunchMessage, Refusal> {
    if claims.get(claim::VERSION).and_then(Value::as_str) != Some(claim::VERSION_1_3) {
        return Err(Refusal::new(Code::ClmVersion, "not 1.3.0"));
    }
    let message_type = text(claims, claim::MESSAGE_TYPE)
        .ok_or_else(|| Refusal::new(Code::ClmMessageType, "message_type is missing"))?;
    let deployment_id = required_id(claims, claim::DEPLOYMENT_ID, Code::ClmDeployment)?;
    let target_link_uri = target_link_uri(claims, expected)?;
    let sub = required_id(claims, "sub", Code::ClmSub)?;
    let roles = claims
        .get(claim::ROLES)
        .and_then(Roles::from_json)
        .ok_or_else(|| Refusal::new(Code::ClmRoles, "roles is missing or not a list"))?;
    let ags = ags_endpoint(claims);
    let message = match message_type {
        claim::RESOURCE_LINK_REQUEST => Message::ResourceLink(required_resource_link(claims)?),
        claim::DEEP_LINKING_REQUEST => Message::DeepLinking(deep_linking_settings(claims)?),
        claim::SUBMISSION_REVIEW_REQUEST => submission_review(claims, ags.as_ref())?,
        _ => return Err(Refusal::new(Code::ClmMessageType, "unknown message_type")),
    };
    let presentation = object(claims, claim::LAUNCH_PRESENTATION);
    let presented = |name: &str| presentation.and_then(|map| owned(map, name));
    Ok(LaunchMessage {
        deployment_id,
        target_link_uri,
        person: person(claims, sub),
        roles,
        context: context(claims)?,
        locale: presented("locale").filter(|locale| locale.len() <= 35 && !locale.contains(char::is_control)),
        document_target: presented("document_target").and_then(|name| document_target(&name)),
        return_url: presented("return_url").filter(|url| same_origin(url, expected.issuer)),
        tool_platform: tool_platform(claims),
        custom: custom(claims)?,
        ags,
        nrps_url: object(claims, claim::NRPS).and_then(|map| web_address(map, "context_memberships_url")),
        message,
    })
}

fn target_link_uri(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<String, Refusal> {
    let target = text(claims, claim::TARGET_LINK_URI)
        .ok_or_else(|| Refusal::new(Code::ClmMissing, "target_link_uri"))?;
    if let Some(reason) = why_not_ours(target, expected.public_url) {
        return Err(Refusal::new(Code::ClmTarget, reason));
    }
    if expected.target_link_uri.is_some_and(|login| login != target) {
        return Err(Refusal::new(Code::ClmTarget, "not the login's target_link_uri"));
    }
    Ok(target.to_owned())
}

/// An id that must be there; `missing` is the code when it is not.
fn required_id(map: &Map<String, Value>, name: &str, missing: Code) -> Result<String, Refusal> {
    let short = name.rsplit('/').next().unwrap_or(name);
    let id = text(map, name).ok_or_else(|| Refusal::new(missing, short))?;
    if id.chars().count() > MAX_ID_CHARACTERS || id.chars().any(char::is_control) {
        let detail = format!("{short} is too long or has control characters");
        return Err(Refusal::new(Code::ClmFormat, detail));
    }
    Ok(id.to_owned())
}

fn person(claims: &Map<String, Value>, sub: String) -> LaunchPerson {
    let name = |key: &str| text(claims, key).and_then(clean_name);
    LaunchPerson {
        sub,
        given_name: name("given_name"),
        family_name: name("family_name"),
        name: name("name"),
        email: name("email")
            .filter(|email| email.contains('@') && email.chars().count() <= MAX_EMAIL_CHARACTERS),
        sourcedid: object(claims, claim::LIS)
            .and_then(|lis| text(lis, "person_sourcedid"))
            .and_then(clean_name),
    }
}

fn context(claims: &Map<String, Value>) -> Result<Option<Context>, Refusal> {
    let map = match claims.get(claim::CONTEXT) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(map)) => map,
        Some(_) => return Err(Refusal::new(Code::ClmFormat, "context is not an object")),
    };
    Ok(Some(Context {
        id: required_id(map, "id", Code::ClmFormat)?,
        label: title(map, "label"),
        title: title(map, "title"),
        types: texts(map, "type"),
    }))
}

fn required_resource_link(claims: &Map<String, Value>) -> Result<ResourceLink, Refusal> {
    let missing = || Refusal::new(Code::ClmResourceLink, "resource_link");
    let map = object(claims, claim::RESOURCE_LINK).ok_or_else(missing)?;
    Ok(ResourceLink {
        id: required_id(map, "id", Code::ClmResourceLink)?,
        title: title(map, "title"),
        description: title(map, "description"),
    })
}

fn submission_review(claims: &Map<String, Value>, ags: Option<&AgsEndpoint>) -> Result<Message, Refusal> {
    let missing = |name: &str| Refusal::new(Code::ClmMissing, name);
    let for_user = object(claims, claim::FOR_USER).ok_or_else(|| missing("for_user"))?;
    if ags.is_none_or(|ags| ags.lineitem.is_none()) {
        return Err(missing("lineitem"));
    }
    Ok(Message::SubmissionReview {
        resource_link: match claims.get(claim::RESOURCE_LINK) {
            None | Some(Value::Null) => None,
            Some(_) => Some(required_resource_link(claims)?),
        },
        for_user: required_id(for_user, "user_id", Code::ClmMissing)?,
    })
}

fn deep_linking_settings(claims: &Map<String, Value>) -> Result<DeepLinkingSettings, Refusal> {
    let missing = |name: &str| Refusal::new(Code::ClmMissing, name);
    let map = object(claims, claim::DEEP_LINKING_SETTINGS).ok_or_else(|| missing("deep_linking_settings"))?;
    let return_url = owned(map, "deep_link_return_url").ok_or_else(|| missing("deep_link_return_url"))?;
    if origin(&return_url).is_none() {
        return Err(Refusal::new(Code::DlReturn, "not an http(s) address with a host"));
    }
    Ok(DeepLinkingSettings {
        accept_types: texts(map, "accept_types"),
        accept_multiple: boolean(map, "accept_multiple").unwrap_or(false),
        accept_lineitem: boolean(map, "accept_lineitem"),
        deep_link_return_url: return_url,
        data: map.get("data").filter(|data| !data.is_null()).cloned(),
        title: title(map, "title"),
        text: title(map, "text"),
    })
}

fn tool_platform(claims: &Map<String, Value>) -> ToolPlatform {
    let Some(map) = object(claims, claim::TOOL_PLATFORM) else {
        return ToolPlatform::default();
    };
    ToolPlatform {
        guid: title(map, "guid"),
        name: title(map, "name"),
        product_family_code: title(map, "product_family_code"),
        version: title(map, "version"),
    }
}

fn ags_endpoint(claims: &Map<String, Value>) -> Option<AgsEndpoint> {
    let map = object(claims, claim::AGS_ENDPOINT)?;
    Some(AgsEndpoint {
        scopes: texts(map, "scope")
            .into_iter()
            .filter(|scope| !scope.contains(char::is_control))
            .collect(),
        lineitems: web_address(map, "lineitems"),
        lineitem: web_address(map, "lineitem"),
    })
}

fn custom(claims: &Map<String, Value>) -> Result<BTreeMap<String, String>, Refusal> {
    let map = match claims.get(claim::CUSTOM) {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        // how PHP writes an empty object
        Some(Value::Array(list)) if list.is_empty() => return Ok(BTreeMap::new()),
        Some(Value::Object(map)) => map,
        Some(_) => return Err(Refusal::new(Code::ClmFormat, "custom is not an object")),
    };
    let mut values = BTreeMap::new();
    for (name, value) in map {
        let value = match value {
            Value::Null => continue,
            Value::String(text) if text.starts_with('$') => continue,
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            _ => return Err(Refusal::new(Code::ClmFormat, "a custom value is not text")),
        };
        values.insert(name.clone(), value);
    }
    Ok(values)
}

fn document_target(name: &str) -> Option<DocumentTarget> {
    match name {
        "iframe" => Some(DocumentTarget::Iframe),
        "frame" => Some(DocumentTarget::Frame),
        "window" => Some(DocumentTarget::Window),
        _ => None,
    }
}

/// Optional text of the platform, cut to a sensible length.
fn title(map: &Map<String, Value>, name: &str) -> Option<String> {
    let text = text(map, name)?;
    Some(
        text.chars()
            .filter(|c| !c.is_control() || *c == '\n')
            .take(MAX_TITLE_CHARACTERS)
            .collect(),
    )
}

/// An optional http(s) address; anything else counts as absent.
fn web_address(map: &Map<String, Value>, name: &str) -> Option<String> {
    owned(map, name).filter(|address| origin(address).is_some() && !address.contains(char::is_control))
}
