//! `taynghe serve`: listens, runs the loops, stops gracefully.

use std::{net::TcpListener, sync::Arc};

use anyhow::Context;
use app::{App, Clock};
use settings::Settings;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{framework, loops, sign_in, start, telemetry, tls};

/// Serves until SIGTERM or SIGINT; requests under way and one round of each loop are finished first.
pub(crate) async fn serve(settings: Settings) -> anyhow::Result<()> {
    let listener =
        TcpListener::bind(settings.listen).with_context(|| format!("listen {}", settings.listen))?;
    let app = start::app(&settings, Clock::system())
        .await?
        .with_providers(sign_in::providers(&settings)?);
    framework::install(&app).await?;
    tracing::info!(listen = %settings.listen, public_url = %settings.public_url, "serving");
    run(app, listener, &settings, None).await
}

/// Serves `app` on the listener, and `beside` it another server, until a signal comes.
pub(crate) async fn run(
    app: App,
    listener: TcpListener,
    settings: &Settings,
    beside: Option<actix_web::dev::Server>,
) -> anyhow::Result<()> {
    let options = web::Options {
        workers: None,
        trusted_proxies: settings.trusted_proxies.clone(),
        time_zone: settings.time_zone,
        body_patience: web::BodyPatience::default(),
    };
    let certificate = tls::certificate(settings)?;
    let server = match &certificate {
        Some(certificate) => web::serve_tls(app.clone(), listener, options, Arc::clone(certificate))?,
        None => web::serve(app.clone(), listener, options)?,
    };
    let keep_fresh = certificate.and_then(|certificate| tls::keep_fresh(settings, certificate));
    let others = [
        settings
            .metrics_listen
            .map(telemetry::serve_metrics)
            .transpose()?,
        redirect(settings)?,
        beside,
    ];
    let (stop, stopping) = watch::channel(false);
    let loops = loops::start(&app, &stopping);
    let handles: Vec<_> = others
        .iter()
        .flatten()
        .chain([&server])
        .map(actix_web::dev::Server::handle)
        .collect();
    for other in others.into_iter().flatten() {
        actix_web::rt::spawn(other);
    }
    actix_web::rt::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping");
        for handle in handles {
            handle.stop(true).await;
        }
    });
    server.await?;
    if let Some(keep_fresh) = keep_fresh {
        keep_fresh.abort();
    }
    stop.send_replace(true);
    for running in loops {
        running.await?;
    }
    tracing::info!("stopped");
    Ok(())
}

/// The listener of plain http, when the settings want one.
fn redirect(settings: &Settings) -> anyhow::Result<Option<actix_web::dev::Server>> {
    let Some(address) = settings.http_redirect_listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(address).with_context(|| format!("http_redirect_listen {address}"))?;
    Ok(Some(web::serve_redirect(&settings.public_url, listener)?))
}

async fn wait_for_signal() {
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
