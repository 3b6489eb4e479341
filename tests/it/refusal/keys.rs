//! Launches signed with the wrong key, or with a key that may not sign. The platform here is nothing but an issuer
//! with a key set of our choice.

use app::registration::Endpoints;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lti::testing::{PLATFORM_KEY_PEM, PLATFORM_KID, TOOL_KEY_PEM, platform_signer, sign_with, tool_key};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Browser, KeyServer};

use super::{Framed, Scene, Sent, code, set};

const CLIENT: &str = "taynghe-at-the-bench";

/// A platform with keys of our choice, beside the practice platform.
struct Bench {
    scene: Scene,
    server: KeyServer,
}

impl Bench {
    async fn set() -> Self {
        let scene = Scene::set().await;
        let server = KeyServer::start(key_set().to_string());
        let origin = server.origin();
        let endpoints = Endpoints {
            issuer: origin.clone(),
            client_id: CLIENT.to_owned(),
            auth_login_url: format!("{origin}/auth"),
            token_url: format!("{origin}/token"),
            jwks_url: format!("{origin}/keys"),
            deployment_id: "1".to_owned(),
        };
        let registered = app::registration::add(&scene.site.app, None, endpoints).await;
        registered.expect("the platform is registered");
        Self { scene, server }
    }

    /// A login, the claims that fit it, and its state.
    async fn claims(&self, browser: &Browser) -> (Value, String) {
        let target = format!("{}/", self.scene.site.url);
        let fields = [
            ("iss", self.server.origin()),
            ("login_hint", "5".to_owned()),
            ("target_link_uri", target),
            ("client_id", CLIENT.to_owned()),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let login = self.scene.log_in_with(browser, fields).await;
        let mut claims = self.scene.claims(&login);
        set(&mut claims, "iss", self.server.origin());
        set(&mut claims, "aud", CLIENT);
        set(&mut claims, lti::claim::DEPLOYMENT_ID, "1");
        (claims, login.state)
    }

    async fn check(&self, token: impl FnOnce(&str) -> String, expected: &str, reason: &str) {
        let browser = self.scene.browser();
        let (claims, state) = self.claims(&browser).await;
        let sent = Sent::launch(&token(&claims.to_string()), &state);
        let before = self.scene.site.database.contents().await;
        let answer = self.scene.send(&browser, &sent, "de").await;
        assert_eq!(
            answer.code().as_deref(),
            Some(expected),
            "{reason}: {}",
            answer.body
        );
        assert_eq!(answer.status.as_u16(), web::status_of(code(expected)).as_u16());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.ends_with(&format!("frame-ancestors {}", self.server.origin())),
            "{policy}"
        );
        let after = self.scene.site.database.contents().await;
        super::only_the_record(&before, &after, expected, &answer.trace_id().unwrap());
        let detail = self.scene.newest_detail().await;
        assert!(detail.contains(reason), "\"{reason}\" is not why: {detail}");
    }
}

// One good key, and others that must not be used.
fn key_set() -> Value {
    let good = platform_signer().public_jwk();
    let like_it = |kid: &str, changes: Value| {
        let mut jwk = good.clone();
        set(&mut jwk, "kid", kid);
        for (name, value) in changes.as_object().unwrap() {
            set(&mut jwk, name, value.clone());
        }
        jwk
    };
    let short = URL_SAFE_NO_PAD.encode([0xf1; 128]);
    let secret = URL_SAFE_NO_PAD.encode("a secret that everybody knows");
    json!({"keys": [
        good.clone(),
        like_it("for-encryption", json!({"use": "enc"})),
        like_it("for-signing-only", json!({"key_ops": ["sign"]})),
        like_it("for-ps256", json!({"alg": "PS256"})),
        like_it("for-rs512", json!({"alg": "RS512"})),
        like_it("short", json!({"n": short})),
        like_it("broken", json!({"n": "not base64url!"})),
        {"kty": "oct", "kid": "symmetric", "alg": "HS256", "k": secret},
        {"kty": "oct", "kid": "symmetric-rs256", "alg": "RS256", "k": secret},
        {"kty": "EC", "kid": "curve", "crv": "P-256", "x": secret, "y": secret},
    ]})
}

fn header(kid: &str) -> String {
    json!({"typ": "JWT", "alg": "RS256", "kid": kid}).to_string()
}

#[tokio::test]
async fn the_good_key_passes() {
    let bench = Bench::set().await;
    let browser = bench.scene.browser();
    let (claims, state) = bench.claims(&browser).await;
    let token = sign_with(PLATFORM_KEY_PEM, &header(PLATFORM_KID), &claims.to_string());
    let answer = bench
        .scene
        .send(&browser, &Sent::launch(&token, &state), "vi")
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn keys_that_may_not_sign() {
    let bench = Bench::set().await;
    let cases = [
        ("for-encryption", "LTI-TOK-SIG", "not for signatures"),
        ("for-signing-only", "LTI-TOK-SIG", "not for signatures"),
        ("short", "LTI-TOK-SIG", "shorter than 2048 bits"),
        ("broken", "LTI-TOK-SIG", "broken"),
        ("for-ps256", "LTI-TOK-ALG", "another algorithm"),
        ("for-rs512", "LTI-TOK-ALG", "another algorithm"),
        ("symmetric", "LTI-TOK-ALG", "not an RSA key"),
        ("symmetric-rs256", "LTI-TOK-ALG", "not an RSA key"),
        ("curve", "LTI-TOK-ALG", "not an RSA key"),
    ];
    for (kid, code, reason) in cases {
        bench
            .check(
                |claims| sign_with(PLATFORM_KEY_PEM, &header(kid), claims),
                code,
                reason,
            )
            .await;
    }
}

#[tokio::test]
async fn keys_of_somebody_else() {
    let bench = Bench::set().await;
    let platform = &bench.scene.site.platform;
    let theirs = |claims: &str| sign_with(TOOL_KEY_PEM, &header(PLATFORM_KID), claims);
    bench.check(theirs, "LTI-TOK-SIG", "does not fit").await;
    let other_tenants = |claims: &str| {
        let header = serde_json::from_str(&header(PLATFORM_KID)).unwrap();
        platform.sign_with(&header, &serde_json::from_str(claims).unwrap())
    };
    bench.check(other_tenants, "LTI-TOK-SIG", "does not fit").await;
    let under_its_own_name = |claims: &str| platform.sign(&serde_json::from_str(claims).unwrap());
    bench
        .check(under_its_own_name, "LTI-TOK-KID-UNKNOWN", "no key of this id")
        .await;
}

/// The header offers the key that really signed: by value, by address, as a certificate. None is followed.
#[tokio::test]
async fn keys_that_the_token_brings_along() {
    let bench = Bench::set().await;
    let offered = KeyServer::start(lti::keys::public_key_set([&tool_key()]).to_string());
    let jwk = tool_key().public_jwk();
    let address = format!("{}/keys", offered.origin());
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!(address)),
        ("x5u", json!(address)),
        ("x5c", json!(["MIIB"])),
    ] {
        let mut header: Value = serde_json::from_str(&header(PLATFORM_KID)).unwrap();
        set(&mut header, name, value);
        let token = |claims: &str| sign_with(TOOL_KEY_PEM, &header.to_string(), claims);
        bench.check(token, "LTI-TOK-SIG", "does not fit").await;
    }
    assert_eq!(offered.times_asked(), 0, "no address of a token is opened");
}

/// The public key as an HMAC secret, in the forms in which it is published.
#[tokio::test]
async fn signatures_made_with_public_keys() {
    let bench = Bench::set().await;
    let jwk = platform_signer().public_jwk();
    let modulus = URL_SAFE_NO_PAD.decode(jwk["n"].as_str().unwrap()).unwrap();
    for secret in [
        jwk.to_string().into_bytes(),
        modulus,
        b"a secret that everybody knows".to_vec(),
    ] {
        for (name, algorithm) in [
            ("HS256", jsonwebtoken::Algorithm::HS256),
            ("HS384", jsonwebtoken::Algorithm::HS384),
            ("HS512", jsonwebtoken::Algorithm::HS512),
        ] {
            let token = |claims: &str| {
                let header = json!({"typ": "JWT", "alg": name, "kid": "symmetric"}).to_string();
                let signed = format!(
                    "{}.{}",
                    URL_SAFE_NO_PAD.encode(header),
                    URL_SAFE_NO_PAD.encode(claims)
                );
                let key = jsonwebtoken::EncodingKey::from_secret(&secret);
                let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, algorithm).unwrap();
                format!("{signed}.{signature}")
            };
            bench.check(token, "LTI-TOK-ALG", name).await;
        }
    }
}

/// Whatever byte of a good token is changed, it is no good token any more.
#[tokio::test]
async fn one_changed_byte_in_every_part() {
    let bench = Bench::set().await;
    let browser = bench.scene.browser();
    let (claims, state) = bench.claims(&browser).await;
    let token = sign_with(PLATFORM_KEY_PEM, &header(PLATFORM_KID), &claims.to_string());
    let before = bench.scene.site.database.contents().await;
    for position in (0..token.len()).step_by(token.len() / 60) {
        let mut changed = token.clone().into_bytes();
        // The last character of a part may have bits that stand for nothing; the decoder refuses those as well.
        changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let answer = bench
            .scene
            .send(&browser, &Sent::launch(&changed, &state), "vi")
            .await;
        assert_eq!(
            answer.status,
            StatusCode::BAD_REQUEST,
            "{position}: {}",
            answer.body
        );
        let code = answer.code().unwrap();
        assert!(code.starts_with("LTI-TOK-"), "{position}: {code}");
    }
    let after = bench.scene.site.database.contents().await;
    let records = ["refusals:", "kept_launches:"];
    let mut come = after.difference(&before);
    assert!(come.all(|row| records.iter().any(|record| row.starts_with(record))));
    let sent = Sent::launch(&token, &state);
    let answer = bench.scene.send(&browser, &sent, "vi").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "unchanged it still passes");
    bench.scene.check_replayed(&browser, &sent).await;
}

impl Scene {
    /// The same form once more: its state was used up, and nobody's platform is named any more.
    async fn check_replayed(&self, browser: &Browser, sent: &Sent) {
        self.check_refused(browser, sent, "LTI-STA-INVALID", Framed::ByAnyone)
            .await;
    }
}
