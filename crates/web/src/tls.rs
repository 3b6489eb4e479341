//! Our own https, for a college without a proxy: TLS 1.2 and 1.3, a certificate that can be replaced while connections
//! run, and the listener that answers plain http with the way to https. Reading files is the caller's.

use std::{
    net::TcpListener,
    sync::{Arc, PoisonError, RwLock},
};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::Server,
    http::header,
    web::{self, Data},
};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use url::Url;

/// The certificate that new connections get.
#[derive(Debug)]
pub struct Certificate {
    current: RwLock<Arc<CertifiedKey>>,
}

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The chain is no PEM, or has no certificate.
    #[error("there is no certificate in PEM form: {0}")]
    Chain(String),
    /// The key is no PEM, or of an unknown form.
    #[error("there is no private key in PEM form: {0}")]
    Key(String),
    /// The two do not belong together, or the key is of a kind that we cannot use.
    #[error("the private key cannot be used with this certificate: {0}")]
    Pair(#[from] rustls::Error),
}

impl Certificate {
    /// From the text of the two PEM files: the certificate with those between it and the authority, and its key.
    ///
    /// # Errors
    /// See [`CertificateError`].
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, CertificateError> {
        Ok(Self {
            current: RwLock::new(Arc::new(certified(chain, key)?)),
        })
    }

    /// Takes another one for all connections from now on; those that stand go on.
    ///
    /// # Errors
    /// See [`CertificateError`]; the former one stays then.
    pub fn replace(&self, chain: &[u8], key: &[u8]) -> Result<(), CertificateError> {
        let new = Arc::new(certified(chain, key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

fn certified(chain: &[u8], key: &[u8]) -> Result<CertifiedKey, CertificateError> {
    let chain = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| CertificateError::Chain(error.to_string()))?;
    if chain.is_empty() {
        return Err(CertificateError::Chain("the file has none".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| CertificateError::Key(error.to_string()))?;
    Ok(CertifiedKey::from_der(
        chain,
        key,
        &aws_lc_rs::default_provider(),
    )?)
}

/// How connections are secured: TLS 1.2 and 1.3, without client certificates.
pub(crate) fn configuration(certificate: Arc<Certificate>) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(builder.with_no_client_auth().with_cert_resolver(certificate))
}

/// A server that answers every request of plain http with the same address at `public_url`.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve_redirect(public_url: &Url, listener: TcpListener) -> std::io::Result<Server> {
    let origin = Data::new(public_url.origin().ascii_serialization());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(origin.clone())
            .default_service(web::to(to_https))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

async fn to_https(request: HttpRequest, origin: Data<String>) -> HttpResponse {
    let rest = request.uri().path_and_query().map_or("/", |rest| rest.as_str());
    // 308: method and body stay.
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, format!("{}{rest}", origin.as_str())))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
