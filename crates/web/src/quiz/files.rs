//! Files of the editor's form: each is kept, and then stands in the form's other
//! fields as if its author had typed it: a question's own picture in its field, all
//! others as Markdown in the text that was chosen. Nothing typed is lost when one is
//! refused: its problem is shown beside its field.

use app::{App, Code, Error, media, session::Visitor};
use assessment::FileKind;

use crate::{multipart::SentFile, pairs::Pairs, problem::Problem};

/// A file that was not taken.
#[derive(Debug)]
pub(super) struct RefusedFile {
    /// The name of its field.
    pub(super) field: String,
    /// The question that it belongs to, counted from 1.
    pub(super) question: Option<usize>,
    /// Why.
    pub(super) code: Code,
}

/// Keeps the files and writes them into the fields.
///
/// # Errors
/// What concerns the sender and not a file: `WEB-SESSION`, `WEB-CSRF`, `WEB-FORBIDDEN`.
pub(super) async fn keep(
    app: &App,
    visitor: &Visitor,
    files: Vec<SentFile>,
    pairs: &mut Pairs,
) -> Result<Vec<RefusedFile>, Problem> {
    let mut refused = Vec::new();
    for file in files {
        let field = file.field.clone();
        match add(app, visitor, file).await {
            Ok(added) => write(&field, &added, pairs),
            Err(Problem(Error::Refused(refusal))) if matches!(refusal.code, Code::File(_)) => {
                refused.push(RefusedFile {
                    question: question_of(&field),
                    code: refusal.code,
                    field,
                });
            }
            Err(other) => return Err(other),
        }
    }
    Ok(refused)
}

async fn add(app: &App, visitor: &Visitor, file: SentFile) -> Result<media::Authored, Problem> {
    let is_picture_field = file.field.ends_with("_p_picture_file");
    let added = media::add(app, visitor.clone(), file.incoming()?).await?;
    if is_picture_field && added.kind != FileKind::Picture {
        return Err(Problem::new(
            Code::File(media::FileCode::Kind),
            "sound where a picture stands",
        ));
    }
    Ok(added)
}

fn write(field: &str, added: &media::Authored, pairs: &mut Pairs) {
    if let Some(picture) = field
        .strip_suffix("_file")
        .filter(|name| name.ends_with("_p_picture"))
    {
        let chosen = format!("{} {} {}", added.hash, added.width, added.height);
        return put(pairs, picture, |_| chosen);
    }
    let Some(prefix) = field.strip_suffix("_media_file") else {
        return;
    };
    let words = pairs.get(&format!("{prefix}_media_words")).trim().to_owned();
    let target = target(prefix, pairs.get(&format!("{prefix}_media_to")));
    let address = format!("media:{}{}", added.hash, media::ending(&added.media_type));
    let markdown = format!("![{}]({address})", escaped(&words));
    // lines have signs of their own, and what is inserted ends the last one
    let in_lines = target.contains("_p_") && !target.ends_with("_p_text");
    put(pairs, &target, |typed| match (typed.trim_end(), in_lines) {
        ("", false) => markdown,
        ("", true) => in_line(&markdown),
        (typed, false) => format!("{typed}\n\n{markdown}"),
        (typed, true) => format!("{typed} {}", in_line(&markdown)),
    });
    put(pairs, &format!("{prefix}_media_words"), |_| String::new());
}

// Which text a file is for: that of a stimulus or section, the quiz's introduction, or one of a question's.
fn target(prefix: &str, chosen: &str) -> String {
    match (prefix.chars().next(), chosen) {
        _ if prefix == "intro" => "introduction".to_owned(),
        (Some('t'), _) => format!("{prefix}_text"),
        (Some('s'), _) => format!("{prefix}_introduction"),
        (_, "" | "stem") => format!("{prefix}_stem"),
        (_, lines) if lines.starts_with("p_") => format!("{prefix}_{lines}"),
        (_, option) => format!("{prefix}_{option}_text"),
    }
}

fn in_line(markdown: &str) -> String {
    markdown.replace('=', "\\=").replace('|', "\\|")
}

fn put(pairs: &mut Pairs, name: &str, value: impl FnOnce(&str) -> String) {
    match pairs.0.iter_mut().find(|(known, _)| known == name) {
        Some((_, typed)) => *typed = value(typed),
        None => pairs.0.push((name.to_owned(), value(""))),
    }
}

// Brackets would end the description.
fn escaped(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

fn question_of(field: &str) -> Option<usize> {
    let number = field.strip_prefix('q')?.split('_').next()?;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: &str, typed: &[(&str, &str)], expected: &[(&str, &str)]) {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut pairs = Pairs(typed.iter().map(own).collect());
        let is_sound = field.contains("sound");
        let added = media::Authored {
            hash: "h".to_owned(),
            kind: FileKind::Picture,
            media_type: if is_sound { "audio/mpeg" } else { "image/png" }.to_owned(),
            name: "a.png".to_owned(),
            width: 4,
            height: 3,
        };
        write(&field.replace("sound", "q1"), &added, &mut pairs);
        let expected: Vec<(String, String)> = expected.iter().map(own).collect();
        assert_eq!(pairs.0, expected, "{field}");
    }

    #[test]
    fn a_file_stands_in_the_form_as_if_it_was_typed() {
        check(
            "q2_p_picture_file",
            &[("q2_p_picture", "")],
            &[("q2_p_picture", "h 4 3")],
        );
        check("q2_p_picture_file", &[], &[("q2_p_picture", "h 4 3")]);
        check(
            "q1_media_file",
            &[
                ("q1_stem", "Xem hình.\r\n"),
                ("q1_media_words", " Mâm [cặp] "),
                ("q1_media_to", "stem"),
            ],
            &[
                ("q1_stem", "Xem hình.\n\n![Mâm \\[cặp\\]](media:h.png)"),
                ("q1_media_words", ""),
                ("q1_media_to", "stem"),
            ],
        );
        check(
            "sound_media_file",
            &[
                ("q1_o2_text", ""),
                ("q1_media_words", "Tiếng"),
                ("q1_media_to", "o2"),
            ],
            &[
                ("q1_o2_text", "![Tiếng](media:h.mp3)"),
                ("q1_media_words", ""),
                ("q1_media_to", "o2"),
            ],
        );
        check(
            "q1_media_file",
            &[
                ("q1_p_pairs", "Thước cặp = "),
                ("q1_media_words", "a=b"),
                ("q1_media_to", "p_pairs"),
            ],
            &[
                ("q1_p_pairs", r"Thước cặp = ![a\=b](media:h.png)"),
                ("q1_media_words", ""),
                ("q1_media_to", "p_pairs"),
            ],
        );
        for (field, target) in [
            ("t2_media_file", "t2_text"),
            ("s1_media_file", "s1_introduction"),
            ("intro_media_file", "introduction"),
        ] {
            let words = field.replace("file", "words");
            check(
                field,
                &[(target, ""), (&words, "Trục")],
                &[(target, "![Trục](media:h.png)"), (&words, "")],
            );
        }
        check("other", &[("a", "1")], &[("a", "1")]);
    }

    #[test]
    fn a_field_says_its_question() {
        assert_eq!(question_of("q12_media_file"), Some(12));
        assert_eq!(question_of("media_file"), None);
    }
}
