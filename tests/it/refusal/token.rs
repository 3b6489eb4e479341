//! Launches whose token is wrong before its LTI claims are looked at: form, header, issuer, audience, times, and what
//! the platform posts instead of a token. Keys stand in keys.rs.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use practice_platform::{Fault, Service};
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Framed, Scene, Sent, set, take};

#[tokio::test]
async fn what_is_no_token_of_a_launch() {
    let scene = Scene::set().await;
    let sign = |claims: &Value| scene.site.platform.sign(claims);
    let check = |token: fn(Vec<String>) -> String| {
        let scene = &scene;
        async move {
            let parts = |claims: Value| sign(&claims).split('.').map(str::to_owned).collect::<Vec<_>>();
            scene
                .check_token(|claims| token(parts(claims)), "LTI-TOK-FORMAT")
                .await;
        }
    };
    check(|_| String::new()).await;
    check(|_| "not a token".to_owned()).await;
    check(|parts| String::from_utf8(URL_SAFE_NO_PAD.decode(&parts[1]).unwrap()).unwrap()).await;
    check(|parts| parts[..2].join(".")).await;
    check(|parts| format!("{}.a.b", parts.join("."))).await;
    check(|parts| format!("{}.", parts.join("."))).await;
    check(|parts| format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode("[1]"), parts[2])).await;
    check(|parts| {
        format!(
            "{}.{}.{}",
            parts[0],
            URL_SAFE_NO_PAD.encode("{\"a\":1}x"),
            parts[2]
        )
    })
    .await;
    check(|parts| {
        format!(
            "{}.{}.{}",
            parts[0],
            URL_SAFE_NO_PAD.encode("{\"a\":1,\"a\":2}"),
            parts[2]
        )
    })
    .await;
    check(|parts| format!("{}.{}=.{}", parts[0], parts[1], parts[2])).await;
    scene
        .check_claims(
            |claims| set(claims, "filling", "x".repeat(70_000)),
            "LTI-TOK-FORMAT",
        )
        .await;

    let unsigned = |token: String| format!("{}.", token.rsplit_once('.').unwrap().0);
    scene
        .check_token(|claims| unsigned(sign(&claims)), "LTI-TOK-SIG")
        .await;

    let browser = scene.browser();
    let old = [
        ("lti_version", "LTI-1p0"),
        ("oauth_consumer_key", "key"),
        ("user_id", "5"),
        ("resource_link_id", "1"),
    ];
    let old = Sent::post("/lti/launch", &old);
    scene
        .check_refused(&browser, &old, "LTI-TOK-FORMAT", Framed::ByAnyone)
        .await;
    let by_hand = Sent::get("/lti/launch");
    scene
        .check_refused(&browser, &by_hand, "LTI-TOK-FORMAT", Framed::ByAnyone)
        .await;
}

#[tokio::test]
async fn headers_that_ask_for_more_than_we_do() {
    let scene = Scene::set().await;
    let kid = scene.site.platform.key_set()["keys"][0]["kid"].clone();
    let check = |change: Value, code: &'static str| {
        let (scene, kid) = (&scene, kid.clone());
        async move {
            let mut header = json!({"typ": "JWT", "alg": "RS256", "kid": kid});
            for (name, value) in change.as_object().unwrap() {
                match value {
                    Value::Null => take(&mut header, name),
                    value => set(&mut header, name, value.clone()),
                }
            }
            scene
                .check_token(|claims| scene.site.platform.sign_with(&header, &claims), code)
                .await;
        }
    };
    check(json!({"kid": null}), "LTI-TOK-KID-MISSING").await;
    check(json!({"kid": ""}), "LTI-TOK-KID-MISSING").await;
    check(json!({"kid": "another"}), "LTI-TOK-KID-UNKNOWN").await;
    for algorithm in [
        "none", "None", "HS256", "HS384", "HS512", "ES256", "PS256", "RS384", "rs256", "",
    ] {
        check(json!({"alg": algorithm}), "LTI-TOK-ALG").await;
    }
    check(json!({"alg": null}), "LTI-TOK-ALG").await;
    check(json!({"crit": ["exp"]}), "LTI-TOK-CRIT").await;
    check(json!({"b64": false}), "LTI-TOK-CRIT").await;
}

#[tokio::test]
async fn issuer_and_audience_of_somebody_else() {
    let scene = Scene::set().await;
    let client = scene.connected.client_id.clone();
    let with_slash = format!("{}/", scene.site.platform.origin());
    let cases = [
        ("iss", json!("https://evil.example"), "LTI-TOK-ISS"),
        ("iss", json!(with_slash), "LTI-TOK-ISS"),
        ("iss", json!([scene.site.platform.origin()]), "LTI-TOK-ISS"),
        ("iss", json!(7), "LTI-TOK-ISS"),
        ("iss", Value::Null, "LTI-TOK-ISS"),
        ("aud", json!("somebody"), "LTI-TOK-AUD"),
        ("aud", json!(["somebody"]), "LTI-TOK-AUD"),
        ("aud", json!([]), "LTI-TOK-AUD"),
        ("aud", json!([client, 7]), "LTI-TOK-AUD"),
        ("aud", json!(7), "LTI-TOK-AUD"),
        ("aud", Value::Null, "LTI-TOK-AUD"),
        ("aud", json!([client, "somebody"]), "LTI-TOK-AZP"),
        ("azp", json!("somebody"), "LTI-TOK-AZP"),
        ("azp", json!([client]), "LTI-TOK-AZP"),
    ];
    for (name, value, code) in cases {
        scene.check_claims(|claims| set(claims, name, value), code).await;
    }
    scene
        .check_claims(|claims| take(claims, "iss"), "LTI-TOK-ISS")
        .await;
    scene
        .check_claims(|claims| take(claims, "aud"), "LTI-TOK-AUD")
        .await;
}

#[tokio::test]
async fn times_that_cannot_be() {
    let scene = Scene::set().await;
    let now = scene.site.clock.now().timestamp();
    let cases = [
        ("exp", json!(now - 120)),
        ("exp", json!((now + 60).to_string())),
        ("exp", json!(1e300)),
        ("exp", json!(-1)),
        ("exp", json!([now + 60])),
        ("exp", json!(now + 10 * 24 * 3600)),
        ("iat", json!(now + 600)),
        ("iat", json!(now - 7200)),
        ("iat", json!("yesterday")),
        ("nbf", json!(now + 600)),
        ("nbf", json!("soon")),
    ];
    for (name, value) in cases {
        let about = format!("{name}: {value}");
        let detail = scene
            .check_claims(|claims| set(claims, name, value), "LTI-TOK-TIME")
            .await;
        assert!(
            detail.contains(name) || detail.contains("our clock"),
            "{about}: {detail}"
        );
    }
    let detail = scene
        .check_claims(|claims| set(claims, "exp", now - 120), "LTI-TOK-TIME")
        .await;
    assert!(
        detail.contains("the token says") && detail.contains("our clock"),
        "both clocks are shown to the administrator: {detail}"
    );
}

/// An honest token, kept too long on its way.
#[tokio::test]
async fn a_token_that_has_expired_by_our_clock() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    scene.site.clock.advance(chrono::Duration::seconds(60 + 61));
    let sent = Sent::launch(&token, &login.state);
    scene
        .check_refused(&browser, &sent, "LTI-TOK-TIME", Framed::ByItsPlatform)
        .await;
}

#[tokio::test]
async fn the_platform_answers_with_an_error() {
    let scene = Scene::set().await;
    let browser = scene.browser();
    let login = scene.log_in(&browser).await;
    for error in ["login_required", "launch_no_longer_valid", "invalid_request"] {
        let description = "<b onmouseover=alert(1)>Nobody\r\nis signed in</b>";
        let fields = [
            ("error", error),
            ("error_description", description),
            ("state", &login.state),
        ];
        let sent = Sent::post("/lti/launch", &fields);
        let detail = scene
            .check_refused(&browser, &sent, "LTI-PLAT-ERROR", Framed::ByItsPlatform)
            .await;
        assert!(detail.starts_with(error) && !detail.contains('\n'), "{detail}");
    }
    let unbidden = Sent::post("/lti/launch", &[("error", "login_required")]);
    scene
        .check_refused(&browser, &unbidden, "LTI-PLAT-ERROR", Framed::ByAnyone)
        .await;
    let token = scene.site.platform.sign(&scene.claims(&login));
    let answer = scene
        .send(&browser, &Sent::launch(&token, &login.state), "vi")
        .await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "the login is not used up by an error"
    );
}

#[tokio::test]
async fn the_key_set_cannot_be_read() {
    for fault in [Fault::Status(500), Fault::Html200, Fault::Down, Fault::CloseEarly] {
        let scene = Scene::set().await;
        scene.site.platform.set_fault(Service::KeySet, fault, None);
        scene.check_claims(|_| {}, "LTI-KEY-FETCH").await;
    }
}
