//! The program's settings: an optional TOML file and the `TAYNGHE_` variables of the environment become one typed,
//! checked [`Settings`] value, or a list of everything that is wrong with them.
//!
//! Left out on purpose: reading files and the environment (the program does both and hands the values in), and telling
//! anybody about changes (a setting counts from the next start on). Each setting has one name: `public_url` in the
//! file is `TAYNGHE_PUBLIC_URL` in the environment, and the environment wins.

mod problem;
mod sign_in;
#[cfg(test)]
mod sign_in_tests;
mod source;
#[cfg(test)]
mod tests;
mod values;

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use ipnet::IpNet;
use url::Url;

pub use problem::{Problem, Source, Wrong};
pub use sign_in::SignIn;
use source::Given;
pub use values::{DatabaseUrl, LogFormat, LogLevel, PrivateTargets};

/// What each setting of the file is called in the environment: this, then the name in capitals.
pub const ENVIRONMENT_PREFIX: &str = "TAYNGHE_";

/// All that an administrator can set, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where browsers and platforms reach us: an origin (scheme, host, port) with the path `/`. https, or http on
    /// loopback. Default `http://localhost:8080`.
    pub public_url: Url,
    /// Where we listen. Default `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// Where the data is. Default `sqlite://data/taynghe.db`.
    pub database_url: DatabaseUrl,
    /// Hosts and networks that we may call though they are private, and by http. Default none.
    pub outbound_allow_private: PrivateTargets,
    /// The file with the key that encrypts our private keys. Default `data/secret.key`.
    pub secret_key_file: PathBuf,
    /// Where the metrics are served; `None` is off, the default.
    pub metrics_listen: Option<SocketAddr>,
    /// The certificate chain (PEM) with which we speak https ourselves; `None`, the default, leaves that to a proxy.
    pub tls_certificate_file: Option<PathBuf>,
    /// Its private key (PEM).
    pub tls_key_file: Option<PathBuf>,
    /// Where plain http is answered with the way to https; `None` is off, the default.
    pub http_redirect_listen: Option<SocketAddr>,
    /// How log lines look. Default text.
    pub log_format: LogFormat,
    /// The least weighty lines that are logged. Default info.
    pub log_level: LogLevel,
    /// The proxies in front of us whose `X-Forwarded-For` is believed. Default none.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a session lasts, in whole hours from the launch or sign-in. Default 12.
    pub session_hours: u32,
    /// After how many days a key of ours is replaced by itself; `None` is off. Default 90.
    pub key_rotation_days: Option<u32>,
    /// With fewer attempts statistics show no figures of a test, a question or a variant.
    pub statistics_minimum_attempts: u32,
    /// In which zone pages show dates and times of day. Default `Asia/Ho_Chi_Minh`.
    pub time_zone: Tz,
    /// The providers by which administrators sign in. Default none: they come by one-time links.
    pub sign_in: Vec<SignIn>,
}

/// Checks the text of the settings file (none: no file was named) and the environment's variables, those without our
/// prefix included. A setting that neither names has its default.
///
/// # Errors
/// Every problem found, in the order of the settings; never an empty list. Hand over variables that are not UTF-8
/// lossily: `std::env::vars` would panic on them.
pub fn load(
    file: Option<&str>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, Vec<Problem>> {
    let mut given = Given::collect(file, environment);
    match read(&mut given) {
        Some(settings) if given.problems.is_empty() => Ok(settings),
        _ => Err(given.problems),
    }
}

/// Takes every setting before it looks at any, so that all problems are found in one go.
fn read(given: &mut Given) -> Option<Settings> {
    let public_url = given.take("public_url", values::public_url);
    let listen = given.take("listen", values::listen);
    let database_url = given.take("database_url", values::database_url);
    let private = given.take_list("outbound_allow_private", values::private_target);
    let secret_key_file = given.take("secret_key_file", values::file);
    let metrics_listen = given.take("metrics_listen", values::listen_or_off);
    let tls_certificate_file = given.take("tls_certificate_file", values::file_or_off);
    let tls_key_file = given.take("tls_key_file", values::file_or_off);
    let http_redirect_listen = given.take("http_redirect_listen", values::listen_or_off);
    let log_format = given.take("log_format", values::log_format);
    let log_level = given.take("log_level", values::log_level);
    let trusted_proxies = given.take_list("trusted_proxies", values::network);
    let session_hours = given.take("session_hours", values::session_hours);
    let key_rotation_days = given.take("key_rotation_days", values::key_rotation_days);
    let statistics_minimum = given.take("statistics_minimum_attempts", values::minimum_attempts);
    let time_zone = given.take("time_zone", values::time_zone);
    let private: PrivateTargets = private?.into_iter().collect();
    let sign_in = given.take_sign_in(&private);
    let settings = Settings {
        public_url: public_url?,
        listen: listen?,
        database_url: database_url?,
        outbound_allow_private: private,
        secret_key_file: secret_key_file?,
        metrics_listen: metrics_listen?,
        tls_certificate_file: tls_certificate_file?,
        tls_key_file: tls_key_file?,
        http_redirect_listen: http_redirect_listen?,
        log_format: log_format?,
        log_level: log_level?,
        trusted_proxies: trusted_proxies?,
        session_hours: session_hours?,
        key_rotation_days: key_rotation_days?,
        statistics_minimum_attempts: statistics_minimum?,
        time_zone: time_zone?,
        sign_in,
    };
    given.check_apart(settings.listen, settings.metrics_listen);
    given.check_tls(&settings);
    Some(settings)
}
