//! What a platform's answer to a score means: stored, to be sent again, or
//! refused for good. Who retries when is `app`'s matter.

use crate::json::loggable;
use crate::quirks::{Quirks, ScoreSuccess, quirks};
use serde_json::Value;

/// The meaning of an answer to a score (AGS 2.0 section 3.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScoreVerdict {
    /// Stored.
    Delivered,
    /// The platform holds a newer score, a teacher's perhaps: read the result first.
    Conflict,
    /// The token is not taken: get a new one, once.
    Unauthorized,
    /// Too many calls, or a planned pause: honour Retry-After.
    Throttled,
    /// Refused; the same again would be refused again.
    Permanent {
        /// Why, for the sentence that people read.
        reason: PermanentReason,
        /// The platform's own words, one line, at most 200 characters.
        detail: String,
    },
    /// Nothing is known about the score; send it again later.
    Transient {
        /// What came instead, for the log.
        detail: String,
    },
}

/// Why a score is refused for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PermanentReason {
    /// The person cannot be graded there: not enrolled as a student.
    NotGradable,
    /// The grade or its column is locked in the gradebook.
    Locked,
    /// We may not write to this column.
    Forbidden,
    /// The column is gone.
    NoSuchColumn,
    /// The platform calls the request wrong in another way.
    BadRequest,
}

/// Judges an answer by its status, content type and body (the first few KiB
/// are enough). `product_family` chooses the row of [`crate::quirks`].
pub fn judge_score_response(
    product_family: Option<&str>,
    status: u16,
    content_type: Option<&str>,
    body: &[u8],
) -> ScoreVerdict {
    let quirks = quirks(product_family);
    let body = body.trim_ascii();
    match status {
        200..=299 => judge_success(quirks, status, content_type, body),
        401 => ScoreVerdict::Unauthorized,
        409 => ScoreVerdict::Conflict,
        429 | 503 => ScoreVerdict::Throttled,
        403 if quirks.forbidden_may_be_throttling && says_throttled(body) => ScoreVerdict::Throttled,
        403 => permanent(PermanentReason::Forbidden, status, body),
        404 | 410 => permanent(PermanentReason::NoSuchColumn, status, body),
        400 if quirks.score_success == ScoreSuccess::OkAndEmptyBody && body == b"[]" => {
            permanent(PermanentReason::NotGradable, status, body)
        }
        422 if quirks.unprocessable_is_not_gradable => permanent(PermanentReason::NotGradable, status, body),
        408 | 425 => transient(status, content_type),
        400..=499 => permanent(PermanentReason::BadRequest, status, body),
        500 if quirks.empty_list_500_is_locked && body == b"[]" => {
            permanent(PermanentReason::Locked, status, body)
        }
        _ => transient(status, content_type),
    }
}

fn judge_success(quirks: &Quirks, status: u16, content_type: Option<&str>, body: &[u8]) -> ScoreVerdict {
    match quirks.score_success {
        ScoreSuccess::AnySuccessNotHtml if !is_html(content_type, body) => ScoreVerdict::Delivered,
        ScoreSuccess::OkAndEmptyBody if status == 200 && body.is_empty() => ScoreVerdict::Delivered,
        // the refusal that lost its status line
        ScoreSuccess::OkAndEmptyBody if body == b"[]" => {
            permanent(PermanentReason::NotGradable, status, body)
        }
        _ => transient(status, content_type),
    }
}

/// A page for people where a service's answer was due: a login page, a proxy, maintenance.
fn is_html(content_type: Option<&str>, body: &[u8]) -> bool {
    let typed = content_type.is_some_and(|value| {
        let name = value.split(';').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case("text/html") || name.eq_ignore_ascii_case("application/xhtml+xml")
    });
    (typed && !body.is_empty()) || body.starts_with(b"<")
}

fn says_throttled(body: &[u8]) -> bool {
    String::from_utf8_lossy(body)
        .to_ascii_lowercase()
        .contains("rate limit")
}

fn permanent(reason: PermanentReason, status: u16, body: &[u8]) -> ScoreVerdict {
    let words = serde_json::from_slice::<Value>(body)
        .ok()
        .and_then(|value| Some(loggable(value.get("reason")?.as_str()?)));
    ScoreVerdict::Permanent {
        reason,
        detail: match words {
            Some(words) => format!("{status} {words}"),
            None => status.to_string(),
        },
    }
}

fn transient(status: u16, content_type: Option<&str>) -> ScoreVerdict {
    ScoreVerdict::Transient {
        detail: format!("{status} {}", loggable(content_type.unwrap_or("no content type"))),
    }
}

#[cfg(test)]
#[path = "score_response_tests.rs"]
mod tests;
