//! The load program: plays browsers and a platform against a release build of
//! `taynghe serve`, and prints figures for docs/performance.md. It measures the
//! server's own CPU time (user + system) from /proc, so that its own work and
//! that of others on the machine does not count.
//!
//! `TAYNGHE_BIN=target/release/taynghe load [postgres://…]`. Bounded: it stops by
//! itself. `load marks` measures the functions of marking and statistics alone,
//! `load regrade [postgres://…]` a whole regrade over a database, and
//! `load lessons [postgres://…]` guests who read courses.

#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own, with arguments, clock and client of its own"
)]

mod client;
mod lessons;
mod measure;
mod regrade;
mod regrade_job;
mod server;
mod setup;
mod statistics;
mod types;

use std::time::Duration;

use client::Person;
use measure::{Cost, per_call, percentile};
use server::Server;
use setup::Setup;

const LAUNCHES: usize = 2_000;
const ROUNDS: usize = 5;
const AT_ONCE: usize = 8;
const SESSIONS: usize = 3_000;
const SAVERS: usize = 200;
const SAVES: usize = 6_000;
const SAVES_AT_ONCE: usize = 32;
const PAGES: usize = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, file] = arguments.as_slice()
        && word == lessons::STATIC
    {
        return lessons::serve(file);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(run(&arguments));
}

async fn run(arguments: &[String]) {
    let only = |what: &str| arguments.iter().any(|argument| argument == what);
    if !only("regrade") && !only("lessons") {
        statistics::measure();
        types::measure();
        regrade::measure();
    }
    if only("marks") {
        return;
    }
    let _installed_before = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let database = arguments
        .iter()
        .find(|argument| argument.starts_with("postgres"))
        .cloned();
    let setup = Setup::make(database).await;
    println!("database: {}", setup.database_kind());
    let verification = setup.raw_verification();
    println!(
        "one raw RSA-2048 verification: {:.3} ms",
        verification.as_secs_f64() * 1000.0
    );
    if only("regrade") {
        let server = Server::start(&setup).await;
        regrade_job::measure(&setup, &server).await;
        return server.stop().await;
    }
    if only("lessons") {
        let server = Server::start(&setup).await;
        lessons::measure(&setup, &server).await;
        return server.stop().await;
    }
    start_up(&setup).await;
    let server = Server::start(&setup).await;
    lessons::measure(&setup, &server).await;
    launches(&setup, &server).await;
    println!("resident after the launches: {:.1} MiB", server.resident_mib());
    let people = sessions(&setup, SESSIONS).await;
    println!(
        "resident with {SESSIONS} open sessions: {:.1} MiB",
        server.resident_mib()
    );
    attempts(&server, people).await;
    regrade_job::measure(&setup, &server).await;
    println!("resident at the end: {:.1} MiB", server.resident_mib());
    server.stop().await;
}

async fn start_up(setup: &Setup) {
    // The first start makes database and keys; what counts is every later one.
    Server::start(setup).await.stop().await;
    let mut times = Vec::new();
    for _ in 0..5 {
        let server = Server::start(setup).await;
        times.push(server.time_to_first_answer);
        server.stop().await;
    }
    println!(
        "process start to the first answer: {:.0} ms",
        percentile(&mut times, 50).as_secs_f64() * 1000.0
    );
}

async fn launches(setup: &Setup, server: &Server) {
    for round in 0..ROUNDS {
        let before = server.cost();
        let began = std::time::Instant::now();
        let mut times = in_parallel(LAUNCHES, AT_ONCE, |number| {
            let setup = setup.clone();
            async move {
                let began = std::time::Instant::now();
                Person::launch(&setup, number % 500, number % 20).await;
                began.elapsed()
            }
        })
        .await;
        report(
            "launch",
            round,
            server.cost() - before,
            began.elapsed(),
            &mut times,
        );
    }
}

async fn sessions(setup: &Setup, count: usize) -> Vec<Person> {
    in_parallel(count, AT_ONCE, |number| {
        let setup = setup.clone();
        async move { Person::launch(&setup, number, number % 20).await }
    })
    .await
}

async fn attempts(server: &Server, people: Vec<Person>) {
    let mut writers = Vec::new();
    for mut person in people.into_iter().take(SAVERS) {
        person.start_attempt().await;
        writers.push(std::sync::Arc::new(tokio::sync::Mutex::new(person)));
    }
    for round in 0..ROUNDS {
        let before = server.cost();
        let began = std::time::Instant::now();
        let mut times = in_parallel(SAVES, SAVES_AT_ONCE, |number| {
            let person = std::sync::Arc::clone(&writers[number % SAVERS]);
            async move {
                let mut person = person.lock().await;
                let began = std::time::Instant::now();
                person.save_answer().await;
                began.elapsed()
            }
        })
        .await;
        report(
            "answer save",
            round,
            server.cost() - before,
            began.elapsed(),
            &mut times,
        );
    }
    let before = server.cost();
    let began = std::time::Instant::now();
    let mut times = in_parallel(PAGES, AT_ONCE, |number| {
        let person = std::sync::Arc::clone(&writers[number % SAVERS]);
        async move {
            let person = person.lock().await;
            let began = std::time::Instant::now();
            person.open_attempt().await;
            began.elapsed()
        }
    })
    .await;
    report(
        "attempt page",
        0,
        server.cost() - before,
        began.elapsed(),
        &mut times,
    );
    println!(
        "attempt page: {} bytes compressed",
        writers[0].lock().await.attempt_page_bytes().await
    );
}

fn report(what: &str, round: usize, cost: Cost, wall: Duration, times: &mut [Duration]) {
    println!(
        "{what}, round {}: {:.3} ms server CPU, {:.3} ms database CPU, {:.0}/s, p50 {:.1} ms, p99 {:.1} ms",
        round + 1,
        per_call(cost.server, times.len()),
        per_call(cost.database, times.len()),
        times.len() as f64 / wall.as_secs_f64(),
        percentile(times, 50).as_secs_f64() * 1000.0,
        percentile(times, 99).as_secs_f64() * 1000.0,
    );
}

/// Does something `count` times, `at_once` of them beside each other.
pub async fn in_parallel<F, R>(count: usize, at_once: usize, work: impl Fn(usize) -> F) -> Vec<R>
where
    F: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    use futures_util::StreamExt;
    futures_util::stream::iter((0..count).map(|number| tokio::spawn(work(number))))
        .buffer_unordered(at_once)
        .map(|done| done.expect("no panic"))
        .collect()
        .await
}
