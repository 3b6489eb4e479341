//! Where a grade is on its way to the platform, from `app` to the part of a page.

use app::{
    grade::{self, Problem, Progress},
    session::Session,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::{Delivery, DeliveryState, SendAgain},
    format,
};

/// The line of a student's own grade, with its "send again".
pub(crate) fn of_student(
    delivery: &grade::Delivery,
    session: &Session,
    t: Texts,
    zone: Tz,
    now: DateTime<Utc>,
) -> Delivery {
    // Sending again helps only where something failed.
    let failed = delivery.progress.has_failed() || matches!(delivery.progress, Progress::Retrying(..));
    Delivery {
        t,
        mark: format::number(t, delivery.score),
        platform: delivery.platform.clone(),
        state: state(delivery.progress, t, zone, now),
        send_again: failed.then(|| SendAgain {
            path: format!("/s/{}/grade/send-again", session.id),
            csrf: session.csrf_token.clone(),
        }),
    }
}

/// Where a grade is, with times as the reader writes them.
pub(crate) fn state(progress: Progress, t: Texts, zone: Tz, now: DateTime<Utc>) -> DeliveryState {
    match progress {
        Progress::Waiting => DeliveryState::Waiting,
        Progress::NoColumn => DeliveryState::NoColumn,
        Progress::Delivered(at) => DeliveryState::Delivered(format::moment(t, at, now, zone)),
        Progress::Retrying(at, problem) => {
            DeliveryState::Retrying(format::moment(t, at, now, zone), reason(problem, t))
        }
        Progress::Refused(problem) => DeliveryState::Refused(reason(problem, t)),
        Progress::Parked => DeliveryState::Parked,
        Progress::Emptied => DeliveryState::Emptied,
        Progress::Kept(score, _) | Progress::Overridden(score, _) => {
            DeliveryState::KeptTeachers(format::number(t, score))
        }
    }
}

fn reason(problem: Problem, t: Texts) -> &'static str {
    let reason = problem.as_str();
    if t.has(&format!("delivery-reason-{reason}")) {
        reason
    } else {
        Problem::Other.as_str()
    }
}
