//! The calls against platforms on loopback that behave and misbehave as told, one request a connection.

mod addresses;
mod calls;
mod key_sets;
mod lists;
mod platform;
mod registration;
mod services;
mod tokens;

use chrono::{DateTime, Utc};

use crate::{AllowPrivate, Options, Outbound};

/// A moment on 22 November 2026, so many seconds after 08:30 UTC.
fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_336_200 + seconds, 0).unwrap()
}

/// What the tests' clients may call: loopback by its address, and the name `localhost`.
fn options() -> Options {
    Options {
        allow_private: AllowPrivate {
            hosts: vec!["localhost".to_owned()],
            networks: vec!["127.0.0.1/32".parse().unwrap()],
        },
        ..Options::default()
    }
}

fn outbound() -> Outbound {
    Outbound::new(options()).unwrap()
}
