//! Launch: the platform posts a signed token, and one write records who came,
//! from where, as what, and begins the session.

mod rows;

use lti::{
    keys::PlatformKey,
    launch::{Expected, Peeked, peek, verify},
    launch_message::{LaunchMessage, Message},
};
use storage::{
    Connection, Timestamp, contexts, logins,
    people::{self, Identity},
    platform_key_sets,
    registrations::{self, Deployment, Registration},
    sessions,
};

use crate::{
    App, Code, Error, Result, kept_launch,
    launch_way::{self, Way},
    login,
    parked_launch::{self, Parked},
    placement, platform_keys, random, registration_change, roster,
    session::{DeepLinking, LaunchFacts, Role},
    submission_review,
};

use rows::{context_of, enrolment_of, identity_of, link_of};

/// Characters of the platform's `error` that are kept of a post without a state of ours.
const LONGEST_ERROR_WORD: usize = 40;

/// What the platform's form and the browser brought.
#[derive(Clone, Default)]
pub struct Post {
    /// `id_token`.
    pub id_token: Option<String>,
    /// `state`.
    pub state: Option<String>,
    /// `error`: the platform refused by itself.
    pub error: Option<String>,
    /// `error_description`.
    pub error_description: Option<String>,
    /// All cookies of the request: the state's own one is among them.
    pub cookies: Vec<(String, String)>,
    /// The value of our browser cookie.
    pub browser_secret: Option<String>,
    /// `Sec-Fetch-Dest: iframe`.
    pub in_frame: bool,
    /// A cookie came that no frame of another site keeps for itself.
    pub unpartitioned: bool,
}

/// Leaves out all that the form and the cookies hold.
impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").finish_non_exhaustive()
    }
}

/// How a verified launch goes on.
#[derive(Debug, Clone)]
pub enum Arrival {
    /// Its session has begun.
    Accepted(Accepted),
    /// The state's cookie did not come: the browser has to prove itself.
    Parked(Parked),
}

/// A launch that was accepted.
#[derive(Clone)]
pub struct Accepted {
    /// The session that begins.
    pub session_id: String,
    /// What the session is for.
    pub destination: Destination,
    /// A new browser cookie, when the post brought none.
    pub new_browser_secret: Option<String>,
    /// The cookie of the state is of no more use.
    pub spent_cookie: String,
    /// Who may frame the answer.
    pub platform_origins: Vec<String>,
}

/// Leaves out the cookies.
impl std::fmt::Debug for Accepted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accepted")
            .field("session_id", &self.session_id)
            .field("destination", &self.destination)
            .finish_non_exhaustive()
    }
}

/// Where an accepted launch leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The activity of the resource link.
    Activity,
    /// The picker of a deep-linking request.
    Picker,
    /// The attempt of that id, for a submission review.
    Attempt(String),
    /// The gradebook, for a submission review of somebody without an attempt.
    Gradebook,
    /// The class of the course of that key, for a submission review.
    Class(String),
}

/// Verifies a launch, and begins its session when the state's cookie came.
///
/// # Errors
/// `LTI-PLAT-ERROR`, `LTI-STA-…`, `LTI-TOK-…`, `LTI-KEY-FETCH`, `LTI-CLM-…`,
/// `LTI-DEP-…`, `LTI-DL-…`, `LTI-TEN-RESOURCE`; nothing is stored then.
pub async fn accept(app: &App, post: Post) -> Result<Arrival> {
    match arrive(app, &post).await {
        Err(Error::Refused(refusal)) => Err(kept_launch::attach(app, &post, refusal).await.into()),
        other => other,
    }
}

async fn arrive(app: &App, post: &Post) -> Result<Arrival> {
    let begun = find_login(app, post).await?;
    let framed = |error: Error| error.of_registration(&begun.registration);
    let (message, key) = read_token(app, post, &begun).await.map_err(framed)?;
    let state = post.state.as_deref().unwrap_or_default();
    let cookie_name = login::state_cookie_name(state);
    if !parked_launch::holds_cookie(&post.cookies, &cookie_name, &begun.login.cookie_hash) {
        return Ok(Arrival::Parked(
            parked_launch::park(app, post, begun, message, &key).await?,
        ));
    }
    let way = way_of(&begun.login, post);
    let now = app.clock().now().naive_utc();
    let until = now + app.session_lifetime();
    let registration = begun.registration.clone();
    let browser_secret = post.browser_secret.clone().unwrap_or_else(random::secret);
    let secret_hash = random::hash(&browser_secret);
    let key_set = platform_keys::unsaved(app, &registration);
    let new_key_set = key_set.clone();
    let strange_origins = registration_change::strange_origins(&registration, &message);
    let token = post.id_token.clone().unwrap_or_default();
    let recorded = app
        .db()
        .write(move |c| {
            // Of two posts of one form exactly one gets the row.
            logins::consume(c, &begun.login.id)?
                .ok_or_else(|| refused(lti::Code::StaInvalid, "the state was used before"))?;
            if let Some(key_set) = &new_key_set {
                platform_key_sets::put(c, key_set)?;
            }
            let (login, thumbprint) = (&begun.login, key.thumbprint());
            kept_launch::keep_wanted(
                c,
                &begun.registration.id,
                login,
                &token,
                thumbprint,
                now.and_utc(),
            )?;
            record(c, &begun.registration, &message, &secret_hash, now, until, way)
        })
        .await;
    let (session_id, destination) = match recorded {
        Ok(recorded) => recorded,
        Err(error) => {
            // Its transaction was rolled back; the administrator is to know which origin was meant.
            if error.code() == Code::Lti(lti::Code::DlReturn) {
                propose_origins(app, &registration, strange_origins).await?;
            }
            return Err(error.of_registration(&registration));
        }
    };
    if let Some(key_set) = &key_set {
        platform_keys::saved(app, key_set);
    }
    metrics::counter!("taynghe_launches_total").increment(1);
    Ok(Arrival::Accepted(Accepted {
        session_id,
        destination,
        new_browser_secret: post.browser_secret.is_none().then_some(browser_secret),
        spent_cookie: cookie_name,
        platform_origins: platform_origins(&registration),
    }))
}

async fn propose_origins(app: &App, registration: &Registration, origins: Vec<String>) -> Result<()> {
    let (registration, now) = (registration.clone(), app.clock().now());
    app.db()
        .write(move |c| registration_change::propose_origins(c, &registration, &origins, now))
        .await
}

fn way_of(login: &logins::Login, post: &Post) -> Way {
    match Way::parse(&login.way) {
        Some(way) => way,
        None if post.in_frame && !post.unpartitioned => Way::PartitionedCookie,
        None => Way::Cookie,
    }
}

/// The origins of a platform's own pages: they may frame ours.
pub(crate) fn platform_origins(registration: &Registration) -> Vec<String> {
    let mut origins: Vec<String> = [registration.issuer.as_str(), &registration.auth_login_url]
        .into_iter()
        .chain(registration_change::service_origins(registration))
        .filter_map(lti::origin::origin)
        .collect();
    origins.dedup();
    origins
}

/// An identity's name in the order of a reader's language.
pub(crate) fn display_name(identity: &Identity, locale: &str) -> Option<String> {
    lti::names::display_name(
        identity.given_name.as_deref(),
        identity.family_name.as_deref(),
        identity.name.as_deref(),
        locale,
    )
}

/// A login, and the launch that answers it, not yet verified.
pub(crate) struct Begun {
    pub(crate) login: logins::Login,
    pub(crate) registration: Registration,
    peeked: Peeked,
}

async fn find_login(app: &App, post: &Post) -> Result<Begun> {
    let state = post.state.clone().filter(|state| !state.is_empty());
    let posted = post.clone();
    let now = app.clock().now().naive_utc();
    app.db()
        .read(move |c| {
            // The state first: with it a refusal knows whose platform may frame it.
            let known = match &state {
                Some(state) => login_of_state(c, state, now)?,
                None => None,
            };
            let framed = |error: Error| match &known {
                Some((_, registration)) => error.of_registration(registration),
                None => error,
            };
            let token = posted_token(&posted, known.is_some()).map_err(framed)?;
            let Some((login, registration)) = &known else {
                return Err(refused(
                    lti::Code::StaInvalid,
                    "the state is missing, unknown, used or expired",
                ));
            };
            let peeked = peek(token).map_err(|refusal| framed(refusal.into()))?;
            check_registration(c, registration, &peeked).map_err(framed)?;
            if !peeked.ignored_headers.is_empty() {
                let headers = &peeked.ignored_headers;
                tracing::warn!(
                    ?headers,
                    registration = registration.id,
                    "a token offered a key of its own"
                );
            }
            Ok(Begun {
                login: login.clone(),
                registration: registration.clone(),
                peeked,
            })
        })
        .await
}

fn login_of_state(
    connection: &mut Connection,
    state: &str,
    now: Timestamp,
) -> Result<Option<(logins::Login, Registration)>> {
    let login = logins::find(connection, &random::hash(state))?.filter(|login| login.expires_at > now);
    let Some(login) = login else { return Ok(None) };
    let registration = registrations::get(connection, &login.registration_id)?;
    Ok(registration.map(|registration| (login, registration)))
}

fn posted_token(post: &Post, is_answer: bool) -> Result<&str> {
    if let Some(error) = &post.error {
        let said = if is_answer {
            let description = post.error_description.as_deref().unwrap_or_default();
            one_line(&format!("{error}: {description}"))
        } else {
            error_word(error)
        };
        return Err(refused(lti::Code::PlatError, &said));
    }
    post.id_token
        .as_deref()
        .ok_or_else(|| refused(lti::Code::TokFormat, "no id_token was posted"))
}

// Without a state of ours nobody knows who wrote it: no sentence of theirs stands in our list.
fn error_word(error: &str) -> String {
    error
        .chars()
        .filter(|c| c.is_ascii_lowercase() || *c == '_')
        .take(LONGEST_ERROR_WORD)
        .collect()
}

// Anybody may post it: it must not look like lines of our log.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn check_registration(
    connection: &mut Connection,
    registration: &Registration,
    peeked: &Peeked,
) -> Result<()> {
    if registration.status != "active" {
        return Err(refused(lti::Code::LogDisabled, "the registration is disabled"));
    }
    let names_us = peeked.issuer == registration.issuer && peeked.audiences.contains(&registration.client_id);
    if !names_us
        && let Some(client_id) = peeked.client_id()
        && registrations::find_by_client(connection, &peeked.issuer, client_id)?.is_some()
    {
        return Err(refused(lti::Code::StaMix, "the token is another registration's"));
    }
    Ok(())
}

async fn read_token(app: &App, post: &Post, begun: &Begun) -> Result<(LaunchMessage, PlatformKey)> {
    let registration = &begun.registration;
    let now = app.clock().now();
    let expected = Expected {
        issuer: &registration.issuer,
        client_id: &registration.client_id,
        nonce: &begun.login.nonce,
        public_url: app.public_url(),
        target_link_uri: Some(&begun.login.target_link_uri),
    };
    let key = platform_keys::find(app, registration, &begun.peeked.kid, now)
        .await?
        .map_err(|error| refused(error.code(), &error.to_string()))?;
    let message = verify(post.id_token.as_deref().unwrap_or_default(), &key, &expected, now)?;
    if let Some(named) = &begun.login.deployment_platform_id
        && *named != message.deployment_id
    {
        return Err(refused(
            lti::Code::DepMix,
            "the token's deployment is not the initiation's",
        ));
    }
    Ok((message, key))
}

/// Records who came from where as what, and begins the session.
pub(crate) fn record(
    connection: &mut Connection,
    registration: &Registration,
    message: &LaunchMessage,
    browser_secret_hash: &str,
    now: Timestamp,
    until: Timestamp,
    way: Way,
) -> Result<(String, Destination)> {
    let deployment = find_deployment(connection, registration, &message.deployment_id)?;
    let role = Role::from(
        message
            .roles
            .role_as(lti::quirks::quirks(Some(&registration.product_family))),
    );
    let mut facts = launch_facts(registration, message, role)?;
    learn_platform(connection, registration, message)?;
    crate::registration_join::learn_guid(connection, registration, message)?;
    let told = identity_of(registration, message, now);
    let identity = people::upsert(connection, &told)?;
    if identity.kind != told.kind {
        people::set_kind(connection, &registration.id, &identity.id, &told.kind)?;
    }
    let context = contexts::upsert(connection, &context_of(&deployment, message, now))?;
    contexts::enrol_by_launch(connection, &enrolment_of(&context.id, &identity.id, role, now))?;
    roster::want(connection, &context, role, now)?;
    let link = match resource_link_of(message)? {
        Some(link) => {
            let kept = contexts::upsert_link(connection, &link_of(&context.id, link, message, now))?;
            submission_review::demand_column(connection, &context.id, &kept.id, message)?;
            placement::follow_launch(connection, registration, &context, &kept, message, now)?;
            Some(kept.id)
        }
        None => submission_review::link_of_column(connection, &context.id, message)?,
    };
    let browser = sessions::upsert_browser(
        connection,
        &sessions::Browser {
            id: random::id(),
            secret_hash: browser_secret_hash.to_owned(),
            created_at: now,
            seen_at: now,
        },
    )?;
    sessions::end_other_persons(
        connection,
        &browser.id,
        &registration.id,
        &identity.person_id,
        now,
    )?;
    let place = (context.id.as_str(), link.as_deref());
    let destination = match submission_review::lead(connection, registration, place, message, role, now)? {
        Some((destination, reviewed)) => {
            facts.reviewed = reviewed;
            destination
        }
        None if facts.deep_linking.is_some() => Destination::Picker,
        None => Destination::Activity,
    };
    let session = sessions::Session {
        id: random::id(),
        browser_id: browser.id,
        person_id: identity.person_id,
        identity_id: identity.id,
        organisation_id: registration.organisation_id.clone(),
        registration_id: Some(registration.id.clone()),
        deployment_id: Some(deployment.id.clone()),
        context_id: Some(context.id),
        resource_link_id: link,
        kind: if destination == Destination::Picker {
            "deep-linking"
        } else {
            "launch"
        }
        .to_owned(),
        role: role.as_str().to_owned(),
        locale: message.locale.clone().unwrap_or_default(),
        csrf_token: random::secret(),
        launch: serde_json::to_string(&facts).map_err(|error| Error::Internal(error.to_string()))?,
        created_at: now,
        expires_at: until,
        ended_at: None,
    };
    sessions::insert(connection, &session)?;
    let origins = registration_change::strange_origins(registration, message);
    registration_change::propose_origins(connection, registration, &origins, now.and_utc())?;
    launch_way::count(connection, &deployment.id, way, now.and_utc())?;
    Ok((session.id, destination))
}

/// The registration's deployment of that name, when it takes launches.
pub(crate) fn find_deployment(
    connection: &mut Connection,
    registration: &Registration,
    platform_id: &str,
) -> Result<Deployment> {
    match registrations::find_deployment(connection, &registration.id, platform_id)? {
        Some(deployment) if deployment.status == "active" => Ok(deployment),
        Some(_) => Err(refused(lti::Code::LogDisabled, "the deployment is disabled")),
        None if registrations::deployment_is_elsewhere(
            connection,
            &registration.id,
            &registration.issuer,
            platform_id,
        )? =>
        {
            Err(refused(
                lti::Code::DepMix,
                "the deployment belongs to another registration of this issuer",
            ))
        }
        None => Err(refused(
            lti::Code::DepPending,
            // An administrator copies it from here.
            &one_line(&format!(
                "the registration does not know the deployment {platform_id}"
            )),
        )),
    }
}

fn launch_facts(registration: &Registration, message: &LaunchMessage, role: Role) -> Result<LaunchFacts> {
    let mut facts = LaunchFacts {
        return_url: message.return_url.clone(),
        deep_linking: None,
        reviewed: None,
        course_page: None,
        marking: crate::marking::Choices::default(),
    };
    if let Message::DeepLinking(settings) = &message.message {
        if role != Role::Instructor {
            return Err(refused(
                lti::Code::DlForbidden,
                "only an instructor of the context may pick content",
            ));
        }
        let endpoints = [
            registration.issuer.as_str(),
            &registration.auth_login_url,
            &registration.token_url,
        ];
        if !endpoints
            .into_iter()
            .chain(registration_change::service_origins(registration))
            .any(|endpoint| lti::origin::same_origin(endpoint, &settings.deep_link_return_url))
        {
            return Err(refused(
                lti::Code::DlReturn,
                "the return address is not on the platform's origin",
            ));
        }
        facts.deep_linking = Some(DeepLinking {
            return_url: settings.deep_link_return_url.clone(),
            accept_multiple: settings.accept_multiple,
            accept_line_item: settings.accept_lineitem.unwrap_or(true),
            accept_types: settings.accept_types.clone(),
            data: settings.data.clone(),
            answered: false,
        });
    }
    Ok(facts)
}

// Known since a registration by hand names neither.
fn learn_platform(
    connection: &mut Connection,
    registration: &Registration,
    message: &LaunchMessage,
) -> Result<()> {
    let family = message
        .tool_platform
        .product_family_code
        .as_deref()
        .unwrap_or_default();
    let name = message.tool_platform.name.as_deref().unwrap_or_default();
    if (registration.product_family.is_empty() && !family.is_empty())
        || (registration.platform_name.is_empty() && !name.is_empty())
    {
        let family = if registration.product_family.is_empty() {
            family
        } else {
            &registration.product_family
        };
        let name = if registration.platform_name.is_empty() {
            name
        } else {
            &registration.platform_name
        };
        registrations::learn_platform(connection, &registration.id, family, name)?;
    }
    Ok(())
}

fn resource_link_of(message: &LaunchMessage) -> Result<Option<&lti::launch_message::ResourceLink>> {
    match &message.message {
        Message::ResourceLink(link) => Ok(Some(link)),
        Message::DeepLinking(_) => Ok(None),
        // Without one the column tells the activity.
        Message::SubmissionReview { resource_link, .. } => Ok(resource_link.as_ref()),
    }
}

fn refused(code: lti::Code, detail: &str) -> Error {
    Error::refused(Code::Lti(code), detail)
}
