//! Numbers, dates, times and durations as each language writes them. The
//! patterns are texts (`format.ftl`), so another language needs no code. Time
//! zone and "now" are arguments.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use crate::Texts;

/// The time zone when nobody named another: Viet Nam.
pub const DEFAULT_ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

/// A number with at most two decimals, no trailing zeros: "8,5" in Vietnamese
/// and German, "8.5" in English; thousands are grouped.
pub fn number(t: Texts, value: f64) -> String {
    number_with_decimals(t, value, 2)
}

/// A number with at most so many decimals, no trailing zeros.
pub fn number_with_decimals(t: Texts, value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let fraction = fraction.trim_end_matches('0');
    let zero = fraction.is_empty() && whole.bytes().all(|digit| digit == b'0');
    let sign = if value.is_sign_negative() && !zero {
        "−"
    } else {
        ""
    };
    let whole = grouped(whole, &t.get("format-group"));
    if fraction.is_empty() {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}{}{fraction}", t.get("format-decimal"))
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut out = String::with_capacity(digits.len() + 4);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// The same of something that is not the same for everybody: "8", "8–9,5".
pub fn range(t: Texts, least: f64, most: f64) -> String {
    let (least, most) = (number(t, least), number(t, most));
    match least == most {
        true => least,
        false => format!("{least}–{most}"),
    }
}

/// How many there are at least and at most: "8", "8–9"; empty for none.
pub fn count_range(t: Texts, (least, most): (usize, usize)) -> String {
    match most {
        0 => String::new(),
        _ => range(t, least as f64, most as f64),
    }
}

/// A mark with its maximum: "8,5/10".
pub fn mark(t: Texts, given: f64, maximum: f64) -> String {
    format!("{}/{}", number(t, given), number(t, maximum))
}

/// Only the time of day: "10:42".
pub fn time(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// Only the date: "22/11/2026", "22 Nov 2026", "22.11.2026".
pub fn date(t: Texts, at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    t.with("format-date", "day", local.day())
        .and("month", local.month())
        .and("year", local.year().to_string())
        .to_string()
}

/// Date and time: "10:42, 22/11/2026".
pub fn date_time(t: Texts, at: DateTime<Utc>, zone: Tz) -> String {
    let (date, time) = (date(t, at, zone), time(at, zone));
    t.with("format-date-time", "date", date)
        .and("time", time)
        .to_string()
}

/// "10:42" when that is today for the reader, else with the date.
pub fn moment(t: Texts, at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let same_day = at.with_timezone(&zone).date_naive() == now.with_timezone(&zone).date_naive();
    if same_day {
        time(at, zone)
    } else {
        date_time(t, at, zone)
    }
}

/// For `<time datetime>`: UTC by RFC 3339, in whole seconds.
pub fn machine_time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// For file names: "2026-11-22-1042" in the given zone.
pub fn file_stamp(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d-%H%M").to_string()
}

/// A title as a part of a file name: letters and digits of any script stay,
/// the rest becomes single hyphens; at most 60 characters, never empty.
pub fn file_name(title: &str) -> String {
    let mut out = String::new();
    for character in title.chars().take(60) {
        if character.is_alphanumeric() {
            out.push(character);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let name = out.trim_end_matches('-');
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}

/// A span in words: "45 phút", "1 giờ 30 phút", "20 giây". Seconds are named
/// only below a minute; a negative span counts as nothing.
pub fn duration(t: Texts, span: TimeDelta) -> String {
    let seconds = span.num_seconds().max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    if seconds < 60 {
        return t.with("format-seconds", "count", seconds).to_string();
    }
    let parts: Vec<String> = [
        ("format-days", days),
        ("format-hours", hours),
        ("format-minutes", minutes),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| t.with(key, "count", count).to_string())
    .collect();
    parts.join(" ")
}

/// A countdown: "44:59", "1:02:03".
pub fn countdown(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        return format!("{hours}:{minutes:02}:{rest:02}");
    }
    format!("{minutes}:{rest:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn texts(tag: &str) -> Texts {
        Texts::for_language(Language::find(tag).unwrap())
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_written_as_the_language_does() {
        #[track_caller]
        fn check(tag: &str, value: f64, expected: &str) {
            assert_eq!(number(texts(tag), value), expected);
        }
        check("vi", 8.5, "8,5");
        check("de", 8.5, "8,5");
        check("en", 8.5, "8.5");
        check("vi", 10.0, "10");
        check("vi", 0.0, "0");
        check("vi", -0.001, "0");
        check("vi", 3.333_333, "3,33");
        check("en", -1234.5, "−1,234.5");
        check("vi", 1_234_567.0, "1.234.567");
        check("de", 999.999, "1.000");
    }

    #[test]
    fn times_name_the_date_only_on_another_day() {
        let zone = DEFAULT_ZONE;
        let morning = at("2026-11-22T03:42:10Z");
        let t = texts("vi");
        assert_eq!(moment(t, morning, at("2026-11-22T16:59:59Z"), zone), "10:42");
        assert_eq!(
            moment(t, morning, at("2026-11-22T17:00:00Z"), zone),
            "10:42, 22/11/2026"
        );
        assert_eq!(date(texts("en"), morning, zone), "22 Nov 2026");
        assert_eq!(date(texts("de"), morning, zone), "22.11.2026");
        assert_eq!(date(t, at("2026-03-04T00:00:00Z"), zone), "4/3/2026");
        assert_eq!(machine_time(morning), "2026-11-22T03:42:10Z");
        assert_eq!(file_stamp(morning, zone), "2026-11-22-1042");
    }

    #[test]
    fn spans_are_said_in_words() {
        #[track_caller]
        fn check(tag: &str, seconds: i64, expected: &str) {
            assert_eq!(duration(texts(tag), TimeDelta::seconds(seconds)), expected);
        }
        check("vi", 2_700, "45 phút");
        check("vi", 5_400, "1 giờ 30 phút");
        check("vi", 20, "20 giây");
        check("vi", -5, "0 giây");
        check("en", 60, "1 minute");
        check("en", 90_000, "1 day 1 hour");
        check("de", 172_800, "2 Tage");
        assert_eq!(countdown(2_699), "44:59");
        assert_eq!(countdown(3_723), "1:02:03");
        assert_eq!(countdown(-1), "0:00");
    }

    #[test]
    fn titles_become_file_names() {
        assert_eq!(file_name("An toàn xưởng: bài 1/2"), "An-toàn-xưởng-bài-1-2");
        assert_eq!(file_name("../..\u{0}"), "file");
    }
}
