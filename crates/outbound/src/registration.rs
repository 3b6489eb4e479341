//! Dynamic registration: the platform's configuration is fetched, our request is sent, and later both are read again.
//!
//! Left out on purpose: invitations, consent to endpoints on other origins (`app` asks before it calls `register`), and
//! what configuration and request say (`lti::registration`).

use bytes::Bytes;
use chrono::{DateTime, Utc};
use lti::registration::{
    Management, PlatformConfiguration, Registered, parse_configuration, parse_offer,
    parse_registration_response,
};
use lti::{Code, Refusal};
use reqwest::Method;
use serde_json::Value;
use url::{Host, Url};

use crate::client::{CAP_SMALL, Call, Outbound, Service};
use crate::error::CallError;

/// Why a registration did not come about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationError {
    /// The configuration could not be fetched from the address given. `LTI-REG-URL`.
    #[error("LTI-REG-URL: {0}")]
    Configuration(CallError),
    /// The registration endpoint gave no answer.
    #[error("{0}")]
    Request(CallError),
    /// The configuration or the answer will not do. `LTI-REG-…`.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

impl RegistrationError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            RegistrationError::Configuration(_) => Code::RegUrl,
            RegistrationError::Request(error) => error.code(),
            RegistrationError::Refused(refusal) => refusal.code,
        }
    }
}

/// Fetches and judges a platform's configuration. The address comes from a browser, so it must be a name, or an IP
/// address that an administrator listed. The token that came with it goes along: Canvas answers nobody else
/// (canvas-lms doc/api/registration.md), and it is that platform's own.
///
/// # Errors
/// See [`RegistrationError`].
pub async fn read_configuration(
    outbound: &Outbound,
    configuration_url: &str,
    registration_token: Option<&str>,
    now: DateTime<Utc>,
) -> Result<PlatformConfiguration, RegistrationError> {
    check_token(registration_token)?;
    let body = fetch(outbound, configuration_url, registration_token, now).await?;
    Ok(parse_configuration(&body, configuration_url)?)
}

/// The same for a platform that we are registered with: it need not offer registration.
///
/// # Errors
/// See [`RegistrationError`].
pub async fn read_offer(
    outbound: &Outbound,
    configuration_url: &str,
    now: DateTime<Utc>,
) -> Result<PlatformConfiguration, RegistrationError> {
    let body = fetch(outbound, configuration_url, None, now).await?;
    Ok(parse_offer(&body, configuration_url)?)
}

/// Reads what the platform holds of us (RFC 7592 section 2.1). The caller has made sure that the address is on an
/// origin of the registration.
///
/// # Errors
/// See [`RegistrationError`].
pub async fn read_registered(
    outbound: &Outbound,
    management: &Management,
    now: DateTime<Utc>,
) -> Result<Registered, RegistrationError> {
    check_token(Some(&management.token))?;
    let call = Call {
        service: Service::Registration,
        method: Method::GET,
        url: &management.url,
        accept: "application/json",
        content: None,
        bearer: Some(&management.token),
        cap: CAP_SMALL,
        now,
    };
    let answer = outbound.send(call).await.map_err(RegistrationError::Request)?;
    if answer.status >= 500 {
        return Err(RegistrationError::Request(answer.failure()));
    }
    Ok(parse_registration_response(answer.status, &answer.body)?)
}

/// Sends our registration request with the token that came with the invitation's visit, when one came. Not to be
/// repeated when no answer came: the platform may have registered us.
///
/// # Errors
/// See [`RegistrationError`].
pub async fn register(
    outbound: &Outbound,
    registration_endpoint: &str,
    registration_token: Option<&str>,
    request: &Value,
    now: DateTime<Utc>,
) -> Result<Registered, RegistrationError> {
    check_token(registration_token)?;
    let call = Call {
        service: Service::Registration,
        method: Method::POST,
        url: registration_endpoint,
        accept: "application/json",
        content: Some(("application/json", request.to_string().into())),
        bearer: registration_token,
        cap: CAP_SMALL,
        now,
    };
    let answer = outbound.send(call).await.map_err(RegistrationError::Request)?;
    if answer.status >= 500 {
        return Err(RegistrationError::Request(answer.failure()));
    }
    Ok(parse_registration_response(answer.status, &answer.body)?)
}

async fn fetch(
    outbound: &Outbound,
    configuration_url: &str,
    bearer: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Bytes, RegistrationError> {
    if is_unlisted_ip(outbound, configuration_url) {
        return Err(Refusal::new(Code::RegUrl, "an IP address instead of a name").into());
    }
    let call = Call {
        service: Service::Registration,
        method: Method::GET,
        url: configuration_url,
        accept: "application/json",
        content: None,
        bearer,
        cap: CAP_SMALL,
        now,
    };
    let fetched = outbound.send(call).await.and_then(crate::client::Answer::success);
    Ok(fetched.map_err(RegistrationError::Configuration)?.body)
}

fn check_token(token: Option<&str>) -> Result<(), Refusal> {
    if token.is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic())) {
        return Err(Refusal::new(
            Code::RegRefused,
            "the registration token has a form that no token has",
        ));
    }
    Ok(())
}

fn is_unlisted_ip(outbound: &Outbound, url: &str) -> bool {
    match Url::parse(url).ok().as_ref().and_then(Url::host) {
        Some(Host::Ipv4(address)) => !outbound.lists(address.into()),
        Some(Host::Ipv6(address)) => !outbound.lists(address.into()),
        Some(Host::Domain(_)) | None => false,
    }
}
