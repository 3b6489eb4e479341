//! `/s/{session}/media/{file}`: pictures, sound and uploads; and what a page's
//! script uploads to a question.
//!
//! What is sent never runs in our name: `nosniff`, a sandbox, and everything but
//! pictures, sound and video is only saved. What is played can be asked for in ranges (RFC 9110,
//! section 14), without which phones do not play it.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web::{Bytes, Data, Path, Payload, ServiceConfig},
};
use app::{
    App,
    media::{self, StoredFile},
};
use assessment::{FileKind, SlotId};
use futures_util::stream;

use crate::{
    multipart,
    pairs::Pairs,
    problem::Problem,
    response::{self, Sandboxed},
    server::address,
    visitor,
};

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(address("/s/{session}/media/{file}").get(send))
        .service(address("/s/{session}/attempts/{attempt}/files/{slot}").post(upload));
}

/// Where a session's pictures stand: their hash follows.
pub(crate) fn place(session_id: &str) -> String {
    format!("/s/{session_id}/media")
}

async fn send(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (session_id, file) = path.into_inner();
    let found = media::open(&app, visitor::reader(&request, &session_id), hash_in(&file)).await?;
    // a question's file never changes; a student's work does not stay on a shared computer unasked
    let caching = match found.is_authored {
        true => "private, max-age=31536000, immutable",
        false => "private, no-cache",
    };
    let answer = answer(&request, app, &found.file, caching);
    Ok(response::framed(answer, &found.session.platform_origins))
}

/// The hash in a file's address: an ending tells people and players what it is, the hash alone finds it.
pub(crate) fn hash_in(file: &str) -> String {
    file.split('.').next().unwrap_or_default().to_owned()
}

/// A file that everybody may read.
pub(crate) fn send_open(request: &HttpRequest, app: Data<App>, file: &StoredFile) -> HttpResponse {
    answer(request, app, file, "public, max-age=31536000, immutable")
}

fn answer(request: &HttpRequest, app: Data<App>, found: &StoredFile, caching: &str) -> HttpResponse {
    let etag = format!("\"{}\"", found.hash);
    let known = request.headers().get(header::IF_NONE_MATCH);
    let mut answer = if known.is_some_and(|known| known == etag.as_str()) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    describe(&mut answer, found, &etag, caching);
    let is_known = known.is_some_and(|known| known == etag.as_str());
    let mut answer = match is_known {
        true => answer.finish(),
        false => content(answer, request, app, found, &etag),
    };
    answer.extensions_mut().insert(Sandboxed);
    answer
}

fn describe(answer: &mut HttpResponseBuilder, found: &StoredFile, etag: &str, caching: &str) {
    let disposition = match found.kind {
        FileKind::Picture | FileKind::Audio | FileKind::Video => "inline",
        _ => "attachment",
    };
    answer
        .insert_header((header::CACHE_CONTROL, caching))
        .insert_header((header::ETAG, etag))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CONTENT_TYPE, found.media_type.as_str()))
        // it is compressed already, and ranges count the bytes as they are
        .insert_header((header::CONTENT_ENCODING, "identity"));
    if is_played(found) {
        answer.insert_header((header::ACCEPT_RANGES, "bytes"));
    }
}

fn content(
    mut answer: HttpResponseBuilder,
    request: &HttpRequest,
    app: Data<App>,
    found: &StoredFile,
    etag: &str,
) -> HttpResponse {
    let range = asked_range(request, found, etag);
    let range = match range {
        Range::Whole => (0, found.bytes),
        Range::Part(from, to) => {
            let told = format!("bytes {from}-{}/{}", to.saturating_sub(1), found.bytes);
            answer.status(StatusCode::PARTIAL_CONTENT);
            answer.insert_header((header::CONTENT_RANGE, told));
            (from, to)
        }
        Range::Outside => {
            answer.status(StatusCode::RANGE_NOT_SATISFIABLE);
            answer.insert_header((header::CONTENT_RANGE, format!("bytes */{}", found.bytes)));
            return answer.finish();
        }
    };
    let (id, piece_bytes) = (found.id.clone(), found.piece_bytes);
    let pieces = stream::try_unfold(range, move |(from, to)| {
        let (app, id) = (app.clone(), id.clone());
        async move {
            if from >= to {
                return Ok(None);
            }
            let piece = media::piece(&app, id, from / piece_bytes).await;
            let piece = piece.map_err(std::io::Error::other)?;
            let piece = cut(piece, from % piece_bytes, to - from);
            if piece.is_empty() {
                return Err(std::io::Error::other("a piece of a file is missing"));
            }
            let next = from + piece.len() as u64;
            Ok::<_, std::io::Error>(Some((piece, (next, to))))
        }
    });
    answer.no_chunking(range.1 - range.0);
    answer.streaming(Box::pin(pieces))
}

fn cut(piece: Vec<u8>, skipped: u64, most: u64) -> Bytes {
    let piece = Bytes::from(piece);
    let length = piece.len() as u64;
    let from = skipped.min(length);
    let to = (from + most.min(length)).min(length);
    piece.slice(from as usize..to as usize)
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    Whole,
    /// From the first byte to the one behind the last.
    Part(u64, u64),
    Outside,
}

// One range of bytes; all other wishes get the whole, as the standard allows.
fn asked_range(request: &HttpRequest, found: &StoredFile, etag: &str) -> Range {
    let changed = request
        .headers()
        .get(header::IF_RANGE)
        .is_some_and(|known| known != etag);
    let asked = request.headers().get(header::RANGE).and_then(as_text);
    match asked {
        Some(asked) if is_played(found) && !changed => range_of(asked, found.bytes),
        _ => Range::Whole,
    }
}

// Players ask for what they need next, and phones play nothing else.
fn is_played(found: &StoredFile) -> bool {
    matches!(found.kind, FileKind::Audio | FileKind::Video)
}

fn as_text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

fn range_of(asked: &str, bytes: u64) -> Range {
    let Some((first, last)) = asked
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.trim().split_once('-'))
    else {
        return Range::Whole;
    };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), _) if first >= bytes => Range::Outside,
        (Ok(first), Ok(last)) if first <= last => Range::Part(first, last.saturating_add(1).min(bytes)),
        (Ok(first), Err(_)) if last.is_empty() => Range::Part(first, bytes),
        (Err(_), Ok(0)) if first.is_empty() => Range::Outside,
        (Err(_), Ok(last)) if first.is_empty() => Range::Part(bytes.saturating_sub(last), bytes),
        _ => Range::Whole,
    }
}

async fn upload(
    request: HttpRequest,
    app: Data<App>,
    path: Path<(String, String, String)>,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let (session_id, attempt, slot) = path.into_inner();
    let visitor = visitor::script(&request, &session_id)?;
    let held = Pairs::of_query(&request)?.get("held").parse().unwrap_or(0);
    let incoming = multipart::read_file(&request, payload.into_inner()).await?;
    let slot = SlotId::from(slot);
    let file = media::upload(&app, visitor, attempt, slot, held, incoming).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({
        "hash": file.hash,
        "kind": file.kind.as_str(),
        "bytes": file.bytes,
        "name": file.name,
        "path": format!("{}/{}", place(&session_id), file.hash),
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_is_understood() {
        #[track_caller]
        fn check(asked: &str, expected: Range) {
            assert_eq!(range_of(asked, 1000), expected, "{asked}");
        }
        check("bytes=0-", Range::Part(0, 1000));
        check("bytes=0-1", Range::Part(0, 2));
        check("bytes=500-5000", Range::Part(500, 1000));
        check("bytes=999-", Range::Part(999, 1000));
        check("bytes=-100", Range::Part(900, 1000));
        check("bytes=-5000", Range::Part(0, 1000));
        check("bytes=1000-", Range::Outside);
        check("bytes=-0", Range::Outside);
        check("bytes=18446744073709551615-18446744073709551615", Range::Outside);
        check("bytes=5-4", Range::Whole);
        check("bytes=0-1,5-6", Range::Whole);
        check("bytes=x", Range::Whole);
        check("lines=0-1", Range::Whole);
    }

    #[test]
    fn pieces_are_cut_to_the_range() {
        let piece = || b"0123456789".to_vec();
        assert_eq!(cut(piece(), 0, 100), "0123456789");
        assert_eq!(cut(piece(), 8, 100), "89");
        assert_eq!(cut(piece(), 2, 3), "234");
        assert!(cut(piece(), 12, 3).is_empty());
    }
}
