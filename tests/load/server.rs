//! The server under load: a process of its own.

use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use crate::{
    measure::{Cost, cpu_time, processes, resident_mib},
    setup::Setup,
};

const START_LIMIT: Duration = Duration::from_secs(20);

/// A running `taynghe serve`.
pub struct Server {
    child: Child,
    process: u32,
    counts_postgres: bool,
    /// From the start of the process to the first answer of `/healthz`.
    pub time_to_first_answer: Duration,
}

impl Server {
    /// Starts one on the set-up's database and waits until it answers.
    pub async fn start(setup: &Setup) -> Self {
        let program = std::env::var("TAYNGHE_BIN").expect("TAYNGHE_BIN names the program");
        let began = Instant::now();
        let child = Command::new(program)
            .arg("serve")
            .env_remove("TAYNGHE_BIN")
            .env_remove("TAYNGHE_TEST_DATABASE")
            .envs(setup.environment())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let process = child.id().expect("a process");
        while tokio::net::TcpStream::connect(setup.listen).await.is_err() {
            assert!(began.elapsed() < START_LIMIT, "the server does not listen");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let answer = reqwest::get(format!("{}/healthz", setup.url))
            .await
            .expect("an answer");
        assert!(answer.status().is_success());
        Self {
            child,
            process,
            counts_postgres: setup.is_postgres(),
            time_to_first_answer: began.elapsed(),
        }
    }

    /// CPU time so far.
    pub fn cost(&self) -> Cost {
        let database = if self.counts_postgres {
            processes("postgres").into_iter().map(cpu_time).sum()
        } else {
            Duration::ZERO
        };
        Cost {
            server: cpu_time(self.process),
            database,
        }
    }

    /// Resident memory now, in MiB.
    pub fn resident_mib(&self) -> f64 {
        resident_mib(self.process)
    }

    /// Stops it gracefully.
    pub async fn stop(mut self) {
        Command::new("kill")
            .arg(self.process.to_string())
            .status()
            .await
            .expect("kill");
        self.child.wait().await.expect("the end");
    }
}
