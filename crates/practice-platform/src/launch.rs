//! Launches: the login initiation that the platform sends, and the claims of the id_token that follows.
//!
//! Claims have the shape and order of the recorded Moodle 4.5 launches. The authentication request between the two
//! stands in auth.rs.

use serde::Serialize;
use serde_json::{Value, json};

use crate::claims::{DeepLinkingSettings, Endpoint, IdToken, NamesAndRoles, Pairs, Presentation};
use crate::state::{ADMINISTRATOR, Activity, Course, CourseRole, GradeService, State, Tool, User};
use crate::variables::Variables;
use crate::{Language, random_number};

/// A signed launch message lives this many seconds.
pub const ID_TOKEN_SECONDS: i64 = 60;

/// Where the tool opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Container {
    /// In a frame of the platform's page.
    #[default]
    Iframe,
    /// In a new window or tab.
    Window,
    /// Instead of the platform's page, as on a phone.
    WholeWindow,
}

impl Container {
    /// `document_target` and Moodle's number for it.
    fn target(self) -> (&'static str, u8) {
        match self {
            Self::Iframe => ("iframe", 3),
            Self::Window => ("window", 4),
            Self::WholeWindow => ("frame", 5),
        }
    }
}

/// A third-party login initiation, to be posted as a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginInitiation {
    /// The tool's login address.
    pub action: String,
    /// The fields in Moodle's order.
    pub fields: Vec<(String, String)>,
}

impl LoginInitiation {
    /// A field's value.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What is launched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// An activity is opened.
    ResourceLink {
        /// Resource link id.
        activity: i64,
    },
    /// An instructor chooses content.
    DeepLinking {
        /// Course number.
        course: i64,
        /// Tool number.
        tool: i64,
    },
    /// Somebody opens one student's work from the gradebook.
    SubmissionReview {
        /// Resource link id.
        activity: i64,
        /// Whose work.
        for_user: i64,
    },
}

/// A launch that waits for its authentication request; spent by the first one.
#[derive(Clone, Debug)]
pub(crate) struct PendingLaunch {
    pub(crate) user: i64,
    pub(crate) message: Message,
    pub(crate) container: Container,
    pub(crate) language: Language,
    /// The session that began it; only a browser's session must show its cookie again.
    pub(crate) session: Option<String>,
    pub(crate) sesskey: String,
    pub(crate) client_id: String,
}

/// Who launches what, how.
#[derive(Clone, Debug)]
pub(crate) struct Begin {
    pub(crate) user: i64,
    pub(crate) message: Message,
    pub(crate) container: Container,
    pub(crate) language: Language,
    pub(crate) session: Option<(String, String)>,
}

impl State {
    /// Begins a launch: remembers its one-use hint and gives the form to post. `None` when something is unknown.
    pub(crate) fn begin_launch(&mut self, origin: &str, begin: Begin) -> Option<LoginInitiation> {
        let (tool, target, hint) = self.launch_target(&begin.message)?;
        let fields = [
            ("iss", origin.to_owned()),
            ("target_link_uri", target),
            ("login_hint", begin.user.to_string()),
            ("lti_message_hint", hint.clone()),
            ("client_id", tool.client_id.clone()),
            ("lti_deployment_id", tool.id.to_string()),
        ];
        let initiation = LoginInitiation {
            action: tool.config.initiate_login_uri.clone(),
            fields: fields.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        };
        let client_id = tool.client_id.clone();
        let (session, sesskey) = begin.session.map_or_else(
            || (None, crate::random_text(10)),
            |(session, sesskey)| (Some(session), sesskey),
        );
        let launch = PendingLaunch {
            user: begin.user,
            message: begin.message,
            container: begin.container,
            language: begin.language,
            session,
            sesskey,
            client_id,
        };
        self.launches.insert(hint, launch);
        Some(initiation)
    }

    fn launch_target(&self, message: &Message) -> Option<(&Tool, String, String)> {
        let random = random_number();
        match message {
            Message::ResourceLink { activity } | Message::SubmissionReview { activity, .. } => {
                let activity = self.activities.get(activity)?;
                let tool = self.tools.get(&activity.tool)?;
                let hint = json_text(&Hint {
                    cmid: Some(activity.cmid),
                    launchid: format!("ltilaunch{}_{random}", activity.id),
                });
                let target = match message {
                    Message::SubmissionReview { .. } => self.review_url(activity, tool),
                    _ => activity_url(activity, tool),
                };
                Some((tool, target, hint))
            }
            Message::DeepLinking { course, tool } => {
                self.courses.get(course)?;
                let tool = self.tools.get(tool)?;
                let launchid = format!("ltilaunch_ContentItemSelectionRequest{random}");
                let hint = json_text(&Hint { cmid: None, launchid });
                let target = tool.config.deep_linking_url.clone();
                Some((
                    tool,
                    target.unwrap_or_else(|| tool.config.target_link_uri.clone()),
                    hint,
                ))
            }
        }
    }

    fn review_url(&self, activity: &Activity, tool: &Tool) -> String {
        let review = self
            .own_columns(activity)
            .find_map(|item| item.submission_review.as_ref());
        let url = review
            .and_then(|review| review.get("url"))
            .and_then(Value::as_str);
        url.map_or_else(|| activity_url(activity, tool), str::to_owned)
    }

    fn own_columns<'a>(
        &'a self,
        activity: &'a Activity,
    ) -> impl Iterator<Item = &'a crate::state::LineItem> + 'a {
        self.line_items
            .values()
            .filter(move |item| item.resource_link == Some(activity.id))
    }

    /// The claims of a launch that has been authenticated.
    pub(crate) fn launch_claims(
        &self,
        site: &Site<'_>,
        launch: &PendingLaunch,
        nonce: &str,
    ) -> Option<IdToken> {
        let user = self.users.get(&launch.user)?;
        let (activity, course, tool, target) = match &launch.message {
            Message::DeepLinking { course, tool } => {
                let tool = self.tools.get(tool)?;
                let target = tool.config.deep_linking_url.clone();
                (
                    None,
                    self.courses.get(course)?,
                    tool,
                    target.unwrap_or(tool.config.target_link_uri.clone()),
                )
            }
            Message::ResourceLink { activity } | Message::SubmissionReview { activity, .. } => {
                let activity = self.activities.get(activity)?;
                let tool = self.tools.get(&activity.tool)?;
                let target = match launch.message {
                    Message::SubmissionReview { .. } => self.review_url(activity, tool),
                    _ => activity_url(activity, tool),
                };
                (Some(activity), self.courses.get(&activity.course)?, tool, target)
            }
        };
        let share = tool.config.share_name;
        Some(IdToken {
            nonce: nonce.to_owned(),
            iat: site.now,
            exp: site.now + ID_TOKEN_SECONDS,
            iss: site.origin.to_owned(),
            aud: tool.client_id.clone(),
            deployment_id: tool.id.to_string(),
            target_link_uri: target,
            sub: user.id.to_string(),
            lis: Pairs::texts([
                ("person_sourcedid", user.person_sourcedid.clone()),
                ("course_section_sourcedid", course.sourcedid.clone()),
            ]),
            roles: self.launch_roles(course.id, user.id),
            context: context_claim(course),
            for_user: match launch.message {
                Message::SubmissionReview { for_user, .. } => {
                    Some(Pairs::texts([("user_id", for_user.to_string())]))
                }
                _ => None,
            },
            message_type: match launch.message {
                Message::ResourceLink { .. } => "LtiResourceLinkRequest",
                Message::DeepLinking { .. } => "LtiDeepLinkingRequest",
                Message::SubmissionReview { .. } => "LtiSubmissionReviewRequest",
            },
            resource_link: activity.map(|activity| {
                Pairs::texts([
                    ("title", activity.title.clone()),
                    ("description", activity.description.clone()),
                    ("id", activity.id.to_string()),
                ])
            }),
            basicoutcome: activity
                .filter(|activity| activity.accept_grades)
                .map(|activity| basicoutcome_claim(site, activity, user, tool)),
            given_name: share.then(|| user.given_name.clone()),
            family_name: share.then(|| user.family_name.clone()),
            name: share.then(|| user.full_name()),
            ext: ext_claim(user, share),
            email: tool.config.share_email.then(|| user.email.clone()),
            launch_presentation: presentation_claim(site, launch, activity),
            tool_platform: Pairs::texts([
                ("product_family_code", "moodle".to_owned()),
                ("version", "2024100706".to_owned()),
                ("guid", site.guid.to_owned()),
                ("name", "CDTH".to_owned()),
                ("description", site.college.to_owned()),
            ]),
            version: "1.3.0",
            custom: self.custom_claim(site, launch, user, course, tool, activity),
            endpoint: self.endpoint_claim(site, course, tool, activity),
            names_and_roles: self.names_and_roles_claim(site, course, tool),
            deep_linking_settings: match launch.message {
                Message::DeepLinking { .. } => Some(DeepLinkingSettings::moodle(
                    format!(
                        "{}/mod/lti/contentitem_return.php?course={}&id={}&sesskey={}",
                        site.origin, course.id, tool.id, launch.sesskey
                    ),
                    &tool.config.name,
                )),
                _ => None,
            },
        })
    }

    /// Roles as Moodle sends them: full addresses, sorted by name.
    pub(crate) fn launch_roles(&self, course: i64, user: i64) -> Vec<String> {
        let prefix = "http://purl.imsglobal.org/vocab/lis/v2";
        let instructor = format!("{prefix}/membership#Instructor");
        if user == ADMINISTRATOR {
            return vec![
                format!("{prefix}/institution/person#Administrator"),
                instructor,
                format!("{prefix}/system/person#Administrator"),
            ];
        }
        match self.role(course, user) {
            Some(CourseRole::Instructor | CourseRole::Assistant) => vec![instructor],
            _ => vec![format!("{prefix}/membership#Learner")],
        }
    }

    fn custom_claim(
        &self,
        site: &Site<'_>,
        launch: &PendingLaunch,
        user: &User,
        course: &Course,
        tool: &Tool,
        activity: Option<&Activity>,
    ) -> Pairs {
        let line_item = activity.and_then(|activity| self.line_item_url(site, tool, activity));
        let variables = Variables {
            site,
            user,
            course,
            tool,
            activity,
            line_item,
            state: self,
        };
        let mut all: Vec<(String, String)> = activity
            .map(|activity| activity.custom.clone())
            .unwrap_or_default();
        all.extend(tool.config.custom.iter().cloned());
        if let (Message::SubmissionReview { .. }, Some(activity)) = (&launch.message, activity) {
            all.extend(
                self.own_columns(activity)
                    .filter_map(|item| item.submission_review.as_ref())
                    .flat_map(|review| {
                        let custom = review.get("custom").and_then(Value::as_object);
                        custom
                            .into_iter()
                            .flatten()
                            .map(|(name, value)| (name.clone(), plain(value)))
                    }),
            );
        }
        let mut pairs = Vec::new();
        for (name, value) in all {
            let value = variables.resolve(&value);
            // Moodle sends a name with capitals or signs a second time, folded.
            let folded: String = name
                .to_lowercase()
                .chars()
                .map(|character| {
                    if character.is_ascii_alphanumeric() {
                        character
                    } else {
                        '_'
                    }
                })
                .collect();
            if folded != name {
                pairs.push((folded, value.clone()));
            }
            pairs.push((name, value));
        }
        if activity.is_some() && tool.config.memberships {
            pairs.push((
                "context_memberships_url".to_owned(),
                Value::from(memberships_url(site.origin, course.id, tool.id)),
            ));
        }
        Pairs(pairs)
    }

    fn endpoint_claim(
        &self,
        site: &Site<'_>,
        course: &Course,
        tool: &Tool,
        activity: Option<&Activity>,
    ) -> Option<Endpoint> {
        let scope = grade_scopes(tool.config.grade_service);
        (!scope.is_empty()).then(|| Endpoint {
            scope,
            lineitems: format!(
                "{}/mod/lti/services.php/{}/lineitems?type_id={}",
                site.origin, course.id, tool.id
            ),
            lineitem: activity.and_then(|activity| self.line_item_url(site, tool, activity)),
        })
    }

    /// The column of an activity when it has exactly one; empty text when it had one that was deleted.
    fn line_item_url(&self, site: &Site<'_>, tool: &Tool, activity: &Activity) -> Option<String> {
        let columns: Vec<_> = self.own_columns(activity).collect();
        match columns.as_slice() {
            [] => activity.accept_grades.then(String::new),
            [item] => Some(line_item_url(site.origin, item.course, item.id, Some(tool.id))),
            _ => None,
        }
    }

    fn names_and_roles_claim(&self, site: &Site<'_>, course: &Course, tool: &Tool) -> Option<NamesAndRoles> {
        let used = self
            .activities
            .values()
            .any(|activity| activity.course == course.id && activity.tool == tool.id);
        (tool.config.memberships && used)
            .then(|| NamesAndRoles::moodle(memberships_url(site.origin, course.id, tool.id)))
    }
}

/// What a message needs to know of the site.
pub(crate) struct Site<'a> {
    pub(crate) origin: &'a str,
    pub(crate) guid: &'a str,
    pub(crate) college: &'a str,
    /// Unix seconds.
    pub(crate) now: i64,
}

#[derive(Serialize)]
struct Hint {
    #[serde(skip_serializing_if = "Option::is_none")]
    cmid: Option<i64>,
    launchid: String,
}

fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn activity_url(activity: &Activity, tool: &Tool) -> String {
    if activity.url.is_empty() {
        tool.config.target_link_uri.clone()
    } else {
        activity.url.clone()
    }
}

/// A custom value as text: Moodle turns `true` into `1` and numbers into digits.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "1".to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Address of a line item, with `type_id` as Moodle builds it.
pub(crate) fn line_item_url(origin: &str, course: i64, item: i64, type_id: Option<i64>) -> String {
    let query = type_id.map(|id| format!("?type_id={id}")).unwrap_or_default();
    format!("{origin}/mod/lti/services.php/{course}/lineitems/{item}/lineitem{query}")
}

fn memberships_url(origin: &str, course: i64, tool: i64) -> String {
    format!("{origin}/mod/lti/services.php/CourseSection/{course}/bindings/{tool}/memberships")
}

/// The scopes that a grade setting grants.
pub(crate) fn grade_scopes(service: GradeService) -> Vec<&'static str> {
    use crate::token::scope;
    match service {
        GradeService::None => vec![],
        GradeService::Sync => vec![scope::LINE_ITEM_READ, scope::RESULT_READ, scope::SCORE],
        GradeService::Full => vec![
            scope::LINE_ITEM,
            scope::LINE_ITEM_READ,
            scope::RESULT_READ,
            scope::SCORE,
        ],
    }
}

fn context_claim(course: &Course) -> Pairs {
    let mut pairs = Pairs::texts([
        ("id", course.id.to_string()),
        ("label", course.label.clone()),
        ("title", course.title.clone()),
    ]);
    pairs.0.push(("type".to_owned(), json!(["CourseSection"])));
    pairs
}

/// The Basic Outcomes claim, which Moodle still sends beside AGS.
pub(crate) fn basicoutcome_claim(site: &Site<'_>, activity: &Activity, user: &User, tool: &Tool) -> Pairs {
    let sourcedid = format!(
        "{{\"data\":{{\"instanceid\":\"{}\",\"userid\":\"{}\",\"typeid\":\"{}\",\"launchid\":{}}},\"hash\":\"{}\"}}",
        activity.id,
        user.id,
        tool.id,
        random_number(),
        crate::random_hex(64)
    );
    Pairs::texts([
        ("lis_result_sourcedid", sourcedid),
        (
            "lis_outcome_service_url",
            format!("{}/mod/lti/service.php", site.origin),
        ),
    ])
}

fn ext_claim(user: &User, share_name: bool) -> Pairs {
    let mut pairs = Vec::new();
    if share_name {
        pairs.push(("user_username".to_owned(), Value::from(user.username.clone())));
    }
    pairs.push(("lms".to_owned(), Value::from("moodle-2")));
    Pairs(pairs)
}

fn presentation_claim(site: &Site<'_>, launch: &PendingLaunch, activity: Option<&Activity>) -> Presentation {
    let (target, number) = launch.container.target();
    Presentation {
        locale: launch.language.code(),
        document_target: activity.map(|_| target),
        return_url: activity.map(|activity| {
            format!(
                "{}/mod/lti/return.php?course={}&launch_container={number}&instanceid={}&sesskey={}",
                site.origin, activity.course, activity.id, launch.sesskey
            )
        }),
    }
}
