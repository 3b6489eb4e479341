//! Who of a provider's people may sign in as a learner, and how their session begins. A learner's sign-in gives no role in
//! an organisation and takes none away.

use chrono::{DateTime, Utc};
use outbound::openid::Person;
use serde_json::{Map, Value};
use storage::{people::Identity, sign_ins};

use super::{
    Answer, Audience, Choice, OpenIdCode, Provider, SignedIn, identity_of, open_for_learner, opening, refused,
};
use crate::{App, Error, Result, organisation};

/// Which of a provider's people are learners.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learners {
    /// The domains of the e-mail addresses that they must have, in lower case; empty for everybody.
    pub email_domains: Vec<String>,
    /// What we ask for besides `openid`.
    pub scopes: Vec<String>,
}

/// The providers that a learner may choose.
pub fn learner_choices(app: &App) -> Vec<Choice> {
    let providers = app.providers().iter();
    let providers = providers.filter(|provider| provider.serves(Audience::Learners));
    providers.map(Choice::of).collect()
}

/// Refuses whoever is not one of them.
pub(super) fn demand_learner(learners: &Learners, claims: &Map<String, Value>) -> Result<()> {
    if learners.email_domains.is_empty() {
        return Ok(());
    }
    let email = claims.get("email").and_then(Value::as_str).unwrap_or_default();
    let domain = email
        .trim()
        .rsplit_once('@')
        .map(|(_, domain)| domain.to_lowercase());
    if !domain.is_some_and(|domain| learners.email_domains.contains(&domain)) {
        return Err(refused(
            OpenIdCode::Domain,
            "the e-mail address is of none of the domains of the settings",
        ));
    }
    // Nothing but the boolean: whoever may type in any address must not get in by it.
    match claims.get("email_verified") {
        Some(Value::Bool(true)) => Ok(()),
        _ => Err(refused(
            OpenIdCode::Domain,
            "the provider does not say that the e-mail address is verified",
        )),
    }
}

/// Whether the claims tell all that [`demand_learner`] looks at, and what the learner is called: many providers keep that
/// at their userinfo endpoint.
pub(super) fn is_enough(learners: &Learners, claims: &Map<String, Value>) -> bool {
    let has_name = claims.contains_key("name") || claims.contains_key("preferred_username");
    has_name && (learners.email_domains.is_empty() || claims.contains_key("email_verified"))
}

/// Lets a learner in.
pub(super) async fn admit(
    app: &App,
    provider: &Provider,
    person: Person,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<SignedIn> {
    let organisation = provider.organisation.clone();
    let (browser_secret, opening) = opening(app, answer.browser_secret.as_deref(), answer.locale);
    let session_id = app
        .db()
        .write::<_, Error>(move |c| {
            let organisation = organisation::find_or_make(c, organisation.as_deref(), now)?;
            let known = sign_ins::find_identity(c, &person.issuer, &person.subject)?;
            let told = Identity {
                // Only the rule looked at the address. What an administrator's sign-in keeps stays.
                email: known.and_then(|known| known.email),
                ..identity_of(&person, now)
            };
            let identity = sign_ins::upsert_identity(c, &person.issuer, &told)?;
            open_for_learner(c, &organisation.id, &identity, opening)
        })
        .await?;
    Ok(SignedIn {
        session_id,
        browser_secret,
        audience: Audience::Learners,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Code;

    #[test]
    fn only_verified_addresses_of_listed_domains() {
        let learners = Learners {
            email_domains: vec!["truong.edu.vn".to_owned()],
            scopes: Vec::new(),
        };
        let check = |claims: Value, expected: bool| {
            let judged = demand_learner(&learners, claims.as_object().unwrap());
            assert_eq!(judged.is_ok(), expected, "{claims}");
            if let Err(error) = judged {
                assert_eq!(error.code(), Code::OpenId(OpenIdCode::Domain));
            }
        };
        check(
            json!({ "email": "an@truong.edu.vn", "email_verified": true }),
            true,
        );
        check(
            json!({ "email": " An@Truong.EDU.vn ", "email_verified": true }),
            true,
        );
        check(
            json!({ "email": "an@truong.edu.vn", "email_verified": "true" }),
            false,
        );
        check(json!({ "email": "an@truong.edu.vn" }), false);
        check(
            json!({ "email": "an@sv.truong.edu.vn", "email_verified": true }),
            false,
        );
        check(
            json!({ "email": "an@eviltruong.edu.vn", "email_verified": true }),
            false,
        );
        check(
            json!({ "email": "an@truong.edu.vn@evil.vn", "email_verified": true }),
            false,
        );
        check(json!({ "email": "truong.edu.vn", "email_verified": true }), false);
        check(json!({ "email_verified": true }), false);
        assert!(demand_learner(&Learners::default(), &Map::new()).is_ok());
        let told = |claims: Value, learners: &Learners| is_enough(learners, claims.as_object().unwrap());
        assert!(!told(json!({}), &Learners::default()));
        assert!(told(json!({ "name": "An" }), &Learners::default()));
        assert!(!told(json!({ "name": "An" }), &learners));
        assert!(told(json!({ "name": "An", "email_verified": false }), &learners));
    }
}
