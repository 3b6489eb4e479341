//! Files of a lesson's form, and pictures that a script sends. A picture becomes
//! Markdown in the body, as if its author had typed it; what becomes of the others is
//! the form's (`step_form`).

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use app::{
    App, Code, Error,
    course::authoring::{self, Takes},
    media::{self, Authored},
    session::Visitor,
};
use assessment::FileKind;

use super::CoursePath;
use crate::{
    multipart::{self, SentFile},
    pairs::Pairs,
    problem::Problem,
    visitor,
};

/// What a kept file leaves in the form.
pub(super) struct Added {
    pub(super) hash: String,
    pub(super) kind: FileKind,
    pub(super) name: String,
}

/// The file that was kept for a field.
pub(super) fn added_file(pairs: &Pairs, field: &str) -> Option<Added> {
    let mut words = pairs.optional(&format!("{field}/kept"))?.splitn(3, ' ');
    Some(Added {
        hash: words.next()?.to_owned(),
        kind: FileKind::find(words.next()?)?,
        name: words.next().unwrap_or_default().to_owned(),
    })
}

/// Keeps the files of a form and writes them into its fields; why one was not taken.
///
/// # Errors
/// What concerns the sender and not a file: `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub(super) async fn keep(
    app: &App,
    visitor: &Visitor,
    key: &str,
    files: Vec<SentFile>,
    pairs: &mut Pairs,
) -> Result<Option<Code>, Problem> {
    // only we say what was kept
    pairs.0.retain(|(name, _)| !name.ends_with("/kept"));
    let mut refused = None;
    for file in files {
        let field = file.field.clone();
        match add(app, visitor, key, file).await {
            Ok(added) => write(&field, &added, pairs),
            Err(Problem(Error::Refused(refusal))) if matches!(refusal.code, Code::File(_)) => {
                refused.get_or_insert(refusal.code);
            }
            Err(other) => return Err(other),
        }
    }
    Ok(refused)
}

async fn add(app: &App, visitor: &Visitor, key: &str, file: SentFile) -> Result<Authored, Problem> {
    let takes = match file.field.as_str() {
        "picture_file" => Takes::Picture,
        field if field.contains("_captions_") => Takes::Captions,
        _ => Takes::Anything,
    };
    let (visitor, key) = (visitor.clone(), key.to_owned());
    Ok(authoring::add_file(app, visitor, key, takes, file.incoming()?).await?)
}

fn write(field: &str, added: &Authored, pairs: &mut Pairs) {
    if field != "picture_file" {
        let kept = format!("{} {} {}", added.hash, added.kind.as_str(), added.name);
        pairs.0.push((format!("{field}/kept"), kept));
        return;
    }
    let words = pairs.get("picture_words").trim().to_owned();
    let target = format!("body_{}", pairs.get("picture_to"));
    let markdown = format!("![{}]({})", escaped(&words), address(added));
    if let Some((_, body)) = pairs.0.iter_mut().find(|(name, _)| *name == target) {
        *body = match body.trim_end() {
            "" => markdown,
            typed => format!("{typed}\n\n{markdown}"),
        };
    }
}

fn address(added: &Authored) -> String {
    format!("media:{}{}", added.hash, media::ending(&added.media_type))
}

// Brackets would end the description.
fn escaped(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// A pasted picture, sent as it is; answers how it stands in a text.
pub(super) async fn upload(
    request: HttpRequest,
    app: Data<App>,
    path: CoursePath,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (session_id, key) = path.into_inner();
    let visitor = visitor::script(&request, &session_id)?;
    let incoming = multipart::read_file(&request, payload.into_inner()).await?;
    let added = authoring::add_file(&app, visitor, key, Takes::Picture, incoming).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "address": address(&added) })))
}
