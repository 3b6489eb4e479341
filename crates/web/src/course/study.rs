//! `/s/{session}/courses/{course}…`: a course as somebody with a session reads it. The pages
//! are those that everybody reads, with what the reader has done.
//!
//! Names of our own below a course have an underscore: no step's key can have one.

use ::course::{Done, Key, LessonCompletion, Step, StepState};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    course::study::{self, Deed, Opened, Study, StudyStep, Tried},
    session::{Role, Session},
};
use chrono_tz::Tz;
use ui::{
    Texts, format,
    page::course::{Front, FrontStudy, Lesson, LessonRule, LessonStudy, Standing, Written},
};

use super::{Place, exercise, front_page, lesson::Shown, other_language};
use crate::{
    delivery, media,
    pairs::{Pairs, RepeatingForm},
    problem::Problem,
    rendered::plain,
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    let course = "/s/{session}/courses/{course}";
    config
        .service(address(course).get(front))
        .service(address(format!("{course}/newer_version")).post(move_on))
        .service(address(format!("{course}/media/{{file}}")).get(file))
        .service(address(format!("{course}/{{step}}")).get(read).post(act))
        .service(address(format!("{course}/{{step}}/quiz")).post(open_quiz));
}

async fn front(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let study = study::open(&app, visitor::reader(&request, &session_id), key).await?;
    let page = front_of(&study, &request, **zone);
    Ok(response::page(&page, &study.session.platform_origins))
}

fn front_of(study: &Study, request: &HttpRequest, zone: Tz) -> Front {
    let place = place_of(&study.session, &study.course.key, request);
    let mut page = front_page(&place, &study.course);
    for step in page.units.iter_mut().flat_map(|unit| &mut unit.steps) {
        step.standing = match study.progress.steps.get(&Key::new(&*step.key)) {
            Some(StepState::Done) => Standing::Done,
            Some(StepState::Locked { .. }) if study.is_recorded => Standing::Locked,
            _ => Standing::Open,
        };
    }
    let t = place.frame.t;
    if study.is_part {
        name_part(&mut page, study, &place);
    }
    let done = |state: &&StepState| **state == StepState::Done;
    page.study = Some(FrontStudy {
        is_part: study.is_part,
        is_recorded: study.is_recorded,
        done: study.progress.steps.values().filter(done).count(),
        continue_path: goes_on_at(study).map_or_else(String::new, |step| place.step_path(&step)),
        is_begun: study.last_step.is_some(),
        is_complete: study.progress.is_complete,
        completed_on: study
            .completed_at
            .filter(|_| !study.is_part)
            .map(|at| format::date(t, at, zone))
            .unwrap_or_default(),
        newer: study.newer.as_ref().map(|newer| newer.note.clone()),
        newer_path: format!("{}/newer_version", place.course),
        class_path: match study.session.role {
            Role::Instructor => format!("{}/class_list", place.course),
            _ => String::new(),
        },
        delivery: study
            .delivery
            .as_ref()
            .map(|delivery| delivery::of_student(delivery, &study.session, t, zone, study.now)),
    });
    page
}

// An activity that opens a unit, or a single step, bears that one's name.
fn name_part(page: &mut Front, study: &Study, place: &Place) {
    let content = &study.course.content;
    let Some(unit) = content.units.first() else { return };
    let own = match (unit.steps.as_slice(), study.opens_step) {
        ([step], true) => step.title(),
        _ => &unit.title,
    };
    page.course_title = std::mem::take(&mut page.title);
    page.title = plain(own, place.language);
    page.title_language = other_language(own, place.language);
    page.summary = match study.opens_step {
        true => Written::default(),
        false => place.written(&unit.summary, place.language),
    };
    for unit in &mut page.units {
        unit.summary = Written::default();
    }
}

// Where the reader stopped, while that is not done; else what comes next.
fn goes_on_at(study: &Study) -> Option<Key> {
    let is_open = |key: &&Key| study.progress.steps.get(*key) == Some(&StepState::Open);
    let stopped = study.last_step.as_ref().filter(is_open);
    stopped.or(study.progress.next.as_ref()).cloned()
}

async fn read(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, step) = path.into_inner();
    let visitor = visitor::reader(&request, &session_id);
    let opened = study::open_step(&app, visitor, key, Key::new(step)).await?;
    let page = step_page(&opened, &request, &Pairs::default(), false);
    Ok(response::page(&page, &opened.study.session.platform_origins))
}

async fn act(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
    form: RepeatingForm,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, step) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let deed = deed_of(&form.0);
    let goes_on = deed.is_read || deed.is_watched;
    let opened = study::act(&app, visitor, key, Key::new(step), deed).await?;
    let session = &opened.study.session;
    if goes_on {
        let place = place_of(session, &opened.study.course.key, &request);
        let next = step_after(&opened).map_or(place.course.clone(), |step| place.step_path(&step));
        return Ok(response::framed(
            response::see_other(&next),
            &session.platform_origins,
        ));
    }
    let page = step_page(&opened, &request, &form.0, true);
    Ok(response::page(&page, &session.platform_origins))
}

// What the form says was done: `then` is the button, `reflection/KEY` a field, `answer/…` the answers.
fn deed_of(form: &Pairs) -> Deed {
    let then = form.get("then");
    // Each button sends all of them: one that nobody touched must not take away what was written elsewhere meanwhile.
    let reflections = form.0.iter().filter_map(|(name, value)| {
        let key = name.strip_prefix("reflection/")?;
        let words = plain_lines(value);
        let was = form.optional(&format!("was/{key}")).map(plain_lines);
        (was.as_ref() != Some(&words)).then(|| (Key::new(key), words))
    });
    Deed {
        reflections: reflections.collect(),
        tried: then.strip_prefix("check/").map(|slot| Tried {
            key: Key::new(slot),
            fields: exercise::fields(form, slot),
            language: form.get("asked-in").to_owned(),
        }),
        is_read: then == "read",
        is_watched: then == "watched",
    }
}

// A form's lines end as they do nowhere else.
fn plain_lines(words: &str) -> String {
    words.replace("\r\n", "\n")
}

// The next step behind this one that is open and not done.
fn step_after(opened: &StudyStep) -> Option<Key> {
    let course = &opened.study.course;
    let behind = course.content.steps().map(Step::key);
    let mut behind = behind.skip_while(|key| *key != opened.step.key()).skip(1);
    let is_open = |key: &&Key| opened.study.progress.steps.get(*key) == Some(&StepState::Open);
    behind.find(is_open).cloned()
}

async fn open_quiz(
    app: Data<App>,
    path: Path<(String, String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (_, key, step) = path.into_inner();
    let session_id = study::open_quiz(&app, sent.visitor, key, Key::new(step)).await?;
    Ok(response::see_other(&format!("/s/{session_id}/")))
}

async fn move_on(app: Data<App>, path: Path<(String, String)>, sent: Sent) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let session = study::move_on(&app, sent.visitor, key.clone()).await?;
    let answer = response::see_other(&format!("/s/{session_id}/courses/{key}"));
    Ok(response::framed(answer, &session.platform_origins))
}

async fn file(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, key, file) = path.into_inner();
    let visitor = visitor::reader(&request, &session_id);
    let found = study::file(&app, visitor, key, media::hash_in(&file)).await?;
    Ok(media::send_open(&request, app, &found))
}

/// The surroundings of a course's page in a session.
fn place_of(session: &Session, key: &str, request: &HttpRequest) -> Place {
    Place {
        frame: visitor::frame(session, request),
        language: visitor::session_language(session, request),
        course: format!("/s/{}/courses/{key}", session.id),
        keeps_answers_back: false,
    }
}

fn step_page(opened: &StudyStep, request: &HttpRequest, sent: &Pairs, is_saved: bool) -> Lesson {
    let study = &opened.study;
    let step = &opened.step;
    let place = Place {
        keeps_answers_back: study.is_recorded && step.as_lesson().is_none_or(study::checks_decide),
        ..place_of(&study.session, &study.course.key, request)
    };
    let shown = Shown::new(&place, &study.course, step, sent);
    let mut page = match &opened.opened {
        Opened::Lesson(lesson) => shown.lesson(lesson),
        Opened::Exercise(published) => shown.quiz(published),
        Opened::Attempt(published) => shown.quiz_front(published),
        Opened::Elsewhere(published) => shown.quiz_elsewhere(published),
    };
    page.study = Some(LessonStudy {
        is_recorded: study.is_recorded,
        is_done: study.progress.steps.get(opened.step.key()) == Some(&StepState::Done),
        rule: rule_of(step, opened, place.frame.t),
        quiz_path: match opened.opened {
            Opened::Attempt(_) => format!("{}/quiz", place.step_path(step.key())),
            Opened::Lesson(_) | Opened::Elsewhere(_) | Opened::Exercise(_) => String::new(),
        },
        teaches: study.session.role == Role::Instructor,
        reflections: opened.reflections.clone(),
        is_saved,
    });
    page
}

fn rule_of(step: &Step, opened: &StudyStep, t: Texts) -> LessonRule {
    let reached = reached(&opened.study.dones, opened.step.key());
    let reached = reached
        .map(|percent| format::number(t, percent))
        .unwrap_or_default();
    match step {
        Step::Lesson(lesson) => match lesson.completion {
            LessonCompletion::Read => LessonRule::Read,
            LessonCompletion::Watched => LessonRule::Watched,
            LessonCompletion::Passed { percent } => LessonRule::Passed { percent, reached },
        },
        Step::Assessment(step) => match step.completion {
            ::course::AssessmentCompletion::Submitted => LessonRule::Submitted { reached },
            ::course::AssessmentCompletion::Passed { percent } => LessonRule::Passed { percent, reached },
        },
    }
}

fn reached(dones: &[Done], key: &Key) -> Option<f64> {
    let done = dones.iter().find(|done| done.step == *key)?;
    done.what.percent()
}
