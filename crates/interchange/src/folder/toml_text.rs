//! Values as TOML text. A writer of our own, because the bytes must stay the same when
//! a library finds nicer ones.

use std::fmt::Write as _;

use course::{CompetencyTag, Key, Licence};
use text::{Format, Source, Text};

/// A line that ends the front matter, which no string may look like.
const FENCE: &str = "+++";

/// `name = value`, on a line of its own.
pub(super) fn line(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name} = {value}");
}

/// A string: on one line, or as written between lines of quotes.
pub(super) fn string(words: &str) -> String {
    if !words.contains('\n') {
        return format!("\"{}\"", escaped(words, true));
    }
    let lines: Vec<String> = words.split('\n').map(multi_line).collect();
    let joined = lines.join("\n");
    format!("\"\"\"\n{joined}\"\"\"")
}

/// A list of keys; on one line while it is short.
pub(super) fn keys(keys: &[Key]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| string(key.as_str())).collect();
    let short = format!("[{}]", quoted.join(", "));
    match short.len() <= 100 {
        true => short,
        false => format!(
            "[\n{}]",
            quoted.iter().map(|key| format!("  {key},\n")).collect::<String>()
        ),
    }
}

/// A source: its words, or a table where they are not Markdown.
pub(super) fn source(source: &Source) -> String {
    match source.format {
        Format::Markdown => string(&source.source),
        Format::Html => format!("{{ format = \"html\", source = {} }}", one_line(&source.source)),
    }
}

/// A table `[name]` with the languages of a text; nothing for a text in which nothing
/// is written.
pub(super) fn text(out: &mut String, name: &str, text: &Text) {
    if text.versions.is_empty() {
        return;
    }
    table(out, name);
    for (language, version) in &text.versions {
        line(out, language, &source(version));
    }
}

/// The head of a table, `[name]`, with an empty line before it.
pub(super) fn table(out: &mut String, name: &str) {
    let _ = write!(out, "\n[{name}]\n");
}

/// The head of one of several tables, `[[name]]`.
pub(super) fn one_of(out: &mut String, name: &str) {
    let _ = write!(out, "\n[[{name}]]\n");
}

/// A table `[name]` with terms of use.
pub(super) fn licence(out: &mut String, name: &str, licence: Option<&Licence>) {
    let Some(licence) = licence else { return };
    table(out, name);
    line(out, "identifier", &string(&licence.identifier));
    if !licence.holder.is_empty() {
        line(out, "holder", &string(&licence.holder));
    }
    if let Some(source) = &licence.source {
        line(out, "source", &string(source));
    }
}

/// Tables `[[name]]`, one for each competency.
pub(super) fn competencies(out: &mut String, name: &str, tags: &[CompetencyTag]) {
    for tag in tags {
        one_of(out, name);
        line(out, "framework", &string(&tag.framework));
        line(out, "code", &string(&tag.code));
    }
}

fn one_line(words: &str) -> String {
    format!("\"{}\"", escaped(words, true).replace('\n', "\\n"))
}

fn multi_line(words: &str) -> String {
    let escaped = escaped(words, false);
    match words.trim_end() == FENCE {
        true => escaped.replacen('+', "\\u002B", 1),
        false => escaped,
    }
}

// Between lines of quotes, a quote stands as it is unless it could help to make three.
fn escaped(words: &str, all_quotes: bool) -> String {
    let mut escaped = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    let mut previous = None;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '"' if all_quotes || previous == Some('"') || letters.peek().is_none() => {
                escaped.push_str("\\\"")
            }
            '\t' | '\n' => escaped.push(letter),
            '\r' => escaped.push_str("\\r"),
            control if control.is_ascii_control() => {
                let _ = write!(escaped, "\\u{:04X}", u32::from(control));
            }
            other => escaped.push(other),
        }
        previous = Some(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(words: &str) -> String {
        let table: toml::Table = format!("a = {words}").parse().unwrap();
        table["a"].as_str().unwrap().to_owned()
    }

    #[test]
    fn strings_are_plain_where_they_can_be() {
        #[track_caller]
        fn check(words: &str, expected: &str) {
            assert_eq!(string(words), expected);
            assert_eq!(read(expected), words);
        }
        check("Mâm cặp", "\"Mâm cặp\"");
        check("\"a\\b\"", "\"\\\"a\\\\b\\\"\"");
        check("a\nb\n", "\"\"\"\na\nb\n\"\"\"");
        check("a\r\n+++\n", "\"\"\"\na\\r\n\\u002B++\n\"\"\"");
        check("\u{1}\u{7f}", "\"\\u0001\\u007F\"");
    }

    proptest! {
        #[test]
        fn every_string_is_read_as_it_was(words in "[a\"\\\\\n\r\t+'#\u{0}\u{7f}\u{85}đ ]{0,16}|\\PC{0,20}") {
            prop_assert_eq!(read(&string(&words)), words.clone());
            prop_assert_eq!(read(&one_line(&words)), words.clone());
            let has_fence = string(&words).lines().any(|line| line.trim_end() == FENCE);
            prop_assert!(!has_fence);
        }
    }
}
