//! Files: pictures and sound that authors put into questions, and what students
//! upload. A file is taken in one way: what it is by its content (`content`), a
//! picture written anew (`picture`), then kept by the hash of what is kept.
//!
//! Who may read: an author's file everybody with a part in the organisation's
//! courses; a student's upload that student and the instructors of the course.
//!
//! Left out on purpose: HTTP and where a body waits while it comes (`web`).

mod bare;
mod code;
mod content;
mod folder;
mod name;
mod named;
mod picture;
mod sample;
mod smaller;

use std::{
    fs::File,
    io::{Read, Seek},
};

use ::assessment::{FileKind, Interaction, SlotId, Upload, UploadedFile};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use storage::{
    Connection,
    media::{self, MediaUpload, Medium},
};
use tokio::sync::Semaphore;

use crate::{
    App, Code, Error, Result,
    attempt::own,
    random,
    session::{Role, Session, Visitor, instructor_for_change, resolve, resolve_for_change},
};

pub use self::{
    code::FileCode,
    content::{accepted, ending},
    sample::install_samples,
};
pub(crate) use self::{
    folder::{FolderFile, read_all, take_in},
    named::{claim, names_only_own},
    smaller::smaller,
};

/// The most bytes of a file on its way in. What a question takes may be less.
pub const LARGEST_FILE: u64 = 20 * 1024 * 1024;
/// The longest side of a picture in a question, in pixels: wider than a page, so that details can be looked at.
const LONGEST_AUTHORED: u32 = 1_600;
/// The longest side of a student's photo, in pixels: a drawing's numbers stay readable.
const LONGEST_UPLOADED: u32 = 2_400;
/// How many files may wait for one question of an attempt, those that were taken away again included.
const MOST_UPLOADS: usize = 60;

/// A decoded picture takes up to 200 MB for a moment.
static PICTURES_AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A file that came in and lies on the disk.
#[derive(Debug)]
pub struct Incoming {
    /// Its content.
    pub file: File,
    /// As the device named it.
    pub name: String,
    /// What the browser says that it is; may be empty.
    pub claimed_type: String,
}

/// A file that somebody may read in a session.
#[derive(Debug, Clone)]
pub struct Found {
    /// Who reads.
    pub session: Session,
    /// The file.
    pub file: StoredFile,
    /// Whether it belongs to a question; otherwise a student uploaded it.
    pub is_authored: bool,
}

/// A stored file.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its number in the database: see [`piece`].
    pub id: String,
    /// SHA-256 of its content.
    pub hash: String,
    /// What it is.
    pub kind: FileKind,
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// The size of its content.
    pub bytes: u64,
    /// The size of each piece but the last.
    pub piece_bytes: u64,
}

impl StoredFile {
    pub(crate) fn of(medium: Medium) -> Result<Self> {
        Ok(Self {
            kind: kind_of(&medium)?,
            bytes: medium.bytes.unsigned_abs(),
            piece_bytes: medium.piece_bytes.unsigned_abs().max(1),
            id: medium.id,
            hash: medium.hash,
            media_type: medium.media_type,
        })
    }
}

/// A file of an author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authored {
    /// SHA-256 of what is kept.
    pub hash: String,
    /// What it is.
    pub kind: FileKind,
    /// Such as `audio/mpeg`.
    pub media_type: String,
    /// As the device named it.
    pub name: String,
    /// In pixels; 0 for what is no picture.
    pub width: u32,
    /// In pixels; 0 for what is no picture.
    pub height: u32,
}

/// The file of that hash, if the visitor may read it.
///
/// # Errors
/// `WEB-SESSION`, `WEB-NOT-FOUND`.
pub async fn open(app: &App, visitor: Visitor, hash: String) -> Result<Found> {
    let now = app.clock().now();
    app.db()
        .read(move |c| {
            let session = resolve(c, &visitor, now)?;
            let medium = media::find(c, &session.organisation_id, &hash)?;
            let medium = match medium {
                Some(medium) if may_read(c, &session, &medium)? => medium,
                _ => return Err(session.refused(Code::NotFound, "no such file for this person")),
            };
            Ok(Found {
                is_authored: medium.authored_at.is_some(),
                file: StoredFile::of(medium)?,
                session,
            })
        })
        .await
}

/// A piece of a file that [`open`] found; empty behind the last one.
///
/// # Errors
/// When the database fails.
pub async fn piece(app: &App, id: String, number: u64) -> Result<Vec<u8>> {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    app.db()
        .read(move |c| Ok(media::get_piece(c, &id, number)?.unwrap_or_default()))
        .await
}

/// What a question shows.
const OF_QUESTIONS: [FileKind; 2] = [FileKind::Picture, FileKind::Audio];
/// What a lesson shows or gives to take along. Text is captions too.
pub(crate) const OF_COURSES: [FileKind; 7] = [
    FileKind::Picture,
    FileKind::Audio,
    FileKind::Video,
    FileKind::Pdf,
    FileKind::Office,
    FileKind::Archive,
    FileKind::Text,
];

/// Keeps an author's picture or sound.
///
/// # Errors
/// `WEB-FILE-…`, `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub async fn add(app: &App, visitor: Visitor, incoming: Incoming) -> Result<Authored> {
    add_with(app, visitor, incoming, &OF_QUESTIONS, |_, _, _, _| Ok(())).await
}

/// Keeps an author's file of one of these kinds, and does `then` with it and its id in the same transaction.
///
/// # Errors
/// As [`add`], and those of `then`.
pub(crate) async fn add_with(
    app: &App,
    visitor: Visitor,
    incoming: Incoming,
    kinds: &'static [FileKind],
    then: impl FnOnce(&mut Connection, &Session, &Authored, &str) -> Result<()> + Send + 'static,
) -> Result<Authored> {
    let now = app.clock().now();
    let asking = visitor.clone();
    // nobody's file is worked on before it is known whose it is
    app.db()
        .read(move |c| instructor_for_change(c, &asking, now).map(|_| ()))
        .await?;
    let checked = check(incoming, LONGEST_AUTHORED).await?;
    if !kinds.contains(&checked.kind) {
        return Err(refused(FileCode::Kind, "nothing that is shown here"));
    }
    app.db()
        .write(move |c| {
            let session = instructor_for_change(c, &visitor, now)?;
            let medium = keep(c, &session.organisation_id, &checked, now)?;
            media::mark_authored(c, &session.organisation_id, &medium.id, now.naive_utc())?;
            let added = Authored {
                hash: checked.hash,
                kind: checked.kind,
                media_type: checked.media_type.to_owned(),
                name: checked.name,
                width: checked.width,
                height: checked.height,
            };
            then(c, &session, &added, &medium.id)?;
            Ok(added)
        })
        .await
}

/// Keeps what a student uploads for a question of an open attempt, whose answer
/// has `held` files so far. It becomes an answer only by an entry that names it.
///
/// # Errors
/// `WEB-FILE-…`, `ATT-SLOT-UNKNOWN` for a question that takes no files, `ATT-…` when the
/// attempt is over, `WEB-SESSION`, `WEB-CSRF`, `WEB-NOT-FOUND`.
pub async fn upload(
    app: &App,
    visitor: Visitor,
    attempt_id: String,
    slot: SlotId,
    held: usize,
    incoming: Incoming,
) -> Result<UploadedFile> {
    let now = app.clock().now();
    let cache = app.published().clone();
    let (asking, asked, place) = (visitor.clone(), attempt_id.clone(), slot.clone());
    let question = app
        .db()
        .read(move |c| {
            let session = resolve_for_change(c, &asking, now)?;
            let attempt = own(c, &session, &asked)?;
            if attempt.state != "open" || crate::attempt_log::is_overdue(&attempt, now) {
                return Err(session.refused(Code::Attempt(::assessment::Code::Closed), "the attempt is over"));
            }
            let published = cache.get(c, &attempt.assessment_version_id)?;
            let item = published
                .content
                .slot(&place)
                .and_then(|slot| published.items.get(&slot.item_version_id));
            match item.map(|item| &item.interaction) {
                Some(Interaction::Upload(question)) => Ok(question.clone()),
                _ => Err(Error::from(::assessment::Code::SlotUnknown)),
            }
        })
        .await?;
    if held >= question.most_files as usize {
        return Err(refused(FileCode::TooMany, "the question takes fewer files"));
    }
    let checked = check(incoming, LONGEST_UPLOADED).await?;
    demand_taken(&question, &checked)?;
    app.db()
        .write(move |c| {
            let session = resolve_for_change(c, &visitor, now)?;
            let attempt = own(c, &session, &attempt_id)?;
            let waiting = media::list_uploads(c, &attempt.id, slot.as_str())?;
            if waiting.len() >= MOST_UPLOADS {
                return Err(session.refused(
                    Code::File(FileCode::TooMany),
                    "too many files wait for a question",
                ));
            }
            let medium = keep(c, &session.organisation_id, &checked, now)?;
            let upload = MediaUpload {
                attempt_id: attempt.id,
                slot: slot.to_string(),
                media_id: medium.id,
                named_at: None,
                created_at: now.naive_utc(),
            };
            media::insert_upload(c, &upload)?;
            Ok(UploadedFile {
                hash: checked.hash,
                name: checked.name,
                kind: checked.kind,
                bytes: checked.content.len() as u64,
            })
        })
        .await
}

fn demand_taken(question: &Upload, checked: &Checked) -> Result<()> {
    if !question.kinds.contains(&checked.kind) {
        return Err(refused(FileCode::Kind, "the question does not take this kind"));
    }
    if checked.content.len() as u64 > question.most_bytes {
        return Err(refused(FileCode::TooLarge, "the question takes smaller files"));
    }
    Ok(())
}

fn may_read(connection: &mut Connection, session: &Session, medium: &Medium) -> Result<bool> {
    let takes_part = matches!(session.role, Role::Learner | Role::Instructor);
    if medium.authored_at.is_some() && takes_part {
        return Ok(true);
    }
    let Some(context_id) = session.context_id.as_deref().filter(|_| takes_part) else {
        return Ok(false);
    };
    let uploaders = media::list_uploaders(connection, context_id, &medium.id)?;
    Ok(match session.role {
        Role::Instructor => !uploaders.is_empty(),
        _ => uploaders.contains(&session.person_id),
    })
}

fn kind_of(medium: &Medium) -> Result<FileKind> {
    FileKind::find(&medium.kind).ok_or_else(|| Error::Internal("a file of an unknown kind".to_owned()))
}

/// A file that may be kept.
struct Checked {
    kind: FileKind,
    media_type: &'static str,
    name: String,
    hash: String,
    content: Vec<u8>,
    width: u32,
    height: u32,
}

async fn check(incoming: Incoming, longest: u32) -> Result<Checked> {
    at_work(move || checked(incoming, longest)).await
}

/// Judges a file where it holds up nobody, few at a time.
async fn at_work<T: Send + 'static>(judge: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let permit = PICTURES_AT_ONCE.acquire().await;
    let judged = tokio::task::spawn_blocking(judge).await;
    drop(permit);
    judged.map_err(|error| Error::Internal(error.to_string()))?
}

fn checked(mut incoming: Incoming, longest: u32) -> Result<Checked> {
    let mut content = Vec::new();
    let failed = |error: std::io::Error| Error::Internal(error.to_string());
    incoming.file.rewind().map_err(failed)?;
    let mut limited = (&incoming.file).take(LARGEST_FILE + 1);
    limited.read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 > LARGEST_FILE {
        return Err(refused(FileCode::TooLarge, "more than any place takes"));
    }
    let name = name::cleaned(&incoming.name);
    let format = content::recognise(&content, &name, &incoming.claimed_type);
    let format = format.map_err(|code| refused(code, "by its content and name"))?;
    let taken = match format.kind {
        FileKind::Picture => pixels_alone(&name, &content, format, longest),
        _ => as_it_is(name, content, format),
    };
    taken.map_err(|code| refused(code, "by its pixels"))
}

/// A file byte for byte.
fn as_it_is(
    name: String,
    content: Vec<u8>,
    format: content::Format,
) -> std::result::Result<Checked, FileCode> {
    let (width, height) = match format.kind {
        FileKind::Picture => picture::size(&content, format)?,
        _ => (0, 0),
    };
    Ok(Checked {
        kind: format.kind,
        media_type: format.media_type,
        hash: hash_of(&content),
        name,
        content,
        width,
        height,
    })
}

/// A picture written anew.
fn pixels_alone(
    name: &str,
    content: &[u8],
    format: content::Format,
    longest: u32,
) -> std::result::Result<Checked, FileCode> {
    let cleaned = picture::cleaned(content, format, longest)?;
    Ok(Checked {
        kind: FileKind::Picture,
        media_type: cleaned.format.media_type,
        name: name::renamed(name, cleaned.format),
        hash: hash_of(&cleaned.content),
        content: cleaned.content,
        width: cleaned.width,
        height: cleaned.height,
    })
}

fn keep(
    connection: &mut Connection,
    organisation_id: &str,
    checked: &Checked,
    now: DateTime<Utc>,
) -> Result<Medium> {
    let side = |pixels: u32| (pixels > 0).then(|| i64::from(pixels));
    let new = Medium {
        id: random::id(),
        organisation_id: organisation_id.to_owned(),
        hash: checked.hash.clone(),
        kind: checked.kind.as_str().to_owned(),
        media_type: checked.media_type.to_owned(),
        bytes: i64::try_from(checked.content.len()).unwrap_or(i64::MAX),
        piece_bytes: media::PIECE_BYTES as i64,
        width: side(checked.width),
        height: side(checked.height),
        authored_at: None,
        created_at: now.naive_utc(),
    };
    Ok(media::keep(connection, &new, &checked.content)?)
}

fn hash_of(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn refused(code: FileCode, detail: &str) -> Error {
    Error::refused(Code::File(code), detail)
}
