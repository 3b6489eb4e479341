//! The programs that a story starts beside itself: taynghe as it was built with
//! this test, or a proxy before it. Settings stand in the stories.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};

use storage::DatabaseUrl;

use crate::{Browser, TestSite};

/// Killed with the test, too, when the test fails.
pub struct Program(pub Child);

impl Program {
    /// Starts it and waits until each of the ports takes connections.
    pub async fn start(command: &mut Command, ports: &[u16]) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        let mut program = Self(child.expect("the program starts"));
        for port in ports {
            while tokio::net::TcpStream::connect(("127.0.0.1", *port))
                .await
                .is_err()
            {
                let ended = program.0.try_wait().expect("its state");
                assert!(ended.is_none(), "it has ended: {ended:?}");
                tokio::task::yield_now().await;
            }
        }
        program
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().expect("SIGKILL");
        self.0.wait().expect("the end");
    }
}

impl TestSite {
    /// The program itself, built beside this test, on this site's database, with some more settings. It knows the
    /// sessions of this site, and browsers send it their cookies: these go by host.
    pub async fn start_program(&self, port: u16, settings: &[(&str, &str)]) -> Program {
        let database = match &self.database.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let origin = format!("http://localhost:{port}");
        let key = std::env::temp_dir().join(format!("taynghe-test-{port}.key"));
        std::fs::write(&key, [7; 32]).expect("a key file");
        let mut command = Command::new(program());
        command
            .arg("serve")
            .env_clear()
            .env("TAYNGHE_LISTEN", format!("127.0.0.1:{port}"))
            .env("TAYNGHE_PUBLIC_URL", &origin)
            .env("TAYNGHE_DATABASE_URL", database)
            .env("TAYNGHE_SECRET_KEY_FILE", &key)
            .env("TAYNGHE_LOG_LEVEL", "error")
            .envs(settings.iter().copied());
        let program = Program::start(&mut command, &[port]).await;
        let ready = Browser::new(&origin).get("/readyz").await;
        assert!(ready.status.is_success(), "{}", ready.body);
        std::fs::remove_file(key).expect("the key file was read");
        program
    }
}

/// The program taynghe of the same build.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let folder = test.ancestors().nth(2).expect("the folder of the build");
    let program = folder.join("taynghe");
    assert!(
        program.exists(),
        "build the program first: cargo build --workspace --all-targets"
    );
    program
}

/// A port of our own that nobody listens on. It lies below those that the system
/// gives to outgoing connections: whoever tries one of these again and again
/// until somebody listens is connected to themselves in the end.
pub fn free_port() -> u16 {
    const FIRST: u16 = 15_000;
    const MANY: u16 = 10_000;
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // two runs beside each other begin at different places
    let run = (std::process::id() % u32::from(MANY)) as u16;
    loop {
        let port = FIRST + run.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % MANY;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
