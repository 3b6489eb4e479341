//! Which addresses we may be sent to and may call: comparison of origins.
//! Whether an address is private is `outbound`'s question, not asked here.

use crate::code::{Code, Refusal};
use url::Url;

/// The origin of an http(s) address without userinfo, such as
/// `https://moodle.example.edu.vn` or `http://localhost:8090`; a default port
/// is left out.
pub fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    origin_of(&url)
}

/// True when both are http(s) addresses of one origin.
pub fn same_origin(one: &str, other: &str) -> bool {
    match (origin(one), origin(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// Checks that a service address lies on the origin of one of the
/// registration's own endpoints (or of an origin that an administrator
/// approved), before a bearer token goes there.
///
/// # Errors
/// [`Code::SvcOrigin`]; the detail holds the foreign origin, not the address.
pub fn origin_allowed(address: &str, endpoints: &[&str]) -> Result<(), Refusal> {
    let Some(wanted) = origin(address) else {
        return Err(Refusal::new(Code::SvcOrigin, "not an http(s) address"));
    };
    let known = endpoints
        .iter()
        .filter_map(|endpoint| origin(endpoint))
        .any(|known| known == wanted);
    if known {
        Ok(())
    } else {
        Err(Refusal::new(Code::SvcOrigin, wanted))
    }
}

/// Why an address does not lead to us; `None` when it does. Ours is an address
/// of the public URL's origin, path `/` included, that no browser or server
/// can read in another way.
pub(crate) fn why_not_ours(address: &str, public_url: &Url) -> Option<&'static str> {
    let lower = address.to_ascii_lowercase();
    if address.contains('\\') || address.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some("backslash, space or control character");
    }
    if lower.contains("%0d") || lower.contains("%0a") || lower.contains("%00") {
        return Some("encoded control character");
    }
    let Ok(url) = Url::parse(address) else {
        return Some("not an absolute address");
    };
    let Some(found) = origin_of(&url) else {
        return Some("not an http(s) address without userinfo");
    };
    if Some(found) != origin_of(public_url) {
        return Some("another origin than ours");
    }
    url.path()
        .starts_with("//")
        .then_some("path begins with two slashes")
}

/// An address of ours below the public URL.
pub(crate) fn below(public_url: &Url, path: &str) -> String {
    format!("{}/{path}", public_url.as_str().trim_end_matches('/'))
}

fn origin_of(url: &Url) -> Option<String> {
    let web = matches!(url.scheme(), "http" | "https");
    let plain = url.username().is_empty() && url.password().is_none();
    (web && plain && url.host_str().is_some_and(is_plain_host)).then(|| url.origin().ascii_serialization())
}

/// Addresses may have hosts with `;`, `,`, `*` or quotes, which no DNS name has;
/// in a Content Security Policy these would be a directive or a wildcard.
fn is_plain_host(host: &str) -> bool {
    let plain =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | ':' | '[' | ']');
    !host.is_empty() && host.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_word_of_a_security_policy() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(origin(address).as_deref(), expected, "{address}");
        };
        check("https://lms.example/moodle", Some("https://lms.example"));
        check("https://lms_2.example:8443/", Some("https://lms_2.example:8443"));
        check("https://bücher.example/", Some("https://xn--bcher-kva.example"));
        check("http://[::1]:8081/", Some("http://[::1]:8081"));
        check("https://*/", None);
        check("https://*.example/", None);
        check("https://lms.example;frame-ancestors/", None);
        check("https://lms.example,evil.example/", None);
        check("https://lms.example'none'/", None);
    }

    #[test]
    fn service_origins() {
        let endpoints = ["https://lms.example/mod/lti/token.php", "http://localhost:8090/x"];
        let check = |address: &str, ok: bool| {
            let got = origin_allowed(address, &endpoints);
            assert_eq!(got.is_ok(), ok, "{address}");
            if let Err(refusal) = got {
                assert_eq!(refusal.code, Code::SvcOrigin);
            }
        };
        check(
            "https://lms.example/mod/lti/services.php/2/lineitems?type_id=1",
            true,
        );
        check("https://LMS.example:443/a", true);
        check("http://localhost:8090/", true);
        check("http://localhost:8091/", false);
        check("http://lms.example/", false);
        check("https://lms.example:8443/", false);
        check("https://lms.example.evil/", false);
        check("https://a@lms.example/", false);
        check("ftp://lms.example/", false);
        check("//lms.example/", false);
        check("", false);
    }
}
