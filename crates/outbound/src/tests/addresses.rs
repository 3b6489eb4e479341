//! The address filter, as a table and through the client.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::platform::{Platform, json};
use super::{at, options};
use crate::address::{Reach, reach};
use crate::{AllowPrivate, Cause, Options, Outbound, key_sets, registration};

#[test]
fn how_far_addresses_are() {
    let check = |expected: Reach, addresses: &[&str]| {
        for text in addresses {
            assert_eq!(reach(text.parse().unwrap()), expected, "{text}");
        }
    };
    check(
        Reach::Public,
        &[
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.113.131.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00::1",
            "2405:4800::1",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ],
    );
    check(
        Reach::Private,
        &[
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.0",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "192.168.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "::1",
            "fc00::1",
            "fd12:3456::1",
            "fdff:ffff::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:192.168.1.1",
            "64:ff9b::10.0.0.1",
        ],
    );
    check(
        Reach::Never,
        &[
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "169.254.0.1",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.1",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "::10.0.0.1",
            "::8.8.8.8",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2001:10::1",
            "2002:a00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "fd00:ec2::254",
            "4000::1",
            "::ffff:0:10.0.0.1",
        ],
    );
}

#[test]
fn what_a_listed_name_or_network_opens() {
    let allow = AllowPrivate {
        hosts: vec!["moodle.lan".to_owned()],
        networks: vec!["10.1.0.0/16".parse().unwrap(), "169.254.7.7/32".parse().unwrap()],
    };
    assert!(allow.names("Moodle.LAN") && allow.names("moodle.lan."));
    assert!(!allow.names("a.moodle.lan") && !allow.names("moodle.lan.evil.vn"));
    // address, is the name listed, right by https, right by http
    let check = |text: &str, named: bool, secure: bool, plain: bool| {
        let address: IpAddr = text.parse().unwrap();
        assert_eq!(allow.permits(address, named), secure, "https {text} {named}");
        assert_eq!(allow.permits_plain(address, named), plain, "http {text} {named}");
    };
    check("8.8.8.8", false, true, false);
    check("8.8.8.8", true, true, true);
    check("10.1.2.3", false, true, true);
    check("::ffff:10.1.2.3", false, true, true);
    check("10.2.0.1", false, false, false);
    check("10.2.0.1", true, true, true);
    check("127.0.0.1", true, true, true);
    check("169.254.169.254", true, false, false);
    check("0.0.0.0", true, false, false);
    check("169.254.7.7", false, true, true);
}

fn table(host: &str) -> io::Result<Vec<IpAddr>> {
    let addresses: &[&str] = match host {
        "localhost" | "loopback.example" => &["127.0.0.1"],
        "lan.example" => &["10.0.0.1", "192.168.1.1", "fd00::1"],
        "metadata.example" => &["169.254.169.254"],
        "mapped.example" => &["::ffff:10.0.0.1"],
        "public.example" => &["203.113.131.1"],
        "empty.example" => &[],
        _ => return Err(io::ErrorKind::NotFound.into()),
    };
    Ok(addresses.iter().map(|address| address.parse().unwrap()).collect())
}

#[tokio::test]
async fn urls_that_are_not_called() {
    let lookup: crate::Lookup = Arc::new(|host| Box::pin(async move { table(&host) }));
    let outbound = Outbound::new(Options { lookup, ..options() }).unwrap();
    let check = async |expected: Option<Cause>, urls: &[&str]| {
        for url in urls {
            let error = key_sets::key(&outbound, "1", url, "k", at(0)).await.unwrap_err();
            let key_sets::KeyError::Fetch(error) = error else {
                panic!("{url}: {error}")
            };
            assert_eq!(error.cause(), expected, "{url}");
            assert_eq!(
                error.retryable(),
                matches!(expected, Some(Cause::Dns | Cause::Connect)),
                "{url}"
            );
        }
    };
    check(
        Some(Cause::AddressFilter),
        &[
            "http://10.0.0.1/",
            "https://10.0.0.1/",
            "https://192.168.1.1:8443/",
            "https://169.254.169.254/latest/",
            "http://169.254.169.254/",
            "https://0.0.0.0/",
            "https://0/",
            "https://[::]/",
            "https://[::1]/",
            "http://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::ffff:a9fe:a9fe]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://100.64.0.1/",
            "https://127.0.0.2/",
            // other ways to write addresses, which URLs turn into the plain one
            "https://2130706434/",
            "https://0x7f000002/",
            "https://0177.0.0.2/",
            "https://127.2/",
            "https://0xa.0.0.1/",
            "https://167772161/",
            "https://012.0.0.1/",
            "https://10.1/",
            "https://0xa9fea9fe/",
            "https://１０.0.0.1/",
            "https://%31%30.0.0.1/",
            "https://10.0.0.1./",
            // plain http where nothing is listed
            "http://8.8.8.8/",
            "http://public.example/",
            // names that lead inside
            "https://lan.example/",
            "http://lan.example/",
            "https://metadata.example/",
            "https://mapped.example/",
        ],
    )
    .await;
    check(
        Some(Cause::Dns),
        &[
            "https://nowhere.example/",
            "http://nowhere.example/",
            "https://empty.example/",
        ],
    )
    .await;
    // listed by its network or by its name; nobody listens there
    check(
        Some(Cause::Connect),
        &[
            "https://loopback.example:1/",
            "http://loopback.example:1/",
            "http://LOCALHOST:1/",
        ],
    )
    .await;
    check(
        None,
        &[
            "ftp://public.example/",
            "file:///etc/passwd",
            "https://u@public.example/",
            "public.example",
            "",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_name_that_answers_differently_the_second_time_gains_nothing() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let platform = Platform::start(|_| json("{}")).await;
    let lookup: crate::Lookup = Arc::new(move |_| {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            Ok(vec![
                if first { "192.0.2.1" } else { "127.0.0.1" }.parse().unwrap(),
            ])
        })
    });
    let outbound = Outbound::new(Options {
        lookup,
        ..Options::default()
    })
    .unwrap();
    for call in 1..=2 {
        let url = format!("https://rebinding.example:{}/jwks", platform.port);
        let error = key_sets::key(&outbound, "1", &url, "k", at(0)).await.unwrap_err();
        let key_sets::KeyError::Fetch(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.cause(), Some(Cause::AddressFilter));
        assert_eq!(
            asked.load(Ordering::SeqCst),
            call,
            "one look-up for each call, and the client uses that one"
        );
    }
    assert!(platform.requests().is_empty());
}

#[tokio::test]
async fn a_configuration_at_a_bare_ip_address_is_refused() {
    let outbound = Outbound::new(options()).unwrap();
    for url in [
        "https://8.8.8.8/c",
        "https://[2606:4700::1111]/c",
        "https://134744072/c",
    ] {
        let error = registration::read_configuration(&outbound, url, None, at(0))
            .await
            .unwrap_err();
        assert_eq!(error.code().as_str(), "LTI-REG-URL");
        assert!(
            matches!(error, registration::RegistrationError::Refused(_)),
            "{url}"
        );
    }
}
