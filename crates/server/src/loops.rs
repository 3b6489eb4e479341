//! The loops beside the service: deliver grades, end attempts that are due, do
//! jobs, rotate our keys, tidy. Each calls one `app` function; all are safe in
//! two processes at once, since rows are claimed by a lease.

use std::{future::Future, time::Duration};

use app::App;
use tokio::{sync::watch, task::JoinHandle};

const OFTEN: Duration = Duration::from_millis(500);
const SOMETIMES: Duration = Duration::from_secs(1);
const NOW_AND_THEN: Duration = Duration::from_secs(15);
const SELDOM: Duration = Duration::from_secs(600);

/// Starts the loops; each ends after its round once `stopping` turns true.
pub(crate) fn start(app: &App, stopping: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    vec![
        every(OFTEN, "deliver grades", app, stopping, |app| async move {
            app::grade::deliver_due(&app).await
        }),
        every(SOMETIMES, "end attempts", app, stopping, |app| async move {
            app::attempt::end_due(&app).await
        }),
        every(SOMETIMES, "do jobs", app, stopping, |app| async move {
            app::job::do_due(&app).await
        }),
        every(NOW_AND_THEN, "rotate keys", app, stopping, |app| async move {
            app::key_rotation::go_on(&app).await
        }),
        every(SELDOM, "plan jobs", app, stopping, |app| async move {
            app::job::plan(&app).await
        }),
        every(SELDOM, "tidy", app, stopping, |app| async move {
            app::tidy::tidy(&app).await
        }),
    ]
}

fn every<F>(
    pause: Duration,
    name: &'static str,
    app: &App,
    stopping: &watch::Receiver<bool>,
    round: impl Fn(App) -> F + Send + 'static,
) -> JoinHandle<()>
where
    F: Future<Output = app::Result<usize>> + Send + 'static,
{
    let app = app.clone();
    let mut stopping = stopping.clone();
    tokio::spawn(async move {
        while !*stopping.borrow() {
            // A round that did something may have left more behind: go on at once.
            let wait = match round(app.clone()).await {
                Ok(0) => pause,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(%error, "the loop \"{name}\" failed and goes on");
                    pause.max(SOMETIMES)
                }
            };
            if !wait.is_zero() {
                let _stopped_or_elapsed = tokio::time::timeout(wait, stopping.changed()).await;
            }
        }
    })
}
