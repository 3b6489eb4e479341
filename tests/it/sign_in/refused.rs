//! Sign-ins that are refused: answers that are late, doubled, foreign or forged, providers that are down or speak for
//! another. No session begins, nobody is stored, and the record says why.

use app::Clock;
use chrono::Duration;
use lti::testing::TOOL_KEY_PEM;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tests::{Answer, Behaviour, OpenIdProvider, TestSite};
use url::Url;

use super::{Scene, assert_signed_in, one_step};

const TENANT_A: &str = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const TENANT_B: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Refused with that code; nobody is there, no session began, one record more was kept.
async fn assert_refused(site: &TestSite, page: &Answer, code: &str) {
    assert_eq!(page.code().as_deref(), Some(code), "{}", page.all_text());
    assert!(page.status.is_client_error() || page.status.is_server_error());
    for table in ["persons", "identities", "sessions", "organisation_roles"] {
        assert_eq!(site.count(table).await, 0, "{code}: {table}");
    }
    let trace = page.trace_id().expect("a trace id");
    let kept = format!("SELECT code || ' ' || detail FROM refusals WHERE id = '{trace}'");
    let kept = site.database.texts(&kept).await;
    assert!(kept[0].starts_with(code), "{kept:?}");
    for secret in ["khue", "Khuê", "code-", "truong.edu.vn"] {
        assert!(!kept[0].contains(secret), "{kept:?}");
    }
}

/// A provider that behaves like this is refused with that code.
async fn check(change: impl FnOnce(&mut Behaviour), code: &str) {
    let scene = Scene::set().await;
    scene.provider.change(change);
    let (_, page) = scene.sign_in().await;
    assert_refused(&scene.site, &page, code).await;
}

/// An ID token with these claims is refused with that code.
async fn check_claims(claims: Value, code: &str) {
    check(|it| it.claims = claims, code).await;
}

fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let mut url = Url::parse(address).expect("an address");
    let kept: Vec<(String, String)> = (url.query_pairs())
        .filter(|(key, _)| key != name)
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(kept);
    if let Some(value) = value {
        query.append_pair(name, value);
    }
    drop(query);
    url.into()
}

#[tokio::test]
async fn an_answer_counts_once() {
    let scene = Scene::set().await;
    let browser = scene.site.browser();
    let answer = scene.begin(&browser).await;
    assert_signed_in(&browser.get(&answer).await);
    let again = browser.get(&answer).await;
    assert_eq!(again.code().as_deref(), Some("OID-STATE"));
    assert_eq!(
        scene.provider.token_requests().len(),
        1,
        "the code was not sent twice"
    );
    // Another sign-in with the spent code.
    let spent = Url::parse(&answer).expect("an address");
    let code = spent
        .query_pairs()
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
        .into_owned();
    let next = with(&scene.begin(&browser).await, "code", Some(&code));
    assert_eq!(browser.get(&next).await.code().as_deref(), Some("OID-CODE"));
}

#[tokio::test]
async fn states_that_are_none() {
    let scene = Scene::set().await;
    let browser = scene.site.browser();
    let answer = scene.begin(&browser).await;
    for wrong in [
        with(&answer, "state", None),
        with(&answer, "state", Some("")),
        with(&answer, "state", Some("x")),
    ] {
        assert_refused(&scene.site, &browser.get(&wrong).await, "OID-STATE").await;
    }
    assert_eq!(
        browser.get(&format!("{answer}&state=x")).await.code().as_deref(),
        Some("WEB-FORM"),
        "twice"
    );
    scene
        .site
        .clock
        .advance(Duration::minutes(10) + Duration::seconds(1));
    assert_refused(&scene.site, &browser.get(&answer).await, "OID-STATE").await;
    assert!(scene.provider.token_requests().is_empty());
    app::tidy::tidy(&scene.site.app)
        .await
        .expect("the database answers");
    assert_eq!(scene.site.count("sign_in_states").await, 0);
}

/// An attacker sends the victim the end of a sign-in of their own.
#[tokio::test]
async fn an_answer_counts_only_in_the_browser_that_began() {
    let scene = Scene::set().await;
    let attacker = scene.site.browser();
    let answer = scene.begin(&attacker).await;
    let victim = scene.site.browser();
    assert_refused(&scene.site, &victim.get(&answer).await, "OID-BROWSER").await;
    // A victim who is in the middle of a sign-in of their own does not hold this one's cookie either.
    scene.begin(&victim).await;
    assert_refused(&scene.site, &victim.get(&answer).await, "OID-BROWSER").await;
    assert!(scene.provider.token_requests().is_empty());
    assert_signed_in(&attacker.get(&answer).await);
}

/// A code that was stolen on its way is worth nothing in the thief's sign-in: the verifier and the nonce are others.
#[tokio::test]
async fn a_stolen_code_does_not_fit_another_sign_in() {
    let scene = Scene::set().await;
    let (victim, thief) = (scene.site.browser(), scene.site.browser());
    let stolen = Url::parse(&scene.begin(&victim).await).expect("an address");
    let code = stolen
        .query_pairs()
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
        .into_owned();
    let injected = with(&scene.begin(&thief).await, "code", Some(&code));
    assert_refused(&scene.site, &thief.get(&injected).await, "OID-CODE").await;
}

/// Two providers, one of them an attacker's (RFC 9700, 4.4): the answer of the one must not be taken for the other's.
#[tokio::test]
async fn answers_of_another_provider() {
    let clock = Clock::system();
    let (honest, evil) = (OpenIdProvider::start(&clock), OpenIdProvider::start(&clock));
    let settings = vec![honest.as_setting("honest", None), evil.as_setting("evil", None)];
    let site = TestSite::start_with(clock, settings).await;
    let browser = site.browser();
    let begin = async || {
        let at_provider = one_step(&browser, &format!("{}/sign-in/evil", site.url)).await;
        one_step(&browser, &at_provider).await
    };
    // The evil one sends the browser on to the honest one, whose code it would like to be given.
    let answer = with(&begin().await, "iss", Some(&honest.origin));
    assert_refused(&site, &browser.get(&answer).await, "OID-ISSUER").await;
    let answer = with(&begin().await, "iss", None);
    assert_refused(&site, &browser.get(&answer).await, "OID-ISSUER").await;
    assert!(evil.token_requests().is_empty() && honest.token_requests().is_empty());
    // A provider that does not name itself needs not.
    honest.change(|it| {
        it.names_itself = None;
        it.configuration = json!({ "authorization_response_iss_parameter_supported": null });
    });
    assert_signed_in(&browser.get("/sign-in/honest").await);
}

#[tokio::test]
async fn a_provider_that_says_no() {
    check(|it| it.error = Some("access_denied"), "OID-DENIED").await;
    check(|it| it.error = Some("temporarily_unavailable"), "OID-ANSWER").await;
    check(|it| it.error = Some("<b>khue</b>"), "OID-ANSWER").await;
    let scene = Scene::set().await;
    let browser = scene.site.browser();
    let answer = with(&scene.begin(&browser).await, "code", None);
    assert_refused(&scene.site, &browser.get(&answer).await, "OID-ANSWER").await;
    assert_eq!(
        scene.sign_in().await.1.status,
        StatusCode::OK,
        "and next time it works"
    );
}

#[tokio::test]
async fn tokens_that_may_not_be_believed() {
    check_claims(json!({ "nonce": "another" }), "OID-NONCE").await;
    check_claims(json!({ "nonce": null }), "OID-NONCE").await;
    check_claims(json!({ "iss": "https://accounts.google.com" }), "OID-TOKEN").await;
    check_claims(json!({ "iss": null }), "OID-TOKEN").await;
    check_claims(json!({ "aud": "another" }), "OID-TOKEN").await;
    check_claims(json!({ "aud": [tests::CLIENT_ID, "another"] }), "OID-TOKEN").await;
    check_claims(json!({ "azp": "another" }), "OID-TOKEN").await;
    check_claims(json!({ "sub": null }), "OID-TOKEN").await;
    check_claims(json!({ "sub": "" }), "OID-TOKEN").await;
    check(|it| it.key = TOOL_KEY_PEM, "OID-TOKEN").await;
    check(|it| it.header = json!({ "alg": "none" }), "OID-TOKEN").await;
    check(|it| it.header = json!({ "alg": "HS256" }), "OID-TOKEN").await;
    check(|it| it.header = json!({ "kid": "unknown" }), "OID-TOKEN").await;
    let no_token = json!({ "access_token": "x", "token_type": "Bearer" }).to_string();
    check(|it| it.token_answer = Some((200, no_token)), "OID-TOKEN").await;
    let no_jwt = json!({ "access_token": "x", "token_type": "Bearer", "id_token": "a.b" }).to_string();
    check(|it| it.token_answer = Some((200, no_jwt)), "OID-TOKEN").await;
    check(|it| it.token_answer = Some((200, "[]".to_owned())), "OID-TOKEN").await;
}

#[tokio::test]
async fn tokens_of_another_time() {
    let at = |seconds: i64| json!(Clock::system().now().timestamp() + seconds);
    check_claims(json!({ "exp": at(-120) }), "OID-TIME").await;
    check_claims(json!({ "iat": at(120) }), "OID-TIME").await;
    let scene = Scene::set().await;
    let soon = json!({ "exp": at(-30), "iat": at(30) });
    scene.provider.change(|it| it.claims = soon);
    assert_signed_in(&scene.sign_in().await.1);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_or_does_not_fit() {
    check(|it| it.is_down = true, "OID-UNREACHABLE").await;
    check(
        |it| it.token_answer = Some((503, String::new())),
        "OID-UNREACHABLE",
    )
    .await;
    check(
        |it| it.token_answer = Some((200, "<html>".to_owned())),
        "OID-UNREACHABLE",
    )
    .await;
    let refused = |error: &str| Some((401, json!({ "error": error }).to_string()));
    check(
        |it| it.token_answer = refused("invalid_client"),
        "OID-CONFIGURATION",
    )
    .await;
    check(
        |it| it.token_answer = refused("unauthorized_client"),
        "OID-CONFIGURATION",
    )
    .await;
    check(
        |it| it.issuer = "http://127.0.0.1:1".to_owned(),
        "OID-CONFIGURATION",
    )
    .await;
    let slash = |it: &mut Behaviour| it.issuer.push('/');
    check(slash, "OID-CONFIGURATION").await;
    check(
        |it| it.configuration = json!({ "token_endpoint": null }),
        "OID-CONFIGURATION",
    )
    .await;
    check(
        |it| it.configuration = json!({ "jwks_uri": null }),
        "OID-CONFIGURATION",
    )
    .await;
    let plain = json!({ "authorization_endpoint": "http://elsewhere.example/authorize" });
    check(|it| it.configuration = plain, "OID-CONFIGURATION").await;
    let inside = json!({ "jwks_uri": "http://169.254.169.254/keys" });
    check(|it| it.configuration = inside, "OID-UNREACHABLE").await;
}

#[tokio::test]
async fn what_a_provider_said_last_serves_while_its_configuration_is_gone() {
    let scene = Scene::set().await;
    assert_signed_in(&scene.sign_in().await.1);
    scene
        .provider
        .change(|it| it.issuer = "http://127.0.0.1:1".to_owned());
    scene
        .provider
        .change(|it| it.claims = json!({ "iss": scene.provider.origin }));
    scene.site.clock.advance(Duration::hours(2));
    assert_signed_in(&scene.sign_in().await.1);
}

#[tokio::test]
async fn a_new_key_is_fetched_once_a_minute() {
    let scene = Scene::set().await;
    assert_signed_in(&scene.sign_in().await.1);
    let new = lti::keys::public_key_set([&lti::testing::tool_key()]);
    scene.provider.change(|it| {
        it.key = TOOL_KEY_PEM;
        it.header = json!({ "kid": lti::testing::TOOL_KID });
        it.key_set = new;
    });
    assert_eq!(scene.sign_in().await.1.code().as_deref(), Some("OID-TOKEN"));
    scene.site.clock.advance(Duration::seconds(61));
    assert_signed_in(&scene.sign_in().await.1);
}

#[tokio::test]
async fn the_secret_goes_where_the_provider_wants_it() {
    let scene = Scene::set().await;
    assert_signed_in(&scene.sign_in().await.1);
    assert!(
        !scene.provider.token_requests()[0].contains_key("client_secret"),
        "Basic"
    );
    let scene = Scene::set().await;
    let methods = json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] });
    scene.provider.change(|it| it.configuration = methods);
    assert_signed_in(&scene.sign_in().await.1);
    assert!(scene.provider.token_requests()[0].contains_key("client_secret"));
}

/// Microsoft's issuer is a template; the token's tenant fills it in.
#[tokio::test]
async fn tenants_of_a_shared_issuer() {
    let shared = |origin: &str| format!("{origin}/{{tenantid}}/v2.0");
    let scene = Scene::set_with(|setting| {
        setting.openid.issuer = shared(&setting.openid.issuer);
        setting.openid.tenants = vec![TENANT_A.to_owned()];
    })
    .await;
    let origin = scene.provider.origin.clone();
    scene.provider.change(|it| {
        it.issuer = shared(&origin);
        it.names_itself = None;
        it.configuration = json!({ "authorization_response_iss_parameter_supported": false });
    });
    let token_of = |tid: Value, issuer_of: &str| {
        let claims = json!({ "tid": tid, "iss": format!("{origin}/{issuer_of}/v2.0") });
        scene.provider.change(|it| it.claims = claims);
    };
    token_of(json!(TENANT_B), TENANT_B);
    assert_refused(&scene.site, &scene.sign_in().await.1, "OID-TENANT").await;
    token_of(Value::Null, TENANT_A);
    assert_refused(&scene.site, &scene.sign_in().await.1, "OID-TENANT").await;
    token_of(json!(TENANT_A), TENANT_B);
    assert_refused(&scene.site, &scene.sign_in().await.1, "OID-TOKEN").await;
    token_of(json!(TENANT_A), "{tenantid}");
    assert_refused(&scene.site, &scene.sign_in().await.1, "OID-TOKEN").await;

    // A key that signs for another issuer only, as the set of all tenants says.
    token_of(json!(TENANT_A), TENANT_A);
    let key_issuer = |issuer: String| {
        scene
            .provider
            .change(|it| it.key_set["keys"][0]["issuer"] = issuer.into());
        scene.site.clock.advance(Duration::hours(2));
    };
    key_issuer(format!("{origin}/{TENANT_B}/v2.0"));
    assert_refused(&scene.site, &scene.sign_in().await.1, "OID-TOKEN").await;
    key_issuer(shared(&origin));
    assert_signed_in(&scene.sign_in().await.1);
    let issuer = scene.site.database.texts("SELECT issuer FROM identities").await;
    assert_eq!(issuer, [format!("{origin}/{TENANT_A}/v2.0")], "the tenant's own");
}
