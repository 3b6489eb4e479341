//! Where settings come from: the table of known ones with their defaults, the file's keys and the environment's
//! variables laid over one another, and what is wrong with them.
//!
//! Left out on purpose: what a value means (`values`).

use std::collections::BTreeMap;
use std::net::SocketAddr;

use crate::problem::{Problem, Source, Wrong, name_in};
use crate::sign_in::{self, SignIn};
use crate::values::{PrivateTargets, redact};
use crate::{ENVIRONMENT_PREFIX, Settings};

/// One setting that exists.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// As it would be written in the environment; empty for a list means none.
    pub(crate) default: &'static str,
    pub(crate) right: &'static str,
}

/// Every setting, in the order of config/default.toml.
pub(crate) const KNOWN: &[Known] = &[
    Known {
        name: "public_url",
        default: "http://localhost:8080",
        right: "https://HOST or https://HOST:PORT without a path; http only for localhost and loopback addresses",
    },
    Known {
        name: "listen",
        default: "127.0.0.1:8080",
        right: "an IP address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080",
    },
    Known {
        name: "database_url",
        default: "sqlite://data/taynghe.db",
        right: "sqlite://FILE or postgres://USER:PASSWORD@HOST:PORT/DATABASE",
    },
    Known {
        name: "outbound_allow_private",
        default: "",
        right: "host names (without scheme and port), IP addresses or networks, separated by commas, \
                such as moodle.college.lan, 10.20.0.0/16",
    },
    Known {
        name: "secret_key_file",
        default: "data/secret.key",
        right: "the path of a file, such as data/secret.key",
    },
    Known {
        name: "metrics_listen",
        default: "off",
        right: "off, or an IP address and a port of its own, such as 127.0.0.1:9464",
    },
    Known {
        name: "tls_certificate_file",
        default: "off",
        right: "off, or the path of a PEM file with the certificate and those between it and the authority, such as \
                /etc/letsencrypt/live/HOST/fullchain.pem; together with tls_key_file",
    },
    Known {
        name: "tls_key_file",
        default: "off",
        right: "off, or the path of a PEM file with the certificate's private key, such as \
                /etc/letsencrypt/live/HOST/privkey.pem; together with tls_certificate_file",
    },
    Known {
        name: "http_redirect_listen",
        default: "off",
        right: "off, or an IP address and a port of its own, such as 0.0.0.0:80, beside tls_certificate_file",
    },
    Known {
        name: "log_format",
        default: "text",
        right: "text or json",
    },
    Known {
        name: "log_level",
        default: "info",
        right: "error, warn, info, debug or trace",
    },
    Known {
        name: "trusted_proxies",
        default: "",
        right: "IP addresses or networks, separated by commas, such as 127.0.0.1, 10.0.0.0/8",
    },
    Known {
        name: "session_hours",
        default: "12",
        right: "a whole number of hours from 1 to 168",
    },
    Known {
        name: "key_rotation_days",
        default: "90",
        right: "off, or a whole number of days from 7 to 3650",
    },
    Known {
        name: "statistics_minimum_attempts",
        default: "5",
        right: "a whole number of attempts from 2 to 1000",
    },
    Known {
        name: "time_zone",
        default: "Asia/Ho_Chi_Minh",
        right: "a name of the IANA time zone database, such as Asia/Ho_Chi_Minh, Europe/Berlin or UTC",
    },
];

/// A value as it was written. One text counts as a list of what its commas separate.
struct Raw {
    parts: Vec<String>,
    is_list: bool,
    source: Source,
}

impl Raw {
    fn text(text: &str, source: Source) -> Raw {
        Raw {
            parts: vec![text.to_owned()],
            is_list: false,
            source,
        }
    }

    fn shown(&self) -> String {
        self.parts
            .iter()
            .map(|part| redact(part))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What was given and what is wrong with it so far.
pub(crate) struct Given {
    values: BTreeMap<&'static str, Raw>,
    sign_in: Option<toml::Value>,
    pub(crate) problems: Vec<Problem>,
}

impl Given {
    /// Lays the environment over the file over the defaults.
    pub(crate) fn collect(
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Given {
        let defaults = KNOWN
            .iter()
            .map(|known| (known.name, Raw::text(known.default, Source::Default)));
        let mut given = Given {
            values: defaults.collect(),
            sign_in: None,
            problems: Vec::new(),
        };
        if let Some(text) = file {
            given.read_file(text);
        }
        let mut ours: Vec<_> = environment
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(ENVIRONMENT_PREFIX)?.to_owned(), value)))
            .collect();
        // The environment has no order of its own; problems shall not jump about from start to start.
        ours.sort();
        for (name, value) in ours {
            match KNOWN.iter().find(|known| known.name.to_ascii_uppercase() == name) {
                Some(known) => drop(
                    given
                        .values
                        .insert(known.name, Raw::text(&value, Source::Environment)),
                ),
                None => given.unknown(name, Source::Environment),
            }
        }
        given
    }

    fn read_file(&mut self, text: &str) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => return self.problems.push(not_toml(text, &error)),
        };
        for (key, value) in table {
            if key == sign_in::SECTION {
                self.sign_in = Some(value);
                continue;
            }
            let Some(known) = KNOWN.iter().find(|known| known.name == key) else {
                self.unknown(key, Source::File);
                continue;
            };
            match raw_from_toml(&value) {
                Some(raw) => drop(self.values.insert(known.name, raw)),
                None => self.problems.push(Problem {
                    setting: key,
                    source: Source::File,
                    value: Some(redact(&value.to_string())),
                    wrong: Wrong::Type,
                    right: known.right.to_owned(),
                }),
            }
        }
    }

    fn unknown(&mut self, setting: String, source: Source) {
        let nearest = nearest(&setting.to_ascii_lowercase());
        let right = match nearest {
            Some(name) => format!("perhaps {}", name_in(source, name)),
            None => format!(
                "one of {}",
                KNOWN
                    .iter()
                    .map(|known| known.name)
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        self.problems.push(Problem {
            setting,
            source,
            value: None,
            wrong: Wrong::Unknown { nearest },
            right,
        });
    }

    /// The value of one setting, or `None` and a problem more.
    pub(crate) fn take<T>(&mut self, name: &'static str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let raw = self.values.get(name)?;
        let parsed = match raw.parts.as_slice() {
            [one] if !raw.is_list => parse(one.trim()),
            _ => Err("one value belongs here, not a list".to_owned()),
        };
        parsed.map_err(|reason| self.wrong(name, reason)).ok()
    }

    /// The values of a list, empty ones left out, or `None` and a problem more for each that is wrong.
    pub(crate) fn take_list<T>(
        &mut self,
        name: &'static str,
        parse: fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let parts = self.values.get(name)?.parts.clone();
        let items = parts
            .iter()
            .flat_map(|part| part.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty());
        let (mut taken, mut whole) = (Vec::new(), true);
        for item in items {
            match parse(item) {
                Ok(value) => taken.push(value),
                Err(reason) => {
                    whole = false;
                    self.wrong(name, format!("{:?} {reason}", redact(item)));
                }
            }
        }
        whole.then_some(taken)
    }

    /// The sections of the sign-in; those that are wrong become problems.
    pub(crate) fn take_sign_in(&mut self, private: &PrivateTargets) -> Vec<SignIn> {
        let Some(section) = self.sign_in.take() else {
            return Vec::new();
        };
        let (providers, problems) = sign_in::read(&section, private);
        self.problems.extend(problems);
        providers
    }

    fn wrong(&mut self, name: &'static str, reason: String) {
        let raw = self.values.get(name);
        self.problems.push(Problem {
            setting: name.to_owned(),
            source: raw.map_or(Source::Default, |raw| raw.source),
            value: raw.map(Raw::shown),
            wrong: Wrong::Value(reason),
            right: KNOWN
                .iter()
                .find(|known| known.name == name)
                .map_or("", |known| known.right)
                .to_owned(),
        });
    }

    /// Certificate and key are a pair, our address says https when we speak it, and the listeners are apart.
    pub(crate) fn check_tls(&mut self, settings: &Settings) {
        let (certificate, key) = (&settings.tls_certificate_file, &settings.tls_key_file);
        if certificate.is_some() && key.is_none() {
            self.wrong(
                "tls_key_file",
                "tls_certificate_file is set without it".to_owned(),
            );
        }
        if certificate.is_none() && key.is_some() {
            self.wrong(
                "tls_certificate_file",
                "tls_key_file is set without it".to_owned(),
            );
        }
        if certificate.is_some() && settings.public_url.scheme() != "https" {
            self.wrong(
                "public_url",
                "with a certificate of our own it begins with https://".to_owned(),
            );
        }
        let Some(redirect) = settings.http_redirect_listen else {
            return;
        };
        if certificate.is_none() {
            self.wrong(
                "http_redirect_listen",
                "without tls_certificate_file there is no https".to_owned(),
            );
        }
        let taken = [Some(settings.listen), settings.metrics_listen];
        if redirect.port() != 0 && taken.contains(&Some(redirect)) {
            self.wrong(
                "http_redirect_listen",
                "something else listens there already".to_owned(),
            );
        }
    }

    /// Pages and metrics cannot share a listener. Port 0 means any free one, so two of them never clash.
    pub(crate) fn check_apart(&mut self, listen: SocketAddr, metrics: Option<SocketAddr>) {
        if metrics == Some(listen) && listen.port() != 0 {
            self.wrong("metrics_listen", "the pages listen there already".to_owned());
        }
    }
}

fn raw_from_toml(value: &toml::Value) -> Option<Raw> {
    match value {
        toml::Value::Array(items) => {
            let parts = items.iter().map(scalar).collect::<Option<Vec<_>>>()?;
            Some(Raw {
                parts,
                is_list: true,
                source: Source::File,
            })
        }
        other => Some(Raw::text(&scalar(other)?, Source::File)),
    }
}

fn scalar(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The parser's error without its excerpt of the line, which may hold a password.
fn not_toml(text: &str, error: &toml::de::Error) -> Problem {
    let before = error.span().and_then(|span| text.get(..span.start));
    Problem {
        setting: String::new(),
        source: Source::File,
        value: None,
        wrong: Wrong::NotToml {
            message: error.message().to_owned(),
            line: before.map(|before| before.matches('\n').count() + 1),
        },
        right: "lines of the form NAME = \"VALUE\", each name once".to_owned(),
    }
}

fn nearest(name: &str) -> Option<&'static str> {
    let scored = KNOWN
        .iter()
        .map(|known| (strsim::jaro_winkler(known.name, name), known.name));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0))?;
    // Below this likeness the two have little more than letters in common.
    (best.0 >= 0.8).then_some(best.1)
}
