//! The `Retry-After` header (RFC 9110, 10.2.3): seconds or a date.
//!
//! Left out on purpose: what waiting means for a delivery; that is its queue's business.

use chrono::{DateTime, TimeDelta, Utc};

/// Longest wait that a platform can ask for, in days: a wrong clock there shall not silence us for years.
const LONGEST_DAYS: i64 = 1;

/// The time before which the platform does not want to hear from us: between `now` and a day later. `None` when the
/// header is neither a number of seconds nor a date.
pub(crate) fn parse(header: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let header = header.trim();
    let latest = now + TimeDelta::days(LONGEST_DAYS);
    let wanted = match header.parse::<u32>() {
        Ok(seconds) => now + TimeDelta::seconds(i64::from(seconds)),
        // digits that are no u32: more seconds than a century has
        Err(_) if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) => latest,
        Err(_) => DateTime::<Utc>::from(httpdate::parse_http_date(header).ok()?),
    };
    Some(wanted.clamp(now, latest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates() {
        let now = DateTime::from_timestamp(1_795_336_200, 0).unwrap_or_default();
        let check = |header: &str, expected: Option<i64>| {
            let got = parse(header, now).map(|at| (at - now).num_seconds());
            assert_eq!(got, expected, "{header:?}");
        };
        check("0", Some(0));
        check(" 120 ", Some(120));
        check("86400", Some(86_400));
        check("999999", Some(86_400));
        check("99999999999999999999", Some(86_400));
        check("Sun, 22 Nov 2026 08:32:00 GMT", Some(120));
        check("Sunday, 22-Nov-26 08:32:00 GMT", Some(120));
        check("Sun Nov 22 08:32:00 2026", Some(120));
        check("Sat, 21 Nov 2026 08:00:00 GMT", Some(0));
        check("Sun, 22 Nov 2099 08:00:00 GMT", Some(86_400));
        check("", None);
        check("-5", None);
        check("1.5", None);
        check("soon", None);
    }
}
