//! Our cookies. `Partitioned` is written by hand: the cookie crate of actix does not know it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};

const BROWSER: &str = "__Host-taynghe-browser";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=None; Partitioned";
const BROWSER_SECONDS: u32 = 400 * 24 * 60 * 60;

/// The value of the browser's cookie.
pub(crate) fn browser_secret(request: &HttpRequest) -> Option<String> {
    all(request)
        .into_iter()
        .find(|(name, _)| name == BROWSER)
        .map(|(_, value)| value)
}

/// All cookies of a request.
pub(crate) fn all(request: &HttpRequest) -> Vec<(String, String)> {
    let headers = request
        .headers()
        .get_all(header::COOKIE)
        .filter_map(|value| value.to_str().ok());
    headers
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Gives the browser its cookie.
pub(crate) fn set_browser(answer: &mut HttpResponse, secret: &str) {
    set(answer, BROWSER, secret, BROWSER_SECONDS);
}

/// Sets a cookie of ours for some seconds; 0 takes it away.
pub(crate) fn set(answer: &mut HttpResponse, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; {ATTRIBUTES}; Max-Age={seconds}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
