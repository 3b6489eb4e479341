//! `/s/{session}/competencies…`: one's own competencies, and those of a class with the
//! evidence behind each.

use std::sync::Arc;

use ::course::{CompetencyTag, Framework, Frameworks, Level, Mastery, Step, Tagged};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    competency::{self, Class, Place, Report},
    course::OpenCourse,
};
use chrono_tz::Tz;
use ui::{
    Language, Texts, format,
    page::competency::{
        ClassColumn, ClassReport, ClassRow, EvidenceLine, LevelCell, LevelShown, Report as Page, ReportGroup,
        ReportRow, csv_header, question_name,
    },
};

use crate::{csv, pairs::Pairs, problem::Problem, rendered::plain, response, server::address, visitor};

/// How many learners a page of a class shows.
const PART: usize = 50;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/competencies").get(own))
        .service(address("/s/{session}/competencies/class").get(class))
        .service(address("/s/{session}/competencies/class.csv").get(class_file))
        .service(address("/s/{session}/competencies/class/{enrolment}").get(student));
}

async fn own(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = competency::own(&app, visitor::reader(&request, &session_id)).await?;
    let page = page_of(&found, &request, **zone);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn student(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    ids: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, enrolment) = ids.into_inner();
    let found = competency::of_student(&app, visitor::reader(&request, &session_id), enrolment).await?;
    let page = page_of(&found, &request, **zone);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn class(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let asked = Pairs::of_query(&request)?;
    let found = competency::class(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&found.session, &request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let total = found.students.len();
    let parts = total.div_ceil(PART).max(1);
    let part = asked.get("page").parse().unwrap_or(1).clamp(1, parts);
    let students = found.students.iter().skip((part - 1) * PART).take(PART);
    let page = ClassReport {
        path: format!("{prefix}/competencies/class"),
        csv_path: format!("{prefix}/competencies/class.csv"),
        courses: found
            .courses
            .iter()
            .map(|course| title(course, language(t)))
            .collect(),
        columns: columns(&found, t),
        rows: students
            .map(|student| ClassRow {
                id: student.learner.enrolment_id.clone(),
                name: student.learner.name.clone().unwrap_or_default(),
                cells: student.levels.iter().map(|mastery| cell(mastery, t)).collect(),
            })
            .collect(),
        total,
        part,
        parts,
        frame,
    };
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn class_file(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = competency::class(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&found.session, &request);
    let t = frame.t;
    let row = |student: &competency::Student| {
        let of_level = |mastery: &Mastery| {
            let share = match mastery.tried {
                0 => String::new(),
                _ => format::number_with_decimals(t, mastery.share * 100.0, 0),
            };
            [shown(mastery.level).in_words(t), share]
        };
        let name = student.learner.name.clone();
        let name = name.unwrap_or_else(|| t.get("gradebook-nameless").into_owned());
        std::iter::once(name)
            .chain(student.levels.iter().flat_map(of_level))
            .collect()
    };
    let rows: Vec<Vec<String>> = std::iter::once(csv_header(t, &columns(&found, t)))
        .chain(found.students.iter().map(row))
        .collect();
    let title = frame
        .session
        .as_ref()
        .map_or("", |session| session.course.as_str());
    let answer = csv::download(
        t,
        &rows,
        &format::file_name(&format!("{title} {}", t.get("competency-class-title"))),
    )?;
    Ok(response::framed(answer, &found.session.platform_origins))
}

fn columns(class: &Class, t: Texts) -> Vec<ClassColumn> {
    let frameworks = side_by_side(&class.frameworks);
    let frameworks = Frameworks(&frameworks);
    let column = |(number, tag): (usize, &CompetencyTag)| {
        let of_all = class
            .students
            .iter()
            .filter_map(|student| student.levels.get(number));
        let of_all: Vec<&Mastery> = of_all.collect();
        let count = |level| of_all.iter().filter(|mastery| mastery.level == level).count();
        ClassColumn {
            code: tag.code.clone(),
            name: name_of(frameworks, tag, t),
            framework: framework_of(frameworks, tag, t),
            proofs: of_all
                .iter()
                .map(|mastery| mastery.proofs)
                .max()
                .unwrap_or_default(),
            mastered: count(Level::Mastered),
            in_work: count(Level::InWork),
        }
    };
    class.competencies.iter().enumerate().map(column).collect()
}

fn cell(mastery: &Mastery, t: Texts) -> LevelCell {
    LevelCell {
        level: shown(mastery.level),
        share: share(mastery, t),
    }
}

fn share(mastery: &Mastery, t: Texts) -> String {
    match mastery.tried {
        0 => String::new(),
        _ => percent(mastery.share, t),
    }
}

fn percent(share: f64, t: Texts) -> String {
    format!("{}\u{a0}%", format::number_with_decimals(t, share * 100.0, 0))
}

fn shown(level: Level) -> LevelShown {
    match level {
        Level::NotBegun => LevelShown::NotBegun,
        Level::InWork => LevelShown::InWork,
        Level::Mastered => LevelShown::Mastered,
    }
}

fn page_of(report: &Report, request: &HttpRequest, zone: Tz) -> Page {
    let frame = visitor::frame(&report.session, request);
    let (t, prefix) = (frame.t, frame.prefix().to_owned());
    let frameworks = side_by_side(&report.frameworks);
    let all = Frameworks(&frameworks);
    let mut groups: Vec<ReportGroup> = Vec::new();
    for tag in &all.in_order(report.competencies.keys().cloned()) {
        let Some(mastery) = report.competencies.get(tag) else {
            continue;
        };
        let places = report.places.get(tag).map_or(&[][..], Vec::as_slice);
        let row = ReportRow {
            code: tag.code.clone(),
            name: name_of(all, tag, t),
            level: shown(mastery.level),
            proofs: mastery.proofs,
            tried: mastery.tried,
            share: share(mastery, t),
            evidence: places.iter().map(|place| line(place, report, t, zone)).collect(),
            related: match mastery.level {
                Level::NotBegun => Vec::new(),
                _ => all
                    .related(tag)
                    .iter()
                    .map(|other| in_full(all, other, t))
                    .collect(),
            },
        };
        let framework = framework_of(all, tag, t);
        match groups.last_mut().filter(|group| group.framework == framework) {
            Some(group) => group.rows.push(row),
            None => groups.push(ReportGroup {
                framework,
                rows: vec![row],
            }),
        }
    }
    let student = report.student.as_ref();
    Page {
        class_path: match student {
            Some(_) => format!("{prefix}/competencies/class"),
            None => String::new(),
        },
        student: student.map(|student| student.name.clone().unwrap_or_default()),
        groups,
        frame,
    }
}

fn line(place: &Place, report: &Report, t: Texts, zone: Tz) -> EvidenceLine {
    let course = report.courses.get(place.course);
    EvidenceLine {
        what: course
            .map(|course| what(&place.evidence.of, course, t))
            .unwrap_or_default(),
        course: course
            .map(|course| title(course, language(t)))
            .unwrap_or_default(),
        result: place
            .evidence
            .result
            .map(|result| percent(result, t))
            .unwrap_or_default(),
        at: format::date_time(t, place.evidence.at, zone),
    }
}

fn what(of: &Tagged, course: &OpenCourse, t: Texts) -> String {
    let name = |step: Option<&Step>| {
        step.map(|step| plain(step.title(), language(t)))
            .unwrap_or_default()
    };
    match of {
        Tagged::Course => title(course, language(t)),
        Tagged::Lesson(key) | Tagged::Assessment(key) => name(course.content.step(key)),
        Tagged::Check { lesson, check } => {
            let step = course.content.step(lesson);
            let checks = step
                .and_then(Step::as_lesson)
                .map(|lesson| lesson.checks.as_slice());
            let number = checks.and_then(|checks| checks.iter().position(|one| one.key == *check));
            question_name(t, &name(step), number.map_or(1, |number| number + 1))
        }
    }
}

fn title(course: &OpenCourse, language: Language) -> String {
    plain(&course.content.title, language)
}

fn language(t: Texts) -> Language {
    Language::find(t.tag()).unwrap_or_default()
}

/// The framework of a tag, as it is called; its id where nobody knows it.
pub(crate) fn framework_of(frameworks: Frameworks<'_>, tag: &CompetencyTag, t: Texts) -> String {
    let known = frameworks
        .0
        .iter()
        .find(|framework| framework.key() == tag.framework);
    known.map_or_else(
        || tag.framework.clone(),
        |framework| framework.title(t.tag()).to_owned(),
    )
}

/// What a tag names; empty where nobody knows it.
pub(crate) fn name_of(frameworks: Frameworks<'_>, tag: &CompetencyTag, t: Texts) -> String {
    let found = frameworks.find(tag).map(|(_, item)| item.name(t.tag()));
    found.unwrap_or_default().to_owned()
}

fn in_full(frameworks: Frameworks<'_>, tag: &CompetencyTag, t: Texts) -> String {
    format!(
        "{}: {} {}",
        framework_of(frameworks, tag, t),
        tag.code,
        name_of(frameworks, tag, t)
    )
}

/// The frameworks side by side, as `course` reads them.
pub(crate) fn side_by_side(frameworks: &[Arc<Framework>]) -> Vec<&Framework> {
    frameworks.iter().map(Arc::as_ref).collect()
}
