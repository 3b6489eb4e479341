//! Files of a course: kept as any author's, and named for its folder.

use ::assessment::FileKind;
use ::course::Key;
use storage::{Connection, course_drafts};

use super::find;
use crate::{
    App, Code, Result,
    media::{self, Authored, FileCode, Incoming},
    session::{Session, Visitor, instructor_for_change},
};

/// Letters of its hash in a file's name, so that two of one name are two.
const HASH_LETTERS: usize = 8;

/// What a place of an editor takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A picture of a body.
    Picture,
    /// Captions of a video.
    Captions,
    /// Whatever a lesson shows or gives to take along.
    Anything,
}

/// Keeps a file for a course; a picture is written anew.
///
/// # Errors
/// `WEB-FILE-…`, `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`, `WEB-NOT-FOUND`.
pub async fn add_file(
    app: &App,
    visitor: Visitor,
    key: String,
    takes: Takes,
    incoming: Incoming,
) -> Result<Authored> {
    let now = app.clock().now();
    let (asking, asked) = (visitor.clone(), key.clone());
    app.db()
        .read(move |c| {
            let session = instructor_for_change(c, &asking, now)?;
            find(c, &session, &asked).map(|_| ())
        })
        .await?;
    let kinds: &[FileKind] = match takes {
        Takes::Picture => &[FileKind::Picture],
        Takes::Captions => &[FileKind::Text],
        Takes::Anything => &media::OF_COURSES,
    };
    media::add_with(
        app,
        visitor,
        incoming,
        kinds,
        move |c, session, added, media_id| {
            if takes == Takes::Captions && !added.media_type.starts_with("text/vtt") {
                return Err(session.refused(Code::File(FileCode::Kind), "captions are WebVTT"));
            }
            name(c, session, &key, added, media_id)
        },
    )
    .await
}

fn name(
    connection: &mut Connection,
    session: &Session,
    key: &str,
    added: &Authored,
    media_id: &str,
) -> Result<()> {
    let course = find(connection, session, key)?;
    let (stem, ending) = added.name.rsplit_once('.').unwrap_or((&added.name, "bin"));
    let stem = Key::of_words(stem).unwrap_or_else(|| Key::from("file"));
    let hash: String = added.hash.chars().take(HASH_LETTERS).collect();
    let name = format!("{stem}-{hash}.{}", ending.to_ascii_lowercase());
    Ok(course_drafts::name_file(connection, &course.id, &name, media_id)?)
}
