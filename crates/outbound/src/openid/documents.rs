//! What a provider publishes about itself: its configuration (OpenID Connect Discovery 1.0, RFC 8414) and its keys. Both
//! are fetched when needed and kept in memory; an unknown key id fetches the keys again, at most once a minute.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, AuthUrl, IssuerUrl, ProviderMetadata, TokenUrl};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::client::{Answer, CAP_KEY_SET, CAP_SMALL, Call, Outbound, Service};
use crate::flight::locked;

use super::{OpenIdError, Provider, TENANT};

/// How long documents are fresh.
const FRESH: TimeDelta = TimeDelta::hours(1);
/// After a fetch for an unknown key the next waits this long.
const COOL_DOWN: TimeDelta = TimeDelta::minutes(1);
/// Where the shared configuration of all tenants stands (Microsoft Entra).
const SHARED: &str = "organizations";

/// The documents in memory, by issuer and client.
#[derive(Default)]
pub(crate) struct Providers {
    kept: Mutex<HashMap<(String, String), Kept>>,
}

#[derive(Clone)]
struct Kept {
    documents: Arc<Documents>,
    fetched_at: DateTime<Utc>,
}

impl Kept {
    /// A clock that was set back must not keep documents for ever.
    fn is_younger_than(&self, age: TimeDelta, now: DateTime<Utc>) -> bool {
        self.fetched_at <= now && now < self.fetched_at + age
    }
}

/// A provider's configuration and keys.
pub(crate) struct Documents {
    metadata: Metadata,
    keys: Vec<Value>,
}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What we read beyond OpenID Connect Discovery.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct More {
    /// RFC 9207, 3.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// The documents, fetched when there are none or they are old. While the provider is down the old ones serve on.
pub(crate) async fn known(
    outbound: &Outbound,
    provider: &Provider,
    now: DateTime<Utc>,
) -> Result<Arc<Documents>, OpenIdError> {
    let kept = find(outbound, provider);
    match kept {
        Some(kept) if kept.is_younger_than(FRESH, now) => Ok(kept.documents),
        Some(kept) => Ok(fetch(outbound, provider, now).await.unwrap_or(kept.documents)),
        None => fetch(outbound, provider, now).await,
    }
}

/// The documents with keys that are fetched now, unless they just were.
pub(crate) async fn with_new_keys(
    outbound: &Outbound,
    provider: &Provider,
    now: DateTime<Utc>,
) -> Result<Arc<Documents>, OpenIdError> {
    match find(outbound, provider) {
        Some(kept) if kept.is_younger_than(COOL_DOWN, now) => Ok(kept.documents),
        _ => fetch(outbound, provider, now).await,
    }
}

fn find(outbound: &Outbound, provider: &Provider) -> Option<Kept> {
    locked(&outbound.providers().kept)
        .get(&address_of(provider))
        .cloned()
}

fn address_of(provider: &Provider) -> (String, String) {
    (provider.issuer.clone(), provider.client_id.clone())
}

async fn fetch(
    outbound: &Outbound,
    provider: &Provider,
    now: DateTime<Utc>,
) -> Result<Arc<Documents>, OpenIdError> {
    let wrong = |what: &str| OpenIdError::Configuration(what.to_owned());
    let issuer = provider.issuer.replace(TENANT, SHARED);
    let address = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let answer = get(outbound, &address, CAP_SMALL, now).await?;
    let metadata: Metadata =
        serde_json::from_slice(&answer.body).map_err(|_invalid| wrong("it cannot be read"))?;
    // Exactly, a slash at the end included (OpenID Connect Discovery 4.3): another issuer would speak for this one.
    if metadata.issuer().as_str() != provider.issuer {
        return Err(wrong("its issuer is not the one of the settings"));
    }
    let answer = get(outbound, metadata.jwks_uri().as_str(), CAP_KEY_SET, now).await?;
    let set: KeySet =
        serde_json::from_slice(&answer.body).map_err(|_invalid| wrong("the key set cannot be read"))?;
    let documents = Arc::new(Documents {
        metadata,
        keys: set.keys,
    });
    let kept = Kept {
        documents: Arc::clone(&documents),
        fetched_at: now,
    };
    locked(&outbound.providers().kept).insert(address_of(provider), kept);
    Ok(documents)
}

async fn get(outbound: &Outbound, url: &str, cap: usize, now: DateTime<Utc>) -> Result<Answer, OpenIdError> {
    let call = Call {
        service: Service::OpenId,
        method: Method::GET,
        url,
        accept: "application/json",
        content: None,
        bearer: None,
        cap,
        now,
    };
    Ok(outbound.send(call).await.and_then(Answer::success)?)
}

impl Documents {
    pub(crate) fn issuer(&self) -> Result<IssuerUrl, OpenIdError> {
        Ok(self.metadata.issuer().clone())
    }

    pub(crate) fn token_endpoint(&self) -> Result<TokenUrl, OpenIdError> {
        let endpoint = self.metadata.token_endpoint().cloned();
        endpoint.ok_or_else(|| OpenIdError::Configuration("it names no token endpoint".to_owned()))
    }

    /// Where browsers go. Plain http only where the issuer itself has it: a machine or a network of our own.
    pub(crate) fn authorization_endpoint(&self) -> Result<AuthUrl, OpenIdError> {
        let endpoint = self.metadata.authorization_endpoint();
        let plain_host = |url: &Url| (url.scheme() == "http").then(|| url.host_str().map(str::to_owned));
        let plain = plain_host(endpoint.url());
        let is_safe = match &plain {
            None => endpoint.url().scheme() == "https",
            Some(_) => plain == plain_host(self.metadata.issuer().url()),
        };
        if is_safe {
            return Ok(endpoint.clone());
        }
        Err(OpenIdError::Configuration(
            "its authorization endpoint is not https".to_owned(),
        ))
    }

    pub(crate) fn userinfo_endpoint(&self) -> Option<String> {
        let endpoint = self.metadata.userinfo_endpoint();
        endpoint.map(|endpoint| endpoint.as_str().to_owned())
    }

    /// How the token endpoint wants our secret. What a provider does not say is Basic (OpenID Connect Discovery 3).
    pub(crate) fn takes_basic_authentication(&self) -> bool {
        let methods = self.metadata.token_endpoint_auth_methods_supported();
        methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic))
    }

    /// The keys that sign for this issuer. Microsoft's shared set says of each key whose it is.
    pub(crate) fn key_set(&self, issuer: &str) -> Result<CoreJsonWebKeySet, OpenIdError> {
        let is_theirs = |key: &&Value| match key.get("issuer").and_then(Value::as_str) {
            Some(of) => of == issuer || of == self.metadata.issuer().as_str(),
            None => true,
        };
        let keys: Vec<&Value> = self.keys.iter().filter(is_theirs).collect();
        serde_json::from_value(serde_json::json!({ "keys": keys }))
            .map_err(|_invalid| OpenIdError::Configuration("the key set cannot be read".to_owned()))
    }

    /// Holds the issuer that came with the code against the provider to which the browser was sent (RFC 9207, 2.4): an
    /// answer of another provider must not spend this one's secret.
    pub(crate) fn check_issuer(&self, provider: &Provider, came: Option<&str>) -> Result<(), OpenIdError> {
        let must_come = self
            .metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        let is_right = match came {
            None => !must_come,
            Some(came) if provider.issuer.contains(TENANT) => {
                let mut own = provider
                    .tenants
                    .iter()
                    .map(|tenant| provider.issuer.replace(TENANT, tenant));
                own.any(|issuer| issuer == came)
            }
            Some(came) => came == provider.issuer,
        };
        if is_right {
            Ok(())
        } else {
            Err(OpenIdError::Issuer)
        }
    }
}
