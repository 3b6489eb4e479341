//! A platform that answers whatever a story wants: what the practice platform, which is a good one, cannot do.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Barrier,
    task::JoinHandle,
};

/// A small HTTP server with settable answers.
pub(crate) struct OddPlatform {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    replies: BTreeMap<String, Reply>,
    asked: Vec<String>,
    bearers: Vec<(String, String)>,
}

/// One answer.
#[derive(Clone)]
pub(crate) struct Reply {
    status: u16,
    headers: String,
    body: String,
    together: Option<Arc<Barrier>>,
}

impl Reply {
    pub(crate) fn new(status: u16, body: &str) -> Self {
        Self {
            status,
            headers: String::new(),
            body: body.to_owned(),
            together: None,
        }
    }

    pub(crate) fn redirect(location: &str) -> Self {
        Self {
            headers: format!("Location: {location}\r\n"),
            ..Self::new(302, "")
        }
    }
}

impl OddPlatform {
    /// Answers a right configuration and takes every registration, until told otherwise.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::<Mutex<Shared>>::default();
        let task = tokio::spawn(serve(listener, Arc::clone(&shared)));
        let platform = Self { origin, shared, task };
        platform.configure(|_| {});
        platform.answer("/register", Reply::new(200, &registered("client-1", Some("1"))));
        platform
    }

    /// Where the configuration is.
    pub(crate) fn configuration(&self) -> String {
        format!("{}/configuration", self.origin)
    }

    /// Sets the configuration to a right one with a change.
    pub(crate) fn configure(&self, change: impl FnOnce(&mut Value)) {
        let at = |path: &str| format!("{}/{path}", self.origin);
        let mut configuration = json!({
            "issuer": self.origin,
            "authorization_endpoint": at("auth"),
            "token_endpoint": at("token"),
            "jwks_uri": at("jwks"),
            "registration_endpoint": at("register"),
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "response_types_supported": ["id_token"],
            "https://purl.imsglobal.org/spec/lti-platform-configuration": { "product_family_code": "odd" },
        });
        change(&mut configuration);
        self.answer("/configuration", Reply::new(200, &configuration.to_string()));
    }

    /// Sets the answer of a path.
    pub(crate) fn answer(&self, path: &str, reply: Reply) {
        self.shared().replies.insert(path.to_owned(), reply);
    }

    /// Answers a path only once so many have asked for it, all at once.
    pub(crate) fn answer_together(&self, path: &str, how_many: usize) {
        let barrier = Arc::new(Barrier::new(how_many));
        let mut shared = self.shared();
        let reply = shared.replies.get_mut(path).expect("an answer to that path");
        reply.together = Some(barrier);
    }

    /// How many requests a path got.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.shared().asked.iter().filter(|asked| *asked == path).count()
    }

    /// The token of the last request to a path; empty without one.
    pub(crate) fn bearer(&self, path: &str) -> String {
        let shared = self.shared();
        let last = shared.bearers.iter().rev().find(|(asked, _)| asked == path);
        last.map(|(_, token)| token.clone()).unwrap_or_default()
    }

    fn shared(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for OddPlatform {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The answer of a platform that took the registration.
pub(crate) fn registered(client_id: &str, deployment_id: Option<&str>) -> String {
    let mut answer = json!({ "client_id": client_id });
    if let Some(id) = deployment_id {
        answer["https://purl.imsglobal.org/spec/lti-tool-configuration"] = json!({ "deployment_id": id });
    }
    answer.to_string()
}

async fn serve(listener: TcpListener, shared: Arc<Mutex<Shared>>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        tokio::spawn(answer(stream, Arc::clone(&shared)));
    }
}

// The body is read to its end, or closing the connection would cut the answer.
async fn answer(mut stream: TcpStream, shared: Arc<Mutex<Shared>>) {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    while !is_whole(&request) {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&piece[..read]),
        }
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
    let reply = {
        let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.asked.push(path.clone());
        shared.bearers.push((path.clone(), bearer_of(&text)));
        shared.replies.get(&path).cloned()
    };
    let Reply {
        status,
        headers,
        body,
        together,
    } = reply.unwrap_or_else(|| Reply::new(404, "not here"));
    if let Some(together) = together {
        together.wait().await;
    }
    let head = format!(
        "HTTP/1.1 {status} Odd\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    // A client that has gone is no matter.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}

fn bearer_of(request: &str) -> String {
    let lines = request.lines().filter_map(|line| line.split_once(':'));
    let mut headers = lines.filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    let value = headers.next().map(|(_, value)| value.trim()).unwrap_or_default();
    value.strip_prefix("Bearer ").unwrap_or_default().to_owned()
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    request.len() >= head.len() + 4 + length.unwrap_or(0)
}
