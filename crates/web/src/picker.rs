//! `/s/{session}/picker`: an instructor finds quizzes and picks what an
//! activity opens, for a deep-linking request or for a link without activity.

mod course;

use std::collections::HashMap;

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, assessment,
    deep_linking::{self, Content, LARGEST_MAXIMUM, Picked, Purpose, SignedAnswer},
    session::Visitor,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use ui::{
    Frame, format,
    page::{login::SendBack, picker},
};

use crate::{
    pairs::{Pairs, RepeatingForm},
    problem::Problem,
    rendered::plain,
    response::{self, FormTargets},
    server, visitor,
};

/// The maximum of a grade before anybody types another.
const USUAL_MAXIMUM: &str = "10";

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(server::address("/s/{session}/picker").get(open).post(search))
        .service(
            server::address("/s/{session}/picker/answer")
                .get(to_picker)
                .post(answer),
        );
    course::routes(config);
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let selection = Selection {
        search: query.get("q").to_owned(),
        chosen: query.all("chosen").map(str::to_owned).collect(),
        typed: None,
    };
    show(&request, &app, **zone, &session_id, &selection, None).await
}

// Searching from the form keeps what was chosen and typed in it.
async fn search(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
    form: PickerForm,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    if form.0.get("do") == "new" {
        return create(&request, &app, visitor).await;
    }
    show(
        &request,
        &app,
        **zone,
        &session_id,
        &Selection::of_form(&form.0),
        None,
    )
    .await
}

async fn create(request: &HttpRequest, app: &App, visitor: Visitor) -> Result<HttpResponse, Problem> {
    let session = app::session::open(app, visitor.clone()).await?;
    let language = visitor::session_language(&session, request);
    let created = assessment::create(app, visitor, language.tag().to_owned()).await?;
    let answer = response::see_other(&format!("/s/{}/quizzes/{}/edit", session.id, created.id));
    Ok(response::framed(answer, &session.platform_origins))
}

async fn answer(
    request: HttpRequest,
    app: Data<App>,
    zone: Data<Tz>,
    session_id: Path<String>,
    form: PickerForm,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::sender(&request, &session_id, &form.0)?;
    let is_cancelled = form.0.get("do") == "cancel";
    let selection = Selection::of_form(&form.0);
    let picked = selection.picked();
    let wrong = match &picked {
        _ if is_cancelled => None,
        Err(MaximumWrong) => Some(Wrong::Maximum),
        Ok(picked) if picked.is_empty() => Some(Wrong::NoneChosen),
        Ok(_) => None,
    };
    if wrong.is_some() {
        return show(&request, &app, **zone, &session_id, &selection, wrong).await;
    }
    let picked = if is_cancelled {
        Vec::new()
    } else {
        picked.unwrap_or_default()
    };
    settle(&request, &app, visitor, picked).await
}

/// Answers the platform's request with what was picked, or puts it behind the session's link.
async fn settle(
    request: &HttpRequest,
    app: &App,
    visitor: Visitor,
    picked: Vec<Picked>,
) -> Result<HttpResponse, Problem> {
    let opened = app::session::open(app, visitor.clone()).await?;
    if opened.launch.deep_linking.is_some() {
        let answer = deep_linking::pick(app, visitor, picked).await?;
        return Ok(send_back(request, answer));
    }
    match <[Picked; 1]>::try_from(picked) {
        Ok([picked]) => {
            let session = deep_linking::place(app, visitor, picked.content, picked.maximum).await?;
            let answer = response::see_other(&format!("/s/{}/", session.id));
            Ok(response::framed(answer, &session.platform_origins))
        }
        Err(_) => Err(Problem::new(Code::Form, "one activity opens one thing")),
    }
}

// Somebody reloads, or changes the language of, a page that the form answered.
async fn to_picker(session_id: Path<String>) -> HttpResponse {
    let session_id = percent_encoding::utf8_percent_encode(&session_id, percent_encoding::NON_ALPHANUMERIC);
    response::see_other(&format!("/s/{session_id}/picker"))
}

fn send_back(request: &HttpRequest, answer: SignedAnswer) -> HttpResponse {
    let destination = request.headers().get("sec-fetch-dest");
    let mut frame = visitor::frame(&answer.session, request);
    // the answer is signed once: there is no such page to open in another language
    frame.languages.clear();
    let page = SendBack {
        frame,
        return_url: answer.return_url,
        jwt: answer.jwt,
        in_window: destination.is_some_and(|destination| destination == "document"),
    };
    let target = lti::origin::origin(&page.return_url);
    let mut response = response::page(&page, &answer.session.platform_origins);
    response
        .extensions_mut()
        .insert(FormTargets(target.into_iter().collect()));
    response
}

async fn show(
    request: &HttpRequest,
    app: &App,
    zone: Tz,
    session_id: &str,
    selection: &Selection,
    wrong: Option<Wrong>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(request, session_id);
    let opened = deep_linking::open(app, visitor, selection.search.clone(), selection.chosen.clone()).await?;
    let origins = opened.session.platform_origins.clone();
    let Some((purpose, columns)) = shown_purpose(opened.purpose) else {
        let answer = response::see_other(&format!("/s/{}/", opened.session.id));
        return Ok(response::framed(answer, &origins));
    };
    let frame = visitor::frame(&opened.session, request);
    let entries = opened
        .entries
        .iter()
        .map(|entry| selection.entry(entry, &frame, zone, app.clock().now()));
    let page = picker::Picker {
        path: format!("{}/picker", frame.prefix()),
        courses_path: format!("{}/picker/courses", frame.prefix()),
        purpose,
        columns,
        search: selection.search.clone(),
        entries: entries.collect(),
        more: opened.more,
        error: match wrong {
            Some(Wrong::NoneChosen) => frame.t.get("picker-none-chosen").into_owned(),
            Some(Wrong::Maximum) => frame.t.get("picker-maximum-wrong").into_owned(),
            None => String::new(),
        },
        frame,
    };
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(response::page_with(status, &page, &origins))
}

/// What is picked for, and whether columns can be asked for; `None` where there is nothing to pick for.
fn shown_purpose(purpose: Purpose) -> Option<(picker::Purpose, bool)> {
    match purpose {
        Purpose::Answer { several, columns } => {
            let shown = if several {
                picker::Purpose::Several
            } else {
                picker::Purpose::One
            };
            Some((shown, columns))
        }
        Purpose::Place => Some((picker::Purpose::Place, false)),
        Purpose::Placed => None,
    }
}

/// What is wrong with a selection.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    NoneChosen,
    Maximum,
}

struct MaximumWrong;

/// The picker's form, in which only `pick` may repeat.
struct PickerForm(Pairs);

impl FromRequest for PickerForm {
    type Error = Problem;
    type Future = futures_util::future::LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = RepeatingForm::from_request(request, payload);
        Box::pin(async move { Ok(Self(form.await?.0.once_except(|name| name == "pick")?)) })
    }
}

/// What was chosen and typed.
struct Selection {
    search: String,
    chosen: Vec<String>,
    /// By assessment: maximum and whether a column is asked for. `None` before
    /// anything was posted.
    typed: Option<HashMap<String, (String, bool)>>,
}

impl Selection {
    fn of_form(form: &Pairs) -> Self {
        let maximum = |(name, value): &(String, String)| {
            let id = name.strip_prefix("maximum.")?;
            let column = form.get(&format!("column.{id}")) == "on";
            Some((id.to_owned(), (value.clone(), column)))
        };
        Self {
            search: form.get("q").to_owned(),
            chosen: form.all("pick").map(str::to_owned).collect(),
            typed: Some(form.0.iter().filter_map(maximum).collect()),
        }
    }

    fn typed(&self, id: &str) -> (&str, bool) {
        let typed = self.typed.as_ref().and_then(|typed| typed.get(id));
        typed.map_or((USUAL_MAXIMUM, true), |(maximum, column)| (maximum, *column))
    }

    fn picked(&self) -> Result<Vec<Picked>, MaximumWrong> {
        let picked = |id: &String| {
            let (maximum, with_line_item) = self.typed(id);
            Ok(Picked {
                content: Content::Assessment(id.clone()),
                title: None,
                maximum: read_maximum(maximum).ok_or(MaximumWrong)?,
                with_line_item,
            })
        };
        self.chosen.iter().map(picked).collect()
    }

    fn entry(&self, entry: &assessment::Entry, frame: &Frame, zone: Tz, now: DateTime<Utc>) -> picker::Entry {
        let t = frame.t;
        let chosen = self.chosen.contains(&entry.id);
        let (maximum, with_column) = self.typed(&entry.id);
        let is_wrong = self.typed.is_some() && chosen && read_maximum(maximum).is_none();
        let limit = entry
            .time_limit_seconds
            .map(|seconds| TimeDelta::seconds(i64::from(seconds)));
        let path = format!("{}/quizzes/{}", frame.prefix(), entry.id);
        picker::Entry {
            id: entry.id.clone(),
            title: plain(&entry.title, t.language()),
            questions: format::range(t, entry.questions.0 as f64, entry.questions.1 as f64),
            most_questions: entry.questions.1,
            points: format::range(t, entry.points.0, entry.points.1),
            time_limit: limit.map(|limit| format::duration(t, limit)).unwrap_or_default(),
            changed_at: format::moment(t, entry.updated_at, now, zone),
            is_published: entry.is_published,
            chosen,
            maximum: maximum.to_owned(),
            with_column,
            error: if is_wrong {
                t.get("picker-maximum-wrong").into_owned()
            } else {
                String::new()
            },
            edit_path: format!("{path}/edit"),
            preview_path: format!("{path}/preview"),
            remove_path: format!("{path}/remove"),
        }
    }
}

fn read_maximum(typed: &str) -> Option<u32> {
    let maximum = typed.trim().parse().ok()?;
    (1..=LARGEST_MAXIMUM).contains(&maximum).then_some(maximum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maximum_is_a_whole_number_from_1_to_100() {
        #[track_caller]
        fn check(typed: &str, expected: Option<u32>) {
            assert_eq!(read_maximum(typed), expected, "{typed:?}");
        }
        check("10", Some(10));
        check(" 100 ", Some(100));
        check("1", Some(1));
        check("0", None);
        check("101", None);
        check("8,5", None);
        check("-1", None);
        check("", None);
    }
}
