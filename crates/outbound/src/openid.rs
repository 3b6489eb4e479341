//! Signing in by an OpenID Connect provider (OpenID Connect Core 1.0, code flow with PKCE): where the browser goes, and
//! what the code that it brings back is worth. The crate `openidconnect` builds the requests and verifies ID tokens; its
//! requests go through our one HTTP client.
//!
//! Left out on purpose: state and browser, who becomes an administrator (`app::sign_in`). Time and randomness are
//! parameters.

mod documents;
mod error;
mod token;

use chrono::{DateTime, Utc};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreTokenResponse};
use openidconnect::{
    AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, TokenResponse, http,
};
use reqwest::Method;
use serde_json::{Map, Value};
use url::Url;

use crate::client::{CAP_SMALL, Call, Outbound, Service};
use crate::error::CallError;
use documents::Documents;

pub(crate) use documents::Providers;
pub use error::OpenIdError;

/// What stands in a shared issuer where the tenant belongs (Microsoft Entra).
pub const TENANT: &str = "{tenantid}";

/// A provider as an administrator set it up.
#[derive(Clone)]
pub struct Provider {
    /// The issuer. Microsoft's shared one has [`TENANT`] in place of the tenant.
    pub issuer: String,
    /// The tenants whose people may come, in lower case; used with a shared issuer only.
    pub tenants: Vec<String>,
    /// Our id at the provider.
    pub client_id: String,
    /// What proves that it is us.
    pub client_secret: String,
    /// What we ask for besides `openid`.
    pub scopes: Vec<String>,
}

/// Leaves out the secret.
impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// What binds the answer to the request: random values of one sign-in.
#[derive(Clone, Copy)]
pub struct Proof<'a> {
    /// Where the provider sends the browser back to.
    pub redirect_uri: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// The PKCE verifier: 43 to 128 characters (RFC 7636, 4.1).
    pub code_verifier: &'a str,
}

/// What the browser brought back.
#[derive(Clone, Copy)]
pub struct Brought<'a> {
    /// The authorization code.
    pub code: &'a str,
    /// The provider's name for itself (RFC 9207), when it came.
    pub issuer: Option<&'a str>,
}

/// Whom the provider vouches for.
#[derive(Clone)]
pub struct Person {
    /// The issuer of the ID token; with a shared issuer the tenant's own.
    pub issuer: String,
    /// The person's id there.
    pub subject: String,
    /// The claims of the ID token, and those that only the provider's userinfo endpoint told.
    pub claims: Map<String, Value>,
}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet, EndpointNotSet>;

/// Where the browser goes to sign in.
///
/// # Errors
/// See [`OpenIdError`].
pub async fn authorization_url(
    outbound: &Outbound,
    provider: &Provider,
    proof: Proof<'_>,
    state: &str,
    now: DateTime<Utc>,
) -> Result<Url, OpenIdError> {
    let documents = documents::known(outbound, provider, now).await?;
    let client = client(provider, &documents, proof.redirect_uri)?;
    let verifier = PkceCodeVerifier::new(proof.code_verifier.to_owned());
    let (state, nonce) = (state.to_owned(), proof.nonce.to_owned());
    let request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        )
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(provider.scopes.iter().cloned().map(Scope::new));
    let (url, _state, _nonce) = request.url();
    Ok(url)
}

/// Exchanges the code and verifies the ID token. When `is_enough` is false of its claims, the provider's userinfo
/// endpoint is asked for more (OpenID Connect Core 5.4 lets providers keep them there).
///
/// # Errors
/// See [`OpenIdError`].
pub async fn exchange(
    outbound: &Outbound,
    provider: &Provider,
    proof: Proof<'_>,
    brought: Brought<'_>,
    is_enough: impl Fn(&Map<String, Value>) -> bool,
    now: DateTime<Utc>,
) -> Result<Person, OpenIdError> {
    let documents = documents::known(outbound, provider, now).await?;
    documents.check_issuer(provider, brought.issuer)?;
    let client = client(provider, &documents, proof.redirect_uri)?;
    let response = redeem(outbound, &client, brought.code, proof.code_verifier, now).await?;
    let token = response
        .id_token()
        .ok_or_else(|| OpenIdError::Token("the answer has no ID token".to_owned()))?;
    let verified = match token::verify(provider, &documents, token, proof.nonce, now) {
        Err(OpenIdError::UnknownKey) => {
            let fresh = documents::with_new_keys(outbound, provider, now).await?;
            token::verify(provider, &fresh, token, proof.nonce, now)?
        }
        other => other?,
    };
    let mut person = verified;
    if !is_enough(&person.claims)
        && let Some(address) = documents.userinfo_endpoint()
    {
        let told = userinfo(outbound, &address, response.access_token().secret(), now).await?;
        token::add_userinfo(&mut person, told)?;
    }
    Ok(person)
}

fn client(provider: &Provider, documents: &Documents, redirect_uri: &str) -> Result<Client, OpenIdError> {
    let redirect = RedirectUrl::new(redirect_uri.to_owned())
        .map_err(|_invalid| OpenIdError::Configuration("our own address is none".to_owned()))?;
    let client = CoreClient::new(
        ClientId::new(provider.client_id.clone()),
        documents.issuer()?,
        documents.key_set(&provider.issuer)?,
    );
    let auth_type = match documents.takes_basic_authentication() {
        true => AuthType::BasicAuth,
        false => AuthType::RequestBody,
    };
    Ok(client
        .set_client_secret(ClientSecret::new(provider.client_secret.clone()))
        .set_auth_type(auth_type)
        .set_redirect_uri(redirect)
        .set_auth_uri(documents.authorization_endpoint()?)
        .set_token_uri(documents.token_endpoint()?))
}

async fn redeem(
    outbound: &Outbound,
    client: &Client,
    code: &str,
    code_verifier: &str,
    now: DateTime<Utc>,
) -> Result<CoreTokenResponse, OpenIdError> {
    let http = |request: HttpRequest| {
        let outbound = outbound.clone();
        async move { send(&outbound, request, now).await }
    };
    client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(code_verifier.to_owned()))
        .request_async(&http)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => OpenIdError::Unreachable(error),
            RequestTokenError::ServerResponse(answer) => match answer.error() {
                CoreErrorResponseType::InvalidGrant => OpenIdError::Code,
                other => OpenIdError::Client(word(other.as_ref())),
            },
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                OpenIdError::Token("the token endpoint's answer cannot be read".to_owned())
            }
        })
}

/// A request of the crate, sent by our client. Failures of the provider itself are errors of the call.
async fn send(
    outbound: &Outbound,
    request: HttpRequest,
    now: DateTime<Utc>,
) -> Result<HttpResponse, CallError> {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let call = Call {
        service: Service::OpenId,
        method: parts.method.clone(),
        url: &parts.uri.to_string(),
        accept: "application/json",
        content: Some(("application/x-www-form-urlencoded", body.into())),
        bearer: None,
        cap: CAP_SMALL,
        now,
    };
    let answer = outbound
        .send_with(call, header(http::header::AUTHORIZATION))
        .await?;
    if answer.status >= 500 {
        return Err(answer.failure());
    }
    if answer.is_html() {
        return Err(answer.html());
    }
    let mut response = http::Response::new(answer.body.to_vec());
    *response.status_mut() =
        http::StatusCode::from_u16(answer.status).unwrap_or(http::StatusCode::BAD_GATEWAY);
    *response.headers_mut() = answer.headers;
    Ok(response)
}

async fn userinfo(
    outbound: &Outbound,
    address: &str,
    access_token: &str,
    now: DateTime<Utc>,
) -> Result<Map<String, Value>, OpenIdError> {
    let call = Call {
        service: Service::OpenId,
        method: Method::GET,
        url: address,
        accept: "application/json",
        content: None,
        bearer: Some(access_token),
        cap: CAP_SMALL,
        now,
    };
    let answer = outbound
        .send(call)
        .await
        .and_then(crate::client::Answer::success)?;
    serde_json::from_slice(&answer.body)
        .map_err(|_invalid| OpenIdError::Token("the userinfo endpoint's answer is no JSON object".to_owned()))
}

/// An error word of the provider, when it is one that may stand in a log.
fn word(text: &str) -> String {
    let is_word = text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_word {
        text.to_owned()
    } else {
        "an unknown error".to_owned()
    }
}
