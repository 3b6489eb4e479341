//! Names of claims, messages and vocabularies as the specifications spell them.
//! Only names: reading the claims is [`crate::launch`]'s work.

/// LTI 1.3 core 5.3.2: always [`VERSION_1_3`].
pub const VERSION: &str = "https://purl.imsglobal.org/spec/lti/claim/version";
/// LTI 1.3 core 5.3.1.
pub const MESSAGE_TYPE: &str = "https://purl.imsglobal.org/spec/lti/claim/message_type";
/// LTI 1.3 core 5.3.3.
pub const DEPLOYMENT_ID: &str = "https://purl.imsglobal.org/spec/lti/claim/deployment_id";
/// LTI 1.3 core 5.3.4.
pub const TARGET_LINK_URI: &str = "https://purl.imsglobal.org/spec/lti/claim/target_link_uri";
/// LTI 1.3 core 5.3.5.
pub const RESOURCE_LINK: &str = "https://purl.imsglobal.org/spec/lti/claim/resource_link";
/// LTI 1.3 core 5.3.7.
pub const ROLES: &str = "https://purl.imsglobal.org/spec/lti/claim/roles";
/// LTI 1.3 core 5.4.1.
pub const CONTEXT: &str = "https://purl.imsglobal.org/spec/lti/claim/context";
/// LTI 1.3 core 5.4.2.
pub const TOOL_PLATFORM: &str = "https://purl.imsglobal.org/spec/lti/claim/tool_platform";
/// LTI 1.3 core 5.4.4.
pub const LAUNCH_PRESENTATION: &str = "https://purl.imsglobal.org/spec/lti/claim/launch_presentation";
/// LTI 1.3 core 5.4.5.
pub const LIS: &str = "https://purl.imsglobal.org/spec/lti/claim/lis";
/// LTI 1.3 core 5.4.6.
pub const CUSTOM: &str = "https://purl.imsglobal.org/spec/lti/claim/custom";
/// Submission review 1.0: the person whose work is looked at.
pub const FOR_USER: &str = "https://purl.imsglobal.org/spec/lti/claim/for_user";
/// AGS 2.0 section 3.1.
pub const AGS_ENDPOINT: &str = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
/// NRPS 2.0 section 3.6.1.1.
pub const NRPS: &str = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
/// Deep linking 2.0 section 4.4.1.
pub const DEEP_LINKING_SETTINGS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings";
/// Deep linking 2.0 section 4.5.
pub const CONTENT_ITEMS: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items";
/// Deep linking 2.0 section 4.5: echoed from the request.
pub const DEEP_LINKING_DATA: &str = "https://purl.imsglobal.org/spec/lti-dl/claim/data";

/// Dynamic registration 1.0: the platform's part of its openid configuration.
pub const PLATFORM_CONFIGURATION: &str = "https://purl.imsglobal.org/spec/lti-platform-configuration";
/// Dynamic registration 1.0: the tool's part of a registration.
pub const TOOL_CONFIGURATION: &str = "https://purl.imsglobal.org/spec/lti-tool-configuration";

/// The only version there is.
pub const VERSION_1_3: &str = "1.3.0";
/// A launch of one activity.
pub const RESOURCE_LINK_REQUEST: &str = "LtiResourceLinkRequest";
/// An instructor picks content.
pub const DEEP_LINKING_REQUEST: &str = "LtiDeepLinkingRequest";
/// What was picked, sent by the tool.
pub const DEEP_LINKING_RESPONSE: &str = "LtiDeepLinkingResponse";
/// Somebody opens a submission from the gradebook.
pub const SUBMISSION_REVIEW_REQUEST: &str = "LtiSubmissionReviewRequest";

/// The only content item type that we send.
pub const LTI_RESOURCE_LINK: &str = "ltiResourceLink";
