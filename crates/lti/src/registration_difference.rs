//! What differs between what we hold of a platform and what it says now, and
//! between what we asked it for and what it says it stored. Leaves out: who may
//! agree to a change, and how it is kept (`app::registration_change`).

use crate::claim;
use crate::origin::origin;
use crate::registration::{PlatformConfiguration, StoredTool};
use serde::{Deserialize, Serialize};

/// What can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Where a browser is sent to log in.
    AuthLoginUrl,
    /// Where access tokens are asked for.
    TokenUrl,
    /// For whom our client assertions are meant.
    TokenAudience,
    /// The platform's key set.
    JwksUrl,
    /// An origin of line items, members and deep-linking answers.
    ServiceOrigin,
    /// The product.
    ProductFamily,
    /// The product's version.
    Version,
    /// Scopes that the platform offers.
    OfferedScopes,
    /// Claims that it offers.
    OfferedClaims,
    /// Messages that it offers.
    OfferedMessages,
    /// Our redirect addresses, asked for and stored.
    RedirectUris,
    /// Our login address, asked for and stored.
    InitiateLoginUri,
    /// The address of our key set, asked for and stored.
    ToolJwksUri,
    /// Our launch address, asked for and stored.
    TargetLinkUri,
    /// Scopes, asked for and granted.
    GrantedScopes,
    /// Claims, asked for and stored.
    StoredClaims,
    /// Messages, asked for and stored.
    StoredMessages,
    /// Names of custom parameters, asked for and stored.
    CustomParameters,
}

impl Field {
    /// Every field, in the order in which differences are listed.
    pub const ALL: [Field; 18] = [
        Field::AuthLoginUrl,
        Field::TokenUrl,
        Field::TokenAudience,
        Field::JwksUrl,
        Field::ServiceOrigin,
        Field::ProductFamily,
        Field::Version,
        Field::OfferedScopes,
        Field::OfferedClaims,
        Field::OfferedMessages,
        Field::RedirectUris,
        Field::InitiateLoginUri,
        Field::ToolJwksUri,
        Field::TargetLinkUri,
        Field::GrantedScopes,
        Field::StoredClaims,
        Field::StoredMessages,
        Field::CustomParameters,
    ];

    /// As it is stored and printed for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AuthLoginUrl => "auth-login-url",
            Self::TokenUrl => "token-url",
            Self::TokenAudience => "token-audience",
            Self::JwksUrl => "jwks-url",
            Self::ServiceOrigin => "service-origin",
            Self::ProductFamily => "product-family",
            Self::Version => "version",
            Self::OfferedScopes => "offered-scopes",
            Self::OfferedClaims => "offered-claims",
            Self::OfferedMessages => "offered-messages",
            Self::RedirectUris => "redirect-uris",
            Self::InitiateLoginUri => "initiate-login-uri",
            Self::ToolJwksUri => "tool-jwks-uri",
            Self::TargetLinkUri => "target-link-uri",
            Self::GrantedScopes => "granted-scopes",
            Self::StoredClaims => "stored-claims",
            Self::StoredMessages => "stored-messages",
            Self::CustomParameters => "custom-parameters",
        }
    }

    /// True for the addresses that decide whom we believe and where our tokens go.
    pub fn is_endpoint(self) -> bool {
        matches!(
            self,
            Self::AuthLoginUrl | Self::TokenUrl | Self::TokenAudience | Self::JwksUrl | Self::ServiceOrigin
        )
    }

    /// True for what the platform says it stored about us: only there it can be mended.
    pub fn is_ours(self) -> bool {
        matches!(
            self,
            Self::RedirectUris
                | Self::InitiateLoginUri
                | Self::ToolJwksUri
                | Self::TargetLinkUri
                | Self::GrantedScopes
                | Self::StoredClaims
                | Self::StoredMessages
                | Self::CustomParameters
        )
    }
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which.
    pub field: Field,
    /// What we hold, or asked for; empty for nothing.
    pub held: Vec<String>,
    /// What the platform says now; empty for nothing.
    pub said: Vec<String>,
}

impl Difference {
    /// True when it moves to another host, port or scheme, so that an
    /// administrator has to agree first. An audience that is no address counts
    /// as another host.
    pub fn moves(&self) -> bool {
        let homes: Vec<_> = self.held.iter().map(|held| origin(held)).collect();
        self.field.is_endpoint()
            && self
                .said
                .iter()
                .map(|said| origin(said))
                .any(|said| said.is_none() || !homes.contains(&said))
    }
}

/// The addresses of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// OpenID Connect authorization endpoint.
    pub auth_login_url: String,
    /// Token endpoint.
    pub token_url: String,
    /// Audience of client assertions; `None` means the token endpoint.
    pub token_audience: Option<String>,
    /// The platform's key set.
    pub jwks_url: String,
}

impl Endpoints {
    /// Those of a configuration.
    pub fn of(platform: &PlatformConfiguration) -> Self {
        Self {
            auth_login_url: platform.authorization_endpoint.clone(),
            token_url: platform.token_endpoint.clone(),
            token_audience: platform.authorization_server.clone(),
            jwks_url: platform.jwks_uri.clone(),
        }
    }

    /// The same after some of the differences; fields that are no endpoint change nothing.
    #[must_use]
    pub fn with(mut self, differences: &[Difference]) -> Self {
        for difference in differences {
            let said = difference.said.first();
            match (difference.field, said) {
                (Field::AuthLoginUrl, Some(said)) => self.auth_login_url.clone_from(said),
                (Field::TokenUrl, Some(said)) => self.token_url.clone_from(said),
                (Field::JwksUrl, Some(said)) => self.jwks_url.clone_from(said),
                // the token endpoint's own address needs no name of its own
                (Field::TokenAudience, said) => {
                    self.token_audience = said.filter(|said| **said != self.token_url).cloned();
                }
                _ => {}
            }
        }
        self
    }

    fn audience(&self) -> &str {
        self.token_audience.as_deref().unwrap_or(&self.token_url)
    }
}

/// What differs between the endpoints in force and those that the platform names now.
pub fn endpoints(held: &Endpoints, said: &Endpoints) -> Vec<Difference> {
    let named = held.token_audience.is_some() || said.token_audience.is_some();
    let audience = if named {
        (held.audience(), said.audience())
    } else {
        ("", "")
    };
    let pairs = [
        (
            Field::AuthLoginUrl,
            held.auth_login_url.as_str(),
            said.auth_login_url.as_str(),
        ),
        (Field::TokenUrl, &held.token_url, &said.token_url),
        (Field::TokenAudience, audience.0, audience.1),
        (Field::JwksUrl, &held.jwks_url, &said.jwks_url),
    ];
    pairs
        .into_iter()
        .filter_map(|(field, held, said)| text(field, Some(held), Some(said)))
        .collect()
}

/// What the platform offers otherwise than when it was last read.
pub fn offers(before: &PlatformConfiguration, now: &PlatformConfiguration) -> Vec<Difference> {
    let texts = [
        text(
            Field::ProductFamily,
            before.product_family_code.as_deref(),
            now.product_family_code.as_deref(),
        ),
        text(Field::Version, before.version.as_deref(), now.version.as_deref()),
    ];
    let lists = [
        list(Field::OfferedScopes, &before.scopes, &now.scopes),
        list(Field::OfferedClaims, &before.claims, &now.claims),
        list(Field::OfferedMessages, &before.messages, &now.messages),
    ];
    texts.into_iter().chain(lists).flatten().collect()
}

/// What the platform says it stored otherwise than we asked. It may be silent,
/// and may grant more than was asked for; a resource link is what every tool gets.
pub fn answered(asked: &StoredTool, stored: &StoredTool) -> Vec<Difference> {
    let told = |field, asked: &Option<String>, stored: &Option<String>| {
        stored
            .as_ref()
            .and_then(|stored| text(field, asked.as_deref(), Some(stored)))
    };
    let lacking = |field, asked: &Option<Vec<String>>, stored: &Option<Vec<String>>| {
        let (asked, stored) = (asked.as_ref()?, stored.as_ref()?);
        let lacks = asked
            .iter()
            .any(|name| name != claim::RESOURCE_LINK_REQUEST && !stored.contains(name));
        lacks.then(|| difference(field, asked, stored))
    };
    let redirects = match (&asked.redirect_uris, &stored.redirect_uris) {
        (Some(asked), Some(stored)) => list(Field::RedirectUris, asked, stored),
        _ => None,
    };
    [
        redirects,
        told(
            Field::InitiateLoginUri,
            &asked.initiate_login_uri,
            &stored.initiate_login_uri,
        ),
        told(Field::ToolJwksUri, &asked.jwks_uri, &stored.jwks_uri),
        told(
            Field::TargetLinkUri,
            &asked.target_link_uri,
            &stored.target_link_uri,
        ),
        lacking(Field::GrantedScopes, &asked.scopes, &stored.scopes),
        lacking(Field::StoredClaims, &asked.claims, &stored.claims),
        lacking(Field::StoredMessages, &asked.messages, &stored.messages),
        lacking(
            Field::CustomParameters,
            &asked.custom_parameters,
            &stored.custom_parameters,
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn text(field: Field, held: Option<&str>, said: Option<&str>) -> Option<Difference> {
    let listed = |text: Option<&str>| text.map(str::to_owned).into_iter().collect::<Vec<_>>();
    (held != said).then(|| difference(field, &listed(held), &listed(said)))
}

/// Order and repetition mean nothing.
fn list(field: Field, held: &[String], said: &[String]) -> Option<Difference> {
    let within = |some: &[String], all: &[String]| some.iter().all(|one| all.contains(one));
    let same = within(held, said) && within(said, held);
    (!same).then(|| difference(field, held, said))
}

fn difference(field: Field, held: &[String], said: &[String]) -> Difference {
    Difference {
        field,
        held: held.to_vec(),
        said: said.to_vec(),
    }
}

#[cfg(test)]
#[path = "registration_difference_tests.rs"]
mod tests;
