//! `/s/{session}/courses/{course}/class_list…`: how far the class is, and what one student did.

use ::course::{Step, StepState};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    course::class::{self, Begun, Class, ClassStudent},
    grade::Progress,
};
use chrono_tz::Tz;
use ui::{
    Texts,
    component::Delivery,
    format,
    page::course::{ClassList, ClassRow, ClassStep, StudentSteps},
};

use crate::{csv, delivery, problem::Problem, rendered::plain, response, server::address, visitor};

pub(super) fn routes(config: &mut ServiceConfig) {
    let class = "/s/{session}/courses/{course}/class_list";
    config
        .service(address(class).get(open))
        .service(address(format!("{class}.csv")).get(download))
        .service(address(format!("{class}/{{enrolment}}")).get(student));
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let class = class::open(&app, visitor::reader(&request, &session_id), key).await?;
    let frame = visitor::frame(&class.session, &request);
    let course = format!("/s/{session_id}/courses/{}", class.course.key);
    let t = frame.t;
    let page = ClassList {
        title: plain(&class.course.content.title, t.language()),
        rows: class
            .students
            .iter()
            .map(|student| row(student, &class, &course, t, **zone))
            .collect(),
        csv_path: format!("{course}/class_list.csv"),
        send_again_path: format!("/s/{session_id}/gradebook/send-again"),
        course_path: course,
        platform: class.platform.clone(),
        has_column: class.has_column,
        frame,
    };
    Ok(response::page(&page, &class.session.platform_origins))
}

fn row(student: &ClassStudent, class: &Class, course: &str, t: Texts, zone: Tz) -> ClassRow {
    let (done, total) = student.begun.as_ref().map_or((0, 0), counts);
    let progress = student.delivery.as_ref().map(|known| known.progress);
    ClassRow {
        name: student.learner.name.clone().unwrap_or_default(),
        person_id: student.learner.person_id.clone(),
        path: format!("{course}/class_list/{}", student.learner.enrolment_id),
        has_begun: student.begun.is_some(),
        done,
        total,
        is_complete: student
            .begun
            .as_ref()
            .is_some_and(|begun| begun.progress.is_complete),
        seen_at: student
            .begun
            .as_ref()
            .map(|begun| format::moment(t, begun.seen_at, class.now, zone))
            .unwrap_or_default(),
        can_send: progress.is_some_and(|progress| {
            progress.has_failed() || matches!(progress, Progress::Retrying(..) | Progress::Emptied)
        }),
        delivery: student.delivery.as_ref().map(|known| Delivery {
            t,
            mark: format::number(t, known.score),
            platform: known.platform.clone(),
            state: delivery::state(known.progress, t, zone, class.now),
            send_again: None,
        }),
    }
}

fn counts(begun: &Begun) -> (usize, usize) {
    let states = begun.progress.steps.values();
    let done = states.filter(|state| **state == StepState::Done).count();
    (done, begun.progress.steps.len())
}

async fn download(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let class = class::open(&app, visitor::reader(&request, &session_id), key).await?;
    let t = Texts::for_language(visitor::session_language(&class.session, &request));
    let title = plain(&class.course.content.title, t.language());
    let name = format!(
        "{}-{}",
        format::file_name(&title),
        format::file_stamp(class.now, **zone)
    );
    let header = [
        "gradebook-student",
        "study-class-done",
        "study-class-steps",
        "study-class-seen",
        "gradebook-mark",
    ];
    let header = header.iter().map(|name| t.get(name).into_owned()).collect();
    let rows = class.students.iter().map(|student| {
        let (done, total) = student.begun.as_ref().map_or((0, 0), counts);
        let seen = student.begun.as_ref();
        let seen = seen.map(|begun| format::date_time(t, begun.seen_at, **zone));
        let mark = student
            .delivery
            .as_ref()
            .map(|known| format::number(t, known.score));
        vec![
            student.learner.name.clone().unwrap_or_default(),
            done.to_string(),
            total.to_string(),
            seen.unwrap_or_default(),
            mark.unwrap_or_default(),
        ]
    });
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    csv::download(t, &rows, &name)
}

async fn student(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, enrolment) = path.into_inner();
    let class = class::open(&app, visitor::reader(&request, &session_id), key).await?;
    let frame = visitor::frame(&class.session, &request);
    let t = frame.t;
    let found = class
        .students
        .iter()
        .find(|student| student.learner.enrolment_id == enrolment);
    let student = found.ok_or_else(|| Problem::new(Code::NotFound, "nobody of this course"))?;
    let page = StudentSteps {
        name: student.learner.name.clone().unwrap_or_default(),
        class_path: format!("/s/{session_id}/courses/{}/class_list", class.course.key),
        steps: student
            .begun
            .as_ref()
            .map(|begun| steps(begun, &class, t, **zone))
            .unwrap_or_default(),
        frame,
    };
    Ok(response::page(&page, &class.session.platform_origins))
}

fn steps(begun: &Begun, class: &Class, t: Texts, zone: Tz) -> Vec<ClassStep> {
    let step = |step: &Step| {
        let done = begun.dones.iter().find(|done| done.step == *step.key());
        let percent = done.and_then(|done| done.what.percent());
        ClassStep {
            title: plain(step.title(), t.language()),
            is_done: begun.progress.steps.get(step.key()) == Some(&StepState::Done),
            at: done
                .map(|done| format::moment(t, done.at, class.now, zone))
                .unwrap_or_default(),
            percent: percent
                .map(|percent| format::number(t, percent))
                .unwrap_or_default(),
        }
    };
    begun.course.content.steps().map(step).collect()
}
