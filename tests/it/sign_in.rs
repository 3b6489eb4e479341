//! Administrators sign in by the college's OpenID Connect provider: who gets in, as whom, for how long, and everybody
//! who does not, with the code that says why. What is wrong with the provider's answer stands in `sign_in/refused.rs`.

mod refused;

use app::{
    Clock,
    sign_in::{Administrators, Provider},
};
use chrono::Duration;
use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{Answer, Browser, OpenIdProvider, TestSite};
use url::Url;

/// A service with one provider.
pub(crate) struct Scene {
    pub(crate) provider: OpenIdProvider,
    pub(crate) site: TestSite,
}

impl Scene {
    pub(crate) async fn set() -> Self {
        Self::set_with(|_| {}).await
    }

    /// The settings' section, changed.
    pub(crate) async fn set_with(change: impl FnOnce(&mut Provider)) -> Self {
        let clock = Clock::system();
        let provider = OpenIdProvider::start(&clock);
        let mut setting = provider.as_setting("college", None);
        change(&mut setting);
        let site = TestSite::start_with(clock, vec![setting]).await;
        Self { provider, site }
    }

    /// Signs in by a new browser.
    pub(crate) async fn sign_in(&self) -> (Browser, Answer) {
        let browser = self.site.browser();
        let page = browser.get("/sign-in/college").await;
        (browser, page)
    }

    /// Begins to sign in, up to the address with which the provider sends the browser back.
    pub(crate) async fn begin(&self, browser: &Browser) -> String {
        let at_provider = one_step(browser, &format!("{}/sign-in/college", self.site.url)).await;
        one_step(browser, &at_provider).await
    }
}

/// Where one redirect leads.
pub(crate) async fn one_step(browser: &Browser, address: &str) -> String {
    let url = Url::parse(address).expect("an address");
    let answer = browser.send(Method::GET, &url, &[], None).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{address}: {}", answer.body);
    answer.header("location").to_owned()
}

#[track_caller]
pub(crate) fn assert_signed_in(page: &Answer) {
    assert_eq!(page.status, StatusCode::OK, "{}", page.all_text());
    assert!(page.url.path().ends_with("/administration"), "{}", page.url);
    assert_eq!(page.code(), None);
}

#[tokio::test]
async fn an_administrator_signs_in_by_the_colleges_account() {
    let scene = Scene::set().await;
    let (browser, page) = scene.sign_in().await;
    assert_signed_in(&page);
    assert!(page.all_text().contains("Lê Minh Khuê"), "{}", page.all_text());
    assert_eq!(
        page.url.query(),
        None,
        "neither code nor state stay in the address"
    );

    let asked = scene.provider.asked().remove(0);
    let parameter = |name: &str| asked.get(name).map(String::as_str);
    assert_eq!(parameter("response_type"), Some("code"));
    assert_eq!(parameter("code_challenge_method"), Some("S256"));
    assert_eq!(parameter("scope"), Some("openid profile email"));
    let answer_address = format!("{}/sign-in/answer", scene.site.url);
    assert_eq!(parameter("redirect_uri"), Some(answer_address.as_str()));
    assert!(parameter("state").is_some_and(|state| state.len() >= 43));
    assert!(parameter("nonce").is_some_and(|nonce| nonce.len() >= 43 && Some(nonce) != parameter("state")));

    // Nothing of the sign-in is left, and the cookie of its state is gone.
    assert_eq!(scene.site.count("sign_in_states").await, 0);
    assert_eq!(browser.cookie_names("localhost"), ["__Host-taynghe-browser"]);
    let stored = scene
        .site
        .database
        .contents()
        .await
        .into_iter()
        .collect::<String>();
    let spent = scene.provider.token_requests().remove(0);
    for secret in [&asked["state"], &asked["nonce"], &spent["code_verifier"]] {
        assert!(!stored.contains(secret.as_str()));
    }
    assert!(!stored.contains("an access token"));
    let trail = scene
        .site
        .database
        .texts("SELECT action || ' ' || subject FROM audit_records")
        .await;
    assert_eq!(trail, ["administrator.sign-in college"]);
}

#[tokio::test]
async fn the_same_person_again_is_the_same_person() {
    let scene = Scene::set().await;
    assert_signed_in(&scene.sign_in().await.1);
    scene
        .provider
        .change(|it| it.claims = json!({ "name": "Lê Thị Minh Khuê", "email": null }));
    let (_, page) = scene.sign_in().await;
    assert_signed_in(&page);
    assert!(page.all_text().contains("Lê Thị Minh Khuê"));
    for table in ["persons", "identities", "organisation_roles", "organisations"] {
        assert_eq!(scene.site.count(table).await, 1, "{table}");
    }
    let no_email = "SELECT COUNT(*) FROM identities WHERE email IS NULL";
    assert_eq!(
        scene.site.database.number(no_email).await,
        1,
        "what is no longer told is forgotten"
    );
}

#[tokio::test]
async fn who_is_an_administrator_is_told_by_subject_claim_or_verified_address() {
    let by = |administrators: Administrators| async move {
        let scene = Scene::set_with(|setting| setting.administrators = administrators).await;
        scene.provider.change(|it| {
            it.claims = json!({
                "sub": "s-7", "email_verified": true, "realm_access": { "roles": ["staff", "taynghe"] },
            });
        });
        scene.sign_in().await.1.code()
    };
    let text = |text: &str| text.to_owned();
    let nobody = Administrators::default();
    let subjects = |subject: &str| Administrators {
        subjects: vec![text(subject)],
        ..nobody.clone()
    };
    let emails = |email: &str| Administrators {
        emails: vec![text(email)],
        ..nobody.clone()
    };
    let claim = |claim: &str, value: &str| Administrators {
        claim: Some(text(claim)),
        claim_values: vec![text(value)],
        ..nobody.clone()
    };
    assert_eq!(by(subjects("s-7")).await, None);
    assert_eq!(by(emails("KHUE@truong.edu.vn")).await, None);
    assert_eq!(by(claim("realm_access.roles", "taynghe")).await, None);
    for stranger in [
        subjects("s-8"),
        emails("an@truong.edu.vn"),
        claim("realm_access.roles", "admin"),
        claim("roles", "taynghe"),
    ] {
        assert_eq!(
            by(stranger.clone()).await.as_deref(),
            Some("OID-ROLE"),
            "{stranger:?}"
        );
    }
}

#[tokio::test]
async fn claims_that_only_the_userinfo_endpoint_tells_count_too() {
    let scene = Scene::set_with(|setting| {
        setting.administrators = Administrators {
            emails: vec!["khue@truong.edu.vn".to_owned()],
            ..Administrators::default()
        };
    })
    .await;
    let told = json!({ "sub": "khue", "email": "khue@truong.edu.vn", "email_verified": true });
    scene.provider.change(|it| {
        it.claims = json!({ "email": null });
        it.userinfo = told.clone();
    });
    assert_signed_in(&scene.sign_in().await.1);
    // It speaks of somebody else.
    scene.provider.change(|it| it.userinfo["sub"] = "minh".into());
    assert_eq!(scene.sign_in().await.1.code().as_deref(), Some("OID-TOKEN"));
    // It verifies another address than the token's.
    scene.provider.change(|it| {
        it.userinfo = json!({ "sub": "khue", "email": "minh@truong.edu.vn", "email_verified": true });
        it.claims = json!({ "email": "khue@truong.edu.vn" });
    });
    assert_eq!(scene.sign_in().await.1.code().as_deref(), Some("OID-EMAIL"));
}

#[tokio::test]
async fn an_address_counts_only_when_it_is_verified() {
    let scene = Scene::set_with(|setting| {
        setting.administrators = Administrators {
            emails: vec!["khue@truong.edu.vn".to_owned()],
            ..Administrators::default()
        };
    })
    .await;
    for verified in [json!(false), json!(null)] {
        scene
            .provider
            .change(|it| it.claims = json!({ "email_verified": verified }));
        let (_, page) = scene.sign_in().await;
        assert_eq!(page.code().as_deref(), Some("OID-EMAIL"), "{verified}");
        assert_eq!(page.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(scene.site.count("persons").await, 0);
    scene
        .provider
        .change(|it| it.claims = json!({ "email_verified": true }));
    assert_signed_in(&scene.sign_in().await.1);
}

#[tokio::test]
async fn whoever_loses_the_role_at_the_provider_loses_it_here_with_the_next_sign_in() {
    let scene = Scene::set_with(|setting| {
        setting.administrators = Administrators {
            claim: Some("roles".to_owned()),
            claim_values: vec!["taynghe".to_owned()],
            ..Administrators::default()
        };
    })
    .await;
    scene
        .provider
        .change(|it| it.claims = json!({ "roles": ["taynghe"] }));
    let (browser, page) = scene.sign_in().await;
    assert_signed_in(&page);
    scene.provider.change(|it| it.claims = json!({ "roles": [] }));
    assert_eq!(scene.sign_in().await.1.code().as_deref(), Some("OID-ROLE"));
    assert_eq!(
        browser.get(page.url.as_str()).await.code().as_deref(),
        Some("WEB-SESSION")
    );
    assert_eq!(scene.site.count("organisation_roles").await, 0);
    let trail = scene
        .site
        .database
        .texts("SELECT action FROM audit_records ORDER BY id")
        .await;
    assert_eq!(trail, ["administrator.sign-in", "administrator.role-ended"]);
}

#[tokio::test]
async fn each_administrator_sees_only_their_organisation() {
    let clock = Clock::system();
    let (one, other) = (OpenIdProvider::start(&clock), OpenIdProvider::start(&clock));
    let settings = vec![
        one.as_setting("one", Some("Trường A")),
        other.as_setting("other", Some("Trường B")),
    ];
    let site = TestSite::start_with(clock, settings).await;
    let theirs = site.connect(Some("Trường A")).await;
    let entrance = site.browser().get("/administration").await;
    assert_eq!(
        entrance.attributes("a.button", "href"),
        ["/sign-in/one", "/sign-in/other"]
    );
    assert!(
        entrance.all_text().contains("Trường B"),
        "{}",
        entrance.all_text()
    );

    let browser = site.browser();
    let page_a = browser.get("/sign-in/one").await;
    assert_signed_in(&page_a);
    assert!(page_a.all_text().contains(&theirs.client_id));
    let page_b = browser.get("/sign-in/other").await;
    assert_signed_in(&page_b);
    assert!(
        !page_b.all_text().contains(&theirs.client_id),
        "{}",
        page_b.all_text()
    );
    let path = format!(
        "{}/registrations/{}/disable",
        page_b.url.path(),
        theirs.registration_id
    );
    let refused = browser.post(&path, &[("csrf", &page_b.csrf())]).await;
    assert_eq!(refused.code().as_deref(), Some("WEB-NOT-FOUND"));
    // The same subject of another provider is another person.
    assert_eq!(site.count("persons").await, 2);
    // The first session goes on under the browser's new cookie.
    assert_signed_in(&browser.get(page_a.url.as_str()).await);
}

#[tokio::test]
async fn a_planted_cookie_is_worth_nothing_after_the_sign_in() {
    let scene = Scene::set().await;
    let (browser, page) = scene.sign_in().await;
    assert_signed_in(&page);
    let planted = browser
        .cookie("localhost", "__Host-taynghe-browser")
        .expect("a cookie");
    let page = browser.get("/sign-in/college").await;
    assert_signed_in(&page);
    let renewed = browser
        .cookie("localhost", "__Host-taynghe-browser")
        .expect("a cookie");
    assert_ne!(planted, renewed);
    let cookie = (
        reqwest::header::COOKIE,
        format!("__Host-taynghe-browser={planted}"),
    );
    let stolen = scene
        .site
        .browser()
        .send(Method::GET, &page.url, &[cookie], None)
        .await;
    assert_eq!(stolen.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_ends_by_signing_out_and_by_itself() {
    let scene = Scene::set().await;
    let (browser, page) = scene.sign_in().await;
    let out = browser.submit(&page, "csrf", &[]).await;
    assert_eq!(out.url.path(), "/administration", "{}", out.all_text());
    assert_eq!(out.count(".notice.good"), 1);
    assert_eq!(
        browser.get(page.url.as_str()).await.code().as_deref(),
        Some("WEB-SESSION")
    );

    let page = browser.get("/sign-in/college").await;
    scene
        .site
        .clock
        .advance(Duration::hours(12) - Duration::seconds(5));
    assert_signed_in(&browser.get(page.url.as_str()).await);
    scene.site.clock.advance(Duration::seconds(10));
    assert_eq!(
        browser.get(page.url.as_str()).await.code().as_deref(),
        Some("WEB-SESSION")
    );
}

#[tokio::test]
async fn without_providers_the_entrance_tells_of_the_link() {
    let site = TestSite::start().await;
    let page = site.browser().get("/administration").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.count("a.button"), 0);
    assert!(
        page.all_text().contains("taynghe admin link"),
        "{}",
        page.all_text()
    );
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    let unknown = site.browser().get("/sign-in/college").await;
    assert_eq!(unknown.code().as_deref(), Some("OID-PROVIDER"));
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// What is wrong with a section stops the start, and the message names the setting.
#[test]
fn a_wrong_section_stops_the_start() {
    let check = |section: &str, code: i32, expected: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let config = folder.path().join("taynghe.toml");
        std::fs::write(folder.path().join("empty"), "\n").expect("a file");
        let whole = format!(
            "listen = \"127.0.0.1:0\"\n[sign_in.college]\nname = \"A\"\nclient_id = \"b\"\n{section}"
        );
        std::fs::write(&config, whole).expect("a file");
        let output = std::process::Command::new(tests::program())
            .args(["serve", "--config"])
            .arg(&config)
            .current_dir(folder.path())
            .env_clear()
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(expected), "{told}");
    };
    let rest = "issuer = \"https://a.vn\"\nadministrator_subjects = [\"s\"]\n";
    let missing = format!("{rest}client_secret_file = \"gone\"\n");
    check(&missing, 1, "sign_in.college.client_secret_file gone");
    let empty = format!("{rest}client_secret_file = \"empty\"\n");
    check(
        &empty,
        1,
        "sign_in.college.client_secret_file empty: the file is empty",
    );
    check(
        "client_secret_file = \"empty\"\n",
        2,
        "sign_in.college.issuer (in the settings file): it is missing",
    );
}
