//! Pages that are the same for everybody: a function of a published version and a
//! language. Each is rendered once, compressed once for each way a browser takes it,
//! and kept while it is asked for. A browser that has it already is told so (304).
//!
//! Left out on purpose: pages of a session, and what comes back after a form.

use std::{
    io::Write,
    sync::{Arc, OnceLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, AcceptEncoding, Encoding, Header, HeaderValue},
    web::Bytes,
};
use app::Error;
use askama::Template;
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use ui::Language;

use crate::problem::Problem;

/// How many bytes of pages are kept, over all versions.
const BYTES_KEPT: u64 = 32 * 1024 * 1024;
/// A page is compressed once and sent often.
const BROTLI_QUALITY: u32 = 9;
/// The window of brotli, as a power of two: the largest that every browser takes.
const BROTLI_WINDOW: u32 = 22;
const BUFFER: usize = 8 * 1024;

/// What a browser may ask for, the smallest first.
const ENCODINGS: [Encoding; 3] = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];

/// The pages that were asked for last. Cheap to clone.
#[derive(Clone)]
pub(crate) struct KeptPages(Cache<PageName, Arc<KeptPage>>);

/// Which page it is. Whatever changes it must be in here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PageName {
    /// The published version that it shows.
    pub(crate) version_id: String,
    /// Which part of it; empty for its front page.
    pub(crate) part: String,
    /// In which language.
    pub(crate) language: &'static str,
}

/// A page as it is sent.
#[derive(Debug)]
pub(crate) struct KeptPage {
    content: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    /// Of the content: the same page made again has the same.
    hash: String,
}

impl PageName {
    /// The page that shows that part of a version.
    pub(crate) fn new(version_id: &str, part: &str, language: Language) -> Self {
        Self {
            version_id: version_id.to_owned(),
            part: part.to_owned(),
            language: language.tag(),
        }
    }
}

impl KeptPages {
    pub(crate) fn new() -> Self {
        // compressed twice it is at most as much again
        let weigher = |_name: &PageName, page: &Arc<KeptPage>| {
            u32::try_from(page.content.len().saturating_mul(2)).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigher).max_capacity(BYTES_KEPT).build())
    }

    /// A page that was made before.
    pub(crate) fn find(&self, name: &PageName) -> Option<Arc<KeptPage>> {
        self.0.get(name)
    }

    /// Renders a page and keeps it.
    ///
    /// # Errors
    /// When the template fails, which is our own mistake.
    pub(crate) fn keep(&self, name: PageName, page: &impl Template) -> Result<Arc<KeptPage>, Problem> {
        let html = page
            .render()
            .map_err(|error| Error::Internal(error.to_string()))?;
        let page = Arc::new(KeptPage::of(html));
        self.0.insert(name, Arc::clone(&page));
        Ok(page)
    }
}

impl KeptPage {
    /// What is sent under one address, whoever asks.
    pub(crate) fn of(content: impl Into<Bytes>) -> Self {
        let content = content.into();
        let hash = Sha256::digest(&content);
        Self {
            hash: hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect(),
            content,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// The page as that browser takes it, or that it has it already.
    pub(crate) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        self.answer_as(request, "text/html; charset=utf-8")
    }

    /// The same for content that is no page.
    pub(crate) fn answer_as(&self, request: &HttpRequest, content_type: &'static str) -> HttpResponse {
        let (encoding, body) = self.encoded(request);
        let etag = match encoding {
            Some(encoding) => format!("\"{}-{encoding}\"", self.hash),
            None => format!("\"{}\"", self.hash),
        };
        let is_known = knows(request, &etag);
        let mut answer = match is_known {
            true => HttpResponse::NotModified(),
            false => HttpResponse::Ok(),
        };
        answer.insert_header((header::ETAG, etag));
        answer.append_header((header::VARY, HeaderValue::from_static("accept-encoding")));
        if is_known {
            return answer.finish();
        }
        if let Some(encoding) = encoding {
            answer.insert_header((header::CONTENT_ENCODING, encoding));
        }
        answer.content_type(content_type).body(body)
    }

    fn encoded(&self, request: &HttpRequest) -> (Option<&'static str>, Bytes) {
        let accepted = AcceptEncoding::parse(request).ok();
        let chosen = accepted.and_then(|accepted| accepted.negotiate(ENCODINGS.iter()));
        let packed = match chosen {
            Some(encoding) if encoding == Encoding::brotli() => ("br", &self.brotli, brotli as Packer),
            Some(encoding) if encoding == Encoding::gzip() => ("gzip", &self.gzip, gzip as Packer),
            _ => return (None, self.content.clone()),
        };
        let (name, kept, pack) = packed;
        let body = kept.get_or_init(|| pack(&self.content).map_or_else(|_| Bytes::new(), Bytes::from));
        match body.is_empty() {
            true => (None, self.content.clone()),
            false => (Some(name), body.clone()),
        }
    }
}

type Packer = fn(&[u8]) -> std::io::Result<Vec<u8>>;

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    packed.write_all(content)?;
    packed.flush()?;
    Ok(packed.into_inner())
}

fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(content)?;
    packed.finish()
}

// A browser may name several; a proxy that packed the page itself calls it weak.
pub(crate) fn knows(request: &HttpRequest, etag: &str) -> bool {
    let known = request.headers().get_all(header::IF_NONE_MATCH);
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
#[path = "kept_page_tests.rs"]
mod tests;
