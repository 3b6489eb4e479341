//! `/s/{session}/module-score…`: several activities in one column, its CSV file
//! and its buttons.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Refusal,
    grade::{self, Progress, Which},
    gradebook::Finding,
    module_score::{self, ActivityRow, Form, ModulePage, PartGrade, Saved, StudentRow, Wrong},
    session::Session,
};
use assessment::{Rounding, Unfinished};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::Delivery,
    format,
    page::{gradebook::ColumnFailed, module_score as page},
};

use crate::{
    csv, delivery, gradebook, middleware,
    pairs::Pairs,
    problem::{Problem, status_of},
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/module-score").get(open).post(change))
        .service(address("/s/{session}/module-score.csv").get(download))
        .service(address("/s/{session}/module-score/send-again").post(send_again))
        .service(address("/s/{session}/module-score/overwrite").post(overwrite));
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let found = module_score::open(&app, visitor::reader(&request, &session_id)).await?;
    let mut page = page_of(&found, &request, **zone);
    page.done = match query.get("done") {
        "saved" => Some(page::Done::Saved),
        "sent" => Some(page::Done::SentAgain),
        "overwrites" => Some(page::Done::Overwrites),
        _ => None,
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn change(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let form = form_of(&sent.form);
    if sent.form.get("do") != "save" {
        let found = module_score::preview(&app, sent.visitor, form).await?;
        let page = page_of(&found, &request, **zone);
        return Ok(response::page(&page, &found.session.platform_origins));
    }
    let seen = sent.form.get("seen").to_owned();
    match module_score::save(&app, sent.visitor.clone(), form, seen).await? {
        Saved::Done(session) => Ok(back(&session, "saved")),
        Saved::Look(found) => {
            let mut page = page_of(&found, &request, **zone);
            page.must_look = found.wrong.is_empty();
            Ok(response::page(&page, &found.session.platform_origins))
        }
        Saved::WithoutColumn(session, refusal) => {
            without_column(&request, &app, **zone, sent, &session, *refusal).await
        }
    }
}

async fn without_column(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    sent: Sent,
    session: &Session,
    refusal: Refusal,
) -> Result<HttpResponse, Problem> {
    let Some(advice) = gradebook::advice(refusal.code) else {
        return Err(app::Error::from(Box::new(refusal)).into());
    };
    let found = module_score::open(app, sent.visitor).await?;
    let mut page = page_of(&found, request, zone);
    page.column_failed = Some(ColumnFailed {
        advice,
        code: refusal.code.as_str(),
        trace_id: middleware::record_refusal(request, &refusal).await,
    });
    Ok(response::page_with(
        status_of(refusal.code),
        &page,
        &session.platform_origins,
    ))
}

async fn send_again(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let whose = gradebook::whose(&sent);
    let session = grade::send_again(&app, sent.visitor, Which::Module, whose).await?;
    Ok(back(&session, "sent"))
}

async fn overwrite(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let person_id = sent.form.get("person").to_owned();
    let session = grade::overwrite(&app, sent.visitor, Which::Module, person_id).await?;
    Ok(back(&session, "overwrites"))
}

fn back(session: &Session, done: &str) -> HttpResponse {
    response::see_other(&format!("/s/{}/module-score?done={done}", session.id))
}

async fn download(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = module_score::open(&app, visitor::reader(&request, &session_id)).await?;
    let t = Texts::for_language(visitor::session_language(&found.session, &request));
    let name = format!(
        "{}-{}",
        format::file_name(&found.form.label),
        format::file_stamp(found.now, **zone)
    );
    let rows: Vec<Vec<String>> = std::iter::once(page::csv_header(t, &part_names(&found)))
        .chain(
            found
                .students
                .iter()
                .map(|student| csv_row(student, &found, t, **zone)),
        )
        .collect();
    let answer = csv::download(t, &rows, &name)?;
    Ok(response::framed(answer, &found.session.platform_origins))
}

fn csv_row(student: &StudentRow, found: &ModulePage, t: Texts, zone: Tz) -> Vec<String> {
    let part = |part: &PartGrade| match part {
        PartGrade::Done(hundredths) => format::number(t, *hundredths as f64 / 100.0),
        PartGrade::CountsZero => "0".to_owned(),
        PartGrade::LeftOut | PartGrade::Waits | PartGrade::Gone => String::new(),
    };
    let state = student.delivery.as_ref().map(|known| {
        let state = delivery::state(known.progress, t, zone, found.now);
        ui::page::gradebook::csv_delivery(t, &state)
    });
    std::iter::once(student.name.clone().unwrap_or_default())
        .chain(student.parts.iter().map(part))
        .chain([
            before_rounding(student, t),
            student
                .grade
                .map(|grade| format::number(t, grade))
                .unwrap_or_default(),
            student
                .grade
                .map(|_| format::number(t, found.maximum))
                .unwrap_or_default(),
            state.unwrap_or_default(),
        ])
        .collect()
}

fn form_of(form: &Pairs) -> Form {
    let chosen = form.0.iter().filter_map(|(name, _)| name.strip_prefix("choose."));
    Form {
        label: form.get("label").to_owned(),
        maximum: form.get("maximum").to_owned(),
        rounding: form.get("rounding").to_owned(),
        unfinished: form.get("unfinished").to_owned(),
        weights: chosen
            .map(|id| (id.to_owned(), form.get(&format!("weight.{id}")).to_owned()))
            .collect(),
    }
}

fn page_of(found: &ModulePage, request: &HttpRequest, zone: Tz) -> page::ModuleScore {
    let frame = visitor::frame(&found.session, request);
    let t = frame.t;
    let prefix = frame.prefix().to_owned();
    let is_wrong = |wrong: &Wrong| found.wrong.contains(wrong);
    page::ModuleScore {
        platform: found.platform.clone(),
        path: format!("{prefix}/module-score"),
        gradebook_path: format!("{prefix}/gradebook"),
        done: None,
        column_failed: None,
        is_saved: found.is_saved,
        is_missing: found.column.finding == Some(Finding::MissingTool),
        is_unconnected: found.is_saved
            && found.column.can_be_made
            && !found.column.exists
            && found.column.finding.is_none(),
        can_be_made: found.column.can_be_made || found.column.exists,
        must_look: false,
        moving: found.moving(),
        failed: found.failed(),
        label: found.form.label.clone(),
        maximum: found.form.maximum.clone(),
        roundings: Rounding::ALL
            .iter()
            .map(|rounding| page::Choice {
                value: rounding.as_str(),
                label: page::rounding_label(t, rounding.as_str()),
                is_chosen: found.form.rounding == rounding.as_str(),
            })
            .collect(),
        unfinished: Unfinished::ALL
            .iter()
            .map(|unfinished| page::Choice {
                value: unfinished.as_str(),
                label: page::unfinished_label(t, unfinished.as_str()),
                is_chosen: found.form.unfinished == unfinished.as_str(),
            })
            .collect(),
        activities: found
            .activities
            .iter()
            .map(|activity| activity_row(activity, found, t, zone))
            .collect(),
        wrong: page::Wrong {
            label: is_wrong(&Wrong::Label),
            maximum: is_wrong(&Wrong::Maximum),
            nothing: is_wrong(&Wrong::Nothing),
        },
        parts: part_names(found),
        students: found
            .students
            .iter()
            .map(|student| student_row(student, found, t, zone))
            .collect(),
        fingerprint: found.fingerprint.clone(),
        frame,
    }
}

fn part_names(found: &ModulePage) -> Vec<String> {
    let chosen = found.activities.iter().filter(|activity| activity.is_chosen);
    chosen.map(|activity| activity.title.clone()).collect()
}

fn activity_row(activity: &ActivityRow, found: &ModulePage, t: Texts, zone: Tz) -> page::Activity {
    let percent = |share: f64| format!("{}\u{a0}%", format::number_with_decimals(t, share * 100.0, 1));
    page::Activity {
        id: activity.id.clone(),
        title: activity.title.clone(),
        is_chosen: activity.is_chosen,
        weight: activity.weight.replace('.', &t.get("format-decimal")),
        share: activity.share.map(percent).unwrap_or_default(),
        closes: activity
            .closes_at
            .map(|at| format::date_time(t, at, zone))
            .unwrap_or_default(),
        is_gone: activity.is_gone,
        is_wrong: found.wrong.contains(&Wrong::Weight(activity.id.clone())),
    }
}

fn student_row(student: &StudentRow, found: &ModulePage, t: Texts, zone: Tz) -> page::Student {
    let part = |part: &PartGrade| match part {
        PartGrade::Done(hundredths) => page::Part::Done(format::number(t, *hundredths as f64 / 100.0)),
        PartGrade::CountsZero => page::Part::CountsZero,
        PartGrade::LeftOut | PartGrade::Gone => page::Part::LeftOut,
        PartGrade::Waits => page::Part::Waits,
    };
    let progress = student.delivery.as_ref().map(|delivery| delivery.progress);
    let mark = |(grade, maximum)| format::mark(t, grade, maximum);
    page::Student {
        person_id: student.person_id.clone(),
        name: student.name.clone().unwrap_or_default(),
        parts: student.parts.iter().map(part).collect(),
        before_rounding: before_rounding(student, t),
        grade: student
            .grade
            .map(|grade| mark((grade, found.maximum)))
            .unwrap_or_default(),
        former: student
            .former
            .filter(|_| student.moves(found.maximum))
            .map(mark)
            .unwrap_or_default(),
        can_send: progress.is_some_and(|progress| {
            progress.has_failed() || matches!(progress, Progress::Retrying(..) | Progress::Emptied)
        }),
        is_teachers: matches!(progress, Some(Progress::Kept(..))),
        delivery: student.delivery.as_ref().map(|known| Delivery {
            t,
            mark: format::number(t, known.score),
            platform: known.platform.clone(),
            state: delivery::state(known.progress, t, zone, found.now),
            send_again: None,
        }),
    }
}

fn before_rounding(student: &StudentRow, t: Texts) -> String {
    let cut = |points| format::number_with_decimals(t, points, 4);
    student.before_rounding.map(cut).unwrap_or_default()
}
