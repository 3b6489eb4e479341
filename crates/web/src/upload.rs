//! Files of a plain attempt form: kept first, then named in the answer that the
//! form says, as if their boxes had been ticked. Names of fields: `upload/{slot}`
//! for a file, `answer/{slot}/file` for each that is an answer already.

use app::{App, Code, attempt::FormAnswer, media, session::Visitor};
use assessment::UploadedFile;

use crate::{multipart::SentFile, problem::Problem};

/// The field of a file, behind `answer/{slot}/`.
const FIELD: &str = "file";

/// Keeps the files of a form and adds them to its answers. One that is refused is
/// left out, and the others are kept all the same.
///
/// # Errors
/// Why the first refused one is refused.
pub(crate) async fn keep(
    app: &App,
    visitor: &Visitor,
    attempt_id: &str,
    files: Vec<SentFile>,
    answers: &mut [FormAnswer],
) -> Result<(), Problem> {
    let mut first = Ok(());
    for file in files {
        let kept = keep_one(app, visitor, attempt_id, file, answers).await;
        first = first.and(kept);
    }
    first
}

async fn keep_one(
    app: &App,
    visitor: &Visitor,
    attempt_id: &str,
    file: SentFile,
    answers: &mut [FormAnswer],
) -> Result<(), Problem> {
    let slot = file.field.strip_prefix("upload/").unwrap_or_default();
    let answer = answers.iter_mut().find(|answer| answer.slot.as_str() == slot);
    let answer =
        answer.ok_or_else(|| Problem::new(Code::Form, "a file belongs to no question of the form"))?;
    let held = answer.fields.iter().filter(|(name, _)| name == FIELD).count();
    let incoming = file.incoming()?;
    let slot = answer.slot.clone();
    let kept = media::upload(app, visitor.clone(), attempt_id.to_owned(), slot, held, incoming).await?;
    let is_there = |(_, value): &(String, String)| value.starts_with(&kept.hash);
    if !answer.fields.iter().any(is_there) {
        answer.fields.push((FIELD.to_owned(), value(&kept)));
    }
    Ok(())
}

/// What stands in the field of a file that is an answer.
pub(crate) fn value(file: &UploadedFile) -> String {
    format!(
        "{} {} {} {}",
        file.hash,
        file.kind.as_str(),
        file.bytes,
        file.name
    )
}
