//! `/s/{session}/picker/courses…`: an instructor finds a course, and picks all of it, a unit, a
//! lesson or a quiz.

use ::course::{Key, ScoreRule, Step};
use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App,
    deep_linking::{self, Content, CourseChoice, Picked},
};
use ui::page::picker::{CourseEntry, CoursePart, CoursePicker, CourseScore, PartKind, PickedCourse};

use super::{PickerForm, USUAL_MAXIMUM, read_maximum, settle, shown_purpose};
use crate::{pairs::Pairs, problem::Problem, rendered::plain, response, server, visitor};

/// The value of `pick` for the whole course: no key can be that.
const WHOLE: &str = "_whole";
/// The weight of the marks, in percent, before anybody types another.
const USUAL_WEIGHT: u32 = 50;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/s/{session}/picker/courses").get(list))
        .service(
            server::address("/s/{session}/picker/courses/{course}")
                .get(open)
                .post(pick),
        );
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let search = query.get("q").trim().to_owned();
    let visitor = visitor::reader(&request, &session_id);
    let found = deep_linking::open_courses(&app, visitor, &search).await?;
    let origins = found.session.platform_origins.clone();
    if shown_purpose(found.purpose).is_none() {
        let answer = response::see_other(&format!("/s/{}/", found.session.id));
        return Ok(response::framed(answer, &origins));
    }
    let frame = visitor::frame(&found.session, &request);
    let entries = found.entries.iter().map(|entry| CourseEntry {
        path: format!("{}/picker/courses/{}", frame.prefix(), entry.id),
        title: plain(&entry.title, frame.t.language()),
        is_own: entry.is_own,
    });
    let page = CoursePicker {
        entries: entries.collect(),
        path: format!("{}/picker/courses", frame.prefix()),
        quizzes_path: format!("{}/picker", frame.prefix()),
        search,
        frame,
    };
    Ok(response::page(&page, &origins))
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, course) = path.into_inner();
    let visitor = visitor::reader(&request, &session_id);
    let choice = deep_linking::open_course(&app, visitor, course).await?;
    Ok(show(&request, &choice, &Typed::default(), ""))
}

async fn pick(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
    form: PickerForm,
) -> Result<HttpResponse, Problem> {
    let (session_id, course) = path.into_inner();
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let typed = Typed::of(&form.0);
    let choice = deep_linking::open_course(&app, visitor.clone(), course).await?;
    match typed.picked(&choice.id) {
        Ok(picked) => settle(&request, &app, visitor, picked).await,
        Err(wrong) => Ok(show(&request, &choice, &typed, wrong)),
    }
}

fn show(request: &HttpRequest, choice: &CourseChoice, typed: &Typed, wrong: &str) -> HttpResponse {
    let origins = &choice.session.platform_origins;
    let Some((purpose, columns)) = shown_purpose(choice.purpose) else {
        let answer = response::see_other(&format!("/s/{}/", choice.session.id));
        return response::framed(answer, origins);
    };
    let frame = visitor::frame(&choice.session, request);
    let content = &choice.course.content;
    let part = |key: &str, kind, title: &text::Text| CoursePart {
        value: key.to_owned(),
        kind,
        title: plain(title, frame.t.language()),
        chosen: typed.chosen.iter().any(|chosen| chosen == key),
    };
    let mut parts = vec![part(WHOLE, PartKind::Course, &content.title)];
    for unit in &content.units {
        parts.push(part(unit.key.as_str(), PartKind::Unit, &unit.title));
        parts.extend(unit.steps.iter().map(|step| {
            let kind = match step {
                Step::Lesson(_) => PartKind::Lesson,
                Step::Assessment(_) => PartKind::Quiz,
            };
            part(step.key().as_str(), kind, step.title())
        }));
    }
    let page = PickedCourse {
        path: format!("{}/picker/courses/{}", frame.prefix(), choice.id),
        courses_path: format!("{}/picker/courses", frame.prefix()),
        title: plain(&content.title, frame.t.language()),
        purpose,
        columns,
        parts,
        score: typed.score,
        weight: typed.weight.clone(),
        maximum: typed.maximum.clone(),
        with_column: typed.with_column,
        error: match wrong {
            "" => String::new(),
            wrong => frame.t.get(wrong).into_owned(),
        },
        frame,
    };
    let status = match wrong {
        "" => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    response::page_with(status, &page, origins)
}

/// What was chosen and typed.
struct Typed {
    chosen: Vec<String>,
    score: CourseScore,
    /// Of the marks, in percent.
    weight: String,
    maximum: String,
    with_column: bool,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            chosen: vec![WHOLE.to_owned()],
            score: CourseScore::Completed,
            weight: USUAL_WEIGHT.to_string(),
            maximum: USUAL_MAXIMUM.to_owned(),
            with_column: true,
        }
    }
}

impl Typed {
    fn of(form: &Pairs) -> Self {
        Self {
            chosen: form.all("pick").map(str::to_owned).collect(),
            score: match form.get("score") {
                "best-mark" => CourseScore::BestMark,
                "both" => CourseScore::Both,
                _ => CourseScore::Completed,
            },
            weight: form.get("weight").to_owned(),
            maximum: form.get("maximum").to_owned(),
            with_column: form.get("column") == "on",
        }
    }

    /// What is wrong is the name of its text.
    fn picked(&self, course_id: &str) -> Result<Vec<Picked>, &'static str> {
        let maximum = read_maximum(&self.maximum).ok_or("picker-maximum-wrong")?;
        let weight = self.weight.trim().parse().ok().filter(|weight| *weight <= 100);
        let score = match (self.score, weight) {
            (CourseScore::Completed, _) => ScoreRule::Completed,
            (CourseScore::BestMark, _) => ScoreRule::BestMark,
            (CourseScore::Both, Some(marks)) => ScoreRule::Weighted {
                completed: 100 - marks,
                marks,
            },
            (CourseScore::Both, None) => return Err("picker-weight-wrong"),
        };
        if self.chosen.is_empty() {
            return Err("picker-part-none");
        }
        let picked = self.chosen.iter().map(|part| Picked {
            content: Content::Course {
                id: course_id.to_owned(),
                part: match part.as_str() {
                    WHOLE => String::new(),
                    part => Key::new(part).to_string(),
                },
                score,
            },
            title: None,
            maximum,
            with_line_item: self.with_column,
        });
        Ok(picked.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_a_score_rule_or_a_reason() {
        let check = |score, weight: &str, maximum: &str, expected: Result<ScoreRule, &str>| {
            let typed = Typed {
                score,
                weight: weight.to_owned(),
                maximum: maximum.to_owned(),
                ..Typed::default()
            };
            let picked = typed.picked("c").map(|picked| match &picked[0].content {
                Content::Course { score, .. } => *score,
                Content::Assessment(_) => ScoreRule::default(),
            });
            assert_eq!(picked, expected, "{score:?} {weight} {maximum}");
        };
        check(CourseScore::Completed, "", "10", Ok(ScoreRule::Completed));
        check(CourseScore::BestMark, "x", "10", Ok(ScoreRule::BestMark));
        let both = ScoreRule::Weighted {
            completed: 30,
            marks: 70,
        };
        check(CourseScore::Both, " 70 ", "10", Ok(both));
        check(CourseScore::Both, "101", "10", Err("picker-weight-wrong"));
        check(CourseScore::Both, "", "10", Err("picker-weight-wrong"));
        check(CourseScore::Completed, "50", "0", Err("picker-maximum-wrong"));
    }
}
