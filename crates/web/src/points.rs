//! Points as people type them.

/// Points with a comma or a point for their decimals, whatever the language:
/// thousands are never grouped in them. `None` for anything else.
pub(crate) fn typed(typed: &str) -> Option<f64> {
    let typed = typed.trim().replace(',', ".");
    let is_plain = typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    typed.parse().ok().filter(|_| is_plain)
}

/// The same with a minus before it, as people type it.
pub(crate) fn signed(text: &str) -> Option<f64> {
    let text = text.trim();
    match text.strip_prefix(['-', '\u{2212}', '–']) {
        Some(rest) => typed(rest).map(|number| -number),
        None => typed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_with_either_sign() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(typed(text), expected, "{text:?}");
        check("2,5", Some(2.5));
        check(" 2.5 ", Some(2.5));
        check("10", Some(10.0));
        check(",5", Some(0.5));
        for odd in ["", "-1", "1e3", "1.234,5", "NaN", "inf", "2 5", "zwei", "."] {
            check(odd, None);
        }
        assert_eq!(signed("-33,5"), Some(-33.5));
        assert_eq!(signed("\u{2212} 50"), Some(-50.0));
        assert_eq!(signed("--1"), None);
    }
}
