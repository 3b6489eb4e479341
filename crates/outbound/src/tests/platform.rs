//! A web server for one test: it answers as the test's function says, down to the raw bytes, and remembers what it was
//! asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What came in.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// Method and path with query: `GET /jwks?a=b`.
    pub(super) line: String,
    /// The head's lines as sent.
    head: String,
    pub(super) body: String,
}

impl Request {
    /// A header's value, empty when it is missing.
    pub(super) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found = lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.trim())
    }
}

/// What goes out.
pub(super) enum Reply {
    /// These bytes, then the end.
    Bytes(Vec<u8>),
    /// These bytes (or none), then nothing until the caller gives up.
    Silence(&'static str),
}

/// An answer with a body; `headers` are whole lines, each with `\r\n` behind it.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n");
    Reply::Bytes([head.as_bytes(), body.as_bytes()].concat())
}

/// 200 with JSON.
pub(super) fn json(body: &str) -> Reply {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

pub(super) struct Platform {
    pub(super) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    server: JoinHandle<()>,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Platform {
    /// Listens on a free port of loopback.
    pub(super) async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Platform {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, reply) = (Arc::clone(&requests), Arc::new(reply));
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), Arc::clone(&reply)));
            }
        });
        Platform {
            port,
            requests,
            server,
        }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// All requests so far.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The first lines of all requests so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.line).collect()
    }
}

async fn serve<F: Fn(&Request) -> Reply>(
    mut stream: TcpStream,
    kept: Arc<Mutex<Vec<Request>>>,
    reply: Arc<F>,
) {
    let Some(request) = read(&mut stream).await else {
        return;
    };
    kept.lock().unwrap().push(request.clone());
    match reply(&request) {
        Reply::Bytes(bytes) => {
            // A caller who has seen enough hangs up; that is what some tests are about.
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::Silence(bytes) => {
            let _ = stream.write_all(bytes.as_bytes()).await;
            let _ = stream.read_u8().await;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let (first, rest) = head.split_once("\r\n").unwrap_or((head, ""));
        let line = first.trim_end_matches(" HTTP/1.1").to_owned();
        let request = Request {
            line,
            head: rest.to_owned(),
            body: body.to_owned(),
        };
        if body.len() >= request.header("content-length").parse().unwrap_or(0) {
            return Some(request);
        }
    }
}
