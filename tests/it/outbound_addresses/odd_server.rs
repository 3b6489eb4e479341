//! A server that answers every request in one odd way, and counts.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use serde_json::json;

/// What it does with each request.
#[derive(Debug, Clone)]
pub(super) enum Behaviour {
    /// 200 with this JSON.
    Json(String),
    /// A platform's configuration whose registration endpoint is this.
    Configuration(String),
    /// An access token, or a page of members whose next one is there.
    NextPage(String),
    /// This status, and there it is.
    Redirect(u16, String),
    /// White space, packed to a thousandth of its size.
    Bomb,
    /// White space without an end.
    Endless,
    /// A byte now and then, without an end.
    Drip,
    /// Nothing until the caller is gone.
    Silence,
}

pub(super) struct OddServer {
    address: SocketAddr,
    counts: Arc<Counts>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    bytes: AtomicUsize,
    ended: AtomicBool,
}

impl OddServer {
    /// Listens on a free port of an address.
    pub(super) fn start(address: &str, behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind((address, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let counts = Arc::<Counts>::default();
        let thread = std::thread::spawn({
            let counts = Arc::clone(&counts);
            move || {
                for connection in listener.incoming() {
                    if counts.ended.load(Ordering::SeqCst) {
                        return;
                    }
                    counts.connections.fetch_add(1, Ordering::SeqCst);
                    // The caller may have gone away, and often has: that is what it should do.
                    let _gone =
                        connection.and_then(|connection| serve(connection, address, &behaviour, &counts));
                }
            }
        });
        Self {
            address,
            counts,
            thread: Some(thread),
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// What the callers took, and what stands in the system's buffers.
    pub(super) fn bytes_sent(&self) -> usize {
        self.counts.bytes.load(Ordering::SeqCst)
    }
}

impl Drop for OddServer {
    fn drop(&mut self) {
        self.counts.ended.store(true, Ordering::SeqCst);
        // Wakes it up.
        let _connected = TcpStream::connect(("127.0.0.1", self.address.port()));
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

fn serve(
    mut stream: TcpStream,
    address: SocketAddr,
    behaviour: &Behaviour,
    counts: &Counts,
) -> std::io::Result<()> {
    let request = read(&mut stream)?;
    let mut send = |bytes: &[u8]| {
        counts.bytes.fetch_add(bytes.len(), Ordering::SeqCst);
        stream.write_all(bytes)
    };
    match behaviour {
        Behaviour::Json(json) => send(&whole("200 OK", "", json)),
        Behaviour::Configuration(endpoint) => send(&whole("200 OK", "", &configuration(address, endpoint))),
        Behaviour::NextPage(_) if request.starts_with("POST") => {
            let token = json!({"access_token": "odd", "token_type": "Bearer", "expires_in": 3600,
                "scope": "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"});
            send(&whole("200 OK", "", &token.to_string()))
        }
        Behaviour::NextPage(next) => {
            let members =
                json!({"context": {"id": "2"}, "members": [{"user_id": "5", "roles": ["Learner"]}]});
            let link = format!("link: <{next}>; rel=\"next\"\r\n");
            send(&whole("200 OK", &link, &members.to_string()))
        }
        Behaviour::Redirect(status, to) => send(&whole(
            &format!("{status} Elsewhere"),
            &format!("location: {to}\r\n"),
            "",
        )),
        Behaviour::Bomb => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";
            send(head.as_bytes())?;
            send(&bomb())
        }
        Behaviour::Endless => {
            send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n")?;
            let piece = [b' '; 64 * 1024];
            loop {
                send(&piece)?;
            }
        }
        Behaviour::Drip => {
            send(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n")?;
            loop {
                std::thread::sleep(Duration::from_millis(50));
                send(b" ")?;
            }
        }
        Behaviour::Silence => stream.read(&mut [0]).map(drop),
    }
}

// Many times what any answer may be.
fn bomb() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let piece = [b' '; 64 * 1024];
    for _ in 0..256 {
        packed.write_all(&piece).expect("memory");
    }
    packed.finish().expect("memory")
}

fn configuration(address: SocketAddr, endpoint: &str) -> String {
    let at = |path: &str| format!("http://{address}/{path}");
    let configuration = json!({
        "issuer": format!("http://{address}"),
        "authorization_endpoint": at("auth"),
        "token_endpoint": at("token"),
        "jwks_uri": at("jwks"),
        "registration_endpoint": endpoint,
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "response_types_supported": ["id_token"],
        "https://purl.imsglobal.org/spec/lti-platform-configuration": {"product_family_code": "odd"},
    });
    configuration.to_string()
}

fn whole(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body.as_bytes()].concat()
}

fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut request = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let read = stream.read(&mut bytes)?;
        request.extend_from_slice(&bytes[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if read == 0 {
                return Ok(text);
            }
            continue;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse().ok())?
        });
        if read == 0 || body.len() >= length.unwrap_or(0) {
            return Ok(text);
        }
    }
}
