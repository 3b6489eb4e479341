//! Scores to the platform's gradebook (AGS 2.0, 3.4).
//!
//! Left out on purpose: queueing and trying again (`app`), and what an answer means (`lti::score_response`).

use chrono::{DateTime, Utc};
use lti::ags::{SCOPE_SCORE, SCORE_TYPE, Score, scores_url};
use lti::quirks::quirks;
use lti::score_response::{ScoreVerdict, judge_score_response};
use lti::{Code, Refusal};
use reqwest::Method;

use crate::bearer::{Caller, ServiceCall, call};
use crate::client::{CAP_SMALL, Outbound, Service};
use crate::error::CallError;

/// What a platform answered to a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreAnswer {
    /// What the answer means.
    pub verdict: ScoreVerdict,
    /// The HTTP status.
    pub status: u16,
    /// The time before which the platform does not want to hear from us, at most a day from now.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Posts one score to a column. A token that is refused is renewed once; [`ScoreVerdict::Unauthorized`] means that the
/// new one was refused, too.
///
/// # Errors
/// No answer, no token, `LTI-SVC-ORIGIN`, and `LTI-AGS-VALUE` for a score that may not be sent.
pub async fn post(
    outbound: &Outbound,
    caller: &Caller<'_>,
    line_item_url: &str,
    score: &Score,
) -> Result<ScoreAnswer, CallError> {
    let family = caller.target.product_family.as_deref();
    if !quirks(family).may_send_user_id(&score.user_id) {
        return Err(Refusal::new(Code::AgsValue, "this platform's user ids are numbers").into());
    }
    let request = ServiceCall {
        service: Service::Scores,
        scope: SCOPE_SCORE,
        method: Method::POST,
        url: &scores_url(line_item_url),
        accept: SCORE_TYPE,
        content: Some((SCORE_TYPE, score.to_json()?.into())),
        cap: CAP_SMALL,
    };
    let answer = call(outbound, caller, request).await?;
    let media_type = answer.header("content-type");
    Ok(ScoreAnswer {
        verdict: judge_score_response(family, answer.status, media_type.as_deref(), &answer.body),
        status: answer.status,
        retry_at: answer.retry_at(),
    })
}
