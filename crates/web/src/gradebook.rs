//! `/s/{session}/gradebook…`: the instructor's page of an activity, its CSV
//! file and its buttons; and a student's "send again".

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    grade::{self, Which, Whose},
    gradebook::{self, Asked, Finding, Gradebook, Live, Progress, Refreshed, Shown, Student},
    session::Session,
};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::{Delivery, DeliveryState},
    format,
    page::gradebook as page,
};

use crate::{
    csv, delivery, extension, middleware,
    pairs::Pairs,
    problem::{Problem, status_of},
    rendered, response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/gradebook").get(open))
        .service(address("/s/{session}/gradebook.csv").get(download))
        .service(address("/s/{session}/gradebook/column").post(make_column))
        .service(address("/s/{session}/gradebook/roster").post(refresh_roster))
        .service(address("/s/{session}/gradebook/send-again").post(send_again))
        .service(address("/s/{session}/gradebook/overwrite").post(overwrite))
        .service(address("/s/{session}/grade/send-again").post(send_own_again));
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let visitor = visitor::reader(&request, &session_id);
    let Some(book) = gradebook::open(&app, visitor).await? else {
        return Ok(response::see_other(&format!("/s/{session_id}/picker")));
    };
    let mut page = page_of(&book, &request, **zone, done(query.get("done")));
    extension::annotate(&mut page, &query);
    page.roster.done = roster_done(query.get("done"));
    Ok(response::page(&page, &book.session.platform_origins))
}

async fn download(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(&request, &session_id);
    let Some(book) = gradebook::open(&app, visitor).await? else {
        return Ok(response::see_other(&format!("/s/{session_id}/picker")));
    };
    let t = Texts::for_language(visitor::session_language(&book.session, &request));
    let title = rendered::plain(&book.title, t.language());
    let name = format!(
        "{}-{}",
        format::file_name(&title),
        format::file_stamp(book.now, **zone)
    );
    let rows: Vec<Vec<String>> = std::iter::once(page::csv_header(
        t,
        &book.platform,
        book.pass_percent.is_some(),
        book.module.is_some(),
    ))
    .chain(
        book.students
            .iter()
            .map(|student| csv_row(student, &book, t, **zone)),
    )
    .collect();
    let answer = csv::download(t, &rows, &name)?;
    Ok(response::framed(answer, &book.session.platform_origins))
}

async fn make_column(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let refusal = match gradebook::make_column(&app, sent.visitor.clone()).await {
        Ok(session) => return Ok(back(&session, "column")),
        Err(Error::Refused(refusal)) => refusal,
        Err(error) => return Err(error.into()),
    };
    let Some(advice) = advice(refusal.code) else {
        return Err(Error::Refused(refusal).into());
    };
    let Some(book) = gradebook::open(&app, sent.visitor).await? else {
        return Err(Error::Refused(refusal).into());
    };
    let mut page = page_of(&book, &request, **zone, None);
    page.column_failed = Some(page::ColumnFailed {
        advice,
        code: refusal.code.as_str(),
        trace_id: middleware::record_refusal(&request, &refusal).await,
    });
    Ok(response::page_with(
        status_of(refusal.code),
        &page,
        &book.session.platform_origins,
    ))
}

async fn refresh_roster(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session, refreshed) = gradebook::refresh_now(&app, sent.visitor).await?;
    Ok(back(
        &session,
        match refreshed {
            Refreshed::Read => "roster-read",
            Refreshed::JustNow => "roster-just-now",
            Refreshed::UnderWay => "roster-under-way",
            // The page says why.
            Refreshed::Failed => "",
        },
    ))
}

fn roster_done(query: &str) -> Option<page::RosterDone> {
    match query {
        "roster-read" => Some(page::RosterDone::Read),
        "roster-just-now" => Some(page::RosterDone::JustNow),
        "roster-under-way" => Some(page::RosterDone::UnderWay),
        _ => None,
    }
}

/// What helps when the platform did not make the column; `None` when it was not the platform.
pub(crate) fn advice(code: Code) -> Option<&'static str> {
    match code {
        Code::Lti(lti::Code::SvcUnreachable) => Some("unreachable"),
        Code::Lti(lti::Code::SvcScope) => Some("scope"),
        Code::Lti(lti::Code::SvcOrigin) => Some("origin"),
        Code::Lti(lti::Code::SvcRefused) => Some("refused"),
        _ => None,
    }
}

async fn send_again(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let whose = whose(&sent);
    let session = grade::send_again(&app, sent.visitor, Which::Activity, whose).await?;
    Ok(back(&session, "sent"))
}

/// Whose grades a "send again" is about.
pub(crate) fn whose(sent: &Sent) -> Whose {
    match (sent.form.optional("person"), sent.form.get("which")) {
        (Some(person_id), _) => Whose::Person(person_id.to_owned()),
        (None, "emptied") => Whose::Emptied,
        (None, _) => Whose::Failed,
    }
}

async fn overwrite(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let person_id = sent.form.get("person").to_owned();
    let session = grade::overwrite(&app, sent.visitor, Which::Activity, person_id).await?;
    Ok(back(&session, "overwrites"))
}

async fn send_own_again(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let session = grade::send_again(&app, sent.visitor, Which::Activity, Whose::Own).await?;
    Ok(response::see_other(&format!("/s/{}/", session.id)))
}

fn back(session: &Session, done: &str) -> HttpResponse {
    response::see_other(&format!("/s/{}/gradebook?done={done}", session.id))
}

fn done(query: &str) -> Option<page::Done> {
    match query {
        "sent" => Some(page::Done::SentAgain),
        "overwrites" => Some(page::Done::Overwrites),
        "column" => Some(page::Done::ColumnMade),
        _ => None,
    }
}

fn page_of(book: &Gradebook, request: &HttpRequest, zone: Tz, done: Option<page::Done>) -> page::Gradebook {
    let frame = visitor::frame(&book.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let (begun, not_started): (Vec<&Student>, Vec<&Student>) = book
        .students
        .iter()
        .partition(|student| student.progress != Progress::NotStarted);
    page::Gradebook {
        title: rendered::plain(&book.title, t.language()),
        platform: book.platform.clone(),
        counts: page::Counts {
            students: book.students.len(),
            submitted: book.count(Progress::Submitted),
            open: book.count(Progress::Open),
            not_started: not_started.len(),
            failed: book.failed(),
            emptied: book.emptied(),
            locked: book.locked(),
            waiting: book.waiting(),
        },
        done,
        column_failed: None,
        column: match (book.column.exists, book.column.can_be_made) {
            (true, _) => page::ColumnState::Exists,
            (false, true) => page::ColumnState::CanBeMade,
            (false, false) => page::ColumnState::Missing,
        },
        finding: book.column.finding.map(|finding| column_finding(finding, t)),
        roster: class_list(book, t, zone),
        timing: extension::timing(book, &prefix, t),
        live_failed: book.live == Live::Failed,
        students: begun
            .into_iter()
            .map(|student| row(student, book, t, zone, &prefix))
            .collect(),
        not_started: not_started
            .into_iter()
            .map(|one| page::NotStarted {
                name: one.name.clone().unwrap_or_default(),
                is_asked: is_asked(one, book),
            })
            .collect(),
        path: format!("{prefix}/gradebook"),
        module_path: format!("{prefix}/module-score"),
        regrade_path: format!("{prefix}/regrade"),
        marking_path: format!("{prefix}/marking"),
        statistics_path: format!("{prefix}/gradebook/statistics"),
        copy_path: match book.can_undo_copy {
            true => format!("{prefix}/copy"),
            false => String::new(),
        },
        edit_path: format!("{prefix}/quizzes/{}/edit", book.assessment_id),
        preview_path: format!("{prefix}/quizzes/{}/preview", book.assessment_id),
        frame,
    }
}

fn column_finding(finding: Finding, t: Texts) -> page::ColumnFinding {
    let number = |value| format::number(t, value);
    match finding {
        Finding::MissingLink => page::ColumnFinding::MissingLink,
        Finding::MissingTool => page::ColumnFinding::MissingTool,
        Finding::Followed(from, to) => page::ColumnFinding::Followed(number(from), number(to)),
        Finding::Differs(ours, theirs) => page::ColumnFinding::Differs(number(ours), number(theirs)),
    }
}

fn class_list(book: &Gradebook, t: Texts, zone: Tz) -> page::ClassList {
    let moment = |at| format::moment(t, at, book.now, zone);
    let roster = &book.roster;
    let state = match (roster.is_shared, roster.read_at, &roster.problem) {
        (true, Some(at), Some((tried_at, problem))) => page::RosterState::Stale {
            read: moment(at),
            tried: moment(*tried_at),
            problem: problem.clone(),
        },
        (_, Some(at), _) => page::RosterState::Read(moment(at)),
        (true, None, Some((_, problem))) => page::RosterState::Failed(problem.clone()),
        (true, None, None) => page::RosterState::Failed("unreachable".to_owned()),
        (false, None, _) => page::RosterState::NotShared,
    };
    let nameless = || t.get("gradebook-nameless").into_owned();
    let teachers = roster.teachers.iter();
    let teachers: Vec<String> = teachers
        .map(|name| name.clone().unwrap_or_else(nameless))
        .collect();
    page::ClassList {
        state,
        done: None,
        cannot_open: roster.cannot_open,
        teachers: teachers.join(", "),
        asked: book.asked.as_ref().map(|asked| match asked {
            Asked::NotStarted(name) => page::Asked::NotStarted(name.clone().unwrap_or_default()),
            Asked::Unknown => page::Asked::Unknown,
        }),
    }
}

// Whether the platform's gradebook asked for this student.
fn is_asked(student: &Student, book: &Gradebook) -> bool {
    book.asked_person_id.as_deref() == Some(student.person_id.as_str())
}

fn row(student: &Student, book: &Gradebook, t: Texts, zone: Tz, prefix: &str) -> page::Student {
    let over = |is_abandoned: bool| {
        move |(number, id): &(i64, String)| page::Attempt {
            number: *number,
            path: format!("{prefix}/attempts/{id}"),
            is_abandoned,
        }
    };
    let submitted = student.attempts.iter().map(over(false));
    let mut attempts: Vec<page::Attempt> = submitted
        .chain(student.abandoned.iter().map(over(true)))
        .collect();
    attempts.sort_by_key(|attempt| attempt.number);
    let state = state(student, book, t, zone);
    page::Student {
        person_id: student.person_id.clone(),
        name: student.name.clone().unwrap_or_default(),
        is_open: student.progress == Progress::Open,
        has_left: student.has_left,
        is_kept_here: student.is_kept_here,
        is_asked: is_asked(student, book),
        running: student
            .running
            .as_ref()
            .map(|running| extension::running(running, book, t, zone, prefix)),
        passed: student.passed,
        attempts,
        mark: student
            .grade
            .map(|grade| format::mark(t, grade, book.column.maximum))
            .unwrap_or_default(),
        waiting: student.waiting,
        provisional: student
            .provisional
            .map(|grade| format::mark(t, grade, book.column.maximum))
            .unwrap_or_default(),
        can_send: student.shown == Shown::Nothing
            || matches!(
                state,
                Some(DeliveryState::Retrying(..) | DeliveryState::Refused(_) | DeliveryState::Parked)
            ),
        shown: match (student.shown, &student.delivery) {
            (Shown::AsExpected, _) => page::Shown::AsExpected,
            (Shown::Nothing, _) => page::Shown::Nothing,
            (Shown::Teachers { score, maximum, .. }, None) => {
                page::Shown::OnlyTeachers(theirs(score, maximum, book, t))
            }
            (Shown::Teachers { stays: true, .. }, Some(_)) => page::Shown::TeachersStays,
            (Shown::Teachers { .. }, Some(_)) => page::Shown::Teachers,
        },
        delivery: student
            .delivery
            .as_ref()
            .zip(state)
            .map(|(delivery, state)| Delivery {
                t,
                mark: format::number(t, delivery.score),
                platform: delivery.platform.clone(),
                state,
                send_again: None,
            }),
    }
}

// What the platform shows now is newer than what we know of the delivery.
fn state(student: &Student, book: &Gradebook, t: Texts, zone: Tz) -> Option<DeliveryState> {
    let known = student.delivery.as_ref()?;
    Some(match student.shown {
        Shown::Teachers { score, maximum, .. } => {
            DeliveryState::KeptTeachers(theirs(score, maximum, book, t))
        }
        Shown::Nothing => DeliveryState::Emptied,
        Shown::AsExpected => delivery::state(known.progress, t, zone, book.now),
    })
}

// With its scale where that is not ours.
fn theirs(score: f64, maximum: f64, book: &Gradebook, t: Texts) -> String {
    if maximum == book.column.maximum {
        format::number(t, score)
    } else {
        format::mark(t, score, maximum)
    }
}

fn csv_row(student: &Student, book: &Gradebook, t: Texts, zone: Tz) -> Vec<String> {
    let shown = match student.shown {
        Shown::Teachers { score, maximum, .. } => theirs(score, maximum, book, t),
        Shown::AsExpected | Shown::Nothing => String::new(),
    };
    let submitted = student.progress == Progress::Submitted;
    let open = student.progress == Progress::Open;
    let abandoned = student.progress == Progress::Abandoned;
    let passed = book.pass_percent.map(|_| page::csv_passed(t, student.passed));
    let module = book.module.as_ref().map(|module| {
        let grade = module.get(&student.person_id);
        grade.map(|grade| format::number(t, *grade)).unwrap_or_default()
    });
    let cells = vec![
        student.name.clone().unwrap_or_default(),
        page::csv_state(t, submitted, open, abandoned, student.waiting),
        student.attempts.len().to_string(),
        student
            .submitted_at
            .map(|at| format::date_time(t, at, zone))
            .unwrap_or_default(),
        student
            .grade
            .map(|grade| format::number(t, grade))
            .unwrap_or_default(),
        student
            .grade
            .map(|_| format::number(t, book.column.maximum))
            .unwrap_or_default(),
        state(student, book, t, zone)
            .map(|state| page::csv_delivery(t, &state))
            .unwrap_or_default(),
        shown,
    ];
    cells.into_iter().chain(passed).chain(module).collect()
}
