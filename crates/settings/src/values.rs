//! The types of the settings that are ours, and how each is read from text: the value, or why it cannot be taken (half
//! a sentence; the sentence of what would be right stands in the table of known settings).

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use ipnet::IpNet;
use url::{Host, Url};

/// The database's address, with its password. `Debug` and `Display` leave the password out.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole address, password included: `sqlite://FILE`, `postgres://…` or `postgresql://…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of a SQLite database: relative to the working directory (`sqlite://data/x.db`), or absolute
    /// (`sqlite:///srv/x.db`). `None` for PostgreSQL.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<&Path> {
        self.0.strip_prefix("sqlite://").map(Path::new)
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&redact(&self.0))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// What may be called though it is private.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrivateTargets {
    /// Host names in ASCII and lower case.
    pub hosts: Vec<String>,
    /// Networks; a single address is a network of one.
    pub networks: Vec<IpNet>,
}

/// One entry of [`PrivateTargets`].
pub(crate) enum PrivateTarget {
    Host(String),
    Network(IpNet),
}

impl FromIterator<PrivateTarget> for PrivateTargets {
    fn from_iter<I: IntoIterator<Item = PrivateTarget>>(entries: I) -> Self {
        let mut targets = PrivateTargets::default();
        for entry in entries {
            match entry {
                PrivateTarget::Host(host) => targets.hosts.push(host),
                PrivateTarget::Network(network) => targets.networks.push(network),
            }
        }
        targets
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// Which lines are logged: these and all weightier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Somebody must act.
    Error,
    /// Somebody should look.
    Warn,
    /// What an administrator wants to know.
    Info,
    /// What a developer wants to know.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// The name as the setting spells it, which is also how log filters spell it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

/// The text with the password of an address blanked out: between `://` and the last `@`, the user's name stays; and
/// whatever follows `password=`.
pub(crate) fn redact(text: &str) -> String {
    let text = match text
        .split_once("://")
        .and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)))
    {
        Some((scheme, (login, rest))) => match login.split_once(':') {
            Some((user, _)) => format!("{scheme}://{user}:***@{rest}"),
            None => text.to_owned(),
        },
        None => text.to_owned(),
    };
    match text.split_once("password=") {
        Some((before, after)) => match after.split_once('&') {
            Some((_, rest)) => format!("{before}password=***&{rest}"),
            None => format!("{before}password=***"),
        },
        None => text,
    }
}

pub(crate) fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("this is no address ({error})"))?;
    let wrong = match url.scheme() {
        "https" if url.host().is_some() => None,
        "http" if is_loopback(&url) => None,
        "http" => Some("browsers and platforms need https; http is only right on this machine itself"),
        _ => Some("it begins with neither https:// nor http://"),
    };
    let wrong = wrong.or_else(|| {
        if !url.username().is_empty() || url.password().is_some() {
            Some("a user name or password does not belong here")
        } else if url.path() != "/" {
            Some("a path does not belong here: Taynghe needs a host (or port) of its own")
        } else if url.query().is_some() || url.fragment().is_some() {
            Some("nothing may follow the host and port")
        } else {
            None
        }
    });
    wrong.map_or(Ok(url), |reason| Err(reason.to_owned()))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(crate) fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "this is not an IP address with a port".to_owned())
}

pub(crate) fn listen_or_off(text: &str) -> Result<Option<SocketAddr>, String> {
    match text {
        "" | "off" => Ok(None),
        address => listen(address).map(Some),
    }
}

pub(crate) fn database_url(text: &str) -> Result<DatabaseUrl, String> {
    if let Some(file) = text.strip_prefix("sqlite://") {
        return match file {
            "" => Err("the file is missing".to_owned()),
            file if file.contains(['?', '#']) => Err("nothing may follow the file's path".to_owned()),
            _ => Ok(DatabaseUrl(text.to_owned())),
        };
    }
    if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
        return Err("only SQLite and PostgreSQL are supported".to_owned());
    }
    let url = Url::parse(text).map_err(|error| format!("this is no address ({error})"))?;
    // A socket's folder stands in the query: postgres:///taynghe?host=/run/postgresql
    let has_host = url.host_str().is_some_and(|host| !host.is_empty())
        || url.query_pairs().any(|(key, _)| key == "host");
    match url.path() {
        _ if !has_host => Err("the host is missing".to_owned()),
        "" | "/" => Err("the database's name is missing".to_owned()),
        _ => Ok(DatabaseUrl(text.to_owned())),
    }
}

pub(crate) fn private_target(text: &str) -> Result<PrivateTarget, String> {
    // Something with a slash or an IP address is meant as a network; names never parse as either.
    if text.contains('/') || text.parse::<IpAddr>().is_ok() {
        let network = network(text)?;
        // The widest private networks that exist. Anything wider would let the whole filter be switched off by a slip.
        let widest = if matches!(network, IpNet::V4(_)) { 8 } else { 7 };
        return match network.prefix_len() < widest {
            true => Err(format!("is wider than any private network (at most /{widest})")),
            false => Ok(PrivateTarget::Network(network)),
        };
    }
    match Host::parse(text) {
        Ok(Host::Domain(name)) => Ok(PrivateTarget::Host(name)),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => Err("is an IP address in an unusual form".to_owned()),
        Err(_) => Err("is no host name".to_owned()),
    }
}

pub(crate) fn network(text: &str) -> Result<IpNet, String> {
    let network = text
        .parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network
        .map(|network| network.trunc())
        .map_err(|_| "is no IP address or network".to_owned())
}

pub(crate) fn file(text: &str) -> Result<PathBuf, String> {
    match text {
        "" => Err("the path is empty".to_owned()),
        text if text.ends_with('/') => Err("this is a folder".to_owned()),
        text => Ok(PathBuf::from(text)),
    }
}

pub(crate) fn file_or_off(text: &str) -> Result<Option<PathBuf>, String> {
    match text {
        "" | "off" => Ok(None),
        path => file(path).map(Some),
    }
}

pub(crate) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("there is no such format".to_owned()),
    }
}

pub(crate) fn log_level(text: &str) -> Result<LogLevel, String> {
    let levels = [
        LogLevel::Error,
        LogLevel::Warn,
        LogLevel::Info,
        LogLevel::Debug,
        LogLevel::Trace,
    ];
    levels
        .into_iter()
        .find(|level| level.as_str() == text)
        .ok_or_else(|| "there is no such level".to_owned())
}

pub(crate) fn session_hours(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(hours) if (1..=168).contains(&hours) => Ok(hours),
        Ok(_) => Err("this is out of bounds".to_owned()),
        Err(_) => Err("this is no whole number".to_owned()),
    }
}

/// Less than a week would be spent on the overlap of two keys.
pub(crate) fn key_rotation_days(text: &str) -> Result<Option<u32>, String> {
    match text.parse::<u32>() {
        _ if text == "off" => Ok(None),
        Ok(days) if (7..=3650).contains(&days) => Ok(Some(days)),
        Ok(_) => Err("this is out of bounds".to_owned()),
        Err(_) => Err("this is neither \"off\" nor a whole number".to_owned()),
    }
}

/// A figure from one attempt is that attempt.
pub(crate) fn minimum_attempts(text: &str) -> Result<u32, String> {
    match text.parse::<u32>() {
        Ok(attempts) if (2..=1000).contains(&attempts) => Ok(attempts),
        Ok(_) => Err("this is out of bounds".to_owned()),
        Err(_) => Err("this is no whole number".to_owned()),
    }
}

pub(crate) fn time_zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "there is no such time zone".to_owned())
}
