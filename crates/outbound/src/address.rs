//! Which addresses we may call: the public internet, and what an administrator listed.
//!
//! Left out on purpose: names. They become addresses in `resolve`, which asks here about each address that it found, so
//! a name that answers differently the second time (DNS rebinding) gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use url::Host;

/// What may be called though it is private, and by plain http.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowPrivate {
    /// Host names, in ASCII and lower case, without port.
    pub hosts: Vec<String>,
    /// Networks; a single address is a network of one.
    pub networks: Vec<IpNet>,
}

impl AllowPrivate {
    /// Whether an administrator listed this name.
    pub(crate) fn names(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        self.hosts.iter().any(|listed| listed.eq_ignore_ascii_case(host))
    }

    /// Whether an administrator listed a network with this address, in either of its forms.
    pub(crate) fn covers(&self, address: IpAddr) -> bool {
        let plain = unmapped(address);
        self.networks
            .iter()
            .any(|network| network.contains(&plain) || network.contains(&address))
    }

    /// Whether an https call to this address is right. `named` says that its host's name is listed: that opens private
    /// addresses, but not those which no host can have (`Reach::Never`); only a listed network opens these.
    pub(crate) fn permits(&self, address: IpAddr, named: bool) -> bool {
        match reach(address) {
            Reach::Public => true,
            Reach::Private => named || self.covers(address),
            Reach::Never => self.covers(address),
        }
    }

    /// Whether a plain http call to this address is right: only when its name or network is listed.
    pub(crate) fn permits_plain(&self, address: IpAddr, named: bool) -> bool {
        self.covers(address) || (named && self.permits(address, true))
    }

    /// Whether a URL's host passes before any name is resolved. Names pass here, unless they are a local name that
    /// nobody listed; addresses are judged at once, as no resolver ever sees them.
    pub(crate) fn permits_host(&self, host: &Host<&str>, plain: bool) -> bool {
        let permits = |address| match plain {
            true => self.permits_plain(address, false),
            false => self.permits(address, false),
        };
        match host {
            Host::Ipv4(address) => permits(IpAddr::V4(*address)),
            Host::Ipv6(address) => permits(IpAddr::V6(*address)),
            Host::Domain(_) => true,
        }
    }
}

/// How far away an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Anybody's.
    Public,
    /// This machine or its neighbours.
    Private,
    /// No host to call: unspecified, multicast, broadcast, reserved, documentation, and link-local, where clouds keep
    /// the address that hands out their credentials.
    Never,
}

/// Judges one address. IPv4 inside IPv6 (mapped, NAT64) is judged by the IPv4 address that it leads to.
pub(crate) fn reach(address: IpAddr) -> Reach {
    match unmapped(address) {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => match address.segments() {
            // NAT64 (RFC 6052): how networks without IPv4 reach the rest of the internet
            [0x64, 0xff9b, 0, 0, 0, 0, high, low] => reach_v4(join(high, low)),
            _ => reach_v6(address),
        },
    }
}

fn join(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

fn unmapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

// IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its successors).
fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [0 | 224..=255, ..] | [169, 254, ..] => Reach::Never,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => {
            Reach::Never
        }
        // metadata services of two large clouds, outside the link-local range
        [168, 63, 129, 16] | [100, 100, 100, 200] => Reach::Never,
        [10 | 127, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => Reach::Private,
        _ => Reach::Public,
    }
}

// IANA IPv6 Special-Purpose Address Registry; outside 2000::/3 nothing is assigned to hosts of the internet. The
// transition networks (Teredo in 2001::/32, 6to4 in 2002::/16) lead to IPv4 addresses and are gone from use.
fn reach_v6(address: Ipv6Addr) -> Reach {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private,
        // the metadata service of one large cloud
        [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254] => Reach::Never,
        [0xfc00..=0xfdff, ..] => Reach::Private,
        [0x2001, 0x0000..=0x01ff | 0x0db8, ..] | [0x2002, ..] | [0x3fff, 0x0000..=0x0fff, ..] => Reach::Never,
        [0x2000..=0x3fff, ..] => Reach::Public,
        _ => Reach::Never,
    }
}
