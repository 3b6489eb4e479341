//! `/ims/case/v1p0/…`: everybody's competency frameworks as 1EdTech's CASE 1.0 serves
//! them, for programs. Read only; an organisation's own frameworks are not among them.

use std::sync::Arc;

use ::course::Framework;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path, ServiceConfig},
};
use app::{App, Code, Error, competency};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{kept_page, pairs::Pairs, problem::Problem, server::address};

/// Where the service stands; the uri of each of our nodes begins with it.
const SERVICE: &str = "/ims/case/v1p0";
/// The most documents of one answer (CASE 1.0, 4.5: a service may lower what is asked for).
const MOST_LISTED: usize = 100;

pub(crate) fn routes(config: &mut ServiceConfig) {
    let at = |path: &str| address(format!("{SERVICE}{path}"));
    config
        .service(at("/CFDocuments").get(documents))
        .service(at("/CFDocuments/{id}").get(document))
        .service(at("/CFPackages/{id}").get(package))
        .service(at("/CFItems/{id}").get(item))
        .service(at("/CFAssociations/{id}").get(association));
}

async fn documents(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Problem> {
    let asked = Pairs::of_query(&request)?;
    let number = |name: &str| asked.get(name).parse::<usize>().ok();
    let all = competency::open_frameworks(&app).await?;
    let total = all.len();
    let shown = all.iter().skip(number("offset").unwrap_or_default());
    let shown = shown.take(number("limit").unwrap_or(MOST_LISTED).min(MOST_LISTED));
    let documents: Vec<_> = shown.map(|framework| &framework.document).collect();
    let mut answer = answer(&request, &app, &json!({ "CFDocuments": documents }))?;
    let total = header::HeaderValue::from(total);
    answer
        .headers_mut()
        .insert(header::HeaderName::from_static("x-total-count"), total);
    Ok(answer)
}

async fn document(request: HttpRequest, app: Data<App>, id: Path<String>) -> Result<HttpResponse, Problem> {
    let framework = of_document(&app, &id).await?;
    answer(&request, &app, &framework.document)
}

async fn package(request: HttpRequest, app: Data<App>, id: Path<String>) -> Result<HttpResponse, Problem> {
    let framework = of_document(&app, &id).await?;
    answer(&request, &app, &*framework)
}

async fn item(request: HttpRequest, app: Data<App>, id: Path<String>) -> Result<HttpResponse, Problem> {
    let all = competency::open_frameworks(&app).await?;
    let found = all.iter().find_map(|framework| {
        let item = framework.items.iter().find(|item| item.identifier == *id)?;
        Some((framework, item))
    });
    let (framework, item) = found.ok_or_else(nothing)?;
    let mut item = json!(item);
    if let Some(item) = item.as_object_mut() {
        let document = &framework.document;
        let link = json!({ "title": document.title, "identifier": document.identifier, "uri": document.uri });
        item.insert("CFDocumentURI".to_owned(), link);
    }
    answer(&request, &app, &item)
}

async fn association(
    request: HttpRequest,
    app: Data<App>,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let all = competency::open_frameworks(&app).await?;
    let mut associations = all.iter().flat_map(|framework| &framework.associations);
    let found = associations.find(|association| association.identifier == *id);
    answer(&request, &app, found.ok_or_else(nothing)?)
}

async fn of_document(app: &App, id: &str) -> Result<Arc<Framework>, Problem> {
    let all = competency::open_frameworks(app).await?;
    let found = all
        .into_iter()
        .find(|framework| framework.document.identifier == id);
    Ok(found.ok_or_else(nothing)?)
}

fn nothing() -> Error {
    Error::refused(Code::NotFound, "no such node of a framework")
}

fn answer(request: &HttpRequest, app: &App, node: &impl Serialize) -> Result<HttpResponse, Problem> {
    let written = serde_json::to_value(node).and_then(|mut node| {
        put_addresses(&mut node, app);
        serde_json::to_vec(&node)
    });
    let body = written.map_err(|error| Error::Internal(error.to_string()))?;
    let hash: String = Sha256::digest(&body)
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let etag = format!("\"{hash}\"");
    let mut answer = match kept_page::knows(request, &etag) {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    answer
        // packed on the way out, it is the same node
        .insert_header((header::ETAG, format!("W/{etag}")))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .content_type("application/json");
    Ok(match kept_page::knows(request, &etag) {
        true => answer.finish(),
        false => answer.body(body),
    })
}

// What is stored does not know where the service stands.
fn put_addresses(node: &mut Value, app: &App) {
    match node {
        Value::Object(members) => {
            for (name, value) in members {
                match value
                    .as_str()
                    .filter(|uri| name == "uri" && uri.starts_with(SERVICE))
                {
                    Some(uri) => *value = Value::String(app.address(uri)),
                    None => put_addresses(value, app),
                }
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| put_addresses(member, app)),
        _ => {}
    }
}
