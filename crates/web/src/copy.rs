//! `GET|POST /s/{session}/copy`: an instructor is asked or told about a copied activity or course.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    course_copy::{self, Activity, Answer, Subject},
};
use text::Text;
use ui::{
    Texts, format,
    page::{
        copy::{CopiedActivity, Copy, CopySubject},
        quiz::copy_suffix,
    },
};

use crate::{pairs::Form, problem::Problem, response, server, visitor};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(server::address("/s/{session}/copy").get(show).post(answer));
}

async fn show(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let page = course_copy::open(&app, visitor::reader(&request, &session_id)).await?;
    let frame = visitor::frame(&page.session, &request);
    let t = frame.t;
    let origins = &page.session.platform_origins;
    let subject = match page.subject {
        Subject::Course { title, activities } => CopySubject::Course {
            title,
            activities: activities_of(&activities, t),
        },
        Subject::Rebound {
            activities,
            can_be_undone,
        } => CopySubject::Rebound {
            activities: activities_of(&activities, t),
            can_be_undone,
        },
        Subject::Activity {
            quiz,
            original,
            is_free,
        } => CopySubject::Activity {
            quiz: plain(&quiz, t),
            original,
            is_free,
        },
        Subject::Nothing => {
            let elsewhere = response::see_other(&format!("{}/", frame.prefix()));
            return Ok(response::framed(elsewhere, origins));
        }
    };
    let page = Copy {
        path: format!("{}/copy", frame.prefix()),
        activity_path: format!("{}/", frame.prefix()),
        frame,
        subject,
    };
    Ok(response::page(&page, origins))
}

async fn answer(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
    form: Form,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let session = app::session::open(&app, visitor.clone()).await?;
    let t = Texts::for_language(visitor::session_language(&session, &request));
    let answer = Answer::parse(form.0.get("do"))
        .ok_or_else(|| Error::refused(Code::Form, "do is none of the answers"))?;
    let session = course_copy::answer(&app, visitor, answer, copy_suffix(t)).await?;
    let next = match answer {
        Answer::Reuse | Answer::Undo => "copy",
        Answer::Anew | Answer::Same | Answer::Independent | Answer::Another => "",
    };
    let elsewhere = response::see_other(&format!("/s/{}/{next}", session.id));
    Ok(response::framed(elsewhere, &session.platform_origins))
}

fn activities_of(activities: &[Activity], t: Texts) -> Vec<CopiedActivity> {
    activities
        .iter()
        .map(|activity| CopiedActivity {
            title: activity.title.clone(),
            quiz: plain(&activity.quiz, t),
            weight: match activity.weight == 1.0 {
                true => String::new(),
                false => format::number(t, activity.weight),
            },
            maximum: format::number(t, activity.maximum),
            is_open: activity.is_open,
        })
        .collect()
}

fn plain(text: &Text, t: Texts) -> String {
    let found = text.in_language(t.language().tag());
    found
        .map(|(_, source)| text::to_plain(source))
        .unwrap_or_default()
}
