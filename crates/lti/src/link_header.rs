//! The `Link` response header (RFC 8288) as platforms really write it: Moodle's
//! line items and results carry typographic quotes around the relation and
//! `&amp;` in the address, others leave the quotes out.

/// The address of the relation `next` in one or several `Link` headers; only
/// its form is read, its origin is the caller's to check.
pub fn next_link<'a>(headers: impl IntoIterator<Item = &'a str>) -> Option<String> {
    headers.into_iter().find_map(next_of_one)
}

fn next_of_one(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (address, tail) = after.split_once('>')?;
        // parameters end where the next address begins
        let parameters = tail.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(is_next) {
            return Some(address.trim().replace("&amp;", "&"));
        }
        rest = tail;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let quotes = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '„');
    name.trim().eq_ignore_ascii_case("rel")
        && value
            .trim_matches(quotes)
            .split_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_links() {
        let check = |headers: &[&str], expected: Option<&str>| {
            assert_eq!(
                next_link(headers.iter().copied()).as_deref(),
                expected,
                "{headers:?}"
            );
        };
        check(
            &["<http://a/m?limit=3&from=3>; rel=\"next\""],
            Some("http://a/m?limit=3&from=3"),
        );
        check(&["<http://a/m>; rel=next"], Some("http://a/m"));
        check(&["<http://a/m>;title=x; REL='Next'"], Some("http://a/m"));
        check(&["<http://a/m>; rel=\"prev next\""], Some("http://a/m"));
        check(
            &[
                "<http://a/l?t=1&amp;from=0>; rel=“first”, <http://a/l?t=1&amp;limit=1&amp;from=1>; rel=“next”, <http://a/z>; rel=“last”",
            ],
            Some("http://a/l?t=1&limit=1&from=1"),
        );
        check(
            &["<http://a/d>; rel=\"differences\"", "<http://a/n>; rel=\"next\""],
            Some("http://a/n"),
        );
        check(&["<http://a/next>; rel=\"last\""], None);
        check(&["<http://a/m>; title=\"rel=next\""], None);
        check(&["<http://a/m"], None);
        check(&["rel=next"], None);
        check(&[""], None);
        check(&[], None);
    }
}
