//! `/s/{session}/groups…`: the groups of a course and who is in them.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, ServiceConfig},
};
use app::{
    App, Code, Error,
    groups::{self, Groups},
};
use serde::Deserialize;
use ui::page::timing as page;

use crate::{
    pairs::Pairs,
    problem::{Problem, status_of},
    response,
    server::address,
    visitor::{self, Sent},
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/groups").get(list).post(add))
        .service(address("/s/{session}/groups/{group}").get(open).post(change));
}

#[derive(Debug, Deserialize)]
struct Ids {
    session: String,
    group: String,
}

async fn list(
    request: HttpRequest,
    app: Data<App>,
    session_id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query = Pairs::of_query(&request)?;
    let found = groups::list(&app, visitor::reader(&request, &session_id)).await?;
    let mut page = list_page(&found, &request);
    page.is_saved = query.get("done") == "saved";
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn add(request: HttpRequest, app: Data<App>, sent: Sent) -> Result<HttpResponse, Problem> {
    let name = sent.form.get("name").to_owned();
    match groups::add(&app, sent.visitor.clone(), name.clone()).await {
        Ok((session, id)) => Ok(response::see_other(&format!("/s/{}/groups/{id}", session.id))),
        Err(Error::Refused(refusal)) => {
            let Some(key) = error_key(refusal.code) else {
                return Err(Error::Refused(refusal).into());
            };
            let found = groups::list(&app, sent.visitor).await?;
            let mut page = list_page(&found, &request);
            page.error = page.frame.t.get(key).into_owned();
            page.wrong_name = name;
            Ok(response::page_with(
                status_of(refusal.code),
                &page,
                &found.session.platform_origins,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

async fn open(request: HttpRequest, app: Data<App>, ids: Path<Ids>) -> Result<HttpResponse, Problem> {
    let found = groups::list(&app, visitor::reader(&request, &ids.session)).await?;
    let page = form_page(&found, &ids.group, &request)?;
    Ok(response::page(&page, &found.session.platform_origins))
}

async fn change(
    request: HttpRequest,
    app: Data<App>,
    ids: Path<Ids>,
    sent: Sent,
) -> Result<HttpResponse, Problem> {
    let id = ids.group.clone();
    let name = sent.form.get("name").to_owned();
    let ticked = sent
        .form
        .0
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("member."));
    let ticked: Vec<String> = ticked.map(str::to_owned).collect();
    let done = if sent.form.get("do") == "remove" {
        groups::remove(&app, sent.visitor.clone(), id.clone()).await
    } else {
        groups::save(
            &app,
            sent.visitor.clone(),
            id.clone(),
            name.clone(),
            ticked.clone(),
        )
        .await
    };
    match done {
        Ok(session) => Ok(response::see_other(&format!(
            "/s/{}/groups?done=saved",
            session.id
        ))),
        Err(Error::Refused(refusal)) => {
            let Some(key) = error_key(refusal.code) else {
                return Err(Error::Refused(refusal).into());
            };
            let found = groups::list(&app, sent.visitor).await?;
            let mut page = form_page(&found, &id, &request)?;
            page.error = page.frame.t.get(key).into_owned();
            page.typed_name = name;
            for member in &mut page.members {
                member.is_in = ticked.contains(&member.person_id);
            }
            Ok(response::page_with(
                status_of(refusal.code),
                &page,
                &found.session.platform_origins,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn error_key(code: Code) -> Option<&'static str> {
    match code {
        Code::Conflict => Some("time-group-known"),
        Code::Form => Some("time-group-name-wrong"),
        _ => None,
    }
}

fn list_page(found: &Groups, request: &HttpRequest) -> page::Groups {
    let frame = visitor::frame(&found.session, request);
    let prefix = frame.prefix().to_owned();
    page::Groups {
        path: format!("{prefix}/groups"),
        overrides_path: format!("{prefix}/overrides"),
        is_saved: false,
        groups: found
            .groups
            .iter()
            .map(|(group, members)| page::Group {
                id: group.id.clone(),
                name: group.name.clone(),
                members: members.len(),
            })
            .collect(),
        wrong_name: String::new(),
        error: String::new(),
        frame,
    }
}

fn form_page(found: &Groups, id: &str, request: &HttpRequest) -> Result<page::GroupForm, Problem> {
    let group = found.groups.iter().find(|(group, _)| group.id == id);
    let (group, members) =
        group.ok_or_else(|| Problem::new(Code::NotFound, "no such group in this course"))?;
    let frame = visitor::frame(&found.session, request);
    let prefix = frame.prefix().to_owned();
    Ok(page::GroupForm {
        path: format!("{prefix}/groups/{id}"),
        list_path: format!("{prefix}/groups"),
        name: group.name.clone(),
        typed_name: group.name.clone(),
        error: String::new(),
        members: found
            .learners
            .iter()
            .map(|learner| page::Member {
                person_id: learner.person_id.clone(),
                name: learner.name.clone().unwrap_or_default(),
                is_in: members.contains(&learner.person_id),
            })
            .collect(),
        frame,
    })
}
