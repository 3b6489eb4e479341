//! `Link` headers of lists that come in pages, one a line, as HTTP lets them through: without control characters. What
//! comes out is a part of what went in, but for `&amp;`.
#![no_main]

libfuzzer_sys::fuzz_target!(|headers: &str| {
    let headers = headers.lines().filter(|line| !line.contains(char::is_control));
    let headers: Vec<&str> = headers.collect();
    if let Some(next) = lti::link_header::next_link(headers.iter().copied()) {
        assert!(!next.contains('>') && !next.contains(char::is_control));
        assert!(headers.iter().any(|line| line.len() >= next.len()));
    }
});
