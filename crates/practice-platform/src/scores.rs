//! Scores: what a tool posts about one student's work.
//!
//! A refusal has the body `[]`. Its reason phrase carries the whole request body, and when that has a line break
//! PHP drops the status with it: the refusal arrives as 200.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use serde_json::Value;

use crate::exchange::Answer;
use crate::gradebook::{self, Refusal, Score};
use crate::line_items::numeric;
use crate::services::{Call, document, media, refused};
use crate::state::{CourseRole, State};

/// Offset of the server's time zone (Asia/Ho_Chi_Minh), seconds east.
const SERVER_OFFSET: i32 = 7 * 3600;

/// Answers a score. `now` is Unix seconds.
pub(crate) fn post(state: &mut State, call: &Call<'_>, item: i64, now: i64) -> Answer {
    let Some(item) = state.line_items.get(&item).cloned() else {
        return refused(
            call.request,
            404,
            &format!("Not Found: Grade item {item} doesn't exist"),
        );
    };
    if item.tool != call.tool {
        return refused(call.request, 403, "Forbidden");
    }
    let body = call.request.text();
    let score = match read(&body) {
        Ok(score) => score,
        Err(Unreadable::NoNumber) => return crashed(),
        Err(Unreadable::Incorrect) => return incorrect(&body),
    };
    if state.role(item.course, score.user) != Some(CourseRole::Student) {
        return incorrect(&body);
    }
    let cell = state.grades.entry((item.id, score.user)).or_default();
    match gradebook::apply(&item, cell, &score, now) {
        Ok(()) => document(200, media::SCORE, String::new()),
        Err(Refusal::NotNewer) => document(409, media::SCORE, "[]".to_owned()).with_reason(&format!(
            "Refusing score with an earlier timestamp for item {} and user {}",
            item.id, score.user
        )),
        Err(Refusal::Locked) => document(500, media::SCORE, "[]".to_owned()),
    }
}

fn incorrect(body: &str) -> Answer {
    if body.contains(['\n', '\r']) {
        return document(200, media::SCORE, "[]".to_owned());
    }
    document(400, media::SCORE, "[]".to_owned()).with_reason(&format!("Incorrect score received{body}"))
}

/// What nginx makes of a PHP script that dies over a user id that is no number.
fn crashed() -> Answer {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n";
    Answer::new(502, "text/html", page)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unreadable {
    Incorrect,
    NoNumber,
}

fn read(body: &str) -> Result<Score, Unreadable> {
    let body: Value = serde_json::from_str(body).map_err(|_| Unreadable::Incorrect)?;
    let present = |name: &str| body.get(name).filter(|value| !value.is_null());
    let user = present("userId").ok_or(Unreadable::Incorrect)?;
    present("activityProgress").ok_or(Unreadable::Incorrect)?;
    let progress = present("gradingProgress")
        .and_then(Value::as_str)
        .ok_or(Unreadable::Incorrect)?;
    let at = present("timestamp")
        .and_then(Value::as_str)
        .and_then(seconds)
        .ok_or(Unreadable::Incorrect)?;
    let given = present("scoreGiven")
        .map(|value| numeric(value).ok_or(Unreadable::Incorrect))
        .transpose()?;
    let maximum = present("scoreMaximum")
        .map(|value| numeric(value).ok_or(Unreadable::Incorrect))
        .transpose()?;
    if given.is_some() && maximum.is_none() {
        return Err(Unreadable::Incorrect);
    }
    let user = match user {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    Ok(Score {
        user: user.ok_or(Unreadable::NoNumber)?,
        at,
        given: given.zip(maximum).filter(|_| progress == "FullyGraded"),
        comment: present("comment").and_then(Value::as_str).map(str::to_owned),
    })
}

/// Unix seconds of an ISO 8601 time: fractions are cut, a missing offset means the server's zone.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp());
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .or_else(|| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()?
                .and_hms_opt(0, 0, 0)
        })?;
    server_zone()?
        .from_local_datetime(&local)
        .single()
        .map(|time| time.timestamp())
}

/// The server's time zone, in which results print their times.
pub(crate) fn server_zone() -> Option<FixedOffset> {
    FixedOffset::east_opt(SERVER_OFFSET)
}
