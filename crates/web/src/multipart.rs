//! Forms with files (`multipart/form-data`, RFC 7578), and a file as a body of its
//! own. A file waits on the disk in a file without a name while it comes, so that
//! memory stays the same however many come; it is gone with its request.
//!
//! A file over the limit is read to its end and thrown away: the rest of its form
//! still counts. Left out on purpose: what a file is (`app::media`).

use std::{fs::File, io::Write, time::Duration};

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Bytes};
use app::{
    Code,
    media::{self, FileCode, Incoming},
    session::Visitor,
};
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};

use crate::{
    body::{BodyCount, BodyPatience, in_time, media_type, next_piece},
    pairs::{LARGEST_FORM, Pairs, read_form},
    problem::Problem,
    visitor,
};

/// The most bytes of a form with its files.
const LARGEST_SHEET: u64 = 5 * media::LARGEST_FILE;
/// The most files of a form.
const MOST_FILES: usize = 20;
/// The most fields of a form, files included.
const MOST_FIELDS: usize = 50_000;
/// How many times longer files may take than a form: 20 MB in a quarter of an hour are 23 KB a second.
const FILES_TAKE: u32 = 5;

/// A form, perhaps with files.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// The fields that are no files, in the order in which they came.
    pub(crate) pairs: Pairs,
    /// The files that were chosen.
    pub(crate) files: Vec<SentFile>,
}

/// A file of a form.
#[derive(Debug)]
pub(crate) struct SentFile {
    /// The field's name.
    pub(crate) field: String,
    /// The file; refused already when it is larger than any place takes.
    pub(crate) content: Result<Incoming, FileCode>,
}

impl SentFile {
    /// The file, if it is not refused already.
    pub(crate) fn incoming(self) -> Result<Incoming, Problem> {
        self.content
            .map_err(|code| Problem::new(Code::File(code), "more than any place takes"))
    }
}

/// A form that a session's page posted to `/s/{session}/…`, perhaps with files. As
/// [`visitor::Sent`], but an answer may name several files in fields of one name.
#[derive(Debug)]
pub(crate) struct SentSheet {
    /// Who sent it.
    pub(crate) visitor: Visitor,
    /// Its fields.
    pub(crate) form: Pairs,
    /// Its files.
    pub(crate) files: Vec<SentFile>,
}

impl FromRequest for SentSheet {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        async move {
            let sheet = read_sheet(&request, payload, LARGEST_FORM).await?;
            let session_id = request.match_info().query("session").to_owned();
            let names_files = |name: &str| name.starts_with("answer/") && name.ends_with("/file");
            let form = sheet.pairs.once_except(names_files)?;
            Ok(Self {
                visitor: visitor::sender(&request, &session_id, &form)?,
                form,
                files: sheet.files,
            })
        }
        .boxed_local()
    }
}

/// Reads a posted form, with files or without; its other fields have at most `largest` bytes.
pub(crate) async fn read_sheet(
    request: &HttpRequest,
    payload: Payload,
    largest: usize,
) -> Result<Sheet, Problem> {
    if !media_type(request).eq_ignore_ascii_case("multipart/form-data") {
        let pairs = read_form(request, payload, largest).await?;
        return Ok(Sheet {
            pairs,
            files: Vec::new(),
        });
    }
    demand_fitting(request)?;
    let patience = patience_of(request);
    let read = read_parts(request, payload, largest, patience.piece);
    in_time(read, patience.whole).await
}

/// Reads a file that is the whole body; its name comes percent-encoded in `x-file-name`.
pub(crate) async fn read_file(request: &HttpRequest, mut payload: Payload) -> Result<Incoming, Problem> {
    let text = |name: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    demand_fitting(request)?;
    let patience = patience_of(request);
    let spooled = async {
        let mut spool = Spool::default();
        let mut count = BodyCount::new(request, LARGEST_SHEET);
        while let Some(piece) = next_piece(payload.next(), patience.piece).await? {
            count.add(&piece).await?;
            spool.take(&piece)?;
        }
        Ok(spool)
    };
    let spool = in_time(spooled, patience.whole).await?;
    let name = percent_encoding::percent_decode_str(&text("x-file-name"))
        .decode_utf8_lossy()
        .into_owned();
    let file = SentFile {
        field: String::new(),
        content: spool.into_incoming(name, text("content-type"))?,
    };
    file.incoming()
}

// A film of two gigabytes is refused by what its sender says of it, before any of it is read.
fn demand_fitting(request: &HttpRequest) -> Result<(), Problem> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST_SHEET) {
        return Err(Problem::new(
            Code::File(FileCode::TooLarge),
            "more than any place takes",
        ));
    }
    Ok(())
}

fn patience_of(request: &HttpRequest) -> BodyPatience {
    let patience = BodyPatience::of(request);
    BodyPatience {
        whole: patience.whole.saturating_mul(FILES_TAKE),
        ..patience
    }
}

async fn read_parts(
    request: &HttpRequest,
    payload: Payload,
    largest: usize,
    patience: Duration,
) -> Result<Sheet, Problem> {
    let mut parts = Multipart::new(request.headers(), payload);
    let mut sheet = Sheet::default();
    let mut count = BodyCount::new(request, LARGEST_SHEET);
    let (mut words, mut fields) = (0, 0_usize);
    while let Some(mut part) = next_piece(parts.next(), patience).await? {
        let head = Head::of(&part)?;
        fields += 1;
        if fields > MOST_FIELDS || sheet.files.len() > MOST_FILES {
            return Err(Problem::new(Code::TooLarge, "the form has too many fields"));
        }
        let mut spool = Spool::default();
        let mut value = Vec::new();
        while let Some(piece) = next_piece(part.next(), patience).await? {
            count.add(&piece).await?;
            if head.file_name.is_some() {
                spool.take(&piece)?;
                continue;
            }
            words += piece.len();
            if words > largest {
                return Err(Problem::new(Code::TooLarge, "the form is too large"));
            }
            value.extend_from_slice(&piece);
        }
        match head.file_name {
            // a file field in which nothing was chosen
            Some(name) if name.is_empty() && spool.bytes == 0 => {}
            Some(name) => sheet.files.push(SentFile {
                field: head.name,
                content: spool.into_incoming(name, head.media_type)?,
            }),
            None => sheet.pairs.0.push((head.name, words_of(value)?)),
        }
    }
    Ok(sheet)
}

struct Head {
    name: String,
    file_name: Option<String>,
    media_type: String,
}

impl Head {
    fn of(part: &Field) -> Result<Self, Problem> {
        let nameless = || Problem::new(Code::Form, "a part of the form has no name");
        let disposition = part.content_disposition().ok_or_else(nameless)?;
        let name = disposition.get_name().ok_or_else(nameless)?.to_owned();
        if name.contains('\0') {
            return Err(Problem::new(Code::Form, "a field has a NUL"));
        }
        Ok(Self {
            name,
            file_name: disposition.get_filename().map(str::to_owned),
            media_type: part.content_type().map(ToString::to_string).unwrap_or_default(),
        })
    }
}

fn words_of(value: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(value)
        .ok()
        .filter(|words| !words.contains('\0'))
        .ok_or_else(|| Problem::new(Code::Form, "a field is not UTF-8, or has a NUL"))
}

/// A file while it comes: on the disk, without a name there.
#[derive(Default)]
struct Spool {
    file: Option<File>,
    bytes: u64,
}

impl Spool {
    fn take(&mut self, piece: &Bytes) -> Result<(), Problem> {
        self.bytes += piece.len() as u64;
        if self.bytes > media::LARGEST_FILE {
            self.file = None;
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            empty => empty.insert(unnamed()?),
        };
        file.write_all(piece).map_err(|error| broken(&error))
    }

    fn into_incoming(
        self,
        name: String,
        claimed_type: String,
    ) -> Result<Result<Incoming, FileCode>, Problem> {
        if self.bytes > media::LARGEST_FILE {
            return Ok(Err(FileCode::TooLarge));
        }
        let file = match self.file {
            Some(file) => file,
            None => unnamed()?,
        };
        Ok(Ok(Incoming {
            file,
            name,
            claimed_type,
        }))
    }
}

fn unnamed() -> Result<File, Problem> {
    tempfile::tempfile().map_err(|error| broken(&error))
}

fn broken(error: &std::io::Error) -> Problem {
    Problem(app::Error::Internal(format!(
        "a file cannot wait on the disk: {error}"
    )))
}
