//! A platform on a free port with one tool, and the requests that a tool and a browser make of it.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use practice_platform::{
    COURSE, KeySource, LoginInitiation, Options, PracticePlatform, SigningKey, ToolConfig,
};
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::support::{CLIENT, SCORE, activity, column, tool_key};

/// Where the tool would be; nobody listens there.
pub const TOOL: &str = "http://localhost:8190";

/// A platform that listens, with one tool and one activity.
pub struct Site {
    pub platform: PracticePlatform,
    pub client: Client,
}

impl Site {
    pub fn start() -> Self {
        Self::with_keys(KeySource::Inline(json!({ "keys": [tool_key().public_jwk()] })))
    }

    pub fn with_keys(keys: KeySource) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let platform = PracticePlatform::new(Options::new(&origin));
        platform.add_tool(ToolConfig {
            client_id: Some(CLIENT.into()),
            keys,
            deep_linking_url: Some(format!("{TOOL}/dl")),
            redirect_uris: vec![format!("{TOOL}/launch"), format!("{TOOL}/dl")],
            ..ToolConfig::new("Tool", &format!("{TOOL}/login"), &format!("{TOOL}/launch"), "")
        });
        activity(&platform, COURSE, 1, 2, "Quiz", column(10.0, "quiz-1", ""));
        tokio::spawn(platform.server(listener).unwrap());
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self { platform, client }
    }

    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.platform.origin())
    }

    /// The authentication request that a right tool makes of an initiation, with some fields changed.
    pub async fn authenticate(&self, initiation: &LoginInitiation, changed: &[(&str, &str)]) -> Response {
        let mut fields: Vec<(String, String)> = [
            ("scope", "openid"),
            ("response_type", "id_token"),
            ("response_mode", "form_post"),
            ("prompt", "none"),
            ("client_id", initiation.field("client_id").unwrap()),
            ("redirect_uri", "http://localhost:8190/launch"),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("login_hint", initiation.field("login_hint").unwrap()),
            ("lti_message_hint", initiation.field("lti_message_hint").unwrap()),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        for (name, value) in changed {
            fields.retain(|(known, _)| known != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.client
            .get(self.at("/mod/lti/auth.php"))
            .query(&fields)
            .send()
            .await
            .unwrap()
    }

    /// The rules that the checker named, in order.
    pub fn rules(&self) -> Vec<&'static str> {
        self.platform
            .problems()
            .into_iter()
            .map(|problem| problem.rule)
            .collect()
    }

    /// A browser signed in as this person: its cookie.
    pub async fn sign_in(&self, user: i64) -> String {
        let form = [("user", user.to_string())];
        let answer = self
            .client
            .post(self.at("/login/index.php"))
            .form(&form)
            .send()
            .await
            .unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        assert!(
            !cookie.contains("SameSite") && !cookie.contains("Secure"),
            "as Moodle's: {cookie}"
        );
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A page as a signed-in browser sees it.
    pub async fn page(&self, cookie: &str, path: &str) -> String {
        let answer = self
            .client
            .get(self.at(path))
            .header("cookie", cookie)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    /// Asks for a token with the score scope: status and document.
    pub async fn token(&self, key: &SigningKey) -> (u16, Value) {
        let now = chrono::Utc::now().timestamp();
        let assertion = key.sign(&json!({
            "iss": CLIENT, "sub": CLIENT, "aud": self.at("/mod/lti/token.php"),
            "iat": now - 5, "exp": now + 300, "jti": format!("{:p}{now}", &now),
        }));
        let form = [
            ("grant_type", "client_credentials"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", assertion.as_str()),
            ("scope", SCORE),
        ];
        let answer = self
            .client
            .post(self.at("/mod/lti/token.php"))
            .form(&form)
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        (
            status,
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null),
        )
    }

    /// Posts a score of user 5 to the activity's column.
    pub async fn score(&self, token: &str, stamp: &str, given: f64) -> Result<Response, reqwest::Error> {
        let body = json!({
            "userId": "5", "timestamp": stamp, "activityProgress": "Completed",
            "gradingProgress": "FullyGraded", "scoreGiven": given, "scoreMaximum": 10, "comment": "",
        });
        self.client
            .post(self.at("/mod/lti/services.php/2/lineitems/2/lineitem/scores?type_id=1"))
            .bearer_auth(token)
            .header("content-type", "application/vnd.ims.lis.v1.score+json")
            .body(body.to_string())
            .send()
            .await
    }
}

/// Claims of a signed token, as text and as JSON.
pub fn claims(token: &str) -> (String, Value) {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let text = String::from_utf8(payload).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    (text, value)
}
