//! Who of a provider's people is an administrator. Pure.

use serde_json::{Map, Value};

use super::{Administrators, OpenIdCode};

/// Whether the claims make an administrator; else why not.
///
/// # Errors
/// `OID-EMAIL` when only an unverified address speaks for the person, else `OID-ROLE`.
pub(crate) fn decide(
    administrators: &Administrators,
    subject: &str,
    claims: &Map<String, Value>,
) -> Result<(), OpenIdCode> {
    let by_subject = administrators.subjects.iter().any(|known| known == subject);
    if by_subject || has_claim(administrators, claims) {
        return Ok(());
    }
    if !has_email(administrators, claims) {
        return Err(OpenIdCode::Role);
    }
    // Nothing but the boolean: whoever may type in any address must not become whom it names.
    match claims.get("email_verified") {
        Some(Value::Bool(true)) => Ok(()),
        _ => Err(OpenIdCode::Email),
    }
}

/// Whether the claims tell all that [`decide`] looks at.
pub(crate) fn is_enough(administrators: &Administrators, claims: &Map<String, Value>) -> bool {
    let no_email = !administrators.emails.is_empty() && !claims.contains_key("email_verified");
    let no_claim = administrators
        .claim
        .as_ref()
        .is_some_and(|claim| find(claims, claim).is_none());
    !no_email && !no_claim
}

fn has_claim(administrators: &Administrators, claims: &Map<String, Value>) -> bool {
    let is_one = |value: &Value| {
        let text = value.as_str();
        text.is_some_and(|text| administrators.claim_values.iter().any(|known| known == text))
    };
    match administrators
        .claim
        .as_ref()
        .and_then(|claim| find(claims, claim))
    {
        Some(Value::Array(values)) => values.iter().any(is_one),
        Some(value) => is_one(value),
        None => false,
    }
}

/// The claim of that name, or on that path: Keycloak's roles stand in `realm_access.roles`, while other providers' names
/// have dots of their own.
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    find(claims.get(first)?.as_object()?, rest)
}

fn has_email(administrators: &Administrators, claims: &Map<String, Value>) -> bool {
    let Some(email) = claims.get("email").and_then(Value::as_str) else {
        return false;
    };
    let email = email.trim().to_lowercase();
    administrators
        .emails
        .iter()
        .any(|known| known.to_lowercase() == email)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn administrators() -> Administrators {
        Administrators {
            claim: Some("realm_access.roles".to_owned()),
            claim_values: vec!["taynghe".to_owned()],
            subjects: vec!["s-1".to_owned()],
            emails: vec!["Khue@Truong.edu.vn".to_owned()],
        }
    }

    #[test]
    fn who_is_an_administrator() {
        #[track_caller]
        fn check(subject: &str, claims: Value, expected: Result<(), OpenIdCode>) {
            let claims = claims.as_object().unwrap();
            assert_eq!(decide(&administrators(), subject, claims), expected, "{claims:?}");
        }
        let (no, unverified) = (Err(OpenIdCode::Role), Err(OpenIdCode::Email));
        check("s-1", json!({}), Ok(()));
        check("S-1", json!({}), no);
        check("", json!({}), no);
        check(
            "x",
            json!({ "realm_access": { "roles": ["a", "taynghe"] } }),
            Ok(()),
        );
        check("x", json!({ "realm_access": { "roles": "taynghe" } }), Ok(()));
        check("x", json!({ "realm_access.roles": ["taynghe"] }), Ok(()));
        check(
            "x",
            json!({ "realm_access": { "roles": ["taynghe-2", 1, null] } }),
            no,
        );
        check(
            "x",
            json!({ "realm_access": "taynghe", "roles": ["taynghe"] }),
            no,
        );
        let email = "khue@truong.edu.vn";
        check("x", json!({ "email": email, "email_verified": true }), Ok(()));
        check(
            "x",
            json!({ "email": email, "email_verified": false }),
            unverified,
        );
        check(
            "x",
            json!({ "email": email, "email_verified": "true" }),
            unverified,
        );
        check("x", json!({ "email": email, "email_verified": 1 }), unverified);
        check("x", json!({ "email": email }), unverified);
        check(
            "x",
            json!({ "email": "an@truong.edu.vn", "email_verified": true }),
            no,
        );
        check(
            "x",
            json!({ "preferred_username": email, "email_verified": true }),
            no,
        );
    }

    #[test]
    fn what_is_still_to_be_asked_for() {
        #[track_caller]
        fn check(claims: Value, expected: bool) {
            assert_eq!(
                is_enough(&administrators(), claims.as_object().unwrap()),
                expected,
                "{claims}"
            );
        }
        let roles = json!({ "roles": [] });
        check(json!({ "realm_access": roles, "email_verified": false }), true);
        check(json!({ "realm_access": roles, "email": "x@y.vn" }), false);
        check(json!({ "email_verified": true }), false);
        assert!(is_enough(&Administrators::default(), &Map::new()));
    }
}
