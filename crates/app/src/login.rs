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
    registrations::{self, Registration},
};
use url::Url;

use crate::{App, Code, Error, Result, launch::platform_origins, random};

/// How long the platform may take to post the launch.
pub const LIFETIME: Duration = Duration::minutes(10);

const STATE_COOKIE_PREFIX: &str = "__Host-taynghe-login-";
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
    /// Cookies do not come back in this frame: offer the same initiation in a new window.
    NewWindow {
        /// The initiation's fields as they came.
        fields: Vec<(String, String)>,
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
    },
}

/// Names the answer only: hints, state and cookies stay out of logs.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Probe { .. } => "Probe { .. }",
            Self::NewWindow { .. } => "NewWindow { .. }",
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
    let start: String = state
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(STATE_COOKIE_CHARACTERS)
        .collect();
    format!("{STATE_COOKIE_PREFIX}{start}")
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
    let asked = initiation.clone();
    let registration = app.db().read(move |c| registration_of(c, &asked)).await?;
    check_target_link_uri(&initiation.target_link_uri, app.public_url())
        .map_err(|refusal| Error::from(refusal).of_registration(&registration))?;
    let platform_origins = platform_origins(&registration);
    if browser.in_frame && browser.browser_secret.is_none() {
        return Ok(if browser.probed {
            Answer::NewWindow {
                fields: fields_of(&initiation),
                form_targets: form_targets(&registration),
                platform_origins,
            }
        } else {
            Answer::Probe {
                browser_secret: random::secret(),
                platform_origins,
            }
        });
    }
    redirect(app, &initiation, &registration, browser.browser_secret.is_none()).await
}

// The origins that the return address of a deep-linking request may have.
fn form_targets(registration: &Registration) -> Vec<String> {
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

async fn redirect(
    app: &App,
    initiation: &Initiation,
    registration: &Registration,
    is_new_browser: bool,
) -> Result<Answer> {
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
    };
    app.db()
        .write::<_, Error>(move |c| Ok(logins::insert(c, &login)?))
        .await?;
    Ok(Answer::Redirect {
        address,
        state_cookie: StateCookie {
            name: state_cookie_name(&state),
            value: cookie_value,
        },
        new_browser_secret: is_new_browser.then(random::secret),
    })
}

fn registration_of(connection: &mut Connection, initiation: &Initiation) -> Result<Registration> {
    let refused = |code, detail: &str| Error::refused(Code::Lti(code), detail);
    let registration = match &initiation.client_id {
        Some(client_id) => registrations::find_by_client(connection, &initiation.issuer, client_id)?,
        None => {
            let mut of_issuer = registrations::list_by_issuer(connection, &initiation.issuer)?;
            if of_issuer.len() > 1 {
                return Err(refused(
                    lti::Code::LogAmbiguousRegistration,
                    "the issuer has several registrations and the initiation names no client_id",
                ));
            }
            of_issuer.pop()
        }
    };
    let registration = registration.ok_or_else(|| {
        refused(
            lti::Code::LogUnknown,
            "no registration for this issuer and client_id",
        )
    })?;
    if registration.status != "active" {
        return Err(
            refused(lti::Code::LogDisabled, "the registration is disabled").of_registration(&registration)
        );
    }
    if let Some(platform_id) = &initiation.lti_deployment_id {
        match registrations::find_deployment(connection, &registration.id, platform_id)? {
            Some(deployment) if deployment.status == "active" => {}
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
    Ok(registration)
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
    ];
    fields.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))),
    );
    fields
}
