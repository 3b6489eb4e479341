//! How much may fail from one address: bad launches that are stored, and logins
//! that never become a launch. Successful launches are never counted: a
//! college sits behind one address. An IPv6 customer owns a whole /64 and counts as one.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};

const WINDOW: Duration = Duration::minutes(10);
const FAILURES: u32 = 300;
const UNFINISHED_LOGINS: u32 = 5_000;
/// Codes of learners are short: a class that mistypes passes, whoever tries all does not.
const WRONG_CODES: u32 = 40;
const ADDRESSES: usize = 10_000;
/// Counts all that find no place of their own any more.
const OTHERS: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// Counts by address, in memory, forgotten with each window.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    windows: Mutex<HashMap<IpAddr, Window>>,
}

#[derive(Debug)]
struct Window {
    began: DateTime<Utc>,
    failures: u32,
    unfinished_logins: u32,
    wrong_codes: u32,
}

impl Limits {
    /// Counts a failure; false when there were too many.
    pub(crate) fn may_fail(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        self.count(address, now, |window| {
            window.failures = window.failures.saturating_add(1);
            window.failures <= FAILURES
        })
    }

    /// Counts a login that begins; false when too many never became a launch.
    pub(crate) fn may_begin_login(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        self.count(address, now, |window| {
            window.unfinished_logins = window.unfinished_logins.saturating_add(1);
            window.unfinished_logins <= UNFINISHED_LOGINS
        })
    }

    /// A login became a launch.
    pub(crate) fn login_finished(&self, address: IpAddr, now: DateTime<Utc>) {
        self.count(address, now, |window| {
            window.unfinished_logins = window.unfinished_logins.saturating_sub(1);
            true
        });
    }

    /// Counts a code that somebody tries, right or wrong; false when too many were wrong.
    pub(crate) fn may_try_code(&self, address: IpAddr, now: DateTime<Utc>) -> bool {
        self.count(address, now, |window| {
            window.wrong_codes = window.wrong_codes.saturating_add(1);
            window.wrong_codes <= WRONG_CODES
        })
    }

    /// It was right.
    pub(crate) fn code_was_right(&self, address: IpAddr, now: DateTime<Utc>) {
        self.count(address, now, |window| {
            window.wrong_codes = window.wrong_codes.saturating_sub(1);
            true
        });
    }

    fn count(&self, address: IpAddr, now: DateTime<Utc>, change: impl FnOnce(&mut Window) -> bool) -> bool {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let mut counted = network_of(address);
        if windows.len() >= ADDRESSES && !windows.contains_key(&counted) {
            windows.retain(|_, window| now - window.began < WINDOW);
            if windows.len() >= ADDRESSES {
                counted = OTHERS;
            }
        }
        let window = windows.entry(counted).or_insert(Window {
            began: now,
            failures: 0,
            unfinished_logins: 0,
            wrong_codes: 0,
        });
        if now - window.began >= WINDOW {
            *window = Window {
                began: now,
                failures: 0,
                unfinished_logins: 0,
                wrong_codes: 0,
            };
        }
        change(window)
    }
}

fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let bits = v6.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(bits))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn finished_logins_never_count() {
        let limits = Limits::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..3 * UNFINISHED_LOGINS {
            assert!(limits.may_begin_login(ADDRESS, now));
            limits.login_finished(ADDRESS, now);
        }
    }

    #[test]
    fn right_codes_never_count() {
        let limits = Limits::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..3 * WRONG_CODES {
            assert!(limits.may_try_code(ADDRESS, now));
            limits.code_was_right(ADDRESS, now);
        }
    }

    #[test]
    fn what_fails_is_bounded_until_the_window_ends() {
        let limits = Limits::default();
        let now = DateTime::UNIX_EPOCH;
        let kept = (0..2 * FAILURES)
            .filter(|_| limits.may_fail(ADDRESS, now))
            .count();
        assert_eq!(kept, FAILURES as usize);
        let begun = (0..2 * UNFINISHED_LOGINS)
            .filter(|_| limits.may_begin_login(ADDRESS, now))
            .count();
        assert_eq!(begun, UNFINISHED_LOGINS as usize);
        let tried = (0..2 * WRONG_CODES)
            .filter(|_| limits.may_try_code(ADDRESS, now))
            .count();
        assert_eq!(tried, WRONG_CODES as usize);
        assert!(limits.may_fail(ADDRESS, now + WINDOW));
        assert!(limits.may_try_code(ADDRESS, now + WINDOW));
    }

    #[test]
    fn whoever_owns_many_addresses_counts_as_one() {
        #[track_caller]
        fn check(one: &str, other: &str, expected: bool) {
            let (one, other): (IpAddr, IpAddr) = (one.parse().unwrap(), other.parse().unwrap());
            assert_eq!(network_of(one) == network_of(other), expected, "{one} {other}");
        }
        check("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true);
        check("2001:db8:1:2::1", "2001:db8:1:3::1", false);
        check("192.0.2.1", "192.0.2.2", false);
        check("192.0.2.1", "::ffff:192.0.2.1", true);
    }

    #[test]
    fn the_table_of_addresses_does_not_grow_without_bound() {
        let limits = Limits::default();
        let now = DateTime::UNIX_EPOCH;
        for number in 0..2 * ADDRESSES {
            let address = Ipv4Addr::from_bits(u32::try_from(number).unwrap() + 1);
            limits.may_fail(address.into(), now);
        }
        assert_eq!(limits.windows.lock().unwrap().len(), ADDRESSES + 1);
    }
}
