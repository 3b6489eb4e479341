//! Judging an ID token (OpenID Connect Core 3.1.3.7): signature, issuer, audience and nonce by `openidconnect`, times by
//! the `now` that we are given, `azp` and the tenant here.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJwsSigningAlgorithm};
use openidconnect::{ClaimsVerificationError, ClientId, IssuerUrl, Nonce, SignatureVerificationError};
use serde_json::{Map, Value};

use super::documents::Documents;
use super::{OpenIdError, Person, Provider, TENANT};

/// How far two clocks may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// Public-key signatures only: a shared secret would let everybody who knows it sign, us included.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// The person of the token, when it may be believed.
pub(crate) fn verify(
    provider: &Provider,
    documents: &Documents,
    token: &CoreIdToken,
    nonce: &str,
    now: DateTime<Utc>,
) -> Result<Person, OpenIdError> {
    // Nothing is proven yet: the tenant only chooses which issuer the token must have.
    let claims = payload(token)?;
    let issuer = match provider.issuer.contains(TENANT) {
        true => provider
            .issuer
            .replace(TENANT, allowed_tenant(provider, &claims)?),
        false => provider.issuer.clone(),
    };
    let invalid = |_| OpenIdError::Configuration("the issuer is no address".to_owned());
    let verifier = CoreIdTokenVerifier::new_public_client(
        ClientId::new(provider.client_id.clone()),
        IssuerUrl::new(issuer.clone()).map_err(invalid)?,
        documents.key_set(&issuer)?,
    )
    .set_allowed_algs(ALGORITHMS)
    .set_time_fn(move || now - LEEWAY)
    .set_issue_time_verifier_fn(move |issued| match issued <= now + LEEWAY {
        true => Ok(()),
        false => Err(String::new()),
    });
    token
        .claims(&verifier, &Nonce::new(nonce.to_owned()))
        .map_err(reason)?;
    check_authorized_party(provider, &claims)?;
    let subject = text(&claims, "sub").filter(|subject| !subject.is_empty() && subject.len() <= 255);
    Ok(Person {
        subject: subject.ok_or_else(|| wrong("it names nobody"))?.to_owned(),
        issuer,
        claims,
    })
}

/// Adds what only the userinfo endpoint told. It speaks of the same person, or not at all (OpenID Connect Core 5.3.2).
pub(crate) fn add_userinfo(person: &mut Person, told: Map<String, Value>) -> Result<(), OpenIdError> {
    if text(&told, "sub") != Some(person.subject.as_str()) {
        return Err(wrong("the userinfo endpoint speaks of somebody else"));
    }
    // Whether an address is verified is said of the address beside it.
    let same_address =
        !person.claims.contains_key("email") || person.claims.get("email") == told.get("email");
    for (name, value) in told {
        if name != "email_verified" || same_address {
            person.claims.entry(name).or_insert(value);
        }
    }
    Ok(())
}

fn allowed_tenant<'a>(provider: &'a Provider, claims: &Map<String, Value>) -> Result<&'a str, OpenIdError> {
    let tenant = text(claims, "tid").unwrap_or_default();
    let allowed = provider.tenants.iter().find(|allowed| *allowed == tenant);
    allowed.map(String::as_str).ok_or(OpenIdError::Tenant)
}

fn check_authorized_party(provider: &Provider, claims: &Map<String, Value>) -> Result<(), OpenIdError> {
    match claims.get("azp") {
        Some(party) if party.as_str() != Some(provider.client_id.as_str()) => {
            Err(wrong("it was made for another client"))
        }
        _ => Ok(()),
    }
}

fn payload(token: &CoreIdToken) -> Result<Map<String, Value>, OpenIdError> {
    let unreadable = || wrong("it cannot be read");
    let token = token.to_string();
    let encoded = token.split('.').nth(1).ok_or_else(unreadable)?;
    let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_invalid| unreadable())?;
    serde_json::from_slice(&bytes).map_err(|_invalid| unreadable())
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

fn wrong(what: &str) -> OpenIdError {
    OpenIdError::Token(what.to_owned())
}

/// Without the values that the crate's words hold.
fn reason(error: ClaimsVerificationError) -> OpenIdError {
    use SignatureVerificationError as Signature;
    match error {
        ClaimsVerificationError::Expired(_) => OpenIdError::Time,
        ClaimsVerificationError::InvalidNonce(_) => OpenIdError::Nonce,
        ClaimsVerificationError::InvalidIssuer(_) => wrong("its issuer is another one"),
        ClaimsVerificationError::InvalidAudience(_) => wrong("it was made for another client"),
        ClaimsVerificationError::SignatureVerification(Signature::NoMatchingKey) => OpenIdError::UnknownKey,
        ClaimsVerificationError::SignatureVerification(
            Signature::DisallowedAlg(_) | Signature::NoSignature,
        ) => wrong("it is not signed in a way that we accept"),
        ClaimsVerificationError::SignatureVerification(_) => wrong("its signature does not fit"),
        _ => wrong("it is not valid"),
    }
}
