//! Sign-in of an administrator by the college's OpenID Connect provider. State, nonce and PKCE verifier of a sign-in are
//! kept until its answer uses them up; the answer counts only in the browser that began. Who is an administrator is
//! decided by the settings each time anew.
//!
//! Left out on purpose: the protocol (`outbound::openid`), the one-time link (`administration`).

mod code;
mod rules;

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use outbound::openid::{self, Brought, OpenIdError, Person, Proof};
use serde_json::{Map, Value};
use storage::{
    Connection,
    organisations::{self, OrganisationRole},
    people::Identity,
    sessions,
    sign_ins::{self, SignInState},
};
use url::Url;

use crate::{App, Code, Error, Result, audit, login::StateCookie, organisation, random, session::Role};

pub use code::OpenIdCode;
pub use outbound::openid::TENANT;

/// Where providers send browsers back to. Administrators enter it there, so it never changes.
pub const ANSWER_PATH: &str = "/sign-in/answer";

/// How long a person may take at the provider.
pub const LIFETIME: Duration = Duration::minutes(10);

/// The longest that any session of an administrator lasts.
const LONGEST_SESSION: Duration = Duration::hours(12);

const COOKIE_PREFIX: &str = "__Host-taynghe-sign-in-";
const COOKIE_CHARACTERS: usize = 16;
const ADMINISTRATOR: &str = "administrator";

/// A provider by which administrators of one organisation sign in.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its id in addresses.
    pub id: String,
    /// What its button says.
    pub name: String,
    /// Whose administrators come from there; the first organisation when it names none.
    pub organisation: Option<String>,
    /// The provider itself.
    pub openid: openid::Provider,
    /// Who of its people is an administrator.
    pub administrators: Administrators,
}

/// Who is an administrator: each of the three ways suffices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Administrators {
    /// A claim, or a path of claims with dots between.
    pub claim: Option<String>,
    /// The values of it that make an administrator.
    pub claim_values: Vec<String>,
    /// The provider's ids of people.
    pub subjects: Vec<String>,
    /// E-mail addresses; they count only when the provider says that they are verified.
    pub emails: Vec<String>,
}

/// A button of the page on which administrators sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The provider's id.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// Whose administration it opens; empty for the first organisation.
    pub organisation: String,
}

/// Where a sign-in goes on.
pub struct Begun {
    /// The provider's page.
    pub address: Url,
    /// The state's own cookie.
    pub state_cookie: StateCookie,
}

/// What the provider sent the browser back with.
#[derive(Default)]
pub struct Answer {
    /// `state`.
    pub state: Option<String>,
    /// `code`.
    pub code: Option<String>,
    /// `error` (RFC 6749, 4.1.2.1).
    pub error: Option<String>,
    /// `iss` (RFC 9207).
    pub issuer: Option<String>,
    /// The value of the cookie that is named after the state.
    pub state_cookie: Option<String>,
    /// The value of the browser's cookie.
    pub browser_secret: Option<String>,
    /// Language tag of the reader.
    pub locale: String,
}

/// Leaves out the address, which holds the state, and the cookie.
impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun").finish_non_exhaustive()
    }
}

/// Leaves out what proves it.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

/// A sign-in that was accepted.
pub struct SignedIn {
    /// The session that begins.
    pub session_id: String,
    /// The browser's cookie from now on: what was planted or copied before is worth nothing.
    pub browser_secret: String,
}

/// Leaves out the cookie.
impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn")
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

/// The providers that may be chosen.
pub fn choices(app: &App) -> Vec<Choice> {
    let choice = |provider: &Provider| Choice {
        id: provider.id.clone(),
        name: provider.name.clone(),
        organisation: provider.organisation.clone().unwrap_or_default(),
    };
    app.providers().iter().map(choice).collect()
}

/// The name of a state's cookie.
pub fn state_cookie_name(state: &str) -> String {
    let start: String = (state.chars())
        .filter(char::is_ascii_alphanumeric)
        .take(COOKIE_CHARACTERS)
        .collect();
    format!("{COOKIE_PREFIX}{start}")
}

/// Begins a sign-in: says where the browser goes.
///
/// # Errors
/// `OID-PROVIDER`, `OID-UNREACHABLE`, `OID-CONFIGURATION`; nothing is stored then.
pub async fn begin(app: &App, provider_id: &str) -> Result<Begun> {
    let provider = find_provider(app, provider_id)?;
    let now = app.clock().now();
    let (state, nonce, cookie_value) = (random::secret(), random::secret(), random::secret());
    let code_verifier = random::secret();
    let redirect_uri = app.address(ANSWER_PATH);
    let proof = Proof {
        redirect_uri: &redirect_uri,
        nonce: &nonce,
        code_verifier: &code_verifier,
    };
    let address = match openid::authorization_url(app.outbound(), &provider.openid, proof, &state, now).await
    {
        Ok(address) => address,
        Err(error) => return Err(told_to(app, provider, refused_by(&error)).await),
    };
    let row = SignInState {
        id: random::id(),
        state_hash: random::hash(&state),
        cookie_hash: random::hash(&cookie_value),
        provider: provider.id.clone(),
        nonce,
        code_verifier,
        created_at: now.naive_utc(),
        expires_at: (now + LIFETIME).naive_utc(),
    };
    app.db()
        .write::<_, Error>(move |c| Ok(sign_ins::insert(c, &row)?))
        .await?;
    Ok(Begun {
        address,
        state_cookie: StateCookie {
            name: state_cookie_name(&state),
            value: cookie_value,
        },
    })
}

/// Ends a sign-in: uses the state up, exchanges the code, and begins a session for an administrator.
///
/// # Errors
/// `OID-…`; no session begins then. Whoever is no administrator any more loses the role that a former sign-in gave.
pub async fn finish(app: &App, answer: Answer) -> Result<SignedIn> {
    let state = use_up(app, &answer).await?;
    let provider = find_provider(app, &state.provider)?;
    match judge(app, provider, &state, &answer).await {
        Ok(person) => admit(app, provider, person, answer, app.clock().now()).await,
        Err(error) => Err(told_to(app, provider, error).await),
    }
}

/// Who came, when that is an administrator.
async fn judge(app: &App, provider: &Provider, state: &SignInState, answer: &Answer) -> Result<Person> {
    let code = code_of(answer)?;
    let now = app.clock().now();
    let redirect_uri = app.address(ANSWER_PATH);
    let proof = Proof {
        redirect_uri: &redirect_uri,
        nonce: &state.nonce,
        code_verifier: &state.code_verifier,
    };
    let brought = Brought {
        code,
        issuer: answer.issuer.as_deref(),
    };
    let is_enough = |claims: &Map<String, Value>| rules::is_enough(&provider.administrators, claims);
    let person = openid::exchange(app.outbound(), &provider.openid, proof, brought, is_enough, now)
        .await
        .map_err(|error| refused_by(&error))?;
    match rules::decide(&provider.administrators, &person.subject, &person.claims) {
        Ok(()) => Ok(person),
        Err(code) => {
            turn_away(app, provider, person, now).await?;
            Err(refused(
                code,
                "the settings do not make this person an administrator",
            ))
        }
    }
}

/// The refusal, for the administrators of the provider's organisation to read.
async fn told_to(app: &App, provider: &Provider, error: Error) -> Error {
    let name = provider.organisation.clone();
    let found = app
        .db()
        .read(move |c| find_organisation(c, name.as_deref()))
        .await;
    match found {
        Ok(Some(organisation)) => error.of_organisation(&organisation.id),
        _ => error,
    }
}

fn find_organisation(
    connection: &mut Connection,
    name: Option<&str>,
) -> Result<Option<organisations::Organisation>> {
    Ok(match name {
        Some(name) => organisations::find_by_name(connection, name)?,
        None => organisations::first(connection)?,
    })
}

fn find_provider<'a>(app: &'a App, id: &str) -> Result<&'a Provider> {
    let found = app.providers().iter().find(|provider| provider.id == id);
    found.ok_or_else(|| refused(OpenIdCode::Provider, "the settings have no such provider"))
}

/// The state, once. A browser that does not hold its cookie does not use it up: the one that began may still come.
async fn use_up(app: &App, answer: &Answer) -> Result<SignInState> {
    let now = app.clock().now().naive_utc();
    let unknown = || {
        refused(
            OpenIdCode::State,
            "the state is missing, unknown, expired or used",
        )
    };
    let state = answer
        .state
        .as_deref()
        .filter(|state| !state.is_empty())
        .ok_or_else(unknown)?;
    let state_hash = random::hash(state);
    let cookie_hash = answer.state_cookie.as_deref().map(random::hash);
    app.db()
        .write(move |c| {
            let found = sign_ins::find(c, &state_hash)?.filter(|found| found.expires_at > now);
            let found = found.ok_or_else(unknown)?;
            if cookie_hash.as_deref() != Some(found.cookie_hash.as_str()) {
                return Err(refused(
                    OpenIdCode::Browser,
                    "the browser did not bring the state's cookie",
                ));
            }
            sign_ins::consume(c, &found.id)?.ok_or_else(unknown)
        })
        .await
}

fn code_of(answer: &Answer) -> Result<&str> {
    match (answer.error.as_deref(), answer.code.as_deref()) {
        (Some("access_denied"), _) => Err(refused(OpenIdCode::Denied, "the provider answered access_denied")),
        (Some(error), _) => {
            let is_word = error.len() <= 64
                && error
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let error = if is_word { error } else { "an unknown error" };
            Err(refused(
                OpenIdCode::Answer,
                &format!("the provider answered {error}"),
            ))
        }
        (None, Some(code)) if !code.is_empty() => Ok(code),
        _ => Err(refused(OpenIdCode::Answer, "the provider's answer has no code")),
    }
}

async fn admit(
    app: &App,
    provider: &Provider,
    person: Person,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<SignedIn> {
    let organisation = provider.organisation.clone();
    let provider_id = provider.id.clone();
    let (browser_secret, opening) = opening(app, answer.browser_secret.as_deref(), answer.locale);
    let session_id = app
        .db()
        .write::<_, Error>(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let identity = sign_ins::upsert_identity(c, &person.issuer, &identity_of(&person, now))?;
            let role = OrganisationRole {
                organisation_id: organisation.id.clone(),
                person_id: identity.person_id.clone(),
                role: ADMINISTRATOR.to_owned(),
                granted_at: now.naive_utc(),
            };
            organisations::grant(c, &role)?;
            let session_id = open(c, &organisation.id, &identity, opening)?;
            let person_id = Some(identity.person_id.as_str());
            audit::note(
                c,
                &organisation.id,
                person_id,
                "administrator.sign-in",
                &provider_id,
                now,
            )?;
            Ok(session_id)
        })
        .await?;
    Ok(SignedIn {
        session_id,
        browser_secret,
    })
}

/// Takes away what a former sign-in gave, as the provider does not say it any more.
async fn turn_away(app: &App, provider: &Provider, person: Person, now: DateTime<Utc>) -> Result<()> {
    let name = provider.organisation.clone();
    app.db()
        .write(move |c| {
            let Some(identity) = sign_ins::find_identity(c, &person.issuer, &person.subject)? else {
                return Ok(());
            };
            let Some(organisation) = find_organisation(c, name.as_deref())? else {
                return Ok(());
            };
            let person_id = identity.person_id.as_str();
            if organisations::revoke(c, &organisation.id, person_id, ADMINISTRATOR)? {
                sessions::end_administration(c, &organisation.id, person_id, now.naive_utc())?;
                let action = "administrator.role-ended";
                audit::note(c, &organisation.id, None, action, person_id, now)?;
            }
            Ok(())
        })
        .await
}

/// A session that is about to begin.
pub(crate) struct Opening {
    old_hash: Option<String>,
    new_hash: String,
    locale: String,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// The browser's new cookie, and what [`open`] needs.
pub(crate) fn opening(app: &App, browser_secret: Option<&str>, locale: String) -> (String, Opening) {
    let new_secret = random::secret();
    let now = app.clock().now();
    let opening = Opening {
        old_hash: browser_secret.map(random::hash),
        new_hash: random::hash(&new_secret),
        locale,
        now,
        until: now + app.session_lifetime().min(LONGEST_SESSION),
    };
    (new_secret, opening)
}

/// Begins an administrator's session and answers its id. The browser gets another cookie, under which its other sessions
/// go on: what was planted or copied before is worth nothing.
pub(crate) fn open(
    connection: &mut Connection,
    organisation_id: &str,
    identity: &Identity,
    opening: Opening,
) -> Result<String> {
    let browser_id = browser(connection, &opening)?;
    let session = session_row(organisation_id, identity, browser_id, opening);
    sessions::insert(connection, &session)?;
    Ok(session.id)
}

fn browser(connection: &mut Connection, opening: &Opening) -> Result<String> {
    let now = opening.now.naive_utc();
    if let Some(old_hash) = &opening.old_hash
        && let Some(known) = sessions::change_secret(connection, old_hash, &opening.new_hash, now)?
    {
        return Ok(known.id);
    }
    let new = sessions::Browser {
        id: random::id(),
        secret_hash: opening.new_hash.clone(),
        created_at: now,
        seen_at: now,
    };
    Ok(sessions::upsert_browser(connection, &new)?.id)
}

fn identity_of(person: &Person, now: DateTime<Utc>) -> Identity {
    let text = |name: &str| {
        let value = person.claims.get(name).and_then(Value::as_str).map(str::trim);
        let value = value.filter(|value| !value.is_empty())?;
        Some(
            value
                .chars()
                .filter(|c| !c.is_control())
                .take(255)
                .collect::<String>(),
        )
    };
    Identity {
        id: random::id(),
        person_id: random::id(),
        kind: sign_ins::PROVIDER.to_owned(),
        registration_id: None,
        subject: person.subject.clone(),
        name: text("name").or_else(|| text("preferred_username")),
        given_name: text("given_name"),
        family_name: text("family_name"),
        email: text("email"),
        sourced_id: None,
        created_at: now.naive_utc(),
        seen_at: now.naive_utc(),
    }
}

fn session_row(
    organisation_id: &str,
    identity: &Identity,
    browser_id: String,
    opening: Opening,
) -> sessions::Session {
    sessions::Session {
        id: random::id(),
        browser_id,
        person_id: identity.person_id.clone(),
        identity_id: identity.id.clone(),
        organisation_id: organisation_id.to_owned(),
        registration_id: None,
        deployment_id: None,
        context_id: None,
        resource_link_id: None,
        kind: "administration".to_owned(),
        role: Role::Administrator.as_str().to_owned(),
        locale: opening.locale,
        csrf_token: random::secret(),
        launch: "{}".to_owned(),
        created_at: opening.now.naive_utc(),
        expires_at: opening.until.naive_utc(),
        ended_at: None,
    }
}

fn refused(code: OpenIdCode, detail: &str) -> Error {
    Error::refused(Code::OpenId(code), detail)
}

fn refused_by(error: &OpenIdError) -> Error {
    let code = match error {
        OpenIdError::Unreachable(_) => OpenIdCode::Unreachable,
        OpenIdError::Configuration(_) | OpenIdError::Client(_) => OpenIdCode::Configuration,
        OpenIdError::Issuer => OpenIdCode::Issuer,
        OpenIdError::Code => OpenIdCode::CodeSpent,
        OpenIdError::Token(_) | OpenIdError::UnknownKey => OpenIdCode::Token,
        OpenIdError::Nonce => OpenIdCode::Nonce,
        OpenIdError::Time => OpenIdCode::Time,
        OpenIdError::Tenant => OpenIdCode::Tenant,
    };
    refused(code, &error.to_string())
}
