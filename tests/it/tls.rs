//! Our own https: only TLS 1.2 and later, a certificate that is replaced without a restart, plain http led to https.

#![expect(clippy::disallowed_methods, reason = "a test has an HTTP client of its own")]

use std::{
    net::{SocketAddr, TcpListener},
    process::{Command, Stdio},
    sync::Arc,
};

use reqwest::{StatusCode, redirect::Policy};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, SupportedProtocolVersion,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
    version::{TLS12, TLS13},
};
use tempfile::TempDir;
use tests::{Program, free_port, program};

/// Certificate and key for localhost, as PEM.
struct Pair {
    chain: String,
    key: String,
}

fn pair() -> Pair {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    Pair {
        chain: made.cert.pem(),
        key: made.signing_key.serialize_pem(),
    }
}

/// The program on its own https, and what it was started with.
struct Service {
    program: Program,
    port: u16,
    redirect_port: u16,
    folder: TempDir,
}

impl Service {
    async fn start(pair: &Pair) -> Self {
        let (port, redirect_port) = (free_port(), free_port());
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str| folder.path().join(name);
        std::fs::write(file("c.pem"), &pair.chain).expect("a file");
        std::fs::write(file("k.pem"), &pair.key).expect("a file");
        let program = Program::start(
            Command::new(program())
                .arg("serve")
                .current_dir(folder.path())
                .env_clear()
                .env("TAYNGHE_LISTEN", format!("127.0.0.1:{port}"))
                .env("TAYNGHE_PUBLIC_URL", format!("https://localhost:{port}"))
                .env("TAYNGHE_TLS_CERTIFICATE_FILE", "c.pem")
                .env("TAYNGHE_TLS_KEY_FILE", "k.pem")
                .env(
                    "TAYNGHE_HTTP_REDIRECT_LISTEN",
                    format!("127.0.0.1:{redirect_port}"),
                )
                .env("TAYNGHE_LOG_LEVEL", "error"),
            &[port, redirect_port],
        )
        .await;
        Self {
            program,
            port,
            redirect_port,
            folder,
        }
    }

    fn replace(&self, pair: &Pair) {
        std::fs::write(self.folder.path().join("c.pem"), &pair.chain).expect("a file");
        std::fs::write(self.folder.path().join("k.pem"), &pair.key).expect("a file");
    }

    fn hang_up(&self) {
        let sent = Command::new("kill")
            .args(["-HUP", &self.program.0.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    }

    /// True when a new connection is served with this certificate.
    async fn serves(&self, pair: &Pair) -> bool {
        let client = client(pair);
        let answer = client
            .get(format!("https://localhost:{}/healthz", self.port))
            .send()
            .await;
        answer.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }
}

fn client(pair: &Pair) -> reqwest::Client {
    let trusted = reqwest::Certificate::from_pem(pair.chain.as_bytes()).expect("a certificate");
    reqwest::Client::builder()
        .tls_certs_only([trusted])
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

/// The version that the server agrees to when the client offers only this one.
fn negotiate(port: u16, pair: &Pair, version: &'static SupportedProtocolVersion) -> Option<String> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(pair.chain.as_bytes()).expect("a certificate");
    roots.add(certificate).expect("a root");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).expect("a socket");
    while connection.is_handshaking() {
        connection.complete_io(&mut socket).ok()?;
    }
    connection
        .protocol_version()
        .map(|version| format!("{version:?}"))
}

/// The first bytes of the answer to a handshake that offers TLS 1.1 at most.
fn offer_tls_1_1(port: u16) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut hello = vec![0x03, 0x02];
    hello.extend([7; 32]);
    hello.extend([0, 0, 2, 0xc0, 0x13, 1, 0]);
    let length = u8::try_from(hello.len()).expect("a short hello");
    let mut record = vec![0x16, 0x03, 0x01, 0, length + 4, 0x01, 0, 0, length];
    record.extend(hello);
    let mut socket = std::net::TcpStream::connect(("127.0.0.1", port)).expect("a socket");
    socket.write_all(&record).expect("the hello is sent");
    let mut answer = Vec::new();
    let _cut_off = socket.read_to_end(&mut answer);
    answer
}

#[tokio::test]
async fn https_without_a_proxy() {
    let first = pair();
    let service = Service::start(&first).await;
    assert!(service.serves(&first).await);
    let page = client(&first)
        .get(format!("https://localhost:{}/", service.port))
        .send()
        .await
        .expect("an answer");
    assert_eq!(page.status(), StatusCode::OK);
    assert!(
        page.headers().contains_key("strict-transport-security"),
        "{:?}",
        page.headers()
    );
    assert_eq!(
        negotiate(service.port, &first, &TLS13).as_deref(),
        Some("TLSv1_3")
    );
    assert_eq!(
        negotiate(service.port, &first, &TLS12).as_deref(),
        Some("TLSv1_2")
    );
    let refused = offer_tls_1_1(service.port);
    assert_eq!(
        refused.first(),
        Some(&0x15),
        "an alert, no handshake: {refused:?}"
    );
    assert!(
        !service.serves(&pair()).await,
        "another certificate is not trusted"
    );

    let plain = format!(
        "http://localhost:{}/administration?language=de",
        service.redirect_port
    );
    let led = client(&first).get(plain).send().await.expect("an answer");
    assert_eq!(led.status(), StatusCode::PERMANENT_REDIRECT);
    let there = format!("https://localhost:{}/administration?language=de", service.port);
    assert_eq!(led.headers()["location"].to_str().expect("ASCII"), there);
}

#[tokio::test]
async fn the_certificate_is_read_again_without_a_restart() {
    let (first, second) = (pair(), pair());
    let service = Service::start(&first).await;
    let standing = client(&first);
    let address = format!("https://localhost:{}/healthz", service.port);
    assert!(standing.get(&address).send().await.is_ok());
    service.replace(&second);
    service.hang_up();
    while !service.serves(&second).await {
        tokio::task::yield_now().await;
    }
    assert!(!service.serves(&first).await);
    assert!(
        standing.get(&address).send().await.is_ok(),
        "the connection that stands goes on"
    );

    // Half of a renewal: the key of another certificate. The former pair stays.
    std::fs::write(service.folder.path().join("k.pem"), &first.key).expect("a file");
    service.hang_up();
    assert!(service.serves(&second).await);
    service.replace(&first);
    service.hang_up();
    while !service.serves(&first).await {
        tokio::task::yield_now().await;
    }
}

#[test]
fn pairs_that_do_not_fit_are_refused() {
    #[track_caller]
    fn check(chain: &str, key: &str, expected: &str) {
        let error = web::Certificate::from_pem(chain.as_bytes(), key.as_bytes()).expect_err("no certificate");
        assert!(error.to_string().contains(expected), "{error}");
    }
    let (one, other) = (pair(), pair());
    assert!(web::Certificate::from_pem(one.chain.as_bytes(), one.key.as_bytes()).is_ok());
    check(&one.chain, &other.key, "cannot be used with this certificate");
    check("", &one.key, "no certificate");
    check(&one.key, &one.key, "no certificate");
    check(&one.chain, "", "no private key");
    check(&one.chain, &one.chain, "no private key");
}

/// A file that is not there stops the start, and the message names the setting.
#[test]
fn a_missing_file_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    drop(listener);
    let output = Command::new(program())
        .arg("serve")
        .current_dir(folder.path())
        .env_clear()
        .env("TAYNGHE_LISTEN", address.to_string())
        .env("TAYNGHE_PUBLIC_URL", "https://localhost")
        .env("TAYNGHE_TLS_CERTIFICATE_FILE", "c.pem")
        .env("TAYNGHE_TLS_KEY_FILE", "k.pem")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("tls_certificate_file c.pem"), "{told}");
}
