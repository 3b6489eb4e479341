//! The programs that a story starts beside itself: taynghe as it was built with
//! this test, or a proxy before it. Settings stand in the stories.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
};

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
