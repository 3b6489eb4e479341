//! `GET /s/{session}/`: what stands behind an activity.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Refusal,
    activity::{self, Front, Next, PastAttempt},
    session::{Role, Session, Visitor},
};
use assessment::{Code, Published, Rules};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ui::{
    Html, Texts, format,
    page::attempt::{self, Absent, Action, Start},
};

use crate::{
    attempt_page::points_of,
    delivery, media, middleware,
    problem::{Problem, status_of},
    rendered::RenderedCache,
    response, rules,
    server::address,
    visitor::{self, frame},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(address("/s/{session}/").get(open));
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let front = activity::open(&app, visitor::reader(&request, &session_id)).await?;
    let elsewhere = |session: &Session, page: &str| {
        let answer = response::see_other(&format!("/s/{}/{page}", session.id));
        response::framed(answer, &session.platform_origins)
    };
    Ok(match front {
        Front::Student(start) => {
            let page = start_page(&start, &request, &rendered, **zone);
            response::page(&page, &start.session.platform_origins)
        }
        Front::Guest {
            session,
            published,
            version_id,
        } => {
            let page = guest_page(&session, &published, &version_id, &request, &rendered);
            response::page(&page, &session.platform_origins)
        }
        Front::Instructor(session) => elsewhere(&session, "gradebook"),
        Front::Course(session, key) => elsewhere(&session, &format!("courses/{key}")),
        Front::Copied(session) => elsewhere(&session, "copy"),
        Front::Administrator(session) => elsewhere(&session, "administration"),
        Front::Account(session) => elsewhere(&session, "learning"),
        Front::NoActivity(session) if session.role == Role::Instructor => elsewhere(&session, "picker"),
        Front::NoActivity(session) => {
            let page = Absent {
                frame: frame(&session, &request),
            };
            response::page(&page, &session.platform_origins)
        }
    })
}

/// The front page of a student whose password did not fit.
pub(crate) async fn with_wrong_password(
    request: &HttpRequest,
    app: &App,
    rendered: &RenderedCache,
    zone: Tz,
    visitor: Visitor,
    refusal: &Refusal,
) -> Result<HttpResponse, Problem> {
    let Front::Student(start) = activity::open(app, visitor).await? else {
        return Err(Problem::new(refusal.code, "the front page is another one"));
    };
    let mut page = start_page(&start, request, rendered, zone);
    let trace_id = middleware::record_refusal(request, refusal).await;
    page.password_failed = Some((refusal.code.as_str(), trace_id));
    Ok(response::page_with(
        status_of(refusal.code),
        &page,
        &start.session.platform_origins,
    ))
}

fn start_page(start: &activity::Start, request: &HttpRequest, rendered: &RenderedCache, zone: Tz) -> Start {
    let frame = frame(&start.session, request);
    let t = frame.t;
    let words = rendered
        .get(&start.version_id, &start.published, t.language())
        .with_media_at(&media::place(&start.session.id));
    let prefix = frame.prefix().to_owned();
    let mut attempts: Vec<_> = start
        .attempts
        .iter()
        .map(|past| past_attempt(past, &prefix, t, start.now, zone))
        .collect();
    attempts.reverse();
    Start {
        title: words.title.clone(),
        introduction: words.introduction.clone(),
        rules: own_rules(start, t, zone),
        action: action(&start.next, &start.in_force.rules, t, zone),
        start_path: format!("{prefix}/attempts"),
        asks_password: start.in_force.asks_password(),
        password_failed: None,
        attempts,
        delivery: start
            .delivery
            .as_ref()
            .map(|delivery| delivery::of_student(delivery, &start.session, t, zone, start.now)),
        frame,
    }
}

// Somebody who neither learns nor teaches here reads that there is a quiz, no more.
fn guest_page(
    session: &Session,
    published: &Arc<Published>,
    version_id: &str,
    request: &HttpRequest,
    rendered: &RenderedCache,
) -> Start {
    let frame = frame(session, request);
    Start {
        title: rendered
            .get(version_id, published, frame.t.language())
            .title
            .clone(),
        introduction: Html::default(),
        rules: attempt::Rules::default(),
        action: Action::NotALearner,
        start_path: String::new(),
        asks_password: false,
        password_failed: None,
        attempts: Vec::new(),
        delivery: None,
        frame,
    }
}

// The quiz's rules as they are in force for this student, with what is the student's own.
fn own_rules(start: &activity::Start, t: Texts, zone: Tz) -> attempt::Rules {
    let rules = &start.in_force.rules;
    let of_quiz = rules::in_words(rules, &start.published, t, zone);
    let break_seconds = start.in_force.accommodation.break_seconds;
    attempt::Rules {
        is_own_time: start.in_force.extra_seconds > 0,
        breaks: match rules.time_limit_seconds {
            Some(_) if break_seconds > 0 => format::duration(t, TimeDelta::seconds(i64::from(break_seconds))),
            _ => String::new(),
        },
        attempts: match rules.attempts_allowed {
            Some(allowed) => format!("{}/{allowed}", start.begun),
            None => start.begun.to_string(),
        },
        ..of_quiz
    }
}

fn action(next: &Next, rules: &Rules, t: Texts, zone: Tz) -> Action {
    let date = |at: Option<DateTime<Utc>>| at.map(|at| format::date_time(t, at, zone)).unwrap_or_default();
    match next {
        Next::Start => Action::Start,
        Next::Continue { remaining_seconds } => {
            let left = remaining_seconds.map(|seconds| format::duration(t, TimeDelta::seconds(seconds)));
            Action::Continue(left.unwrap_or_default())
        }
        Next::Refused(Code::NotOpenYet, from) => Action::NotOpenYet(date(*from)),
        Next::Refused(Code::Wait, from) => Action::Wait(date(*from)),
        Next::Refused(Code::ClosedDate, _) => Action::Closed(date(rules.closes_at)),
        Next::Refused(..) => Action::NoAttemptsLeft,
    }
}

fn past_attempt(
    past: &PastAttempt,
    prefix: &str,
    t: Texts,
    now: DateTime<Utc>,
    zone: Tz,
) -> attempt::PastAttempt {
    attempt::PastAttempt {
        number: usize::try_from(past.number).unwrap_or_default(),
        submitted_at: format::moment(t, past.submitted_at, now, zone),
        mark: past
            .mark
            .map(|mark| format::mark(t, mark.grade, mark.maximum))
            .unwrap_or_default(),
        points: past.mark.map(|mark| points_of(mark, t)).unwrap_or_default(),
        review_path: format!("{prefix}/attempts/{}", past.id),
        counts: past.counts,
        passed: past.passed,
        is_abandoned: past.is_abandoned,
        waiting: past.waiting,
    }
}
