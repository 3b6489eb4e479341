//! Why the two verifiers may disagree, and how a token is put right so that they no longer do. Each reason says who is
//! stricter and why that is meant so.

use lti::{
    launch::{EXPIRY_LEEWAY_SECONDS, FUTURE_LEEWAY_SECONDS, MAX_AGE_SECONDS, MAX_LIFE_SECONDS},
    testing::PLATFORM_KID,
};
use serde_json::{Value, json};

use super::generator::{CLIENT, Spec, now, put};

/// One known difference.
pub(super) struct Reason {
    pub(super) name: &'static str,
    /// Puts right what this is about, and nothing else.
    pub(super) mend: fn(&mut Spec),
}

pub(super) const REASONS: &[Reason] = &[
    // Ours is stricter: OpenID Connect Core 3.1.3.7 asks for it, the other verifier never looks at azp.
    Reason {
        name: "azp is somebody else",
        mend: |spec| {
            let is_ours = spec.claims.get("azp").is_none_or(|azp| azp == CLIENT);
            if !is_ours {
                put(&mut spec.claims, "azp", &json!(CLIENT));
            }
        },
    },
    // Theirs is stricter: it trusts no other audience, azp or not. LTI platforms may name several with azp.
    Reason {
        name: "several audiences",
        mend: |spec| {
            let several = spec.claims.get("aud").and_then(Value::as_array);
            if several.is_some_and(|list| list.len() > 1 && list.contains(&json!(CLIENT))) {
                put(&mut spec.claims, "aud", &json!([CLIENT]));
            }
        },
    },
    // Theirs is stricter: no leeway. Clocks of colleges are off by seconds, and Moodle's tokens live for one minute.
    Reason {
        name: "expired within the leeway",
        mend: |spec| {
            let leeway = seconds(spec, "exp")
                .is_some_and(|exp| (-(EXPIRY_LEEWAY_SECONDS as f64)..=0.0).contains(&exp));
            if leeway {
                put(&mut spec.claims, "exp", &json!(now().timestamp() + 60));
            }
        },
    },
    // Ours is stricter: theirs looks at iat only when it is handed a function for it.
    Reason {
        name: "iat is too far away",
        mend: |spec| {
            let far = |iat: f64| iat > FUTURE_LEEWAY_SECONDS as f64 || iat < -(MAX_AGE_SECONDS as f64);
            if seconds(spec, "iat").is_some_and(far) {
                put(&mut spec.claims, "iat", &json!(now().timestamp()));
            }
        },
    },
    // Ours is stricter: a token that gives itself more than a day, or less than nothing.
    Reason {
        name: "an absurd life",
        mend: |spec| {
            let (Some(issued), Some(expires)) = (seconds(spec, "iat"), seconds(spec, "exp")) else {
                return;
            };
            if expires - issued > MAX_LIFE_SECONDS as f64 {
                put(&mut spec.claims, "exp", &json!(now().timestamp() + 60));
            } else if expires < issued {
                let expires = spec.claims["exp"].clone();
                put(&mut spec.claims, "iat", &expires);
            }
        },
    },
    // Ours is stricter: theirs does not read nbf.
    Reason {
        name: "nbf",
        mend: |spec| put(&mut spec.claims, "nbf", &Value::Null),
    },
    // Ours is stricter: LTI's security framework demands a key id; with one key theirs takes that one.
    Reason {
        name: "no key id",
        mend: |spec| {
            if spec.header.get("kid").is_none_or(|kid| kid == "") {
                put(&mut spec.header, "kid", &json!(PLATFORM_KID));
            }
        },
    },
    // Ours is stricter: b64 changes what is signed (RFC 7797); theirs refuses crit only.
    Reason {
        name: "b64 in the header",
        mend: |spec| put(&mut spec.header, "b64", &Value::Null),
    },
    // Theirs is stricter: typ and cty say nothing about what is signed, and platforms write them as they like.
    Reason {
        name: "typ or cty",
        mend: |spec| {
            put(&mut spec.header, "typ", &json!("JWT"));
            put(&mut spec.header, "cty", &Value::Null);
        },
    },
    // Ours is stricter: no person, an id longer than LTI allows, or one with control characters.
    Reason {
        name: "sub is empty, too long or no text",
        mend: |spec| put(&mut spec.claims, "sub", &json!("5")),
    },
    // Ours is stricter: it is a launch, not just a token.
    Reason {
        name: "a claim of LTI is missing",
        mend: |spec| {
            for (name, value) in &Spec::honest().claims {
                if name.starts_with("https://purl.imsglobal.org/") {
                    put(&mut spec.claims, name, value);
                }
            }
        },
    },
    // Theirs is stricter: one optional claim of another type than OpenID Connect names refuses the token. Platforms send
    // such, and nothing depends on them: we leave them out.
    Reason {
        name: "an odd optional claim",
        mend: |spec| {
            let ours = [
                "iss", "aud", "azp", "sub", "nonce", "iat", "exp", "nbf", "filling",
            ];
            spec.claims.retain(|name, _| {
                ours.contains(&name.as_str()) || name.starts_with("https://purl.imsglobal.org/")
            });
        },
    },
    // Ours is stricter: a member that is said twice means another thing to another reader.
    Reason {
        name: "a claim twice",
        mend: |spec| spec.said_again = None,
    },
    // Ours is stricter: theirs has no limit.
    Reason {
        name: "longer than 64 KiB",
        mend: |spec| put(&mut spec.claims, "filling", &Value::Null),
    },
];

/// How many seconds from now a time lies, when it is a number.
fn seconds(spec: &Spec, name: &str) -> Option<f64> {
    let time = spec.claims.get(name)?.as_f64()?;
    Some(time - now().timestamp() as f64)
}
