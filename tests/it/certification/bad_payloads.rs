//! Section 6.1.1: twelve known bad payloads. Each is refused with its own code on a page in three languages, and nothing
//! but the refusal's record is stored.

use lti::claim;
use serde_json::{Value, json};

use super::cases;
use crate::refusal::{Framed, Scene, Sent, set, take};

cases! {
    no_kid_sent_in_jwt_header: header(json!({"typ": "JWT", "alg": "RS256"}), "LTI-TOK-KID-MISSING");
    incorrect_kid_in_jwt_header: header(json!({"typ": "JWT", "alg": "RS256", "kid": "imstester_66067"}), "LTI-TOK-KID-UNKNOWN");
    wrong_lti_version: claims(|claims| set(claims, claim::VERSION, "11.3"), "LTI-CLM-VERSION");
    no_lti_version: claims(|claims| take(claims, claim::VERSION), "LTI-CLM-VERSION");
    message_type_claim_missing: claims(|claims| take(claims, claim::MESSAGE_TYPE), "LTI-CLM-MSGTYPE");
    role_claim_missing: claims(|claims| take(claims, claim::ROLES), "LTI-CLM-ROLES");
    deployment_id_claim_missing: claims(|claims| take(claims, claim::DEPLOYMENT_ID), "LTI-CLM-DEPLOYMENT");
    user_claim_missing: claims(|claims| take(claims, "sub"), "LTI-CLM-SUB");
}

/// The link without its id, and no link at all.
#[tokio::test]
async fn resource_link_id_claim_missing() {
    let scene = Scene::set().await;
    let without_id = |claims: &mut Value| take(&mut claims[claim::RESOURCE_LINK], "id");
    scene.check_claims(without_id, "LTI-CLM-RESOURCE-LINK").await;
    let without_link = |claims: &mut Value| take(claims, claim::RESOURCE_LINK);
    scene.check_claims(without_link, "LTI-CLM-RESOURCE-LINK").await;
}

/// JSON that is no JWT, a signed JWT that is no launch, a launch of LTI 1.1.
#[tokio::test]
async fn invalid_lti_message() {
    let scene = Scene::set().await;
    scene
        .check_token(|claims| claims.to_string(), "LTI-TOK-FORMAT")
        .await;
    scene
        .check_token(|_| json!({"name": "badltilaunch"}).to_string(), "LTI-TOK-FORMAT")
        .await;
    let of_openid_only = |claims: &mut Value| {
        let claims = claims.as_object_mut().expect("an object");
        claims.retain(|name, _| !name.starts_with("https://purl.imsglobal.org/"));
    };
    scene.check_claims(of_openid_only, "LTI-CLM-VERSION").await;
    let old = [
        ("lti_message_type", "basic-lti-launch-request"),
        ("lti_version", "LTI-1p0"),
        ("oauth_consumer_key", "key"),
        ("oauth_signature", "c2lnbmF0dXJl"),
        ("resource_link_id", "1"),
    ];
    let old = Sent::post("/lti/launch", &old);
    scene
        .check_refused(&scene.browser(), &old, "LTI-TOK-FORMAT", Framed::ByAnyone)
        .await;
}

/// One or more of the required claims.
#[tokio::test]
async fn missing_lti_claims() {
    let scene = Scene::set().await;
    let required = [
        (claim::TARGET_LINK_URI, "LTI-CLM-MISSING"),
        ("iss", "LTI-TOK-ISS"),
        ("aud", "LTI-TOK-AUD"),
        ("exp", "LTI-TOK-TIME"),
        ("iat", "LTI-TOK-TIME"),
        ("nonce", "LTI-STA-NONCE"),
    ];
    for (name, code) in required {
        scene.check_claims(|claims| take(claims, name), code).await;
    }
    let several = |claims: &mut Value| {
        for name in [
            claim::MESSAGE_TYPE,
            claim::ROLES,
            claim::RESOURCE_LINK,
            claim::DEPLOYMENT_ID,
        ] {
            take(claims, name);
        }
    };
    scene.check_claims(several, "LTI-CLM-MSGTYPE").await;
}

/// `iat` and `exp` of the suite (11111 and 22222), and others that cannot be.
#[tokio::test]
async fn timestamps_incorrect() {
    let scene = Scene::set().await;
    let now = scene.site.clock.now().timestamp();
    for (issued, expires) in [
        (json!(11_111), json!(22_222)),
        (json!(now - 900), json!(now - 600)),
        (json!(now + 600), json!(now + 900)),
        (json!(now), json!(now - 600)),
        (json!("now"), json!("later")),
    ] {
        let change = |claims: &mut Value| {
            set(claims, "iat", issued);
            set(claims, "exp", expires);
        };
        scene.check_claims(change, "LTI-TOK-TIME").await;
    }
}

async fn header(header: Value, code: &str) {
    let scene = Scene::set().await;
    let sign = |claims: Value| scene.site.platform.sign_with(&header, &claims);
    scene.check_token(sign, code).await;
}

async fn claims(change: impl FnOnce(&mut Value), code: &str) {
    Scene::set().await.check_claims(change, code).await;
}
