//! Every page in every sample state and language: no text missing, markup that
//! a strict CSP, a screen reader and a slow line can live with.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod markup;

use std::collections::BTreeSet;
use std::io::Write;

use askama::Template;
use flate2::Compression;
use flate2::write::GzEncoder;
use markup::{Tag, attribute, parse};
use ui::component::QuestionBody;
use ui::page::attempt::Take;
use ui::{Html, Language, Page, find_asset, missing_text_count, page};

fn every_page(check: impl Fn(&str, &str, &[Tag])) {
    for language in Language::all() {
        let pages = page::gallery(*language).unwrap();
        assert!(pages.len() > 10);
        for (name, html) in pages {
            let name = format!("{name}.{}", language.tag());
            check(&name, &html, &parse(&name, &html));
        }
    }
}

#[test]
fn no_text_is_missing() {
    every_page(|name, html, tags| {
        assert!(!html.contains('⟦'), "{name}");
        let language = name.rsplit('.').next();
        assert_eq!(attribute(&tags[0], "lang"), language, "{name}");
    });
    assert_eq!(missing_text_count(), 0);
}

#[test]
fn nothing_is_inline() {
    every_page(|name, _, tags| {
        for tag in tags {
            assert_ne!(tag.name, "style", "{name}");
            if tag.name == "script" {
                assert_eq!(attribute(tag, "type"), Some("module"), "{name}");
                assert!(attribute(tag, "src").is_some() && tag.text.is_empty(), "{name}");
            }
            for (attribute, value) in &tag.attributes {
                let inline =
                    attribute == "style" || attribute.starts_with("on") || value.contains("javascript:");
                assert!(!inline, "{name}: {attribute}={value}");
            }
        }
    });
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    every_page(|name, _, tags| {
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| attribute(tag, "id")) {
            assert!(ids.insert(id), "{name}: id {id} twice");
        }
        let references = ["for", "aria-labelledby", "aria-describedby"];
        for tag in tags {
            for id in references
                .iter()
                .filter_map(|name| attribute(tag, name))
                .flat_map(str::split_whitespace)
            {
                assert!(ids.contains(id), "{name}: nothing has the id {id}");
            }
            if let Some(id) = attribute(tag, "href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "{name}: a link leads to #{id}");
            }
        }
    });
}

#[test]
fn every_input_has_a_label() {
    every_page(|name, _, tags| {
        let labelled: BTreeSet<&str> = tags
            .iter()
            .filter(|tag| tag.name == "label")
            .filter_map(|tag| attribute(tag, "for"))
            .collect();
        let ids: BTreeSet<&str> = tags.iter().filter_map(|tag| attribute(tag, "id")).collect();
        for tag in tags
            .iter()
            .filter(|tag| ["input", "select", "textarea"].contains(&tag.name.as_str()))
        {
            let hidden = attribute(tag, "type") == Some("hidden");
            let by_id = attribute(tag, "id").is_some_and(|id| labelled.contains(id));
            let inside = tag.ancestors.iter().any(|ancestor| ancestor == "label");
            let by_others = attribute(tag, "aria-labelledby")
                .is_some_and(|others| others.split(' ').all(|other| ids.contains(other)));
            assert!(
                hidden || by_id || inside || by_others || attribute(tag, "aria-label").is_some(),
                "{name}: {tag:?}"
            );
        }
    });
}

#[test]
fn every_page_has_its_landmarks() {
    every_page(|name, _, tags| {
        for landmark in ["title", "header", "main", "footer", "h1"] {
            let count = tags.iter().filter(|tag| tag.name == landmark).count();
            assert_eq!(count, 1, "{name}: {landmark}");
        }
    });
}

#[test]
fn assets_exist() {
    every_page(|name, _, tags| {
        for tag in tags {
            let address = attribute(tag, "src")
                .or_else(|| attribute(tag, "href"))
                .unwrap_or_default();
            if address.starts_with("/static/") {
                assert!(find_asset(address).is_some(), "{name}: {address}");
            }
        }
    });
}

#[test]
fn forms_of_a_session_carry_its_token() {
    every_page(|name, html, _| {
        let posts = html.matches("<form method=\"post\"").count();
        let without_session = [
            "https://",
            "/lti/login\"",
            "/lti/launch/",
            "/lti/register/",
            "/administration/",
            "/courses/",
            "/sign-in/code",
        ];
        let elsewhere: usize = (without_session.iter())
            .map(|address| html.matches(&format!(" action=\"{address}")).count())
            .sum();
        let tokens = html.matches("name=\"csrf\"").count();
        assert_eq!(posts - elsewhere, tokens, "{name}");
    });
}

/// Bars against the 43 and 27 KB of Moodle Quiz in its best case. As there:
/// stems of 45 syllables, four options each, no two alike.
#[test]
fn an_attempt_page_is_light() {
    for language in Language::all() {
        let (_, mut take) = Take::samples(*language).remove(0);
        let mut seed = 1;
        for question in &mut take.questions {
            question.stem = Html::trusted(format!("<p>{}</p>", prose(&mut seed, 45)));
            let QuestionBody::Options(body) = &mut question.body else {
                continue;
            };
            for option in &mut body.options {
                option.text = Html::trusted(prose(&mut seed, 12));
            }
        }
        let html = take.render().unwrap();
        let tags = parse("attempt/take", &html);
        let page = compressed(html.as_bytes());
        let assets: BTreeSet<&str> = tags
            .iter()
            .filter_map(|tag| attribute(tag, "src").or_else(|| attribute(tag, "href")))
            .filter(|address| address.starts_with("/static/"))
            .collect();
        let first = page
            + assets
                .iter()
                .map(|path| compressed(&find_asset(path).unwrap().bytes))
                .sum::<usize>();
        assert!(page <= 12_000, "a repeat visit moves {page} bytes");
        assert!(first <= 40_000, "a first visit moves {first} bytes");
    }
}

/// Vietnamese syllables in an order that does not repeat itself.
fn prose(seed: &mut u32, syllables: usize) -> String {
    const STARTS: [&str; 16] = [
        "b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "ph", "t", "th", "tr",
    ];
    const ENDS: [&str; 24] = [
        "a", "á", "ai", "àn", "anh", "ạt", "ăng", "ặt", "âu", "ấy", "em", "ên", "ệnh", "iệc", "iều", "ong",
        "ổ", "ơi", "ới", "ung", "uộc", "ươi", "ường", "ưu",
    ];
    let mut next = |count: usize| {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*seed >> 16) as usize % count
    };
    let words: Vec<String> = (0..syllables)
        .map(|_| format!("{}{}", STARTS[next(16)], ENDS[next(24)]))
        .collect();
    words.join(" ")
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}
