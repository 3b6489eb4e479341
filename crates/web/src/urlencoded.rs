//! `application/x-www-form-urlencoded`, read strictly. Left out: what fields mean and how often one may come. It uses
//! nothing of this crate, so that tests/fuzz can include it alone.

/// The fields in the order in which they came; `None` when one is not UTF-8 or has a NUL.
pub(crate) fn decode(encoded: &str) -> Option<Vec<(String, String)>> {
    encoded
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((field(name)?, field(value)?))
        })
        .collect()
}

fn field(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&text).decode_utf8().ok()?;
    // PostgreSQL's text has no NUL: without this line a query would fail as if it were our mistake.
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}
