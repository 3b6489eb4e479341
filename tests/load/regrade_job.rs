//! A whole regrade over the database: the job of the trial, and the job that
//! marks every attempt again, as an instructor's browser sees them.

use std::time::{Duration, Instant};

use crate::{
    client::Person,
    in_parallel,
    server::Server,
    setup::{EXAM_COURSE, INSTRUCTOR, Setup},
};

/// Attempts, unless `LOAD_ATTEMPTS` says another number, for a quick look.
const ATTEMPTS: usize = 5_000;
const AT_ONCE: usize = 8;
/// How often an instructor would look.
const LOOK: Duration = Duration::from_millis(500);

/// Prints what trial and job cost.
pub async fn measure(setup: &Setup, server: &Server) {
    in_parallel(attempts(), AT_ONCE, |number| {
        let setup = setup.clone();
        async move {
            let mut person = Person::launch(&setup, number, EXAM_COURSE).await;
            person.take_exam(number).await;
        }
    })
    .await;
    let instructor = Person::launch(setup, INSTRUCTOR, EXAM_COURSE).await;
    let regrade = format!("{}regrade", instructor.session());
    timed(server, "the page of the questions", || instructor.page(&regrade)).await;
    let proposal = instructor
        .post(&regrade, &[("question", "s0"), ("only", "b")])
        .await;
    let trial = timed(server, "the trial, until its page is done", || {
        until_done(&instructor, &proposal)
    })
    .await;
    assert!(trial.contains("commit"), "{trial}");
    timed(server, "the trial's page", || instructor.page(&proposal)).await;
    timed(server, "the regrade, until its page is done", || async {
        let page = instructor.post(&format!("{proposal}/commit"), &[]).await;
        until_done(&instructor, &page).await
    })
    .await;
    println!("resident after the regrade: {:.1} MiB", server.resident_mib());
}

fn attempts() -> usize {
    let said = std::env::var("LOAD_ATTEMPTS").ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(ATTEMPTS)
}

/// The page once its work is done.
async fn until_done(instructor: &Person, path: &str) -> String {
    let mut page = instructor.page(path).await;
    while page.contains("<progress") {
        tokio::time::sleep(LOOK).await;
        page = instructor.page(path).await;
    }
    page
}

async fn timed<F: Future<Output = String>>(server: &Server, what: &str, work: impl Fn() -> F) -> String {
    let (before, began) = (server.cost(), Instant::now());
    let page = work().await;
    let (cost, wall) = (server.cost() - before, began.elapsed());
    println!(
        "{what}, {} attempts of 40 questions: {:.2} s, {:.2} s server CPU, {:.2} s database CPU",
        attempts(),
        wall.as_secs_f64(),
        cost.server.as_secs_f64(),
        cost.database.as_secs_f64()
    );
    page
}
