use proptest::prelude::*;
use text::{Source, Text};

use crate::content::{CourseContent, FileKind, FileNotice, Lesson, Reflection, Term};
use crate::key::Key;
use crate::lesson_page::{Part, Slip, lesson_page, read_body};
use crate::testing::{course, plain_lesson, true_false};

fn hash(digit: &str) -> String {
    digit.repeat(64)
}

fn glossary() -> CourseContent {
    let term = |key: &str, vi: &str| Term {
        key: Key::from(key),
        term: Text::markdown("vi", vi).with("en", Source::markdown(format!("the *{key}*"))),
        explanation: Text::default(),
    };
    CourseContent {
        glossary: vec![term("chuck", "mâm cặp"), term("chip", "phoi & <vụn>")],
        ..course(Vec::new())
    }
}

/// A video, a picture, two checks and a reflection.
fn lesson(body: Text) -> Lesson {
    let file = |digit: &str, kind| FileNotice {
        medium: hash(digit),
        kind,
        ..FileNotice::default()
    };
    Lesson {
        body,
        files: vec![file("a", FileKind::Video), file("b", FileKind::Picture)],
        checks: vec![true_false("one"), true_false("two")],
        reflections: vec![Reflection {
            key: Key::from("habit"),
            prompt: Text::markdown("vi", "Bạn thì sao?"),
        }],
        ..plain_lesson("l")
    }
}

// Parts as lines: HTML as it is, the rest by kind and name.
fn shown(parts: &[Part<'_>]) -> Vec<String> {
    let lines = parts.iter().map(|part| match part {
        Part::Html(html) => html.trim().to_owned(),
        Part::Procedure(steps) => format!("steps {}", steps.join(" | ")),
        Part::Check(check) => format!("check {}", check.key),
        Part::Reflection(reflection) => format!("reflection {}", reflection.key),
        Part::File(file) => format!("file {}", &file.medium[..1]),
    });
    lines.collect()
}

const REST: [&str; 5] = ["file a", "file b", "check one", "check two", "reflection habit"];

#[track_caller]
fn check_source(source: Source, expected: &[&str], slips: &[Slip]) {
    let content = glossary();
    let lesson = lesson(Text::new("vi", source));
    let (page, found) = read_body(&content, &lesson, &lesson.body, "vi");
    let written = shown(&page.parts);
    let own = written.len() - REST.iter().filter(|rest| !expected.contains(rest)).count();
    assert_eq!(&written[..own.min(written.len())], expected, "{written:#?}");
    assert_eq!(found, slips);
}

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    check_source(Source::markdown(markdown), expected, &[]);
}

#[track_caller]
fn slips(markdown: &str, expected: &[&str], slips: &[Slip]) {
    check_source(Source::markdown(markdown), expected, slips);
}

#[test]
fn blocks_stand_where_they_are_named() {
    check(
        "Một\n\n{{check two}}\n\nHai",
        &["<p>Một</p>", "check two", "<p>Hai</p>"],
    );
    check(
        "Một\n{{check one}}\nHai",
        &["<p>Một</p>", "check one", "<p>Hai</p>"],
    );
    check("{{reflection habit}}", &["reflection habit"]);
    check(&format!("{{{{file media:{}.mp4}}}}", hash("a")), &["file a"]);
    check(&format!("{{{{ file {} }}}}", hash("b")), &["file b"]);
    check(
        "- a\n- b\n{{check one}}\n- c",
        &[
            "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
            "check one",
            "<ul>\n<li>c</li>\n</ul>",
        ],
    );
    check("Một {{check one}} hai", &["<p>Một {{check one}} hai</p>"]);
    check("{{chekc one}}", &["<p>{{chekc one}}</p>"]);
}

#[test]
fn footnotes_and_links_hold_across_blocks() {
    let html = [
        "<p>Xem <a href=\"https://a.vn/\" target=\"_blank\" rel=\"noopener noreferrer\">a</a><sup>1</sup></p>",
        "check one",
        "<div>1\n<p>Ghi chú</p>\n</div>",
    ];
    check_source(
        Source::markdown("Xem [a][x][^1]\n\n{{check one}}\n\n[^1]: Ghi chú\n\n[x]: https://a.vn/\n"),
        &[html[0], html[1], "<div><sup>1</sup>\n<p>Ghi chú</p>\n</div>"],
        &[],
    );
}

#[test]
fn code_stays_as_it_is() {
    check(
        "```\n{{check one}}\n[[chuck]]\n:::steps\n```\n",
        &["<pre><code>{{check one}}\n[[chuck]]\n:::steps\n</code></pre>"],
    );
    check(
        "~~~~\n~~~\n{{check one}}\n~~~~\n{{check one}}\n",
        &["<pre><code>~~~\n{{check one}}\n</code></pre>", "check one"],
    );
    check(
        "    {{check one}}\n",
        &["<pre><code>{{check one}}\n</code></pre>"],
    );
    check("Viết `[[chuck|x]]`.", &["<p>Viết <code>[[chuck|x]]</code>.</p>"]);
}

#[test]
fn procedures_are_lists_of_steps() {
    check(
        ":::steps\n1. Dừng máy\n2. **Rút** chìa\n:::\nXong",
        &["steps Dừng máy | <strong>Rút</strong> chìa", "<p>Xong</p>"],
    );
    check(
        ":::steps\n- a\n\n  b\n- c\n  - d\n:::",
        &["steps <p>a</p>\n<p>b</p> | <p>c</p>\n<ul>\n<li>d</li>\n</ul>"],
    );
    check(
        "::: steps\nTrước tiên:\n\n1. a\n{{check one}}\n2. b\n:::",
        &["<p>Trước tiên:</p>", "steps a | b", "check one"],
    );
    check("Một\n\n:::\n\nHai", &["<p>Một</p>\n<p>:::</p>\n<p>Hai</p>"]);
    slips(":::steps\n1. a\n2. b", &["steps a | b"], &[Slip::BrokenProcedure]);
    slips(
        ":::steps\nKhông có bước\n:::",
        &["<p>Không có bước</p>"],
        &[Slip::BrokenProcedure],
    );
    slips(
        ":::steps\n1. a\n:::steps\n2. b\n:::",
        &["steps a | b"],
        &[Slip::BrokenProcedure],
    );
}

#[test]
fn terms_lead_to_the_glossary() {
    let link = "<a href=\"#term-chuck\">mâm cặp</a>";
    check("Kẹp vào [[chuck]].", &[&format!("<p>Kẹp vào {link}.</p>")]);
    check(
        "[[chuck|Mâm]] và [[chip]]",
        &["<p><a href=\"#term-chuck\">Mâm</a> và <a href=\"#term-chip\">phoi &amp; &lt;vụn&gt;</a></p>"],
    );
    check(
        "| a |\n|---|\n| [[chuck\\|Mâm]] |",
        &[
            "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td><a href=\"#term-chuck\">Mâm</a></td></tr>\n</tbody></table>",
        ],
    );
    check(
        "[Xem [[chuck]]](https://a.vn/)",
        &["<p><a href=\"https://a.vn/\" target=\"_blank\" rel=\"noopener noreferrer\">Xem mâm cặp</a></p>"],
    );
    check(
        &format!("![Ảnh [[chuck]]](media:{}.png)", hash("c")),
        &[&format!(
            "<p><img src=\"media:{}.png\" alt=\"Ảnh mâm cặp\" loading=\"lazy\"></p>",
            hash("c")
        )],
    );
    check(
        "[[a]](https://a.vn/)",
        &["<p><a href=\"https://a.vn/\" target=\"_blank\" rel=\"noopener noreferrer\">[a]</a></p>"],
    );
    check("[[ -f x ]] [[", &["<p>[[ -f x ]] [[</p>"]);
    slips(
        "[[lathe|Máy]]",
        &["<p>[[lathe|Máy]]</p>"],
        &[Slip::UnknownTerm("lathe".to_owned())],
    );

    let content = glossary();
    let body = Text::markdown("vi", "[[chip]] [[chuck]] [[chip]]").with("en", Source::markdown("[[chuck]]"));
    let lesson = lesson(body);
    let page = lesson_page(&content, &lesson, "vi");
    let keys: Vec<&str> = page.terms.iter().map(|term| term.key.as_str()).collect();
    assert_eq!(
        (page.language, keys.as_slice()),
        ("vi", ["chip", "chuck"].as_slice())
    );
    let page = lesson_page(&content, &lesson, "en-GB");
    assert_eq!(page.language, "en");
    assert_eq!(
        shown(&page.parts)[0],
        "<p><a href=\"#term-chuck\">the chuck</a></p>"
    );
    assert_eq!(lesson_page(&content, &lesson, "de").language, "vi");
}

#[test]
fn what_is_odd_is_told() {
    let unknown = |name: &str| Slip::UnknownBlock(name.to_owned());
    slips("{{check three}}", &[], &[unknown("{{check three}}")]);
    slips("{{reflection one}}", &[], &[unknown("{{reflection one}}")]);
    slips("{{file drill.mp4}}", &[], &[unknown("{{file drill}}")]);
    slips(
        "{{check one}}\n{{check one}}",
        &["check one"],
        &[Slip::RepeatedBlock("{{check one}}".to_owned())],
    );
}

#[test]
fn html_has_blocks_and_terms_too() {
    let html = |html: &str, expected: &[&str]| check_source(Source::html(html), expected, &[]);
    html(
        "<p>Một</p><p>{{check one}}</p><p>Hai</p>",
        &["<p>Một</p>", "check one", "<p>Hai</p>"],
    );
    html(
        "<div><p>Một {{check one}}</p><p>Hai</p></div>Ba",
        &["<div><p>Một </p><p>Hai</p></div>", "check one", "Ba"],
    );
    html("{{check one}}Một", &["check one", "Một"]);
    html(
        "<p>[[chuck]] {{ x }}</p>",
        &["<p><a href=\"#term-chuck\">mâm cặp</a> {{ x }}</p>"],
    );
    html("<p title=\"{{check one}}\">Một</p>", &["<p title=\"\">Một</p>"]);
    html("<b><p>{{check one}}</p>", &["<b><p></p></b>", "check one"]);
}

#[test]
fn what_is_not_named_stands_at_the_end() {
    let content = glossary();
    let picture = format!("![Máy](media:{}.png)\n\n{{{{check two}}}}", hash("b"));
    let named = lesson(Text::markdown("vi", picture));
    let page = lesson_page(&content, &named, "vi");
    assert_eq!(
        shown(&page.parts)[1..],
        ["check two", "file a", "check one", "reflection habit"]
    );
    let silent = lesson(Text::default());
    let page = lesson_page(&content, &silent, "vi");
    assert_eq!(
        (page.language, shown(&page.parts)),
        ("", REST.map(str::to_owned).to_vec())
    );
}

proptest! {
    #[test]
    fn any_body_gives_whole_html(parts in prop::collection::vec(0..24_usize, 0..24), is_html in any::<bool>()) {
        let pieces = [
            "a", "\n", "\n\n", "    ", "{{check one}}", "{{check two}}", "{{file x}}", ":::steps", ":::", "- ", "1. ",
            "[[chuck]]", "[[chip|", "]]", "> ", "```\n", "`", "<div>", "</div>", "<script>", "\u{e000}0\u{e001}",
            "| ", "**", "<b>",
        ];
        let written: String = parts.iter().map(|part| pieces[*part]).collect();
        let source = if is_html { Source::html(written) } else { Source::markdown(written) };
        let content = glossary();
        let lesson = lesson(Text::new("vi", source));
        let page = lesson_page(&content, &lesson, "vi");
        for part in &page.parts {
            let Part::Html(html) = part else { continue };
            let has_sign = html.contains(['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}']);
            prop_assert!(!has_sign, "{}", html);
            prop_assert!(!html.contains("<script"));
            let opened = html.matches("<div>").count() + html.matches("<b>").count();
            let closed = html.matches("</div>").count() + html.matches("</b>").count();
            prop_assert_eq!(opened, closed, "{}", html);
        }
        let checks = page.parts.iter().filter(|part| matches!(part, Part::Check(_)));
        prop_assert_eq!(checks.count(), 2);
    }
}
