use std::io::Read;

use actix_web::{body::MessageBody, http::StatusCode, test::TestRequest};
use flate2::read::GzDecoder;

use super::*;

const WORDS: &str = "<p>Rút chìa khỏi mâm cặp trước khi bật máy.</p>";

fn page() -> KeptPage {
    KeptPage::of(WORDS.repeat(40))
}

fn header_of(answer: &HttpResponse, name: header::HeaderName) -> &str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

fn asked(accepts: &str) -> (HttpResponse, Vec<u8>) {
    let mut request = TestRequest::get();
    if !accepts.is_empty() {
        request = request.insert_header((header::ACCEPT_ENCODING, accepts));
    }
    let mut answer = page().answer(&request.to_http_request());
    let body = std::mem::replace(&mut answer, HttpResponse::Ok().finish());
    let (head, body) = body.into_parts();
    let bytes = body.try_into_bytes().unwrap().to_vec();
    (head.map_into_boxed_body(), bytes)
}

#[test]
fn a_page_goes_out_as_small_as_the_browser_takes_it() {
    let check = |accepts: &str, encoding: &str, unpack: fn(&[u8]) -> Vec<u8>| {
        let (answer, body) = asked(accepts);
        assert_eq!(
            header_of(&answer, header::CONTENT_ENCODING),
            encoding,
            "{accepts}"
        );
        assert_eq!(header_of(&answer, header::VARY), "accept-encoding", "{accepts}");
        assert_eq!(unpack(&body), WORDS.repeat(40).into_bytes(), "{accepts}");
        assert!(
            encoding.is_empty() || body.len() < 200,
            "{accepts}: {}",
            body.len()
        );
    };
    let plain = |body: &[u8]| body.to_vec();
    let gzip = |body: &[u8]| {
        let mut words = Vec::new();
        GzDecoder::new(body).read_to_end(&mut words).unwrap();
        words
    };
    let brotli = |body: &[u8]| {
        let mut words = Vec::new();
        brotli::Decompressor::new(body, 4096)
            .read_to_end(&mut words)
            .unwrap();
        words
    };
    check("", "", plain);
    check("identity", "", plain);
    check("deflate", "", plain);
    check("gzip", "gzip", gzip);
    check("gzip, deflate, br, zstd", "br", brotli);
    check("br;q=0, gzip", "gzip", gzip);
}

#[test]
fn a_page_that_the_browser_has_is_not_sent_again() {
    let (first, _) = asked("gzip");
    let etag = header_of(&first, header::ETAG).to_owned();
    let check = |known: &str, accepts: &str, status: StatusCode| {
        let request = TestRequest::get()
            .insert_header((header::ACCEPT_ENCODING, accepts))
            .insert_header((header::IF_NONE_MATCH, known))
            .to_http_request();
        assert_eq!(page().answer(&request).status(), status, "{known} {accepts}");
    };
    check(&etag, "gzip", StatusCode::NOT_MODIFIED);
    check(&format!("W/{etag}"), "gzip", StatusCode::NOT_MODIFIED);
    check(&format!("\"old\", {etag}"), "gzip", StatusCode::NOT_MODIFIED);
    // packed otherwise it is other bytes
    check(&etag, "identity", StatusCode::OK);
    check("\"old\"", "gzip", StatusCode::OK);
}
