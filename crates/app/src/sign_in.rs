//! Sign-in of administrators and learners by an OpenID Connect provider. State, nonce and PKCE verifier of a sign-in are
//! kept until its answer uses them up; the answer counts only in the browser that began, and only for whom it was begun.
//! Who is an administrator, and who may come as a learner, is decided by the settings each time anew.
//!
//! Left out on purpose: the protocol (`outbound::openid`), the one-time link (`administration`), learners' codes
//! (`learner_code`).

mod code;
mod learner;
mod opening;
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

use crate::{App, Code, Error, Result, audit, login::StateCookie, organisation, random};

pub use code::OpenIdCode;
pub use learner::{Learners, learner_choices};
pub(crate) use opening::{Opening, open, open_for_learner, opening};
pub use outbound::openid::TENANT;

/// Where providers send browsers back to. Administrators enter it there, so it never changes.
pub const ANSWER_PATH: &str = "/sign-in/answer";

/// How long a person may take at the provider.
pub const LIFETIME: Duration = Duration::minutes(10);

const COOKIE_PREFIX: &str = "__Host-taynghe-sign-in-";
const COOKIE_CHARACTERS: usize = 16;
const ADMINISTRATOR: &str = "administrator";

/// A provider by which administrators or learners of one organisation sign in.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Its id in addresses.
    pub id: String,
    /// What its button says.
    pub name: String,
    /// Whose people come from there; the first organisation when it names none.
    pub organisation: Option<String>,
    /// The provider itself, as it is asked about administrators.
    pub openid: openid::Provider,
    /// Who of its people is an administrator; nobody when it names no way.
    pub administrators: Administrators,
    /// Who of its people may come as a learner; `None` for nobody.
    pub learners: Option<Learners>,
}

/// For whom somebody signs in: one never becomes the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// To administer an organisation.
    Administrators,
    /// To learn.
    Learners,
}

impl Audience {
    fn as_str(self) -> &'static str {
        match self {
            Self::Administrators => ADMINISTRATOR,
            Self::Learners => "learner",
        }
    }

    /// From what is stored.
    fn parse(stored: &str) -> Option<Self> {
        [Self::Administrators, Self::Learners]
            .into_iter()
            .find(|audience| audience.as_str() == stored)
    }
}

impl Provider {
    /// Whether the settings let these people sign in by it.
    fn serves(&self, audience: Audience) -> bool {
        match audience {
            Audience::Administrators => self.administrators != Administrators::default(),
            Audience::Learners => self.learners.is_some(),
        }
    }

    /// The provider as it is asked about these people.
    fn asked_for(&self, audience: Audience) -> openid::Provider {
        let mut openid = self.openid.clone();
        if let (Audience::Learners, Some(learners)) = (audience, &self.learners) {
            openid.scopes.clone_from(&learners.scopes);
        }
        openid
    }
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

/// A button of a page on which people sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The provider's id.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// Whose people sign in by it; empty for the first organisation.
    pub organisation: String,
}

impl Choice {
    fn of(provider: &Provider) -> Self {
        Self {
            id: provider.id.clone(),
            name: provider.name.clone(),
            organisation: provider.organisation.clone().unwrap_or_default(),
        }
    }
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
    /// For whom.
    pub audience: Audience,
}

/// Leaves out the cookie.
impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn")
            .field("session_id", &self.session_id)
            .finish_non_exhaustive()
    }
}

/// The providers that an administrator may choose.
pub fn choices(app: &App) -> Vec<Choice> {
    let providers = app.providers().iter();
    let providers = providers.filter(|provider| provider.serves(Audience::Administrators));
    providers.map(Choice::of).collect()
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
pub async fn begin(app: &App, provider_id: &str, audience: Audience) -> Result<Begun> {
    let provider = find_provider(app, provider_id, audience)?;
    let asked = provider.asked_for(audience);
    let now = app.clock().now();
    let (state, nonce, cookie_value) = (random::secret(), random::secret(), random::secret());
    let code_verifier = random::secret();
    let redirect_uri = app.address(ANSWER_PATH);
    let proof = Proof {
        redirect_uri: &redirect_uri,
        nonce: &nonce,
        code_verifier: &code_verifier,
    };
    let address = match openid::authorization_url(app.outbound(), &asked, proof, &state, now).await {
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
        audience: audience.as_str().to_owned(),
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

/// Ends a sign-in: uses the state up, exchanges the code, and begins a session for whom it was begun.
///
/// # Errors
/// `OID-…`; no session begins then. Whoever is no administrator any more loses the role that a former sign-in gave.
pub async fn finish(app: &App, answer: Answer) -> Result<SignedIn> {
    let state = use_up(app, &answer).await?;
    let audience = Audience::parse(&state.audience)
        .ok_or_else(|| Error::Internal("a sign-in for nobody we know".to_owned()))?;
    let provider = find_provider(app, &state.provider, audience)?;
    let now = app.clock().now();
    let judged = match (audience, &provider.learners) {
        (Audience::Learners, Some(learners)) => judge_learner(app, provider, learners, &state, &answer).await,
        _ => judge(app, provider, &state, &answer).await,
    };
    match (judged, audience) {
        (Ok(person), Audience::Administrators) => admit(app, provider, person, answer, now).await,
        (Ok(person), Audience::Learners) => learner::admit(app, provider, person, answer, now).await,
        (Err(error), _) => Err(told_to(app, provider, error).await),
    }
}

/// Who came, when that is an administrator.
async fn judge(app: &App, provider: &Provider, state: &SignInState, answer: &Answer) -> Result<Person> {
    let is_enough = |claims: &Map<String, Value>| rules::is_enough(&provider.administrators, claims);
    let person = exchange(app, &provider.openid, state, answer, is_enough).await?;
    match rules::decide(&provider.administrators, &person.subject, &person.claims) {
        Ok(()) => Ok(person),
        Err(code) => {
            turn_away(app, provider, person, app.clock().now()).await?;
            Err(refused(
                code,
                "the settings do not make this person an administrator",
            ))
        }
    }
}

/// Who came, when they may come as a learner.
async fn judge_learner(
    app: &App,
    provider: &Provider,
    learners: &Learners,
    state: &SignInState,
    answer: &Answer,
) -> Result<Person> {
    let is_enough = |claims: &Map<String, Value>| learner::is_enough(learners, claims);
    let asked = provider.asked_for(Audience::Learners);
    let person = exchange(app, &asked, state, answer, is_enough).await?;
    learner::demand_learner(learners, &person.claims)?;
    Ok(person)
}

async fn exchange(
    app: &App,
    asked: &openid::Provider,
    state: &SignInState,
    answer: &Answer,
    is_enough: impl Fn(&Map<String, Value>) -> bool,
) -> Result<Person> {
    let redirect_uri = app.address(ANSWER_PATH);
    let proof = Proof {
        redirect_uri: &redirect_uri,
        nonce: &state.nonce,
        code_verifier: &state.code_verifier,
    };
    let brought = Brought {
        code: code_of(answer)?,
        issuer: answer.issuer.as_deref(),
    };
    openid::exchange(
        app.outbound(),
        asked,
        proof,
        brought,
        is_enough,
        app.clock().now(),
    )
    .await
    .map_err(|error| refused_by(&error))
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

fn find_provider<'a>(app: &'a App, id: &str, audience: Audience) -> Result<&'a Provider> {
    let mut providers = app.providers().iter();
    let found = providers.find(|provider| provider.id == id && provider.serves(audience));
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
        audience: Audience::Administrators,
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
