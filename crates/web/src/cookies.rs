//! Our cookies. `Partitioned` is written by hand: the cookie crate of actix does not know it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};

const BROWSER: &str = "__Host-taynghe-browser";
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=None; Partitioned";
const SECRET_CHARACTERS: usize = 43;
const BROWSER_SECONDS: u32 = 400 * 24 * 60 * 60;

// Says only that it came: set beside a state in a frame, without a part of its own.
const UNPARTITIONED: &str = "__Host-taynghe-unpartitioned";
const UNPARTITIONED_SECONDS: u32 = 10 * 60;

/// The value of the browser's cookie; one that we did not make is none.
pub(crate) fn browser_secret(request: &HttpRequest) -> Option<String> {
    all(request)
        .into_iter()
        .find(|(name, value)| name == BROWSER && is_secret(value))
        .map(|(_, value)| value)
}

// 256 bits as unpadded base64url: nobody's browser shares an empty or guessable value.
fn is_secret(value: &str) -> bool {
    value.len() == SECRET_CHARACTERS
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
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

/// Whether cookies come that no frame of another site keeps for itself.
pub(crate) fn is_unpartitioned(request: &HttpRequest) -> bool {
    all(request).iter().any(|(name, _)| name == UNPARTITIONED)
}

/// Lets the launch that follows see it.
pub(crate) fn mark_unpartitioned(answer: &mut HttpResponse) {
    let cookie = format!(
        "{UNPARTITIONED}=1; Path=/; Secure; HttpOnly; SameSite=None; Max-Age={UNPARTITIONED_SECONDS}"
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Sets a cookie of ours for some seconds; 0 takes it away.
pub(crate) fn set(answer: &mut HttpResponse, name: &str, value: &str, seconds: u32) {
    let cookie = format!("{name}={value}; {ATTRIBUTES}; Max-Age={seconds}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
