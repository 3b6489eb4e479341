//! A request's body, piece by piece: it has to come in time, it never is endless, and
//! before much of it is read it is known whose it is. Left out: what it says
//! (`pairs`, `multipart`).

use std::{fmt::Display, time::Duration};

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header,
    rt::time::timeout,
    web::{Bytes, Data},
};
use app::{App, Code};
use futures_util::StreamExt;

use crate::{problem::Problem, visitor};

/// How much of a body anybody may send before it is asked whose it is.
const READ_UNASKED: u64 = 64 * 1024;

/// How long a body may take.
#[derive(Debug, Clone, Copy)]
pub struct BodyPatience {
    /// Until the next piece of it.
    pub piece: Duration,
    /// Until its end.
    pub whole: Duration,
}

impl Default for BodyPatience {
    /// A weak line passes: 4 MiB in three minutes are 23 KB a second, and an answer is a few hundred bytes.
    fn default() -> Self {
        Self {
            piece: Duration::from_secs(20),
            whole: Duration::from_secs(180),
        }
    }
}

impl BodyPatience {
    /// The server's.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let patience = request.app_data::<Data<Self>>();
        patience.map_or_else(Self::default, |patience| *patience.get_ref())
    }
}

/// Reads a body of at most `largest` bytes.
pub(crate) async fn read_body(
    request: &HttpRequest,
    mut payload: Payload,
    largest: usize,
) -> Result<Bytes, Problem> {
    let patience = BodyPatience::of(request);
    let read = async {
        let mut body = Vec::new();
        let mut count = BodyCount::new(request, largest as u64);
        while let Some(piece) = next_piece(payload.next(), patience.piece).await? {
            count.add(&piece).await?;
            body.extend_from_slice(&piece);
        }
        Ok(body.into())
    };
    in_time(read, patience.whole).await
}

/// The request's media type without parameters.
pub(crate) fn media_type(request: &HttpRequest) -> &str {
    let value = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
}

/// The next piece of a body, or the next part of a form.
pub(crate) async fn next_piece<T, E: Display>(
    next: impl Future<Output = Option<Result<T, E>>>,
    patience: Duration,
) -> Result<Option<T>, Problem> {
    let piece = timeout(patience, next).await.map_err(|_elapsed| too_slow())?;
    piece
        .transpose()
        .map_err(|error| Problem::new(Code::Form, &error.to_string()))
}

/// What was read, if all of it came in time.
pub(crate) async fn in_time<T>(
    read: impl Future<Output = Result<T, Problem>>,
    patience: Duration,
) -> Result<T, Problem> {
    timeout(patience, read)
        .await
        .unwrap_or_else(|_elapsed| Err(too_slow()))
}

fn too_slow() -> Problem {
    Problem::new(Code::Slow, "the body did not come in time")
}

/// How much of a body has come.
pub(crate) struct BodyCount<'a> {
    request: &'a HttpRequest,
    largest: u64,
    bytes: u64,
}

impl<'a> BodyCount<'a> {
    /// Nothing yet of at most `largest` bytes.
    pub(crate) fn new(request: &'a HttpRequest, largest: u64) -> Self {
        Self {
            request,
            largest,
            bytes: 0,
        }
    }

    /// Counts a piece before it is kept; refuses it when that is too much. Below `/s/{session}/` no more than
    /// [`READ_UNASKED`] bytes come before the session is known to be this browser's.
    pub(crate) async fn add(&mut self, piece: &[u8]) -> Result<(), Problem> {
        let before = self.bytes;
        self.bytes += piece.len() as u64;
        // first, so that the answer does not depend on how the body is cut into pieces
        if before <= READ_UNASKED && self.bytes > READ_UNASKED {
            demand_known_session(self.request).await?;
        }
        if self.bytes > self.largest {
            return Err(Problem::new(Code::TooLarge, "the body is too large"));
        }
        Ok(())
    }
}

async fn demand_known_session(request: &HttpRequest) -> Result<(), Problem> {
    let session_id = request.match_info().get("session");
    if let (Some(session_id), Some(app)) = (session_id, request.app_data::<Data<App>>()) {
        app::session::open(app, visitor::reader(request, session_id)).await?;
    }
    Ok(())
}
