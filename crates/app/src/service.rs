//! Who we are at a platform's services and where our tokens may go.

use chrono::{DateTime, Utc};
use lti::keys::ToolKey;
use outbound::{CallError, Caller, ServiceTarget};
use storage::registrations::Registration;

use crate::{App, Code, Error, Result, keys, random, registration_change, session::Session};

/// A registration's services. Tokens go to the origins of its own endpoints, and to
/// those that an administrator approved, only.
pub(crate) fn target(registration: &Registration) -> ServiceTarget {
    let family = registration.product_family.as_str();
    ServiceTarget {
        registration_id: registration.id.clone(),
        client_id: registration.client_id.clone(),
        token_url: registration.token_url.clone(),
        token_audience: registration
            .token_audience
            .clone()
            .unwrap_or_else(|| registration.token_url.clone()),
        allowed_origins: [
            registration.issuer.as_str(),
            &registration.auth_login_url,
            &registration.token_url,
            &registration.jwks_url,
        ]
        .into_iter()
        .chain(registration_change::service_origins(registration))
        .map(str::to_owned)
        .collect(),
        product_family: (!family.is_empty()).then(|| family.to_owned()),
    }
}

/// Who calls, now, with that key.
pub(crate) fn caller(target: &ServiceTarget, key: ToolKey, now: DateTime<Utc>) -> Caller<'_> {
    Caller {
        target,
        key,
        now,
        random: random::bytes::<16>,
    }
}

/// As [`caller`], with the key that signs for this platform.
pub(crate) async fn caller_now<'a>(app: &App, target: &'a ServiceTarget) -> Result<Caller<'a>> {
    let (ring, id) = (app.clone(), target.registration_id.clone());
    let key = app.db().read(move |c| keys::signing(c, ring.keys(), &id)).await?;
    Ok(caller(target, key, app.clock().now()))
}

/// What a person is told when a call failed that they waited for.
pub(crate) fn refused(session: &Session, error: &CallError) -> Error {
    session.refused(Code::Lti(error.code()), &error.to_string())
}
