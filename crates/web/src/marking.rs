//! `/s/{session}/marking…`: marking by hand, question by question; and the
//! decision that an instructor makes on an attempt's review. Pages are filled in
//! `page`, the parts that both have in `parts`.

mod page;
mod parts;
pub(crate) mod review;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code,
    marking::{self, Choices, Entered, Paper, Saved, Where, Wish},
};
use chrono_tz::Tz;
use serde::Deserialize;
use ui::page::marking::Done;

use crate::{
    pairs::Pairs,
    points,
    problem::Problem,
    rendered::RenderedCache,
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/marking").get(overview))
        .service(address("/s/{session}/marking/choices").post(choose))
        .service(address("/s/{session}/marking/{question}").get(list))
        .service(
            address("/s/{session}/marking/{question}/{paper}")
                .get(open)
                .post(decide),
        )
        .service(address("/s/{session}/attempts/{attempt}/marking").post(decide_on_review));
}

#[derive(Debug, Deserialize)]
struct Ids {
    session: String,
    question: String,
    #[serde(default)]
    paper: String,
}

impl Ids {
    fn list(&self) -> String {
        format!("/s/{}/marking/{}", self.session, self.question)
    }

    fn paper(&self, key: &str) -> String {
        format!("{}/{key}", self.list())
    }
}

async fn overview(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let visitor = visitor::reader(&request, &session_id);
    let Some(found) = marking::overview(&app, visitor).await? else {
        return Ok(response::see_other(&format!("/s/{session_id}/picker")));
    };
    let page = page::overview(&found, &request);
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn choose(app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let choices = Choices {
        hides_names: sent.form.get("names") == "hidden",
        is_blind: sent.form.get("second") == "on",
    };
    let overview = format!("/s/{}/marking", sent.session_id);
    // Only to a page of ours that marks.
    let back = sent.form.get("back");
    let is_ours = back
        .strip_prefix(&overview)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let back = if is_ours && !back.contains("//") {
        back
    } else {
        &overview
    };
    let back = back.to_owned();
    marking::choose(&app, sent.visitor, choices).await?;
    Ok(response::see_other(&back))
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    ids: Path<Ids>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let visitor = visitor::reader(&request, &ids.session);
    let found = marking::list(&app, visitor, ids.question.clone()).await?;
    let page = page::list(&found, &request, &rendered, query.get("done") == "all");
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn open(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    ids: Path<Ids>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let found = paper(&request, &app, &ids).await?;
    let page = page::paper(&found, &request, &rendered, **zone, done(query.get("done")));
    Ok(response::page(&page, &found.session.platform_origins))
}

fn done(query: &str) -> Option<Done> {
    match query {
        "saved" => Some(Done::Saved),
        "before" => Some(Done::SavedBefore),
        _ => None,
    }
}

async fn paper(request: &HttpRequest, app: &App, ids: &Ids) -> Result<Paper, Problem> {
    let visitor = visitor::reader(request, &ids.session);
    let (question, paper) = (ids.question.clone(), ids.paper.clone());
    Ok(marking::open(app, visitor, question, paper).await?)
}

async fn decide(
    request: HttpRequest,
    app: Data<App>,
    rendered: Data<RenderedCache>,
    zone: Data<Tz>,
    ids: Path<Ids>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let answer = Where::Paper {
        slot: ids.question.clone(),
        key: ids.paper.clone(),
    };
    let (_, saved) = marking::decide(&app, sent.visitor.clone(), answer, entered(&sent.form)?).await?;
    let found = paper(&request, &app, &ids).await?;
    Ok(match saved {
        // The page shows both marks and asks.
        Saved::Crossed => response::see_other(&ids.paper(&ids.paper)),
        Saved::Misfit => {
            let mut page = page::paper(&found, &request, &rendered, **zone, None);
            if let Some(form) = &mut page.form {
                parts::misfit(form, &sent.form);
            }
            response::page_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page,
                &found.session.platform_origins,
            )
        }
        Saved::Saved => response::see_other(&after(&ids, &found, &sent.form)),
    })
}

// A decision by one of the quick buttons goes on as well; what came apart by it stays in sight.
fn after(ids: &Ids, found: &Paper, form: &Pairs) -> String {
    let is_apart = matches!(found.state, marking::State::Apart(_));
    let stays = form.get("then") == "stay" || form.optional("wish").is_some() || is_apart;
    match &found.next {
        _ if stays => format!("{}?done=saved", ids.paper(&ids.paper)),
        Some(next) => format!("{}?done=before", ids.paper(next)),
        None => format!("{}?done=all", ids.list()),
    }
}

fn entered(form: &Pairs) -> Result<Entered, Problem> {
    let misfit = || Problem::new(Code::Form, "the form names no decision");
    let wish = match (form.optional("wish"), form.optional("share")) {
        (Some("theirs"), _) => Wish::Theirs,
        (Some("own"), _) => Wish::Own,
        (Some("release"), _) => Wish::Release,
        (Some(_), _) => return Err(misfit()),
        (None, Some("0")) => Wish::Share(0.0),
        (None, Some("0.5")) => Wish::Share(0.5),
        (None, Some("1")) => Wish::Share(1.0),
        (None, Some(_)) => return Err(misfit()),
        (None, None) => Wish::Points(points::typed(form.get("points"))),
    };
    Ok(Entered {
        wish,
        comment: form.get("comment").to_owned(),
        seen: form.get("seen").parse().map_err(|_| misfit())?,
        is_blind: form.get("blind") == "on",
    })
}

async fn decide_on_review(
    app: Data<App>,
    path: Path<(String, String)>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let (session, id) = path.into_inner();
    let slot = sent.form.get("question").to_owned();
    let review = format!("/s/{session}/attempts/{id}");
    let answer = Where::Attempt {
        id,
        slot: slot.clone(),
    };
    let entered = entered(&sent.form)?;
    let (_, saved) = marking::decide(&app, sent.visitor, answer, entered).await?;
    let at = match saved {
        Saved::Saved => format!("marked={slot}"),
        Saved::Crossed => format!("crossed={slot}"),
        Saved::Misfit => format!("misfit={slot}"),
    };
    Ok(response::see_other(&format!("{review}?{at}#marking-{slot}")))
}
