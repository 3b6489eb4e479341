//! Log and metrics. Log lines go to standard error; metrics are rendered for
//! Prometheus on a listener of their own.

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpResponse, HttpServer, dev::Server, web};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use settings::{LogFormat, Settings};
use tracing_subscriber::EnvFilter;

/// Starts the log; `quiet` commands tell warnings only.
pub(crate) fn start_log(settings: &Settings, quiet: bool) {
    let level = if quiet {
        "warn"
    } else {
        settings.log_level.as_str()
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!(
            "{level},actix_server=warn,hyper=warn,h2=warn"
        )))
        .with_writer(std::io::stderr)
        .with_target(false);
    match settings.log_format {
        LogFormat::Text => log.compact().with_ansi(false).init(),
        LogFormat::Json => log
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .init(),
    }
}

/// Serves the metrics; to be awaited beside the service.
///
/// # Errors
/// When the address is taken, or metrics were started before.
pub(crate) fn serve_metrics(address: SocketAddr) -> anyhow::Result<Server> {
    let recorder = PrometheusBuilder::new()
        .set_buckets(&[
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
        ])?
        .install_recorder()?;
    let listener = TcpListener::bind(address)?;
    let recorder = web::Data::new(recorder);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(recorder.clone())
            .route("/metrics", web::get().to(render))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn render(recorder: web::Data<PrometheusHandle>) -> HttpResponse {
    recorder.run_upkeep();
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(recorder.render())
}
