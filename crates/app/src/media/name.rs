//! The names of files as people see them: what a device sends, without the folder
//! and without signs that deceive. Files are never stored or found by a name.

use super::content::Format;

/// The most letters of a name.
const MOST_LETTERS: usize = 120;

/// The name without folders, control signs and signs that turn the direction of
/// writing (they make `gpj.exe` look like `exe.jpg`); never empty.
pub(super) fn cleaned(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = text::nfc(last)
        .chars()
        .filter(|letter| !deceives(*letter))
        .collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches('.').trim();
    match name {
        "" => "file".to_owned(),
        name => shortened(name),
    }
}

/// What stands behind the last point, in small letters; empty without one.
pub(super) fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// The name of a picture that was written anew in a format.
pub(super) fn renamed(name: &str, format: Format) -> String {
    match (
        format.extensions.contains(&extension(name).as_str()),
        format.extensions,
    ) {
        (false, [own, ..]) => with_extension(name, own),
        _ => name.to_owned(),
    }
}

fn with_extension(name: &str, extension: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    format!("{stem}.{extension}")
}

fn deceives(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MOST_LETTERS {
        return name.to_owned();
    }
    let ending = match extension(name).as_str() {
        "" => String::new(),
        extension => format!(".{extension}"),
    };
    let kept = MOST_LETTERS.saturating_sub(ending.chars().count());
    let stem: String = name.chars().take(kept).collect();
    format!("{stem}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_folders_and_deceiving_signs() {
        #[track_caller]
        fn check(sent: &str, expected: &str) {
            assert_eq!(cleaned(sent), expected, "{sent:?}");
        }
        check("ren M10.jpg", "ren M10.jpg");
        check("../../etc/passwd", "passwd");
        check("C:\\fakepath\\ảnh.PNG", "ảnh.PNG");
        check("a\u{202e}gpj.exe", "agpj.exe");
        check("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg");
        check("..", "file");
        check("", "file");
        check(
            &format!("{}.docx", "a".repeat(300)),
            &format!("{}.docx", "a".repeat(115)),
        );
        check(&"ệ".repeat(300), &"ệ".repeat(120));
    }

    #[test]
    fn extensions_stand_behind_the_last_point() {
        assert_eq!(extension("a.tar.GZ"), "gz");
        assert_eq!(extension(".htaccess"), "");
        assert_eq!(extension("bản vẽ"), "");
        assert_eq!(with_extension("a.webp", "jpg"), "a.jpg");
        assert_eq!(with_extension("ảnh", "png"), "ảnh.png");
    }
}
