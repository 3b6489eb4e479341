//! Login initiation: the platform sends a browser here before each launch.
//!
//! The browser's cookie is probed first, because the platform's hint works
//! only once. State and nonce are kept until the launch uses them up.

use std::fmt;

use chrono::Duration;
use lti::login::{
    AuthenticationRequest, Initiation, authentication_request_url, check_target_link_uri, parse_initiation,
};
use storage::{
    Connection, logins,
    registrations::{self, Deployment, Registration},
};
use url::Url;

use crate::{
    App, Code, Error, Result,
    launch::platform_origins,
    launch_way::{self, Memory, Way},
    parked_launch::{self, PlatformStorage},
    random, refusal,
};

/// How long the platform may take to post the launch.
pub const LIFETIME: Duration = Duration::minutes(10);

/// The field in which our own pages say by which way a login goes on.
pub const WAY_FIELD: &str = "taynghe_way";

const STATE_COOKIE_PREFIX: &str = "__Host-taynghe-login-";
const STORAGE_KEY_PREFIX: &str = "taynghe-login-";
const STATE_COOKIE_CHARACTERS: usize = 16;

/// What the browser's request says beside the initiation itself.
#[derive(Clone)]
pub struct BrowserFacts {
    /// The value of our browser cookie.
    pub browser_secret: Option<String>,
    /// `Sec-Fetch-Dest: iframe`.
    pub in_frame: bool,
    /// True on the way back from the probe.
    pub probed: bool,
}

/// Leaves out the cookie.
impl fmt::Debug for BrowserFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrowserFacts")
            .field("in_frame", &self.in_frame)
            .field("probed", &self.probed)
            .finish_non_exhaustive()
    }
}

/// What to do with the browser.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// Set this browser cookie and send the browser here once more.
    Probe {
        /// The new cookie's value.
        browser_secret: String,
        /// Who may frame the answer.
        platform_origins: Vec<String>,
    },
    /// Cookies do not come back in this frame, or get lost on the way: a page offers other ways.
    Choose {
        /// The initiation's fields as they came.
        fields: Vec<(String, String)>,
        /// What is offered.
        offer: Offer,
        /// Who may frame the page.
        platform_origins: Vec<String>,
        /// Where forms of the page may lead: to the login in the new window, and
        /// back with what was picked there.
        form_targets: Vec<String>,
    },
    /// Go to the platform.
    Redirect {
        /// The authentication request.
        address: Url,
        /// The state's own cookie.
        state_cookie: StateCookie,
        /// A new browser cookie, when there was none.
        new_browser_secret: Option<String>,
        /// Whether to see at the launch if cookies come that no frame keeps for itself.
        in_frame: bool,
    },
}

/// What a page in a frame offers beside the new window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Go on in the frame by itself: cookies come back here and get lost later, so the storage is prepared.
    pub at_once: bool,
    /// The window stands first: it was what worked in this deployment.
    pub window_first: bool,
    /// The platform's storage, when the initiation offers it and it did not fail before.
    pub platform_storage: Option<PlatformStorage>,
}

/// A login that a script of ours began, with the secret that its storage is to keep.
#[derive(Clone)]
pub struct Prepared {
    /// The authentication request.
    pub address: Url,
    /// The state's own cookie.
    pub state_cookie: StateCookie,
    /// A new browser cookie, when there was none.
    pub new_browser_secret: Option<String>,
    /// Under which key the storage keeps the secret.
    pub storage_key: String,
    /// Proves the browser after the post; only its hash is kept here.
    pub storage_secret: String,
    /// Who may frame the answer.
    pub platform_origins: Vec<String>,
}

/// Leaves out all: state, cookies and secret.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").finish_non_exhaustive()
    }
}

/// Names the answer only: hints, state and cookies stay out of logs.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Probe { .. } => "Probe { .. }",
            Self::Choose { .. } => "Choose { .. }",
            Self::Redirect { .. } => "Redirect { .. }",
        })
    }
}

/// A short-lived cookie that binds a state to the browser that began it.
#[derive(Clone, PartialEq, Eq)]
pub struct StateCookie {
    /// Named after the state, so that several launches at once do not overwrite each other.
    pub name: String,
    /// Its hash is kept with the state.
    pub value: String,
}

/// Leaves out name and value: the name begins like the state.
impl fmt::Debug for StateCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StateCookie").finish_non_exhaustive()
    }
}

/// The name of a state's cookie.
pub fn state_cookie_name(state: &str) -> String {
    format!("{STATE_COOKIE_PREFIX}{}", start_of(state))
}

/// The key under which a browser's storage keeps the secret of a state.
pub(crate) fn storage_key(state: &str) -> String {
    format!("{STORAGE_KEY_PREFIX}{}", start_of(state))
}

fn start_of(state: &str) -> String {
    state
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(STATE_COOKIE_CHARACTERS)
        .collect()
}

/// Reads an initiation and says where the browser goes.
///
/// # Errors
/// `LTI-LOG-…`; nothing is stored then.
pub async fn begin(
    app: &App,
    query: Vec<(String, String)>,
    body: Vec<(String, String)>,
    browser: BrowserFacts,
) -> Result<Answer> {
    let initiation = parse_initiation(&query, &body)?;
    let (registration, memory) = find(app, &initiation, browser.in_frame).await?;
    let is_new = browser.browser_secret.is_none();
    if browser.in_frame && is_new && !browser.probed {
        return Ok(Answer::Probe {
            browser_secret: random::secret(),
            platform_origins: platform_origins(&registration),
        });
    }
    if browser.in_frame && (is_new || memory.loses_cookies()) {
        let storage = parked_launch::platform_storage(&registration, initiation.lti_storage_target.as_ref());
        return Ok(Answer::Choose {
            fields: fields_of(&initiation),
            offer: Offer {
                at_once: !is_new,
                window_first: memory.prefers_window(),
                platform_storage: storage.filter(|_| !memory.distrusts_platform_storage()),
            },
            form_targets: form_targets(&registration),
            platform_origins: platform_origins(&registration),
        });
    }
    let asked = body
        .iter()
        .find(|(name, value)| name == WAY_FIELD && value == Way::NewWindow.as_str());
    let begun = start(
        app,
        &initiation,
        &registration,
        None,
        asked.map(|_| Way::NewWindow),
    )
    .await?;
    Ok(Answer::Redirect {
        address: begun.address,
        state_cookie: begun.state_cookie,
        new_browser_secret: is_new.then(random::secret),
        in_frame: browser.in_frame,
    })
}

/// Begins a login for a script of ours in a frame, which keeps the secret in the browser's storage (and the
/// platform's) before it goes to the platform.
///
/// # Errors
/// `LTI-LOG-…`; nothing is stored then.
pub async fn prepare(
    app: &App,
    fields: Vec<(String, String)>,
    browser_secret: Option<String>,
) -> Result<Prepared> {
    let initiation = parse_initiation(&[], &fields)?;
    let (registration, _) = find(app, &initiation, false).await?;
    let asked = fields
        .iter()
        .find(|(name, value)| name == WAY_FIELD && value == Way::StorageAccess.as_str());
    let secret = random::secret();
    let way = asked.map(|_| Way::StorageAccess);
    let begun = start(app, &initiation, &registration, Some(&secret), way).await?;
    Ok(Prepared {
        address: begun.address,
        state_cookie: begun.state_cookie,
        new_browser_secret: browser_secret.is_none().then(random::secret),
        storage_key: begun.storage_key,
        storage_secret: secret,
        platform_origins: platform_origins(&registration),
    })
}

async fn find(app: &App, initiation: &Initiation, with_memory: bool) -> Result<(Registration, Memory)> {
    let asked = initiation.clone();
    let now = app.clock().now();
    let found = app
        .db()
        .read(move |c| {
            let (registration, deployment) = registration_of(c, &asked)?;
            let memory = match deployment {
                Some(deployment) if with_memory => launch_way::memory(c, &deployment.id, now)?,
                _ => Memory::default(),
            };
            Ok::<_, Error>((registration, memory))
        })
        .await?;
    check_target_link_uri(&initiation.target_link_uri, app.public_url())
        .map_err(|refusal| Error::from(refusal).of_registration(&found.0))?;
    Ok(found)
}

/// The origins that the return address of a deep-linking request may have.
pub(crate) fn form_targets(registration: &Registration) -> Vec<String> {
    let endpoints = [
        &registration.issuer,
        &registration.auth_login_url,
        &registration.token_url,
    ];
    let mut origins: Vec<String> = endpoints
        .into_iter()
        .filter_map(|address| lti::origin::origin(address))
        .collect();
    origins.sort();
    origins.dedup();
    origins
}

struct Begun {
    address: Url,
    state_cookie: StateCookie,
    storage_key: String,
}

async fn start(
    app: &App,
    initiation: &Initiation,
    registration: &Registration,
    storage_secret: Option<&str>,
    way: Option<Way>,
) -> Result<Begun> {
    let auth_login_url = Url::parse(&registration.auth_login_url)
        .map_err(|error| Error::Internal(format!("the stored auth_login_url is no address: {error}")))?;
    let (state, nonce, cookie_value) = (random::secret(), random::secret(), random::secret());
    let redirect_uri = app.address("/lti/launch");
    let address = authentication_request_url(
        initiation,
        &AuthenticationRequest {
            auth_login_url: &auth_login_url,
            client_id: &registration.client_id,
            redirect_uri: &redirect_uri,
            state: &state,
            nonce: &nonce,
        },
    );
    let now = app.clock().now();
    let login = logins::Login {
        id: random::id(),
        state_hash: random::hash(&state),
        cookie_hash: random::hash(&cookie_value),
        nonce,
        registration_id: registration.id.clone(),
        target_link_uri: initiation.target_link_uri.clone(),
        deployment_platform_id: initiation.lti_deployment_id.clone(),
        created_at: now.naive_utc(),
        expires_at: (now + LIFETIME).naive_utc(),
        storage_hash: storage_secret.map(random::hash),
        storage_target: initiation.lti_storage_target.clone(),
        way: way.map(Way::as_str).unwrap_or_default().to_owned(),
    };
    app.db()
        .write::<_, Error>(move |c| Ok(logins::insert(c, &login)?))
        .await?;
    Ok(Begun {
        address,
        storage_key: storage_key(&state),
        state_cookie: StateCookie {
            name: state_cookie_name(&state),
            value: cookie_value,
        },
    })
}

fn registration_of(
    connection: &mut Connection,
    initiation: &Initiation,
) -> Result<(Registration, Option<Deployment>)> {
    let refused = |code, detail: &str| Error::refused(Code::Lti(code), detail);
    let registration = match &initiation.client_id {
        Some(client_id) => registrations::find_by_client(connection, &initiation.issuer, client_id)?,
        None => {
            let mut of_issuer = registrations::list_by_issuer(connection, &initiation.issuer)?;
            if of_issuer.len() > 1 {
                let ambiguous = refused(
                    lti::Code::LogAmbiguousRegistration,
                    "the issuer has several registrations and the initiation names no client_id",
                );
                let organisation_id = refusal::organisation_of_issuer(connection, &initiation.issuer)?;
                return Err(match organisation_id {
                    Some(id) => ambiguous.of_organisation(&id),
                    None => ambiguous,
                });
            }
            of_issuer.pop()
        }
    };
    let Some(registration) = registration else {
        let unknown = refused(
            lti::Code::LogUnknown,
            "no registration for this issuer and client_id",
        );
        let organisation_id = refusal::organisation_of_issuer(connection, &initiation.issuer)?;
        return Err(match organisation_id {
            Some(id) => unknown.of_organisation(&id),
            None => unknown,
        });
    };
    if registration.status != "active" {
        return Err(
            refused(lti::Code::LogDisabled, "the registration is disabled").of_registration(&registration)
        );
    }
    if let Some(platform_id) = &initiation.lti_deployment_id {
        match registrations::find_deployment(connection, &registration.id, platform_id)? {
            Some(deployment) if deployment.status == "active" => return Ok((registration, Some(deployment))),
            Some(_) => {
                return Err(refused(lti::Code::LogDisabled, "the deployment is disabled")
                    .of_registration(&registration));
            }
            None => {
                return Err(refused(
                    lti::Code::LogDeployment,
                    "the registration has no such deployment",
                )
                .of_registration(&registration));
            }
        }
    }
    Ok((registration, None))
}

fn fields_of(initiation: &Initiation) -> Vec<(String, String)> {
    let mut fields = vec![
        ("iss".to_owned(), initiation.issuer.clone()),
        ("login_hint".to_owned(), initiation.login_hint.clone()),
        ("target_link_uri".to_owned(), initiation.target_link_uri.clone()),
    ];
    let optional = [
        ("client_id", &initiation.client_id),
        ("lti_message_hint", &initiation.lti_message_hint),
        ("lti_deployment_id", &initiation.lti_deployment_id),
        ("lti_storage_target", &initiation.lti_storage_target),
    ];
    fields.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))),
    );
    fields
}
