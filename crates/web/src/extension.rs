//! `/s/{session}/gradebook/time…`, `/attempt`: more time for running attempts,
//! its undoing, another attempt; and what the gradebook's page says of it.

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig},
};
use app::{
    App, Code,
    extension::{self, Running},
    gradebook::{self, Gradebook},
};
use chrono_tz::Tz;
use ui::{Texts, format, page::gradebook as page};

use crate::{pairs::Pairs, problem::Problem, response, server::address, visitor::Sent};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/gradebook/time").post(grant))
        .service(address("/s/{session}/gradebook/time/undo").post(undo))
        .service(address("/s/{session}/gradebook/attempt").post(give_attempt));
}

async fn grant(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let seconds = sent
        .form
        .get("seconds")
        .parse()
        .map_err(|_unreadable| Problem::new(Code::Form, "no number of seconds"))?;
    let whom = match sent.form.optional("attempt") {
        Some(attempt) => Running::Attempt(attempt.to_owned()),
        None => Running::All,
    };
    let granted = extension::grant(&app, sent.visitor, whom, seconds).await?;
    Ok(response::see_other(&format!(
        "/s/{}/gradebook?done=time&grant={}&count={}",
        granted.session.id, granted.grant, granted.count
    )))
}

async fn undo(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let grant = sent.form.get("grant").to_owned();
    let session = extension::undo_grant(&app, sent.visitor, grant).await?;
    Ok(response::see_other(&format!(
        "/s/{}/gradebook?done=time-undone",
        session.id
    )))
}

async fn give_attempt(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let person_id = sent.form.get("person").to_owned();
    let session = extension::give_attempt(&app, sent.visitor, person_id).await?;
    Ok(response::see_other(&format!(
        "/s/{}/gradebook?done=attempt",
        session.id
    )))
}

/// The part of the gradebook about time.
pub(crate) fn timing(book: &Gradebook, prefix: &str, t: Texts) -> page::Timing {
    let running = || {
        book.students
            .iter()
            .filter_map(|student| student.running.as_ref())
    };
    page::Timing {
        done: None,
        running: running().count(),
        with_clock: running().filter(|running| running.due_at.is_some()).count(),
        pass: book
            .pass_percent
            .map(|percent| t.with("time-percent", "percent", percent).to_string())
            .unwrap_or_default(),
        filter: "",
        overrides_path: format!("{prefix}/overrides"),
    }
}

/// A running attempt in a student's row.
pub(crate) fn running(
    running: &gradebook::Running,
    book: &Gradebook,
    t: Texts,
    zone: Tz,
    prefix: &str,
) -> page::Running {
    page::Running {
        attempt_id: running.id.clone(),
        path: format!("{prefix}/attempts/{}", running.id),
        ends_at: running
            .due_at
            .map(|at| format::moment(t, at, book.now, zone))
            .unwrap_or_default(),
        is_on_break: running.is_on_break,
    }
}

/// What was just done, and who is shown, as the address says.
pub(crate) fn annotate(page: &mut page::Gradebook, query: &Pairs) {
    page.timing.done = match query.get("done") {
        "time" => Some(page::TimingDone::Granted(page::Granted {
            grant: query.get("grant").to_owned(),
            count: query.get("count").parse().unwrap_or_default(),
        })),
        "time-undone" => Some(page::TimingDone::Undone),
        "attempt" => Some(page::TimingDone::AttemptGiven),
        _ => None,
    };
    let wanted = match query.get("passed") {
        "yes" => ("yes", true),
        "no" => ("no", false),
        _ => return,
    };
    if page.timing.pass.is_empty() {
        return;
    }
    page.timing.filter = wanted.0;
    page.students.retain(|student| student.passed == Some(wanted.1));
    page.not_started.clear();
}
