//! A platform after a file of tests/data/platforms: key set, access tokens, one line item, scores. It is reached at two
//! origins, as a platform whose services live on another host.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use lti::testing::{PLATFORM_KEY_PEM, launch_header, platform_key_set_json, sign_with};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub(crate) struct Double {
    /// `http://127.0.0.1:PORT`.
    pub(crate) issuer: String,
    /// The same, or `http://localhost:PORT`.
    pub(crate) services: String,
    pub(crate) profile: Value,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Double {
    pub(crate) async fn start(name: &str) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/platforms");
        let text = std::fs::read_to_string(format!("{folder}/{name}.json")).expect("a profile");
        let profile: Value = serde_json::from_str(&text).expect("JSON");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let issuer = format!("http://127.0.0.1:{port}");
        let services = match profile["services_elsewhere"] == true {
            true => format!("http://localhost:{port}"),
            false => issuer.clone(),
        };
        let seen = Arc::<Mutex<Vec<Request>>>::default();
        let task = tokio::spawn(serve(
            listener,
            profile.clone(),
            issuer.clone(),
            Arc::clone(&seen),
        ));
        Self {
            issuer,
            services,
            profile,
            seen,
            task,
        }
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.profile[name].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn deployment_id(&self) -> String {
        self.profile["claims"][lti::claim::DEPLOYMENT_ID]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    /// The launch of the profile, signed.
    pub(crate) fn sign(&self, fill: &[(&str, &str)], now: i64) -> String {
        let mut claims = self.profile["claims"].to_string();
        let own = [
            ("issuer", self.issuer.as_str()),
            ("services", &self.services),
            ("client_id", self.profile["client_id"].as_str().expect("an id")),
        ];
        for (name, value) in own.iter().chain(fill) {
            claims = claims.replace(&format!("{{{name}}}"), value);
        }
        let mut claims: Value = serde_json::from_str(&claims).expect("JSON");
        claims["iat"] = now.into();
        claims["exp"] = (now + self.profile["lifetime_seconds"].as_i64().expect("a number")).into();
        sign_with(
            PLATFORM_KEY_PEM,
            &launch_header().to_string(),
            &claims.to_string(),
        )
    }

    pub(crate) fn requests(&self, ending: &str) -> Vec<Request> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter()
            .filter(|request| request.path.ends_with(ending))
            .cloned()
            .collect()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, profile: Value, issuer: String, seen: Arc<Mutex<Vec<Request>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, profile.clone(), issuer.clone(), Arc::clone(&seen)));
    }
}

async fn answer(mut stream: TcpStream, profile: Value, issuer: String, seen: Arc<Mutex<Vec<Request>>>) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    let (status, body) = reply(&profile, &issuer, &request);
    seen.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    let head = format!(
        "HTTP/1.1 {status} Double\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that has gone is no matter.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}

fn reply(profile: &Value, issuer: &str, request: &Request) -> (u16, String) {
    let authorised = request
        .headers
        .get("authorization")
        .is_some_and(|value| value == "Bearer granted");
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/keys") => (200, key_set(profile["key_set_names_algorithm"] == true)),
        ("POST", "/token") => token(profile, issuer, &request.body),
        ("POST", path) if path.ends_with("/scores") && authorised => {
            let body = profile["scores"][0]["body"].as_str().expect("a body");
            (200, body.to_owned())
        }
        ("GET", _) if authorised => (200, "[]".to_owned()),
        _ if !authorised => (401, "{}".to_owned()),
        _ => (404, "{}".to_owned()),
    }
}

fn key_set(names_algorithm: bool) -> String {
    let mut set: Value = serde_json::from_str(&platform_key_set_json()).expect("JSON");
    if !names_algorithm {
        for key in set["keys"].as_array_mut().expect("keys") {
            key.as_object_mut().expect("a key").remove("alg");
        }
    }
    set.to_string()
}

/// Grants what the profile grants, to who names the right audience.
fn token(profile: &Value, issuer: &str, body: &str) -> (u16, String) {
    let form: BTreeMap<String, String> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let claims = form["client_assertion"].split('.').nth(1).expect("claims");
    let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64url");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    let own = format!("{issuer}/token");
    let audience = profile["token_audience"].as_str().unwrap_or(&own);
    if claims["aud"] != audience || claims["iss"] != profile["client_id"] || claims["sub"] != claims["iss"] {
        return (
            400,
            json!({"error": "invalid_client", "error_description": "aud"}).to_string(),
        );
    }
    let granted: Vec<&str> = form["scope"]
        .split(' ')
        .filter(|scope| {
            profile["granted"]
                .as_array()
                .expect("scopes")
                .contains(&json!(scope))
        })
        .collect();
    let token = json!({
        "access_token": "granted", "token_type": "Bearer", "expires_in": 3600, "scope": granted.join(" "),
    });
    (200, token.to_string())
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let headers: BTreeMap<String, String> = (head.lines().skip(1))
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let length = headers
            .get("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        if body.len() >= length {
            let mut first = head.split(' ');
            return Some(Request {
                method: first.next()?.to_owned(),
                path: first.next()?.to_owned(),
                headers,
                body: body.to_owned(),
            });
        }
    }
}
