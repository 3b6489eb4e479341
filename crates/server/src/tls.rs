//! Our own https: reads certificate and key, and reads them again on SIGHUP and when they change. A pair that cannot be
//! used (half of a renewal, say) is told in the log, and the former one stays.

use std::{fs, path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use settings::Settings;
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
};
use web::Certificate;

/// How often the files are looked at. They are small, and their times say little: renewals swap links.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// The certificate of the settings; `None` when a proxy speaks https.
pub(crate) fn certificate(settings: &Settings) -> anyhow::Result<Option<Arc<Certificate>>> {
    let Some(files) = Files::of(settings) else {
        return Ok(None);
    };
    let (chain, key) = files.read()?;
    let certificate = Certificate::from_pem(&chain, &key).with_context(|| files.names())?;
    Ok(Some(Arc::new(certificate)))
}

/// Keeps the certificate as the files have it, until it is aborted.
pub(crate) fn keep_fresh(settings: &Settings, certificate: Arc<Certificate>) -> Option<JoinHandle<()>> {
    let files = Files::of(settings)?;
    let mut used = files.read().ok();
    let mut hangup = signal(SignalKind::hangup()).ok();
    Some(actix_web::rt::spawn(async move {
        loop {
            let asked = tokio::select! {
                () = next(hangup.as_mut()) => true,
                () = tokio::time::sleep(LOOK_AGAIN) => false,
            };
            match files.read() {
                Ok(read) if asked || used.as_ref() != Some(&read) => {
                    use_new(&certificate, &files, &read);
                    used = Some(read);
                }
                Ok(_same) => {}
                Err(error) => tracing::error!("the certificate cannot be read again: {error:#}"),
            }
        }
    }))
}

fn use_new(certificate: &Certificate, files: &Files, (chain, key): &(Vec<u8>, Vec<u8>)) {
    match certificate.replace(chain, key) {
        Ok(()) => tracing::info!("the certificate was read again"),
        Err(error) => tracing::error!("the former certificate stays: {}: {error}", files.names()),
    }
}

async fn next(hangup: Option<&mut tokio::signal::unix::Signal>) {
    match hangup {
        Some(hangup) => drop(hangup.recv().await),
        None => std::future::pending().await,
    }
}

struct Files {
    certificate: std::path::PathBuf,
    key: std::path::PathBuf,
}

impl Files {
    fn of(settings: &Settings) -> Option<Self> {
        Some(Self {
            certificate: settings.tls_certificate_file.clone()?,
            key: settings.tls_key_file.clone()?,
        })
    }

    fn read(&self) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
        let read =
            |name: &str, file: &Path| fs::read(file).with_context(|| format!("{name} {}", file.display()));
        Ok((
            read("tls_certificate_file", &self.certificate)?,
            read("tls_key_file", &self.key)?,
        ))
    }

    fn names(&self) -> String {
        let (certificate, key) = (self.certificate.display(), self.key.display());
        format!("tls_certificate_file {certificate}, tls_key_file {key}")
    }
}
