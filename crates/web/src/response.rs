//! Making an answer: pages, redirects, and who may frame them.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use askama::Template;

/// Who may show an answer in a frame; the middleware writes it into the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Framing {
    /// These origins.
    By(Vec<String>),
    /// Anybody: only for answers without a name and without anything to press.
    ByAnyone,
}

/// A file that somebody sent us: nothing in it may run, whatever opens it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sandboxed;

/// Where forms of an answer may lead, besides ourselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormTargets(pub(crate) Vec<String>);

/// A page; one that cannot be rendered is our own mistake.
pub(crate) fn html(answer: &mut HttpResponseBuilder, page: &impl Template) -> HttpResponse {
    match page.render() {
        Ok(html) => answer.content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A page that these origins may frame.
pub(crate) fn page(page: &impl Template, framed_by: &[String]) -> HttpResponse {
    page_with(StatusCode::OK, page, framed_by)
}

/// A page of that status that these origins may frame.
pub(crate) fn page_with(status: StatusCode, page: &impl Template, framed_by: &[String]) -> HttpResponse {
    framed(html(&mut HttpResponse::build(status), page), framed_by)
}

/// The same answer, framed by these origins.
pub(crate) fn framed(mut answer: HttpResponse, origins: &[String]) -> HttpResponse {
    answer.extensions_mut().insert(Framing::By(origins.to_vec()));
    answer
}

/// After a form: the browser goes on by GET.
pub(crate) fn see_other(address: &str) -> HttpResponse {
    redirect(StatusCode::SEE_OTHER, address)
}

/// A redirect of that status.
pub(crate) fn redirect(status: StatusCode, address: &str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::LOCATION, address))
        .finish()
}
